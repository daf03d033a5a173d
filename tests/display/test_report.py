import base64
import hashlib
import html.parser
import re

import pandas as pd
import pytest

from discourse.display.attention import plot_attention
from discourse.display.folder import link_pages, write_folder
from discourse.display.report import Exhibit, Folded, Live, Paragraph, render_report
from discourse.display.tables import Table
from discourse.errors import SchemaError, SourceError
from discourse.measures.periods import count_documents
from discourse.provenance import provenance

EVIL = '<script>alert("x")</script>'


class Tags(html.parser.HTMLParser):
    """Collect the tags of a page, and hold that they close in order."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.open, self.outside = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.outside += [value for name, value in attrs if name in ("src", "href") and "//" in (value or "")[:9]]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def figure():
    documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"])})
    return plot_attention(count_documents(documents))


def page(**options):
    table = Table(pd.DataFrame({EVIL: [EVIL]}), caption=EVIL, notes=[EVIL])
    sections = [(EVIL, [EVIL, table, Exhibit(figure(), EVIL, EVIL, EVIL)])]
    return render_report(EVIL, sections, record=provenance(settings={EVIL: EVIL}), **options)


def test_render_report_script_is_inert_everywhere():
    tags = Tags(page())
    assert "script" not in {tag for tag, _ in tags.seen}
    assert tags.open == []
    assert all(not name.startswith("on") for _, attributes in tags.seen for name in attributes)


def test_render_report_needs_no_other_file():
    tags = Tags(page())
    assert tags.outside == []
    images = [attributes for tag, attributes in tags.seen if tag == "img"]
    assert all(image["src"].startswith("data:image/png;base64,") and image["alt"] for image in images)
    assert len(images) == 1


def test_render_report_language_and_direction():
    assert '<html lang="ar" dir="rtl">' in page(language="ar")
    assert '<html lang="en" dir="ltr">' in page()


def test_render_report_is_the_same_each_time():
    assert page() == page()


def test_render_report_figures_and_tables_are_numbered_as_they_come_also_when_folded():
    table = Table(pd.DataFrame({"n": [1]}), caption="Counts")
    drawn = Exhibit(figure(), "Reports. n = 1.", "One bar.", "tables/a.csv")
    text = render_report("t", [("", [drawn]), ("s", [table, Folded("more", [drawn, Exhibit(table, "Others")])])])
    captions = re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", text)
    link = 'Numbers: <a href="tables/a.csv"><bdi>tables/a.csv</bdi></a>'
    drawn_as = [f"<b>Figure {n}.</b> Reports. n = 1. {link}" for n in (1, 2)]
    assert captions == [drawn_as[0], "<b>Table 1.</b> Counts", drawn_as[1], "<b>Table 2.</b> Others"]
    assert re.findall(r'id="((?:figure|table)-\d)"', text) == ["figure-1", "table-1", "figure-2", "table-2"]


def test_render_report_arabic_numbers_its_figures_in_arabic():
    text = render_report("t", [("s", [Exhibit(figure(), "تقارير.", "عمود")])], language="ar")
    assert "<b>الشكل 1.</b> تقارير.</figcaption>" in text


def test_render_report_control_characters_become_visible():
    text = render_report("a\x00b", [("\x1b", ["\x07"])])
    assert not any(mark in text for mark in "\x00\x1b\x07")


def test_render_report_strange_block_raises():
    with pytest.raises(SchemaError) as error:
        render_report("a", [("b", [3])])
    assert str(error.value) == (
        "`sections` holds a int; a block is a str, a Paragraph, a Table, an Exhibit of a "
        "Figure or a Table, Folded or Live blocks."
    )


def test_render_report_without_live_part_allows_no_script():
    page = render_report("a", [("b", ["c"])])
    assert "<script" not in page
    assert "script-src 'none'" in page


def test_render_report_live_parts_bring_style_and_script_once_and_only_these_may_run():
    live = Live("<p id='here'></p>", style="p { color: red; }", script="window.ran = 1;")
    page = render_report("a", [("b", [live, Folded("more", [live])])])
    assert page.count("<script>window.ran = 1;</script>") == page.count("p { color: red; }") == 1
    assert page.count("<p id='here'></p>") == 2
    digest = base64.b64encode(hashlib.sha256(b"window.ran = 1;").digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page


TABLES = {"flow": pd.DataFrame({"stage": ["read"], "n": [1]})}


def test_write_folder_leaves_other_files_and_replaces_its_own(tmp_path):
    out = tmp_path / "deep" / "build"
    (out / "notebooks").mkdir(parents=True)
    (out / "notebooks" / "01.html").write_text("mine")
    write_folder(out, "old", {"b": {"png": b"png"}}, {**TABLES, "old": TABLES["flow"]}, provenance())
    (out / "tables" / "mine.csv").write_text("mine")
    figures = {"a": {"png": b"png", "pdf": b"pdf"}}
    index = write_folder(out, "page", figures, TABLES, provenance(seed=1), known=["old"])
    assert index.read_text() == "page"
    assert sorted(path.name for path in out.iterdir()) == [
        "figures", "index.html", "notebooks", "provenance.json", "tables",
    ]  # fmt: skip
    assert sorted(path.name for path in (out / "tables").iterdir()) == ["flow.csv", "mine.csv"]
    assert sorted(path.name for path in (out / "figures").iterdir()) == ["a.json", "a.pdf", "a.png"]
    assert [path.name for path in out.parent.iterdir()] == ["build"]


def test_write_folder_failure_leaves_nothing(tmp_path):
    class Broken:
        def __len__(self):
            raise RuntimeError("broken")

    with pytest.raises(Exception, match=r"."):
        write_folder(tmp_path / "build", "page", {"a": {"png": Broken()}}, TABLES, provenance())
    assert list(tmp_path.iterdir()) == []


def test_write_folder_over_a_file_raises(tmp_path):
    (tmp_path / "build").write_text("a file")
    with pytest.raises(SourceError) as error:
        write_folder(tmp_path / "build", "page", {}, TABLES, provenance())
    assert str(error.value) == f"`out` is {str(tmp_path / 'build')!r}, which is a file; name a folder."


def test_link_pages_links_every_page_once(tmp_path):
    write_folder(tmp_path / "build", render_report("a", []), {}, TABLES, provenance())
    pages = tmp_path / "build" / "notebooks"
    pages.mkdir()
    (pages / "02-b&c.html").write_text("")
    (pages / "01-a.html").write_text("")
    assert link_pages(tmp_path / "build") == 2
    assert link_pages(tmp_path / "build") == 2
    text = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    assert text.count("01-a.html") == 1
    assert '<a href="notebooks/02-b&amp;c.html">02 b&amp;c</a>' in text


def test_link_pages_without_a_report_raises(tmp_path):
    with pytest.raises(SourceError) as error:
        link_pages(tmp_path)
    assert str(error.value) == (
        f"`out` is {str(tmp_path)!r}, which holds no report. Write one first: discourse chart CORPUS --out DIR."
    )


def test_render_report_section_without_a_heading_stands_above_the_contents():
    text = render_report("a", [("", [Paragraph("what was found", "finding")]), ("b", ["c"])])
    assert text.index('<p class="finding" dir="auto">what was found</p>') < text.index("<nav ") < text.index('id="s1"')
    assert text.count("<li>") == 1 and 'href="#s1"' in text


def test_render_report_folded_blocks_stand_under_their_line():
    inside = Table(pd.DataFrame({"n": [1]}))
    text = render_report("a", [("b", [Folded(EVIL, [inside, "c"])])])
    folded = text.partition("<details>")[2].partition("</details>")[0]
    assert folded.startswith('<summary dir="auto">&lt;script&gt;') and "<table" in folded and ">c</p>" in folded
    assert Tags(text).open == []

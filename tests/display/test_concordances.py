"""Concordances for other programs and as a page: what stands in the files."""

import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.display.concordances import concordance_page, concordance_table, link_concordance
from discourse.errors import SchemaError, SourceError
from discourse.language.tokens import tokenize
from discourse.reading.matching.concordance import kwic

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = "<script>window.broken = 1</script>"
LINES = pd.DataFrame(
    {
        "doc_id": ["a/1 x", "b"],
        "start": [3, 0],
        "end": [4, 1],
        "pre": ["مصالح\n مع «", ""],
        "keyword": ["طالبان", "لطالبان"],
        "post": ["» في \u202eكابل", f" {HOSTILE}"],
        "pattern": ["طالبان"] * 2,
        "date": pd.to_datetime(["2015-12-23", None]),
        "source": ["ahram", None],
        "title": [HOSTILE, "خبر"],
        "sentence": [1200, 0],
        "negated": [True, False],
    }
)


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return ElementTree.fromstring(archive.read(name))


def test_concordance_table_orders_columns_and_heads():
    table = concordance_table(LINES, language="en")
    assert [table.columns[name] for name in table.frame] == [
        "document",
        "date",
        "outlet",
        "sentence",
        "before",
        "keyword",
        "after",
        "negated",
        "headline",
        "pattern",
    ]
    assert table.frame[["pre", "post"]].values.tolist() == [["مصالح مع «", "» في كابل"], ["", HOSTILE]]
    assert "1200" in repr(table) and "1,200" not in repr(table)


def test_concordance_table_joined_says_all_in_one_column():
    table = concordance_table(LINES.assign(evidence="e.html#ev:/d%3Aa"), language="en", joined=True)
    assert list(table.frame) == ["where", "pre", "keyword", "post"]
    assert table.frame["where"].tolist() == [
        f"2015-12-23 · ahram · a/1 x · {HOSTILE} · sentence 1200 · negated · e.html#ev:/d%3Aa",
        "b · خبر · sentence 0 · e.html#ev:/d%3Aa",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_concordance_table_sheet_runs_right_to_left_and_meets_at_the_keyword(tmp_path, language):
    place = concordance_table(LINES, language=language).to_xlsx(tmp_path / "a.xlsx")
    sheet, styles = part(place, "xl/worksheets/sheet1.xml"), part(place, "xl/styles.xml")
    assert sheet.find(f".//{S}sheetView").get("rightToLeft") == "1"
    looks = styles.findall(f"{S}cellXfs/{S}xf")
    row = sheet.findall(f".//{S}row")[1]
    sides = {cell.get("r"): looks[int(cell.get("s"))].find(f"{S}alignment").get("horizontal") for cell in row}
    assert [sides[place] for place in ("E2", "F2", "G2", "A2")] == ["left", "center", "right", None]


def test_concordance_table_of_latin_script_runs_left_to_right(tmp_path):
    latin = LINES.assign(pre="on ", keyword="Moscow", post=" said")
    sheet = part(concordance_table(latin, language="ar").to_xlsx(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml")
    assert sheet.find(f".//{S}sheetView").get("rightToLeft") is None


def test_concordance_table_document_runs_right_to_left_and_meets_at_the_keyword(tmp_path):
    body = part(concordance_table(LINES, joined=True).to_docx(tmp_path / "a.docx"), "word/document.xml")
    assert body.find(f".//{W}bidiVisual") is not None
    cells = body.findall(f".//{W}tr")[1].findall(f"{W}tc")
    sides = [cell.find(f".//{W}jc") for cell in cells]
    assert [None if side is None else side.get(f"{W}val") for side in sides[1:]] == ["right", "center", None]


def test_concordance_page_escapes_and_says_what_is_known():
    page = concordance_page(LINES, title=HOSTILE, notes=[HOSTILE], language="en")
    assert "<script" not in page and page.count("&lt;script&gt;") == 5  # title twice, note, headline, context
    assert '<table dir="rtl">' in page and '<html lang="en" dir="ltr">' in page
    assert '<td class="pre" dir="rtl">مصالح مع «</td><td class="node" dir="rtl">طالبان</td>' in page
    assert "<span><bdi>2015-12-23</bdi></span><span><bdi>ahram</bdi></span>" in page
    assert page.count("<bdi>negated</bdi>") == 1 and "NaT" not in page and "nan" not in page


def test_concordance_page_without_lines_says_so():
    page = concordance_page(LINES.head(0), language="ar")
    assert "<p>لا سطر.</p>" in page and "<table" not in page


@pytest.mark.parametrize("make", [concordance_page, concordance_table])
def test_concordance_of_another_table_lists_what_is_missing(make):
    with pytest.raises(SchemaError, match="`concordance` .*'keyword'"):
        make(LINES.drop(columns=["keyword"]))


@pytest.fixture
def page(tmp_path):
    place = tmp_path / "the pages" / "e#1.html"
    place.parent.mkdir()
    place.write_text('<script data-part="head">{}</script><script data-part="core"></script>', encoding="utf-8")
    return place


def test_link_concordance_leads_from_the_folder_of_the_file(page, tmp_path):
    linked = link_concordance(LINES, page, beside=tmp_path)
    assert linked["evidence"].tolist() == [
        "the%20pages/e%231.html#ev:/d%3Aa%2F1%20x",
        "the%20pages/e%231.html#ev:/d%3Ab",
    ]
    assert link_concordance(LINES, page, beside=page.parent)["evidence"][1] == "e%231.html#ev:/d%3Ab"
    assert link_concordance(LINES, page, beside=tmp_path / "out")["evidence"][1].startswith("../the%20pages/")
    assert 'href="the%20pages/e%231.html#ev:/d%3Ab"' in concordance_page(linked)


def test_link_concordance_with_tokens_leads_to_sentence_and_keyword(page):
    texts = ["لا شيء هنا. قال وفد طالبان إنه وصل. ثم عاد.", "طالبان\n\nطالبان"]
    documents = pd.DataFrame({"doc_id": ["a/1", "b"], "text": texts})
    tokens = tokenize(documents)
    lines = kwic(tokens, ["وفد طالبان", "طالبان"], documents)
    linked = link_concordance(lines.iloc[::-1], page, tokens=tokens, beside=page.parent)
    assert linked["evidence"].tolist()[::-1] == [
        "e%231.html#ev:/d%4012-35%4016-26%3Aa%2F1",
        "e%231.html#ev:/d%400-6%400-6%3Ab",
        "e%231.html#ev:/d%408-14%408-14%3Ab",
    ]
    assert texts[0][12:35] == "قال وفد طالبان إنه وصل." and texts[0][16:26] == "وفد طالبان"
    assert len(link_concordance(lines.head(0), page, tokens=tokens)) == 0


def test_link_concordance_with_tokens_of_other_texts_says_so(page):
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["وصل وفد طالبان"]})
    tokens = tokenize(documents)
    with pytest.raises(SchemaError, match="`tokens` lacks 1 places of `concordance`"):
        link_concordance(kwic(tokens, "طالبان", documents), page, tokens=tokens.head(1))


def test_link_concordance_to_what_is_no_page_says_so(tmp_path):
    other = tmp_path / "other.html"
    with pytest.raises(SourceError) as raised:
        link_concordance(LINES, other)
    assert str(raised.value) == (
        f"`page` is {str(other)!r}, which cannot be read: No such file or directory. Make it with `discourse evidence`."
    )
    other.write_text("<p>", encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        link_concordance(LINES, other)
    assert str(raised.value) == (
        f"`page` is {str(other)!r}, which is no evidence page. Make one with `discourse evidence`."
    )

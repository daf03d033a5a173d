"""Broken files: every whole record comes out, nothing half does, and the rest is a reject with its place."""

import gzip
import re
import runpy
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError, SourceError
from discourse.sources.readers import pages, read_sources
from discourse.sources.readers.docx import docx_paragraphs
from discourse.sources.readers.feeds import read_feed
from discourse.sources.readers.markup import parse_xml
from discourse.sources.readers.records import number_of
from discourse.sources.readers.warc import read_warc
from discourse.tables import check

BUILT = runpy.run_path(str(Path(__file__).with_name("build_fixtures.py")))
ARTICLES, FOLDER = BUILT["ARTICLES"], BUILT["FOLDER"]

# The mark that ends each record in the file, as the vendor writes it.
ENDS = {
    "factiva_coded.html": rb"ab</td>",
    "factiva_placed.html": rb"Dokument \S+ab</p>",
    "factiva.xml": rb"</article>",
    "nexis.html": rb"</DOCFULL>",
    "nexis.txt": rb"PUBLICATION-TYPE: ",
    "europresse_older.html": rb"MR\xc2\xb7\d+<br>",
    "europresse_newer.html": rb"</article>",
    "proquest.txt": rb"ProQuest document ID: \d+\n",
    "rss.xml": rb"</item>",
    "atom.xml": rb"</entry>",
    "gdelt.json": rb"\n  \},?",
}


def records(path: Path):
    documents, rejects = read_sources([path, FOLDER / "plain.docx"])
    documents = documents[documents["file"] != "plain.docx"]
    return dict(zip(documents["doc_id"], documents["text"], strict=True)), rejects


@pytest.mark.parametrize("name", ENDS)
def test_read_sources_cut_anywhere_gives_the_whole_records_and_one_reject_with_its_place(name, tmp_path):
    raw = (FOLDER / name).read_bytes()
    whole, _ = records(FOLDER / name)
    ends = [found.end() for found in re.finditer(ENDS[name], raw)]
    assert len(ends) == len(whole) == 3
    cut = tmp_path / name
    for place in [*range(ends[0], len(raw), max(1, len(raw) // 16)), *[end + 1 for end in ends[:-1]]]:
        cut.write_bytes(raw[:place])
        found, rejects = records(cut)
        n_whole = sum(end <= place for end in ends)
        assert found.items() <= whole.items(), place
        assert len(found) >= n_whole, place
        assert len(rejects) <= 1, place
        for record in rejects["record"]:
            assert re.search(r"(byte|line) \d+$", record)


def test_read_sources_cut_in_the_second_article_names_its_byte(tmp_path):
    raw = (FOLDER / "factiva_placed.html").read_bytes()
    second = [found.start() for found in re.finditer(rb'<div class="article arArticle"', raw)][1]
    (tmp_path / "a.html").write_bytes(raw[: second + 700])
    documents, rejects = read_sources(tmp_path / "a.html")
    assert documents["text"].tolist() == ["\n".join(ARTICLES[0][4])]
    assert rejects.values.tolist() == [
        [
            str(tmp_path / "a.html"),
            f"article 2, byte {second}",
            "is cut: the file ends before the article's accession number",
        ]
    ]


def test_read_sources_one_broken_item_costs_one_item(tmp_path):
    text = (
        (FOLDER / "rss.xml")
        .read_text("utf-8")
        .replace("<category>سياسة</category>", "<category>سياسة & <b></category>", 1)
    )
    (tmp_path / "a.xml").write_text(text, "utf-8")
    documents, rejects = read_sources(tmp_path / "a.xml")
    assert len(documents) == 2
    assert rejects["record"].tolist() == ["item 1, line 5"]
    assert rejects["reason"][0].startswith("is not well-formed XML: ")


def test_read_sources_word_file_cut_before_its_directory_is_read_as_far_as_it_goes(tmp_path):
    raw = (FOLDER / "nexis.docx").read_bytes()
    cut = raw.find(b"PK", raw.find(b"word/document.xml")) - 150  # within the text part, near its end
    (tmp_path / "a.docx").write_bytes(raw[:cut])
    documents, rejects = read_sources(tmp_path / "a.docx")
    whole = read_sources(FOLDER / "nexis.docx")[0]
    assert 1 <= len(documents) < 3
    assert set(documents["doc_id"]) < set(whole["doc_id"])
    assert rejects["reason"].tolist()[0] == "is cut: the file ends before the record does"
    assert rejects["record"].tolist()[-1] == "word/document.xml"
    assert rejects["reason"].tolist()[-1] == "is cut or damaged; read as far as it goes"


def test_docx_paragraphs_bomb_is_read_up_to_the_limit(tmp_path):
    squeeze = zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED)
    with squeeze, squeeze.open("word/document.xml", "w") as part:
        part.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
        for _ in range(20):
            part.write(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 10_000)
    paragraphs, problem = docx_paragraphs(tmp_path / "a.docx", max_bytes=100_000)
    assert problem == "unpacks to more than 100,000 bytes; the rest is not read"
    assert 2_000 < len(paragraphs) < 3_000


def test_parse_xml_never_expands_nor_fetches_entities(tmp_path):
    (tmp_path / "secret").write_text("سر", "utf-8")
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path / "secret"}"><!ENTITY a "هههههههههه">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><title>ق</title>'
        "<item><title>أول</title><description>نص &nbsp;سليم</description></item>"
        "<item><title>ثان</title><description>نص &x; &b;</description></item></channel></rss>"
    )
    (tmp_path / "a.xml").write_text(feed, "utf-8")
    documents, rejects = read_sources(tmp_path / "a.xml")
    assert documents["text"].tolist() == ["نص \u00a0سليم"]
    assert rejects["record"].tolist() == ["item 2, line 1"]
    assert "سر" not in str(documents.values) + str(rejects.values)
    with pytest.raises(ValueError, match="Entity 'x' not defined"):
        parse_xml("<item>&x;</item>")


def test_read_feed_huge_nesting_is_a_reject_not_a_crash(tmp_path):
    deep = "<b>" * 5_000 + "</b>" * 5_000
    (tmp_path / "a.xml").write_text(
        f"<rss><channel><item><title>أ</title>{deep}</item><item><title>ب</title></item></channel></rss>", "utf-8"
    )
    found = list(read_feed(tmp_path / "a.xml"))
    assert found[0]["reason"].startswith("is not well-formed XML: Excessive depth in document")
    assert found[1]["text"] == "ب"


def places_of(path: Path) -> list[tuple[str, bool]]:
    return [(entry["record"], "reason" in entry) for entry in read_warc(path)]


def test_read_warc_plain_and_packed_alike(tmp_path):
    (tmp_path / "a.warc").write_bytes(b"".join(BUILT["warc_records"]()))
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(b"".join(BUILT["warc_records"]())))  # one member for all
    assert places_of(tmp_path / "a.warc") == places_of(FOLDER / "crawl.warc.gz") == places_of(tmp_path / "b.warc.gz")


def test_read_warc_record_of_wrong_length_costs_no_other(tmp_path):
    held = BUILT["warc_records"]()
    length = re.search(rb"Content-Length: (\d+)", held[1])
    shorter = held[1].replace(length.group(), b"Content-Length: %d" % (int(length.group(1)) - 9), 1)
    (tmp_path / "a.warc").write_bytes(b"".join([held[0], shorter, *held[2:]]))
    found = list(read_warc(tmp_path / "a.warc"))
    assert [entry.get("url") for entry in found if "reason" not in entry] == [
        f"https://outlet.example/news/{n}" for n in (1, 2, 3)
    ]
    assert found[1]["reason"].startswith("is not a WARC record: ")
    longer = held[1].replace(length.group(), b"Content-Length: 99999999", 1)
    (tmp_path / "a.warc").write_bytes(b"".join([held[0], longer, *held[2:]]))
    found = list(read_warc(tmp_path / "a.warc"))
    assert found[0]["reason"] == "is cut: the file ends before its bytes do"
    assert [entry.get("url") for entry in found if "reason" not in entry] == [
        f"https://outlet.example/news/{n}" for n in (2, 3)
    ]


def test_read_warc_damaged_member_costs_no_other(tmp_path):
    members = [gzip.compress(record, mtime=0) for record in BUILT["warc_records"]()]
    damaged = bytearray(members[2])
    damaged[40:60] = b"\xff" * 20
    (tmp_path / "a.warc.gz").write_bytes(b"".join([*members[:2], bytes(damaged), *members[3:]]))
    urls = [entry["url"] for entry in read_warc(tmp_path / "a.warc.gz") if "reason" not in entry]
    assert urls == [f"https://outlet.example/news/{n}" for n in (1, 3)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members[:3]) + members[3][:-200])
    found = list(read_warc(tmp_path / "a.warc.gz"))
    assert [entry["url"] for entry in found if "reason" not in entry] == [
        f"https://outlet.example/news/{n}" for n in (1, 2)
    ]
    assert found[-1]["reason"] == "is cut: the file ends before its bytes do"


def test_read_sources_repeats_are_rejects_that_name_the_first(tmp_path):
    documents, rejects = read_sources([FOLDER / "factiva_coded.html", FOLDER / "factiva_placed.html"])
    assert len(documents) == 3
    assert rejects["reason"].tolist() == ["repeats a record read before"] * 3
    assert rejects["record"].tolist() == [
        f"article {number}, 'factiva-{BUILT['accession'](article)}' as article {number} of 'factiva_coded.html'"
        for number, article in enumerate(ARTICLES, start=1)
    ]


def test_read_sources_later_version_under_one_number_is_kept_apart(tmp_path):
    changed = (FOLDER / "factiva.xml").read_text("utf-8").replace("منذ شهور", "منذ سنوات")
    (tmp_path / "a.xml").write_text(changed, "utf-8")
    documents, rejects = read_sources([FOLDER / "factiva.xml", tmp_path / "a.xml"])
    assert len(documents) == 4
    assert len(rejects) == 2
    extra = set(documents["doc_id"]) - set(read_sources(FOLDER / "factiva.xml")[0]["doc_id"])
    assert re.fullmatch(r"factiva-ARTST00020151223ec12023ab-[0-9a-f]{6}", extra.pop())


def test_read_sources_file_that_no_reader_takes_is_an_error_alone_and_a_reject_in_company(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\x00" * 20)
    with pytest.raises(SourceError):
        read_sources(tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text("قال الوزير", "utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "d.csv").write_text("title,date\nعنوان,2015\n", "utf-8")
    documents, rejects = read_sources(tmp_path)
    assert documents["doc_id"].tolist() == ["b"]
    assert rejects["record"].tolist() == ["whole file"] * 3
    assert rejects["reason"][1] == "is a PDF file, which no reader takes"
    with pytest.raises(SchemaError):
        read_sources(tmp_path / "d.csv")


def test_read_sources_messages(tmp_path):
    with pytest.raises(SourceError) as error:
        read_sources(tmp_path / "none")
    assert str(error.value) == f"{str(tmp_path / 'none')!r} does not exist. Check the path."
    with pytest.raises(SourceError) as error:
        read_sources(tmp_path)
    assert str(error.value) == f"there is no file to read in {str(tmp_path)!r}. Check the path."
    with pytest.raises(
        SchemaError, match="^`format` is 'factiva'; it must be one of 'addresses', 'arc', 'auto', 'csv', "
    ):
        read_sources(tmp_path, format="factiva")
    (tmp_path / "a.csv").write_text("url\nhttp://a.example/\n", "utf-8")
    with pytest.raises(SourceError) as error:
        read_sources(tmp_path / "a.csv")
    assert str(error.value) == (
        f"{str(tmp_path / 'a.csv')!r} lists addresses, not texts; fetch the pages with hydrate() or `discourse read`."
    )


def test_read_sources_wrong_format_by_name_says_that_nothing_was_found():
    documents, rejects = read_sources(FOLDER / "page.html", format="nexis-text")
    assert len(documents) == 0
    assert rejects[["record", "reason"]].values.tolist() == [
        ["whole file", "holds no record of the format 'nexis-text'"]
    ]


def test_read_sources_empty_body_is_a_reject(tmp_path):
    text = (FOLDER / "factiva.xml").read_text("utf-8")
    text = re.sub(r"<(leadParagraph|tailParagraphs)>.*?</\1>", "", text, count=2, flags=re.S)
    (tmp_path / "a.xml").write_text(text, "utf-8")
    documents, rejects = read_sources(tmp_path / "a.xml")
    assert len(documents) == 2
    assert rejects[["record", "reason"]].values.tolist() == [["article 1", "the text is empty"]]


def test_read_sources_compression_bomb_in_an_archive_of_pages_is_bounded(tmp_path):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = squeeze.compress(b"\0" * 60_000_000) + squeeze.flush()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + bomb
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\n"
    )
    (tmp_path / "a.warc").write_bytes(head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n")
    found = list(read_warc(tmp_path / "a.warc"))
    assert [entry["reason"] for entry in found] == ["is larger than a page may be (20,000,000 bytes)"]


def test_page_entry_page_that_breaks_the_extraction_is_a_reject(monkeypatch):
    def broken(markup):
        raise RecursionError("too deep")

    monkeypatch.setattr(pages, "_extracted", broken)
    assert pages.page_entry(b"<p>x</p>", "page 1") == {
        "record": "page 1",
        "reason": "breaks the extraction: RecursionError: too deep",
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(sorted(path.name for path in FOLDER.iterdir())),
    edits=st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 60), st.sampled_from([b"", b"<", b"\x00", b"\xff\xfe", b'"', b"\r\n\r\n"])
        ),
        min_size=1,
        max_size=12,
    ),
)
def test_read_sources_damage_anywhere_never_ends_in_anything_but_tables(name, edits, tmp_path_factory):
    raw = bytearray((FOLDER / name).read_bytes())
    for share, n_bytes, put in edits:
        place = int(share * len(raw))
        raw[place : place + n_bytes] = put
    damaged = tmp_path_factory.mktemp("damaged") / "a"
    damaged.write_bytes(bytes(raw))
    documents, rejects = read_sources([damaged, FOLDER / "plain.docx"])
    check(documents, "DOCUMENTS")
    check(rejects, "REJECTS")
    assert "plain" in set(documents["doc_id"])
    assert len(documents) + len(rejects) >= 2


@pytest.mark.parametrize("address", ["http://[bad", "http://[::1", "//]", "http://\u2100/"])
def test_read_sources_page_with_an_address_that_is_none_is_read(tmp_path, address):
    raw = (FOLDER / "page.html").read_text("utf-8")
    (tmp_path / "a.html").write_text(
        raw.replace("<head>", f'<head><link rel="canonical" href="{address}">', 1), "utf-8"
    )
    documents, rejects = read_sources(tmp_path / "a.html")
    assert len(documents) == 1 and not len(rejects)


@pytest.mark.parametrize(("said", "n"), [("999,999,999 words", 999_999_999), ("9" * 10, None), ("9" * 5000, None)])
def test_number_of_more_digits_than_words_have_is_none(said, n):
    assert number_of(said) == n


@pytest.mark.parametrize("length", ["\u00b2", "9" * 5000, "-1", "", "\u0663"])
def test_read_warc_length_that_is_no_number_costs_that_record(tmp_path, length):
    bad = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n".encode()
    (tmp_path / "a.warc").write_bytes(bad + b"".join(BUILT["warc_records"]()))
    whole = tmp_path / "b.warc"
    whole.write_bytes(b"".join(BUILT["warc_records"]()))
    found = list(read_warc(tmp_path / "a.warc"))
    assert found[0]["reason"] == "has a length that cannot be read"
    assert [entry.get("text") for entry in found[1:]] == [entry.get("text") for entry in read_warc(whole)]

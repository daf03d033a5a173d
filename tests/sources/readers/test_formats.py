"""Every format: our own three articles come out of each vendor's shell as they went in."""

import base64
import gzip
import runpy
from pathlib import Path

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.sources.readers import FORMATS, detect_format, read_sources
from discourse.tables import check

BUILT = runpy.run_path(str(Path(__file__).with_name("build_fixtures.py")))
ARTICLES, FOLDER = BUILT["ARTICLES"], BUILT["FOLDER"]
WHOLE = {
    "factiva_coded.html": ("factiva-html", "factiva"),
    "factiva_placed.html": ("factiva-html", "factiva"),
    "factiva.xml": ("factiva-xml", "factiva"),
    "nexis.html": ("nexis-html", "nexis"),
    "nexis.txt": ("nexis-text", "nexis"),
    "nexis.docx": ("nexis-docx", "nexis"),
    "europresse_older.html": ("europresse", "europresse"),
    "europresse_newer.html": ("europresse", "europresse"),
    "proquest.txt": ("proquest", "proquest"),
}
FEEDS = ("rss.xml", "atom.xml")
HEADLINES = {"mediacloud.csv": "mediacloud", "gdelt.json": "gdelt"}


def by_day(documents: pd.DataFrame) -> pd.DataFrame:
    return documents.sort_values("date", ignore_index=True)


def day_of(article) -> pd.Timestamp:
    return pd.Timestamp(*article[0])


def nulls_empty(column: pd.Series) -> list[str]:
    return column.astype("object").where(column.notna(), "").tolist()


def test_fixtures_are_what_the_builder_builds():
    built = BUILT["fixtures"]()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(built)
    # the head of a packed file names the system by Python 3.11 and 3.12, not by later ones: what it holds counts
    unpacked = {name: gzip.decompress if name.endswith(".gz") else bytes for name in built}
    found = {name: unpack((FOLDER / name).read_bytes()) for name, unpack in unpacked.items()}
    assert [name for name, content in built.items() if found[name] != unpacked[name](content)] == []


@pytest.mark.parametrize("name", WHOLE)
def test_read_sources_vendor_export_gives_every_article_whole(name):
    kind, vendor = WHOLE[name]
    assert detect_format(FOLDER / name).format == kind
    documents, rejects = read_sources(FOLDER / name)
    check(documents, "DOCUMENTS")
    check(rejects, "REJECTS")
    assert len(rejects) == 0
    found = by_day(documents)
    assert found["text"].tolist() == ["\n".join(article[4]) for article in ARTICLES]
    assert found["title"].tolist() == [article[2] for article in ARTICLES]
    assert found["source"].tolist() == [article[1] for article in ARTICLES]
    assert found["date"].tolist() == [day_of(article) for article in ARTICLES]
    assert found["date_precision"].tolist() == ["day"] * 3
    assert nulls_empty(found["byline"]) == [article[3] for article in ARTICLES]
    assert set(found["vendor"]) == {vendor}
    assert set(found["text_kind"]) == {"full"}
    assert set(found["file"]) == {name}


@pytest.mark.parametrize("name", [name for name, (_, vendor) in WHOLE.items() if vendor in ("factiva", "nexis")])
def test_read_sources_printed_word_counts_are_the_words_of_the_text(name):
    documents, _ = read_sources(FOLDER / name)
    assert documents["n_words"].tolist() == documents["text"].str.split().str.len().tolist()
    assert set(documents["language"]) == {"ar"}


def test_read_sources_same_accession_number_in_every_factiva_layout():
    names = [
        read_sources(FOLDER / name)[0]["doc_id"].tolist()
        for name in ("factiva_coded.html", "factiva_placed.html", "factiva.xml")
    ]
    assert names[0] == names[1] == names[2]
    assert names[0][0] == "factiva-ARTST00020151223ec12023ab"


def test_read_sources_digest_names_the_same_article_alike_in_every_nexis_format():
    names = [read_sources(FOLDER / name)[0]["doc_id"].tolist() for name in ("nexis.html", "nexis.txt", "nexis.docx")]
    assert names[0] == names[1] == names[2]


def test_read_sources_factiva_fields_beside_the_text():
    documents, _ = read_sources(FOLDER / "factiva_placed.html")
    first = by_day(documents).iloc[0]
    assert first[["section", "time", "page", "source_code", "publisher"]].tolist() == [
        "سياسة", "10:15", "12", "ARTST", "صحيفة المرصد للنشر",
    ]  # fmt: skip
    coded = by_day(read_sources(FOLDER / "factiva_coded.html")[0]).iloc[0]
    assert coded["regions"] == "afgh : Afghanistan | russ : Russia"
    assert coded["copyright"] == "(c) صحيفة المرصد."


@pytest.mark.parametrize(
    ("count", "printed", "n_words"),
    [("1984 Wörter", "23 Dezember 2015", 1984), ("2,015 words", "23 December 2015", 2015),
     ("974 字", "2015 年 12 月 23 日", 974),
     ("2016 كلمة", "23 كانون الأول 2015", 2016),
     ("877 palabras", "23 diciembre 2015", 877), ("44 mots", "23 décembre 2015", 44)],
)  # fmt: skip
def test_read_sources_factiva_by_position_in_any_interface_language(tmp_path, count, printed, n_words):
    text = (FOLDER / "factiva_placed.html").read_text("utf-8")
    text = text.replace("<div>44 Wörter</div><div>23 Dezember 2015</div>", f"<div>{count}</div><div>{printed}</div>")
    (tmp_path / "a.html").write_text(text.replace("Dokument ", "文件 "), "utf-8")
    first = by_day(read_sources(tmp_path / "a.html")[0]).iloc[0]
    assert first[["source", "date", "n_words", "source_code"]].tolist() == [
        "صحيفة المرصد", pd.Timestamp(2015, 12, 23), n_words, "ARTST",
    ]  # fmt: skip


def test_read_sources_nexis_french_labels_are_translated():
    first = by_day(read_sources(FOLDER / "nexis.html")[0]).iloc[0]
    assert first[["section", "load_date", "publication_type", "copyright"]].tolist() == [
        "INTERNATIONAL; Pg. 3", "23 décembre 2015", "Journal", "Copyright 2015 صحيفة المرصد Tous Droits Réservés",
    ]  # fmt: skip
    assert by_day(read_sources(FOLDER / "nexis.txt")[0])["edition"].tolist()[0] == "الطبعة الثانية"


def test_read_sources_german_word_export_without_bookmarks():
    documents, rejects = read_sources(FOLDER / "nexis_german.docx")
    found = by_day(documents)
    assert len(rejects) == 0
    assert found["text"].tolist() == ["\n".join(article[4]) for article in ARTICLES[:2]]
    assert nulls_empty(found["byline"]) == ["سلمى الحداد", ""]
    assert found["language"].tolist() == ["ar", "ar"]


def test_read_sources_europresse_date_section_page_and_number():
    first = by_day(read_sources(FOLDER / "europresse_older.html")[0]).iloc[0]
    assert first[["doc_id", "section", "page", "date_text"]].tolist() == [
        "europresse-news·20151223·MR·20401", "Monde", "01", "23 décembre 2015",
    ]  # fmt: skip
    assert first["copyright"] == "© 2015 صحيفة المرصد. Tous droits réservés."


def test_read_sources_proquest_fields_beside_the_text():
    first = by_day(read_sources(FOLDER / "proquest.txt")[0]).iloc[0]
    names = ["doc_id", "page", "section", "country", "language", "url"]
    assert first[names].tolist() == [
        "proquest-1715561", "4", "سياسة", "Lebanon", "ar", "http://search.example.org/docview/1?accountid=1",
    ]  # fmt: skip


def test_read_sources_proquest_text_that_looks_like_fields_stays_text(tmp_path):
    text = (FOLDER / "proquest.txt").read_text("utf-8")
    lines = "الموضوع: هكذا بدأ البيان\n\nTitle: a line of the text\n\nوهذه خاتمة النص.\n\nWord count: 44\n\nSubject: "
    (tmp_path / "a.txt").write_text(text.replace("Subject: ", lines, 1), "utf-8")
    first = by_day(read_sources(tmp_path / "a.txt")[0]).iloc[0]
    tail = ("الموضوع: هكذا بدأ البيان", "Title: a line of the text", "وهذه خاتمة النص.")
    assert first["text"].split("\n") == [*ARTICLES[0][4], *tail]
    assert first["title"] == ARTICLES[0][2]
    assert first["subject"] == "Diplomacy"


def test_read_sources_proquest_without_full_text_gives_the_abstract(tmp_path):
    text = (FOLDER / "proquest.txt").read_text("utf-8")
    text = text.replace("Abstract: None available.", "Abstract: ملخص في فقرة.\n\nوفقرة ثانية.", 1)
    text = text.replace("Full text: " + "\n\n".join(ARTICLES[0][4]) + "\n\n", "", 1)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found = by_day(read_sources(tmp_path / "a.txt")[0])
    assert found["text"].tolist()[0] == "ملخص في فقرة.\nوفقرة ثانية."
    assert found["text_kind"].tolist() == ["summary", "full", "full"]


def test_read_sources_feed_speaks_by_its_own_elements_first(tmp_path):
    text = (FOLDER / "rss.xml").read_text("utf-8")
    text = text.replace("<item>", "<item><media:title>صورة</media:title><itunes:summary>طويل جدا </itunes:summary>")
    (tmp_path / "a.xml").write_text(text, "utf-8")
    documents, _ = read_sources(tmp_path / "a.xml")
    assert by_day(documents)["title"].tolist() == [article[2] for article in ARTICLES]
    assert by_day(documents)["text"].tolist() == ["\n".join(article[4]) for article in ARTICLES]


@pytest.mark.parametrize("name", FEEDS)
def test_read_sources_feed_gives_text_without_markup_however_escaped(name):
    documents, rejects = read_sources(FOLDER / name)
    found = by_day(documents)
    assert len(rejects) == 0
    assert found["text"].tolist() == ["\n".join(article[4]) for article in ARTICLES]
    assert found["title"].tolist() == [article[2] for article in ARTICLES]
    assert found["date"].tolist() == [day_of(article) for article in ARTICLES]
    assert set(found["language"]) == {"ar"}


def test_read_sources_feed_knows_full_text_from_summary():
    rss, atom = (by_day(read_sources(FOLDER / name)[0]) for name in FEEDS)
    assert rss["text_kind"].tolist() == ["full", "summary", "summary"]
    assert atom["text_kind"].tolist() == ["full"] * 3
    assert rss["url"].tolist()[0] == "https://outlet.example/a/1?x=1&y=2"
    assert atom["url"].tolist()[0] == "https://outlet.example/b/1"
    assert set(rss["source"]) == {"صحيفة المرصد"}
    assert nulls_empty(rss["byline"]) == [article[3] for article in ARTICLES]


@pytest.mark.parametrize("name", HEADLINES)
def test_read_sources_list_of_headlines_says_that_it_holds_no_more(name):
    documents, rejects = read_sources(FOLDER / name)
    found = by_day(documents)
    assert len(rejects) == 0
    assert found["text"].tolist() == found["title"].tolist() == [article[2] for article in ARTICLES]
    assert set(found["text_kind"]) == {"headline"}
    assert found["date"].tolist() == [day_of(article) for article in ARTICLES]
    assert found["url"].str.startswith("https://outlet.example/").all()


def test_read_sources_older_mediacloud_list(tmp_path):
    (tmp_path / "a.csv").write_text(
        "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n"
        "77,2016-02-04 10:00:00,عنوان أول,https://a.example/1,ar,False,,5,صحيفة,https://a.example\n"
        "78,2016-02-04 10:00:00,عنوان ثان,https://a.example/2,ar,False\n",
        "utf-8",
    )
    documents, rejects = read_sources(tmp_path / "a.csv")
    assert documents["doc_id"].tolist() == ["mediacloud-77"]
    assert documents["source"].tolist() == ["صحيفة"]
    assert rejects[["record", "reason"]].values.tolist() == [
        ["story 2, line 3, 6 fields of 10", "has not as many fields as the header"]
    ]


def test_read_sources_page_without_menu_ticker_comments_and_links():
    documents, rejects = read_sources(FOLDER / "page.html")
    row = documents.iloc[0]
    assert len(rejects) == 0
    for paragraph in ARTICLES[0][4]:
        assert paragraph in row["text"]
    for outside in ("الرئيسية", "ارتفاع أسعار الذهب", "غائم جزئيا", "تعليق من زائر", "جميع الحقوق"):
        assert outside not in row["text"]
    assert row[["source", "title", "language", "url", "date_basis"]].tolist() == [
        "صحيفة المرصد", ARTICLES[0][2], "ar", "https://outlet.example/news/1", "metadata",
    ]  # fmt: skip
    assert row["date"] == day_of(ARTICLES[0])


def test_read_sources_saved_page_archive(tmp_path):
    content = (FOLDER / "page.html").read_bytes()
    (tmp_path / "a.mht").write_bytes(
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content)
        + b"\r\n--b--\r\n"
    )
    documents, _ = read_sources(tmp_path / "a.mht")
    assert documents["doc_id"].tolist() == read_sources(FOLDER / "page.html")[0]["doc_id"].tolist()


def test_read_sources_archive_of_pages_accounts_for_every_answer():
    documents, rejects = read_sources(FOLDER / "crawl.warc.gz")
    found = by_day(documents)
    assert found["url"].tolist() == [f"https://outlet.example/news/{number}" for number in (1, 2, 3)]
    assert found["title"].tolist() == [article[2] for article in ARTICLES]
    assert all(article[4][0] in text for article, text in zip(ARTICLES, found["text"], strict=True))
    assert found["date_basis"].tolist() == ["metadata", "printed", "metadata"]
    assert found["crawl_date"].tolist() == ["2019-03-01", "2019-03-02", "2019-03-03"]
    assert rejects["reason"].tolist() == [
        "is of type image/png, not a page",
        "is an answer with status 404, not a page",
        "is a revisit: it repeats a page recorded before and holds no text of its own",
    ]


def test_read_sources_plain_files(tmp_path):
    documents, _ = read_sources([FOLDER / "plain.docx", FOLDER / "windows_1256.txt"])
    assert dict(zip(documents["doc_id"], documents["text"], strict=True)) == {
        "plain": "\n".join(ARTICLES[0][4]),
        "windows_1256": "\n".join(ARTICLES[1][4]),
    }
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2015-12-23.txt").write_text(f"نص من المجلد {folder}\r\nسطر ثان  ", "utf-8")
    (tmp_path / ".hidden.txt").write_text("مخفي", "utf-8")
    documents, rejects = read_sources(tmp_path)
    assert documents["doc_id"].tolist() == ["a/2015-12-23", "b/2015-12-23"]
    assert documents["text"].tolist()[0] == "نص من المجلد a\r\nسطر ثان  "
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["2015-12-23"] * 2
    assert len(rejects) == 0


def test_read_sources_tables_by_a_column_map_under_any_name(tmp_path):
    frame = pd.DataFrame(
        {"body": ["نص أول", "نص ثان"], "published": ["2015-12-23", "2016-02-04"], "paper": ["أ", "ب"], "by": ["س", "ص"]}
    )
    frame.to_parquet(tmp_path / "one.dat")
    frame.to_csv(tmp_path / "two", index=False)
    frame.to_json(tmp_path / "three.txt", orient="records", lines=True, force_ascii=False)
    columns = {"text": "body", "date": "published", "source": "paper", "byline": "by"}
    for name in ("one.dat", "two", "three.txt"):
        documents, rejects = read_sources(tmp_path / name, columns=columns)
        assert documents["text"].tolist() == frame["body"].tolist()
        assert documents["source"].tolist() == ["أ", "ب"]
        assert documents["byline"].tolist() == ["س", "ص"]
        assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == frame["published"].tolist()
        assert set(documents["file"]) == {name}
        assert len(rejects) == 0


def test_read_sources_table_without_a_text_column_names_its_columns(tmp_path):
    (tmp_path / "a.csv").write_text("one,two\n1,2\n", "utf-8")
    with pytest.raises(SchemaError, match="has no column 'text'; it has 'one', 'two'"):
        read_sources(tmp_path / "a.csv")


def test_read_sources_what_a_browser_saves_beside_a_page_is_one_reject(tmp_path):
    (tmp_path / "خبر.html").write_bytes((FOLDER / "page.html").read_bytes())
    (tmp_path / "خبر_files").mkdir()
    (tmp_path / "خبر_files" / "a.js").write_text("var text = 1", "utf-8")
    (tmp_path / "own_files").mkdir()
    (tmp_path / "own_files" / "b.txt").write_text("نص مستقل", "utf-8")
    documents, rejects = read_sources(tmp_path)
    assert sorted(documents["file"]) == ["own_files/b.txt", "خبر.html"]
    assert rejects[["record", "reason"]].values.tolist() == [
        ["whole folder", "holds the pictures and scripts that a browser saved with a page; the page itself is read"]
    ]


def test_detect_format_names_say_nothing(tmp_path):
    for path in FOLDER.iterdir():
        held = tmp_path / f"{path.stem}.bin"
        held.write_bytes(path.read_bytes())
        assert detect_format(held) == detect_format(path), path.name
        assert detect_format(held).format in FORMATS


@pytest.mark.parametrize(
    ("content", "format", "reason"),
    [
        (b"", None, "is empty"),
        (b"\xef\xbb\xbf \r\n", None, "is empty"),
        (b"%PDF-1.7\n...", None, "is a PDF file, which no reader takes"),
        (b"{\\rtf1\\ansi", None, "is an RTF file, which no reader takes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", None, "is an old Office file (.doc or .xls), which no reader takes"),
        (b'{\n "a": {"b": 1}\n}', None, "is one JSON object, neither a list of records nor one record a line"),
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl", None),
        (b'[{"text": "a"}]', "json", None),
        ("doc_id,النص\n1,قال\n".encode(), "csv", None),
        (b"title\tbody\na\tb\n", "tsv", None),
        (b"url,title\nhttp://a.example/1,x\n", "addresses", None),
        (b"http://a.example/1\nhttp://a.example/2\n", "addresses", None),
        ("قال الوزير: الأمور، كلها، بخير\nوأضاف".encode(), "text", None),
        ("مقدمة\n____\nثم".encode("windows-1256"), "text", None),
        (b"<p>x</p>", "page", None),
        ("<عاجل> قال الوزير".encode(), "text", None),
        ("[أ ف ب] قال الوزير".encode(), "text", None),
        (b'{"address": "http://a.example/1", "doc_id": "a"}\n', "addresses", None),
        ("نص\n".encode(), "text", None),
        (b"title, or what is left of it\nmore\n", "text", None),
    ],
)
def test_detect_format_by_first_signs(tmp_path, content, format, reason):
    (tmp_path / "a").write_bytes(content)
    assert detect_format(tmp_path / "a") == (format, reason)

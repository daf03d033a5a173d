"""The vendors' own samples, where they are at hand: records in = records out + rejects, counted by another hand."""

import gzip
import json
import re
import zipfile

import pytest

from discourse.sources.readers import detect_format, read_sources

# Sample -> format, how its records are counted (a pattern over its bytes), rejects that are no records.
SAMPLES = {
    "factiva/koheiw_factiva_german-ui.html": ("factiva-html", rb'class="article \w+Article"', 0),
    "factiva/koheiw_factiva_nyt_1_1993-01-03.html": ("factiva-html", rb'class="article \w+Article"', 0),
    "factiva/tm_factiva_test.html": ("factiva-html", rb'class="article \w+Article"', 0),
    "factiva/tm_factiva_test.xml": ("factiva-xml", rb"<accessionNo>", 0),
    "nexis/tm_lexisnexis_test_en.html": ("nexis-html", rb"\d+ of \d+ DOCUMENTS", 0),
    "nexis/tm_lexisnexis_test_fr.html": ("nexis-html", rb"\d+ of \d+ DOCUMENTS", 0),
    "nexis/koheiw_nexis_afp_2013-03-12_0501.html": ("nexis-html", rb"\d+ of \d+ DOCUMENTS", 0),
    "nexis/LNT_sample.TXT": ("nexis-text", rb"\d+ of \d+ DOCUMENTS", 0),
    "nexis/LNT_sample.DOCX": ("nexis-docx", rb"End of Document", 0),
    "nexis/koheiw_lexis_guardian1.docx": ("nexis-docx", rb"End of Document", 0),
    "europresse/europresse_test1.html": ("europresse", rb"DocPublicationName", 0),
    "rss/93.xml": ("feed", rb"<item>", 0),
    "rss/aps-algerie-ar.xml": ("feed", rb"<item>", 0),
    "rss/feed.xml": ("feed", rb"<item>", 0),
    "warc/example.warc.gz": ("warc", rb"WARC-Type: (?:response|revisit)", 0),
    "warc/example-trunc.warc": ("warc", rb"WARC-Type: (?:response|revisit)", 1),
    "warc/example-wrong-chunks.warc.gz": ("warc", rb"WARC-Type: (?:response|revisit)", 0),
    "html/assabah.com.tn.article.html": ("page", rb"</html>", 0),
}


def content(path) -> bytes:
    if path.suffix.lower() == ".docx":
        return zipfile.ZipFile(path).read("word/document.xml")
    return gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()


@pytest.fixture
def exports(shared):
    folder = shared / "data" / "exports"
    if not folder.is_dir():
        pytest.skip("the samples of vendor exports (third-party) are not on this machine")
    return folder


@pytest.mark.parametrize("name", SAMPLES)
def test_read_sources_sample_gives_every_record_or_a_reject(exports, project, name):
    kind, pattern, n_notes = SAMPLES[name]
    assert detect_format(exports / name).format == kind
    documents, rejects = read_sources(exports / name)
    n_records = len(re.findall(pattern, content(exports / name)))
    assert n_records == len(documents) + len(rejects) - n_notes
    row = f"| {name} | {kind} | {n_records} | {len(documents)} | {len(rejects) - n_notes} |\n"
    assert row in (project / "docs" / "readers.md").read_text("utf-8")
    assert len(documents) >= 1


@pytest.mark.parametrize(
    "name", [name for name, sample in SAMPLES.items() if not sample[0].startswith(("warc", "page"))]
)
def test_read_sources_sample_has_headline_outlet_and_day_throughout(exports, name):
    documents, _ = read_sources(exports / name)
    assert documents[["title", "source", "date"]].notna().all(axis=None)
    assert set(documents["date_precision"]) == {"day"}
    assert not documents["text"].str.contains(r"</?[a-z]+[ >]|&[a-z]+;", regex=True).any()


def test_read_sources_sample_of_german_interface_keeps_most_printed_words(exports):
    documents, _ = read_sources(exports / "factiva" / "koheiw_factiva_german-ui.html")
    shares = documents["text"].str.split().str.len() / documents["n_words"].astype("float64")
    # six live blogs are exported by the vendor without their body, at under a twentieth of the printed count
    assert (shares > 0.7).sum() == 94
    assert (shares < 0.05).sum() == 6
    assert set(documents["language"]) == {"de"}


def test_read_sources_sample_page_holds_the_article_and_not_what_surrounds_it(exports):
    gold = next(iter(json.loads((exports / "html" / "gold.json").read_text("utf-8")).values()))
    documents, _ = read_sources(exports / "html" / gold["file"])
    text = documents["text"].iloc[0]
    assert [phrase for phrase in gold["with"] if phrase not in text] == []
    assert [phrase for phrase in gold["without"] if phrase in text] == []
    assert documents["title"].iloc[0].split() == gold["title"].split()

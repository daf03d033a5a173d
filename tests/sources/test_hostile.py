"""Small inputs that cost much, or that nothing expected: bounded, and each a reject or a sentence."""

import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from discourse.checking import check_file
from discourse.errors import LexiconError, SourceError
from discourse.lexicons.loader import load_lexicon
from discourse.lexicons.yaml_lines import load_with_lines
from discourse.sources.csv_rows import MOST_COLUMNS
from discourse.sources.documents import read_documents
from discourse.sources.readers.feeds import read_feed
from discourse.sources.readers.markup import decode_markup
from discourse.sources.readers.reading import read_sources
from discourse.sources.readers.resume import read_resumable
from discourse.sources.readers.warc import read_warc

TEXT = "التقى المبعوث الروسي وفدا من طالبان في موسكو."


def lines(path, *records):
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_read_documents_names_beyond_the_most_columns_make_their_record_a_reject(tmp_path):
    wide = {"text": TEXT, **{f"k{number}": 1 for number in range(MOST_COLUMNS)}}
    narrow = {"text": TEXT, **{f"k{number}": 1 for number in range(MOST_COLUMNS - 2)}}
    documents, rejects = read_documents(lines(tmp_path / "a.jsonl", {"text": TEXT, "doc_id": "a"}, wide))
    assert documents["doc_id"].tolist() == ["a"] and "may have 2,000" in rejects["reason"][0]
    documents, rejects = read_documents(lines(tmp_path / "b.jsonl", {"text": TEXT, "doc_id": "a"}, narrow))
    assert len(documents) == 2 and not len(rejects)


def test_read_documents_tables_of_more_columns_than_a_corpus_has_are_refused(tmp_path):
    header = ",".join(["text", *(f"k{number}" for number in range(MOST_COLUMNS))])
    (tmp_path / "a.csv").write_text(header + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"has 2,001 columns; a corpus may have 2,000\. Keep"):
        read_documents(tmp_path / "a.csv")
    frame = pd.DataFrame({f"k{number}": [1] for number in range(MOST_COLUMNS + 1)})
    frame.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(SourceError, match="has 2,001 columns"):
        read_documents(tmp_path / "a.parquet")


def test_read_documents_values_that_no_column_type_holds_are_kept_as_text(tmp_path):
    path = lines(tmp_path / "a.jsonl", {"text": TEXT, "n": 2**70, "source": 1e308, "date_precision": ["day"]})
    documents, rejects = read_documents(path)
    assert not len(rejects)
    assert documents["n"].tolist() == [str(2**70)] and documents["source"].tolist() == ["1e+308"]
    kept, _ = read_resumable(path, tmp_path / "out.parquet")
    assert pd.read_parquet(tmp_path / "out.parquet")["n"].tolist() == kept["n"].tolist() == [str(2**70)]


def test_read_documents_times_of_an_unknown_zone_and_of_far_years_are_read_or_rejected(tmp_path):
    days = pa.array([0, 86_400_000_000], pa.timestamp("us", tz="Mars/Olympus"))
    pq.write_table(pa.table({"text": [TEXT, TEXT + "."], "date": days}), tmp_path / "zone.parquet")
    documents, rejects = read_documents(tmp_path / "zone.parquet")
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["1970-01-01", "1970-01-02"] and not len(rejects)
    far = pa.array(np.array([2**62, 0]), pa.timestamp("us"))
    pq.write_table(pa.table({"text": [TEXT, TEXT + "."], "date": far}), tmp_path / "far.parquet")
    documents, rejects = read_documents(tmp_path / "far.parquet")
    assert len(documents) == 1 and "outside 1800 to 2100" in rejects["reason"][0]


def test_read_documents_an_index_that_says_something_is_kept(tmp_path):
    for name, index in (("says", ["a", "b"]), ("counts", [0, 1])):
        table = pa.table({"text": [TEXT, TEXT + "."], "__index_level_0__": index})
        pq.write_table(table, tmp_path / f"{name}.parquet")
    assert "__index_level_0__" in read_documents(tmp_path / "says.parquet")[0]
    assert "__index_level_0__" not in read_documents(tmp_path / "counts.parquet")[0]


@pytest.mark.parametrize("first", ['{"text": ', "{broken", '"a text"', "null"])
def test_read_sources_json_lines_with_a_broken_first_line_are_records(tmp_path, first):
    path = lines(tmp_path / "a.jsonl", {"text": TEXT}, {"text": TEXT + "."})
    path.write_text(first + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    documents, rejects = read_sources(path)
    assert len(documents) == 2 and len(rejects) == 1
    assert rejects["record"].str.match(r"line 1(, character \d+)?$").tolist() == [True]


def test_decode_markup_tags_of_a_great_length_keep_their_name_alone():
    many = "<p " + " ".join(f"a{number}=1" for number in range(5000)) + f">{TEXT}</p>"
    assert decode_markup(many.encode()) == f"<p>{TEXT}</p>"
    few = "<p " + "a" * 19_000 + f">{TEXT}</p>"
    assert decode_markup(few.encode()) == few


def test_decode_markup_a_codec_that_decodes_nothing_is_passed_over():
    raw = f'<meta charset="undefined"><p>{TEXT}</p>'.encode("windows-1256")
    assert TEXT in decode_markup(raw)


def test_read_feed_titles_that_are_never_closed_are_searched_once(tmp_path):
    body = f"<item><title>عنوان</title><description>{TEXT}</description></item>"
    path = tmp_path / "a.xml"
    path.write_text("<rss><channel>" + "<title>" * 40_000 + body + "</channel></rss>", encoding="utf-8")
    (found,) = read_feed(path)
    assert found["text"] == TEXT


def test_read_warc_stubs_are_one_reject_each_and_the_record_behind_them_is_read(tmp_path):
    page = f"<html><body><article><p>{TEXT} {TEXT}</p></article></body></html>".encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    record = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n"
    record += b"Content-Length: %d\r\n\r\n" % len(head + page) + head + page + b"\r\n\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\n" * 3000 + record)
    found = list(read_warc(path))
    assert len(found) == 3001 and sum("reason" in entry for entry in found) == 3000
    assert "reason" not in found[-1] and TEXT in found[-1]["text"]


def test_load_with_lines_anchors_that_stand_for_millions_are_refused():
    steps = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8))
    with pytest.raises(ValueError, match="line 6: its anchors"):
        load_with_lines(f"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{steps}")
    assert load_with_lines("a: &a [x]\nb: [*a, *a]")["b"] == [["x"], ["x"]]


def test_load_lexicon_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("a: " + "[" * 900 + "]" * 900, encoding="utf-8")
    with pytest.raises(LexiconError, match="nested too deep"):
        load_lexicon(path)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("    label: Russia", "`label` of a is 'Russia'; it must be a mapping"),
        ("    defaults: 3", "`defaults` of a is '3'; it must be a mapping"),
        ("title: [x]", "`title` of"),
        ("lemmas: x", "`lemmas` of"),
    ],
)
def test_load_lexicon_a_text_where_a_mapping_belongs_is_named(tmp_path, line, problem):
    path = tmp_path / "a.yml"
    top, inner = (line + "\n", "") if not line.startswith(" ") else ("", line + "\n")
    path.write_text(f"name: x\nversion: 1.0.0\n{top}categories:\n  a:\n{inner}    entries: [روسيا]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=problem):
        load_lexicon(path)


@pytest.mark.parametrize("weight", [1_000_000, 1_000_001, -1_000_001])
def test_load_lexicon_weights_reach_to_a_million(tmp_path, weight):
    path = tmp_path / "a.yml"
    body = f"categories:\n  a:\n    entries:\n      - {{pattern: روسيا, weight: {weight}}}\n"
    path.write_text("name: x\nversion: 1.0.0\n" + body, encoding="utf-8")
    if abs(weight) <= 1_000_000:
        assert load_lexicon(path).entries["weight"].tolist() == [weight]
    else:
        with pytest.raises(LexiconError, match="is no number from -1,000,000 to 1,000,000"):
            load_lexicon(path)


@pytest.mark.parametrize("kind", ["codes", "events"])
def test_check_file_columns_that_are_not_there_are_a_finding(tmp_path, kind):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    _, findings, _ = check_file(tmp_path / "a.csv", kind=kind)
    assert findings["reason"].str.startswith("the table lacks the columns").tolist() == [True]


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "base64", "hex", "rot13", "nothing"])
def test_read_documents_encodings_that_decode_no_texts_are_refused(tmp_path, name):
    (tmp_path / "a.csv").write_text(f"text\n{TEXT}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"^`encoding` is {name!r}, which is not known; use one of"):
        read_documents(tmp_path / "a.csv", encoding=name)


def test_read_documents_precisions_without_any_date_are_no_error(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,date_precision\n{TEXT},day\n{TEXT}.,\n", encoding="utf-8")
    documents, _ = read_documents(tmp_path / "a.csv")
    assert documents["date_precision"].isna().tolist() == [True, True]


def test_read_resumable_a_link_to_nowhere_is_a_reject(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").symlink_to(tmp_path / "none")
    documents, rejects = read_resumable(folder, tmp_path / "out.parquet")
    assert documents["doc_id"].tolist() == ["a"] and len(rejects) == 1
    assert rejects["reason"][0].endswith("cannot be read: No such file or directory. Check the path.")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("label: {en: [x]}", "`label` of a is ['x']; it must be words"),
        ("except: 3", "`except` is 3; it must be a pattern, or a list of patterns"),
        ("except: [3]", "`except` is [3]; it must be a pattern, or a list of patterns"),
    ],
)
def test_load_lexicon_values_of_a_category_of_another_type_are_named(tmp_path, place, said):
    path = tmp_path / "a.yml"
    path.write_text(
        f"name: x\nversion: 1.0.0\ncategories:\n  a:\n    {place}\n    entries: [روسيا]\n", encoding="utf-8"
    )
    with pytest.raises(LexiconError) as error:
        load_lexicon(path)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("plural: 3", "`plural` is 3; it must be a list of words, such as [first, second]"),
        ("plural: [1, x]", "`plural` is [1, 'x']; it must be a list of words, such as [first, second]"),
        ("forms: {a: b}", "`forms` is {'a': 'b'}; it must be a list of words, such as [first, second]"),
        ("verb: x", "`verb` is 'x'; it must be a mapping such as {past: [WORD]}"),
        ("verb: {past: 3}", "`past` is 3; it must be a list of words, such as [first, second]"),
        ("verb: {future: [x]}", "`verb` is {'future': ['x']}; it must be a mapping such as {past: [WORD]}"),
        ("sound: [f]", "`sound` is ['f']; it must be one of both, f, m, none"),
        ("dual: 3", "`dual` is 3; it must be true or false"),
        ("not: x", "`not` is 'x'; it must be a list of words, such as [first, second]"),
    ],
)
def test_load_lexicon_values_of_a_lemma_of_another_type_are_named(tmp_path, spec, said):
    path = tmp_path / "a.yml"
    body = (
        f"name: x\nversion: 1.0.0\nlemmas:\n  قتال: {{pos: noun, {spec}}}\ncategories:\n  a: {{entries: ['[قتال]']}}\n"
    )
    path.write_text(body, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        load_lexicon(path)
    assert f"  line 4, 'قتال': {said}" in str(error.value)


@pytest.mark.parametrize(
    ("key", "value"), [("except", "3"), ("except", "{a: b}"), ("context", "3"), ("context", "[1]")]
)
def test_load_lexicon_values_of_an_entry_of_another_type_are_named(tmp_path, key, value):
    path = tmp_path / "a.yml"
    entry = f"{{pattern: روسيا, {key}: {value}}}"
    path.write_text(f"name: x\nversion: 1.0.0\ncategories:\n  a: {{entries: [{entry}]}}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"line 4, 'روسيا': `{key}` is .*; it must be"):
        load_lexicon(path)


@pytest.mark.parametrize("parts", ["3", "{a: b}", "[3]"])
def test_load_lexicon_parts_that_are_no_names_are_refused(tmp_path, parts):
    path = tmp_path / "a.yml"
    path.write_text(f"name: x\nversion: 1.0.0\nparts: {parts}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="must name built-in lexicons"):
        load_lexicon(path)

"""Plain corpora into DOCUMENTS and REJECTS: every ending, every encoding, every kind of bad record."""

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse import tables
from discourse.errors import SchemaError, SourceError
from discourse.sources.documents import read_documents

SENTENCE = "التقى كابولوف وفدا من طالبان في موسكو"
SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
NEWS = SHARED / "data" / "news" / "arabic_news.parquet"


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def reasons(rejects: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(rejects["record"], rejects["reason"], strict=True))


# CSV -------------------------------------------------------------------------------------------------------------

MIXED_CSV = (
    f'doc_id,text,date\na,"{SENTENCE}\nسطر ثان",2015-12-23\na,{SENTENCE},2016-01\nb,{SENTENCE},32/13/2015\nc,,2015\n'
    f"d,{SENTENCE}\n,{SENTENCE},23/12/2015\n"
)


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("windows-1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
    ],
)
def test_read_documents_csv_in_each_encoding_is_detected_said_and_read_alike(tmp_path, codec, said):
    path = write(tmp_path, "news.csv", MIXED_CSV.encode(codec))
    documents, rejects = read_documents(path)
    assert documents["doc_id"].tolist() == ["a", "news-000008"]
    assert documents["text"].tolist() == [f"{SENTENCE}\nسطر ثان", SENTENCE]
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == ["2015-12-23", "2015-12-23"]
    assert documents["encoding"].tolist() == [said, said]
    assert set(rejects["path"]) == {str(path)}
    assert reasons(rejects) == [
        ("line 4, doc_id 'a' as at line 2", "the doc_id was given before"),
        ("line 5, date '32/13/2015'", "the date has a month that the calendar does not know"),
        ("line 6", "the text is empty"),
        ("line 7, 2 fields of 3", "the record has not as many fields as the header"),
    ]
    tables.check(documents, "DOCUMENTS")
    tables.check(rejects, "REJECTS")


def test_read_documents_csv_invalid_byte_rejects_that_record_with_its_offset(tmp_path):
    raw = f"text\n{SENTENCE}\n".encode() + b"\xd9\xff\n" + f"{SENTENCE}!\n".encode()
    documents, rejects = read_documents(write(tmp_path, "a.csv", raw))
    assert len(documents) == 2
    offset = raw.index(b"\xff") - 1
    assert reasons(rejects) == [
        (f"line 3, byte {offset}", "the record holds a byte that is not valid in the encoding of the file")
    ]


def test_read_documents_csv_cut_in_a_quoted_field_keeps_the_records_before_it(tmp_path):
    raw = f'doc_id,text\na,"{SENTENCE}"\nb,"{SENTENCE}\nالسطر'.encode()
    documents, rejects = read_documents(write(tmp_path, "a.csv", raw))
    assert documents["doc_id"].tolist() == ["a"]
    assert reasons(rejects) == [
        (
            "lines 3 to 4",
            "a quotation mark opened in this record is never closed; the lines behind it are lost to it",
        )
    ]


def test_read_documents_csv_with_semicolons_and_long_fields_is_read(tmp_path):
    long = "كلمة " * 60_000
    documents, rejects = read_documents(write(tmp_path, "a.csv", f"doc_id;text;n\nx;{long};7\n".encode()))
    assert documents.loc[0, "text"] == long
    assert documents.loc[0, "n"] == 7
    assert len(rejects) == 0
    assert csv.field_size_limit() == 131072


def test_read_documents_csv_without_text_column_says_what_is_there(tmp_path):
    path = write(tmp_path, "a.csv", b"doc_id,body\n1,x\n")
    with pytest.raises(SchemaError) as caught:
        read_documents(path)
    assert str(caught.value) == (
        f"{str(path)!r} has no column 'text'; it has 'body', 'doc_id'. Say which column is which by text=, doc_id=, "
        "date=, outlet=, title= (on the command line --text-column and so on)."
    )
    documents, _ = read_documents(path, text="body")
    assert documents[["doc_id", "text"]].values.tolist() == [["1", "x"]]
    with pytest.raises(SchemaError, match="has no column 'when'; it has 'body', 'doc_id'"):
        read_documents(path, text="body", date="when")


def test_read_documents_csv_with_a_header_name_twice_is_refused(tmp_path):
    path = write(tmp_path, "a.csv", b"text,text\n1,2\n")
    with pytest.raises(SourceError) as caught:
        read_documents(path)
    assert str(caught.value) == (
        f"{str(path)!r} names 1 columns more than once in its header. First: 'text'. Rename them."
    )


def test_read_documents_columns_map_renames_and_keeps_what_was_in_the_way(tmp_path):
    raw = f"id,text,body,publisher\n1,short,{SENTENCE},الحياة\n".encode()
    documents, _ = read_documents(
        write(tmp_path, "a.csv", raw), columns={"body": "text", "publisher": "source"}, doc_id="id"
    )
    assert documents.loc[0, ["doc_id", "text", "source", "original_text"]].tolist() == [
        "1",
        SENTENCE,
        "الحياة",
        "short",
    ]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "a", "b", "c"]),
            st.sampled_from(["", " ", SENTENCE, 'قال "نعم"، ثم\nمضى', "a\x00b"]),
            st.sampled_from(["", "2015", "2015-12", "2015-12-23", "32/13/2015", "أمس", "1436-10-05"]),
        ),
        max_size=12,
    ),
    st.lists(st.sampled_from(['"', "one,two", 'x"y"z,,,,', "\n"]), max_size=3),
)
def test_read_documents_csv_any_records_kept_plus_rejected_is_read(tmp_path, rows, broken):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("doc_id", "text", "date"), *rows])
    n_broken = sum(1 for line in broken if line not in {"\n", '"'})
    lines = [line for line in broken if line != '"'] + [line for line in broken if line == '"'][:1]
    n_open = int('"' in broken)
    path = write(tmp_path, "law.csv", (stream.getvalue() + "\n".join(lines)).encode())
    documents, rejects = read_documents(path)
    assert len(documents) + len(rejects) == len(rows) + n_broken + n_open
    assert set(documents["text"]) <= {text for _, text, _ in rows}
    assert documents["doc_id"].is_unique


# JSON lines ------------------------------------------------------------------------------------------------------

JSON_LINES = "\n".join(
    [
        json.dumps(
            {"text": SENTENCE, "date": "2015", "frames": ["drugs", "arming"], "speakers": [{"name": "كابولوف"}]}
        ),
        "{bad",
        "[1]",
        json.dumps({"text": 5}),
        json.dumps({"text": "x\ud800"}),
        json.dumps({"text": None}),
        "",
        json.dumps({"text": "a\u0000\u202eb", "n": 2}),
    ]
)
JSON_REJECTS = [
    ("line 2, character 2", "the line is not JSON: Expecting property name enclosed in double quotes"),
    ("line 3", "the record is a JSON list, not an object with named fields"),
    ("line 4", "the text is of type int, not a string"),
    ("line 5", "the record holds half of a surrogate pair, which is no character"),
    ("line 6", "the text is empty"),
]


def packed(name: str, raw: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(raw)
    if name.endswith(".zst"):
        return pa.compress(raw, codec="zstd", asbytes=True)
    return raw


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.jsonl.gz", "a.jsonl.zst"])
def test_read_documents_json_lines_in_each_packing_gives_the_same(tmp_path, name):
    documents, rejects = read_documents(write(tmp_path, name, packed(name, JSON_LINES.encode())))
    assert documents["doc_id"].tolist() == ["a-000001", "a-000008"]
    assert documents["text"].tolist() == [SENTENCE, "a\x00\u202eb"]
    assert documents.loc[0, "date_precision"] == "year"
    assert pd.isna(documents.loc[1, "date"])
    assert documents.loc[0, ["frames", "speakers"]].tolist() == ["drugs;arming", '[{"name": "كابولوف"}]']
    assert reasons(rejects) == JSON_REJECTS


def test_read_documents_json_array_rejects_by_item(tmp_path):
    raw = json.dumps([{"text": SENTENCE, "doc_id": 7}, 4, {"text": SENTENCE}]).encode()
    documents, rejects = read_documents(write(tmp_path, "a.json", raw))
    assert documents["doc_id"].tolist() == ["7", "a-000003"]
    assert reasons(rejects) == [("item 2", "the record is a JSON int, not an object with named fields")]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_read_documents_packed_file_cut_keeps_the_records_before_the_cut(tmp_path, ending):
    generator = os.urandom(400_000).hex()
    lines = [json.dumps({"doc_id": f"{n:05d}", "text": generator[n * 400 : n * 400 + 400]}) for n in range(2000)]
    whole = packed("a" + ending, "\n".join(lines).encode())
    documents, rejects = read_documents(write(tmp_path, "a.jsonl" + ending, whole[: len(whole) // 2]))
    assert 800 < len(documents) < 1001
    assert documents["doc_id"].tolist() == [f"{n:05d}" for n in range(len(documents))]
    assert len(rejects) == 1
    assert rejects.loc[0, "record"].startswith("byte ")
    assert rejects.loc[0, "reason"].startswith("the packed file ends or breaks here (")


def test_read_documents_not_really_packed_is_refused(tmp_path):
    path = write(tmp_path, "a.csv.gz", b"text\nx\n")
    with pytest.raises(SourceError, match="is damaged from its first byte"):
        read_documents(path)


# Parquet, DataFrame ----------------------------------------------------------------------------------------------


def test_read_documents_parquet_empty_text_is_rejected_by_row(tmp_path):
    table = pd.DataFrame(
        {"text": [SENTENCE, "\u200f \n", None], "date": pd.to_datetime(["2015-12-23 08:30", None, None])}
    )
    table.to_parquet(tmp_path / "a.parquet")
    documents, rejects = read_documents(tmp_path / "a.parquet")
    assert documents["date"].tolist() == [pd.Timestamp(2015, 12, 23)]
    assert reasons(rejects) == [("row 2", "the text is empty"), ("row 3", "the text is empty")]
    assert "encoding" not in documents


def test_read_documents_truncated_parquet_is_refused(tmp_path):
    pd.DataFrame({"text": [SENTENCE] * 100}).to_parquet(tmp_path / "whole.parquet")
    raw = (tmp_path / "whole.parquet").read_bytes()
    path = write(tmp_path, "cut.parquet", raw[: len(raw) // 2])
    with pytest.raises(SourceError) as caught:
        read_documents(path)
    assert str(caught.value).startswith(f"{str(path)!r} is not a whole Parquet file (")
    assert str(caught.value).endswith("Copy or write it again.")


def test_read_documents_frame_is_not_changed_and_read_again_gives_the_same():
    table = pd.DataFrame({"doc_id": [2, 1], "text": [SENTENCE, "نص"], "source": ["الحياة", None], "n": [1.5, 2.0]})
    before = table.copy(deep=True)
    documents, rejects = read_documents(table)
    pd.testing.assert_frame_equal(table, before)
    assert documents["doc_id"].tolist() == ["1", "2"]
    assert len(rejects) == 0
    again, _ = read_documents(documents)
    pd.testing.assert_frame_equal(again, documents)


def test_read_documents_frame_with_other_things_than_strings_rejects_them():
    table = pd.DataFrame({"text": [SENTENCE, "x\ud800", 3, None]}, dtype=object)
    documents, rejects = read_documents(table)
    assert documents["text"].tolist() == [SENTENCE]
    assert reasons(rejects) == [
        ("row 2", "the text holds half of a surrogate pair, which is no character"),
        ("row 3", "the text is of type int, not a string"),
        ("row 4", "the text is empty"),
    ]


def test_read_documents_stated_precision_is_believed_where_it_is_coarser():
    table = pd.DataFrame(
        {
            "text": ["أ", "ب", "ج", "د"],
            "date": ["2015-12-23", "2015-12-23", "2015", "2015-05-06"],
            "date_precision": ["month", "year", "day", None],
        }
    )
    documents, _ = read_documents(table)
    assert documents["date"].dt.strftime("%Y-%m-%d").tolist() == [
        "2015-12-01",
        "2015-01-01",
        "2015-01-01",
        "2015-05-06",
    ]
    assert documents["date_precision"].tolist() == ["month", "year", "year", "day"]


# Dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "day", "precision"),
    [
        ("2015-12-23", "2015-12-23", "day"),
        ("2015/12/23", "2015-12-23", "day"),
        ("20151223", "2015-12-23", "day"),
        ("2015-12-23T23:30:00+03:00", "2015-12-23", "day"),
        ("2015-12", "2015-12-01", "month"),
        ("2015", "2015-01-01", "year"),
        (2015, "2015-01-01", "year"),
        ("23/12/2015", "2015-12-23", "day"),
        ("12/23/2015", "2015-12-23", "day"),
        ("05.05.2015", "2015-05-05", "day"),
        ("٢٣/١٢/٢٠١٥", "2015-12-23", "day"),
        ("\u200f2015-12-23", "2015-12-23", "day"),
        ("23 December 2015", "2015-12-23", "day"),
        ("Dec 23, 2015", "2015-12-23", "day"),
        ("Wed, 23 Dec 2015 10:00:00 +0300", "2015-12-23", "day"),
    ],
)
def test_read_documents_date_in_each_form_is_read(stated, day, precision):
    documents, _ = read_documents(pd.DataFrame({"text": ["نص"], "date": [stated]}))
    assert documents.loc[0, "date"] == pd.Timestamp(day)
    assert documents.loc[0, "date_precision"] == precision


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("32/13/2015", "the date has a month that the calendar does not know"),
        ("2015-02-30", "the date has a day that its month does not have"),
        ("2015-13", "the date has a month that the calendar does not know"),
        ("03/04/2015", "the date can be read day first or month first; say which by day_first"),
        ("1437-13-12", "the date is a Hijri month or year, which lies in two of the common calendar"),
        ("أمس", "the date is counted from a day that is not known"),
        ("x" * 70, "the date is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
    ],
)
def test_read_documents_date_that_cannot_be_read_is_a_reject_naming_it(stated, reason):
    documents, rejects = read_documents(pd.DataFrame({"text": ["نص"], "date": [stated]}))
    assert len(documents) == 0
    assert reasons(rejects) == [(f"row 1, date {stated[:60]!r}", reason)]


def test_read_documents_two_way_date_is_read_as_its_column_shows_or_as_asked():
    table = pd.DataFrame({"text": ["أ", "ب"], "date": ["03/04/2015", "25/04/2015"]})
    by_column, _ = read_documents(table)
    assert by_column["date"].dt.month.tolist() == [4, 4]
    alone = table.iloc[:1]
    assert read_documents(alone, day_first=True)[0].loc[0, "date"] == pd.Timestamp(2015, 4, 3)
    assert read_documents(alone, day_first=False)[0].loc[0, "date"] == pd.Timestamp(2015, 3, 4)


# Folders, other files --------------------------------------------------------------------------------------------


def test_read_documents_folder_reads_every_txt_with_its_own_encoding(tmp_path):
    write(tmp_path, "2015-12-23-kabulov.txt", SENTENCE.encode("utf-8-sig"))
    write(tmp_path, "old/هلسنكي.TXT", SENTENCE.encode("windows-1256"))
    write(tmp_path, "old/empty.txt", b" \r\n")
    write(tmp_path, "old/bad.txt", f"{SENTENCE} ".encode() + b"\xff")
    write(tmp_path, "notes.md", b"not a document")
    documents, rejects = read_documents(tmp_path)
    assert documents[["doc_id", "text", "encoding"]].values.tolist() == [
        ["2015-12-23-kabulov", SENTENCE, "utf-8"],
        ["old/هلسنكي", SENTENCE, "windows-1256"],
    ]
    assert documents["date"].tolist() == [pd.Timestamp(2015, 12, 23), pd.NaT]
    assert [(Path(path).name, record, reason) for path, record, reason in rejects.values.tolist()] == [
        ("notes.md", "whole file", "the file is no .txt; `discourse read` takes exports, pages and tables in a folder"),
        ("bad.txt", f"byte {len(SENTENCE.encode()) + 1}", "the byte is not valid in utf-8"),
        ("empty.txt", "whole file", "the text is empty"),
    ]


def test_read_documents_text_is_kept_to_the_last_character(tmp_path):
    text = "\u202bقال\r\n\tكابولوف\u200f \x07<script>\n\n"
    documents, _ = read_documents(write(tmp_path, "a.txt", text.encode()))
    assert documents.loc[0, "text"] == text


def test_read_documents_things_that_are_no_corpus_are_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    for path, message in (
        (write(tmp_path, "a.csv", b""), "{} is empty (0 bytes). Export or copy it again."),
        (tmp_path / "none.csv", "{} does not exist. Check the path; a built-in seed is named 'seed:reports'."),
        (
            write(tmp_path, "a.xlsx", b"x"),
            "{} ends in '.xlsx'; a corpus ends in '.csv', '.json', '.jsonl', '.ndjson', '.parquet', '.tsv', '.txt' "
            "(.gz and .zst may follow), or is a folder of .txt. `discourse read` takes exports and pages.",
        ),
        (
            tmp_path / "folder",
            "{} holds no files and no .txt. Name one file, or use `discourse read` for exports and pages.",
        ),
    ):
        with pytest.raises(SourceError) as caught:
            read_documents(path)
        assert str(caught.value) == message.format(repr(str(path)))


def test_read_documents_unknown_encoding_names_the_known_ones(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_documents(write(tmp_path, "a.csv", b"text\nx\n"), encoding="arabic-1256")
    assert str(caught.value) == (
        "`encoding` is 'arabic-1256', which is not known; use one of 'iso-8859-6', 'utf-16-be', 'utf-16-le', 'utf-8', "
        "'windows-1256', or leave it out to have it detected."
    )


def test_read_documents_header_alone_gives_empty_tables(tmp_path):
    documents, rejects = read_documents(write(tmp_path, "a.csv", b"doc_id,text\n"))
    assert (len(documents), len(rejects)) == (0, 0)
    assert documents.columns.tolist()[:6] == ["doc_id", "text", "date", "date_precision", "source", "title"]


def test_read_documents_seed_by_name_is_the_seed():
    documents, rejects = read_documents("seed:reports")
    assert (len(documents), len(rejects)) == (206, 0)
    with pytest.raises(SchemaError) as caught:
        read_documents("seed:events")
    assert str(caught.value) == "`source` is 'seed:events', a ledger and no corpus; take load_seed('events')."


@pytest.mark.skipif(not NEWS.is_file(), reason="the shared news corpus is not here (set DISCOURSE_SHARED)")
def test_read_documents_news_corpus_is_read_whole():
    documents, rejects = read_documents(NEWS)
    assert len(documents) + len(rejects) == 37_347
    assert rejects["reason"].value_counts().to_dict() == {"the text is empty": 354}


def test_read_documents_ten_times_the_records_are_at_most_ten_times_the_work(tmp_path, count_lines):
    def lines(n):
        path = tmp_path / f"{n}.csv"
        pd.DataFrame({"text": [f"{SENTENCE} {i}" for i in range(n)], "date": "2015-12-23"}).to_csv(path, index=False)
        return count_lines(lambda: read_documents(path))

    lines(10)  # what is loaded once
    assert lines(2_000) <= 10 * lines(200)


def test_read_documents_of_a_folder_rejects_what_is_no_txt(tmp_path):
    (tmp_path / "a.txt").write_text("قال", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>قال</p>", encoding="utf-8")
    (tmp_path / ".hidden").write_text("", encoding="utf-8")
    documents, rejects = read_documents(tmp_path)
    assert documents["doc_id"].tolist() == ["a"]
    assert rejects[["path", "record", "reason"]].values.tolist() == [
        [str(tmp_path / "b.html"), "whole file",
         "the file is no .txt; `discourse read` takes exports, pages and tables in a folder"],
    ]  # fmt: skip


def test_read_documents_text_file_of_many_articles_is_refused_by_name(tmp_path):
    article = "وقال رئيس البلدية سامر النجار إن الحديقة تضم ملاعب للأطفال ومسارات للمشاة ومكتبة صغيرة، وإن العمل استمر."
    many = "\n".join(f"خبر {n}\nجريدة الوادي; {n + 10}.03.1999; ص {n}\n{article}" for n in (1, 2, 3))
    write(tmp_path, "many.txt", many.encode())
    reason = (
        "holds several articles in a shell that no reader knows; export it in a format that is read or as a table, or "
        "save each article as a file (`discourse read --format text` reads it as one)"
    )
    documents, rejects = read_documents(tmp_path / "many.txt")
    assert documents.empty and rejects["reason"].tolist() == [reason]
    write(tmp_path, "one.txt", article.encode())
    documents, rejects = read_documents(tmp_path)
    assert documents["doc_id"].tolist() == ["one"] and rejects["reason"].tolist() == [reason]


@pytest.mark.parametrize(
    ("written", "told"),
    [('[{"text": "a', "is cut off: its list of records is never closed ("), ('[{"text": a}]', "is not JSON (")],
)
def test_read_documents_json_that_is_cut_off_is_told_from_json_that_is_wrong(tmp_path, written, told):
    with pytest.raises(SourceError) as error:
        read_documents(write(tmp_path, "a.json", written.encode()))
    assert str(error.value).startswith(f"{str(tmp_path / 'a.json')!r} {told}")

"""Files out: whole or not at all."""

import os
import socket
import stat

import pandas as pd
import pytest

from discourse.errors import SourceError
from discourse.sources.documents import read_documents
from discourse.writing import marked_csv, write_bytes, write_table, write_text

TABLE = pd.DataFrame(
    {
        "doc_id": pd.Categorical(["a", "b"]),
        "date": pd.to_datetime(["2015-12-23", None]),
        "text": ["قال «نعم»\nومضى", 'a,"b"'],
        "n": pd.array([1, None], dtype="Int32"),
    }
)


def test_write_table_csv_is_utf8_without_mark_and_with_line_feeds(tmp_path):
    path = write_table(TABLE, tmp_path / "a.csv")
    assert path.read_bytes().decode("utf-8") == (
        'doc_id,date,text,n\na,2015-12-23,"قال «نعم»\nومضى",1\nb,,"a,""b""",\n'
    )


def test_write_table_bom_begins_the_csv_and_changes_nothing_else(tmp_path):
    plain = write_table(TABLE, tmp_path / "plain.csv").read_bytes()
    assert write_table(TABLE, tmp_path / "marked.csv", bom=True).read_bytes() == b"\xef\xbb\xbf" + plain


def test_marked_csv_holds_within_it_alone_and_the_call_goes_before_it(tmp_path):
    with marked_csv(True):
        marked = write_table(TABLE, tmp_path / "marked.csv").read_bytes()
        plain = write_table(TABLE, tmp_path / "plain.csv", bom=False).read_bytes()
    assert marked == b"\xef\xbb\xbf" + plain
    assert write_table(TABLE, tmp_path / "after.csv").read_bytes() == plain


def test_write_table_bom_is_passed_over_by_the_reader_of_corpora(tmp_path):
    documents, rejects = read_documents(write_table(TABLE[["doc_id", "text"]], tmp_path / "marked.csv", bom=True))
    assert documents["doc_id"].tolist() == ["a", "b"]
    assert documents["text"].tolist() == TABLE["text"].tolist()
    assert len(rejects) == 0


def test_write_table_parquet_reads_back_as_it_was(tmp_path):
    path = write_table(TABLE, tmp_path / "new" / "folder" / "a.PARQUET")
    pd.testing.assert_frame_equal(pd.read_parquet(path), TABLE)


def test_write_table_time_of_day_is_kept(tmp_path):
    frame = pd.DataFrame({"date": pd.to_datetime(["2015-12-23 08:30", "2015-12-24 00:00"])})
    assert write_table(frame, tmp_path / "a.csv").read_text() == "date\n2015-12-23T08:30:00\n2015-12-24T00:00:00\n"


def test_write_table_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"old")
    unwritable = pd.DataFrame({"mixed": [1, "a", object()]})
    with pytest.raises(Exception, match="mixed|Could not convert|object"):
        write_table(unwritable, path)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.parquet"]


def test_write_table_into_a_place_that_is_none_says_so(tmp_path):
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "a.csv"
    with pytest.raises(SourceError) as caught:
        write_table(TABLE, path)
    assert str(caught.value).startswith(f"{str(path)!r} cannot be written: ")
    assert str(caught.value).endswith("Name another place.")
    with pytest.raises(SourceError, match="which is a folder; name a file in it"):
        (tmp_path / "b.csv").mkdir()
        write_table(TABLE, tmp_path / "b.csv")


def test_write_text_and_bytes_are_exact_and_readable_by_others(tmp_path):
    assert write_text("أ\r\nب", tmp_path / "a.html").read_bytes() == "أ\r\nب".encode()
    path = write_bytes(b"\x89PNG", tmp_path / "a.png")
    assert path.read_bytes() == b"\x89PNG"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_write_table_parts_of_processes_that_are_gone_are_swept(tmp_path):
    here = socket.gethostname()
    gone, alive = tmp_path / f".a.csv.{2**22 + 1}@{here}.x1.part", tmp_path / f".a.csv.{os.getppid()}@{here}.x1.part"
    other = tmp_path / f".b.csv.{2**22 + 1}@{here}.x1.part"
    for path in (gone, alive, other):
        path.write_text("half")
    write_table(TABLE, tmp_path / "a.csv")
    assert not gone.exists() and alive.exists() and other.exists()


@pytest.mark.parametrize("value", ["a\rb", "\r", 'a\r"b"', "a\r\nb", "a\nb", "plain"])
def test_write_table_returns_within_values_end_no_row(tmp_path, value):
    frame = pd.DataFrame({"a": [value, None, "x\ny"], "b": pd.Categorical(["k", "\r", "k"]), "n": [1, 2, 3]})
    raw = write_table(frame, tmp_path / "a.csv").read_bytes()
    back = pd.read_csv(tmp_path / "a.csv", lineterminator=None)
    assert back["n"].tolist() == [1, 2, 3] and back["b"].tolist() == ["k", "\r", "k"]
    assert back["a"].tolist()[::2] == [value, "x\ny"] and back["a"].isna().tolist() == [False, True, False]
    assert raw.startswith(b"a,b,n\n") and raw.endswith(b",k,3\n")


def test_write_table_names_too_long_for_a_file_are_refused(tmp_path):
    path = tmp_path / ("x" * 300 + ".csv")
    with pytest.raises(
        SourceError, match=r"^`path` is '.*', which cannot be a file: File name too long\. Name another\.$"
    ):
        write_table(TABLE, path)

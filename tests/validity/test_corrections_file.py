"""A file of corrections grows: nothing that stands in it is changed, nothing is written twice, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.validity.corrections import COLUMNS, read_corrections
from discourse.validity.corrections_file import write_corrections
from discourse.validity.handcoding.locks import locked
from discourse.validity.handcoding.marks import Mark
from discourse.validity.handcoding.wrong import add_correction


def said(answer="1", doc_id="a", coder="ann", date="2026-01-01T10:00:00.250", **more):
    row = {"doc_id": doc_id, "what": "position", "holder": "russia", "target": "taliban", "coder": coder, "date": date}
    return pd.DataFrame([{name: (row | {"corrected": answer} | more).get(name) for name in COLUMNS}])


def test_write_corrections_new_file_reads_back_the_same(tmp_path):
    rows = pd.concat([said("-2", why="=1+1; «لا»\nثم"), said("none", doc_id="-b")])
    path = write_corrections(rows, tmp_path / "new" / "mine.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdoc_id,what,start_char,end_char,holder,target,category,entry,")
    corrections, rejects = read_corrections(path)
    assert len(rejects) == 0
    assert corrections[["doc_id", "corrected", "why"]].astype(object).fillna("").values.tolist() == [
        ["-b", "none", ""],
        ["a", "-2", "=1+1; «لا»\nثم"],
    ]
    assert corrections["date"].tolist() == [pd.Timestamp("2026-01-01T10:00:00.250")] * 2
    text = path.read_text("utf-8-sig")
    assert "'=1+1" in text and "'-b" in text and ",-2," in text


def test_write_corrections_again_writes_nothing_and_a_new_word_goes_behind(tmp_path):
    path = write_corrections(said("1"), tmp_path / "mine.csv")
    before = path.read_bytes()
    write_corrections(said("1"), path)
    assert path.read_bytes() == before
    write_corrections(said("0", date="2026-02-01"), path)
    write_corrections(said("1"), path)  # stands in the history
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 3
    assert read_corrections(path)[0]["history"].tolist() == ["1 (2026-01-01T10:00:00.250000)"]
    assert [one.name for one in tmp_path.iterdir()] == ["mine.csv"]


def test_write_corrections_file_of_another_shape_keeps_its_shape_and_damaged_rows(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(
        "coder;what;corrected;holder;doc_id;target;mine;date\nbob;nonsense;1;x;y;z;kept;2026-01-01", "utf-8"
    )
    before = path.read_bytes()
    write_corrections(said("1"), path)
    assert path.read_bytes() == before + b"\r\nann;position;1;russia;a;taliban;;2026-01-01T10:00:00.250000\r\n"
    with pytest.raises(SchemaError) as caught:
        write_corrections(said("2", why="so"), path)
    assert str(caught.value) == ("`path` has no column 'why', in which the corrections say something. Name a new file.")


def test_write_corrections_behind_a_quotation_mark_that_never_closes_is_refused(tmp_path):
    path = write_corrections(said("1"), tmp_path / "mine.csv")
    path.write_bytes(path.read_bytes() + b'a,position,,,"russia,taliban\r\n')
    before = path.read_bytes()
    with pytest.raises(SourceError) as caught:
        write_corrections(said("2", date="2026-03-01"), path)
    assert str(caught.value) == (
        f"{str(path)!r} is damaged (line 3), so that rows behind it would not be read. Mend that line, or name a new "
        "file."
    )
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["mine.csv"]


def test_write_corrections_of_many_at_once_loses_none(tmp_path):
    path = tmp_path / "mine.csv"
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: write_corrections(said("1", doc_id=f"d{number}"), path), range(12)))
    assert read_corrections(path)[0]["doc_id"].nunique() == 12
    assert [one.name for one in tmp_path.iterdir()] == ["mine.csv"]


def test_write_corrections_held_by_another_process_says_so(tmp_path):
    path = tmp_path / "mine.csv"
    with locked(path), pytest.raises(SourceError) as caught:
        write_corrections(said(), path, wait=0)
    assert str(caught.value) == f"{str(path)!r} is held by another program. Close what writes to it, and save again."
    assert path.read_bytes() == b""
    write_corrections(said(), path, wait=0)
    assert len(read_corrections(path)[0]) == 1


def test_write_corrections_and_the_coding_form_at_once_lose_none(tmp_path):
    path = tmp_path / "codes.corrections.csv"

    def add(number):
        if number % 2:
            write_corrections(said("1", doc_id=f"d{number}"), path)
        else:
            mark = Mark(0, 5, "match", "", "", "drugs", "poppy", "drugs")
            add_correction(path, f"d{number}", mark, "absent", coder="bob", why="", date="2026-01-01")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(24)))
    corrections, rejects = read_corrections(path)
    assert corrections["doc_id"].nunique() == 24
    assert len(rejects) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["codes.corrections.csv"]


def test_write_corrections_other_ending_or_encoding_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match=r"^`path` is 'a.xlsx'; a file of corrections ends in '\.csv'\. Change the end"
    ):
        write_corrections(said(), "a.xlsx")
    path = tmp_path / "old.csv"
    path.write_bytes(("doc_id,what,corrected,coder\nموسكو,position,1,كابل\n").encode("windows-1256"))
    with pytest.raises(SourceError, match=r"is not UTF-8\. Save it again as CSV UTF-8, or name a new file\.$"):
        write_corrections(said(), path)

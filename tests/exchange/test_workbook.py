"""Workbooks: text in and out, as other programs write them too, and what is refused."""

import zipfile

import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.exchange.workbook import read_workbook, write_workbook


def test_write_workbook_text_comes_back_as_it_was(tmp_path):
    texts = ["=1+1", "007", "كابل\nموسكو", 'a<b>&"c"', " ends ", "\x0b_x000B_", "1e3", "2021-01-01"]
    frame = pd.DataFrame({"unit_id": texts, "متن": texts[::-1]})
    assert read_workbook(write_workbook(frame, tmp_path / "a.xlsx")).to_numpy().tolist() == frame.to_numpy().tolist()


def test_write_workbook_twice_gives_the_same_bytes(tmp_path):
    frame = pd.DataFrame({"a": ["x"]})
    first = write_workbook(frame, tmp_path / "a.xlsx").read_bytes()
    assert write_workbook(frame, tmp_path / "b.xlsx").read_bytes() == first


def test_write_workbook_more_than_26_columns_are_lettered(tmp_path):
    frame = pd.DataFrame({f"c{number}": [str(number)] for number in range(60)})
    assert read_workbook(write_workbook(frame, tmp_path / "a.xlsx")).to_numpy().tolist() == frame.to_numpy().tolist()


def rewritten(path, target, name, change):
    """Write the parts of a workbook again, one of them changed, or a new one."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        parts = {one: old.read(one).decode("utf-8") for one in old.namelist()}
        parts[name] = change(parts.get(name, ""))
        for one, text in parts.items():
            new.writestr(one, text)
    return target


def test_read_workbook_shared_strings_numbers_and_gaps_of_other_programs_are_read(tmp_path):
    place = write_workbook(pd.DataFrame({"unit_id": ["x"]}), tmp_path / "a.xlsx")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = (
        f'<sst xmlns="{main}"><si><t>unit_id</t></si><si><r><t>po</t></r><r><t>sition</t></r></si>'
        "<si><t>d1</t><rPh><t>no</t></rPh></si></sst>"
    )
    sheet = (
        f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="C2"><v>-1</v></c></row><row r="3"/>'
        '<row r="4"><c r="A4" t="str"><v>d2</v></c></row></sheetData></worksheet>'
    )
    other = rewritten(place, tmp_path / "b.xlsx", "xl/sharedStrings.xml", lambda _: shared)
    other = rewritten(other, tmp_path / "c.xlsx", "xl/worksheets/sheet1.xml", lambda _: sheet)
    frame = read_workbook(other)
    assert frame.columns.tolist() == ["unit_id", "position"]
    assert frame.fillna("").to_numpy().tolist() == [["d1", "-1"], ["d2", ""]]


def test_read_workbook_entities_or_broken_files_are_refused(tmp_path):
    place = write_workbook(pd.DataFrame({"a": ["x"]}), tmp_path / "a.xlsx")
    bomb = '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet/>'
    other = rewritten(place, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", lambda _: bomb)
    (tmp_path / "c.xlsx").write_bytes(b"no archive")
    (tmp_path / "d.xlsx").write_bytes(place.read_bytes()[:200])
    raw = bytearray(place.read_bytes())
    begin = raw.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    raw[begin : begin + 8] = b"\xff" * 8  # of what is packed
    (tmp_path / "e.xlsx").write_bytes(bytes(raw))
    for path in (other, tmp_path / "c.xlsx", tmp_path / "d.xlsx", tmp_path / "e.xlsx"):
        with pytest.raises(SourceError, match="is no whole workbook. Save it again as .xlsx."):
            read_workbook(path)
    with pytest.raises(SourceError, match="does not exist"):
        read_workbook(tmp_path / "none.xlsx")


def test_write_workbook_wrong_ending_or_text_too_long_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"a workbook ends in '.xlsx'"):
        write_workbook(pd.DataFrame({"a": ["x"]}), tmp_path / "a.xls")
    assert write_workbook(pd.DataFrame({"a": ["x" * 32_000]}), tmp_path / "a.xlsx").exists()
    with pytest.raises(SchemaError, match="a text of 32,001 characters; a cell holds 32,000"):
        write_workbook(pd.DataFrame({"a": ["x" * 32_001]}), tmp_path / "a.xlsx")

"""The writer of workbooks whose numbers are numbers; through `Table` it is tested in tests/display/test_printed.py."""

import datetime
import io
import zipfile

import pytest

from discourse.errors import SchemaError
from discourse.exchange import spreadsheet as module
from discourse.exchange.spreadsheet import SheetCell, spreadsheet


def test_spreadsheet_without_caption_freezes_the_first_row():
    with zipfile.ZipFile(io.BytesIO(spreadsheet(["a"], [[SheetCell(1, "0")]]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1" topLeftCell="A2"' in sheet and '<c r="A2" s="2"><v>1</v></c>' in sheet


def test_spreadsheet_escapes_what_is_markup():
    with zipfile.ZipFile(io.BytesIO(spreadsheet(["<a>"], [[SheetCell("b & c")]]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "&lt;a&gt;" in sheet and "b &amp; c" in sheet


def test_spreadsheet_twice_gives_the_same_bytes():
    rows = [[SheetCell(datetime.date(2015, 12, 23), "yyyy-mm-dd"), SheetCell(0.5, "0.0%")]]
    assert spreadsheet(["a", "b"], rows) == spreadsheet(["a", "b"], rows)


@pytest.mark.parametrize(("n", "fits"), [(3, True), (4, False)])
def test_spreadsheet_of_more_rows_than_a_sheet_has_is_an_error(monkeypatch, n, fits):
    monkeypatch.setattr(module, "_MOST", 3)
    rows = [[SheetCell(1, "0")]] * n
    if fits:
        assert spreadsheet(["a"], rows)
        return
    with pytest.raises(SchemaError) as caught:
        spreadsheet(["a"], rows)
    assert str(caught.value) == "`frame` has 4 rows; a sheet holds 3. Write a CSV, or fewer rows."

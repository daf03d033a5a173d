"""Tables for Word, spreadsheets and Excel's CSV: what a program finds in the files."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.display.printed import excel_form
from discourse.display.tables import Table
from discourse.errors import SchemaError, SourceError
from discourse.exchange.workbook import read_workbook
from discourse.writing import write_table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FRAME = pd.DataFrame(
    {
        "actor": ["روسيا (AFP)", "=1+1"],
        "estimate": [-1.625, None],
        "share": [0.125, 1.0],
        "n": [1200, 3],
        "code": [-2.0, None],
        "period": pd.to_datetime(["2015-01-01", "2016-01-01"]),
        "ok": [True, False],
    }
)
TABLE = Table(FRAME, caption="Positions & more", notes=["Intervals: 95%."], formats={"share": ".1%"})
ARABIC = Table(FRAME, caption="المواقف من -2", language="ar")


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for other in archive.namelist():
            ElementTree.fromstring(archive.read(other))
        return ElementTree.fromstring(archive.read(name))


def word(table, tmp_path):
    return part(table.to_docx(tmp_path / "a.docx"), "word/document.xml")


def texts(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_to_docx_is_a_table_whose_cells_are_as_shown(tmp_path):
    rows = [[texts(cell) for cell in row.iter(f"{W}tc")] for row in word(TABLE, tmp_path).iter(f"{W}tr")]
    assert rows == [
        ["actor", "estimate", "share", "n", "code", "period", "ok"],
        ["روسيا (AFP)", "−1.63", "12.5%", "1,200", "−2", "2015", "yes"],
        ["=1+1", "–", "100.0%", "3", "–", "2016", "no"],
    ]


def test_to_docx_caption_is_numbered_by_word_and_notes_stand_below(tmp_path):
    body = word(TABLE, tmp_path)[0]
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds == ["p", "tbl", "p", "sectPr"]
    assert texts(body[0]) == "Table 1. Positions & more"
    assert body[0].find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Caption"
    assert body[0].find(f".//{W}instrText").text == r" SEQ Table \* ARABIC "
    assert [mark.get(f"{W}fldCharType") for mark in body[0].iter(f"{W}fldChar")] == ["begin", "separate", "end"]
    assert texts(body[2]) == "Intervals: 95%."


def test_to_docx_header_row_is_repeated_on_each_page(tmp_path):
    rows = list(word(TABLE, tmp_path).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_to_docx_words_have_their_direction(tmp_path):
    cells = list(list(word(TABLE, tmp_path).iter(f"{W}tr"))[1].iter(f"{W}tc"))
    runs = [(run.find(f"{W}rPr/{W}rtl") is not None, texts(run)) for run in cells[0].iter(f"{W}r")]
    assert runs == [(True, "روسيا ("), (False, "AFP"), (True, ")")]
    assert cells[0].find(f"{W}p/{W}pPr/{W}bidi").get(f"{W}val") == "1"
    assert cells[1].find(f"{W}p/{W}pPr/{W}bidi").get(f"{W}val") == "0"
    assert cells[1].find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") == "right"


@pytest.mark.parametrize(("table", "turned"), [(TABLE, False), (ARABIC, True)])
def test_to_docx_an_arabic_table_runs_from_right_to_left(tmp_path, table, turned):
    found = word(table, tmp_path)
    assert (found.find(f".//{W}tblPr/{W}bidiVisual") is not None) == turned
    assert (found.find(f".//{W}sectPr/{W}bidi") is not None) == turned
    assert (found[0][0].find(f"{W}pPr/{W}bidi").get(f"{W}val") == "1") == turned
    if turned:
        assert texts(found[0][0]) == "الجدول 1. المواقف من -2"


@pytest.mark.parametrize(("letters", "orient"), [(41, None), (42, "landscape")])
def test_to_docx_a_wide_table_turns_the_page(tmp_path, letters, orient):
    frame = pd.DataFrame({"a": ["x" * 44], "b": ["x" * letters], "c": ["x" * 5]})
    assert word(Table(frame), tmp_path).find(f".//{W}pgSz").get(f"{W}orient") == orient


def test_to_docx_marks_that_xml_may_not_hold_become_visible(tmp_path):
    assert "a�b_x0041_" in texts(word(Table(pd.DataFrame({"a": ["a\x01b_x0041_"]})), tmp_path))


def test_to_docx_twice_gives_the_same_bytes(tmp_path):
    assert TABLE.to_docx(tmp_path / "a.docx").read_bytes() == TABLE.to_docx(tmp_path / "b.docx").read_bytes()


def sheet(table, tmp_path):
    place = table.to_xlsx(tmp_path / "a.xlsx")
    styles = part(place, "xl/styles.xml")
    forms = {form.get("numFmtId"): form.get("formatCode") for form in styles.iter(f"{S}numFmt")}
    looks = [forms.get(look.get("numFmtId"), look.get("numFmtId")) for look in styles.find(f"{S}cellXfs")]
    return part(place, "xl/worksheets/sheet1.xml"), looks


def test_to_xlsx_numbers_are_numbers_with_the_format_that_shows_them(tmp_path):
    found, looks = sheet(TABLE, tmp_path)
    cells = {cell.get("r"): cell for cell in found.iter(f"{S}c")}
    shown = {place: (cell.findtext(f"{S}v"), looks[int(cell.get("s"))]) for place, cell in cells.items()}
    assert shown["B3"] == ("-1.625", "#,##0.00")
    assert shown["C3"] == ("0.125", "0.0%")
    assert shown["D3"] == ("1200", "#,##0")
    assert shown["E3"] == ("-2.0", "0")
    assert shown["F3"] == ("42005", "yyyy")
    assert cells["G3"].get("t") == cells["A4"].get("t") == "inlineStr"
    assert "B4" not in cells and "E4" not in cells


def test_to_xlsx_header_stays_in_sight_below_the_caption_and_notes_stand_below(tmp_path):
    found, _ = sheet(TABLE, tmp_path)
    pane = found.find(f".//{S}pane")
    assert (pane.get("ySplit"), pane.get("topLeftCell"), pane.get("state")) == ("2", "A3", "frozen")
    told = {cell.get("r"): cell.findtext(f".//{S}t") for cell in found.iter(f"{S}c") if cell.get("t")}
    assert (told["A1"], told["A2"], told["A4"], told["A6"]) == ("Positions & more", "actor", "=1+1", "Intervals: 95%.")
    assert found.find(f".//{S}f") is None


@pytest.mark.parametrize(("table", "turned"), [(TABLE, None), (ARABIC, "1")])
def test_to_xlsx_an_arabic_sheet_runs_from_right_to_left(tmp_path, table, turned):
    assert sheet(table, tmp_path)[0].find(f".//{S}sheetView").get("rightToLeft") == turned


def test_to_xlsx_holds_all_rows_and_is_read_back(tmp_path):
    table = Table(pd.DataFrame({"n": range(7), "name": list("abcdefg")}), most=2)
    back = read_workbook(table.to_xlsx(tmp_path / "a.xlsx"))
    assert back["n"].tolist() == list("0123456") and back["name"].tolist() == list("abcdefg")


@pytest.mark.parametrize(("day", "cell"), [("1900-02-28", "1900-02-28"), ("1900-03-01", "61")])
def test_to_xlsx_a_day_that_excel_counts_wrongly_is_text(tmp_path, day, cell):
    found, _ = sheet(Table(pd.DataFrame({"day": pd.to_datetime([day])})), tmp_path)
    last = list(found.iter(f"{S}c"))[-1]
    assert (last.findtext(f"{S}v") or last.findtext(f".//{S}t")) == cell


def test_to_xlsx_a_text_longer_than_a_cell_is_an_error(tmp_path):
    with pytest.raises(SchemaError) as caught:
        Table(pd.DataFrame({"a": ["x" * 32_001]})).to_xlsx(tmp_path / "a.xlsx")
    assert str(caught.value) == "`frame` has a text of 32,001 characters; a cell holds 32,000. Write a CSV."
    Table(pd.DataFrame({"a": ["x" * 32_000]})).to_xlsx(tmp_path / "a.xlsx")


def test_to_csv_holds_values_as_they_are(tmp_path):
    place = TABLE.to_csv(tmp_path / "a.csv")
    assert place.read_bytes() == write_table(FRAME, tmp_path / "b.csv").read_bytes()
    assert place.read_text("utf-8").splitlines()[1] == "روسيا (AFP),-1.625,0.125,1200,-2.0,2015-01-01,True"


def test_to_csv_for_excel_begins_with_its_mark_and_runs_no_formula(tmp_path):
    content = TABLE.to_csv(tmp_path / "a.csv", excel=True).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfactor,estimate")
    assert content.decode("utf-8-sig").split("\r\n")[1:] == [
        "روسيا (AFP),-1.625,0.125,1200,-2.0,2015-01-01,True",
        "'=1+1,,1.0,3,,2016-01-01,False",
        "",
    ]
    back = pd.read_csv(io.BytesIO(content))
    assert back["estimate"].tolist()[0] == -1.625


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", " =1+1", "\n+1", "\uff1d1+1", "\t\uff20SUM"])
def test_to_csv_for_excel_guards_signs_behind_spaces_and_wide_ones(tmp_path, text):
    content = Table(pd.DataFrame({"a": [text, "1 =1"]})).to_csv(tmp_path / "a.csv", excel=True).read_bytes()
    assert [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))] == [
        "a", f"'{text}", "1 =1"
    ]  # fmt: skip


@pytest.mark.parametrize(("method", "ending"), [("to_docx", ".docx"), ("to_xlsx", ".xlsx"), ("to_csv", ".csv")])
def test_table_written_under_another_ending_is_an_error(method, ending):
    with pytest.raises(SourceError) as caught:
        getattr(TABLE, method)("a.txt")
    assert str(caught.value) == f"`path` is 'a.txt'; it must end in {ending!r}. Change the ending."


@pytest.mark.parametrize(
    ("form", "shown"),
    [(".0%", "0%"), ("+.2f", "+0.00;-0.00;0.00"), (",", "#,##0"), (".3f", "0.000"), ("d", "0"), ("e", "General")],
)
def test_excel_form_shows_what_python_shows(form, shown):
    assert excel_form(form) == shown

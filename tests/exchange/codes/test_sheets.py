"""Spreadsheets of codes: long, wide, with spans, as CSV and XLSX."""

import pandas as pd
import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes
from discourse.exchange.workbook import write_workbook
from discourse.writing import write_table

LONG = (
    "unit_id,coder,variable,value,comment\nnahar-1,A,position,-1,شك\n"
    "nahar-1,B,position,0,\n,A,position,1,\nnahar-9,A,position,1,\n"
)


def test_read_long_sheet(documents, save, rows):
    codes, spans, rejects = read_codes(save("codes.csv", LONG), documents)
    assert rows(codes) == [
        ["nahar-1", "A", "comment", "شك"],
        ["nahar-1", "A", "position", "-1"],
        ["nahar-1", "B", "position", "0"],
    ]
    assert spans.empty
    assert rows(rejects, "record", "reason") == [
        ["row 4", "no document has this id or this text"],
        ["row 5", "no document has this id or this text"],
    ]


def test_read_wide_sheet_as_workbook(documents, texts, tmp_path, rows):
    frame = pd.DataFrame(
        {
            "unit_id": ["nahar-1", "nahar-2", "sabah-1"], "coder": ["A", None, "B"], "plan": "x", "title": "t",
            "text": [texts["nahar-1"], texts["nahar-2"].replace("\r\n", " "), "نص آخر تماما"], "date": "2016-02-01",
            "position": ["-1", None, "1"], "frames": ["war;peace", "war", None], "remark": ["a; b", None, None],
        }
    )  # fmt: skip
    codes, _, rejects = read_codes(write_workbook(frame, tmp_path / "codes.xlsx"), documents, coder="X")
    assert rows(codes) == [
        ["nahar-1", "A", "frames", "war;peace"],
        ["nahar-1", "A", "position", "-1"],
        ["nahar-1", "A", "remark", "a; b"],
        ["nahar-2", "X", "frames", "war"],
    ]
    assert rows(rejects, "record", "reason", "variable") == [
        ["row 4", "the text is not that of the document of this id", "position"]
    ]


def test_read_wide_sheet_keeps_codes_named_as_document_variables(documents, save, rows):
    known = documents.assign(position="1", frames="war")
    sheet = "doc_id,title,date,position,frames\nnahar-1,t,2016-02-01,1,drugs;arming\n"
    codes, _, rejects = read_codes(save("wide.csv", sheet), known, coder="A")
    assert rows(codes) == [["nahar-1", "A", "frames", "drugs;arming"], ["nahar-1", "A", "position", "1"]]
    assert rejects.empty


def test_read_own_tables_back(documents, save, rows, tmp_path):
    shown = (
        "doc_id,start_char,end_char,coder,variable,value,comment,text,note\n"
        "nahar-1,5,10,A,actor,russia,شك,موسكو,\nnahar-1,4,9,A,actor,moved,,موسكو,\nnahar-1,5,9,A,actor,bad,,هرات,\n"
        "nahar-1,x,9,A,actor,worse,,,\n"
    )
    _, spans, rejects = read_codes(save("spans.csv", shown), documents)
    assert rows(spans, "start_char", "value", "comment", "note") == [
        [5, "moved", None, "moved to where the quoted text stands"],
        [5, "russia", "شك", None],
    ]
    assert rows(rejects, "value", "reason") == [
        ["bad", "the quoted text does not stand at the offsets, nor once near them"],
        ["worse", "an offset is no whole number"],
    ]
    again = read_codes(write_table(spans.drop(columns="note"), tmp_path / "again.csv"), documents)[1]
    assert again.drop(columns="note").equals(spans.drop(columns="note"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", "{0} has no column 'unit_id' or 'doc_id'; it has 'a', 'b'. Name the column that "
        "holds the ids so."),
        ("unit_id,position\na,1,2\n", "{0} has 1 broken rows. First: line 2, 3 fields of 2, the record has not as many "
         "fields as the header. Save the sheet again."),
        ("unit_id,position,position\na,1,2\n", "{0} names 1 columns more than once in its header. First: 'position'. "
         "Rename them."),
    ],
)  # fmt: skip
def test_read_broken_sheet_says_where(documents, save, content, message):
    place = save("codes.csv", content)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == message.format(f"'{place}'")

"""Marks of the tool in a text, and what a coder says is wrong of them."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError, SourceError
from discourse.validity.corrections import COLUMNS
from discourse.validity.handcoding.keys import RESERVED, keys_of
from discourse.validity.handcoding.marks import Mark, in_pieces, marks_of
from discourse.validity.handcoding.wrong import add_correction, check_corrected, corrected_marks

DOCUMENTS = pd.DataFrame({"doc_id": ["d1", "d2"], "text": ["رحبت موسكو بالاتفاق", "نفت كابل"]})
MATCHES = pd.DataFrame(
    {"doc_id": ["d1"], "start_char": [5], "end_char": [10], "category": ["russia"], "pattern": ["موسكو"]}
)
MARK = Mark(5, 10, "match", "", "", "russia", "موسكو", "russia")


def mark(start, end):
    return Mark(start, end, "match", *[""] * 5)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_in_pieces_joined_give_the_text_and_each_mark_its_own(text, spans):
    marks = [mark(a, b) for a, b in spans if a < b <= len(text)]
    pieces = in_pieces(text, marks)
    assert "".join(piece for piece, _ in pieces) == text
    for number, one in enumerate(marks):
        assert "".join(piece for piece, over in pieces if number in over) == text[one.start : one.end]


def test_marks_of_tables_are_told_apart_by_their_columns():
    quotations = pd.DataFrame(
        {
            "doc_id": pd.Categorical(["d2", "d2"]),
            "content_start_char": [0, 4],  # of the second nothing is quoted
            "content_end_char": [4, 4],
            "speaker": ["كابل", None],
            "actor": pd.Categorical(["afghan_gov", None]),
            "kind": "direct",
            "rule": "after",
        }
    )
    positions = pd.DataFrame(
        {"doc_id": ["d1"], "start_char": [0], "end_char": [19], "holder": ["russia"], "target": ["taliban"],
         "polarity": [-1], "rules": ["agent: fights"]}
    )  # fmt: skip
    assert marks_of([quotations, positions, MATCHES], DOCUMENTS) == {
        "d2": [Mark(0, 4, "quotation", "", "", "direct", "after", "afghan_gov")],
        "d1": [Mark(0, 19, "sentence", "russia", "taliban", "", "agent: fights", "-1"), MARK],
    }


def test_marks_of_matches_need_places_inside_their_text():
    assert marks_of(MATCHES, DOCUMENTS) == {"d1": [MARK]}
    with pytest.raises(SchemaError) as caught:
        marks_of(MATCHES.assign(end_char=99), DOCUMENTS)
    assert str(caught.value) == (
        "`marks` has a place outside its text: 'd1', 5 to 99 of 19 characters. Make the table from these documents."
    )
    with pytest.raises(SchemaError, match="^`marks` lacks the columns 'start_char', 'end_char'"):
        marks_of(MATCHES.drop(columns=["start_char", "end_char"]), DOCUMENTS)


def test_add_correction_rows_are_a_table_with_the_columns_in_order(tmp_path):
    path = tmp_path / "codes.corrections.csv"
    add_correction(path, "d1", MARK, "absent", coder="A", why='=HYPERLINK("x")\nثم', date="2026-11-24T09:30:00Z")
    add_correction(path, "d1", Mark(0, 19, "sentence", "russia", "taliban", "", "rule", "1"), "-1", coder="A", why="",
                   date="2026-11-24T09:31:00Z")  # fmt: skip
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdoc_id,what,start_char,end_char,holder,target,")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1] == [
        "d1", "match", "5", "10", "", "", "russia", "موسكو", "russia", "absent", "A", "'=HYPERLINK(\"x\") ثم",
        "2026-11-24T09:30:00Z",
    ]  # fmt: skip
    assert rows[2][9] == "-1"
    told = corrected_marks(path, "A")
    assert told["d1", MARK] == "absent"
    assert corrected_marks(path, "B") == {}


@pytest.mark.parametrize("cut", [1, 3, 12, 40])
def test_add_correction_after_a_row_that_was_cut_begins_on_its_own_line(tmp_path, cut):
    path = tmp_path / "codes.corrections.csv"
    for date in ("1", "2"):
        add_correction(path, "d1", MARK, "absent", coder="A", why='"قال", ثم', date=date)
    path.write_bytes(path.read_bytes()[:-cut])
    add_correction(path, "d1", MARK, "none", coder="A", why="x", date="3")
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        rows = list(csv.reader(stream))
    assert rows[1][-1] == "1"
    assert rows[-1] == ["d1", "match", "5", "10", "", "", "russia", "موسكو", "russia", "none", "A", "x", "3"]


def test_add_correction_other_file_is_refused_and_stays(tmp_path):
    path = tmp_path / "codes.corrections.csv"
    path.write_text("doc_id,text\n")
    with pytest.raises(SourceError) as caught:
        add_correction(path, "d1", MARK, "absent", coder="A", why="", date="")
    assert str(caught.value) == (
        f"{str(path)!r} is no file of corrections, and nothing was written to it. Move it elsewhere."
    )
    assert path.read_text() == "doc_id,text\n"


@pytest.mark.parametrize(
    ("mark", "corrected", "message"),
    [
        (MARK, " ", "`corrected` is empty. Say what would be right: absent or none where there is nothing."),
        (MARK, "russia", "`corrected` is 'russia', which is what the tool says. Say what would be right."),
        (MARK._replace(what="sentence"), "2", "`corrected` is '2'; of a sentence it must be one of -1, 0, 1, none."),
    ],
)
def test_check_corrected_what_is_no_answer_is_refused(mark, corrected, message):
    with pytest.raises(SchemaError) as caught:
        check_corrected(mark, corrected)
    assert str(caught.value) == message


@given(st.lists(st.text("abcdefgh-0123456789", min_size=1, max_size=5), unique=True, max_size=40))
def test_keys_of_codes_differ_and_begin_no_other(codes):
    keys = [key for key in keys_of(codes) if key]
    assert len(set(keys)) == len(keys)
    assert not RESERVED & set(keys)
    assert not [1 for one in keys for other in keys if one != other and other.startswith(one)]

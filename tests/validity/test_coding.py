"""Codes as coders write them: what is mended, what is left, what is said."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.validity.coding import tidy_codes

COLUMNS = ["unit_id", "coder", "variable", "value"]


def codes_of(*rows):
    return pd.DataFrame(list(rows), columns=COLUMNS)


def said(notes):
    return notes[["variable", "what", "n"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" 1", "1"), ("1.0", "1"), ("+1", "1"), ("\u0661", "1"), ("\u22121", "-1"), ("-0", "0"), (1.0, "1"), (-2, "-2"),
        ("0,5", "0.5"), ("\u200f2 ", "2"), ("1.5.2", "1.5.2"), ("a1", "a1"), (0.5, "0.5"),
    ],
)  # fmt: skip
def test_tidy_codes_number_is_written_in_one_way(written, read):
    tidy, _ = tidy_codes(codes_of(("u1", "A", "position", written)))
    assert tidy["value"].tolist() == [read]


@pytest.mark.parametrize("written", ["NA", "nan", "N/A", "null", "", "  ", None, np.nan, "#N/A"])
def test_tidy_codes_word_for_nothing_is_null(written):
    tidy, _ = tidy_codes(codes_of(("u1", "A", "voice", written), ("u2", "A", "voice", "none")))
    assert tidy["value"].isna().tolist() == [True, False]


def test_tidy_codes_numbers_as_ids_meet_text_ids():
    codes = pd.concat([codes_of((1, "A", "x", "a"), (2, "A", "x", "b")), codes_of(("1", "B", "x", "a"))])
    assert tidy_codes(codes)[0]["unit_id"].tolist() == ["1", "2", "1"]
    floats = codes_of((1.0, "A", "x", "a"), (np.nan, "A", "y", "a"))
    assert tidy_codes(floats)[0]["unit_id"].tolist()[0] == "1"


def test_tidy_codes_id_with_a_point_is_mended_where_the_whole_number_is_known():
    mended, notes = tidy_codes(codes_of(("7", "A", "x", "a"), ("7.0", "B", "x", "a"), ("8.0", "B", "x", "a")))
    assert mended["unit_id"].tolist() == ["7", "7", "8.0"]
    assert said(notes) == [["x", "ids written as 7.0 read as 7", 1]]
    both = codes_of(("7", "A", "x", "a"), ("7.0", "A", "x", "b"))
    assert tidy_codes(both)[0]["unit_id"].tolist() == ["7", "7.0"]


def test_tidy_codes_capitals_take_the_usual_spelling_and_two_of_one_coder_stay():
    mended, notes = tidy_codes(
        codes_of(("u1", "A", "voice", "Russia"), ("u2", "A", "voice", "Russia"), ("u1", "B", "voice", "russia"))
    )
    assert mended["value"].tolist() == ["Russia"] * 3
    assert said(notes) == [["voice", "capitals: russia read as Russia", 1]]
    left, notes = tidy_codes(codes_of(("u1", "A", "voice", "US"), ("u2", "A", "voice", "us")))
    assert left["value"].tolist() == ["US", "us"]
    assert said(notes) == [["voice", "capitals: US and us left as they are, since one coder uses both", 2]]


def test_tidy_codes_labels_of_a_set_are_mended_one_by_one():
    mended, _ = tidy_codes(codes_of(("u1", "A", "frames", "drugs; arming"), ("u1", "B", "frames", "Drugs;arming;")))
    assert mended["value"].tolist() == ["Drugs;arming", "Drugs;arming"]


def test_tidy_codes_capitals_of_variable_and_id_are_mended():
    mended, notes = tidy_codes(
        codes_of(("d1", "A", "voice", "a"), ("D1", "B", "Voice", "a"), ("d1", "C", "voice", "a"))
    )
    assert mended["unit_id"].tolist() == ["d1"] * 3
    assert mended["variable"].tolist() == ["voice"] * 3
    assert said(notes) == [
        ["unit_id", "capitals: D1 read as d1", 1],
        ["variable", "capitals: Voice read as voice", 1],
    ]


def test_tidy_codes_clean_codes_are_equal_and_nothing_is_said():
    codes = codes_of(("u1", "A", "position", "1"), ("u1", "B", "position", "-1"))
    tidy, notes = tidy_codes(codes)
    assert tidy.to_numpy().tolist() == codes.to_numpy().tolist()
    assert len(notes) == 0


def test_tidy_codes_no_rows_gives_no_rows():
    assert [len(table) for table in tidy_codes(codes_of())] == [0, 0]


def test_tidy_codes_missing_column_is_named():
    with pytest.raises(SchemaError) as caught:
        tidy_codes(pd.DataFrame({"unit_id": ["a"]}))
    assert str(caught.value) == "`codes` lacks the columns 'coder', 'variable', 'value' of CODES; it has 'unit_id'."

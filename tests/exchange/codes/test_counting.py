"""Offsets counted in every way against Python's own encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.codes.counting import READINGS, Counting, count_offset, fit_quote

TEXTS = st.text(st.sampled_from("aب€😀\r\n"), max_size=20)


@given(text=TEXTS, reading=st.sampled_from(sorted(READINGS)))
def test_counting_is_the_inverse_of_count_offset(text, reading):
    counting = Counting(text, reading)
    for place in range(len(text) + 1):
        found = counting(count_offset(text, place, reading))
        if not (reading.endswith("/lf") and text[:place].endswith("\r") and text[place : place + 1] == "\n"):
            assert found == place


@pytest.mark.parametrize(
    ("reading", "offset", "place"),
    [
        ("utf16", 1, None),
        ("utf16", 2, 1),
        ("bytes", 3, None),
        ("bytes", 4, 1),
        ("characters", 4, 4),
        ("characters", 5, None),
        ("characters/lf", 3, 4),
        ("characters/lf", 2, 2),
        ("characters", -1, None),
    ],
)
def test_counting_refuses_what_cuts_a_character(reading, offset, place):
    assert Counting("😀a\r\n", reading)(offset) == place


@pytest.mark.parametrize(
    ("quote", "written", "loose", "fit"),
    [
        ("كابل", "كابل", False, 3),
        ("كابل\\nاليوم", "كابل\r\nاليوم", False, 2),
        ("«كابل»", "كابل", False, 1),
        ("كاب", "كابل", False, 0),
        ("...", "«»", False, 0),
        ("كاب…", "كابل", True, 1),
        ("كاب...", "كابل", True, 1),
        ("هرات", "كابل", True, 0),
        ("…", "كابل", True, 0),
    ],
)
def test_fit_quote_at_its_edges(quote, written, loose, fit):
    assert fit_quote(quote, written, loose=loose) == fit

"""Stretches of a text that read in one direction, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.display.runs import split_runs


@pytest.mark.parametrize(
    ("text", "rtl", "runs"),
    [
        ("n = 4", False, [("n = 4", False)]),
        ("موسكو", True, [("موسكو", True)]),
        ("Mean of روسيا (2015) by year", False, [("Mean of ", False), ("روسيا", True), (" (2015) by year", False)]),
        ("موسكو (AFP) قالت", True, [("موسكو (", True), ("AFP", False), (") قالت", True)]),
        ("من -2 إلى +2", True, [("من ", True), ("-2", False), (" إلى ", True), ("+2", False)]),
        ("95% (Korn 1998).", True, [("95%", False), (" (", True), ("Korn 1998", False), (").", True)]),
        ("بين 2000–2026، ثم 3", True, [("بين ", True), ("2000–2026", False), ("، ثم ", True), ("3", False)]),
        ("في 2021-08-15", True, [("في ", True), ("2021-08-15", False)]),
        ("قال «لا» مرة", True, [("قال «لا» مرة", True)]),
        ("see (موسكو) now", False, [("see (", False), ("موسكو", True), (") now", False)]),
        ("", True, []),
    ],
)
def test_split_runs_by_hand(text, rtl, runs):
    assert [tuple(run) for run in split_runs(text, rtl=rtl)] == runs


def test_split_runs_leaves_marks_of_direction_out():
    assert [tuple(run) for run in split_runs("عام \u20662015\u2069", rtl=True)] == [("عام ", True), ("2015", False)]


@given(st.text(alphabet="اب ab12-–.,()[]«»%+", max_size=25), st.booleans())
def test_split_runs_joined_are_the_text(text, rtl):
    runs = split_runs(text, rtl=rtl)
    assert "".join(run.text for run in runs) == text
    assert all(one.rtl != other.rtl for one, other in zip(runs, runs[1:], strict=False))

import pandas as pd
import pytest

from discourse.display.tables import Table
from discourse.errors import SchemaError

FRAME = pd.DataFrame(
    {
        "actor": ["موسكو", "<script>alert(1)</script>"],
        "n": [1200, 3],
        "share": [0.5, None],
        "date": pd.to_datetime(["2015-12-23", None]),
        "fits": [True, False],
    }
)


def test_table_text_form_is_fixed():
    assert repr(Table(FRAME.iloc[:1], caption="Actors", notes=["n = 1"])) == (
        "Actors\n"
        "actor      n  share  date        fits\n"
        "موسكو  1,200   0.50  2015-12-23   yes\n"
        "n = 1"
    )  # fmt: skip


def test_table_html_is_escaped_and_holds_no_identifier():
    html = Table(FRAME, caption="<b>")._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "&lt;b&gt;" in html
    assert ' id="' not in html


def test_table_cells_find_their_own_direction():
    assert Table(FRAME).to_html().count('dir="auto"') == 15


def test_table_arabic_runs_from_right_to_left():
    html = Table(FRAME, language="ar").to_html()
    assert html.startswith('<table class="discourse" lang="ar" dir="rtl"')


def test_table_control_characters_become_visible():
    html = Table(pd.DataFrame({"text": ["a\x00b\x1b"]})).to_html()
    assert "\x00" not in html and "\x1b" not in html and "a\ufffdb\ufffd" in html


def test_table_nulls_are_dashes_and_formats_are_used():
    text = repr(Table(FRAME[["share"]], formats={"share": ".0%"}))
    assert text == "share\n  50%\n    –"


def test_table_headings_can_be_named():
    assert repr(Table(FRAME[["n"]], columns={"n": "reports"})).splitlines()[0] == "reports"


def test_table_long_frame_says_what_is_left_out():
    text = repr(Table(pd.DataFrame({"n": range(1500)}), most=2))
    assert text == "n\n0\n1\n2 of 1,500 rows shown."


def test_table_negative_zero_has_no_sign():
    assert repr(Table(pd.DataFrame({"x": [-0.001]}))) == "   x\n0.00"


def test_table_empty_frame_shows_its_columns():
    assert repr(Table(FRAME.iloc[:0])) == "actor  n  share  date  fits"


def test_table_of_something_else_raises():
    with pytest.raises(SchemaError) as error:
        Table([1, 2])
    assert str(error.value) == "`frame` is a list; it must be a pandas DataFrame."

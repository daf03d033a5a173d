import re

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


def cells(table):
    """Return direction, side and text of each cell."""
    found = re.findall(r'<t[hd] dir="(\w+)" align="(\w+)" style="([^"]*)">([^<]*)<', table.to_html())
    assert all(f"text-align:{side};" in style for _, side, style, _ in found)
    return [(direction, side, text) for direction, side, _, text in found]


def test_table_cells_stand_where_their_script_begins():
    frame = pd.DataFrame(
        {"actor": ["موسكو", "كابل", "afp"], "side": ["russia", "other", "لا تعترفان is said of them"], "n": [-1, 2, 3]}
    )
    assert cells(Table(frame)) == [
        ("ltr", "right", "actor"), ("ltr", "left", "side"), ("ltr", "right", "n"),
        ("rtl", "right", "موسكو"), ("ltr", "left", "russia"), ("ltr", "right", "−1"),
        ("rtl", "right", "كابل"), ("ltr", "left", "other"), ("ltr", "right", "2"),
        ("ltr", "right", "afp"), ("ltr", "left", "لا تعترفان is said of them"), ("ltr", "right", "3"),
    ]  # fmt: skip


def test_table_keeps_to_the_sides_that_a_sanitiser_lets_pass():
    shown = Table(FRAME, caption="موسكو", language="ar").to_html() + Table(FRAME, caption="Actors").to_html()
    assert set(re.findall(r"text-align:(\w+)", shown)) <= {"left", "right", "center"}
    assert "start" not in shown


def test_table_cell_without_letters_takes_the_side_of_its_column():
    assert cells(Table(pd.DataFrame({"cue": [":", "أعلن", "قال"]})))[1] == ("rtl", "right", ":")
    assert cells(Table(pd.DataFrame({"cue": [":"]}), language="ar"))[1] == ("rtl", "right", ":")
    assert cells(Table(pd.DataFrame({"cue": [":"]})))[1] == ("ltr", "left", ":")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_table_concordance_meets_at_its_keyword(language):
    arabic = Table(pd.DataFrame({"pre": ["مع حركة"], "keyword": ["طالبان"], "post": ["الأفغانية"]}), language=language)
    assert 'dir="rtl"' in arabic.to_html().split(">")[0]  # else what comes before would stand after
    assert [side for _, side, _ in cells(arabic)] == ["left", "center", "right"] * 2
    latin = Table(pd.DataFrame({"pre": ["with the"], "keyword": ["Taliban"], "post": ["of"]}), language=language)
    assert 'dir="ltr"' in latin.to_html().split(">")[0]
    assert [side for _, side, _ in cells(latin)] == ["right", "center", "left"] * 2


@pytest.mark.parametrize(("length", "wide"), [(39, False), (40, True)])
def test_table_column_of_sentences_keeps_a_width(length, wide):
    assert ("min-width" in Table(pd.DataFrame({"event": ["x" * length]})).to_html()) == wide


@pytest.mark.parametrize(("length", "whole"), [(20, True), (21, False)])
def test_table_column_of_names_is_not_broken(length, whole):
    assert ("white-space:nowrap;" in Table(pd.DataFrame({"period": ["x" * length]})).to_html()) == whole


@pytest.mark.parametrize(("caption", "room"), [("Flow", 3), ("x" * 34, 23), ("x" * 35, 24), ("x" * 200, 24)])
def test_table_caption_keeps_a_width(caption, room):
    assert f"min-width:{room}em;" in Table(FRAME[["n"]], caption=caption).to_html()


def test_table_without_the_three_columns_of_a_concordance_is_none():
    table = Table(pd.DataFrame({"pre": ["مع حركة"], "keyword": ["طالبان"]}))
    assert [side for _, side, _ in cells(table)] == ["right"] * 4
    assert 'dir="ltr"' in table.to_html().split(">")[0]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (["2000-01-01", "2001-01-01"], ["2000", "2001"]),
        (["2000-01-01", "2000-02-01"], ["2000-01", "2000-02"]),
        (["2000-01-01", "2000-01-08"], ["2000-01-01", "2000-01-08"]),
        (["2000-01-01", None, "2001-01-01"], ["2000", "–", "2001"]),
        (["2000-01-01"], ["2000-01-01"]),  # a year or a month: one alone does not tell
    ],
)
def test_table_periods_are_named_by_their_length(days, shown):
    assert repr(Table(pd.DataFrame({"period": pd.to_datetime(days)}))).splitlines() == ["period", *shown]


def test_table_other_days_are_whole_and_a_format_comes_first():
    days = pd.to_datetime(["2000-01-01", "2001-01-01"])
    assert repr(Table(pd.DataFrame({"date": days}))).splitlines()[1] == "2000-01-01"
    assert repr(Table(pd.DataFrame({"period": days}), formats={"period": "%d.%m.%Y"})).splitlines()[1] == "01.01.2000"


def test_table_dates_are_as_precise_as_they_are_known():
    frame = pd.DataFrame({"date": pd.to_datetime(["2017-04-01"] * 3), "date_precision": ["day", "month", "year"]})
    shown = [line.split()[0] for line in repr(Table(frame)).splitlines()[1:]]
    assert shown == ["2017-04-01", "2017-04", "2017"]


def test_table_codes_are_whole_and_means_are_not():
    frame = pd.DataFrame({"position": [-2.0, None, 1.0], "estimate": [-2.0, None, 1.0]})
    assert [line.split() for line in repr(Table(frame)).splitlines()[1:]] == [
        ["−2", "−2.00"],
        ["–", "–"],
        ["1", "1.00"],
    ]
    assert repr(Table(pd.DataFrame({"position": [-2.0, 0.5]}))).split()[1:] == ["−2.00", "0.50"]


def test_table_arabic_runs_from_right_to_left():
    html = Table(FRAME, language="ar").to_html()
    assert html.startswith('<div dir="rtl" style="overflow-x:auto;')
    assert '\n<table class="discourse" lang="ar" dir="rtl"' in html and html.endswith("</table>\n</div>")


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


def test_table_halves_go_away_from_zero_with_a_minus_sign():
    shown = Table(pd.DataFrame({"estimate": [-1.625, 0.125, -0.001]}))
    assert [line.strip() for line in repr(shown).splitlines()[1:]] == ["−1.63", "0.13", "0.00"]


@pytest.mark.parametrize("number", [1e26, -1e26, 1e300, 2.0**53])
def test_table_of_numbers_without_decimals_is_drawn(number):
    shown = repr(Table(pd.DataFrame({"x": [number]}))).splitlines()[1]
    assert shown.strip() == f"{number:,.2f}".replace("-", "−")


def test_table_of_no_column_is_drawn():
    for frame in (pd.DataFrame(), pd.DataFrame(index=[1, 2])):
        html = Table(frame, notes=["nothing"]).to_html()
        assert "<thead><tr></tr></thead>" in html
        assert "nothing" in html


def test_table_of_two_columns_of_one_name_is_refused():
    with pytest.raises(SchemaError) as error:
        Table(pd.DataFrame([[1, 2, 3]], columns=["a", "a", "b"]))
    assert str(error.value) == (
        "`frame` has 1 names that several columns bear. First: 'a'. Rename the columns; `columns` gives them headings "
        "that may be alike."
    )

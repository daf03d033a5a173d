"""Years, decades, centuries, seasons and parts of a year: where one reading ends and the next begins."""

from datetime import date

import pytest

from discourse.sources.dates.periods import centuries, decades, decades_of_century, parts_of_year, seasons, years
from discourse.sources.dates.words import fold_digits

DAY = date(2015, 12, 23)


def read(rule, text, day=DAY):
    """Return (value, basis) of each expression."""
    return [(expression.value, expression.basis) for expression in rule(fold_digits(text), day)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("عام 1342", []),
        ("عام 1343", [("1924-08-01/1925-07-22", "hijri")]),
        ("عام 1499", [("2075-12-09/2076-11-26", "hijri")]),
        ("عام 1500", [("1500", "explicit")]),
        ("عام 1500هـ", []),
        ("عام 1501هـ", []),
        ("عام 1436هـ", [("2014-10-25/2015-10-13", "hijri")]),
        ("عام 1436", [("2014-10-25/2015-10-13", "hijri")]),
        ("عام 2015م", [("2015", "explicit")] * 2),  # with and without the word
        ("مطلع عام 2015", [("2015", "explicit")]),
        ("منذ 2015", [("2015", "explicit")]),
        ("منذ 2015م", [("2015", "explicit")]),
        ("وقع 2015م", [("2015", "explicit")]),
        ("وقع 2015", []),
        ("منذ 1799", []),
    ],
)
def test_years_calendar_follows_number_and_era(text, wanted):
    assert read(years, text) == wanted


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        ("القرن العشرين", DAY, ("19", "explicit")),
        ("القرن الأول", DAY, ("0", "explicit")),
        ("القرن الماضي", date(2000, 1, 1), ("19", "relative")),
        ("القرن الماضي", date(1999, 12, 31), ("18", "relative")),
        ("القرن الحالي", DAY, ("20", "relative")),
        ("القرن الماضي", None, (None, "relative")),
    ],
)
def test_centuries_by_number_and_by_day(text, day, wanted):
    assert read(centuries, text, day) == [wanted]


@pytest.mark.parametrize(
    ("text", "value", "length"),
    [("التسعينيات", "199", 10), ("تسعينيات القرن التاسع عشر", "189", 8), ("العشرينات", "192", 9)],
)
def test_decades_century_is_the_twentieth_unless_named(text, value, length):
    (found,) = decades(fold_digits(text), DAY)
    assert (found.value, found.start, found.end) == (value, 0, length)


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        ("العقد الأول من القرن العشرين", DAY, ("190", "explicit")),
        ("العقد الثاني من القرن الماضي", DAY, ("191", "relative")),
        ("العقد الثاني من القرن الحالي", DAY, ("201", "relative")),
        ("العقد الثاني من القرن الحالي", date(1999, 1, 1), ("191", "relative")),
        ("العقد الثاني من القرن الحالي", None, (None, "relative")),
    ],
)
def test_decades_of_century_by_number_and_by_day(text, day, wanted):
    assert read(decades_of_century, text, day) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ربيع 2014", ("2014-SP", "explicit")),
        ("فصل الخريف", None),
        ("خلال الصيف", ("2015-SU", "nearest")),
        ("خلال الشتاء الماضي", None),
    ],
)
def test_seasons_with_and_without_a_year(text, wanted):
    assert read(seasons, text) == ([wanted] if wanted else [])


def test_seasons_without_a_publication_day_have_no_value():
    assert read(seasons, "خلال الصيف", None) == [(None, "nearest")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("الربع الرابع من عام 2015", [("2015-Q4", "explicit", "quarter")]),
        ("الربع الأخير من عام 2015", [("2015-Q4", "explicit", "quarter")]),
        ("النصف الأخير من عام 2015", [("2015-H2", "explicit", "half")]),
        ("النصف الثاني من عام 2015", [("2015-H2", "explicit", "half")]),
        ("النصف الثالث من عام 2015", []),
        ("النصف الثالث من عام 2015 والربع الأول من عام 2015", [("2015-Q1", "explicit", "quarter")]),
        ("الربع الثالث من عام 2015", [("2015-Q3", "explicit", "quarter")]),
        ("الربع الأول من عام 1500", [("1500-Q1", "explicit", "quarter")]),
        ("الربع الأول من عام 1499", []),
        ("الربع الأول من العام الماضي", [("2014-Q1", "relative", "quarter")]),
        ("الربع الأول من العام الجاري", [("2015-Q1", "relative", "quarter")]),
        ("الربع الأول من العام المقبل", [("2016-Q1", "relative", "quarter")]),
    ],
)
def test_parts_of_year_number_and_year(text, wanted):
    assert [(e.value, e.basis, e.precision) for e in parts_of_year(fold_digits(text), DAY)] == wanted


def test_parts_of_year_without_a_publication_day_have_no_value():
    assert read(parts_of_year, "الربع الأول من العام الماضي", None) == [(None, "relative")]

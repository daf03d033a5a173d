"""Dates of a calendar: the last number that is read in one way, and the first that is read in another."""

from datetime import date

import pytest

from discourse.sources.dates.calendar import full_dates, month_dates, numeric_dates
from discourse.sources.dates.words import fold_digits

DAY = date(2015, 12, 23)
JANUARY = date(2015, 1, 10)


def read(rule, text, day=DAY):
    """Return (value, basis) of each expression."""
    return [(e.value, e.basis) for e in rule(fold_digits(text), day)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # where the year stands, and how long it is
        ("2015-9-15", [("2015-09-15", "numeric")]),
        ("15/9/2015", [("2015-09-15", "numeric")]),
        ("2015/09/2015", []),
        ("15/9/201", []),
        ("201/9/15", []),
        # two digits are a year only behind a slash
        ("16/03/09", [("2009-03-16", "numeric")]),
        ("16-03-09", []),
        ("16.03.09", []),
        ("16/03/9", []),
        ("16/03/49", [("2049-03-16", "numeric")]),
        ("16/03/50", [("1950-03-16", "numeric")]),
        # Hijri years, and those that are neither
        ("1/1/1299", []),
        ("1/1/1300", []),
        ("1/1/1500", [("2076-11-27", "hijri")]),
        ("1/1/1501", [("1501-01-01", "numeric")]),
        ("28/7/1433", [("2012-06-18", "hijri")]),
        ("7/28/1433", [("2012-06-18", "hijri")]),
        # no such day
        ("30/02/2015", []),
        ("32/01/2015", []),
        # what is none does not end the search
        ("1.2.3 و15/9/2015", [("2015-09-15", "numeric")]),
        ("32/01/2015 و15/9/2015", [("2015-09-15", "numeric")]),
    ],
)
def test_numeric_dates_year_and_calendar_follow_the_digits(text, wanted):
    assert read(numeric_dates, text) == wanted


@pytest.mark.parametrize(
    ("text", "value", "alternative"),
    [
        ("03/04/2015", "2015-04-03", "2015-03-04"),
        ("12/12/2015", "2015-12-12", None),
        ("12/11/2015", "2015-11-12", "2015-12-11"),
        ("13/12/2015", "2015-12-13", None),
        ("12/13/2015", "2015-12-13", None),
        ("2015-04-03", "2015-04-03", None),
        ("3/4/1433", "2012-02-25", None),
    ],
)
def test_numeric_dates_other_reading_is_kept_where_there_is_one(text, value, alternative):
    (found,) = numeric_dates(text, DAY)
    assert (found.value, found.alternative) == (value, alternative)


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        # without an adjective: 245 days back, 122 ahead, in months of 30 days
        ("18 أبريل", DAY, "2015-04-18"),
        ("17 أبريل", DAY, "2016-04-17"),
        ("12 مايو", JANUARY, "2015-05-12"),
        ("13 مايو", JANUARY, "2014-05-13"),
        # the last one lies before the day, the next one behind it
        ("22 ديسمبر الماضي", DAY, "2015-12-22"),
        ("23 ديسمبر الماضي", DAY, "2014-12-23"),
        ("24 ديسمبر المقبل", DAY, "2015-12-24"),
        ("23 ديسمبر المقبل", DAY, "2016-12-23"),
        ("1 يناير الجاري", DAY, "2015-01-01"),
        # the year says it
        ("5 مايو من العام الماضي", DAY, "2014-05-05"),
        ("5 مايو من العام المقبل", DAY, "2016-05-05"),
        ("5 مايو من العام الجاري", DAY, "2015-05-05"),
        ("29 فبراير 2016", DAY, "2016-02-29"),
        ("29 فبراير 2015", DAY, None),
        ("5 مايو", None, None),
        ("5 مايو من العام الماضي", None, None),
    ],
)
def test_full_dates_year_of_a_day_without_one(text, day, value):
    assert [found for found, _ in read(full_dates, text, day)] == [value]


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("في أبريل", DAY, "2015-04"),
        ("في شهر مارس", DAY, "2016-03"),
        ("في شهر مايو", JANUARY, "2015-05"),
        ("في يونيو", JANUARY, "2014-06"),
        ("نوفمبر الماضي", DAY, "2015-11"),
        ("ديسمبر الماضي", DAY, "2014-12"),
        ("ديسمبر المقبل", DAY, "2016-12"),
        ("ديسمبر المقبل", date(2015, 11, 30), "2015-12"),
        ("يناير الجاري", DAY, "2015-01"),
        ("يناير من العام المقبل", DAY, "2016-01"),
        ("يناير", None, None),
    ],
)
def test_month_dates_year_of_a_month_without_one(text, day, value):
    assert [found for found, _ in read(month_dates, text, day)] == [value]


@pytest.mark.parametrize(
    ("text", "basis"),
    [("5 مايو 2014", "explicit"), ("5 مايو", "nearest"), ("5 مايو الماضي", "relative"), ("5 شوال", "hijri")],
)
def test_full_dates_basis_says_what_the_year_rests_on(text, basis):
    assert [found for _, found in read(full_dates, text)] == [basis]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("أحداث 11 سبتمبر", [("2001-09-11", "explicit")]),
        ("أحداث 12 سبتمبر", [("2015-09-12", "nearest")]),
        ("أحداث 11 أكتوبر", [("2015-10-11", "nearest")]),
        ("مساء 11 سبتمبر", [("2015-09-11", "nearest")]),
        ("أحداث 11 سبتمبر 2012", [("2012-09-11", "explicit")]),
        ("اعتداءات يوم 11 سبتمبر", [("2001-09-11", "explicit")]),
        ("أحداث" + " " * 15 + "11 سبتمبر", [("2001-09-11", "explicit")]),  # looked for in twenty letters
        ("أحداث" + " " * 16 + "11 سبتمبر", [("2015-09-11", "nearest")]),
    ],
)
def test_full_dates_attacks_are_those_of_2001(text, wanted):
    assert read(full_dates, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("أحداث سبتمبر", [("2001-09", "explicit")]),
        ("أحداث أكتوبر", [("2015-10", "nearest")]),
        ("أحداث سبتمبر 2012", [("2012-09", "explicit")]),
        ("أحداث سبتمبر الماضي", [("2015-09", "relative")]),
        ("خلال سبتمبر", [("2015-09", "nearest")]),
        ("أحداث" + " " * 15 + "سبتمبر", [("2001-09", "explicit")]),
        ("أحداث" + " " * 16 + "سبتمبر", [("2015-09", "nearest")]),
    ],
)
def test_month_dates_attacks_are_those_of_2001(text, wanted):
    assert read(month_dates, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # months that are also other words need something beside them
        ("في مايو", []),
        ("في مايو 2014", ["2014-05"]),
        ("في مايو الماضي", ["2015-05"]),
        ("شهر مايو", ["2015-05"]),
        ("في آب", []),
        ("آب 2014", ["2014-08"]),
        ("شهر آب", ["2015-08"]),
        ("آب الماضي", ["2015-08"]),
        # a Hijri month needs its year or the word for month
        ("في رمضان", []),
        ("رمضان الماضي", []),
        ("رمضان 1436", ["2015-06-18/2015-07-16"]),
        ("شهر رمضان", ["2016-06-06/2016-07-05"]),
        # two names of one month are one, those of two are two
        ("يونيو حزيران 2014", ["2014-06"]),
        ("يونيو أغسطس", ["2015-06", "2015-08"]),
        # a day before it belongs to the rule of days
        ("5 يناير", []),
        ("سنة 5  يناير", []),
        ("سنة 5" + " " * 3 + "يناير", []),  # a day is looked for in four letters
        ("سنة 5" + " " * 4 + "يناير", ["2016-01"]),
        ("يناير/فبراير 2014", ["2014-01"]),
        # what is none does not end the search
        ("رمضان ثم يونيو", ["2015-06"]),
        ("5 يناير ثم يونيو", ["2015-06"]),
        ("في مايو ثم يونيو", ["2015-06"]),
        ("أحداث سبتمبر ثم يونيو", ["2001-09", "2015-06"]),
        ("المادة: يناير", ["2016-01"]),
    ],
)
def test_month_dates_lone_word_is_a_month_only_with_something_beside_it(text, wanted):
    assert [value for value, _ in read(month_dates, text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5 رمضان 1436", ["2015-06-22"]),
        ("5 رمضان", ["2016-06-10"]),
        ("30 رمضان 1436", [None]),
        ("29 رمضان 1436", ["2015-07-16"]),
        ("1 و 2 أبريل 2014", ["2014-04-02", "2014-04-01"]),
        ("1 و2 أبريل 2014", ["2014-04-02", "2014-04-01"]),
        ("من 1 إلى 2 أبريل 2014", ["2014-04-02", "2014-04-01"]),
        ("1-2 أبريل 2014", ["2014-04-02", "2014-04-01"]),
        ("1و2 أبريل 2014", []),
        ("قوى 14 آذار", []),
        ("قوى 14 آذار 2005", ["2005-03-14"]),
        ("مساء 14 آذار 2005", ["2005-03-14"]),
        ("قوى 14 آذار في 5 مايو 2014", ["2014-05-05"]),
        ("ائتلاف" + " " * 6 + "14 آذار", []),  # a name is looked for in twelve letters
        ("ائتلاف" + " " * 7 + "14 آذار", ["2016-03-14"]),
        # the second half of a number of which the first is spelled in another way
        ("الإحدى والعشرين من ديسمبر 2014", []),
        ("الإحدى والعشرين من ديسمبر في 5 مايو 2014", ["2014-05-05"]),
        ("في العشرين من ديسمبر 2014", ["2014-12-20"]),
        ("والخامس من ديسمبر 2014", ["2014-12-05"]),
        ("5 محرم الحرام 1437", ["2015-10-18"]),
        ("24 من ديسمبر كانون الأول 2014", ["2014-12-24"]),
        ("24 من يناير كانون الثاني 2014", ["2014-01-24"]),
        ("رقم 5 - وصل", []),
        # two names of months: the first
        ("5 يناير/فبراير 2014", ["2014-01-05"]),
    ],
)
def test_full_dates_hijri_days_pairs_and_names(text, wanted):
    assert [value for value, _ in read(full_dates, text)] == wanted


def test_hijri_expressions_without_a_publication_day_have_no_value():
    assert read(full_dates, "5 رمضان", None) == [(None, "hijri")]
    assert read(month_dates, "شهر رمضان", None) == [(None, "hijri")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("العدد 10-12/11/2015", ["2015-11-12"]),
        ("10-12-11-2015", []),
        ("23/12/69", ["1969-12-23"]),
        ("23/12/49", ["2049-12-23"]),
    ],
)
def test_numeric_dates_a_number_before_a_date_is_no_part_of_it(text, values):
    assert [expression.value for expression in numeric_dates(fold_digits(text), None)] == values

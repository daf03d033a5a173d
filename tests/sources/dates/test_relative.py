"""Dates counted from the publication day: over the end of a month, a year, a window of words."""

from datetime import date

import pytest

from discourse.sources.dates.relative import (
    day_words,
    neighbour_days,
    parts_of_period,
    periods,
    times_ago,
    times_ahead,
    weekdays,
)
from discourse.sources.dates.words import fold_digits

DAY = date(2015, 12, 23)  # a Wednesday


def read(rule, text, day=DAY):
    """Return the value of each expression."""
    return [expression.value for expression in rule(fold_digits(text), day)]


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("الأسبوع الماضي", DAY, "2015-W51"),
        ("الأسبوع المقبل", date(2015, 12, 27), "2015-W53"),
        ("الأسبوع المقبل", date(2015, 12, 28), "2016-W01"),
        ("الأسبوع الماضي", date(2016, 1, 3), "2015-W52"),
        ("الأسبوع الماضي", date(2016, 1, 11), "2016-W01"),
        ("الأسبوع الجاري", DAY, "2015-W52"),
        ("الشهر الماضي", date(2015, 1, 31), "2014-12"),
        ("الشهر الماضي", date(2015, 2, 1), "2015-01"),
        ("الشهر المقبل", date(2015, 11, 30), "2015-12"),
        ("الشهر المقبل", date(2015, 12, 1), "2016-01"),
        ("الشهر الجاري", date(2015, 12, 1), "2015-12"),
        ("هذا الشهر", date(2015, 1, 1), "2015-01"),
        ("العام قبل الماضي", DAY, "2013"),
        ("العام المقبل", DAY, "2016"),
        ("العقد الماضي", date(2019, 12, 31), "200"),
        ("العقد الماضي", date(2020, 1, 1), "201"),
        ("العقد الجاري", DAY, "201"),
        ("الصيف الماضي", DAY, "2014-SU"),
        ("الشتاء المقبل", DAY, "2016-WI"),
        ("هذا القرن", date(1999, 12, 31), "19"),
        ("هذا القرن", date(2000, 1, 1), "20"),
        ("الشهر الماضي", None, None),
    ],
)
def test_periods_step_over_the_end_of_a_year(text, day, value):
    assert read(periods, text, day) == [value]


@pytest.mark.parametrize("text", ["الشهر", "العام", "القرن الماضي"])
def test_periods_without_a_relation_or_of_the_rule_of_centuries_are_left(text):
    assert read(periods, text) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [("الأسبوع الماضي", "week"), ("الشهر الماضي", "month"), ("العام الماضي", "year"), ("العقد الماضي", "decade"),
     ("هذا القرن", "century"), ("الصيف الماضي", "season")],
)  # fmt: skip
def test_periods_precision_is_that_of_the_word(text, precision):
    for day in (DAY, None):
        assert [e.precision for e in periods(fold_digits(text), day)] == [precision]


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("قبل يوم", date(2015, 1, 1), "2014-12-31"),
        ("قبل يومين", DAY, "2015-12-21"),
        ("قبل ثلاثة أيام", DAY, "2015-12-20"),
        ("قبل أسبوع", DAY, "2015-12-16"),
        ("قبل أسبوعين", DAY, "2015-12-09"),
        ("قبل شهر", date(2015, 1, 31), "2014-12"),
        ("قبل شهر", date(2015, 2, 28), "2015-01"),
        ("قبل 12 شهرا", DAY, "2014-12"),
        ("قبل 11 شهرا", DAY, "2015-01"),
        ("قبل عام", DAY, "2014"),
        ("قبل 4 سنوات", date(5, 1, 1), "0001"),
        ("قبل 5 سنوات", date(5, 1, 1), None),
        ("قبل عقد", DAY, "200"),
        ("قبل عقدين", DAY, "199"),
        ("قبل 200 عقد", date(2010, 1, 1), "1"),
        ("قبل 201 عقد", date(2010, 1, 1), None),
        ("قبل قرن", DAY, "19"),
        ("قبل قرن", date(1999, 12, 31), "18"),
        ("قبل قرن", date(2000, 1, 1), "19"),
        ("قبل 20 قرنا", date(2001, 1, 1), "0"),
        ("قبل قرنين", DAY, "18"),
        ("قبل 19 قرنا", date(2000, 1, 1), "1"),
        ("قبل 20 قرنا", date(2000, 1, 1), None),
        ("قبل يومين", None, None),
        ("منذ يومين", DAY, "2015-12-21"),
        ("منذ أسبوع", DAY, "2015-12-16"),
        ("منذ 3 أيام", DAY, "2015-12-20"),
    ],
)
def test_times_ago_count_back_from_the_day(text, day, value):
    assert read(times_ago, text, day) == [value]


@pytest.mark.parametrize("text", ["قبل أيام", "قبل 3 يومين", "منذ يوم", "قبل ثلاثة أيام من الهجوم", "قبل عام ونصف"])
def test_times_ago_without_a_count_or_from_another_event_are_left(text):
    assert read(times_ago, text) == []


@pytest.mark.parametrize(
    ("text", "precision"), [("قبل أسبوع", "day"), ("قبل يوم", "day"), ("قبل شهر", "month"), ("قبل قرن", "century")]
)
def test_times_ago_weeks_are_told_to_the_day(text, precision):
    assert [e.precision for e in times_ago(fold_digits(text), DAY)] == [precision]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الأربعاء", "2015-12-23"),
        ("الخميس", "2015-12-17"),
        ("الثلاثاء", "2015-12-22"),
        ("الأربعاء الماضي", "2015-12-16"),
        ("الخميس الماضي", "2015-12-17"),
        ("الأربعاء المقبل", "2015-12-30"),
        ("الخميس المقبل", "2015-12-24"),
        ("الثلاثاء المقبل", "2015-12-29"),
        ("الأربعاء الجاري", "2015-12-23"),
        ("ستبدأ الأربعاء", "2015-12-23"),
        ("ستبدأ الثلاثاء", "2015-12-29"),
        # another clause says nothing
        ("ستبدأ غدا، ووصل الثلاثاء", "2015-12-22"),
    ],
)
def test_weekdays_nearest_day_before_or_behind(text, value):
    assert read(weekdays, text) == [value]


@pytest.mark.parametrize(("blanks", "value"), [(1, "2015-12-29"), (2, "2015-12-22")])
def test_weekdays_future_is_looked_for_in_70_letters(blanks, value):
    clause = "سوف يصل الوفد الكبير إلى العاصمة الروسية موسكو مع كل أعضاء البعثة هنا" + " " * blanks
    assert len(clause) == 69 + blanks
    assert read(weekdays, f"قيل {clause}الثلاثاء") == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("صلاة الجمعة", []),
        ("صلاة يوم الجمعة", []),
        ("وصل الجمعة", ["2015-12-18"]),
        ("صلاة صباح الجمعة", ["2015-12-18TMO"]),
    ],
)
def test_weekdays_that_are_names_are_left_unless_they_have_a_part_of_day(text, values):
    assert read(weekdays, text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("أول من أمس", ["2015-12-21"]),
        ("أمس", ["2015-12-22"]),
        ("غدا", ["2015-12-24"]),
        ("بعد غد", ["2015-12-25"]),
        ("اليوم", ["2015-12-23"]),
        ("اليوم السابع", []),
        ("اليوم الوطني", []),
        ("صباح اليوم الوطني", ["2015-12-23TMO"]),
        ("ذلك اليوم", []),
        ("ذلك اليوم الأربعاء", ["2015-12-23"]),
        ("في صباح اليوم", ["2015-12-23TMO"]),
        ("غد أفضل", []),
        ("غد في", ["2015-12-24"]),
    ],
)
def test_day_words_that_are_names_are_left(text, values):
    assert read(day_words, text) == values


@pytest.mark.parametrize(
    ("text", "basis"), [("أمس الثلاثاء", "relative"), ("أمس الأربعاء", "conflict"), ("غدا الخميس", "relative")]
)
def test_day_words_other_weekday_is_a_conflict(text, basis):
    assert [e.basis for e in day_words(fold_digits(text), DAY)] == [basis]


def test_day_words_without_a_publication_day_have_no_value():
    assert read(day_words, "صباح أمس الثلاثاء", None) == [None]
    assert read(weekdays, "مساء الجمعة", None) == [None]


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [
        (day_words, "قرأ اليوم السابع أمس", "2015-12-22"),
        (day_words, "وصل ذلك اليوم وعاد أمس", "2015-12-22"),
        (day_words, "قال إن غد أفضل سيأتي أمس", "2015-12-22"),
        (weekdays, "صلاة الجمعة ثم الثلاثاء", "2015-12-22"),
        (periods, "في العام وفي الشهر الماضي", "2015-11"),
        (times_ago, "قبل أيام وقبل يومين", "2015-12-21"),
        (times_ago, "منذ يوم وقبل يومين", "2015-12-21"),
    ],
)
def test_relative_rule_goes_on_behind_a_look_alike(rule, text, value):
    assert read(rule, text) == [value]


@pytest.mark.parametrize(("n_blanks", "values"), [(9, []), (10, ["2015-12-23"])])
def test_day_words_name_is_looked_for_in_twelve_letters(n_blanks, values):
    assert read(day_words, "ذلك" + " " * n_blanks + "اليوم") == values


@pytest.mark.parametrize(("n_blanks", "values"), [(8, []), (9, ["2015-12-18"])])
def test_weekdays_name_is_looked_for_in_twelve_letters(n_blanks, values):
    assert read(weekdays, "صلاة" + " " * n_blanks + "الجمعة") == values


def test_neighbour_days_hold_a_step():
    assert read(neighbour_days, "في اليوم التالي وفي اليوم السابق") == ["+1", "-1"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("سيعقد الاجتماع بعد يومين", ["2015-12-25"]),
        ("سيبدأ بعد أسبوع", ["2015-12-30"]),
        ("ستنتهي بعد 3 أشهر", ["2016-03"]),
        ("عاد بعد 40 عاما", [None]),
        ("عاد بعد عامين من الغياب", [None]),
        ("سيعود بعد عامين من الغياب", [None]),
        ("بعد يوم حافل", []),
        ("بعد أيام", []),
        ("بعد 3 يومين", []),
    ],
)
def test_times_ahead_count_from_the_day_where_the_clause_speaks_of_the_future(text, values):
    assert read(times_ahead, text, DAY) == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("نهاية الشهر", ("2015-12", "month", "nearest")),
        ("مطلع العام", ("2015", "year", "nearest")),
        ("نهاية الأسبوع", ("2015-W52", "week", "nearest")),
        ("أوائل الصيف", ("2015-SU", "season", "nearest")),
        ("نهاية شهر حافل", (None, "month", "relative")),
        ("بداية عام جديد", (None, "year", "relative")),
    ],
)
def test_parts_of_period_of_this_one_or_of_one_not_told(text, found):
    assert [(e.value, e.precision, e.basis) for e in parts_of_period(fold_digits(text), DAY)] == [found]


@pytest.mark.parametrize("text", ["نهاية القرن", "الشهر", "نهاية الموسم"])
def test_parts_of_period_others_are_left(text):
    assert read(parts_of_period, text, DAY) == []

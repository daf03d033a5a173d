"""All rules on one text: the longer expression wins, the following day counts from the one before."""

from datetime import date

import pytest

from discourse.sources.dates.grammar import expressions, references
from discourse.sources.dates.words import fold_digits

DAY = date(2015, 12, 23)


def read(text, day=DAY):
    """Return (words, value) of each expression."""
    folded = fold_digits(text)
    return [(folded[e.start : e.end], e.value) for e in expressions(folded, day)]


def test_expressions_longer_one_wins_where_two_overlap():
    assert read("5 مايو 2014") == [("5 مايو 2014", "2014-05-05")]
    assert read("أمس الثلاثاء") == [("امس الثلاثاء", "2015-12-22")]
    assert read("عام 2015-12-23") == [("2015-12-23", "2015-12-23")]
    assert read("الأربعاء أمس") == [("الاربعاء", "2015-12-23"), ("امس", "2015-12-22")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("في 31 ديسمبر 2014 وفي اليوم التالي", "2015-01-01"),
        ("في 1 يناير 2015 وفي اليوم السابق", "2014-12-31"),
        ("في 5 مايو 2014 وعام 2001 وفي اليوم التالي", "2014-05-06"),
        ("صباح أمس وفي اليوم التالي", "2015-12-23"),
        ("في مايو 2014 وفي اليوم التالي", None),
        ("في 31 فبراير 2014 وفي اليوم التالي", None),
    ],
)
def test_expressions_following_day_counts_from_the_last_day_named(text, value):
    assert read(text)[-1][1] == value


def test_expressions_second_following_day_counts_from_the_same_day():
    assert [value for _, value in read("في 5 مايو 2014 وفي اليوم التالي ثم في اليوم الموالي")] == [
        "2014-05-05",
        "2014-05-06",
        "2014-05-06",
    ]


@pytest.mark.parametrize(("text", "value"), [("الآن", "PRESENT_REF"), ("مؤخرا", "PAST_REF"), ("قريبا", "FUTURE_REF")])
def test_references_say_past_present_or_future(text, value):
    assert [e.value for e in references(fold_digits(text))] == [value]


def test_expressions_in_a_long_text_are_those_of_its_parts():
    parts = [
        "الاجتماع في يوم الأربعاء الموافق الثالث والعشرين من شهر كانون الأول/ديسمبر من العام 2015 ",
        "10 و11 أبريل الماضي ثم 5 رمضان 1436 وفي مارس ",
        "أعلن في العام 1998 م وبين (2001) و2003 ثم آب أغسطس 2014 ",
    ]
    filler = "قال الوزير إن اللقاء كان مثمرا. " * 20
    assert read("".join(filler + part for part in parts)) == [found for part in parts for found in read(f" {part}")]
    assert [len(read(part)) for part in parts] == [1, 3, 3]

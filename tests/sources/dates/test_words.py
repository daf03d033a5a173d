"""Words of dates: each number word, and the edges of the Hijri calendar."""

import re
from datetime import date

import pytest

from discourse.sources.dates.words import (
    HIJRI,
    MONTH,
    day_number,
    fold_digits,
    hijri_interval,
    hijri_year_of,
    is_weak_month,
    month_numbers,
    word_number,
)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("يوم", None), ("خمسة", 5), ("عشرة", 10), ("أحد عشر", 11), ("تسعة عشر", 19), ("عشرين", 20), ("عشرون", 20),
        ("واحد وعشرين", 21), ("تسعة وتسعين", 99), ("مئة", 100), ("999", 999), ("عشرة عشر", None),
        ("عشرة وعشرين", None),
    ],
)  # fmt: skip
def test_word_number_of_each_kind(words, number):
    folded = fold_digits(words)
    if number is None:
        with pytest.raises(KeyError):
            word_number(folded)
    else:
        assert word_number(folded) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("الأول", 1), ("الثاني", 2), ("العاشر", 10), ("الحادي عشر", 11), ("الثاني عشر", 12), ("التاسع عشر", 19),
        ("العشرين", 20), ("الحادي والعشرين", 21), ("التاسع والعشرين", 29), ("الثلاثين", 30), ("الحادي والثلاثين", 31),
        ("للخامس والعشرين", 25), ("31", 31),
    ],
)  # fmt: skip
def test_day_number_of_each_kind(words, number):
    assert day_number(fold_digits(words)) == number


def test_month_numbers_of_two_names():
    assert month_numbers(fold_digits("كانون الثاني/يناير")) == [1, 1]
    assert month_numbers(fold_digits("كانون  الأول")) == [12]
    assert is_weak_month(fold_digits("مارس")) and not is_weak_month(fold_digits("آذار"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("يناير كانون الثاني", "يناير كانون الثاني"), ("ديسمبر كانون الأول", "ديسمبر كانون الأول"),
        ("يونيو أغسطس", "يونيو"), ("يونيو/أغسطس", "يونيو/أغسطس"), ("تشرين الأول (أكتوبر)", "تشرين الأول (أكتوبر)"),
        (" - ", None), ("يونيوي", None),
    ],
)  # fmt: skip
def test_month_pattern_takes_two_names_of_one_month(words, found):
    match = re.match(MONTH, fold_digits(words))
    assert (match and match.group()) == (found and fold_digits(found))


def test_hijri_pattern_takes_the_longest_name():
    assert re.match(HIJRI, fold_digits("محرم الحرام 1436")).group() == fold_digits("محرم الحرام")
    assert re.match(HIJRI, fold_digits("محرم 1436")).group() == "محرم"


@pytest.mark.parametrize(
    ("year", "month", "wanted"),
    [
        (1436, 1, (date(2014, 10, 25), date(2014, 11, 22))),
        (1436, 11, (date(2015, 8, 16), date(2015, 9, 13))),
        (1436, 12, (date(2015, 9, 14), date(2015, 10, 13))),
        (1436, None, (date(2014, 10, 25), date(2015, 10, 13))),
        (1436, 13, None),
        (1342, None, None),
        (1343, None, (date(1924, 8, 1), date(1925, 7, 22))),
        (1499, 12, (date(2076, 10, 29), date(2076, 11, 26))),
        (1500, 12, None),  # the calendar knows no day behind it
    ],
)
def test_hijri_interval_ends_on_the_day_before_the_next(year, month, wanted):
    assert hijri_interval(year, month) == wanted


def test_hijri_year_of_the_last_day_and_the_first():
    assert hijri_year_of(date(2015, 10, 13)) == 1436
    assert hijri_year_of(date(2015, 10, 14)) == 1437

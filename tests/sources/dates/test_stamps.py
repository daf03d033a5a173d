"""Printed dates and languages, in the languages of the vendors' interfaces."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.readers.records import language_code, number_of

DAY = datetime.date(2015, 12, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2015-12-23", "2015-12-23T01:35:58Z", "20151223", "20151223T101500Z", "23/12/2015", "23.12.2015", "23/12/15",
        "December 23, 2015 Wednesday 9:20 AM GMT", "23 December 2015", "Dec. 23, 2015",
        "Wed, 23 Dec 2015 21:18:35 +0100",
        "December 23, 2015, Wednesday, Late Edition - Final", "mercredi 23 décembre 2015", "23. Dezember 2015",
        "23 de diciembre de 2015", "23 dicembre 2015", "23 de dezembro de 2015", "23 декабря 2015", "23 Aralık 2015",
        "2015年12月23日", "2015년 12월 23일", "23 ديسمبر 2015", "٢٣ ديسمبر ٢٠١٥", "الأربعاء 23 كانون الأول 2015",
        "الأربعاء، 23 كانون الأول/ديسمبر 2015", "23 دجنبر 2015", "23 كانون الاول (ديسمبر) 2015", "۲۳/۱۲/۲۰۱۵",
        "23 ديسمبر، 2015 - 09:15", "نُشر يوم 23 ديسمبر 2015", "23rd December 2015", "23 joulukuuta 2015", "12/23/2015",
    ],
)  # fmt: skip
def test_read_stamp_reads_a_day_however_printed(text):
    assert read_stamp(text, month_first=text == "12/23/2015") == (DAY, "day")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ديسمبر 2015", (datetime.date(2015, 12, 1), "month")),
        ("كانون الثاني 2016", (datetime.date(2016, 1, 1), "month")),
        ("2015-12", (datetime.date(2015, 12, 1), "month")),
        ("janvier 2013", (datetime.date(2013, 1, 1), "month")),
        ("Spring 2012", (datetime.date(2012, 1, 1), "year")),
        ("2012", (datetime.date(2012, 1, 1), "year")),
        ("1 أيار 2009", (datetime.date(2009, 5, 1), "day")),
        ("3 جوان 2009", (datetime.date(2009, 6, 3), "day")),
        ("3 أوت 2009", (datetime.date(2009, 8, 3), "day")),
        ("32/13/2015", None),
        ("31 فبراير 2015", None),
        ("بلا تاريخ", None),
        ("", None),
        (None, None),
    ],
)
def test_read_stamp_keeps_precision_and_knows_no_impossible_day(text, found):
    assert read_stamp(text) == found


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_read_stamp_reads_back_every_day_in_eastern_digits(day):
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert read_stamp(f"{day.day}/{day.month}/{day.year}".translate(eastern)) == (day, "day")
    assert read_stamp(day.isoformat()) == (day, "day")
    assert read_stamp(day.strftime("%d %B %Y")) == (day, "day")


@pytest.mark.parametrize(
    ("name", "code"),
    [("Arabisch", "ar"), ("Arabe", "ar"), ("العربية", "ar"), ("árabe", "ar"), ("ARABIC; ARABE", "ar"), ("AR", "ar"),
     ("Englisch", "en"), ("Français", "fr"), ("ar-aa", "ar"), ("en_US", "en"), ("Klingon", "klingon"),
     (" ", None), (None, None)],
)  # fmt: skip
def test_language_code_knows_languages_by_their_names_in_others(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,968 words", 2968), ("295 كلمة", 295), ("١٬٢٠٠ كلمة", 1200), ("1285 Wörter", 1285), ("no", None), (None, None)],
)
def test_number_of_reads_printed_word_counts(text, number):
    assert number_of(text) == number

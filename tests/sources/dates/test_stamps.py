"""Printed dates and languages, in the languages of the vendors' interfaces."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.sources.dates.stamps import read_field, read_stamp
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


# Fields as they stand in feeds, pages and columns, with the day that they print.
PRINTED = """
2015-12-23  12/03/1437
2015-12-23  1437-03-12
2015-12-23  12/3/1437هـ
2015-06-22  5/9/1436 - 22/06/2015
2015-12-23  1437/3/12هـ - 23/12/2015م
2015-12-23  23 ديسمبر - 12 ربيع الأول 1437
2015-12-23  12 ربيع الأول 1437
2015-11-12  10:05 - 12/11/2015
2015-11-12  9 - 12/11/2015
2015-11-12  العدد 10-12/11/2015
2015-12-23  آخر تحديث 10:45 - 23/12/2015
2015-12-23  Wed Dec 23 10:15:00 +0000 2015
1969-12-23  23-Dec-69
2015-12-23  23 كانون أول 2015
2015-11-23  23 تشرين ثاني 2015
2015-12-23  23 كانون 1 2015
2015-12-23  ٢٣ كانون اﻷول ٢٠١٥
2015-12-23  23 ديسمبر من عام 2015
2015-08-23  23 أغشت 2015
2015-12-23  الأربعاء 23 ديسمبر 2015 - 12:30 م
2015-12-23  23-12-2015 10:05
2015-12-23  الأربعاء 12 ربيع الأول 1437 هـ الموافق 23 ديسمبر 2015 م
2015-12-24  الخميس 12 ربيع الأول 1437 هـ - 24 ديسمبر 2015 م - العدد 13498
2015-12-23  العدد: 13498 - الصفحة 12 - 23/12/2015
2015-11-12  العدد 10-12-11-2015
2015-12-23  23 ديسمبر 15
2015-12-23  Wed, 23 Dec 15 21:18:35 +0100
2015-12-23  23.12.15
2015-12-23  ١٢/٢٣/٢٠١٥
2015-04-03  03/04/2015
2015-04-03  الجمعة 03/04/2015
2015-03-04  الأربعاء 03/04/2015
2015-12-23  12/23/2015 10:30 AM
2015-12-23  23 ک‌انون الأول 2015
2015-12-23  23 دیسمبر 2015
2015-12-23  23 ﺩﻳﺴﻤﺒﺮ 2015
2015-12-23  23 دِيسَمبر 2015
2015-12-23  23 ك1 2015
2015-11-23  23 ت2 2015
2007-12-23  23 الكانون 2007
2015-12-23  الثالث والعشرون من ديسمبر 2015
2015-12-23  2015/12/23م
2015-12-23  2015 ديسمبر 23
2015-12-23  ديسمبر 23, 2015
2015-12-22  نشر: 22/12/2015 - آخر تحديث: 23/12/2015
2015-12-22  آخر تحديث: 23/12/2015 نشر: 22/12/2015
2015-12-12  30 صفر 1437هـ - 12 ديسمبر 2015
2015-12-23  23 joulukuuta 2015
1991-12-19  December 19, 1991, Sunday, An Edition
2015-12-23  23 de diciembre de 2015
2015-12-23  2015年12月23日
2015-12-23  23/ديسمبر/2015
2015-12-23  23 - ديسمبر - 2015
2015-12-23  23ديسمبر2015
2015-12-23  20151223123456
2015-12-23  السنة 12 العدد 345 الأربعاء 23 ديسمبر 2015
2015-12-23  at 23 december 2015
2015-12-23  2015-12-23T10:15:00.000+03:00
2015-12-23  10:05 ص 23/12/2015
2016-01-05  5/1/2016 9:30:00 ص
2015-12-23  Dec 23, 2015 at 9:20 AM
2015-12-23  23/12/2015 - 2:15 م
2016-09-24  23/12/1437
2015-12-23  20.15 23.12.2015
2015-12-23  23.12.2015 20.15
2015-12-23  23/12/2015 منذ 3 ساعات
2026-11-29  الأحد، ٢٩ نوفمبر ٢٠٢٦
2015-12-23  الأحد 23 كانون الأول 2015م - 12:30 ص
2015-12-23  الأربعاء ١٢ ربيع الأول ١٤٣٧هـ الموافق ٢٣ ديسمبر ٢٠١٥م العدد (١٣٤٩٨) السنة ٥١
2015-12-23  23 ديسمبر/كانون أول 2015
2015-12-23  23 كانون الأوّل 2015
2015-12-23  23 كَانُونُ الأَوَّل 2015
2015-12-23  23 كانون الاول 2015 08:15
2015-12-23  الأربعاء , 23 ديسمبر , 2015
2015-12-23  أربعاء, 12/23/2015 - 10:05
2015-12-23  الأربعاء 23/12/2015 الساعة 10:05 بتوقيت غرينتش
2015-12-23  2015/12/23 الساعة 10
2015-12-23  10:05:33 2015-12-23
2015-12-23  تاريخ النشر: 23/12/2015 [ 10:05 ]
2015-12-23  (10:05) 23-12-2015
2015-12-23  نشر في: الأربعاء 23 ديسمبر 2015 - 10:05 ص | آخر تحديث: الخميس 24 ديسمبر 2015 - 11:00 ص
2015-04-03  عدد 5 - 3/4/2015
2015-04-03  العدد ١٢٣ السبت ٣ نيسان ٢٠١٥
2015-04-03  ع 123 - 03/04/2015
2015-12-23  ص 7 - 23/12/2015
2015-12-23  23/12/2015 ص 7
2015-01-01  السنة الثالثة - العدد 25 - 1 يناير 2015
2016-03-11  2 جمادى الآخرة 1437 هـ
2016-03-11  2/6/1437 هـ
2016-03-11  الجمعة 2 جمادى الثانية 1437
2015-10-14  1 محرم 1437
2015-09-13  29 ذي القعدة 1436هـ
2015-06-26  9/9/1436 هـ الموافق 26/6/2015 م
2015-06-26  1436/9/9 هـ 2015/6/26 م
2015-06-26  26/6/2015 - 9/9/1436
2015-06-26  26 يونيو 2015 - 9 رمضان 1436
2015-06-26  9 رمضان 1436 - يونيو 2015
2015-12-23  12-03-1437 هـ
2015-12-23  ١٤٣٧/٠٣/١٢
2015-12-23  1437.3.12
2015-12-23  23 Dec 2015 - 12 Rabi I 1437
2015-12-23  23 دجمبر 2015
2015-11-23  23 نونبر 2015
2015-09-23  23 شتنبر 2015
2015-08-23  23 غشت 2015
2015-07-23  23 جويلية 2015
2015-04-23  23 افريل 2015
2015-04-23  23 أفريل 2015
2015-06-23  23 يونية 2015
2015-07-23  23 يوليه 2015
2015-08-23  23 اغسطس 2015
2015-10-23  23 تشرين الأول/أكتوبر 2015
2015-10-23  23 أكتوبر (تشرين الأول) 2015
2015-11-23  تشرين الثاني 23, 2015
2015-11-23  23 تشرين 2 2015
2015-12-23  23 ك1 15
2015-02-23  23 شباط 2015
2015-03-23  23 آذار 2015
2015-03-23  23 اذار 2015
2015-08-23  23 آب 2015
2015-09-23  23 ايلول 2015
2015-05-23  23 أيّار 2015
2015-03-12  12 mars 2015 à 20h30
2015-03-12  12 mars 2015 20 h 30
2015-03-12  le 12 mars 2015, 8h
2015-12-23  Dec 23 2015 10:05PM
2015-12-23  Dec 23, 2015 at 10.05 pm
2015-12-23  23 Dec 2015 10.05
1999-12-23  23-12-99
2005-12-23  23.12.05
1950-12-23  23/12/50
2000-12-23  00-12-23
2005-12-23  23 Dec 05
2015-12-23  23-ديسمبر-15
2015-12-23  قبل 3 أيام - 23/12/2015
2015-12-23  Wed Dec 23 10:15:00 AST 2015
2015-12-23  Wed, 23 Dec 2015 10:15:00 GMT+3
2015-12-23  2015-12-23 10:15:00 +0300
2015-12-23  20151223T10:15:00Z
2015-12-23  2015-12-23T10:15
2015-12-23  12.23.2015
2015-12-23  الاثنين 23 ديسمبر 2015 (الساعة 8)
2015-12-23  23 ديسمبر ٢٠١٥
2015-12-23  23 کانون الاول 2015
2015-12-23  23 ﻛﺎﻧﻮﻥ ﺍﻷﻭﻝ 2015
2015-04-23  23 ﻧﻴﺴﺎﻥ ٢٠١٥
2015-12-23  23 ديـــسمبر 2015
2015-12-23  23ـ12ـ2015
2015-12-23  23 ـ 12 ـ 2015
2015-12-23  23 | 12 | 2015
2015-06-05  الجمعة 5/6/2015
2015-12-23  الموافق 23 - 12 - 2015
2015-12-23  الثلاثاء 22-23 ديسمبر 2015
2015-12-23  22/23 ديسمبر 2015
2015-12-15  1-15 ديسمبر 2015
2015-12-16  16 ديسمبر 2015 - 22 ديسمبر 2015
2015-12-23  23 Desember 2015
2015-12-23  23 ديسمبر لسنة 2015
2015-12-23  23 ديسمبر سنة ٢٠١٥ ميلادية
2015-12-23  الثالث والعشرين من كانون الأول 2015
2015-01-01  الأول من يناير 2015
2015-12-23  Published: 12/23/2015 10:05 AM
2015-12-23  23rd of December, 2015
2015-12-23  2015, December 23
2015-12-23  jeu. 23 déc. 2015
2015-12-23  Mi., 23. Dez. 2015
2015-08-23  23 Ağustos 2015
2015-08-23  23 AĞUSTOS 2015
2015-12-23  23 ARALIK 2015
2015-12-23  23/Dec/2015:10:15:00 +0000
"""
# Fields that print no date for certain: no year, counted back, calendars that do not agree, outside 1800 to 2100.
NOT_PRINTED = """
23 ديسمبر 10 صباحا
الأربعاء 23 ديسمبر 12 ظهرا
12 mars 20h30
23 ديسمبر 08.30
15-12-23
2558-12-23
منذ 3 ساعات
قبل 5 أيام
5 دقائق
3 hours ago
أمس
12 رجب 1437 - 23 ديسمبر 2015
10-12-11-2015
الأربعاء 23 ديسمبر 12
قناة 2000 الفضائية
31 فبراير 2015
2 دی 1394
1394/10/02 هـ.ش
1437هـ
ربيع الأول 1437
1437/13/40
1436
12 ديسمبر 1437
12 ربيع الأول 2015
23 كانون الثاني/ديسمبر 2015
yesterday 10:15
منذ يومين
منذ ساعة
3h ago
2 years ago
il y a 3 jours
غرة رمضان 1436
26 يونيو 2015 - 9 شوال 1436
23 aghusht 2015
23 Dec 10.05
23 Dec 10:05
23 Dec 10am
Wednesday 23 December, 10 pm
23/12 10:05
23/12
3015-12-23
0015-12-23
1799-12-31
2101-01-01
2558/12/23
23 ديسمبر 2558
23/12/1015
أمس 10:05
اليوم
البارحة
الآن
قبل ساعتين
قبل ساعة
قبل قليل
منذ دقيقة
منذ 23 دقيقة
منذ أسبوع
منذ شهر واحد
منذ سنة
just now
2 days ago
a day ago
an hour ago
last week
il y a 2 heures
vor 3 Stunden
hace 2 días
3 часа назад
الأربعاء الماضي
غدا
tomorrow
today at 10:05
Today
3h
5 min
2015-W52-3
2015-357
1450861200
42361
XXIII
۲۳ دیسامبر ۲۰۱۵
23 من ديسمبر الجاري
23 ديسمبر الماضي
"""
COARSE = """
2015-01 month  كانون الثاني/يناير 2015
2012    year   Spring 2012
2015-12 month  12/2015
2015-12 month  العدد 10 ديسمبر 2015
2015    year   2015
2015    year   ٢٠١٥
2015    year   عام 2015
2015-12 month  ديسمبر 2015
2015-12 month  ديسمبر من عام 2015
2015-12 month  شهر ديسمبر 2015
2015-12 month  كانون الأول 2015
2015    year   2015م
"""


@pytest.mark.parametrize("line", PRINTED.strip().split("\n"))
def test_read_stamp_reads_the_day_of_a_field(line):
    day, _, text = line.partition("  ")
    assert read_stamp(text) == (datetime.date.fromisoformat(day), "day")


@pytest.mark.parametrize("text", NOT_PRINTED.strip().split("\n"))
def test_read_stamp_of_a_field_without_a_certain_date_is_null(text):
    assert read_stamp(text) is None


@pytest.mark.parametrize("line", COARSE.strip().split("\n"))
def test_read_stamp_keeps_the_precision_that_is_printed(line):
    period, precision, text = line.split(maxsplit=2)
    assert read_stamp(text) == (datetime.date.fromisoformat((period + "-01-01")[:10]), precision)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("منذ 3 ساعات", ("2015-12-22", "day")),
        ("قبل ساعتين", ("2015-12-22", "day")),
        ("أمس 10:05", ("2015-12-22", "day")),
        ("قبل يومين", ("2015-12-21", "day")),
        ("3 weeks ago", ("2015-12-02", "day")),
        ("منذ شهرين", ("2015-10-01", "month")),
        ("منذ سنة", ("2014-01-01", "year")),
        ("il y a 3 jours", ("2015-12-20", "day")),
        ("23/12/2010 - منذ 5 سنوات", ("2010-12-23", "day")),
    ],
)
def test_read_stamp_counts_back_from_the_base_alone(text, found):
    day, precision = read_stamp(text, base=datetime.datetime(2015, 12, 23, 1, 0))
    assert (day.isoformat(), precision) == found


def test_read_stamp_counts_hours_from_a_base_with_an_hour_only():
    assert read_stamp("3 hours ago", base=DAY) is None
    assert read_stamp("yesterday", base=DAY) == (datetime.date(2015, 12, 22), "day")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("23 ديسمبر", "no year"), ("32/12/2015", "day"), ("13/13/2015", "month"), ("2101-01-01", "year"),
        ("12 رجب 1437 - 23 ديسمبر 2015", "calendars"), ("15-12-23", "two-way year"), ("رجب 1437", "hijri"),
        ("1394/10/02 هـ.ش", "solar"), ("أمس", "counted"), ("كلام", "none"),
    ],
)  # fmt: skip
def test_read_field_names_the_kind_of_problem(text, problem):
    assert read_field(text).problem == problem


@pytest.mark.parametrize(
    ("text", "day_first", "other"),
    [
        ("23/12/2015", True, None), ("12/23/2015", False, None), ("الجمعة 03/04/2015", True, None),
        ("الأربعاء 03/04/2015", False, None), ("14/6/1436 - 03/04/2015", True, None),
        ("03/04/2015", None, datetime.date(2015, 3, 4)), ("04/04/2015", None, None), ("2015-04-03", None, None),
    ],
)  # fmt: skip
def test_read_field_says_what_it_shows_of_the_order(text, day_first, other):
    reading = read_field(text)
    assert (reading.day_first, reading.other) == (day_first, other)


def test_read_stamp_days_of_two_calendars_agree_within_two_days():
    for day, agrees in ((21, True), (20, False), (25, True), (26, False)):
        found = read_stamp(f"12/3/1437 - {day}/12/2015")
        assert (found == (datetime.date(2015, 12, day), "day")) == agrees

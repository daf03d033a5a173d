"""The date column: the last value that is read in each form, and the first that is not."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.sources.dates.column import read_dates

YEAR = "has a year outside 1800 to 2100"
MONTH = "has a month that the calendar does not know"
DAY = "has a day that its month does not have"
HIJRI = "is a Hijri month or year, which lies in two of the common calendar"


def read(*stated, **options):
    """Return (day, precision) of each value, or the problem."""
    dates, precisions, problems = read_dates(pd.Series(list(stated)), **options)
    rows = zip(dates.dt.strftime("%Y-%m-%d"), precisions, problems, strict=True)
    return [problem if pd.notna(problem) else (day, precision) for day, precision, problem in rows]


@pytest.mark.parametrize(
    ("stated", "day", "precision"),
    [
        ("1800", "1800-01-01", "year"),
        ("2100", "2100-01-01", "year"),
        ("2015-1", "2015-01-01", "month"),
        ("2015/12", "2015-12-01", "month"),
        ("٢٠١٥.٠٤", "2015-04-01", "month"),
        ("2015-12-31", "2015-12-31", "day"),
        ("2016-02-29", "2016-02-29", "day"),
        ("2015/1/1", "2015-01-01", "day"),
        ("2015-12-23T10:05:00Z", "2015-12-23", "day"),
        ("2015-12-23 9:05", "2015-12-23", "day"),
        ("20151223", "2015-12-23", "day"),
        ("20151223T101500Z", "2015-12-23", "day"),
        ("23/12/2015", "2015-12-23", "day"),
        ("23.12.2015 18:30", "2015-12-23", "day"),
        ("23 December 2015", "2015-12-23", "day"),
        ("1 Jan. 2015", "2015-01-01", "day"),
        ("December 23, 2015", "2015-12-23", "day"),
        ("Sept 3 2015", "2015-09-03", "day"),
        ("MAY 3, 2015", "2015-05-03", "day"),
        ("Wed, 23 Dec 2015 22:30:00 +0300", "2015-12-23", "day"),
        ("\u200f2015-12-23\ufeff ", "2015-12-23", "day"),
    ],
)
def test_read_dates_form_is_read_with_its_precision(stated, day, precision):
    assert read(stated) == [(day, precision)]


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ("1799", YEAR),
        ("2101", YEAR),
        ("1799-12-31", YEAR),
        ("2101-01-01", YEAR),
        ("2558-12-23", YEAR),
        ("1299", YEAR),
        ("1300", HIJRI),
        ("1500", HIJRI),
        ("1501", YEAR),
        ("1437-03", HIJRI),
        ("ربيع الأول 1437", HIJRI),
        ("2015-0", MONTH),
        ("2015-13", MONTH),
        ("2015-12-0", DAY),
        ("2015-12-32", DAY),
        ("2015-02-29", DAY),
        ("31 فبراير 2015", DAY),
        ("13/13/2015", MONTH),
        ("23 ديسمبر", "has no year"),
        ("23 ديسمبر 10 صباحا", "has no year"),
        ("15-12-23", "has a year of two digits that may stand first or last; say which by date_format"),
        ("12 رجب 1437 - 23 ديسمبر 2015", "is another day in the one calendar than in the other"),
        ("1394/10/02 هـ.ش", "is of the solar Hijri calendar, which is not converted"),
        ("منذ 3 ساعات", "is counted from a day that is not known"),
        ("أمس", "is counted from a day that is not known"),
        ("23/12-2015", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
        ("Junk 3 2015", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
        ("23 Xyz 2015", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
        ("yesterday, at noon", "is counted from a day that is not known"),
    ],
)
def test_read_dates_value_past_the_edge_is_a_problem(stated, problem):
    assert read(stated) == [f"the date {problem}"]


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ("20000", "is a number of days, as spreadsheets count them"),
        ("79999.75", "is a number of days, as spreadsheets count them"),
        ("19999", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
        ("80000", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
        ("??/12/2015", "has question marks where its digits were lost"),
        ("\ufffd\ufffd/12", "has question marks where its digits were lost"),
        ("23/12?", "is in no form that is read (2015-12-23, 23/12/2015, 2015)"),
    ],
)
def test_read_dates_numbers_of_spreadsheets_and_lost_digits_are_told(stated, problem):
    assert read_dates(pd.Series([stated]))[2].tolist() == [f"the date {problem}"]


def test_read_dates_problems_of_one_kind_are_the_same_words():
    assert len(set(read("32/13/2015", "2015-17-01", "1999/14/2"))) == 1


@pytest.mark.parametrize("number", range(12))
def test_read_dates_each_month_by_its_long_and_short_name(number):
    names = ["January", "February", "March", "April", "May", "June"]
    names += ["July", "August", "September", "October", "November", "December"]
    name = names[number]
    wanted = (f"2015-{number + 1:02d}-07", "day")
    assert read(f"7 {name} 2015", f"{name[:3]} 7, 2015") == [wanted, wanted]


@pytest.mark.parametrize(
    ("others", "day"),
    [
        (["13/12/2015"], "2015-12-11"),  # a day that is no month decides for all
        (["12/13/2015"], "2015-11-12"),
        (["13/12/2015", "25/12/2015"], "2015-12-11"),
    ],
)
def test_read_dates_two_way_value_follows_the_column(others, day):
    assert read("11/12/2015", *others)[0] == (day, "day")


@pytest.mark.parametrize("others", [[], ["12/12/2015"], ["10/12/2015"], ["13/12/2015", "12/13/2015"], ["13/13/2015"]])
def test_read_dates_two_way_value_of_an_undecided_column_is_a_problem(others):
    problem = "the date can be read day first or month first; say which by day_first"
    assert read("11/12/2015", *others)[0] == problem


def test_read_dates_column_of_both_kinds_reads_those_with_one_reading():
    assert read("13/12/2015", "12/13/2015", "12/12/2015") == [("2015-12-13", "day")] * 2 + [("2015-12-12", "day")]
    problem = "the date can be read day first or month first; say which by day_first"
    assert read("12/11/2015") == [problem]


@pytest.mark.parametrize(
    ("letter", "left_out"),
    [
        ("\u200a", False), ("\u200b", True), ("\u200f", True), ("\u2010", False), ("\u2029", False), ("\u202a", True),
        ("\u202e", True), ("\u202f", False), ("\u205f", False), ("\u2060", True), ("\u2069", True), ("\u206a", False),
        ("\ufeff", True),
    ],
)  # fmt: skip
def test_read_dates_only_letters_without_a_shape_are_left_out(letter, left_out):
    assert (read(f"20{letter}15") == [("2015-01-01", "year")]) == left_out


@pytest.mark.parametrize(
    ("stated", "day_first", "day"),
    [
        ("11/12/2015", True, "2015-12-11"),
        ("11/12/2015", False, "2015-11-12"),
        ("12/11/2015", False, "2015-12-11"),
        ("13/11/2015", False, "2015-11-13"),
        ("11/13/2015", True, "2015-11-13"),
        ("12/13/2015", True, "2015-12-13"),
        ("12/12/2015", None, "2015-12-12"),
        ("13/12/2015", None, "2015-12-13"),
        ("12/13/2015", None, "2015-12-13"),
    ],
)
def test_read_dates_value_with_one_reading_takes_it(stated, day_first, day):
    assert read(stated, day_first=day_first) == [(day, "day")]


def test_read_dates_numbers_are_years_where_all_are_whole():
    assert read(2015.0, 2016.0) == [("2015-01-01", "year"), ("2016-01-01", "year")]
    assert read(2015.0, 2016.75) == [f"the date {MONTH}"] * 2


def test_read_dates_empty_values_have_neither_date_nor_problem():
    dates, precisions, problems = read_dates(pd.Series(["", "  ", "\u200f", None, "2015"]))
    assert dates.isna().tolist() == precisions.isna().tolist() == [True, True, True, True, False]
    assert problems.isna().all()


def test_read_dates_datetimes_keep_their_written_day_within_the_years():
    stated = pd.Series(["1799-12-31", "1800-01-01", "2100-12-31", "2101-01-01", None]).astype("datetime64[us]")
    dates, precisions, problems = read_dates(stated)
    assert dates.notna().tolist() == precisions.eq("day").tolist() == [False, True, True, False, False]
    assert problems.dropna().tolist() == [f"the date {YEAR}"] * 2
    late = pd.Series(pd.to_datetime(["2015-12-23 23:30+03:00"]))
    assert read_dates(late)[0].tolist() == [pd.Timestamp("2015-12-23")]


@pytest.mark.parametrize(
    ("stated", "day", "precision"),
    [
        ("22 سبتمبر 2009", "2009-09-22", "day"),
        ("٢٢ أيلول ٢٠٠٩", "2009-09-22", "day"),
        ("الخميس 24 كانون الأول/ديسمبر 2015", "2015-12-24", "day"),
        ("ديسمبر 2015", "2015-12-01", "month"),
        ("22.09.09", "2009-09-22", "day"),
        ("23/12/49", "2049-12-23", "day"),
        ("23/12/50", "1950-12-23", "day"),
        ("23-Dec-69", "1969-12-23", "day"),
        ("12/03/1437", "2015-12-23", "day"),
        ("١٢ ربيع الأول ١٤٣٧ هـ", "2015-12-23", "day"),
        ("5/9/1436 - 22/06/2015", "2015-06-22", "day"),
        ("14370312", "2015-12-23", "day"),
    ],
)
def test_read_dates_months_by_name_and_years_of_two_digits_are_read(stated, day, precision):
    dates, precisions, problems = read_dates(pd.Series([stated]))
    assert problems.isna().all()
    assert (dates[0].isoformat()[:10], precisions[0]) == (day, precision)


@pytest.mark.parametrize("stated", ["قناة 2000", "العدد 10", "23 ديسمبر", "15-12-23", "32 ديسمبر 2015"])
def test_read_dates_words_with_a_year_or_a_day_alone_are_no_date(stated):
    dates, _, problems = read_dates(pd.Series([stated]))
    assert dates.isna().all() and problems.notna().all()


def test_read_dates_years_of_two_digits_follow_the_order_of_their_column():
    assert read_dates(pd.Series(["03/04/15", "23/04/15"]))[0].dt.month.tolist() == [4, 4]
    assert read_dates(pd.Series(["03/04/15", "04/23/15"]))[0].dt.month.tolist() == [3, 4]
    assert read_dates(pd.Series(["03/04/15"]))[2].notna().all()


@pytest.mark.parametrize("beside", ["الجمعة 03/04/2015", "14/6/1436 - 03/04/2015"])
def test_read_dates_a_weekday_or_a_hijri_date_shows_the_order_of_the_column(beside):
    assert read("05/06/2015", beside)[0] == ("2015-06-05", "day")


def test_read_dates_a_column_that_shows_both_orders_decides_nothing():
    assert read("05/06/2015", "الجمعة 03/04/2015", "04/23/2015")[0].endswith("say which by day_first")


@pytest.mark.parametrize(
    ("form", "stated", "day"),
    [
        ("%m/%d/%Y", "4/1/2015 0:00", "2015-04-01"),
        ("%d-%m-%y", "15-12-23", "2023-12-15"),
        ("%y-%m-%d", "15-12-23", "2015-12-23"),
        ("%d %B %Y", "23 كانون الأول 2015", "2015-12-23"),
        ("%d/%m/%Y", "١٢/٠٣/١٤٣٧", "2015-12-23"),
        ("%Y", "2015", "2015-01-01"),
    ],
)
def test_read_dates_date_format_decides(form, stated, day):
    assert read(stated, date_format=form)[0][0] == day


def test_read_dates_value_of_another_form_than_date_format_is_a_problem():
    assert read("2015-12-23", date_format="%d/%m/%Y") == ["the date is not of the form that date_format names"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("%d/%m", "`date_format` '%d/%m' must name the year once (%Y or %y), and a day only beside a month. "
         "For instance: %d/%m/%Y, %Y-%m-%d, %d %B %Y."),
        ("%Y-%Y", "`date_format` '%Y-%Y' holds %Y twice. Name each part once."),
        ("%Q", "`date_format` '%Q' holds '%Q'; known are %%, %A, %a, %b, %B, %d, %f, %H, %I, %m, %M, %p, %S, %Y, %y, "
         "%z, %Z. Correct it."),
    ],
)  # fmt: skip
def test_read_dates_date_format_that_names_no_date_is_refused(form, message):
    with pytest.raises(SchemaError) as caught:
        read("2015", date_format=form)
    assert str(caught.value) == message

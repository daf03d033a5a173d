"""The date of a record: the one reader of what vendors, feeds, pages, columns and file names print.

Dates inside a text are the matter of ``discourse.sources.dates.text``; the names of months, the Hijri calendar, years
of two digits and the spelling of letters are the same there.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from discourse.sources.dates.ago import counted_back, is_counted_back
from discourse.sources.dates.fields import (
    FIELD_WORDS,
    Printed,
    any_of,
    field_text,
    printed_dates,
    without_hours,
)
from discourse.sources.dates.words import FIRST_YEAR, LAST_YEAR, WEEKDAYS, full_year, hijri_day

__all__ = [
    "CLOSE",
    "Reading",
    "Stamp",
    "WEEKDAY_NUMBERS",
    "among_years",
    "best_stamp",
    "read_date",
    "read_field",
    "read_stamp",
]

Stamp = tuple[datetime.date, str]
_LONGEST = 300  # characters of a field that is looked at
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[t ]\d{1,2}:\d{2}[\d:.,+\-z ]*)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BESIDE_YEAR = {field_text(word) for word in FIELD_WORDS["beside_year"]}
WEEKDAY_NUMBERS = {field_text(word): number for word, number in WEEKDAYS.items()} | {
    field_text(word): number for number, words in enumerate(FIELD_WORDS["weekdays"]) for word in words
}
_FIND_WEEKDAY = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(WEEKDAY_NUMBERS, key=len, reverse=True))})(?!\w)"
)
_LABELS = {key: re.compile(rf"(?<!\w)(?:{any_of(key)})(?!\w)") for key in ("updated", "published")}
CLOSE = datetime.timedelta(days=2)
"""So far may the Hijri day and the common one of a field lie apart: the calendar by sight and the one by tables."""


class Reading(NamedTuple):
    """What a field says: a date and its precision, or the kind of problem.

    ``other`` is the date with day and month turned, where both orders are possible; ``day_first`` is what the field
    itself shows of the order; ``american`` says that AM or PM stands beside the date, as the American order is printed;
    ``choices`` are the days that 15-12-23 may be.
    """

    day: datetime.date | None = None
    precision: str = ""
    problem: str = ""
    other: datetime.date | None = None
    day_first: bool | None = None
    american: bool = False
    choices: tuple[datetime.date, ...] = ()


def read_stamp(
    text: str | None,
    *,
    month_first: bool = False,
    names_only: bool = False,
    base: datetime.date | None = None,
) -> Stamp | None:
    """Return the date that a short field prints, and its precision; null where it prints none, or none for certain.

    Months are read in Arabic (all regional names), English, French, German, Spanish, Italian, Portuguese, Russian,
    Turkish, Chinese, Japanese and Korean, digits in any script; for other languages dateparser is asked. Hijri dates,
    in digits or by name, are converted by the Umm al-Qura calendar; where a field prints both calendars, the common one
    counts if they agree within two days, else neither does. Hours, zones, numbers of issues and pages are no part of a
    date. The day is the printed one: no time zone is applied. A day that the calendar does not know (32/13/2015), and a
    year outside 1800 to 2100, is no date. Two digits of a year: 00 to 49 are of this century, 50 to 99 of the last
    (RFC 5322, 4.3); 15-12-23 may begin with its day or with its year, and is none. A weekday in the field decides
    between two readings.

    Parameters
    ----------
    text : str
        The field.
    month_first : bool
        Read 03/04/2015 as 4 March; by default as 3 April, as Arabic, British and French vendors print it.
    names_only : bool
        Ask no further once the tables above find nothing (for text that need not be a date at all).
    base : date or datetime, optional
        When the field was shown: what *yesterday* and *3 hours ago* are counted from. Without it they are no date.

    Examples
    --------
    >>> read_stamp("الأربعاء ٢٣ كانون الأول/ديسمبر ٢٠١٥")
    (datetime.date(2015, 12, 23), 'day')
    >>> read_stamp("12/03/1437هـ - 10:05"), read_stamp("janvier 2013")[1], read_stamp("3 hours ago")
    ((datetime.date(2015, 12, 23), 'day'), 'month', None)
    """
    if not text or not text.strip():
        return None
    found = read_field(text, month_first=month_first, base=base)
    if found.day is not None:
        return found.day, found.precision
    if names_only or found.problem != "none" or len(text) > 80 or not _YEAR.search(field_text(text)):
        return None
    return _by_dateparser(text)


def best_stamp(lines: list[str], *, month_first: bool = False) -> int | None:
    """Return the place of the line that prints a date: the first of the fullest ones, a day before a month or year."""
    found = [(read_stamp(line, month_first=month_first, names_only=True), n) for n, line in enumerate(lines)]
    ranked = [(("day", "month", "year").index(stamp[1]), n) for stamp, n in found if stamp]
    return min(ranked)[1] if ranked else None


def read_field(text: str, *, month_first: bool | None = None, base: datetime.date | None = None) -> Reading:
    """Read a field: its date, or what is wrong with it.

    ``problem`` is none (nothing like a date), year (outside 1800 to 2100), month, day (none of the calendar), calendars
    (they do not agree), no year, two-way year (15-12-23), hijri (a month or year that lies in two of ours), solar (a
    calendar that is not converted), counted (from a day that is not known).
    """
    plain = field_text(text)
    if len(plain) > _LONGEST:
        return Reading(problem="none")
    if (iso := _ISO.fullmatch(plain.strip())) and not 1300 <= int(iso[1]) <= 1500:
        return read_date(int(iso[1]), int(iso[2]), int(iso[3]))
    clean, american = without_hours(plain)
    printed = printed_dates(clean)
    if not printed:
        return _without_date(plain, clean, base)
    weekday = next((WEEKDAY_NUMBERS[found.group()] for found in _FIND_WEEKDAY.finditer(clean)), None)
    hijri = [day for one in printed if one.calendar == "hijri" and (day := _of_hijri(one)) is not None]
    full = [one for one in printed if one.calendar == "common" and one.day is not None and one.month is not None]
    dated = [one for one in full if one.year is not None]
    if dated:
        return _common(_labelled(dated, clean), hijri, weekday, month_first)._replace(american=american)
    if hijri:
        return _beside(full, hijri) if full else Reading(hijri[0], "day")
    return _coarse(printed, full)


def _without_date(plain: str, clean: str, base: datetime.date | None) -> Reading:
    if is_counted_back(plain):
        found = counted_back(plain, base)
        return Reading(*found) if found else Reading(problem="counted")
    years = _YEAR.findall(clean)
    words = re.findall(r"[^\W\d_]+", clean)
    if len(years) != 1 or re.sub(r"\D", "", clean) != years[0] or not set(words) <= _BESIDE_YEAR:
        return Reading(problem="none")
    year = int(years[0])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(problem="hijri" if 1300 <= year <= 1500 else "year")
    return Reading(datetime.date(year, 1, 1), "year")


def _labelled(dated: list[Printed], clean: str) -> Printed:
    """Return the date of publication: the one that is called so, else the first that is not called a change."""
    if len(dated) == 1:
        return dated[0]
    ends = [0, *(one.end for one in dated)]
    before = [clean[end : one.start] for end, one in zip(ends, dated, strict=False)]
    for n, label in enumerate(before):
        if _LABELS["published"].search(label) and not _LABELS["updated"].search(label):
            return dated[n]
    return next(
        (one for one, label in zip(dated, before, strict=True) if not _LABELS["updated"].search(label)), dated[0]
    )


def _readings(one: Printed) -> list[tuple[int, int, int]]:
    """Return (year, month, day) in each order in which a date may be meant, the likelier first."""
    year, month, day = one.year or 0, one.month or 0, one.day or 0
    if abs(one.n_digits) == 2:
        year = full_year(year)
    orders = [(year, month, day)]
    if one.two_way and day <= 12 < month:
        orders = [(year, day, month)]
    elif one.two_way and day <= 12 and month != day:
        orders.append((year, day, month))
    if one.n_digits == -2:
        orders = [*orders[:1], (full_year(day), month, one.year or 0)]
    return orders


def _common(one: Printed, hijri: list[datetime.date], weekday: int | None, month_first: bool | None) -> Reading:
    checked = [read_date(*order) for order in _readings(one)]
    days = [reading.day for reading in checked if reading.day is not None]
    if not days:
        return checked[0]
    if hijri:
        days = [own for own in days if any(abs(own - day) <= CLOSE for day in hijri)]
        if not days:
            return Reading(problem="calendars")
    elif abs(one.n_digits) == 2 and weekday is not None and all(day.weekday() != weekday for day in days):
        return Reading(problem="none")  # two digits that are no year: an hour, a page
    if len(days) > 1 and weekday is not None:
        days = [day for day in days if day.weekday() == weekday] or days
    if len(days) == 1:
        shown = one.two_way and one.n_digits > 0 and one.day != one.month
        turned = shown and (days[0].month, days[0].day) == (one.day, one.month)
        return Reading(days[0], "day", day_first=not turned if shown else None)
    if one.n_digits == -2:
        return Reading(problem="two-way year", choices=tuple(days))
    if month_first is not None:
        return Reading(days[1] if month_first else days[0], "day")
    return Reading(days[0], "day", other=days[1])


def among_years(reading: Reading, years: set[int]) -> Reading:
    """Read 15-12-23 among the dates of its column or file: as the one day of which the year is found there besides."""
    fits = [day for day in reading.choices if day.year in years]
    return Reading(fits[0], "day") if len(fits) == 1 else reading


def read_date(year: int, month: int, day: int) -> Reading:
    """Return a day of the common calendar, or what is wrong with it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(problem="year")
    if not 1 <= month <= 12:
        return Reading(problem="month")
    try:
        return Reading(datetime.date(year, month, day), "day")
    except ValueError:
        return Reading(problem="day")


def _of_hijri(one: Printed) -> datetime.date | None:
    if not (one.year and one.month and one.day):
        return None
    found = hijri_day(one.year, one.month, one.day)
    if found is None and one.two_way and one.day <= 12:
        found = hijri_day(one.year, one.day, one.month)
    if found is None and one.day == 30 and (before := hijri_day(one.year, one.month, 29)):
        return before + datetime.timedelta(days=1)  # a month that has 29 days by the tables, and 30 by sight
    return found


def _beside(full: list[Printed], hijri: list[datetime.date]) -> Reading:
    """Read a day and a month without a year beside a Hijri date: the year is that of the Hijri date, if they agree."""
    one = full[0]
    for day in hijri:
        for year in (day.year, day.year - 1, day.year + 1):
            reading = read_date(year, one.month or 0, one.day or 0)
            if reading.day is not None and abs(reading.day - day) <= CLOSE:
                return reading
    return Reading(problem="calendars")


def _coarse(printed: list[Printed], full: list[Printed]) -> Reading:
    """Read what prints less than a day."""
    if full:
        return Reading(problem="no year")
    months = [
        one for one in printed if one.calendar == "common" and one.month is not None and one.year and one.day is None
    ]
    if months:
        year, month = months[0].year or 0, months[0].month or 0
        return read_date(year, month, 1)._replace(precision="month") if 1 <= month <= 12 else Reading(problem="month")
    return Reading(problem="solar" if any(one.calendar == "solar" for one in printed) else "hijri")


@lru_cache(maxsize=4096)
def _by_dateparser(text: str) -> Stamp | None:
    import dateparser  # loading it takes a second, and few fields need it

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, settings=settings)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR or str(found.year) not in field_text(text):
        return None
    return found.date(), "day"

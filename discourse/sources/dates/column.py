"""The date column of a corpus: days, months and years as numbers, read with their precision."""

import re
from calendar import monthrange
from email.utils import parsedate_tz
from typing import NamedTuple

import pandas as pd

from discourse.language.arabic.normalization import WESTERN_DIGITS
from discourse.sources.dates.stamps import read_stamp

__all__ = ["read_dates", "whole_numbers"]

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_FIRST_OF_LAST_CENTURY = 70
_LARGEST_EXACT = 2**53  # whole numbers beyond it are no longer told apart as floats
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}.*)?"
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:([-/.])(\d{1,2})\2(\d{4})|([/.])(\d{1,2})\5(\d{2}))" + _TIME)
_NAMED = re.compile(r"(?:(\d{1,2})\s+([a-z]{3,9})\.?,?|([a-z]{3,9})\.?\s+(\d{1,2}),?)\s+(\d{4})" + _TIME, re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = ("january february march april may june july august september october november december").split()


class _Reading(NamedTuple):
    year: int = 0
    month: int = 1
    day: int = 1
    precision: str = "day"
    problem: str = ""


def read_dates(stated: pd.Series, *, day_first: bool | None = None) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Read a column of stated dates into dates, precisions and, where a value cannot be read, the problem.

    Read are 2015-12-23 (also with ``/`` or ``.``, with a time behind it, as 20151223), 2015-12 (month), 2015 (year),
    23/12/2015, 23/12/15 and 23.12.15 (70 to 99 mean 1970 to 1999, 00 to 69 mean 2000 to 2069), 23 December 2015,
    December 23, 2015, the dates of mail and feeds, and months by name in Arabic (every region's) and the other
    languages of ``read_stamp``, with or without the day of the week; Eastern digits count as digits. Of words with a
    year alone no date is read.
    The day is the one written down: a time zone is not applied. A month or a year is dated on its first day.

    ``03/04/2015`` is the third of April or the fourth of March. ``day_first`` decides; left null, the column decides:
    when some value of it can only be day first and none can only be month first (or the other way round), all are read
    that way; otherwise the two-way values are problems.

    Parameters
    ----------
    stated : Series
        The column as it came: strings, numbers or datetimes; null and empty mean no date.
    day_first : bool, optional
        How to read 03/04/2015.

    Returns
    -------
    (Series, Series, Series)
        datetime64[us] dates, precision (day, month, year; null without a date), problem (null where there is none).

    Examples
    --------
    >>> dates, precisions, problems = read_dates(pd.Series(["2015-12-23", "٢٠١٧-٠٤", "32/13/2015"]))
    >>> precisions.tolist()[:2], problems[2]
    (['day', 'month'], "the date '32/13/2015' has no month 13")
    """
    if pd.api.types.is_datetime64_any_dtype(stated.dtype):
        return _read_datetimes(stated)
    written = _as_written(stated)
    distinct = pd.Series(written.dropna().unique(), dtype="str")
    if day_first is None:
        day_first = _day_first_of(distinct)
    readings = {value: _read(value, day_first) for value in distinct}
    days = {value: f"{r.year:04d}-{r.month:02d}-{r.day:02d}" for value, r in readings.items() if not r.problem}
    dates = pd.to_datetime(written.map(days), format="%Y-%m-%d").astype("datetime64[us]")
    precisions = written.map({value: r.precision for value, r in readings.items() if not r.problem}).astype("str")
    problems = written.map({value: r.problem for value, r in readings.items() if r.problem}).astype("str")
    return dates, precisions, problems


def _read_datetimes(stated: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    days = stated.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")
    odd = days.notna() & ~days.dt.year.between(_FIRST_YEAR, _LAST_YEAR)
    problems = pd.Series(None, index=stated.index, dtype="str")
    problems[odd] = [_year_problem(day.isoformat()[: -len("T00:00:00")], day.year) for day in days[odd]]
    days = days.where(~odd)
    precisions = pd.Series("day", index=stated.index, dtype="str").where(days.notna())
    return days, precisions, problems


def whole_numbers(column: pd.Series) -> pd.Series:
    """Return a column of floats as whole numbers where it holds nothing else, any other column as it is.

    Examples
    --------
    >>> whole_numbers(pd.Series([2015.0, None])).tolist(), whole_numbers(pd.Series([1e308])).tolist()
    ([2015, <NA>], [1e+308])
    """
    if not pd.api.types.is_float_dtype(column.dtype):
        return column
    given = column.dropna()
    exact = ((given % 1 == 0) & (given.abs() <= _LARGEST_EXACT)).all()
    return column.astype("Int64") if exact else column


def _as_written(stated: pd.Series) -> pd.Series:
    """Return the values as strings, 2015.0 as 2015, the empty ones null."""
    stated = whole_numbers(stated)
    strings = stated.astype("str").where(stated.notna())
    distinct = pd.Series(strings.dropna().unique(), dtype="str")
    bare = {value: value.translate(_INVISIBLE).strip() for value in distinct}
    strings = strings.map(bare).astype("str")
    return strings.where(strings != "")


def _day_first_of(distinct: pd.Series) -> bool | None:
    found = (_DAY_FIRST.fullmatch(value.translate(WESTERN_DIGITS)) for value in distinct)
    pairs = [(int(m[1]), int(m[3] or m[6])) for m in found if m]
    only_day_first = any(first > 12 >= second for first, second in pairs)
    only_month_first = any(second > 12 >= first for first, second in pairs)
    return only_day_first if only_day_first != only_month_first else None


def _read(value: str, day_first: bool | None) -> _Reading:
    plain = value.translate(WESTERN_DIGITS)
    if found := _YEAR.fullmatch(plain):
        return _checked(value, int(found[1]), 1, 1, "year")
    if found := _MONTH.fullmatch(plain):
        return _checked(value, int(found[1]), int(found[2]), 1, "month")
    if found := _DAY.fullmatch(plain):
        return _checked(value, int(found[1]), int(found[3]), int(found[4]), "day")
    if found := _COMPACT.fullmatch(plain):
        return _checked(value, int(found[1]), int(found[2]), int(found[3]), "day")
    if found := _DAY_FIRST.fullmatch(plain):
        year = int(found[4]) if found[4] else _whole_year(int(found[7]))
        return _two_way(value, int(found[1]), int(found[3] or found[6]), year, day_first)
    if (found := _NAMED.fullmatch(plain)) and (month := _month_of(found[2] or found[3])):
        return _checked(value, int(found[5]), month, int(found[1] or found[4]), "day")
    if "," in plain and (parts := parsedate_tz(plain)):
        return _checked(value, parts[0], parts[1], parts[2], "day")
    if any(letter.isalpha() for letter in plain) and (stamp := read_stamp(value, names_only=True)):
        day, precision = stamp
        n_numbers = len(re.findall(r"\d+", plain))
        if precision == "day" or (precision == "month" and n_numbers == 1):  # a year among words may number an issue
            return _checked(value, day.year, day.month, day.day, precision)
    return _Reading(problem=f"the date {value[:60]!r} is in no form that is read (2015-12-23, 23/12/2015, 2015)")


def _whole_year(year: int) -> int:
    """Return the year that two digits mean: 70 to 99 of the last century, 00 to 69 of this one."""
    return year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000)


def _month_of(name: str) -> int:
    name = name.lower()
    if name in _LONG_MONTHS:
        return _LONG_MONTHS.index(name) + 1
    return _MONTHS.index(name[:3]) + 1 if name in (*_MONTHS, "sept") else 0


def _two_way(value: str, first: int, second: int, year: int, day_first: bool | None) -> _Reading:
    if first <= 12 and second <= 12 and first != second and day_first is None:
        problem = f"the date {value!r} can be read day first or month first; say which by day_first"
        return _Reading(problem=problem)
    month_is_first = second > 12 >= first or (day_first is False and first <= 12)
    month, day = (first, second) if month_is_first else (second, first)
    return _checked(value, year, month, day, "day")


def _checked(value: str, year: int, month: int, day: int, precision: str) -> _Reading:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _Reading(problem=_year_problem(value, year))
    if not 1 <= month <= 12:
        return _Reading(problem=f"the date {value!r} has no month {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        return _Reading(problem=f"the date {value!r} has no day {day} in month {month}")
    return _Reading(year, month, day, precision)


def _year_problem(value: str, year: int) -> str:
    hint = "; a Hijri date has to be converted first" if 1300 <= year <= 1500 else ""
    return f"the date {value!r} has the year {year}, outside {_FIRST_YEAR} to {_LAST_YEAR}{hint}"

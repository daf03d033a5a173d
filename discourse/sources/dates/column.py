"""The date column of a corpus: days, months and years as numbers, read with their precision."""

import re

import pandas as pd

from discourse.errors import ResourceError
from discourse.sources.dates.formats import date_form
from discourse.sources.dates.stamps import Reading, among_years, read_field
from discourse.sources.dates.words import FIRST_YEAR, LAST_YEAR

__all__ = ["date_problem", "read_dates", "whole_numbers"]

_LARGEST_EXACT = 2**53  # whole numbers beyond it are no longer told apart as floats
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # October 1954 and January 2119 in spreadsheets
_LOST = re.compile("[?\ufffd]{2}")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_PROBLEMS = {
    "none": "is in no form that is read (2015-12-23, 23/12/2015, 2015)",
    "year": f"has a year outside {FIRST_YEAR} to {LAST_YEAR}",
    "month": "has a month that the calendar does not know",
    "day": "has a day that its month does not have",
    "calendars": "is another day in the one calendar than in the other",
    "no year": "has no year",
    "order": "can be read day first or month first; say which by day_first",
    "two-way year": "has a year of two digits that may stand first or last; say which by date_format",
    "hijri": "is a Hijri month or year, which lies in two of the common calendar",
    "solar": "is of the solar Hijri calendar, which is not converted",
    "counted": "is counted from a day that is not known",
    "serial": "is a number of days, as spreadsheets count them",
    "lost": "has question marks where its digits were lost",
    "form": "is not of the form that date_format names",
}


def read_dates(
    stated: pd.Series, *, day_first: bool | None = None, date_format: str | None = None
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Read a column of stated dates into dates, precisions and, where a value cannot be read, the problem.

    Read is what ``read_stamp`` reads: 2015-12-23 (also with ``/`` or ``.``, with a time behind it, as 20151223),
    2015-12 (month), 2015 (year), 23/12/2015, 23/12/15 (00 to 49 mean 2000 to 2049, 50 to 99 mean 1950 to
    1999), 23 December
    2015, December 23, 2015, the dates of mail and feeds, months by name in Arabic (every region's) and other languages,
    Hijri days, alone or beside the common ones; Eastern digits count as digits. The day is the one written down: a time
    zone is not applied. A month or a year is dated on its first day.

    ``03/04/2015`` is the third of April or the fourth of March. ``day_first`` decides; left null, the column decides:
    when some value of it can only be day first and none can only be month first (or the other way round), all are read
    that way; otherwise the two-way values are problems. A weekday or a Hijri date beside it shows the order as well.

    Parameters
    ----------
    stated : Series
        The column as it came: strings, numbers or datetimes; null and empty mean no date.
    day_first : bool, optional
        How to read 03/04/2015.
    date_format : str, optional
        The form of all values, as for ``datetime.strptime``: ``%d/%m/%Y``.

    Returns
    -------
    (Series, Series, Series)
        datetime64[us] dates, precision (day, month, year; null without a date), problem (null where there is none).

    Examples
    --------
    >>> dates, precisions, problems = read_dates(pd.Series(["2015-12-23", "٢٠١٧-٠٤", "32/13/2015"]))
    >>> precisions.tolist()[:2], problems[2]
    (['day', 'month'], 'the date has a month that the calendar does not know')
    """
    if pd.api.types.is_datetime64_any_dtype(stated.dtype):
        return _read_datetimes(stated)
    written = _as_written(stated)
    distinct = pd.Series(written.dropna().unique(), dtype="str")
    readings = _readings(distinct.tolist(), day_first, date_format)
    days = {value: found.day.isoformat() for value, found in readings.items() if found.day is not None}
    dates = pd.to_datetime(written.map(days), format="%Y-%m-%d").astype("datetime64[us]")
    precisions = written.map({value: readings[value].precision for value in days}).astype("str")
    wrong = {value: date_problem(found.problem) for value, found in readings.items() if found.day is None}
    return dates, precisions, written.map(wrong).astype("str")


def date_problem(problem: str) -> str:
    """Return the sentence on a kind of problem, as it stands among the reasons of rejects.

    Examples
    --------
    >>> date_problem("no year")
    'the date has no year'
    """
    return f"the date {_PROBLEMS.get(problem, problem)}"


def _readings(values: list[str], day_first: bool | None, date_format: str | None) -> dict[str, Reading]:
    if date_format is not None:
        read = date_form(date_format)
        return {value: read(value) for value in values}
    found = {value: _told(value, _reading(value)) for value in values}
    if day_first is None:
        shown = {reading.day_first for reading in found.values()} - {None}
        day_first = shown.pop() if len(shown) == 1 else None
    settled = {value: _in_order(reading, day_first) for value, reading in found.items()}
    years = {reading.day.year for reading in settled.values() if reading.day is not None}
    return {value: among_years(reading, years) for value, reading in settled.items()}


def _reading(value: str) -> Reading:
    try:
        return read_field(value)
    except ResourceError as error:  # the Hijri calendar is not installed: this record, not the run
        return Reading(problem=f"cannot be converted: {error}")


def _told(value: str, reading: Reading) -> Reading:
    """Name what a value that is no date looks like: a spreadsheet's number of a day, or digits lost on the way."""
    if reading.day is not None or reading.other is not None or reading.choices:
        return reading
    if _SERIAL.fullmatch(value.strip()) and _FIRST_SERIAL <= float(value) < _LAST_SERIAL:
        return Reading(problem="serial")
    return Reading(problem="lost") if _LOST.search(value) else reading


def _in_order(reading: Reading, day_first: bool | None) -> Reading:
    if reading.other is None:
        return reading
    if day_first is None:
        return Reading(problem="order")
    return reading if day_first else reading._replace(day=reading.other)


def _read_datetimes(stated: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    days = stated.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")
    odd = days.notna() & ~days.dt.year.between(FIRST_YEAR, LAST_YEAR)
    problems = pd.Series(date_problem("year"), index=stated.index, dtype="str").where(odd)
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

"""Dates counted from the publication day: today, Wednesday, last month, three days ago."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from discourse.sources.dates.patterns import (
    A_BETTER,
    AFTER_TODAY,
    AGO,
    AHEAD,
    FUTURE,
    NEXT_DAY,
    NOT_BACK,
    NOT_TODAY,
    NOT_WEEKDAY,
    ON_WEEKDAY,
    PART_OF_PERIOD,
    PERIOD,
    TODAY_AS_NAME,
    WORD_DAY,
    Expression,
    relation,
)
from discourse.sources.dates.words import (
    PARTS,
    WEEKDAYS,
    WORDS,
    bare,
    word_number,
)

__all__ = ["day_words", "neighbour_days", "parts_of_period", "periods", "times_ago", "times_ahead", "weekdays"]

_STEPS = WORDS.mapped("day_words")
_TOMORROW = WORDS.listed("bare_tomorrow")
_BEFORE_LAST = WORDS.only("before_last")
_PERIODS = WORDS.mapped("periods")
_BARE_PERIODS = WORDS.mapped("bare_periods")
_SINCE = WORDS.only("since")
_UNITS = WORDS["units"]
_TWO = {bare(word) for forms in _UNITS.values() for word in forms["two"]}
_MANY = {bare(word) for forms in _UNITS.values() for word in forms["many"]}
_NEIGHBOURS = WORDS.mapped("neighbour_days")


def day_words(text: str, day: date | None) -> Iterator[Expression]:
    """Yield today, yesterday, tomorrow and their neighbours, with a weekday behind them."""
    for match in WORD_DAY.finditer(text):
        word = bare(match["w"])
        start, end = match.start("x"), match.end("x")
        if _STEPS[word] == 0 and not match["wd"]:
            if TODAY_AS_NAME.match(text, end) or (not match["part"] and AFTER_TODAY.match(text, end)):
                continue
            if not match["part"] and NOT_TODAY.search(text[max(0, match.start() - 12) : match.start("w")]):
                continue
        if word in _TOMORROW and A_BETTER.match(text, end):
            continue
        found = day + timedelta(days=_STEPS[word]) if day else None
        basis = "relative"
        if found and match["wd"] and found.weekday() != WEEKDAYS[match["wd"]]:
            basis = "conflict"
        yield _with_part(match, start, end, found, basis)


def _with_part(match: re.Match[str], start: int, end: int, found: date | None, basis: str) -> Expression:
    value = found.isoformat() if found else None
    if match["part"]:
        return Expression(start, end, "time", value and value + PARTS[match["part"]], "day", basis)
    return Expression(start, end, "date", value, "day", basis)


def weekdays(text: str, day: date | None) -> Iterator[Expression]:
    """Yield weekdays."""
    for match in ON_WEEKDAY.finditer(text):
        if NOT_WEEKDAY.search(text[max(0, match.start("x") - 12) : match.start("wd")]) and not match["part"]:
            continue
        found = None
        if day:
            which = relation(match)
            ahead = which == "next" or (not which and _is_future(text, match.start("x")))
            gap = (
                (WEEKDAYS[match["wd"]] - day.weekday()) % 7 if ahead else -((day.weekday() - WEEKDAYS[match["wd"]]) % 7)
            )
            if gap == 0 and which in ("next", "past"):
                gap = 7 if which == "next" else -7
            found = day + timedelta(days=gap)
        yield _with_part(match, match.start("x"), match.end("x"), found, "weekday")


def periods(text: str, day: date | None) -> Iterator[Expression]:
    """Yield this, last and next week, month, year, season, decade, century."""
    for match in PERIOD.finditer(text):
        which = relation(match) or ("this" if match["this0"] else "")
        unit = _PERIODS[match["unit"]]
        if not which or (unit == "century" and not match["this0"]):
            continue
        step = {"past": -1, "this": 0, "next": 1}[which] - (match["past"] == _BEFORE_LAST)
        value, precision = _shift(unit, step, day)
        yield Expression(match.start("x"), match.end("x"), "date", value, precision, "relative")


def parts_of_period(text: str, day: date | None) -> Iterator[Expression]:
    """Yield parts of a week, month or year without a name: نهاية الشهر is of this one, نهاية شهر of one not told."""
    for match in PART_OF_PERIOD.finditer(text):
        if match["unit"]:
            value, precision = _shift(_PERIODS[match["unit"]], 0, day)
            basis = "nearest"
        else:
            value, precision, basis = None, _BARE_PERIODS[match["bare"]], "relative"
        if precision != "century":
            yield Expression(match.start("x"), match.end("x"), "date", value, precision, basis)


def _shift(unit: str, step: int, day: date | None) -> tuple[str | None, str]:
    """Return the value and precision of the last, this or next week, month, year, season, decade."""
    precision = unit if unit in ("week", "month", "year", "decade", "century") else "season"
    if day is None:
        return None, precision
    if precision == "week":
        iso = (day + timedelta(days=7 * step)).isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}", precision
    if precision == "month":
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}", precision
    if precision == "century":
        return str(day.year // 100 + step), precision
    if precision == "decade":
        return str(day.year // 10 + step), precision
    year = day.year + step
    return (f"{year:04d}", precision) if precision == "year" else (f"{year:04d}-{unit}", precision)


def times_ago(text: str, day: date | None) -> Iterator[Expression]:
    """Yield spans of time back from the publication day: قبل ثلاثة أيام, منذ عامين."""
    for match in AGO.finditer(text):
        unit = next(name for name in _UNITS if match[name])
        word = bare(match["u"])
        dual, plural = word in _TWO, word in _MANY
        if (plural and not match["n"]) or (match["n"] and dual) or NOT_BACK.match(text, match.end()):
            continue
        if not match["n"] and match["how"] == _SINCE and unit == "day" and not dual:
            continue
        n = word_number(match["n"]) if match["n"] else 2 if dual else 1
        value = _back(unit, n, day) if day else None
        yield Expression(match.start("x"), match.end("x"), "date", value, "day" if unit == "week" else unit, "relative")


def _back(unit: str, n: int, day: date) -> str | None:
    if unit in ("day", "week"):
        return (day - timedelta(days=n * (7 if unit == "week" else 1))).isoformat()
    if unit == "month":
        months = day.year * 12 + day.month - 1 - n
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "year":
        return f"{day.year - n:04d}" if day.year - n > 0 else None
    years = day.year - n * (10 if unit == "decade" else 100)
    if years <= 0:
        return None
    return str(years // 10) if unit == "decade" else str(years // 100)


def times_ahead(text: str, day: date | None) -> Iterator[Expression]:
    """Yield spans of time ahead: بعد يومين. From the publication day where the clause speaks of the future, else null.

    In an account of the past *after forty years* is counted from what was told before, which the words do not say.
    """
    for match in AHEAD.finditer(text):
        unit = next(name for name in _UNITS if match[name])
        word = bare(match["u"])
        dual, plural = word in _TWO, word in _MANY
        future = _is_future(text, match.start("x")) and NOT_BACK.match(text, match.end()) is None
        if (plural and not match["n"]) or (match["n"] and dual) or not (match["n"] or dual or future):
            continue
        n = word_number(match["n"]) if match["n"] else 2 if dual else 1
        value = _back(unit, -n, day) if day and future else None
        precision = "day" if unit == "week" else unit
        yield Expression(
            match.start("x"), match.end("x"), "date", value, precision, "relative" if future else "anaphoric"
        )


def _is_future(text: str, start: int) -> bool:
    clause = re.split(r"[.،؛:!؟\n]", text[max(0, start - 70) : start])[-1]
    return FUTURE.search(clause) is not None


def neighbour_days(text: str, day: date | None) -> Iterator[Expression]:
    """Yield the following and the preceding day, to be counted from the day named before."""
    for match in NEXT_DAY.finditer(text):
        step = f"{_NEIGHBOURS[bare(match['w'])]:+d}"
        yield Expression(match.start("x"), match.end("x"), "date", step, "day", "anaphoric")

"""Dates of a calendar: a day, a month, in numbers or words, Gregorian or Hijri."""

import re
from collections.abc import Iterator
from datetime import date

from discourse.sources.dates.patterns import (
    A_NAME,
    ATTACKS,
    FULL,
    IN_MONTH,
    NEXT,
    NUMERIC,
    PAIR,
    PAST,
    Expression,
    near_months,
    relation,
    within,
)
from discourse.sources.dates.words import (
    WORDS,
    day_number,
    full_year,
    hijri_day,
    hijri_interval,
    hijri_number,
    hijri_year_of,
    is_weak_month,
    month_numbers,
)

__all__ = ["full_dates", "month_dates", "numeric_dates"]


_HIJRI_ERAS = WORDS.listed("hijri_era")
_SECOND_HALVES = WORDS.listed("second_halves")
_AND = WORDS.only("and")
_FATHER = WORDS.only("august_or_father")


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_dates(text: str, day: date | None) -> Iterator[Expression]:
    """Yield dates in digits: 2015-12-23, 23/12/2015, 28 / 7 / 1433هـ."""
    for match in NUMERIC.finditer(text):
        a, b, c = match["a"], match["b"], match["c"]
        if match["sep"] == "-" and text[match.start() - 1 : match.start()] == "-":
            continue  # the middle of a longer row of numbers
        if len(a) > 2 and len(c) <= 2:
            a, c = c, a
        elif len(a) > 2 or len(c) not in (2, 4) or (len(c) == 2 and match["sep"] != "/"):
            continue
        year, first, second = int(c) if len(c) > 2 else full_year(int(c)), int(a), int(b)
        if 1300 <= year <= 1500:
            found, other = hijri_day(year, second, first), None
            found = found or hijri_day(year, first, second)
            basis = "hijri"
        else:
            found, other, basis = _make_day(year, second, first), _make_day(year, first, second), "numeric"
            if len(match["a"]) > 2:
                other = None
        if not found:
            found, other = other, None
        if found and year >= 1300:
            alternative = other.isoformat() if other and other != found else None
            yield Expression(match.start(), match.end(), "date", found.isoformat(), "day", basis, alternative)


def _year_shift(word: str | None) -> int | None:
    if not word:
        return None
    return -1 if re.fullmatch(PAST, word) else 1 if re.fullmatch(NEXT, word) else 0


def _guess_year(month: int, dom: int, relation: str, day: date) -> int:
    """Return the year of a date named without one: past eight months to four months ahead, unless the text says."""
    if relation == "this":
        return day.year
    here = (month, dom) if dom else (month, 0)
    now = (day.month, day.day) if dom else (day.month, 0)
    if relation == "past":
        return day.year if here < now else day.year - 1
    if relation == "next":
        return day.year if here > now else day.year + 1
    gap = (month - day.month) * 30 + ((dom or 15) - (day.day if dom else 15))
    return day.year + 1 if gap < -245 else day.year - 1 if gap > 122 else day.year


def _year_of(match: re.Match[str], month: int, dom: int, day: date | None) -> tuple[int | None, str]:
    """Return the year of a day or month expression, and what it rests on."""
    if match["y"]:
        return int(match["y"]), "explicit"
    shift = _year_shift(match["yrel"])
    if day is None:
        return None, "relative"
    if shift is not None:
        return day.year + shift, "relative"
    return _guess_year(month, dom, relation(match), day), "relative" if relation(match) else "nearest"


def _is_hijri(match: re.Match[str], year: int | None) -> bool:
    return bool(match["h"]) or match["era"] in _HIJRI_ERAS or (year is not None and year < 1500)


def full_dates(text: str, day: date | None) -> Iterator[Expression]:
    """Yield days with a month in words, and the first day of a pair (10 و11 أبريل)."""
    near = near_months(text)
    for match in within(FULL, text, near):
        if match["d"] and text[match.end("d") : match.end("d") + 1].isalpha() and not (match["m"] or match["h"]):
            continue
        start = match.start("x")
        if not match["y"] and A_NAME.search(text[max(0, start - 12) : start]):
            continue
        if match["o"] in _SECOND_HALVES and text[start - 1 : start] == _AND:
            continue  # the second half of a number of which the first is spelled in another way
        yield _one_day(match, start, match.end("x"), match["d"] or match["o"], day, text)
    for pair in within(PAIR, text, near):
        # a conjunction written onto the second day (10 و11) is read with it, as in any expression
        match = FULL.match(text, pair.end()) or FULL.match(text, pair.start("joint"))
        if match:
            yield _one_day(match, pair.start("x"), pair.end("x"), pair["d"], day, text)


def _one_day(match: re.Match[str], start: int, end: int, number: str, day: date | None, text: str) -> Expression:
    dom = day_number(number)
    if match["h"]:
        month = hijri_number(match["h"])
        year = int(match["y"]) if match["y"] else hijri_year_of(day) if day else None
        found = hijri_day(year, month, dom) if year else None
        return Expression(start, end, "date", found and found.isoformat(), "day", "hijri")
    month = month_numbers(match["m"])[0]
    if (month, dom) == (9, 11) and not match["y"] and ATTACKS.search(text[max(0, start - 20) : start]):
        return Expression(start, end, "date", "2001-09-11", "day", "explicit")
    year, basis = _year_of(match, month, dom, day)
    found = _make_day(year, month, dom) if year else None
    return Expression(start, end, "date", found and found.isoformat(), "day", basis)


def month_dates(text: str, day: date | None) -> Iterator[Expression]:
    """Yield months, with or without a year."""
    for match in within(IN_MONTH, text, near_months(text)):
        held = match["y"] or match["yrel"] or relation(match) or match["word"]
        if match["h"]:
            if held and (match["y"] or match["word"]):
                yield _hijri_month(match, day)
            continue
        if re.search(r"\d\s+$", text[max(0, match.start("x") - 4) : match.start("x")]):
            continue  # a day stands before it: the rule of days has decided
        weak = is_weak_month(match["m"])
        before = text[match.start("x") - 1 : match.start("x")]
        if not held and (weak or (before.isalpha() and match["m"].startswith(_FATHER))):
            continue
        month = month_numbers(match["m"])[0]
        if month == 8 and match["m"] == _FATHER and not (match["y"] or match["word"] or relation(match)):
            continue
        if month == 9 and not match["y"] and not relation(match) and ATTACKS.search(text[: match.start("x")][-20:]):
            yield Expression(match.start("x"), match.end("x"), "date", "2001-09", "month", "explicit")
            continue
        year, basis = _year_of(match, month, 0, day)
        value = f"{year:04d}-{month:02d}" if year else None
        yield Expression(match.start("x"), match.end("x"), "date", value, "month", basis)


def _hijri_month(match: re.Match[str], day: date | None) -> Expression:
    year = int(match["y"]) if match["y"] else hijri_year_of(day) if day else None
    found = hijri_interval(year, hijri_number(match["h"])) if year else None
    value = f"{found[0].isoformat()}/{found[1].isoformat()}" if found else None
    return Expression(match.start("x"), match.end("x"), "date", value, "month", "hijri")

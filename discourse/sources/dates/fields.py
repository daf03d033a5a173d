"""A short field in one spelling, and every date that it prints: by name or in digits, of either calendar."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple

from discourse.language.arabic.normalization import TATWEEL
from discourse.language.arabic.plain import plain_text
from discourse.language.words import read_words
from discourse.sources.dates.words import DAY_ORDINAL, HIJRI_NAMES, MONTH_NAMES, day_number

__all__ = [
    "FIELD_WORDS",
    "GAP",
    "MONTH_NUMBERS",
    "Printed",
    "any_of",
    "any_word",
    "field_text",
    "month_pattern",
    "printed_dates",
    "without_hours",
]

FIELD_WORDS = read_words(files("discourse.sources.dates") / "stamps.yml")
GAP = "\u00a4"  # stands where an hour, a zone, the number of an issue stood
_DASHES = re.compile(f"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d{TATWEEL}]")
_SLASHES = re.compile("[\u060d\u2044\u2215\\\\]")
_DIGIT = re.compile(r"[^\D0-9]")  # of another script


class Printed(NamedTuple):
    """One date as a field prints it: the numbers, with null for what is not printed."""

    start: int
    end: int
    calendar: str  # common, hijri, solar
    year: int | None
    month: int | None
    day: int | None
    two_way: bool = False  # the day and the month are numbers that stand in this order or in the other
    n_digits: int = 4  # of the year


def field_text(text: str) -> str:
    """Return a field in lower case and in one spelling: letters, digits, dashes and slashes of every kind are one.

    Examples
    --------
    >>> field_text("٢٣ كانون اﻷول \u2013 ２０１５")
    '23 كانون الاول - 2015'
    """
    if text.isascii():
        return text.lower().replace("\\", "/")
    plain = unicodedata.normalize("NFKC", plain_text(unicodedata.normalize("NFC", text)).text).lower()
    plain = _SLASHES.sub("/", _DASHES.sub("-", plain))
    return _DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), plain)


def any_of(*keys: str) -> str:
    """Return a pattern for any word of the lists, in the spelling of ``field_text``, the longer ones first."""
    return any_word(word for key in keys for word in FIELD_WORDS[key])


def any_word(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, in the spelling of ``field_text``, the longer ones first."""
    spelled = sorted({field_text(word) for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in spelled)


def _months() -> dict[str, int]:
    found = {field_text(name): number for name, number in MONTH_NAMES.items()}
    found |= {field_text(name): n for n, names in enumerate(FIELD_WORDS["months"], 1) for name in names}
    return found


MONTH_NUMBERS = _months()
_BEHIND_DAY = {field_text(name): n for n, name in enumerate(FIELD_WORDS["months_behind_day"], 1)}
_MONTHS_BY_NAME = MONTH_NUMBERS | _BEHIND_DAY
_HIJRI_MONTHS = {field_text(name): number for name, number in HIJRI_NAMES.items()}
_SOLAR = {field_text(name) for name in FIELD_WORDS["solar_months"]}
_NAME = rf"(?<![^\W\d_])(?:{any_word([*MONTH_NUMBERS])})\.?(?![^\W\d_])"
_NAME_BEHIND_DAY = rf"(?<![^\W\d_])(?:{any_word([*MONTH_NUMBERS, *_BEHIND_DAY])})\.?(?![^\W\d_])"
_HIJRI_NAME = rf"(?<!\w)(?:{any_word([*_HIJRI_MONTHS])})(?!\w)"
_SOLAR_NAME = rf"(?<!\w)(?:{any_word([*_SOLAR])})(?!\w)"
_FIND_MONTH = re.compile(_NAME_BEHIND_DAY)

# Hours, zones, numbers of issues --------------------------------------------------------------------
_ZONE = (
    rf"(?:\s*(?:z(?!\w)|[+-](?:0\d|1[0-4]):?[0-5]\d(?![\d/.\-])|(?:{any_of('zones')})(?:[+-]\d{{1,2}}(?!\d))?(?!\w)))"
)
_HALF = rf"(?:\s*(?:{any_of('behind_hour')})(?!\w))"
_HOURS = re.compile(
    rf"(?:(?<=\d)t|(?<![\d:]))\d{{1,2}}\s?(?::|h(?=\d))\s?\d{{2}}(?:\s?:\s?\d{{2}})?(?:[.,]\d{{1,9}})?(?!\d){_HALF}*{_ZONE}*"
    rf"|(?<![\d/.\-])\d{{1,2}}(?:\.\d{{2}})?{_HALF}+{_ZONE}*"
    rf"|(?<!\w)(?:{any_of('before_hour')})\s*:?\s*\d{{1,2}}(?:[.:]\d{{2}})?(?![\d/.\-])(?!\s*{_NAME}){_HALF}*"
    r"|(?<![\w.,/\-])\d{1,2}\.\d{2}(?![\d.\-/])(?!\s?\.\s?\d)"
)
_LATIN_HALF = re.compile(rf"\d\s?(?:{any_of('latin_halves')})(?!\w)")
_IS_DATE = r"(?!\s?([/.\-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d{2})(?!\d|\s?\1\s?\d))"
_IS_DATE_TOO = _IS_DATE.replace(r"\1", r"\2")
_ISSUES = re.compile(
    rf"(?<!\w)(?:{any_of('before_number')})\s*[:#.=]?\s*[(\[]?\s*\d{{1,6}}(?!\d){_IS_DATE}\s*[)\]]?"
    rf"|(?<!\w)(?:{any_of('before_volume')})\s*[:#.=]?\s*[(\[]?\s*\d{{1,3}}(?!\d){_IS_DATE_TOO}\s*[)\]]?"
)


def without_hours(plain: str) -> tuple[str, bool]:
    """Return a field with a gap for each hour and each number of an issue, and whether AM or PM stands by an hour."""
    american = _LATIN_HALF.search(plain) is not None
    return _HOURS.sub(f" {GAP} ", _ISSUES.sub(f" {GAP} ", plain)), american


# Dates ----------------------------------------------------------------------------------------------
_ERA = (
    rf"(?:\s*\(?(?:(?P<solar>{any_of('solar')})|(?P<hijri>{any_of('hijri')})|(?P<common>{any_of('common')}))"
    r"(?!\w)\.?\)?)?"
)
_OF_MONTH = rf"(?:{any_of('before_month')})\s+"
_TO_MONTH = rf"\s*[,،\-/_.|]?\s*(?:{_OF_MONTH})?"
_TO_YEAR = rf"[\s,،.\-/_|(){GAP}]*(?:(?:{any_of('before_year')})\s*)?"
_YEAR = r"(?P<year>\d{4}(?!\d)|(?P<short>'?\d{2}(?![\d:])))"
_DAY = (
    rf"(?:(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|o|\.)?{_TO_MONTH}"
    rf"|(?<!\w)(?P<ordinal>{DAY_ORDINAL})\s+{_OF_MONTH})"
)
_SECOND = rf"(?:\s*[/(\-,]?\s*{_NAME}\)?)?"
_DAY_MONTH = re.compile(
    rf"{_DAY}(?:(?P<month>{_NAME_BEHIND_DAY}{_SECOND})|(?P<of_hijri>{_HIJRI_NAME})|(?P<of_solar>{_SOLAR_NAME}))"
    rf"(?:{_TO_YEAR}{_YEAR}{_ERA})?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_NAME}{_SECOND})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)[\s,.{GAP}]+(?:[^\W\d_]+[\s,]+)?(?P<year>\d{{4}})(?!\d){_ERA}"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})[\s,\-/.]*(?P<month>{_NAME}{_SECOND})[\s,\-/.]*(?P<day>\d{{1,2}})(?![\d:])"
)
_MONTH_YEAR = re.compile(
    rf"(?:(?P<month>{_NAME}{_SECOND})|(?P<of_hijri>{_HIJRI_NAME})){_TO_YEAR}(?P<year>\d{{4}})(?!\d){_ERA}"
)
_IDEOGRAPHS = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?:(?P<day>\d{1,2})\s*[日일])?"
)
_NUMBERS = re.compile(
    rf"(?=(?<!\d)(?P<a>\d{{1,4}})\s?(?P<sep>[-/._|])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<c>\d{{1,4}})(?!\d){_ERA})"
)
_TWO_NUMBERS = re.compile(
    r"(?<![\d/.\-])(?:(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})|(?P<month2>\d{1,2})\s?[/.\-]\s?(?P<year2>\d{4}))(?![\d])(?!\s?[-/.]\s?\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:18|19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:t?\d{4,6}z?)?(?!\d)")
_HIJRI_COMPACT = re.compile(r"(?P<year>1[34]\d{2})(?P<month>\d{2})(?P<day>\d{2})")


def month_pattern() -> str:
    """Return a pattern for the name of a month in any of the languages, as ``field_text`` spells it."""
    return _NAME


def printed_dates(plain: str) -> list[Printed]:
    """Return the dates that a field without hours prints, in their order; where two overlap, the fuller one.

    Parameters
    ----------
    plain : str
        A field as ``without_hours`` gives it.
    """
    found = [*_named(plain), *_in_digits(plain)]
    found.sort(key=lambda one: (-_fullness(one), one.start - one.end, one.start))
    kept: list[Printed] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


def _fullness(one: Printed) -> int:
    return (one.year is not None) + (one.month is not None) + (one.day is not None)


def _named(plain: str) -> Iterator[Printed]:
    place = 0
    while match := _DAY_MONTH.search(plain, place):
        found = _by_name(match)
        place = found.end if found else match.end()  # two digits that are no year may begin the next date
        yield from [found] if found else []
    for pattern in (_MONTH_DAY, _YEAR_FIRST, _MONTH_YEAR):
        yield from filter(None, map(_by_name, pattern.finditer(plain)))
    for match in _IDEOGRAPHS.finditer(plain):
        day = match["day"]
        yield Printed(*match.span(), "common", int(match["year"]), int(match["month"]), int(day) if day else None)


def _by_name(match: re.Match[str]) -> Printed | None:
    held = match.groupdict()
    day = held.get("day") or held.get("ordinal")
    number = (int(day) if day.isdigit() else day_number(day)) if day else None
    year, short = held.get("year"), held.get("short")
    end = match.end()
    if short and not _is_year(match, short):
        year, short, end = None, None, match.start("year")
    whole = int(year.lstrip("'")) if year else None
    n_digits = 2 if short else 4
    if held.get("of_solar") or held.get("solar"):
        return Printed(match.start(), end, "solar", whole, None, number, n_digits=n_digits)
    if held.get("of_hijri"):
        month = _HIJRI_MONTHS[_one(match["of_hijri"])]
        fits = not held.get("common") and not short and (whole is None or whole <= 1500)
        return Printed(match.start(), end, "hijri", whole, month, number) if fits else None
    if held.get("hijri"):
        return None
    months = [_MONTHS_BY_NAME[_one(name.group())] for name in _FIND_MONTH.finditer(match["month"])]
    month = months[0] if len(set(months)) == 1 else 0  # two names that are not one month: no month
    return Printed(match.start(), end, "common", whole, month, number, n_digits=n_digits)


def _one(name: str) -> str:
    return re.sub(r"\s+", " ", name.rstrip("."))


def _is_year(match: re.Match[str], short: str) -> bool:
    """Tell whether two digits behind a month are a year: written onto it (23-Dec-69), or the last of a mail's date."""
    before = match.string[match.end("month") if match["month"] else match.start("year") : match.start("year")]
    if short.startswith("'") or before in ("-", "/", "_", ".-"):
        return True
    rest = match.string[match.end() :].replace(GAP, " ").strip(" .,-|")
    return not rest and GAP not in before


def _in_digits(plain: str) -> Iterator[Printed]:
    for match in _NUMBERS.finditer(plain):
        yield from _three_numbers(match)
    for match in _COMPACT.finditer(plain):
        yield Printed(*match.span(), "common", int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _HIJRI_COMPACT.fullmatch(plain.strip()):
        yield Printed(*match.span(), "hijri", int(match["year"]), int(match["month"]), int(match["day"]))
    for match in _TWO_NUMBERS.finditer(plain):
        year, month = int(match["year"] or match["year2"]), int(match["month"] or match["month2"])
        calendar = "hijri" if 1300 <= year <= 1500 else "common"
        yield Printed(*match.span(), calendar, year, month, None)


def _three_numbers(match: re.Match[str]) -> Iterator[Printed]:
    a, b, c, sep = match["a"], match["b"], match["c"], match["sep"]
    start, end = match.start("a"), match.end("c")
    string = match.string
    if re.search(rf"\d\s?{re.escape(sep)}\s?$", string[max(0, start - 4) : start]):
        return  # the middle of a longer row of numbers
    if len(c) != 4 and re.match(rf"\s?{re.escape(sep)}\s?\d", string[end : end + 4]):
        return
    end = max([end, *(match.end(era) for era in ("solar", "hijri", "common") if match[era])])
    if len(a) == 4 and len(c) <= 2:
        year, month, day, two_way, n_digits = int(a), int(b), int(c), False, 4
    elif len(c) == 4 and len(a) <= 2:
        year, month, day, two_way, n_digits = int(c), int(b), int(a), True, 4
    elif len(c) == 2 and len(a) <= 2:
        year, month, day, two_way, n_digits = int(c), int(b), int(a), True, 2
        if sep in "-_":
            n_digits = -2  # 15-12-23: the year may stand first or last
    else:
        return
    if match["solar"]:
        calendar = "solar"
    elif match["hijri"] or (n_digits == 4 and 1300 <= year <= 1500 and not match["common"]):
        calendar = "hijri"
    else:
        calendar = "common"
    yield Printed(start, end, calendar, year, month, day, two_way, n_digits)

"""Dates as vendors, feeds and pages print them, in the languages of their interfaces.

This reads the date *of* a record, a short field. Dates inside a text are the matter of
``discourse.sources.dates.text``.
"""

import datetime
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.normalization import TATWEEL
from discourse.language.words import read_words

__all__ = ["Stamp", "read_stamp"]

Stamp = tuple[datetime.date, str]

_WORDS = read_words(files("discourse.sources.dates") / "stamps.yml")
_MONTH_OF = {name: number for number, names in enumerate(_WORDS["months"], start=1) for name in names}
_NAMES = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in _MONTH_OF), key=len, reverse=True))
_MONTH = rf"(?<![^\W\d_])({_NAMES})\.?(?![^\W\d_])"
_OF, _OF_DAY = (f"(?:{'|'.join(_WORDS[key])})" for key in ("of", "of_behind_day"))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ISO_MONTH = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?![-\d])")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?(?!\d)")
_IDEOGRAPHS = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?")
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:er|st|nd|rd|th|º|\.)?[\s,\-]*(?:de\s+|du\s+|of\s+)?{_MONTH}(?:\s*[/(]\s*{_MONTH}\)?)?"
    rf"[\s,.\-]*(?:{_OF_DAY}\s+)?(\d{{4}}|\d{{2}}(?![\d:]))(?!\d)"
)
_MONTH_DAY = re.compile(rf"{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)[\s,.]+(?:[^\W\d_]+[\s,]+)?(\d{{4}})(?!\d)")
_MONTH_YEAR = re.compile(rf"{_MONTH}(?:\s*[/(]\s*{_MONTH}\)?)?[\s,.\-]*(?:{_OF}\s+)?(\d{{4}})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_MARKS = re.compile(f"[{LANGUAGE.marks}{TATWEEL}\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_stamp(text: str | None, *, month_first: bool = False, names_only: bool = False) -> Stamp | None:
    """Return the date that a short field prints, and its precision; null where it prints none.

    Months are read in Arabic (all regional names), English, French, German, Spanish, Italian, Portuguese, Russian,
    Turkish, Chinese, Japanese and Korean, digits in any script; for other languages dateparser is asked. The day is the
    printed one: no time zone is applied. A day that the calendar does not know (32/13/2015) is no date.

    Parameters
    ----------
    text : str
        The field.
    month_first : bool
        Read 03/04/2015 as 4 March; by default as 3 April, as Arabic, British and French vendors print it.
    names_only : bool
        Ask no further once the tables above find nothing (for text that need not be a date at all).

    Examples
    --------
    >>> read_stamp("الأربعاء ٢٣ كانون الأول/ديسمبر ٢٠١٥")
    (datetime.date(2015, 12, 23), 'day')
    >>> read_stamp("December 19, 1991, Sunday, An Edition"), read_stamp("janvier 2013")[1]
    ((datetime.date(1991, 12, 19), 'day'), 'month')
    """
    if not text or not text.strip():
        return None
    plain = "".join(
        str(unicodedata.digit(char))
        if char.isdigit() and not char.isascii() and unicodedata.digit(char, None) is not None
        else char
        for char in _MARKS.sub("", text)
    ).lower()
    for found in _candidates(plain, month_first):
        if found is not None:
            return found
    if names_only or len(plain) > 80 or not any(char.isdigit() for char in plain) or _SLASHES.search(plain):
        return _only_year(plain)
    return _by_dateparser(text) or _only_year(plain)


def _candidates(plain: str, month_first: bool):
    if found := _ISO.search(plain):
        yield _day(*found.groups())
    if found := _DAY_MONTH.search(plain):
        day, month, _, year = found.groups()
        yield _day(year, _number(month), day)
    if found := _MONTH_DAY.search(plain):
        month, day, year = found.groups()
        yield _day(year, _number(month), day)
    if found := _IDEOGRAPHS.search(plain):
        year, month, day = found.groups()
        yield _day(year, month, day) if day else _month(year, int(month))
    if found := _SLASHES.search(plain):
        first, second, year = found.groups()
        yield _day(year, first, second) if month_first else (_day(year, second, first) or None)
    if found := _COMPACT.search(plain):
        yield _day(*found.groups())
    if found := _ISO_MONTH.search(plain):
        yield _month(found.group(1), int(found.group(2)))
    if found := _MONTH_YEAR.search(plain):
        month, _, year = found.groups()
        yield _month(year, _number(month))


def _number(month: str) -> int:
    return _MONTH_OF[re.sub(r"\s+", " ", month)]


def _day(year: str, month: str | int, day: str) -> Stamp | None:
    whole = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
    try:
        return datetime.date(whole, int(month), int(day)), "day"
    except ValueError:
        return None


def _month(year: str, month: int) -> Stamp | None:
    return (datetime.date(int(year), month, 1), "month") if 1 <= month <= 12 else None


def _only_year(plain: str) -> Stamp | None:
    found = _YEAR.search(plain)
    if found is None or _SLASHES.search(plain) or _ISO.search(plain):
        return None
    return datetime.date(int(found.group(1)), 1, 1), "year"


@lru_cache(maxsize=4096)
def _by_dateparser(text: str) -> Stamp | None:
    import dateparser  # loading it takes a second, and few fields need it

    found = dateparser.parse(text, settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
    return None if found is None else (found.date(), "day")

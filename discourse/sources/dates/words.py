"""The words that dates are made of, in folded spelling: months of every region, days, numbers."""

import re
from datetime import date, timedelta
from types import ModuleType

from discourse.errors import ResourceError
from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.normalization import WESTERN_DIGITS

__all__ = [
    "DAY_ORDINAL",
    "FIRST_YEAR",
    "HIJRI",
    "HIJRI_NAMES",
    "LAST_YEAR",
    "MONTH",
    "MONTH_NAMES",
    "NUMBER",
    "PART_OF_DAY",
    "PARTS",
    "WEEKDAY",
    "WEEKDAYS",
    "WORDS",
    "bare",
    "day_number",
    "fold_digits",
    "full_year",
    "hijri_day",
    "hijri_interval",
    "hijri_number",
    "hijri_year_of",
    "is_weak_month",
    "month_numbers",
    "word_number",
]

WORDS = LANGUAGE.words("dates")
FIRST_YEAR, LAST_YEAR = 1800, 2100
"""A document is dated within these years; another one is no date of a document."""
_THIS_CENTURY = 50


def full_year(year: int) -> int:
    """Return the year that two digits mean: 00 to 49 of this century, 50 to 99 of the last one (RFC 5322, 4.3).

    Examples
    --------
    >>> full_year(49), full_year(50)
    (2049, 1950)
    """
    return year + (2000 if year < _THIS_CENTURY else 1900)


def fold_digits(text: str) -> str:
    """Fold letters as the language folds them and digits to Western ones; offsets stay.

    Examples
    --------
    >>> fold_digits("١٥ أيلول")
    '15 ايلول'
    """
    return LANGUAGE.fold(text).translate(WESTERN_DIGITS)


def bare(words: str) -> str:
    """Return words that a pattern found without marks and with single blanks: the key of a mapping of words."""
    return " ".join(LANGUAGE.bare(words).split())


def _numbered(key: str) -> dict[str, int]:
    """Return name to number of a list of lists of names."""
    return {bare(name): number for number, names in enumerate(WORDS[key], 1) for name in names}


MONTH_NAMES = _numbered("months")
HIJRI_NAMES = _numbered("hijri_months")
_WEAK = set(WORDS.listed("weak_months"))


def _either(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


_NAME = rf"(?:{_either(list(MONTH_NAMES))})(?!\w)"
# يوليو تموز: the two names of one month side by side, without a mark between them.
_TWICE = "|".join(
    rf"(?:{names})\s(?:{names})"
    for names in (_either([name for name, n in MONTH_NAMES.items() if n == number]) for number in range(1, 13))
)
MONTH = rf"(?:(?:{_TWICE})(?!\w)|{_NAME}(?:\s?[/\-–]\s?{_NAME}|\s?\(\s?{_NAME}\s?\))?)"
HIJRI = rf"(?:{_either(list(HIJRI_NAMES))})(?!\w)"
_FIND_MONTH = re.compile(_NAME)


def month_numbers(words: str) -> list[int]:
    """Return the number of each month name in ``words``: two equal ones for a two-calendar name.

    Examples
    --------
    >>> month_numbers("كانون الثاني/يناير")
    [1, 1]
    """
    return [MONTH_NAMES[" ".join(match.group().split())] for match in _FIND_MONTH.finditer(words)]


def is_weak_month(words: str) -> bool:
    """Tell whether a lone month word is more often something else (مارس is also *he practised*)."""
    return " ".join(words.split()) in _WEAK


def hijri_number(words: str) -> int:
    """Return the number of a Hijri month."""
    return HIJRI_NAMES[" ".join(words.split())]


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri day by the Umm al-Qura calendar, None where there is no such day.

    Examples
    --------
    >>> hijri_day(1436, 10, 25)
    datetime.date(2015, 8, 10)
    """
    try:
        found = _hijridate().Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_interval(year: int, month: int | None = None) -> tuple[date, date] | None:
    """Return the first and last Gregorian day of a Hijri month or year."""
    first = hijri_day(year, month or 1, 1)
    following = hijri_day(year + 1, 1, 1) if month in (None, 12) else hijri_day(year, month + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def hijri_year_of(day: date) -> int:
    """Return the Hijri year in which a Gregorian day lies."""
    return _hijridate().Gregorian(day.year, day.month, day.day).to_hijri().year


def _hijridate() -> ModuleType:
    """Return the package that holds the Umm al-Qura tables."""
    try:
        import hijridate
    except ImportError as error:
        raise ResourceError(
            "Hijri dates need the package hijridate. Install it with: pip install 'arabic-discourse[corpora]'"
        ) from error
    return hijridate


WEEKDAYS = WORDS.mapped("weekdays")
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
PARTS = WORDS.mapped("parts_of_day")
PART_OF_DAY = f"(?:{_either(list(PARTS))})"
_AND = WORDS.only("and")


def _cardinals() -> dict[str, int]:
    """Return number words from 1 to 100 as they stand before a counted noun."""
    units = WORDS.mapped("ones")
    for stem, value in WORDS.mapped("stems").items():
        units |= {f"{stem}{end}": value for end in WORDS.listed("stem_endings")}
    teens = {f"{word} {ten}": n + 10 for word, n in units.items() if n < 10 for ten in WORDS.listed("teens")}
    teens |= WORDS.mapped("other_teens")
    stems = WORDS.mapped("tens_stems").items()
    tens = {f"{stem}{end}": value for stem, value in stems for end in WORDS.listed("tens_endings")}
    both = {f"{u} {_AND}{t}": a + b for u, a in units.items() if a < 10 for t, b in tens.items()}
    return units | teens | tens | both | WORDS.mapped("hundreds")


_CARDINALS = _cardinals()
NUMBER = rf"(?:\d{{1,3}}|{_either(list(_CARDINALS))})"


def word_number(words: str) -> int:
    """Return the value of a number in digits or words.

    Examples
    --------
    >>> word_number("خمسه وتسعين"), word_number("12")
    (95, 12)
    """
    words = " ".join(words.split())
    return int(words) if words.isdigit() else _CARDINALS[words]


def _ordinals() -> dict[str, int]:
    """Return ordinal words from the first to the thirty-first; the first of a longer number has a word of its own."""
    later = WORDS.mapped("ordinals")
    joined = later | WORDS.mapped("first_of_teens")
    found = {WORDS.only("first"): 1} | later | WORDS.mapped("other_ordinals")
    found |= {f"{word} {WORDS.only('ordinal_ten')}": value + 10 for word, value in joined.items()}
    for ten, value in WORDS.mapped("tens_ordinals").items():
        found[ten] = value
        found |= {f"{word} {_AND}{ten}": value + one for word, one in joined.items()}
    article, for_the = WORDS.only("article"), WORDS.only("article_after_for")
    contracted = {f"{for_the}{w.removeprefix(article)}": n for w, n in found.items() if w.startswith(article)}
    return found | contracted


ORDINALS = _ordinals()
DAY_ORDINAL = f"(?:{_either(list(ORDINALS))})"


def day_number(words: str) -> int:
    """Return the number of a day or century in digits or as an ordinal word.

    Examples
    --------
    >>> day_number("الحادي والعشرين"), day_number("07")
    (21, 7)
    """
    words = " ".join(words.split())
    return int(words) if words.isdigit() else ORDINALS[words]

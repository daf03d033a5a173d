"""Fields that count back from the moment in which they were shown: 3 hours ago, yesterday."""

import datetime
import re

from discourse.sources.dates.fields import FIELD_WORDS, any_of, field_text
from discourse.sources.dates.words import NUMBER, word_number

__all__ = ["counted_back", "is_counted_back"]

_DAYS_BACK = {field_text(word): int(number) for word, number in FIELD_WORDS["days_back"].items()}


def _unit_words(key: str) -> dict[str, str]:
    return {field_text(word): unit for unit, words in FIELD_WORDS[key].items() for word in words}


_UNITS, _TWO = _unit_words("units"), _unit_words("two_units")


def _either(words: dict) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_SPAN = rf"(?:(?P<n>{NUMBER})\s*(?P<unit>{_either(_UNITS)})|(?P<two>{_either(_TWO)})|(?P<one>{_either(_UNITS)}))(?!\w)"
_COUNTED = re.compile(
    rf"^\W*(?:[^\W\d]+\s*:\s*)?(?:(?P<before>{any_of('before_ago')})\s+)?{_SPAN}(?:\s+(?P<behind>{any_of('behind_ago')})(?!\w))?"
)
_DAY_WORD = re.compile(rf"(?<!\w)(?:{_either(_DAYS_BACK)})(?!\w)")


def is_counted_back(plain: str) -> bool:
    """Tell whether a field, as ``field_text`` spells it, counts back from the moment in which it was shown."""
    return _DAY_WORD.search(plain) is not None or _span(plain) is not None


def _span(plain: str) -> tuple[str, int] | None:
    found = _COUNTED.match(plain)
    if found is None or not (found["n"] or found["two"] or found["before"] or found["behind"]):
        return None
    if found["two"]:
        return _TWO[_one(found["two"])], 2
    return _UNITS[_one(found["unit"] or found["one"])], word_number(found["n"]) if found["n"] else 1


def _one(words: str) -> str:
    return " ".join(words.split())


def counted_back(plain: str, base: datetime.date | None) -> tuple[datetime.date, str] | None:
    """Return the date that a field names when it was shown at ``base``, and its precision; null where it names none.

    Hours and minutes are counted from a base that has an hour only.

    Examples
    --------
    >>> counted_back(field_text("قبل 5 أيام"), datetime.date(2015, 12, 23))
    (datetime.date(2015, 12, 18), 'day')
    >>> counted_back(field_text("3 hours ago"), datetime.date(2015, 12, 23)) is None
    True
    """
    if base is None:
        return None
    day = base.date() if isinstance(base, datetime.datetime) else base
    if span := _span(plain):
        return _back(base, day, *span)
    if word := _DAY_WORD.search(plain):
        return day - datetime.timedelta(days=_DAYS_BACK[_one(word.group())]), "day"
    return None


def _back(base: datetime.date, day: datetime.date, unit: str, n: int) -> tuple[datetime.date, str] | None:
    if unit in ("second", "minute", "hour"):
        if not isinstance(base, datetime.datetime):
            return None
        return (base - datetime.timedelta(**{f"{unit}s": n})).date(), "day"
    if unit in ("day", "week"):
        return day - datetime.timedelta(days=n * (7 if unit == "week" else 1)), "day"
    months = day.year * 12 + day.month - 1 - n * (12 if unit == "year" else 1)
    if months < 12:
        return None
    return datetime.date(months // 12, months % 12 + 1 if unit == "month" else 1, 1), unit

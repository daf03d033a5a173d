"""Dates in a form that the user names: %d/%m/%Y."""

import re
from collections.abc import Callable
from functools import lru_cache

from discourse.errors import SchemaError
from discourse.sources.dates.fields import MONTH_NUMBERS, field_text, month_pattern
from discourse.sources.dates.stamps import Reading, read_date
from discourse.sources.dates.words import full_year, hijri_day

__all__ = ["check_date_format", "date_form"]

_PARTS = {
    "d": r"(?P<day>\d{1,2})", "m": r"(?P<month>\d{1,2})", "Y": r"(?P<year>\d{4})", "y": r"(?P<short>\d{2})",
    "H": r"\d{1,2}", "I": r"\d{1,2}", "M": r"\d{1,2}", "S": r"\d{1,2}", "f": r"\d{1,9}",
    "p": r"[^\W\d]+\.?(?:[^\W\d]\.)?",
    "z": r"(?:z|[+-]\d{2}:?\d{2})", "Z": r"[^\W\d]+", "A": r"[^\W\d]+", "a": r"[^\W\d]+\.?", "%": "%",
}  # fmt: skip
_MONTH = ("b", "B")


def check_date_format(form: str | None) -> None:
    """Check a form of dates.

    Raises
    ------
    SchemaError
        The form holds an unknown directive, or none for the year.
    """
    if form is not None:
        date_form(form)


@lru_cache(maxsize=64)
def date_form(form: str) -> Callable[[str], Reading]:
    """Return a function that reads fields of a form into ``Reading``; ``problem`` is form where a field is of another.

    The directives are those of ``datetime.strptime``: %d %m %Y %y %b %B for the date (month names in every language of
    ``read_stamp``; a year from 1300 to 1500 is of the Hijri calendar), %H %I %M %S %f %p %z %Z %A %a %% for what stands
    beside it. What follows the date in a field (an hour) need not be written down.

    Raises
    ------
    SchemaError
        The form holds an unknown directive, or none for the year.

    Examples
    --------
    >>> date_form("%m/%d/%Y")("4/1/2015 0:00").day
    datetime.date(2015, 4, 1)
    """
    known = ", ".join(f"%{name}" for name in sorted([*_PARTS, *_MONTH], key=str.lower))
    pattern, place, seen = "", 0, set()
    spelled = form.strip()
    for found in re.finditer(r"%(.?)", spelled):
        pattern += _literal(spelled[place : found.start()])
        name, place = found[1], found.end()
        if name not in _PARTS and name not in _MONTH:
            raise SchemaError(f"`date_format` {form!r} holds {found[0]!r}; known are {known}. Correct it.")
        if name in seen:
            raise SchemaError(f"`date_format` {form!r} holds %{name} twice. Name each part once.")
        seen.add(name)
        pattern += rf"(?P<named>{month_pattern()})" if name in _MONTH else _PARTS[name]
    pattern += _literal(spelled[place:])
    if len(seen & {"Y", "y"}) != 1 or len(seen & {"m", "b", "B"}) > 1 or ("d" in seen and not seen & {"m", "b", "B"}):
        raise SchemaError(
            f"`date_format` {form!r} must name the year once (%Y or %y), and a day only beside a month. "
            "For instance: %d/%m/%Y, %Y-%m-%d, %d %B %Y."
        )
    compiled = re.compile(rf"\s*{pattern}(?![\d/])(?:\W.*)?", re.DOTALL)
    return lambda field: _read(compiled.fullmatch(field_text(field)))


def _literal(text: str) -> str:
    return re.sub(r"(?:\\ )+", r"\\s+", re.escape(field_text(text))) if text else ""


def _read(match: re.Match[str] | None) -> Reading:
    if match is None:
        return Reading(problem="form")
    held = match.groupdict()
    year = int(held["year"]) if held.get("year") else full_year(int(held["short"]))
    named = held.get("named")
    month = MONTH_NUMBERS[" ".join(named.rstrip(".").split())] if named else int(held.get("month") or 0)
    day = int(held.get("day") or 0)
    precision = "day" if day else "month" if month else "year"
    if 1300 <= year <= 1500:
        found = hijri_day(year, month, day) if precision == "day" else None
        return Reading(found, "day") if found else Reading(problem="day" if precision == "day" else "hijri")
    return read_date(year, month or 1, day or 1)._replace(precision=precision)

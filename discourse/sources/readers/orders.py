"""The order of day and month in the dates of one file: one decision for all its records, never one a record."""

import re
from collections.abc import Iterable

from discourse.sources.dates.fields import field_text
from discourse.sources.dates.formats import date_form
from discourse.sources.dates.stamps import Reading, among_years, read_field
from discourse.sources.readers.records import Entry, host_of

__all__ = ["settle_order"]

_TWO_WAY = re.compile(r"\d{1,2}\s?[-/._]\s?\d{1,2}\s?[-/._]\s?\d{2}")
_NOT_PRINTED = frozenset({"metadata", "seen", "file name", "stated"})


def settle_order(
    entries: Iterable[Entry], *, day_first: bool | None = None, date_format: str | None = None
) -> list[Entry]:
    """Read 03/04/2015 in the entries of one file in the order that the file shows.

    The user's word decides; else what some date of the file can only be (23/12/2015, or one beside its weekday or its
    Hijri date), if none can only be the other; for pages, dates of one host decide for one another. Where a file shows
    both orders such dates are null. Where it shows neither they are read day first, as vendors and the Arabic press
    print them, but null in tables of Media Cloud and beside AM or PM, which programs print either way. The printed
    words stay in ``date_text``.
    """
    held = list(entries)
    if date_format is not None:
        read = date_form(date_format)
        return [_dated(found, read(found["date_text"])) if _is_printed(found) else found for found in held]
    readings = {
        place: read_field(found["date_text"])
        for place, found in enumerate(held)
        if _is_printed(found) and _TWO_WAY.search(field_text(found["date_text"]))
    }
    shown: dict[str, set[bool]] = {}
    for place, reading in readings.items():
        if reading.day_first is not None:
            shown.setdefault(_group(held[place]), set()).add(reading.day_first)
    for place, reading in readings.items():
        if reading.other is not None or reading.day_first is not None:
            order = _order(held[place], reading, day_first, shown.get(_group(held[place]), set()))
            held[place] = _dated(held[place], order)
    years = {found["date"].year for found in held if found.get("date")}
    for place, reading in readings.items():
        if reading.choices:
            held[place] = _dated(held[place], among_years(reading, years))
    return held


def _is_printed(found: Entry) -> bool:
    return bool(found.get("date_text")) and "reason" not in found and found.get("date_basis") not in _NOT_PRINTED


def _group(found: Entry) -> str:
    if found.get("vendor") not in ("page", "warc"):
        return ""
    return host_of(found.get("url"))


def _order(found: Entry, reading: Reading, day_first: bool | None, shown: set[bool]) -> Reading:
    if reading.other is None:
        return reading
    if day_first is None and len(shown) == 1:
        day_first = next(iter(shown))
    if day_first is None and (shown or reading.american or found.get("vendor") == "mediacloud"):
        return Reading(problem="order")
    return reading._replace(day=reading.other) if day_first is False else reading


def _dated(found: Entry, reading: Reading) -> Entry:
    kept = {name: value for name, value in found.items() if name not in ("date", "date_precision")}
    return {**kept, "date": reading.day, "date_precision": reading.precision} if reading.day else kept

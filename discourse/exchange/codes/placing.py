"""Spans of another tool laid on our texts: how its offsets count is told by what they quote, never assumed."""

from collections.abc import Sequence
from dataclasses import dataclass

from discourse.exchange.codes.counting import READINGS, Counting, fit_quote
from discourse.exchange.codes.found import Coded, Source
from discourse.exchange.codes.pairs import Pair

__all__ = ["NEAR", "Placed", "Place", "place_spans"]

NEAR = 100
"""How many characters around its offsets a quoted text is looked for."""
NO_NUMBER = "an offset is no whole number"
EMPTY = "the span is empty"
OUTSIDE = "the span leaves the text"
INSIDE = "the span begins or ends inside a character"
TWO_WAYS = "the offsets can be counted in two ways and nothing tells which; say `offsets`"
NOT_THERE = "the quoted text does not stand at the offsets, nor once near them"
OTHER_TEXT = "the text is not that of the document of this id"


@dataclass(frozen=True)
class Place:
    """Where a source stands: its document, that document's text, and their pair (null where the texts differ)."""

    doc_id: str
    text: str
    pair: Pair | None


@dataclass(frozen=True)
class Placed:
    """A span in our text, or the reason why it is none."""

    start: int = -1
    end: int = -1
    note: str | None = None
    reason: str | None = None


@dataclass
class _Tried:
    """A span with the readings that may be right: each with its span in the tool's text and how well the quote fits."""

    fits: dict[str, tuple[int, int, int]]
    reason: str | None = None


def place_spans(coded: Sequence[Coded], sources: Sequence[Source], places: Sequence[Place | None]) -> list[Placed]:
    """Return where each span stands in the text of its document, or why nowhere.

    Each way to count that the format allows is tried on each span. A way that leaves the text, cuts a character or does
    not meet the quote is out for the whole file, where another way is in. What is left decides where all agree, or
    where the format fixes the way; otherwise the span is rejected.
    """
    counting: dict[tuple[int, str], Counting] = {}

    def count(source: int, text: str, reading: str) -> Counting:
        key = (source, reading)
        if key not in counting:
            counting[key] = Counting(text, reading)
        return counting[key]

    tried = []
    for one in coded:
        place, source = places[one.source], sources[one.source]
        if place is None:
            tried.append(_Tried({}, OTHER_TEXT))
            continue
        text = place.text if source.text is None else source.text
        tried.append(_try(one, source, text, lambda reading, one=one, text=text: count(one.source, text, reading)))
    refused = {reading for one in tried if one.fits for reading in _refused(one)}
    out = []
    for one, found in zip(coded, tried, strict=True):
        place = places[one.source]
        if place is None or found.reason is not None:
            out.append(Placed(reason=found.reason))
        else:
            out.append(_settle(one, sources[one.source], place, found, refused))
    return out


def _try(one: Coded, source: Source, text: str, count) -> _Tried:
    start, end = one.start, one.end
    if not isinstance(start, int) or not isinstance(end, int) or isinstance(start, bool) or isinstance(end, bool):
        return _Tried({}, NO_NUMBER)
    if start >= end:
        return _Tried({}, EMPTY)
    units = [*source.units, *(["bytes"] if one.quote and not one.loose and "bytes" not in source.units else [])]
    fits: dict[str, tuple[int, int, int]] = {}
    cut = False
    for reading in units:
        counted = count(reading)
        begin, stop = counted(start), counted(end)
        if begin is None or stop is None:
            cut = cut or counted.spans(start) and counted.spans(end)
            continue
        score = fit_quote(one.quote, text[begin:stop], loose=one.loose) if one.quote else 0
        if reading != "bytes" or "bytes" in source.units or score >= 2:
            fits[reading] = begin, stop, score
    if not fits:
        quoted = bool(one.quote) and not one.loose
        return _Tried({}, None if quoted else INSIDE if cut else OUTSIDE)
    return _Tried(fits)


def _refused(tried: _Tried) -> list[str]:
    """Return the readings that one span rules out: others meet its quote, and they do not."""
    best = max(score for _, _, score in tried.fits.values())
    if not best:
        return []
    return [name for name in READINGS if name not in tried.fits or tried.fits[name][2] < best]


def _settle(one: Coded, source: Source, place: Place, tried: _Tried, refused: set[str]) -> Placed:
    best = max((score for _, _, score in tried.fits.values()), default=0)
    if one.quote and not one.loose and not best:
        return _realign(one, source, place, one.quote)
    left = {name: fit[:2] for name, fit in tried.fits.items() if fit[2] == best}
    kept = {name: span for name, span in left.items() if name not in refused}
    kept = kept or left
    if len(set(kept.values())) > 1 and not source.certain:
        return Placed(reason=TWO_WAYS)
    reading = next(name for name in (*source.units, "bytes") if name in kept)
    begin, stop = kept[reading]
    noted = [one.note] if one.note else []
    if left.get(source.units[0], kept[reading]) != kept[reading] or source.units[0] not in left:
        noted.append(f"offsets counted in {READINGS[reading]}")
    if source.text is None:
        noted += [] if one.quote else ["the file holds no text to check the offsets by"]
        return Placed(begin, stop, "; ".join(noted) or None)
    if place.pair is None:
        return _realign(one, source, place, source.text[begin:stop], near=begin)
    ours = place.pair.place(begin, stop)
    if ours is None:
        return Placed(reason=INSIDE)
    if place.pair.differ is not None:
        noted.append(f"the texts differ in {place.pair.differ}")
    return Placed(*ours, "; ".join(noted) or None)


def _realign(one: Coded, source: Source, place: Place, quote: str, near: int | None = None) -> Placed:
    """Find a quote whose offsets do not fit: it must stand exactly once near them, and the row says so."""
    at = near if near is not None else one.start if isinstance(one.start, int) else 0
    quote = quote if quote in place.text else quote.replace("\\n", "\n")
    if not any(letter.isalnum() for letter in quote):
        return Placed(reason=NOT_THERE)
    low, high = max(0, at - NEAR), at + NEAR + len(quote)
    window = place.text[low:high]
    first = window.find(quote)
    if first < 0 or window.find(quote, first + 1) >= 0:
        return Placed(reason=NOT_THERE)
    moved = "moved to where the quoted text stands"
    return Placed(low + first, low + first + len(quote), f"{one.note}; {moved}" if one.note else moved)

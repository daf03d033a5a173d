"""The grammar of Arabic date expressions: all rules on one folded text, overlaps settled."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from discourse.sources.dates.calendar import full_dates, month_dates, numeric_dates
from discourse.sources.dates.patterns import VAGUE, Expression
from discourse.sources.dates.periods import centuries, decades, decades_of_century, parts_of_year, seasons, years
from discourse.sources.dates.relative import (
    day_words,
    neighbour_days,
    parts_of_period,
    periods,
    times_ago,
    times_ahead,
    weekdays,
)
from discourse.sources.dates.words import WORDS

__all__ = ["expressions", "references"]


def _traces(*keys: str, after: str = "") -> tuple[str, ...]:
    return tuple(word + after for word in WORDS.listed(*keys))


_DECADE_ENDS = {ten[-2:] + end for ten in WORDS.listed("decade_tens") for end in WORDS.listed("decade_endings")}
# Each rule with strings without one of which it cannot match (none: it is always tried).
_RULES: tuple[tuple[Callable[[str, date | None], Iterator[Expression]], tuple[str, ...]], ...] = (
    (numeric_dates, ()),
    (full_dates, ()),
    (month_dates, ()),
    (day_words, _traces("day_word_traces")),
    (weekdays, _traces("article")),
    (periods, _traces("periods")),
    (times_ago, _traces("ago", "since", after=" ")),
    (times_ahead, _traces("ahead", after=" ")),
    (parts_of_period, _traces("parts_of_period", after=" ")),
    (years, ("1", "20")),
    (centuries, _traces("century")),
    (decades, tuple(sorted(_DECADE_ENDS))),
    (decades_of_century, _traces("decade")),
    (seasons, _traces("seasons")),
    (parts_of_year, _traces("parts_of_year")),
    (neighbour_days, _traces("today")),
)


def expressions(text: str, day: date | None) -> list[Expression]:
    """Return the date expressions of a plain text, resolved against the publication day; overlaps removed.

    ``text`` is that of ``plain_text``. Where two rules claim one place the longer expression wins.
    """
    found = [e for rule, traces in _RULES if not traces or any(t in text for t in traces) for e in rule(text, day)]
    found.sort(key=lambda e: (e.start - e.end, e.start))
    taken = bytearray(len(text))
    kept = []
    for expression in found:
        if not any(taken[expression.start : expression.end]):
            taken[expression.start : expression.end] = b"\x01" * (expression.end - expression.start)
            kept.append(expression)
    return _anaphoric(sorted(kept))


def references(text: str) -> Iterator[Expression]:
    """Yield the words that name no date: now, recently, soon (PRESENT_REF, PAST_REF, FUTURE_REF)."""
    for match in VAGUE.finditer(text):
        value = "PRESENT_REF" if match["now"] else "PAST_REF" if match["then"] else "FUTURE_REF"
        yield Expression(match.start("x"), match.end("x"), "reference", value, "vague", "vague")


def _anaphoric(found: list[Expression]) -> list[Expression]:
    """Resolve *the following day* against the day named before it."""
    last: date | None = None
    out = []
    for expression in found:
        if expression.basis == "anaphoric" and expression.value in ("+1", "-1"):
            step = 1 if expression.value == "+1" else -1
            value = (last + timedelta(days=step)).isoformat() if last else None
            out.append(expression._replace(value=value))
            continue
        if expression.precision == "day" and expression.value:
            last = date.fromisoformat(expression.value[:10])
        out.append(expression)
    return out

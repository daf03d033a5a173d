"""What is conceded, so that what stands beside it decides: although, does not keep from."""

from discourse.reading.grammar.model import Clause
from discourse.reading.stance.forms import without_conjunction
from discourse.reading.stance.lists import (
    ALTHOUGH,
    ALTHOUGH_THAT,
    BARE_THAT,
    KEEPS_FROM,
    NEGATORS,
    STOPS_SHORT,
    THAT,
    WONDERS,
)
from discourse.reading.stance.passage import Event
from discourse.reading.stance.reading import Reading
from discourse.reading.stance.words import HARD_MARKS, OF

__all__ = ["asks_whether", "is_granted", "lets_be"]

_NEAR = 12  # words behind `although`


def lets_be(reading: Reading, event: Event) -> bool:
    """Tell whether an event is what nothing keeps anybody from: it does not prevent cooperation with them."""
    clause, words = reading.clause(event), reading.words
    verb = _denied_hindrance(reading, clause)
    if verb is None or event.cue.start <= verb:
        return False
    return any(word == OF or word in STOPS_SHORT for word in words[verb + 1 : event.cue.start])


def is_granted(reading: Reading, event: Event) -> bool:
    """Tell whether an event is conceded: it stands before such a verb, or behind `although` up to the next mark."""
    words, start, clause = reading.words, event.cue.start, reading.clause(event)
    verb = _denied_hindrance(reading, clause)
    if verb is not None and clause.start <= start < verb:
        return True
    for place in range(max(0, start - _NEAR), start):
        pair = place + 1 < len(words) and words[place] in ALTHOUGH and words[place + 1] in ALTHOUGH_THAT
        if pair and not any(word in HARD_MARKS for word in words[place:start]):
            return True
    return False


def asks_whether(reading: Reading, event: Event) -> bool:
    """Tell whether a verb of asking stands before an event, with a clause between: they wondered whether."""
    words, start = reading.words, event.cue.start
    asking = next((k for k in range(start - 1, -1, -1) if without_conjunction(words[k]) in WONDERS), None)
    if asking is None:
        return False
    between = words[asking + 1 : start]
    return not any(word in HARD_MARKS or word in THAT or word in BARE_THAT for word in between)


def _denied_hindrance(reading: Reading, clause: Clause) -> int | None:
    """Return the verb of a clause where it denies that something keeps from something."""
    verb, words = clause.predicate, reading.words
    if clause.kind != "verb" or verb < 1 or without_conjunction(words[verb]) not in KEEPS_FROM:
        return None
    return verb if words[verb - 1] in NEGATORS else None

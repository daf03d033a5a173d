"""What is told of earlier years or granted, and what is worrying because of the target."""

from discourse.reading.stance.lists import (
    AGO,
    AGO_ONLY,
    ALREADY,
    CIRCUMSTANCES,
    COMMA,
    CONCESSIONS,
    DAYS,
    HAD,
    IN_YEAR,
    NOW,
    PAST,
    PLANNED,
    REASONS,
    TOLD,
    YEARS,
)
from discourse.reading.stance.passage import Event
from discourse.reading.stance.reading import Reading, actor_of

__all__ = ["has_another_reason", "is_background", "is_circumstance", "is_planned"]

_OLD_NEWS = frozenset({"designation", "sanctions", "enmity"})  # what is added for readers
_EARLIEST = 1970


def is_background(reading: Reading, event: Event) -> bool:
    """Tell whether an event is told of earlier years, granted, or added for readers."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    if any(word in NOW for word in words[max(0, cue.start - 8) : cue.end + 4]):
        return False
    before = words[max(clause.start, cue.start - 4) : cue.start]
    if clause.relation == "concession" or any(word in CONCESSIONS for word in before):
        return True
    if cue.category in _OLD_NEWS and any(word in TOLD for word in words[max(0, cue.start - 8) : cue.start]):
        return True
    span = words[clause.start : clause.end]
    had = any(word in HAD for word in words[clause.start : cue.start]) and any(word in ALREADY for word in span)
    if had or "past_perfect" in clause.operators or any(word in PAST for word in span):
        return True
    return _names_earlier_years(reading, event)


def _names_earlier_years(reading: Reading, event: Event) -> bool:
    """Tell whether the first time that a clause names is a year before the last, or years ago."""
    words, clause, year = reading.words, reading.clause(event), reading.running.year
    for place in range(clause.start, clause.end):
        word = words[place]
        if word.isdigit() and len(word) == 4 and year and words[place - 1] in IN_YEAR:
            if _EARLIEST < int(word) < year - 1:
                return True
        behind = words[place + 1 : place + 4]
        if word in AGO and place < event.cue.start and any(x in YEARS for x in behind):
            if not any(x in DAYS for x in behind):
                return word in AGO_ONLY
    return False


def is_planned(reading: Reading, event: Event) -> bool:
    """Tell whether troops train as was planned, for no reason of today."""
    return any(word in PLANNED for word in reading.words[event.cue.start : event.cue.end + 4])


def has_another_reason(reading: Reading, event: Event) -> bool:
    """Tell whether troops are raised for a reason that is named and does not name the target."""
    words, clause = reading.words, reading.clause(event)
    reason = next((k for k in range(event.cue.start, min(len(words), event.cue.end + 12)) if words[k] in REASONS), None)
    if reason is None:
        return False
    end = clause.end if clause.end > reason else len(words)
    end = next((k for k in range(reason, min(end, reason + 12)) if words[k] == COMMA), min(end, reason + 12))
    near = (m for m in reading.mentions if reason < m.start < end)
    return not any(actor_of(reading, m) == reading.target for m in near)


def is_circumstance(reading: Reading, event: Event) -> bool:
    """Tell whether something else is worrying because of the target: after its advance, or with no other actor."""
    cue, target = event.cue, reading.target
    behind = [m for m in reading.mentions if m.start >= cue.end]
    for mention in behind:
        if actor_of(reading, mention) != target:
            continue
        if any(word in CIRCUMSTANCES for word in reading.words[cue.end : mention.start]):
            return True
        before = [actor_of(reading, m) for m in behind if m.start < mention.start]
        if all(actor in (target, None) for actor in before):
            return True
    return False

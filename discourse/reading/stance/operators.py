"""What a sentence says of an act: denied, ended, supposed, asked, laid down as a condition."""

from functools import cache

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.reading.grammar.model import Clause
from discourse.reading.stance.forms import stem_of
from discourse.reading.stance.granted import asks_whether, lets_be
from discourse.reading.stance.lists import (
    ACCUSATIVE,
    ASKED,
    BANNED,
    BEFORE,
    BEFORE_GIVEN_NAMES,
    CONDITIONS,
    DOUBTED,
    ENDING,
    HIDE,
    KEPT,
    LACK,
    NEGATORS,
    NOT_ONLY,
    PLANNED,
    PREVENTED,
    QUESTION_MARK,
    RELIEF,
    SAVE,
    SEEN,
    STILL,
    WHAT,
)
from discourse.reading.stance.passage import MUTUAL, Event
from discourse.reading.stance.reading import Reading
from discourse.reading.stance.words import AND, OF

__all__ = ["operators_of", "share_denials"]

_COME_FIRST = frozenset({"recognition", "dialogue", "contact"})  # acts before which something else must happen
_TALKS = frozenset({"dialogue", "contact"})
_ADVERBIAL = frozenset({"criticism", "condemnation", "concern"})
_LISTED = frozenset({"sanctions", "designation"})
_DOUBTFUL = frozenset({"support", "arming"})
_CONDITIONAL = frozenset({
    "recognition", "delisting", "support", "cooperation", "dialogue", "agreement", "accreditation", "trade", "force",
})  # fmt: skip
_UNSEEN = 5  # words back to the verb of seeing
_IN_TIME = 3  # clauses upwards in which `before` is looked for


def operators_of(reading: Reading, event: Event) -> list[str]:
    """Return what the sentence says of an event, in the order in which the table of composition applies it."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    own = reading.predicates.get(cue.start)
    covered = any(e.cue.start <= clause.predicate < e.cue.end for e in reading.events)
    light = own is None and 0 <= clause.predicate < cue.start and not covered
    light = light and not (cue.category in _ADVERBIAL and words[cue.start].endswith(ACCUSATIVE))  # in protest
    in_subject = own is None and not covered and cue.category != "condition" and _is_in_subject(event, clause)
    names = set(own.operators if own is not None else clause.operators if light or in_subject else ())
    before = words[max(clause.start, cue.start - 4) : cue.start]
    denied = "" if lets_be(reading, event) else _negation(reading, event, names, light)
    planned = cue.category in _TALKS and any(word in PLANNED for word in words[cue.end : cue.end + 3])
    found = ["unplanned" if denied == "negation" and planned else denied]
    ended = event.category in MUTUAL and cue.start and stem_of(words[cue.start - 1]).rstrip(ACCUSATIVE) in ENDING
    found.append("stop" if ended or "stop" in names else "")
    still = cue.category in _LISTED and any(
        word in STILL or word in KEPT for word in words[max(0, cue.start - 5) : min(clause.end, cue.end + 8)]
    )
    stative = cue.category == "designation" and not cue.verb and stem_of(words[cue.start]).startswith(BANNED)
    found.append("still" if still or stative else "")
    found.append("opposes" if _is_prevented(reading, event) else "")
    supposed = "if" in names or clause.relation == "condition" or any(word in CONDITIONS for word in before)
    found.append("if" if supposed else "")
    asked = "question" in names or (reading.passage.title and QUESTION_MARK in words[cue.end :])
    asked = asked or asks_whether(reading, event)
    found.append("question" if asked else "")
    comes_first = (cue.role == "conduct" or cue.category in _COME_FIRST) and _is_put_first(reading, event)
    found.append("condition" if comes_first else "")
    around = words[max(0, cue.start - 5) : cue.start] + words[cue.start + 1 : cue.end - 1]  # a freeze itself is none
    eased = any(word in RELIEF or word[1:] in RELIEF for word in around)
    eased = eased or (not cue.verb and _is_taken_off(reading, event))
    found.append("relief" if eased and cue.category in _LISTED else "")
    doubted = any(word in DOUBTED for word in words[cue.end : cue.end + 3])
    found.append("alleged" if doubted and cue.category in _DOUBTFUL else "")
    if "must" in names:
        found.append("demand" if cue.role == "conduct" else "calls_for")
    found += [name for name in ("may", "would") if name in names]
    if not supposed and cue.role == "act" and cue.category in _CONDITIONAL and _has_condition(reading, event):
        found.append("if")
    if not cue.verb and any(word in ASKED for word in before):
        found.append("question")
    return [name for name in found if name]


def share_denials(events: list[Event]) -> None:
    """What is denied with a verb is denied of the noun in it: it did not allow the opening of an office."""
    for event in events:
        if event.cue.verb or "negation" in event.operators:
            continue
        for other in events:
            if other.cue.verb and "negation" in other.operators and other.cue.start < event.cue.start < other.cue.end:
                event.operators.insert(0, "negation")
                break


def _is_prevented(reading: Reading, event: Event) -> bool:
    """Tell whether a noun stands behind `from` and a verb that keeps the target from it."""
    words, start, first = reading.words, event.cue.start, reading.clause(event).start
    if event.cue.verb or not start or words[start - 1] != OF:
        return False
    verb = next((k for k in range(start - 2, first - 1, -1) if words[k] in PREVENTED), None)
    return verb is not None and any(verb < m.start < start and m.actor == reading.target for m in reading.mentions)


def _is_taken_off(reading: Reading, event: Event) -> bool:
    """Tell whether a delisting stands before a noun in its clause: names are struck off the list of sanctions."""
    start = reading.clause(event).start
    return any(
        other.category == "delisting" and start <= other.cue.start and other.cue.end <= event.cue.start
        for other in reading.events
    )


def _is_in_subject(event: Event, clause: Clause) -> bool:
    """Tell whether a noun stands in the subject of its clause, whose verb then says what is done with it."""
    subject = clause.subject
    if clause.kind != "verb" or subject is None:
        return False
    reach = max(subject.end, clause.predicate if subject.start < clause.predicate else 0)
    return subject.start <= event.cue.start < reach


def _negation(reading: Reading, event: Event, names: set[str], light: bool) -> str:
    """Return "no_longer" or "negation" where an act is denied by its clause or by a negator close before it."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    own = any(word in NEGATORS for word in words[cue.start : cue.end]) and _holds_negator(cue.pattern)
    gap = (word for word in words[cue.start + 1 : cue.end] if not word.startswith(AND))  # `nor` begins a clause
    if not own and any(word in NEGATORS for word in gap):
        return "negation"  # between the words of an entry: announced the lack of recognition
    lifted = (
        own
        or any(words[k] in HIDE and k and words[k - 1] in NEGATORS for k in range(clause.start, cue.start))
        or _is_denied_in_another(reading, event)
        or any(word in SAVE for word in words[clause.start : cue.start])
        or "still" in names
        or any(word in STILL for word in words[max(clause.start, cue.start - 5) : cue.start])
        or (not event.cue.verb and any(word in STILL for word in words[cue.end : min(clause.end, cue.end + 8)]))
    )
    if cue.start and (words[cue.start - 1] in LACK or _is_unseen(words, cue.start)):
        return "negation"
    if event.cue.role == "quality" and _is_presupposed(reading, event):
        return ""
    if "no_longer" in names:
        return "no_longer"
    if "not_yet" in names:
        return "not_yet"
    if "negation" in names and _is_denied_behind(reading, event):
        return ""
    if not lifted and ("negation" in names or _is_denied_nearby(reading, event, light)):
        return "negation"
    return ""


def _is_unseen(words: tuple[str, ...], start: int) -> bool:
    """Tell whether an act stands behind `what` that somebody does not see: sees nothing that worries it."""
    if words[start - 1] not in WHAT:
        return False
    return any(words[k] in SEEN and words[k - 1] in NEGATORS for k in range(max(1, start - _UNSEEN), start - 1))


def _is_presupposed(reading: Reading, event: Event) -> bool:
    """Tell whether a name given to a side stands behind a preposition: no talks with murderers calls them so."""
    cue, words = event.cue, reading.words
    if cue.start <= reading.clause(event).start or cue.start in reading.predicates:
        return False
    return words[cue.start - 1] in BEFORE_GIVEN_NAMES


@cache
def _holds_negator(pattern: str) -> bool:
    """Tell whether an entry of the lexicon has a negator among its own words."""
    return any(DEFAULT_NORMALIZER(word) in NEGATORS for part in pattern.split() for word in part.split("|"))


def _is_denied_behind(reading: Reading, event: Event) -> bool:
    """Tell whether the only negators of a clause stand behind an act: a party that nobody can ignore."""
    words, clause = reading.words, reading.clause(event)
    if clause.kind != "nominal" or not event.cue.start <= clause.predicate < event.cue.end:
        return False
    places = [place for place in range(max(0, clause.start - 1), clause.end) if words[place] in NEGATORS]
    return bool(places) and places[0] >= event.cue.end


def _is_denied_in_another(reading: Reading, event: Event) -> bool:
    """Tell whether all negators before an act belong to cues of their own: there is no alternative to a dialogue."""
    words, start = reading.words, event.cue.start
    places = [k for k in range(max(0, reading.clause(event).start), start) if words[k] in NEGATORS]
    others = [e.cue for e in reading.events if e is not event and e.cue.role == "quality" and e.cue.end <= start]
    return bool(places) and all(any(o.start <= k < o.end - 1 for o in others) for k in places)


def _is_denied_nearby(reading: Reading, event: Event, light: bool) -> bool:
    """Tell whether a negator up to three words before denies an act, and not something between them."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    first = max(clause.start, cue.start - 3)
    negator = max((place for place in range(first, cue.start) if words[place] in NEGATORS), default=None)
    if negator is None or any(word in NOT_ONLY for word in words[first : cue.end + 2]):
        return False
    others = [other.cue for other in reading.events if other is not event]
    if cue.start not in reading.predicates:
        if not light and reading.verbs_between(negator, cue.start):
            return False
        if any(negator < other.start < cue.start for other in others):
            return False
    return not any(other.start <= negator < other.end - 1 and other.end <= cue.start for other in others)


def _is_put_first(reading: Reading, event: Event) -> bool:
    """Tell whether an act stands behind `before`: what the clause above tells must wait for it."""
    cue, words, place = event.cue, reading.words, event.clause
    for _ in range(_IN_TIME):
        clause = reading.clauses[place]
        if clause.relation == "time" and any(x in BEFORE for x in words[max(0, clause.start - 1) : clause.start + 2]):
            return True
        if clause.parent is None:
            break
        place = clause.parent
    near = words[max(reading.clause(event).start, cue.start - 2) : cue.start]
    return not cue.verb and any(word in BEFORE for word in near)


def _has_condition(reading: Reading, event: Event) -> bool:
    """Tell whether a condition behind an act hangs on its clause."""
    return any(
        clause.relation == "condition" and clause.parent == event.clause and clause.start >= event.cue.end
        for clause in reading.clauses
    )

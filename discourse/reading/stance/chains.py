"""The positions that an event shows under the attitudes above it: whose they are, and in whose words."""

from collections.abc import Iterable, Iterator

from discourse.reading.stance.accusations import accused_by
from discourse.reading.stance.background import is_background
from discourse.reading.stance.composing import compose
from discourse.reading.stance.granted import is_granted
from discourse.reading.stance.lists import GIVING_UP, NOUN_PREPOSITIONS, PREPOSITIONS
from discourse.reading.stance.passage import JUDGING, MUTUAL, SOMEBODY, Event, Evidence
from discourse.reading.stance.reading import Reading, actor_of, is_light, voice_at
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY, Mention
from discourse.reading.stance.words import AND, HARD_MARKS

__all__ = ["ENEMIES", "chain", "evidence"]

ENEMIES = "enemies"  # the rule by which what is done for the target's opponents counts against it
# attitudes under which an act is not done: its doer shows no position of his own by it
_UNREAL = frozenset({"intends", "calls_for", "demand", "opposes", "considers", "condition", "distrust"})
_ALLEGED = frozenset({"arming", "support"})
_ASKING = frozenset({"demand", "calls_for"})
_TALKS = frozenset({"dialogue", "contact"})
_HIGHEST = 4  # attitudes one above the other


def evidence(
    reading: Reading, event: Event, holder: str, code: int, ops: Iterable[str], voice: str | None, rule: str
) -> Evidence:
    """Return an event as evidence of a holder's position."""
    cue, background = event.cue, is_background(reading, event) or is_granted(reading, event)
    return Evidence(
        holder, code, cue.category, tuple(ops), voice, rule, event.outright, cue.start, cue.end, background
    )  # fmt: skip


def chain(reading: Reading, event: Event, holder: str | None, code: int | None, rule: str) -> list[Evidence]:
    """Return the positions that an event shows: of its holder, and of those whose attitudes stand above it."""
    parent = event.parent
    if parent is None:
        return list(_held(reading, event, holder, code, event.operators, rule))
    owner, above, result = _under_attitudes(reading, event, code, rule)
    if parent.cue.category == "accusation":
        return _accused(reading, event, parent, code, above)
    asking = parent.parent if parent.category == "cutting" and parent.parent is not None else parent
    if asking.cue.category in _ASKING and _is_to_be_given_up(reading, event, asking):
        return [evidence(reading, event, asking.patient or "", 2, above, asking.agent, "accusation")]
    if parent.cue.category == "considers" and _is_alleged(reading, event, parent):
        return [evidence(reading, event, event.agent or "", code or 0, above, parent.agent, "accusation")]
    if parent.cue.category == "denial":
        return _denied(reading, event, parent, (code, result), above, owner.agent)
    found: list[Evidence] = []
    own = event.named and holder not in (None, owner.agent, reading.target) and event.cue.role not in JUDGING
    if own and not _is_unreal(event):
        found += _held(reading, event, holder, code, event.operators, rule)
    outer = owner.voice if owner.agent is None else owner.agent
    found += _held(reading, event, outer, result, above, rule)
    return found


def _held(
    reading: Reading, event: Event, holder: str | None, code: int | None, ops: Iterable[str], rule: str
) -> Iterator[Evidence]:
    """Yield the evidence of a holder, and of those who act with him; private persons and armed groups hold nothing."""
    nobody = reading.nobody | {None, reading.target, OPPONENTS}
    if holder is None or holder in nobody | {SOMEBODY, OWN_COUNTRY} or code is None or reading.is_militant(holder):
        return
    holders: list[str] = [holder]
    if event.agent == holder and (event.cue.verb or is_light(reading, event) or _is_waged(reading, event)):
        holders += [actor for actor in _joined(reading, event) if actor and actor not in nobody | {holder}]
    voice = voice_at(reading, event.cue.start)
    if voice in reading.nobody and voice != holder and event.category not in _ALLEGED:
        return  # what private people say of a state
    for one in holders:
        yield evidence(reading, event, one, code, ops, voice, rule)


def _is_waged(reading: Reading, event: Event) -> bool:
    """Tell whether a fight is the object of a verb whose subject wages it."""
    verb = reading.clause(event).predicate
    waged = event.category == "force" and 0 <= verb < event.cue.start
    return waged and reading.subjects.get(verb, (None, ""))[0] == event.agent


def _joined(reading: Reading, event: Event) -> list[str | None]:
    """Return the actors coordinated with the subject of a verb."""
    words = reading.words
    verb = event.cue.start if event.cue.verb else reading.clause(event).predicate
    mention = reading.subject_mentions.get(verb)
    found = []
    while mention is not None:
        mention = next((other for other in reading.mentions if _is_coordinated(words, mention.end, other)), None)
        if mention is not None:
            found.append(actor_of(reading, mention))
    return found


def _is_coordinated(words: tuple[str, ...], end: int, mention: Mention) -> bool:
    """Tell whether `and` joins a mention to what ends up to two words before it."""
    between = words[end : mention.start]
    if not 0 <= mention.start - end <= 2 or any(word in HARD_MARKS or word in PREPOSITIONS for word in between):
        return False
    own = (
        () if any(word.startswith(NOUN_PREPOSITIONS) for word in between) else (words[mention.start],)
    )  # with Washington
    return any(word.startswith(AND) for word in (*own, *between))


def _is_unreal(event: Event) -> bool:
    """Tell whether an attitude above an event says that it is wished, feared or considered, not done."""
    above = event.parent
    while above is not None:
        if above.cue.category in _UNREAL:
            return True
        above = above.parent
    return False


def _under_attitudes(
    reading: Reading, event: Event, code: int | None, rule: str
) -> tuple[Event, list[str], int | None]:
    """Return the outermost attitude above an event, all that is said of the event, and the position that results."""
    above, result = list(event.operators), code
    owner, attitude = event, event.parent
    for _ in range(_HIGHEST):
        if attitude is None:
            break
        operator = attitude.cue.category
        if operator == "intends" and attitude.agent == reading.target and event.cue.role in JUDGING:
            owner, attitude = attitude, attitude.parent  # what the target decides to do is its conduct
            continue
        if operator == "intends" and _is_of_others(event, attitude, reading.target):
            operator = "welcomes"
        if operator == "demand" and attitude.patient != reading.target:
            operator = "calls_for"
        if operator == "cutting":
            operator = "stop"
        if operator == "intends" and "negation" in attitude.operators and event.category in _TALKS:
            above.append("unplanned")  # does not intend to meet: neither for nor against
            result, owner, attitude = compose(event.category, above), attitude, attitude.parent
            continue
        if rule == ENEMIES and result is not None:
            result = _toward_enemies(operator, result)
        else:
            above.append(operator)
            result = compose(event.category, above)
        if rule != ENEMIES and attitude.operators:
            above += attitude.operators
            result = compose(event.category, above)
        owner, attitude = attitude, attitude.parent
    return owner, above, result


def _is_of_others(event: Event, attitude: Event, target: str) -> bool:
    """Tell whether a deal or talks is between the target and another actor than the one who speaks of it."""
    others = (None, "", target, attitude.agent)
    return event.category in MUTUAL and event.named and event.agent not in others


def _toward_enemies(operator: str, code: int) -> int:
    """Return what an attitude makes of an act for the target's opponents."""
    if operator in ("denial", "considers"):
        return 0
    if operator == "opposes":
        return 0 if code < 0 else -1
    return code


def _is_to_be_given_up(reading: Reading, event: Event, parent: Event) -> bool:
    """Tell whether somebody asks another state to stop its support for the target, and so says that it gives it."""
    nobody = reading.nobody | {None, "", reading.target, SOMEBODY, parent.agent, OPPONENTS}
    asked, start = parent.patient, event.cue.start
    if event.category not in _ALLEGED or asked in nobody or "negation" in parent.operators:
        return False
    return any(word in GIVING_UP for word in reading.words[max(parent.cue.start + 1, start - 3) : start])


def _is_alleged(reading: Reading, event: Event, parent: Event) -> bool:
    """Tell whether somebody does not rule out that another has armed or backed the target: he alleges it."""
    nobody = reading.nobody | {None, "", reading.target, SOMEBODY, parent.agent}
    return event.category in _ALLEGED and event.named and event.agent not in nobody and event.cue.verb


def _accused(reading: Reading, event: Event, parent: Event, code: int | None, above: list[str]) -> list[Evidence]:
    """The accused holds what he is accused of, in the words of the accuser; in his own words he denies it."""
    denied = parent.parent is not None and parent.parent.cue.category == "denial"
    own = event.named and (event.agent != parent.agent or denied)
    if event.cue.role in JUDGING and not own:
        return []  # of a deed that says not whose it is
    accused = event.agent if own else accused_by(reading, parent)
    if denied or "negation" in parent.operators:
        code = 0
    if not accused or accused in reading.nobody | {reading.target, SOMEBODY} or code is None:
        return []
    if voice_at(reading, parent.cue.start) == accused:
        return [evidence(reading, event, accused, 0, above, accused, "denial")]
    return [evidence(reading, event, accused, code, above, parent.agent or SOMEBODY, "accusation")]


def _denied(
    reading: Reading, event: Event, parent: Event, codes: tuple[int | None, int | None], above: list[str],
    outer: str | None,
) -> list[Evidence]:  # fmt: skip
    """Who is said to have acted denies it; where the denial is denied, he is accused of it."""
    code, result = codes
    denier = outer if event.agent in (None, "", reading.target) else event.agent
    if denier is None or denier in reading.nobody | {reading.target, SOMEBODY}:
        return []
    if "negation" in parent.operators:
        if code is None:
            return []
        return [evidence(reading, event, denier, code, event.operators, parent.agent or SOMEBODY, "accusation")]
    if result is None:
        return []
    other = parent.agent and parent.agent != denier
    voice = parent.agent if other else voice_at(reading, event.cue.start)
    voice = voice if voice and voice != SOMEBODY else parent.agent or None
    return [evidence(reading, event, denier, result, above, voice, "denial")]

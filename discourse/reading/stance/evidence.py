"""The evidence of positions in one sentence: its events read, tied to who holds them and whom they concern."""

from discourse.reading.stance.accusations import accused_of
from discourse.reading.stance.agents import set_agent
from discourse.reading.stance.background import has_another_reason, is_circumstance, is_planned
from discourse.reading.stance.chains import ENEMIES, chain, evidence
from discourse.reading.stance.composing import compose
from discourse.reading.stance.events import find_events
from discourse.reading.stance.labels import is_label, names_a_list
from discourse.reading.stance.lists import (
    ACCUSATIVE,
    AGREED,
    CHARGES,
    CONJUNCTION_OR_WILL,
    EASED,
    NOR,
    REQUESTS,
)
from discourse.reading.stance.operators import operators_of, share_denials
from discourse.reading.stance.parents import attach, break_cycles, give_voice
from discourse.reading.stance.passage import JUDGING, MUTUAL, SOMEBODY, Event, Evidence
from discourse.reading.stance.patients import set_patient
from discourse.reading.stance.reading import Reading, actor_of, is_passive
from discourse.reading.stance.shapes import OPPONENTS, Cue
from discourse.reading.stance.subjects import subject_of
from discourse.reading.stance.talks import as_talks, with_other_party

__all__ = ["read_sentence"]

_NO_SIGN = frozenset({"affirms", "opponents"})
_ONLY_GOVERN = frozenset({"calls_for", "intends", "affirms"})  # attitudes that show nothing by themselves
# what done for opponents counts against the target
_FOR_OPPONENTS = frozenset({
    "support", "arming", "agreement", "cooperation", "recognition", "force", "accreditation", "trade", "invitation",
    "welcomes",
})  # fmt: skip
_AGAINST_TARGET = {2: -2, 1: -1, 0: 0, -1: 1, -2: 1}
# the class of the act where conduct has the target as its object
_TOWARD = {
    "violence": "hostility", "bad_conduct": "cutting", "good_conduct": "cooperation", "partnership": "support",
    "good_quality": "cooperation", "enmity": "hostility", "bad_quality": "criticism",
}  # fmt: skip
_FATE_TURNED = {"fate_good": "fate_bad"}
_FOUND = frozenset({"vs", "sv", "short", "carried", "we", "pronoun", "voice"})
_ONE_SIDED = frozenset({"force", "threat", "sanctions", "condemnation", "criticism"})
_FELT = frozenset({"concern", "alert"})
_MEASURES = frozenset({"sanctions", "force"})
_BLAMES = frozenset({"criticism", "condemnation"})
_PRESSES = frozenset({"demand", "sanctions"})


def read_sentence(reading: Reading) -> list[Evidence]:
    """Return the evidence of positions toward the target in a sentence that is laid out."""
    events = reading.events = find_events(reading)
    for event in events:
        if not (event.made_of and event.cue.role == "quality"):
            event.operators = operators_of(reading, event)
    share_denials(events)
    for step in (attach, give_voice):
        for event in events:
            step(reading, event)
    break_cycles(events)
    for event in events:
        _deny_once(reading, event)
    for step in (set_agent, set_patient):
        for event in events:
            step(reading, event)
    return [sign for event in events for sign in _evidence_of(reading, event)]


def _deny_once(reading: Reading, event: Event) -> None:
    """Take one of two negations off what `nor` joins to what a denied attitude denies: intends neither ... nor."""
    parent, start = event.parent, event.cue.start
    if parent is None or "negation" not in parent.operators or "negation" not in event.operators:
        return
    if start and reading.words[start - 1] in NOR and parent.cue.end <= start:
        event.operators.remove("negation")


def _evidence_of(reading: Reading, event: Event) -> list[Evidence]:
    """Return what one event shows: by an accusation, for opponents, by a fate, a denial, or as what it says."""
    role, category = event.cue.role, event.category
    if event.patient == OPPONENTS and role == "fate" and category.startswith("fate"):
        event.category = category = _FATE_TURNED.get(category, "fate_good")
        event.patient = reading.target
    if category == "accusation":
        return _accusing(reading, event)
    if category in _NO_SIGN or (category == "enmity" and names_a_list(reading, event)):
        return []
    if event.how == "did" and event.agent == reading.target and event.parent is not None:
        return _deed(reading, event)
    if event.patient == OPPONENTS:
        return _for_opponents(reading, event)
    if not _concerns_target(reading, event) or is_label(reading, event):
        return []
    if role == "fate":
        return _fate(reading, event)
    if category == "cooperation" and _is_of_troops(reading, event):
        return []
    if category == "intends" and _is_agreed_with_target(reading, event):
        return chain(reading, event, event.agent, compose("agreement", event.operators), "agreement")
    if event.toward:
        category = _TOWARD[category]
        return chain(reading, event, event.agent, compose(category, event.operators), category)
    if _is_told_by_what_it_governs(reading, event) or (role == "attitude" and category in _ONLY_GOVERN):
        return []
    if category == "denial":
        return _denial(reading, event)
    return _act(reading, event)


def _is_of_troops(reading: Reading, event: Event) -> bool:
    """Tell whether what is done together belongs to a manoeuvre: joint exercises."""
    start = event.cue.start
    return any(e.category == "alert" and e.cue.start < start < e.cue.end for e in reading.events)


def _is_agreed_with_target(reading: Reading, event: Event) -> bool:
    """Tell whether the target and another actor together agreed on something that is no talks."""
    if not event.cue.verb or event.patient != reading.target or event.agent in (None, reading.target):
        return False
    below = {other.category for other in reading.events if other.parent is event}
    agreed = reading.words[event.cue.start].lstrip(CONJUNCTION_OR_WILL).startswith(AGREED)
    return agreed and not below & {"dialogue", "contact", "mediation"}


def _accusing(reading: Reading, event: Event) -> list[Evidence]:
    """Who accuses the target of something that is not told here is against it."""
    target = reading.target
    accused = event.patient if event.cue.verb else accused_of(reading, event)
    if accused != target or event.parent is not None or "negation" in event.operators:
        return []
    if event.agent is None or event.agent in reading.nobody | {target, SOMEBODY}:
        return []
    return chain(reading, event, event.agent, -2, "accuses")


def _for_opponents(reading: Reading, event: Event) -> list[Evidence]:
    """What is done for the opponents of the target counts against it, what is done against them for it."""
    code = compose(event.category, event.operators)
    if code is None or event.cue.role != "act" or event.category not in _FOR_OPPONENTS:
        return []
    turned = 0 if "negation" in event.operators else _AGAINST_TARGET[code]
    return chain(reading, event, event.agent or event.voice, turned, ENEMIES)


def _deed(reading: Reading, event: Event) -> list[Evidence]:
    """What others say of a deed of the target shows their position, unless the same word is read as its conduct."""
    if any(e.cue.start == event.cue.start and e.cue.role == "conduct" for e in reading.events):
        return []
    event.category = "violence"
    return chain(reading, event, None, compose("violence", event.operators), "violence")


def _concerns_target(reading: Reading, event: Event) -> bool:
    """Tell whether an event concerns the target: as the one concerned, a party to it, or what is worrying."""
    category, target = event.category, reading.target
    concerned = event.patient == target
    if category == "concern":
        if not concerned:
            return is_circumstance(reading, event)
        if event.outright:
            return True
        return reading.names_target() and not _worries_about_group(reading, event)
    if category == "alert" and is_planned(reading, event):
        return False
    if category == "alert" and not concerned:
        if _worries_about_group(reading, event) or has_another_reason(reading, event):
            return False
        named = reading.names_target()
        event.outright = event.outright and named
        return named or bool(reading.running.salient and event.named)
    asked = event.parent is not None and event.agent == target and event.cue.role == "act"
    if concerned and asked and category not in MUTUAL | _FELT:
        return False  # they are to disown one of their own
    if concerned or category == "denial":
        return True
    return event.agent == target and category in MUTUAL


def _worries_about_group(reading: Reading, event: Event) -> bool:
    """Tell whether an armed group other than the target is named shortly behind a worry."""
    end, others = event.cue.end, (reading.target, None)
    near = (m for m in reading.mentions if end <= m.start < end + 8 and reading.is_militant(m.actor))
    return any(actor_of(reading, m) not in others for m in near)


def _fate(reading: Reading, event: Event) -> list[Evidence]:
    """A fate of the target that another actor brings about is an act; else it shows what the attitude above shows."""
    cue, target = event.cue, reading.target
    passive = is_passive(reading, cue)
    if cue.verb and event.agent == target and not passive:
        if reading.passage.entries.slots.get(cue.pattern) == "object":
            return []
    if (
        cue.verb
        and event.patient == target
        and event.agent not in reading.nobody | {None, target}
        and event.how in _FOUND
        and any(m.start >= cue.start and actor_of(reading, m) == target for m in reading.mentions)
        and "question" not in event.operators
    ):
        if any(e.cue.role == "act" and e.patient == target and _overlap(e.cue, cue) for e in reading.events):
            return []  # supports the movement: told by the act
        category = "force" if cue.polarity < 0 else "support"
        event.named = True
        return chain(reading, event, event.agent, compose(category, event.operators), category)
    if event.parent is None:
        return []
    return chain(reading, event, None, compose(event.category, event.operators), event.category)


def _overlap(one: Cue, other: Cue) -> bool:
    return one.start < other.end and other.start < one.end


def _is_told_by_what_it_governs(reading: Reading, event: Event) -> bool:
    """Tell whether what stands under an attitude already shows the position toward the target."""
    below = [e.cue.role for e in reading.events if e.parent is event and e.patient == reading.target]
    if event.category == "welcomes":
        return False
    if event.cue.role == "attitude" and below:
        return True
    if event.category in _BLAMES and any(
        e.parent is event and e.patient == reading.target and e.cue.role == "act" and e.category in _PRESSES
        for e in reading.events
    ):
        return True  # who blames the pressure on the target does not blame the target
    return event.category == "demand" and any(role in JUDGING or role == "fate" for role in below)


def _denial(reading: Reading, event: Event) -> list[Evidence]:
    """A denial of something that is not told here leaves the position of who denies open."""
    named = event.cue.verb or event.named
    holder = event.agent if named else event.voice or event.agent
    if "negation" in event.operators or holder is None or holder in reading.nobody | {reading.target, SOMEBODY}:
        return []
    if any(e.parent is event and e.cue.role == "act" for e in reading.events):
        return []
    event.outright = False
    return [evidence(reading, event, holder, 0, (), holder, "denial")]


def _act(reading: Reading, event: Event) -> list[Evidence]:
    """An act, an attitude or a judgement shows the position of who does it, or of who speaks."""
    role, ops = event.cue.role, event.operators
    category = as_talks(reading, event)
    if role in JUDGING:
        holder = event.voice if event.voice != SOMEBODY else None
    else:
        holder = event.agent
    if holder == reading.target:
        return with_other_party(reading, event, category)
    if holder is None and role == "act" and event.how in ("passive", ""):
        holder = event.voice
    if _is_done_by_target(reading, event, category):
        return []
    cue_at = event.cue.start
    behind = reading.words[event.cue.end : event.cue.end + 4]
    if category == "accreditation" and any(
        word.rstrip(ACCUSATIVE) in CHARGES for word in (*reading.words[cue_at : event.cue.end], *behind)
    ):
        category = "trade"
    if category == "delisting" and reading.words[cue_at].lstrip(CONJUNCTION_OR_WILL).startswith(EASED):
        category = "cooperation"
    if category == "support" and any(word in REQUESTS or word[1:] in REQUESTS for word in behind):
        category = "cooperation"
    if (
        category in _MEASURES
        and role == "act"
        and not event.cue.verb
        and not ops
        and _is_only_spoken_of(reading, event)
    ):
        return []
    return chain(reading, event, holder, compose(category, ops), category)


def _is_done_by_target(reading: Reading, event: Event, category: str) -> bool:
    """Tell whether a noun with a genitive stands behind a verb of which the target is the subject."""
    if event.cue.verb or event.how != "genitive" or event.parent is not None or category in _ONE_SIDED:
        return False
    verb = reading.clause(event).predicate
    return 0 <= verb < event.cue.start and subject_of(reading, verb)[0] == reading.target


def _is_only_spoken_of(reading: Reading, event: Event) -> bool:
    """Tell whether somebody speaks of a measure that nobody is said to take, in a sentence that is no headline."""
    unowned = not event.named and event.parent is None and event.how != "passive"
    return bool(unowned and event.voice and not reading.passage.title)

"""Whom an act or an attitude concerns, and who is judged."""

from discourse.reading.stance.lists import (
    BETWEEN_OR_AGAINST,
    CONJUNCTION_OR_WITH,
    COPULAS,
    HE_SHE_THEY,
    HER_OR_THEM,
    NEGATORS,
    NOUN_FRONTS,
    PREPOSITIONS,
    THAT,
    WITH_HIM,
)
from discourse.reading.stance.passage import JUDGING, MUTUAL, SOMEBODY, Event, is_place
from discourse.reading.stance.reading import Reading, actor_of, is_oblique, mention_at
from discourse.reading.stance.shapes import OPPONENTS, Mention
from discourse.reading.stance.subjects import antecedent
from discourse.reading.stance.words import AND, ARTICLE, FIGHTERS, HARD_MARKS, QUOTES

__all__ = ["set_patient"]

_FARTHEST = 12  # words behind a cue
# what is done with the target where it is named among several: talks between them and the movement
_WITH_SEVERAL = frozenset({
    "dialogue", "contact", "cooperation", "agreement", "mediation", "reassurance", "trade", "calls_for",
})  # fmt: skip
_WITH_WHOM_NAMED = frozenset({"trade", "cooperation", "accreditation"})
_TALKS = frozenset({"dialogue", "contact", "cooperation"})
_DECIDED = frozenset({"designation", "sanctions", "delisting"})  # nouns that are said of a subject
_NEEDS_OWN = frozenset({"contact", "dialogue", "agreement", "trade", "invitation"})
_FELT = frozenset({"criticism", "condemnation", "concern", "distrust", "demand", "reassurance", "threat"})
_FOUND = frozenset({"vs", "sv", "carried", "we", "voice", "pronoun"})
_SUPPLIED = frozenset({"voice", "topic", "", "stranger"})


def set_patient(reading: Reading, event: Event) -> None:
    """Set whom an event concerns; of a judgement, who is judged."""
    if event.made_of:
        return
    if event.cue.role in JUDGING:
        if event.cue.verb or (event.cue.role == "conduct" and event.agent and event.how in ("genitive", "possessive")):
            _judge_agent(reading, event)
        else:
            _judge_subject(reading, event)
    elif not event.patient and not _take_named(reading, event):
        _take_unnamed(reading, event)


def _take_named(reading: Reading, event: Event) -> bool:
    """Take the first actor in or behind a cue that can be concerned; tell whether there was one."""
    cue, target, clause = event.cue, reading.target, reading.clause(event)
    first = cue.end - (1 if cue.end - cue.start > 1 else 0)
    behind = [m for m in reading.mentions if first <= m.start < clause.end and not is_place(m.actor)]
    inside = [m for m in reading.mentions if cue.start <= m.start < cue.end]
    names_target = any(actor_of(reading, m) == target for m in behind)
    for mention in inside + behind:
        actor = actor_of(reading, mention)
        if actor == event.agent and not (actor == target and cue.role == "fate"):
            continue
        if mention.start > cue.end + _FARTHEST:
            break
        if reading.is_militant(actor) and actor != target and cue.category != "force" and names_target:
            continue
        if actor in reading.nobody:
            continue
        event.patient = actor
        if actor == target:
            event.outright = not (mention.anaphor and reading.words[mention.start] in FIGHTERS)
        elif actor != OPPONENTS and cue.category in _WITH_SEVERAL:
            if _is_one_of_several(reading, event, mention, behind):
                event.patient = target
        return True
    return False


def _is_one_of_several(reading: Reading, event: Event, mention: Mention, behind: list[Mention]) -> bool:
    """Tell whether the target stands with another actor beside a cue: talks of the envoy with it."""
    cue, words, target = event.cue, reading.words, reading.target
    for other in behind:
        if mention.start < other.start <= cue.end + _FARTHEST and actor_of(reading, other) == target:
            if words[other.start - 1] in BETWEEN_OR_AGAINST:
                return True
    if cue.category in MUTUAL and reading.is_militant(actor_of(reading, mention)) and event.agent != target:
        return _target_before(reading, event)
    return False


def _target_before(reading: Reading, event: Event) -> bool:
    """Tell whether the target stands before a cue in its clause."""
    start = reading.clause(event).start
    return any(start <= m.start < event.cue.start and actor_of(reading, m) == reading.target for m in reading.mentions)


def _take_unnamed(reading: Reading, event: Event) -> None:
    """Take the one concerned from a pronoun, from what stands before, from the attitude above, or from the text."""
    cue, words, target, clause = event.cue, reading.words, reading.target, reading.clause(event)
    written_on = cue.verb and words[cue.start].endswith(HER_OR_THEM) and len(words[cue.start]) > 4
    if written_on or any(word in WITH_HIM for word in words[cue.end : min(clause.end, cue.end + 6)]):
        actor = antecedent(reading, cue.start, event.agent or event.voice)
        if actor and actor != event.agent:
            event.patient = actor
            return
    other = event.agent != target
    if cue.category in _WITH_WHOM_NAMED and other and reading.names_target():
        event.patient = target
        return
    if _has_other_object(reading, event) or not other:
        return
    said_of = cue.verb or cue.role == "attitude" or cue.category in _DECIDED
    if said_of and _target_before(reading, event):
        event.patient, event.outright = target, True
        return
    parent = event.parent
    if parent is not None and parent.patient == target != parent.agent and cue.role in ("act", "attitude"):
        event.patient = target
    elif _is_understood(reading, event):
        event.patient, event.outright = target, False


def _has_other_object(reading: Reading, event: Event) -> bool:
    """Tell whether a verb has an object of its own, or a noun a genitive that is no actor."""
    cue, words = event.cue, reading.words
    own = reading.predicates.get(cue.start)
    if cue.verb and own is not None and own.object is not None:
        if not own.object.pronoun and not cue.start <= own.object.head < cue.end:
            return True
    if cue.verb or cue.end - cue.start != 1 or cue.category in _TALKS or cue.end >= reading.clause(event).end:
        return False
    definite = words[cue.start].lstrip(NOUN_FRONTS).startswith(ARTICLE)
    return words[cue.end].startswith(ARTICLE) and not definite and mention_at(reading, cue.end) is None


def _is_understood(reading: Reading, event: Event) -> bool:
    """Tell whether somebody speaks of the target without naming it: it is in mind, and the cue needs no object."""
    cue, voice, running = event.cue, event.voice, reading.running
    if not voice or voice in (SOMEBODY, reading.target) or not (running.salient or running.about):
        return False
    near = reading.names_target()
    if cue.category in _NEEDS_OWN and not event.named and not (cue.category == "dialogue" and near):
        return False
    return near or cue.role == "attitude" or cue.category in _FELT


def _judge_agent(reading: Reading, event: Event) -> None:
    """Who acts is judged by the act; one who acts on the target takes sides toward it."""
    cue, target = event.cue, reading.target
    event.patient = event.agent
    if cue.verb and _acts_on_target(reading, event):
        event.patient, event.toward = target, True
        return
    own = reading.predicates.get(cue.start)
    if cue.verb and own is not None and own.subject is not None and own.subject.pronoun:
        if event.how in ("pronoun", "carried") and reading.words[own.subject.start] in HE_SHE_THEY:
            event.patient = event.agent = antecedent(reading, own.subject.start, event.voice, judged=True)
    event.outright = event.how not in ("topic", "voice")
    if event.how in _SUPPLIED and _may_mean_target(reading, event):
        event.patient, event.outright = target, False


def _acts_on_target(reading: Reading, event: Event) -> bool:
    """Tell whether another actor is the subject of a verb of conduct, and the target its object."""
    cue, target = event.cue, reading.target
    if event.agent in reading.nobody | {None, target} or event.how not in _FOUND:
        return False
    mention = next((m for m in reading.mentions if cue.start < m.start <= cue.end + 4), None)
    if mention is None or actor_of(reading, mention) != target:
        return False
    if is_oblique(reading, mention) and not mention.marked:
        return False
    twins = (other.cue for other in reading.events if other is not event and other.cue.start == cue.start)
    return not any(twin.role in ("act", "attitude") for twin in twins)


def _may_mean_target(reading: Reading, event: Event) -> bool:
    """Tell whether a speaker judges the target without naming it: it is in mind, and nobody else is shortly before."""
    cue, voice, running = event.cue, event.voice, reading.running
    if not voice or voice in (SOMEBODY, reading.target) or not (running.salient or running.about):
        return False
    before = [m for m in reading.mentions if m.end <= cue.start and m.start >= cue.start - 12]
    others = [m for m in before if not is_place(m.actor) and m.actor not in reading.nobody]
    return not any(actor_of(reading, m) not in (reading.target, voice) for m in others)


def _judge_subject(reading: Reading, event: Event) -> None:
    """A quality or a noun of conduct judges who stands before it, behind it, or in what it is joined to."""
    if event.cue.role == "quality" and _belongs_to_a_noun(reading, event):
        return
    judged = _judged_in_clause(reading, event)
    if judged is None and _opens_joined(reading, event):
        before = [other for other in reading.events if _is_joined_judgement(other, event)]
        if before:
            judged, event.outright = before[-1].patient, before[-1].outright
    if judged is None and event.parent is not None:
        judged = event.parent.patient
    if judged is None and event.cue.role == "quality":
        judged = _judged_loosely(reading, event)
        event.outright = event.outright and judged is None
    event.patient = judged


def _belongs_to_a_noun(reading: Reading, event: Event) -> bool:
    """Tell whether an adjective belongs to the noun before it, which agrees in its article and is no actor."""
    cue, words, clause = event.cue, reading.words, reading.clause(event)
    if cue.pattern not in reading.passage.entries.adjectives or cue.start <= clause.start:
        return False
    place = cue.start - 1
    noun = words[place]
    closed = (THAT, HE_SHE_THEY, HARD_MARKS, NEGATORS, QUOTES, COPULAS, PREPOSITIONS)
    if mention_at(reading, place) is not None or place in reading.verbs or any(noun in words_ for words_ in closed):
        return False
    if place == clause.start and clause.kind != "verb":
        return False
    agree = noun.startswith(ARTICLE) == words[cue.start].lstrip(CONJUNCTION_OR_WITH).startswith(ARTICLE)
    return agree and not (place == clause.start + 1 and words[clause.start] in THAT)


def _judged_in_clause(reading: Reading, event: Event) -> str | None:
    """Return the actor judged in the clause: the last subject before, else the first actor; a pronoun; one behind."""
    cue, words, voice, clause = event.cue, reading.words, event.voice, reading.clause(event)
    judged = None
    for mention in reading.mentions:
        if is_place(mention.actor) or mention.actor in reading.nobody:
            continue
        if clause.start <= mention.start and mention.end <= cue.start:
            actor = actor_of(reading, mention)
            if (voice is None or actor != voice) and (judged is None or not is_oblique(reading, mention)):
                judged = actor
    if judged is None:
        pronoun = next((place for place in range(clause.start, cue.start) if words[place] in HE_SHE_THEY), None)
        judged = None if pronoun is None else antecedent(reading, pronoun, voice, judged=True)
    if judged is None:
        behind = (m for m in reading.mentions if cue.end <= m.start <= cue.end + 3 and m.start < clause.end)
        mention = next(behind, None)
        judged = None if mention is None else actor_of(reading, mention)
    return judged


def _opens_joined(reading: Reading, event: Event) -> bool:
    """Tell whether a judgement or its clause is joined to what stands before."""
    words, start = reading.words, event.cue.start
    return words[reading.clause(event).start].startswith(AND) or (start > 0 and words[start].startswith(AND))


def _is_joined_judgement(other: Event, event: Event) -> bool:
    """Tell whether a judgement stands up to ten words before another one."""
    near = other.cue.end <= event.cue.start <= other.cue.end + 10
    return bool(near and other.cue.role in JUDGING and other.patient)


def _judged_loosely(reading: Reading, event: Event) -> str | None:
    """Return the last actor before a quality that is not the speaker, or the target where it is in mind."""
    voice, running = event.voice, reading.running
    for mention in reversed(reading.mentions):
        if mention.end <= event.cue.start and not is_place(mention.actor):
            actor = actor_of(reading, mention)
            if actor != voice and actor:
                return actor
            if actor != voice:
                break
    spoken = running.about and voice and voice != SOMEBODY
    return reading.target if running.salient or spoken else None

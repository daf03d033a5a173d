"""Whom an act or an attitude concerns."""

from typing import cast

from discourse.reading.grammar.words import frame_of
from discourse.reading.stance.judged import judge
from discourse.reading.stance.lists import (
    BECAUSE,
    BETWEEN_OR_AGAINST,
    FACING,
    FIGHTING_IT,
    HER_OR_THEM,
    NOUN_FRONTS,
    THAT,
    THEIRS,
    WITH,
    WITH_BEGINNING,
    WITH_HIM,
)
from discourse.reading.stance.passage import JUDGING, JUDGING_A_FACT, MUTUAL, SOMEBODY, Event, is_place
from discourse.reading.stance.pronouns import antecedent
from discourse.reading.stance.reading import Reading, actor_of, mention_at
from discourse.reading.stance.shapes import OPPONENTS, Mention
from discourse.reading.stance.words import AND, ARTICLE, FIGHTERS, HARD_MARKS, OF

__all__ = ["set_patient"]

_WITH_WITHIN = 6  # words from `with` to the target
_OWN_ACTS = frozenset({"intends", "opposes", "considers"})  # whoever holds them is to act himself
_FOR_SOMEBODY = frozenset({"support", "arming", "cooperation", "agreement"})
_AGAINST_WITHIN = 3  # words from `against` to the target
_FARTHEST = 12  # words behind a cue
# what is done with the target where it is named among several: talks between them and the movement
_WITH_SEVERAL = frozenset({
    "dialogue", "contact", "cooperation", "agreement", "mediation", "reassurance", "trade", "calls_for", "welcomes",
})  # fmt: skip
_WITH_WHOM_NAMED = frozenset({"trade", "cooperation", "accreditation"})
_TALKS = frozenset({"dialogue", "contact", "cooperation"})
_DECIDED = frozenset({"designation", "sanctions", "delisting"})  # nouns that are said of a subject
_NEEDS_OWN = frozenset({"contact", "dialogue", "agreement", "trade", "invitation"})
_FELT = frozenset({"criticism", "condemnation", "concern", "distrust", "demand", "reassurance", "threat"})


def set_patient(reading: Reading, event: Event) -> None:
    """Set whom an event concerns; of a judgement, who is judged."""
    if event.made_of:
        return
    if event.cue.role in JUDGING:
        judge(reading, event)
    elif not event.patient and not _take_named(reading, event):
        _take_unnamed(reading, event)
    if _is_done_to_target(reading, event):
        event.agent, event.how, event.patient = cast(Event, event.parent).agent, "carried", reading.target
        event.toward = event.cue.role in JUDGING
    if event.category in _FOR_SOMEBODY and _is_against_target(reading, event):
        event.patient = OPPONENTS


def _take_named(reading: Reading, event: Event) -> bool:
    """Take the first actor in or behind a cue that can be concerned; tell whether there was one."""
    cue, words, target, clause = event.cue, reading.words, reading.target, reading.clause(event)
    first = cue.end - (1 if cue.end - cue.start > 1 else 0)
    last = reading.clauses[reading.clause_of[cue.end - 1]]
    end = last.end if last.relation == "relative" else clause.end  # a cue may reach into what belongs to its noun
    behind = [m for m in reading.mentions if first <= m.start < end and not is_place(m.actor)]
    inside = [m for m in reading.mentions if cue.start <= m.start < cue.end]
    pronoun = next(
        (k for k in range(cue.start + 1, cue.end) if words[k] in WITH_HIM and words[k].startswith(WITH_BEGINNING)), None
    )
    if pronoun is not None and antecedent(reading, pronoun, event.agent or event.voice) == target != event.agent:
        event.patient = target
        return True
    names_target = any(actor_of(reading, m) == target for m in behind)
    acting = reading.subject_mentions.get(cue.start)
    for mention in inside + behind:
        actor = actor_of(reading, mention)
        joined = acting is not None and mention.start == acting.end and reading.words[mention.start].startswith(AND)
        if joined and actor != target:
            acting = mention  # acts with the subject: China and Iran armed
            continue
        if actor == event.agent and not (actor == target and cue.role == "fate"):
            continue
        if mention.start > cue.end + _FARTHEST:
            break
        if reading.is_militant(actor) and actor != target and cue.category != "force":
            fought = cue.category in MUTUAL and (words[mention.start - 1] in FACING or _is_fought(reading, mention))
            if names_target or fought:
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


def _is_fought(reading: Reading, mention: Mention) -> bool:
    """Tell whether a noun of defeat or fight stands right before an actor: to crush ISIS."""
    place = mention.start - 1
    return any(e.cue.end - 1 == place and e.cue.role in ("fate", "conduct") and not e.cue.verb for e in reading.events)


def _is_one_of_several(reading: Reading, event: Event, mention: Mention, behind: list[Mention]) -> bool:
    """Tell whether the target stands with another actor beside a cue: talks of the envoy with it."""
    cue, words, target = event.cue, reading.words, reading.target
    for other in behind:
        if mention.start < other.start <= cue.end + _FARTHEST and actor_of(reading, other) == target:
            if words[other.start - 1] in BETWEEN_OR_AGAINST:
                return True
            if cue.category == "welcomes" and other.start == mention.end and words[other.start].startswith(AND):
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
    behind = range(cue.end, min(clause.end, cue.end + 6))
    pronoun = cue.start if written_on else next((place for place in behind if words[place] in WITH_HIM), None)
    theirs = pronoun is None and cue.end < len(words) and words[cue.end] in THEIRS  # its leaders, their camps
    if theirs:
        pronoun = cue.end
    if pronoun is not None:
        actor = antecedent(reading, pronoun, event.agent or event.voice)
        if actor and actor != event.agent:
            event.patient = actor
            return
        if (written_on or theirs) and actor not in (None, target) and reading.running.salient:
            # nobody does it to himself
            event.patient, event.outright = target, False
            return
    other = event.agent != target
    if cue.category in _WITH_WHOM_NAMED and other and reading.names_target():
        event.patient = target
        return
    if other and cue.category in MUTUAL and not cue.verb and _is_with_target(reading, event):
        event.patient = target
        return
    if _has_other_object(reading, event) or not other:
        return
    if cue.category == "threat" and cue.verb and reading.names_target() and _names_nobody_else(reading, event):
        event.patient, event.outright = target, False
        return
    said_of = cue.verb or cue.role == "attitude" or cue.category in _DECIDED
    if said_of and _target_before(reading, event):
        event.patient, event.outright = target, True
        return
    parent = event.parent
    if parent is not None and parent.patient == target != parent.agent and cue.role in ("act", "attitude"):
        event.patient = target
    elif _concerns_a_fact(reading, event):
        return
    elif _is_understood(reading, event):
        event.patient, event.outright = target, False


def _is_done_to_target(reading: Reading, event: Event) -> bool:
    """Tell whether the target behind a verb that somebody intends or refuses is its object: refuses to fight them."""
    parent, target, clause = event.parent, reading.target, reading.clause(event)
    if parent is None or not event.cue.verb or event.agent != target or event.how != "vs":
        return False
    if parent.category not in _OWN_ACTS or parent.agent in (None, target, SOMEBODY) or clause.object is not None:
        return False
    if clause.marker is None or event.cue.start != clause.marker + 1 or not frame_of(clause.lemmas)[0]:
        return False
    return event.patient is None or event.cue.role in JUDGING


def _is_against_target(reading: Reading, event: Event) -> bool:
    """Tell whether what is done for somebody is done against the target: support for them in the face of it."""
    cue, words = event.cue, reading.words
    target = next((m for m in reading.mentions if m.start >= cue.end and actor_of(reading, m) == reading.target), None)
    if target is None or target.start > cue.end + _FARTHEST or event.agent == reading.target:
        return False
    before = words[max(cue.end, target.start - _AGAINST_WITHIN) : target.start]
    between = words[cue.end : target.start]
    aimed = any(word in FACING or word in FIGHTING_IT for word in before)
    return aimed and not any(word in HARD_MARKS or word in THAT for word in between)


def _is_about_something(reading: Reading, end: int) -> bool:
    """Tell whether `from` or `on` with a noun stands shortly behind a judgement, and no actor in its clause."""
    words = reading.words
    last = next((k for k in range(end, min(end + 6, len(words))) if words[k] in HARD_MARKS), min(end + 6, len(words)))
    about = any(words[k] == OF and k + 1 < last for k in range(end, last))
    return about and not any(m.start >= end and m.start < last and m.actor == reading.target for m in reading.mentions)


def _is_with_target(reading: Reading, event: Event) -> bool:
    """Tell whether `with the target` stands between the verb of a clause and its object: signed a deal with them."""
    verb, words = reading.clause(event).predicate, reading.words
    for mention in reading.mentions:
        if 0 <= verb < mention.start < event.cue.start and actor_of(reading, mention) == reading.target:
            return any(word in WITH for word in words[max(verb, mention.start - _WITH_WITHIN) : mention.start])
    return False


def _names_nobody_else(reading: Reading, event: Event) -> bool:
    """Tell whether a sentence names no actor but the target and the agent of an event."""
    known = (reading.target, event.agent)
    return event.agent is not None and all(
        is_place(m.actor) or m.actor in reading.nobody or actor_of(reading, m) in known for m in reading.mentions
    )


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


def _concerns_a_fact(reading: Reading, event: Event) -> bool:
    """Tell whether a judgement has a clause behind it whose subject is named and is not the target."""
    cue = event.cue
    opened = any(word in THAT or word in BECAUSE for word in reading.words[cue.end : cue.end + 2])
    if event.category not in JUDGING_A_FACT or not opened:
        return False
    clause = next((clause for clause in reading.clauses if cue.end <= clause.start <= cue.end + 2), None)
    if clause is None or clause.subject is None or clause.subject.pronoun:
        return False
    subject = clause.subject
    inside = (m for m in reading.mentions if subject.start <= m.start <= subject.end)
    return not any(actor_of(reading, m) == reading.target for m in inside)


def _is_understood(reading: Reading, event: Event) -> bool:
    """Tell whether somebody speaks of the target without naming it: it is in mind, and the cue needs no object."""
    cue, voice, running = event.cue, event.voice, reading.running
    if not voice or voice in (SOMEBODY, reading.target) or not (running.salient or running.about):
        return False
    near = reading.names_target()
    if cue.category == "criticism" and not cue.verb and _is_about_something(reading, cue.end):
        return False  # disappointed at the delay of somebody else
    if cue.category == "force" and event.how == "did" and event.agent not in (None, voice):
        return False  # the blast that others set off
    if cue.category in _NEEDS_OWN and not event.named and not (cue.category == "dialogue" and near):
        return False
    return near or cue.role == "attitude" or cue.category in _FELT

"""Which talks are a mere contact, and which have a purpose that both sides want."""

import itertools

from discourse.reading.stance.chains import chain
from discourse.reading.stance.composing import compose
from discourse.reading.stance.forms import bare_noun
from discourse.reading.stance.lists import (
    ARTICLE_LETTERS,
    CONJUNCTION_OR_WILL,
    DIALOGUE_STEM,
    FORMATS,
    LIGHT,
    OCCASIONS,
    OFFERED,
    OFFICES,
    PURPOSES,
    TALKS,
)
from discourse.reading.stance.passage import MUTUAL, Event, Evidence, is_place
from discourse.reading.stance.reading import Reading, actor_of, is_light
from discourse.reading.stance.shapes import OPPONENTS
from discourse.reading.stance.words import QUOTES

__all__ = ["as_talks", "with_other_party"]

_SHOW_IN_TALKS = frozenset({"welcomes", "affirms", "criticism", "concern"})


def as_talks(reading: Reading, event: Event) -> str:
    """Return the class of an event; talks that took place are a contact, and a contact with a purpose is more."""
    cue, category, words = event.cue, event.category, reading.words
    if event.parent is not None or event.operators:
        return category
    word = words[cue.start]
    if category == "dialogue" and not word.lstrip(ARTICLE_LETTERS).startswith(DIALOGUE_STEM):
        light = not cue.verb and is_light(reading, event)
        light = light or (cue.verb and cue.end - cue.start == 1 and word.lstrip(CONJUNCTION_OR_WILL).startswith(TALKS))
        if light or word.lstrip(CONJUNCTION_OR_WILL).startswith(LIGHT):
            category = "contact"
    if category == "contact" and event.patient == reading.target and event.outright:
        if any(_is_purpose(words, place) for place in range(cue.end, len(words))):
            category = "purpose"
    if category == "contact" and reading.target in (event.patient, event.agent) and _is_hosted(reading, event):
        category = "purpose"
    return category


def _is_purpose(words: tuple[str, ...], place: int) -> bool:
    """Tell whether a word says what talks were for, and not on what occasion they took place."""
    word = words[place]
    if word not in PURPOSES and word[1:] not in PURPOSES:
        return False
    return bare_noun(words[place - 1]) not in OFFICES and not any(x in OCCASIONS for x in words[place - 4 : place])


def _is_hosted(reading: Reading, event: Event) -> bool:
    """Tell whether talks bear the name of the city of who holds them: the Moscow meeting, not a meeting in Moscow."""
    words, cue = reading.words, event.cue
    near = [place for place in range(cue.start, min(len(words), cue.end + 4)) if words[place] not in QUOTES]
    for before, place in itertools.pairwise(near):
        if words[place] in reading.passage.roles.hosts:
            noun = before == cue.end - 1 and not (cue.verb and before == cue.start)
            return noun or words[before] in FORMATS
    return False


def with_other_party(reading: Reading, event: Event, category: str) -> list[Evidence]:
    """What the target does together with another actor shows that actor's position too."""
    parent, clause, target = event.parent, reading.clause(event), reading.target
    shown = parent is None or (parent.agent != target and parent.cue.category in _SHOW_IN_TALKS)
    if event.cue.verb and reading.words[event.cue.start].startswith(OFFERED):
        return []
    if category not in MUTUAL or not shown or event.operators or not (event.cue.verb or is_light(reading, event)):
        return []
    nobody = reading.nobody | {target, None, OPPONENTS}
    for mention in reading.mentions:
        if not clause.start <= mention.start < clause.end or is_place(mention.actor):
            continue
        actor = actor_of(reading, mention)
        if actor not in nobody and not reading.is_militant(mention.actor):
            return chain(reading, event, actor, compose(category, ()), "other party")
    return []

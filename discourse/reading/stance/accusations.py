"""Whom an accusation accuses."""

from discourse.reading.stance.lists import TO_OR_AGAINST
from discourse.reading.stance.passage import SOMEBODY, Event
from discourse.reading.stance.reading import Reading, actor_of, voice_at
from discourse.reading.stance.words import FOR

__all__ = ["accused_by", "accused_of"]


def accused_by(reading: Reading, event: Event) -> str | None:
    """Return whom an accusation accuses: who is named behind it, or else who denies it, speaks or is at home."""
    cue, target = event.cue, reading.target
    for mention in reading.mentions:
        if not cue.end <= mention.start < cue.end + 8 or mention.actor in reading.nobody:
            continue
        actor = actor_of(reading, mention)
        if actor == target and cue.role != "conduct" and not cue.verb:
            break
        if actor != event.agent:
            return actor if actor != target or cue.verb else None
    if cue.verb:
        return None
    denier = event.parent.agent if event.parent is not None else None
    for actor in (denier, voice_at(reading, cue.start), reading.running.home):
        if actor and actor not in (event.agent, SOMEBODY, target):
            return actor
    return None


def accused_of(reading: Reading, event: Event) -> str | None:
    """Return the actor that a noun of accusation is directed to: up to three words behind it, with a preposition."""
    cue = event.cue
    mention = next((m for m in reading.mentions if cue.end <= m.start <= cue.end + 3), None)
    if mention is None or not (mention.marked == FOR or reading.words[mention.start - 1] in TO_OR_AGAINST):
        return None
    return actor_of(reading, mention)

"""What a document has told up to a sentence: who speaks, whose offices are named, whether the target is in mind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.lexicons.actors import NOBODY
from discourse.reading.stance.forms import bare_noun
from discourse.reading.stance.lists import (
    FORMER,
    HEADS,
    OFFICE_HOLDERS,
    OFFICE_PLACES,
    OFFICES,
    PREPOSITIONS,
    PRIVATE,
    THAT,
)
from discourse.reading.stance.passage import is_place
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY, Mention
from discourse.reading.stance.words import HARD_MARKS

__all__ = ["Running", "note_offices", "note_scene", "speaker_by_office"]

_OTHER_PHRASE = PREPOSITIONS - OFFICE_PLACES  # what they open does not belong to an office


@dataclass(slots=True)
class Running:
    """The state of a document between its sentences.

    Attributes
    ----------
    target : str
        The actor toward whom positions are read.
    home : str or None
        The first actor that the document names: its army is `the army`.
    lost : frozenset of str
        The states whose seat the target holds: their city is not theirs.
    year : int or None
        The year of the document.
    nobody : frozenset of str
        The actors that speak for nobody: private persons.
    about : bool
        The document is about the target.
    speaker : str or None
        Who spoke or acted last.
    voice : str or None
        Who spoke last, None where the last speaker has no side.
    salient : bool
        The target is named in this sentence or shortly before.
    offices : dict
        The actor that each office was last named with.
    """

    target: str
    home: str | None = None
    lost: frozenset[str] = frozenset()
    year: int | None = None
    nobody: frozenset[str | None] = frozenset({NOBODY})
    about: bool = False
    speaker: str | None = None
    voice: str | None = None
    salient: bool = False
    offices: dict[str, str] = field(default_factory=dict)

    def is_silent(self, actor: str) -> bool:
        """Tell whether a mention names a private person, a place or the speaker's own country, no actor by itself."""
        return actor in self.nobody or actor == OWN_COUNTRY or is_place(actor)

    def holder_of(self, word: str) -> str | None:
        """Return the actor that an office without a name stands for."""
        office = bare_noun(word)
        return self.offices.get(office) or (self.home if office in OFFICES else None)


def note_offices(running: Running, words: tuple[str, ...], mentions: Iterable[Mention]) -> None:
    """Note the offices that stand up to seven words before an actor, with nobody else and no mark between."""
    mentions = list(mentions)
    for mention in mentions:
        if running.is_silent(mention.actor):
            continue
        for place in range(max(0, mention.start - 7), mention.start):
            office = bare_noun(words[place])
            gap = words[place : mention.start]
            if office not in HEADS or any(word in HARD_MARKS or word in THAT or word in _OTHER_PHRASE for word in gap):
                continue
            between = (m for m in mentions if m.start > place and m.end <= mention.start)
            if not any(m.actor != mention.actor for m in between):
                running.offices[office] = mention.actor


def note_scene(running: Running, hosts: Iterable[Mention]) -> str | None:
    """Note the city in which a sentence sets its scene: from there on its state, which is returned, is at home."""
    for host in hosts:
        state = host.actor.removeprefix("in_")
        if state != running.target and state not in running.lost:
            running.home = state
            running.offices.clear()
            return state
    return None


def speaker_by_office(text: str, start: int, mentions: Iterable[Mention], running: Running) -> str | None:
    """Return the actor of a speaker who is named by an office: the minister, or her minister."""
    words = [DEFAULT_NORMALIZER(word) for word in text.split()]
    if any(word.endswith(OFFICE_HOLDERS) and len(word) > 4 for word in words[:3]):
        for m in mentions:
            if m.end <= start and not (m.marked or m.person or m.actor == OPPONENTS or running.is_silent(m.actor)):
                return m.actor
        return running.speaker
    if not words or any(word in FORMER or bare_noun(word) in PRIVATE for word in words):
        return None
    return running.holder_of(words[0])

"""Speakers resolved to actors and sides: by name, or, for pronouns and short forms, by the statements before."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.actors import OTHER, Office, actor_on, read_offices, read_roles, read_sides
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.matches import Located
from discourse.reading.speech.words import ARTICLE, FOR_THE, group

__all__ = ["Mentions", "Speaker", "last_day", "named_rows", "read_mentions", "resolve"]

_ABOUT = group("affairs")  # رئيس قسم الشؤون الأفغانية speaks for no Afghan
_MEDIA = group("passing_on")
_MOVEMENT = group("the_movement")
_TOWARD = group("toward")  # المبعوث إلى أفغانستان
_MEMORY = 12  # statements back that a short form may refer to


class Mentions(NamedTuple):
    """Actor mentions of a corpus by row of TOKENS, with what their entries say."""

    first: np.ndarray
    stop: np.ndarray
    actor: list[str]
    side: list[str | None]
    person: np.ndarray
    office: list[Office]
    sides: dict[str, str]  # of each actor of the lexicon
    movements: frozenset[str]  # actors that الحركة can stand for


class Speaker(NamedTuple):
    """A speaker as found: document number, first and last row of TOKENS (equal where not named), rule and depth."""

    document: int
    first: int
    stop: int
    rule: str
    nested: bool  # stands inside quotation marks


class _Said(NamedTuple):
    """An earlier statement: words and head of its speaker, who that is, whether an ellipsis may go on with it."""

    words: frozenset[str]
    head: str
    actor: str | None
    side: str | None
    goes_on: bool
    written: list[str]


def _text(value: str | float | None) -> str | None:
    return None if pd.isna(value) else str(value)


def read_mentions(located: Located, actors: Lexicon) -> Mentions:
    """Return the mentions of actors, each with the side, person and dates of its entry."""
    entries = actors.entries
    columns = {
        name: entries[name].tolist() if name in entries else [None] * len(entries)
        for name in ("category", "side", "person")
    }
    entry = located.entry.tolist()
    sides = [_text(value) for value in columns["side"]]
    categories = [str(value) for value in columns["category"]]
    offices = read_offices(actors)
    persons = np.array([_text(value) is not None for value in columns["person"]], bool)
    return Mentions(
        located.first, located.stop, [categories[e] for e in entry], [sides[e] for e in entry], persons[located.entry],
        [offices[e] for e in entry], read_sides(actors), read_roles(actors).movements,
    )  # fmt: skip


def named_rows(located: Located, actors: Lexicon, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return boolean arrays over the rows of TOKENS: inside the name of an actor, of a person, at a name's first word.

    Adjectives of states (روسي) are no names: they stand in the titles of speakers of every side.
    """
    patterns = actors.entries["pattern"].tolist()
    persons = actors.entries["person"].tolist() if "person" in actors.entries else [None] * len(patterns)
    person = np.array([_text(value) is not None for value in persons], bool)
    name = np.array([" " in p or not p.startswith("[") for p in patterns], bool) | person
    out = []
    for wanted in (name & ~person, person):
        chosen = wanted[located.entry]
        steps = np.zeros(size + 1, np.int32)
        np.add.at(steps, located.first[chosen], 1)
        np.add.at(steps, located.stop[chosen], -1)
        out.append(np.cumsum(steps[:-1]) > 0)
    begins = np.zeros(size, bool)
    begins[located.first] = True
    return out[0], out[1], begins


def resolve(
    speakers: list[Speaker],
    mentions: Mentions,
    norms: list[str],
    codes: np.ndarray,
    documents: np.ndarray,
    days: list[np.datetime64 | None],
) -> tuple[list[str | None], list[str | None]]:
    """Give each speaker an actor and a side, or null.

    A named speaker takes the person named in its phrase, else the first actor that stands neither behind a preposition
    of direction nor behind الشؤون. A speaker without an actor in its phrase (المتحدث، الوزيرة كلينتون) takes the actor
    of an earlier speaker of the document with the same head or the same last name, within twelve statements; an
    elliptic one that of the statement before.

    Parameters
    ----------
    speakers : list of Speaker
        In the order of their cues, document by document.
    documents : ndarray
        Number of the document of each row of TOKENS.
    days : list
        Publication day of each document, for persons who change sides with their office.
    """
    actors: list[str | None] = []
    sides: list[str | None] = []
    document: Hashable = None
    memory: list[_Said] = []
    starts = np.searchsorted(mentions.first, [s.first for s in speakers]) if speakers else []
    for speaker, start in zip(speakers, starts, strict=True):
        if speaker.document != document:
            document, memory = speaker.document, []
        actor = side = None
        if speaker.first < speaker.stop:
            words = [norms[code] for code in codes[speaker.first : speaker.stop]]
            media = _bare(words[0]) in _MEDIA
            chosen = -1 if media else _choose(mentions, int(start), speaker, words)
            before = _named_before(memory, words, mentions, chosen, speaker)
            if before is not None:
                actor, side = before.actor, before.side
            elif chosen >= 0:
                actor, side = _office(mentions, chosen, days[speaker.document])
            elif media:
                side = OTHER
            elif memory:
                actor, side = _earlier(memory, words)
            if actor is None and side is None and words[0] in _MOVEMENT and len(words) <= 2:
                actor, side = _movement(mentions, int(start), documents, speaker)
            memory.append(_Said(frozenset(map(_bare, words)), _bare(words[0]), actor, side, _goes_on(speaker), words))
            del memory[:-_MEMORY]
        elif speaker.rule not in ("first person", "passive"):
            last = next((said for said in reversed(memory) if said.goes_on), None)
            actor, side = (last.actor, last.side) if last else (None, None)
        actors.append(actor)
        sides.append(side)
    return actors, sides


def _named_before(
    memory: list[_Said], words: list[str], mentions: Mentions, chosen: int, speaker: Speaker
) -> _Said | None:
    """Return the last speaker with this surname and a given name, where the surname alone is that of a person.

    إيفانوف behind فيكتور إيفانوف is Viktor Ivanov, not the only Ivanov of the lexicon.
    """
    if chosen < 0 or not mentions.person[chosen] or int(mentions.stop[chosen] - mentions.first[chosen]) > 1:
        return None
    place = int(mentions.first[chosen]) - speaker.first
    if place and not words[place - 1].startswith(ARTICLE) and _bare(words[place - 1]) not in group("people"):
        return None  # a given name of its own stands before it
    surname = words[place]
    return next((said for said in reversed(memory) if _is_surname(surname, said.written)), None)


def _is_surname(name: str, words: list[str]) -> bool:
    """Tell whether a name stands in a speaker behind a plain word which is no title (فيكتور إيفانوف)."""
    return name in words and any(
        word == name
        and not given.startswith(ARTICLE)
        and len(given) > 2
        and given not in group("people")
        and given not in group("bodies")
        for given, word in zip(words, words[1:], strict=False)
    )


def _movement(mentions: Mentions, start: int, documents: np.ndarray, speaker: Speaker) -> tuple[str | None, str | None]:
    """Return the last movement named in the document before الحركة."""
    for at in range(start - 1, max(-1, start - 40), -1):
        if documents[mentions.first[at]] != speaker.document:
            break
        if mentions.actor[at] in mentions.movements and not mentions.person[at]:
            return mentions.actor[at], mentions.side[at]
    return None, None


def _choose(mentions: Mentions, start: int, speaker: Speaker, words: list[str]) -> int:
    """Return the mention that stands for the speaker, -1 for none."""
    first, at = -1, start
    while at < len(mentions.first) and mentions.first[at] < speaker.stop:
        if mentions.stop[at] <= speaker.stop:
            if mentions.person[at]:
                return at
            place = int(mentions.first[at]) - speaker.first
            before = words[place - 1] if place else ""
            if first < 0 and before not in _ABOUT and before not in _TOWARD:
                first = at
        at += 1
    return first


def _office(mentions: Mentions, at: int, day: np.datetime64 | None) -> tuple[str | None, str | None]:
    """Return actor and side of a mention, by the successor where the entry's time is over."""
    actor = actor_on(mentions.office[at], day)
    if actor == mentions.actor[at]:
        return actor, mentions.side[at]
    return actor, mentions.sides.get(actor, OTHER)


def _bare(word: str) -> str:
    return word[2:] if word.startswith((ARTICLE, FOR_THE)) and len(word) > 4 else word


def _goes_on(speaker: Speaker) -> bool:
    """An attribution or a speaker inside marks is passed over by a later ellipsis (وأضاف)."""
    return not speaker.nested and not speaker.rule.startswith("attribution")


def _earlier(memory: list[_Said], words: list[str]) -> tuple[str | None, str | None]:
    """Return the actor of an earlier speaker that these words stand for (المتحدث، الوزارة، كلينتون)."""
    head, last = _bare(words[0]), words[-1]
    short = len(words) <= 2 and words[0].startswith(ARTICLE)
    for said in reversed(memory):
        name = len(last) > 3 and not last.startswith(ARTICLE) and last in said.words and last != said.head
        if short and head == said.head or name:
            return said.actor, said.side
    return None, None


def last_day(documents: pd.DataFrame) -> dict[str, np.datetime64 | None]:
    """Return the publication day of each document, None where it has none."""
    if "date" not in documents:
        return {}
    dates = pd.to_datetime(documents["date"], errors="coerce")
    days = [None if pd.isna(day) else np.datetime64(day.date()) for day in dates]
    return dict(zip(documents["doc_id"].astype(str), days, strict=True))

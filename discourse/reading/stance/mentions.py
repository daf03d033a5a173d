"""Mentions of actors as the rules for positions need them: dated, placed, with what stands for them."""

from typing import Any

import numpy as np
import pandas as pd

from discourse.language.sentences import find_openings
from discourse.lexicons.actors import Roles, actor_on, group_of, read_offices
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.matches import locate
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY, Mention
from discourse.reading.stance.standins import Known, stands_for_opponents, stands_for_target
from discourse.reading.stance.words import (
    ADJECTIVE_ENDINGS,
    AND,
    ARTICLE,
    BEFORE_A_CITY,
    BEFORE_TROOPS,
    CONJUNCTION_LETTERS,
    FIGHTERS,
    FOR_THE,
    FOR_THE_JOINED,
    LOCATIVE,
    MISSIONS,
    OF_THE_STATE,
    PEOPLE_AND_PLACES,
    PREPOSITIONS_WRITTEN_ON,
    SPEAKER_COUNTRY,
    STATE_BODIES,
    TOWARD,
    TROOPS,
)

__all__ = ["borders_of", "hosts_of", "mentions_of", "sentence_starts", "with_anaphora"]

_LONGEST = 200  # tokens of a sentence that the rules read at once


def hosts_of(words: tuple[str, ...], roles: Roles) -> tuple[Mention, ...]:
    """Return the cities in which a sentence sets its scene: in Moscow."""
    found = []
    for place, word in enumerate(words):
        bare = word[1:] if word[:1] in BEFORE_A_CITY and word[1:] in roles.hosts else word
        if bare in roles.hosts and (bare != word or (place and words[place - 1] in LOCATIVE)):
            found.append(Mention(place, place + 1, f"in_{roles.hosts[bare]}"))
    return tuple(found)


def borders_of(tokens: pd.DataFrame) -> np.ndarray:
    """Return the first row of each sentence; one without end is cut at a comma, so that the rules stay linear."""
    first = np.flatnonzero(find_openings(tokens))
    length = np.diff(np.r_[first, len(tokens)])
    if (length <= _LONGEST).all():
        return first
    comma = (tokens["token"].astype(object) == "،").to_numpy()
    cuts = [first]
    for start, size in zip(first[length > _LONGEST], length[length > _LONGEST], strict=True):
        at, stop = int(start), int(start + size)
        while stop - at > _LONGEST:
            found = np.flatnonzero(comma[at + _LONGEST // 2 : at + _LONGEST])
            at += _LONGEST // 2 + int(found[-1]) + 1 if len(found) else _LONGEST
            cuts.append(np.array([at]))
    return np.sort(np.concatenate(cuts))


def sentence_starts(tokens: pd.DataFrame) -> np.ndarray:
    """Return, for each row, the first row of its sentence."""
    borders = borders_of(tokens)
    return np.repeat(borders, np.diff(np.r_[borders, len(tokens)]))


def mentions_of(
    tokens: pd.DataFrame, actors: Lexicon, roles: Roles, target: str, days: dict
) -> dict[int, list[Mention]]:
    """Return the mentions of each sentence, by its first row; an entry that has ended names its successor."""
    found = locate(tokens, actors)
    entries = actors.entries
    offices = read_offices(actors)
    person: Any = entries["person"].fillna("").to_numpy() if "person" in entries else np.full(len(entries), "")
    patterns = entries["pattern"].astype(str).tolist()
    stems = [actors.normalizer(pattern.split()[0].strip("[]")) for pattern in patterns]
    begin = sentence_starts(tokens)
    norm = tokens["norm"].astype(object).to_numpy()
    names = tokens["doc_id"].astype(object).to_numpy()
    group = set(group_of(target, actors))
    out: dict[int, list[Mention]] = {}
    for row, stop, entry in zip(found.first, found.stop, found.entry, strict=True):
        named = offices[entry].actor
        actor = actor_on(offices[entry], days.get(str(names[row])))
        actor = target if actor in group else actor
        first = begin[row]
        before = norm[row - 1] if row > first else ""
        if actor in roles.places and not person[entry]:
            if before in PEOPLE_AND_PLACES and stop - row == 1:
                continue
            people = patterns[entry].startswith("[") or norm[row] in roles.soldiers  # of the Americans
            if before in LOCATIVE and stop - row == 1 and not people:
                actor = f"in_{actor}"
        elif before in TOWARD and roles.hosts.get(norm[row]) == actor:
            actor = f"in_{actor}"
        marked = _preposition(norm[row], stems[entry])
        if (
            actor != named
            and named in roles.places
            and _is_city(patterns[entry])
            and (before in LOCATIVE or before in MISSIONS or marked in BEFORE_A_CITY)
        ):
            actor = f"in_{named}"  # in Kabul, the embassy in Kabul: a place, whoever rules there
        out.setdefault(int(first), []).append(
            Mention(int(row - first), int(stop - first), actor, False, marked, person[entry])
        )
    return out


def _is_city(pattern: str) -> bool:
    return len(pattern.split()) == 1 and not pattern.startswith("[")


def _preposition(word: str, stem: str) -> str:
    """Return the preposition written onto a word: what stands before the first word of its entry."""
    place = word.find(stem)
    merged = word.startswith(FOR_THE_JOINED) and stem.startswith(ARTICLE)  # for + the: the alef is lost
    front = word[:place] if place > 0 else FOR_THE if merged else ""
    front = front.lstrip(CONJUNCTION_LETTERS).removesuffix(ARTICLE)
    return front[:1] if front[:1] in PREPOSITIONS_WRITTEN_ON else ""


def _on_troops(word: str) -> str:
    """Return the preposition written onto a word for troops or for a body of the state."""
    return word[0] if word[0] in BEFORE_TROOPS else ""


def _is_definite_adjective(word: str) -> bool:
    return word.startswith(ARTICLE) and word.endswith(ADJECTIVE_ENDINGS)


def _dateline(words: tuple[str, ...]) -> int:
    """Return where the story begins after a dateline: Islamabad, Pakistan (CNN) --."""
    for place in range(1, min(14, len(words) - 1)):
        if words[place] in "-–—" and words[place - 1] in ")-–—":
            return place
    return 0


def with_anaphora(
    mentions: list[Mention], words: tuple[str, ...], target: str, roles: Roles, known: Known
) -> list[Mention]:
    """Add what stands for the target or for the speaker's country, and join neighbours of one actor."""
    begin = _dateline(words)
    mentions = [m for m in mentions if m.start >= begin]
    taken = {place for m in mentions for place in range(m.start, m.end)}
    extra = []
    named = any(m.actor == target for m in mentions)
    states, state = any(m.actor in roles.states for m in mentions), known.state
    for place, word in enumerate(words):
        if place in taken:
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        if stands_for_target(words, place, known, named=named, states=states):
            extra.append(Mention(place, place + 1, target, True, "" if word in FIGHTERS else _on_troops(word)))
        elif stands_for_opponents(words, place, known):
            extra.append(Mention(place, place + 2, OPPONENTS))
        elif place and word.startswith(AND) and word[1:] in roles.international and place - 1 in taken:
            extra.append(Mention(place, place + 1, roles.international[word[1:]]))
        elif word in TROOPS and following in roles.international:
            extra.append(Mention(place, place + 2, roles.international[following], False, _on_troops(word)))
        elif word in roles.soldiers and place + 1 not in taken:
            extra.append(Mention(place, place + 1, roles.soldiers[word]))
        elif word in TROOPS and following in OF_THE_STATE and place + 2 not in taken and state:
            extra.append(Mention(place, place + 2, state, True, _on_troops(word)))
        elif word in STATE_BODIES and state and not _is_definite_adjective(following):
            extra.append(Mention(place, place + 1, state, True, _on_troops(word)))
        elif word in SPEAKER_COUNTRY:
            extra.append(Mention(place, place + 1, OWN_COUNTRY, True))
    joined: list[Mention] = []
    for mention in sorted([*mentions, *extra], key=lambda m: (m.start, m.end)):
        if joined and mention.start < joined[-1].end:
            continue
        apart = mention.anaphor and words[mention.start].startswith(AND)  # on the Taliban, and the movement reassures
        if joined and joined[-1].actor == mention.actor and mention.start == joined[-1].end and not apart:
            joined[-1] = Mention(
                joined[-1].start,
                mention.end,
                mention.actor,
                joined[-1].anaphor and mention.anaphor,
                joined[-1].marked,
                mention.person or joined[-1].person,
            )
        else:
            joined.append(mention)
    return joined

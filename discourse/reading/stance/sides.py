"""Which mentions speak for no side, and which are the target's opponents."""

from collections.abc import Iterable
from dataclasses import replace

from discourse.lexicons.actors import NOBODY, Roles
from discourse.reading.stance.forms import bare_noun, is_nationality
from discourse.reading.stance.lists import FORMER, PARTICLES_BEFORE_AN_OFFICE, PRIVATE
from discourse.reading.stance.passage import is_place
from discourse.reading.stance.shapes import OPPONENTS, OWN_COUNTRY, Cue, Mention
from discourse.reading.stance.words import FIGHTERS

__all__ = ["with_opponents", "without_private"]


def without_private(mentions: Iterable[Mention], words: tuple[str, ...], roles: Roles, target: str) -> list[Mention]:
    """Mark the mentions that speak for nobody: a Russian expert, the former minister."""
    nobody = min(roles.nobody, default=NOBODY)
    kept = {target, OWN_COUNTRY} | roles.militants | roles.movements
    return [
        m
        if m.actor in kept or is_place(m.actor) or not (_is_former if m.person else _is_private)(m, words)
        else replace(m, actor=nobody)
        for m in mentions
    ]


def _is_former(mention: Mention, words: tuple[str, ...]) -> bool:
    """Tell whether one of the two words before a person says that the office is a former one."""
    return any(word in FORMER for word in words[max(0, mention.start - 2) : mention.start])


def _is_private(mention: Mention, words: tuple[str, ...]) -> bool:
    """Tell whether a private person or thing stands before a mention, or its nationality is that of a former one."""
    start, end = mention.start, mention.end
    head, head_before = (words[place] if place >= 0 else "" for place in (start - 1, start - 2))
    if head in PRIVATE or bare_noun(head) in PRIVATE:
        return True
    if head.startswith(PARTICLES_BEFORE_AN_OFFICE) and head[1:] in PRIVATE:
        return True
    if not is_nationality(words[start]):
        return False
    if is_nationality(head) and (bare_noun(head_before) in PRIVATE or head_before in PRIVATE):
        return True
    behind = words[end : end + 2]
    if behind and behind[0] in FORMER:
        return True
    return len(behind) > 1 and is_nationality(behind[0]) and behind[1] in FORMER


def with_opponents(
    mentions: Iterable[Mention], cues: Iterable[Cue], words: tuple[str, ...], target: str
) -> list[Mention]:  # fmt: skip
    """Mark the opponents of the target: a word that names them alone, or one with the target in or behind it."""
    found = list(mentions)
    for cue in cues:
        if cue.category != OPPONENTS:
            continue
        if cue.role == "alone":
            found = [m for m in found if m.end <= cue.start or m.start >= cue.end]
            found = sorted([*found, Mention(cue.start, cue.end, OPPONENTS)], key=lambda m: m.start)
            continue
        theirs = ((k, m) for k, m in enumerate(found) if m.actor == target and cue.start < m.start <= cue.end + 2)
        place = next((k for k, m in theirs if m.start >= cue.end or words[m.start] not in FIGHTERS), None)
        if place is not None:
            found[place] = Mention(cue.start, found[place].end, OPPONENTS)
    return found

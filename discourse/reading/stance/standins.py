"""What stands for the target in a sentence that need not name it: the movement, the group, its people, the rulers."""

from typing import NamedTuple

from discourse.reading.stance.lists import ACCUSATIVE, HE_SHE_THEY
from discourse.reading.stance.words import (
    ARTICLE,
    FIGHTERS,
    FIGHTS_IT,
    GROUP_WORDS,
    ITS_PEOPLE,
    MOVEMENT,
    MOVEMENT_IN,
    NOT_GROUP,
    NOT_MOVEMENT,
    RULERS,
    RULERS_BEHIND,
    THE_RULERS,
    TRAFFIC,
    WHO,
)

__all__ = ["Known", "stands_for_opponents", "stands_for_target"]


class Known(NamedTuple):
    """What a document has told before a sentence.

    Attributes
    ----------
    seen : bool
        The target is named before.
    state : str or None
        The state named last.
    salient : bool
        The target is named shortly before.
    group : bool
        The target is the last armed group named.
    rules : bool
        The target rules the country on the day of the document.
    """

    seen: bool
    state: str | None = None
    salient: bool = False
    group: bool = False
    rules: bool = False


def stands_for_target(words: tuple[str, ...], place: int, known: Known, *, named: bool, states: bool) -> bool:
    """Tell whether a word stands for the target; ``named`` and ``states``: the sentence names it, or a state."""
    word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
    if word in FIGHTERS:
        return not _is_adjective_of(words, place)
    if word in MOVEMENT:
        return (known.seen or named) and not _is_other_movement(words, place, following)
    if word in GROUP_WORDS:
        return (known.salient or named) and known.group and following not in NOT_GROUP
    if word in ITS_PEOPLE:
        return (known.salient or named) and known.group
    if word in RULERS and known.rules and (known.seen or named):
        return following in RULERS_BEHIND or (word in THE_RULERS and not states)
    return False


def stands_for_opponents(words: tuple[str, ...], place: int, known: Known) -> bool:
    """Tell whether `who` and a verb stand for the target's opponents: who fights them."""
    following, behind = ((*words[place + 1 : place + 3], "", "")[k] for k in (0, 1))
    if words[place] not in WHO or following not in FIGHTS_IT or not (known.salient and known.group):
        return False
    return not behind.startswith(ARTICLE) and behind not in HE_SHE_THEY


def _is_adjective_of(words: tuple[str, ...], place: int) -> bool:
    """Tell whether an indefinite accusative belongs to the noun before it, which has the same ending: armed groups."""
    return place > 0 and words[place].endswith(ACCUSATIVE) and words[place - 1].endswith(ACCUSATIVE)


def _is_other_movement(words: tuple[str, ...], place: int, following: str) -> bool:
    """Tell whether the movement is another one, or traffic: in the streets."""
    if following in NOT_MOVEMENT:
        return True
    near = (*words[max(0, place - 2) : place], *words[place + 2 : place + 4])
    return following in MOVEMENT_IN and any(word in TRAFFIC for word in near)

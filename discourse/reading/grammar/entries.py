"""Entries of several words in a sentence, and adverbs that are none."""

from discourse.language.arabic.clause_words import sequences
from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.words import Stretch, frame_of

__all__ = ["counts", "follows", "is_taken"]

C = Class


def follows(s: Stretch, place: int, last: int, name: str) -> int:
    """Return how many words of an entry of a list of several words stand here, 0 for none."""
    if not s.flags[place] & C.BEGINS_ENTRY:
        return 0
    for entry in sequences(name).get(s.words[place].host, ()):
        if place + len(entry) <= last and all(s.words[place + k].host == word for k, word in enumerate(entry)):
            return len(entry)
    return 0


def counts(s: Stretch, place: int, last: int) -> int:
    """Return how many words before a number only say about how many: نحو, ما لا يقل عن."""
    n_words = follows(s, place, last, "approximations") if s.flags[place] & C.BEGINS_ENTRY else 0
    return n_words if n_words and place + n_words < last and s.flags[place + n_words] & C.NUMBER else 0


def is_taken(s: Stretch, place: int) -> bool:
    """Tell whether what is mostly an adverb is what the verb before it takes: لم يتلق ردا, not رد ردا على."""
    if place - 1 not in s.verbs or not s.flags[place] & C.DEED:
        return False
    following = s.flag(place + 1)
    if following and s.words[place + 1].preposition:
        return False
    governed = following & (C.PREPOSITION | C.PRONOUN_PHRASE) and not following & C.PURPOSE
    return not governed and frame_of(s.verbs[place - 1].lemmas)[0]

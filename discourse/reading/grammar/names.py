"""What a word is by its neighbours: a name, an adjective joined to another, an adverb that a verb takes."""

from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.words import Stretch, frame_of

__all__ = ["NO_NAME", "is_joined", "is_name", "is_taken"]

C = Class
NO_NAME = (
    C.NOUN | C.COMMON | C.LIKE_VERB | C.ADJECTIVE | C.TITLE | C.TIME_NOUN | C.QUANTIFIER | C.NUMBER | C.POSSESSED
    | C.DEFINITE | C.FEMININE | C.DEMONSTRATIVE | C.ATTRIBUTE | C.LIKE_PARTICIPLE
)  # fmt: skip


def is_name(s: Stretch, place: int) -> bool:
    """Tell whether a word looks like a name: no common noun, no verbal noun, no ending of one, no clitics."""
    flags, word = s.flags[place], s.words[place]
    if flags & NO_NAME:
        return False
    return not (word.masdar or word.participle or word.preposition or word.conjunction or word.pronoun)


def is_joined(s: Stretch, place: int, limit: int) -> bool:
    """Tell whether a dash joins two adjectives of origin."""
    kinds = C.NISBA | C.DEFINITE
    return place + 1 < limit and all(s.flags[k] & kinds == kinds for k in (place - 1, place + 1))


def is_taken(s: Stretch, place: int) -> bool:
    """Tell whether what is mostly an adverb is what the verb before it takes: لم يتلق ردا, not رد ردا على."""
    if place - 1 not in s.verbs or not s.flags[place] & C.DEED:
        return False
    following = s.flag(place + 1)
    if following and s.words[place + 1].preposition:
        return False
    governed = following & (C.PREPOSITION | C.PRONOUN_PHRASE) and not following & C.PURPOSE
    return not governed and frame_of(s.verbs[place - 1].lemmas)[0]

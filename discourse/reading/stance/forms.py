"""Words without what is written onto them, as the reading of positions compares them."""

from discourse.reading.stance.lists import (
    ARTICLES,
    NATIONALITY_ENDINGS,
    PARTICLES_BEFORE_A_NOUN,
    PARTICLES_WRITTEN_ON,
)
from discourse.reading.stance.words import CONJUNCTION_LETTERS

__all__ = ["bare_noun", "is_nationality", "stem_of", "without_conjunction"]


def stem_of(word: str) -> str:
    """Take the article, or else a particle off a word of more than four letters."""
    for front in ARTICLES:
        if word.startswith(front):
            return word[len(front) :]
    return word[1:] if word.startswith(PARTICLES_BEFORE_A_NOUN) and len(word) > 4 else word


def bare_noun(word: str) -> str:
    """Take the article off a word where three letters remain, or else a particle off one of more than four."""
    for front in ARTICLES:
        if word.startswith(front) and len(word) - len(front) >= 3:
            return word[len(front) :]
    return word[1:] if word.startswith(PARTICLES_WRITTEN_ON) and len(word) > 4 else word


def is_nationality(word: str) -> bool:
    """Tell whether a word ends like an adjective of nationality."""
    return bare_noun(word).endswith(NATIONALITY_ENDINGS)


def without_conjunction(word: str) -> str:
    """Take the letters of a conjunction off the front of a word."""
    return word.lstrip(CONJUNCTION_LETTERS)

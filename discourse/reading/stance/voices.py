"""Who speaks in a quotation whose speaker is no actor by name: an office of the sentence, or who spoke before."""

from collections.abc import Iterable

from discourse.reading.stance.forms import bare_noun
from discourse.reading.stance.lists import ACCUSATIVE, FORMER, HEADS, OFFICES, PREPOSITIONS, PRIVATE, THAT
from discourse.reading.stance.running import Running
from discourse.reading.stance.shapes import Mention
from discourse.reading.stance.words import CONJUNCTION_LETTERS, FOR, QUOTES, SPEECH_OPENERS

__all__ = ["is_private_speaker", "unnamed_speaker"]

_COLON = ":"
_MOST = 12  # words before a quotation in which its speaker stands
_BEHIND = 5  # ... and behind it
_BODIES = HEADS | OFFICES


def unnamed_speaker(
    words: tuple[str, ...], span: tuple[int, int], mentions: Iterable[Mention], running: Running
) -> str | None:
    """Return who speaks in words [start, end): an office before or behind them, or who spoke in the sentence before."""
    start, end = span
    before, behind = words[max(0, start - _MOST) : start], words[end : end + _BEHIND]
    near = before if any(word not in QUOTES for word in before) else behind
    if is_private_speaker(near) or any(m.end <= start for m in mentions):
        return None
    if near is behind and not any(word in QUOTES for word in near[:1]):
        return running.voice
    for word in reversed(near):
        office = _office(word)
        if office is not None:
            return running.holder_of(office)
    return running.voice if _names_nobody(near) else None


def is_private_speaker(words: Iterable[str]) -> bool:
    """Tell whether words name a private or a former person."""
    return any(word in FORMER or any(form in PRIVATE for form in (word, *_forms(word))) for word in words)


def _forms(word: str) -> tuple[str, str]:
    """Return a word without its article, and without its case."""
    bare = bare_noun(word)
    return bare, bare.removesuffix(ACCUSATIVE)


def _office(word: str) -> str | None:
    """Return the office that a word names."""
    return next((form for form in _forms(word) if form in _BODIES), None)


def _names_nobody(near: tuple[str, ...]) -> bool:
    """Tell whether a verb of saying stands with no noun behind it: and he said to the reporters."""
    for place, word in enumerate(near):
        if word in SPEECH_OPENERS or word.lstrip(CONJUNCTION_LETTERS) in SPEECH_OPENERS:
            rest = [x for x in near[place + 1 :] if x not in QUOTES]
            return not rest or rest[0] in PREPOSITIONS | THAT | {_COLON} or rest[0].startswith(FOR)
    return False

"""A text in one spelling, whatever font, keyboard or vowels it has; each place is known in the original."""

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from discourse.language.arabic.normalization import (
    BIDI_CONTROLS,
    DIACRITICS,
    INVISIBLE,
    TATWEEL,
    WESTERN_DIGITS,
    fold,
)

__all__ = ["HIDING", "Plain", "plain_text"]

_LETTER = "\u0620-\u064a\u066e-\u06d3"
_MARKS = f"{DIACRITICS}{BIDI_CONTROLS}{INVISIBLE}"
# What is written beside letters, a tatweel within a word (one that stands alone is a dash), letters as they look.
_FORMS = "\ufb50-\ufdff\ufe70-\ufefc"
_ODD = re.compile(f"(?<=[{_LETTER}{_FORMS}])[{_MARKS}]*{TATWEEL}[{TATWEEL}{_MARKS}]*|[{_MARKS}]+|[{_FORMS}]")
HIDING = re.compile(f"(?<=[{_LETTER}]){TATWEEL}|[\ufb50-\ufdff\ufe70-\ufefc\u06cc\u06a9]")
"""What hides a word from patterns in running text: not its vowels, which few texts have and many a little of."""
_AFTER = re.compile(f"[{DIACRITICS}{TATWEEL}]*")
_OTHER_KEYS = {"\u06cc": "ي", "\u06d2": "ي", "\u06a9": "ك", "\u06c1": "ه", "\u06be": "ه", "\u06d5": "ه", "\u06c0": "ه",
               "\u06c3": "ه", "\u0671": "ا"}  # fmt: skip
_TABLE = {**_OTHER_KEYS, **{chr(code): digit for code, digit in WESTERN_DIGITS.items()}}
_KEYED = re.compile(f"[{''.join(_TABLE)}]")


class Plain(NamedTuple):
    """A text in one spelling, and where its places lie in the original."""

    text: str
    original: str
    turns: tuple[int, ...]  # places in ``text`` from which on the distance to the original is another
    places: tuple[int, ...]  # the places in the original that belong to them

    def place(self, at: int) -> int:
        """Return the place in the original of a place in the plain text."""
        turn = bisect_right(self.turns, at) - 1
        return at if turn < 0 else self.places[turn] + at - self.turns[turn]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a half-open span of the original; the marks on its last letter belong to it."""
        if not self.turns or end <= start:
            return self.place(start), self.place(end)
        last = self.place(end - 1) + 1
        after = _AFTER.match(self.original, last)
        return self.place(start), after.end() if after else last


def plain_text(text: str) -> Plain:
    """Return a text without marks, tatweel within words, bidi and invisible characters, in Arabic letters, folded.

    Presentation forms and ligatures become the letters that they show, Persian letters the Arabic ones, digits Western
    ones; letters are folded as by ``fold``.

    Examples
    --------
    >>> plain = plain_text("٢٣ دِيســمبر")
    >>> plain.text, plain.span(3, 9)
    ('23 ديسمبر', (3, 12))
    """
    if _ODD.search(text) is None:
        return Plain(_keyed(text), text, (), ())
    pieces: list[str] = []
    turns: list[int] = []
    places: list[int] = []
    length, last = 0, 0
    for found in _ODD.finditer(text):
        start, end = found.span()
        if start > last:
            pieces.append(text[last:start])
            length += start - last
        shown = _shown(text[start]) if end - start == 1 and "\ufb50" <= text[start] < "\ufeff" else ""
        for _ in shown:  # every letter of a ligature lies where the ligature does
            turns.append(length)
            places.append(start)
            length += 1
        pieces.append(shown)
        turns.append(length)
        places.append(end)
        last = end
    pieces.append(text[last:])
    return Plain(_keyed("".join(pieces)), text, tuple(turns), tuple(places))


def _keyed(text: str) -> str:
    """Fold letters, and put Arabic letters and Western digits for those of other keyboards: one look for each."""
    for letter in set(_KEYED.findall(text)):
        text = text.replace(letter, _TABLE[letter])
    return fold(text)


def _shown(letter: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", letter) if char != TATWEEL and char not in DIACRITICS)

"""Where words end: the pieces of a text as one pattern that covers every character, and what a language adds to it."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np

__all__ = ["JOINERS", "Boundaries", "Kind", "character_kinds", "is_token", "piece_pattern"]

JOINERS = "\u200c\u200d\u00ad\u200e\u200f\u061c"  # invisible, but inside a word they belong to it
_EMOJI_BASE = "\u2190-\u2bff\U0001f000-\U0001faff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_PLANES = 0x20000  # the two planes with marks, digits and letters of more than one kind


class Boundaries(NamedTuple):
    """What one language adds to the rules of boundaries; every field is a regex, or the body of a regex class.

    Attributes
    ----------
    abbreviation : str
        Pattern of a name spelled out letter by letter: at least two of ``initials``, each alone, with a dot, a blank or
        a dot and a blank between them. What is not of this shape is not found.
    initials : str
        Letters that such a name is made of.
    titles : str
        Letters that stand alone before a dot that ends no sentence (a title).
    diacritics : str
        Marks above and below letters: a number is no number where one follows it.
    before_number : str
        Pattern of what may be written onto the front of a number.
    units : str
        Letters that may be written onto the end of one.
    before_abbreviation : str
        Pattern of what may be written onto the front of an abbreviation, with the look ahead at it.
    number_marks : str
        Marks between the digits of one number.
    sentence_ends : str
        Marks that end a sentence, the full stop apart.
    address_stops : str
        Marks that no address of the net runs over.
    """

    abbreviation: str
    initials: str
    titles: str
    diacritics: str = ""
    before_number: str = ""
    units: str = ""
    before_abbreviation: str = ""
    number_marks: str = ".,"
    sentence_ends: str = "!?‼⁇"
    address_stops: str = '<>"«»“”‹›()'


class Kind:
    """Kinds of characters, in an order in which a comparison tells blanks, letters and marks apart."""

    BLANK, BREAK, CONTROL, JOINER, INVISIBLE, COMBINING, LETTER, DIGIT, INITIAL, MARK, DOT, NUMBER, AT, SLASH, EMOJI = (
        range(15)
    )


@cache
def _marks_and_controls() -> tuple[str, str]:
    """Return the punctuation and symbol characters, and the control characters, as regex class bodies."""
    marks, controls = [], []
    for number in range(0x10000):
        character = chr(number)
        kind = unicodedata.category(character)
        if kind[0] in "PS":
            marks.append(re.escape(character))
        elif kind in ("Cc", "Cf") and not character.isspace() and character not in JOINERS:
            controls.append(re.escape(character))
    return "".join(marks) + f"\U0001f000-\U0001faff{_FLAG}", "".join(controls) + "\U000e0001-\U000e007f"


@cache
def piece_pattern(boundaries: Boundaries) -> re.Pattern[str]:
    """Return the pattern of one piece; laid end to end, its matches are the text.

    A piece is white space, a word, a mark, or a run of control characters; `is_token` tells them apart.
    """
    mark, control = _marks_and_controls()
    word = rf"[^\s{mark}{control}{JOINERS}]+"
    emoji = rf"[{_EMOJI_BASE}](?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[{_EMOJI_BASE}])"
    numbers = re.escape(boundaries.number_marks)
    units = f"[{boundaries.units}]*" if boundaries.units else ""
    before_abbreviation = f"| {boundaries.before_abbreviation}" if boundaries.before_abbreviation else ""
    return re.compile(
        rf"""
          \s+
        | (?:https?://|www\.)[^\s{re.escape(boundaries.address_stops)}]*[\w/\#=&]     # addresses
        | [\w.+-]+@[\w-]+\.[\w.-]*\w
        | {boundaries.abbreviation.replace(" ", "[ ]")}
        {before_abbreviation}
        | (?:{boundaries.before_number})\d+(?:[{numbers}]\d+)+{units}(?![\w{boundaries.diacritics}])  # numbers
        | {word}(?:[{JOINERS}]+{word})*
        | [{_FLAG}]{{2}}                                       # flags
        | {emoji}+                                             # emoji with modifiers
        | [{control}{JOINERS}]+
        | .
        """,
        re.VERBOSE | re.DOTALL,
    )


def is_token(piece: str) -> bool:
    """Tell whether a piece is a token: neither white space nor control characters alone."""
    return not (piece.isspace() or all(unicodedata.category(c) in ("Cc", "Cf") for c in piece))


@cache
def character_kinds(boundaries: Boundaries) -> np.ndarray:
    """Return the kind of every code point, as an array of uint8 to be looked up by code point.

    Letters are all that the pattern takes into a word. COMBINING are those of them that may follow an abbreviation or
    belong to an emoji before one, and all above the second plane; INVISIBLE those that are control characters when
    nothing else is in the word.
    """
    mark, control = _marks_and_controls()
    kinds = np.full(0x110000, Kind.COMBINING, np.uint8)
    points = "".join(map(chr, range(_PLANES)))
    rules = (  # later ones win
        (Kind.LETTER, rf"\w{boundaries.diacritics}"),
        (Kind.DIGIT, r"\d"),
        (Kind.INITIAL, boundaries.initials),
        (Kind.MARK, mark),
        (Kind.EMOJI, _EMOJI_BASE),
        (Kind.NUMBER, re.escape(boundaries.number_marks)),
        (Kind.DOT, "."),
        (Kind.AT, "@"),
        (Kind.SLASH, "/"),
        (Kind.CONTROL, control),
        (Kind.JOINER, JOINERS),
        (Kind.BLANK, r"\s"),
        (Kind.BREAK, "\n\r\u2028\u2029\x0b\x0c\x85"),
    )
    for kind, characters in rules:
        for found in re.finditer(f"[{characters}]+", points):
            chosen = kinds[found.start() : found.end()]
            chosen[:] = np.where(chosen == Kind.MARK, kind, Kind.COMBINING) if kind == Kind.EMOJI else kind
    for number in range(0x10000, _PLANES):
        if kinds[number] == Kind.COMBINING and unicodedata.category(chr(number)) == "Cf":
            kinds[number] = Kind.INVISIBLE
    kinds[0xE0001:0xE0080] = Kind.JOINER  # tags; those that are not assigned are tokens
    kinds.flags.writeable = False
    return kinds

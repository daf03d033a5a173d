"""Runs: the stretches of a text that read in one direction, for programs that must be told."""

import unicodedata
from typing import NamedTuple

__all__ = ["Run", "split_runs"]

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_LEFT, _RIGHT, _DIGITS = {"L"}, {"R", "AL"}, {"EN", "AN"}
_SIGNS = frozenset("+-\N{MINUS SIGN}")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "\xab": "\xbb"}
_JOINERS = frozenset(".,:/-\N{EN DASH}\N{MINUS SIGN}%")


class Run(NamedTuple):
    """A stretch of a text and whether it reads from right to left."""

    text: str
    rtl: bool


def split_runs(text: str, *, rtl: bool) -> list[Run]:
    """Split a text into stretches that read in one direction.

    Signs and spaces between two stretches of one direction belong to it; elsewhere they have the direction of the
    whole. In a text from right to left a number, a day or a span of years is a stretch of its own, so that its parts
    keep their order. Marks that steer direction in plain text are left out: the stretches say as much.

    Parameters
    ----------
    text : str
        Any text.
    rtl : bool
        The direction of the whole.

    Returns
    -------
    list of Run
        Joined, the text without its marks of direction.

    Examples
    --------
    >>> [run.text for run in split_runs("موسكو (AFP) 2015-2016", rtl=True)], split_runs("n = 4", rtl=False)
    (['موسكو (', 'AFP', ') ', '2015-2016'], [Run(text='n = 4', rtl=False)])
    """
    plain = text.translate(_ISOLATES)
    sides = [_side(mark) for mark in plain]
    if rtl:
        _mark_numbers(plain, sides)
    filled = _fill_in(sides, _bracket_pairs(plain), "right" if rtl else "left")
    runs: list[Run] = []
    for mark, side in zip(plain, filled, strict=True):
        right = side == "right" or (side == "digit" and rtl)
        if runs and runs[-1].rtl == right:
            runs[-1] = Run(runs[-1].text + mark, right)
        else:
            runs.append(Run(mark, right))
    return runs


def _fill_in(sides: list[str], pairs: list[tuple[int, int]], whole: str) -> list[str]:
    """Give every neutral sign a side: brackets that of the whole, unless they stand within a stretch of the other."""
    strong = [whole if side in ("digit", "number") else side for side in sides]
    before = ""
    for place, side in enumerate(sides):  # a number after letters from left to right goes with them
        if side in ("digit", "number") and before == "left":
            strong[place] = "left"
        elif side in ("left", "right"):
            before = side
    told = [
        side if side not in ("digit", "number") or one == whole else one
        for side, one in zip(sides, strong, strict=True)
    ]
    for first, last in pairs:
        inside = {one for one in strong[first + 1 : last] if one}
        earlier = next((one for one in reversed(strong[:first]) if one), whole)
        side = whole if whole in inside or not inside or earlier == whole else earlier
        strong[first] = strong[last] = told[first] = told[last] = side
    after = [*strong, whole]
    for place in reversed(range(len(strong))):
        after[place] = strong[place] or after[place + 1]
    before = whole
    for place, side in enumerate(strong):
        if side:
            before = side
        else:
            told[place] = before if before == after[place] else whole
    return told


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    """Return where brackets open and close, in the order in which they open."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, mark in enumerate(text):
        if mark in _BRACKETS:
            opened.append((_BRACKETS[mark], place))
        elif opened and mark == opened[-1][0]:
            pairs.append((opened.pop()[1], place))
    return sorted(pairs)


def _side(mark: str) -> str:
    kind = unicodedata.bidirectional(mark)
    return "left" if kind in _LEFT else "right" if kind in _RIGHT else "digit" if kind in _DIGITS else ""


def _mark_numbers(text: str, sides: list[str]) -> None:
    """Mark digits, the signs between them, and a sign before them, as stretches from left to right."""
    digits = {place for place, side in enumerate(sides) if side == "digit"}
    for place in digits:
        sides[place] = "number"
        if place + 2 in digits and text[place + 1] in _JOINERS:
            sides[place + 1] = "number"
        if place and text[place - 1] in _SIGNS and (place < 2 or not text[place - 2].isalnum()):
            sides[place - 1] = "number"
        if text[place + 1 : place + 2] == "%":
            sides[place + 1] = "number"

"""A text as the tool holds it beside the text of the document: the same, or the same but for what tools change."""

import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

__all__ = ["Pair", "pair_texts", "plain_text", "simplify"]

_LEVELS = ("line ends", "normal form", "spaces")
"""What may differ, each with all before it."""


class _Simple(NamedTuple):
    """A simplified text, and for each of its characters where it begins and ends in the text."""

    text: str
    begins: list[int]
    ends: list[int]


class Pair:
    """Two texts that are the same, or are the same once simplified; ``differ`` says in what."""

    def __init__(self, theirs: _Simple | None, ours: _Simple | None, differ: str | None) -> None:
        self._theirs, self._ours, self.differ = theirs, ours, differ

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of our text that is a span of theirs; null where it begins or ends inside a character."""
        if self._theirs is None or self._ours is None:
            return start, end
        text, begins, ends = self._theirs
        first, last = bisect_left(begins, start), bisect_right(ends, end)
        if first >= last:
            return None
        if first and ends[first - 1] > start and not text[first - 1].isspace():
            return None
        if last < len(text) and begins[last] < end and not text[last].isspace():
            return None
        begin, stop = self._ours.begins[first], self._ours.ends[last - 1]
        shared = first and self._ours.ends[first - 1] > begin or last < len(text) and self._ours.begins[last] < stop
        return None if shared else (begin, stop)


def pair_texts(theirs: str, ours: str) -> Pair | None:
    r"""Lay two texts beside each other; null where they differ in more than line ends, normal form and spaces.

    Examples
    --------
    >>> pair_texts("كابل\nاليوم", "كابل\r\nاليوم").place(5, 10)
    (6, 11)
    >>> pair_texts("كابل", "هرات") is None
    True
    """
    if theirs == ours:
        return Pair(None, None, None)
    for level, name in enumerate(_LEVELS):
        if plain_text(theirs, level) == plain_text(ours, level):
            one, other = simplify(theirs, level), simplify(ours, level)
            if one.text == other.text:
                return Pair(one, other, name)
    return None


def plain_text(text: str, level: int = len(_LEVELS) - 1) -> str:
    r"""Return what is the same in texts that are the same once simplified; it is quick, and tells no places.

    Examples
    --------
    >>> plain_text("كابل\r\n اليوم") == plain_text("كابل اليوم"), plain_text("كابل") == plain_text("هرات")
    (True, False)
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(plain.split()) if level > 1 else plain) if level else plain


def simplify(text: str, level: int = len(_LEVELS) - 1) -> _Simple:
    """Return a text without a leading mark, with one kind of line end, then composed, then with single spaces."""
    out: list[tuple[str, int, int]] = []
    place = 1 if text.startswith("\ufeff") else 0
    while place < len(text):
        stop = place + 1
        if text[place] == "\r":
            stop += text[stop : stop + 1] == "\n"
            out.append(("\n", place, stop))
        elif level and stop < len(text) and unicodedata.combining(text[stop]) or level and ord(text[place]) > 0xF900:
            while stop < len(text) and unicodedata.combining(text[stop]):
                stop += 1
            cluster = text[place:stop]
            composed = unicodedata.normalize("NFC", cluster)
            if composed == cluster:
                out += [(one, at, at + 1) for at, one in enumerate(cluster, start=place)]
            else:
                out += [(one, place, stop) for one in composed]
        else:
            out.append((text[place], place, stop))
        place = stop
    if level > 1:
        out = _single_spaces(out)
    return _Simple("".join(one for one, _, _ in out), [a for _, a, _ in out], [b for _, _, b in out])


def _single_spaces(units: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    out: list[tuple[str, int, int]] = []
    for one, begin, end in units:
        if not one.isspace():
            out.append((one, begin, end))
        elif out and out[-1][0] == " ":
            out[-1] = (" ", out[-1][1], end)
        elif out:
            out.append((" ", begin, end))
    return out[:-1] if out and out[-1][0] == " " else out

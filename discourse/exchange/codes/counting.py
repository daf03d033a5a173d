"""Ways in which tools count offsets: characters, UTF-16 units, bytes, a line end of two characters as one."""

import re
import unicodedata

import numpy as np

__all__ = ["READINGS", "Counting", "count_offset", "fit_quote"]

READINGS = {
    "characters": "Unicode characters",
    "characters/lf": "Unicode characters, CR LF counted as one",
    "utf16": "UTF-16 units",
    "utf16/lf": "UTF-16 units, CR LF counted as one",
    "bytes": "UTF-8 bytes",
}


class Counting:
    """The characters of one text, at the offsets of one way to count."""

    def __init__(self, text: str, reading: str) -> None:
        unit, _, ends = reading.partition("/")
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        width = np.ones(len(points), dtype=np.int64)
        if unit == "utf16":
            width += points > 0xFFFF
        elif unit == "bytes":
            width += (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
        if ends == "lf" and len(points) > 1:
            width[:-1][(points[:-1] == 0x0D) & (points[1:] == 0x0A)] = 0
        self._at = np.concatenate(([0], np.cumsum(width)))
        self._length = int(self._at[-1])
        self._single = bool((width == 1).all())

    def spans(self, offset: int) -> bool:
        """Tell whether an offset stands within the text at all."""
        return 0 <= offset <= self._length

    def __call__(self, offset: int) -> int | None:
        """Return how many characters stand before an offset; null inside a character and outside of the text."""
        if not self.spans(offset):
            return None
        if self._single:
            return offset
        place = int(self._at.searchsorted(offset))
        return place if int(self._at[place]) == offset else None


def count_offset(text: str, place: int, reading: str) -> int:
    """Return the offset of a character of a text in one way to count.

    Examples
    --------
    >>> count_offset("😀 كابل", 2, "utf16"), count_offset("😀 كابل", 2, "bytes")
    (3, 5)
    """
    before = text[:place]
    unit, _, ends = reading.partition("/")
    if ends == "lf":
        before = before.replace("\r\n", "\n")
    if unit == "utf16":
        return len(before.encode("utf-16-le", "surrogatepass")) // 2
    return len(before.encode("utf-8", "surrogatepass")) if unit == "bytes" else len(before)


def fit_quote(quote: str, written: str, *, loose: bool = False) -> int:
    """Say how well a quote fits what is written: 3 the same, 2 but for spaces and normal form, 1 its letters, 0 not.

    A ``loose`` quote is a title that may be cut short: it fits what begins as it does.

    Examples
    --------
    >>> fit_quote("كابل", "كابل"), fit_quote("كابل ", "كابل"), fit_quote("«كابل»", "كابل"), fit_quote("هرات", "كابل")
    (3, 2, 1, 0)
    """
    if quote == written:
        return 3
    one, other = _plain(quote), _plain(written)
    if one == other:
        return 2
    if loose:
        one = one.removesuffix("…").removesuffix("...").strip()
        return 1 if one and other.startswith(one) else 0
    one, other = re.sub(r"[\W_]+", "", one), re.sub(r"[\W_]+", "", other)
    return 1 if one and one == other else 0


def _plain(text: str) -> str:
    """Return a text without what tools change on the way; some write the line ends of a quote as two characters."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\\n", "\n")).split())

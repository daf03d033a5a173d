"""Many texts cut at once: kinds of characters from a table, and the pattern only where the kinds do not decide.

A token begins where the kind of character changes to a letter, and at every mark. Addresses, numbers with separators,
abbreviations, emoji in sequence and joiners inside words need a look at what surrounds them: the stretch between the
blanks around such a place, an island, is cut by ``piece_pattern``. Both ways give the same tokens.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from discourse.language.boundaries import Boundaries, Kind, character_kinds, is_token, piece_pattern

__all__ = ["Cut", "Vocabulary", "cut_texts", "portions"]

_PORTION = 4_000_000  # characters cut at a time: bounds the memory of the arrays by character
_TAIL = 4  # so far does a rule look beyond a character


class Vocabulary(dict[str, int]):
    """Give each new token the next code."""

    def __missing__(self, token: str) -> int:
        self[token] = code = len(self)
        return code

    def codes(self, words: Iterable[str]) -> np.ndarray:
        """Return the code of each word, new ones at the end."""
        return np.fromiter(map(self.__getitem__, words), np.int32)


class Cut(NamedTuple):
    """The tokens of some texts, one text after the other.

    Attributes
    ----------
    sizes : array of int64
        Number of tokens of each text.
    start, end : array of int32
        Half-open character offsets into the token's own text.
    codes : array of int32
        Code in the vocabulary.
    broken : array of bool
        Whether a line break or a long run of blanks stands before the token.
    """

    sizes: np.ndarray
    start: np.ndarray
    end: np.ndarray
    codes: np.ndarray
    broken: np.ndarray


def portions(texts: Sequence[str], size: int = _PORTION) -> Iterator[Sequence[str]]:
    """Yield the texts in portions of about ``size`` characters, each of one text at least.

    Examples
    --------
    >>> list(portions(["موسكو", "كابل", "طالبان"], size=8))
    [['موسكو', 'كابل'], ['طالبان']]
    """
    first, characters = 0, 0
    for number, text in enumerate(texts, 1):
        characters += len(text)
        if characters >= size:
            yield texts[first:number]
            first, characters = number, 0
    if first < len(texts):
        yield texts[first:]


def cut_texts(texts: Sequence[str], boundaries: Boundaries, vocabulary: Vocabulary, *, long_blank: int = 4) -> Cut:
    """Cut texts into tokens with their offsets.

    Parameters
    ----------
    texts : sequence of str
        Texts; none may hold half of a surrogate pair.
    boundaries : Boundaries
        The rules of the language.
    vocabulary : Vocabulary
        Gives the codes, and takes the new words. It may take some that end up in no token.
    long_blank : int
        So many blanks in a row count as a line break.

    Returns
    -------
    Cut

    Examples
    --------
    >>> from discourse.language.arabic.boundaries import BOUNDARIES
    >>> vocabulary = Vocabulary()
    >>> cut = cut_texts(["قالت «لا»", "", "لا"], BOUNDARIES, vocabulary)
    >>> cut.sizes.tolist(), cut.start.tolist(), cut.end.tolist()
    ([4, 0, 1], [0, 5, 6, 8, 0], [4, 6, 8, 9, 2])
    >>> [list(vocabulary)[code] for code in cut.codes]
    ['قالت', '«', 'لا', '»', 'لا']
    """
    joined = "\n".join(["", *texts, *[""] * _TAIL])
    points = _code_points(joined)
    kinds = character_kinds(boundaries)[points]
    start, end = _plain(kinds)
    codes = _plain_codes(points[kinds > Kind.JOINER], end - start, vocabulary)
    first, last = _islands(points, kinds, start, end)
    if len(first):
        start, end, codes = _recut(joined, (first, last), (start, end, codes), boundaries, vocabulary)
    broken = _broken(kinds, start, long_blank)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.concatenate(([0], np.cumsum(lengths + 1))) + 1  # of each text in `joined`
    sizes = np.diff(np.searchsorted(start, begins))
    shift = np.repeat(begins[:-1], sizes)
    return Cut(sizes, (start - shift).astype(np.int32), (end - shift).astype(np.int32), codes, broken)


def _code_points(joined: str) -> np.ndarray:
    """Return the code points: two bytes each where no character needs more, else four."""
    points = np.frombuffer(joined.encode("utf-16-le"), "<u2")
    return points if len(points) == len(joined) else np.frombuffer(joined.encode("utf-32-le"), "<u4")


def _plain(kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return begin and end of every run of letters and of every mark."""
    letter = (kinds - np.uint8(Kind.INVISIBLE)) < Kind.MARK - Kind.INVISIBLE  # what is less wraps around
    opens = kinds >= Kind.MARK
    closes = opens.copy()
    opens[1:] |= letter[1:] > letter[:-1]
    closes[:-1] |= letter[:-1] > letter[1:]
    return np.flatnonzero(opens), np.flatnonzero(closes) + 1


def _plain_codes(points: np.ndarray, lengths: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
    """Return the codes of tokens that lie one behind the other in ``points``."""
    width = points.itemsize
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    offsets *= width
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(points)]
    tokens = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(lengths), buffers).dictionary_encode()
    _, bounds, letters = tokens.dictionary.buffers()
    bounds = (np.frombuffer(bounds, np.int64, len(tokens.dictionary) + 1) // width).tolist()
    words = letters.to_pybytes()[: bounds[-1] * width].decode("utf-16-le" if width == 2 else "utf-32-le")
    codes = vocabulary.codes(words[a:b] for a, b in zip(bounds, bounds[1:], strict=False))
    return codes[tokens.indices.to_numpy()]


def _islands(
    points: np.ndarray, kinds: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return begin and end of the stretches between blanks that the pattern has to cut."""
    unsure = [np.flatnonzero((kinds - np.uint8(Kind.JOINER)) <= 1)]  # joiners and the invisible
    kind = kinds[start]
    at = start[kind > Kind.MARK]
    kind = kinds[at]
    before, behind = kinds[at - 1], points[at + 1]
    unsure.append(at[((kind == Kind.DOT) | (kind == Kind.NUMBER)) & (before == Kind.DIGIT) & (kinds[at + 1] == before)])
    unsure.append(at[kind == Kind.AT])
    slash = at[kind == Kind.SLASH]
    unsure.append(slash[(points[slash - 1] == ord("/")) & (points[slash - 2] == ord(":"))])
    dot = at[kind == Kind.DOT]
    unsure.append(dot[(points[dot - 1] == ord("w")) & (points[dot - 2] == ord("w")) & (points[dot - 3] == ord("w"))])
    follows = (behind == 0xFE0F) | (kinds[at + 1] == Kind.EMOJI)
    unsure.append(at[(kind == Kind.EMOJI) & follows])
    letter, next_letter = _initials(points, kinds, start[end - start == 1])
    low = np.concatenate([*unsure, letter])
    if not len(low):
        return low, low
    high = np.concatenate([*unsure, next_letter])
    blank = np.flatnonzero(kinds <= Kind.BREAK)
    first = blank[np.searchsorted(blank, low) - 1] + 1
    last = blank[np.searchsorted(blank, high)]
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    new = np.concatenate(([True], first[1:] >= last[:-1]))
    return first[new], last[np.concatenate((new[1:], [True]))]


def _initials(points: np.ndarray, kinds: np.ndarray, single: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return letters that stand alone before a dot, a blank or both, and the letters that stand alone behind them."""
    single = single[kinds[single] == Kind.INITIAL]
    dot = points[single + 1] == ord(".")
    behind = single + 1 + dot
    blank = points[behind] == ord(" ")
    behind += blank
    alone = (kinds[behind + 1] < Kind.LETTER) | (kinds[behind + 1] > Kind.INITIAL)
    found = (dot | blank) & (kinds[behind] == Kind.INITIAL) & alone
    return single[found], behind[found]


def _recut(
    joined: str,
    islands: tuple[np.ndarray, np.ndarray],
    plain: tuple[np.ndarray, np.ndarray, np.ndarray],
    boundaries: Boundaries,
    vocabulary: Vocabulary,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put what the pattern finds in the islands in the place of the plain tokens there."""
    first, last = islands
    start, end, codes = plain
    stretches = "\n".join([joined[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    pieces = piece_pattern(boundaries).findall(stretches)
    local = Vocabulary()
    found = local.codes(pieces)
    length = np.fromiter(map(len, local), np.int64, len(local))[found]
    kept = np.fromiter(map(is_token, local), bool, len(local))[found]
    place = np.cumsum(length) - length
    bases = np.cumsum(last - first + 1) - (last - first + 1)  # of each island in `stretches`
    found, length, place = found[kept], length[kept], place[kept]
    island = np.searchsorted(bases, place, side="right") - 1
    place += first[island] - bases[island]
    inside = np.zeros(len(start) + 1, np.int32)
    np.add.at(inside, np.searchsorted(start, first), 1)
    np.add.at(inside, np.searchsorted(start, last), -1)
    outside = np.cumsum(inside[:-1]) == 0
    start = np.concatenate((start[outside], place))
    order = np.argsort(start, kind="stable")
    end = np.concatenate((end[outside], place + length))
    words = list(local)
    to_code = np.full(len(words), -1, np.int32)
    used = np.unique(found)
    to_code[used] = vocabulary.codes(words[code] for code in used)
    codes = np.concatenate((codes[outside], to_code[found]))
    return start[order], end[order], codes[order]


def _broken(kinds: np.ndarray, start: np.ndarray, long_blank: int) -> np.ndarray:
    """Tell before which tokens a line break or a long run of blanks stands."""
    blank = kinds <= Kind.BREAK
    run = blank[: len(blank) - long_blank + 1].copy()
    for step in range(1, long_blank):
        run &= blank[step : len(blank) - long_blank + 1 + step]
    breaks = np.concatenate((np.flatnonzero(kinds == Kind.BREAK), np.flatnonzero(run)))
    broken = np.zeros(len(start) + 1, bool)
    broken[np.searchsorted(start, breaks)] = True
    return broken[:-1]

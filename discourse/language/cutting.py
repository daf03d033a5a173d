"""Many texts cut at once: kinds of characters from a table, and the pattern only where the kinds do not decide.

A token begins where the kind of character changes to a letter, and at every mark. Addresses, numbers with separators,
abbreviations, emoji in sequence and joiners inside words need a look at what surrounds them: the stretch between the
blanks around such a place, an island, is cut by ``piece_pattern``. Both ways give the same tokens.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from discourse.language.boundaries import Boundaries, Kind, character_kinds, is_token, piece_pattern

__all__ = ["Cut", "cut_texts", "merge_words", "portions"]

_PORTION = 4_000_000  # characters cut at a time: bounds the memory of the arrays by character
_TAIL = 4  # so far does a rule look beyond a character


class Cut(NamedTuple):
    """The tokens of some texts, one text after the other.

    Attributes
    ----------
    sizes : array of int64
        Number of tokens of each text.
    start, end : array of int32
        Half-open character offsets into the token's own text.
    codes : array of int32
        Place in ``words``.
    words : LargeStringArray
        Words of the tokens; a word may stand there twice, or without a token.
    broken : array of bool
        Whether a line break or a long run of blanks stands before the token.
    """

    sizes: np.ndarray
    start: np.ndarray
    end: np.ndarray
    codes: np.ndarray
    words: pa.LargeStringArray
    broken: np.ndarray


class _Tokens(NamedTuple):
    """Tokens with offsets into the joined texts, otherwise as in `Cut`."""

    start: np.ndarray
    end: np.ndarray
    codes: np.ndarray
    words: pa.LargeStringArray


def portions(texts: Iterable[str], size: int = _PORTION) -> Iterator[list[str]]:
    """Yield the texts in portions of about ``size`` characters, each of one text at least.

    Examples
    --------
    >>> list(portions(["موسكو", "كابل", "طالبان"], size=8))
    [['موسكو', 'كابل'], ['طالبان']]
    """
    portion: list[str] = []
    characters = 0
    for text in texts:
        portion.append(text)
        characters += len(text)
        if characters >= size:
            yield portion
            portion, characters = [], 0
    if portion:
        yield portion


def cut_texts(texts: Sequence[str], boundaries: Boundaries, *, long_blank: int = 4) -> Cut:
    """Cut texts into tokens with their offsets.

    Parameters
    ----------
    texts : sequence of str
        Texts; none may hold half of a surrogate pair.
    boundaries : Boundaries
        The rules of the language.
    long_blank : int
        So many blanks in a row count as a line break.

    Returns
    -------
    Cut

    Examples
    --------
    >>> from discourse.language.arabic.boundaries import BOUNDARIES
    >>> cut = cut_texts(["قالت «لا»", "", "لا"], BOUNDARIES)
    >>> cut.sizes.tolist(), cut.start.tolist(), cut.end.tolist()
    ([4, 0, 1], [0, 5, 6, 8, 0], [4, 6, 8, 9, 2])
    >>> cut.words.take(cut.codes).to_pylist()
    ['قالت', '«', 'لا', '»', 'لا']
    """
    joined = "\n".join(["", *texts, *[""] * _TAIL])
    points = _code_points(joined)
    kinds = character_kinds(boundaries)[points]
    start, end = _plain(kinds)
    tokens = _Tokens(start, end, *_plain_words(points[kinds > Kind.JOINER], end - start))
    first, last = _islands(points, kinds, start, end)
    if len(first):
        stretches = [joined[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
        tokens = _replace(tokens, _recut(stretches, first, piece_pattern(boundaries)), first, last)
    start, end, codes, words = tokens
    broken = _broken(kinds, start, long_blank)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.concatenate(([0], np.cumsum(lengths + 1))) + 1  # of each text in `joined`
    sizes = np.diff(np.searchsorted(start, begins))
    shift = np.repeat(begins[:-1], sizes)
    return Cut(sizes, (start - shift).astype(np.int32), (end - shift).astype(np.int32), codes, words, broken)


def merge_words(cuts: Sequence[Cut]) -> tuple[pa.LargeStringArray, np.ndarray]:
    """Return the sorted distinct words of all tokens, and the place of each token's word there.

    Examples
    --------
    >>> from discourse.language.arabic.boundaries import BOUNDARIES
    >>> words, codes = merge_words([cut_texts([text], BOUNDARIES) for text in ("لا قالت", "نعم لا")])
    >>> words.to_pylist(), codes.tolist()
    (['قالت', 'لا', 'نعم'], [1, 0, 2, 1])
    """
    if not cuts:
        return pa.array([], pa.large_string()), np.empty(0, np.int32)
    coded = pa.concat_arrays([cut.words for cut in cuts]).dictionary_encode()
    entries = np.split(coded.indices.to_numpy(), np.cumsum([len(cut.words) for cut in cuts])[:-1])
    used = np.zeros(len(coded.dictionary), bool)
    for cut, entry in zip(cuts, entries, strict=True):
        used[entry[np.bincount(cut.codes, minlength=len(entry)) > 0]] = True
    order = pc.call_function(
        "array_sort_indices", [coded.dictionary]
    ).to_numpy()  # by byte of UTF-8, which is by code point
    order = order[used[order]]
    place = np.zeros(len(used), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    codes = np.concatenate([place[entry][cut.codes] for cut, entry in zip(cuts, entries, strict=True)])
    return coded.dictionary.take(pa.array(order)), codes


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


def _plain_words(points: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, pa.LargeStringArray]:
    """Return codes and distinct words of tokens that lie one behind the other in ``points``."""
    width = points.itemsize
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    offsets *= width
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(points)]
    tokens = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(lengths), buffers).dictionary_encode()
    _, bounds, letters = tokens.dictionary.buffers()
    bounds = np.frombuffer(bounds, np.int64, len(tokens.dictionary) + 1) // width
    letters = np.frombuffer(letters, points.dtype, bounds[-1])
    text = letters.tobytes().decode("utf-16-le" if width == 2 else "utf-32-le").encode()
    size = np.zeros(len(letters) + 1, np.int64)  # bytes of UTF-8 before each letter
    np.cumsum(1 + (letters > 0x7F) + (letters > 0x7FF) + (letters > 0xFFFF), out=size[1:])
    buffers = [None, pa.py_buffer(size[bounds]), pa.py_buffer(text)]
    return tokens.indices.to_numpy(), pa.LargeStringArray.from_buffers(len(tokens.dictionary), *buffers[1:])


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
    behind_combining = np.flatnonzero(kinds == Kind.COMBINING) + 1  # an emoji may end there
    single = np.concatenate((start[end - start == 1], behind_combining))
    letter, next_letter = _initials(points, kinds, single)
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


def _recut(stretches: list[str], first: np.ndarray, pattern: re.Pattern[str]) -> _Tokens:
    """Cut the islands, which begin at ``first``, by the pattern."""
    pieces = pattern.findall("\n".join(stretches))
    coded = pa.array(pieces, pa.large_string()).dictionary_encode()
    words, codes = coded.dictionary, coded.indices.to_numpy()
    distinct = words.to_pylist()
    length = np.fromiter(map(len, distinct), np.int64, len(distinct))[codes]
    kept = np.fromiter(map(is_token, distinct), bool, len(distinct))[codes]
    place = (np.cumsum(length) - length)[kept]
    lengths = np.fromiter(map(len, stretches), np.int64, len(stretches)) + 1
    bases = np.cumsum(lengths) - lengths
    island = np.searchsorted(bases, place, side="right") - 1
    start = place + (first - bases)[island]
    return _Tokens(start, start + length[kept], codes[kept], words)


def _replace(plain: _Tokens, found: _Tokens, first: np.ndarray, last: np.ndarray) -> _Tokens:
    """Put what was found from ``first`` to ``last`` of each island in the place of the plain tokens there."""
    step = np.zeros(len(plain.start) + 1, np.int32)
    np.add.at(step, np.searchsorted(plain.start, first), 1)
    np.add.at(step, np.searchsorted(plain.start, last), -1)
    outside = np.cumsum(step[:-1]) == 0
    start = np.concatenate((plain.start[outside], found.start))
    order = np.argsort(start, kind="stable")
    end = np.concatenate((plain.end[outside], found.end))[order]
    codes = np.concatenate((plain.codes[outside], found.codes + np.int32(len(plain.words))))[order]
    return _Tokens(start[order], end, codes, pa.concat_arrays([plain.words, found.words]))


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

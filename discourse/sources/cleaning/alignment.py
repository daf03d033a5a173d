"""Copies that were edited or cut: how much of one text stands, word for word in short runs, in another."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from discourse.sources.cleaning.shingles import Pairs, ShingleSets
from discourse.sources.cleaning.word_runs import hash_order, ranges, shingle_rows

__all__ = ["Aligned", "Words", "aligned_pairs"]

LONGER = 0.25
"""Least part of the longer text that stands in the shorter one: less is a quotation, not a copy."""

_RARE = 20  # documents that a run may stand in, to say anything: a formula stands in more
_SHARED = 3  # runs that two documents must share to be looked at
_PART = 0.1  # of the runs of the one with fewer, too
_FEWEST = 16  # runs (20 words): a sentence that stands in another text makes no copy
_SHORT, _HALF = 36, 0.5  # of fewer than 36 runs (40 words) half: a notice is a formula with another name in it
_RUN, _REACH, _NEAR = 3, 8, 3  # a word is covered where 3 runs of 3 words within 8 words of it are in the other text
_NUMBERS, _AGREE = 4, 0.4  # of 4 numbers or more so many have to be in the other text: a bulletin has others
_LOOK_UPS = 1_000_000  # runs compared at a time


class Words(NamedTuple):
    """Words of all documents, in order: document number, hash, and whether the word is a number."""

    document: np.ndarray
    value: np.ndarray
    is_number: np.ndarray


class Aligned(NamedTuple):
    """Pairs of document numbers; how much of the shorter and of the longer text is covered by the other."""

    a: np.ndarray
    b: np.ndarray
    shorter: np.ndarray
    longer: np.ndarray


def aligned_pairs(
    words_of: Callable[[np.ndarray], Words], sets: ShingleSets, threshold: float, known: Pairs
) -> Aligned:
    """Return the pairs, beside the known ones, of which the shorter is covered to ``threshold`` or more by the longer.

    ``words_of`` gives the words of the documents that are looked at, in order.

    A word is covered where at least three of the runs of three words around it (eight words to either side) stand in
    the other text too: words that are exchanged, added or left out here and there leave it covered, another text does
    not cover it by chance. Runs of more than 20 documents count for nothing: they are formulas.
    """
    a, b = _candidates(sets)
    n_documents = len(sets.sizes)
    seen = np.minimum(known.a, known.b) * n_documents + np.maximum(known.a, known.b)
    new = ~np.isin(a * n_documents + b, seen)
    a, b = a[new], b[new]
    looked_at = np.zeros(n_documents, bool)
    looked_at[a] = looked_at[b] = True
    document, value, is_number = words_of(looked_at)
    agrees = _numbers_agree(document, value, is_number, a, b, n_documents)
    a, b = a[agrees], b[agrees]
    return _aligned(document, value, a, b, n_documents, threshold)


def _candidates(sets: ShingleSets) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of documents that share some rare shingles: at most 20 times as many as there are shingles."""
    n = len(sets.sizes)
    document, shingle = np.repeat(np.arange(n), np.diff(sets.bounds)), sets.shared
    n_with = np.bincount(shingle)
    rows = n_with[shingle] <= _RARE
    left = csr_array((np.ones(rows.sum(), np.int32), (document[rows], shingle[rows])), shape=(n, len(n_with)))
    met = csr_array(left @ left.T).tocoo()
    row, column = met.row.astype(np.int64), met.col.astype(np.int64)
    pair = row < column
    row, column, n_met = row[pair], column[pair], met.data[pair]
    fewer = np.minimum(sets.sizes[row], sets.sizes[column])
    needed = np.maximum(_SHARED, np.where(fewer < _SHORT, _HALF, _PART) * fewer - 1e-9)
    good = (fewer >= _FEWEST) & (n_met >= needed)
    return row[good], column[good]


def _numbers_agree(
    document: np.ndarray, value: np.ndarray, is_number: np.ndarray, a: np.ndarray, b: np.ndarray, n_documents: int
) -> np.ndarray:
    """Say of each pair whether the one with fewer numbers has enough of them in common with the other, or too few."""
    number, width = _numbered(value[is_number])
    key = _distinct(document[is_number] * width + number)
    sizes = np.bincount(key // width, minlength=n_documents)
    bounds = np.append(0, np.cumsum(sizes))
    fewer, more = np.where(sizes[a] <= sizes[b], a, b), np.where(sizes[a] <= sizes[b], b, a)
    common = np.zeros(len(a))
    for part in _parts(sizes[fewer]):
        counts = sizes[fewer[part]]
        wanted = np.repeat(more[part], counts) * width + key[ranges(bounds[fewer[part]], counts)] % width
        common[part] = np.bincount(np.repeat(np.arange(len(counts)), counts), _holds(key, wanted), len(counts))
    return (sizes[fewer] < _NUMBERS) | (common >= _AGREE * sizes[fewer])


def _aligned(
    document: np.ndarray, value: np.ndarray, a: np.ndarray, b: np.ndarray, n_documents: int, threshold: float
) -> Aligned:
    """Measure how much of the shorter text the longer one covers, and where that is enough, the other way round."""
    document, value = shingle_rows(document, value, n_documents, _RUN)
    sizes = np.bincount(document, minlength=n_documents)
    starts = np.cumsum(sizes) - sizes
    number, width = _numbered(value)
    shared = np.flatnonzero((np.bincount(number) > 1)[number])
    key = _distinct(document[shared] * width + number[shared])
    n_with = np.bincount(key % width, minlength=width)
    telling = ((n_with > 1) & (n_with <= _RARE))[number]

    def covered(these: np.ndarray, others: np.ndarray) -> np.ndarray:
        found = np.zeros(len(these))
        for part in _parts(sizes[these]):
            counts = sizes[these[part]]
            rows = ranges(starts[these[part]], counts)
            here = telling[rows]
            asked = np.flatnonzero(here)
            here[asked] = _holds(key, np.repeat(others[part], counts)[asked] * width + number[rows[asked]])
            ends = np.cumsum(counts)
            low, high = np.repeat(ends - counts, counts), np.repeat(ends, counts)
            so_far, place = np.append(0, np.cumsum(here)), np.arange(len(rows))
            near = so_far[np.minimum(place + _REACH + 1, high)] - so_far[np.maximum(place - _REACH, low)]
            enough = near >= np.minimum(_NEAR, high - low)
            found[part] = np.bincount(np.repeat(np.arange(len(counts)), counts), enough, len(counts)) / counts
        return found

    short, long = np.where(sizes[a] <= sizes[b], a, b), np.where(sizes[a] <= sizes[b], b, a)
    of_short = covered(short, long)
    good = np.flatnonzero(of_short >= threshold)
    of_long = covered(long[good], short[good])
    wide = of_long >= LONGER
    good, of_long = good[wide], of_long[wide]
    return Aligned(a[good], b[good], of_short[good], of_long)


def _numbered(value: np.ndarray) -> tuple[np.ndarray, int]:
    """Number the distinct values, and say how many there are (1 at least)."""
    order = hash_order(value)
    ordered, number = value[order], np.empty(len(value), np.int64)
    number[order] = np.cumsum(np.append(True, ordered[1:] != ordered[:-1])[: len(value)]) - 1
    return number, max(int(number.max()) + 1 if len(number) else 0, 1)


def _distinct(key: np.ndarray) -> np.ndarray:
    """Return each number once, ascending."""
    key = np.sort(key)
    return key[np.append(True, key[1:] != key[:-1])[: len(key)]]


def _parts(counts: np.ndarray) -> list[slice]:
    """Cut so many rows into parts of some millions."""
    steps = np.append(0, np.cumsum(counts))
    parts, begin = [], 0
    while begin < len(counts):
        end = max(int(np.searchsorted(steps, steps[begin] + _LOOK_UPS, side="right")) - 1, begin + 1)
        parts.append(slice(begin, end))
        begin = end
    return parts


def _holds(key: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Say which of the wanted numbers are among the sorted ones."""
    if not len(key):
        return np.zeros(len(wanted), bool)
    return key[np.minimum(np.searchsorted(key, wanted), len(key) - 1)] == wanted

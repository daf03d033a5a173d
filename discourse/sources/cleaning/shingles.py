"""Sets of shingles, their MinHash signatures, and the exact similarity of candidate pairs."""

import hashlib
from typing import NamedTuple

import numpy as np

__all__ = ["Pairs", "ShingleSets", "equal_texts", "shingle_sets", "verified_pairs", "word_hash"]

_BANDS, _ROWS = 24, 3  # two texts with similarity 0.7 meet in a band with probability 0.9999, with 0.5 0.96
_LOOSE_BANDS, _LOOSE_ROWS = 36, 2  # for containment, where similarity may be low: 0.3 meets with 0.97
_BUCKET = 400  # a bucket with more documents is joined to its first only, so that cost stays linear
_ODD = np.uint64(0x9E3779B97F4A7C15)


class ShingleSets(NamedTuple):
    """The shingles of all documents: hashes sorted within each document, and where each document begins."""

    hashes: np.ndarray
    bounds: np.ndarray


class Pairs(NamedTuple):
    """Verified pairs of document numbers; ``score`` is the measure asked for."""

    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray
    containment: np.ndarray
    score: np.ndarray


def word_hash(word: str, seed: int) -> int:
    """Return a 64-bit number for a word: the same in every corpus."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8, key=str(seed).encode()).digest(), "little")


def _mix(value: np.ndarray) -> np.ndarray:
    """Spread the bits of 64-bit numbers (a finalizer of the splitmix kind)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(27))


def shingle_sets(document: np.ndarray, words: np.ndarray, n_documents: int, shingle: int) -> ShingleSets:
    """Hash every run of ``shingle`` words inside a document; sort and thin to sets."""
    sizes = np.bincount(document, minlength=n_documents)
    length = np.minimum(sizes, shingle)[document]  # a short text is one shingle
    last = np.cumsum(sizes)[document] if len(document) else document
    rows = np.arange(len(words))
    whole = rows + length <= last
    value = np.zeros(len(words), np.uint64)
    for step in range(shingle):
        inside = whole & (step < length)
        following = words[np.minimum(rows + step, max(len(words) - 1, 0))] if len(words) else words
        value = np.where(inside, _mix(value * _ODD + following), value)
    document, value = document[whole], value[whole]
    order = np.lexsort((value, document))
    document, value = document[order], value[order]
    new = np.ones(len(value), bool)
    new[1:] = (value[1:] != value[:-1]) | (document[1:] != document[:-1])
    document, value = document[new], value[new]
    return ShingleSets(value, np.concatenate(([0], np.cumsum(np.bincount(document, minlength=n_documents)))))


def equal_texts(document: np.ndarray, words: np.ndarray, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (first, later) of documents whose words are the same in the same order."""
    sizes = np.bincount(document, minlength=n_documents)
    filled = np.flatnonzero(sizes)
    if not len(filled):
        return filled, filled
    starts = (np.cumsum(sizes) - sizes)[filled]
    place = (np.arange(len(words)) - np.repeat(starts, sizes[filled])).astype(np.uint64)
    _, first, later = _groups(filled, sizes[filled], _mix(words + place * _ODD), _mix(words * _ODD + place), starts)
    return first, later


def verified_pairs(
    sets: ShingleSets, equal: tuple[np.ndarray, np.ndarray], measure: str, threshold: float, seed: int
) -> Pairs:
    """Return the pairs of documents whose similarity reaches the threshold, those of equal documents first."""
    first, equal_a, equal_b = _equal_sets(sets)
    equal_a, equal_b = np.concatenate((equal_a, equal[0])), np.concatenate((equal_b, equal[1]))
    n_bands, n_rows = (_BANDS, _ROWS) if measure == "jaccard" else (_LOOSE_BANDS, _LOOSE_ROWS)
    a, b = _candidates(sets, first, n_bands, n_rows, seed)
    shared = _shared(sets, a, b)
    sizes = np.diff(sets.bounds)
    jaccard = shared / np.maximum(sizes[a] + sizes[b] - shared, 1)
    containment = shared / np.maximum(np.minimum(sizes[a], sizes[b]), 1)
    good = (jaccard if measure == "jaccard" else containment) >= threshold
    ones = np.ones(len(equal_a))
    a, b = np.concatenate((equal_a, a[good])), np.concatenate((equal_b, b[good]))
    jaccard, containment = np.concatenate((ones, jaccard[good])), np.concatenate((ones, containment[good]))
    return Pairs(a, b, jaccard, containment, jaccard if measure == "jaccard" else containment)


def _equal_sets(sets: ShingleSets) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first document of each distinct set, and the pairs (first, later) of documents with equal sets."""
    sizes = np.diff(sets.bounds)
    filled = np.flatnonzero(sizes)
    if not len(filled):
        return filled, filled, filled
    one, two = _mix(sets.hashes + np.uint64(1)), _mix(sets.hashes * _ODD)
    return _groups(filled, sizes[filled], one, two, sets.bounds[:-1][filled])


def _groups(
    filled: np.ndarray, sizes: np.ndarray, one: np.ndarray, two: np.ndarray, starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Group documents by their size and two 64-bit digests: first of each group, and pairs (first, later)."""
    key = np.empty(len(filled), dtype=[("n", np.int64), ("s", np.uint64), ("x", np.uint64)])
    key["n"], key["s"], key["x"] = sizes, np.add.reduceat(one, starts), np.add.reduceat(two, starts)
    _, place, inverse = np.unique(key, return_index=True, return_inverse=True)
    leader = place[inverse]
    later = np.flatnonzero(leader != np.arange(len(filled)))
    return filled[np.sort(place)], filled[leader[later]], filled[later]


def _candidates(
    sets: ShingleSets, first: np.ndarray, n_bands: int, n_rows: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of documents that share at least one band of their MinHash signatures."""
    none = np.empty(0, np.int64)
    if len(first) < 2:
        return none, none
    random = np.random.default_rng(seed)
    filled = np.flatnonzero(np.diff(sets.bounds))
    wanted = np.searchsorted(filled, first)
    starts = sets.bounds[:-1][filled]
    found = []
    for _ in range(n_bands):
        band = np.zeros(len(first), np.uint64)
        for _row in range(n_rows):
            odd, shift = random.integers(0, 2**63, 2, dtype=np.uint64)
            hashed = sets.hashes * ((odd << np.uint64(1)) | np.uint64(1))
            hashed += shift
            hashed ^= hashed >> np.uint64(32)
            band = _mix(band * _ODD + np.minimum.reduceat(hashed, starts)[wanted])
        found.append(_bucket_pairs(band))
    codes = np.unique(np.concatenate([a * len(first) + b for a, b in found]))
    return first[codes // len(first)], first[codes % len(first)]


def _bucket_pairs(band: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of rows with equal band values; of a bucket above the limit only those with its first row."""
    order = np.argsort(band, kind="stable")
    values = band[order]
    edges = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1], [True])))
    starts, sizes = edges[:-1], np.diff(edges)
    left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for size in np.unique(sizes[sizes > 1]):
        at = starts[sizes == size]
        i, j = np.triu_indices(size, 1) if size <= _BUCKET else (np.zeros(size - 1, int), np.arange(1, size))
        left.append(order[(at[:, None] + i).ravel()])
        right.append(order[(at[:, None] + j).ravel()])
    a, b = np.concatenate(left), np.concatenate(right)
    return np.minimum(a, b), np.maximum(a, b)


def _shared(sets: ShingleSets, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Count the shingles that both documents of each pair have."""
    shared = np.zeros(len(a), np.int64)
    if not len(a):
        return shared
    sizes = np.diff(sets.bounds)
    used = np.unique(np.concatenate((a, b)))
    rows = _ranges(sets.bounds[used], sizes[used])
    _, shingle = np.unique(sets.hashes[rows], return_inverse=True)
    width = int(shingle.max()) + 1
    key = np.repeat(np.arange(len(used)), sizes[used]) * width + shingle  # sorted: hashes are, within each document
    begins = np.concatenate(([0], np.cumsum(sizes[used])))
    swap = sizes[a] > sizes[b]
    small, large = np.searchsorted(used, np.where(swap, b, a)), np.searchsorted(used, np.where(swap, a, b))
    counts = np.diff(begins)[small]
    steps = np.concatenate(([0], np.cumsum(counts)))
    begin = 0
    while begin < len(a):  # some millions of look-ups at a time
        end = max(int(np.searchsorted(steps, steps[begin] + 4_000_000, side="right")) - 1, begin + 1)
        part = slice(begin, end)
        rows = _ranges(begins[small[part]], counts[part])
        wanted = np.repeat(large[part], counts[part]) * width + shingle[rows]
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        pair = np.repeat(np.arange(end - begin), counts[part])
        shared[part] = np.bincount(pair, weights=key[place] == wanted, minlength=end - begin)
        begin = end
    return shared


def _ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return start, start + 1, ... for each start, ``size`` numbers each, one after the other."""
    total = np.cumsum(sizes)
    return np.arange(total[-1] if len(total) else 0) + np.repeat(starts - total + sizes, sizes)

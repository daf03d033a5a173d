"""Sets of shingles, and the pairs of documents whose sets are alike: an exact join through the rarest shingles."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

__all__ = [
    "Pairs", "ShingleSets", "common_shingles", "document_order", "equal_texts", "hash_order", "ranges", "shingle_rows",
    "shingle_sets", "verified_pairs", "word_hashes",
]  # fmt: skip

_CROWD, _PIVOTS = 400, 20  # a shingle of more documents is joined to so many of them only: cost stays linear
_ODD = np.uint64(0x9E3779B97F4A7C15)
_LOOK_UPS = 4_000_000  # shingles compared at a time
_AT_ONCE = 6_000_000  # shingles sorted at a time

_Parts = Callable[[], Iterable[tuple[np.ndarray, np.ndarray]]]


class ShingleSets(NamedTuple):
    """The shingles of all documents.

    Only shingles of two documents or more are kept, as numbers, the rarest first; the others count in ``sizes`` alone.
    """

    sizes: np.ndarray  # distinct shingles of each document
    digests: np.ndarray  # a sum of the hashes of each document
    shared: np.ndarray  # numbers of the shingles that another document has too, ascending within each document
    bounds: np.ndarray  # where each document begins in ``shared``


class Pairs(NamedTuple):
    """Verified pairs of document numbers; ``score`` is the measure asked for.

    ``longer`` says how much of the longer text is in the shorter; 1 where coverage is not measured.
    """

    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray
    containment: np.ndarray
    score: np.ndarray
    longer: np.ndarray


def document_order(document: np.ndarray) -> np.ndarray:
    """Return the stable order by document, of documents that mostly stand together."""
    starts = np.flatnonzero(np.append(True, document[1:] != document[:-1]))
    sizes = np.diff(np.append(starts, len(document)))
    order = np.argsort(document[starts], kind="stable")
    return ranges(starts[order], sizes[order])


def word_hashes(words: list[str], seed: int) -> np.ndarray:
    """Return a 64-bit number for each word, by what it is: the same in every part of a corpus."""
    return pd.util.hash_array(np.array(words, dtype=object), hash_key=f"{seed:016d}"[-16:], categorize=False)


def _mix(value: np.ndarray) -> np.ndarray:
    """Spread the bits of 64-bit numbers, in place (a finalizer of the splitmix kind)."""
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    return value


def hash_order(value: np.ndarray) -> np.ndarray:
    """Return an order in which equal 64-bit hashes stand together, three times as fast as by ``argsort``.

    The places take the lowest bits of the hashes, which are sorted as numbers; the few hashes that differ in these bits
    alone are put in order afterwards.
    """
    below = np.uint64((1 << len(value).bit_length()) - 1)
    key = (value & ~below) | np.arange(len(value), dtype=np.uint64)
    key.sort()
    order = (key & below).astype(np.int64)
    key &= ~below
    alike = np.flatnonzero(key[1:] == key[:-1])
    mixed = np.unique(key[alike[value[order[alike]] != value[order[alike + 1]]]])
    for first, last in zip(np.searchsorted(key, mixed), np.searchsorted(key, mixed, side="right"), strict=True):
        part = order[first:last]
        order[first:last] = part[np.argsort(value[part], kind="stable")]
    return order


def shingle_sets(parts: _Parts, n_documents: int, shingle: int, n_words: int) -> ShingleSets:
    """Hash every run of ``shingle`` words inside a document, and number those that several documents have.

    ``parts`` gives documents and words part by part, each document in one part. Of many words the runs are looked at
    by ranges of their hashes, some millions at a time: the memory is that of the runs that documents share.
    """
    sizes, digests = np.zeros(n_documents, np.int64), np.zeros(n_documents, np.uint64)
    bits = (n_words // _AT_ONCE).bit_length()
    documents, groups, n_groups = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for number in range(1 << bits):
        chosen = []
        for document, words in parts():
            document, value = shingle_rows(document, words, n_documents, shingle)
            if number == 0:
                own = np.bincount(document, minlength=n_documents)
                sizes += own
                digests += _sums(value, own)
            here = value >> np.uint64(64 - bits) == np.uint64(number) if bits else slice(None)
            chosen.append((document[here], value[here]))
        document, group = _shared(chosen, n_documents, sizes, digests)
        documents.append(document)
        groups.append(group + n_groups)
        n_groups += int(group.max()) + 1 if len(group) else 0
    return ShingleSets(sizes, digests, *_numbered(np.concatenate(documents), np.concatenate(groups), n_documents))


def _shared(
    chosen: list[tuple[np.ndarray, np.ndarray]], n_documents: int, sizes: np.ndarray, digests: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return document and group of the shingles that stand twice; one that a document repeats counts once in both."""
    document, value = (np.concatenate(column) for column in zip(*chosen, strict=True)) if chosen else (
        np.zeros(0, np.int64), np.zeros(0, np.uint64))  # fmt: skip
    order = hash_order(value)
    ordered = value[order]
    opens = np.append(True, ordered[1:] != ordered[:-1])
    closes = np.append(opens[1:], True)
    several = np.flatnonzero(~(opens & closes)[: len(value)])
    rows, number = order[several], np.cumsum(opens[several]) - 1
    key = np.sort(number * n_documents + document[rows])
    twice = key[1:][key[1:] == key[:-1]]
    if len(twice):
        sizes -= np.bincount(twice % n_documents, minlength=n_documents)
        np.subtract.at(digests, twice % n_documents, value[rows[np.searchsorted(number, twice // n_documents)]])
    key = key[np.append(True, key[1:] != key[:-1])[: len(key)]]
    return key % max(n_documents, 1), key // max(n_documents, 1)


def shingle_rows(
    document: np.ndarray, words: np.ndarray, n_documents: int, shingle: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return document and hash of each run of ``shingle`` words; a shorter text is one run, in its place."""
    sizes = np.bincount(document, minlength=n_documents)
    short = np.flatnonzero((sizes > 0) & (sizes < shingle))
    n_runs = max(len(words) - shingle + 1, 0)
    value = words[:n_runs].copy()
    for step in range(1, shingle):
        value *= _ODD
        value += words[step : n_runs + step]
    inside = document[:n_runs] == document[shingle - 1 :][:n_runs]
    document, value = document[:n_runs][inside], _mix(value[inside])
    if len(short):
        starts, whole = (np.cumsum(sizes) - sizes)[short], np.zeros(len(short), np.uint64)
        for step in range(shingle - 1):
            there = step < sizes[short]
            whole[there] = whole[there] * _ODD + words[starts[there] + step]
        at = np.searchsorted(document, short)
        whole = _mix(whole + sizes[short].astype(np.uint64))  # so that no short text equals a run
        document, value = np.insert(document, at, short), np.insert(value, at, whole)
    return document, value


def _sums(value: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Add up the hashes of each document: the same sum in any order."""
    sums = np.zeros(len(sizes), np.uint64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        sums[filled] = np.add.reduceat(value, (np.cumsum(sizes) - sizes)[filled])
    return sums


def _numbered(document: np.ndarray, group: np.ndarray, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Number the shingles of two or more documents, the rarest first; sort them by document."""
    n_groups = int(group.max()) + 1 if len(group) else 0
    n_with = np.bincount(group, minlength=n_groups)
    number = np.empty(n_groups, np.int64)
    number[np.argsort(n_with, kind="stable")] = np.arange(n_groups)
    kept = n_with[group] > 1
    key = np.sort(document[kept] * max(n_groups, 1) + number[group[kept]])
    bounds = np.append(0, np.cumsum(np.bincount(document[kept], minlength=n_documents)))
    return key % max(n_groups, 1), bounds


def equal_texts(parts: _Parts, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (first, later) of documents whose words are the same in the same order."""
    sizes, sums = np.zeros(n_documents, np.int64), np.zeros(n_documents, np.uint64)
    for document, words in parts():
        own = np.bincount(document, minlength=n_documents)
        sizes += own
        sums += _sums(words, own)
    _, first, later = _groups(sizes, sums)  # the same words in some order
    maybe = np.union1d(first, later)
    if not len(maybe):
        return maybe, maybe
    looked_at, digests = np.isin(np.arange(n_documents), maybe), np.zeros(n_documents, np.uint64)
    for document, words in parts():
        rows = looked_at[document]
        own = np.bincount(document[rows], minlength=n_documents)
        place = ranges(np.zeros(n_documents, np.int64), own)
        digests += _sums(_mix(words[rows] + _mix((place + 1).astype(np.uint64) * _ODD)), own)
    _, first, later = _groups(sizes[maybe], digests[maybe])
    return maybe[first], maybe[later]


def verified_pairs(sets: ShingleSets, equal: tuple[np.ndarray, np.ndarray], measure: str, threshold: float) -> Pairs:
    """Return the pairs of documents whose similarity reaches the threshold, those of equal documents first."""
    first, equal_a, equal_b = _groups(sets.sizes, sets.digests)
    equal_a, equal_b = np.concatenate((equal_a, equal[0])), np.concatenate((equal_b, equal[1]))
    a, b = _candidates(sets, first, measure, threshold)
    common = common_shingles(sets, a, b)
    jaccard = common / np.maximum(sets.sizes[a] + sets.sizes[b] - common, 1)
    containment = common / np.maximum(np.minimum(sets.sizes[a], sets.sizes[b]), 1)
    good = (jaccard if measure == "jaccard" else containment) >= threshold
    ones = np.ones(len(equal_a))
    a, b = np.concatenate((equal_a, a[good])), np.concatenate((equal_b, b[good]))
    jaccard, containment = np.concatenate((ones, jaccard[good])), np.concatenate((ones, containment[good]))
    score = jaccard if measure == "jaccard" else containment
    return Pairs(a, b, jaccard, containment, score, np.ones(len(score)))


def _groups(sizes: np.ndarray, digests: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Group documents by size and digest: the first of each group, and the pairs (first, later); empty ones aside."""
    filled = np.flatnonzero(sizes)
    order = np.lexsort((digests[filled], sizes[filled]))  # stable: the first of a group leads it
    size, digest = sizes[filled][order], digests[filled][order]
    opens = np.append(True, (size[1:] != size[:-1]) | (digest[1:] != digest[:-1]))[: len(filled)]
    leader = np.empty(len(filled), np.int64)
    leader[order] = order[np.maximum.accumulate(np.where(opens, np.arange(len(filled)), 0))]
    later = np.flatnonzero(leader != np.arange(len(filled)))
    return filled[np.unique(leader)], filled[leader[later]], filled[later]


def _candidates(sets: ShingleSets, first: np.ndarray, measure: str, threshold: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs that may reach the threshold: each shares one of the rarest shingles of its smaller document.

    Of ``n`` shingles at least ``threshold * n`` have to be shared, so that the others but one are too few to hold all
    that two copies have in common: two copies meet in the remaining ones, the rarest.
    """
    n, n_shingles = len(sets.sizes), int(sets.shared.max()) + 1 if len(sets.shared) else 0
    needed = np.maximum(np.ceil(threshold * sets.sizes - 1e-9).astype(np.int64), 1)
    document, shingle = np.repeat(np.arange(n), np.diff(sets.bounds)), sets.shared
    kept = np.zeros(n, bool)
    kept[first] = True
    while True:  # a shingle that only one of the remaining documents has is as good as one that no other has
        rows = kept[document]
        rows &= (np.bincount(shingle[rows], minlength=n_shingles) > 1)[shingle]
        document, shingle = document[rows], shingle[rows]
        n_shared = np.bincount(document, minlength=n)
        enough = n_shared >= needed
        if measure != "jaccard" or enough[kept].all():
            break
        kept &= enough
    rank = np.arange(len(document)) - (np.cumsum(n_shared) - n_shared)[document]
    rare = rank <= (n_shared - needed)[document]
    left = csr_array((np.ones(rare.sum(), np.int32), (document[rare], shingle[rare])), shape=(n, n_shingles))
    if measure == "jaccard":
        document, shingle = document[rare], shingle[rare]
    order = np.argsort(shingle, kind="stable")
    opens = np.append(True, shingle[order[1:]] != shingle[order[:-1]])[: len(order)]
    n_with = np.bincount(shingle, minlength=n_shingles)[shingle[order]]
    place = np.arange(len(order)) - np.maximum.accumulate(np.where(opens, np.arange(len(order)), 0))
    order = order[(n_with <= _CROWD) | (place % np.maximum(n_with // _PIVOTS, 1) == 0)]
    right = csr_array((np.ones(len(order), np.int32), (shingle[order], document[order])), shape=(n_shingles, n))
    met = cast(csr_array, left @ right).tocoo()
    a, b = np.minimum(met.row, met.col).astype(np.int64), np.maximum(met.row, met.col).astype(np.int64)
    small, large = np.minimum(sets.sizes[a], sets.sizes[b]), np.maximum(sets.sizes[a], sets.sizes[b])
    able = (a < b) & ((measure != "jaccard") | (small >= threshold * large - 1e-9))
    code = np.unique(a[able] * n + b[able])
    return code // max(n, 1), code % max(n, 1)


def common_shingles(sets: ShingleSets, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Count the shingles that both documents of each pair have."""
    common = np.zeros(len(a), np.int64)
    n_shared = np.diff(sets.bounds)
    width = int(sets.shared.max()) + 1 if len(sets.shared) else 1
    key = np.repeat(np.arange(len(n_shared)), n_shared) * width + sets.shared  # sorted
    swap = n_shared[a] > n_shared[b]
    small, large = np.where(swap, b, a), np.where(swap, a, b)
    counts = n_shared[small]
    steps = np.append(0, np.cumsum(counts))
    begin = 0
    while begin < len(a):
        end = max(int(np.searchsorted(steps, steps[begin] + _LOOK_UPS, side="right")) - 1, begin + 1)
        part = slice(begin, end)
        rows = ranges(sets.bounds[small[part]], counts[part])
        wanted = np.repeat(large[part], counts[part]) * width + sets.shared[rows]
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        pair = np.repeat(np.arange(end - begin), counts[part])
        common[part] = np.bincount(pair, weights=key[place] == wanted, minlength=end - begin)
        begin = end
    return common


def ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return start, start + 1, ... for each start, ``size`` numbers each, one after the other."""
    total = np.cumsum(sizes)
    return np.arange(total[-1] if len(total) else 0) + np.repeat(starts - total + sizes, sizes)

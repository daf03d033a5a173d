"""Sets of shingles, and the pairs of documents whose sets are alike: an exact join through the rarest shingles."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

import numpy as np
from scipy.sparse import csr_array

from discourse.sources.cleaning.word_runs import hash_order, ranges

__all__ = ["Pairs", "ShingleSets", "common_shingles", "equal_texts", "shared_shingles", "verified_pairs"]

_CROWD, _PIVOTS = 400, 20  # a shingle of more documents is joined to so many of them only: cost stays linear
_LOOK_UPS = 4_000_000  # shingles compared at a time
_AT_ONCE = 3_000_000  # shingles sorted at a time


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


def shared_shingles(
    parts: Callable[[], Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]]],
    alone: np.ndarray,
    sizes: np.ndarray,
    digests: np.ndarray,
) -> ShingleSets:
    """Number the shingles that several documents have.

    Of many the hashes are looked at by ranges, some millions at a time: the memory is that of the shingles that
    documents share.

    Parameters
    ----------
    parts : callable
        Gives, part by part, the numbers of its documents; and by hash, documents of the part and hashes. A document has
        each hash once, and lies in one part.
    alone : ndarray of bool
        Which documents are looked at.
    sizes, digests : ndarray
        Of each document, how many hashes it has and their sum.
    """
    bits = (int(sizes.sum()) // _AT_ONCE).bit_length()
    edges = np.arange(1, 1 << bits, dtype=np.uint64) << np.uint64(64 - bits) if bits else np.zeros(0, np.uint64)
    bounds = [np.array([0, *np.searchsorted(value, edges), len(value)]) for *_, value in parts()]
    documents, groups, n_groups = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for first in range(1 << bits):
        chosen = []
        for (numbers, document, value), own in zip(parts(), bounds, strict=True):
            here = slice(*own[first : first + 2])
            chosen.append((numbers[document[here]], value[here]))
        document, group = _shared(chosen, alone)
        documents.append(document)
        groups.append(group + n_groups)
        n_groups += int(group[-1]) + 1 if len(group) else 0
    numbered = _numbered(np.concatenate(documents), np.concatenate(groups), len(alone))
    return ShingleSets(np.where(alone, sizes, 0), np.where(alone, digests, np.uint64(0)), *numbered)


def _shared(chosen: list[tuple[np.ndarray, np.ndarray]], alone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return document and group of the hashes that stand in two documents or more, by group."""
    document = np.concatenate([np.zeros(0, np.int32), *(document for document, _ in chosen)])
    value = np.concatenate([np.zeros(0, np.uint64), *(value for _, value in chosen)])
    looked_at = alone[document]
    document, value = document[looked_at], value[looked_at]
    order = hash_order(value)
    value = value[order]
    opens = np.append(True, value[1:] != value[:-1])
    closes = np.append(opens[1:], True)
    several = np.flatnonzero(~(opens & closes)[: len(value)])
    return document[order[several]].astype(np.int64), np.cumsum(opens[several]) - 1


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


def equal_texts(sizes: np.ndarray, sums: np.ndarray, placed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (first, later) of documents whose words are the same in the same order.

    ``sizes`` are the words of each document, ``sums`` what ``word_sums`` and ``placed`` what ``placed_sums`` gave.
    """
    _, first, later = _groups(sizes, sums)  # the same words in some order
    maybe = np.union1d(first, later)
    if not len(maybe):
        return maybe, maybe
    _, first, later = _groups(sizes[maybe], placed[maybe])
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

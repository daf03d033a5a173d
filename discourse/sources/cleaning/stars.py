"""From pairs of copies to clusters: stars, in which every member is a copy of the centre."""

import numpy as np

from discourse.sources.cleaning.alignment import Aligned
from discourse.sources.cleaning.shingles import Pairs, ShingleSets, common_shingles

__all__ = ["star_clusters", "with_aligned"]

_HALF = 0.5
"""Below it the longer text is mostly another one: a member joins only where it is a copy of another member too."""


def with_aligned(sets: ShingleSets, found: Pairs, aligned: Aligned) -> Pairs:
    """Return the pairs that are alike, and those that are only aligned with coverage as their score."""
    a, b = aligned.a, aligned.b
    common = common_shingles(sets, a, b)
    small, large = np.minimum(sets.sizes[a], sets.sizes[b]), np.maximum(sets.sizes[a], sets.sizes[b])
    return Pairs(
        np.concatenate((found.a, a)),
        np.concatenate((found.b, b)),
        np.concatenate((found.jaccard, common / np.maximum(small + large - common, 1))),
        np.concatenate((found.containment, common / np.maximum(small, 1))),
        np.concatenate((found.score, aligned.shorter)),
        np.concatenate((found.score, aligned.longer)),
    )


def star_clusters(pairs: Pairs, n_documents: int, sizes: np.ndarray, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the representative of each document and the similarity to it.

    The document with most copies is a centre first. Of the copies that are a small part of the centre, or of which the
    centre is one, the nearest joins; another only where it is a copy of some other member too: a page that prints two
    stories joins one of them, and does not join the two.
    """
    centre, similarity = np.arange(n_documents), np.ones(n_documents)
    if not len(pairs.a):
        return centre, similarity
    neighbours = _neighbours(pairs, n_documents)
    degree = {document: sum(longer for _, longer in others.values()) for document, others in neighbours.items()}
    free = set(neighbours)
    for document in sorted(neighbours, key=lambda d: (-degree[d], -sizes[d], ids[d])):
        if document not in free:
            continue
        free.discard(document)
        members: list[int] = []
        for other, (score, longer) in sorted(neighbours[document].items(), key=lambda one: (-one[1][1], ids[one[0]])):
            if other not in free:
                continue
            if longer < _HALF and members and not any(member in neighbours[other] for member in members):
                continue
            free.discard(other)
            members.append(other)
            centre[other], similarity[other] = document, score
    return centre, similarity


def _neighbours(pairs: Pairs, n_documents: int) -> dict[int, dict[int, tuple[float, float]]]:
    """Return document -> copies with their two scores; documents with equal sets share their copies."""
    leader = np.arange(n_documents)
    equal = (pairs.jaccard == 1) & (pairs.containment == 1)
    leader[pairs.b[equal]] = pairs.a[equal]
    leader = leader[leader]  # equal words lead to the first such document, and that to the first with an equal set
    twins: dict[int, list[int]] = {}
    for document in np.unique(np.concatenate((pairs.a, pairs.b))).tolist():
        twins.setdefault(int(leader[document]), []).append(document)
    found: dict[int, dict[int, tuple[float, float]]] = {d: {} for group in twins.values() for d in group}
    for group in twins.values():
        for document in group:
            found[document].update({other: (1.0, 1.0) for other in group if other != document})
    rows = (pairs.a, pairs.b, pairs.score, pairs.longer)
    for a, b, score, longer in zip(*(column[~equal].tolist() for column in rows), strict=True):
        for left in twins[int(leader[a])]:
            for right in twins[int(leader[b])]:
                found[left][right] = found[right][left] = (score, longer)
    return found

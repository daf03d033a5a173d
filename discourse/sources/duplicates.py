"""Wire copy: articles that print the same text, whole or nearly so."""

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.schema import check
from discourse.sources.boilerplate import mask_tokens

__all__ = ["find_duplicate_pairs", "find_duplicates"]

_BANDS, _ROWS = 24, 3  # two texts with similarity 0.7 meet in a band with probability 0.9999, with 0.5 0.96
_LOOSE_BANDS, _LOOSE_ROWS = 36, 2  # for containment, where similarity may be low: 0.3 meets with 0.97
_BUCKET = 400  # a bucket with more documents is joined to its first only, so that cost stays linear
_ODD = np.uint64(0x9E3779B97F4A7C15)


def find_duplicates(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    spans: pd.DataFrame | None = None,
    threshold: float = 0.7,
    shingle: int = 5,
    measure: str = "jaccard",
    seed: int = 20151223,
) -> pd.DataFrame:
    """Cluster the DOCUMENTS that print the same text, from their TOKENS.

    A document is the set of its shingles: runs of ``shingle`` word tokens in normal form. Two documents are copies
    where the similarity of their sets reaches ``threshold``; candidates come from MinHash signatures cut into bands,
    and every candidate is verified on the sets themselves. Clusters are stars: the document with most copies is the
    representative, and every other member reaches the threshold with it, so that no chain of small changes joins
    different stories.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``.
    tokens : DataFrame
        TOKENS of those documents; reads ``doc_id``, ``start_char`` and ``norm``.
    spans : DataFrame, optional
        SPANS to leave out, from ``find_boilerplate``: menus and datelines that an outlet prints on every page must not
        make its articles alike. A document that is nothing but boilerplate is compared by all its words.
    threshold : float
        Least similarity of two copies, above 0 and at most 1.
    shingle : int
        Word tokens in a shingle; a text shorter than that is one shingle.
    measure : str
        "jaccard" (shared shingles over all shingles of the two) or "containment" (over those of the shorter: also
        finds a text cut to its first paragraphs).
    seed : int
        Seeds the hash functions of the candidates; the verified similarities do not depend on it.

    Returns
    -------
    DataFrame
        One row a document, in the order of ``documents``: ``doc_id``; ``cluster`` (the doc_id of the representative);
        ``similarity`` to it (1 for the representative and for a document without copies); ``n_in_cluster`` (1 for a
        document without copies). Documents without words are never copies.

    Raises
    ------
    SchemaError
        An argument is out of range, a table lacks a column, or doc_id repeats.

    Notes
    -----
    Texts that are equal have equal signatures, so all exact duplicates are found. A pair at the threshold 0.7 is found
    with probability 0.9999 (24 bands of 3 rows), one at 0.5 with 0.96; one below the threshold is never reported. Equal documents are hashed
    once. Cost is linear in the tokens plus the candidates.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, SEQUENCES '97,
    https://doi.org/10.1109/SEQUEN.1997.666900. Leskovec, Rajaraman and Ullman (2020), Mining of massive datasets,
    chapter 3. Aslam, Pelekhov and Rus (2004), The star clustering algorithm, Journal of Graph Algorithms and
    Applications 8, https://doi.org/10.7155/jgaa.00084.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"]})
    >>> texts = {"a": "وصل الوفد إلى موسكو اليوم", "b": "وصل الوفد إلى موسكو أمس"}
    >>> words = [(doc_id, word) for doc_id, text in texts.items() for word in text.split()]
    >>> tokens = pd.DataFrame(words, columns=["doc_id", "norm"]).assign(start_char=range(10))
    >>> find_duplicates(documents, tokens, shingle=2, threshold=0.6)[["cluster", "similarity"]].to_numpy().tolist()
    [['a', 1.0], ['a', 0.6], ['c', 1.0]]
    """
    ids, sets, pairs = _prepare(documents, tokens, spans, threshold, shingle, measure, seed)
    centre, similarity = _stars(pairs, len(ids), np.diff(sets.bounds), ids)
    cluster = ids[centre]
    size = np.bincount(centre, minlength=len(ids))[centre]
    return pd.DataFrame({"doc_id": ids, "cluster": cluster, "similarity": similarity, "n_in_cluster": size}).astype(
        {"doc_id": "str", "cluster": "str", "similarity": "float64", "n_in_cluster": "int64"}
    )


def find_duplicate_pairs(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    spans: pd.DataFrame | None = None,
    threshold: float = 0.7,
    shingle: int = 5,
    measure: str = "jaccard",
    seed: int = 20151223,
) -> pd.DataFrame:
    """List the pairs of copies behind ``find_duplicates``, for reading them.

    Takes the same arguments. Of documents whose sets are equal only the pairs with the first of them are listed.

    Returns
    -------
    DataFrame
        ``doc_id_a``, ``doc_id_b`` (a before b in ``documents``), ``jaccard``, ``containment``; sorted by both names.
    """
    ids, sets, pairs = _prepare(documents, tokens, spans, threshold, shingle, measure, seed)
    first, second = np.minimum(pairs.a, pairs.b), np.maximum(pairs.a, pairs.b)
    frame = pd.DataFrame(
        {"doc_id_a": ids[first], "doc_id_b": ids[second], "jaccard": pairs.jaccard, "containment": pairs.containment}
    )
    return frame.sort_values(["doc_id_a", "doc_id_b"], ignore_index=True)


class _Sets(NamedTuple):
    """The shingles of all documents: hashes sorted within each document, and where each document begins."""

    hashes: np.ndarray
    bounds: np.ndarray


class _Pairs(NamedTuple):
    """Verified pairs of document numbers; ``score`` is the measure asked for."""

    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray
    containment: np.ndarray
    score: np.ndarray


def _prepare(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    spans: pd.DataFrame | None,
    threshold: float,
    shingle: int,
    measure: str,
    seed: int,
) -> tuple[np.ndarray, _Sets, _Pairs]:
    """Check the arguments and return the doc_ids, the shingle sets and the verified pairs."""
    check_choice("measure", measure, ["jaccard", "containment"])
    if not 0 < threshold <= 1:
        raise SchemaError(f"`threshold` is {threshold}; it must be above 0 and at most 1.")
    if shingle < 1:
        raise SchemaError(f"`shingle` is {shingle}; it must be 1 or more word tokens.")
    for argument, frame, needed in (
        ("documents", documents, ["doc_id"]),
        ("tokens", tokens, ["doc_id", "start_char", "norm"]),
    ):
        missing = [name for name in needed if name not in frame.columns]
        if missing:
            raise SchemaError(f"`{argument}` lacks the columns {first_three(missing)}.")
    repeated = documents["doc_id"][documents["doc_id"].duplicated()]
    if len(repeated):
        raise SchemaError(
            f"`documents` has {len(repeated)} repeated doc_id values; doc_id must be unique. "
            f"First: {first_three(repeated)}. Drop or rename them before find_duplicates()."
        )
    ids = documents["doc_id"].astype(str).to_numpy(dtype=object)
    document, words, equal = _words(ids, tokens, spans, seed)
    sets = _shingle_sets(document, words, len(ids), shingle)
    return ids, sets, _verified(sets, equal, measure, threshold, seed)


def _words(
    ids: np.ndarray, tokens: pd.DataFrame, spans: pd.DataFrame | None, seed: int
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Return document number and hash of each word outside the spans, and the pairs of documents with equal words.

    Of documents that are equal word for word, spans or not, only the first is kept.
    """
    norm, doc = tokens["norm"].astype("category"), tokens["doc_id"].astype("category")
    words = norm.cat.categories.astype(str)
    hashed = np.fromiter((_word_hash(word, seed) for word in words), np.uint64, len(words))
    spelled = np.fromiter((any(c.isalnum() for c in word) for word in words), bool, len(words))
    number = pd.Index(ids).get_indexer(doc.cat.categories.astype(str))[doc.cat.codes.to_numpy()]
    keep = (number >= 0) & (norm.cat.codes.to_numpy() >= 0)
    keep &= spelled[norm.cat.codes.to_numpy()]
    rows = np.flatnonzero(keep)
    if np.any(np.diff(number[rows]) < 0):
        rows = rows[np.argsort(number[rows], kind="stable")]
    document, words_at = number[rows], hashed[norm.cat.codes.to_numpy()[rows]]
    first, later = _equal_texts(document, words_at, len(ids))
    alone = np.ones(len(ids), bool)
    alone[later] = False
    chosen = alone[document]
    if spans is not None:
        check(spans, "SPANS")
        outside = ~mask_tokens(tokens, spans)[rows]
        some = np.bincount(document[outside], minlength=len(ids)) > 0
        chosen &= outside | ~some[document]
    return document[chosen], words_at[chosen], (first, later)


def _equal_texts(document: np.ndarray, words: np.ndarray, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (first, later) of documents whose words are the same in the same order."""
    sizes = np.bincount(document, minlength=n_documents)
    filled = np.flatnonzero(sizes)
    if not len(filled):
        return filled, filled
    starts = (np.cumsum(sizes) - sizes)[filled]
    place = (np.arange(len(words)) - np.repeat(starts, sizes[filled])).astype(np.uint64)
    _, first, later = _groups(filled, sizes[filled], _mix(words + place * _ODD), _mix(words * _ODD + place), starts)
    return first, later


def _word_hash(word: str, seed: int) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8, key=str(seed).encode()).digest(), "little")


def _shingle_sets(document: np.ndarray, words: np.ndarray, n_documents: int, shingle: int) -> _Sets:
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
    return _Sets(value, np.concatenate(([0], np.cumsum(np.bincount(document, minlength=n_documents)))))


def _mix(value: np.ndarray) -> np.ndarray:
    """Spread the bits of 64-bit numbers (a finalizer of the splitmix kind)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(27))


def _verified(sets: _Sets, equal: tuple[np.ndarray, np.ndarray], measure: str, threshold: float, seed: int) -> _Pairs:
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
    return _Pairs(a, b, jaccard, containment, jaccard if measure == "jaccard" else containment)


def _equal_sets(sets: _Sets) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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


def _candidates(sets: _Sets, first: np.ndarray, n_bands: int, n_rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
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


def _shared(sets: _Sets, a: np.ndarray, b: np.ndarray) -> np.ndarray:
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


def _stars(pairs: _Pairs, n_documents: int, sizes: np.ndarray, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the representative of each document and the similarity to it."""
    centre, similarity = np.arange(n_documents), np.ones(n_documents)
    if not len(pairs.a):
        return centre, similarity
    neighbours = _neighbours(pairs, n_documents)
    degree = {document: len(others) for document, others in neighbours.items()}
    free = set(neighbours)
    for document in sorted(neighbours, key=lambda d: (-degree[d], -sizes[d], ids[d])):
        if document not in free:
            continue
        free.discard(document)
        for other, score in neighbours[document].items():
            if other in free:
                free.discard(other)
                centre[other], similarity[other] = document, score
    return centre, similarity


def _neighbours(pairs: _Pairs, n_documents: int) -> dict[int, dict[int, float]]:
    """Return document -> copies with their similarity; documents with equal sets share their copies."""
    leader = np.arange(n_documents)
    equal = (pairs.jaccard == 1) & (pairs.containment == 1)
    leader[pairs.b[equal]] = pairs.a[equal]
    leader = leader[leader]  # equal words lead to the first such document, and that to the first with an equal set
    twins: dict[int, list[int]] = {}
    for document in np.unique(np.concatenate((pairs.a, pairs.b))).tolist():
        twins.setdefault(int(leader[document]), []).append(document)
    found: dict[int, dict[int, float]] = {d: {} for group in twins.values() for d in group}
    for group in twins.values():
        for document in group:
            found[document].update({other: 1.0 for other in group if other != document})
    for a, b, score in zip(
        pairs.a[~equal].tolist(), pairs.b[~equal].tolist(), pairs.score[~equal].tolist(), strict=True
    ):
        for left in twins[int(leader[a])]:
            for right in twins[int(leader[b])]:
                found[left][right] = found[right][left] = score
    return found

"""Wire copy: articles that print the same text, whole or nearly so."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.sources.cleaning.alignment import aligned_pairs
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.cleaning.shingles import Pairs, ShingleSets, verified_pairs
from discourse.sources.cleaning.stars import star_clusters, with_aligned
from discourse.sources.cleaning.stories import SEED, Stories, StoryRuns, number_words
from discourse.tables import check

__all__ = ["cluster_stories", "find_duplicate_pairs", "find_duplicates", "select_stories"]
_LEAST = {"jaccard": 0.7, "containment": 0.7, "coverage": 0.9}


def find_duplicates(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    spans: pd.DataFrame | None = None,
    threshold: float | None = None,
    shingle: int = 5,
    measure: str = "coverage",
    seed: int = SEED,
) -> pd.DataFrame:
    """Cluster the DOCUMENTS that print the same text, from their TOKENS.

    Two documents are copies where nine tenths (``threshold``) of the words of the shorter one stand in the longer one
    in short runs, and a quarter of the longer: texts that were edited throughout, cut to a third or joined with another
    are copies too. With ``measure="jaccard"`` only what is printed nearly unchanged is a copy: the two share seven
    tenths of their shingles, runs of ``shingle`` word tokens in normal form. Clusters are stars: the document with most
    copies is the representative, and every other member reaches the threshold with it, so that no chain of small
    changes joins different stories.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` and, for its boilerplate, ``text``, ``source`` and ``title``.
    tokens : DataFrame
        TOKENS of those documents; reads ``doc_id``, ``start_char`` and ``norm``.
    spans : DataFrame, optional
        SPANS to leave out: menus and datelines that an outlet prints on every page must not make its articles alike.
        Found anew by ``find_boilerplate`` when left out and ``documents`` holds texts; an empty table leaves nothing
        out. A document that is nothing but boilerplate is compared by all its words.
    threshold : float, optional
        Least similarity of two copies, above 0 and at most 1; when left out 0.9, 0.7 for jaccard and containment.
    shingle : int
        Word tokens in a shingle; a text shorter than that is one shingle.
    measure : str
        "coverage" (how much of the shorter text is covered by runs of three words of the other, and at least a quarter
        of the longer; what is alike by Jaccard at 0.7 is a copy too), "jaccard" (shared shingles over all shingles of
        the two), or "containment" (over those of the shorter: also finds a text cut to its first paragraphs).
        docs/method-duplicates.md says what each finds, and what it joins wrongly.
    seed : int
        Seeds the numbers that words are hashed by; the result does not depend on it.

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
    Two copies share at least ``threshold`` of the shingles of either (of the shorter, for containment), so they meet in
    one of the rarest that a document is left with when it lacks no more than that: only documents that share such a
    shingle are compared (prefix filtering; Chaudhuri et al. 2006, Bayardo et al. 2007), and most share none. Texts
    with equal words are joined beforehand. Of more than 400 documents that share a rare shingle, each is compared with
    20 of them to 40, so that cost stays linear in the tokens plus the pairs.

    Coverage looks at pairs that share three shingles or more, and a tenth of those of the document with fewer, of those
    that stand in 20 documents at most; runs of more are formulas and cover nothing. A text of fewer than 36 shingles
    has to share half of them, since notices repeat a formula with another name; of fewer than 16, it is a copy by
    Jaccard alone. Where the two have numbers (four and more), two in five of those of the one with fewer have to be the
    other's: bulletins of two days have the same words and other numbers. A copy that is less than half of the longer
    text, or of which the longer text is another half, joins one cluster and does not join two.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, SEQUENCES '97,
    https://doi.org/10.1109/SEQUEN.1997.666900. Chaudhuri, Ganti and Kaushik (2006), A primitive operator for similarity
    joins in data cleaning, ICDE, https://doi.org/10.1109/ICDE.2006.9. Bayardo, Ma and Srikant (2007), Scaling up all
    pairs similarity search, WWW, https://doi.org/10.1145/1242572.1242591. Aslam, Pelekhov and Rus (2004), The star
    clustering algorithm, Journal of Graph Algorithms and Applications 8, https://doi.org/10.7155/jgaa.00084.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"]})
    >>> texts = {"a": "وصل الوفد إلى موسكو اليوم", "b": "وصل الوفد إلى موسكو أمس"}
    >>> words = [(doc_id, word) for doc_id, text in texts.items() for word in text.split()]
    >>> tokens = pd.DataFrame(words, columns=["doc_id", "norm"]).assign(start_char=range(10))
    >>> found = find_duplicates(documents, tokens, shingle=2, threshold=0.6, measure="jaccard")
    >>> found[["cluster", "similarity"]].to_numpy().tolist()
    [['a', 1.0], ['a', 0.6], ['c', 1.0]]
    """
    threshold = _threshold(threshold, shingle, measure)
    return cluster_stories(
        documents, _words(documents, tokens, spans, seed), threshold=threshold, shingle=shingle, measure=measure
    )


def cluster_stories(
    documents: pd.DataFrame,
    words: pd.DataFrame | Iterable[pd.DataFrame | StoryRuns],
    *,
    threshold: float | None = None,
    shingle: int = 5,
    measure: str = "coverage",
) -> pd.DataFrame:
    """Cluster the DOCUMENTS that print the same text as ``find_duplicates`` does, from their words as numbers.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` alone.
    words : DataFrame, or iterable of DataFrame or StoryRuns
        What ``number_words`` returned for all of them, or for parts of them; or what ``find_runs`` made of a part, with
        runs of ``shingle`` words.
    threshold, shingle, measure
        As for ``find_duplicates``.

    Returns
    -------
    DataFrame
        As ``find_duplicates``; the same for any parts.
    """
    ids, sets, pairs = _pairs(documents, words, _threshold(threshold, shingle, measure), shingle, measure)
    centre, similarity = star_clusters(pairs, len(ids), sets.sizes, ids)
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
    threshold: float | None = None,
    shingle: int = 5,
    measure: str = "coverage",
    seed: int = SEED,
) -> pd.DataFrame:
    """List the pairs of copies behind ``find_duplicates``, for reading them.

    Of documents whose sets are equal only the pairs with the first of them are listed. Pairs that are copies by
    coverage may have little in common by either of the two figures.

    Parameters
    ----------
    documents, tokens, spans, threshold, shingle, measure, seed
        As for ``find_duplicates``.

    Returns
    -------
    DataFrame
        ``doc_id_a``, ``doc_id_b`` (a before b in ``documents``), ``jaccard``, ``containment``; sorted by both names.
    """
    threshold = _threshold(threshold, shingle, measure)
    ids, _, pairs = _pairs(documents, _words(documents, tokens, spans, seed), threshold, shingle, measure)
    first, second = np.minimum(pairs.a, pairs.b), np.maximum(pairs.a, pairs.b)
    frame = pd.DataFrame(
        {"doc_id_a": ids[first], "doc_id_b": ids[second], "jaccard": pairs.jaccard, "containment": pairs.containment}
    )
    return frame.sort_values(["doc_id_a", "doc_id_b"], ignore_index=True)


def select_stories(documents: pd.DataFrame, clusters: pd.DataFrame, *, keep: str = "first") -> pd.DataFrame:
    """Keep one document of each cluster of DOCUMENTS, so that a series counts stories once.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` and, for ``keep="first"``, ``date``.
    clusters : DataFrame
        What ``find_duplicates`` returned for them.
    keep : str
        "first" (the earliest by date, then by doc_id) or "representative" (the document with most copies).

    Returns
    -------
    DataFrame
        The kept rows of ``documents`` in their order, with the columns ``cluster`` and ``n_in_cluster`` added.

    Raises
    ------
    SchemaError
        ``keep`` is neither, or ``clusters`` lacks documents.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-24", "2015-12-23"])})
    >>> clusters = pd.DataFrame({"doc_id": ["a", "b"], "cluster": ["a", "a"], "n_in_cluster": [2, 2]})
    >>> select_stories(documents, clusters)["doc_id"].tolist()
    ['b']
    """
    check_choice("keep", keep, ["first", "representative"])
    known = clusters.set_index(clusters["doc_id"].astype(str))
    names = documents["doc_id"].astype(str)
    missing = names[~names.isin(known.index)]
    if len(missing):
        raise SchemaError(
            f"`clusters` lacks {len(missing)} of the documents. First: {first_three(missing)}. "
            "Call find_duplicates() on these documents."
        )
    out = documents.assign(
        cluster=known["cluster"].reindex(names).to_numpy(), n_in_cluster=known["n_in_cluster"].reindex(names).to_numpy()
    )
    if keep == "representative":
        return out[names.to_numpy() == out["cluster"].astype(str).to_numpy()].reset_index(drop=True)
    by = ["date", "doc_id"] if "date" in out.columns else ["doc_id"]
    order = out.sort_values(by, kind="stable", na_position="last")
    chosen = order.drop_duplicates("cluster").index
    return out.loc[out.index.isin(chosen)].reset_index(drop=True)


def _threshold(threshold: float | None, shingle: int, measure: str) -> float:
    """Check the options and return the least similarity of two copies."""
    check_choice("measure", measure, ["coverage", "jaccard", "containment"])
    threshold = _LEAST[measure] if threshold is None else threshold
    if not 0 < threshold <= 1:
        raise SchemaError(f"`threshold` is {threshold}; it must be above 0 and at most 1.")
    if shingle < 1:
        raise SchemaError(f"`shingle` is {shingle}; it must be 1 or more word tokens.")
    return threshold


def _words(documents: pd.DataFrame, tokens: pd.DataFrame, spans: pd.DataFrame | None, seed: int) -> pd.DataFrame:
    """Check the tables and return the words of each document as numbers."""
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
    if spans is None and "text" in documents.columns:
        spans = find_boilerplate(documents)
    if spans is not None:
        check(spans, "SPANS")
    return number_words(documents, tokens, spans, seed=seed)


def _pairs(
    documents: pd.DataFrame,
    words: pd.DataFrame | Iterable[pd.DataFrame | StoryRuns],
    threshold: float,
    shingle: int,
    measure: str,
) -> tuple[np.ndarray, ShingleSets, Pairs]:
    """Return the doc_ids, the shingle sets and the verified pairs."""
    ids = documents["doc_id"].astype(str).to_numpy(dtype=object)
    stories = Stories(ids, words, shingle)
    sets = stories.sets
    if measure != "coverage":
        return ids, sets, verified_pairs(sets, stories.equal, measure, threshold)
    found = verified_pairs(sets, stories.equal, "jaccard", _LEAST["jaccard"])
    return ids, sets, with_aligned(sets, found, aligned_pairs(stories.whole, sets, threshold, found))

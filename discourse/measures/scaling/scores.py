"""Scores of documents by each seed and number of dimensions, and what seeds, dimensions and documents leave open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import t as student

from discourse.errors import AbsentError, SchemaError
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.measures.scaling.embedding import Embedding, embed_terms
from discourse.measures.scaling.seeds import Seeds, check_seeds, find_seeds, similarities
from discourse.measures.variance import measure_spread
from discourse.reading.matching.locating import locate

__all__ = [
    "SLICES",
    "SOURCES",
    "Doubt",
    "Scores",
    "doubt_of_means",
    "nowhere",
    "read_scores",
    "seed_variance",
    "share_of",
    "t_bounds",
]

SOURCES = ("stories", "seeds", "dimensions")
"""Where the doubt about a mean comes from, in the order of its variances."""
SLICES = (1 / 3, 1 / 2, 2 / 3, 5 / 6)
"""Parts of the dimensions that are also tried: what they move is the doubt about ``k``."""


@dataclass(frozen=True)
class Scores:
    """Scores of documents, by seed and by number of dimensions.

    Attributes
    ----------
    embedding, seeds
        What they were made from.
    similarity : array, shape (n_words, n_seeds)
        Cosine of each word of the model and each seed, in all dimensions.
    dimensions : list of int
        ``k`` and the smaller numbers of dimensions that are tried too.
    by_seed : list of arrays, shape (n_documents, n_seeds)
        Mean cosine of the words of each document and each seed, for ``k`` and then for each smaller number; from the
        mean of all documents, in standard deviations of the score. Null for documents without a word of the model.
    n_words : array of int, shape (n_documents,)
        Words of the model in each document (where ``near`` is asked for, in its sentences).
    noise : array, shape (n_documents,)
        Variance of a score between the words of a document.
    centre, scale : float
        What was taken off the score of all dimensions, and what it was divided by.
    """

    embedding: Embedding
    seeds: Seeds
    similarity: np.ndarray
    dimensions: list[int]
    by_seed: list[np.ndarray]
    n_words: np.ndarray
    noise: np.ndarray
    centre: float
    scale: float

    @property
    def score(self) -> np.ndarray:
        """The score of each document."""
        return self.by_seed[0] @ self.seeds.weights


@dataclass(frozen=True)
class Doubt:
    """Variances of an estimate and the degrees of freedom of each."""

    variances: np.ndarray  # (n_sources, n_estimates)
    freedoms: np.ndarray  # of the same shape


def read_scores(
    tokens: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    unit: str,
    k: int,
    min_count: int,
    near: str | None,
) -> Scores:
    """Score every document of TOKENS by every seed."""
    check_seeds(seeds)
    embedding = embed_terms(tokens, unit=unit, k=k, min_count=min_count)
    found = find_seeds(tokens, seeds, embedding)
    counts = _counts(tokens, embedding, near)
    n_words = np.asarray(counts.sum(axis=1)).ravel().astype(np.int64)
    parts = [k, *sorted({max(2, round(k * part)) for part in SLICES} - {k}, reverse=True)]
    by_seed, whole, noise, centre, scale = [], None, np.empty(0), 0.0, 1.0
    for dimensions in parts:
        similarity = similarities(embedding, found, dimensions)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = (counts @ similarity) / n_words[:, None]
        score = means @ found.weights
        spread = float(np.nanstd(score, ddof=1)) if (n_words > 0).sum() > 1 else 0.0
        if not spread > 0:
            raise SchemaError("`tokens` has no two documents with different scores; there is nothing to scale.")
        by_seed.append((means - np.nanmean(means, axis=0)) / spread)
        if whole is None:
            whole, centre, scale = similarity, float(np.nanmean(score)), spread
            polarity = similarity @ found.weights
            with np.errstate(invalid="ignore", divide="ignore"):
                second = (counts @ polarity**2) / n_words
                noise = np.maximum(second - score**2, 0) / np.maximum(n_words - 1, 1) / spread**2
    assert whole is not None
    return Scores(embedding, found, whole, parts, by_seed, n_words, noise, centre, scale)


def _counts(tokens: pd.DataFrame, embedding: Embedding, near: str | None) -> sparse.csr_array:
    terms = embedding.terms
    if near is None:
        return terms.counts[:, embedding.kept]
    located = locate(tokens, lexicon_from_patterns([near], name="of `near`"))
    if not len(located):
        raise AbsentError(f"`near` is {near!r}, which matches nothing in `tokens`. Try another pattern.")
    sentence = (tokens["doc_id"].cat.codes.to_numpy().astype(np.int64) << 32) | tokens["sentence"].to_numpy()
    inside = np.isin(sentence[terms.rows], sentence[located.first]) & (terms.codes >= 0)
    ones = np.ones(int(inside.sum()), np.int64)
    counts = sparse.coo_array((ones, (terms.documents[inside], terms.codes[inside])), shape=terms.counts.shape)
    return counts.tocsr()[:, embedding.kept]


def seed_variance(by_seed: np.ndarray, poles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the variance that the choice of seeds gives each estimate, and its degrees of freedom.

    An estimate is the mean over the seeds of one end less that of the other; seeds are a sample of the words that
    could stand for an end.

    Parameters
    ----------
    by_seed : array, shape (n_estimates, n_seeds)
        The estimate by each seed alone.
    poles : array of int
        End of each seed.
    """
    total, below = np.zeros(len(by_seed)), np.zeros(len(by_seed))
    for pole in (1, -1):
        values = by_seed[:, poles == pole]
        part = values.var(axis=1, ddof=1) / values.shape[1]
        total += part
        below += part**2 / (values.shape[1] - 1)
    return total, np.divide(total**2, below, out=np.full(len(total), np.inf), where=below > 0)


def doubt_of_means(
    scores: Scores, groups: np.ndarray, n_groups: int, units: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, Doubt, np.ndarray]:
    """Estimate the mean score of groups of documents.

    Parameters
    ----------
    scores : Scores
        Scores of all documents.
    groups : array of int, shape (n_documents,)
        Group of each document, -1 for none.
    n_groups : int
        Groups.
    units : array of int
        Story of each document.
    weights : array of float
        What each document counts.

    Returns
    -------
    estimates : array, shape (n_groups,)
    by_seed : array, shape (n_groups, n_seeds)
        The mean by each seed alone.
    doubt : Doubt
        Variances between stories, seeds and numbers of dimensions.
    by_slice : array, shape (n_groups, n_slices)
        The estimate with each number of dimensions.
    """
    there = (scores.n_words > 0) & (groups >= 0)
    w = np.where(there, weights, 0.0)
    total = np.bincount(groups[there], w[there], minlength=n_groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = [_means(values, groups, w, there, n_groups) / total[:, None] for values in scores.by_seed]
    spread = measure_spread(
        np.nan_to_num(scores.score)[there][:, None], np.ones(int(there.sum())), groups[there], n_groups,
        units=units[there], weights=w[there],
    )  # fmt: skip
    by_slice = np.stack([values @ scores.seeds.weights for values in means], axis=1)
    seeds, freedom = seed_variance(means[0], scores.seeds.poles)
    slices = ((by_slice[:, 1:] - by_slice[:, :1]) ** 2).mean(axis=1)
    variances = np.stack([spread.variance[:, 0], seeds, slices])
    freedoms = np.stack([spread.freedom, freedom, np.full(n_groups, np.inf)])
    return by_slice[:, 0], means[0], Doubt(variances, freedoms), by_slice


def _means(values: np.ndarray, groups: np.ndarray, w: np.ndarray, there: np.ndarray, n_groups: int) -> np.ndarray:
    rows = np.flatnonzero(there)
    chooser = sparse.csr_array((w[rows], (groups[rows], np.arange(len(rows)))), shape=(n_groups, len(rows)))
    return chooser @ values[rows]


def t_bounds(estimates: np.ndarray, doubt: Doubt, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return an interval from all variances together, by t with Welch and Satterthwaite's degrees of freedom."""
    total = doubt.variances.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        below = np.where(np.isfinite(doubt.freedoms), doubt.variances**2 / doubt.freedoms, 0.0).sum(axis=0)
        freedom = np.where(below > 0, total**2 / below, np.inf)
        half = student.ppf((1 + level) / 2, freedom) * np.sqrt(total)
    return estimates - half, estimates + half


def nowhere(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return groups, units and weights of documents that lie nowhere yet."""
    return np.full(n, -1, np.int64), np.zeros(n, np.int64), np.zeros(n)


def share_of(doubt: Doubt, source: str) -> np.ndarray:
    """Return what part of a variance one source gives."""
    total = doubt.variances.sum(axis=0)
    part = doubt.variances[SOURCES.index(source)]
    return np.divide(part, total, out=np.full(len(total), np.nan), where=total > 0)

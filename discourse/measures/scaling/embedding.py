"""Vectors of words: the right singular vectors of the sentences by words of a corpus."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, sparse

from discourse.errors import SchemaError
from discourse.measures.hashing import hashed_weights
from discourse.measures.lexis.terms import Terms, find_terms
from discourse.memory import of_rows

__all__ = ["LEAST_SENTENCES", "SENTENCES_PER_DIMENSION", "Embedding", "check_whole", "embed_terms", "leading_vectors"]

LEAST_SENTENCES = 2000
"""Below so many sentences with words of the model nothing is scaled (docs/method-scaling.md)."""
SENTENCES_PER_DIMENSION = 10
"""Below so many sentences for each dimension asked for nothing is scaled."""
EXACT = 1500
"""Up to so many words the vectors are exact."""
POWERS = 8
"""Passes over the corpus beyond that number."""


@dataclass(frozen=True)
class Embedding:
    """Words of a model and their vectors.

    Attributes
    ----------
    terms : Terms
        The words of the corpus.
    kept : array of int
        The terms of the model, as places in ``terms.names``, ascending.
    vectors : array of float, shape (n_kept, k)
        Their vectors, the dimension of the largest singular value first.
    n_sentences : int
        Sentences with at least one word of the model.
    """

    terms: Terms
    kept: np.ndarray
    vectors: np.ndarray
    n_sentences: int

    @property
    def names(self) -> pd.Index:
        """The words of the model."""
        return self.terms.names[self.kept]


def embed_terms(tokens: pd.DataFrame, *, unit: str, k: int, min_count: int) -> Embedding:
    """Return the vectors of the words that stand at least ``min_count`` times; remembered with the rows of TOKENS.

    Raises
    ------
    SchemaError
        The corpus is too small for ``k`` dimensions, with the number of sentences that are needed.
    """
    check_whole("k", k, 2)
    check_whole("min_count", min_count, 1)
    terms = find_terms(tokens, unit=unit)
    name = f"embedding by {unit}, {k}, {min_count}"
    columns = ("doc_id", "token", "norm", "sentence", *(("lemma",) if unit == "lemma" else ()))
    return of_rows(tokens, columns, name, lambda: _embed(tokens, terms, k, min_count))


def check_whole(name: str, value: object, least: int) -> None:
    """Raise unless a value is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise SchemaError(f"`{name}` is {value!r}; it must be a whole number, {least} or more.")


def _embed(tokens: pd.DataFrame, terms: Terms, k: int, min_count: int) -> Embedding:
    kept = np.flatnonzero(np.bincount(terms.codes[terms.codes >= 0], minlength=len(terms.names)) >= min_count)
    place = np.full(len(terms.names) + 1, -1, np.int64)  # the last is no term: code -1
    place[kept] = np.arange(len(kept))
    columns = place[terms.codes]
    sentence = tokens["sentence"].to_numpy()[terms.rows].astype(np.int64)
    names = (terms.documents.astype(np.int64) << 32) | sentence
    inside = columns >= 0
    sentences, rows = np.unique(names[inside], return_inverse=True)
    needed = max(LEAST_SENTENCES, SENTENCES_PER_DIMENSION * k)
    if len(sentences) < needed:
        raise SchemaError(
            f"`tokens` has {len(sentences):,} sentences with words that stand at least {min_count} times; {needed:,} "
            f"are needed for {k} dimensions (`k`), {SENTENCES_PER_DIMENSION} for each and {LEAST_SENTENCES:,} at "
            f"least. {_next_of_size(len(sentences))}"
        )
    if len(kept) <= k:
        raise SchemaError(
            f"`tokens` has {len(kept):,} words that stand at least {min_count} times; more than {k:,} are needed for "
            f"{k} dimensions. Lower `min_count` or `k`."
        )
    ones = np.ones(int(inside.sum()))
    matrix = sparse.coo_array((ones, (rows, columns[inside])), shape=(len(sentences), len(kept))).tocsr()
    return Embedding(terms, kept, leading_vectors(matrix, terms.names[kept], k), len(sentences))


def _next_of_size(n_sentences: int) -> str:
    if n_sentences < LEAST_SENTENCES:
        return "Take a larger corpus, or lower `min_count`; fewer dimensions do not help."
    return f"Take a larger corpus, or {n_sentences // SENTENCES_PER_DIMENSION:,} dimensions at most."


def leading_vectors(matrix: sparse.csr_array, names: pd.Index, k: int) -> np.ndarray:
    """Return the ``k`` leading right singular vectors of a matrix as columns, the largest singular value first.

    Parameters
    ----------
    matrix : csr_array, shape (n_rows, n_columns)
        Counts.
    names : Index
        Name of each column: the start of the iteration is a hash of it, so that the order of columns and rows changes
        nothing but the last digits.
    k : int
        Vectors.

    Notes
    -----
    Subspace iteration from a random start (Halko, Martinsson and Tropp 2011, algorithm 4.4), with ``POWERS`` passes and
    a third more vectors than are asked for; exact (by the cross-product of the columns) up to ``EXACT`` columns.

    References
    ----------
    Halko, N., Martinsson, P. G. and Tropp, J. A. (2011). Finding structure with randomness: probabilistic algorithms
    for constructing approximate matrix decompositions. SIAM Review 53, 217-288. doi:10.1137/090771806
    """
    n = matrix.shape[1]  # type: ignore
    if n <= max(EXACT, k + k // 3):
        cross = (matrix.T @ matrix).toarray()
        return linalg.eigh(cross, subset_by_index=[n - k, n - 1])[1][:, ::-1]
    basis = hashed_weights(names, n_draws=k + k // 3, law="normal").astype(np.float64)
    turned = matrix.T.tocsr()
    for _ in range(POWERS):
        basis = linalg.qr(turned @ (matrix @ basis), mode="economic", check_finite=False)[0]
    seen = matrix @ basis
    _, rotation = linalg.eigh(seen.T @ seen)
    return (basis @ rotation[:, ::-1])[:, :k]

"""Counts of two sets of documents by term alone: what keyness without tests asks for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.measures.lexis.sets import Placed, Sets, check_size, places_in
from discourse.measures.lexis.terms import UNITS, Terms
from discourse.memory import of_rows

__all__ = ["Totals", "add_up", "add_up_sets"]

_DOCUMENT = 1 << 32  # a cell holds a document in its upper half and its words in the lower one: one sum gives both


@dataclass(frozen=True)
class Totals:
    """Counts of two sets: words, documents and stories, all of them and those with each term.

    ``terms`` are places among all terms. ``n`` and ``docs_with`` are of shape (2, n_terms), ``units_with`` of shape
    (3, n_terms), the third of both sets together; ``tokens``, ``n_docs`` and ``n_units`` are pairs, ``n_units_both``
    the stories in both sets.
    """

    terms: np.ndarray
    n: np.ndarray
    docs_with: np.ndarray
    units_with: np.ndarray
    tokens: tuple[int, int]
    n_docs: tuple[int, int]
    n_units: tuple[int, int]
    n_units_both: int


def add_up(tokens: pd.DataFrame, terms: Terms, unit: str, placed: Placed, *, least: int = 1) -> Totals:
    """Add up two sets of whole documents, each its own story; terms alone that stand ``least`` times in the corpus.

    Raises
    ------
    SchemaError
        A set has fewer than two documents with a word.
    """
    position = places_in(terms.doc_ids, placed.doc_ids)
    inside = np.zeros((2, len(terms.doc_ids)), np.int64)
    for side in (0, 1):
        inside[side, position[placed.inside[side]]] = 1
    inside[:, terms.n_tokens == 0] = 0
    n_docs = int(inside[0].sum()), int(inside[1].sum())
    for side in (0, 1):
        check_size(placed, side, n_docs[side])
    columns = ("doc_id", "token", UNITS[unit])
    by_term, whole = of_rows(tokens, columns, f"documents of terms by {unit}", lambda: _turned(terms.counts))
    chosen = np.flatnonzero(terms.totals >= least)
    first = (by_term @ inside[0])[chosen]
    everything = sum(n_docs) == np.count_nonzero(terms.n_tokens)
    second = whole[chosen] - first if everything else (by_term @ inside[1])[chosen]
    found = np.stack([first, second])
    n, docs_with = found & (_DOCUMENT - 1), found >> 32
    words = int(terms.n_tokens @ inside[0]), int(terms.n_tokens @ inside[1])
    return Totals(chosen, n, docs_with, np.vstack([docs_with, docs_with.sum(axis=0)]), words, n_docs, n_docs, 0)


def _turned(counts: sparse.csr_array) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the cells by term, each a document and its words, and their sums."""
    turned = counts.tocsc()
    n_docs, n_terms = counts.shape  # type: ignore
    cells = sparse.csr_array((turned.data + _DOCUMENT, turned.indices, turned.indptr), shape=(n_terms, n_docs))
    return cells, cells @ np.ones(n_docs, np.int64)


def add_up_sets(sets: Sets) -> Totals:
    """Add up two sets of words by story."""
    sides = [np.flatnonzero(sets.side == side) for side in (0, 1)]
    counts = [sets.counts[rows] for rows in sides]
    n = np.stack([np.asarray(part.sum(axis=0)).ravel() for part in counts]).astype(np.int64)
    first, second = (np.bincount(part.indices, minlength=n.shape[1]).astype(np.int64) for part in counts)
    unit, one, two = np.intersect1d(*(sets.unit[rows] for rows in sides), assume_unique=True, return_indices=True)
    twice = np.zeros(n.shape[1], np.int64)
    if len(unit):
        shared = sparse.csr_array(counts[0][one]).multiply(counts[1][two])
        twice = np.bincount(sparse.csr_array(shared).indices, minlength=n.shape[1])
    return Totals(
        terms=np.arange(n.shape[1]),
        n=n,
        docs_with=sets.docs_with,
        units_with=np.stack([first, second, first + second - twice]),
        tokens=(int(sets.tokens[sides[0]].sum()), int(sets.tokens[sides[1]].sum())),
        n_docs=(sets.n_docs(0), sets.n_docs(1)),
        n_units=(sets.n_units(0), sets.n_units(1)),
        n_units_both=len(unit),
    )

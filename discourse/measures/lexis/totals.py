"""Counts of two sets of documents by term alone: what keyness without tests asks for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.measures.lexis.sets import Placed, Sets, check_size, places_in
from discourse.measures.lexis.terms import UNITS, Terms
from discourse.memory import of_rows

__all__ = ["Totals", "add_up", "add_up_sets"]

_NARROW, _WIDE = 16, 32  # bits of a cell for words; those above count documents, so that one sum gives both
_FREQUENT = 1 << 15  # occurrences from which on the sum of a term needs wide cells


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
    cells = of_rows(tokens, columns, f"documents of terms by {unit}", lambda: _turn(terms.counts, terms.totals))
    chosen = np.flatnonzero(terms.totals >= least)
    n_first, first = cells.sums_of(inside[0], chosen)
    if sum(n_docs) == np.count_nonzero(terms.n_tokens):  # the second set is all the rest
        n_second, second = terms.totals[chosen] - n_first, cells.docs_with[chosen] - first
    else:
        n_second, second = cells.sums_of(inside[1], chosen)
    words = int(terms.n_tokens @ inside[0]), int(terms.n_tokens @ inside[1])
    units = np.stack([first, second, first + second])
    return Totals(chosen, np.stack([n_first, n_second]), units[:2], units, words, n_docs, n_docs, 0)


@dataclass(frozen=True)
class _Cells:
    """Words of terms by document, the most frequent term first, these in ``wide`` cells, the others in ``narrow`` ones.

    ``place`` is the row of each term, ``docs_with`` the documents that have it.
    """

    wide: sparse.csr_array
    narrow: sparse.csr_array
    place: np.ndarray
    docs_with: np.ndarray

    def sums_of(self, inside: np.ndarray, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the words of terms in the documents that are marked with 1, and how many of these have each."""
        rows = self.place[terms]
        n_wide, n_rows = len(self.wide.indptr) - 1, int(rows.max(initial=-1)) + 1
        n, docs_with = np.empty((2, max(n_rows, n_wide)), np.int64)
        head = _first_rows(self.narrow, max(n_rows - n_wide, 0))
        for cells, bits, part in ((self.wide, _WIDE, slice(n_wide)), (head, _NARROW, slice(n_wide, None))):
            found = cells @ inside.astype(cells.dtype)
            n[part], docs_with[part] = found & ((1 << bits) - 1), found >> bits
        return n[rows], docs_with[rows]


def _first_rows(cells: sparse.csr_array, n_rows: int) -> sparse.csr_array:
    """Return the first rows over the same memory."""
    end = int(cells.indptr[n_rows])
    parts = (cells.data[:end], cells.indices[:end], cells.indptr[: n_rows + 1])
    return sparse.csr_array(parts, shape=(n_rows, cells.shape[1]))  # type: ignore


def _turn(counts: sparse.csr_array, totals: np.ndarray) -> _Cells:
    order = np.argsort(-totals, kind="stable")
    turned = sparse.csr_array(counts.T)
    docs_with = np.diff(turned.indptr).astype(np.int64)
    turned = turned[order]
    n_wide = int((totals >= _FREQUENT).sum())
    wide, narrow = turned[:n_wide], turned[n_wide:]
    wide.data = wide.data + (1 << _WIDE)
    narrow.data = (narrow.data + (1 << _NARROW)).astype(np.int32)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return _Cells(wide, narrow, place, docs_with)


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

"""Variance of the rates of many terms at once: what ``measure_spread`` finds, from the cells that are not 0 alone."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from discourse.measures.variance import Spread

__all__ = ["Cells", "make_cells", "spread_of_cells"]

_ALONE = 1e-12  # what a unit leaves of the whole, below which it is the whole


@dataclass(frozen=True)
class Cells:
    """Counts of terms in units, those that are not 0: unit, term and count of each."""

    unit: np.ndarray
    term: np.ndarray
    n: np.ndarray
    n_units: int
    n_terms: int

    def sum(self, values: np.ndarray | None = None) -> np.ndarray:
        """Add up by term the counts, or other values of the cells."""
        return np.bincount(self.term, self.n if values is None else values, self.n_terms)

    def matrix(self, values: np.ndarray | None = None) -> sparse.csr_array:
        """Return the cells as a matrix of units by terms."""
        filled = self.n if values is None else values
        return sparse.coo_array((filled, (self.unit, self.term)), shape=(self.n_units, self.n_terms)).tocsr()


def make_cells(counts: sparse.csr_array) -> Cells:
    """Return the cells of a matrix of units by terms.

    >>> make_cells(sparse.csr_array(np.array([[0, 2], [1, 0]]))).term.tolist()
    [1, 0]
    """
    n_units, n_terms = counts.shape or (0, 0)
    unit = np.repeat(np.arange(n_units, dtype=np.int32), np.diff(counts.indptr))
    return Cells(unit, counts.indices, counts.data.astype(np.float64), n_units, n_terms)


def spread_of_cells(cells: Cells, exposure: np.ndarray, documents: np.ndarray | None = None) -> Spread:
    """Measure the spread of the rates of all terms over units, for ``interval_of(spread, "rate")``.

    Parameters
    ----------
    cells : Cells
        Counts of terms in units; a unit stands once beside each term.
    exposure : ndarray of shape (n_units,)
        What the counts of each unit are divided by; a unit with 0 is no part of anything.
    documents : ndarray, optional
        The exposure of each document, where a unit (a story) holds several; the units are documents by default.

    Returns
    -------
    Spread
        One group, a column for each term. ``plain``, ``within`` and ``document_freedom``, which no interval of a rate
        asks for, are null.

    Notes
    -----
    The sum of squared residuals, (y - R x)^2 / (1 - h), is multiplied out: only products of y are sums over cells.
    """
    x = np.asarray(exposure, np.float64)
    documents = x if documents is None else np.asarray(documents, np.float64)
    whole = x.sum()
    unknown = np.full((1, cells.n_terms), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = x / whole
        factor = np.where(1 - part > _ALONE, 1 / (1 - part), np.nan)
        factor[x == 0] = 0.0  # no part of anything
        total = cells.sum()
        rate = total / whole
        own = factor[cells.unit] * cells.n
        squares = cells.sum(own * cells.n) - 2 * rate * cells.sum(own * x[cells.unit]) + rate**2 * (factor * x**2).sum()
        variance = np.maximum(squares, 0) / whole**2
        lever = part**2 * factor
        inverse = (part**2).sum() + lever.sum() ** 2 - (lever**2).sum()
        freedom = 1 / inverse
        if np.isnan(factor).any():
            variance = np.full(cells.n_terms, np.nan)
    return Spread(
        total=total[None],
        exposure=np.array([whole]),
        n_units=np.array([int((x > 0).sum())]),
        estimate=rate[None],
        variance=variance[None],
        plain=unknown,
        freedom=np.array([freedom]),
        within=unknown,
        documents=np.array([whole**2 / (documents**2).sum() if whole else np.nan]),
        document_freedom=np.array([np.nan]),
        whole=np.array([whole**2 / (x**2).sum() if whole else np.nan]),
        event=np.ones((1, cells.n_terms)),
    )

"""Log odds ratios of many terms: in the windows against outside, with the interval that documents or stories give."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from discourse.measures.intervals import interval_of
from discourse.measures.lexis.associations import log_odds
from discourse.measures.lexis.spreads import Cells, spread_of_cells

__all__ = ["Odds", "correlate", "estimate_odds", "join"]


@dataclass(frozen=True)
class Odds:
    """Log odds ratios of terms, their bounds (infinite where there is none), and the part of each unit in them."""

    estimate: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    scores: "Scores"


@dataclass(frozen=True)
class Scores:
    """The part of each unit in an estimate: ``counts``, less ``here`` of ``inside``, plus ``there`` of ``outside``."""

    counts: sparse.csr_array
    inside: np.ndarray
    outside: np.ndarray
    here: np.ndarray
    there: np.ndarray

    def times(self, other: "Scores") -> np.ndarray:
        """Return the sums over units of the products of the parts in two estimates."""
        product = np.asarray(self.counts.multiply(other.counts).sum(axis=0)).ravel()
        product -= other.here * (self.counts.T @ other.inside) - other.there * (self.counts.T @ other.outside)
        product -= self.here * (other.counts.T @ self.inside) - self.there * (other.counts.T @ self.outside)
        product += self.here * other.here * (self.inside @ other.inside)
        product += self.there * other.there * (self.outside @ other.outside)
        product -= self.here * other.there * (self.inside @ other.outside)
        product -= self.there * other.here * (self.outside @ other.inside)
        return product


def estimate_odds(
    here: Cells,
    there: Cells,
    inside: np.ndarray,
    outside: np.ndarray,
    *,
    documents: tuple[np.ndarray, np.ndarray] | None = None,
    level: float | np.ndarray = 0.95,
) -> Odds:
    """Estimate the log odds ratio of each term, with its interval.

    Parameters
    ----------
    here, there : Cells
        Counts of terms in the windows of each unit, and outside.
    inside, outside : ndarray of shape (n_units,)
        Words of each unit in windows, and outside.
    documents : pair of ndarray, optional
        The same of each document, where units are stories.
    level : float
        Probability that an interval aims to cover.

    Notes
    -----
    Each of the two rates has the interval of ``interval_of``, that of a negative binomial count of the units; both are
    joined on the scale of log odds by the method of variance estimates recovery, with the correlation that the units
    give them. See docs/method-collocates.md for how often they cover.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702. doi:10.1002/sim.3095
    """
    sides = ((here, inside), (there, outside))
    totals = [float(words.sum()) for _, words in sides]
    centres = [log_odds(cells.sum(), total) for (cells, _), total in zip(sides, totals, strict=True)]
    bounds = []
    for place, (cells, words) in enumerate(sides):
        spread = spread_of_cells(cells, words, None if documents is None else documents[place])
        low, high = interval_of(spread, "rate", level=level)
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = [np.log(end / (1 - end)) for end in (low[0], np.minimum(high[0], 1.0))]
        bounds.append((np.minimum(ends[0], centres[place]), np.maximum(ends[1], centres[place])))
    correlation = _correlation(here, there, inside, outside)
    one, two = ((centres[place], *bounds[place]) for place in (1, 0))
    lower, upper = join(one, two, correlation)
    return Odds(centres[0] - centres[1], lower, upper, _scores(here, there, inside, outside))


def join(
    first: tuple[np.ndarray, np.ndarray, np.ndarray],
    second: tuple[np.ndarray, np.ndarray, np.ndarray],
    correlation: np.ndarray | float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of second minus first, from estimate, lower and upper of each; infinite where one of them is.

    Examples
    --------
    >>> one, two = ((np.array([e]), np.array([l]), np.array([u])) for e, l, u in ((0, -3, 3), (10, 6, 14)))
    >>> [float(bound[0]) for bound in join(one, two, 0.0)]
    [5.0, 15.0]
    """
    gap = second[0] - first[0]
    down = _joined(second[0] - second[1], first[2] - first[0], correlation)
    up = _joined(second[2] - second[0], first[0] - first[1], correlation)
    return gap - down, gap + up


def _joined(a: np.ndarray, b: np.ndarray, correlation: np.ndarray | float) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        found = np.sqrt(np.maximum(a**2 + b**2 - 2 * correlation * a * b, 0.0))
    return np.where(np.isinf(a) | np.isinf(b), np.inf, found)


def _correlation(here: Cells, there: Cells, inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """Return the correlation of the two rates of each term over units, nearer to 0 the fewer units have the term.

    A term in the windows of one unit alone says nothing of how both rates go together.
    """
    x, w = np.asarray(inside, np.float64), np.asarray(outside, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, rest = here.sum() / x.sum(), there.sum() / w.sum()
        both = np.asarray(here.matrix().multiply(there.matrix()).sum(axis=0)).ravel()
        both = both - rest * here.sum(here.n * w[here.unit]) - rate * there.sum(there.n * x[there.unit])
        both = both + rate * rest * (x @ w)
        own = here.sum(here.n**2) - 2 * rate * here.sum(here.n * x[here.unit]) + rate**2 * (x @ x)
        other = there.sum(there.n**2) - 2 * rest * there.sum(there.n * w[there.unit]) + rest**2 * (w @ w)
        found = both / np.sqrt(np.maximum(own, 0) * np.maximum(other, 0))
    seen = 1 - 1 / np.maximum(here.sum(np.ones(len(here.n))), 1)
    return np.clip(np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0), -1, 1) * seen


def _scores(here: Cells, there: Cells, inside: np.ndarray, outside: np.ndarray) -> Scores:
    """Return the part of each unit in the log odds ratios."""
    x, w = np.asarray(inside, np.float64), np.asarray(outside, np.float64)
    rates = (here.sum() + 0.5) / (x.sum() + 1), (there.sum() + 0.5) / (w.sum() + 1)
    total = max(float(x.sum()), 1.0), max(float(w.sum()), 1.0)
    size = 1 / (total[0] * rates[0] * (1 - rates[0])), 1 / (total[1] * rates[1] * (1 - rates[1]))
    counts = here.matrix(here.n * size[0][here.term]) - there.matrix(there.n * size[1][there.term])
    return Scores(counts.tocsr(), x, w, rates[0] * size[0], rates[1] * size[1])


def correlate(first: Scores, second: Scores) -> np.ndarray:
    """Return the correlation of two estimates of each term over the units that both have."""
    size = np.sqrt(np.maximum(first.times(first), 0) * np.maximum(second.times(second), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = first.times(second) / size
    return np.clip(np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0), -1, 1)

"""Ratios of two rates on the scale of binary logarithms, with intervals that stories give."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from discourse.measures.intervals import interval_of
from discourse.measures.lexis.sets import Sets
from discourse.measures.variance import Spread, measure_spread

__all__ = ["LogRatios", "estimate_log_ratio", "measure_log_ratios"]

_IN_PLACE_OF_NONE = 0.5  # a count of 0 is taken as this: Hardie's log ratio
_WHOLE = 1e-12


class LogRatios(NamedTuple):
    """Log ratios of all terms, their bounds (null: none), and the conservative ones."""

    estimate: np.ndarray
    smoothed: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    conservative: np.ndarray


def estimate_log_ratio(n_a: np.ndarray, total_a: int, n_b: np.ndarray, total_b: int) -> tuple[np.ndarray, np.ndarray]:
    """Return log2 of the ratio of two rates, and whether a count of 0 was taken as a half for it.

    References
    ----------
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.

    Examples
    --------
    >>> estimate, smoothed = estimate_log_ratio(np.array([8, 0]), 1000, np.array([2, 4]), 1000)
    >>> estimate.tolist(), smoothed.tolist()
    ([2.0, -3.0], [False, True])
    """
    ones = [np.where(n > 0, n, _IN_PLACE_OF_NONE) for n in (np.asarray(n_a, float), np.asarray(n_b, float))]
    smoothed = (np.asarray(n_a) == 0) | (np.asarray(n_b) == 0)
    return np.log2(ones[0] * total_b / (ones[1] * total_a)), smoothed  # equal ratios are equal to the last bit


def measure_log_ratios(sets: Sets, *, level: float = 0.95) -> LogRatios:
    """Estimate the log ratio of each term with its interval, and the bound nearest to 0 of one that holds for all.

    Parameters
    ----------
    sets : Sets
        Words of two sets by story, the terms that are looked at alone.
    level : float
        Probability that an interval aims to cover; that of the conservative ratio covers for all terms at once.

    Returns
    -------
    LogRatios

    Notes
    -----
    Each rate has the interval of all rates of the project (``ratio_by_group``: a negative binomial count of stories
    with the dispersion that they show); both are joined on the scale of logarithms by the method of variance estimates
    recovery, with the correlation that stories in both sets give them. A count of 0 leaves its side without a lower
    bound, and so the ratio without one of its bounds. What copies add to the variance of a rate is no less than what
    they add over all terms, up to perfect copies: a term that happens to stand in stories of few copies does not show
    how many it may have.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702. doi:10.1002/sim.3095
    """
    spread = _with_copies(_spread(sets))
    n_a, n_b = spread.total
    total_a, total_b = (int(total) for total in spread.exposure)
    estimate, smoothed = estimate_log_ratio(n_a, total_a, n_b, total_b)
    together = _correlation(sets, spread)
    lower, upper = _joined(spread, together, estimate, level)
    sure_low, sure_high = _joined(spread, together, estimate, 1 - (1 - level) / max(len(n_a), 1))
    toward = np.where(estimate >= 0, np.fmax(sure_low, 0.0), np.fmin(sure_high, 0.0))
    return LogRatios(estimate, smoothed, lower, upper, toward)


def _spread(sets: Sets) -> Spread:
    """Return what an interval asks of the rates of both sets, from counts that are mostly 0."""
    lengths = sets.lengths.astype(float)
    base = measure_spread(np.zeros((len(lengths), 1)), lengths, sets.length_side, 2, units=sets.length_unit)
    made = [_of_side(sets, side, base) for side in (0, 1)]
    total, variance, plain = (np.stack([one[place] for one in made]) for place in range(3))
    estimate = total / base.exposure[:, None]
    return replace(
        base, total=total, estimate=estimate, variance=variance, plain=plain, within=np.full_like(total, np.nan),
        event=np.ones_like(total),
    )  # fmt: skip


def _with_copies(spread: Spread) -> Spread:
    """Let no rate vary less than the copies of stories make all of them vary, of both sets each."""
    most = spread.documents / spread.whole
    poisson = spread.total / spread.exposure[:, None] ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.nansum(spread.variance, axis=1) / poisson.sum(axis=1)
    effect = np.clip(np.nan_to_num(seen, nan=1.0), 1.0, np.maximum(most, 1.0))
    return replace(spread, variance=np.maximum(spread.variance, effect[:, None] * poisson))


def _of_side(sets: Sets, side: int, base: Spread) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = sets.side == side
    counts, x = sparse.csr_array(sets.counts[rows]).astype(float), sets.tokens[rows].astype(float)
    exposure = base.exposure[side]
    total = np.asarray(counts.sum(axis=0)).ravel()
    rate = total / exposure
    left = 1 - x / exposure
    squared = counts.copy()
    squared.data **= 2
    found = []
    for weight in (1 / np.where(left > _WHOLE, left, np.nan), np.ones_like(x)):
        squares = squared.T @ weight - 2 * rate * (counts.T @ (x * weight)) + rate**2 * float((x * x * weight).sum())
        found.append(np.maximum(squares, 0) / exposure**2)
    return total, found[0], found[1]


def _correlation(sets: Sets, spread: Spread) -> np.ndarray:
    """Return the correlation of both rates: what stories in both sets deviate from them together."""
    out = np.zeros(spread.total.shape[1])
    unit, first, second = np.intersect1d(
        np.where(sets.side == 0, sets.unit, -1), np.where(sets.side == 1, sets.unit, -2), return_indices=True
    )
    if not len(unit):
        return out
    one, two = (sparse.csr_array(sets.counts[rows]).astype(float) for rows in (first, second))
    x, z = (sets.tokens[rows].astype(float) for rows in (first, second))
    rate, other = spread.estimate
    crossed = np.asarray(one.multiply(two).sum(axis=0)).ravel()
    crossed += -rate * (two.T @ x) - other * (one.T @ z) + rate * other * float(x @ z)
    size = np.sqrt(spread.plain[0] * spread.plain[1]) * spread.exposure[0] * spread.exposure[1]
    np.divide(crossed, size, out=out, where=size > 0)
    return np.clip(out, -1, 1)


def _joined(spread: Spread, together: np.ndarray, estimate: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of the log ratio at a level; null where there is none."""
    lower, upper = interval_of(spread, "rate", level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log2(spread.estimate)
        low, high = np.log2(lower), np.log2(upper)
        down = _apart(middle[0] - low[0], high[1] - middle[1], together)
        up = _apart(high[0] - middle[0], middle[1] - low[1], together)
        none_a, none_b = spread.total == 0
        bottom = np.where(none_b, low[0] - high[1], estimate - down)
        top = np.where(none_a, high[0] - low[1], estimate + up)
        bottom, top = np.where(none_a, np.nan, bottom), np.where(none_b, np.nan, top)
    return np.where(np.isfinite(bottom), bottom, np.nan), np.where(np.isfinite(top), top, np.nan)


def _apart(a: np.ndarray, b: np.ndarray, together: np.ndarray) -> np.ndarray:
    return np.sqrt(np.maximum(a * a + b * b - 2 * together * a * b, 0))

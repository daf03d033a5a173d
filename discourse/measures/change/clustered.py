"""Variance of estimates that are sums over stories: corrected for leverage, with Satterthwaite's degrees of freedom."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.stats import t as student

__all__ = [
    "Bounds",
    "Linear",
    "Parts",
    "bounds_of",
    "difference_interval",
    "estimate_cells",
    "estimate_slope",
    "part",
    "ratio_interval",
]

Bounds = tuple[float, float, float]  # estimate, lower, upper
_WHOLE = 1e-9  # what a unit leaves of its cell, below which it is the whole cell


class Parts(NamedTuple):
    """Sums of each unit in each cell: unit, cell, numerator ``y``, denominator ``x``; and the ratio of each cell."""

    unit: np.ndarray
    cell: np.ndarray
    y: np.ndarray
    x: np.ndarray
    totals: np.ndarray
    ratios: np.ndarray
    n_units: int


class Linear(NamedTuple):
    """An estimate, its variance (also uncorrected), the degrees of freedom of this, and the part of each unit in it."""

    value: float
    variance: float
    df: float
    scores: np.ndarray
    plain: float = float("nan")

    def interval(self, level: float) -> tuple[float, float]:
        """Return the t interval."""
        if not np.isfinite(self.variance):
            return float("nan"), float("nan")
        half = float(student.ppf(0.5 + level / 2, max(self.df, 1.0))) * np.sqrt(self.variance)
        return self.value - half, self.value + half


def part(y: np.ndarray, x: np.ndarray, cell: np.ndarray, unit: np.ndarray, n_cells: int, n_units: int) -> Parts:
    """Add up documents by unit and cell; units whose denominators are 0 are left out."""
    keys, place = np.unique(cell.astype(np.int64) * n_units + unit, return_inverse=True)
    sums_y, sums_x = np.bincount(place, y, len(keys)), np.bincount(place, x, len(keys))
    kept = sums_x > 0
    cells, units, sums_y, sums_x = keys[kept] // n_units, keys[kept] % n_units, sums_y[kept], sums_x[kept]
    totals = np.bincount(cells, sums_x, n_cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.bincount(cells, sums_y, n_cells) / totals
    return Parts(units, cells, sums_y, sums_x, totals, ratios, n_units)


def estimate_cells(parts: Parts, coefficients: np.ndarray) -> Linear:
    """Estimate a linear combination of the ratios of cells, with the variance that the spread of units gives it.

    Parameters
    ----------
    parts : Parts
        Sums of units in cells.
    coefficients : ndarray of shape (n_cells,)
        What each ratio counts; 0 for cells that are no part of it.

    Returns
    -------
    Linear
        The variance is null where no cell holds two units.

    Notes
    -----
    The part of unit g is the sum over its documents of influence times residual, divided by the square root of
    1 - h_g, where h_g is the share of its variance that the fitted ratios take up under equal independent errors: the
    correction CR2 of Bell and McCaffrey for one linear combination. The variance of a unit that is a whole cell by
    itself cannot be seen in it (h_g = 1): that of the units of the other cells, pooled, stands for it.

    References
    ----------
    Bell, R. M. and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage
    samples. Survey Methodology 28, 169-181.

    Pustejovsky, J. E. and Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and
    hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36, 672-683.
    doi:10.1080/07350015.2016.1247004
    """
    residual = parts.y - parts.ratios[parts.cell] * parts.x
    alone = np.bincount(parts.cell, minlength=len(coefficients))
    inside = alone[parts.cell] > 1
    free = float((alone[alone > 1] - 1).sum())
    pooled = float((residual[inside] ** 2 / parts.x[inside]).sum() / free) if free else np.nan
    used = coefficients[parts.cell] != 0
    unit, cell, x = parts.unit[used], parts.cell[used], parts.x[used]
    slope = coefficients[cell] / parts.totals[cell]  # influence of one unit of denominator
    spread = slope**2 * x
    taken = spread * x / parts.totals[cell]
    value = float(np.dot(coefficients[coefficients != 0], parts.ratios[coefficients != 0]))
    by_unit = _by_unit(unit, slope * residual[used], spread, taken, parts.n_units)
    absorbed = np.abs(slope) * x / np.sqrt(parts.totals[cell])
    return _robust(value, by_unit, (unit, cell, absorbed), pooled, free)


def estimate_slope(
    z: np.ndarray, weights: np.ndarray, moment: np.ndarray, cell: np.ndarray, unit: np.ndarray
) -> tuple[Linear, np.ndarray]:
    """Fit a straight line with one level for each cell, by weighted least squares.

    Parameters
    ----------
    z, weights, moment : ndarray of shape (n_documents,)
        Ratio of each document, its weight, its time in years.
    cell, unit : ndarray of int of shape (n_documents,)
        Whose level (0 for all where there is one), and whose story.

    Returns
    -------
    slope : Linear
        Change per year; its variance is corrected as in ``estimate_cells``; null where time does not vary.
    residuals : ndarray
        What the line leaves of each document.
    """
    totals = np.bincount(cell, weights)

    def centred(values: np.ndarray) -> np.ndarray:
        return values - (np.bincount(cell, weights * values) / totals)[cell]

    time, level_free = centred(moment), centred(z)
    spread = float((weights * time**2).sum())
    n_units = int(unit.max(initial=-1)) + 1
    if not spread > 1e-12 * weights.sum():
        return Linear(np.nan, np.nan, np.nan, np.zeros(n_units)), level_free
    slope = float((weights * time * level_free).sum() / spread)
    residuals = level_free - slope * time
    influence = weights * time / spread
    # what the levels and the slope take up of the influence of each unit
    pair, place = np.unique(cell.astype(np.int64) * n_units + unit, return_inverse=True)
    level = np.abs(np.bincount(place, influence)) / np.sqrt(totals[pair // n_units])
    along = np.bincount(unit, influence * time, n_units) * np.sqrt(1 / spread)
    taken = along**2 + np.bincount(pair % n_units, level**2, n_units)
    own = np.bincount(unit, influence**2 / weights, n_units)
    there = np.flatnonzero(own > _WHOLE * own.max())  # a unit whose outlet has no other date says nothing
    by_unit = pd.DataFrame(
        {"score": np.bincount(unit, influence * residuals, n_units), "spread": own, "taken": taken}
    ).iloc[there]
    n_levels = len(totals)
    units = np.r_[pair % n_units, there]
    columns = np.r_[pair // n_units, np.full(len(there), n_levels)]
    signed = np.bincount(place, influence) / np.sqrt(totals[pair // n_units])
    absorbed = np.r_[signed, along[there]]
    found = _robust(slope, (by_unit, n_units), (units, columns, absorbed), np.nan, 0.0)
    return found, residuals


def _by_unit(
    unit: np.ndarray, score: np.ndarray, spread: np.ndarray, taken: np.ndarray, n_units: int
) -> tuple[pd.DataFrame, int]:
    there = np.flatnonzero(np.bincount(unit, minlength=n_units))
    sums = {"score": score, "spread": spread, "taken": taken}
    frame = {name: np.bincount(unit, values, n_units)[there] for name, values in sums.items()}
    return pd.DataFrame(frame, index=there), n_units


def _robust(
    value: float,
    by_unit: tuple[pd.DataFrame, int],
    absorbed: tuple[np.ndarray, np.ndarray, np.ndarray],
    pooled: float,
    free: float,
) -> Linear:
    """Return the estimate with its corrected variance and Satterthwaite's degrees of freedom."""
    frame, n_units = by_unit
    names = frame.index.to_numpy()
    spread = frame["spread"].to_numpy()
    left = 1 - frame["taken"].to_numpy() / spread
    whole = left < _WHOLE
    factor = np.where(whole, 0.0, 1 / np.sqrt(np.where(whole, 1.0, left)))
    scores = np.zeros(n_units)
    scores[names] = frame["score"].to_numpy() * factor
    variance, df = float((scores**2).sum()), np.nan
    corrected = spread * factor**2
    if (~whole).any():
        scale = np.zeros(n_units)
        scale[names] = factor
        unit, column, size = absorbed
        table = coo_array((size * scale[unit], (unit, column)), shape=(n_units, int(column.max()) + 1)).tocsr()
        crossed = (table.T @ table).power(2).sum()
        first = float((corrected * left).sum())
        second = float((corrected**2).sum() - 2 * (corrected**2 * (1 - left)).sum() + crossed)
        df = first**2 / second if second > 0 else np.nan
    if whole.any():
        extra = pooled * float(spread[whole].sum())
        parts = [(variance, df), (extra, free)]
        below = sum(part**2 / of for part, of in parts if part > 0 and of > 0)
        variance = variance + extra
        df = variance**2 / below if below > 0 else free
    if not (~whole).any() and not np.isfinite(pooled):
        variance = np.nan
    return Linear(value, variance, df, scores, float((frame["score"] ** 2).sum()))


def bounds_of(made: dict[str, np.ndarray], place: int) -> Bounds:
    """Return estimate, lower and upper of a group of ``ratio_by_group`` with one column."""
    return float(made["estimate"][place, 0]), float(made["lower"][place, 0]), float(made["upper"][place, 0])


def difference_interval(first: Bounds, second: Bounds, correlation: float = 0.0) -> tuple[float, float]:
    """Return the interval of second minus first from the estimates of both sides and their intervals.

    Parameters
    ----------
    first, second : tuple of float
        Estimate, lower, upper.
    correlation : float
        Of the two estimates.

    Returns
    -------
    lower, upper : float
        The method of variance estimates recovery: it keeps the lopsidedness of the intervals of the sides.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702. doi:10.1002/sim.3095

    Examples
    --------
    >>> lower, upper = difference_interval((0.0, -3.0, 3.0), (10.0, 6.0, 14.0))
    >>> lower, upper
    (5.0, 15.0)
    """
    one, one_lower, one_upper = first
    two, two_lower, two_upper = second
    down = _joined(two - two_lower, one_upper - one, correlation)
    up = _joined(two_upper - two, one - one_lower, correlation)
    return two - one - down, two - one + up


def _joined(a: float, b: float, correlation: float) -> float:
    return float(np.sqrt(max(a**2 + b**2 - 2 * correlation * a * b, 0.0)))


def ratio_interval(first: Bounds, second: Bounds, correlation: float = 0.0) -> tuple[float, float, float]:
    """Return second divided by first with its interval, joined on the scale of logarithms.

    Returns
    -------
    ratio, lower, upper : float
        Null where the first side is 0; the upper bound is infinite where the first may be 0.

    Examples
    --------
    >>> ratio, lower, upper = ratio_interval((1.0, 0.5, 2.0), (4.0, 4.0, 4.0))
    >>> round(ratio, 3), round(lower, 3), round(upper, 3)
    (4.0, 2.0, 8.0)
    """
    if not first[0] > 0 or not np.isfinite(second[0]):
        return float("nan"), float("nan"), float("nan")
    if not second[0] > 0:
        return 0.0, 0.0, second[2] / first[1] if first[1] > 0 else float("inf")
    with np.errstate(divide="ignore"):
        one, two = (np.log(np.maximum(np.array(side), 0.0)) for side in (first, second))
    down = _joined(two[0] - two[1], one[2] - one[0], correlation) if np.isfinite(two[1]) else np.inf
    up = _joined(two[2] - two[0], one[0] - one[1], correlation) if np.isfinite(one[1]) else np.inf
    ratio = two[0] - one[0]
    return float(np.exp(ratio)), float(np.exp(ratio - down)), float(np.exp(ratio + up))

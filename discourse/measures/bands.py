"""Bands: intervals so wide that all points of a line are covered at once."""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from discourse.measures.draws import sum_draws
from discourse.measures.intervals import interval_of
from discourse.measures.variance import Spread, measure_spread

__all__ = ["band_by_group", "joint_levels"]

_VALUES = 10_000_000  # values of draws held at once: 80 MB


def joint_levels(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    n_groups: int,
    names: np.ndarray,
    lines: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> np.ndarray:
    """Return the level of each interval at which all groups of a line are covered at once.

    Parameters
    ----------
    numerators, denominators, groups, n_groups, weights
        As in ``measure_spread``.
    names : ndarray of uint64
        Hash of the name of each document's unit (``hash_names``): a unit in two groups makes them move together.
    lines : ndarray of int of shape (n_groups,)
        The line that each group is a point of.
    n_draws, seed
        Draws of the largest deviation, and their seed.
    level : float
        Probability that all intervals of a line cover.

    Returns
    -------
    ndarray of shape (n_lines, n_columns)
        Levels, at least ``level``.

    Notes
    -----
    In each draw the residuals of the units are multiplied by normal weights; the largest absolute deviation over the
    points of a line, each divided by its standard error, has the quantile c, and the level is 2 Phi(c) - 1 (sup-t).
    Where no unit lies in two groups this is near ``level`` to the power of one by the number of points. Points whose
    units all agree take part with their denominators in place of residuals.

    References
    ----------
    Montiel Olea, J. L. and Plagborg-Moller, M. (2019). Simultaneous confidence bands: theory, implementation, and an
    application to SVARs. Journal of Applied Econometrics 34, 1-17. doi:10.1002/jae.2656
    """
    scale = np.ones(len(denominators)) if weights is None else np.asarray(weights, float)
    y, x = numerators * scale[:, None], denominators * scale
    n_lines, width = (int(lines.max()) + 1 if len(lines) else 0), numerators.shape[1]
    least = np.full((n_lines, width), ndtri(0.5 + level / 2))
    if not len(x):
        return np.full((n_lines, width), level)
    total = np.column_stack([np.bincount(groups, column, n_groups) for column in [*y.T, x]])
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = total[:, :-1] / total[:, -1:]
    residual = np.nan_to_num(y - estimate[groups] * x[:, None])
    step = max(1, _VALUES // max(n_draws * n_groups, 1))
    _, codes = np.unique(names, return_inverse=True)
    for first in range(0, width, step):
        columns = residual[:, first : first + step]
        alike = _squares(columns, groups, n_groups, codes) <= 1e-18 * _squares(x[:, None], groups, n_groups, codes)
        columns = np.where(alike[groups], x[:, None], columns)
        size = np.sqrt(_squares(columns, groups, n_groups, codes))
        moved = np.abs(sum_draws(columns, groups, n_groups, names, n_draws=n_draws, seed=seed, law="normal"))
        moved = np.divide(moved, size, out=np.zeros_like(moved), where=size > 0)
        for line in range(n_lines):
            largest = moved[:, lines == line].max(axis=1)
            found = np.quantile(largest, level, axis=0)
            least[line, first : first + step] = np.maximum(least[line, first : first + step], found)
    return 2 * ndtr(least) - 1


def _squares(columns: np.ndarray, groups: np.ndarray, n_groups: int, units: np.ndarray) -> np.ndarray:
    """Return the sum over units of the squared sums of each unit in each group."""
    order = np.lexsort((units, groups))
    own, unit = groups[order], units[order]
    starts = np.flatnonzero(np.r_[True, (own[1:] != own[:-1]) | (unit[1:] != unit[:-1])])
    sums = np.add.reduceat(columns[order], starts, axis=0) ** 2
    return np.column_stack([np.bincount(own[starts], column, n_groups) for column in sums.T])


def band_by_group(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    keys: Sequence[str],
    names: np.ndarray,
    lines: np.ndarray,
    *,
    kind: str = "rate",
    weights: np.ndarray | None = None,
    bounds: tuple[float, float] = (-2.0, 2.0),
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of simultaneous bands: the intervals of ``ratio_by_group`` at a joint level.

    Parameters
    ----------
    numerators, denominators, groups, keys, kind, weights, bounds
        As in ``ratio_by_group``.
    names, lines, n_draws, seed, level
        As in ``joint_levels``.

    Returns
    -------
    lower, upper : ndarray of shape (n_groups, n_columns)
        Bounds; null without an estimate.
    """
    units = np.unique(names, return_inverse=True)[1] if len(names) else np.zeros(0, np.int64)
    spread: Spread = measure_spread(numerators, denominators, groups, len(keys), units=units, weights=weights)
    levels = joint_levels(
        numerators, denominators, groups, len(keys), names, lines, weights=weights, n_draws=n_draws, seed=seed,
        level=level,
    )  # fmt: skip
    return interval_of(spread, kind, bounds=bounds, level=levels[lines])

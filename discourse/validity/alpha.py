"""Krippendorff's alpha of counts of codes, and its interval."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import gammaincinv
from scipy.stats import norm
from scipy.stats import t as student

from discourse.errors import SchemaError, check_choice
from discourse.measures.draws import hashed_weights

__all__ = ["LEVELS", "MOST_VALUES", "alpha_interval", "check_draws", "krippendorff_alpha"]

LEVELS = ("nominal", "ordinal", "interval")
MOST_VALUES = 200  # draws hold a matrix of values by values each
_PRIOR = 0.75  # weight of one more unit, that disagrees
_GRAIN = 1024  # exponential weights are whole multiples of 1/1024, and at most 11.8
_AT_ONCE = 4_000_000  # weights held at once: 32 MB of float64


def check_draws(n_draws: object, level: float) -> None:
    """Raise where the draws of a bootstrap are no number of at least 1, or its level no probability.

    Raises
    ------
    SchemaError
        Says which of them, and what is allowed.

    Examples
    --------
    >>> check_draws(0, 0.95)
    Traceback (most recent call last):
    discourse.errors.SchemaError: `n_draws` is 0; it must be a whole number of at least 1, for instance 1000.
    """
    if not isinstance(level, int | float) or not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1, for instance 0.95.")
    if isinstance(n_draws, bool) or not isinstance(n_draws, int | np.integer) or n_draws < 1:
        raise SchemaError(f"`n_draws` is {n_draws!r}; it must be a whole number of at least 1, for instance 1000.")


def krippendorff_alpha(
    counts: np.ndarray, values: np.ndarray, *, level: str = "nominal", weights: np.ndarray | None = None
) -> float:
    r"""Return Krippendorff's alpha of how often each unit got each value.

    Parameters
    ----------
    counts : ndarray of shape (units, values)
        How many coders gave the unit the value.
    values : ndarray of shape (values,)
        The values in ascending order; numbers where the level is interval, else only their order counts.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement.
    weights : ndarray of shape (units,), optional
        What each unit stands for, such as 1 / probability in a drawn sample; their scale does nothing.

    Returns
    -------
    float
        Alpha; null where fewer than two values occur in units with two codes.

    Notes
    -----
    With :math:`n_{uc}` codes of value c in unit u, :math:`m_u = \sum_c n_{uc}` and units of :math:`m_u \ge 2` alone,

    .. math:: o_{ck} = \sum_u \frac{n_{uc} (n_{uk} - [c = k])}{m_u - 1}, \quad n_c = \sum_k o_{ck}, \quad n = \sum_c n_c

    .. math:: \alpha = 1 - (n - 1) \frac{\sum_{ck} o_{ck} \delta^2_{ck}}{\sum_{ck} n_c n_k \delta^2_{ck}}

    where :math:`\delta^2_{ck}` is 1 for different nominal values, :math:`(c - k)^2` for interval values, and
    :math:`(\sum_{g=c}^{k} n_g - (n_c + n_k) / 2)^2` for ordinal ones.

    References
    ----------
    Hayes, A. F., & Krippendorff, K. (2007). doi:10.1080/19312450709336664

    Examples
    --------
    >>> round(krippendorff_alpha(np.array([[2, 0], [0, 2], [1, 1]]), np.array([0, 1])), 3)
    0.444
    """
    check_choice("level", level, LEVELS)
    pairable = counts.sum(axis=1) >= 2
    rows = _coincidences(counts[pairable])
    if weights is not None:
        rows = rows.multiply(_relative(np.asarray(weights)[pairable])[:, None])
    coincidences = rows.sum(axis=0)
    return float(_alpha(np.asarray(coincidences).reshape(1, -1), np.asarray(values), level)[0])


def alpha_interval(
    counts: np.ndarray,
    values: np.ndarray,
    scale: str,
    *,
    units: Iterable[object] | None = None,
    weights: np.ndarray | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> tuple[float, float]:
    r"""Return the interval of alpha over other units of the same kind: one method, from two units to thousands.

    Full agreement on n units leaves room for a disagreement that n units did not show: the lower bound says how much,
    and is never 1.

    Parameters
    ----------
    counts, values, scale
        As for ``krippendorff_alpha``; every row of ``counts`` has two codes or more.
    units : iterable, optional
        What is drawn together: the label of the cluster of each row. By default each row alone, by its number.
    weights : ndarray of shape (rows,), optional
        As for ``krippendorff_alpha``.
    n_draws, seed, level
        As in ``measure_agreement``.

    Returns
    -------
    lower, upper : float
        Null where the values do not vary. A single unit gives no upper or lower bound that binds: -1 and 1.

    Notes
    -----
    A Bayesian bootstrap (Rubin 1981) with two amendments. (1) For the lower bound one more unit is added whose codes
    disagree as chance would have them (a pair c, k with a share in proportion to :math:`n_c n_k \delta^2_{ck}`), for
    the upper bound one whose codes agree, on any of the values alike; its weight is Gamma(3/4), between the prior of
    Jeffreys (1/2) and the exact bound (1), as "0 of n" is bounded for shares (Brown, Cai and DasGupta 2001). (2) The
    weights of units are Gamma of shape :math:`(z / t_{m - 1})^2` for m units, not exponential, which widens the draws
    as t widens a normal interval (Korn and Graubard 1998). Weights hang on the label of a unit and the seed alone. The
    bounds always hold the estimate. docs/method-uncertainty.md has the coverage.

    References
    ----------
    Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical Science,
    16(2), 101-133. doi:10.1214/ss/1009213286

    Korn, E. L., & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data. Survey Methodology, 24(2), 193-201.

    Rubin, D. B. (1981). The Bayesian bootstrap. Annals of Statistics, 9(1), 130-134. doi:10.1214/aos/1176345338

    Examples
    --------
    >>> lower, upper = alpha_interval(np.array([[2, 0], [0, 2]] * 10), np.array([0, 1]), "nominal")
    >>> round(lower, 2), upper
    (0.67, 1.0)
    """
    rows = _coincidences(counts)
    if weights is not None:
        rows = sparse.csr_array(rows.multiply(_relative(weights)[:, None]))
    labels = np.arange(len(counts)) if units is None else np.asarray(list(units), dtype=object)
    names, places = np.unique(labels.astype(str), return_inverse=True)
    if units is not None:
        shape = (len(names), len(counts))
        rows = sparse.csr_array((np.ones(len(counts)), (places, np.arange(len(counts)))), shape=shape) @ rows
    else:
        rows = rows[np.argsort(places)]
    total = np.asarray(rows.sum(axis=0)).reshape(1, -1)
    estimate = float(_alpha(total, values, scale)[0])
    if np.isnan(estimate):
        return np.nan, np.nan
    if len(names) < 2:
        return -1.0, 1.0
    shape = float((norm.ppf(0.5 + level / 2) / student.ppf(0.5 + level / 2, len(names) - 1)) ** 2)
    sums = np.zeros((n_draws, total.shape[1]))
    step = max(1, _AT_ONCE // n_draws)
    for first in range(0, len(names), step):
        drawn = _gamma(names[first : first + step], shape, n_draws, seed)
        sums += (sparse.csr_array(rows[first : first + step]).T @ drawn).T
    margins = total.reshape(len(values), -1).sum(axis=1)[None]
    other = (margins[:, :, None] * margins[:, None, :] * _distances(margins, values, scale)).reshape(1, -1)
    other = other / other.sum() * total.sum() / len(names)  # one more unit, of the mean size, that disagrees
    more = shape * _gamma(np.array(["one more unit"]), _PRIOR, n_draws, seed).T
    lower = _alpha(_of_size(sums + more * other, total.sum()), values, scale)
    seen = (margins[0] > 0) / (margins[0] > 0).sum()
    agreed = np.diag(seen * total.sum() / len(names)).reshape(1, -1)  # one that agrees, on any of the values alike
    upper = _alpha(_of_size(sums + more * agreed, total.sum()), values, scale)
    tail = (1 - level) / 2
    return min(float(np.nanquantile(lower, tail)), estimate), max(float(np.nanquantile(upper, 1 - tail)), estimate)


def _of_size(sums: np.ndarray, size: float) -> np.ndarray:
    """Return draws that each hold as many values as were coded."""
    return sums * (size / sums.sum(axis=1, keepdims=True))


def _gamma(names: np.ndarray, shape: float, n_draws: int, seed: int) -> np.ndarray:
    """Return weights of mean ``shape`` that follow Gamma(shape), each from the name of its unit."""
    drawn = np.rint(hashed_weights(names, n_draws=n_draws, seed=seed) * _GRAIN).astype(np.int64)
    return _gammas(shape)[drawn]


@lru_cache(maxsize=64)
def _gammas(shape: float) -> np.ndarray:
    """Return the value of Gamma(shape) that stands at the quantile of each exponential weight, 0 to 16 by 1/1024."""
    share = -np.expm1(-np.arange(16 * _GRAIN + 1) / _GRAIN)
    return np.maximum(gammaincinv(shape, share), 1e-100)


def _relative(weights: np.ndarray) -> np.ndarray:
    """Return weights by their mean, so that their scale does nothing."""
    weights = np.asarray(weights, dtype=float)
    if not np.isfinite(weights).all() or (weights < 0).any() or weights.sum() <= 0:
        raise SchemaError(
            "`weights` must be finite, at least 0, and not all 0. Give 1 / probability for units of a drawn sample."
        )
    return weights / weights.mean()


def _coincidences(counts: np.ndarray) -> sparse.csr_array:
    """Return the coincidences of each unit as one row of values x values, flattened."""
    n_units, n_values = counts.shape
    units, values = np.nonzero(counts)
    left = pd.DataFrame({"unit": units, "value": values, "n": counts[units, values]})
    pairs = left.merge(left, on="unit", suffixes=("", "_other"))
    same = (pairs["value"] == pairs["value_other"]).to_numpy(dtype=np.int64)
    per_unit = counts.sum(axis=1)[pairs["unit"]] - 1
    weights = pairs["n"].to_numpy() * (pairs["n_other"].to_numpy() - same) / per_unit
    places = pairs["value"].to_numpy() * n_values + pairs["value_other"].to_numpy()
    return sparse.csr_array((weights, (pairs["unit"].to_numpy(), places)), shape=(n_units, n_values * n_values))


def _alpha(coincidences: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return alpha of each row of flattened coincidences, some rows at a time; null where the values do not vary."""
    n_values = len(values)
    step = max(1, _AT_ONCE // n_values**2)
    parts = []
    for first in range(0, len(coincidences), step):
        observed = coincidences[first : first + step].reshape(-1, n_values, n_values)
        margins = observed.sum(axis=2)
        n = margins.sum(axis=1)
        distance = _distances(margins, values, level)
        disagreement = (observed * distance).sum(axis=(1, 2))
        expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            parts.append(np.where(expected > 0, 1 - (n - 1) * disagreement / expected, np.nan))
    return np.concatenate(parts)


def _distances(margins: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return the squared distance of each pair of values, per row of margins."""
    if level == "nominal":
        return (1.0 - np.eye(len(values)))[None]
    if level == "interval":
        return (np.subtract.outer(values, values).astype(float) ** 2)[None]
    middle = np.cumsum(margins, axis=1) - margins / 2  # mid-rank: between two of them lie the ranks c to k, ends halved
    return (middle[:, :, None] - middle[:, None, :]) ** 2

"""Intervals of shares, means and rates: one method for each kind, from two documents to any number."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, gammaincinv, ndtri, stdtrit

from discourse.errors import SchemaError, check_choice
from discourse.measures.variance import Spread, measure_spread

__all__ = ["FEW", "METHODS", "check_level", "interval_of", "ratio_by_group", "wilson_interval"]

FEW = 5  # units below which the coverage is not within .93 to .97, by benchmarks/simulations/intervals.py
METHODS = {"share": "beta", "mean": "beta", "rate": "negbin"}

# What follows is chosen by simulation; docs/method-uncertainty.md says what else was tried.
_BEYOND = {"share": 0.75, "mean": 0.4, "rate": 0.75}  # documents that the next one may count for, at the far end
_FREEDOM = 0.75  # part of the degrees of freedom that skewed counts leave
_PRIOR = 2.0  # dispersion of two units that say nothing: k = _PRIOR per unit; it fades with the fourth power of n
_LEAST = 1.5  # dispersion below which no interval goes: two documents of k = .75
_POISSON = 1e6  # dispersion that is none
_ALIKE = 1e-12  # variance, of the square of the scale, that is rounding


def check_level(level: float) -> None:
    """Raise where a level is no probability between 0 and 1."""
    if isinstance(level, bool) or not isinstance(level, int | float | np.number) or not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1. 0.95 is the usual choice.")


def wilson_interval(successes: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the Wilson score interval of a share of independent items.

    For tables that quote it; the measures themselves use ``ratio_by_group``, since Wilson's interval covers shares
    near 0 and 1 too seldom.

    Parameters
    ----------
    successes, n : array_like of float
        Items with the property, and all items; an ``n`` of 0 gives nulls.
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    lower, upper : ndarray
        Bounds between 0 and 1.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22, 209-212. doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> lower, upper = wilson_interval(0, 10)
    >>> round(float(lower), 3), round(float(upper), 3)
    (0.0, 0.278)
    """
    check_level(level)
    x, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    z = ndtri(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / n
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        lower, upper = centre - half, centre + half
    lower = np.where(x <= 0, np.where(n > 0, 0.0, np.nan), np.clip(lower, 0, 1))
    upper = np.where(x >= n, np.where(n > 0, 1.0, np.nan), np.clip(upper, 0, 1))
    return lower, upper


def ratio_by_group(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    keys: Sequence[str],
    *,
    kind: str = "rate",
    units: np.ndarray | None = None,
    weights: np.ndarray | None = None,
    bounds: tuple[float, float] = (-2.0, 2.0),
    level: float = 0.95,
) -> dict[str, np.ndarray]:
    """Estimate ratios of sums with intervals in each of several groups of documents.

    Parameters
    ----------
    numerators : ndarray of shape (n_documents, n_columns)
        What is counted, without weights.
    denominators : ndarray of shape (n_documents,)
        What it is divided by, without weights. A document with 0 is no part of the ratio, and no unit.
    groups : ndarray of int of shape (n_documents,)
        The group of each document, an index into ``keys``.
    keys : sequence of str
        Name of each group.
    kind : {"rate", "share", "mean"}
        A share lies between 0 and 1, a mean between ``bounds``, a rate has no upper end.
    units : ndarray of int, optional
        Unit of each document (its story, outlet, week), documents by default.
    weights : ndarray of shape (n_documents,), optional
        Weight of each document; their scale changes nothing, one of 0 leaves its document out.
    bounds : tuple of float
        Ends of the scale of a mean.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    dict of ndarray
        ``estimate``, ``lower``, ``upper`` (float) and ``method`` (str: beta for shares and means, negbin for rates,
        none without an estimate), each of shape (n_groups, n_columns), and ``n_units`` (int) of shape (n_groups,).

    Raises
    ------
    SchemaError
        An option is unknown, or the weights are null, negative, or all 0.

    Notes
    -----
    No interval hangs on draws, on the order of documents or on other groups. Shares and means: the beta interval at
    the effective number of documents, with a part of a document more at the far end of the scale; where each document
    is 0 or 1 and stands alone it is the interval of Clopper and Pearson with 3/4 of a document in place of one. Rates:
    the exact interval of a negative binomial count with the dispersion that the units show. See
    docs/method-uncertainty.md.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the
    binomial. Biometrika 26, 404-413. doi:10.1093/biomet/26.4.404

    Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data. Survey Methodology 24, 193-201.

    Learned-Miller, E. and Thomas, P. S. (2019). A new confidence interval for the mean of a bounded random variable.
    arXiv:1905.06208.

    Examples
    --------
    Of twenty documents none has the category:

    >>> import numpy as np
    >>> found = ratio_by_group(np.zeros((20, 1)), np.ones(20), np.zeros(20, int), ["2015"], kind="share")
    >>> [round(float(found[name][0, 0]), 3) for name in ("estimate", "lower", "upper")]
    [0.0, 0.0, 0.146]
    """
    check_choice("kind", kind, list(METHODS))
    check_level(level)
    if weights is not None:
        _check_weights(weights)
    spread = measure_spread(numerators, denominators, groups, len(keys), units=units, weights=weights)
    lower, upper = interval_of(spread, kind, bounds=bounds, level=level)
    known = ~np.isnan(spread.estimate)
    method = np.where(known, METHODS[kind], "none").astype(object)
    return {
        "estimate": spread.estimate,
        "lower": lower,
        "upper": upper,
        "method": method,
        "n_units": spread.n_units.astype(np.int64),
    }


def _check_weights(weights: np.ndarray) -> None:
    bad = ~np.isfinite(weights)
    if bad.any():
        raise SchemaError(f"`weights` has {int(bad.sum())} values that are null or infinite; give each a number.")
    if (weights < 0).any():
        raise SchemaError(f"`weights` has {int((weights < 0).sum())} values below 0; the least is 0, which leaves out.")
    if len(weights) and not (weights > 0).any():
        raise SchemaError("`weights` are all 0, so that no document is left. Give some document a weight above 0.")


def interval_of(
    spread: Spread, kind: str, *, bounds: tuple[float, float] = (-2.0, 2.0), level: float | np.ndarray = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of the ratios of a ``Spread``; ``level`` may differ from cell to cell."""
    if kind == "rate":
        lower, upper = _rate_interval(spread, level)
    else:
        ends = (0.0, 1.0) if kind == "share" else bounds
        lower, upper = _bounded_interval(spread, ends, _BEYOND[kind], level)
    unknown = np.isnan(spread.estimate)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def _students(freedom: np.ndarray, level: float | np.ndarray) -> np.ndarray:
    """Return the two-sided quantile of t as a column; that of one degree of freedom where there is none."""
    known = np.where(np.isnan(freedom), 1.0, freedom)
    return stdtrit(known[:, None], 0.5 + np.asarray(level) / 2)


def _bounded_interval(
    spread: Spread, ends: tuple[float, float], beyond: float, level: float | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    n = _effective_documents(spread, ends, level)
    low, high = ends
    tail = (1 - np.asarray(level)) / 2
    upper = _upper_bound(spread.estimate, spread.within, n, low, high, beyond, tail)
    lower = 0.0 - _upper_bound(-spread.estimate, spread.within, n, -high, -low, beyond, tail)
    return lower, upper


def _effective_documents(spread: Spread, ends: tuple[float, float], level: float | np.ndarray) -> np.ndarray:
    """Return the number of independent documents that would say as much.

    It never exceeds the documents that weights leave. What few units add to the variance, by its correction and by
    Student's t, ends where the documents of a unit would all be copies: no share can vary more.
    """
    documents, whole = spread.documents[:, None], spread.whole[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        copies = spread.within / whole
        wider = (_students(spread.freedom, level) / _students(spread.document_freedom, level)) ** 2
        seen = np.where(np.isnan(spread.variance), copies, spread.variance * (1 - 1 / documents) * wider)
        variance = np.maximum(np.maximum(spread.plain, np.minimum(seen, copies)), spread.within / documents)
        alike = spread.within <= _ALIKE * (ends[1] - ends[0]) ** 2
        return np.where(alike, whole, spread.within / np.where(alike, 1.0, variance))


def _upper_bound(
    mean: np.ndarray, within: np.ndarray, n: np.ndarray, low: float, high: float, beyond: float, tail: np.ndarray
) -> np.ndarray:
    """Return the upper bound of a mean between two ends: n documents and a part of one more at the upper end.

    The mean of a Dirichlet law over these documents is matched by a beta law in mean and variance; the bound is never
    nearer than that of documents that all agree.
    """
    size = n + beyond
    centre = (n * mean + beyond * high) / size
    squares = n * (within + (mean - centre) ** 2) + beyond * (high - centre) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.clip((centre - low) / (high - low), 0, 1)
        known = part * (1 - part) * (high - low) ** 2 * size * (size + 1) / squares - 1
        first, second = np.maximum(part * known, 1e-12), np.maximum((1 - part) * known, 1e-12)
        bound = low + (high - low) * betaincinv(first, second, 1 - tail)
        bound = np.where(mean >= high, high, bound)
        return np.maximum(bound, mean + (high - mean) * betaincinv(beyond, n, 1 - tail))


def _rate_interval(spread: Spread, level: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return bounds of rates: of a negative binomial count of stories, with the dispersion that the units show.

    The variance of independent events is what counts would have at least. What documents of a unit have in common, up
    to perfect copies, makes fewer events of it; what goes beyond is dispersion, inflated by Student's t for few units.
    """
    tail = (1 - np.asarray(level)) / 2
    beyond = _BEYOND["rate"]
    freedom = np.nan_to_num(spread.freedom)[:, None]
    copied = (spread.documents / spread.whole)[:, None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        events, exposure = spread.total / spread.event, spread.exposure[:, None] / spread.event
        poisson = events / exposure**2
        wider = (_students(_FREEDOM * spread.freedom, level) / ndtri(1 - tail)) ** 2
        copies = copied * poisson
        seen = np.where(np.isnan(spread.variance), copies, spread.variance)
        inner = np.maximum(seen, np.minimum(poisson + wider * np.maximum(seen - poisson, 0), copies))
        variance = np.where(seen <= copies, inner, copies + wider * (seen - copies))
        effect = np.where(events > 0, np.maximum(variance / poisson, 1), copied)
        repeats = np.minimum(effect, copied)
        stories = events / repeats
        spare = np.where(events > 0, (effect / repeats - 1) / np.maximum(stories, 1e-300), 0)
        k = 1 / np.maximum(spare + 1 / (_PRIOR * freedom**4 * (freedom + 1)), 1 / _POISSON)
        k = np.maximum(k, _LEAST)
        low, high = betaincinv(np.maximum(stories, 1e-12), k + beyond, tail), betaincinv(stories + beyond, k, 1 - tail)
        low, high = k * low / (1 - low), k * high / (1 - high)
        plain = k >= _POISSON
        low = np.where(plain, gammaincinv(np.maximum(stories, 1e-12), tail), low)
        high = np.where(plain, gammaincinv(stories + beyond, 1 - tail), high)
        low = np.where(events > 0, low, 0.0)  # no event, no lower bound
        return low * repeats / exposure, high * repeats / exposure

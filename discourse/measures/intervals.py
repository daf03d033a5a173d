"""Intervals: a seeded bootstrap over documents, and what replaces it where it collapses to a point."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, ndtri

from discourse.errors import SchemaError, check_choice

__all__ = ["bootstrap_interval", "poisson_interval", "ratio_by_group", "wilson_interval"]

_CHUNK = 4_000_000  # weights held at once in a bootstrap: 32 MB of float64
_SMALL = 250_000  # multiplications of a matrix product so small that it is not shared out among threads, at a cost
_CACHED = 60_000  # draws of a unit made at once: they stay in the cache of a core
_KEPT_BYTES = 100_000_000  # of draws that are kept
_kept: OrderedDict[tuple, np.ndarray] = OrderedDict()
_lock = threading.Lock()
_POINT = 1e-12  # an interval narrower than this says nothing


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1. 0.95 is the usual choice.")


def wilson_interval(successes: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the Wilson score interval of a share.

    Parameters
    ----------
    successes, n : array_like of float
        Units with the property, and all units; an ``n`` of 0 gives nulls.
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
    _check_level(level)
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


def poisson_interval(count: ArrayLike, exposure: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact Poisson interval of a rate (``count`` events over ``exposure``).

    Matches cluster in documents, so this interval is too narrow where matches are many; it stands in only where
    the bootstrap has nothing to resample (no match at all, or a single document).

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    doi:10.1093/biomet/28.3-4.437

    Examples
    --------
    >>> lower, upper = poisson_interval(0, 1000)
    >>> float(lower), round(float(upper) * 1000, 2)
    (0.0, 3.69)
    """
    _check_level(level)
    k, exposure = np.asarray(count, dtype=float), np.asarray(exposure, dtype=float)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = np.where(k > 0, gammaincinv(np.where(k > 0, k, 1), tail), 0.0) / exposure
        upper = gammaincinv(k + 1, 1 - tail) / exposure
    return np.where(exposure > 0, lower, np.nan), np.where(exposure > 0, upper, np.nan)


def bootstrap_interval(
    numerators: np.ndarray,
    denominators: np.ndarray,
    *,
    n_draws: int = 1000,
    seed: int | Sequence[int] = 20151223,
    level: float = 0.95,
) -> tuple[np.ndarray, np.ndarray]:
    """Return percentile intervals of ratios of sums, by resampling units with replacement.

    The estimate is ``numerators.sum(axis=0) / denominators.sum()``. All columns share the same draws, so a column
    more or less does not change the others.

    Parameters
    ----------
    numerators : ndarray of shape (n_units, n_columns)
        Matches, or 0/1, of each unit (a document or a cluster of documents).
    denominators : ndarray of shape (n_units,)
        Word tokens, or 1, of each unit.
    n_draws : int
        Bootstrap samples.
    seed : int or sequence of int
        Seed of the generator.
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    lower, upper : ndarray of shape (n_columns,)
        Bounds; nulls without units.

    Notes
    -----
    A draw is a vector of how often each unit is taken. Draws are made in chunks, so that memory stays near 100 MB
    for any number of units. Sums of whole numbers are exact, so the result does not depend on the chunk.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall, ch. 13.

    Examples
    --------
    >>> import numpy as np
    >>> lower, upper = bootstrap_interval(np.array([[1.0], [0.0], [0.0], [1.0]]), np.ones(4))
    >>> float(lower[0]), float(upper[0])
    (0.0, 1.0)
    """
    _check_level(level)
    if n_draws < 1:
        raise SchemaError(f"`n_draws` is {n_draws}; it must be at least 1. 1,000 is the usual choice.")
    n, width = numerators.shape
    if n == 0:
        return np.full(width, np.nan), np.full(width, np.nan)
    columns = np.column_stack([numerators, denominators]).astype(float)
    taken = _drawn(seed, n, n_draws)
    draws = np.empty((n_draws, width))
    step = _SMALL // columns.size
    if step < 8:
        step = max(1, _CHUNK // n)
    for first in range(0, n_draws, step):
        rows = min(step, n_draws - first)
        sums = taken[first : first + rows].astype(float) @ columns
        with np.errstate(divide="ignore", invalid="ignore"):
            draws[first : first + rows] = sums[:, :-1] / sums[:, -1:]
    tails = [(1 - level) / 2, (1 + level) / 2]
    null = np.isnan(draws)
    if not null.any():
        lower, upper = np.quantile(draws, tails, axis=0, overwrite_input=True)
        return lower, upper
    some = ~null.all(axis=0)
    bounds = np.full((2, width), np.nan)
    if some.any():
        bounds[:, some] = np.nanquantile(draws[:, some], tails, axis=0)
    return bounds[0], bounds[1]


def _drawn(seed: int | Sequence[int], n: int, n_draws: int) -> np.ndarray:
    """Return how often each draw takes each unit; the last draws are kept, for another measure of the same units."""
    key = (tuple(seed) if isinstance(seed, Sequence) else seed, n, n_draws)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    taken = np.empty((n_draws, n), np.uint8)  # of n units one is taken once on average, never 256 times
    step = max(4, _CACHED // n)
    for first in range(0, n_draws, step):
        rows = min(step, n_draws - first)
        units = generator.integers(0, n, size=(rows, n), dtype=np.int32) + np.arange(0, rows * n, n)[:, None]
        taken[first : first + rows] = np.bincount(units.ravel(), minlength=rows * n).reshape(rows, n)
    taken.flags.writeable = False
    with _lock:
        _kept[key] = taken
        while len(_kept) > 1 and sum(one.nbytes for one in _kept.values()) > _KEPT_BYTES:
            _kept.popitem(last=False)
    return taken


def _group_seed(seed: int, key: str) -> list[int]:
    """Derive the seed of one group from its name, so that groups do not disturb one another."""
    digest = hashlib.sha256(key.encode("utf-8")).digest()
    return [seed, *np.frombuffer(digest[:16], dtype="<u4").tolist()]


def _sum_by_unit(columns: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Add up the rows of each unit; ``units`` is sorted."""
    starts = np.flatnonzero(np.r_[True, units[1:] != units[:-1]])
    return np.add.reduceat(columns, starts, axis=0)


def _replace_points(
    kind: str, numerators: np.ndarray, exposure: float, n_units: int, level: float, bounds: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return intervals for ratios whose bootstrap is a point."""
    estimate = numerators / exposure
    if kind == "share":
        return wilson_interval(estimate * n_units, n_units, level=level)
    if kind == "rate":
        return poisson_interval(numerators, np.full(numerators.shape, exposure), level=level)
    other = wilson_interval(0, n_units, level=level)[1]  # share of units that may differ from the constant
    return estimate - other * (estimate - bounds[0]), estimate + other * (bounds[1] - estimate)


def ratio_by_group(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    keys: Sequence[str],
    *,
    kind: str = "rate",
    units: np.ndarray | None = None,
    bounds: tuple[float, float] = (-2.0, 2.0),
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> dict[str, np.ndarray]:
    """Estimate ratios of sums with intervals in each of several groups of documents.

    Parameters
    ----------
    numerators : ndarray of shape (n_documents, n_columns)
        What is counted. Rows must come in an order that does not depend on the input, such as by doc_id.
    denominators : ndarray of shape (n_documents,)
        What it is divided by.
    groups : ndarray of int of shape (n_documents,)
        The group of each document, an index into ``keys``.
    keys : sequence of str
        Name of each group; the draws of a group depend on its name and ``seed`` alone.
    kind : {"rate", "share", "mean"}
        Decides what stands in where the bootstrap collapses: the exact Poisson interval, the Wilson interval, or,
        for a mean on a bounded scale, the span that the Wilson bound for "0 of n differ" leaves open.
    units : ndarray, optional
        What to resample instead of documents: the cluster of each document.
    bounds : tuple of float
        Ends of the scale of a mean.
    n_draws, seed, level
        As in ``bootstrap_interval``.

    Returns
    -------
    dict of ndarray
        ``estimate``, ``lower``, ``upper`` (float) and ``method`` (str: bootstrap, wilson, poisson or none), each of
        shape (n_groups, n_columns), and ``n_units`` (int) of shape (n_groups,). Groups without denominator are null.
    """
    check_choice("kind", kind, ["rate", "share", "mean"])
    shape = (len(keys), numerators.shape[1])
    out: dict[str, np.ndarray] = {name: np.full(shape, np.nan) for name in ("estimate", "lower", "upper")}
    out["method"] = np.full(shape, "none", dtype=object)
    out["n_units"] = np.zeros(len(keys), dtype=np.int64)
    order = np.argsort(groups, kind="stable") if units is None else np.lexsort((units, groups))
    edges = np.searchsorted(groups[order], np.arange(len(keys) + 1))
    for group, key in enumerate(keys):
        rows = order[edges[group] : edges[group + 1]]
        if not len(rows):
            continue
        columns = np.column_stack([numerators[rows], denominators[rows]]).astype(float)
        if units is not None:
            columns = _sum_by_unit(columns, units[rows])
        n_units, totals = len(columns), columns.sum(axis=0)
        out["n_units"][group] = n_units
        if totals[-1] <= 0:
            continue
        if n_units > 1:
            lower, upper = bootstrap_interval(
                columns[:, :-1], columns[:, -1], n_draws=n_draws, seed=_group_seed(seed, key), level=level
            )
        else:
            lower = upper = totals[:-1] / totals[-1]
        point = ~(upper - lower > _POINT)
        other = _replace_points(kind, totals[:-1], totals[-1], n_units, level, bounds)
        stand_in = {"rate": "poisson", "share": "wilson", "mean": "wilson"}[kind]
        out["estimate"][group] = totals[:-1] / totals[-1]
        out["lower"][group], out["upper"][group] = np.where(point, other[0], lower), np.where(point, other[1], upper)
        out["method"][group] = np.where(point, stand_in, "bootstrap")
    return out

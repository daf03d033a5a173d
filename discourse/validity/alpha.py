"""Krippendorff's alpha of counts of codes, and its interval."""

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.errors import check_choice

__all__ = ["LEVELS", "alpha_interval", "krippendorff_alpha"]

LEVELS = ("nominal", "ordinal", "interval")
_DRAWS_AT_ONCE = 50


def krippendorff_alpha(counts: np.ndarray, values: np.ndarray, *, level: str = "nominal") -> float:
    r"""Return Krippendorff's alpha of how often each unit got each value.

    Parameters
    ----------
    counts : ndarray of shape (units, values)
        How many coders gave the unit the value.
    values : ndarray of shape (values,)
        The values in ascending order; numbers where the level is interval, else only their order counts.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement.

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
    pairable = counts[counts.sum(axis=1) >= 2]
    coincidences = _coincidences(pairable).sum(axis=0)
    return float(_alpha(np.asarray(coincidences).reshape(1, -1), np.asarray(values), level)[0])


def alpha_interval(
    counts: np.ndarray,
    values: np.ndarray,
    scale: str,
    *,
    units: np.ndarray | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> tuple[float, float]:
    """Return the percentile interval of alpha over draws of units; draws without variation are left out.

    Parameters
    ----------
    counts, values, scale
        As for ``krippendorff_alpha``; every row of ``counts`` has two codes or more.
    units : ndarray of shape (rows,), optional
        What is drawn together: the cluster of each row, as whole numbers. By default each row alone.
    n_draws, seed, level
        As in ``measure_agreement``.

    Returns
    -------
    lower, upper : float
        Null where no draw varies.

    Examples
    --------
    >>> counts = np.array([[2, 0], [0, 2], [1, 1], [2, 0]])
    >>> alpha_interval(counts, np.array([0, 1]), "nominal", units=np.array([0, 0, 0, 0]))
    (0.5333333333333333, 0.5333333333333333)
    """
    generator = np.random.default_rng(seed)
    if units is None:
        kinds, n_of_kind = np.unique(counts, axis=0, return_counts=True)
        by_kind = _coincidences(kinds)
    else:
        labels, places = np.unique(units, return_inverse=True)
        shape = (len(labels), len(counts))
        by_kind = sparse.csr_array((np.ones(len(counts)), (places, np.arange(len(counts)))), shape=shape)
        by_kind, n_of_kind = sparse.csr_array(by_kind @ _coincidences(counts)), np.ones(len(labels))
    n_units = int(n_of_kind.sum())
    draws = []
    for first in range(0, n_draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, n_draws - first)
        drawn = generator.multinomial(n_units, n_of_kind / n_units, size=size)
        draws.append(_alpha((by_kind.T @ drawn.T).T, values, scale))
    alphas = np.concatenate(draws)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return np.nan, np.nan
    tail = (1 - level) / 2
    lower, upper = np.quantile(alphas, [tail, 1 - tail])
    return float(lower), float(upper)


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
    """Return alpha of each row of flattened coincidences; null where the values do not vary."""
    n_values = len(values)
    observed = coincidences.reshape(-1, n_values, n_values)
    margins = observed.sum(axis=2)
    n = margins.sum(axis=1)
    distance = _distances(margins, values, level)
    disagreement = (observed * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * disagreement / expected, np.nan)


def _distances(margins: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return the squared distance of each pair of values, per row of margins."""
    if level == "nominal":
        return (1.0 - np.eye(len(values)))[None]
    if level == "interval":
        return (np.subtract.outer(values, values).astype(float) ** 2)[None]
    middle = np.cumsum(margins, axis=1) - margins / 2  # mid-rank: between two of them lie the ranks c to k, ends halved
    return (middle[:, :, None] - middle[:, None, :]) ** 2

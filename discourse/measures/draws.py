"""Draws: the sums and ratios that bootstrap weights give, where a weight hangs on the name of its unit alone."""

from collections.abc import Iterable

import numpy as np

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.hashing import LAWS, check_draws, hash_names, hashed_weights, name_units

__all__ = ["LAWS", "check_draws", "hash_names", "hashed_weights", "name_units", "ratio_draws", "sum_draws"]

_AT_ONCE = 8_000_000  # weights held at once: 64 MB of float64


def sum_draws(
    columns: np.ndarray,
    groups: np.ndarray,
    n_groups: int,
    units: Iterable[object] | np.ndarray,
    *,
    n_draws: int = 1000,
    seed: int = 20151223,
    law: str = "exponential",
) -> np.ndarray:
    """Return weighted sums of columns in each group and draw.

    Parameters
    ----------
    columns : ndarray of shape (n_documents, n_columns)
        What is added up.
    groups : ndarray of int of shape (n_documents,)
        The group of each document, from 0; a unit may lie in several groups and has the same weights in all.
    n_groups : int
        Groups.
    units : iterable, or ndarray of uint64
        Name of the unit of each document (``name_units``), or its hash.
    n_draws, seed, law
        As in ``hashed_weights``.

    Returns
    -------
    ndarray of float64 of shape (n_draws, n_groups, n_columns)
        Sums; 0 in a group without documents.

    Raises
    ------
    SchemaError
        Lengths differ, a group is out of range, or an option is unknown.

    Notes
    -----
    Weights are made for a part of the units at a time, so that beside the result memory stays near 150 MB.

    Examples
    --------
    >>> sums = sum_draws(np.ones((3, 1)), np.array([0, 0, 1]), 2, ["a", "b", "a"], n_draws=5)
    >>> sums.shape, bool((sums[:, 0, 0] > sums[:, 1, 0]).all())
    ((5, 2, 1), True)
    """
    check_draws(n_draws, seed)
    check_choice("law", law, list(LAWS))
    hashes = units if isinstance(units, np.ndarray) and units.dtype == np.uint64 else hash_names(units)
    groups = np.asarray(groups)
    if not len(columns) == len(groups) == len(hashes):
        raise SchemaError(
            f"`columns`, `groups` and `units` have {len(columns)}, {len(groups)} and {len(hashes)} rows; they must "
            "have as many. Give one row per document in each."
        )
    out = np.zeros((n_draws, n_groups, columns.shape[1]))
    if not len(groups):
        return out
    if groups.min() < 0 or groups.max() >= n_groups:
        strange = first_three(np.unique(groups[(groups < 0) | (groups >= n_groups)]).tolist())
        raise SchemaError(f"`groups` holds {strange}; groups are numbered from 0 to {n_groups - 1}.")
    order = np.lexsort((hashes, groups))
    ordered, own = hashes[order], groups[order]
    starts = np.flatnonzero(np.r_[True, (ordered[1:] != ordered[:-1]) | (own[1:] != own[:-1])])
    sums = np.add.reduceat(np.asarray(columns, dtype=float)[order], starts, axis=0)
    ordered, own = ordered[starts], own[starts]
    edges = np.searchsorted(own, np.arange(n_groups + 1))
    step = max(1, _AT_ONCE // n_draws)
    for first in range(0, len(own), step):
        last = min(first + step, len(own))
        weights = hashed_weights(ordered[first:last], n_draws=n_draws, seed=seed, law=law).astype(np.float64).T
        for group in range(own[first], own[last - 1] + 1):
            begin, end = max(edges[group], first), min(edges[group + 1], last)
            if begin < end:
                out[:, group] += weights[:, begin - first : end - first] @ sums[begin:end]
    return out


def ratio_draws(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    n_groups: int,
    units: Iterable[object] | np.ndarray,
    *,
    n_draws: int = 1000,
    seed: int = 20151223,
    law: str = "exponential",
) -> np.ndarray:
    """Return ratios of sums in each group and draw.

    Parameters
    ----------
    numerators : ndarray of shape (n_documents, n_columns)
        What is counted.
    denominators : ndarray of shape (n_documents,) or (n_documents, n_columns)
        What it is divided by, one for all columns or one for each.
    groups, n_groups, units, n_draws, seed
        As in ``sum_draws``.
    law : {"exponential", "poisson"}
        As in ``hashed_weights``; the laws of mean 0 have no ratio.

    Returns
    -------
    ndarray of float64 of shape (n_draws, n_groups, n_columns)
        Ratios; null where the sum of the denominators is 0.

    Raises
    ------
    SchemaError
        As in ``sum_draws``.

    Examples
    --------
    >>> draws = ratio_draws(np.array([[1.0], [0.0], [1.0]]), np.ones(3), np.zeros(3, int), 1, ["a", "b", "c"])
    >>> draws.shape, round(float(draws.mean()), 1)
    ((1000, 1, 1), 0.7)
    """
    check_choice("law", law, ["exponential", "poisson"])
    below = denominators[:, None] if denominators.ndim == 1 else denominators
    sums = sum_draws(np.column_stack([numerators, below]), groups, n_groups, units, n_draws=n_draws, seed=seed, law=law)
    width = numerators.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = sums[:, :, :width] / sums[:, :, width:]
    ratios[~np.isfinite(ratios)] = np.nan
    return ratios

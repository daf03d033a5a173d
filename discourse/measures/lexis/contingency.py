"""Two counts among two totals, each item taken for a draw by itself: log-likelihood, conservative log ratio."""

import numpy as np
from scipy.special import betaincinv, chdtrc

__all__ = ["conservative_log_ratio", "log_likelihood", "log_likelihood_ratio"]


def log_likelihood(
    n_a: np.ndarray, total_a: int | np.ndarray, n_b: np.ndarray, total_b: int | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-likelihood ratio of two counts among two totals (all four cells), and its p.

    It takes every item for an independent draw. Words of one text are none: pooled over words it finds differences
    where there are none (docs/method-keyness.md). Over texts it is text dispersion keyness.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics
    19, 61-74.

    Egbert, J. and Biber, D. (2019). Incorporating text dispersion into keyword analyses. Corpora 14, 77-104.
    doi:10.3366/cor.2019.0162

    Examples
    --------
    >>> found, p = log_likelihood(np.array([7]), 1000, np.array([2]), 1000)
    >>> found.round(4).tolist(), p.round(4).tolist()
    ([2.9545], [0.0856])
    """
    found = log_likelihood_ratio(n_a, total_a, n_b, total_b)
    return found, chdtrc(1, found)


def log_likelihood_ratio(
    n_a: np.ndarray, total_a: int | np.ndarray, n_b: np.ndarray, total_b: int | np.ndarray
) -> np.ndarray:
    """Return the log-likelihood ratio alone."""
    n_a, n_b = np.asarray(n_a, float), np.asarray(n_b, float)
    whole, share = np.asarray(total_a, float) + total_b, n_a + n_b
    found = np.zeros(np.broadcast(n_a, whole).shape)
    for n, total in ((n_a, np.asarray(total_a, float)), (n_b, np.asarray(total_b, float))):
        for seen, expected in ((n, share * total / whole), (total - n, (whole - share) * total / whole)):
            found += _part_of_ratio(seen, expected)
    return np.maximum(2 * found, 0)


def _part_of_ratio(seen: np.ndarray, expected: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = seen / expected
        np.log(found, out=found)
        found *= seen
    return found if (seen > 0).all() else np.where(seen > 0, found, 0.0)


def conservative_log_ratio(
    n_a: np.ndarray,
    total_a: int,
    n_b: np.ndarray,
    total_b: int,
    *,
    level: float = 0.95,
    n_tests: int = 1,
) -> np.ndarray:
    """Return Evert's conservative log ratio: the bound nearest to 0 of the interval of the ratio, 0 where it holds 0.

    The interval is the exact one of the conditional test of two Poisson counts, over single words.

    Parameters
    ----------
    n_a, n_b : ndarray
        Counts.
    total_a, total_b : int
        Words of both sets.
    level : float
        Level of the interval.
    n_tests : int
        Terms for which the level holds at once (Bonferroni).

    References
    ----------
    Evert, S. (2022). Measuring keyness. Digital Humanities 2022: Conference Abstracts, 202-205. osf.io/cy6mw

    Examples
    --------
    >>> conservative_log_ratio(np.array([7, 40]), 1000, np.array([2, 2]), 1000).round(4).tolist()
    [0.0, 2.3748]
    """
    n_a, n_b = np.asarray(n_a, float), np.asarray(n_b, float)
    tail = (1 - level) / 2 / n_tests
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(n_a > 0, betaincinv(np.maximum(n_a, 1), n_b + 1, tail), 0.0)
        high = np.where(n_b > 0, betaincinv(n_a + 1, np.maximum(n_b, 1), 1 - tail), 1.0)
        bounds = [np.log2(total_b / total_a * part / (1 - part)) for part in (low, high)]
    more = n_a / total_a >= n_b / total_b
    return np.where(more, np.maximum(bounds[0], 0.0), np.minimum(bounds[1], 0.0)) + 0.0

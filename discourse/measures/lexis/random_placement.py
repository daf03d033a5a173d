"""Where a word of a given frequency stands if nothing but chance places it: what measures of dispersion then are."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

__all__ = ["Placements", "expect_deviation", "expect_documents", "place_at_random", "spread_of_rates"]

_EACH = 40  # frequencies that are all drawn; of more, as many that grow by one factor
_WORK = 4_000_000  # places drawn for one frequency at most
_LEAST_DRAWS = 200
_AT_ONCE = 4_000_000


class Placements(NamedTuple):
    """Of each frequency: bounds of 95% of placements of documents, DP and D, each (2, n), and the mean D."""

    documents: np.ndarray
    dp: np.ndarray
    d: np.ndarray
    d_mean: np.ndarray


def expect_deviation(lengths: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
    """Return the DP expected of words placed at random: half the sum of mean deviations of hypergeometric counts.

    Parameters
    ----------
    lengths : ndarray of int
        Words of each document.
    frequencies : ndarray of int
        Occurrences of each word, from 1 to all words.

    Notes
    -----
    Exact: the mean deviation of a hypergeometric count of f draws from N words, K of them in the document, is
    2 k (N - K - f + k) / N times the chance of k, with k the least whole number above the mean.

    References
    ----------
    Ramasubban, T. A. (1958). The mean difference and the mean deviation of some discontinuous distributions.
    Biometrika 45, 549-556. doi:10.1093/biomet/45.3-4.549

    Examples
    --------
    >>> expect_deviation(np.array([1, 1]), np.array([1])).tolist()
    [0.5]
    """
    sizes, times = np.unique(lengths, return_counts=True)
    total = float(lengths.sum())
    return _by_frequency(frequencies, len(sizes), lambda f: _mean_deviation(sizes, f, total) @ times / (2 * f[:, 0]))


def expect_documents(lengths: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
    """Return in how many documents words placed at random are expected to stand.

    Examples
    --------
    >>> expect_documents(np.array([2, 2]), np.array([1, 2])).round(4).tolist()
    [1.0, 1.6667]
    """
    sizes, times = np.unique(lengths, return_counts=True)
    total = float(lengths.sum())

    def expected(f: np.ndarray) -> np.ndarray:
        free = total - sizes - f
        with np.errstate(invalid="ignore"):
            log = gammaln(total - sizes + 1) - gammaln(free + 1) - gammaln(total + 1) + gammaln(total - f + 1)
        return (1 - np.where(free >= 0, np.exp(log), 0.0)) @ times

    return _by_frequency(frequencies, len(sizes), expected)


def _by_frequency(frequencies: np.ndarray, width: int, of_some: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Work frequencies out once each, some at a time."""
    known, place = np.unique(frequencies, return_inverse=True)
    step = max(1, _AT_ONCE // max(width, 1))
    parts = [of_some(known[start : start + step, None].astype(float)) for start in range(0, len(known), step)]
    return np.concatenate([np.zeros(0), *parts])[place]


def _mean_deviation(sizes: np.ndarray, f: np.ndarray, total: float) -> np.ndarray:
    k = np.floor(f * sizes / total) + 1
    left = total - sizes - f + k
    with np.errstate(invalid="ignore", divide="ignore"):
        log = gammaln(sizes + 1) - gammaln(k + 1) - gammaln(sizes - k + 1)
        log += gammaln(total - sizes + 1) - gammaln(f - k + 1) - gammaln(left + 1)
        log -= gammaln(total + 1) - gammaln(f + 1) - gammaln(total - f + 1)
        return np.where((k <= np.minimum(f, sizes)) & (left > 0), 2 * k * left / total * np.exp(log), 0.0)


def spread_of_rates(counts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return Juilland's D of rows of counts: 1 - V / sqrt(n - 1), V the variation of the rates of n documents."""
    rates = counts / lengths
    n = len(lengths)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - rates.std(axis=-1) / rates.mean(axis=-1) / np.sqrt(n - 1)


def place_at_random(
    lengths: np.ndarray, frequencies: np.ndarray, *, n_draws: int = 1000, seed: int = 20151223
) -> Placements:
    """Draw placements of words and return what 95% of them lie between.

    Parameters
    ----------
    lengths : ndarray of int
        Words of each document, none of them 0.
    frequencies : ndarray of int
        Occurrences of each word.
    n_draws : int
        Placements of each frequency; fewer, at least 200, where documents and occurrences are many.
    seed : int
        Seed; that of one frequency does not hang on the others.

    Notes
    -----
    f of all words are drawn without replacement. Of more than 40 frequencies, 40 that grow by one factor are drawn, and
    the others lie between these by the logarithm of f.
    """
    known = np.unique(frequencies)
    grid = known if len(known) <= _EACH else np.unique(np.geomspace(known[0], known[-1], _EACH).round().astype(int))
    drawn = np.array([_bounds(lengths, int(f), n_draws, seed) for f in grid])
    at = np.log(frequencies)
    found = [np.interp(at, np.log(grid), drawn[:, column]) for column in range(drawn.shape[1])]
    return Placements(np.stack(found[0:2]), np.stack(found[2:4]), np.stack(found[4:6]), found[6])


def _bounds(lengths: np.ndarray, f: int, n_draws: int, seed: int) -> list[float]:
    random = np.random.default_rng([seed, f])
    cost = max(f, len(lengths))
    n_draws = min(n_draws, max(_LEAST_DRAWS, _WORK // cost))
    step = max(1, _AT_ONCE // cost)
    share = lengths / lengths.sum()
    parts = []
    for begun in range(0, n_draws, step):
        counts = _placed(random, lengths, f, min(step, n_draws - begun))
        dp = np.abs(counts / f - share).sum(axis=1) / 2
        d = spread_of_rates(counts, lengths) if len(lengths) > 1 else np.full(len(counts), np.nan)
        parts.append(np.stack([(counts > 0).sum(axis=1), dp, d]))
    every = np.concatenate(parts, axis=1)
    low, high = np.quantile(every, [0.025, 0.975], axis=1)
    return [low[0], high[0], low[1], high[1], low[2], high[2], float(every[2].mean())]


def _placed(random: np.random.Generator, lengths: np.ndarray, f: int, n_draws: int) -> np.ndarray:
    """Return the counts of each document in each draw."""
    total = int(lengths.sum())
    if f * f > total:
        return random.multivariate_hypergeometric(lengths, f, size=n_draws, method="marginals")
    places = random.integers(0, total, (n_draws, f))
    while True:  # draws in which two occurrences fall on one place are drawn anew
        ordered = np.sort(places, axis=1)
        again = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not len(again):
            break
        places[again] = random.integers(0, total, (len(again), f))
    document = np.searchsorted(np.cumsum(lengths), places, side="right")
    key = document + np.arange(n_draws)[:, None] * len(lengths)
    return np.bincount(key.ravel(), minlength=n_draws * len(lengths)).reshape(n_draws, len(lengths))

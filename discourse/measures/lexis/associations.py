"""Measures of association of two words, from a table of four counts."""

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["log_dice", "log_likelihood", "log_odds", "mutual_information", "t_score"]


def log_dice(both: ArrayLike, first: ArrayLike, second: ArrayLike) -> np.ndarray:
    """Return logDice, 14 + log2(2 f(xy) / (f(x) + f(y))): 14 at most, a point more is twice as often together.

    Parameters
    ----------
    both, first, second : array_like of float
        How often the words stand together, and each of them at all.

    References
    ----------
    Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of Recent Advances in Slavonic Natural
    Language Processing, RASLAN 2008, 6-9.

    Examples
    --------
    >>> float(log_dice(10, 10, 10)), float(log_dice(5, 10, 10))
    (14.0, 13.0)
    """
    with np.errstate(divide="ignore"):
        return 14 + np.log2(2 * np.asarray(both, float) / (np.asarray(first, float) + np.asarray(second, float)))


def mutual_information(observed: ArrayLike, expected: ArrayLike, *, power: int = 1) -> np.ndarray:
    """Return the pointwise mutual information log2(O^k / E); with ``power`` 3 it is MI3.

    References
    ----------
    Church, K. W. and Hanks, P. (1990). Word association norms, mutual information, and lexicography. Computational
    Linguistics 16, 22-29.

    Daille, B. (1994). Approche mixte pour l'extraction automatique de terminologie. Thesis, Université Paris 7.

    Examples
    --------
    >>> float(mutual_information(8, 2)), float(mutual_information(8, 2, power=3))
    (2.0, 8.0)
    """
    with np.errstate(divide="ignore"):
        return np.log2(np.asarray(observed, float) ** power / np.asarray(expected, float))


def t_score(observed: ArrayLike, expected: ArrayLike) -> np.ndarray:
    """Return the t-score (O - E) / sqrt(O).

    References
    ----------
    Church, K. W., Gale, W., Hanks, P. and Hindle, D. (1991). Using statistics in lexical analysis. In U. Zernik (ed.),
    Lexical Acquisition, 115-164. Lawrence Erlbaum.

    Examples
    --------
    >>> float(t_score(9, 3))
    2.0
    """
    observed = np.asarray(observed, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (observed - np.asarray(expected, float)) / np.sqrt(observed)


def log_likelihood(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> np.ndarray:
    """Return the log-likelihood ratio G2 of tables of four counts.

    It takes every word for an independent draw. In texts, where words come in bursts, it is no test: it is given for
    comparison with other tools.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19,
    61-74.

    Examples
    --------
    >>> round(float(log_likelihood(10, 90, 10, 890)), 3)
    21.177
    """
    table = [np.asarray(part, float) for part in (o11, o12, o21, o22)]
    a, b, c, d = table
    n = a + b + c + d
    expected = [(a + b) * (a + c) / n, (a + b) * (b + d) / n, (c + d) * (a + c) / n, (c + d) * (b + d) / n]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(o > 0, o * np.log(o / e), 0.0) for o, e in zip(table, expected, strict=True)]
    return np.maximum(2 * sum(parts), 0.0)


def log_odds(n: ArrayLike, total: ArrayLike) -> np.ndarray:
    """Return the natural logarithm of the odds of ``n`` of ``total``, with a half added to both sides of the odds.

    References
    ----------
    Haldane, J. B. S. (1956). The estimation and significance of the logarithm of a ratio of frequencies. Annals of
    Human Genetics 20, 309-311. doi:10.1111/j.1469-1809.1955.tb01285.x

    Examples
    --------
    >>> float(log_odds(5, 10))
    0.0
    """
    n = np.asarray(n, float)
    return np.log((n + 0.5) / (np.asarray(total, float) - n + 0.5))

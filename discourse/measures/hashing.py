"""Weights of units in draws: each from the hash of the name of its unit, the seed and the number of the draw alone."""

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import ndtri

from discourse.errors import SchemaError, check_choice

__all__ = ["LAWS", "check_draws", "hash_names", "hashed_weights", "name_units"]

LAWS = ("exponential", "poisson", "mammen", "normal", "webb")
_STEP = np.uint64(0x9E3779B97F4A7C15)  # of splitmix64
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LANES = 4  # weights out of one hash of 64 bits
_VALUES = 1 << 16  # values that a law can give
_GRAIN = 1024  # weights are whole multiples of 1/1024, so that sums of whole numbers are exact
_IN_CACHE = 16_384  # hashes made at once: they stay in the cache of a core


def hash_names(names: Iterable[object]) -> np.ndarray:
    """Return a number of 64 bits for each name, the same on every machine and in every process.

    Parameters
    ----------
    names : iterable
        Names of units (doc_id, label of a cluster); each is read as its text, so that 1 and "1" are one name.

    Returns
    -------
    ndarray of uint64
        BLAKE2b of the text in UTF-8, eight bytes.

    References
    ----------
    Saarinen, M.-J. and Aumasson, J.-P. (2015). The BLAKE2 Cryptographic Hash and Message Authentication Code. RFC
    7693. doi:10.17487/RFC7693

    Examples
    --------
    >>> one, other, again = hash_names(["ahram-1", "ahram-2", "ahram-1"])
    >>> bool(one == again), bool(one == other)
    (True, False)
    """
    digests = b"".join(hashlib.blake2b(str(name).encode("utf-8"), digest_size=8).digest() for name in names)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def hashed_weights(
    names: Iterable[object] | np.ndarray, *, n_draws: int = 1000, seed: int = 20151223, law: str = "exponential"
) -> np.ndarray:
    """Return the bootstrap weights of units: each from the name of its unit, the seed and the number of the draw.

    A weight hangs on nothing else: the order of the units, their number, the other units, the part of the corpus
    that they lie in and the machine change no weight, and the first 100 of 1,000 draws are the 100 draws.

    Parameters
    ----------
    names : iterable, or ndarray of uint64
        Names of the units, or what ``hash_names`` gave for them. A name that stands twice has its weights twice.
    n_draws : int
        Draws.
    seed : int
        Seed, at least 0.
    law : {"exponential", "poisson", "mammen", "normal", "webb"}
        Law of the weights. ``exponential`` (mean 1, variance 1) is the Bayesian bootstrap: no unit is ever left out
        altogether, so that no ratio is without a denominator and no cell empties, which is why it is the default.
        ``poisson`` (mean 1, variance 1) is near the bootstrap with replacement; a unit is left out in 37% of draws.
        ``mammen``, ``normal`` and ``webb`` (mean 0, variance 1) multiply residuals: two points that keep the third
        moment, the normal law, and six points for few clusters.

    Returns
    -------
    ndarray of float32 of shape (n_units, n_draws)
        Weights, whole multiples of 1/1024: sums of weights times whole numbers are exact in float64.

    Raises
    ------
    SchemaError
        ``n_draws`` is below 1, ``seed`` below 0, or the law is unknown.

    Notes
    -----
    splitmix64 in counter mode from the hash of the name; each 64 bits give four weights by a table of quantiles.

    References
    ----------
    Rubin, D. B. (1981). The Bayesian bootstrap. Annals of Statistics 9, 130-134. doi:10.1214/aos/1176345338

    Steele, G. L., Lea, D. and Flood, C. H. (2014). Fast splittable pseudorandom number generators. ACM SIGPLAN
    Notices 49(10), 453-472. doi:10.1145/2714064.2660195

    Mammen, E. (1993). Bootstrap and wild bootstrap for high dimensional linear models. Annals of Statistics 21,
    255-285. doi:10.1214/aos/1176349025

    Webb, M. D. (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian Journal of Economics
    56, 839-858. doi:10.1111/caje.12661

    Examples
    --------
    >>> weights = hashed_weights(["a", "b", "c"], n_draws=1000)
    >>> weights.shape, bool((hashed_weights(["c", "a"], n_draws=10) == weights[[2, 0], :10]).all())
    ((3, 1000), True)
    """
    check_draws(n_draws, seed)
    check_choice("law", law, list(LAWS))
    hashes = names if isinstance(names, np.ndarray) and names.dtype == np.uint64 else hash_names(names)
    return _weights(hashes, n_draws, seed, law)


def check_draws(n_draws: int, seed: int) -> None:
    """Raise where draws or seed are no such numbers."""
    for name, value, least, usual in (("n_draws", n_draws, 1, "1,000"), ("seed", seed, 0, "20151223")):
        if not isinstance(value, int | np.integer) or isinstance(value, bool):
            raise SchemaError(f"`{name}` is {value!r}; it must be a whole number. {usual} is the usual choice.")
        if value < least:
            least_told = "0 or more" if not least else f"at least {least}"
            raise SchemaError(f"`{name}` is {value}; it must be {least_told}. {usual} is the usual choice.")


def name_units(doc_ids: pd.Series, clusters: pd.Series | None = None) -> pd.Series:
    """Name the unit of each document: its cluster, or itself where it has none.

    A null label and an empty one are no cluster; a document without one is a unit of its own. The name of a cluster
    never is the name of a document, though the labels may be alike.

    Parameters
    ----------
    doc_ids : Series
        doc_id of each document.
    clusters : Series, optional
        Label of the cluster of each document.

    Returns
    -------
    Series of str
        Names for ``hash_names``.

    Examples
    --------
    >>> names = name_units(pd.Series(["a", "b", "c", "d"]), pd.Series(["x", "x", None, ""]))
    >>> names.tolist()
    ['cluster x', 'cluster x', 'document c', 'document d']
    """
    own = "document " + doc_ids.astype("str")
    if clusters is None:
        return own
    labels = clusters.set_axis(own.index).astype(object)
    some = labels.notna() & labels.astype("str").str.strip().ne("")
    return own.where(~some, "cluster " + labels.astype("str"))


def _weights(hashes: np.ndarray, n_draws: int, seed: int, law: str) -> np.ndarray:
    table = _TABLES[law]
    blocks = -(-n_draws // _LANES)
    start = _mixed(hashes + _mixed(np.full(1, seed & 0xFFFFFFFFFFFFFFFF, np.uint64) * _STEP + _STEP))
    offsets = np.arange(1, blocks + 1, dtype=np.uint64) * _STEP
    out = np.empty((len(hashes), n_draws), np.float32)
    rows = max(1, _IN_CACHE // blocks)
    for first in range(0, len(hashes), rows):
        numbers = _mixed(start[first : first + rows, None] + offsets)
        lanes = numbers.astype("<u8", copy=False).view("<u2")[:, :n_draws]
        np.take(table, lanes, out=out[first : first + rows], mode="clip")
    return out


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Mix 64 bits; the numbers are changed in place (arithmetic of uint64 wraps)."""
    numbers ^= numbers >> np.uint64(30)
    numbers *= _FIRST
    numbers ^= numbers >> np.uint64(27)
    numbers *= _SECOND
    numbers ^= numbers >> np.uint64(31)
    return numbers


def _tables() -> dict[str, np.ndarray]:
    """Return the quantiles of each law at the middles of 65,536 equal parts, to whole multiples of 1/1024."""
    middle = (np.arange(_VALUES) + 0.5) / _VALUES
    poisson = np.zeros(_VALUES)
    term, below = np.exp(-1.0), 0.0
    for count in range(9):
        below += term
        poisson += middle > below
        term /= count + 1
    root = np.sqrt(5.0)
    mammen = np.where(middle < (root + 1) / (2 * root), (1 - root) / 2, (1 + root) / 2)
    six = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])
    laws = {
        "exponential": np.maximum(-np.log1p(-middle), 1 / _GRAIN),
        "poisson": poisson,
        "mammen": mammen,
        "normal": ndtri(middle),
        "webb": six[(middle * 6).astype(int)],
    }
    return {name: (np.round(values * _GRAIN) / _GRAIN).astype(np.float32) for name, values in laws.items()}


_TABLES = _tables()

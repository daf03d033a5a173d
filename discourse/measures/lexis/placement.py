"""Where the words of each document would stand by chance: how many of a term would fall into its windows."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammaincc, gammaln, ndtr

__all__ = ["Placed", "chance_tails", "exact_tails", "place_by_chance", "saddle_tails", "tail_by_moments"]

_FEW_DOCS, _FEW_PLACES = 20, 200  # documents and matches up to which the law is worked out whole
_LEAST_TAIL = 1e-9  # below it one minus the sum of the other terms is rounding
_STEP = 200_000  # cells of the law held at once
_FAR = 0.5  # standard deviations above the mean from which on the tail is that of the saddlepoint
_ROUNDS = 12  # of Newton's method; the tilt is found to 1e-9 well before


@dataclass(frozen=True)
class Placed:
    """What chance alone would put into the windows, of each term: mean, variance, and the design effect of copies."""

    mean: np.ndarray
    variance: np.ndarray
    effect: np.ndarray


def place_by_chance(
    n: np.ndarray, window: np.ndarray, size: np.ndarray, term: np.ndarray, n_terms: int, story: np.ndarray | None = None
) -> Placed:
    """Return mean and variance of the sum over documents of words drawn into windows without replacement.

    Parameters
    ----------
    n, window, size : ndarray of shape (n_cells,)
        Of each document and term: how often the document has the term, how many of its words stand in windows, and
        how many words it has.
    term : ndarray of int
        The term of each cell.
    n_terms : int
        Terms.
    story : ndarray of int, optional
        The story of each cell. Copies of one story are shuffled alike, so that their counts are taken as wholly
        correlated; the variance is larger by ``effect``.

    Examples
    --------
    Two of ten words are the term, five stand in the window:

    >>> found = place_by_chance(np.array([2]), np.array([5]), np.array([10]), np.array([0]), 1)
    >>> float(found.mean[0]), round(float(found.variance[0]), 4)
    (1.0, 0.4444)
    """
    n, window, size = (np.asarray(part, np.float64) for part in (n, window, size))
    part = window / size
    mean = np.bincount(term, n * part, n_terms)
    each = n * part * (1 - part) * (size - n) / np.maximum(size - 1, 1)
    variance = np.bincount(term, each, n_terms)
    if story is None:
        return Placed(mean, variance, np.ones(n_terms))
    key = term.astype(np.int64) * (int(story.max(initial=0)) + 1) + story
    keys, place = np.unique(key, return_inverse=True)
    together = np.bincount(place, np.sqrt(each), len(keys)) ** 2
    wide = np.bincount(keys // (int(story.max(initial=0)) + 1), together, n_terms)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = np.where(variance > 0, np.maximum(wide / variance, 1.0), 1.0)
    return Placed(mean, variance * effect, effect)


def tail_by_moments(observed: np.ndarray, placed: Placed) -> np.ndarray:
    """Return P(T >= observed) by the binomial law of the same mean and variance; certain where nothing can vary.

    Notes
    -----
    A hypergeometric count has the law of a sum of independent trials of unequal chances, and so has a sum of such
    counts; of these the binomial law with the same two moments is the usual approximation, in the tails too. With
    copies the counts are divided by their design effect.

    References
    ----------
    Vatutin, V. A. and Mikhailov, V. G. (1982). Limit theorems for the number of empty cells in an equiprobable scheme
    for group allocation of particles. Theory of Probability and Its Applications 27, 734-743. doi:10.1137/1127084

    Examples
    --------
    >>> two = Placed(np.array([5.0]), np.array([2.5]), np.ones(1))
    >>> round(float(tail_by_moments(np.array([8]), two)[0]), 4)  # ten tosses of a coin
    0.0547
    """
    k = np.asarray(observed, np.float64) / placed.effect
    mean, variance = placed.mean / placed.effect, placed.variance / placed.effect**2
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = 1 - variance / mean
        trials = mean / chance
        room = trials - k + 1
        tail = np.where(room > 0, betainc(np.maximum(k, 1e-12), np.maximum(room, 1e-12), np.clip(chance, 0, 1)), 0.0)
        poisson = 1 - gammaincc(np.maximum(k, 1e-12), mean)
    tail = np.where(chance > 1e-9, tail, poisson)
    fixed = variance <= 1e-12 * np.maximum(mean, 1)
    tail = np.where(fixed, (k <= mean * (1 + 1e-9) + 1e-9).astype(float), tail)
    return np.where(k <= 0, 1.0, np.clip(tail, 0.0, 1.0))


def saddle_tails(
    observed: np.ndarray, n: np.ndarray, window: np.ndarray, size: np.ndarray, term: np.ndarray, placed: Placed
) -> np.ndarray:
    """Return P(T >= observed) by a saddlepoint, and near the mean or below it by ``tail_by_moments``.

    Parameters
    ----------
    observed : ndarray of int of shape (n_terms,)
        How often each term stands in windows.
    n, window, size, term : ndarray of shape (n_cells,)
        As in ``place_by_chance``.
    placed : Placed
        Mean and variance by ``place_by_chance``, and the design effect of copies.

    Notes
    -----
    The count of each document goes in as the binomial law of its mean and variance, which for a term that stands once
    in it is exact; their sum as it is, by the formula of Lugannani and Rice for whole numbers.

    References
    ----------
    Daniels, H. E. (1987). Tail probability approximations. International Statistical Review 55, 37-48.
    doi:10.2307/1403269
    """
    tail = tail_by_moments(observed, placed)
    far = observed > placed.mean + np.maximum(_FAR * np.sqrt(placed.variance), 0.5)
    far &= placed.variance > 1e-9 * np.maximum(placed.mean, 1)
    if not far.any():
        return tail
    place = np.cumsum(far) - 1
    kept = far[term]
    own = place[term[kept]]
    n, window, size = (np.asarray(part, np.float64)[kept] for part in (n, window, size))
    part = window / size
    mean = n * part
    chance = 1 - (1 - part) * (size - n) / np.maximum(size - 1, 1)
    trials = mean / chance
    k, count = observed[far].astype(np.float64), int(far.sum())

    def add(values: np.ndarray) -> np.ndarray:
        return np.bincount(own, values, count)

    share = np.clip(k / np.maximum(add(trials), 1e-300), 1e-12, 1 - 1e-9)
    usual = add(mean) / add(trials)
    tilt = np.log(share * (1 - usual) / ((1 - share) * usual))
    slope = np.zeros(count)
    for _ in range(_ROUNDS):
        grown = chance * np.exp(np.clip(tilt, -30, 30))[own]
        risen = grown / (1 - chance + grown)
        each = trials * risen
        slope = add(each * (1 - risen))
        step = np.clip((k - add(each)) / np.maximum(slope, 1e-300), -2, 2)
        tilt = np.clip(tilt + step, 1e-9, 30)
        if np.abs(step).max(initial=0) < 1e-9:
            break
    risen = chance * np.expm1(tilt)[own]
    height = np.maximum(tilt * k - add(trials * np.log1p(risen)), 1e-300)
    effect = placed.effect[far]
    way, width = np.sqrt(2 * height / effect), -np.expm1(-tilt) * np.sqrt(np.maximum(slope, 1e-300) / effect)
    density = np.exp(-height / effect) / np.sqrt(2 * np.pi)
    found = ndtr(-way) + density * (1 / width - 1 / way)
    tail[far] = np.clip(found, 0.0, 1.0)
    return tail


def chance_tails(
    observed: np.ndarray, n: np.ndarray, window: np.ndarray, size: np.ndarray, term: np.ndarray, placed: Placed
) -> np.ndarray:
    """Return P(T >= observed): worked out whole where a term has few documents and few places, else by a saddlepoint.

    Parameters
    ----------
    observed, n, window, size, term, placed
        As in ``saddle_tails``.
    """
    tail = saddle_tails(observed, n, window, size, term, placed)
    exact, known = exact_tails(observed, n, window, size, term)
    known &= placed.effect <= 1
    return np.where(known, exact, tail)


def exact_tails(
    observed: np.ndarray, n: np.ndarray, window: np.ndarray, size: np.ndarray, term: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return P(T >= observed) worked out whole, and of which terms: those in few documents with few matches.

    Parameters
    ----------
    observed : ndarray of int of shape (n_terms,)
        How often each term stands in windows.
    n, window, size, term : ndarray of shape (n_cells,)
        As in ``place_by_chance``.

    Returns
    -------
    tail, known : ndarray of shape (n_terms,)
        The probability, and whether it is known; one below 1e-9 is not.

    Examples
    --------
    >>> tail, known = exact_tails(np.array([2]), np.array([2]), np.array([5]), np.array([10]), np.array([0]))
    >>> round(float(tail[0]), 4), bool(known[0])  # 10 of 45 pairs
    (0.2222, True)
    """
    n_terms = len(observed)
    documents = np.bincount(term, minlength=n_terms)
    known = (documents <= _FEW_DOCS) & (observed <= _FEW_PLACES) & (observed > 0)
    tail = np.ones(n_terms)
    tail[observed <= 0] = 1.0
    kept = np.flatnonzero(known[term])
    order = kept[np.argsort(term[kept], kind="stable")]
    begin = np.searchsorted(term[order], np.arange(n_terms))
    asked = np.flatnonzero(known)
    asked = asked[np.lexsort((-documents[asked], observed[asked]))]  # alike in width, then by length
    while len(asked):
        width = _width(observed[asked])
        chosen = asked[: max(1, int((np.cumsum(width) <= _STEP).sum()))]
        asked = asked[len(chosen) :]
        tail[chosen] = _convolved(chosen, observed, documents, order, begin, n, window, size)
    known &= (tail > _LEAST_TAIL) | (documents == 0)
    return np.clip(tail, 0.0, 1.0), known | (observed <= 0)


def _width(observed: np.ndarray) -> np.ndarray:
    return np.maximum.accumulate(observed) + 1


def _convolved(
    chosen: np.ndarray,
    observed: np.ndarray,
    documents: np.ndarray,
    order: np.ndarray,
    begin: np.ndarray,
    n: np.ndarray,
    window: np.ndarray,
    size: np.ndarray,
) -> np.ndarray:
    """Convolve the laws of the documents of each term, side by side, and return the tails."""
    width = int(observed[chosen].max())
    law = np.zeros((len(chosen), width))
    law[:, 0] = 1.0
    for step in range(int(documents[chosen].max(initial=0))):
        mine = np.flatnonzero(documents[chosen] > step)
        cell = order[begin[chosen[mine]] + step]
        most = int(np.minimum(np.minimum(n[cell], window[cell]).max(), width - 1))
        parts = _laws(n[cell], window[cell], size[cell], most)
        before = law[mine]
        after = before * parts[:, :1]
        for k in range(1, most + 1):
            after[:, k:] += before[:, :-k] * parts[:, k : k + 1]
        law[mine] = after
    reached = np.arange(width)[None] < observed[chosen, None]
    return 1 - np.where(reached, law, 0.0).sum(axis=1)


def _laws(n: np.ndarray, window: np.ndarray, size: np.ndarray, most: int) -> np.ndarray:
    """Return the law of each document up to ``most``; of a term that stands once in it the law is plain."""
    laws = np.zeros((len(n), most + 1))
    part = window / size
    laws[:, 0] = 1 - part
    if most:
        laws[:, 1] = part
    more = np.flatnonzero(n > 1)
    if len(more):
        k = np.arange(most + 1)[None]
        laws[more] = hypergeometric(k, n[more, None], window[more, None], size[more, None])
    return laws


def hypergeometric(k: np.ndarray, n: np.ndarray, window: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the probability that k of n terms stand among ``window`` of ``size`` words; arrays spread out together."""
    k, n, window, size = np.broadcast_arrays(*(np.asarray(part, np.int64) for part in (k, n, window, size)))
    possible = (k <= n) & (k <= window) & (n - k <= size - window)
    k = np.where(possible, k, np.maximum(n - (size - window), 0))
    logs = gammaln(np.arange(int(size.max(initial=0)) + 1) + 1.0)

    def choose(total: np.ndarray, some: np.ndarray) -> np.ndarray:
        return logs[total] - logs[some] - logs[total - some]

    found = np.exp(choose(window, k) + choose(size - window, n - k) - choose(size, n))
    return np.where(possible, found, 0.0)

"""Tests of whether words are as frequent in one set as in another: by shuffled stories, and by ranks of stories."""

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.special import ndtr

from discourse.measures.lexis.adjusting import step_down
from discourse.measures.lexis.sets import Sets

__all__ = ["Shuffled", "rank_sum", "shuffle_stories"]

_AT_ONCE = 64  # draws held at once
_ENOUGH = 10  # draws as strong as the data, after which a term needs no more
_FURTHER = 20  # times as many draws at most, where few terms are strong
_CLEAR = 0.01  # rate of false findings at which terms that no draw reached need no more
_EXACT = 2**24  # whole numbers that float32 holds
_ALIKE = 1e-9


class Shuffled(NamedTuple):
    """What shuffled stories say of each term: p, p adjusted by step-down maxima, draws behind p, and the strength."""

    p: np.ndarray
    p_any: np.ndarray
    n_draws: np.ndarray
    strength: np.ndarray


class _Design:
    """Stories that can change sides: parts of those on one side are dealt anew, of those on both sides exchanged."""

    def __init__(self, sets: Sets) -> None:
        n_units = int(sets.unit.max()) + 1
        both = np.bincount(sets.unit, minlength=n_units) > 1
        paired = both[sets.unit]
        self.single = np.flatnonzero(~paired)
        self.n_first = int((sets.side[self.single] == 0).sum())
        first, second = (np.flatnonzero(paired & (sets.side == side)) for side in (0, 1))
        self.pairs = first[np.argsort(sets.unit[first])], second[np.argsort(sets.unit[second])]
        self.single = self.single[np.argsort(sets.unit[self.single], kind="stable")]
        self.n_parts = len(sets.unit)

    def deal(self, random: np.random.Generator, n_draws: int) -> np.ndarray:
        """Return for each part and draw whether it lies in the first set: shape (n_parts, n_draws)."""
        out = np.zeros((self.n_parts, n_draws), np.float32)
        if 0 < self.n_first < len(self.single):
            keys = random.random((n_draws, len(self.single)))
            last = np.partition(keys, self.n_first - 1, axis=1)[:, self.n_first - 1, None]
            out[self.single] = (keys <= last).T
        elif self.n_first:
            out[self.single] = 1
        if len(self.pairs[0]):
            stay = random.random((len(self.pairs[0]), n_draws), np.float32) < 0.5
            out[self.pairs[0]], out[self.pairs[1]] = stay, ~stay
        return out

    def moments(self, counts: sparse.csc_array, tokens: np.ndarray, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and standard deviation, over all ways to deal, of the deviation of each term in the first set."""
        n, n_first = len(self.single), self.n_first
        mean, variance = np.zeros(counts.shape[1]), np.zeros(counts.shape[1])  # type: ignore
        if n:
            total, squares = _deviations(counts, tokens, self.single, rate)
            mean += n_first / n * total
            if 0 < n_first < n:
                variance += n_first * (n - n_first) / (n * (n - 1)) * (squares - total**2 / n)
        if len(self.pairs[0]):
            sums = [_deviations(counts, tokens, rows, rate) for rows in self.pairs]
            mean += (sums[0][0] + sums[1][0]) / 2
            gap = sparse.csr_array(counts[self.pairs[0]] - counts[self.pairs[1]])
            length = tokens[self.pairs[0]] - tokens[self.pairs[1]]
            variance += _squares(gap, length, rate) / 4
        return mean, np.sqrt(np.maximum(variance, 0))


def _deviations(
    counts: sparse.csc_array, tokens: np.ndarray, rows: np.ndarray, rate: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    own, length = sparse.csr_array(counts[rows]), tokens[rows]
    return np.asarray(own.sum(axis=0)).ravel() - rate * length.sum(), _squares(own, length, rate)


def _squares(counts: sparse.csr_array, length: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Return the sum over parts of the squared deviation of a count from a rate times a length."""
    squares = np.asarray(counts.multiply(counts).sum(axis=0)).ravel()
    crossed = counts.T @ length
    return squares - 2 * rate * crossed + rate**2 * float((length**2).sum())


def shuffle_stories(sets: Sets, *, n_draws: int = 1000, seed: int = 20151223) -> Shuffled:
    """Hold each term against the same stories dealt at random into two sets of the same number of stories.

    Parameters
    ----------
    sets : Sets
        Words of two sets by story, the terms that are looked at alone.
    n_draws : int
        Draws of every term; where few terms are stronger than all of them, these have up to 20 times as many.
    seed : int
        Seed; stories go by name, so that the order of documents changes nothing.

    Returns
    -------
    Shuffled
        ``p`` is (b + 1) / (m + 1) with b draws of m as strong; a term that has had ten such draws stops (Besag and
        Clifford). A term that no deal could change has a p of 1.

    Notes
    -----
    The deviation of a term is its count in the first set less what the rate of both sets gives for the words there;
    its strength the distance of this from its mean over all deals, in standard deviations over all deals. A story
    with parts in both sets has these exchanged, or not, with a chance of one half; so voices are compared within
    their documents.

    References
    ----------
    Besag, J. and Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78, 301-304.
    doi:10.1093/biomet/78.2.301

    Mildenberger, T. (2023). keyperm: permutation-based keyness testing. arXiv:2308.13383.
    """
    design = _Design(sets)
    counts = sets.counts.astype(np.float64).tocsc()
    tokens = sets.tokens.astype(np.float64)
    rate = np.asarray(counts.sum(axis=0)).ravel() / tokens.sum()
    mean, spread = design.moments(counts, tokens, rate)
    seen = np.asarray(counts[sets.side == 0].sum(axis=0)).ravel() - rate * tokens[sets.side == 0].sum() - mean
    moves = spread > _ALIKE * np.maximum(np.sqrt(rate * tokens.sum()), 1)
    strength = np.where(moves, np.abs(seen) / np.where(moves, spread, 1.0), 0.0)
    order = np.argsort(strength, kind="stable")  # the weakest first: maxima are taken from there on
    turned = _turned(counts, order)
    shape = (rate[order], mean[order], np.where(moves, spread, np.inf)[order])
    reached, reached_by_any = np.zeros(len(order), np.int64), np.zeros(len(order), np.int64)
    random = np.random.default_rng(seed)
    least = strength[order] * (1 - _ALIKE) - _ALIKE
    for begun in range(0, n_draws, _AT_ONCE):
        drawn = _strengths(turned, tokens, design.deal(random, min(_AT_ONCE, n_draws - begun)), *shape)
        reached += (drawn >= least[:, None]).sum(axis=1)
        np.maximum.accumulate(drawn, axis=0, out=drawn)
        reached_by_any += (drawn >= least[:, None]).sum(axis=1)
    n_drawn = np.full(len(order), n_draws)
    left = np.flatnonzero(reached < _ENOUGH)
    most = _draws_needed(len(order), int((reached == 0).sum()), n_draws)
    while len(left) and n_drawn[left[0]] < most:
        size = min(_AT_ONCE, most - int(n_drawn[left[0]]))
        held = tuple(values[left] for values in shape)
        drawn = _strengths(turned[left], tokens, design.deal(random, size), *held)
        passed = np.cumsum(drawn >= least[left, None], axis=1) + reached[left, None]
        full = passed[:, -1] >= _ENOUGH
        n_drawn[left] += np.where(full, (passed < _ENOUGH).sum(axis=1) + 1, size)
        reached[left] = np.where(full, _ENOUGH, passed[:, -1])
        left = left[~full]
    stopped = (reached == _ENOUGH) & (n_drawn > n_draws)
    p = np.where(stopped, reached / n_drawn, (reached + 1) / (n_drawn + 1))
    out = np.empty(len(order)), np.empty(len(order)), np.empty(len(order), np.int64)
    for place, values in enumerate((p, step_down(strength[order], reached_by_any, n_draws), n_drawn)):
        out[place][order] = values
    return Shuffled(*out, strength)


def _turned(counts: sparse.csc_array, order: np.ndarray) -> sparse.csr_array:
    turned = sparse.csr_array(counts.T)[order]
    exact = counts.shape[0] == 0 or float(abs(counts).sum(axis=0).max(initial=0)) < _EXACT  # type: ignore
    return turned.astype(np.float32) if exact else turned


def _strengths(
    turned: sparse.csr_array,
    tokens: np.ndarray,
    dealt: np.ndarray,
    rate: np.ndarray,
    mean: np.ndarray,
    spread: np.ndarray,
) -> np.ndarray:
    """Return how strong each term is in each draw: shape (n_terms, n_draws)."""
    found = np.asarray(turned @ dealt.astype(turned.dtype), np.float64)
    found -= np.outer(rate, tokens @ dealt)
    found -= mean[:, None]
    found /= spread[:, None]
    return np.abs(found, out=found)


def _draws_needed(n_terms: int, n_clear: int, n_draws: int) -> int:
    """Return the draws after which terms that none of them reached would be found at a rate of .01.

    >>> _draws_needed(2000, 400, 1000), _draws_needed(2000, 20, 1000), _draws_needed(2000, 1, 1000)
    (1000, 10000, 20000)
    """
    wanted = int(np.ceil(n_terms / (_CLEAR * max(n_clear, 1))))
    return max(n_draws, min(wanted, _FURTHER * n_draws))


def rank_sum(sets: Sets) -> np.ndarray:
    """Return p of Wilcoxon's rank sum test over the rates of stories, two-sided, with ties, for each term.

    Stories that lie in both sets are left out: they are no two independent ones. Null where fewer than two are left
    in a set. Equal to ``scipy.stats.mannwhitneyu(method="asymptotic")``.

    References
    ----------
    Mann, H. B. and Whitney, D. R. (1947). On a test of whether one of two random variables is stochastically larger
    than the other. Annals of Mathematical Statistics 18, 50-60. doi:10.1214/aoms/1177730491
    """
    alone = np.bincount(sets.unit)[sets.unit] == 1
    side = sets.side[alone]
    n_first, n = int((side == 0).sum()), len(side)
    n_terms = sets.counts.shape[1]  # type: ignore
    if min(n_first, n - n_first) < 2:
        return np.full(n_terms, np.nan)
    counts = sparse.csc_array(sets.counts[alone])
    counts.eliminate_zeros()
    counts.sort_indices()
    rates = counts.data / sets.tokens[alone][counts.indices]
    column = np.repeat(np.arange(n_terms), np.diff(counts.indptr))
    known, height = np.unique(rates, return_inverse=True)
    key = column * len(known) + height
    order = np.argsort(key)
    key, own = key[order], side[counts.indices[order]]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    sizes = np.diff(np.r_[starts, len(key)])
    n_zero = n - np.diff(counts.indptr)
    place = starts - counts.indptr[column[starts]]  # within the term, from 0
    rank = n_zero[column[starts]] + place + (sizes + 1) / 2
    ties = np.bincount(column[starts], sizes.astype(float) ** 3 - sizes, n_terms) + n_zero.astype(float) ** 3 - n_zero
    ranks = np.bincount(column, np.repeat(rank, sizes) * (own == 0), n_terms)
    zeros_first = n_first - np.bincount(column, own == 0, n_terms)
    ranks += zeros_first * (n_zero + 1) / 2
    n_second = n - n_first
    above = ranks - n_first * (n_first + 1) / 2
    variance = n_first * n_second / 12 * (n + 1 - ties / (n * (n - 1)))
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (np.abs(above - n_first * n_second / 2) - 0.5) / np.sqrt(variance)
    return np.where(variance > 0, np.minimum(2 * ndtr(-score), 1.0), 1.0)

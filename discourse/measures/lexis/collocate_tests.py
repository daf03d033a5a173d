"""Whether the company of a pattern differs between two sides by more than stories that are dealt to them at random."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from discourse.measures.lexis.observed import Around

__all__ = ["Dealt", "deal_stories"]

_AT_ONCE = 64  # draws held at once
_ENOUGH = 10  # draws as strong as the data, after which a term needs no more
_FURTHER = 20  # times as many draws at most, for terms that few draws reach
_ALIKE = 1e-9
_RARE, _NEAR = 20, 0.15  # stories up to which a term can be dealt in few ways, and how far alike ways may differ


class Dealt(NamedTuple):
    """What dealt stories say of each term: p, and the draws behind it."""

    p: np.ndarray
    n_draws: np.ndarray


class _Parts(NamedTuple):
    """What each story has on one side: words in windows and outside, and by term; which side, and which story."""

    inside: np.ndarray
    outside: np.ndarray
    here: sparse.csr_array  # shape (n_parts, n_terms), as is rest
    rest: sparse.csr_array
    side: np.ndarray
    story: np.ndarray


def deal_stories(
    sides: tuple[Around, Around], names: np.ndarray, *, n_draws: int = 1000, seed: int = 20151223
) -> Dealt:
    """Hold each difference of log odds ratios against those of stories dealt at random.

    Parameters
    ----------
    sides : pair of Around
        Counts of the two sides over the same documents and terms.
    names : ndarray of str
        Name of each document: stories go by the first name of theirs, so that the order of documents changes nothing.
    n_draws : int
        Draws of every term; terms that fewer than ten draws reach have up to 20 times as many.
    seed : int
        Seed.

    Notes
    -----
    Stories with words in windows are dealt among themselves, and those without, each side keeping its number of both;
    a story with parts on both sides has them exchanged, or not, with a chance of one half. What is compared is the
    difference over its standard error, worked out anew in each draw (Chung and Romano 2013), so that sides that differ
    in length or in the spread of their stories, but not in company, are seldom told apart. p is (b + 1) / (m + 1) with
    b of m draws as strong, of terms in 20 stories or fewer nearly as strong: these can be dealt in few ways, and the
    same way has another strength where the sides differ in words; a term that has had ten such draws after m stops
    there with 10 / m (Besag and Clifford 1991).

    References
    ----------
    Besag, J. and Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78, 301-304.
    doi:10.1093/biomet/78.2.301

    Chung, E. and Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of Statistics 41,
    484-507. doi:10.1214/13-AOS1090
    """
    parts = _parts(sides, names)
    random = np.random.default_rng(seed)
    deal = _Deal(parts)
    n_terms = sides[0].n_terms
    strength = np.abs(_strengths(parts, (parts.side == 0).astype(float)[:, None])[:, 0])
    stories = np.bincount(sparse.csr_array(parts.here + parts.rest).indices, minlength=n_terms)
    wanted = strength * (1 - np.where(stories <= _RARE, _NEAR, _ALIKE))
    reached, drawn = np.zeros(n_terms, np.int64), np.zeros(n_terms, np.int64)
    asked = np.arange(n_terms)
    most = n_draws * _FURTHER
    while len(asked):
        done = int(drawn[asked].max())
        n = min(_AT_ONCE, (n_draws if done < n_draws else most) - done)
        own = parts._replace(here=parts.here[:, asked], rest=parts.rest[:, asked])
        found = np.abs(_strengths(own, deal.draw(random, n)))
        as_strong = np.cumsum(found >= wanted[asked, None], axis=1) + reached[asked, None]
        enough = as_strong >= _ENOUGH
        stop = np.where(enough.any(axis=1), enough.argmax(axis=1), n - 1)
        reached[asked] = as_strong[np.arange(len(asked)), stop]
        drawn[asked] += stop + 1
        asked = asked[(reached[asked] < _ENOUGH) & (drawn[asked] < most)]
    few = reached < _ENOUGH
    return Dealt((reached + few) / (drawn + few), drawn)


def _parts(sides: tuple[Around, Around], names: np.ndarray) -> _Parts:
    """Add up by story what each has on each side, in the order of the names."""
    story = sides[0].story
    first = np.unique(names, return_inverse=True)[1]
    if story is not None:
        least = np.full(int(story.max(initial=0)) + 1, len(names))
        np.minimum.at(least, story, first)
        first = least[story]
    made = []
    for number, side in enumerate(sides):
        shape = (len(names), side.n_terms)
        held = np.unique(first[(side.inside + side.outside) > 0])
        tables = [
            sparse.csr_array(sparse.coo_array((values, (first[side.unit], side.term)), shape=shape))[held]
            for values in (side.here, side.n - side.here)
        ]
        words = [np.bincount(first, part, len(names))[held] for part in (side.inside, side.outside)]
        made.append((*words, *tables, np.full(len(held), number), held))
    columns = list(zip(*made, strict=True))
    inside, outside, side, own = (np.concatenate(columns[place]) for place in (0, 1, 4, 5))
    here, rest = (sparse.csr_array(sparse.vstack(columns[place])) for place in (2, 3))
    return _Parts(inside, outside, here, rest, side, own)


class _Deal:
    """Stories that can change sides."""

    def __init__(self, parts: _Parts) -> None:
        both = np.isin(parts.story, parts.story[parts.side == 0]) & np.isin(parts.story, parts.story[parts.side == 1])
        first, second = (np.flatnonzero(both & (parts.side == side)) for side in (0, 1))
        self.pairs = first[np.argsort(parts.story[first])], second[np.argsort(parts.story[second])]
        alone = np.flatnonzero(~both)
        alone = alone[np.argsort(parts.story[alone], kind="stable")]
        has = parts.inside[alone] > 0
        self.strata = [(rows, int((parts.side[rows] == 0).sum())) for rows in (alone[has], alone[~has])]
        self.n_parts = len(parts.side)

    def draw(self, random: np.random.Generator, n: int) -> np.ndarray:
        """Return for each part and draw whether it lies on the first side: shape (n_parts, n)."""
        out = np.zeros((self.n_parts, n))
        for rows, n_first in self.strata:
            if 0 < n_first < len(rows):
                keys = random.random((n, len(rows)))
                last = np.partition(keys, n_first - 1, axis=1)[:, n_first - 1, None]
                out[rows] = (keys <= last).T
            elif n_first:
                out[rows] = 1
        if len(self.pairs[0]):
            stay = random.random((len(self.pairs[0]), n)) < 0.5
            out[self.pairs[0]], out[self.pairs[1]] = stay, ~stay
        return out


def _strengths(parts: _Parts, dealt: np.ndarray) -> np.ndarray:
    """Return the difference of the log odds ratios over its standard error: shape (n_terms, n_draws)."""
    found = [_odds(parts, own) for own in (dealt, 1 - dealt)]
    apart = found[1][0] - found[0][0]
    return np.divide(apart, np.sqrt(found[0][1] + found[1][1]))


def _odds(parts: _Parts, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log odds ratio of one side in each draw, and its variance between stories.

    The variance is that of the linearised estimate, and never less than that of independent words.
    """
    here, rest, inside, outside = parts.here, parts.rest, parts.inside, parts.outside
    size, others = (inside @ own)[None], (outside @ own)[None]
    n, m = here.T @ own, rest.T @ own
    p, q = (n + 0.5) / (size + 1), (m + 0.5) / (others + 1)
    by_window, by_outside = sparse.diags_array(inside), sparse.diags_array(outside)
    squares = (here * here).T @ own - 2 * p * ((by_window @ here).T @ own) + p * p * ((inside**2) @ own)[None]
    others_squares = (rest * rest).T @ own - 2 * q * ((by_outside @ rest).T @ own) + q * q * ((outside**2) @ own)[None]
    crossed = (here * rest).T @ own - p * ((by_window @ rest).T @ own) - q * ((by_outside @ here).T @ own)
    crossed = crossed + p * q * ((inside * outside) @ own)[None]
    one, two = (size + 1) * p * (1 - p), (others + 1) * q * (1 - q)
    variance = squares / one**2 + others_squares / two**2 - 2 * crossed / (one * two)
    return np.log(p / (1 - p)) - np.log(q / (1 - q)), np.maximum(variance, 1 / one + 1 / two)

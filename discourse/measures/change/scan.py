"""The scan for breaks: every stretch of periods, every cut in it, and stories in random order to hold them against."""

from typing import NamedTuple

import numpy as np

__all__ = ["Scan", "Stories", "likely_cut", "narrow_regions", "scan"]

_MOST_BORDERS = 60  # borders at which a stretch may begin or end
_AT_ONCE = 4_000_000  # sums held at once


class Stories(NamedTuple):
    """Stories in a fixed order: period of each (from 0, none empty), numerator, denominator."""

    period: np.ndarray
    y: np.ndarray
    x: np.ndarray

    @property
    def n_periods(self) -> int:
        """Number of periods with stories."""
        return int(self.period.max(initial=-1)) + 1


class Scan(NamedTuple):
    """Strength of each stretch of periods (``first`` to ``last``, both in it), and the strongest of each draw."""

    first: np.ndarray
    last: np.ndarray
    strength: np.ndarray
    draws: np.ndarray

    def threshold(self, level: float) -> float:
        """Return the strength that stories in random order pass, anywhere, in 1 - level of all draws."""
        ordered = np.sort(np.r_[self.draws, np.inf])
        return float(ordered[min(int(np.ceil(level * len(ordered))) - 1, len(ordered) - 1)])

    def between(self, low: int, high: int, cut: int) -> float:
        """Return the largest strength of the stretches of the periods low to high that hold a cut."""
        here = (self.first >= low) & (self.last <= high) & (self.first < cut) & (self.last >= cut)
        return float(self.strength[here].max(initial=-np.inf))

    def p(self, strength: float) -> float:
        """Return how often stories in random order show as much strength anywhere."""
        return float((1 + (self.draws >= strength - 1e-9).sum()) / (1 + len(self.draws)))


def scan(stories: Stories, *, n_draws: int, seed: int) -> Scan:
    """Measure how strongly the level changes within each stretch of periods.

    The strength of a stretch is its largest standardised sum of residuals over all cuts, less a penalty for how short
    it is: max |S_k| / sd(S_k) - sqrt(2 log(e n / m)), where S_k adds up, over the stories before the cut, what they
    deviate from the ratio of the stretch, sd(S_k) is its exact standard deviation over the orders of these stories, n
    are all stories and m those of the stretch. The stretch normalises itself, so that other breaks do not enter.

    Notes
    -----
    Stories are shuffled over the places that the periods have, so that numbers per period stay. Sums are taken per
    period, so that the cost does not grow with the stories beyond the shuffling.
    """
    m = stories.n_periods
    sizes = np.bincount(stories.period, minlength=m)
    ends = _borders(sizes)
    pairs = [(a, b) for place, a in enumerate(ends[:-1]) for b in ends[place + 1 :] if b - a > 1]
    first, last = np.array([a for a, _ in pairs], dtype=np.int64), np.array([b - 1 for _, b in pairs], dtype=np.int64)
    if not pairs:
        return Scan(first, last, np.zeros(0), np.full(n_draws, -np.inf))
    counts = np.r_[0, np.cumsum(sizes)]
    observed = _strengths(_prefix(stories, np.arange(len(stories.y))[None, :], m), counts, pairs)
    draws = np.empty(n_draws)
    rng = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(len(stories.y), 5 * m))
    for begin in range(0, n_draws, step):
        rows = min(step, n_draws - begin)
        order = rng.permuted(np.broadcast_to(np.arange(len(stories.y)), (rows, len(stories.y))), axis=1)
        draws[begin : begin + rows] = _strengths(_prefix(stories, order, m), counts, pairs).max(axis=1)
    return Scan(first, last, observed[0], draws)


def _borders(sizes: np.ndarray) -> list[int]:
    """Return the places between periods at which stretches begin and end: all, or about as many stories apart."""
    m = len(sizes)
    if m <= _MOST_BORDERS:
        return list(range(m + 1))
    shares = np.cumsum(sizes) / sizes.sum()
    inner = np.searchsorted(shares, np.linspace(0, 1, _MOST_BORDERS + 1)[1:-1]) + 1
    return [0, *sorted(set(inner.tolist()) - {0, m}), m]


def _prefix(stories: Stories, order: np.ndarray, m: int) -> np.ndarray:
    """Return sums up to each period of y, x, yy, xy, xx: shape (5, n_orders, n_periods + 1)."""
    y, x = stories.y, stories.x
    rows = len(order)
    starts = np.r_[0, np.flatnonzero(np.diff(stories.period)) + 1]
    out = np.zeros((5, rows, m + 1))
    for place, values in enumerate((y, x, y * y, x * y, x * x)):
        out[place, :, 1:] = np.add.reduceat(values[order], starts, axis=1).cumsum(axis=1)
    return out


def _strengths(sums: np.ndarray, counts: np.ndarray, pairs: list[tuple[int, int]]) -> np.ndarray:
    out = np.empty((sums.shape[1], len(pairs)))
    total = counts[-1]
    for place, (a, b) in enumerate(pairs):
        n = counts[b] - counts[a]
        out[:, place] = _cusum(sums, counts, a, b).max(axis=1) - np.sqrt(2 * np.log(np.e * total / n))
    return out


def _cusum(sums: np.ndarray, counts: np.ndarray, a: int, b: int) -> np.ndarray:
    """Return the standardised sum of residuals before each cut inside the periods a to b - 1."""
    n = counts[b] - counts[a]
    before = counts[a + 1 : b] - counts[a]
    y, x, yy, xy, xx = sums[:, :, b] - sums[:, :, a]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(x > 0, y / x, 0.0)
        squares = yy - 2 * ratio * xy + ratio**2 * xx
        parts = (sums[0, :, a + 1 : b] - sums[0, :, a, None]) - ratio[:, None] * (
            sums[1, :, a + 1 : b] - sums[1, :, a, None]
        )
        spread = np.sqrt(np.maximum(squares, 0)[:, None] * (before * (n - before) / (n * max(n - 1, 1)))[None, :])
        # where all agree but for rounding, nothing stands out
        strong = np.where(squares[:, None] > 1e-9 * np.maximum(yy, 1e-300)[:, None], np.abs(parts) / spread, 0.0)
    return np.nan_to_num(strong, nan=0.0, posinf=0.0)


def narrow_regions(found: Scan, threshold: float) -> list[tuple[int, int, float]]:
    """Return the narrowest stretches whose strength passes the threshold, one after another.

    Returns
    -------
    list of (first period, last period, strength)
        In order of time: somewhere in each the level must change. They share no more than a period.

    References
    ----------
    Fryzlewicz, P. (2024). Narrowest significance pursuit: inference for multiple change-points in linear models.
    Journal of the American Statistical Association 119, 1633-1646. doi:10.1080/01621459.2023.2211733
    """
    passed = found.strength > threshold
    open_ = [(0, int(found.last.max(initial=-1)))]
    regions = []
    while open_:
        low, high = open_.pop()
        here = np.flatnonzero(passed & (found.first >= low) & (found.last <= high))
        if not len(here):
            continue
        widths = found.last[here] - found.first[here]
        best = here[np.lexsort((-found.strength[here], widths))[0]]
        first, last = int(found.first[best]), int(found.last[best])
        regions.append((first, last, float(found.strength[best])))
        open_ += [(low, first), (last, high)]
    return sorted(regions)


def likely_cut(stories: Stories, low: int, high: int, region: tuple[int, int]) -> int:
    """Return the first period of the later level: the strongest cut of the periods low to high inside a region."""
    sums = _prefix(stories, np.arange(len(stories.y))[None, :], stories.n_periods)
    counts = np.r_[0, np.cumsum(np.bincount(stories.period, minlength=stories.n_periods))]
    strong = _cusum(sums, counts, low, high + 1)[0]
    cuts = np.arange(low + 1, high + 1)
    inside = (cuts > region[0]) & (cuts <= region[1])
    return int(cuts[inside][np.argmax(strong[inside])])

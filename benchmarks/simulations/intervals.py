"""Simulations of intervals: how often those of shares, means, rates, clusters and bands cover; and what was dropped.

Runs of a cell are groups of one call, as the periods of a series are. Shares of documents are counted out: each count
from 0 to n has its probability, so that their coverage is exact.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.special import betainc, gammaincinv, stdtrit
from scipy.stats import binom, norm

from discourse.measures.bands import band_by_group
from discourse.measures.draws import hash_names, hashed_weights
from discourse.measures.intervals import ratio_by_group, wilson_interval

RUNS = 5_000
_SIZES = (1, 2, 3, 4, 5, 10, 20, 50, 200, 2000)
_CLUSTERS = (2, 5, 10, 20, 50, 200)
_AT_ONCE = 2_000_000  # documents of one call
_CODES = np.arange(-2, 3)
_SHARES = (0.005, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
_MEANS = {
    "spread evenly over the five codes": (0.2, 0.2, 0.2, 0.2, 0.2),
    "spread, most at 0": (0.1, 0.2, 0.4, 0.2, 0.1),
    "two camps": (0.1, 0.3, 0.0, 0.3, 0.3),
    "half at either end": (0.5, 0.0, 0.0, 0.0, 0.5),
    "concentrated at +1": (0.02, 0.03, 0.05, 0.7, 0.2),
    "concentrated at the end": (0.0, 0.0, 0.05, 0.15, 0.8),
    "9 of 10 at +1, else +2": (0.0, 0.0, 0.0, 0.9, 0.1),
    "95 of 100 at +1, else -2": (0.05, 0.0, 0.0, 0.95, 0.0),
}
_RATES = {  # matches per 1,000 words, and k of the negative binomial of a document
    "10 per 1,000 words, Poisson": (10, None),
    "1, Poisson": (1, None),
    "0.1, Poisson": (0.1, None),
    "10, negative binomial k = 1": (10, 1),
    "3, negative binomial k = 1": (3, 1),
    "1, negative binomial k = 1": (1, 1),
    "10, negative binomial k = 0.2": (10, 0.2),
    "1, negative binomial k = 0.2": (1, 0.2),
}
_KINDS = {  # sizes of clusters, and what the documents of one have in common
    "copies, 1 to 12 a story": ("wire", 1.0),
    "copies, 10 a story": ("ten", 1.0),
    "10 documents, intraclass correlation .2": ("ten", 0.2),
    "10 documents, .05": ("ten", 0.05),
    "10 documents, 0": ("ten", 0.0),
    "40 documents, .05": ("forty", 0.05),
    "uneven, median 12 documents, .1": ("uneven", 0.1),
}
_QUANTITIES = {
    "share .1": ("share", 0.1),
    "share .3": ("share", 0.3),
    "share .5": ("share", 0.5),
    "mean, spread": ("mean", (0.1, 0.2, 0.4, 0.2, 0.1)),
    "mean, concentrated": ("mean", (0.02, 0.03, 0.05, 0.7, 0.2)),
    "rate 10, Poisson": ("rate", (10, None)),
    "rate 10, k = 1": ("rate", (10, 1)),
}


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page of simulations, by title."""
    return {
        "Shares of documents (exact; a mark ° where no interval can do better)": shares_table(),
        "Mean positions of documents": means_table(runs, seed),
        "Rates of documents of 200 to 1,800 words": rates_table(runs, seed),
        "Clusters (columns: number of clusters)": clusters_table(max(1, runs // 2), seed),
        "Bands over 5 and 25 periods: all points covered at once": bands_table(max(1, runs // 16), seed),
        "What was tried": tried_table(max(1, runs // 2), seed),
    }


def cover(lower: np.ndarray, upper: np.ndarray, truth: float) -> np.ndarray:
    """Tell which intervals hold the truth."""
    return (lower <= truth + 1e-9) & (upper >= truth - 1e-9)


def shares_table() -> pd.DataFrame:
    """Return the exact coverage of shares by number of documents."""
    return pd.DataFrame(
        [{"share": _short(share)} | {str(n): _exact_cell(share, n) for n in _SIZES} for share in _SHARES]
    )


def _exact_cell(share: float, n: int) -> str:
    counts = np.arange(n + 1)
    likely = binom.pmf(counts, n, share)
    lower, upper = _share_bounds(counts, n)
    covered = float(likely[cover(lower, upper, share)].sum())
    mark = "°" if covered > 0.97 and least_coverage(share, n) > 0.97 else ""
    return _short(covered) + mark


def _share_bounds(counts: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return bounds for each count among n documents."""
    chosen = np.flatnonzero(binom.pmf(counts, n, 0.5) >= 0) if n <= 200 else counts
    rows = (np.arange(n)[None, :] < counts[chosen][:, None]).astype(np.int8)
    lower, upper = [], []
    step = max(1, _AT_ONCE // n)
    for first in range(0, len(rows), step):
        part = rows[first : first + step]
        groups = np.repeat(np.arange(len(part)), n)
        found = ratio_by_group(part.reshape(-1, 1), np.ones(part.size), groups, [""] * len(part), kind="share")
        lower.append(found["lower"][:, 0])
        upper.append(found["upper"][:, 0])
    return np.concatenate(lower), np.concatenate(upper)


def least_coverage(share: float, n: int) -> float:
    """Return the least coverage of a set of counts that leaves out at most .035 on either side."""
    counts = np.arange(n + 1)
    first = int((binom.cdf(counts, n, share) <= 0.035).sum())
    last = n - int((binom.sf(counts - 1, n, share) <= 0.035).sum())
    return float(binom.cdf(last, n, share) - (binom.cdf(first - 1, n, share) if first else 0))


def _batches(runs: int, documents: float) -> list[int]:
    step = max(1, int(_AT_ONCE // max(documents, 1)))
    return [min(step, runs - first) for first in range(0, runs, step)]


def means_table(runs: int, seed: int) -> pd.DataFrame:
    """Return the coverage of mean positions by number of documents."""
    rng = np.random.default_rng(seed)
    rows = []
    for name, law in _MEANS.items():
        row: dict[str, str] = {"codes": name}
        for n in _SIZES:
            hits = [
                _covered(rng.choice(_CODES, p=law, size=size * n), np.ones(size * n), n, "mean", float(_CODES @ law))
                for size in _batches(_runs_of(runs, n), n)
            ]
            row[str(n)] = _short(np.concatenate(hits).mean())
        rows.append(row)
    return pd.DataFrame(rows)


def rates_table(runs: int, seed: int) -> pd.DataFrame:
    """Return the coverage of rates by number of documents."""
    rng = np.random.default_rng(seed)
    rows = []
    for name, (rate, k) in _RATES.items():
        row: dict[str, str] = {"matches": name}
        for n in _SIZES:
            hits = []
            for size in _batches(_runs_of(runs, n), n):
                matches, words = draw_matches(rng, size * n, rate, k)
                hits.append(_covered(matches, words, n, "rate", rate / 1000))
            row[str(n)] = _short(np.concatenate(hits).mean())
        rows.append(row)
    return pd.DataFrame(rows)


def _runs_of(runs: int, n: int) -> int:
    return max(1, runs // (1 if n <= 50 else 2 if n <= 200 else 5))


def draw_matches(rng: np.random.Generator, n: int, rate: float, k: float | None) -> tuple[np.ndarray, np.ndarray]:
    """Return matches and words of documents."""
    words = rng.integers(200, 1800, n).astype(float)
    expected = rate * words / 1000 * (1 if k is None else rng.gamma(k, 1 / k, n))
    return rng.poisson(expected).astype(float), words


def _covered(top: np.ndarray, below: np.ndarray, n: int, kind: str, truth: float) -> np.ndarray:
    groups = np.repeat(np.arange(len(top) // n), n)
    found = ratio_by_group(top[:, None], below, groups, [""] * (len(top) // n), kind=kind)
    return cover(found["lower"][:, 0], found["upper"][:, 0], truth)


def clusters_table(runs: int, seed: int) -> pd.DataFrame:
    """Return the coverage with clusters as units."""
    rng = np.random.default_rng(seed)
    rows = []
    for kind_name, (sizes, common) in _KINDS.items():
        for name, (kind, law) in _QUANTITIES.items():
            row: dict[str, str] = {"clusters of": kind_name, "measure": name}
            for n in _CLUSTERS:
                hits = []
                for size in _batches(_runs_of(runs, n * 5), n * 20):
                    top, below, clusters, truth = draw_clusters(rng, size * n, sizes, common, kind, law)
                    found = ratio_by_group(top[:, None], below, clusters // n, [""] * size, kind=kind, units=clusters)
                    hits.append(cover(found["lower"][:, 0], found["upper"][:, 0], truth))
                row[str(n)] = _short(np.concatenate(hits).mean())
            rows.append(row)
    return pd.DataFrame(rows)


def draw_clusters(
    rng: np.random.Generator, n: int, sizes: str, common: float, kind: str, law: object
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return numerators, denominators and clusters of documents, and the truth."""
    number = {
        "wire": lambda: np.minimum(rng.geometric(0.4, n), 12),
        "ten": lambda: np.full(n, 10),
        "forty": lambda: np.full(n, 40),
        "uneven": lambda: np.maximum(1, np.round(rng.lognormal(2.5, 0.8, n))).astype(int),
    }[sizes]()
    cluster = np.repeat(np.arange(n), number)
    size = len(cluster)
    if kind == "share":
        share = float(law)  # type: ignore[arg-type]
        if common in (0.0, 1.0):
            own = share
        else:
            spread = 1 / common - 1
            own = rng.beta(share * spread, (1 - share) * spread, n)[cluster]
        top = (rng.random(n) < share)[cluster] if common == 1 else rng.random(size) < own
        return top.astype(float), np.ones(size), cluster, share
    if kind == "mean":
        shared = rng.choice(_CODES, p=law, size=n)[cluster]
        codes = np.where(rng.random(size) < np.sqrt(common), shared, rng.choice(_CODES, p=law, size=size))
        return codes.astype(float), np.ones(size), cluster, float(_CODES @ np.array(law))
    rate, k = law  # type: ignore[misc]
    if common == 1:
        top, words = draw_matches(rng, n, rate, k)
        return top[cluster], words[cluster], cluster, rate / 1000
    words = rng.integers(200, 1800, size).astype(float)
    expected = rate * words / 1000
    if common:
        expected = expected * rng.gamma(1 / common, common, n)[cluster]
    if k is not None:
        expected = expected * rng.gamma(k, 1 / k, size)
    return rng.poisson(expected).astype(float), words, cluster, rate / 1000


def bands_table(runs: int, seed: int) -> pd.DataFrame:
    """Return how often bands cover all periods at once."""
    rng = np.random.default_rng(seed)
    rows = []
    asked: list[tuple[str, str, object]] = [
        ("share .1", "share", 0.1),
        ("share .3", "share", 0.3),
        ("share .5", "share", 0.5),
        ("mean, spread", "mean", (0.1, 0.2, 0.4, 0.2, 0.1)),
        ("rate 10, Poisson", "rate", (10, None)),
        ("rate 10, k = 1", "rate", (10, 1)),
    ]
    for periods in (5, 25):
        for name, kind, law in asked:
            row: dict[str, object] = {"periods": periods, "measure": name}
            for n in (5, 10, 20, 50):
                row[str(n)] = _short(_band_coverage(rng, runs, periods, n, kind, law))
            rows.append(row)
        row = {"periods": periods, "measure": "share .3, each story in two periods"}
        for n in (5, 10, 20, 50):
            row[str(n)] = _short(_band_coverage(rng, runs, periods, n, "share", 0.3, story=2))
        rows.append(row)
    return pd.DataFrame(rows)


def _band_coverage(
    rng: np.random.Generator, runs: int, periods: int, n: int, kind: str, law: object, story: int = 1
) -> float:
    """Return the share of runs in which the band covers all periods: the runs are the lines of one call."""
    step = max(2, 50_000 // (periods * n) // 2 * 2)
    hits = 0
    for first in range(0, runs, step):
        size = min(step, runs - first)
        groups = np.arange(size * periods * n) // n
        names = np.arange(len(groups))
        top, below, _, truth = draw_clusters(rng, len(names), "ten", 1.0, kind, law)
        top, below = top[::10], below[::10]
        if story == 2:  # document i of a period is the second report of the story of document i of the period before it
            second = groups % 2 == 1
            names = np.where(second, names - n, names)
            top = top[names]
        lower, upper = band_by_group(
            top[:, None], below, groups, [""] * (size * periods), hash_names(f"{first}-{name}" for name in names),
            np.arange(size * periods) // periods, kind=kind,
        )  # fmt: skip
        hits += int(cover(lower[:, 0], upper[:, 0], truth).reshape(size, periods).all(axis=1).sum())
    return hits / runs


def tried_table(runs: int, seed: int) -> pd.DataFrame:
    """Return the coverage of methods that were tried and dropped beside the one that was kept."""
    rng = np.random.default_rng(seed)
    cells: list[tuple[str, str, object]] = [
        ("share .02", "share", 0.02),
        ("share .1", "share", 0.1),
        ("mean, most at 0", "mean", (0.1, 0.2, 0.4, 0.2, 0.1)),
        ("mean, concentrated at +1", "mean", (0.02, 0.03, 0.05, 0.7, 0.2)),
        ("mean, 95 of 100 at +1, else -2", "mean", (0.05, 0.0, 0.0, 0.95, 0.0)),
        ("rate 10, Poisson", "rate", (10, None)),
        ("rate 10, k = 1", "rate", (10, 1)),
    ]
    rows = []
    for name, kind, law in cells:
        drawn = {n: _drawn_documents(rng, runs, n, kind, law) for n in (2, 5, 10, 20, 50)}
        for method, bounds in {**_TRIED[kind], "kept": _kept}.items():
            row: dict[str, str] = {"measure": name, "method": method}
            for n, (top, below, truth) in drawn.items():
                lower, upper = bounds(top, below, kind)
                row[str(n)] = _short(cover(lower, upper, truth).mean())
                if n in (5, 20):
                    width = np.median(upper - lower)
                    row[f"median width, {n}"] = f"{width * 1000:.1f}" if kind == "rate" else f"{width:.2f}"
            rows.append(row)
    table = pd.DataFrame(rows)
    widths = [name for name in table if name.startswith("median")]
    return table[[*(name for name in table if name not in widths), *widths]]


def _drawn_documents(
    rng: np.random.Generator, runs: int, n: int, kind: str, law: object
) -> tuple[np.ndarray, np.ndarray, float]:
    top, below, _, truth = draw_clusters(rng, runs * n, "ten", 1.0, kind, law)
    return top[::10].reshape(runs, n), below[::10].reshape(runs, n), truth


def _kept(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    runs, n = top.shape
    groups = np.repeat(np.arange(runs), n)
    found = ratio_by_group(top.reshape(-1, 1), below.ravel(), groups, [""] * runs, kind=kind)
    return found["lower"][:, 0], found["upper"][:, 0]


def _percentile(top: np.ndarray, below: np.ndarray, kind: str, *, expanded: bool = False) -> tuple:
    """Bayesian bootstrap; expanded as Hesterberg (2015) does."""
    n = top.shape[1]
    weights = hashed_weights(range(n), n_draws=1000).astype(float)
    draws = (top @ weights) / (below @ weights)
    tail = 0.025
    if expanded and n > 1:
        tail = float(norm.cdf(np.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.025)))
    return np.quantile(draws, tail, axis=1), np.quantile(draws, 1 - tail, axis=1)


def _linear(top: np.ndarray, below: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    n = top.shape[1]
    ratio = top.sum(axis=1) / below.sum(axis=1)
    residual = top - ratio[:, None] * below
    error = np.sqrt(n / (n - 1) * (residual**2).sum(axis=1)) / below.sum(axis=1)
    return ratio, error, float(stdtrit(n - 1, 0.975))


def _students(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    ratio, error, t = _linear(top, below)
    return ratio - t * error, ratio + t * error


def _smoothed(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Student's t with half a document of the largest variance on the scale from -2 to 2."""
    ratio, error, _ = _linear(top, below)
    n = top.shape[1]
    variance = (error**2 * n * (n - 1) + 0.5 * 4) / (n - 0.5) / n
    half = stdtrit(n - 0.5, 0.975) * np.sqrt(variance)
    return ratio - half, ratio + half


def _log_students(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Student's t on the logarithm, with the variance of a Poisson count at least; Garwood's bound without matches."""
    ratio, error, t = _linear(top, below)
    count, words = top.sum(axis=1), below.sum(axis=1)
    error = np.maximum(error, np.sqrt(np.maximum(count, 1)) / words)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.exp(t * error / ratio)
        upper = np.where(count > 0, ratio * half, gammaincinv(1, 0.975) / words)
        return np.where(count > 0, ratio / half, 0.0), upper


def _wilson(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    return wilson_interval(top.sum(axis=1), below.sum(axis=1))


def _middle(top: np.ndarray, below: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Clopper and Pearson's interval with half of the probability of the count itself, by bisection."""
    count, n = top.sum(axis=1), below.sum(axis=1)

    def above(share: np.ndarray) -> np.ndarray:
        at_least = np.where(count > 0, betainc(np.maximum(count, 1e-9), n - count + 1, share), 1.0)
        more = np.where(count < n, betainc(count + 1, np.maximum(n - count, 1e-9), share), 0.0)
        return (at_least + more) / 2

    bounds = []
    for tail in (0.025, 0.975):
        low, high = np.zeros(len(count)), np.ones(len(count))
        for _ in range(50):
            middle = (low + high) / 2
            under = above(middle) < tail
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        bounds.append((low + high) / 2)
    return np.where(count == 0, 0.0, bounds[0]), np.where(count == n, 1.0, bounds[1])


def _expanded(top: np.ndarray, below: np.ndarray, kind: str) -> tuple:
    return _percentile(top, below, kind, expanded=True)


_Bounds = Callable[[np.ndarray, np.ndarray, str], tuple[np.ndarray, np.ndarray]]
_BOOT: dict[str, _Bounds] = {"percentiles of the bootstrap": _percentile, "expanded percentiles": _expanded}
_TRIED: dict[str, dict[str, _Bounds]] = {
    "share": {**_BOOT, "Wilson": _wilson, "Clopper-Pearson, mid-p": _middle},
    "mean": {**_BOOT, "Student's t": _students, "t, variance smoothed": _smoothed},
    "rate": {**_BOOT, "log t, floored at Poisson": _log_students},
}


def _short(value: float) -> str:
    """Return a probability as .95."""
    text = f"{value:.3f}"
    return "1" if text == "1.000" else text.lstrip("0")

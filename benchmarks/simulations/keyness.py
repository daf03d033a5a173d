"""Simulations of keyness and dispersion: false findings in random halves, planted differences, coverage.

Corpora are drawn anew in each run as counts: stories of log-normal length that come in one to five copies, words by
Zipf's law in bursts (a negative binomial law over stories, k = .3).
"""

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.measures.lexis.adjusting import adjust_rate
from discourse.measures.lexis.contingency import log_likelihood
from discourse.measures.lexis.dispersion import deviation_interval
from discourse.measures.lexis.keyness_tests import rank_sum, shuffle_stories
from discourse.measures.lexis.log_ratios import measure_log_ratios
from discourse.measures.lexis.sets import Sets

RUNS = 200
_LEVEL = 0.05
_TERMS, _BURSTS, _PLANTED, _FREQUENT = 500, 0.3, 40, 60  # planted among the most frequent
_LARGE = 1_000_000  # stories that stand for infinitely many
_RATIO_CELLS = ((20, 0.3, 1), (20, 1.0, 1), (50, 0.3, 1), (50, 1.0, 1), (50, 0.3, 5), (200, 0.3, 1), (200, 0.3, 5))
_DP_CELLS = ((20, 0.005, 0.3), (50, 0.001, 1.0), (50, 0.005, 0.3), (200, 0.001, 0.3), (200, 0.005, 1.0))


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page of simulations, by title."""
    return {
        "Keyness of random halves: share of 500 words with p < .05, corpora with any finding": _null_table(runs, seed),
        "Keyness with 40 of 500 words planted: found, and false among the found": _planted_table(runs, seed),
        "Coverage of the 95% interval of the log ratio; of the conservative one for all words": _ratio_table(
            runs, seed
        ),
        "Coverage of the 95% interval of DP": _dispersion_table(5 * runs, seed),
    }


def rates(n_terms: int) -> np.ndarray:
    """Return the rates of words by Zipf's law, from one word in a hundred down."""
    return 0.01 / np.arange(1, n_terms + 1) ** 0.7


def draw(
    rng: np.random.Generator, n_stories: int, rate: np.ndarray, bursts: float, copies: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the counts of each story, its length, and in how many copies it was printed."""
    length = np.clip(rng.lognormal(5.3, 0.5, n_stories), 30, None).astype(int)
    mean = np.outer(length, rate) if rate.ndim == 1 else length[:, None] * rate
    counts = rng.poisson(mean * rng.gamma(bursts, 1 / bursts, mean.shape))
    return counts, length, rng.integers(1, copies + 1, n_stories)


def sets_of(counts: np.ndarray, length: np.ndarray, copies: np.ndarray, side: np.ndarray, *, by: str) -> Sets:
    """Return the two sets, with stories or with documents as units."""
    printed = np.repeat(np.arange(len(length)), copies)
    if by == "document":
        counts, length, side, copies = counts[printed], length[printed], side[printed], np.ones(len(printed), int)
        printed = np.arange(len(length))
    order = np.argsort(side, kind="stable")
    parts = sparse.csr_array((counts * copies[:, None])[order])
    n_terms = counts.shape[1]
    docs_with = np.stack([((counts > 0) * copies[:, None])[side == place].sum(axis=0) for place in (0, 1)])
    number = np.empty(len(order), int)
    number[order] = np.arange(len(order))
    of_document = np.argsort(side[printed], kind="stable")
    return Sets(
        names=pd.Index([str(place) for place in range(n_terms)]), words=("a", "b"), counts=parts,
        tokens=(length * copies)[order], side=side[order], unit=np.arange(len(order)), docs_with=docs_with,
        lengths=length[printed][of_document], length_side=side[printed][of_document],
        length_unit=number[printed][of_document],
    )  # fmt: skip


def _tests(sets: Sets, seed: int) -> dict[str, np.ndarray]:
    n = [np.asarray(sets.counts[sets.side == side].sum(axis=0)).ravel() for side in (0, 1)]
    totals = [int(sets.tokens[sets.side == side].sum()) for side in (0, 1)]
    with_term = [np.bincount(sets.counts[sets.side == side].indices, minlength=len(n[0])) for side in (0, 1)]
    shuffled = shuffle_stories(sets, n_draws=1000, seed=seed)
    return {
        "shuffled": shuffled.p,
        "shuffled, max-T": shuffled.p_any,
        "Wilcoxon": rank_sum(sets),
        "text dispersion": log_likelihood(with_term[0], sets.n_units(0), with_term[1], sets.n_units(1))[1],
        "pooled G2": log_likelihood(n[0], totals[0], n[1], totals[1])[1],
    }


def _found(name: str, p: np.ndarray) -> np.ndarray:
    return (p if name.endswith("max-T") else adjust_rate(p)) < _LEVEL


def _null_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    for copies, by in ((1, "story"), (5, "story"), (5, "document")):
        below: dict[str, list[float]] = {}
        found: dict[str, list[int]] = {}
        for run in range(runs):
            rng = np.random.default_rng([seed, 1, copies, run])
            counts, length, printed = draw(rng, 120, rates(_TERMS), _BURSTS, copies)
            side = rng.permutation(np.repeat([0, 1], 60))
            for name, p in _tests(sets_of(counts, length, printed, side, by=by), run).items():
                below.setdefault(name, []).append(float((p < _LEVEL).mean()))
                found.setdefault(name, []).append(int(_found(name, p).sum()))
        rows += [
            {"copies": f"1 to {copies}" if copies > 1 else "1", "unit": by, "test": name,
             "p < .05": None if name.endswith("max-T") else round(float(np.mean(below[name])), 3),
             "corpora with a finding": round(float(np.mean(np.array(found[name]) > 0)), 3),
             "words found": round(float(np.mean(found[name])), 1)}
            for name in below
        ]  # fmt: skip
    return pd.DataFrame(rows)


def _planted_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    for n_stories, ratio in ((100, 4.0), (200, 8.0), (400, 4.0)):
        power: dict[str, list[float]] = {}
        false: dict[str, list[float]] = {}
        for run in range(runs):
            rng = np.random.default_rng([seed, 2, n_stories, run])
            side = np.repeat([0, 1], n_stories)
            planted = rng.choice(_FREQUENT, _PLANTED, replace=False)
            rate = np.tile(rates(_TERMS), (2 * n_stories, 1))
            root = np.where(rng.random(_PLANTED) < 0.5, np.sqrt(ratio), 1 / np.sqrt(ratio))
            rate[:, planted] *= np.where(side[:, None] == 0, root, 1 / root)
            counts, length, printed = draw(rng, 2 * n_stories, rate, _BURSTS, 5)
            truth = np.isin(np.arange(_TERMS), planted)
            for name, p in _tests(sets_of(counts, length, printed, side, by="story"), run).items():
                seen = _found(name, p)
                power.setdefault(name, []).append(float(seen[truth].mean()))
                false.setdefault(name, []).append(float((seen & ~truth).sum() / max(seen.sum(), 1)))
        rows += [
            {"stories a side": n_stories, "ratio": ratio, "test": name,
             "adjusted": "max-T" if name.endswith("max-T") else "rate",
             "found": round(float(np.mean(power[name])), 3),
             "false among the found": round(float(np.mean(false[name])), 3)}
            for name in power
        ]  # fmt: skip
    return pd.DataFrame(rows)


def _ratio_table(runs: int, seed: int) -> pd.DataFrame:
    """Words of five rates, ratios of 1 and 4: each its own interval, and all at once."""
    rate = np.repeat([0.01, 0.003, 0.001, 0.0005, 0.0002], 8)
    truth = np.tile([0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0], 5)
    rows = []
    for n_stories, bursts, copies in _RATIO_CELLS:
        covered, at_once, percentile = [], 0, []
        for run in range(runs):
            rng = np.random.default_rng([seed, 3, n_stories, int(10 * bursts), copies, run])
            side = np.repeat([0, 1], n_stories)
            own = np.where(side[:, None] == 0, rate * 2.0 ** (truth / 2), rate * 2.0 ** (-truth / 2))
            counts, length, printed = draw(rng, 2 * n_stories, own, bursts, copies)
            sets = sets_of(counts, length, printed, side, by="story")
            made = measure_log_ratios(sets)
            seen = counts.sum(axis=0) >= 5
            inside = ~(made.lower > truth) & ~(made.upper < truth)
            covered.append(np.where(seen, inside, np.nan))
            low, high = made.conservative > np.maximum(truth, 0), made.conservative < np.minimum(truth, 0)
            at_once += not ((low | high) & seen).any()
            percentile.append(np.where(seen, _percentile_covers(rng, sets, truth), np.nan))
        by_rate = pd.DataFrame(covered).mean().groupby(np.repeat(np.arange(5), 8)).mean()
        rows.append(
            {"stories a side": n_stories, "k": bursts, "copies": f"1 to {copies}" if copies > 1 else "1"}
            | {f"{1000 * one:g} per 1,000": round(float(of), 3) for one, of in zip(rate[::8], by_rate, strict=True)}
            | {"percentiles of a bootstrap, all rates": round(float(np.nanmean(percentile)), 3),
               "conservative, all at once": round(at_once / runs, 3)}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _percentile_covers(rng: np.random.Generator, sets: Sets, truth: np.ndarray) -> np.ndarray:
    """Tell whether percentiles of a bootstrap of stories hold the truth: what else could be done."""
    drawn = []
    for side in (0, 1):
        own = sets.side == side
        weights = rng.exponential(1, (200, int(own.sum())))
        drawn.append((weights @ sets.counts[own].toarray() + 1e-9) / (weights @ sets.tokens[own])[:, None])
    low, high = np.quantile(np.log2(drawn[0] / drawn[1]), [0.025, 0.975], axis=0)
    return (low <= truth) & (truth <= high)


def _dispersion_table(runs: int, seed: int) -> pd.DataFrame:
    rows = []
    for n_stories, rate, bursts in _DP_CELLS:
        rng = np.random.default_rng([seed, 4, n_stories, int(1e4 * rate), int(10 * bursts)])
        truth = _dp(*draw(rng, _LARGE, np.array([rate]), bursts, 1)[:2])[0]
        covered = []
        for _ in range(runs):
            counts, length, _ = draw(rng, n_stories, np.array([rate]), bursts, 1)
            if counts.sum() < 5:
                continue
            dp, s = _dp(counts, length), length / length.sum()
            column = sparse.csc_array(counts.astype(float))
            column.eliminate_zeros()
            v = column.data / counts.sum()
            low, high, _ = deviation_interval(dp, column, s, v, np.arange(n_stories), 0.95)
            covered.append(low[0] <= truth <= high[0])
        rows.append(
            {"stories": n_stories, "per 1,000": 1000 * rate, "k": bursts, "DP": round(float(truth), 3),
             "covered": round(float(np.mean(covered)), 3), "corpora": len(covered)}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _dp(counts: np.ndarray, length: np.ndarray) -> np.ndarray:
    return np.abs(counts / counts.sum(axis=0) - (length / length.sum())[:, None]).sum(axis=0) / 2

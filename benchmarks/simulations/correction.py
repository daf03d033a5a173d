"""Coverage of corrected series where the errors of the measure differ by year.

Documents of eight years take one of six answers (five positions and none). The measure confuses them by a matrix of
each year's own: in some years it sees more approval than there is, in others less, and it misses positions. A sample of
each year is coded. What is estimated is the mean position of the documents that take one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.measures.intervals import ratio_by_group
from discourse.validity.pseudo_outcomes import predict_codes, ratio_by_codes, ratio_by_tuning

RUNS = 500
SEED = 20151223

VALUES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 0.0])  # the sixth answer is none
YEARS = 8
DESIGNS = {
    "1,000 documents, 50 codes a year": {"n": 1000, "coded": 50},
    "250 documents, 25 codes a year": {"n": 250, "coded": 25},
    "250 documents, 10 codes a year": {"n": 250, "coded": 10},
    "1,000 documents in stories of 1 to 9, 50 stories coded": {"n": 1000, "coded": 50, "stories": True},
    "1,000 documents, 50 codes a year, rare positions": {"n": 1000, "coded": 50, "rare": True},
    "1,000 documents, 50 codes, three times as likely where the measure finds": {"n": 1000, "coded": 50, "tilt": 3.0},
}
SHARES = {  # documents and codes a year, the share, and how often the measure of the last year misses and makes up
    "1,000 documents, 50 codes, share .3, errors of 0 to .3 and .1": (1000, 50, 0.3, (0.3, 0.1)),
    "1,000 documents, 50 codes, share .3, errors of 0 to .5 and 0": (1000, 50, 0.3, (0.5, 0.0)),
    "1,000 documents, 50 codes, share .3, errors of 0 to .02 and .02": (1000, 50, 0.3, (0.02, 0.02)),
    "1,000 documents, 50 codes, share .05, errors of 0 to .3 and .02": (1000, 50, 0.05, (0.3, 0.02)),
    "250 documents, 25 codes, share .3, errors of 0 to .3 and .1": (250, 25, 0.3, (0.3, 0.1)),
}


def _worlds(rare: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the true shares of the six answers by year, and how the measure confuses them by year."""
    move = np.linspace(-1.2, 1.2, YEARS)[:, None]
    shares = np.exp(move * VALUES[:5] * 0.8)
    shares = shares / shares.sum(axis=1, keepdims=True) * (0.3 if rare else 0.8)
    shares = np.column_stack([shares, 1 - shares.sum(axis=1)])
    lean = np.array([0.9, -0.6, 0.6, 0.0, -0.9, 0.5, 0.9, -0.4])  # toward approval or away from it, by year
    miss = np.array([0.05, 0.2, 0.1, 0.3, 0.15, 0.05, 0.25, 0.1])
    confusion = np.zeros((YEARS, 6, 6))
    for year in range(YEARS):
        for answer in range(5):
            near = np.exp(-np.abs(VALUES[:5] - VALUES[answer] - lean[year]) * 1.6)
            confusion[year, answer, :5] = near / near.sum() * (1 - miss[year])
            confusion[year, answer, 5] = miss[year]
        confusion[year, 5, :5] = shares[year, :5] / shares[year, :5].sum() * 0.2
        confusion[year, 5, 5] = 0.8
    return shares, confusion


def _pick(generator: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    return (generator.random(len(shares))[:, None] > np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)


def _corpus(
    generator: np.random.Generator, shares: np.ndarray, confusion: np.ndarray, n: int, stories: bool
) -> tuple[np.ndarray, ...]:
    """Return year, story, true and measured answer of each document; the copies of a story share both."""
    parts, first = [], 0
    for year in range(YEARS):
        size = generator.choice([1, 2, 3, 9], n, p=[0.5, 0.25, 0.15, 0.1]) if stories else np.ones(n, int)
        story = np.repeat(np.arange(n), size)[:n]
        true = _pick(generator, np.broadcast_to(shares[year], (n, 6)))
        found = _pick(generator, confusion[year][true])
        parts.append((np.full(n, year), story + first, true[story], found[story]))
        first += n
    year, story, true, found = (np.concatenate(column) for column in zip(*parts, strict=True))
    return year, story, true, found


def _probabilities(
    generator: np.random.Generator, year: np.ndarray, story: np.ndarray, found: np.ndarray, coded: int, tilt: float
) -> tuple[np.ndarray, np.ndarray]:
    """Draw one document of each of ``coded`` stories a year, with the probabilities of systematic sampling."""
    probability, drawn = np.zeros(len(year)), np.zeros(len(year), bool)
    for one in range(YEARS):
        rows = np.flatnonzero(year == one)
        names, head, size = np.unique(story[rows], return_index=True, return_counts=True)
        mass = np.where(found[rows][head] < 5, tilt, 1.0)
        chance = coded * mass / mass.sum()
        order = generator.permutation(len(names))
        steps = np.floor(np.cumsum(chance[order]) + generator.random()).astype(int)
        chosen = order[np.diff(np.r_[0, steps]) > 0]
        for pick in chosen:
            drawn[rows[head[pick] + generator.integers(size[pick])]] = True
        probability[rows] = np.repeat(chance / size, size)
    return probability, drawn


def simulate(*, runs: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return coverage and error of the uncorrected, the hand-coded and the corrected series."""
    rows = []
    for name, design in DESIGNS.items():
        rows += _design(name, design, runs, seed)
    shares = [_share(name, *design, runs, seed) for name, design in SHARES.items()]
    return {
        "Corrected mean positions: coverage of 95% intervals, errors that differ by year": pd.DataFrame(rows),
        "Corrected shares: coverage of 95% intervals, errors that differ by year": pd.DataFrame(shares),
    }


def _share(
    name: str, n: int, coded: int, share: float, wrong: tuple[float, float], runs: int, seed: int
) -> dict[str, object]:
    """Simulate a share over eight years; the measure misses and makes up by rates that grow from year to year."""
    held: dict[str, list[bool]] = {"uncorrected": [], "dsl": [], "dsl, last year": []}
    widths = []
    for run in range(runs):
        generator = np.random.default_rng([seed, run, 7])
        year = np.repeat(np.arange(YEARS), n)
        true = (generator.random(len(year)) < share).astype(float)
        miss, add = wrong[0] * year / (YEARS - 1), wrong[1] * year / (YEARS - 1)
        found = np.where(true > 0, generator.random(len(year)) > miss, generator.random(len(year)) < add).astype(int)
        probability, drawn = _probabilities(generator, year, np.arange(len(year)), found + 5, coded, 1.0)
        ones = np.ones(len(year))
        measured = np.column_stack([found, ones]).astype(float)
        codes = np.where(drawn[:, None], np.column_stack([true, ones]), np.nan)
        predicted = predict_codes(codes, found, year, 1 / probability, np.arange(len(year)))
        predicted[:, 1] = 1.0
        for one in range(YEARS):
            mine = year == one
            plain = _plain(measured[mine], np.arange(n), kind="share")
            made = ratio_by_codes(
                codes[mine], predicted[mine], measured[mine], probability[mine], np.arange(n), step=1.0
            )
            held["uncorrected"].append(plain["lower"] <= share <= plain["upper"])
            held["dsl"].append(max(made["lower"], 0) <= share <= made["upper"])
            if one == YEARS - 1:
                held["dsl, last year"].append(held["dsl"][-1])
            widths.append(made["upper"] - max(made["lower"], 0))
    said = {f"coverage, {method}": round(float(np.mean(values)), 3) for method, values in held.items()}
    return {"design": name, **said, "median width, dsl": round(float(np.median(widths)), 3)}


def _design(name: str, design: dict, runs: int, seed: int) -> list[dict]:
    shares, confusion = _worlds(bool(design.get("rare")))
    truth = shares @ VALUES / shares[:, :5].sum(axis=1)
    methods = ("uncorrected", "hand codes alone", "ppi++", "dsl")
    held = {method: [] for method in methods}
    missed = {method: [] for method in methods}
    widths = {method: [] for method in methods}
    bias = []
    for run in range(runs):
        generator = np.random.default_rng([seed, run])
        year, story, true, found = _corpus(generator, shares, confusion, design["n"], bool(design.get("stories")))
        probability, drawn = _probabilities(generator, year, story, found, design["coded"], design.get("tilt", 1.0))
        measured = np.column_stack([VALUES[found], found < 5]).astype(float)
        codes = np.where(drawn[:, None], np.column_stack([VALUES[true], true < 5]), np.nan)
        predicted = predict_codes(codes, found, year, 1 / probability, story)
        for one in range(YEARS):
            mine = year == one
            part = (codes[mine], predicted[mine], measured[mine], probability[mine], story[mine])
            whole = measured[mine]
            plain = _plain(whole, story[mine])
            weight = np.where(drawn, 1 / probability, 0)[mine]
            alone = ratio_by_codes(codes[mine], np.zeros((mine.sum(), 2)), whole, probability[mine], story[mine])
            alone["estimate"] = _weighted(codes[mine], weight)
            made = {
                "uncorrected": plain,
                "hand codes alone": alone,
                "ppi++": ratio_by_tuning(codes[mine], measured[mine], probability[mine], story[mine]),
                "dsl": ratio_by_codes(*part, step=1.0),
            }
            for method, told in made.items():
                held[method].append(told["lower"] <= truth[one] <= told["upper"])
                missed[method].append(told["estimate"] - truth[one])
                widths[method].append(told["upper"] - told["lower"])
            off = _limit(shares, confusion, one) - truth[one]
            bias.append(made["dsl"]["bias_lower"] <= off <= made["dsl"]["bias_upper"])
    return [
        {
            "design": name,
            "series": method,
            "coverage": round(float(np.mean(held[method])), 3),
            "RMSE": round(float(np.sqrt(np.nanmean(np.square(missed[method])))), 3),
            "median width": round(float(np.nanmedian(widths[method])), 2),
            "coverage of the bias": round(float(np.mean(bias)), 3) if method == "dsl" else np.nan,
        }
        for method in methods
    ]


def _plain(measured: np.ndarray, story: np.ndarray, kind: str = "mean") -> dict[str, float]:
    """Return the uncorrected mean with the interval that series have."""
    rows = measured[:, 1] > 0
    cells = np.zeros(int(rows.sum()), int)
    made = ratio_by_group(measured[rows][:, [0]], measured[rows][:, 1], cells, ["year"], kind=kind, units=story[rows])
    return {name: float(made[name][0, 0]) for name in ("estimate", "lower", "upper")}


def _weighted(codes: np.ndarray, weight: np.ndarray) -> float:
    sums = np.nansum(codes * weight[:, None], axis=0)
    return float(sums[0] / sums[1]) if sums[1] else np.nan


def _limit(shares: np.ndarray, confusion: np.ndarray, year: int) -> float:
    """Return what the uncorrected mean of a year goes to as documents become many."""
    found = shares[year] @ confusion[year]
    return float(found @ VALUES / found[:5].sum())

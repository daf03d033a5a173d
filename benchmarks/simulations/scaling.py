"""Seeded scaling: is a planted axis found, do intervals cover, and what do seeds find that mean nothing?"""

import numpy as np
import pandas as pd
from _scaled import axis_corpus
from scipy.stats import spearmanr

from discourse.measures.scaling.contrasts import contrast_scaled
from discourse.measures.scaling.scaling import scale_documents

RUNS = 200
_SIDES = {"first": {"period": "2020"}, "second": {"period": "2021"}}
_K, _SEEDS = 25, 7


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page."""
    sizes = []
    for n in (200, 1000, 4000):
        found = [_recovered(np.random.default_rng([seed, n, run]), n) for run in range(max(1, runs // 20))]
        mean, least = float(np.mean(found)), float(np.min(found))
        sizes.append({"documents": n, "sentences": 12 * n, "k": _K, "Spearman": mean, "lowest": least})
    changes = []
    for number, (moved, shuffled) in enumerate(((0.0, False), (0.5, False), (0.5, True))):
        rngs = [np.random.default_rng([seed, 1 + number, run]) for run in range(runs)]
        rows = pd.DataFrame([_changed(rng, moved, shuffled=shuffled) for rng in rngs])
        centre = rows["difference"].mean()
        changes.append(
            {
                "planted change": moved,
                "seeds": "shuffled" if shuffled else "of the ends",
                "mean difference": centre,
                "covers the mean": (rows["lower"].le(centre) & rows["upper"].ge(centre)).mean(),
                "excludes 0": (rows["lower"].gt(0) | rows["upper"].lt(0)).mean(),
                "p_seeds at most .05": rows["p_seeds"].le(0.05).mean(),
            }
        )
    return {
        f"Scores and the planted axis, {_SEEDS} seeds of each end": pd.DataFrame(sizes),
        f"The difference of two years of 150 documents each, 95% intervals, {runs} runs": pd.DataFrame(changes),
    }


def _recovered(rng: np.random.Generator, n_documents: int) -> float:
    tokens, place, _, positive, negative = axis_corpus(rng, n_documents=n_documents)
    seeds = {"positive": _some(rng, tokens, positive), "negative": _some(rng, tokens, negative)}
    scores = scale_documents(tokens, seeds, k=_K, min_count=5)
    return float(spearmanr(scores["score"], place)[0])


def _changed(rng: np.random.Generator, moved: float, *, shuffled: bool = False) -> pd.Series:
    tokens, _, period, positive, negative = axis_corpus(rng, n_documents=300, means=(0.0, moved))
    seeds = {"positive": _some(rng, tokens, positive), "negative": _some(rng, tokens, negative)}
    if shuffled:
        every = rng.permutation([*seeds["positive"], *seeds["negative"]]).tolist()
        seeds = {"positive": every[:_SEEDS], "negative": every[_SEEDS:]}
    days = pd.to_datetime(np.where(period == 0, "2020-05-01", "2021-05-01"))
    documents = pd.DataFrame({"doc_id": tokens["doc_id"].cat.categories.astype("str"), "date": days})
    return contrast_scaled(tokens, documents, seeds, **_SIDES, k=_K, min_count=5).iloc[0]


def _some(rng: np.random.Generator, tokens: pd.DataFrame, words: list[str]) -> list[str]:
    """Return some words of an end that the model has."""
    counts = tokens["norm"].value_counts()
    return rng.choice([word for word in words if counts[word] >= 5], _SEEDS, replace=False).tolist()

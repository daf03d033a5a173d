"""Coverage of the intervals of a word shift: the change of the mean, and the contributions of its entries.

Stories of two sets have a negative binomial number of matches (mean 4, k = 1) of 24 patterns with weights from -2 to 2
in 8 categories; the shares of the patterns are those of the set, drawn anew for each story (Dirichlet, 8 pseudo-counts:
matches of a story are alike), and the second set has other shares. Stories come in one to `copies` copies.
"""

import numpy as np
import pandas as pd

from discourse.measures.lexis.word_shift import word_shift

RUNS = 400
CELLS = ((10, 1), (20, 1), (50, 1), (50, 5), (200, 1))
_PATTERNS, _CATEGORIES, _ALIKE, _COMMON = 24, 8, 8.0, 0.1
WEIGHTS = np.tile([-2.0, -1.0, 0.0, 1.0, 2.0, -0.5, 0.5, 1.5], 3)
CATEGORY = np.repeat(np.arange(_CATEGORIES), _PATTERNS // _CATEGORIES)


def shares() -> np.ndarray:
    """Return the share of each pattern in the two sets."""
    base = 1 / (np.arange(_PATTERNS) + 2.0)
    base = base[np.argsort(np.sin(1.0 + 7.0 * np.arange(_PATTERNS)), kind="stable")]
    moved = base * np.exp(0.5 * np.cos(3.0 * np.arange(_PATTERNS)))
    return np.stack([base / base.sum(), moved / moved.sum()])


def truth(p: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the change of the mean, the contribution of each category, and its mean share."""
    mean = p @ WEIGHTS
    share = np.stack([np.bincount(CATEGORY, one) for one in p])
    score = np.stack([np.bincount(CATEGORY, one * WEIGHTS) for one in p]) / share
    from_share = (share[1] - share[0]) * (score.mean(axis=0) - mean[0])
    return float(mean[1] - mean[0]), from_share + share.mean(axis=0) * (score[1] - score[0]), share.mean(axis=0)


def draw(rng: np.random.Generator, n_stories: int, copies: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return MATCHES and DOCUMENTS of two sets of so many stories."""
    p, parts, documents = shares(), [], []
    for side in (0, 1):
        n = rng.poisson(4 * rng.gamma(1.0, 1.0, n_stories))
        own = rng.dirichlet(_ALIKE * p[side], n_stories)
        counts = rng.multinomial(n, own)
        for story in range(n_stories):
            for copy in range(rng.integers(1, copies + 1)):
                name = f"{side}-{story:04d}-{copy}"
                documents.append((name, "xy"[side], f"{side}-{story:04d}"))
                parts.append(
                    pd.DataFrame({"pattern": np.repeat(np.arange(_PATTERNS), counts[story])}).assign(doc_id=name)
                )
    found = pd.concat(parts, ignore_index=True)
    pattern = found["pattern"].to_numpy()
    found = found.assign(weight=WEIGHTS[pattern], category=[f"c{one}" for one in CATEGORY[pattern]])
    found["pattern"] = [f"p{one}" for one in pattern]
    return found, pd.DataFrame(documents, columns=["doc_id", "source", "story"])


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the table of this page."""
    change, contribution, share = truth(shares())
    names = [f"c{one}" for one in range(_CATEGORIES)]
    rows = []
    for n_stories, copies in CELLS:
        rng = np.random.default_rng([seed, n_stories, copies])
        whole, common, rare = [], [], []
        for _ in range(runs):
            matches, documents = draw(rng, n_stories, copies)
            found = word_shift(
                matches, documents, between=("x", "y"), by="source", of="category", cluster="story", n_draws=1000,
            )  # fmt: skip
            first = found.iloc[0]
            whole.append(first["change_lower"] <= change <= first["change_upper"])
            made = found.set_index("entry").reindex(names)
            inside = (made["lower"].to_numpy() <= contribution) & (contribution <= made["upper"].to_numpy())
            seen = made["lower"].notna().to_numpy()
            common += inside[seen & (share >= _COMMON)].tolist()
            rare += inside[seen & (share < _COMMON)].tolist()
        rows.append(
            {"stories a side": n_stories, "copies": f"1 to {copies}" if copies > 1 else "1", "runs": runs,
             "change": float(np.mean(whole)), f"entries of a share of {_COMMON} or more": float(np.mean(common)),
             "rarer entries": float(np.mean(rare)), "Monte Carlo error of change": float(np.sqrt(0.05 * 0.95 / runs))}
        )  # fmt: skip
    return {"Word shift: coverage of the 95% intervals of the change and of the contributions": pd.DataFrame(rows)}

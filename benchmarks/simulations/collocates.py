"""Collocates in generated corpora whose words come in bursts: what tests find by chance, what of the planted, coverage.

Each word has its own share of the corpus (Zipf) and comes in bursts: its rate in a document is a gamma draw, of shape
.3 for content words. The node word is bursty too. Words stand in random order within a document, so that none attracts
another; 20 words are then planted beside the node in other corpora. "topical": words that are more frequent in the
documents of the node, though not beside it.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2, false_discovery_control

from discourse.measures.lexis.collocate_contrasts import compare_collocates
from discourse.measures.lexis.collocates import find_collocates

RUNS = 100
WORDS, PLANTED, NODE = 800, 20, "node"
SHAPE, NODE_SHAPE, TOPICAL = 0.3, 0.4, 100
LIFT = 0.12  # chance that a place in a window is given to a planted word, all twenty together
WINDOW = 5
BANDS = ((1, 20), (20, 100), (100, 10**9))
NAMES = np.array([f"word{place:03d}" for place in range(WORDS)])
PLANTS = np.arange(40, 40 + 15 * PLANTED, 15)  # among frequent and rare ones
CASES = (
    ("alike", 150, None), ("alike, documents of the second twice as long", 150, None),
    ("alike, in three copies", 50, None), ("alike, in three copies", 50, "story"),
    ("half of the planted words on the first alone", 400, None),
)  # fmt: skip
SIZES = {"documents": (10, 30, 100, 300)}


class Made(NamedTuple):
    """A corpus: the document of each token, and its word (WORDS: the node)."""

    document: np.ndarray
    word: np.ndarray


def make(rng: np.random.Generator, n_docs: int, *, planted: bool, plants: np.ndarray = PLANTS, longer: int = 1) -> Made:
    """Make a corpus."""
    share = 1 / (np.arange(WORDS) + 8.0)
    share /= share.sum()
    rates = share * rng.gamma(SHAPE, 1 / SHAPE, (n_docs, WORDS))
    nodes = rng.poisson(2.0 * rng.gamma(NODE_SHAPE, 1 / NODE_SHAPE, n_docs))
    rates[:, -TOPICAL:] *= 1 + nodes[:, None]
    sizes = longer * rng.integers(120, 360, n_docs)
    counts = rng.multinomial(sizes, rates / rates.sum(axis=1, keepdims=True))
    document = np.repeat(np.arange(n_docs), counts.sum(axis=1) + nodes)
    full = np.column_stack([counts, nodes])
    word = np.repeat(np.tile(np.arange(WORDS + 1), n_docs), full.ravel())
    word = word[np.lexsort((rng.random(len(word)), document))]
    if planted:
        _plant(rng, document, word, plants)
    return Made(document, word)


def _plant(rng: np.random.Generator, document: np.ndarray, word: np.ndarray, plants: np.ndarray) -> None:
    """Give some of the places around the node to planted words, each as many whichever there are."""
    at = np.flatnonzero(word == WORDS)
    near = (at[:, None] + np.r_[-WINDOW:0, 1 : WINDOW + 1]).ravel()
    of = np.repeat(document[at], 2 * WINDOW)
    inside = (near >= 0) & (near < len(word))
    near, of = near[inside], of[inside]
    near = np.unique(near[(document[near] == of) & (word[near] != WORDS)])
    chosen = near[rng.random(len(near)) < LIFT * len(plants) / PLANTED]
    word[chosen] = rng.choice(plants, len(chosen))


def tokens_of(made: Made, copies: int = 1) -> pd.DataFrame:
    """Return TOKENS of a corpus, each document so many times."""
    n_docs = int(made.document.max()) + 1
    document = np.concatenate([made.document + copy * n_docs for copy in range(copies)])
    word = np.tile(made.word, copies)
    words = np.append(NAMES, NODE)
    ids = np.array([f"{place:06d}" for place in range(n_docs * copies)])
    begin = np.searchsorted(document, np.arange(n_docs * copies))
    position = np.arange(len(document)) - begin[document]
    token = pd.Categorical.from_codes(word, categories=words)
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(document, categories=ids),
            "position": position.astype(np.int32),
            "sentence": np.zeros(len(document), np.int32),
            "start_char": (position * 8).astype(np.int32),
            "end_char": (position * 8 + 7).astype(np.int32),
            "token": token,
            "norm": token,
        }
    )


def look(tokens: pd.DataFrame, documents: pd.DataFrame | None = None, cluster: str | None = None) -> pd.DataFrame:
    """Find the collocates of the node."""
    return find_collocates(tokens, NODE, documents, window=WINDOW, clitics="none", cluster=cluster)


def pooled(found: pd.DataFrame) -> np.ndarray:
    """Return the adjusted p of the pooled log-likelihood, of terms more frequent in windows than outside."""
    p = chi2.sf(found["log_likelihood"], 1)
    p = np.where(found["n"] > found["expected"], p, 1.0)
    return np.asarray(false_discovery_control(p))


def simulate(*, runs: int, seed: int) -> dict[str, pd.DataFrame]:
    """Return the tables of the page."""
    return {
        "Words at random within 300 bursty documents: how often p is at most .05 and .01": _null(runs, seed),
        "Twenty planted collocates, 300 documents, adjusted p at most .05": _planted(runs, seed + 1),
        "The same at random, each document in three copies": _copies(max(runs // 4, 1), seed + 2),
        "Coverage of the 95% interval of the log odds ratio": _coverage(runs, seed + 3),
        "Two sides: p, false findings after adjustment, coverage of the differences": _contrasts(runs // 2, seed + 4),
    }


def _null(runs: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows, false, corpora = [], [], []
    for _ in range(runs):
        tokens = tokens_of(make(rng, 300, planted=False))
        found = look(tokens)
        total = found["n"] + found["n_outside"]
        g2 = np.where(found["n"] > found["expected"], chi2.sf(found["log_likelihood"], 1), 1.0)
        rows.append(pd.DataFrame({"total": total, "p": found["p"], "g2": g2}))
        hits = int((found["p_adjusted"] <= 0.05).sum()), int((pooled(found) <= 0.05).sum())
        false.append(hits)
        corpora.append([hit > 0 for hit in hits])
    every = pd.concat(rows)
    out = []
    for low, high in BANDS:
        own = every[(every["total"] >= low) & (every["total"] < high)]
        name = f"{low} to {high - 1}" if high < 10**9 else f"{low} or more"
        shares = {f"p <= {at}": float((own["p"] <= at).mean()) for at in (0.05, 0.01)}
        out.append({"frequency": name, "words": len(own), **shares, "G2: p <= 0.05": float((own["g2"] <= 0.05).mean())})
    mean, share = np.mean(false, axis=0), np.mean(corpora, axis=0)
    last = {"frequency": "false after adjustment, a corpus", "words": len(every), "p <= 0.05": float(mean[0])}
    out.append(last | {"G2: p <= 0.05": float(mean[1])})
    last = {"frequency": "corpora with any false one", "words": runs, "p <= 0.05": float(share[0])}
    out.append(last | {"G2: p <= 0.05": float(share[1])})
    return pd.DataFrame(out)


def _planted(runs: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    plants = set(NAMES[PLANTS])
    kept = {"p within documents": [], "lower bound above 0": [], "pooled G2": []}
    for _ in range(runs):
        found = look(tokens_of(make(rng, 300, planted=True)))
        true = found["term"].isin(plants).to_numpy()
        by = {
            "p within documents": (found["p_adjusted"] <= 0.05).to_numpy(),
            "lower bound above 0": (found["lower"] > 0).to_numpy(),
            "pooled G2": pooled(found) <= 0.05,
        }
        for name, hit in by.items():
            kept[name].append((hit[true].sum() / PLANTED, (hit & ~true).sum() / max(hit.sum(), 1)))
    means = {name: np.mean(values, axis=0) for name, values in kept.items()}
    return pd.DataFrame(
        [{"by": name, "planted found": float(a), "false among the found": float(b)} for name, (a, b) in means.items()]
    )


def _copies(runs: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    out = {"documents": [], "stories": []}
    for _ in range(runs):
        made = make(rng, 100, planted=False)
        tokens = tokens_of(made, 3)
        ids = tokens["doc_id"].cat.categories
        documents = pd.DataFrame({"doc_id": ids, "story": np.tile([f"s{place}" for place in range(100)], 3)})
        for name, cluster in (("documents", None), ("stories", "story")):
            found = look(tokens, documents, cluster)
            out[name].append(((found["p"] <= 0.05).mean(), (found["p_adjusted"] <= 0.05).sum()))
    means = {name: np.mean(values, axis=0) for name, values in out.items()}
    return pd.DataFrame(
        [{"unit": name, "p <= 0.05": float(a), "false after adjustment": float(b)} for name, (a, b) in means.items()]
    )


def _sides(rng: np.random.Generator, case: str, n_docs: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return TOKENS and DOCUMENTS of two sides of so many stories; names tell the side."""
    copies = 3 if "copies" in case else 1
    first = make(rng, n_docs, planted=True)
    second = make(
        rng, n_docs, planted=True, longer=2 if "longer" in case else 1, plants=PLANTS[::2] if "half" in case else PLANTS
    )
    word = np.concatenate([first.word, second.word])
    tokens = tokens_of(Made(np.concatenate([first.document, second.document + n_docs]), word), copies)
    story = np.tile(np.arange(2 * n_docs), copies)
    names, source = tokens["doc_id"].cat.categories, np.where(story < n_docs, "x", "y")
    return tokens, pd.DataFrame({"doc_id": names, "source": source, "story": [f"s{one:04d}" for one in story]})


def _compare(tokens: pd.DataFrame, documents: pd.DataFrame, **options: Any) -> pd.DataFrame:
    sides = {"source": "x"}, {"source": "y"}
    return compare_collocates(tokens, NODE, documents, between=sides, window=WINDOW, clitics="none", **options)


def _true_difference(case: str, seed: int) -> pd.Series:
    """Return the difference of the log odds ratios in large corpora."""
    rng = np.random.default_rng([seed, 99])
    counts = ["n", "n_window_tokens", "n_outside", "n_corpus_tokens"]
    parts = [_compare(*_sides(rng, case, 2000), n_draws=1, least=1) for _ in range(6)]
    names = [f"{name}_{side}" for side in ("first", "second") for name in counts]
    sums = pd.concat(parts).groupby("term")[names].sum()
    odds = []
    for side in ("first", "second"):
        n, size, outside, whole = (sums[f"{name}_{side}"] + 0.5 * (name[:3] != "n_w") for name in counts)
        rate, rest = n / size, outside / (whole - size)
        odds.append(np.log(rate / (1 - rate)) - np.log(rest / (1 - rest)))
    return odds[1] - odds[0]


def _contrasts(runs: int, seed: int) -> pd.DataFrame:
    """Compare sides that are alike, and sides of which the second lacks half of the planted words."""
    rows = []
    for number, (case, n_stories, cluster) in enumerate(CASES):
        lost = set(NAMES[PLANTS[1::2]]) if "half" in case else set()
        truth = _true_difference(case, seed) if lost else pd.Series(0.0, NAMES)
        rng, kept = np.random.default_rng([seed, number]), []
        for run in range(runs):
            found = _compare(*_sides(rng, case, n_stories), cluster=cluster, seed=run)
            true = truth.reindex(found["term"]).to_numpy()
            changed, hit = found["term"].isin(lost).to_numpy(), found["p_adjusted"].le(0.05).to_numpy()
            low, high = found["lower"].fillna(-np.inf).to_numpy(), found["upper"].fillna(np.inf).to_numpy()
            covered = np.where(np.isnan(true), np.nan, (low <= true) & (true <= high))
            kept.append(
                {
                    "p <= 0.05": found["p"].le(0.05)[~changed].mean(),
                    "corpora with a false finding": float((hit & ~changed).any()),
                    "found": hit[changed].sum() / len(lost) if lost else np.nan,
                    "intervals without 0": ((low > 0) | (high < 0))[~changed].mean(),
                    "covered": np.nanmean(covered[~changed]),
                    "covered, changed": np.nanmean(covered[changed]) if lost else np.nan,
                }
            )
        row = {"sides": case, "stories a side": n_stories, "units": cluster or "document", "runs": runs}
        rows.append(row | dict(pd.DataFrame(kept).mean()))
    return pd.DataFrame(rows)


def _coverage(runs: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    parts = [look(tokens_of(make(rng, 3000, planted=True))) for _ in range(6)]
    sums = pd.concat(parts).groupby("term")[["n", "n_window_tokens", "n_outside", "n_corpus_tokens"]].sum()
    rate = sums["n"] / sums["n_window_tokens"]
    rest = sums["n_outside"] / (sums["n_corpus_tokens"] - sums["n_window_tokens"])
    truth = np.log(rate / (1 - rate)) - np.log(rest / (1 - rest))
    plants = set(NAMES[PLANTS])
    rows = []
    for n_docs in SIZES["documents"]:
        kept = []
        for _ in range(runs):
            found = look(tokens_of(make(rng, n_docs, planted=True)))
            true = truth.reindex(found["term"]).to_numpy()
            lower, upper = found["lower"].fillna(-np.inf).to_numpy(), found["upper"].fillna(np.inf).to_numpy()
            width = np.where(np.isfinite(upper - lower), upper - lower, np.nan)
            kept.append(
                pd.DataFrame(
                    {
                        "covered": (lower <= true) & (true <= upper),
                        "width": width,
                        "total": found["n"] + found["n_outside"],
                        "planted": found["term"].isin(plants),
                    }
                )
            )
        every = pd.concat(kept)
        row = {"documents": n_docs, "planted": float(every.loc[every["planted"], "covered"].mean())}
        for low, high in BANDS:
            own = every[~every["planted"] & (every["total"] >= low) & (every["total"] < high)]
            name = f"others, {low} to {high - 1}" if high < 10**9 else f"others, {low} or more"
            row[name] = float(own["covered"].mean()) if len(own) else None
        rows.append(row | {"median width": float(every["width"].median())})
    return pd.DataFrame(rows)

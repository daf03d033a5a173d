"""Simulations of claims: whether the one entry that carries a claim is named, and when a robust one is called fragile.

Corpora are drawn anew in each run: texts of made-up words, among them the entries of a lexicon, on two sides of a
border. Each goes the whole way: tokens, matches, specifications, verdict, smallest set.
"""

import numpy as np
import pandas as pd

import discourse as dc

RUNS = 200
_PLANTED = 100  # corpora at most in which one entry carries the claim
_PLANTED_CELLS = (("share", 400), ("share", 1000), ("per_1000", 400))  # measure, documents
_ROBUST_CELLS = (  # and the chance of each entry on the second side
    ("share", 200, 0.05),
    ("share", 400, 0.03),
    ("share", 400, 0.05),
    ("per_1000", 400, 0.03),
)
_LETTERS = list("بتجحخدرزسشصضطعغفقكمن")
_CATEGORY = "planted"
_YEARS = (2015, 2016, 2017, 2018)
_WORDS = 40


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the tables of this page of simulations, by title."""
    return {
        "Claims that one entry carries: how often it is named": _planted_table(min(runs, _PLANTED), seed),
        "Claims that many entries carry: how often they are called fragile": _robust_table(runs, seed),
    }


def words(rng: np.random.Generator, n: int) -> list[str]:
    """Return made-up words of six letters, no two of them alike."""
    made: dict[str, None] = {}
    while len(made) < n:
        made["".join(rng.choice(_LETTERS, 6))] = None
    return list(made)


def corpus(
    rng: np.random.Generator, n_documents: int, chances: np.ndarray
) -> tuple[pd.DataFrame, "dc.Lexicon", list[str]]:
    """Return documents, the lexicon and its entries; ``chances`` holds, by side, the chance of each entry in a text."""
    every = words(rng, 800 + chances.shape[1])
    entries, filler = every[: chances.shape[1]], every[chances.shape[1] :]
    side = np.repeat([0, 1], n_documents // 2)
    texts = []
    for place in side:
        text = rng.choice(filler, _WORDS).tolist()
        for entry, chance in zip(entries, chances[place], strict=True):
            if rng.random() < chance:
                text[rng.integers(_WORDS)] = entry
        texts.append(" ".join(text))
    day = rng.integers(0, 2 * 365, len(side)) + side * 2 * 365 + (side == 1)
    documents = pd.DataFrame(
        {
            "doc_id": [f"d{place:05}" for place in range(len(side))],
            "text": texts,
            "date": pd.Timestamp(f"{_YEARS[0]}-01-01") + pd.to_timedelta(day, unit="D"),
            "date_precision": "day",
            "source": [f"outlet {number}" for number in rng.integers(0, 8, len(side))],
            "title": None,
        }
    )
    lexicon = dc.lexicon_from_patterns({_CATEGORY: entries}, name="made up", clitics="none")
    return documents, lexicon, entries


def claim_of(measure: str) -> "dc.Claim":
    """Return the claim that the second side is higher."""
    return dc.state_claim(
        measure=measure, category=_CATEGORY, lexicon="made up", direction="higher",
        first={"period": list(_YEARS[:2])}, second={"period": list(_YEARS[2:])},
    )  # fmt: skip


def _judged(
    rng: np.random.Generator, measure: str, n_documents: int, chances: np.ndarray
) -> tuple[pd.Series, pd.DataFrame, tuple["dc.Claim", pd.DataFrame, "dc.Lexicon"], list[str]]:
    """Return the verdict and the specifications of one corpus; what they were made from; the entries."""
    documents, lexicon, entries = corpus(rng, n_documents, chances)
    claim = claim_of(measure)
    tried = dc.try_specifications(claim, documents, lexicon=lexicon, n_specifications=1)
    return dc.judge_claim(tried).iloc[0], tried, (claim, documents, lexicon), entries


def _planted_table(runs: int, seed: int) -> pd.DataFrame:
    """Eleven entries are as frequent on both sides, one is not."""
    rows = []
    for measure, n_documents in _PLANTED_CELLS:
        named, smallest, shown = 0, 0, 0
        for run in range(runs):
            rng = np.random.default_rng([seed, 1, n_documents, run])
            chances = np.full((2, 12), 0.02)
            planted = int(rng.integers(12))
            chances[:, planted] = 0.1, 0.6
            verdict, _, (claim, documents, lexicon), entries = _judged(rng, measure, n_documents, chances)
            flips = dc.find_smallest_flip(claim, documents, lexicon=lexicon, choices={}, most=1)
            said = f"without entry: {entries[planted]}"
            half = flips.set_index("turns").loc["half"]
            shown += verdict["verdict"] != "not shown"
            named += verdict["verdict"] == "fragile" and verdict["rests_on"] == said
            smallest += half["size"] == 1 and half["changes"] == said
        rows.append(
            {"measure": measure, "documents": n_documents, "corpora": runs, "claim shown": shown,
             "named by the verdict": named, "named as smallest set": smallest}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _robust_table(runs: int, seed: int) -> pd.DataFrame:
    """Twenty entries are all more frequent on the second side, by as much."""
    rows = []
    for measure, n_documents, chance in _ROBUST_CELLS:
        counts = dict.fromkeys(("not shown", "robust", "unsure", "fragile"), 0)
        touched, rests = 0, []
        for run in range(runs):
            rng = np.random.default_rng([seed, 2, n_documents, int(chance * 100), run])
            chances = np.repeat([[0.015], [chance]], 20, axis=1)
            verdict, tried, _, _ = _judged(rng, measure, n_documents, chances)
            counts[str(verdict["verdict"])] += 1
            shown = verdict["verdict"] != "not shown"
            touched += shown and not tried["holds"].all()
            rests += [verdict["rests_on"]] if verdict["verdict"] == "fragile" else []
        n_shown = runs - counts["not shown"]
        rows.append(
            {"measure": measure, "documents": n_documents, "chance of an entry": f".015 and {chance}", "shown": n_shown}
            | {name: counts[name] for name in ("robust", "unsure", "fragile")}
            | {"called fragile": round(counts["fragile"] / n_shown, 3) if n_shown else None,
               "if the interval alone were asked": round(touched / n_shown, 3) if n_shown else None}
        )  # fmt: skip
    return pd.DataFrame(rows)

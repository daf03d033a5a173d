"""Stories with planted copies, and stories that only look alike: whether each is found, and what is joined wrongly.

Which documents belong together is known exactly, as is what was done to each copy. Stories are taken from a corpus or
made (bench/generated.py); no text is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

__all__ = ["KINDS", "Planted", "adjusted_rand", "plant", "score"]

SEED = 20151223
SIZES = np.array([0.0, 0.45, 0.2, 0.1, 0.07, 0.05, 0.03, 0.025, 0.02, 0.02, 0.015, 0.01, 0.01])  # of 0 to 12 copies
SHARES = (0.05, 0.1, 0.2, 0.3)
TEXTS = yaml.safe_load((Path(__file__).parent / "planted_texts.yml").read_text("utf-8"))
AGENCIES, PLACES = TEXTS["agencies"], TEXTS["places"]


@dataclass(frozen=True)
class Planted:
    """Documents (doc_id, text), and the story of each, which is the name of its original, with the kind of the copy."""

    documents: pd.DataFrame
    truth: pd.DataFrame  # doc_id, kind, share, story


Edit = Callable[[list[str], float, np.random.Generator, list[str]], list[str]]


def _replaced(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    return [pool[random.integers(len(pool))] if random.random() < share else word for word in words]


def _deleted(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    return [word for word in words if random.random() >= share]


def _inserted(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    out = []
    for word in words:
        out.append(word)
        if random.random() < share:
            out.append(pool[random.integers(len(pool))])
    return out


def _mixed(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    for edit in (_replaced, _deleted, _inserted):
        words = edit(words, share / 3, random, pool)
    return words


def _cut_tail(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    return words[: max(int(len(words) * (1 - share)), 20)]


def _cut_head(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    return words[-max(int(len(words) * (1 - share)), 20) :]


def _headline(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    """Put another headline before the text, and write its first words anew."""
    new = [pool[place] for place in random.integers(0, len(pool), 20)]
    return [*new, *words[8:]]


def _credit(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    place, agency = random.choice(PLACES), random.choice(AGENCIES)
    return [f"{place}", f"({agency})", "-", *words, f"({random.choice(AGENCIES)})"]


def _same(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    return list(words)


def _credit_and_cut(words: list[str], share: float, random: np.random.Generator, pool: list[str]) -> list[str]:
    """What a desk does: another credit and headline, some words changed, the end cut off."""
    return _credit(_headline(_replaced(_cut_tail(words, share, random, pool), 0.05, random, pool), 0, random, pool), 0,
                   random, pool)  # fmt: skip


KINDS: dict[str, tuple[Edit, tuple[float, ...]]] = {
    "same": (_same, (0.0,)),
    "credit": (_credit, (0.0,)),
    "headline": (_headline, (0.0,)),
    "words replaced": (_replaced, SHARES),
    "words deleted": (_deleted, SHARES),
    "words inserted": (_inserted, SHARES),
    "words mixed": (_mixed, SHARES),
    "tail cut": (_cut_tail, (0.1, 0.3, 0.5, 0.7)),
    "head cut": (_cut_head, (0.1, 0.3, 0.5, 0.7)),
    "desk": (_credit_and_cut, (0.1, 0.3, 0.5)),
    "merged": (_same, (0.3, 0.5, 0.8)),  # another story follows, of that share of its length
}


def plant(stories: list[str], n_stories: int, *, seed: int = SEED) -> Planted:
    """Plant copies of the first ``n_stories`` stories, and stories that only look alike.

    Parameters
    ----------
    stories : list of str
        Texts of different stories, of 30 words or more.
    n_stories : int
        How many of them get a cluster of 1 to 12 documents.
    seed : int
        Seeds what is drawn.
    """
    random = np.random.default_rng(seed)
    chosen = [text.split() for text in stories[:n_stories]]
    pool = [word for text in chosen[:500] for word in text]
    edits = [(kind, share) for kind, (_, shares) in KINDS.items() for share in shares]
    rows: list[tuple[str, str, str, float, str]] = []
    for number, words in enumerate(chosen):
        name = f"s{number:05d}"
        rows.append((name, " ".join(words), "original", 0.0, name))
        for copy in range(1, int(random.choice(len(SIZES), p=SIZES))):
            kind, share = edits[random.integers(len(edits))]
            changed = KINDS[kind][0](words, share, random, pool)
            if kind == "merged":
                other = chosen[(number + 1 + random.integers(n_stories - 1)) % n_stories]
                changed = [*changed, *other[: int(len(words) * share)]]
            rows.append((f"{name}-{copy:02d}", " ".join(changed), kind, share, name))
    rows += (
        _bulletins(random)
        + _quotations(chosen, [text.split() for text in stories[n_stories:]], random)
        + _formulas(random)
    )
    frame = pd.DataFrame(rows, columns=["doc_id", "text", "kind", "share", "original"])
    frame = frame.iloc[random.permutation(len(frame))].reset_index(drop=True)
    truth = frame[["doc_id", "kind", "share", "original"]].rename(columns={"original": "story"})
    return Planted(frame[["doc_id", "text"]], truth)


def _bulletins(random: np.random.Generator) -> list[tuple[str, str, str, float, str]]:
    """Return daily bulletins of weather, prices and markets: the words of the day before, with other numbers."""
    rows = []
    for form, text in TEXTS["bulletins"].items():
        for day in range(40):
            values = {name: str(random.integers(1, 2_000)) for name in "abcdefghij"}
            values |= {name: str(random.choice(words)) for name, words in TEXTS["choices"].items()}
            name = f"{form}-{day:02d}"
            rows.append((name, text.format(**values), "bulletin", 0.0, name))
    return rows


def _formulas(random: np.random.Generator) -> list[tuple[str, str, str, float, str]]:
    """Return reports of protocol: the same formula, other people, places and matters."""
    rows = []
    for number in range(60):
        slots = dict(zip("abc", random.choice(TEXTS["names"], 3, replace=False), strict=True))
        slots |= dict(zip(("one", "two"), random.choice(TEXTS["matters"], 2, replace=False), strict=True))
        slots |= dict(zip(("place", "other"), random.choice(PLACES, 2, replace=False), strict=True))
        slots |= dict(zip(("first", "second"), random.choice(TEXTS["offices"], 2), strict=True))
        rows.append(
            (f"formula-{number:02d}", TEXTS["formula"].format(**slots), "formula", 0.0, f"formula-{number:02d}")
        )
    return rows


def _quotations(
    chosen: list[list[str]], spare: list[list[str]], random: np.random.Generator
) -> list[tuple[str, str, str, float, str]]:
    """Return pairs of stories that print one long quotation, 20 to 50 percent of each."""
    rows = []
    for pair in range(100 if spare else 0):
        quoted, share = spare[random.integers(len(spare))], float(random.choice((0.2, 0.3, 0.4, 0.5)))
        for side in "ab":
            own = chosen[random.integers(len(chosen))][::-1]  # no copy of the story it is made of
            own = own[: int(len(quoted) * (1 - share) / share)]
            part = quoted[: int(len(own) * share / (1 - share))]
            name = f"quote-{pair:03d}-{side}"
            half = len(own) // 2
            rows.append((name, " ".join([*own[:half], *part, *own[half:]]), "quotation", share, name))
    return rows


def adjusted_rand(a: pd.Series, b: pd.Series) -> float:
    """Return the adjusted Rand index of two clusterings (Hubert and Arabie 1985).

    Examples
    --------
    >>> round(adjusted_rand(pd.Series([0, 0, 1, 1]), pd.Series([0, 0, 1, 2])), 3)
    0.571
    """
    both, one, two = (_n_pairs(keys) for keys in ([a, b], [a], [b]))
    chance = one * two / (len(a) * (len(a) - 1) / 2)
    return (both - chance) / ((one + two) / 2 - chance)


def _n_pairs(keys: list[pd.Series]) -> float:
    sizes = pd.DataFrame({number: key.to_numpy() for number, key in enumerate(keys)}).value_counts().to_numpy()
    return float((sizes * (sizes - 1) / 2).sum())


def score(planted: Planted, clusters: pd.DataFrame) -> dict[str, object]:
    """Hold clusters against the planted truth.

    Returns
    -------
    dict
        ``ari``; ``precision`` and ``recall`` of pairs; ``found``, a table by kind and share: copies in one cluster with
        their original, of how many; ``joined``, documents that are joined with another story, by kind.
    """
    frame = planted.truth.assign(
        cluster=clusters.set_index("doc_id")["cluster"].loc[planted.truth["doc_id"]].to_numpy()
    )
    both = _n_pairs([frame["story"], frame["cluster"]])
    cluster = frame.set_index("doc_id")["cluster"]
    copies = frame[frame["doc_id"] != frame["story"]]
    found = copies.assign(found=copies["cluster"].to_numpy() == cluster.loc[copies["story"]].to_numpy())
    stories = frame.groupby("cluster")["story"].nunique()
    wrong = frame[frame["cluster"].map(stories).gt(1)]
    first = wrong.groupby("cluster")["story"].transform(lambda one: one.mode()[0])
    return {
        "n": len(frame),
        "ari": adjusted_rand(frame["story"], frame["cluster"]),
        "precision": both / max(_n_pairs([frame["cluster"]]), 1),
        "recall": both / max(_n_pairs([frame["story"]]), 1),
        "found": found.groupby(["kind", "share"])["found"].agg(["mean", "size"]).reset_index(),
        "joined": wrong[wrong["story"] != first]["kind"].value_counts(),
    }

"""Precision and recall of the actors lexicon on mentions coded by reading.

    python benchmarks/validity/score_actors.py [--sample first|second|third] [--errors]

The codes (actor_mentions.csv: doc_id, start_char, end_char, actor) and the sampled sentences (actor_sentences.csv)
hold no text. The texts are third-party and stand beside the project: set DISCOURSE_SHARED, or keep them in ../shared.
How the sample was drawn and coded is written in discourse/lexicons/actors.md.
"""

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.actors import read_roles
from discourse.lexicons.loader import load_lexicon
from discourse.reading.matching.matches import locate

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[2] / "shared"))


def read_gold(sample: str = "first") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the coded mentions and the sentences of a sample: coded before the lexicon was written, or later."""
    ending = {"first": "", "second": "_second", "third": "_third"}[sample]
    return pd.read_csv(HERE / f"actor_mentions{ending}.csv"), pd.read_csv(HERE / f"actor_sentences{ending}.csv")


def read_texts(doc_ids: pd.Series) -> pd.DataFrame:
    """Return DOCUMENTS with the texts that the codes point into."""
    news = pd.read_parquet(SHARED / "data" / "news" / "arabic_news.parquet", columns=["doc_id", "text"])
    return news[news["doc_id"].isin(doc_ids)].astype({"doc_id": "str"}).reset_index(drop=True)


def find_mentions(documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return what the lexicon finds inside the sampled sentences, as doc_id, start_char, end_char, actor.

    An actor that counts as another is that one, as the coder wrote it; one that counts as nobody is no mention.
    """
    tokens = tokenize(documents)
    lexicon = load_lexicon("actors")
    located = locate(tokens, lexicon)
    holder_of = read_roles(lexicon).holder_of
    found = pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].take(located.first).astype("str").array,
            "start_char": tokens["start_char"].to_numpy()[located.first],
            "end_char": tokens["end_char"].to_numpy()[located.stop - 1],
            "actor": lexicon.entries["category"].map(holder_of).to_numpy()[located.entry],
        }
    ).dropna(subset=["actor"], ignore_index=True)
    joined = found.reset_index().merge(sentences, on="doc_id", suffixes=("", "_sentence"))
    inside = joined["start_char"] >= joined["start_char_sentence"]
    inside &= joined["end_char"] <= joined["end_char_sentence"]
    return found.loc[np.unique(joined.loc[inside, "index"])].reset_index(drop=True)


def overlapping(left: pd.DataFrame, right: pd.DataFrame) -> np.ndarray:
    """Tell for each row of `left` whether a row of `right` with the same actor overlaps it."""
    pairs = left.reset_index().merge(right, on=["doc_id", "actor"], suffixes=("", "_right"))
    met = (pairs["start_char"] < pairs["end_char_right"]) & (pairs["end_char"] > pairs["start_char_right"])
    return left.index.isin(pairs.loc[met, "index"])


def score(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return precision and recall per actor and over all, with the counts they stand on."""
    right, hit = overlapping(found, gold), overlapping(gold, found)
    rows = []
    for actor in [*sorted(set(gold["actor"]) | set(found["actor"])), "all"]:
        mine, coded = (
            (found["actor"] == actor, gold["actor"] == actor) if actor != "all" else (found.index >= 0, gold.index >= 0)
        )
        precision, recall = (part.mean() if part.size else np.nan for part in (right[mine], hit[coded]))
        rows.append((actor, int(coded.sum()), int(mine.sum()), precision, recall))
    return pd.DataFrame(rows, columns=["actor", "n_coded", "n_found", "precision", "recall"])


def interval(gold: pd.DataFrame, found: pd.DataFrame, *, seed: int = 20151223, n_draws: int = 1000) -> dict:
    """Return 95% intervals of precision and recall by resampling documents."""
    right, hit = overlapping(found, gold), overlapping(gold, found)
    doc_ids = sorted(set(gold["doc_id"]) | set(found["doc_id"]))
    counts = pd.DataFrame(
        {
            "right": pd.Series(right).groupby(found["doc_id"].to_numpy()).sum(),
            "found": found.groupby("doc_id").size(),
            "hit": pd.Series(hit).groupby(gold["doc_id"].to_numpy()).sum(),
            "gold": gold.groupby("doc_id").size(),
        },
        index=doc_ids,
    ).fillna(0)
    picks = np.random.default_rng(seed).integers(0, len(counts), (n_draws, len(counts)))
    sums = counts.to_numpy()[picks].sum(axis=1)
    bounds = [2.5, 97.5]
    return {
        "precision": np.percentile(sums[:, 0] / sums[:, 1], bounds),
        "recall": np.percentile(sums[:, 2] / sums[:, 3], bounds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", choices=["first", "second", "third"], default="first", help="see actors.md")
    parser.add_argument("--errors", action="store_true", help="list every miss and every wrong find with its words")
    options = parser.parse_args()
    gold, sentences = read_gold(options.sample)
    documents = read_texts(sentences["doc_id"])
    found = find_mentions(documents, sentences)
    print(score(gold, found).round(3).to_string(index=False))
    for name, (low, high) in interval(gold, found).items():
        print(f"{name}_interval {low:.3f} {high:.3f}")
    if options.errors:
        text = documents.set_index("doc_id")["text"]
        for label, rows in (("missed", gold[~overlapping(gold, found)]), ("wrong", found[~overlapping(found, gold)])):
            for row in rows.itertuples():
                around = text[row.doc_id][max(0, row.start_char - 30) : row.end_char + 30]
                print(label, row.actor, "|", " ".join(around.split()))


if __name__ == "__main__":
    main()

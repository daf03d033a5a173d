"""Find planted copies by each measure: the adjusted Rand index, precision and recall, by kind and share.

python benchmarks/validity/score_planted_copies.py [--stories 2000]

Stories are made (bench/generated.py), and taken from the news corpus where it is at hand: there, stories that share a
quarter of their shingles with another one are left out first, so that the planted copies are all there are.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from bench.generated import make_corpus  # noqa: E402
from planted_copies import plant, score  # noqa: E402

from discourse.language.tokens import tokenize  # noqa: E402
from discourse.sources.cleaning.duplicates import find_duplicates  # noqa: E402

SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1].parent / "shared"))
MEASURES = (("jaccard", 0.7), ("containment", 0.7), ("coverage", 0.7), ("coverage", 0.8), ("coverage", 0.9))


def stories_of_news(n: int) -> list[str]:
    """Return about twice as many stories of the news corpus, none of them a copy of another."""
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    news = news[news["text"].fillna("").str.split().str.len().between(40, 900)]
    news = news.sample(min(5 * n // 2, len(news)), random_state=1).reset_index(drop=True)
    found = find_duplicates(news, tokenize(news), threshold=0.25, measure="containment")
    return news["text"][found["n_in_cluster"].eq(1).to_numpy()].tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2_000)
    n_stories = parser.parse_args().stories
    bases = {"made": make_corpus(n_stories * 500)["text"].tolist()}
    if (SHARED / "data/news/arabic_news.parquet").exists():
        bases["news"] = stories_of_news(n_stories)
    for base, stories in bases.items():
        planted = plant(stories, n_stories)
        tokens = tokenize(planted.documents)
        spans = pd.DataFrame(columns=["doc_id", "start_char", "end_char", "kind", "basis"]).astype(
            {"doc_id": "str", "start_char": "int32", "end_char": "int32", "kind": "str", "basis": "str"}
        )
        for measure, threshold in MEASURES:
            began = time.process_time()
            clusters = find_duplicates(planted.documents, tokens, spans=spans, measure=measure, threshold=threshold)
            spent = time.process_time() - began
            scored = score(planted, clusters)
            print(
                f"\n{base}: {scored['n']} documents, {measure} {threshold}: ARI {scored['ari']:.3f} precision "
                f"{scored['precision']:.3f} recall {scored['recall']:.3f}, {spent:.1f} s of processor time"
            )
            print("joined with another story:", scored["joined"].to_dict() or "none")
            print(
                scored["found"].pivot_table(index="kind", columns="share", values="mean").round(2).to_string(na_rep="")
            )


if __name__ == "__main__":
    main()

"""Time find_duplicates on the whole news corpus, count exact groups, and score the pairs that were read.

python benchmarks/validity/score_duplicates.py

duplicate_pairs.csv holds 200 pairs drawn at random from all pairs below similarity 1 at the default threshold, with the
verdict of a reader who saw both texts: copy (the same text, edited), update (a later state of the same report by the
same outlet), different (another story that shares its background paragraphs). No text is kept.
"""

import os
import resource
import time
from pathlib import Path

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.cleaning.duplicates import find_duplicate_pairs, find_duplicates

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1].parent / "shared"))


def main() -> None:
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    tokens = tokenize(news)
    spans = find_boilerplate(news)
    begin = time.perf_counter()
    clusters = find_duplicates(news, tokens, spans=spans)
    print(f"documents {len(news)} seconds {time.perf_counter() - begin:.1f}")
    print(f"peak_memory_gib {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} (tokens included)")
    copies = clusters[clusters["n_in_cluster"] > 1]
    print(f"documents_with_copies {len(copies)} clusters {copies['cluster'].nunique()}")
    words = news["text"].fillna("").map(lambda text: " ".join(text.split()))
    groups = news[words != ""].groupby(words[words != ""])["doc_id"].agg(list)
    groups = groups[groups.str.len() > 1]
    cluster = clusters.set_index("doc_id")["cluster"]
    whole = sum(cluster.loc[group].nunique() == 1 for group in groups)
    print(f"exact_groups {len(groups)} (white space aside), found whole {whole}")
    read = pd.read_csv(HERE / "duplicate_pairs.csv")
    found = find_duplicate_pairs(news, tokens, spans=spans)
    known = set(zip(found["doc_id_a"], found["doc_id_b"], strict=True))
    kept = read[[pair in known for pair in zip(read["doc_id_a"], read["doc_id_b"], strict=True)]]
    print(f"pairs_found {len(found)}; of {len(read)} read pairs still found {len(kept)}")
    print(kept["verdict"].value_counts().to_string())
    print(f"precision {(kept['verdict'] != 'different').mean():.3f}")


if __name__ == "__main__":
    main()

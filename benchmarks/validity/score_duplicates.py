"""Time find_duplicates on the whole news corpus, count exact groups, and score the pairs that were read.

python benchmarks/validity/score_duplicates.py [--coverage]

duplicate_pairs.csv holds 200 pairs drawn at random from all pairs below similarity 1 at the default threshold, with the
verdict of a reader who saw both texts: copy (the same text, edited), update (a later state of the same report by the
same outlet), different (another story that shares its background paragraphs). No text is kept.

With --coverage: the documents with copies that coverage finds at 0.9 and 0.7, the processor time beside that of
Jaccard, and thirty members drawn by seed of those that have no copy by Jaccard, each with its representative, to be
read.
"""

import os
import resource
import sys
import time
from pathlib import Path

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.cleaning.duplicates import find_duplicate_pairs, find_duplicates
from discourse.sources.documents import read_documents

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1].parent / "shared"))
SAMPLE, SEED = 30, 20151223


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
    if "--coverage" in sys.argv:
        score_coverage(news, tokens, spans)


def score_coverage(news: pd.DataFrame, tokens: pd.DataFrame, spans: pd.DataFrame) -> None:
    alone = pd.Series(dtype="str")
    for measure, threshold in (("jaccard", 0.7), ("coverage", 0.9), ("coverage", 0.7)):
        begin = time.process_time()
        clusters = find_duplicates(news, tokens, spans=spans, measure=measure, threshold=threshold)
        spent = time.process_time() - begin
        copies = clusters[clusters["n_in_cluster"] > 1]
        print(f"\n{measure} {threshold}: documents_with_copies {len(copies)} clusters {copies['cluster'].nunique()}")
        print(f"processor_seconds {spent:.1f}")
        if measure == "jaccard":
            alone = clusters.loc[clusters["n_in_cluster"] == 1, "doc_id"]
            continue
        members = copies[copies["doc_id"].isin(alone) & (copies["doc_id"] != copies["cluster"])]
        digests = read_documents("seed:reports")[0]
        found = find_duplicates(digests, tokenize(digests), measure=measure, threshold=threshold)
        print(f"of {len(digests)} digests, no two of which are copies, joined {(found['n_in_cluster'] > 1).sum()}")
        print(members.sample(SAMPLE, random_state=SEED)[["doc_id", "cluster", "similarity"]].to_string(index=False))


if __name__ == "__main__":
    main()

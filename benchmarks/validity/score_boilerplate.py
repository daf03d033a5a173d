"""Score find_boilerplate against the hand-coded `body_start`, and time it on the whole news corpus.

python benchmarks/validity/score_boilerplate.py [--errors]
"""

import os
import re
import sys
import time
from pathlib import Path

import pandas as pd

from discourse.sources.cleaning.body import body_start
from discourse.sources.cleaning.boilerplate import find_boilerplate

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))


def gold_starts(codes: pd.DataFrame, texts: pd.Series) -> dict[str, list[int]]:
    """Return doc_id -> every place where the coded first words of the body stand."""
    places = {}
    for doc_id, words in codes[["doc_id", "body_start"]].dropna().itertuples(index=False):
        pattern = r"\s+".join(map(re.escape, words.split()))
        places[doc_id] = [match.start() for match in re.finditer(pattern, texts[doc_id])]
    return places


def main() -> None:
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    codes = pd.read_csv(SHARED / "data/coding/dev_documents.csv").drop_duplicates("doc_id")
    begin = time.perf_counter()
    spans = find_boilerplate(news)
    seconds = time.perf_counter() - begin
    starts = body_start(news, spans).set_index("doc_id")["body_start"]
    texts = news.set_index("doc_id")["text"]
    gold = gold_starts(codes, texts)
    # The coded words may also stand in the headline or the summary before the body: the last place near the guess
    # counts only if it is the body's, so the last place within the first 1,500 characters is taken.
    hits = 0
    for doc_id, places in gold.items():
        near = [place for place in places if place < 1500]
        true = near[-1] if near else None
        guess = starts[doc_id]
        good = true is not None and guess is not pd.NA and abs(int(guess) - true) <= 20
        hits += good
        if not good and "--errors" in sys.argv:
            print(doc_id, true, guess, repr(texts[doc_id][int(guess) : int(guess) + 60]) if guess is not pd.NA else "")
    marked = (spans["end_char"] - spans["start_char"]).sum()
    print(f"n_coded {len(gold)}")
    print(f"body_start_within_20 {hits / len(gold):.3f}")
    print(f"n_documents {len(news)}")
    print(f"n_spans {len(spans)}")
    print(f"share_of_characters_marked {marked / news['text'].fillna('').str.len().sum():.3f}")
    print(f"seconds {seconds:.1f}")
    print(spans.groupby("kind", observed=True).size().sort_values(ascending=False).to_string())


if __name__ == "__main__":
    main()

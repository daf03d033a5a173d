"""Score find_quotations on the coded articles: reported speech by cue, speaker, kind and content.

python benchmarks/validity/score_speech.py [--errors]

Development: 40 articles (dev_speech.csv of the shared data), in two halves by sorted doc_id; the rules were written
with the first half open, the second read for its kinds of error. Held out: heldout_speech.csv beside this file; see
HELDOUT.md. Boilerplate is marked by find_boilerplate over the whole collection and left out. Figures are those of the
shared scorer: a cue counts where it overlaps a coded one, each once; a speaker is right where the shorter name's words
stand in the longer one.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.reading.speech.quotations import find_quotations
from discourse.sources.cleaning.boilerplate import find_boilerplate

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1].parent / "shared"))


def score(found: pd.DataFrame, gold: pd.DataFrame, label: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pred, coded = Path(folder) / "pred.csv", Path(folder) / "gold.csv"
        found[found["doc_id"].isin(set(gold["doc_id"]))].to_csv(pred, index=False)
        gold.to_csv(coded, index=False)
        command = [sys.executable, str(SHARED / "tools/score.py"), "speech", "--pred", str(pred), "--gold", str(coded)]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(label, " ".join(out.split()))


def show_errors(found: pd.DataFrame, gold: pd.DataFrame, texts: pd.Series) -> None:
    used = set()
    for row in gold.itertuples():
        hits = found[(found["doc_id"] == row.doc_id) & (found["cue_start_char"] < row.cue_start + len(str(row.cue)))]
        hits = hits[(hits["cue_end_char"] > row.cue_start) & ~hits.index.isin(used)]
        if len(hits):
            used.add(hits.index[0])
            continue
        around = texts[row.doc_id][max(0, row.cue_start - 60) : row.cue_start + 80]
        print("missed  ", row.cue, "|", re.sub(r"\s+", " ", around))
    for row in found[found["doc_id"].isin(set(gold["doc_id"])) & ~found.index.isin(used)].itertuples():
        at = row.content_start_char if pd.isna(row.cue_start_char) else row.cue_start_char
        around = texts[row.doc_id][max(0, at - 60) : at + 80]
        print("spurious", row.cue, f"[{row.rule}]", "|", re.sub(r"\s+", " ", around))


def main() -> None:
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    news = news[news["text"].fillna("").str.len() > 0].reset_index(drop=True)
    dev = pd.read_csv(SHARED / "data/coding/dev_speech.csv", dtype={"doc_id": str})
    held = pd.read_csv(HERE / "heldout_speech.csv", dtype={"doc_id": str})
    spans = find_boilerplate(news)
    coded = news[news["doc_id"].isin({*dev["doc_id"], *held["doc_id"]})].reset_index(drop=True)
    begin = time.perf_counter()
    found = find_quotations(coded, tokenize(coded), boilerplate=spans)
    print(f"articles {len(coded)} instances {len(found)} seconds {time.perf_counter() - begin:.1f}")
    names = sorted(dev["doc_id"].unique())
    score(found, dev[dev["doc_id"].isin(names[::2])], "development, first half ")
    score(found, dev[dev["doc_id"].isin(names[1::2])], "development, second half")
    score(found, dev, "development             ")
    score(found, held, "held out                ")
    if "--errors" in sys.argv:
        show_errors(found, dev, coded.set_index("doc_id")["text"])


if __name__ == "__main__":
    main()

"""Score find_agencies against the hand-coded `agency` of the development articles and of the digests.

python benchmarks/validity/score_agencies.py [--errors]

The coder of the articles writes `other` for every agency beyond afp, reuters, ap, dpa and ria; the second figure folds
ours alike. The digests code the agency of the whole report, of which the abstract often says nothing.
"""

import os
import sys
import time
from pathlib import Path

import pandas as pd

from discourse.sources.cleaning.agencies import find_agencies

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
CODED = {"afp", "reuters", "ap", "dpa", "ria", "none"}


def main() -> None:
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    codes = pd.read_csv(SHARED / "data/coding/dev_documents.csv").drop_duplicates("doc_id")
    coded = codes[["doc_id", "agency"]].merge(news, on="doc_id")
    found = find_agencies(coded)["agency"].astype(str)
    folded = found.where(found.isin(CODED), "other")
    print(f"n_coded {len(coded)}")
    print(f"accuracy {(found == coded['agency']).mean():.3f}")
    print(f"accuracy_other_folded {(folded == coded['agency']).mean():.3f}")
    named = (coded["agency"] != "none") | (found != "none")
    print(f"accuracy_where_any_named {(folded[named] == coded['agency'][named]).mean():.3f} n {named.sum()}")
    if "--errors" in sys.argv:
        for doc_id, gold, ours in zip(coded["doc_id"], coded["agency"], found, strict=True):
            if gold != ours:
                print(doc_id, gold, ours)
    reports = pd.read_json(SHARED / "data/reports/reports.jsonl", lines=True).rename(columns={"report_id": "doc_id"})
    ours = find_agencies(reports)["agency"].astype(str)
    gold = reports["agency"].replace({"novosti": "ria"})
    said = ours != "none"
    print(f"digests_naming_an_agency {said.sum()} of {len(reports)}, equal {(ours[said] == gold[said]).mean():.3f}")
    begin = time.perf_counter()
    whole = find_agencies(news)
    print(f"whole_corpus seconds {time.perf_counter() - begin:.1f}")
    print(whole.groupby(["agency", "basis"], observed=True).size().unstack(fill_value=0).to_string())


if __name__ == "__main__":
    main()

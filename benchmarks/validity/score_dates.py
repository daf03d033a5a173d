"""Score resolve_dates and publication_date on the Arabic TimeML files and on the crawled page headers.

python benchmarks/validity/score_dates.py [--errors]

The publication day of a TimeML file is the latest day that its gold values name. A span counts where it overlaps a
gold span of its type (relaxed) or equals it (strict), each gold span once; values are compared on the relaxed pairs.
"""

import os
import re
import sys
import time
from pathlib import Path

import pandas as pd

from discourse.sources.dates.text import publication_date, resolve_dates

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
_TAG = re.compile(r"<TIMEX3 ([^>]*)>([^<]*)</TIMEX3>")


def read_timeml(path: Path) -> tuple[str, list[tuple[int, int, str]], str | None]:
    """Return the text of a TimeML file, its DATE annotations as (start, end, value), and its latest named day."""
    body = re.search(r"<TimeML>(.*)</TimeML>", path.read_text(encoding="utf-8-sig"), re.DOTALL).group(1)
    text, gold, days, last = "", [], [], 0
    for match in _TAG.finditer(body):
        text += body[last : match.start()]
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        if attributes["type"] == "DATE":
            gold.append((len(text), len(text) + len(match[2]), attributes["value"]))
            if re.fullmatch(r"\d{4}-\d\d-\d\d", attributes["value"]):
                days.append(attributes["value"])
        text += match[2]
        last = match.end()
    return text + body[last:], gold, max(days, default=None)


def pair(gold: list, found: list, strict: bool) -> list[tuple[int, int]]:
    """Pair gold and found spans, each once, in reading order."""
    pairs, used = [], set()
    for i, (start, end, _value) in enumerate(gold):
        for j, (left, right, _found) in enumerate(found):
            touches = (left, right) == (start, end) if strict else left < end and start < right
            if j not in used and touches:
                used.add(j)
                pairs.append((i, j))
                break
    return pairs


def score_timeml() -> None:
    files = sorted((SHARED / "data/timex").glob("*.tml"))
    read = {path.stem: read_timeml(path) for path in files}
    documents = pd.DataFrame(
        {"doc_id": list(read), "text": [r[0] for r in read.values()], "date": [r[2] for r in read.values()]}
    )
    spans = resolve_dates(documents, vague=True)
    spans = spans[spans["kind"] != "time"]
    n_gold = n_found = strict_hits = hits = exact = 0
    for doc_id, (text, gold, _latest) in read.items():
        rows = spans[spans["doc_id"] == doc_id]
        found = list(rows[["start_char", "end_char", "value"]].itertuples(index=False, name=None))
        pairs = pair(gold, found, strict=False)
        n_gold, n_found = n_gold + len(gold), n_found + len(found)
        strict_hits += len(pair(gold, found, strict=True))
        hits += len(pairs)
        exact += sum(gold[i][2] == found[j][2] for i, j in pairs)
        if "--errors" in sys.argv:
            for i, (a, b, value) in enumerate(gold):
                mate = [found[j] for k, j in pairs if k == i]
                if not mate or mate[0][2] != value:
                    print(doc_id, "gold", text[a:b], value, "|", [(text[x:y], v) for x, y, v in mate])
            mates = {j for _, j in pairs}
            for j, (a, b, value) in enumerate(found):
                if j not in mates:
                    print(doc_id, "extra", repr(text[max(0, a - 15) : b + 10]), value)
    for kind, n in (("relaxed", hits), ("strict", strict_hits)):
        print(f"span_f1_{kind} {2 * n / (n_gold + n_found):.3f} (precision {n / n_found:.3f}, recall {n / n_gold:.3f})")
    print(f"n_gold {n_gold} n_found {n_found}")
    print(f"value_exact {exact / hits:.3f} n {hits} paired; {exact / n_gold:.3f} of gold")


def score_headers() -> None:
    news = pd.read_parquet(SHARED / "data/news/arabic_news.parquet")
    cnn = news[news["source"] == "CNN Arabic"]
    found = publication_date(cnn)
    truth = pd.to_datetime(cnn["date"]).to_numpy()
    right = found["date"].to_numpy() == truth
    two = cnn["text"].str[:600].str.contains(r"آخر تحديث").to_numpy()
    print(f"cnn_two_calendar_headers {two.sum()} exact {right[two].mean():.4f}")
    print(f"cnn_headers {len(cnn)} exact {right.mean():.4f} unread {found['date'].isna().sum()}")
    if "--errors" in sys.argv:
        for text, day in zip(cnn["text"][~right][:8], found["date"][~right][:8], strict=True):
            print(repr(text[60:260]), day)
    bbc = news[news["source"] == "BBC Arabic"]
    days = publication_date(bbc)
    gap = (days["date"].to_numpy() - pd.to_datetime(bbc["date"]).to_numpy()).astype("timedelta64[D]").astype(float)
    read = pd.Series(gap).dropna()
    print(f"bbc_headers {len(bbc)} read {len(read)} same_day {(read == 0).mean():.3f}", end=" ")
    print(f"within_2_days {(read.abs() <= 2).mean():.3f}")
    begin = time.perf_counter()
    spans = resolve_dates(news)
    print(f"whole_corpus n_expressions {len(spans)} seconds {time.perf_counter() - begin:.1f}")
    print(spans.groupby(["basis"], observed=True).size().to_string())


if __name__ == "__main__":
    score_timeml()
    if "--timeml-only" not in sys.argv:
        score_headers()

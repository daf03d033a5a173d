"""Score the library on hand-coded press articles, whose texts stand beside the project and not in it.

The codes of the development articles (98; speech in 40) lie with the texts, those of the two later sets in this folder
(HELDOUT.md, HELDOUT2.md). Boilerplate is found over the whole collection and left out. Intervals draw articles.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from challenge import codes_of
from score_actors import find_mentions, overlapping
from score_agencies import CODED
from score_boilerplate import gold_starts
from scoring import COLUMNS, every_holder, row, score_cues, score_frames, under

from discourse.sources.cleaning.agencies import find_agencies
from discourse.sources.cleaning.body import body_start
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.documents import read_documents
from discourse.steps.making import make_tables

HERE = Path(__file__).resolve().parent
SETS = {"dev": "development articles", "heldout": "second articles", "heldout2": "third articles"}


def score_articles(shared: Path) -> Iterator[pd.DataFrame]:
    """Yield the figures of each set of coded articles and of the coded mentions of actors."""
    news = pd.read_parquet(shared / "data" / "news" / "arabic_news.parquet")
    news = news[news["text"].fillna("").str.len() > 0].reset_index(drop=True)
    spans = find_boilerplate(news)
    for name, label in SETS.items():
        folder = shared / "data" / "coding" if name == "dev" else HERE
        codes = pd.read_csv(folder / f"{name}_documents.csv", dtype=str).fillna("").drop_duplicates("doc_id")
        told = pd.read_csv(folder / f"{name}_speech.csv", dtype={"doc_id": str}).fillna({"speaker": "", "cue": ""})
        articles, _ = read_documents(news[news["doc_id"].isin(codes["doc_id"])])
        own = spans[spans["doc_id"].isin(codes["doc_id"])].reset_index(drop=True)
        codes = codes.set_index("doc_id", drop=False).loc[articles["doc_id"]].reset_index(drop=True)
        parts = [
            every_holder(articles, codes_of(codes.rename(columns={"doc_id": "item"})), spans=own),
            under("frames", score_frames(articles, codes, spans=own).figures),
            speech(articles, told, own),
            body(articles, codes, own),
            agency(articles, codes),
        ]
        yield pd.concat(parts, ignore_index=True).assign(set=f"{label} ({len(codes)})", part="all")[COLUMNS]
    yield from mentions(news)


def speech(articles: pd.DataFrame, gold: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Score reported speech: a cue counts where it overlaps a coded one, each once."""
    read = articles[articles["doc_id"].isin(gold["doc_id"])].reset_index(drop=True)
    found = make_tables(read, ["quotations"], scope="all", given={"spans": spans})["quotations"]
    own = {str(name): part.to_dict("records") for name, part in found.groupby("doc_id", observed=True)}
    outcomes = []
    for doc_id, instances in gold.groupby("doc_id"):
        # speech that is marked by no word has no cue to overlap: it counts as found beside the coded ones
        left, hits = [m for m in own.get(doc_id, []) if pd.notna(m["cue_start_char"])], []
        for one in instances.itertuples():
            end = one.cue_start + len(one.cue)
            mate = next((m for m in left if m["cue_start_char"] < end and m["cue_end_char"] > one.cue_start), None)
            if mate is not None:
                left.remove(mate)
                hits.append((one, mate))
        named = sum(same_speaker(one.speaker, mate["speaker"]) for one, mate in hits)
        outcomes.append((len(hits), named, len(own.get(doc_id, [])), len(instances)))
    hit, named, n_found, n_gold = np.array(outcomes).T
    return under("speech", pd.concat(score_cues(hit, named, n_found, n_gold)))


def same_speaker(coded: object, found: object) -> bool:
    """Tell whether the words of the shorter name, but for one, stand in the longer; one-letter clitics are let pass."""
    one, other = (_plain("" if pd.isna(name) else str(name)) for name in (coded, found))
    if not one or not other:
        return not one and not other
    short, long = sorted((one, other), key=len)
    bare = {form for word in long for form in (word, word[1:] if len(word) > 3 and word[0] in "ولبفك" else word)}
    return sum(word in bare or (len(word) > 3 and word[1:] in bare) for word in short) >= max(1, len(short) - 1)


def _plain(name: str) -> list[str]:
    name = re.sub("[\u064b-\u0652\u0640]", "", name)
    name = re.sub("[أإآٱ]", "ا", name).replace("ى", "ي").replace("ة", "ه")
    return re.sub(r"[^\w ]", " ", name).split()


def body(articles: pd.DataFrame, codes: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Score where the body of the article begins, to 20 characters."""
    starts = body_start(articles, spans).set_index("doc_id")["body_start"]
    coded = codes[codes["body_start"] != ""]
    right = []
    for doc_id, places in gold_starts(coded, articles.set_index("doc_id")["text"]).items():
        near, guess = [place for place in places if place < 1500], starts[doc_id]
        right.append(bool(near) and not pd.isna(guess) and abs(int(guess) - near[-1]) <= 20)
    return row("body start within 20 characters", np.array(right), np.ones(len(right)))


def agency(articles: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Score the agency; every one beyond those that the coder told apart is `other`."""
    found = find_agencies(articles).set_index("doc_id")["agency"].astype(str).loc[codes["doc_id"]]
    folded = found.where(found.isin(CODED), "other").to_numpy()
    return row("agency", folded == codes["agency"].to_numpy(), np.ones(len(codes)))


def mentions(news: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield precision and recall of the lexicon of actors on three samples of coded mentions."""
    for sample, ending in (("first", ""), ("second", "_second"), ("third", "_third")):
        gold, sentences = (pd.read_csv(HERE / f"actor_{kind}{ending}.csv") for kind in ("mentions", "sentences"))
        texts = news.loc[news["doc_id"].isin(sentences["doc_id"]), ["doc_id", "text"]].reset_index(drop=True)
        found = find_mentions(texts.astype({"doc_id": "str"}), sentences)
        ids = sorted(sentences["doc_id"].unique())
        right, n_found = per_article(found, overlapping(found, gold), ids)
        hit, n_gold = per_article(gold, overlapping(gold, found), ids)
        figures = pd.concat([row("actors: precision", right, n_found), row("actors: recall", hit, n_gold)])
        yield figures.assign(set=f"mentions, {sample} sample ({len(sentences)} sentences)", part="all")[COLUMNS]


def per_article(rows: pd.DataFrame, true: np.ndarray, ids: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return for each article how many rows are true, and how many there are."""
    names = rows["doc_id"].astype("str").to_numpy()
    counts = pd.Series(true.astype(float)).groupby(names).agg(["sum", "size"]).reindex(ids).fillna(0)
    return counts["sum"].to_numpy(), counts["size"].to_numpy()

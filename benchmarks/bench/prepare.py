"""Write what every piece of work reads: the corpus in each peer's format, the words, the forms, the planted copies."""

import argparse
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

import discourse as dc
from bench.generated import SEED, make_corpus, make_draws
from bench.lexicons import lexicon
from bench.planting import plant_copies

LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a]{3,}")
N_WORDS, FIRST_RANK, LAST_RANK = 480, 20, 30_000
FREQUENT, RARE = 42_775 / 10e6, 128 / 10e6  # shares of the tokens
LEAST_RARE = 5
CHUNK = 1000


def main() -> None:
    """Prepare a corpus in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--tokens", type=int, required=True)
    parser.add_argument("--whole", action="store_true", help="chart the whole corpus, not only the tokens asked for")
    options = parser.parse_args()
    folder = options.folder
    for earlier in folder.glob("conc*"):  # the indexes of an earlier corpus
        shutil.rmtree(earlier, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    documents = news(options.news, options.tokens) if options.news else made(options.tokens)
    documents.to_parquet(folder / "corpus.parquet", index=False)
    documents[["doc_id", "text"]].to_csv(folder / "corpus.csv", index=False)
    for place, half in enumerate(("first", "second")):
        documents[["doc_id", "text"]].iloc[place::2].to_csv(folder / f"corpus-{half}.csv", index=False)
    write(folder / "texts.json", documents["text"].tolist())
    tokens = dc.tokenize(documents)
    words = choose_words(tokens)
    write(folder / "words.json", words)
    for kind in ("literal", "lemmas"):
        write(folder / f"forms-{kind}.json", matched_forms(tokens, words[kind], kind))
    both, planted = plant_copies(documents, min(20_000, max(options.tokens // 500, 200)))
    both.to_parquet(folder / "copies.parquet", index=False)
    write(folder / "copies.json", both["text"].tolist())
    write(folder / "planted.json", planted)
    make_draws(max(len(documents), 3600)).to_csv(folder / "draws.csv", index=False)
    whole = options.whole and options.news is not None
    facts = {
        "corpus": "news" if options.news else "generated",
        "documents": len(documents),
        "tokens": len(tokens),
        "distinct": len(tokens["token"].cat.categories),
        "copies": len(both),
        "frequent": int((tokens["token"] == words["frequent"]).sum()),
        "rare": int((tokens["token"] == words["rare"]).sum()),
        "chart": str((options.news if whole else folder / "corpus.parquet").resolve()),
        "chart_whole": whole,
    }
    write(folder / "facts.json", facts)


def write(path: Path, value: object) -> None:
    """Write a value as JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def news(path: Path, n_tokens: int) -> pd.DataFrame:
    """Draw articles of the corpus, in an order by the seed, until they hold ``n_tokens``; sorted by doc_id."""
    everything, _ = dc.read_documents(path)
    mixed = everything.sample(frac=1, random_state=SEED)
    taken, held = 0, 0
    while taken < len(mixed) and held < n_tokens:
        sizes = dc.tokenize(mixed.iloc[taken : taken + CHUNK])["doc_id"].value_counts()
        ordered = sizes.reindex(mixed["doc_id"].iloc[taken : taken + CHUNK]).to_numpy().cumsum() + held
        step = int(np.searchsorted(ordered, n_tokens)) + 1
        taken, held = taken + min(step, len(ordered)), int(ordered[-1])
    columns = ["doc_id", "source", "date", "title", "text"]
    return mixed.iloc[:taken][columns].sort_values("doc_id", ignore_index=True)


def made(n_tokens: int) -> pd.DataFrame:
    """Make a corpus; its most frequent words are those of the coded reports, so that a chart of it holds something."""
    counted = dc.tokenize(dc.load_seed("reports"))["token"].value_counts()
    words = [word for word in sorted(counted.index, key=lambda word: (-counted[word], word)) if LETTERS.fullmatch(word)]
    return make_corpus(n_tokens, words)


def choose_words(tokens: pd.DataFrame) -> dict[str, object]:
    """Choose the words of the tasks by their ranks alone.

    Literal words: of the words of three letters or more, 480 whose ranks grow by one factor from 20 to 30,000. Lemmas:
    the same of the words without article. Frequent and rare word: of those written in one way only, the ones nearest
    to 42,775 and to 128 in ten million tokens.
    """
    written = tokens["token"].cat
    table = pd.DataFrame(
        {"token": written.categories.astype("str"), "n": np.bincount(written.codes, minlength=len(written.categories))}
    )
    table["norm"] = dc.normalize_words(table["token"].tolist())
    table = table.sort_values(["n", "token"], ascending=[False, True], kind="stable")
    forms = table["norm"].value_counts()
    plain = table[table["token"].str.fullmatch(LETTERS.pattern)].drop_duplicates("norm")
    bare = plain[~plain["token"].str.startswith("ال")]
    single = plain[plain["token"].eq(plain["norm"]) & plain["norm"].map(forms).eq(1)]
    rare = max(RARE * len(tokens), LEAST_RARE)
    return {
        "literal": ranked(plain["token"].tolist()),
        "lemmas": ranked(bare["token"].tolist()),
        "frequent": nearest(single, FREQUENT * len(tokens)),
        "rare": nearest(single, rare),
    }


def ranked(words: list[str]) -> list[str]:
    """Take 480 words of a list by frequency, each rank the last times one factor, but at least the next.

    Examples
    --------
    >>> ranked([str(rank) for rank in range(40_000)])[:3]
    ['20', '21', '22']
    """
    last = min(LAST_RANK, len(words) - 1)
    if last - FIRST_RANK < N_WORDS:
        raise ValueError(f"the corpus has {len(words)} words to choose from; {N_WORDS} are needed: take more --tokens")
    ranks = np.round(np.geomspace(FIRST_RANK, last, N_WORDS)).astype(int)
    steps = np.arange(N_WORDS)
    ranks = np.maximum.accumulate(ranks - steps) + steps
    return [words[rank] for rank in ranks]


def nearest(table: pd.DataFrame, wanted: float) -> str:
    """Return the word whose count is nearest to the wanted one; the first in order of the alphabet among equals."""
    ordered = table.assign(off=(table["n"] - wanted).abs()).sort_values(["off", "token"])
    return str(ordered["token"].iloc[0])


def matched_forms(tokens: pd.DataFrame, words: list[str], kind: str) -> list[str]:
    """Return every written form of the corpus that the entries match: what the automaton of the peer is given."""
    matches = dc.find_matches(tokens, lexicon(words, kind))
    document = tokens["doc_id"].cat.codes.to_numpy()
    begins = np.searchsorted(document, matches["doc_id"].cat.codes.to_numpy())
    rows = begins + matches["start"].to_numpy()
    return sorted(tokens["token"].iloc[rows].unique().tolist())


if __name__ == "__main__":
    main()

"""How well find_frames agrees with the hand codes: digests, development articles, first held-out articles.

    python benchmarks/validity/score_frames.py [--shared ../shared] [--folds 5]

Printed: precision, recall, micro-F1 and the share of right main frames of each set; then the same micro-F1 when the
two numbers ``per_100_words`` and ``lead`` are chosen on four fifths of all documents and used on the last fifth.
"""

import argparse
import itertools
import os
import zlib
from pathlib import Path

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.frames import find_frames
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.seeds import load_seed

HERE = Path(__file__).resolve().parent
Pairs = set[tuple[str, str]]
GRID = list(itertools.product((0.05, 0.1, 0.15), (0, 1, 2, 3)))  # per_100_words, lead


def coded(codes: pd.DataFrame) -> Pairs:
    """Return the coded (document, frame) pairs of the twelve frames."""
    frames = load_lexicon("frames").categories
    cells = zip(codes["doc_id"].astype("str"), codes["frames"].fillna("").astype("str"), strict=True)
    return {(doc_id, f.strip()) for doc_id, cell in cells for f in cell.split(";") if f.strip() in frames}


def read_sets(shared: Path) -> dict[str, tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Return name -> documents, tokens without boilerplate, codes."""
    digests = load_seed("reports")
    sets = {"digests": (digests, tokenize(digests), digests)}
    news = pd.read_parquet(shared / "data" / "news" / "arabic_news.parquet")
    for name, path in (
        ("development", shared / "data" / "coding" / "dev_documents.csv"),
        ("held out 1", HERE / "heldout_documents.csv"),
    ):
        codes = pd.read_csv(path)
        articles = news[news["doc_id"].isin(codes["doc_id"])].reset_index(drop=True)
        sets[name] = articles, drop_spans(tokenize(articles), find_boilerplate(articles)), codes
    return sets


def pairs(frames: pd.DataFrame, column: str) -> Pairs:
    """Return the (document, frame) pairs where ``column`` is 1."""
    rows = frames[frames[column] == 1]
    return set(zip(rows["doc_id"].astype("str"), rows["category"].astype("str"), strict=True))


def f1(found: Pairs, right: Pairs) -> float:
    """Return micro-F1."""
    return 2 * len(found & right) / max(1, len(found) + len(right))


def fold_of(doc_id: str, n_folds: int) -> int:
    """Return the fold of a document, the same in every run."""
    return zlib.crc32(doc_id.encode()) % n_folds


def in_folds(some: Pairs, folds: set[int], n_folds: int) -> Pairs:
    """Return the pairs whose document lies in these folds."""
    return {pair for pair in some if fold_of(pair[0], n_folds) in folds}


def cross_validate(found: dict[tuple, dict[str, Pairs]], right: dict[str, Pairs], n_folds: int) -> dict[str, float]:
    """Choose the numbers by the mean of F1 on digests and on articles, fold by fold; return F1 of those left out."""
    articles = [name for name in right if name != "digests"]
    held: dict[str, Pairs] = {name: set() for name in right}
    for fold in range(n_folds):
        rest = set(range(n_folds)) - {fold}

        def worth(numbers: tuple, rest: set[int] = rest) -> float:
            of = {n: in_folds(found[numbers][n], rest, n_folds) for n in right}
            known = {n: in_folds(right[n], rest, n_folds) for n in right}
            together = f1(set().union(*(of[n] for n in articles)), set().union(*(known[n] for n in articles)))
            return f1(of["digests"], known["digests"]) + together

        best = max(found, key=worth)
        print(f"fold {fold}: per_100_words {best[0]}, lead {best[1]}")
        for name in right:
            held[name] |= in_folds(found[best][name], {fold}, n_folds)
    scores = {name: f1(held[name], right[name]) for name in right}
    together = (set().union(*(side[name] for name in articles)) for side in (held, right))
    return scores | {"all articles": f1(*together)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = os.environ.get("DISCOURSE_SHARED", HERE.parents[1].parent / "shared")
    parser.add_argument("--shared", type=Path, default=Path(default))
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    sets = read_sets(options.shared)
    right = {name: coded(codes) for name, (_, _, codes) in sets.items()}
    for name, (documents, tokens, codes) in sets.items():
        frames = find_frames(tokens, documents)
        found, known = pairs(frames, "present"), right[name]
        mains = codes[codes["main_frame"].isin(load_lexicon("frames").categories)]
        hits = pairs(frames, "main") & set(zip(mains["doc_id"].astype("str"), mains["main_frame"], strict=True))
        both = len(found & known)
        print(
            f"{name}: n {len(documents)}, precision {both / len(found):.3f}, recall {both / len(known):.3f}, "
            f"F1 {f1(found, known):.3f}, main frame right {len(hits) / len(mains):.3f} of {len(mains)}"
        )
        if name == "digests":
            for frame in load_lexicon("frames").categories:
                one, other = ({pair for pair in side if pair[1] == frame} for side in (found, known))
                print(f"    {frame}: n {len(other)}, F1 {f1(one, other):.2f}")
    found = {
        (slope, lead): {
            name: pairs(find_frames(tokens, documents, per_100_words=slope, lead=lead), "present")
            for name, (documents, tokens, _) in sets.items()
        }
        for slope, lead in GRID
    }
    for numbers, of in found.items():
        print(numbers, {name: round(f1(of[name], right[name]), 3) for name in right})
    held = cross_validate(found, right, options.folds)
    print("cross-validated F1: " + ", ".join(f"{name} {value:.3f}" for name, value in held.items()))


if __name__ == "__main__":
    main()

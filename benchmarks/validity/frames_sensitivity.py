"""Which entries of the frames lexicon carry the frames found in the digests: the table of discourse/lexicons/frames.md.

    python benchmarks/validity/frames_sensitivity.py [--top 3]

Every entry that fires in seeds/reports is left out in turn, and the frames are found again. Printed per frame, as
Markdown: the entries whose loss changes `present` in most digests, and micro-F1 against the hand codes without them.
"""

import argparse
from dataclasses import replace

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.sensitivity import leave_one_out
from discourse.reading.frames import find_frames
from discourse.sources.seeds import load_seed

Frames = set[tuple[str, str]]


def present(tokens: pd.DataFrame, documents: pd.DataFrame, lexicon: Lexicon, actors: Lexicon) -> Frames:
    """Return the (document, frame) pairs found."""
    frames = find_frames(tokens, documents, lexicon=lexicon, actors=actors)
    frames = frames[frames["present"] == 1]
    return set(zip(frames["doc_id"].astype("str"), frames["category"].astype("str"), strict=True))


def micro_f1(found: Frames, coded: Frames) -> float:
    """Return micro-F1 of two sets of (document, frame) pairs."""
    return 2 * len(found & coded) / (len(found) + len(coded))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--top", type=int, default=3, help="entries shown per frame")
    options = parser.parse_args()
    documents, lexicon, actors = load_seed("reports"), load_lexicon("frames"), load_lexicon("actors")
    tokens = tokenize(documents)
    coded = {(row.doc_id, frame) for row in documents.itertuples() for frame in row.frames.split(";")}
    whole = present(tokens, documents, lexicon, actors)
    print(f"All {len(lexicon.entries)} entries: micro-F1 {micro_f1(whole, coded):.3f}, {len(whole)} frames found.\n")
    titles = documents[["doc_id", "title"]].rename(columns={"title": "text"})
    read = pd.concat([leave_one_out(lexicon, tokens), leave_one_out(lexicon, tokenize(titles))])
    fired = read.groupby(["category", "pattern"], observed=True)["n_matches"].sum()
    rows = []
    for category, pattern in fired[fired > 0].index:
        one = (lexicon.entries["category"] == category) & (lexicon.entries["pattern"] == pattern)
        rest = replace(lexicon, entries=lexicon.entries[~one].reset_index(drop=True))
        without = present(tokens, documents, rest, actors)
        rows.append((category, pattern, fired[category, pattern], len(whole ^ without), micro_f1(without, coded)))
    table = pd.DataFrame(rows, columns=["frame", "entry", "n_matches", "n_digests_changed", "micro_f1_without"])
    n_found = pd.Series([frame for _, frame in whole]).value_counts()
    table["share_of_frame"] = table["n_digests_changed"] / table["frame"].map(n_found)
    print(f"{len(table)} entries fire; {int((table['n_digests_changed'] == 0).sum())} of them change no digest.\n")
    print("| frame | entry left out | matches | digests changed | share of the frame | micro-F1 without |")
    print("|---|---|---|---|---|---|")
    ordered = table.sort_values(["frame", "n_digests_changed", "n_matches"], ascending=[True, False, False])
    for row in ordered.groupby("frame").head(options.top).itertuples():
        print(
            f"| {row.frame} | `{row.entry}` | {row.n_matches} | {row.n_digests_changed} | {row.share_of_frame:.2f} "
            f"| {row.micro_f1_without:.3f} |"
        )


if __name__ == "__main__":
    main()

"""Score the library on the challenge sets: invented reports in minimal pairs, one phenomenon a kind.

    python benchmarks/validity/challenge.py SET [--part work|held] [--kinds] [--errors]

SET is positions, stories, pairs, frames, speech or words; challenge/README.md says what each holds. Two thirds of each
set are for work, one third is held: it may be measured, and is never read (--errors is refused there). Items on which
two coders differ are left out. Intervals of 95%: Wilson for items that stand alone, a bootstrap over minimal pairs
where items come in pairs.
"""

import argparse
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scoring import COLUMNS, Scored, every_holder, row, score_answers, score_cues, score_frames, under

from discourse.errors import DiscourseError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.reading.matching.matches import find_matches
from discourse.sources.documents import read_documents
from discourse.steps.making import make_tables
from discourse.validity.answers import score_against_codes

FOLDER = Path(__file__).resolve().parent / "challenge"
PARTS = ("work", "held")
# kinds of `words` that the form of a word cannot tell
BY_CONTEXT = ("homographs_context", "names_like_clitics")
MARKS = dict.fromkeys(range(0x64B, 0x653))


def read_set(name: str, *, part: str | None = None, folder: Path = FOLDER, doubtful: bool = False) -> pd.DataFrame:
    """Return the rows of a set on which the coders agree, with ``unit`` (the minimal pair or the item) and ``part``."""
    rows = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows["unit"] = rows["pair"].where(rows["pair"] != "", rows["item"]) if "pair" in rows else rows["item"]
    rows["part"] = [part_of(name, unit) for unit in rows["unit"]]
    kept = pd.Series(True, index=rows.index) if doubtful or "doubt" not in rows else rows["doubt"] != "1"
    return rows[kept if part is None else kept & (rows["part"] == part)].reset_index(drop=True)


def part_of(name: str, unit: str) -> str:
    """Return the part of a unit: for positions by the list held.txt, else by a hash of its name.

    >>> part_of("stories", "sa01"), part_of("stories", "sa02")
    ('work', 'held')
    """
    if name == "positions":
        return "held" if unit in _held() else "work"
    return "held" if int(hashlib.sha256(unit.encode()).hexdigest(), 16) % 3 == 0 else "work"


@functools.cache
def _held() -> frozenset[str]:
    return frozenset((FOLDER / "held.txt").read_text("utf-8").split())


def documents_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the items as DOCUMENTS."""
    table = rows[["item", "text", "date"]].rename(columns={"item": "doc_id"})
    titles = rows["title"] if "title" in rows else pd.Series("", index=rows.index)
    documents, rejects = read_documents(table.assign(title=titles.where(titles != "", None), source="challenge"))
    if len(rejects):
        raise SystemExit(f"{len(rejects)} items are no documents. First: {rejects.iloc[0].tolist()}")
    return documents


def codes_of(rows: pd.DataFrame, *, holder: str | None = None) -> pd.DataFrame:
    """Return the codes ``russia>-1;us>2`` as doc_id, holder, position; of one holder with nulls where it has none."""
    told = [
        (row.item, *(cell.strip() for cell in code.split(">")))
        for row in rows.itertuples()
        for code in row.positions.split(";")
        if code.strip()
    ]
    codes = pd.DataFrame(told, columns=["doc_id", "holder", "position"]).astype({"position": float})
    if holder is None:
        return codes
    own = codes[codes["holder"] == holder].set_index("doc_id")["position"]
    return pd.DataFrame({"doc_id": rows["item"], "holder": holder, "position": own.reindex(rows["item"]).to_numpy()})


def positions(rows: pd.DataFrame, *, holder: str = "russia", target: str = "taliban") -> Scored:
    """Score one holder's position: six answers, presence, minimal pairs with every member right, each code."""
    found = make_tables(documents_of(rows), ["document_positions"], target=target)["document_positions"]
    own = found[found["holder"] == holder]
    codes = codes_of(rows, holder=holder)
    return score_answers(own, codes, rows)


def pairs(rows: pd.DataFrame) -> Scored:
    """Score nine pairs of holder and target: each corpus is read once for each target."""
    parts, unread = [], []
    for target, own in rows.groupby("target"):
        try:
            found = make_tables(documents_of(own), ["document_positions"], target=target)["document_positions"]
        except DiscourseError as error:  # a target that the library refuses
            print(f"target {target}: {error}", file=sys.stderr)
            unread += own["item"].tolist()
            continue
        parts.append(found.astype({"doc_id": "str", "holder": "str", "target": "str"}))
    asked = rows[["item", "holder", "target", "position"]].rename(columns={"item": "doc_id"})
    asked["position"] = pd.to_numeric(asked["position"].where(asked["position"].str.strip() != ""))
    found = pd.concat(parts) if parts else asked.head(0).assign(grade=None)
    key = ["doc_id", "holder", "target"]
    own = pd.MultiIndex.from_frame(found[key]).isin(pd.MultiIndex.from_frame(asked[key]))  # the holder that was asked
    return score_answers(found[own], asked, rows, unread)


def stories(rows: pd.DataFrame) -> Scored:
    """Score full-length stories: Russia's position, those of every holder, frames."""
    made = positions(rows)
    told = frames(rows)
    parts = [
        under("russia", made.figures),
        every_holder(documents_of(rows), codes_of(rows)),
        under("frames", told.figures),
    ]
    return Scored(pd.concat(parts, ignore_index=True), made.items)


def frames(rows: pd.DataFrame) -> Scored:
    """Score the frames that are present and the main one."""
    return score_frames(documents_of(rows), rows, dict(zip(rows["item"], rows["unit"], strict=True)))


def speech(rows: pd.DataFrame) -> Scored:
    """Score reported speech: an instance is found by its cue, and speech in marks alone by its content."""
    table = make_tables(documents_of(rows), ["quotations"], scope="all")["quotations"]
    own = {str(name): part.to_dict("records") for name, part in table.groupby("doc_id", observed=True)}
    outcomes = [_instances(json.loads(row.instances or "[]"), own.get(row.item, [])) for row in rows.itertuples()]
    hit, speaker, kind, n_got, n_want = np.array(outcomes).T
    units, same = rows["unit"].to_numpy(), (hit == n_got) & (hit == n_want) & (speaker == hit)
    figures = score_cues(hit, speaker, n_got, n_want, units)
    figures.insert(4, row("kind_right", kind, hit, units))
    figures.append(row("items_right", same, np.ones(len(same)), units))
    items = rows[["item", "kind"]].assign(right=same)
    items["want"] = [str([(g["cue"], g["speaker"]) for g in json.loads(cell or "[]")]) for cell in rows["instances"]]
    items["got"] = [str([(m["cue"], m["speaker"]) for m in own.get(name, [])]) for name in rows["item"]]
    return Scored(pd.concat(figures, ignore_index=True), items)


def _instances(gold: list[dict], found: list[dict]) -> tuple[int, int, int, int, int]:
    """Return how many are found, with the right speaker, with the right kind, and how many there are on each side."""
    left, hits = list(found), []
    for one in gold:
        place = "cue" if one["cue"] else "content"
        begin, end = one[f"{place}_start"], one[f"{place}_end"]
        for other in left:
            at = other[f"{place}_start_char"], other[f"{place}_end_char"]
            bare = one["cue"] or pd.isna(other["cue_start_char"])
            if not pd.isna(at[0]) and begin < at[1] and at[0] < end and bare:
                left.remove(other)
                hits.append((one, other))
                break
    named = sum(_same_name(one["speaker"], other["speaker"]) for one, other in hits)
    return len(hits), named, sum(one["kind"] == other["kind"] for one, other in hits), len(found), len(gold)


def _same_name(coded: str | None, found: str | None) -> bool:
    one, other = (coded or "").strip(), "" if pd.isna(found) else str(found).strip()
    return (not one and not other) or (bool(one and other) and (one in other or other in one))


def words(rows: pd.DataFrame) -> Scored:
    """Score one entry a row, lemma and part of speech as a scholar writes them: does the target match."""
    want = rows["should_match"].str.lower().isin(["yes", "1", "true"]).to_numpy()
    got = np.array([_matches(row) for row in rows.itertuples()])
    context = (rows["kind"].isin(BY_CONTEXT) | rows["note"].str.contains("context")).to_numpy() & ~want
    ones, units = np.ones(len(rows)), rows["unit"].to_numpy()
    figures = [
        row("precision", want & got, got, units),
        row("recall", want & got, want, units),
        row("f1", 2 * (want & got), want.astype(int) + got, units, n=want.sum()),
        row("right", want == got, ones, units),
        row("right where the form tells", (want == got) & ~context, ~context, units),
    ]
    items = rows[["item", "kind"]].assign(right=want == got, want=rows["lemma"] + " " + rows["target"], got=got)
    return Scored(pd.concat(figures, ignore_index=True), items)


def _matches(row: NamedTuple) -> bool:
    tokens = tokenize(pd.DataFrame({"doc_id": ["item"], "text": [row.sentence]}))
    lemma, pos = row.lemma.translate(MARKS), "proper" if row.pos == "name" else row.pos
    if pos == "num":
        lexicon = lexicon_from_patterns([lemma])
    else:
        lexicon = lexicon_from_patterns([f"[{lemma}]"], lemmas={lemma: {"pos": pos}})
    found = find_matches(tokens, lexicon)
    begin = row.sentence.find(row.target)
    starts = tokens["start_char"].to_numpy()[found["start"].to_numpy()]
    ends = tokens["end_char"].to_numpy()[found["end"].to_numpy() - 1]
    return bool(((starts < begin + len(row.target)) & (begin < ends)).any())


def coders() -> Iterator[pd.DataFrame]:
    """Yield how far a second coder, blind, agrees with the first: what a reader of the same kind reaches."""
    for name in ("positions", "stories"):
        rows = read_set(name, doubtful=True)
        second = rows["second"].where(rows["second"] != "", None).astype(float)
        told = pd.DataFrame({"doc_id": rows["item"], "holder": "russia", "position": second})
        clusters = dict(zip(rows["item"], rows["unit"], strict=True))
        figures = score_against_codes(told, codes_of(rows, holder="russia"), clusters=clusters)
        figures = figures[figures["figure"].isin(["six_way", "alpha_ordinal"])]
        yield figures.assign(set=f"second coder, {name}", part="all")[COLUMNS]
    for name, column in (("frames", "second"), ("stories", "second_frames")):
        rows = read_set(name, doubtful=True)
        one, other = ([set(cell.split(";")) - {""} for cell in rows[label]] for label in ("frames", column))
        both = np.array([len(a & b) for a, b in zip(one, other, strict=True)])
        n = np.array([len(a) for a in one]) + [len(b) for b in other]
        figures = row("frames: micro_f1", 2 * both, n, rows["unit"].to_numpy(), n=sum(map(len, one)))
        yield figures.assign(set=f"second coder, {name}", part="all")[COLUMNS]


SETS: dict[str, Callable[[pd.DataFrame], Scored]] = {
    "positions": positions, "stories": stories, "pairs": pairs, "frames": frames, "speech": speech, "words": words,
}  # fmt: skip


def score_sets(
    names: Iterable[str] = tuple(SETS), parts: Iterable[str] = PARTS, limit: int | None = None
) -> Iterator[pd.DataFrame]:
    """Yield the figures of each set and part; ``limit`` takes the first units alone."""
    for name in names:
        for part in parts:
            rows = read_set(name, part=part)
            if limit is not None:
                rows = rows[rows["unit"].isin(rows["unit"].unique()[:limit])].reset_index(drop=True)
            yield SETS[name](rows).figures.assign(set=name, part=part)[COLUMNS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", choices=sorted(SETS))
    parser.add_argument("--part", choices=PARTS, default="work")
    parser.add_argument("--kinds", action="store_true", help="also the share of items right, by kind")
    parser.add_argument("--errors", action="store_true", help="also each item that is wrong; not of the held part")
    options = parser.parse_args()
    if options.errors and options.part == "held":
        parser.error("the held part is measured, not read: --errors goes with --part work")
    rows = read_set(options.set, part=options.part)
    made = SETS[options.set](rows)
    print(made.figures.round(3).to_string(index=False))
    if options.kinds:
        print(made.items.groupby("kind")["right"].agg(["size", "mean"]).round(3).to_string())
    if options.errors:
        texts = rows.set_index("item")
        for one in made.items[~made.items["right"]].itertuples():
            said = texts.loc[one.item].filter(["title", "text", "sentence"]).tolist()
            print(f"\n{one.item} {one.kind}: {one.got} for {one.want}\n  {said}")


if __name__ == "__main__":
    main()

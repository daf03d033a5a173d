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

from discourse.errors import DiscourseError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.evidence import GRADES
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.positions import find_positions, score_positions
from discourse.sources.documents import read_documents
from discourse.steps.making import make_tables
from discourse.validity.answers import ANSWERS, match_answers, score_against_codes, share_of_rows

FOLDER = Path(__file__).resolve().parent / "challenge"
PARTS = ("work", "held")
# the holders that the coders told apart; every other actor is `other`
HOLDERS = ("russia", "us", "uk", "nato", "pakistan", "afghan_gov", "iran", "saudi_arabia", "un", "taliban", "other")
COLUMNS = ["set", "part", "figure", "n", "estimate", "lower", "upper", "method"]
# kinds of `words` that the form of a word cannot tell
BY_CONTEXT = ("homographs_context", "names_like_clitics")
MARKS = dict.fromkeys(range(0x64B, 0x653))


class Scored(NamedTuple):
    """Figures (figure, n, estimate, lower, upper, method) and, item by item, what came out."""

    figures: pd.DataFrame
    items: pd.DataFrame  # item, kind, right (bool), want, got


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
    return _answers(own, codes, rows)


def _answers(found: pd.DataFrame, codes: pd.DataFrame, rows: pd.DataFrame, unread: Iterable[str] = ()) -> Scored:
    """Score answers to the rows; an item of ``unread``, whose target is refused, is wrong whatever its code."""
    units = rows["unit"].to_numpy()
    clusters = None if rows["unit"].is_unique else dict(zip(rows["item"], units, strict=True))
    figures = score_against_codes(found, codes, clusters=clusters)
    answers = match_answers(found, codes).set_index("doc_id").loc[rows["item"]]
    items = rows[["item", "kind"]].assign(want=answers["hand"].array, got=answers["found"].array)
    items["got"] = items["got"].mask(items["item"].isin(list(unread)), "unread")
    items["right"] = items["want"] == items["got"]
    right = items["right"].to_numpy()
    parts = [_row("six_way", right, np.ones(len(right)), units), figures[figures["figure"] != "six_way"]]
    paired = rows["unit"].map(rows["unit"].value_counts()).gt(1)
    if paired.any():
        whole = items["right"][paired].groupby(rows["unit"][paired]).all().to_numpy()
        parts.append(_row("pairs with every member right", whole, np.ones(len(whole)), np.arange(len(whole))))
    for code in ANSWERS:
        mine = (items["want"] == code).to_numpy()
        parts.append(_row(f"right where the code is {code}", right & mine, mine, units))
    parts.append(by_grade(found, items["item"], right, units))
    return Scored(pd.concat(parts, ignore_index=True), items)


def by_grade(found: pd.DataFrame, ids: pd.Series, right: np.ndarray, units: np.ndarray) -> pd.DataFrame:
    """Return the share of right answers for each grade of evidence of the positions found."""
    grade = found.set_index(found["doc_id"].astype("str"))["grade"].reindex(ids).astype("object").to_numpy()
    parts = [_row(f"right where evidence is {name}", right & (grade == name), grade == name, units) for name in GRADES]
    return pd.concat(parts, ignore_index=True)


def _row(figure: str, top: np.ndarray, bottom: np.ndarray, units: np.ndarray, n: int | None = None) -> pd.DataFrame:
    """Return one figure; ``n`` is the denominator unless said otherwise."""
    top, bottom = np.asarray(top, float), np.asarray(bottom, float)
    values = share_of_rows(top, bottom, np.asarray(units))[1:]
    return pd.DataFrame([(figure, int(bottom.sum() if n is None else n), *values)], columns=COLUMNS[2:])


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
    return _answers(found[own], asked, rows, unread)


def stories(rows: pd.DataFrame) -> Scored:
    """Score full-length stories: Russia's position, those of every holder, frames."""
    made = positions(rows)
    told = frames(rows)
    parts = [
        made.figures.assign(figure="russia: " + made.figures["figure"]),
        every_holder(documents_of(rows), codes_of(rows)),
        told.figures.assign(figure="frames: " + told.figures["figure"]),
    ]
    return Scored(pd.concat(parts, ignore_index=True), made.items)


def every_holder(documents: pd.DataFrame, codes: pd.DataFrame, **tables: pd.DataFrame) -> pd.DataFrame:
    """Score the positions of all holders that a coder listed: presence, and agreement where both have one."""
    made = make_tables(documents, ["body_tokens", "quotations"], given=tables)
    found = find_positions(documents, made["body_tokens"], quotations=made["quotations"], holders=HOLDERS)
    figures = score_against_codes(score_positions(found), codes, doc_ids=documents["doc_id"], holders=HOLDERS)
    figures = figures[figures["figure"] != "six_way"]  # none for a holder that nobody sees is no answer that was asked
    return figures.assign(figure="all holders: " + figures["figure"])


def frames(rows: pd.DataFrame) -> Scored:
    """Score the frames that are present and the main one."""
    return score_frames(documents_of(rows), rows, dict(zip(rows["item"], rows["unit"], strict=True)))


def score_frames(documents: pd.DataFrame, rows: pd.DataFrame, clusters: dict | None = None, **tables) -> Scored:
    """Score FRAMES against ``frames`` and ``main_frame`` of the rows (item or doc_id), by the frames of the lexicon."""
    names = load_lexicon("frames").categories
    table = make_tables(documents, ["frames"], given=tables)["frames"].astype({"doc_id": "str", "category": "str"})
    ids = rows["item"] if "item" in rows else rows["doc_id"]
    got = {key: set() for key in ids} | table[table["present"] == 1].groupby("doc_id")["category"].agg(set).to_dict()
    main = table[table["main"] == 1].set_index("doc_id")["category"].to_dict()
    want = {
        key: {name.strip() for name in str(cell).split(";")} & set(names)
        for key, cell in zip(ids, rows["frames"], strict=True)
    }
    units = np.array([(clusters or {}).get(key, key) for key in ids])
    hit, n_got, n_want = (
        np.array([len(some) for some in sets])
        for sets in ([want[key] & got[key] for key in ids], [got[key] for key in ids], [want[key] for key in ids])
    )
    same = np.array([want[key] == got[key] for key in ids])
    coded = rows["main_frame"].isin(names).to_numpy()
    right = np.array([main.get(key) == name for key, name in zip(ids, rows["main_frame"], strict=True)])
    figures = [
        _row("micro_precision", hit, n_got, units),
        _row("micro_recall", hit, n_want, units),
        _row("micro_f1", 2 * hit, n_got + n_want, units, n=n_want.sum()),
        _row("all_right", same, np.ones(len(same)), units),
        _row("main_right", right & coded, coded, units),
    ]
    items = pd.DataFrame({"item": ids, "kind": rows.get("kind", ""), "right": same})
    items["want"], items["got"] = ([";".join(sorted(sets[key])) for key in ids] for sets in (want, got))
    return Scored(pd.concat(figures, ignore_index=True), items)


def speech(rows: pd.DataFrame) -> Scored:
    """Score reported speech: an instance is found by its cue, and speech in marks alone by its content."""
    table = make_tables(documents_of(rows), ["quotations"], scope="all")["quotations"]
    own = {str(name): part.to_dict("records") for name, part in table.groupby("doc_id", observed=True)}
    outcomes = [_instances(json.loads(row.instances or "[]"), own.get(row.item, [])) for row in rows.itertuples()]
    hit, speaker, kind, n_got, n_want = np.array(outcomes).T
    units, same = rows["unit"].to_numpy(), (hit == n_got) & (hit == n_want) & (speaker == hit)
    figures = [
        _row("cue_precision", hit, n_got, units),
        _row("cue_recall", hit, n_want, units),
        _row("cue_f1", 2 * hit, n_got + n_want, units, n=n_want.sum()),
        _row("speaker_right", speaker, hit, units),
        _row("kind_right", kind, hit, units),
        _row("end_to_end_f1", 2 * speaker, n_got + n_want, units, n=n_want.sum()),
        _row("items_right", same, np.ones(len(same)), units),
    ]
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
        _row("precision", want & got, got, units),
        _row("recall", want & got, want, units),
        _row("f1", 2 * (want & got), want.astype(int) + got, units, n=want.sum()),
        _row("right", want == got, ones, units),
        _row("right where the form tells", (want == got) & ~context, ~context, units),
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
        figures = _row("frames: micro_f1", 2 * both, n, rows["unit"].to_numpy(), n=sum(map(len, one)))
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

"""The figures of validity: a share with its interval, answers to hand codes, frames, cues of reported speech."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.loader import load_lexicon
from discourse.measures.evidence import GRADES
from discourse.reading.stance.positions import find_positions, score_positions
from discourse.steps.making import make_tables
from discourse.validity.answers import ANSWERS, match_answers, score_against_codes
from discourse.validity.scores import share_of_rows

# the holders that the coders told apart; every other actor is `other`
HOLDERS = ("russia", "us", "uk", "nato", "pakistan", "afghan_gov", "iran", "saudi_arabia", "un", "taliban", "other")
COLUMNS = ["set", "part", "figure", "n", "estimate", "lower", "upper", "method"]


class Scored(NamedTuple):
    """Figures (figure, n, estimate, lower, upper, method) and, item by item, what came out."""

    figures: pd.DataFrame
    items: pd.DataFrame  # item, kind, right (bool), want, got


def row(
    figure: str, top: np.ndarray, bottom: np.ndarray, units: np.ndarray | None = None, n: int | None = None
) -> pd.DataFrame:
    """Return one figure; each row is a unit, and ``n`` the denominator, unless said otherwise."""
    top, bottom = np.asarray(top, float), np.asarray(bottom, float)
    values = share_of_rows(top, bottom, np.arange(len(top)) if units is None else np.asarray(units))[1:]
    return pd.DataFrame([(figure, int(bottom.sum() if n is None else n), *values)], columns=COLUMNS[2:])


def under(name: str, figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures under a name: `frames: all_right`."""
    return figures.assign(figure=f"{name}: " + figures["figure"])


def score_answers(found: pd.DataFrame, codes: pd.DataFrame, rows: pd.DataFrame, unread: Iterable[str] = ()) -> Scored:
    """Score answers to the rows; an item of ``unread``, whose target is refused, is wrong whatever its code."""
    units = rows["unit"].to_numpy()
    clusters = None if rows["unit"].is_unique else dict(zip(rows["item"], units, strict=True))
    figures = score_against_codes(found, codes, clusters=clusters)
    answers = match_answers(found, codes).set_index("doc_id").loc[rows["item"]]
    items = rows[["item", "kind"]].assign(want=answers["hand"].array, got=answers["found"].array)
    items["got"] = items["got"].mask(items["item"].isin(list(unread)), "unread")
    items["right"] = items["want"] == items["got"]
    right = items["right"].to_numpy()
    parts = [row("six_way", right, np.ones(len(right)), units), figures[figures["figure"] != "six_way"]]
    paired = rows["unit"].map(rows["unit"].value_counts()).gt(1)
    if paired.any():
        whole = items["right"][paired].groupby(rows["unit"][paired]).all().to_numpy()
        parts.append(row("pairs with every member right", whole, np.ones(len(whole)), np.arange(len(whole))))
    for code in ANSWERS:
        mine = (items["want"] == code).to_numpy()
        parts.append(row(f"right where the code is {code}", right & mine, mine, units))
    parts.append(by_grade(found, items["item"], right, units))
    return Scored(pd.concat(parts, ignore_index=True), items)


def by_grade(found: pd.DataFrame, ids: pd.Series, right: np.ndarray, units: np.ndarray) -> pd.DataFrame:
    """Return the share of right answers for each grade of evidence of the positions found."""
    grade = found.set_index(found["doc_id"].astype("str"))["grade"].reindex(ids).astype("object").to_numpy()
    parts = [row(f"right where evidence is {name}", right & (grade == name), grade == name, units) for name in GRADES]
    return pd.concat(parts, ignore_index=True)


def every_holder(documents: pd.DataFrame, codes: pd.DataFrame, **tables: pd.DataFrame) -> pd.DataFrame:
    """Score the positions of all holders that a coder listed: presence, and agreement where both have one."""
    made = make_tables(documents, ["body_tokens", "quotations"], given=tables)
    found = find_positions(documents, made["body_tokens"], quotations=made["quotations"], holders=HOLDERS)
    figures = score_against_codes(score_positions(found), codes, doc_ids=documents["doc_id"], holders=HOLDERS)
    figures = figures[figures["figure"] != "six_way"]  # none for a holder that nobody sees is no answer that was asked
    return under("all holders", figures)


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
        row("micro_precision", hit, n_got, units),
        row("micro_recall", hit, n_want, units),
        row("micro_f1", 2 * hit, n_got + n_want, units, n=n_want.sum()),
        row("all_right", same, np.ones(len(same)), units),
        row("main_right", right & coded, coded, units),
    ]
    items = pd.DataFrame({"item": ids, "kind": rows.get("kind", ""), "right": same})
    items["want"], items["got"] = ([";".join(sorted(sets[key])) for key in ids] for sets in (want, got))
    return Scored(pd.concat(figures, ignore_index=True), items)


def score_cues(
    hit: np.ndarray, named: np.ndarray, n_got: np.ndarray, n_want: np.ndarray, units: np.ndarray | None = None
) -> list[pd.DataFrame]:
    """Score reported speech, by text: cues that are found, those with the right speaker, how many on each side."""
    return [
        row("cue_precision", hit, n_got, units),
        row("cue_recall", hit, n_want, units),
        row("cue_f1", 2 * hit, n_got + n_want, units, n=n_want.sum()),
        row("speaker_right", named, hit, units),
        row("end_to_end_f1", 2 * named, n_got + n_want, units, n=n_want.sum()),
    ]

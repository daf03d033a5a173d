"""POSITIONS as readers corrected them: cues taken out, sentences that take another side or none."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse import tables
from discourse.measures.omissions import parts_of
from discourse.validity.corrected_rows import (
    CONFIRMED,
    MOVED,
    NO_ROW,
    NOT_APPLIED,
    OTHER_TABLE,
    Told,
    narrowed,
    settle_rows,
)

__all__ = ["READER", "correct_sentences", "weigh_cues"]

READER = "reader"
"""Class and rule of a cue that stands for what a reader said of a sentence."""
_PER_CUE = ("cues", "categories", "codes", "rules")
_LOOSE, _BACKGROUND = 0.5, 0.4  # as find_positions weighs: no object outright; told of earlier years


def weigh_cues(categories: list[str], codes: list[int]) -> tuple[int, float, bool]:
    """Return polarity, strength and negated of a row of POSITIONS from its cues, as ``find_positions`` makes them.

    >>> weigh_cues(["contact~", "cooperation*"], [-1, 1])
    (-1, 1.0, True)
    """
    weights = [(_LOOSE if "*" in one else 1.0) * (_BACKGROUND if "^" in one else 1.0) for one in categories]
    total = sum(weight * code for weight, code in zip(weights, codes, strict=True))
    polarity = (total > 0) - (total < 0)
    leading = [n for n, code in enumerate(codes) if code * polarity > 0] or list(range(len(codes)))
    strength = 2.0 if any(abs(codes[n]) == 2 for n in leading) else 1.0
    return polarity, strength, any("~" in categories[n] for n in leading)


def correct_sentences(
    found: pd.DataFrame, answers: pd.DataFrame, told: Told, *, tokens: pd.DataFrame | None, texts: Mapping[str, str]
) -> pd.DataFrame:
    """Return POSITIONS with what readers said of sentences and of single cues; ``told`` gets what became of it.

    Cues go first, since what is said of a sentence is said of all of it.

    Parameters
    ----------
    found : DataFrame
        POSITIONS with ``categories``.
    answers : DataFrame
        Corrections on which nobody differs, by thing.
    told : Told
        What became of each.
    tokens : DataFrame, optional
        TOKENS; for sentences in which the measure found nothing.
    texts : mapping of str to str
        The text of each document, where known: finds the cue among several of one class.
    """
    out = found.reset_index(drop=True)
    marked = out["corrected"].to_numpy(bool).copy() if "corrected" in out else np.zeros(len(out), bool)
    out = out.assign(corrected=marked)
    for name in ("doc_id", "holder", "target", "voice"):
        out[name] = out[name].astype("str")
    out = _without_cues(out, answers[answers["what"] == "match"], told, texts)
    out = _with_sides(out, answers[answers["what"] == "sentence"], told, tokens)
    if not out["corrected"].any() and len(out) == len(found):
        return found.assign(corrected=marked)
    return tables.conform(out, "POSITIONS")


def _parts(row: Any) -> list[list[str]]:
    return [str(row[name]).split("|") for name in _PER_CUE]


def _put(out: pd.DataFrame, row: int, parts: list[list[str]]) -> None:
    """Write cues into a row, and what follows from them."""
    for name, values in zip(_PER_CUE, parts, strict=True):
        out.loc[row, name] = "|".join(values)
    polarity, strength, negated = weigh_cues(parts[1], [int(code) for code in parts[2]])
    out.loc[row, "polarity"], out.loc[row, "strength"], out.loc[row, "negated"] = polarity, strength, negated
    out.loc[row, "corrected"] = True


def _classes(categories: pd.Series) -> set[str]:
    return {one.rstrip("!~?*^") for text in categories.fillna("") for one in str(text).split("|")}


def _without_cues(out: pd.DataFrame, answers: pd.DataFrame, told: Told, texts: Mapping[str, str]) -> pd.DataFrame:
    """Take out the cues that readers say are none; a row without cues is no position.

    Frames and classes of cues share names. A correction is of a cue where it names the holder, or as its entry the
    cue or a rule.
    """
    known = _classes(out["categories"])
    near = out[out["doc_id"].isin(answers["doc_id"]) & (out["sentence"] >= 0)]
    gone: dict[int, set[int]] = {}
    for thing, one in answers.iterrows():
        name = str(thing)
        if one["category"] not in known:
            told[name] = OTHER_TABLE, 0, "the table has no cue of this category"
            continue
        inside = near["doc_id"] == one["doc_id"]
        inside &= (near["start_char"] <= one["start_char"]) & (near["end_char"] >= one["end_char"])
        if isinstance(one["holder"], str):
            inside &= near["holder"] == one["holder"]
        shown = re.sub(r"\W+", "", texts.get(one["doc_id"], "")[one["start_char"] : one["end_char"]])
        hits = []
        for row in near.index[inside]:
            cues, categories, _, rules = _parts(near.loc[row])
            mine = [n for n, kind in enumerate(categories) if kind.rstrip("!~?*^") == one["category"]]
            if not isinstance(one["holder"], str):
                mine = [n for n in mine if one["entry"] in (cues[n], rules[n], parts_of(rules[n])[0])]
            for same in ([re.sub(r"\W+", "", cue) == shown for cue in cues], [rule == one["entry"] for rule in rules]):
                mine = [n for n in mine if same[n]] or mine
            hits += [(row, n) for n in mine]
        if not hits:
            told[name] = NO_ROW, 0, "no sentence of the table has such a cue there"
        elif one["corrected"] in ("present", one["category"]):
            told[name] = CONFIRMED, len(hits), ""
        elif one["corrected"] == "absent":
            told[name] = MOVED, len(hits), ""
            for row, n in hits:
                gone.setdefault(row, set()).add(n)
        else:
            told[name] = NOT_APPLIED, 0, "what a cue of another class would convey hangs on the sentence: correct that"
    emptied = []
    for row, numbers in gone.items():
        left = [[value for n, value in enumerate(part) if n not in numbers] for part in _parts(out.loc[row])]
        if left[1]:
            _put(out, row, left)
        else:
            emptied.append(row)
    return out.drop(index=emptied).reset_index(drop=True)


def _with_sides(out: pd.DataFrame, answers: pd.DataFrame, told: Told, tokens: pd.DataFrame | None) -> pd.DataFrame:
    """Give sentences the side that readers say they take: cues of that side stay; one of the reader where none does."""
    hits: dict[str, list[int]] = {}
    new = []
    near = out[out["doc_id"].isin(answers["doc_id"])]
    for thing, one in answers.iterrows():
        name = str(thing)
        here = (near["doc_id"] == one["doc_id"]) & (near["holder"] == one["holder"])
        here &= (near["start_char"] == one["start_char"]) & (near["end_char"] == one["end_char"])
        if isinstance(one["target"], str):
            here &= near["target"] == one["target"]
        rows = near[here]
        if len(rows):
            named = pd.Series([_names(row, one["entry"]) for _, row in rows.iterrows()], index=rows.index)
            rows = narrowed(rows, named, rows["polarity"].astype("str") == one["measured"])
            hits[name] = rows.index.tolist()
        elif one["corrected"] == "none":
            told[name] = NO_ROW, 0, "the table says nothing of this holder there"
        else:
            row = _new_row(one, tokens)
            told[name] = (MOVED, 1, "") if isinstance(row, dict) else (NO_ROW, 0, row)
            new += [row] if isinstance(row, dict) else []
    emptied = []
    settled = settle_rows(hits, answers, told)
    for row, name in settled.items():
        side = str(answers.loc[name, "corrected"])
        outcome, n_rows, _ = told.get(name, (CONFIRMED, 0, ""))
        same = side == str(out.loc[row, "polarity"])
        told[name] = CONFIRMED if same and outcome == CONFIRMED else MOVED, n_rows + 1, ""
        if side == "none":
            emptied.append(row)
        elif not same:
            _put(out, row, _cues_of_side(_parts(out.loc[row]), int(side)))
    for thing, own in hits.items():  # one that says the same as the one that counts has come of it what came of that
        told.setdefault(thing, told[settled[own[0]]] if own[0] in settled else (NOT_APPLIED, 0, ""))
    out = out.drop(index=emptied)
    return pd.concat([out, pd.DataFrame(new)], ignore_index=True) if new else out.reset_index(drop=True)


def _names(row: pd.Series, entry: object) -> bool:
    """Tell whether a row was found by a rule or cue: by all that it says, or by one of them."""
    if not isinstance(entry, str):
        return True
    return any(entry == row[name] or entry in str(row[name]).split("|") for name in ("rules", "cues", "categories"))


def _cues_of_side(parts: list[list[str]], side: int) -> list[list[str]]:
    codes = [int(code) for code in parts[2]]
    mine = [n for n, code in enumerate(codes) if (code > 0) - (code < 0) == side]
    if mine:
        return [[part[n] for n in mine] for part in parts]
    return [[parts[0][0]], [READER], [str(side)], [READER]]


def _new_row(one: pd.Series, tokens: pd.DataFrame | None) -> dict[str, object] | str:
    """Return a row for a sentence in which the measure found nothing, or why there is none."""
    if not isinstance(one["target"], str):
        return "the table says nothing of this holder there, and the correction names no target"
    if one["end_char"] == 0:
        sentence = -1
    elif tokens is None:
        return "the table says nothing of this holder there; with `tokens` the sentence can be added"
    else:
        mine = tokens[tokens["doc_id"].astype("str") == one["doc_id"]]
        inside = mine[(mine["start_char"] >= one["start_char"]) & (mine["end_char"] <= one["end_char"])]
        if not len(inside):
            return "no token stands in this place"
        sentence = int(inside["sentence"].iloc[0])
    side = int(one["corrected"])
    return {
        **{name: one[name] for name in ("doc_id", "start_char", "end_char", "holder", "target")},
        "sentence": sentence, "polarity": side, "strength": 1.0, "negated": False, "voice": "outlet", "cues": READER,
        "categories": READER, "codes": str(side), "rules": READER, "person": None, "corrected": True,
    }  # fmt: skip

"""One ordinal position per document and holder, by a rule that shows its evidence."""

import re
from typing import Any, cast

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError

__all__ = ["CODES", "code_of", "score_positions"]

# the position that an affirmed cue conveys by the codebook
CODES = {
    "support": 2, "arming": 2, "agreement": 2, "alliance": 2, "recognition": 2, "delisting": 2,
    "cooperation": 1, "engagement": 1, "shared_interest": 1, "praise": 1, "reconciliation": 1, "demand": 1, "aid": 1,
    "denial": 0, "reserve": 0,
    "concern": -1, "refusal": -1, "conditions": -1,
    "condemnation": -2, "designation": -2, "force": -2, "sanctions": -2, "threat_of_force": -2, "opponents": -2,
}  # fmt: skip
# ... and the one that it conveys when it is negated or denied: a denied arming is no support, but no hostility either
NEGATED_CODES = {"support": 0, "arming": 0, "engagement": 0, "alliance": 0, "designation": 1}
_SIGNED = re.compile(r"([a-z_]+)([!~?*]*)")


def code_of(signed: str) -> int:
    """Return the position, -2 to 2, that one category of POSITIONS.categories conveys.

    Examples
    --------
    >>> code_of("arming"), code_of("arming~"), code_of("arming!"), code_of("recognition~")
    (2, 0, -2, -1)
    """
    category, flips = cast(re.Match[str], _SIGNED.fullmatch(signed)).groups()
    code = CODES.get(category, 0)
    if "!" in flips:
        return -2 if code > 0 else 1
    if "~" in flips:
        return NEGATED_CODES.get(category, -1 if code > 0 else 0)
    if "?" in flips and code == 2:
        return 1
    return code


def score_positions(
    sentences: pd.DataFrame, *, headline_weight: float = 2.0, balance: float = 0.67, strong_share: float = 0.4
) -> pd.DataFrame:
    """Give each holder one position per document, -2 to 2: POSITIONS become DOCUMENT_POSITIONS.

    Every cue conveys the position that the codebook gives its category (``CODES``; ``NEGATED_CODES`` where it is
    negated or denied). The cues are weighed: those of the headline by ``headline_weight``, those that name no object
    by one half. Then the first rule that holds decides:

    1. Support that others allege and the holder denies does not count, unless headline or first sentence allege it.
    2. Cues of neither side (denial, reserve, recognition on conditions) outweigh both sides: 0.
    3. The weaker side has more than ``balance`` of the weight of the stronger one: 0.
    4. The stronger side decides the sign; strong cues (2 or -2) with at least ``strong_share`` of its weight make it 2.

    Parameters
    ----------
    sentences : DataFrame
        POSITIONS with ``categories``, as ``find_positions`` returns it.
    headline_weight : float
        Weight of a cue in the headline, where one in the text has 1.
    balance : float
        Share of the stronger side from which the weaker one makes a document ambivalent.
    strong_share : float
        Share of strong cues from which a position is 2 or -2.

    Returns
    -------
    DataFrame
        DOCUMENT_POSITIONS, sorted by doc_id, holder, target. ``n_for`` and ``n_against`` count sentences of the text.
        ``voice`` is the holder, or third_party where the position is support or arming that others allege.

    Raises
    ------
    SchemaError
        ``sentences`` has no column ``categories``.

    Examples
    --------
    >>> sentences = pd.DataFrame({"doc_id": ["a"], "sentence": [0], "start_char": [0], "end_char": [9],
    ...     "holder": ["russia"], "target": ["taliban"], "polarity": [1], "strength": [1.0], "negated": [False],
    ...     "voice": ["russia"], "cues": ["يتبادل المعلومات"], "categories": ["shared_interest"]})
    >>> score_positions(sentences)[["holder", "position", "voice"]].to_string(index=False, header=False)
    'russia 1 russia'
    """
    if "categories" not in sentences:
        raise SchemaError("`sentences` lacks the column 'categories'; make it with find_positions().")
    rows = sentences.reset_index(drop=True)
    ties = _ties(rows, headline_weight)
    key = ["doc_id", "holder", "target"]
    body = rows[rows["sentence"] >= 0]
    sides = body.assign(n_for=body["polarity"] > 0, n_against=body["polarity"] < 0)
    sides = sides.groupby(key, observed=True)[["n_for", "n_against"]].sum()
    out = []
    for names, found in ties.groupby(key, observed=True, sort=True):
        n_for, n_against = sides.loc[cast(Any, names)] if names in sides.index else (0, 0)
        position = _position(found, balance, strong_share)
        out.append(
            {
                **dict(zip(key, names, strict=True)), "position": position,
                "n_for": int(n_for), "n_against": int(n_against), "voice": _voice(found, position),
            }
        )  # fmt: skip
    columns = [column.name for column in tables.TABLES["DOCUMENT_POSITIONS"].columns]
    return tables.conform(pd.DataFrame(out, columns=columns), "DOCUMENT_POSITIONS")


def _ties(rows: pd.DataFrame, headline_weight: float) -> pd.DataFrame:
    """Return one row per cue, with its code and weight."""
    ties = rows.loc[rows["categories"] != "", ["doc_id", "holder", "target", "voice", "sentence", "categories"]].copy()
    ties["signed"] = ties["categories"].str.split("|")
    waits = ties["categories"].str.contains(r"\b(?:conditions|reserve|refusal)\b(?!~)")
    ties["waits"] = waits
    ties["denies"] = ties["categories"].str.contains("~", regex=False)
    ties = ties.explode("signed", ignore_index=True)
    ties["code"] = [code_of(signed) for signed in ties["signed"]]
    name = ties["signed"].str.rstrip("!~?*")
    open_question = ties["waits"] & name.isin(["recognition", "delisting"])  # recognition on conditions is none yet
    settled = ties.loc[open_question, ["doc_id", "sentence", "holder"]].apply(tuple, axis=1).unique()
    here = ties[["doc_id", "sentence", "holder"]].apply(tuple, axis=1).isin(settled)
    ties.loc[open_question & (ties["code"] > 0), "code"] = 0
    ties.loc[here & name.isin(["conditions"]), "code"] = 0
    idle = (name == "refusal") & ties["denies"]  # the refused cue carries it already
    key = ties["doc_id"].astype(str) + "\t" + ties["holder"].astype(str)
    accused = key.isin(key[name.isin(["support", "arming"]) | ties["signed"].str.contains("~", regex=False)])
    other = key.isin(key[name != "denial"])
    idle |= (name == "denial") & ~accused & other  # a denial of something else
    ties = ties[~idle].copy()
    ties["weight"] = np.where(ties["sentence"] < 0, headline_weight, 1.0) * np.where(
        ties["signed"].str.contains("*", regex=False), 0.5, 1.0
    )
    return ties


def _position(ties: pd.DataFrame, balance: float, strong_share: float) -> int:
    voice, holder = ties["voice"].astype(str), ties["holder"].astype(str)
    claims = (ties["code"] == 2) & (voice != holder) & (voice != "outlet")
    if (
        claims.any()
        and (ties["signed"].str.startswith("denial")).any()
        and not (claims & (ties["sentence"] <= 0)).any()
    ):
        ties = ties[~claims]  # what others claim and the holder denies
    code, weight = ties["code"].to_numpy(), ties["weight"].to_numpy()
    favour, against, neither = weight[code > 0].sum(), weight[code < 0].sum(), weight[code == 0].sum()
    if neither > max(favour, against):
        return 0
    if favour == against or min(favour, against) > balance * max(favour, against):
        return 0
    sign = 1 if favour > against else -1
    side = code * sign > 0
    strong = weight[side & (np.abs(code) == 2)].sum()
    return sign * (2 if strong >= strong_share * weight[side].sum() else 1)


def _voice(ties: pd.DataFrame, position: int) -> str:
    """Return third_party where the position is support or arming that others allege, else the holder itself."""
    holder = str(ties["holder"].iloc[0])
    if position < 2:
        return holder
    alleged = ties["signed"].str.match("support|arming") & (ties["code"] == 2)
    voice = ties["voice"].astype(str)
    claimed = ties["weight"][alleged & (voice != holder) & (voice != "outlet")].sum()
    return "third_party" if claimed >= 0.5 * ties["weight"][ties["code"] == 2].sum() else holder

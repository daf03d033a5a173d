"""One ordinal position per document and holder, by a rule that shows its evidence."""

import re
from typing import cast

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
_WAITING = r"\b(?:conditions|reserve|refusal)\b(?!~)"  # recognition beside one of these is none yet
_ARMS = ["support", "arming"]  # what others allege
_ALLEGED = 0.5  # least share of the strong support that others allege for the position to stand in their voice


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
    key = ["doc_id", "holder", "target"]
    rows = sentences.dropna(subset=key).reset_index(drop=True)
    rows["cell"] = rows.groupby(key, observed=True, sort=False).ngroup()
    n = rows["cell"].nunique()
    ties = _ties(rows, headline_weight)
    cell, name, weight, code = (ties[column].to_numpy() for column in ("cell", "name", "weight", "code"))
    claim = (code == 2) & ties["alleged"].to_numpy()
    leads = _among(cell[claim & (ties["sentence"].to_numpy() <= 0)], n)
    denied = _among(cell[ties["name"].str.startswith("denial").to_numpy()], n)
    counted = ~(claim & (denied & ~leads)[cell])  # not what others claim and the holder denies
    weights = np.zeros((n, 5))
    np.add.at(weights, (cell[counted], code[counted] + 2), weight[counted])
    out = rows.drop_duplicates("cell")[key].reset_index(drop=True)
    out["position"] = _positions(weights, balance, strong_share)
    body = rows[rows["sentence"] >= 0]
    out["n_for"] = np.bincount(body["cell"][body["polarity"] > 0], minlength=n)
    out["n_against"] = np.bincount(body["cell"][body["polarity"] < 0], minlength=n)
    claimed = np.bincount(cell, weight * (claim & np.isin(name, _ARMS)), n)
    strong = np.bincount(cell, weight * (code == 2), n)
    theirs = (out["position"] == 2) & (claimed >= _ALLEGED * strong)
    out["voice"] = out["holder"].astype("object").mask(theirs, "third_party")
    out = out[_among(cell, n)]
    return tables.conform(out.astype(dict.fromkeys([*key, "voice"], "str")), "DOCUMENT_POSITIONS")


def _among(cell: np.ndarray, n: int) -> np.ndarray:
    """Tell of each of the ``n`` cells whether it is one of these."""
    return np.bincount(cell, minlength=n) > 0


def _ties(rows: pd.DataFrame, headline_weight: float) -> pd.DataFrame:
    """Return one row per cue, with its code and weight; ``alleged`` where neither holder nor outlet says it."""
    ties = rows.loc[rows["categories"] != "", ["cell", "doc_id", "holder", "voice", "sentence", "categories"]].copy()
    voice = ties["voice"].astype("str")
    ties["alleged"] = (voice != ties["holder"].astype("str")) & (voice != "outlet")
    ties["side"] = ties.groupby(["doc_id", "holder"], observed=True, sort=False).ngroup()
    ties["place"] = ties.groupby(["side", "sentence"], sort=False).ngroup()
    ties["waits"] = ties["categories"].str.contains(_WAITING)
    ties["denies"] = ties["categories"].str.contains("~", regex=False)
    ties["signed"] = ties["categories"].str.split("|")
    ties = ties.explode("signed", ignore_index=True)
    kind, signed = pd.factorize(ties["signed"])
    ties["code"] = np.array([code_of(one) for one in signed], np.int64)[kind]
    name = ties["name"] = ties["signed"].str.rstrip("!~?*")
    open_question = ties["waits"] & name.isin(["recognition", "delisting"])  # recognition on conditions is none yet
    settled = ties["place"].isin(ties.loc[open_question, "place"])
    ties.loc[open_question & (ties["code"] > 0), "code"] = 0
    ties.loc[settled & (name == "conditions"), "code"] = 0
    idle = (name == "refusal") & ties["denies"]  # the refused cue carries it already
    accusing = name.isin(_ARMS) | ties["signed"].str.contains("~", regex=False)
    accused = ties["side"].isin(ties.loc[accusing, "side"])
    other = ties["side"].isin(ties.loc[name != "denial", "side"])
    idle |= (name == "denial") & ~accused & other  # a denial of something else
    half = ties["signed"].str.contains("*", regex=False)
    ties["weight"] = np.where(ties["sentence"] < 0, headline_weight, 1.0) * np.where(half, 0.5, 1.0)
    return ties[~idle]


def _positions(weights: np.ndarray, balance: float, strong_share: float) -> np.ndarray:
    """Return the position of each cell from the weight of its codes -2, -1, 0, 1, 2."""
    against, neither, favour = weights[:, :2].sum(axis=1), weights[:, 2], weights[:, 3:].sum(axis=1)
    weaker, stronger = np.minimum(favour, against), np.maximum(favour, against)
    strong = np.where(favour > against, weights[:, 4], weights[:, 0])
    size = np.where(strong >= strong_share * stronger, 2, 1)
    ambivalent = (neither > stronger) | (favour == against) | (weaker > balance * stronger)
    return np.where(ambivalent, 0, np.sign(favour - against).astype(np.int64) * size)

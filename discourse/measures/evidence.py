"""How much evidence stands behind a position: sentences, how direct they are, and whether they agree."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.tables import need

__all__ = ["GRADES", "add_grades", "grade_evidence"]

GRADES = ("strong", "fair", "weak")
_KEY = ["doc_id", "holder", "target"]


def grade_evidence(
    positions: pd.DataFrame,
    document_positions: pd.DataFrame | None = None,
    *,
    lead: int = 1,
    several: int = 2,
    agreeing: float = 0.75,
    divided: float = 0.5,
) -> pd.DataFrame:
    """Grade the evidence of each position by what it rests on: POSITIONS become one row per document and holder.

    The grade says how much there is to see, not whether it was read rightly; ``calibrate`` says, on hand codes, what
    share of each grade is right. A headline counts as a sentence. The rows of one sentence (several voices) count as
    one, on the side of their sum.

    1. weak, where no sentence is outright; where only one sentence tells it, away from headline and lead; or where
       at most ``divided`` of several sentences agree with the position.
    2. strong, where at least ``several`` sentences are outright, at least ``agreeing`` of all agree with the position,
       and headline or lead is among them.
    3. fair, all else.

    Sentences agree with a position for or against that are on its side. A position of neither side rests on balance:
    of n sentences, f for and a against, 1 - abs(f - a) / n agree with it.

    Parameters
    ----------
    positions : DataFrame
        POSITIONS with ``categories``, as ``find_positions`` returns it. A cue is outright where it names its object
        and is not hedged (no ``*`` or ``?`` among its marks).
    document_positions : DataFrame, optional
        DOCUMENT_POSITIONS made of these sentences: the side of each position. By default it is the side of more
        sentences, and neither where for and against are equal.
    lead : int
        How many first sentences of the text are its lead.
    several : int
        From how many outright sentences evidence is strong.
    agreeing : float
        From what share of agreeing sentences it is strong.
    divided : float
        Up to what share of agreeing sentences it is weak.

    Returns
    -------
    DataFrame
        doc_id, holder, target, ``n_sentences``, ``n_outright``, ``share_agreeing`` (of the sentences, with the
        position), ``in_lead`` (headline or lead among them), ``grade`` (strong, fair, weak);
        sorted by doc_id, holder, target.

    Raises
    ------
    SchemaError
        A column is missing, or a number is out of its range.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "a", "b"], "sentence": [-1, 0, 4], "holder": ["russia"] * 3,
    ...     "target": ["taliban"] * 3, "polarity": [1, 1, -1], "categories": ["praise", "aid|engagement*", "concern"]})
    >>> grade_evidence(positions)[["doc_id", "n_sentences", "n_outright", "in_lead", "grade"]].values.tolist()
    [['a', 2, 2, True, 'strong'], ['b', 1, 1, False, 'weak']]
    """
    need(positions, "positions", [*_KEY, "sentence", "polarity", "categories"])
    if not 0 <= divided <= agreeing <= 1:
        raise SchemaError(
            f"`divided` is {divided!r} and `agreeing` {agreeing!r}; they must be shares, the first not the larger."
        )
    for name, value in (("lead", lead), ("several", several)):
        if value < 1:
            raise SchemaError(f"`{name}` is {value!r}; it must be at least 1.")
    sentences = _sentences(positions)
    sentences["n_for"], sentences["n_against"] = sentences["side"] > 0, sentences["side"] < 0
    out = sentences.groupby(_KEY, sort=True).agg(
        n_sentences=("sentence", "size"),
        n_outright=("outright", "sum"),
        n_for=("n_for", "sum"),
        n_against=("n_against", "sum"),
        first=("sentence", "min"),
    )
    ahead = (out.pop("n_for") - out["n_against"]).to_numpy(np.int64)  # sentences for, beyond those against
    against = out.pop("n_against").to_numpy(np.int64)
    side = np.sign(ahead) if document_positions is None else _sides(document_positions, out.index)
    agree = np.select([side > 0, side < 0], [ahead + against, against], out["n_sentences"] - np.abs(ahead))
    out["share_agreeing"] = agree / out["n_sentences"].to_numpy(np.float64)
    out["in_lead"] = out.pop("first") < lead
    n, outright, share, led = (
        out[name].to_numpy() for name in ("n_sentences", "n_outright", "share_agreeing", "in_lead")
    )
    weak = (outright == 0) | ((n == 1) & ~led) | ((n > 1) & (share <= divided))
    strong = ~weak & (outright >= several) & (share >= agreeing) & led
    out["grade"] = np.select([weak, strong], ["weak", "strong"], "fair")
    return out.astype({"n_sentences": "int64", "n_outright": "int64"}).reset_index()


def add_grades(document_positions: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Return DOCUMENT_POSITIONS with the column ``grade``, by the defaults of ``grade_evidence``.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a"], "sentence": [0], "holder": ["russia"], "target": ["taliban"],
    ...                           "polarity": [1], "categories": ["praise"]})
    >>> scored = positions[["doc_id", "holder", "target"]].assign(position=1)
    >>> add_grades(scored, positions)["grade"].tolist()
    ['fair']
    """
    grades = grade_evidence(positions, document_positions).set_index(_KEY)["grade"]
    keyed = pd.MultiIndex.from_frame(document_positions[_KEY].astype("str"))
    named = pd.Categorical(grades.reindex(keyed).array, categories=list(GRADES))
    return document_positions.assign(grade=named)


def _sides(document_positions: pd.DataFrame, cells: pd.Index) -> np.ndarray:
    """Return the side of the position of each document, holder and target; neither where there is none."""
    need(document_positions, "document_positions", [*_KEY, "position"])
    keyed = document_positions.astype(dict.fromkeys(_KEY, "str")).set_index(_KEY)["position"]
    return np.sign(keyed.reindex(cells).fillna(0).to_numpy(np.float64)).astype(np.int64)


def _sentences(positions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per document, holder, target and sentence: its side, and whether a cue in it is outright."""
    rows = positions.loc[positions["categories"].fillna("") != "", [*_KEY, "sentence", "polarity", "categories"]]
    rows = rows.dropna(subset=_KEY).astype(dict.fromkeys(_KEY, "str"))
    cues = rows["categories"].str.split("|")
    rows["outright"] = [any("*" not in cue and "?" not in cue for cue in of_row) for of_row in cues]
    one = rows.groupby([*_KEY, "sentence"], sort=True).agg(side=("polarity", "sum"), outright=("outright", "any"))
    one["side"] = np.sign(one["side"].to_numpy(np.int64))
    return one.reset_index()

"""Features of a small ordinal model: the cues of one holder, counted per document."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.studies.default import default_pair

__all__ = ["position_features"]


def position_features(sentences: pd.DataFrame, *, holder: str, target: str | None = None) -> pd.DataFrame:
    """Count the cues of one holder per document: POSITIONS becomes one row of numbers per document.

    The columns are ``headline:C`` and ``body:C`` for each category C of the cues, marked as in POSITIONS.categories
    (``~`` turned away, ``!`` against the target). A cue that does not name its object outright counts one
    half. No date, outlet or name enters, so a series of predicted positions can move only where the words move.

    Parameters
    ----------
    sentences : DataFrame
        POSITIONS with the column ``categories``, as ``find_positions`` returns it.
    holder : str
        Whose position.
    target : str, optional
        Toward whom; the target of the study that ships by default.

    Returns
    -------
    DataFrame
        Index doc_id, sorted; float64 columns, sorted by name. Documents without a cue of the holder have no row.

    Examples
    --------
    >>> sentences = pd.DataFrame({"doc_id": ["a", "a"], "holder": ["russia"] * 2, "target": ["taliban"] * 2,
    ...                           "sentence": [-1, 0], "categories": ["denial|arming~", "dialogue*"]})
    >>> position_features(sentences, holder="russia").loc["a"].to_dict()
    {'body:dialogue': 0.5, 'headline:arming~': 1.0, 'headline:denial': 1.0}
    """
    if "categories" not in sentences:
        raise SchemaError("`sentences` lacks the column 'categories'; make it with find_positions().")
    target = default_pair().target if target is None else target
    mine = sentences[
        (sentences["holder"] == holder) & (sentences["target"] == target) & (sentences["categories"] != "")
    ]
    cues = mine.assign(signed=mine["categories"].str.split("|")).explode("signed", ignore_index=True)
    if cues.empty:
        return pd.DataFrame(index=pd.Index([], name="doc_id"))
    place = pd.Series(np.where(cues["sentence"] < 0, "headline:", "body:"), index=cues.index, dtype="str")
    name = place + cues["signed"].str.replace(r"[?*^]", "", regex=True)
    weight = np.where(cues["signed"].str.contains("*", regex=False), 0.5, 1.0)
    table = pd.crosstab(cues["doc_id"].astype(str), name, values=weight, aggfunc="sum").fillna(0.0)
    table.columns.name, table.index.name = None, "doc_id"
    return table.sort_index().sort_index(axis=1)

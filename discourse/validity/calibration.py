"""What a grade of evidence is worth: the share of right positions in each, on hand codes."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.evidence import GRADES
from discourse.tables import need
from discourse.validity.answers import keys_of, match_answers
from discourse.validity.scores import share_of_rows

__all__ = ["calibrate"]


def calibrate(
    document_positions: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    doc_ids: Iterable[str] | None = None,
    holders: Iterable[str] | None = None,
    clusters: Mapping[str, str] | None = None,
    minimum: int = 20,
    level: float = 0.95,
) -> pd.DataFrame:
    """Say what share of the positions of each grade is right, where hand codes are at hand.

    A position is right where the coder gave the same one; where the coder saw none, it is wrong. Holders without a
    position have the grade ``none``: they are right where the coder saw none either. The shares hold for texts like
    the coded ones, read by the same rules: calibrate anew for other texts, and on codes that no rule was written on.

    Parameters
    ----------
    document_positions : DataFrame
        DOCUMENT_POSITIONS with ``grade`` (of ``grade_evidence``).
    codes, doc_ids, holders
        As for ``score_against_codes``: doc_id, holder, position of the coder, null for none (and target); which
        documents were coded and which holders looked for, by default those that ``codes`` name.
    clusters : mapping of str to str, optional
        Label of the unit of each doc_id (its story, its wire), documents by default.
    minimum : int
        Of how many positions a grade has to be for its share to be told.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        One row per grade, strong, fair, weak, none: ``grade``, ``n``, ``n_right``, ``right``, ``lower``, ``upper``,
        ``method``. Where n is below ``minimum``, right and its bounds are null and the method is ``too few``.

    Raises
    ------
    SchemaError
        ``document_positions`` has no grade or one of another name, no grade has ``minimum`` positions, or as for
        ``score_against_codes``.

    Examples
    --------
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "position": [1, -1],
    ...                           "grade": ["strong", "weak"]})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c"], "holder": ["russia"] * 3, "position": [1.0, 2.0, None]})
    >>> calibrate(positions, codes, minimum=1)[["grade", "n", "n_right", "right"]].head(3).values.tolist()
    [['strong', 1, 1, 1.0], ['fair', 0, 0, nan], ['weak', 1, 0, 0.0]]
    """
    need(document_positions, "document_positions", ["doc_id", "holder", "position", "grade"])
    if minimum < 1:
        raise SchemaError(f"`minimum` is {minimum!r}; it must be at least 1. 20 is the usual choice.")
    grades = document_positions["grade"].astype("object")
    other = sorted({str(one) for one in grades[document_positions["position"].notna()]} - set(GRADES))
    if other:
        allowed = ", ".join(map(repr, GRADES))
        raise SchemaError(f"`document_positions` has the grade {other[0]!r}; a grade must be one of {allowed}.")
    answers = match_answers(document_positions, codes, doc_ids=doc_ids, holders=holders)
    key = [name for name in ("doc_id", "holder", "target") if name in answers]
    graded = keys_of(document_positions, key).assign(grade=grades.to_numpy())
    answers = answers.merge(graded, on=key, how="left")
    answers["grade"] = answers["grade"].where(answers["found"] != "none", "none").astype("str")
    right = (answers["hand"] == answers["found"]).to_numpy()
    labels = answers["doc_id"] if clusters is None else answers["doc_id"].map(clusters).fillna(answers["doc_id"])
    units = pd.factorize(labels, sort=True)[0]
    rows = []
    for grade in (*GRADES, "none"):
        mine = (answers["grade"] == grade).to_numpy()
        n, *told = share_of_rows(right & mine, mine, units, level=level)
        if n < minimum:
            told = [np.nan, np.nan, np.nan, "too few"]
        rows.append((grade, n, int((right & mine).sum()), *told))
    table = pd.DataFrame(rows, columns=["grade", "n", "n_right", "right", "lower", "upper", "method"])
    most = int(table.loc[table["grade"] != "none", "n"].max())
    if most < minimum:
        raise SchemaError(
            f"`codes` meet at most {most} positions of one grade, and `minimum` is {minimum}. Code more documents; a "
            "share of so few says nothing."
        )
    return table

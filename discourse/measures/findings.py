"""Findings: how the mean position of a holder changed between periods, and whether that can be told from no change."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from discourse.measures.compared import find_span, rank_voices
from discourse.measures.periods import LEAST
from discourse.tables import conform, need

__all__ = ["choose_findings", "find_changes"]

_SIDES = ("before", "after")
_BASES = ("hand", "lexicon")
_TOLD = (("up", "down", "unclear"), ("few",), ("one_period",), ("undated",), ("no_position",))  # the first at hand answers


def find_changes(
    positions: pd.DataFrame, documents: pd.DataFrame, means: pd.DataFrame, *, freq: str = "YS", **options: Any
) -> pd.DataFrame:
    """Contrast every two periods of a holder's mean positions, in each voice.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS or hand codes of one holder.
    documents : DataFrame
        DOCUMENTS.
    means : DataFrame
        What ``compare_positions`` returned for them.
    freq : {"MS", "QS", "YS"}
        The periods of the series, in which documents must have their place.
    **options
        Options of ``contrast``, such as ``cluster``.

    Returns
    -------
    DataFrame
        FINDINGS without the columns that say of what: ``voice``, both periods with their days, documents, stories and
        mean, ``estimate`` (the later minus the earlier mean), its interval, ``method``, ``change`` and ``stated``. One
        row for every two periods in which a voice has a position; where there are none, one row that says why.

    Raises
    ------
    SchemaError
        As ``contrast`` does.

    Notes
    -----
    ``change`` is ``up`` or ``down`` where the 95% interval leaves out 0, ``unclear`` where it does not, ``few`` where a
    period holds fewer than 5 stories, whatever the interval; ``one_period``, ``undated`` and ``no_position`` where there
    are no two periods: all positions stand in one, no date fits a period, or there is no position.
    """
    rows = []
    for voice in means["voice"].cat.categories if len(means) else ():
        own = means.loc[means["voice"].eq(voice) & means["n_docs"].gt(0)]
        for before, after in combinations(own.to_dict("records"), 2):
            found = _contrast(positions, documents, voice, before, after, options)
            rows.append(_sides(before, after) | found | {"voice": voice, "stated": before["stated"]})
    return pd.DataFrame(rows or [_silence(positions, documents, freq)])


def _silence(positions: pd.DataFrame, documents: pd.DataFrame, freq: str) -> dict[str, Any]:
    """Say why nothing can be compared."""
    ids = positions.loc[positions["position"].notna(), "doc_id"].astype("str")
    told = documents.loc[documents["doc_id"].astype("str").isin(ids)]
    span = find_span(told, freq=freq)
    change = "no_position" if not len(told) else "undated" if span is None else "one_period"
    row: dict[str, Any] = {"change": change, "n_docs_before": len(told)}
    return row | (dict(zip(("before", "before_first", "before_last"), span, strict=True)) if span else {})


def _sides(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    told = {}
    for side, one in zip(_SIDES, (before, after), strict=True):
        told |= {side: str(one["period"]), f"{side}_first": one["first"], f"{side}_last": one["last"]}
        told |= {f"{name}_{side}": one[name] for name in ("n_docs", "n_units")} | {f"mean_{side}": one["estimate"]}
    return told


def _contrast(positions, documents, voice, before, after, options) -> dict[str, Any]:
    from discourse.measures.compared import place_between
    from scipy import stats
    ps = [(str(p["period"]), str(p["first"])[:10], str(p["last"])[:10]) for p in (before, after)]
    own = positions.loc[positions["voice"].eq(voice)] if "voice" in positions else positions
    placed = place_between(documents, ps)
    m = own.merge(documents.assign(p=placed)[["doc_id","p"]], on="doc_id")
    a, b = (m.loc[m.p.eq(p[0]), "position"].to_numpy(float) for p in ps)
    d = b.mean() - a.mean()
    v = [x.var(ddof=1) / len(x) if len(x) > 1 else np.nan for x in (a, b)]
    se = np.sqrt(sum(v))
    return _told(d, d - 2 * se, d + 2 * se, "welch", min(len(a), len(b)))


def _told(estimate: float, lower: float, upper: float, method: str, n_units: int) -> dict[str, Any]:
    """Return a difference and what can be said of it."""
    if n_units < LEAST or not np.isfinite([lower, upper]).all():
        change = "few"
    else:
        change = "up" if lower > 0 else "down" if upper < 0 else "unclear"
    return {"estimate": estimate, "lower": lower, "upper": upper, "method": method, "change": change}


def choose_findings(changes: pd.DataFrame, holders: Sequence[str]) -> pd.Series:
    """Mark, for each holder, the row that answers the question: the last period against the first.

    Of the periods that hold enough stories, in the holder's own voice before others, by hand codes before the lexicon
    measure; where none holds enough, of those that hold a position at all.

    Parameters
    ----------
    changes : DataFrame
        FINDINGS without ``main``.
    holders : sequence of str
        Whose.

    Returns
    -------
    Series of bool
        True in the row that answers.
    """
    need(changes, "changes", ["holder", "basis", "voice", "change", "before_first", "after_first", "n_docs_before"])
    main = pd.Series(False, index=changes.index)
    for holder in dict.fromkeys(holders):
        own = changes.loc[changes["holder"].eq(holder)]
        for told in _TOLD:
            rows = own.loc[own["change"].isin(told)]
            if len(rows):
                main[_best(rows, holder)] = True
                break
    return main


def _best(rows: pd.DataFrame, holder: str) -> Any:
    """Return the label of the row of the first basis, the first voice and the widest span."""
    basis = next(name for name in _BASES if rows["basis"].eq(name).any())
    based = rows.loc[rows["basis"].eq(basis)]
    if based["voice"].notna().any():
        sizes = based.assign(n_docs=based["n_docs_before"] + based["n_docs_after"])
        based = based.loc[based["voice"].eq(rank_voices(sizes, holder)[0])]
    return based.sort_values(["before_first", "after_first"], ascending=[True, False], kind="stable").index[0]

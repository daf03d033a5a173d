"""Findings: how the mean position of a holder changed between periods, and whether that can be told from no change."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from discourse.measures.change.contrasts import contrast
from discourse.measures.compared import find_span, place_between, rank_voices
from discourse.tables import need

__all__ = ["choose_findings", "compare_coders", "find_changes", "hold_constant"]

_BASES = ("hand", "lexicon")
_TOLD = (
    ("up", "down", "unclear"),
    ("few",),
    ("one_period",),
    ("undated",),
    ("no_position",),
)  # the first at hand answers


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
        What ``measure_periods`` returned for them.
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
    period holds fewer than 5 stories, or there is no interval; ``one_period``, ``undated`` and ``no_position`` where
    there are no two periods: all positions stand in one, no date fits a period, or there is no position.
    """
    pairs = []
    for voice in means["voice"].cat.categories if len(means) else ():
        own = means.loc[means["voice"].eq(voice) & means["n_docs"].gt(0)]
        pairs += [(voice, *pair) for pair in combinations(own.to_dict("records"), 2)]
    if not pairs:
        return pd.DataFrame([_silence(positions, documents, freq)])
    sides = [[_side(pair[0], pair[place]) for pair in pairs] for place in (1, 2)]
    found = contrast(positions, documents, first=sides[0], second=sides[1], **options)
    rows = [
        {"voice": voice, "stated": before["stated"], **_period("before", before), **_period("after", after)}
        for voice, before, after in pairs
    ]
    held = _held_by(positions, documents, rows)
    return pd.concat([pd.DataFrame(rows), pd.DataFrame(held), _told(found)], axis=1)


def _held_by(
    positions: pd.DataFrame, documents: pd.DataFrame, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the dates of the first and the last document with a position on each side, and whether coders differ."""
    found = []
    for row in rows:
        told = documents.loc[documents["doc_id"].astype("str").isin(_told_by(positions, row["voice"]))]
        placed = place_between(told, _periods(row))
        days = pd.to_datetime(told["date"])
        one: dict[str, Any] = {}
        for side in ("before", "after"):
            own = days[placed.eq(side)]
            one |= {f"{side}_from": own.min(), f"{side}_until": own.max()}
        found.append(one | {"coders": compare_coders(told, placed)})
    return found


def compare_coders(documents: pd.DataFrame, placed: pd.Series) -> str | None:
    """Tell whether the same coders coded the documents of both periods.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS, with the variable ``coder`` where it is known who coded which.
    placed : Series of str
        For each of them ``before``, ``after`` or null.

    Returns
    -------
    str or None
        ``same``: all of them coded in both periods; ``apart``: none did; ``mixed``: some did. None where the coders of
        a period are not known.

    Examples
    --------
    >>> documents = pd.DataFrame({"coder": ["a", "b", "b"]})
    >>> compare_coders(documents, pd.Series(["before", "after", "after"])), compare_coders(documents[[]], pd.Series())
    ('apart', None)
    """
    if "coder" not in documents:
        return None
    known = documents["coder"].notna() & documents["coder"].astype("str").ne("")
    sides = [set(documents.loc[known & placed.eq(side), "coder"].astype("str")) for side in ("before", "after")]
    if not all(sides):
        return None
    return "same" if sides[0] == sides[1] else "mixed" if sides[0] & sides[1] else "apart"


def _told_by(positions: pd.DataFrame, voice: object) -> set[str]:
    """Return the documents in which a voice has a position."""
    voices = positions["voice"] if "voice" in positions else pd.Series("all", positions.index)
    voices = voices.astype(object).where(voices.notna(), "unknown")
    return set(
        positions.loc[positions["position"].notna() & voices.astype("str").eq(str(voice)), "doc_id"].astype("str")
    )


def _periods(row: Mapping[Any, Any]) -> list[tuple[str, str, str]]:
    return [(side, str(row[f"{side}_first"]), str(row[f"{side}_last"])) for side in ("before", "after")]


def hold_constant(
    positions: pd.DataFrame, documents: pd.DataFrame, change: Mapping[Any, Any], hold: str, **options: Any
) -> pd.DataFrame:
    """Contrast the two periods of a change again with a document variable held constant, such as the outlet.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS or hand codes of one holder.
    documents : DataFrame
        DOCUMENTS with the variable.
    change : mapping
        A row of ``find_changes``.
    hold : str
        The variable.
    **options
        Further options of ``contrast``.

    Returns
    -------
    DataFrame
        The row anew, with ``hold``; no row where no value of the variable stands in both periods.

    Raises
    ------
    SchemaError
        As ``contrast`` does.
    """
    sides = [
        _side(change["voice"], {end: change[f"{name}_{end}"] for end in ("first", "last")})
        for name in ("before", "after")
    ]
    if not _common(positions, documents, change, hold):
        return pd.DataFrame()
    found = contrast(positions, documents, first=sides[0], second=sides[1], hold=hold, **options)
    return pd.DataFrame([dict(change) | _told(found).to_dict("records")[0]])


def _common(positions: pd.DataFrame, documents: pd.DataFrame, change: Mapping[Any, Any], hold: str) -> set[str]:
    """Return the values of a variable that stand in both periods."""
    told = documents["doc_id"].astype("str").isin(_told_by(positions, change["voice"]))
    placed = place_between(documents, _periods(change)).where(told)
    values = documents[hold].astype(object).where(documents[hold].notna(), "unknown").astype("str")
    return set(values[placed.eq("before")]) & set(values[placed.eq("after")])


def _silence(positions: pd.DataFrame, documents: pd.DataFrame, freq: str) -> dict[str, Any]:
    """Say why nothing can be compared."""
    ids = positions.loc[positions["position"].notna(), "doc_id"].astype("str")
    told = documents.loc[documents["doc_id"].astype("str").isin(ids)]
    span = find_span(told, freq=freq)
    change = "no_position" if not len(told) else "undated" if span is None else "one_period"
    row: dict[str, Any] = {"change": change, "n_docs_before": len(told)}
    return row | (dict(zip(("before", "before_first", "before_last"), span, strict=True)) if span else {})


def _side(voice: str, period: Mapping[str, Any]) -> dict[str, Any]:
    return {"voice": str(voice), "period": (pd.Timestamp(period["first"]), pd.Timestamp(period["last"]))}


def _period(side: str, one: Mapping[str, Any]) -> dict[str, Any]:
    return {side: str(one["period"]), f"{side}_first": one["first"], f"{side}_last": one["last"]}


def _told(found: pd.DataFrame) -> pd.DataFrame:
    """Return CONTRASTS as FINDINGS have them, and what can be said of each."""
    told = {
        f"{new}_{side}": found[f"{old}_{place}"]
        for side, place in (("before", "first"), ("after", "second"))
        for new, old in (("n_docs", "n_docs"), ("n_units", "n_units"), ("mean", "estimate"))
    }
    change = np.select(
        [found["few"] | found["lower"].isna(), found["lower"].gt(0), found["upper"].lt(0)],
        ["few", "up", "down"],
        "unclear",
    )
    same = found[["lower", "upper", "method", "hold", "n_left_out"]]
    return same.assign(**told, estimate=found["difference"], change=change)


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

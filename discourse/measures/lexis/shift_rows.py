"""What a word shift adds up: scored occurrences of entries, from matches of a lexicon or from cues of positions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, check_choice, first_three
from discourse.measures.change.rows import column_of, span_of
from discourse.measures.change.sides import Side, rows_of_side, variables_of
from discourse.measures.checked import check_documents_once
from discourse.measures.draws import name_units
from discourse.measures.lexis.sets import check_voice, read_between
from discourse.tables import need

__all__ = ["NONE", "REST", "choose_one", "scored_rows", "sided_rows"]

REST = "(rest)"
"""What the position of a document has beyond the mean of its cues."""
NONE = "(no cue)"
"""Stands for the cues of a document that has a position and no cue."""
_OF = {"matches": ["pattern", "category"], "positions": ["cue", "rule"]}


def scored_rows(
    table: pd.DataFrame, of: str | None, positions: pd.DataFrame | None, holder: str | None, target: str | None
) -> pd.DataFrame:
    """Lay MATCHES or POSITIONS out as rows: doc_id, entry, weight, score, and a voice where the table has one.

    Parameters
    ----------
    table : DataFrame
        MATCHES, in which each match counts 1 and its weight is the score; or POSITIONS, in which each document counts
        1, parted among its cues, and the code of a cue is its score.
    of : str, optional
        What an entry is: ``pattern`` (default) or ``category`` of MATCHES, ``cue`` (default) or ``rule`` of POSITIONS.
    positions : DataFrame, optional
        DOCUMENT_POSITIONS; what they have beyond the mean of the cues of the document is an entry of its own.
    holder, target : str, optional
        Keep the positions of this holder, toward this target.

    Raises
    ------
    SchemaError
        Columns are missing, ``of`` is unknown, nothing is left, or there are several holders or targets.
    """
    need(table, "table", ["doc_id"])
    cues = "cues" in table
    if of is not None:
        check_choice("of", of, _OF["positions" if cues else "matches"])
    if not cues:
        if positions is not None:
            raise SchemaError("`positions` is given, but `table` holds no cues. Pass POSITIONS as `table`.")
        return _of_matches(table, of or "pattern")
    need(table, "table", ["holder", "target", "cues", "codes", "rules"])
    chosen = choose_one(choose_one(table, "holder", holder), "target", target)
    rows = _of_cues(chosen, of or "cue")
    if positions is None:
        return rows
    return _with_documents(rows, choose_one(choose_one(positions, "holder", holder), "target", target))


def _of_matches(table: pd.DataFrame, of: str) -> pd.DataFrame:
    need(table, "table", [of, "weight"])
    if not len(table):
        raise SchemaError("`table` holds no match, so that nothing has a score. Take another lexicon or corpus.")
    score = pd.to_numeric(table["weight"], errors="coerce").to_numpy(float)
    if not np.isfinite(score).all():
        raise SchemaError(f"`table` has {int((~np.isfinite(score)).sum())} weights that are no number. Give each one.")
    return pd.DataFrame(
        {"doc_id": table["doc_id"].astype("str").to_numpy(), "entry": table[of].astype("str").to_numpy()}
    ).assign(weight=1.0, score=score)


def choose_one(table: pd.DataFrame, name: str, wanted: str | None) -> pd.DataFrame:
    """Return the rows of one holder or target."""
    values = table[name].astype("str")
    if wanted is not None:
        table = table.loc[values.eq(wanted).to_numpy()]
        if not len(table):
            known = f"there is {first_three(sorted(values.unique()))}" if len(values) else "there is no row at all"
            raise AbsentError(f"`{name}` is {wanted!r}, which no row has; {known}.")
    elif values.nunique() > 1:
        raise SchemaError(
            f"`table` has {values.nunique()} values of {name!r}: {first_three(sorted(values.unique()))}. Choose one by "
            f"`{name}`."
        )
    return table.reset_index(drop=True)


def _of_cues(table: pd.DataFrame, of: str) -> pd.DataFrame:
    if not len(table):
        raise SchemaError("`table` holds no position, so that nothing has a score. Take another holder or corpus.")
    split = {name: table[name].astype("str").str.split("|") for name in ("cues", "codes", "rules")}
    lengths = split["codes"].str.len()  # type: ignore
    uneven = lengths.ne(split["cues"].str.len()) | lengths.ne(split["rules"].str.len())  # type: ignore
    if uneven.any():
        raise SchemaError(
            f"`table` has {int(uneven.sum())} rows whose cues, codes and rules are not as many. First documents: "
            f"{first_three(table.loc[uneven, 'doc_id'])}. Pass POSITIONS as find_positions() returns it."
        )
    rows = pd.DataFrame({"doc_id": table["doc_id"].astype("str"), **split})
    if "voice" in table:
        rows["voice"] = table["voice"].astype("str")
    rows = rows.explode(["cues", "codes", "rules"], ignore_index=True)
    rows = rows.assign(entry=rows["cues" if of == "cue" else "rules"].astype("str"), score=rows["codes"].astype(float))
    own = ["doc_id", *(["voice"] if "voice" in rows else [])]
    return rows.assign(weight=1 / rows.groupby("doc_id")["entry"].transform("size"))[[*own, "entry", "weight", "score"]]


def _with_documents(rows: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Add what documents have beyond their cues; keep the documents that have a position."""
    held = positions.loc[positions["position"].notna()]
    position = pd.Series(held["position"].to_numpy(float), index=held["doc_id"].astype("str"))
    if position.index.has_duplicates:
        raise SchemaError("`positions` has documents with several rows; keep one holder and one target of each.")
    rows = rows.loc[rows["doc_id"].isin(position.index)].drop(columns="voice", errors="ignore")
    silent = position.index[~position.index.isin(rows["doc_id"])]
    none = pd.DataFrame({"doc_id": silent, "entry": NONE, "weight": 1.0, "score": position[silent].to_numpy()})
    rows = pd.concat([rows, none], ignore_index=True)
    mean = (rows["weight"] * rows["score"]).groupby(rows["doc_id"]).sum()
    rest = (position - mean.reindex(position.index)).rename("score")
    beyond = rest.rename_axis("doc_id").reset_index().assign(entry=REST, weight=1.0)
    return pd.concat([rows, beyond[rows.columns.intersection(beyond.columns)]], ignore_index=True)


def sided_rows(
    rows: pd.DataFrame, documents: pd.DataFrame, between: Sequence[Any], by: str | None, cluster: str | None
) -> tuple[pd.DataFrame, tuple[Side, Side]]:
    """Give each scored row its side (0 or 1) and its story (``unit``); rows on neither side fall out, ``row`` stays.

    Raises
    ------
    SchemaError
        The sets overlap or hold nothing that is scored, ids do not fit, or no document has a date where a period is
        asked for.
    """
    sides = read_between(between, by)
    periods = any(side.start is not None for side in sides)
    names = [name for name in variables_of(sides)]
    need(documents, "documents", ["doc_id", *(["date"] if periods else []), *names, *([cluster] if cluster else [])])
    check_documents_once(documents)
    ids = documents["doc_id"].astype("str")
    place = pd.Index(ids).get_indexer(pd.Index(rows["doc_id"]))
    if (place < 0).any():
        absent = sorted(set(rows.loc[place < 0, "doc_id"]))
        raise SchemaError(
            f"`documents` lacks {len(absent)} documents of `table`. First: {first_three(absent)}. Pass the documents "
            "that it was made from."
        )
    found = rows.assign(unit=name_units(ids, documents[cluster] if cluster else None).to_numpy()[place])
    start, end = span_of(documents) if periods else (pd.Series(pd.NaT, ids.index),) * 2
    if periods and start.isna().all():
        raise AbsentError("`between` asks for a period, but no document has a date. Resolve the dates (resolve_dates).")
    found = found.assign(start=start.to_numpy()[place], end=end.to_numpy()[place])
    for name in names:
        values = documents[name].astype(object).where(documents[name].notna(), "unknown").astype("str")
        found[column_of(name)] = values.to_numpy()[place]
    if any("category" in side.values for side in sides):
        if "voice" not in found:
            raise SchemaError("`between` names a voice, but the rows have none. Pass POSITIONS, without `positions`.")
        found = found.rename(columns={"voice": "category"})
        known = sorted(found["category"].astype("str").unique())
        for wanted in (name for side in sides for name in side.values.get("category", [])):
            check_voice(wanted, known, "no row has; there is")
    inside = [rows_of_side(found, side, "between") for side in sides]
    both = inside[0] & inside[1]
    if both.any():
        shared = sorted(found.loc[both, "doc_id"].unique())
        raise SchemaError(
            f"`between` names sets that overlap: {sides[0].words} and {sides[1].words} share {len(shared)} documents. "
            f"First: {first_three(shared)}. Draw the border so that each lies on one side."
        )
    columns = ["doc_id", "entry", "weight", "score", "unit", *(["row"] if "row" in found else [])]
    kept = found.loc[inside[0] | inside[1], columns]
    return kept.assign(side=inside[1][inside[0] | inside[1]].astype(np.int64)).reset_index(drop=True), sides

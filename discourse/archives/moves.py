"""Moves: which points of an archive are other numbers now, by how much, and what may have moved them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from discourse.archives.points import documents_behind, points_of

__all__ = ["CHANGED", "MOVED", "compare_points", "count_lost"]

CHANGED = ("changed", "respelled", "recoded")
"""States of a text that is there and is not the one that was read."""
MOVED = ("moved", "gone", "new", "affected")
"""States of a point that is no longer what the archive says, or may not be."""
_NOISE = 1e-9  # part of a number by which machines differ
_BOUNDS = ("estimate", "lower", "upper")


def count_lost(
    name: str,
    table: pd.DataFrame,
    documents: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    states: Mapping[str, str],
    *,
    freq: str,
) -> pd.DataFrame:
    """Return the points of a table with ``n_missing`` and ``n_changed``: documents behind them that are gone or others.

    Parameters
    ----------
    name, table, documents, tables, freq
        As for ``documents_behind``.
    states : mapping of str to str
        State of each document, as ``compare_texts`` tells it.

    Returns
    -------
    DataFrame
        As ``points_of``, with both columns.
    """
    points = points_of(table)
    keys, behind = documents_behind(name, table, documents, tables, freq=freq)
    state = behind["doc_id"].map(states)
    told = behind.assign(n_missing=state.eq("missing").astype("int64"), n_changed=state.isin(CHANGED).astype("int64"))
    counts = ["n_missing", "n_changed"]
    if not keys:
        return points.assign(**{count: int(told[count].sum()) for count in counts})
    lost = told.groupby(keys, as_index=False)[counts].sum()
    return (
        points.merge(lost, on=keys, how="left").fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, "int64"))
    )


def compare_points(
    archived: pd.DataFrame, fresh: pd.DataFrame | None, *, edited: bool, code: bool, elsewhere: bool
) -> pd.DataFrame:
    """Hold the points of an archive against those that were worked out again.

    Parameters
    ----------
    archived : DataFrame
        From ``count_lost``.
    fresh : DataFrame or None
        From ``points_of`` of the new table; None where nothing was worked out again.
    edited : bool
        The table of the archive is not the one that was written.
    code : bool
        Library or packages have other versions.
    elsewhere : bool
        Some document of the archive is missing or changed.

    Returns
    -------
    DataFrame
        ``item``, ``state`` (``equal``, ``moved``, ``gone``, ``new``; without a new table ``equal`` or ``affected``),
        ``n_archived``, ``n_found``, ``n_missing``, ``n_changed``, the three numbers each ``_archived`` and ``_found``,
        ``moved`` (the new estimate minus the old), and ``cause``: all that may have moved it, joined by ``|``: missing,
        changed, corpus (documents elsewhere, through what is worked out over the whole corpus), edited, code.
    """
    if fresh is None:
        hit = archived["n_missing"].gt(0) | archived["n_changed"].gt(0)
        told = archived.rename(columns={name: f"{name}_archived" for name in ("n", *_BOUNDS)})
        told = told.assign(state=np.where(hit, "affected", "equal"))
        return told.assign(cause=_causes(told, edited=False, code=False, elsewhere=False))
    both = archived.merge(fresh[["item", "n", *_BOUNDS]], on="item", how="outer", suffixes=("_archived", "_found"),
                          indicator=True)  # fmt: skip
    differs = both["n_archived"].ne(both["n_found"]).to_numpy(dtype=bool, copy=True)
    for name in _BOUNDS:
        old, new = (both[f"{name}_{side}"].to_numpy(float) for side in ("archived", "found"))
        near = np.abs(new - old) <= _NOISE * np.maximum(1, np.abs(old))
        differs |= ~(near | (np.isnan(old) & np.isnan(new)))
    state = np.where(differs, "moved", "equal").astype(object)
    state[both["_merge"].eq("left_only")] = "gone"
    state[both["_merge"].eq("right_only")] = "new"
    both = both.assign(state=state, moved=both["estimate_found"] - both["estimate_archived"])
    return both.assign(cause=_causes(both, edited=edited, code=code, elsewhere=elsewhere))


def _causes(points: pd.DataFrame, *, edited: bool, code: bool, elsewhere: bool) -> pd.Series:
    """Say what may have moved each point that moved."""
    said: list[str | None] = []
    for state, missing, changed in zip(points["state"], points["n_missing"], points["n_changed"], strict=True):
        if state == "equal":
            said.append(None)
            continue
        causes = [name for name, n in (("missing", missing), ("changed", changed)) if n > 0]
        if not causes and elsewhere and not edited:
            causes.append("corpus")
        if not causes and edited:
            causes.append("edited")
        said.append("|".join([*causes, *(["code"] if code else [])]) or "unknown")
    return pd.Series(said, index=points.index, dtype="object")

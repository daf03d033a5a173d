"""Points: the numbers of an archive one by one, and the documents that each rests on."""

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.measures.compared import place_between
from discourse.measures.periods import find_periods

__all__ = ["COMPARED", "documents_behind", "points_of", "read_csv"]

COMPARED = (
    "attention", "naming", "series", "overall", "subject_series", "by_series", "position_series", "position_by_series",
    "findings", "period_positions", "company",
)  # fmt: skip
"""The tables whose numbers are compared."""
_KEYS = (
    "lexicon", "measure", "basis", "holder", "voice", "category", "actor", "other", "before", "after", "hold", "period",
)  # fmt: skip
_NUMBERS = {
    "n_docs", "n_docs_with", "n_matches", "n_tokens", "n_units", "estimate", "lower", "upper", "method", "few",
    "band_lower", "band_upper", "per_1000", "per_1000_lower", "per_1000_upper", "n_sentences", "n_together",
    "n_docs_together", "first", "last", "stated", "main", "change", "coders", "n_left_out", "mean_before", "mean_after",
    "target",
}  # fmt: skip
_UNKNOWN = "unknown"


def read_csv(content: bytes) -> pd.DataFrame:
    """Read a table of an archive: an empty cell is null, and nothing else is."""
    options: dict[str, Any] = {"keep_default_na": False, "na_values": [""], "dtype": {"doc_id": "str"}}
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # more fields than the header has
        return pd.read_csv(io.BytesIO(content), index_col=False, **options)


def points_of(table: pd.DataFrame) -> pd.DataFrame:
    """Return the points of a table: ``item``, ``n``, ``estimate``, ``lower``, ``upper``, and its keys as text.

    Parameters
    ----------
    table : DataFrame
        One of ``COMPARED``, as ``read_csv`` gives it.

    Returns
    -------
    DataFrame
        One row for each row of the table. ``n`` is what the number rests on: of a mean the documents with a position,
        of a share or a rate all documents, of a change those of both periods, of company the sentences.
    """
    keys = _keys_of(table)
    told = {name: table[name].astype("object").where(table[name].notna(), "").astype(str) for name in keys}
    items = ["; ".join(f"{name}={value}" for name, value in zip(keys, row, strict=True) if value)
             for row in zip(*told.values(), strict=True)]  # fmt: skip
    numbers = {name: table[name].astype(float) if name in table else float("nan") for name in
               ("estimate", "lower", "upper")}  # fmt: skip
    return pd.DataFrame({"item": items, "n": _n_of(table), **numbers, **told})


def _keys_of(table: pd.DataFrame) -> list[str]:
    """Return the columns that tell points apart: the known ones, and the variable that splits."""
    split = [
        str(name)
        for name in table.columns
        if name not in _NUMBERS and name not in _KEYS and not str(name).startswith(("n_", "before_", "after_"))
    ]
    return [name for name in _KEYS if name in table] + split


def _n_of(table: pd.DataFrame) -> pd.Series:
    if "n_docs_before" in table:
        return table["n_docs_before"] + table["n_docs_after"]
    if "n_sentences" in table:
        return table["n_sentences"]
    if "measure" in table and "n_docs_with" in table:
        return table["n_docs"].where(table["measure"].ne("mean_position"), table["n_docs_with"])
    return table["n_docs"]


def documents_behind(
    name: str, table: pd.DataFrame, documents: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, freq: str
) -> tuple[list[str], pd.DataFrame]:
    """Return which documents the points of a table rest on.

    Parameters
    ----------
    name : str
        Name of the table, one of ``COMPARED``.
    table : DataFrame
        The table, as ``read_csv`` gives it.
    documents : DataFrame
        The documents of the archive with ``doc_id``, ``date`` (as dates), ``date_precision`` and their variables.
    tables : mapping of str to DataFrame
        The tables of the archive: ``named``, ``positions`` and ``hand_codes`` are read.
    freq : {"MS", "QS", "YS"}
        The periods of the series.

    Returns
    -------
    keys : list of str
        The columns of the points that tell which documents; none where all points rest on all documents.
    behind : DataFrame
        These columns, as text, and ``doc_id``: one row for each document behind them.
    """
    placed = find_periods(documents, freq=freq).set_index("doc_id")["period"].dropna()
    dated = documents.loc[documents["doc_id"].isin(placed.index)]
    dated = dated.assign(period=placed.reindex(dated["doc_id"]).dt.strftime("%Y-%m-%d").to_numpy())
    split = [one for one in _keys_of(table) if one not in _KEYS]
    if name in ("overall", "company"):
        return [], documents[["doc_id"]]
    if name in ("period_positions", "findings"):
        return _of_spans(table, documents, _positions(tables))
    if name in ("position_series", "position_by_series"):
        keys = ["basis", "holder", "category", *split, "period"]
        told = _positions(tables).rename(columns={"voice": "category"})
        return keys, _as_text(told.merge(dated[["doc_id", "period", *split]], on="doc_id"), keys)
    if name == "subject_series":
        both = tables["named"].loc[tables["named"]["both"].astype(bool), "doc_id"].astype(str)
        dated = dated.loc[dated["doc_id"].isin(both)]
    return [*split, "period"], _as_text(dated, [*split, "period"])


def _positions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return whose document conveys whose position in whose voice, by hand codes and by the lexicon measure."""
    parts = []
    for basis, name in (("hand", "hand_codes"), ("lexicon", "positions")):
        if name in tables and len(tables[name]):
            rows = tables[name].loc[tables[name]["position"].notna()]
            voices = rows["voice"].fillna(_UNKNOWN).astype(str) if "voice" in rows else "all"
            parts.append(pd.DataFrame({"doc_id": rows["doc_id"].astype(str), "holder": rows["holder"].astype(str),
                                       "voice": voices, "basis": basis}))  # fmt: skip
    return pd.concat(parts) if parts else pd.DataFrame(columns=["doc_id", "holder", "voice", "basis"], dtype="str")


def _of_spans(table: pd.DataFrame, documents: pd.DataFrame, positions: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Return the documents behind the means of named periods, or behind the changes between two of them."""
    sides = [""] if "period" in table else ["before", "after"]
    names = ["period"] if "period" in table else ["before", "after"]
    every = pd.concat([positions, positions.assign(voice="all")]).drop_duplicates()
    parts = []
    for row in table.drop_duplicates(names).dropna(subset=names).to_dict("records"):
        for side in sides:
            first, last = (row[f"{side}_{end}" if side else end] for end in ("first", "last"))
            inside = place_between(documents, [("in", str(first), str(last))]).notna()
            own = every.loc[every["doc_id"].isin(documents.loc[inside, "doc_id"])]
            parts.append(own.assign(**{name: str(row[name]) for name in names}))
    keys = ["basis", "holder", "voice", *names]
    if not parts:
        return keys, pd.DataFrame(columns=[*keys, "doc_id"], dtype="str")
    return keys, _as_text(pd.concat(parts).drop_duplicates(), keys)


def _as_text(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    told = {name: rows[name].astype("object").where(rows[name].notna(), _UNKNOWN).astype(str) for name in keys}
    return pd.DataFrame({**told, "doc_id": rows["doc_id"].astype(str)})

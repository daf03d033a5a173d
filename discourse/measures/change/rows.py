"""What is measured in each document: a numerator, a denominator, a story, a span of days, for every kind of table."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.checked import check_counts, check_documents_once, check_pairs, choose_rows, read_positions
from discourse.measures.draws import name_units
from discourse.measures.periods import read_days, read_weights
from discourse.tables import need

__all__ = [
    "CODES",
    "KINDS",
    "MEASURES",
    "Observed",
    "check_once",
    "column_of",
    "name_of",
    "observe",
    "read_hold",
    "span_of",
    "sum_by_story",
]

MEASURES = ("code_share", "mean_position", "per_1000", "share")
KINDS = {"code_share": "share", "mean_position": "mean", "per_1000": "rate", "share": "share"}
CODES = (-2, -1, 0, 1, 2)
UNKNOWN = "unknown"
_SPANS = {"month": "M", "year": "Y"}
_OWN = "variable "  # before the name of a variable of the user's, so that it is no column of rows by chance


class Observed(NamedTuple):
    """Rows that are measured.

    ``rows`` holds, sorted by doc_id and category: ``doc_id``, ``category``, ``y`` (what is counted), ``x`` (what it is
    divided by), ``weight``, ``unit`` (name of the story), ``start`` and ``end`` (first and last day that the document
    may have appeared on; null without a date), ``code`` where codes are counted, and the variables asked for, each in
    a column that ``column_of`` names.
    """

    rows: pd.DataFrame
    measure: str
    kind: str
    scale: float


def column_of(name: str) -> str:
    """Return the column in which rows carry a variable of the user's, whatever its name is.

    >>> name_of(column_of("weight"))
    'weight'
    """
    return _OWN + name


def name_of(column: str) -> str:
    """Return the name of the variable that a column carries."""
    return column.removeprefix(_OWN)


def read_hold(hold: str | Sequence[str] | None) -> list[str]:
    """Return the names of the variables held constant.

    Raises
    ------
    SchemaError
        One is no text, or named twice.

    Examples
    --------
    >>> read_hold("source"), read_hold(None)
    (['source'], [])
    """
    if hold is not None and not isinstance(hold, str | Sequence):
        raise SchemaError(f"`hold` is {hold!r}; it must name columns of `documents`, such as 'source'.")
    held = [hold] if isinstance(hold, str) else list(hold or [])
    for place, name in enumerate(held):
        if not isinstance(name, str):
            raise SchemaError(f"`hold` names {name!r}; it must name columns of `documents`, such as 'source'.")
        if name in held[:place]:
            raise SchemaError(f"`hold` names {name!r} twice. Name each variable once.")
    return held


def observe(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    measure: str | None = None,
    variables: Sequence[str] = (),
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    cluster: str | None = None,
    weight: str | None = None,
) -> Observed:
    """Lay COUNTS, FRAMES, DOCUMENT_POSITIONS or hand codes out as rows that are measured.

    Parameters
    ----------
    table : DataFrame
        What is measured: positions where it has a column ``position``, else counts.
    documents : DataFrame
        DOCUMENTS.
    measure : {"mean_position", "code_share", "per_1000", "share"}, optional
        By default ``mean_position`` for positions, ``share`` for FRAMES, ``per_1000`` for COUNTS.
    variables : sequence of str
        Columns of ``table`` or of ``documents`` that the rows carry; a null is ``unknown``.
    holder, target, voice : str, optional
        Keep the positions of this holder, toward this target, in this voice.
    cluster, weight : str, optional
        Document variables: the story of each document, and what each document counts.

    Returns
    -------
    Observed
        The rows, the measure, its kind and its scale.

    Raises
    ------
    SchemaError
        Columns are missing, ids do not fit together, or a weight, a count or a position is out of range.
    """
    need(table, "table", ["doc_id"])
    need(documents, "documents", ["doc_id", "date"])
    positions = "position" in table
    measure = measure or ("mean_position" if positions else "share" if "present" in table else "per_1000")
    check_choice("measure", measure, MEASURES)
    if positions != (measure in {"mean_position", "code_share"}):
        fitting = "'mean_position', 'code_share'" if positions else "'per_1000', 'share'"
        raise SchemaError(f"`measure` is {measure!r}, but `table` holds {'positions' if positions else 'counts'}: "
                          f"it must be one of {fitting}.")  # fmt: skip
    table = table.reset_index(drop=True)
    if not positions:
        check_counts(table, "table")
    chosen = choose_rows(table, {"holder": holder, "target": target, "voice": voice}, "table")
    rows = _measured_positions(chosen, measure) if positions else _measured_counts(chosen, measure)
    if not len(rows):
        raise SchemaError("`table` holds no value that could be measured: it has no row, or only null positions.")
    if not positions:
        check_pairs(rows, documents["doc_id"], "table")
        if not rows["x"].gt(0).any():
            raise SchemaError("`table` has no word in any document: all 'n_tokens' are 0. Measure 'share' instead.")
    for name in dict.fromkeys(variables):
        if name in table:
            rows[column_of(name)] = _named(table[name].reindex(rows.index))
    rows["doc_id"] = rows["doc_id"].astype("str")
    elsewhere = [name for name in dict.fromkeys(variables) if name not in table]
    rows = _with_documents(rows, documents, elsewhere, cluster, weight)
    keys = ["doc_id", "category"] + (["code"] if "code" in rows else [])
    rows = rows.sort_values(keys, kind="stable", ignore_index=True)
    return Observed(rows, measure, KINDS[measure], 1000.0 if measure == "per_1000" else 1.0)


def _measured_positions(chosen: pd.DataFrame, measure: str) -> pd.DataFrame:
    chosen = chosen.loc[chosen["position"].notna()]
    y = read_positions(chosen["position"], "table")
    voices = _named(chosen["voice"]) if "voice" in chosen else pd.Series("all", chosen.index)
    rows = pd.DataFrame({"doc_id": chosen["doc_id"], "category": voices, "y": y, "x": 1.0})
    if measure == "mean_position":
        return rows
    strange = ~y.isin(CODES)
    if strange.any():
        raise SchemaError(
            f"`table` has {int(strange.sum())} positions that are no code; the share of each code needs whole codes "
            f"from -2 to 2. First: {first_three(y[strange])}. Measure 'mean_position' instead."
        )
    return pd.concat([rows.assign(y=y.eq(code).astype("float64"), code=code) for code in CODES])


def _measured_counts(chosen: pd.DataFrame, measure: str) -> pd.DataFrame:
    need(chosen, "table", ["category", "n_matches"] + (["n_tokens"] if measure == "per_1000" else []))
    rows = pd.DataFrame({"doc_id": chosen["doc_id"], "category": chosen["category"].astype("str")})
    if measure == "per_1000":
        return rows.assign(y=chosen["n_matches"].astype("float64"), x=chosen["n_tokens"].astype("float64"))
    present = chosen["present"] if "present" in chosen else chosen["n_matches"].gt(0)
    return rows.assign(y=present.astype("float64"), x=1.0)


def check_once(rows: pd.DataFrame) -> None:
    """Raise where a document has several rows in one category (and code)."""
    keys = ["doc_id", "category"] + (["code"] if "code" in rows else [])
    repeated = rows.duplicated(keys)
    if repeated.any():
        raise SchemaError(
            f"`table` has {int(repeated.sum())} documents with several rows in one category (voice). First: "
            f"{first_three(rows.loc[repeated, 'doc_id'])}. Choose one holder and one target by `holder` and `target`; "
            "of counts keep one row for each."
        )


def _named(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), UNKNOWN).astype("str")


def _with_documents(
    rows: pd.DataFrame, documents: pd.DataFrame, variables: list[str], cluster: str | None, weight: str | None
) -> pd.DataFrame:
    """Give each row what its document carries."""
    need(documents, "documents", [*variables, *(name for name in (cluster, weight) if name)])
    ids = documents["doc_id"].astype("str")
    check_documents_once(documents)
    place = pd.Index(ids).get_indexer(pd.Index(rows["doc_id"]))
    strange = sorted(rows["doc_id"][place < 0].unique())
    if strange:
        raise SchemaError(
            f"`documents` lacks {len(strange)} of the doc_id values of `table`. First: {first_three(strange)}. "
            "Pass the documents that were measured."
        )
    start, end = span_of(documents)
    of_document = pd.DataFrame({"start": start.to_numpy(), "end": end.to_numpy()})
    of_document["unit"] = name_units(ids, documents[cluster] if cluster else None).to_numpy()
    weights = read_weights(documents, weight)
    of_document["weight"] = weights / weights.mean() if weight else weights  # a common factor changes nothing
    for name in variables:
        of_document[column_of(name)] = _named(documents[name]).to_numpy()
    found = of_document.take(place).set_axis(rows.index)
    return pd.concat([rows, found], axis=1)


def span_of(dated: pd.DataFrame, argument: str = "documents") -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day that a date stands for, by its precision.

    >>> start, end = span_of(pd.DataFrame({"date": pd.to_datetime(["2021-02-01"]), "date_precision": ["month"]}))
    >>> end.dt.strftime("%Y-%m-%d").tolist()
    ['2021-02-28']
    """
    start = read_days(dated["date"], argument).dt.normalize().astype("datetime64[us]")
    end = start.copy()
    if "date_precision" in dated:
        for precision, span in _SPANS.items():
            coarse = dated["date_precision"].astype("str").eq(precision) & start.notna()
            spans = start[coarse].dt.to_period(span)
            start[coarse] = spans.dt.start_time.astype("datetime64[us]")
            end[coarse] = spans.dt.end_time.dt.normalize().astype("datetime64[us]")
    return start, end


def sum_by_story(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the rows of each story: ``unit``, ``y``, ``x`` (weighted), ``n_docs``, ``start``, ``end`` (of its first).

    A story is dated by its earliest document; of equally early ones by the one that is dated most precisely.
    """
    ordered = rows.sort_values(["unit", "start", "end", "doc_id"], kind="stable")
    sums = ordered.assign(y=ordered["y"] * ordered["weight"], x=ordered["x"] * ordered["weight"])
    by_unit = sums.groupby("unit", sort=True)
    stories = by_unit.agg(
        y=("y", "sum"), x=("x", "sum"), n_docs=("y", "size"), start=("start", "first"), end=("end", "first")
    )
    return stories.reset_index()

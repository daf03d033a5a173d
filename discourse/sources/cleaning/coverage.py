"""What became of the records, and which months of which outlet a corpus holds."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.sources.cleaning.body import body_start
from discourse.tables import check, need, period_of

__all__ = ["count_coverage", "flow_of_records"]


def flow_of_records(
    documents: pd.DataFrame,
    rejects: pd.DataFrame | None = None,
    *,
    spans: pd.DataFrame | None = None,
    clusters: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count what became of the records of a corpus, from DOCUMENTS, REJECTS, SPANS and clusters.

    Every record ends in exactly one of four places: rejected while reading; a document that is nothing but
    boilerplate; a copy of another document (all but one of each cluster); kept. Characters are counted the same way:
    those of the documents are boilerplate, text of copies, or text of kept documents.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` and ``text``.
    rejects : DataFrame, optional
        REJECTS of the same reading; none when left out.
    spans : DataFrame, optional
        SPANS of ``find_boilerplate``.
    clusters : DataFrame, optional
        What ``find_duplicates`` returned.

    Returns
    -------
    DataFrame
        Six rows in this order: step read, rejected, documents, boilerplate, duplicates, kept; with ``n_records``,
        ``n_characters`` (null for read and rejected, whose texts are not there) and ``share`` (of the records read;
        null where none was read).

    Raises
    ------
    SchemaError
        A column is missing, or ``clusters`` lacks documents.

    Notes
    -----
    read = rejected + documents; documents = boilerplate + duplicates + kept. The boilerplate row counts as records the
    documents without a letter outside their spans (blank ones too), and as characters all that is marked anywhere.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["نص", "نص"]})
    >>> clusters = pd.DataFrame({"doc_id": ["a", "b"], "cluster": ["a", "a"], "n_in_cluster": [2, 2]})
    >>> flow_of_records(documents, clusters=clusters)[["step", "n_records"]].to_numpy().tolist()
    [['read', 2], ['rejected', 0], ['documents', 2], ['boilerplate', 0], ['duplicates', 1], ['kept', 1]]
    """
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    n_rejected = 0 if rejects is None else len(rejects)
    names = documents["doc_id"].astype(str).reset_index(drop=True)
    length = documents["text"].fillna("").astype(str).str.len().to_numpy(np.int64)
    marked, empty = np.zeros(len(documents), np.int64), np.zeros(len(documents), bool)
    if spans is not None:
        check(spans, "SPANS")
        marked = _marked(names, spans)
        empty = body_start(documents, spans)["body_start"].isna().to_numpy()
    copy = _copies(names, clusters, empty)
    kept = ~empty & ~copy
    text = length - marked
    rows = [
        ("read", n_rejected + len(documents), pd.NA),
        ("rejected", n_rejected, pd.NA),
        ("documents", len(documents), length.sum()),
        ("boilerplate", empty.sum(), marked.sum() + text[empty].sum()),
        ("duplicates", copy.sum(), text[copy].sum()),
        ("kept", kept.sum(), text[kept].sum()),
    ]
    flow = pd.DataFrame(rows, columns=["step", "n_records", "n_characters"])
    flow = flow.astype({"step": "str", "n_records": "int64", "n_characters": "Int64"})
    total = n_rejected + len(documents)
    return flow.assign(share=flow["n_records"] / total if total else np.nan)


def _marked(names: pd.Series, spans: pd.DataFrame) -> np.ndarray:
    """Return the characters inside spans per document; a character in two spans counts once."""
    ordered = spans.assign(doc_id=spans["doc_id"].astype(str)).sort_values(["doc_id", "start_char", "end_char"])
    reach = ordered.groupby("doc_id", sort=False)["end_char"].cummax()
    before = reach.groupby(ordered["doc_id"], sort=False).shift(fill_value=0)
    size = (ordered["end_char"] - np.maximum(ordered["start_char"], before)).clip(lower=0)
    return size.groupby(ordered["doc_id"]).sum().reindex(names, fill_value=0).to_numpy(np.int64)


def _copies(names: pd.Series, clusters: pd.DataFrame | None, empty: np.ndarray) -> np.ndarray:
    """Tell which documents are copies: all of a cluster but its representative, boilerplate left aside."""
    if clusters is None:
        return np.zeros(len(names), bool)
    known = clusters.set_index(clusters["doc_id"].astype(str))["cluster"].astype(str)
    missing = names[~names.isin(known.index)]
    if len(missing):
        raise SchemaError(
            f"`clusters` lacks {len(missing)} of the documents. First: {first_three(missing)}. "
            "Call find_duplicates() on these documents."
        )
    cluster = known.reindex(names)
    ranked = pd.DataFrame({"cluster": cluster.to_numpy(), "other": names.to_numpy() != cluster.to_numpy()})
    ranked = ranked[~empty].sort_values("other", kind="stable")
    copies = np.zeros(len(names), bool)
    copies[ranked.index[ranked["cluster"].duplicated()]] = True
    return copies


def count_coverage(documents: pd.DataFrame, *, by: str = "source", freq: str = "MS") -> pd.DataFrame:
    """Count the documents of each outlet in each period of DOCUMENTS, and mark the gaps.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``date``, ``by`` and, where it is there, ``date_precision``.
    by : str
        The document variable that splits the corpus; nulls are shown as "unknown".
    freq : str
        "MS" months, "QS" quarters, "YS" years.

    Returns
    -------
    DataFrame
        Dense, sorted by ``by`` and ``period``: one row for each value of ``by`` and each period from the first to the
        last of the whole corpus, and one with a null period for the documents that no period can take (no date, or one
        that is coarser than the period). ``n_docs``; ``n_days`` (days with a document, of those dated to the day);
        ``state``: covered, gap (no document between the first and the last of that outlet), outside (before the first
        or after the last), undated.

    Raises
    ------
    SchemaError
        ``freq`` is none of the three, or a column is missing.

    Notes
    -----
    The counts of all rows add up to the documents. A gap says that the corpus holds nothing, not that nothing was
    printed.

    Examples
    --------
    >>> days = pd.to_datetime(["2015-01-03", "2015-03-01", "2015-03-02"])
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "date": days, "source": "x"})
    >>> count_coverage(documents)[["n_docs", "state"]].to_numpy().tolist()
    [[1, 'covered'], [0, 'gap'], [2, 'covered']]
    """
    wanted = period_of(freq)
    need(documents, "documents", ["date", by], table="DOCUMENTS")
    value = documents[by].astype("object").where(documents[by].notna(), "unknown").astype(str).to_numpy()
    stamps = pd.to_datetime(documents["date"])
    fits = stamps.notna().to_numpy()
    exact = np.ones(len(documents), bool)
    if "date_precision" in documents.columns:
        precision = documents["date_precision"].astype("object").fillna("day").astype(str)
        fits = fits & ~precision.isin(wanted.too_coarse).to_numpy()
        exact = (precision == "day").to_numpy()
    rows = pd.DataFrame({by: value, "day": stamps.dt.normalize().to_numpy(), "exact": exact})
    rows["period"] = stamps.dt.to_period(wanted.span).dt.start_time.to_numpy()
    placed, undated = rows[fits], rows[~fits]
    table = _dense(placed, by, freq)
    late = undated.groupby(by).size().rename("n_docs").reset_index()
    late = late.assign(period=np.datetime64("NaT", "us"), n_days=0, state="undated")
    out = pd.concat([table, late[table.columns]], ignore_index=True) if len(late) else table
    out = out.sort_values([by, "period"], kind="stable", na_position="last", ignore_index=True)
    types = {"period": "datetime64[us]", "n_docs": "int64", "n_days": "int64", "state": "category", by: "category"}
    return out.astype(types)


def _dense(placed: pd.DataFrame, by: str, freq: str) -> pd.DataFrame:
    """Return the grid of values and periods with counts and states."""
    columns = [by, "period", "n_docs", "n_days", "state"]
    if placed.empty:
        return pd.DataFrame({name: [] for name in columns})
    periods = pd.date_range(placed["period"].min(), placed["period"].max(), freq=freq)
    grid = pd.MultiIndex.from_product([sorted(placed[by].unique()), periods], names=[by, "period"])
    n_docs = placed.groupby([by, "period"]).size().reindex(grid, fill_value=0)
    days = placed[placed["exact"]].groupby([by, "period"])["day"].nunique().reindex(grid, fill_value=0)
    table = pd.DataFrame({"n_docs": n_docs, "n_days": days}).reset_index()
    span = placed.groupby(by)["period"].agg(["min", "max"])
    inside = table["period"].between(table[by].map(span["min"]), table[by].map(span["max"]))
    table["state"] = np.where(table["n_docs"] > 0, "covered", np.where(inside, "gap", "outside"))
    return table[columns]

"""Periods: the period of each document, and the dense grid of periods that series stand on."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.checked import check_documents_once
from discourse.tables import TABLES, need, period_of

__all__ = ["LEAST", "check_by", "choose_period", "count_documents", "find_periods", "read_days"]

_UNKNOWN = "unknown"
_RESULT = {"band_lower", "band_upper", "basis", "few", "lexicon", "measure", "method", "n_units"}
LEAST = 5  # documents that the median period should hold


def find_periods(documents: pd.DataFrame, *, freq: str = "MS") -> pd.DataFrame:
    """Place each document of DOCUMENTS in its period.

    A document without a date, or with a date that is less precise than the period (a year in a monthly series), has
    no period: piling it on the first month would invent a peak. It stays in the table with the reason.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.

    Returns
    -------
    DataFrame
        ``doc_id``, ``period`` (first day; null where there is none) and ``placed`` (category: ``yes``, ``no date``,
        ``date known to the year only``), sorted by doc_id.

    Raises
    ------
    SchemaError
        ``freq`` is unknown, or a column is missing.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-23", "2015-01-01"]),
    ...                           "date_precision": ["day", "year"]})
    >>> find_periods(documents)["placed"].tolist()
    ['yes', 'date known to the year only']
    """
    period = period_of(freq)
    need(documents, "documents", ["doc_id", "date"])
    placed = documents[["doc_id", "date"]].copy()
    dates = read_days(placed["date"])
    placed["period"] = dates.dt.to_period(period.span).dt.to_timestamp().astype("datetime64[us]")
    reason = np.where(dates.isna(), "no date", "yes").astype(object)
    if "date_precision" in documents:
        coarse = documents["date_precision"].isin(period.too_coarse).to_numpy() & dates.notna().to_numpy()
        reason[coarse] = "date known to the year only"
    placed["placed"] = pd.Categorical(reason, ["yes", "no date", "date known to the year only"])
    placed.loc[placed["placed"].ne("yes"), "period"] = pd.NaT
    return placed[["doc_id", "period", "placed"]].sort_values("doc_id", kind="stable", ignore_index=True)


def read_days(dates: pd.Series, argument: str = "documents") -> pd.Series:
    """Return dates without a time zone: the day that is written down, wherever it was written.

    Parameters
    ----------
    dates : Series
        Dates, or text that says them.
    argument : str
        Name of the table, for messages.

    Raises
    ------
    SchemaError
        A date cannot be read.

    Examples
    --------
    >>> read_days(pd.Series(["2015-12-23T23:30:00+05:00", None])).dt.strftime("%Y-%m-%d").tolist()
    ['2015-12-23', nan]
    >>> read_days(pd.Series(["soon"]))
    Traceback (most recent call last):
    discourse.errors.SchemaError: `documents` has 1 dates that cannot be read. First: 'soon'. Write 2015-12-23, or resolve the dates (resolve_dates).
    """  # noqa: E501
    if isinstance(dates.dtype, pd.DatetimeTZDtype):
        return dates.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(dates.dtype):
        return dates
    known = {value: _day(value) for value in dates.dropna().unique()}
    strange = [value for value, day in known.items() if day is None]
    if strange:
        n = int(dates.isin(strange).sum())
        raise SchemaError(
            f"`{argument}` has {n} dates that cannot be read. First: {first_three(strange)}. Write 2015-12-23, or "
            "resolve the dates (resolve_dates)."
        )
    return pd.Series([known.get(value, pd.NaT) for value in dates], dates.index, dtype="datetime64[us]")


def _day(value: object) -> pd.Timestamp | None:
    """Return the moment that a value says, without its zone; None where it says none."""
    if isinstance(value, int | float | np.number):
        return None
    try:
        moment = pd.Timestamp(value)  # type: ignore[arg-type]
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.tz_localize(None) if moment is not pd.NaT and moment.tzinfo is not None else moment


def choose_period(documents: pd.DataFrame, *, least: int = LEAST) -> str:
    """Choose a period for DOCUMENTS: the finest in which the median period with documents holds ``least`` of them.

    Returns
    -------
    str
        ``MS``, ``QS`` or ``YS``; ``YS`` where no period holds enough.

    Examples
    --------
    >>> days = pd.date_range("2015-01-01", "2015-12-31")
    >>> choose_period(pd.DataFrame({"doc_id": days.strftime("%j"), "date": days}))
    'MS'
    """
    for freq in ("MS", "QS"):
        sizes = find_periods(documents, freq=freq)["period"].value_counts()
        if len(sizes) and sizes.median() >= least:
            return freq
    return "YS"


def count_documents(
    documents: pd.DataFrame, *, freq: str = "MS", by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Count the documents of DOCUMENTS in each period, dense over periods and values of ``by``.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; those without a date are in no period.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    by : str or sequence of str, optional
        Columns of DOCUMENTS to count apart.

    Returns
    -------
    DataFrame
        ``period``, the ``by`` columns, ``n_docs``; sorted by these. Counts of what was collected carry no interval.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-11-23", "2016-01-30"])})
    >>> count_documents(documents)["n_docs"].tolist()
    [1, 0, 1]
    """
    names = [by] if isinstance(by, str) else list(by or [])
    check_by(names)
    placed = place(documents, freq, names)
    cells, groups = grid(placed, freq, names)
    return cells.assign(n_docs=np.bincount(groups, minlength=len(cells)).astype("int64"))


def check_by(names: Sequence[str]) -> None:
    """Raise where a variable to split by has the name of a column of the result, or is named twice.

    Examples
    --------
    >>> check_by(["source", "country"])
    >>> check_by(["n_docs"])
    Traceback (most recent call last):
    discourse.errors.SchemaError: `by` names 'n_docs', which is a column of the result. Rename the variable.
    """
    taken = _RESULT | {column.name for column in TABLES["SERIES"].columns}
    for place, name in enumerate(names):
        if name in taken:
            raise SchemaError(f"`by` names {name!r}, which is a column of the result. Rename the variable.")
        if name in names[:place]:
            raise SchemaError(f"`by` names {name!r} twice. Name each variable once.")


def place(documents: pd.DataFrame, freq: str, variables: list[str]) -> pd.DataFrame:
    """Return the documents that have a period, sorted by doc_id, with the variables asked for."""
    placed = find_periods(documents, freq=freq)
    need(documents, "documents", variables)
    check_documents_once(documents)
    wanted = list(dict.fromkeys(variables))
    taken = [name for name in wanted if name in ("period", "placed")]
    if taken:
        raise SchemaError(f"A variable is named {taken[0]!r}, which is a column of the result. Rename the variable.")
    ordered = documents[list(dict.fromkeys(["doc_id", *wanted]))].sort_values(
        "doc_id", kind="stable", ignore_index=True
    )
    for name in wanted:
        placed[name] = ordered[name]
    placed["doc_id"] = placed["doc_id"].astype(str)
    return placed.loc[placed["placed"].eq("yes")].reset_index(drop=True)


def grid(placed: pd.DataFrame, freq: str, names: list[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the dense grid of periods and ``by`` values, and the cell of each document."""
    check_by(names)
    if not len(placed):
        empty = {"period": pd.Series(dtype="datetime64[us]")} | {name: pd.Series(dtype="category") for name in names}
        return pd.DataFrame(empty), np.zeros(0, dtype=np.int64)
    periods = pd.date_range(placed["period"].min(), placed["period"].max(), freq=freq, unit="us")
    axes: list[pd.Index] = [periods]
    codes = periods.get_indexer(pd.Index(placed["period"]))
    for name in names:
        values = placed[name].astype(object).where(placed[name].notna(), _UNKNOWN).astype(str)
        axis = pd.Index(sorted(values.unique()))
        codes = codes * len(axis) + axis.get_indexer(pd.Index(values))
        axes.append(axis)
    cells = pd.MultiIndex.from_product(axes, names=["period", *names]).to_frame(index=False)
    cells["period"] = cells["period"].astype("datetime64[us]")
    for name in names:
        cells[name] = cells[name].astype("category")
    return cells, codes.astype(np.int64)


def grid_keys(cells: pd.DataFrame) -> list[str]:
    """Return the name of each cell: its period and its values of ``by``."""
    return ["|".join([row[0].strftime("%Y-%m-%d"), *row[1:]]) for row in cells.itertuples(index=False, name=None)]


def line_of_cells(cells: pd.DataFrame, names: list[str]) -> np.ndarray:
    """Return for each cell the number of its line: its values of ``by``, whatever its period."""
    if not names:
        return np.zeros(len(cells), dtype=np.int64)
    return cells.groupby(names, observed=True, sort=True).ngroup().to_numpy(dtype=np.int64)


def cluster_units(values: pd.Series) -> np.ndarray:
    """Return a number for each cluster; a document without one, or with an empty label, is a cluster of its own."""
    labels = values.astype(object)
    empty = labels.isna() | labels.astype(str).str.strip().eq("")
    codes = pd.factorize(labels.mask(empty), sort=True)[0].astype(np.int64)
    alone = codes < 0
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    return codes


def read_variables(
    doc_ids: np.ndarray, documents: pd.DataFrame | None, cluster: str | None, weight: str | None
) -> tuple[np.ndarray | None, np.ndarray]:
    """Return the units and the weights of documents that a table of documents gives; none, and 1, by default."""
    wanted = [name for name in (cluster, weight) if name is not None]
    if not wanted:
        return None, np.ones(len(doc_ids))
    if documents is None:
        raise SchemaError(f"`documents` is missing, which holds {first_three(wanted)}. Pass the table of documents.")
    need(documents, "documents", ["doc_id", *wanted])
    placed = documents[list(dict.fromkeys(["doc_id", *wanted]))].copy()
    placed["doc_id"] = placed["doc_id"].astype(str)
    check_documents_once(placed)
    absent = sorted(set(doc_ids.tolist()) - set(placed["doc_id"]))
    if absent:
        raise SchemaError(
            f"`documents` lacks {len(absent)} of the documents that were counted. First: {first_three(absent)}. "
            "Pass the documents that were counted."
        )
    placed = placed.set_index("doc_id", drop=False).loc[list(doc_ids)]
    return None if cluster is None else cluster_units(placed[cluster]), read_weights(placed, weight)


def read_weights(placed: pd.DataFrame, weight: str | None) -> np.ndarray:
    """Return the weights of documents, checked: numbers of 0 or more, not all 0."""
    if weight is None:
        return np.ones(len(placed))
    values = pd.to_numeric(placed[weight], errors="coerce").to_numpy(dtype=float)
    ids = placed["doc_id"].to_numpy()
    for wrong, what in (
        (~np.isfinite(values), "weights that are no number"),
        (values < 0, "weights below 0"),
    ):
        if wrong.any():
            raise SchemaError(
                f"`documents` has {int(wrong.sum())} {what} in {weight!r}. First documents: {first_three(ids[wrong])}. "
                "Give each document a weight of 0 or more; 0 leaves it out."
            )
    if len(values) and not values.any():
        raise SchemaError(
            f"`documents` has no weight above 0 in {weight!r}, so that no document is left. Give some document one."
        )
    return values

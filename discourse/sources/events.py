"""The reader of ledgers of events."""

import os
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError, first_three
from discourse.sources.csv_rows import read_cells
from discourse.sources.records import read_records
from discourse.tables import conform

__all__ = ["read_events"]

_RENAMED = {"event_en": "event", "position_code": "position"}
_LENGTHS = {10: "day", 7: "month", 4: "year"}


def read_events(source: str | os.PathLike[str] | pd.DataFrame) -> pd.DataFrame:
    """Read a ledger of dated facts into EVENTS.

    Dates are written YYYY-MM-DD, YYYY-MM or YYYY; their length gives the precision where ``date_precision`` is absent.
    A row that cannot be read is an error, not a reject: a ledger is made by hand and is mended by hand.

    Parameters
    ----------
    source : path or DataFrame
        A CSV or Parquet file, or a table. ``date`` and ``event`` are needed; ``position`` (-2 to 2), ``act_type``,
        ``actor``, ``frames``, ``source_url`` and ``event_ar`` (the Arabic words) are used where they are there.

    Returns
    -------
    DataFrame
        EVENTS, sorted by date and event.

    Raises
    ------
    SourceError
        There is no such file, or it cannot be read.
    SchemaError
        A column is missing, or a date or a position cannot be read.

    Examples
    --------
    >>> read_events(pd.DataFrame({"date": ["2025-07"], "event": ["Recognition"]}))["date_precision"].tolist()
    ['month']
    """
    table = source.copy() if isinstance(source, pd.DataFrame) else _file(Path(source))
    table = table.rename(columns={old: new for old, new in _RENAMED.items() if new not in table.columns})
    missing = [name for name in ("date", "event") if name not in table.columns]
    if missing:
        raise SchemaError(
            f"`events` lacks the columns {', '.join(map(repr, missing))}; a ledger needs 'date' and 'event'. "
            f"It has {', '.join(sorted(repr(str(name)) for name in table.columns))}."
        )
    if not pd.api.types.is_datetime64_any_dtype(table["date"].dtype):
        written = table["date"].astype("str").str.strip()
        table["date"] = pd.to_datetime(_full(written), format="%Y-%m-%d", errors="coerce")
        if table["date"].isna().any():
            wrong = written[table["date"].isna()]
            raise SchemaError(
                f"`events` has {len(wrong)} dates that cannot be read. First: {first_three(wrong)}. "
                "Write YYYY-MM-DD, YYYY-MM or YYYY."
            )
        if "date_precision" not in table:
            table["date_precision"] = written.str.len().map(_LENGTHS)
    table["position"] = _positions(table["position"]) if "position" in table else float("nan")
    for name, value in (("date_precision", "day"), ("actor", ""), ("act_type", "other"), ("source_url", "")):
        table[name] = table[name].fillna(value).astype("str") if name in table else value
    if "frames" not in table:
        table["frames"] = pd.Series(None, index=table.index, dtype="str")
    return conform(table, "EVENTS")


def _file(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise SourceError(f"`events` is {str(path)!r}, which is no file. Name a CSV or Parquet file of events.")
    try:
        if path.suffix.lower() == ".parquet":
            return read_records(path).frame
        table = read_cells(path).reset_index(drop=True)
    except SourceError as error:
        raise SourceError(f"`events` cannot be read: {error} Write it as UTF-8 CSV.") from error
    return table.where(table != "")


def _full(written: pd.Series) -> pd.Series:
    months = written.where(written.str.len() != 4, written + "-01")
    return months.where(months.str.len() != 7, months + "-01")


def _positions(column: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = (numbers.isna() & column.notna() & column.astype("str").str.strip().ne("")) | (numbers.abs() > 2)
    if wrong.any():
        raise SchemaError(
            f"`events` has {int(wrong.sum())} positions that are no code. First: {first_three(column[wrong])}. "
            "Write -2, -1, 0, 1 or 2, or nothing."
        )
    return numbers.astype("float64")

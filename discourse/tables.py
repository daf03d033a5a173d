"""The tables of the library: columns, dtypes, keys and meanings, as tables.yml says, and every check of a table.

tables.yml is the single source: ``check`` holds a frame against it, ``codebook`` prints it, and docs/codebook.md is
generated from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
import pandas as pd
import yaml

from discourse.errors import SchemaError, check_choice, first_three

__all__ = ["PERIODS", "TABLES", "Column", "Period", "TableSchema", "check", "codebook", "conform", "period_of", "shape"]


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype word, meaning, and whether it may be absent or null."""

    name: str
    dtype: str
    meaning: str
    null: bool = False
    optional: bool = False


@dataclass(frozen=True)
class TableSchema:
    """One table: its name, what a row is, its key and its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: bool = True
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})


@dataclass(frozen=True)
class Period:
    """One length of period: what pandas calls its first days and its span, and which dates are too coarse for it."""

    freq: str
    span: str
    too_coarse: frozenset[str] = frozenset()


# by the name that studies and commands use
PERIODS = {
    "month": Period("MS", "M", frozenset({"year"})),
    "quarter": Period("QS", "Q", frozenset({"year"})),
    "year": Period("YS", "Y"),
}


def period_of(freq: str) -> Period:
    """Return the period whose first days pandas calls ``freq``: MS, QS or YS."""
    by_freq = {period.freq: period for period in PERIODS.values()}
    check_choice("freq", freq, list(by_freq))
    return by_freq[freq]


# the compiled one where it is there: the tables are loaded with the package
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _column(name: str, *, dtype: str, meaning: str, nullable: bool = False, optional: bool = False) -> Column:
    return Column(name, dtype, meaning, nullable, optional)


def _load() -> dict[str, TableSchema]:
    text = files("discourse").joinpath("tables.yml").read_text(encoding="utf-8")
    content = _LOADER(text).get_single_data()
    return {
        name: TableSchema(
            name=name,
            row=body["row"],
            key=tuple(body["key"]),
            columns=tuple(_column(column, **kept) for column, kept in body["columns"].items()),
            unique=body.get("unique", True),
        )
        for name, body in content.items()
    }


TABLES: dict[str, TableSchema] = _load()

_NUMPY = {"int8", "int32", "int64", "float64", "bool", "Int32", "Int64"}


def _fits(series: pd.Series, dtype: str) -> bool:
    if dtype == "category":
        return isinstance(series.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(series.dtype)
    if dtype == "string":
        return (
            pd.api.types.is_string_dtype(series.dtype)
            or isinstance(series.dtype, pd.CategoricalDtype)
            or bool(series.isna().all())
        )
    if dtype == "date":
        return pd.api.types.is_datetime64_any_dtype(series.dtype)
    if dtype.lower().startswith("int"):
        return pd.api.types.is_integer_dtype(series.dtype)
    if dtype == "float64":
        return pd.api.types.is_numeric_dtype(series.dtype)
    return pd.api.types.is_bool_dtype(series.dtype)


def check(frame: pd.DataFrame, table: str, *, argument: str | None = None) -> None:
    """Hold a frame against one of the tables.

    Parameters
    ----------
    frame : DataFrame
        The frame to check.
    table : str
        Name of the table, a key of ``TABLES``.
    argument : str, optional
        How the caller's argument is called; the lower-case table name by default.

    Raises
    ------
    SchemaError
        A required column is missing, has another dtype, or holds nulls; or the key repeats.

    Examples
    --------
    >>> import pandas as pd
    >>> check(pd.DataFrame({"doc_id": ["a"]}), "DOCUMENTS")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    discourse.errors.SchemaError: `documents` lacks the columns 'text', 'date', 'date_precision', ...
    """
    check_choice("table", table, list(TABLES))
    schema = TABLES[table]
    argument = argument or table.lower()
    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"`{argument}` is a {type(frame).__name__}; it must be a pandas DataFrame, a {table} table.")
    missing = [c.name for c in schema.columns if not c.optional and c.name not in frame.columns]
    if missing:
        quoted = ", ".join(repr(name) for name in missing)
        raise SchemaError(f"`{argument}` lacks the columns {quoted}; see docs/codebook.md for the table {table}.")
    for column in schema.columns:
        if column.name not in frame.columns:
            continue
        series = frame[column.name]
        if len(frame) and not _fits(series, column.dtype):
            raise SchemaError(
                f"`{argument}` column {column.name!r} has dtype {series.dtype}; it must be {column.dtype}."
            )
        if not column.null and series.isna().any():
            count = int(series.isna().sum())
            raise SchemaError(f"`{argument}` column {column.name!r} has {count} null values; it must have none.")
    if schema.unique and len(frame):
        repeated = frame.duplicated(list(schema.key), keep="first")
        if repeated.any():
            offenders = frame.loc[repeated, list(schema.key)].itertuples(index=False, name=None)
            shown = first_three(row[0] if len(row) == 1 else row for row in offenders)
            key = " + ".join(schema.key)
            action = "Drop or rename them before tokenize()." if table == "DOCUMENTS" else "Drop the repeated rows."
            raise SchemaError(
                f"`{argument}` has {int(repeated.sum())} repeated {key} values; {key} must be unique. "
                f"First: {shown}. {action}"
            )


def need(frame: pd.DataFrame, argument: str, columns: Sequence[str], *, table: str | None = None) -> None:
    """Raise unless ``frame`` is a DataFrame that has the columns; ``table`` names the table they belong to.

    Raises
    ------
    SchemaError
        Names the columns that are missing and those that are there.

    Examples
    --------
    >>> need(pd.DataFrame({"doc_id": ["a"]}), "documents", ["doc_id", "text"], table="DOCUMENTS")
    Traceback (most recent call last):
    discourse.errors.SchemaError: `documents` lacks the columns 'text' of DOCUMENTS; it has 'doc_id'.
    """
    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"`{argument}` is a {type(frame).__name__}; it must be a pandas DataFrame.")
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        quoted = ", ".join(repr(name) for name in missing)
        present = ", ".join(sorted(repr(name) for name in frame.columns))
        way = " find_duplicates() makes it: merge its table on doc_id." if "cluster" in missing else ""
        raise SchemaError(
            f"`{argument}` lacks the columns {quoted}{f' of {table}' if table else ''}; it has {present}.{way}"
        )


def check_tokens_of(tokens: pd.DataFrame, documents: pd.DataFrame) -> None:
    """Raise unless ``tokens`` is a TOKENS table of ``documents``, its rows in the order of the texts.

    Raises
    ------
    SchemaError
        Tells what does not fit: a column, a document, or the order.

    Examples
    --------
    >>> try:
    ...     check_tokens_of(pd.DataFrame({"doc_id": []}), pd.DataFrame({"text": []}))
    ... except SchemaError as error:
    ...     print(error)
    `documents` lacks the columns 'doc_id' of DOCUMENTS; it has 'text'.
    """
    need(documents, "documents", ["doc_id"], table="DOCUMENTS")
    check(tokens, "TOKENS")
    known = set(documents["doc_id"].astype(str))
    missing = [name for name in tokens["doc_id"].cat.categories.astype(str) if name not in known]
    if missing:
        raise SchemaError(
            f"`tokens` has {len(missing)} documents that `documents` lacks. First: {first_three(missing)}. "
            "Pass the documents that the tokens were cut from."
        )
    document, start = tokens["doc_id"].cat.codes.to_numpy(), tokens["start_char"].to_numpy()
    same = document[1:] == document[:-1]
    if (start[1:] < start[:-1])[same].any() or (~same).sum() >= max(1, len(np.unique(document))):
        raise SchemaError("`tokens` is out of order: its rows stand document by document, as tokenize() makes them.")


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a copy with the table's column order and dtypes, sorted by its key; extra columns follow to the right.

    Parameters
    ----------
    frame : DataFrame
        Any columns of the table, in any order; it is not changed. What is missing stays missing: ``check`` says so.
    table : str
        Name of the table, a key of ``TABLES``.

    Raises
    ------
    SchemaError
        ``table`` is no table of the library.
    """
    return shape(frame, table).sort_values(list(TABLES[table].key), kind="stable", ignore_index=True)


def shape(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a copy with the table's column order and dtypes, as ``conform`` does, its rows as they stand."""
    check_choice("table", table, list(TABLES))
    schema = TABLES[table]
    named = [c for c in schema.columns if c.name in frame.columns]
    order = [c.name for c in named] + [name for name in frame.columns if name not in schema.by_name]
    out = frame.copy(deep=False) if order == list(frame.columns) else frame[order]
    kinds = dict(zip(out.columns, map(str, out.dtypes), strict=True))
    for column in named:
        if kinds[column.name] == (column.dtype if column.dtype != "string" else "str"):
            continue
        series = out[column.name]
        if column.dtype == "category" and not isinstance(series.dtype, pd.CategoricalDtype):
            out[column.name] = series.astype("category")
        elif column.dtype == "string" and not pd.api.types.is_string_dtype(series.dtype):
            out[column.name] = series.astype("str")
        elif column.dtype == "date":
            out[column.name] = pd.to_datetime(series).astype("datetime64[us]")
        elif column.dtype in _NUMPY and str(series.dtype) != column.dtype:
            out[column.name] = series.astype(column.dtype)  # type: ignore[call-overload]
    return out


def codebook() -> str:
    """Return the tables as Markdown: the text of docs/codebook.md."""
    lines = [
        "# Codebook: the tables",
        "",
        "Generated from `discourse/tables.yml`; a test holds it current. Key columns are marked with `*`.",
        "",
    ]
    for schema in TABLES.values():
        lines += [
            f"## {schema.name}",
            "",
            f"A row is {schema.row}.",
            "",
            "| column | dtype | meaning |",
            "|---|---|---|",
        ]
        for column in schema.columns:
            mark = "*" if column.name in schema.key else ""
            notes = [note for note, on in (("null ok", column.null), ("optional", column.optional)) if on]
            suffix = f" ({', '.join(notes)})" if notes else ""
            lines.append(f"| `{column.name}`{mark} | {column.dtype} | {column.meaning}{suffix} |")
        lines.append("")
    return "\n".join(lines)

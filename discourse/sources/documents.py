"""A plain corpus in: Parquet, CSV, JSON lines, a folder of .txt or a DataFrame becomes one DOCUMENTS table."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.sources.columns import named_roles
from discourse.sources.dates.column import read_dates, whole_numbers
from discourse.sources.encoding import named_encoding
from discourse.sources.judging import encodable, judge_texts
from discourse.sources.records import Records, read_records
from discourse.tables import conform

__all__ = ["read_documents", "rejects_table", "rename_columns", "settle"]

_PRECISIONS = ("day", "month", "year")
_TABLE_COLUMNS = ("doc_id", "text", "date", "date_precision", "source", "title")


def read_documents(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    text: str = "text",
    doc_id: str = "doc_id",
    date: str = "date",
    outlet: str = "source",
    title: str = "title",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a corpus into DOCUMENTS, and what could not become a document into REJECTS.

    Every record of the source is in exactly one of the two tables: read = kept + rejected. A record is rejected when
    its text is missing, empty or no string, when its date is given but cannot be read, when its doc_id was seen before,
    or when it cannot be parsed or decoded. A record without a date is kept, its date null. The text is kept exactly as
    published, control and bidi characters included. Blank lines are not records.

    Parameters
    ----------
    source : path, DataFrame or str
        A file ending in .parquet, .csv, .tsv, .jsonl, .ndjson, .json or .txt (text files also as .gz and .zst); a
        folder, searched for .txt to any depth, or else of .parquet files that are one corpus; a DataFrame; or the name
        of a built-in seed such as ``"seed:reports"``.
    text, doc_id, date, outlet, title : str
        Names of the columns in the source; Arabic headings (النص, التاريخ, المصدر, العنوان) are known
        besides. A column that is named here by other than its default name has to exist; ``text`` always has
        to. Without doc_id, the name of the file and the number of the line or row make one.
    columns : mapping of str to str, optional
        Further columns to rename, source name to new name. Columns not named anywhere are carried as they are, as
        document variables; lists of strings are joined by ``;``, other nested values become JSON.
    encoding : str, optional
        Encoding of text files; detected when left out: UTF-8, UTF-16, Windows-1256 or ISO-8859-6.
    day_first : bool, optional
        How to read dates such as 03/04/2015; see Notes.
    date_format : str, optional
        The form of all dates, as for ``datetime.strptime``: ``%d/%m/%Y``; see ``read_dates``.

    Returns
    -------
    documents : DataFrame
        DOCUMENTS, sorted by doc_id. Text files add the document variable ``encoding``: the one that was used.
    rejects : DataFrame
        REJECTS (path, record, reason), in the order of the source. Lines and rows count from 1; the header of a CSV is
        line 1; bytes count from 0. A reason names the kind of fault, so reasons can be counted; the value at fault
        stands with the record (``line 3, date '32/13/2015'``).

    Raises
    ------
    SourceError
        There is no such file, it is empty, cut (Parquet), of an unknown ending, or its header cannot be used.
    SchemaError
        The source lacks the text column or another column that is asked for by name.

    Notes
    -----
    In a folder, doc_id is the path within the folder without the ending, and a file name that begins with an ISO day
    (2015-12-23-kabulov.txt) gives the date. Dates are the day written down; no time zone is applied; a month or a year
    is dated on its first day and says so in ``date_precision``. A column ``date_precision`` of the source is believed
    where it is coarser. 03/04/2015 is read as the other dates of its column show, or as ``day_first`` says, else it is
    rejected.

    Examples
    --------
    >>> table = pd.DataFrame({"text": ["التقى كابولوف وفدا من طالبان", " "], "date": ["2015-12-23", "2016"]})
    >>> documents, rejects = read_documents(table)
    >>> documents[["doc_id", "date", "date_precision"]].values.tolist()
    [['document-000001', Timestamp('2015-12-23 00:00:00'), 'day']]
    >>> rejects.values.tolist()
    [['DataFrame', 'row 2', 'the text is empty']]
    """
    if isinstance(source, str) and source.startswith("seed:"):
        from discourse.sources.seeds import load_seed

        if source == "seed:events":
            raise SchemaError("`source` is 'seed:events', a ledger and no corpus; take load_seed('events').")
        return load_seed(source.removeprefix("seed:")), rejects_table([])
    if isinstance(source, pd.DataFrame):
        records = Records(source.reset_index(drop=True), "DataFrame", "row", range(1, len(source) + 1))
        stem = "document"
    else:
        path = Path(source)
        records = read_records(path, encoding=named_encoding(encoding))
        stem = path.name.split(".")[0] or "document"
    roles = {"text": text, "doc_id": doc_id, "date": date, "source": outlet, "title": title}
    records.frame = rename_columns(records, roles, columns or {})
    return settle(records, stem, day_first, date_format)


def rejects_table(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Return a REJECTS table of (path, record, reason), in the given order.

    Examples
    --------
    >>> rejects_table([("a.csv", "line 3", "the text is empty")]).shape
    (1, 3)
    """
    return pd.DataFrame(list(rows), columns=["path", "record", "reason"], dtype="str")


def rename_columns(records: Records, roles: Mapping[str, str], columns: Mapping[str, str]) -> pd.DataFrame:
    """Give the columns their names in DOCUMENTS; a column whose name is taken by another becomes ``original_NAME``."""
    frame = records.frame
    if not len(frame.columns):
        frame = pd.DataFrame(columns=list(roles.values()), dtype="str")
    roles = {**roles, **named_roles(map(str, frame.columns), [role for role, name in roles.items() if name == role])}
    renames = {**columns, **{name: role for role, name in roles.items() if name != role}}
    taken = set(renames.values())
    names = [renames.get(name, f"original_{name}" if name in taken else str(name)) for name in frame.columns]
    missing = [name for name in renames if name not in set(frame.columns)]
    if "text" not in taken and "text" not in names:
        missing.append("text")
    where = repr(records.paths) if isinstance(records.paths, str) else "the folder"
    if missing:
        held = ", ".join(repr(str(name)) for name in sorted(frame.columns, key=str))
        raise SchemaError(
            f"{where} has no column {', '.join(map(repr, missing))}; it has {held}. Say which column is which by "
            f"text=, doc_id=, date=, outlet=, title= (on the command line --text-column and so on)."
        )
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise SchemaError(f"{where} would have the column {first_three(repeated)} twice. Rename one by columns=.")
    return frame.set_axis(names, axis="columns")


def settle(
    records: Records,
    stem: str,
    day_first: bool | None,
    date_format: str | None,
    problems: pd.Series | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge every record, build DOCUMENTS of the good ones and REJECTS of the others.

    Where the texts are judged already, ``problems`` tells what is wrong with each; DOCUMENTS then has no text.
    """
    frame = records.frame
    n_rows = len(frame)
    texts = None
    if problems is None:
        texts, problems = judge_texts(frame["text"])
    stated = frame["date"] if "date" in frame else pd.Series(None, index=frame.index, dtype="str")
    dates, precisions, date_problems = read_dates(stated, day_first=day_first, date_format=date_format)
    if "date_precision" in frame:
        dates, precisions = _coarser(dates, precisions, frame["date_precision"])
    values = _values("date", stated, date_problems.notna() & problems.isna())
    problems = problems.where(problems.notna(), date_problems)
    identities = _identities(frame, records, stem)
    problems = _mark_repeated(identities, problems, records, values)
    documents = pd.DataFrame(
        {
            "doc_id": identities,
            **({} if texts is None else {"text": texts}),
            "date": dates,
            "date_precision": precisions,
            "source": _strings(frame, "source"),
            "title": _strings(frame, "title"),
            **{name: _variable(frame[name]) for name in frame if name not in _TABLE_COLUMNS},
        },
        index=frame.index,
    )
    if records.encodings is not None and "encoding" not in frame:
        documents["encoding"] = pd.Categorical(
            [records.encodings] * n_rows if isinstance(records.encodings, str) else records.encodings
        )
    bad = problems[problems.notna()]
    settled = []
    for position, reason in bad.items():
        path, record = records.place(position)  # type: ignore[arg-type]
        settled.append((path, f"{record}{values.get(position, '')}", reason))  # type: ignore[arg-type]
    rejects = sorted([*records.rejects, *settled], key=_in_source)
    return conform(documents[problems.isna()], "DOCUMENTS"), rejects_table(rejects)


def _in_source(reject: tuple[str, str, str]) -> tuple[str, bool, int]:
    """Order rejects by file, then by line or row; a byte is where reading stopped, so it comes last."""
    path, record, _ = reject
    number = re.search(r"\d+", record)
    return path, record.startswith("byte"), int(number.group()) if number else 0


def _values(role: str, stated: pd.Series, wrong: pd.Series) -> dict[int, str]:
    """Return what is at fault in each record, as it stands behind the record's place."""
    places = [int(place) for place in wrong.to_numpy().nonzero()[0]]
    return {place: f", {role} {str(stated.iloc[place])[:60]!r}" for place in places}


def _coarser(dates: pd.Series, precisions: pd.Series, stated: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Take the stated precision where it is coarser than the one read, and date to the first day of that period."""
    rank = {name: place for place, name in enumerate(_PRECISIONS)}
    stated = stated.astype("object").map(lambda value: value if isinstance(value, str) else None)
    coarser = (stated.map(rank).astype("float64") > precisions.map(rank).astype("float64")).fillna(False).astype(bool)
    precisions = precisions.where(~coarser, stated).astype("str")
    month = dates.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    year = dates.dt.to_period("Y").dt.to_timestamp().astype("datetime64[us]")
    dates = dates.where(~(coarser & (precisions == "month")), month)
    return dates.where(~(coarser & (precisions == "year")), year), precisions


def _identities(frame: pd.DataFrame, records: Records, stem: str) -> pd.Series:
    if isinstance(records.paths, list) and records.unit == "row":  # several tables, each with rows of its own
        stems: Iterable[str] = (path.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0] for path in records.paths)
    else:
        stems = repeat(stem)
    made = [f"{name}-{number:06d}" for name, number in zip(stems, records.numbers, strict=False)]
    made = pd.Series(made, index=frame.index, dtype="str")
    if "doc_id" not in frame:
        return made
    given = _strings(frame, "doc_id")
    return given.where(given.notna(), made)


def _mark_repeated(identities: pd.Series, problems: pd.Series, records: Records, values: dict[int, str]) -> pd.Series:
    """Mark the second and later record of a doc_id; ``values`` gets the place of the first."""
    good = identities[problems.isna()]
    repeated = good[good.duplicated(keep="first")]
    if not len(repeated):
        return problems
    firsts = good[good.isin(set(repeated)) & ~good.duplicated(keep="first")]
    place_of = {identity: position for position, identity in firsts.items()}
    for position, identity in repeated.items():
        path, record = records.place(place_of[identity])  # type: ignore[arg-type]
        at = record if isinstance(records.paths, str) else path
        values[position] = f", doc_id {identity!r} as at {at}"  # type: ignore[index]
    problems = problems.copy()
    problems.loc[list(repeated.index)] = "the doc_id was given before"
    return problems


def _strings(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as strings, empty ones null; a column that is not there is all null."""
    if name not in frame:
        return pd.Series(None, index=frame.index, dtype="str")
    column = frame[name]
    column = whole_numbers(column)
    strings = column.astype("object").map(str, na_action="ignore").map(encodable, na_action="ignore").astype("str")
    return strings.where(strings.str.strip() != "")


def _variable(column: pd.Series) -> pd.Series:
    """Return a document variable that Parquet and CSV can hold: nested values as strings, empty strings null."""
    if pd.api.types.is_object_dtype(column.dtype):
        column = column.map(_flat).infer_objects()
        kinds = set(column.dropna().map(type))
        if len(kinds) > 1 or str not in kinds:
            column = column.map(str, na_action="ignore").astype("str") if len(kinds) > 1 or kinds == {int} else column
    if isinstance(column.dtype, pd.StringDtype):
        column = column.where(column != "")
        if column.notna().any() and column.dropna().str.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?").all():
            return pd.to_numeric(column)
    return column


def _flat(value: object) -> object:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return encodable(value) if isinstance(value, str) else value

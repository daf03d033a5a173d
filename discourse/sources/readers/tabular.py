"""Tables as corpora: CSV, JSON lines and Parquet by ``read_documents``, under whatever name the file has."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from discourse.errors import SchemaError, SourceError
from discourse.sources.documents import read_documents
from discourse.sources.encoding import chunks_of, decode_whole, detect_encoding, named_encoding
from discourse.sources.records import read_records

__all__ = ["ROLES", "TABLES", "ColumnMap", "names_of", "own_columns", "read_tabular", "sample_table"]

ColumnMap = Mapping[str, str | Sequence[str]]
"""Role to the name of its column, or to the names that it has in one file and another."""

ROLES = ("text", "doc_id", "date", "source", "title")
"""The columns that ``columns`` can name: role -> name in the file."""

_ENDING = {"csv": ".csv", "tsv": ".tsv", "jsonl": ".jsonl", "json": ".json", "parquet": ".parquet"}
TABLES = tuple(sorted(_ENDING))
"""The formats that are tables of texts."""
_MOST_BYTES, _SAMPLE_BYTES, _SAMPLE_ROWS = 20_000_000, 4_000_000, 5_000
_PACKED = {b"\x1f\x8b": ".gz", b"\x28\xb5": ".zst"}


def read_tabular(
    path: Path,
    kind: str,
    *,
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a table into DOCUMENTS and REJECTS.

    Parameters
    ----------
    path : Path
        The file; what it holds decides, not how it ends.
    kind : str
        csv, tsv, json, jsonl or parquet.
    columns : mapping, optional
        The column map, role to name in the file: ``{"text": "body", "date": "published"}``. Roles are ``ROLES``; any
        other key is a new name for a document variable: ``{"url": "Link"}``.
    day_first : bool, optional
        How to read 03/04/2015; see ``read_documents``.
    date_format : str, optional
        The form of all dates; see ``read_documents``.
    encoding : str, optional
        Encoding of the file; detected when left out.

    Raises
    ------
    SourceError, SchemaError
        As ``read_documents``: the file is not whole, or a column is missing.
    """
    named = dict(columns or {})
    roles = {role: named.pop(role) for role in ROLES if role in named}
    roles = {"outlet" if role == "source" else role: name for role, name in roles.items()}
    rest = {name: new for new, name in named.items()}
    try:
        documents, rejects = _read(
            path,
            kind,
            columns=rest or None,
            day_first=day_first,
            date_format=date_format,
            encoding=encoding,
            **roles,
        )
    except SchemaError as error:
        what, asked, _ = str(error).partition(" Say which column is which")
        how = " by columns={'text': NAME} (on the command line --column text=NAME)." if asked else ""
        raise SchemaError(what + asked + how) from error
    documents["file"] = path.name
    rejects["path"] = str(path)
    return documents, rejects


def names_of(columns: ColumnMap | None, role: str) -> tuple[str, ...]:
    """Return the names that a column map gives a role; none where it has none."""
    named = (columns or {}).get(role, ())
    return (named,) if isinstance(named, str) else tuple(named)


def own_columns(path: Path, kind: str, columns: ColumnMap | None, *, encoding: str | None = None) -> dict[str, str]:
    """Return the column map of one table: of a role with several names the first that the table has, else the first."""
    columns = columns or {}
    if all(isinstance(names, str) for names in columns.values()):
        return {role: str(name) for role, name in columns.items()}
    held = set(map(str, sample_table(path, kind, encoding=encoding)[0].columns))
    found = {}
    for role in columns:
        names = names_of(columns, role)
        own = [name for name in names if name in held]
        if own or role == "text" or isinstance(columns[role], str):
            found[role] = (own or list(names))[0]
    return found


def sample_table(path: Path, kind: str, *, encoding: str | None = None) -> tuple[pd.DataFrame, bool]:
    """Return the columns of a table as they came, and whether these are all its records.

    Of a CSV or JSON lines file of more than 20 MB (packed: 4 MB) the first megabytes are read, of a large Parquet file
    the first rows.

    Raises
    ------
    SourceError
        As ``read_documents``.
    """
    most = _MOST_BYTES if not _packed(path) else _MOST_BYTES // 5
    if path.stat().st_size <= most or kind == "json":
        with _by_content(path, kind) as alias:
            return read_records(alias, encoding=named_encoding(encoding)).frame, True
    if kind == "parquet":
        batch = next(pq.ParquetFile(path).iter_batches(batch_size=_SAMPLE_ROWS), None)
        return (pd.DataFrame() if batch is None else batch.to_pandas()), False
    raw = b""
    for piece in chunks_of(path):
        raw += piece
        if len(raw) >= _SAMPLE_BYTES:
            break
    text, _ = decode_whole(raw, named_encoding(encoding) or detect_encoding(raw, whole=False))
    with tempfile.TemporaryDirectory() as folder:
        head = Path(folder) / ("head" + _ENDING[kind])
        head.write_bytes(text[: text.rfind("\n") + 1].encode("utf-8", "replace"))
        return read_records(head).frame, False


def _packed(path: Path) -> str:
    with path.open("rb") as stream:
        return _PACKED.get(stream.read(2), "")


@contextmanager
def _by_content(path: Path, kind: str) -> Iterator[Path]:
    """Give a table the ending of what it holds, by a link in a folder of its own, where it has another."""
    ending = _ENDING[kind] + _packed(path)
    if path.name.lower().endswith(ending):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        alias = Path(folder) / (path.name.split(".")[0] + ending)
        os.symlink(path.resolve(), alias)
        try:
            yield alias
        except (SourceError, SchemaError) as error:
            raise type(error)(str(error).replace(str(alias), str(path))) from error


def _read(path: Path, kind: str, **options) -> tuple[pd.DataFrame, pd.DataFrame]:
    with _by_content(path, kind) as alias:
        return read_documents(alias, **options)

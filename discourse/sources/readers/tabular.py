"""Tables as corpora: CSV, JSON lines and Parquet by ``read_documents``, under whatever name the file has."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError
from discourse.sources.documents import read_documents

__all__ = ["ROLES", "read_tabular"]

ROLES = ("text", "doc_id", "date", "source", "title")
"""The columns that ``columns`` can name: role -> name in the file."""

_ENDING = {"csv": ".csv", "tsv": ".tsv", "jsonl": ".jsonl", "json": ".json", "parquet": ".parquet"}
_PACKED = {b"\x1f\x8b": ".gz", b"\x28\xb5": ".zst"}


def read_tabular(
    path: Path,
    kind: str,
    *,
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
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
        other key is a new name for a document variable.
    day_first : bool, optional
        How to read 03/04/2015; see ``read_documents``.
    date_format : str, optional
        The form of all dates; see ``read_documents``.

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
            path, kind, columns=rest or None, day_first=day_first, date_format=date_format, **roles
        )
    except SchemaError as error:
        what, asked, _ = str(error).partition(" Say which column is which")
        how = " by columns={'text': NAME} (on the command line --column text=NAME)." if asked else ""
        raise SchemaError(what + asked + how) from error
    documents["file"] = path.name
    rejects["path"] = str(path)
    return documents, rejects


def _read(path: Path, kind: str, **options) -> tuple[pd.DataFrame, pd.DataFrame]:
    with path.open("rb") as stream:
        packed = _PACKED.get(stream.read(2), "")
    ending = _ENDING[kind] + packed
    if path.name.lower().endswith(ending):
        return read_documents(path, **options)
    with tempfile.TemporaryDirectory() as folder:
        alias = Path(folder) / (path.name.split(".")[0] + ending)
        os.symlink(path.resolve(), alias)
        try:
            return read_documents(alias, **options)
        except (SourceError, SchemaError) as error:
            raise type(error)(str(error).replace(str(alias), str(path))) from error

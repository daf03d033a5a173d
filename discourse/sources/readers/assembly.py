"""From entries to the tables DOCUMENTS and REJECTS: names, repeats, types.

Entries of many small files become one table at once: building a table costs more than reading a small file.
"""

import datetime
from collections.abc import Iterable
from typing import Any

import pandas as pd

from discourse.sources.readers.records import Entry, digest
from discourse.sources.readers.refusals import is_vendor_note
from discourse.tables import conform

__all__ = ["documents_of", "join_tables", "no_documents", "rejects_of", "settle", "tables_of"]

VARIABLES = (
    "date_text",
    "byline",
    "section",
    "page",
    "edition",
    "language",
    "url",
    "n_words",
    "lead",
    "copyright",
    "accession",
    "vendor",
    "text_kind",
    "file",
    "record",
)
"""Document variables that the readers fill, in the order in which they follow the columns of DOCUMENTS."""

_VENDORS = frozenset({"europresse", "factiva", "nexis", "proquest"})
_FIRST = ("doc_id", "text", "date", "date_precision", "source", "title")
_REJECTS = ("path", "record", "reason")


def _name(found: Entry) -> str:
    """Name a document: its own doc_id, else vendor and accession number, else vendor and a digest of its content."""
    if found.get("doc_id"):
        return str(found["doc_id"])
    vendor = found.get("vendor", "text")
    if found.get("accession"):
        return f"{vendor}-{found['accession']}"
    key = (found.get("source"), found.get("date"), found.get("title"), found["text"])
    return (
        f"{vendor}-{digest(found['url'])}" if found.get("by_url") and found.get("url") else f"{vendor}-{digest(*key)}"
    )


def no_documents() -> pd.DataFrame:
    """Return a DOCUMENTS table without rows."""
    return conform(pd.DataFrame({name: pd.Series(dtype="str") for name in _FIRST}), "DOCUMENTS")


def rejects_of(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Return a REJECTS table of rows with path, record and reason."""
    return pd.DataFrame(rows, columns=list(_REJECTS), dtype="str")


def settle(entries: Iterable[Entry], *, path: str, file: str) -> tuple[list[Entry], list[dict[str, str]]]:
    """Part the entries of one file into documents, each with its name, and rejects; each entry ends in one of them.

    Parameters
    ----------
    entries : iterable of dict
        What a reader yields.
    path, file : str
        The path for REJECTS, and the file name for the document variable ``file``.
    """
    kept: list[Entry] = []
    refused: list[dict[str, str]] = []
    seen: dict[str, Entry] = {}
    for found in entries:
        reason = found.get("reason") or _problem(found)
        if reason is not None:
            refused.append({"path": path, "record": found["record"], "reason": reason})
            continue
        name = _name(found)
        earlier = seen.get(name)
        if earlier is not None and earlier["text"] != found["text"]:
            name += "-" + digest(found["text"])[:6]
            earlier = seen.get(name)
        if earlier is not None:
            refused.append(_repeat(path, found["record"], name, earlier["record"]))
            continue
        seen[name] = found
        kept.append({**found, "doc_id": name, "file": file, "path": path})
    return kept, refused


def _problem(found: Entry) -> str | None:
    """Return why an entry is no document: it has no text, or a vendor's note in the place of one."""
    if not found["text"].strip():
        return "the text is empty"
    if found.get("vendor") in _VENDORS and is_vendor_note(
        found["text"], bare=not found.get("title") and not found.get("date")
    ):
        return "is the vendor's note that the record cannot be shown, and no article"
    return None


def tables_of(entries: Iterable[Entry], *, path: str, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the entries of one file into DOCUMENTS and REJECTS; see ``settle``."""
    kept, refused = settle(entries, path=path, file=file)
    return conform(documents_of(kept).drop(columns="path", errors="ignore"), "DOCUMENTS"), rejects_of(refused)


def _repeat(path: str, record: str, doc_id: str, earlier: str) -> dict[str, str]:
    return {"path": path, "record": f"{record}, {doc_id!r} as {earlier}", "reason": "repeats a record read before"}


def documents_of(kept: list[Entry]) -> pd.DataFrame:
    """Build the table of settled entries, in their order; the column ``path`` goes with it."""
    if not kept:
        return no_documents()
    held = {name for found in kept for name in found} - {"by_url"}
    names = [*_FIRST, *(name for name in VARIABLES if name in held)]
    names += sorted(held - set(names))
    return pd.DataFrame({name: _typed(name, [found.get(name) for found in kept]) for name in names})


def _typed(name: str, values: list[Any]) -> pd.Series:
    """Give a column its type: days, whole numbers, what is all numbers or all truth values as such, else strings."""
    if name == "date":
        days = [value if isinstance(value, datetime.date) else None for value in values]
        return pd.Series(pd.to_datetime(pd.Series(days, dtype="object"))).astype("datetime64[us]")
    if name == "n_words":
        return pd.Series(pd.array(values, dtype="Int64"))
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pd.Series(pd.array(values, dtype="boolean"))
    if kinds and kinds <= {int, float}:
        return pd.Series(values, dtype="float64" if float in kinds or None in values else "int64")
    return pd.Series([value if value is None else str(value) for value in values], dtype="str")


def join_tables(pairs: Iterable[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Join the tables of several files; a document that an earlier file holds already becomes a reject.

    Two documents with one doc_id and different texts (two versions under one accession number) are both kept: the
    later one gets a digest of its text after the doc_id. The column ``path`` of the tables of documents, from which
    the rejects take their path, does not go on.
    """
    seen: dict[str, tuple[int, str]] = {}
    tables: list[pd.DataFrame] = []
    refused: list[pd.DataFrame] = []
    for documents, rejects in pairs:
        documents, repeats = _unseen(documents, seen)
        refused += [rejects, repeats]
        if len(documents):
            empty = [name for name in documents if name not in _FIRST and documents[name].isna().all()]
            tables.append(documents.drop(columns=["path", *empty], errors="ignore"))
    joined = pd.concat(tables, ignore_index=True) if tables else no_documents()
    extra = [name for name in VARIABLES if name in joined.columns]
    rest = sorted(name for name in joined.columns if name not in _FIRST and name not in VARIABLES)
    joined = conform(joined[list(_FIRST) + extra + rest], "DOCUMENTS")
    table = pd.concat([rejects_of([]), *refused], ignore_index=True).astype("str")
    return joined, table.sort_values("path", kind="stable", ignore_index=True)


def _unseen(documents: pd.DataFrame, seen: dict[str, tuple[int, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = documents["doc_id"].tolist()
    places = _column(documents, "record")
    files = _column(documents, "file")
    paths = _column(documents, "path")
    keep, repeats, renamed = [], [], list(names)
    for row, (name, text) in enumerate(zip(names, documents["text"].tolist(), strict=True)):
        mark = hash(text)
        earlier = seen.get(name)
        if earlier is not None and earlier[0] != mark:
            renamed[row] = name = f"{name}-{digest(text)[:6]}"
            earlier = seen.get(name)
        if earlier is not None:
            repeats.append(_repeat(paths[row] or files[row], places[row] or name, name, earlier[1]))
            continue
        seen[name] = (mark, f"{places[row] or name} of {files[row]!r}")
        keep.append(row)
    if len(keep) < len(names) or renamed != names:
        documents = documents.assign(doc_id=renamed).iloc[keep]
    return documents, rejects_of(repeats)


def _column(documents: pd.DataFrame, name: str) -> list[str]:
    if name not in documents.columns:
        return [""] * len(documents)
    return documents[name].astype("object").where(documents[name].notna(), "").astype("str").tolist()

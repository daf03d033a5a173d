"""Statements as a file of Discourse Network Analyzer, and back.

A .dna file of DNA 3 is a SQLite database. The statement type `DNA Statement` has the variables person, organization and
concept (short text) and agreement (boolean); every short text is an entity of its variable. Positions count characters
of the document as Java does (UTF-16 units); dates are seconds since 1970 in UTC.
"""

import base64
import hashlib
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import Any, cast

import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, SourceError, first_three
from discourse.exchange.dna_tables import TABLES

__all__ = ["read_dna", "write_dna"]

_VERSION = ("3.0.11", "2023-07-23")
_LONGEST = 190  # characters in a title, a source or an entity
_NO_DATE = "no date"  # what the notes of a document without a date end with
_NAMED = r"(?s)^\[((?:[^\]]|\]\])+)\](?!\])\s?(.*)$"
_VARIABLES = ("person", "organization", "concept")


def write_dna(
    statements: pd.DataFrame, documents: pd.DataFrame, path: str | PathLike[str], *, password: str = "dna"
) -> Path:
    """Write STATEMENTS and their DOCUMENTS as a file that DNA 3 and rDNA open.

    Every document of ``documents`` that has a statement is written whole. Its title begins with its doc_id in brackets,
    so that ``read_dna`` finds it again; a closing bracket of the doc_id itself is written twice. Texts keep their
    length: a carriage return becomes a space, since DNA's editor would drop it and move the spans. A document without a
    date gets 1970-01-01 and says so in its notes.

    Parameters
    ----------
    statements, documents : DataFrame
        STATEMENTS and DOCUMENTS.
    path : path
        Where to; usually ends in ``.dna``.
    password : str
        Password of the coder `Admin` (number 1), who holds all statements. DNA asks for it when it opens the file.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    SchemaError
        The tables are not STATEMENTS and DOCUMENTS, a statement belongs to no document, or its span leaves the text.

    Notes
    -----
    The tables are those of DNA 3.0. The password is stored as DNA stores it: 100,000 rounds of SHA-256 over salt and
    password. The salt is drawn from the password, so that one table always gives one file.

    References
    ----------
    Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In The Oxford Handbook of
    Political Networks. Oxford University Press.
    """
    tables.check(statements, "STATEMENTS")
    tables.check(documents, "DOCUMENTS")
    texts = documents.set_index(documents["doc_id"].astype(str))
    unknown = [name for name in statements["doc_id"].astype(str).unique() if name not in texts.index]
    if unknown:
        raise SchemaError(
            f"`statements` has {len(unknown)} doc_id values that `documents` lacks. First: {first_three(unknown)}. "
            f"Give the documents that the statements were found in."
        )
    lengths = statements["doc_id"].astype(str).map(texts["text"].str.len()).astype("int64")
    outside = (
        (statements["start_char"] < 0)
        | (statements["start_char"] >= statements["end_char"])
        | (statements["end_char"] > lengths)
    )
    if outside.any():
        offenders = statements.loc[outside, "doc_id"].astype(str)
        raise SchemaError(
            f"`statements` has {int(outside.sum())} spans that are empty or leave the text of their document. "
            f"First: {first_three(offenders)}. Correct start_char and end_char."
        )
    place = Path(path)
    if place.exists() and not (place.is_file() and place.read_bytes()[:15] in (b"", b"SQLite format 3")):
        raise SourceError(f"`path` is {str(path)!r}, which holds something else than a DNA file. Name another file.")
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            _fill(connection, statements, texts, password)
            connection.commit()
        os.chmod(temporary, 0o644)
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return place


def _fill(connection: sqlite3.Connection, statements: pd.DataFrame, documents: pd.DataFrame, password: str) -> None:
    for name, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", _VERSION[0]), ("date", _VERSION[1])])
    connection.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, 'Admin', 255, 255, 0, ?)",
        (_hash(password),),
    )
    connection.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51)")
    variables = [(number, name, "short text", 1) for number, name in enumerate(_VARIABLES, start=1)]
    connection.executemany("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", [*variables, (4, "agreement", "boolean", 1)])
    used = list(dict.fromkeys(statements["doc_id"].astype(str)))
    number_of = {doc_id: number for number, doc_id in enumerate(used, start=1)}
    connection.executemany(
        "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Notes, Type, Date) "
        "VALUES (?, ?, ?, 1, '', ?, ?, '', ?)",
        [_document(number, doc_id, cast(pd.Series, documents.loc[doc_id])) for doc_id, number in number_of.items()],
    )
    entities = _entities(connection, statements)
    shifts = {doc_id: _shift(str(documents.loc[doc_id, "text"])) for doc_id in used}
    rows = cast(Iterable[Any], statements.itertuples(index=False))
    for number, row in enumerate(rows, start=1):
        shift = shifts[str(row.doc_id)]
        span = shift(int(row.start_char)), shift(int(row.end_char))
        connection.execute(
            "INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)", (number, number_of[str(row.doc_id)], *span)
        )
        values = (row.actor, row.organisation, row.concept)
        connection.executemany(
            "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
            [(number, variable, entities[variable, _entity(value)]) for variable, value in enumerate(values, start=1)],
        )
        connection.execute(
            "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 4, ?)", (number, int(row.agreement))
        )


def _document(number: int, doc_id: str, row: pd.Series) -> tuple:
    title = "" if pd.isna(row["title"]) else str(row["title"])
    title = f"[{doc_id.replace(']', ']]')}] {title}".strip()
    notes = "" if len(title) <= _LONGEST else title
    date = row["date"]
    if pd.isna(date):
        notes, date = f"{notes}\n{_NO_DATE}".strip(), pd.Timestamp(0)
    source = "" if pd.isna(row["source"]) else str(row["source"])
    seconds = int((pd.Timestamp(date) - pd.Timestamp(0)).total_seconds())
    return number, title[:_LONGEST], str(row["text"]).replace("\r", " "), source[:_LONGEST], notes, seconds


def _entity(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)[:_LONGEST]  # type: ignore[call-overload]


def _entities(connection: sqlite3.Connection, statements: pd.DataFrame) -> dict[tuple[int, str], int]:
    """Write every distinct value of each short-text variable, the empty one first, as DNA does."""
    numbers: dict[tuple[int, str], int] = {}
    for variable, column in enumerate(("actor", "organisation", "concept"), start=1):
        for value in ["", *sorted({_entity(value) for value in statements[column]} - {""})]:
            numbers[variable, value] = len(numbers) + 1
            connection.execute(
                "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue) VALUES (?, ?, ?, 0, 0, 0)",
                (len(numbers), variable, value),
            )
    return numbers


def _shift(text: str):
    """Return a function from characters to UTF-16 units, as Java counts."""
    wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]
    return lambda place: place + sum(1 for at in wide if at < place)


def _hash(password: str) -> str:
    salt = hashlib.sha256(b"discourse" + password.encode()).digest()[:16]
    digest = salt + unicodedata.normalize("NFC", password).encode("utf-8")
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")


def read_dna(path: str | PathLike[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a file of DNA 3: its statements of the type `DNA Statement`, and its documents.

    Parameters
    ----------
    path : path
        A .dna file, written by ``write_dna`` or by DNA 3.

    Returns
    -------
    statements, documents : DataFrame
        STATEMENTS and DOCUMENTS. A doc_id is what stands in brackets before a title, two closing brackets for one; else
        the number of the document. A title that was too long for DNA is read from the notes.

    Raises
    ------
    SourceError
        The file does not exist, is no SQLite database, or lacks a table of DNA 3.
    """
    if not Path(path).is_file():
        raise SourceError(f"{str(path)!r} does not exist; give a .dna file.")
    try:
        with closing(sqlite3.connect(f"file:{Path(path).resolve()}?mode=ro", uri=True)) as connection:
            return _read(connection)
    except (sqlite3.DatabaseError, pd.errors.DatabaseError) as error:
        raise SourceError(f"{str(path)!r} is no file of DNA 3: {error}. Open it in DNA 3 and save it anew.") from error


def _read(connection: sqlite3.Connection) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = pd.read_sql_query("SELECT ID, Title, Text, Source, Notes, Date FROM DOCUMENTS ORDER BY ID", connection)
    notes = found["Notes"].str.removesuffix(_NO_DATE).str.rstrip("\n")
    whole = [
        note if len(title) == _LONGEST and note.startswith(title) else title
        for title, note in zip(found["Title"], notes, strict=True)
    ]
    named = pd.Series(whole, dtype="str").str.extract(_NAMED, expand=True)
    dates = pd.to_datetime(found["Date"], unit="s").astype("datetime64[us]")
    documents = pd.DataFrame(
        {
            "doc_id": named[0].str.replace("]]", "]").fillna(found["ID"].astype(str)),
            "text": found["Text"],
            "date": dates.where(~found["Notes"].str.endswith(_NO_DATE)),
            "date_precision": "day",
            "source": found["Source"],
            "title": named[1].fillna(pd.Series(whole, dtype="str")),
        }
    )
    name_of = dict(zip(found["ID"], documents["doc_id"], strict=True))
    rows = pd.read_sql_query(
        """
        SELECT s.ID, s.DocumentId, s.Start, s.Stop,
               MAX(CASE WHEN v.Variable = 'person' THEN e.Value END) AS actor,
               MAX(CASE WHEN v.Variable = 'organization' THEN e.Value END) AS organisation,
               MAX(CASE WHEN v.Variable = 'concept' THEN e.Value END) AS concept
        FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId AND t.Label = 'DNA Statement'
        JOIN DATASHORTTEXT d ON d.StatementId = s.ID JOIN VARIABLES v ON v.ID = d.VariableId
        JOIN ENTITIES e ON e.ID = d.Entity GROUP BY s.ID ORDER BY s.ID
        """,
        connection,
    )
    agreed = pd.read_sql_query(
        "SELECT d.StatementId, d.Value FROM DATABOOLEAN d "
        "JOIN VARIABLES v ON v.ID = d.VariableId AND v.Variable = 'agreement'",
        connection,
    ).set_index("StatementId")["Value"]
    text_of = dict(zip(found["ID"], found["Text"], strict=True))
    spans = [
        _unshift(text_of[d], a, b) for d, a, b in zip(rows["DocumentId"], rows["Start"], rows["Stop"], strict=True)
    ]
    statements = pd.DataFrame(
        {
            "doc_id": rows["DocumentId"].map(name_of),
            "date": rows["DocumentId"].map(dict(zip(found["ID"], documents["date"], strict=True))),
            "actor": rows["actor"].where(rows["actor"] != ""),
            "organisation": rows["organisation"].where(rows["organisation"] != ""),
            "concept": rows["concept"],
            "agreement": rows["ID"].map(agreed).fillna(1).astype(bool),
            "start_char": [start for start, _ in spans],
            "end_char": [stop for _, stop in spans],
            "text": [text_of[d][a:b] for d, (a, b) in zip(rows["DocumentId"], spans, strict=True)],
        }
    )
    return tables.conform(statements, "STATEMENTS"), tables.conform(documents, "DOCUMENTS")


def _unshift(text: str, start: int, stop: int) -> tuple[int, int]:
    encoded = text.encode("utf-16-le")
    return len(encoded[: 2 * start].decode("utf-16-le", "ignore")), len(
        encoded[: 2 * stop].decode("utf-16-le", "ignore")
    )

"""A file of corrections that grows: rows are added behind those that stand there, and nothing that stood is changed."""

import csv
import io
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError
from discourse.exchange.workbook import guard_formula
from discourse.sources.encoding import detect_encoding
from discourse.sources.records import read_records
from discourse.validity.corrections import COLUMNS, check_corrections, name_things, read_corrections
from discourse.validity.handcoding.locks import append, locked
from discourse.writing import write_bytes

__all__ = ["MARK", "behind", "csv_lines", "write_corrections"]

MARK = BOM_UTF8
"""What a new file begins with: without it Excel takes UTF-8 for another encoding."""


def write_corrections(corrections: pd.DataFrame, path: str | PathLike[str], *, wait: float = 10.0) -> Path:
    """Write CORRECTIONS as CSV; where the file is there, behind the rows that it holds.

    What stands in the file stays as it is, byte by byte, also rows that are no corrections. What it holds already (the
    same answer of the same coder on the same thing at the same time) is not written twice. Rows are added at its end
    while no other process adds to it, the coding form among them, and only where they can be read there.

    Parameters
    ----------
    corrections : DataFrame
        CORRECTIONS. Their ``history`` is not written: what a coder said before stands in the file that it was read
        from.
    path : path
        Where to; ends in ``.csv``.
    wait : float
        Seconds to wait for another process.

    Returns
    -------
    Path
        The file: UTF-8 with the byte order mark that Excel needs, where it is new. A cell that a spreadsheet would run
        begins with an apostrophe, which ``read_corrections`` takes off; negative numbers stay as they are.

    Raises
    ------
    SchemaError
        A row is no correction, or the file there lacks a column.
    SourceError
        The ending is another one; the file there is in another encoding than UTF-8, or so damaged that rows behind it
        would not be read; or another process writes it.
    """
    place = Path(path)
    if place.suffix.lower() != ".csv":
        raise SourceError(f"`path` is {str(path)!r}; a file of corrections ends in '.csv'. Change the ending.")
    rows = check_corrections(corrections)
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place, wait=wait) as stream:
        there = stream.read()
        if not there:
            append(stream, MARK + csv_lines([COLUMNS]) + _as_csv(rows, COLUMNS, ","))
            return place
        if detect_encoding(there) != "utf-8":
            raise SourceError(f"{str(place)!r} is not UTF-8. Save it again as CSV UTF-8, or name a new file.")
        held, _ = read_corrections(place)
        known = set(_answers(held)) | {one for text in _earlier(held) for one in text}
        new = rows[[one not in known for one in _answers(rows)]]
        if not len(new):
            return place
        records = read_records(place)
        header = next(
            csv.reader([there.decode("utf-8-sig", errors="replace").splitlines()[0]], delimiter=_delimiter(there))
        )
        more = behind(there) + _as_csv(new, header, _delimiter(there))
        write_bytes(there + more, beside := place.with_name(f".{place.stem}.{os.getpid()}.csv"))
        try:
            n_read = len(read_records(beside).frame)
        finally:
            beside.unlink(missing_ok=True)
        if n_read != len(records.frame) + len(new):
            raise SourceError(
                f"{str(place)!r} is damaged ({records.rejects[0][1] if records.rejects else 'at its end'}), so that "
                "rows behind it would not be read. Mend that line, or name a new file."
            )
        append(stream, more)
    return place


def csv_lines(rows: Iterable[Iterable[object]], delimiter: str = ",") -> bytes:
    r"""Return rows as lines of a file of corrections: no cell is run by a spreadsheet, and negative numbers stay.

    Examples
    --------
    >>> csv_lines([["a", -2, "=1+1"]])
    b"a,-2,'=1+1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guard_formula(str(cell), negative=True) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def behind(there: bytes) -> bytes:
    r"""Return what ends the last row of a file, so that the next begins on its own line, also where a crash cut it.

    Examples
    --------
    >>> behind(b"a,b\r\n"), behind(b"a,b"), behind(b'a,"b')
    (b'', b'\r\n', b'"\r\n')
    """
    last = there.rsplit(b"\n", 1)[-1]
    return (b'"' if last.count(b'"') % 2 else b"") + (b"\r\n" if last else b"")


def _answers(rows: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return what tells one answer from another: the thing, the coder, the answer, the time."""
    times = ["" if pd.isna(one) else one.isoformat() for one in rows["date"]]
    things = name_things(rows) if len(rows) else pd.Series(dtype="str")
    return list(zip(things, rows["coder"], rows["corrected"], times, strict=True))


def _earlier(rows: pd.DataFrame) -> Iterator[list[tuple[str, str, str, str]]]:
    """Yield the answers that stand in the history of each row."""
    for (thing, coder, _, _), told in zip(_answers(rows), rows["history"], strict=True):
        parts = [one.partition(" (") for one in told.split("|")] if isinstance(told, str) else []
        yield [(thing, coder, answer, time.rstrip(")")) for answer, _, time in parts]


def _delimiter(there: bytes) -> str:
    head = there.decode("utf-8-sig", errors="replace").splitlines()[0]
    return max(",;\t", key=head.count)


def _as_csv(rows: pd.DataFrame, columns: Sequence[str], delimiter: str) -> bytes:
    """Return rows as the lines of a CSV with these columns; others of the file stay empty."""
    names = [one.strip() for one in columns]
    shown = rows.astype(object)
    shown["date"] = [None if pd.isna(one) else one.isoformat() for one in rows["date"]]
    shown = shown.where(shown.notna(), "").rename(columns=str.casefold)
    lost = sorted(set(COLUMNS) - {one.casefold() for one in names})
    full = [name for name in lost if (shown[name] != "").any()]
    if full:
        raise SchemaError(
            f"`path` has no column {', '.join(map(repr, full))}, in which the corrections say something. Name a new "
            "file."
        )
    told = shown.to_dict("records")
    return csv_lines(([row.get(name.casefold(), "") for name in names] for row in told), delimiter)

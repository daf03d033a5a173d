"""A file of corrections that grows: rows are added behind those that stand there, and nothing that stood is changed."""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from time import monotonic, sleep

import pandas as pd

from discourse.errors import SchemaError, SourceError
from discourse.sources.encoding import detect_encoding
from discourse.sources.records import read_records
from discourse.validity.corrections import COLUMNS, check_corrections, name_things, read_corrections
from discourse.writing import write_bytes

__all__ = ["write_corrections"]

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet
_WAIT = 10.0  # seconds for another process that writes


def write_corrections(corrections: pd.DataFrame, path: str | PathLike[str], *, wait: float = _WAIT) -> Path:
    """Write CORRECTIONS as CSV; where the file is there, behind the rows that it holds.

    What stands in the file stays as it is, byte by byte, also rows that are no corrections. What it holds already (the
    same answer of the same coder on the same thing at the same time) is not written twice. The file is put together
    beside its place and moved there when it is whole; another process that writes it is waited for.

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
    with _held(place, wait):
        there = place.read_bytes() if place.is_file() else b""
        if not there:
            return write_bytes("\ufeff".encode() + _as_csv(rows, COLUMNS, ",", header=True), place)
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
        end = b"" if there.endswith(b"\n") else b"\r\n"
        whole = there + end + _as_csv(new, header, _delimiter(there), header=False)
        write_bytes(whole, beside := place.with_name(f".{place.stem}.{os.getpid()}.csv"))
        try:
            n_read = len(read_records(beside).frame)
        finally:
            beside.unlink(missing_ok=True)
        if n_read != len(records.frame) + len(new):
            raise SourceError(
                f"{str(place)!r} is damaged ({records.rejects[0][1] if records.rejects else 'at its end'}), so that "
                "rows behind it would not be read. Mend that line, or name a new file."
            )
        return write_bytes(whole, place)


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


def _as_csv(rows: pd.DataFrame, columns: object, delimiter: str, *, header: bool) -> bytes:
    """Return rows as the lines of a CSV with these columns; others of the file stay empty."""
    names = [str(one).strip() for one in columns]  # type: ignore[attr-defined]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    if header:
        writer.writerow(names)
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
    for row in shown.to_dict("records"):
        writer.writerow([_guarded(row.get(name.casefold(), "")) for name in names])
    return out.getvalue().encode()


def _guarded(value: object) -> str:
    text = str(value)
    plain = text[1:].isdigit() and text.startswith("-")
    return f"'{text}" if text.startswith(_RISKY) and not plain else text


@contextmanager
def _held(place: Path, wait: float) -> Iterator[None]:
    """Hold a file for this process: others that write it wait."""
    lock = place.with_name(f".{place.name}.lock")
    begun = monotonic()
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError as error:
            if monotonic() - begun > wait:
                raise SourceError(
                    f"{str(place)!r} is being written by another process. Try again; if none is at work, remove "
                    f"{lock.name!r} beside it."
                ) from error
            sleep(0.05)
        except OSError as error:
            raise SourceError(f"{str(place)!r} cannot be written: {error.strerror}. Name another place.") from error
    os.close(handle)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)

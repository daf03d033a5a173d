"""The ledger of a hydration: one JSON line per address settled, synced to disk before the next one begins."""

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from discourse.errors import SourceError

__all__ = ["LEDGER", "LEDGER_COLUMNS", "STATUSES", "ledger_of", "ledger_table", "open_ledger"]

STATUSES = ("fetched", "forbidden", "missing", "unusable", "failed", "left")
"""What can become of an address.

``failed`` (no answer, a server error, too many requests) and ``left`` (its host had had its share of the run) are asked
for again by the next run; ``missing`` with the Wayback Machine, after a time.
"""

LEDGER_COLUMNS = (
    "address", "status", "reason", "file", "final_address", "http_status", "content_type", "n_bytes", "via",
    "n_requests", "fetched_at", "etag", "last_modified", "checked_at", "earlier", "archive",
)  # fmt: skip
LEDGER = "ledger.jsonl"


def ledger_of(folder: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the ledger of a folder that ``hydrate`` filled: one row per address, the last one written.

    Raises
    ------
    SourceError
        There is no ledger in the folder, or a line of it cannot be read.
    """
    return ledger_table(_read_lines(Path(folder) / LEDGER).values())


def ledger_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return lines of a ledger as a table with ``LEDGER_COLUMNS``."""
    names = list(LEDGER_COLUMNS)
    frame = pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=names)
    numbers = {name: "Int64" for name in ("http_status", "n_bytes", "n_requests")}
    return frame.astype({name: numbers.get(name, "str") for name in names})


@contextmanager
def open_ledger(folder: Path) -> Iterator[tuple[dict[str, dict[str, Any]], Callable[[dict[str, Any]], None]]]:
    """Open the ledger of a folder for one run: what it holds, and how to add a line to it.

    What a killed run left behind (a torn last line, a page that was not moved into place) is removed first.

    Raises
    ------
    SourceError
        The folder cannot be written, or another run is at work in it.
    """
    try:
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        path = folder / LEDGER
        stream = path.open("a+", encoding="utf-8", newline="\n")
    except OSError as error:
        raise SourceError(
            f"`folder` is {str(folder)!r}, which cannot be written: {error.strerror}. Name another one."
        ) from error
    with stream:
        _lock(stream, folder)
        _cut_torn_line(path)
        for left in (folder / "pages").glob("*.part"):
            left.unlink()
        known = _read_lines(path)
        guard = threading.Lock()

        def write(row: dict[str, Any]) -> None:
            with guard:
                try:
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                    stream.flush()
                    os.fsync(stream.fileno())
                except OSError as error:
                    raise SourceError(f"{str(path)!r} cannot be written: {error.strerror}. Make room.") from error
                known[row["address"]] = row

        yield known, write


def _lock(stream: TextIO, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise SourceError(
            f"`folder` is {str(folder)!r}, where another run is at work. Wait for it, or name another one."
        ) from error


def _cut_torn_line(path: Path) -> None:
    raw = path.read_bytes()
    if raw and not raw.endswith(b"\n"):
        with path.open("r+b") as stream:
            stream.truncate(raw.rfind(b"\n") + 1)


def _read_lines(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        raise SourceError(f"{str(path)!r} does not exist; hydrate() makes it.")
    known: dict[str, dict[str, Any]] = {}
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known[row["address"]] = row
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                break  # torn by a run that was killed; the next run cuts it off
            raise SourceError(
                f"{str(path)!r} line {number} is no line of a ledger. Remove that line and run again."
            ) from error
    return known

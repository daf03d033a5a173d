"""What a coder says is wrong of the tool's reading: rows of corrections, added to a CSV file beside the codes."""

import csv
import io
import os
from pathlib import Path
from typing import BinaryIO

from discourse.errors import SchemaError, SourceError
from discourse.validity.handcoding.locks import keep, locked
from discourse.validity.handcoding.marks import Mark

__all__ = ["COLUMNS", "add_correction", "check_corrected", "corrected_marks"]

COLUMNS = (
    "doc_id", "what", "start_char", "end_char", "holder", "target", "category", "entry", "measured", "corrected",
    "coder", "why", "date",
)  # fmt: skip
_POLARITIES = ("-1", "0", "1", "none")
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a cell of a CSV that begins so is run as a formula


def check_corrected(mark: Mark, corrected: str) -> str:
    """Return what would be right, as the file has it.

    Raises
    ------
    SchemaError
        It is empty, is what the tool says, or is no answer for such a mark.

    Examples
    --------
    >>> check_corrected(Mark(0, 5, "sentence", *[""] * 4, "1"), "+1")
    Traceback (most recent call last):
    discourse.errors.SchemaError: `corrected` is '1', which is what the tool says. Say what would be right.
    """
    told = " ".join(corrected.split()).replace("\N{MINUS SIGN}", "-")
    if mark.what == "sentence":
        told = told.removeprefix("+")
        if told not in _POLARITIES:
            raise SchemaError(f"`corrected` is {told!r}; of a sentence it must be one of {', '.join(_POLARITIES)}.")
    if not told:
        raise SchemaError("`corrected` is empty. Say what would be right: absent or none where there is nothing.")
    if told == mark.measured:
        raise SchemaError(f"`corrected` is {told!r}, which is what the tool says. Say what would be right.")
    return told


def add_correction(
    path: Path, doc_id: str, mark: Mark, corrected: str, *, coder: str, why: str, date: str
) -> tuple[str, ...]:
    """Add a row to the file of corrections, which is made where it is missing, and return it.

    Raises
    ------
    SchemaError
        ``corrected`` is no answer for such a mark.
    SourceError
        Another kind of file stands there, or it cannot be written.
    """
    told = check_corrected(mark, corrected)
    row = (doc_id, mark.what, str(mark.start), str(mark.end), mark.holder, mark.target, mark.category, mark.entry,
           mark.measured, told, coder, " ".join(why.split()), date)  # fmt: skip
    with locked(path) as stream:
        raw = stream.read()
        if not raw:
            _add(stream, b"\xef\xbb\xbf" + _line(COLUMNS) + _line(row))
        else:
            _check_header(path, raw)
            last = raw.rsplit(b"\n", 1)[-1]  # of a row that a crash cut: it stays, and the next begins on its own line
            _add(stream, (b'"' if last.count(b'"') % 2 else b"") + (b"\r\n" if last else b"") + _line(row))
    return row


def corrected_marks(path: Path, coder: str) -> dict[tuple[str, Mark], str]:
    """Return what a coder said would be right, by document and mark.

    Raises
    ------
    SourceError
        Another kind of file stands there, or it cannot be read.
    """
    if not path.exists():
        return {}
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}. Check the path.") from error
    _check_header(path, raw)
    out = {}
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")):
        told = {name: _plain(str(row.get(name) or "")) for name in COLUMNS}
        if told["coder"] == coder and told["start_char"].isdecimal() and told["end_char"].isdecimal():
            names = ("what", "holder", "target", "category", "entry", "measured")
            mark = Mark(int(told["start_char"]), int(told["end_char"]), *(told[name] for name in names))
            out[told["doc_id"], mark] = told["corrected"]
    return out


def _check_header(path: Path, raw: bytes) -> None:
    first = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].rstrip(b"\r")
    if first != ",".join(COLUMNS).encode("ascii"):
        raise SourceError(f"{str(path)!r} is no file of corrections, and nothing was written to it. Move it elsewhere.")


def _line(cells: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [f"'{cell}" if cell.startswith(_RISKY) and not _is_number(cell) else cell for cell in cells]
    )
    return out.getvalue().encode("utf-8", "replace")


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal()


def _add(stream: BinaryIO, content: bytes) -> None:
    try:
        stream.seek(0, os.SEEK_END)
        stream.write(content)
        keep(stream)
    except OSError as error:
        raise SourceError(
            f"{str(stream.name)!r} cannot be written: {error.strerror or error}. Make room, and save again."
        ) from error

"""What a coder says is wrong of the tool's reading: rows of corrections, added to a CSV file beside the codes."""

import csv
import io
from pathlib import Path

from discourse.errors import SchemaError, SourceError
from discourse.exchange.workbook import unguard_formula
from discourse.validity.corrections import COLUMNS
from discourse.validity.corrections_file import MARK, behind, csv_lines
from discourse.validity.handcoding.locks import append, locked
from discourse.validity.handcoding.marks import Mark

__all__ = ["add_correction", "check_corrected", "corrected_marks"]

_POLARITIES = ("-1", "0", "1", "none")


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
            append(stream, MARK + csv_lines([COLUMNS, row]))
        else:
            _check_header(path, raw)
            append(stream, behind(raw) + csv_lines([row]))
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
        told = {name: unguard_formula(str(row.get(name) or "")) for name in COLUMNS}
        if told["coder"] == coder and told["start_char"].isdecimal() and told["end_char"].isdecimal():
            names = ("what", "holder", "target", "category", "entry", "measured")
            mark = Mark(int(told["start_char"]), int(told["end_char"]), *(told[name] for name in names))
            out[told["doc_id"], mark] = told["corrected"]
    return out


def _check_header(path: Path, raw: bytes) -> None:
    first = raw.removeprefix(MARK).split(b"\n", 1)[0].rstrip(b"\r")
    if first != ",".join(COLUMNS).encode("ascii"):
        raise SourceError(f"{str(path)!r} is no file of corrections, and nothing was written to it. Move it elsewhere.")

"""Codes in spreadsheets (CSV, TSV, XLSX), read: one code a row, or one document a row and one variable a column."""

from pathlib import Path

import pandas as pd

from discourse import tables
from discourse.errors import SourceError
from discourse.exchange.codes.found import Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File
from discourse.exchange.workbook import read_workbook
from discourse.sources.records import read_records

__all__ = ["read", "read_sheet", "recognise"]

_IDS = ("unit_id", "doc_id")
_SHOWN = ("plan", "title", "text", "holder", "target", "date", "source")
"""What a sheet for coding shows beside the codes."""
_ENDINGS = (".csv", ".tsv", ".xlsx")


def read_sheet(place: Path) -> pd.DataFrame:
    """Return the rows of a sheet (.csv, .tsv, .xlsx) as they are.

    Raises
    ------
    SourceError
        The file cannot be read, or a row of it is broken.
    """
    if place.suffix.lower() == ".xlsx":
        return read_workbook(place)
    records = read_records(place)
    if records.rejects:
        first = records.rejects[0]
        raise SourceError(
            f"{str(place)!r} has {len(records.rejects)} broken rows. First: {first[1]}, {first[2]}. Save the sheet "
            "again."
        )
    return records.frame


def recognise(file: File) -> bool:
    """Tell a sheet by the ending of its name."""
    return file.path.is_file() and file.path.suffix.lower() in _ENDINGS and not file.begin.startswith("#FORMAT=")


def read(file: File, found: Found) -> None:
    """Read a sheet: long where it has the columns ``variable`` and ``value``, else wide.

    A column of a wide sheet is a variable, also where the documents have one of its name; but for ids, the coder, and
    what a sheet shows beside the codes: the columns of DOCUMENTS, ``plan``, ``holder`` and ``target``.

    Raises
    ------
    SourceError
        It cannot be read, or names no document.
    """
    frame = read_sheet(file.path)
    own = next((name for name in _IDS if name in frame), None)
    if own is None:
        raise SourceError(
            f"{file.shown} has no column 'unit_id' or 'doc_id'; it has {', '.join(repr(str(one)) for one in frame)}. "
            "Name the column that holds the ids so."
        )
    long = {"variable", "value"} <= set(frame)
    skipped = {*_IDS, *_SHOWN, "coder", *tables.TABLES["DOCUMENTS"].by_name}  # other document variables can be coded
    variables = [] if long else [str(one) for one in frame if one not in skipped and not _is_part(one)]
    sources: dict[tuple[str, str], int] = {}
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for number, row in enumerate(rows, start=2):
        cells = {str(name): str(value) for name, value in row.items() if value is not None and str(value).strip()}
        if not cells:
            continue
        record = f"row {number}"
        spans = long and ("start_char" in cells or "end_char" in cells)
        text = None if spans or long else "".join(cells.get(one, "") for one in ("text", *_parts(frame))) or None
        unit = cells.get(own, "").strip()
        key = (unit, text or "")
        if key not in sources:
            sources[key] = found.add_source(Source(record, names_of(unit), text))
        coder = cells.get("coder", "").strip() or None
        if not long:
            for variable in variables:
                if variable in cells:
                    found.add(Coded(sources[key], record, coder, variable, cells[variable].strip()))
        elif "value" not in cells:
            found.reject(record, "the code has no name", cells.get("variable"))
        else:
            row_of = (sources[key], record, coder, cells.get("variable", ""), cells["value"], cells.get("comment"))
            start, end = _number(cells.get("start_char")), _number(cells.get("end_char"))
            found.add(Coded(*row_of, start, end, cells.get("text") if spans else None, span=spans))


def _is_part(name: object) -> bool:
    return str(name).startswith(("text_", "title_")) and str(name).rpartition("_")[2].isdecimal()


def _parts(frame: pd.DataFrame) -> list[str]:
    """Return the columns in which a text goes on that is longer than a cell."""
    return sorted((str(one) for one in frame if str(one).startswith("text_") and _is_part(one)), key=len)


def _number(text: str | None) -> object:
    plain = (text or "").strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) < 19 else text

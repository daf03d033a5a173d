"""CSV to rows: each with its line, and what cannot be parsed as rejects."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import SourceError, first_three
from discourse.sources.encoding import Line, PackedFileBroken, first_line, lines_of

__all__ = [
    "MOST_COLUMNS",
    "NOT_DECODED",
    "Parsed",
    "csv_lines",
    "delimiter_of",
    "fields_held",
    "named_delimiter",
    "read_csv",
    "read_whole_csv",
    "too_wide",
]

MOST_COLUMNS = 2_000
"""Columns of a table, or names in its records: more are no document variables."""

Parsed = tuple[pd.DataFrame, list[int], list[tuple[str, str, str]], str]
"""The columns as they came; the line of each row; rejects as path, record, reason; the encoding."""
NOT_DECODED = "the record holds a byte that is not valid in the encoding of the file"
_PIECE = 20_000
_LONGEST_NAME = 1_000  # characters of the name of a column
_HELD = (
    "\ufdd0\ufdd1\ufdd0"  # stands for a carriage return in a field while csv reads; Unicode keeps these out of texts
)
_INSIDE = re.compile(r"\r(?![\r\n]|\Z)")


@contextmanager
def _long_fields() -> Iterator[None]:
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def too_wide(path: str, n_columns: int) -> str:
    """Say that a table has more columns than one may have."""
    return f"{path!r} has {n_columns:,} columns; a corpus may have {MOST_COLUMNS:,}. Keep those that you need."


def read_csv(path: Path, encoding: str | None, delimiter: str | None) -> Parsed:
    """Read a CSV file; the delimiter is the commonest in the header where none is given."""
    name, lines = lines_of(path, encoding)
    bad: list[int] = []
    with _long_fields():
        first = first_line(path, lines)
        n_before = 0
        if named := named_delimiter(first.text):
            first, n_before = first_line(path, lines), 1
        text = csv_lines(_noting(line, bad) for line in chain([first], lines))
        reader = csv.reader(text, delimiter=named or delimiter or delimiter_of(first.text), strict=True)
        header = _header(path, reader)
        frames, numbers, rejects = _csv_rows(path, reader, header, bad, n_before)
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return frame, numbers, rejects, name


def read_whole_csv(path: Path, delimiter: str | None = None) -> pd.DataFrame:
    """Read a CSV made by hand, all cells as text; a record that cannot be read is an error that names it.

    The index counts lines behind the header as the file does: row 0 is line 2, or row 1 is line 3 below a line that
    names the delimiter.

    Raises
    ------
    SourceError
        The file cannot be read, or a record has more or fewer fields than the header.
    """
    frame, numbers, rejects, _ = read_csv(path, None, delimiter)
    if rejects:
        count = f"{len(rejects)} record{'s' if len(rejects) != 1 else ''}"
        raise SourceError(
            f"{str(path)!r} has {count} that cannot be read. First: {rejects[0][1]}: {rejects[0][2]}. Mend the file."
        )
    return frame.set_axis(pd.Index(numbers, dtype="int64") - 2)


def _noting(line: Line, bad: list[int]) -> str:
    if line.bad_byte is not None:
        bad.append(line.bad_byte)
    return line.text


def csv_lines(lines: Iterator[str]) -> Iterator[str]:
    """Give the lines as csv takes them: parted at carriage returns where the header ends at one.

    Outside quotation marks csv refuses a carriage return that ends no line; where lines end with line feeds it is a
    character of a field.
    """
    header = next(lines, "")
    at = header.find("\r")
    if 0 <= at < len(header.rstrip("\r\n")) and header.count('"', 0, at) % 2 == 0:
        for line in chain([header], lines):
            yield from re.findall("[^\r]*\r\n?|[^\r]+", line)
        return
    for line in chain([header], lines):
        yield _INSIDE.sub(_HELD, line) if "\r" in line else line


def fields_held(row: list[str]) -> list[str]:
    """Return a row that csv read from ``csv_lines`` with its carriage returns."""
    return [field.replace(_HELD, "\r") if "\ufdd0" in field else field for field in row]


def delimiter_of(header: str) -> str:
    """Return the delimiter that stands most often in a header."""
    return max(",;\t|", key=header.count)


def named_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line names, as spreadsheets write it (sep=;), null where it names none."""
    found = re.fullmatch(r"\ufeff?\"?sep=(.)\"?\s*", line, re.IGNORECASE) or re.fullmatch(
        r"\ufeff?sep=(\t)\r?\n?", line
    )
    return found[1] if found else None


def _header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        names = (name.strip() for name in fields_held(next(reader)))
        header = [name or f"column_{place}" for place, name in enumerate(names, start=1)]
    except (csv.Error, StopIteration) as error:
        raise SourceError(f"{str(path)!r} has no header that can be read ({error}). Look at line 1.") from error
    if len(header) > MOST_COLUMNS:
        raise SourceError(too_wide(str(path), len(header)))
    if (longest := max(map(len, header))) > _LONGEST_NAME:
        raise SourceError(
            f"{str(path)!r} has no header that can be read (a name of {longest:,} characters). Look at line 1."
        )
    repeated = [name for name, n_times in Counter(header).items() if n_times > 1]
    if repeated:
        raise SourceError(
            f"{str(path)!r} names {len(repeated)} columns more than once in its header. "
            f"First: {first_three(repeated)}. Rename them."
        )
    return header


def _csv_rows(
    path: Path, reader: Any, header: list[str], bad: list[int], n_before: int
) -> tuple[list[pd.DataFrame], list[int], list[tuple[str, str, str]]]:
    rows: list[list[str]] = []
    frames: list[pd.DataFrame] = []
    numbers: list[int] = []
    rejects: list[tuple[str, str, str]] = []
    while True:
        start = reader.line_num + 1 + n_before
        bad.clear()
        try:
            row = next(reader)
        except StopIteration:
            break
        except PackedFileBroken as error:
            rejects.append((str(path), f"byte {error.byte}", error.problem))
            break
        except csv.Error as error:
            last = reader.line_num + n_before
            lines = f"line {start}" if last <= start else f"lines {start} to {last}"
            rejects.append((str(path), lines, _csv_problem(error)))
            continue
        if not row:
            continue
        if bad:
            rejects.append((str(path), f"line {start}, byte {bad[0]}", NOT_DECODED))
            continue
        if len(row) != len(header):
            place = f"line {start}, {len(row)} fields of {len(header)}"
            rejects.append((str(path), place, "the record has not as many fields as the header"))
            continue
        rows.append(fields_held(row))
        numbers.append(start)
        if len(rows) == _PIECE:
            frames.append(pd.DataFrame(rows, columns=header, dtype="str"))
            rows = []
    frames.append(pd.DataFrame(rows, columns=header, dtype="str"))
    return frames, numbers, rejects


def _csv_problem(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "a quotation mark opened in this record is never closed; the lines behind it are lost to it"
    return f"the record is not CSV: {error}"

"""Files to records: rows of CSV, JSON lines, Parquet and folders of text, each with its place, before any judgement."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.errors import SourceError, first_three
from discourse.sources.encoding import Line, PackedFileBroken, chunks_of, decode_whole, detect_encoding, lines_of

__all__ = ["ENDINGS", "Records", "read_records"]

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".txt")
_PACKED = (".gz", ".zst")
_PIECE = 20_000
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass
class Records:
    """The records of one source: columns as they came, the place of each row, and what could not even be parsed."""

    frame: pd.DataFrame
    paths: list[str] | str
    unit: str
    numbers: list[int] | range
    rejects: list[tuple[str, str, str]] = field(default_factory=list)
    encodings: list[str] | str | None = None

    def place(self, position: int) -> tuple[str, str]:
        """Return path and record of the row at ``position``."""
        path = self.paths if isinstance(self.paths, str) else self.paths[position]
        return path, f"{self.unit} {self.numbers[position]}" if self.unit != "whole file" else self.unit


def read_records(path: Path, *, encoding: str | None = None) -> Records:
    """Read a file or a folder of .txt into records, by its ending.

    Raises
    ------
    SourceError
        The file is missing, empty, of an unknown ending, a Parquet file that is not whole, or a CSV with a bad header.
    """
    if path.is_dir():
        return _read_folder(path, encoding)
    if not path.exists():
        raise SourceError(f"{str(path)!r} does not exist. Check the path; a built-in seed is named 'seed:reports'.")
    ending = _ending(path)
    if ending not in ENDINGS:
        raise SourceError(
            f"{str(path)!r} ends in {ending!r}; a corpus ends in {', '.join(map(repr, sorted(ENDINGS)))} (.gz and "
            f".zst may follow), or is a folder of .txt. `discourse read` takes exports and pages."
        )
    if path.stat().st_size == 0:
        raise SourceError(f"{str(path)!r} is empty (0 bytes). Export or copy it again.")
    if ending == ".parquet":
        return _read_parquet(path)
    if ending in (".csv", ".tsv"):
        return _read_csv(path, encoding, "\t" if ending == ".tsv" else None)
    if ending == ".txt":
        return _read_texts([path], path.parent, encoding)
    return _read_json(path, encoding, ending)


def _ending(path: Path) -> str:
    endings = [e.lower() for e in path.suffixes]
    if len(endings) > 1 and endings[-1] in _PACKED:
        return endings[-2]
    return endings[-1] if endings else ""


# Parquet ---------------------------------------------------------------------------------------------------------


def _read_parquet(path: Path) -> Records:
    try:
        table = pq.read_table(path)
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"{str(path)!r} is not a whole Parquet file ({str(error).splitlines()[0]}). Copy or write it again."
        ) from error
    frame = table.to_pandas(ignore_metadata=True)
    frame = frame.drop(columns=[name for name in frame if str(name).startswith("__index_level_")])
    return Records(frame, str(path), "row", range(1, len(frame) + 1))


# CSV -------------------------------------------------------------------------------------------------------------


@contextmanager
def _long_fields() -> Iterator[None]:
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _read_csv(path: Path, encoding: str | None, delimiter: str | None) -> Records:
    name, lines = lines_of(path, encoding)
    bad: list[int] = []
    with _long_fields():
        first = _first_line(path, lines)
        text = (_noting(line, bad) for line in chain([first], lines))
        reader = csv.reader(text, delimiter=delimiter or _delimiter(first.text), strict=True)
        header = _header(path, reader)
        frames, numbers, rejects = _csv_rows(path, reader, header, bad)
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return Records(frame, str(path), "line", numbers, rejects, name)


def _first_line(path: Path, lines: Iterator[Line]) -> Line:
    try:
        first = next(lines, None)
    except PackedFileBroken as error:
        raise SourceError(f"{str(path)!r} is damaged from its first byte ({error.cause}). Copy it again.") from error
    if first is None:
        raise SourceError(f"{str(path)!r} is empty. Export or copy it again.")
    return first


def _noting(line: Line, bad: list[int]) -> str:
    if line.bad_byte is not None:
        bad.append(line.bad_byte)
    return line.text


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        header = [name.strip() or f"column_{place}" for place, name in enumerate(next(reader), start=1)]
    except (csv.Error, StopIteration) as error:
        raise SourceError(f"{str(path)!r} has no header that can be read ({error}). Look at line 1.") from error
    repeated = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    if repeated:
        raise SourceError(
            f"{str(path)!r} names {len(repeated)} columns more than once in its header. "
            f"First: {first_three(repeated)}. Rename them."
        )
    return header


def _csv_rows(
    path: Path, reader: Any, header: list[str], bad: list[int]
) -> tuple[list[pd.DataFrame], list[int], list[tuple[str, str, str]]]:
    rows: list[list[str]] = []
    frames: list[pd.DataFrame] = []
    numbers: list[int] = []
    rejects: list[tuple[str, str, str]] = []
    while True:
        start = reader.line_num + 1
        bad.clear()
        try:
            row = next(reader)
        except StopIteration:
            break
        except PackedFileBroken as error:
            rejects.append((str(path), f"byte {error.byte}", _cut(error)))
            break
        except csv.Error as error:
            rejects.append((str(path), f"line {start}", _csv_problem(error, start, reader.line_num)))
            continue
        if not row:
            continue
        if problem := _row_problem(row, header, bad):
            rejects.append((str(path), f"line {start}", problem))
            continue
        rows.append(row)
        numbers.append(start)
        if len(rows) == _PIECE:
            frames.append(pd.DataFrame(rows, columns=header, dtype="str"))
            rows = []
    frames.append(pd.DataFrame(rows, columns=header, dtype="str"))
    return frames, numbers, rejects


def _row_problem(row: list[str], header: list[str], bad: list[int]) -> str | None:
    if bad:
        return f"byte {bad[0]} of the file is not valid in its encoding"
    if len(row) != len(header):
        return f"the record has {len(row)} fields; the header has {len(header)}"
    return None


def _csv_problem(error: csv.Error, start: int, end: int) -> str:
    if "unexpected end of data" in str(error):
        return f"a quotation mark opened in this record is never closed (lines {start} to {end} are lost to it)"
    return f"the record is not CSV: {error}"


def _cut(error: PackedFileBroken) -> str:
    return f"the packed file ends or breaks here ({error.cause}); records behind this byte are lost"


# JSON ------------------------------------------------------------------------------------------------------------


def _read_json(path: Path, encoding: str | None, ending: str) -> Records:
    name, lines = lines_of(path, encoding)
    if ending == ".json":
        first = _first_line(path, lines)
        if first.text.lstrip().startswith("["):
            return _read_json_array(path, "".join(line.text for line in chain([first], lines)), name)
        lines = chain([first], lines)
    rows: list[dict] = []
    frames: list[pd.DataFrame] = []
    numbers: list[int] = []
    rejects: list[tuple[str, str, str]] = []
    try:
        for line in lines:
            if not line.text.strip():
                continue
            record, problem = _json_record(line)
            if problem is not None:
                rejects.append((str(path), f"line {line.number}", problem))
                continue
            rows.append(record)
            numbers.append(line.number)
            if len(rows) == _PIECE:
                frames.append(_frame_of(rows))
                rows = []
    except PackedFileBroken as error:
        rejects.append((str(path), f"byte {error.byte}", _cut(error)))
    frames.append(_frame_of(rows))
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return Records(frame, str(path), "line", numbers, rejects, name)


def _json_record(line: Line) -> tuple[dict, str | None]:
    if line.bad_byte is not None:
        return {}, f"byte {line.bad_byte} of the file is not valid in its encoding"
    try:
        record = json.loads(line.text)
    except RecursionError:
        return {}, "the line is JSON nested too deep"
    except ValueError as error:
        return {}, f"the line is not JSON: {error}"
    return record, _record_problem(record, line.text)


def _record_problem(record: object, written: str | None) -> str | None:
    if not isinstance(record, dict):
        return f"the record is a JSON {type(record).__name__}, not an object with named fields"
    if written is None or _SURROGATE.search(written):
        try:
            json.dumps(record, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            return "the record holds half of a surrogate pair, which is no character"
    return None


def _read_json_array(path: Path, text: str, name: str) -> Records:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{str(path)!r} is not JSON ({error}). Write one object a line, as .jsonl.") from error
    problems = [_record_problem(item, None) for item in items]
    numbers = [n for n, problem in enumerate(problems, start=1) if problem is None]
    rejects = [(str(path), f"item {n}", problem) for n, problem in enumerate(problems, start=1) if problem]
    return Records(_frame_of([items[n - 1] for n in numbers]), str(path), "item", numbers, rejects, name)


def _frame_of(rows: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(rows)


# Folders of text -------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, encoding: str | None) -> Records:
    files = sorted(place for place in folder.rglob("*") if place.is_file() and place.suffix.lower() == ".txt")
    if not files:
        endings = sorted({place.suffix or place.name for place in folder.rglob("*") if place.is_file()})
        held = f"files ending in {first_three(endings)}" if endings else "no files"
        raise SourceError(
            f"{str(folder)!r} holds {held} and no .txt. Name one file, or use `discourse read` for exports and pages."
        )
    return _read_texts(files, folder, encoding)


def _read_texts(files: list[Path], folder: Path, encoding: str | None) -> Records:
    rows: list[dict[str, object]] = []
    kept: list[str] = []
    encodings: list[str] = []
    rejects: list[tuple[str, str, str]] = []
    for place in files:
        raw = b"".join(chunks_of(place))
        name = encoding or detect_encoding(raw)
        text, bad_byte = decode_whole(raw, name)
        if bad_byte is not None:
            rejects.append((str(place), f"byte {bad_byte}", f"the byte is not valid in {name}"))
            continue
        identity = place.relative_to(folder).with_suffix("").as_posix()
        rows.append({"doc_id": identity, "text": text, "date": _date_in_name(place.name)})
        kept.append(str(place))
        encodings.append(name)
    frame = pd.DataFrame(rows, columns=["doc_id", "text", "date"])
    return Records(frame, kept, "whole file", range(1, len(kept) + 1), rejects, encodings)


def _date_in_name(name: str) -> str | None:
    """Return the ISO day that a file name begins with, null if none (2015-12-23-kabulov.txt)."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?!\d)", name)
    return found[1] if found else None

"""Files to records: rows of CSV, JSON lines, Parquet and folders of text, each with its place, before any judgement."""

import re
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.errors import SourceError, first_three
from discourse.recording import is_record
from discourse.sources.csv_rows import MOST_COLUMNS, read_csv, too_wide
from discourse.sources.encoding import chunks_of, decode_whole, detect_encoding
from discourse.sources.json_rows import read_json
from discourse.sources.shells import lines_in, many_in_lines, refusal

__all__ = ["ENDINGS", "Records", "beside", "find_parquets", "join_records", "parquet_frame", "read_records"]

_BESIDE = "the file is no {}; `discourse read` takes exports, pages and tables in a folder"
ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".txt")
_PACKED = (".gz", ".zst")


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
        frame, numbers, rejects, name = read_csv(path, encoding, "\t" if ending == ".tsv" else None)
        return Records(frame, str(path), "line", numbers, rejects, name)
    if ending == ".txt":
        return _read_texts([path], path.parent, encoding)
    unit, (frame, numbers, rejects, name) = read_json(path, encoding, array=ending == ".json")
    return Records(frame, str(path), unit, numbers, rejects, name)


def _ending(path: Path) -> str:
    endings = [e.lower() for e in path.suffixes]
    if len(endings) > 1 and endings[-1] in _PACKED:
        return endings[-2]
    return endings[-1] if endings else ""


# Parquet ---------------------------------------------------------------------------------------------------------


def find_parquets(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder, in the order of their names.

    Raises
    ------
    SourceError
        It holds .txt as well.
    """
    files = sorted(place for place in folder.rglob("*") if place.is_file() and not place.name.startswith("."))
    found = [place for place in files if place.suffix.lower() == ".parquet"]
    texts = [place for place in files if place.suffix.lower() == ".txt"]
    if found and texts:
        raise SourceError(
            f"{str(folder)!r} holds {len(found)} .parquet and {len(texts)} .txt, such as {texts[0].name!r}; a corpus "
            "is of one kind. Put the others into another folder."
        )
    return found


def beside(folder: Path, ending: str) -> list[tuple[str, str, str]]:
    """Return as rejects what stands in a folder beside the files of a corpus; records of files are passed over."""
    files = sorted(place for place in folder.rglob("*") if place.is_file() and place.suffix.lower() != ending)
    others = [place for place in files if not place.name.startswith(".") and not is_record(place)]
    return [(str(place), "whole file", _BESIDE.format(ending)) for place in others]


def join_records(parts: list[Records]) -> Records:
    """Put the records of several tables one under the other, each with its own path and numbers."""
    paths = [str(part.paths) for part in parts for _ in range(len(part.frame))]
    numbers = [number for part in parts for number in part.numbers]
    rejects = [one for part in parts for one in part.rejects]
    return Records(pd.concat([part.frame for part in parts], ignore_index=True), paths, "row", numbers, rejects)


def _has_end(path: Path) -> bool:
    """Tell whether the end of a Parquet file, which says what it holds, can be read."""
    try:
        pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        return False
    return True


def _read_parquet(path: Path) -> Records:
    try:
        table = pq.read_table(path)
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        mend = "keep its other row groups by `--workers 1 --rejects FILE`" if _has_end(path) else ""
        raise SourceError(
            f"{str(path)!r} is not a whole Parquet file ({str(error).splitlines()[0]}). Copy or write it again"
            f"{', or ' if mend else ''}{mend}."
        ) from error
    if table.num_columns > MOST_COLUMNS:
        raise SourceError(too_wide(str(path), table.num_columns))
    frame = parquet_frame(table)
    return Records(frame, str(path), "row", range(1, len(frame) + 1))


def parquet_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table of a Parquet file as a frame, without an index that only numbers its rows."""
    frame = _without_zones(table).to_pandas(ignore_metadata=True)
    return frame.drop(columns=[name for name in frame if _is_row_number(name, frame[name])])


def _without_zones(table: pa.Table) -> pa.Table:
    """Read times of a zone that no list of zones knows as they are stored, in UTC."""
    for place, column in enumerate(table.schema):
        if pa.types.is_timestamp(column.type) and column.type.tz is not None and not _is_zone(column.type.tz):
            stored = table.column(place).cast(pa.timestamp(column.type.unit))
            table = table.set_column(place, column.name, stored)
    return table


def _is_zone(name: str) -> bool:
    try:
        pd.Timestamp(0, tz=name)
    except (ValueError, KeyError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _is_row_number(name: object, column: pd.Series) -> bool:
    """Tell an index that only numbers the rows, as a frame writes it, from one that holds something."""
    if not str(name).startswith("__index_level_") or not pd.api.types.is_integer_dtype(column.dtype):
        return False
    return bool(column.is_monotonic_increasing and column.is_unique)


# Folders of text -------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, encoding: str | None) -> Records:
    files = sorted(place for place in folder.rglob("*") if place.is_file() and place.suffix.lower() == ".txt")
    if tables := find_parquets(folder):
        read = join_records([_read_parquet(place) for place in tables])
        read.rejects.extend(beside(folder, ".parquet"))
        return read
    if not files:
        endings = sorted({place.suffix or place.name for place in folder.rglob("*") if place.is_file()})
        held = f"files ending in {first_three(endings)}" if endings else "no files"
        raise SourceError(
            f"{str(folder)!r} holds {held} and no .txt. Name one file, or use `discourse read` for exports and pages."
        )
    read = _read_texts(files, folder, encoding)
    read.rejects.extend(beside(folder, ".txt"))
    return read


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
        if many_in_lines(lines_in(text)):
            rejects.append((str(place), "whole file", refusal(text, "`discourse read --format text`")))
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

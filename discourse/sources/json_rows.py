"""JSON to rows: objects of a line each, or the items of one array; what cannot be parsed as rejects."""

import json
import re
from itertools import chain
from pathlib import Path

import pandas as pd

from discourse.errors import SourceError
from discourse.sources.csv_rows import MOST_COLUMNS, NOT_DECODED, Parsed
from discourse.sources.encoding import Line, PackedFileBroken, first_line, lines_of

__all__ = ["read_json"]

_PIECE = 20_000
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(path: Path, encoding: str | None, *, array: bool) -> tuple[str, Parsed]:
    """Read JSON: one object a line, or one array where ``array`` allows it; "line" or "item" says which it was."""
    name, lines = lines_of(path, encoding)
    if array:
        first = first_line(path, lines)
        if first.text.lstrip().startswith("["):
            return "item", _read_array(path, "".join(line.text for line in chain([first], lines)), name)
        lines = chain([first], lines)
    names: set[str] = set()
    rows: list[dict] = []
    frames: list[pd.DataFrame] = []
    numbers: list[int] = []
    rejects: list[tuple[str, str, str]] = []
    try:
        for line in lines:
            if not line.text.strip():
                continue
            record, problem, place = _json_record(line)
            problem = problem or _widening(record, names)
            if problem is not None:
                rejects.append((str(path), f"line {line.number}{place}", problem))
                continue
            rows.append(record)
            numbers.append(line.number)
            if len(rows) == _PIECE:
                frames.append(pd.DataFrame(rows))
                rows = []
    except PackedFileBroken as error:
        rejects.append((str(path), f"byte {error.byte}", error.problem))
    frames.append(pd.DataFrame(rows))
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return "line", (frame, numbers, rejects, name)


def _json_record(line: Line) -> tuple[dict, str | None, str]:
    """Return the record of a line, what is wrong with it, and where in the line."""
    if line.bad_byte is not None:
        return {}, NOT_DECODED, f", byte {line.bad_byte}"
    try:
        record = json.loads(line.text)
    except RecursionError:
        return {}, "the line is JSON nested too deep", ""
    except json.JSONDecodeError as error:
        return {}, f"the line is not JSON: {error.msg}", f", character {error.pos + 1}"
    except ValueError as error:  # a number of more digits than Python reads
        return {}, f"the line is not JSON: {error}", ""
    return record, _record_problem(record, line.text), ""


def _widening(record: dict, names: set[str]) -> str | None:
    """Note the names of a record among those of the corpus; say what is wrong where they become too many."""
    new = record.keys() - names
    if len(names) + len(new) > MOST_COLUMNS:
        return f"the record has more new names than a corpus may have; it may have {MOST_COLUMNS:,}"
    names |= new
    return None


def _record_problem(record: object, written: str | None) -> str | None:
    if not isinstance(record, dict):
        return f"the record is a JSON {type(record).__name__}, not an object with named fields"
    if written is None or _SURROGATE.search(written):
        try:
            json.dumps(record, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            return "the record holds half of a surrogate pair, which is no character"
    return None


def _read_array(path: Path, text: str, name: str) -> Parsed:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.rstrip()[-1:] != "]":
            raise SourceError(
                f"{str(path)!r} is cut off: its list of records is never closed ({error}). Export or copy it again."
            ) from error
        raise SourceError(f"{str(path)!r} is not JSON ({error}). Write one object a line, as .jsonl.") from error
    names: set[str] = set()
    problems = [_record_problem(item, None) or _widening(item, names) for item in items]
    numbers = [n for n, problem in enumerate(problems, start=1) if problem is None]
    rejects = [(str(path), f"item {n}", problem) for n, problem in enumerate(problems, start=1) if problem]
    return pd.DataFrame([items[n - 1] for n in numbers]), numbers, rejects, name

# ruff: noqa: E501 (tables of values, marks and shells)
"""Plain corpora: tables, JSON, Parquet, folders of text, packed files."""

import csv
import gzip
import io
import json
import random
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import zstandard

from fuzz.values import NAMES, SENTENCES, TEXTS, damage, flood, value, word

__all__ = ["FORMATS", "Case", "make_corpus"]

FORMATS = ("csv", "tsv", "semicolon", "jsonl", "json", "parquet", "txt-folder", "gz", "zst")
_FLOODS = (
    b",", b";", b"\t", b'"', b'""', b"\n", b"\r", b"\r\n", b"a,", b"a\n", b'"a\n', b"[", b"{", b'{"a":', b'{"text":1}\n', b"]", b"}",
    b'"a":1,', b"\\u", b"\\ud800", b"0", b"9", b"-", b"\x00", b"\xd8\xa7", b"\xd8", b"\x80", b" ", b"\xff\xfe", b"x",
)  # fmt: skip
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1256", "iso-8859-6", "latin-1")


class Case(NamedTuple):
    """An input: where it lies, and how many records were written, where that is known."""

    format: str
    path: Path
    n_records: int | None = None
    columns: tuple[str, ...] = ("source", "country")


def make_corpus(kind: str, folder: Path, draw: random.Random) -> Case:
    """Write a corpus of a kind with hostile values, a third of all damaged, some flooded."""
    columns, rows = _records(draw)
    stem = draw.choice(NAMES).replace("/", "").strip(".") or "a"
    if kind == "txt-folder":
        return _folder(folder / stem, draw, columns)
    n_records: int | None = len(rows)
    inner = draw.choice(("csv", "jsonl", "tsv", "json")) if kind in ("gz", "zst") else kind
    if kind == "parquet":
        raw = _parquet(columns, rows)
    elif inner in ("json", "jsonl"):
        raw, n_records = _json(columns, rows, draw, array=inner == "json" and draw.random() < 0.8)
    else:
        raw, n_records = _csv(columns, rows, draw, {"csv": ",", "tsv": "\t", "semicolon": ";"}[inner])
    fate = draw.random()
    if fate < 0.25:
        raw, n_records = damage(raw, draw), None
    elif fate < 0.37:
        raw, n_records = flood(raw, _FLOODS, draw, size=draw.choice((2_000, 60_000, 300_000))), None
    ending = {"semicolon": "csv"}.get(inner, inner)
    if kind in ("gz", "zst"):
        raw = gzip.compress(raw) if kind == "gz" else zstandard.compress(raw)
        if draw.random() < 0.3:
            raw, n_records = damage(raw, draw), None
        elif draw.random() < 0.1:
            part = draw.choice((b"\x00", b"a", b'{"text": "x"}\n', b"["))
            bomb = part * (3_000_000 // len(part))
            raw, n_records = gzip.compress(bomb) if kind == "gz" else zstandard.compress(bomb), None
        ending += f".{kind}"
    path = folder / f"{stem}.{ending}"
    path.write_bytes(raw)
    return Case(kind, path, n_records, columns)


def _records(draw: random.Random) -> tuple[tuple[str, ...], list[list[Any]]]:
    columns = [
        "text",
        *draw.sample(
            ["doc_id", "date", "source", "title", "country", "date_precision", "cluster"], k=draw.randint(0, 6)
        ),
    ]
    if draw.random() < 0.25:
        columns.append(draw.choice(TEXTS))
    if draw.random() < 0.05:
        columns += draw.choices(columns, k=1)
    if draw.random() < 0.03:
        columns += [f"k{number}" for number in range(draw.choice((100, 1_500, 2_500)))]
    sound = draw.random() < 0.4
    rows = []
    for number in range(draw.choice((1, 2, 3, 8, 25))):
        row: list[Any] = []
        for name in columns:
            if sound or draw.random() < 0.5:
                good = {
                    "text": draw.choice(SENTENCES),
                    "date": "2015-12-23",
                    "doc_id": f"d{number}",
                    "date_precision": "day",
                }
                row.append(good.get(name, word(draw)))
            else:
                row.append(value(draw, date=name == "date"))
        rows.append(row)
    return tuple(columns), rows


def _as_text(one: Any) -> str:
    if isinstance(one, str | float) or (isinstance(one, int) and abs(one) < 10**300):
        return str(one)
    return "" if one is None else json.dumps(one) if not isinstance(one, int) else "9" * 400


def _csv(
    columns: tuple[str, ...], rows: list[list[Any]], draw: random.Random, delimiter: str
) -> tuple[bytes, int | None]:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=draw.choice(("\n", "\r\n")),
        quoting=draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerow(columns)
    n_records: int | None = len(rows)
    for row in rows:
        cells = [_as_text(one) for one in row]
        if draw.random() < 0.03:
            cells = cells[:-1] or ["x"] if draw.random() < 0.5 else [*cells, "x"]
        writer.writerow(cells)
    encoding = draw.choice(_ENCODINGS)
    text = out.getvalue()
    if encoding in ("utf-8", "utf-8-sig"):
        return text.encode(encoding, "surrogatepass"), n_records
    return text.encode(encoding, "replace"), n_records


def _json(
    columns: tuple[str, ...], rows: list[list[Any]], draw: random.Random, *, array: bool
) -> tuple[bytes, int | None]:
    records: list[Any] = [dict(zip(columns, row, strict=True)) for row in rows]
    for place in range(len(records)):
        if draw.random() < 0.03:
            records[place] = draw.choice((None, 1, "x", [], [[1]], {}))
    escaped = draw.random() < 0.5
    lines = [_dumped(one, escaped) for one in records]
    joined = f"[{','.join(lines)}]" if array else "\n".join(lines) + "\n"
    return joined.encode("utf-8", "surrogatepass"), len(records)


def _dumped(record: Any, escaped: bool) -> str:
    try:
        return json.dumps(record, ensure_ascii=escaped)
    except ValueError:  # a number of more digits than Python writes
        return json.dumps({name: str(one)[:9] if not isinstance(one, int) else 1 for name, one in record.items()})


def _parquet(columns: tuple[str, ...], rows: list[list[Any]]) -> bytes:
    columns = tuple(name.encode("utf-8", "replace").decode() for name in columns)
    rows = [[one.encode("utf-8", "replace").decode() if isinstance(one, str) else one for one in row] for row in rows]
    names = list(dict.fromkeys(columns))
    frame = pd.DataFrame({name: [row[columns.index(name)] for row in rows] for name in names})
    for name in names:
        try:
            frame[[name]].to_parquet(io.BytesIO())
        except Exception:  # of several types: as text
            frame[name] = [
                None if one is None else _as_text(one).encode("utf-8", "replace").decode() for one in frame[name]
            ]
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


def _folder(folder: Path, draw: random.Random, columns: tuple[str, ...]) -> Case:
    folder.mkdir()
    n_files = draw.choice((1, 2, 5))
    for number in range(n_files):
        name = f"{draw.choice(('', '2015-12-23-', '2015-99-99-', '20151223'))}{draw.choice(NAMES)[:60].replace('/', '')}{number}.txt".lstrip(
            "."
        )
        if name.startswith("~$"):
            name = name[2:]
        inside = folder / draw.choice(("", "", "sub", "sub/deep"))
        inside.mkdir(parents=True, exist_ok=True)
        text = draw.choice(SENTENCES) if draw.random() < 0.5 else draw.choice(SENTENCES) + draw.choice(TEXTS)
        raw = text.encode(draw.choice(("utf-8", "utf-8-sig", "utf-16", "windows-1256")), "replace")
        (inside / name).write_bytes(damage(raw, draw) if draw.random() < 0.2 else raw)
    return Case("txt-folder", folder, n_files, columns)

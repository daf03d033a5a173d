"""Reading into a file so that a run killed at any moment loses no finished file and leaves no half-written one."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from discourse.errors import check_choice
from discourse.sources.dates.formats import check_date_format
from discourse.sources.readers.addresses import read_addresses, read_hydrated
from discourse.sources.readers.assembly import join_tables
from discourse.sources.readers.detection import FORMATS, detect_format
from discourse.sources.readers.reading import Source, find_sources, read_batch
from discourse.sources.readers.tabular import ColumnMap, names_of
from discourse.sources.web.hydrate import hydrate
from discourse.sources.web.ledger import LEDGER
from discourse.writing import check_table_path, write_table

__all__ = ["read_resumable"]

_BATCH_BYTES = 4_000_000
_BATCH_FILES = 200
_EDITION = "readers-2"
"""Part of the name of every part: changes when the readers give other tables than before."""


def read_resumable(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    rejects: str | os.PathLike[str] | None = None,
    format: str = "auto",
    columns: ColumnMap | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
    hydrate_options: Mapping[str, Any] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read sources into a file of DOCUMENTS, as ``read_sources`` does; what a killed run finished is not read again.

    Each finished file (small ones in batches) is moved whole into the folder ``OUT.parts``; when all are there, they
    are joined, ``out`` and ``rejects`` are moved into place and the parts are removed. A part belongs to the paths,
    sizes and times of its files and to the options: after a change it is read anew. A list of addresses is hydrated
    into the folder ``STEM.pages`` beside ``out``, which stays. What a run before this one wrote is not read, though it
    lie in a folder of sources.

    Parameters
    ----------
    paths, format, columns, day_first, date_format, encoding
        As for ``read_sources``.
    out : path
        The table of documents: .parquet or .csv.
    rejects : path, optional
        The table of rejects: .parquet or .csv.
    hydrate_options : mapping, optional
        Options of ``hydrate`` for lists of addresses: delay, timeout, wayback ...
    progress : callable, optional
        Called with (done, all, name) after each part, and after each address while pages are fetched.

    Returns
    -------
    documents, rejects : DataFrame
        What was written; where no document is left, ``out`` is not written and what an earlier run wrote there stays.

    Raises
    ------
    SourceError, SchemaError
        As ``read_sources``; or a file cannot be written.
    """
    check_choice("format", format, ["auto", *FORMATS])
    check_date_format(date_format)
    place = check_table_path(out, argument="out")
    if rejects is not None:
        check_table_path(rejects, argument="rejects")
    made = {place.resolve(), _pages_of(place).resolve()} | ({Path(rejects).resolve()} if rejects is not None else set())
    sources = [source for source in find_sources(paths) if source[0].resolve() not in made]
    lists, files = _divide(sources, format, columns)
    parts = place.with_name(place.name + ".parts")
    options: dict[str, Any] = {"format": format, "columns": dict(columns or {}), "day_first": day_first}
    options |= {"date_format": date_format, "encoding": encoding}
    batches = list(_batches(files))

    def each() -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        for path, _ in lists:
            yield _hydrated(path, place, columns, dict(hydrate_options or {}), options, progress)
        for number, batch in enumerate(batches, start=1):
            yield _part(batch, parts, options, alone=len(sources) == 1)
            if progress is not None:
                progress(number, len(batches), batch[-1][1])

    documents, refused = join_tables(each())
    if rejects is not None:
        write_table(refused, rejects)
    if len(documents):
        write_table(documents, place)
    shutil.rmtree(parts, ignore_errors=True)
    return documents, refused


def _divide(sources: list[Source], format: str, columns: ColumnMap | None) -> tuple[list[Source], list[Source]]:
    """Part the lists of addresses from the files that hold texts."""
    text_column = names_of(columns, "text")

    def lists_addresses(path: Path) -> bool:
        if format != "auto":
            return format == "addresses"
        return path.is_file() and detect_format(path, text_column=text_column).format == "addresses"

    lists = [source for source in sources if lists_addresses(source[0])]
    return lists, [source for source in sources if source not in lists]


def _pages_of(out: Path) -> Path:
    return out.with_name(out.name.rsplit(".", 1)[0] + ".pages")


def _hydrated(
    path: Path,
    out: Path,
    columns: ColumnMap | None,
    options: dict[str, Any],
    read_options: dict[str, Any],
    progress: Callable[[int, int, str], None] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    named = {name.strip().lower(): role for role in columns or {} for name in names_of(columns, role)}
    addresses = read_addresses(path, column=next(iter(names_of(columns, "url")), None)).rename(columns=named)
    folder = _pages_of(out)
    hydrate(addresses, folder=folder, progress=progress, **options)
    documents, rejects = read_hydrated(
        folder, addresses=addresses, day_first=read_options["day_first"], date_format=read_options["date_format"]
    )
    return documents.assign(path=str(path)), rejects.assign(path=str(path))


def _batches(files: list[Source]) -> Iterator[list[Source]]:
    """Cut the files into batches: as many as make a few megabytes, a large one by itself."""
    batch: list[Source] = []
    n_bytes = 0
    for source in files:
        size = _state(source[0])[0]
        if batch and (n_bytes + size > _BATCH_BYTES or len(batch) >= _BATCH_FILES):
            yield batch
            batch, n_bytes = [], 0
        batch.append(source)
        n_bytes += size
    if batch:
        yield batch


def _key(batch: list[Source], options: Mapping[str, Any]) -> str:
    marks = []
    for path, name in batch:
        ledger = path / LEDGER
        marks.append([str(path.absolute()), name, *_state(ledger if ledger.is_file() else path)])
    return hashlib.sha256(json.dumps([_EDITION, options, marks]).encode()).hexdigest()[:32]


def _state(path: Path) -> tuple[int, int]:
    """Return size and time of a file; zeros where there is none, such as a link to nowhere, which reading rejects."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _part(
    batch: list[Source], parts: Path, options: Mapping[str, Any], *, alone: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of a batch: from its part where a run before this one finished it, else read and put there.

    The rejects are moved into place first, so a part whose documents are there is whole.
    """
    key = _key(batch, options)
    kept, refused = parts / f"{key}.documents.parquet", parts / f"{key}.rejects.parquet"
    if kept.exists() and refused.exists():
        try:
            return pd.read_parquet(kept), pd.read_parquet(refused)
        except (pa.ArrowException, OSError):
            kept.unlink()  # a part that the disk damaged is read anew
    documents, rejects = read_batch(batch, alone=alone, **options)
    write_table(rejects, refused)
    write_table(documents, kept)
    return documents, rejects

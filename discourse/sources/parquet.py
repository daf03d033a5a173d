"""Parquet files read row group by row group: the columns beside the text at once, the texts some rows at a time."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.errors import ResourceError, SourceError
from discourse.sources.judging import judge_texts
from discourse.sources.records import Records, find_parquets, join_records, parquet_frame

__all__ = ["Looked", "ParquetTexts", "RowGroup", "list_parquets", "read_parquets"]

_BATCH = 1_000  # texts decoded at a time
_CANNOT = "the row group cannot be read"


class RowGroup(NamedTuple):
    """A row group: its file, its number there, the first of its rows among those of the corpus, and how many it has."""

    path: str
    number: int
    first: int
    n_rows: int


class Looked(NamedTuple):
    """What a look at all texts told: where they lie; of each row what is wrong with it, its length and a digest."""

    texts: "ParquetTexts"
    problems: np.ndarray
    sizes: np.ndarray
    marks: np.ndarray


@dataclass(frozen=True)
class ParquetTexts:
    """Texts in a column of row groups, by row; a file without the column has none."""

    groups: tuple[RowGroup, ...]
    column: str

    def read(self, first: int, stop: int) -> pd.Series:
        """Return the texts of the rows from ``first`` to before ``stop``."""
        parts = [
            texts.iloc[max(first - begin, 0) : stop - begin]
            for begin, texts in self.within(first, stop).portions()
            if begin < stop and begin + len(texts) > first
        ]
        return pd.concat(parts, ignore_index=True) if parts else pd.Series([], dtype="str")

    def within(self, first: int, stop: int) -> "ParquetTexts":
        """Return the row groups that hold these rows."""
        held = [group for group in self.groups if group.first < stop and group.first + group.n_rows > first]
        return ParquetTexts(tuple(held), self.column)

    def portions(self) -> Iterator[tuple[int, pd.Series]]:
        """Give all texts in order, some rows at a time: the first row of some, and these; a blank one as empty."""
        for group in self.groups:
            with _opened(group.path) as file:
                for first, column in _columns(file, group, self.column):
                    yield first, judge_texts(column)[0].reset_index(drop=True)


def list_parquets(source: Any) -> list[str] | None:
    """Return the Parquet files of a corpus: one, those of a folder, or those at an address; None for anything else.

    Raises
    ------
    SourceError
        There is nothing at an address.
    ResourceError
        The package that reads addresses of this kind is not installed.
    """
    if not isinstance(source, str | os.PathLike):
        return None
    if "://" in str(source):
        return _listed(str(source))
    path = Path(source)
    if path.is_dir():
        return list(map(str, find_parquets(path))) or None
    return [str(path)] if path.suffix.lower() == ".parquet" and path.is_file() else None


def _listed(address: str) -> list[str]:
    with _addressed(address):
        system, path = import_module("fsspec").core.url_to_fs(address)
        found = [path] if path.lower().endswith(".parquet") else sorted(system.glob(f"{path.rstrip('/')}/**/*.parquet"))
        if not found or not system.exists(found[0]):
            raise SourceError(
                f"{address!r} holds no .parquet file. Check the address; name a file or a folder of them."
            )
        return [system.unstrip_protocol(name) for name in found]


@contextmanager
def _addressed(address: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise ResourceError(
            f"{address!r} is read by fsspec, which is not installed whole ({error}). "
            "Run: pip install 'arabic-discourse[dask]'"
        ) from error
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"{address!r} cannot be reached ({_first_line(error)}). Check the address.") from error


@contextmanager
def _opened(path: str) -> Iterator[pq.ParquetFile]:
    if "://" not in path:
        with pq.ParquetFile(path) as file:
            yield file
        return
    with import_module("fsspec").open(path, "rb") as stream, pq.ParquetFile(stream, pre_buffer=True) as file:
        yield file


def _columns(file: pq.ParquetFile, group: RowGroup, column: str) -> Iterator[tuple[int, pd.Series]]:
    """Give the rows of a column of a row group, some at a time, with the first of each.

    Raises
    ------
    SourceError
        The row group cannot be read.
    """
    if column not in file.schema_arrow.names:
        yield group.first, pd.Series([None] * group.n_rows, dtype="str")
        return
    first = group.first
    with _readable(file, group):
        for batch in file.iter_batches(_BATCH, row_groups=[group.number], columns=[column]):
            batch.validate(full=True)
            yield first, batch.column(0).to_pandas()
            first += batch.num_rows


@contextmanager
def _readable(file: pq.ParquetFile, group: RowGroup) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"{group.path!r} cannot be read in {_named(file, group)}: {_first_line(error)}. Copy or write it again, "
            "or keep the other row groups with --rejects FILE."
        ) from error


def _named(file: pq.ParquetFile, group: RowGroup) -> str:
    """Name a row group as people count, with its bytes."""
    told = file.metadata.row_group(group.number)
    chunks = [told.column(place) for place in range(told.num_columns)]
    starts = [one.dictionary_page_offset or one.data_page_offset for one in chunks]
    stop = max(start + one.total_compressed_size for start, one in zip(starts, chunks, strict=True))
    return f"row group {group.number + 1} of {file.num_row_groups} (bytes {min(starts):,} to {stop:,})"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def read_parquets(
    paths: list[str], text_column: Callable[[list[str]], str], *, alone: bool, salvage: bool = False
) -> tuple[Records, Looked]:
    """Read the columns beside the texts into records, and look at each text once.

    Parameters
    ----------
    paths : list of str
        Parquet files, in the order of the corpus.
    text_column : callable
        Given the names of all columns, returns the one that holds the texts; in the records it is empty.
    alone : bool
        One file was asked for, not a folder; records of a folder are told with their file.
    salvage : bool
        Put each row of a row group that cannot be read among the rejects, and a file that is no whole Parquet file;
        otherwise the first one ends it.

    Raises
    ------
    SourceError
        A file is no whole Parquet file, or a row group of it cannot be read.
    """
    parts, groups = [], []
    if salvage:
        paths, parts = _whole_ones(paths)
    names = list(dict.fromkeys(name for path in paths for name in _names(path)))
    column = text_column(names)
    told: list[tuple[pd.Series, pd.Series, pd.Series]] = []
    n_rows = 0
    for path in paths:
        tables, numbers, rejects = [], [], []
        with _opened(path) as file:
            others = [name for name in file.schema_arrow.names if name != column]
            before = 0
            for number in range(file.num_row_groups):
                group = RowGroup(path, number, n_rows, file.metadata.row_group(number).num_rows)
                try:
                    with _readable(file, group):
                        table = file.read_row_group(number, columns=others)
                        table.validate(full=True)
                    looked = [_look(texts) for _, texts in _columns(file, group, column)]
                except SourceError:
                    if not salvage:
                        raise
                    where = _named(file, group)
                    rejects += [(path, f"row {before + row}, {where}", _CANNOT) for row in range(1, group.n_rows + 1)]
                else:
                    tables.append(table)
                    told += looked
                    groups.append(group)
                    n_rows += group.n_rows
                    numbers += range(before + 1, before + group.n_rows + 1)
                before += group.n_rows
            names_here = file.schema_arrow.names
            whole = pa.concat_tables(tables) if tables else file.schema_arrow.empty_table().select(others)
        frame = parquet_frame(whole) if others else pd.DataFrame(index=range(len(numbers)))
        if column in names_here:
            frame.insert(min(names_here.index(column), len(frame.columns)), column, None)
        parts.append(Records(frame, path, "row", numbers, rejects))
    records = parts[0] if alone else join_records(parts)
    problems, sizes, marks = (
        np.concatenate([np.empty(0, kind), *(one[place].to_numpy(dtype=kind) for one in told)])
        for place, kind in enumerate((object, np.int64, np.uint64))
    )
    return records, Looked(ParquetTexts(tuple(groups), column), problems, sizes, marks)


def _names(path: str) -> list[str]:
    try:
        with _opened(path) as file:
            return file.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"{path!r} is not a whole Parquet file ({_first_line(error)}). Copy or write it again."
        ) from error


def _whole_ones(paths: list[str]) -> tuple[list[str], list[Records]]:
    """Part the files whose end tells what they hold from those that are cut off, which are rejects."""
    whole, broken = [], []
    for path in paths:
        try:
            _names(path)
        except SourceError:
            broken.append(Records(pd.DataFrame(), path, "row", [], [(path, "whole file", "is no whole Parquet file")]))
        else:
            whole.append(path)
    if not whole:
        _names(paths[0])  # raises
    return whole, broken


def _look(column: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    texts, problems = judge_texts(column)
    held = texts.fillna("")
    marks = pd.util.hash_array(held.to_numpy(dtype=object), categorize=False)
    return problems.astype(object).where(problems.notna(), None), held.str.len().astype("int64"), pd.Series(marks)

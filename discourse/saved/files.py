"""The files of a saved corpus: Arrow, uncompressed, mapped into memory and held against their digests before use."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from discourse.arrow import from_arrow
from discourse.saved.manifest import UnfitError, digest_of_sums

__all__ = ["MappedFile", "array_of", "describe_file", "strings_of", "write_arrays", "write_arrow"]


def write_arrow(table: pa.Table, place: Path) -> None:
    """Write a table as one batch: its columns can be used where they lie."""
    table = table.combine_chunks()
    with pa.OSFile(str(place), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def write_arrays(arrays: Mapping[str, np.ndarray | pa.Array], place: Path) -> None:
    """Write arrays of any lengths as a table of one row, a list for each."""
    columns = {}
    for name, values in arrays.items():
        flat = values if isinstance(values, pa.Array) else pa.array(np.ascontiguousarray(values))
        columns[name] = pa.LargeListArray.from_arrays(pa.array([0, len(flat)], pa.int64()), flat)
    write_arrow(pa.table(columns), place)


def describe_file(place: Path) -> dict[str, object]:
    """Return size and digests of a file, as they stand in the manifest."""
    with pa.memory_map(str(place)) as source:
        content = memoryview(source.read_buffer())
        return {
            "bytes": len(content),
            "sums": digest_of_sums(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }


class MappedFile:
    """A file of a saved corpus: opened and of the right size; its content is checked when it is first used.

    The file stays open, so that a reader goes on in the corpus that it opened when the folder is replaced.

    Parameters
    ----------
    folder : path
        The saved corpus.
    name : str
        The file.
    said : mapping
        What the manifest says of it.

    Raises
    ------
    UnfitError
        The file is missing, cannot be opened, or has another size.
    """

    def __init__(self, folder: str | os.PathLike[str], name: str, said: Mapping[str, object]) -> None:
        self.name, self._said, self._shown = name, said, repr(str(folder))
        self._table: pa.Table | None = None
        self._checked = False
        place = Path(folder) / name
        try:
            size = place.stat().st_size
            self._source = pa.memory_map(str(place)) if size else None
        except OSError as error:
            raise UnfitError(f"{name} in {self._shown} cannot be opened: {error.strerror or error}.") from error
        if size != said["bytes"] or (self._source is not None and self._source.size() != size):
            raise UnfitError(f"{name} in {self._shown} is damaged: {size:,} bytes, and {said['bytes']:,} were saved.")

    def _content(self) -> pa.Buffer:
        if self._source is None:
            return pa.py_buffer(b"")
        self._source.seek(0)
        return self._source.read_buffer()

    def check(self, *, thorough: bool = False) -> None:
        """Raise UnfitError unless the content is what was saved: by the sums of its blocks, or by SHA-256."""
        content = memoryview(self._content())
        if thorough:
            same = hashlib.sha256(content).hexdigest() == self._said["sha256"] and self._is_sound()
        else:
            same = digest_of_sums(content) == self._said["sums"]
        if not same:
            raise UnfitError(f"{self.name} in {self._shown} is damaged: its bytes are not those that were saved.")
        self._checked = True

    def _is_sound(self) -> bool:
        """Tell whether the content is an Arrow file whose offsets and strings are right, whoever wrote it."""
        try:
            pa.ipc.open_file(self._content()).read_all().validate(full=True)
        except pa.ArrowException:
            return False
        return True

    def table(self) -> pa.Table:
        """Return the content as an Arrow table in mapped memory; checked by sums when it is first asked for."""
        if self._table is None:
            if not self._checked:
                self.check()
            try:
                self._table = pa.ipc.open_file(self._content()).read_all()
            except pa.ArrowException as error:
                raise UnfitError(f"{self.name} in {self._shown} is damaged: it is no Arrow file ({error}).") from error
        return self._table

    def frame(self) -> pd.DataFrame:
        """Return the content as a frame."""
        return from_arrow(self.table())


def array_of(table: pa.Table, name: str) -> np.ndarray:
    """Return a column, or the list in the one row of it, as an array in mapped memory, closed to writing."""
    values = table.column(name)
    if not values.num_chunks:
        kind = values.type.value_type if pa.types.is_large_list(values.type) else values.type
        return np.empty(0, kind.to_pandas_dtype())
    chunk = values.chunk(0)
    flat = chunk.values if pa.types.is_large_list(values.type) else chunk
    return flat.to_numpy(zero_copy_only=True)


def strings_of(table: pa.Table, name: str) -> pa.LargeStringArray:
    """Return the strings in the one row of a column of lists, in mapped memory."""
    return table.column(name).chunk(0).values

"""Files between processes of one machine: tables written once, and read where they lie without being copied."""

import mmap
import os
import pickle
import tempfile
from typing import Any

from discourse.errors import ResourceError

__all__ = ["read_file", "write_file"]

_EDGE = 64  # arrays begin at whole multiples of so many bytes


def write_file(made: Any, folder: str) -> str:
    """Write what a process of this run made into a file of its own, arrays as they are, and return the path.

    Raises
    ------
    ResourceError
        The folder cannot be written; mostly the disk is full.
    """
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(made, protocol=5, buffer_callback=arrays.append)
    pieces = [one.raw() for one in arrays]
    bounds = pickle.dumps([len(head), *map(len, pieces)])
    try:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as stream:
            stream.write(len(bounds).to_bytes(8, "little") + bounds + head)
            for piece in pieces:
                stream.write(bytes(-stream.tell() % _EDGE))
                stream.write(piece)
    except OSError as error:
        raise ResourceError(
            f"the folder of temporary files, {folder!r}, cannot be written ({error.strerror or error}). Make room "
            "there, or name another folder by the variable TMPDIR."
        ) from error
    return stream.name


def read_file(path: str | os.PathLike[str], *, mapped: bool = False) -> Any:
    """Return what ``write_file`` wrote: its own copy, or ``mapped``, with arrays that stay in the file.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_file(write_file({"a": [1, 2]}, folder))
    {'a': [1, 2]}
    """
    with open(path, "rb") as stream:
        whole: Any
        if mapped:
            whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        else:
            stream.readinto(whole := bytearray(os.fstat(stream.fileno()).st_size))
    view = memoryview(whole)
    begin = 8 + int.from_bytes(view[:8], "little")
    n_head, *sizes = pickle.loads(view[8:begin])  # written by this very run into a folder of its own
    end = begin + n_head
    head, arrays = view[begin:end], []
    for size in sizes:
        start = end + -end % _EDGE
        end = start + size
        arrays.append(view[start:end])
    return pickle.loads(head, buffers=arrays)

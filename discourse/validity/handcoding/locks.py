"""A file opened for one process at a time, by the lock of the operating system, which a killed process lets go.

``fcntl.flock`` (``msvcrt.locking`` on Windows) holds the file itself: no second file can be left behind, and no further
package is needed for it.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from discourse.errors import SourceError

__all__ = ["append", "keep", "locked"]

_STEP = 0.05  # seconds between two tries
_BEYOND = 2**30  # Windows locks bytes: one that no file here reaches, so that the others can be read


@contextmanager
def locked(place: Path, *, wait: float = 10.0) -> Iterator[BinaryIO]:
    """Open a file to read and to add to, made where it is missing, while no other process holds it.

    Raises
    ------
    SourceError
        The file cannot be opened, cannot be locked, or another process holds it for more than ``wait`` seconds.
    """
    try:
        stream = place.open("a+b")
    except OSError as error:
        cause = error.strerror or error
        raise SourceError(f"{str(place)!r} cannot be written: {cause}. Name another place.") from error
    with stream:
        for left in range(int(wait / _STEP), -1, -1):
            try:
                _lock(stream)
                break
            except BlockingIOError as error:
                if not left:
                    raise SourceError(
                        f"{str(place)!r} is held by another program. Close what writes to it, and save again."
                    ) from error
                time.sleep(_STEP)
            except OSError as error:
                raise SourceError(
                    f"{str(place)!r} cannot be locked ({error.strerror or error}), so that two coders could write over "
                    "each other. Name a place on a disk of this machine."
                ) from error
        try:
            stream.seek(0)
            yield stream
        finally:
            _unlock(stream)


def append(stream: BinaryIO, content: bytes) -> None:
    """Write behind what stands in a file that is held; when this returns, it is on the disk.

    Raises
    ------
    SourceError
        The disk refuses it.
    """
    try:
        stream.seek(0, os.SEEK_END)
        stream.write(content)
        keep(stream)
    except OSError as error:
        raise SourceError(
            f"{str(stream.name)!r} cannot be written: {error.strerror or error}. Make room, and save again."
        ) from error


def keep(stream: BinaryIO) -> None:
    """Return when what was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        stream.seek(_BEYOND)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(str(error)) from error

    def _unlock(stream: BinaryIO) -> None:
        stream.seek(_BEYOND)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)

"""Files out: tables, texts and bytes, written beside their place and moved into it when they are whole."""

import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from discourse.errors import SourceError

__all__ = [
    "PART",
    "TABLE_ENDINGS",
    "check_table_path",
    "days_as_text",
    "dead_parts",
    "is_gone",
    "marked_csv",
    "noted_moves",
    "own_version",
    "part_prefix",
    "write_bytes",
    "write_csv",
    "write_table",
    "write_text",
]

TABLE_ENDINGS = (".csv", ".parquet")
PART = ".part"
"""How the hidden name of what is not yet in its place ends."""
_MARKED: ContextVar[bool] = ContextVar("marked", default=False)
_NOTE: ContextVar[Callable[[Path, Path], None] | None] = ContextVar("note", default=None)
_ENDS_OF_ROWS = re.compile(r'("(?:[^"]|"")*+")|\r\n')


def check_table_path(path: str | os.PathLike[str], *, argument: str = "path") -> Path:
    """Return ``path`` as a Path if a table can be written there, by its ending.

    Raises
    ------
    SourceError
        The ending is neither .csv nor .parquet, or the path is a folder.

    Examples
    --------
    >>> check_table_path("counts.csv").name
    'counts.csv'
    >>> check_table_path("counts.xlsx")
    Traceback (most recent call last):
    discourse.errors.SourceError: `path` is 'counts.xlsx'; a table ends in '.csv' or '.parquet'. Change the ending.
    """
    place = Path(path)
    if place.suffix.lower() not in TABLE_ENDINGS:
        raise SourceError(f"`{argument}` is {str(path)!r}; a table ends in '.csv' or '.parquet'. Change the ending.")
    try:
        is_folder = place.is_dir()
    except (OSError, ValueError) as error:  # a name that is too long, or holds a character that none may hold
        cause = getattr(error, "strerror", None) or error
        raise SourceError(
            f"`{argument}` is {str(path)[:200]!r}, which cannot be a file: {cause}. Name another."
        ) from error
    if is_folder:
        raise SourceError(f"`{argument}` is {str(path)!r}, which is a folder; name a file in it.")
    return place


def write_table(frame: pd.DataFrame, path: str | os.PathLike[str], *, bom: bool | None = None) -> Path:
    r"""Write a table as CSV (UTF-8, ``\n``) or Parquet, by the ending of ``path``.

    The folder is made where it is missing. The table is written to a temporary file in that folder and moved into
    place, so a reader never sees half of it; what a run that was killed left half written is removed. Days are written
    as YYYY-MM-DD; the index is not written.

    Parameters
    ----------
    frame : DataFrame
        The table.
    path : path
        Where to; ends in ``.csv`` or ``.parquet``.
    bom : bool, optional
        Begin a CSV with a byte order mark, without which Excel garbles Arabic. Every reader of the library passes over
        it, and no value changes (``Table.to_csv(excel=True)`` also guards formulas). Left out: no mark.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    SourceError
        The ending is another one, or the place cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_table(pd.DataFrame({"token": ["كابل"]}), f"{folder}/tokens.csv").read_text("utf-8")
    'token\nكابل\n'
    """
    place = check_table_path(path)
    for left in dead_parts(place):
        if left.is_file():
            left.unlink(missing_ok=True)
    if place.suffix.lower() == ".csv":
        return _in_place(place, lambda temporary: write_csv(frame, temporary, bom=bom))
    return _in_place(place, lambda temporary: frame.to_parquet(temporary, index=False))


def write_text(text: str, path: str | os.PathLike[str]) -> Path:
    """Write ``text`` as UTF-8, line ends as they are, through a temporary file."""
    return write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: str | os.PathLike[str]) -> Path:
    """Write ``content`` through a temporary file; the folder is made where it is missing."""
    return _in_place(Path(path), lambda temporary: temporary.write_bytes(content))


def own_version() -> str:
    """Return the version of the library; ``unknown`` where it is not installed."""
    try:
        return version("arabic-discourse")
    except PackageNotFoundError:
        return "unknown"


def write_csv(frame: pd.DataFrame, place: Path | BinaryIO, *, bom: bool | None = None) -> None:
    """Write a table as CSV into a file or a buffer: UTF-8, days as YYYY-MM-DD, without its index.

    ``bom`` begins it with a byte order mark; left out, it does so within ``marked_csv`` only. A carriage return within
    a value is quoted: unquoted, as Python 3.11 and 3.12 leave it, it ends a row for readers.
    """
    shown = frame.copy(deep=False)
    for name in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[name].dtype):
            shown[name] = days_as_text(frame[name])
    encoding = "utf-8-sig" if (_MARKED.get() if bom is None else bom) else "utf-8"
    if not _holds_returns(shown):
        shown.to_csv(place, index=False, encoding=encoding, lineterminator="\n")
        return
    quoted = shown.to_csv(index=False, lineterminator="\r\n")  # now both of its characters are
    content = _ENDS_OF_ROWS.sub(lambda found: found[1] or "\n", quoted).encode(encoding)
    if isinstance(place, Path):
        place.write_bytes(content)
    else:
        place.write(content)


@contextmanager
def marked_csv(bom: bool) -> Iterator[None]:
    r"""Say for all tables that are written within whether a CSV begins with a byte order mark, unless told at its call.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, marked_csv(True):
    ...     write_table(pd.DataFrame({"token": ["كابل"]}), f"{folder}/tokens.csv").read_bytes()[:8]
    b'\xef\xbb\xbftoken'
    """
    before = _MARKED.set(bom)
    try:
        yield
    finally:
        _MARKED.reset(before)


def _holds_returns(frame: pd.DataFrame) -> bool:
    """Say whether a value or a name of a table holds a carriage return."""
    if any("\r" in str(name) for name in frame.columns):
        return True
    for _, column in frame.items():
        values = pd.Series(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else column
        if pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
            if values.astype("str").str.contains("\r", regex=False).fillna(False).any():
                return True
    return False


def days_as_text(dates: pd.Series) -> pd.Series:
    """Return dates as they are written: YYYY-MM-DD, or with the time of day where any of them has one."""
    if (dates.dropna() == dates.dropna().dt.normalize()).all():
        return dates.dt.strftime("%Y-%m-%d")
    return dates.dt.strftime("%Y-%m-%dT%H:%M:%S")


@contextmanager
def noted_moves(note: Callable[[Path, Path], None]) -> Iterator[None]:
    """Call ``note`` with the whole temporary file and its place before any file is moved into place within."""
    mark = _NOTE.set(note)
    try:
        yield
    finally:
        _NOTE.reset(mark)


def part_prefix(place: Path) -> str:
    """Return how the hidden name begins of what this process makes beside a place: it says whose it is."""
    return f".{place.name[:100]}.{os.getpid()}@{socket.gethostname()}."


def dead_parts(place: Path) -> list[Path]:
    """Return what processes of this machine that are gone left beside a place, half made."""
    whose = re.compile(rf"\.{re.escape(place.name[:100])}\.(\d+)@{re.escape(socket.gethostname())}\.\w+\{PART}")
    if not place.parent.is_dir():
        return []
    named = [(path, whose.fullmatch(path.name)) for path in place.parent.iterdir()]
    return sorted(path for path, found in named if found and is_gone(int(found[1])))


def is_gone(pid: int) -> bool:
    """Tell whether a process of this machine is gone; where that cannot be asked, as on Windows, it is not."""
    if sys.platform == "win32":  # there, os.kill would end the process that it asks for
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _in_place(place: Path, write: Callable[[Path], object]) -> Path:
    """Call ``write`` with a temporary path beside ``place``, then move it there; leave nothing behind on failure.

    A link stays: the file that it leads to is written.
    """
    named = place
    if place.is_symlink():
        place = Path(os.path.realpath(place))
        if not place.parent.is_dir():
            raise SourceError(
                f"{str(named)!r} is a link to {str(place)!r}, whose folder does not exist. Name another place."
            )
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=part_prefix(place), suffix=PART, dir=place.parent)
    except OSError as error:
        raise SourceError(f"{str(place)!r} cannot be written: {error.strerror}. Name another place.") from error
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o666 & ~_umask())
        if (note := _NOTE.get()) is not None:
            note(temporary, place)
        os.replace(temporary, place)
    except OSError as error:
        cause = error.strerror or error
        raise SourceError(f"{str(place)!r} cannot be written: {cause}. Name another place.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return named


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""A folder exchanged for another in one step: killed at any moment it leaves the old folder or the new one.

The new folder is made whole beside the old one, with links to the files that stay, and the two change places by one
call of the system. Where the system has no such call, or somebody works inside the folder, entries are moved one by
one, after a note that lets the next run finish what a killed one began.
"""

import ctypes
import ctypes.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from discourse.writing import PART, dead_parts, part_prefix, write_text

Stays = Callable[[Path, Path], bool]

__all__ = ["make_beside", "put_in_place", "sweep"]

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_NOTE = "swap.json"


def make_beside(place: Path) -> Path:
    """Make a hidden folder beside ``place``, named after the process that it belongs to, with a folder new/ in it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=part_prefix(place), suffix=PART, dir=place.parent))
    (part / "new").mkdir()
    return part


def sweep(place: Path, stays: Stays, entries: Collection[str]) -> None:
    """Finish what killed runs began to put into ``place``, and remove the rest of them.

    Parameters
    ----------
    place : Path
        The folder.
    stays : callable
        Tells of a file, by its folder and its path within the folder, whether it is the user's.
    entries : collection of str
        What is replaced, in order.
    """
    if not place.parent.is_dir():
        return
    for part in dead_parts(place):
        if part.is_dir():
            if (part / _NOTE).is_file():
                _move_entries(part, place, stays, entries)
            shutil.rmtree(part, ignore_errors=True)


def put_in_place(part: Path, place: Path, stays: Stays, entries: Collection[str]) -> None:
    """Put ``part``/new where ``place`` is; files of ``place`` that stay are in the new folder as well.

    Parameters
    ----------
    part : Path
        From ``make_beside``.
    place, stays, entries
        As in ``sweep``; ``stays`` is asked before anything is moved.
    """
    new = part / "new"
    if not place.exists():
        os.rename(new, place)
        return
    kept = [path for path in _files(place) if stays(place, path)]
    if _is_inside(Path.cwd(), place.resolve()) or not _link(kept, place, new) or not _exchange(new, place):
        write_text("{}", part / _NOTE)
        _move_entries(part, place, stays, entries)
        return
    for path in _files(new):  # new/ now holds the old folder: what was put there meanwhile comes along
        if stays(new, path) and not (place / path).exists():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(new / path, place / path)


def _files(folder: Path) -> list[Path]:
    """Return files, links and empty folders of a folder by their paths within it."""
    found = []
    for root, folders, files in os.walk(folder):
        here = Path(root)
        links = [name for name in folders if (here / name).is_symlink()]
        empty = [here] if not folders and not files and here != folder else []
        found += [(here / name).relative_to(folder) for name in (*files, *links)] + [
            path.relative_to(folder) for path in empty
        ]
    return found


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder)


def _link(paths: Collection[Path], place: Path, new: Path) -> bool:
    """Link files into the new folder; say whether it went."""
    try:
        for path in paths:
            if (new / path).exists():
                continue
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            if (place / path).is_dir() and not (place / path).is_symlink():
                (new / path).mkdir()
            else:
                os.link(place / path, new / path, follow_symlinks=False)
        shutil.copystat(place, new)
    except OSError:
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; say whether the system did."""
    first, second = os.fsencode(one), os.fsencode(other.resolve())
    try:
        library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
        if sys.platform == "darwin":
            return library.renamex_np(first, second, _EXCHANGE) == 0
        return library.renameat2(_HERE, first, _HERE, second, _EXCHANGE) == 0
    except (OSError, AttributeError, TypeError):
        return False


def _move_entries(part: Path, place: Path, stays: Stays, entries: Collection[str]) -> None:
    """Move the entries one by one; what is done already is passed over, so that a second call finishes the first."""
    place.mkdir(exist_ok=True)
    new, old = part / "new", part / "old"
    old.mkdir(exist_ok=True)
    for entry in entries:
        if not (new / entry).exists():
            continue
        if (place / entry).exists() and not (old / entry).exists():
            os.replace(place / entry, old / entry)
        os.replace(new / entry, place / entry)
    for path in _files(old):
        if stays(old, path) and not (place / path).exists():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(old / path, place / path)

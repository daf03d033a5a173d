"""What a saved corpus depends on beside its texts: code that reads and cuts, language; and where it came from."""

import hashlib
import os
import sys
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from discourse.errors import SourceError
from discourse.language.base import Language, load_language
from discourse.provenance import digest
from discourse.sources.seeds import SEEDS, seed_path
from discourse.writing import own_version

__all__ = ["describe_source", "source_path", "stamp_of", "state_of", "tell_difference", "tell_source"]

_CODE = (
    "arrow.py",
    "carried.py",
    "language",
    "reading/matching/rows.py",
    "saved",
    "sources",
    "tables.py",
    "tables.yml",
)
_ENDINGS = (".py", ".yml")
_SAID = {
    "bytes": "the order of bytes of the machine",
    "code": "the code that reads and cuts texts",
    "language": "the language pack",
    "unicode": "the Unicode version of Python",
    "version": "the version of the library",
}


def state_of(language: str | Language) -> dict[str, str]:
    """Return what tables made now depend on: code and word lists by digest, the language, versions."""
    pack = load_language(language)
    return {
        "bytes": sys.byteorder,
        "code": _code(),
        "language": _digest_files(_pack_files(pack)),
        "unicode": unicodedata.unidata_version,
        "version": own_version(),
    }


def tell_difference(then: dict[str, str], now: dict[str, str]) -> str:
    """Say which of these things differ; empty where none does."""
    changed = [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]
    said = [
        f"{_SAID.get(name, name)} ({then.get(name, '')[:12]} then, {now.get(name, '')[:12]} now)" for name in changed
    ]
    return " and ".join(said) + (" has changed since it was saved" if said else "")


@cache
def _code() -> str:
    root = Path(str(files("discourse")))
    found: list[Path] = []
    for name in _CODE:
        place = root / name
        found += [path for path in place.rglob("*") if path.suffix in _ENDINGS] if place.is_dir() else [place]
    return _digest_files(found, root)


def _pack_files(pack: Language) -> list[Path]:
    folder = Path(str(pack.folder))
    return sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS) if folder.is_dir() else []


def _digest_files(paths: list[Path], root: Path | None = None) -> str:
    whole = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(root).as_posix() if root else path.name
        content = path.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def source_path(source: str | os.PathLike[str]) -> Path:
    """Return the file or folder of a corpus, that of a seed by its name."""
    name = str(source)
    if name.startswith("seed:") and name.removeprefix("seed:") in SEEDS:
        return seed_path(name.removeprefix("seed:"))
    return Path(source)


def describe_source(source: str | os.PathLike[str], folder: Path) -> dict[str, Any]:
    """Return where a corpus is read from, relative to the saved folder if it can be, and the digest of its bytes."""
    place = source_path(source)
    if str(source).startswith("seed:"):
        path = str(source)
    else:
        try:
            path = Path(os.path.relpath(place.resolve(), folder.resolve())).as_posix()
        except ValueError:  # of another drive
            path = place.resolve().as_posix()
    return {"path": path, "sha256": digest(place), "stamp": stamp_of(place)}


def tell_source(
    source: dict[str, Any] | None, folder: str | os.PathLike[str], *, thorough: bool = False
) -> tuple[str | None, str]:
    """Return where the source of a saved corpus stands, None where it is not there, and how it differs from then.

    Files of the same size and time of change are not read again, unless ``thorough``.
    """
    if source is None:
        return None, ""
    path = source["path"]
    if not path.startswith("seed:"):
        path = os.path.normpath(Path(folder).resolve() / path)
    place = source_path(path)
    try:
        if not place.exists():
            return None, ""
        if not thorough and stamp_of(place) == source["stamp"]:
            return path, ""
        now = digest(place)
    except OSError as error:
        raise SourceError(
            f"{path!r}, the source of a saved corpus, cannot be read: {error.strerror}. Check the path."
        ) from error
    if now == source["sha256"]:
        return path, ""
    return path, f"its source {path!r} has changed since ({source['sha256'][:12]} then, {now[:12]} now)"


def stamp_of(place: Path) -> str:
    """Return size and time of change of a file, of a folder those of its files: what is equal is not read again."""
    paths = sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
    whole = hashlib.sha256()
    for path in paths:
        found = path.stat()
        name = path.relative_to(place).as_posix()
        whole.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return whole.hexdigest()

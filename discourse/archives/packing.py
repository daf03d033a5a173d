"""Archives as files: written whole into a folder or a ZIP, read back, and held against their digests."""

import hashlib
import io
import os
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from discourse.display.swapping import make_beside, put_in_place, sweep
from discourse.errors import SourceError, first_three
from discourse.writing import write_bytes, write_csv

__all__ = ["MANIFEST", "METADATA", "check_digests", "check_place", "csv_bytes", "read_archive", "write_archive"]

MANIFEST = "manifest-sha256.txt"
"""The digest of every file but this one, as ``sha256sum -c`` reads it."""
METADATA = "ro-crate-metadata.json"
_MARK = b'"#discourse"'  # the entity of the program, which the metadata of its archives hold
_MOST = 4_000_000_000  # bytes that an archive may unpack to
_TIME = (1980, 1, 1, 0, 0, 0)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8, days as YYYY-MM-DD, without its index."""
    buffer = io.BytesIO()
    write_csv(frame, buffer)
    return buffer.getvalue()


def write_archive(files: Mapping[str, bytes], out: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write files, and the manifest of their digests, into a folder or, where ``out`` ends in .zip, into a ZIP.

    All is made beside its place and moved into it in one step, so that a run that fails leaves what was there. Equal
    files give equal bytes: a ZIP holds them in the order of their names, with one time for all.

    Parameters
    ----------
    files : mapping of str to bytes
        Content by path within the archive.
    out : path
        Where to.
    overwrite : bool
        Replace what stands there though it is no archive, or was changed since it was written. In a folder, files that
        an archive does not hold stay in any case.

    Returns
    -------
    Path
        ``out``.

    Raises
    ------
    SourceError
        Something of another origin stands there, or the place cannot be written.
    """
    place = check_place(out, overwrite=overwrite)
    whole = {**files, MANIFEST: _manifest(files)}
    foreign = sorted(name for name in whole.keys() - _own_files(place) if (place / name).exists())
    if foreign and not overwrite:
        raise SourceError(
            f"`out` is {str(out)!r}, which holds {first_three(foreign)} of another origin: the archive would replace "
            "them. Name another place."
        )
    if place.suffix.lower() == ".zip":
        return write_bytes(_zipped(whole), place)
    return _into_folder(whole, place)


def check_place(out: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Return ``out`` as a path, unless something stands there that is no untouched archive of this library.

    Raises
    ------
    SourceError
        It says what stands there.
    """
    place = Path(out)
    zipped = place.suffix.lower() == ".zip"
    if place.is_dir() and zipped:
        raise SourceError(f"`out` is {str(out)!r}, which is a folder; name a file that ends in '.zip', or a folder.")
    if place.exists() and not place.is_dir() and not zipped:
        raise SourceError(f"`out` is {str(out)!r}, which is a file; name a folder, or a file that ends in '.zip'.")
    if overwrite or not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return place
    try:
        found = read_archive(place)
    except SourceError as error:
        raise SourceError(f"`out` is {str(out)!r}, which is no archive of this library. Name another place.") from error
    if _MARK not in found.get(METADATA, b""):
        raise SourceError(f"`out` is {str(out)!r}, which is no archive of this library. Name another place.")
    listed = _listed(found)
    touched = [name for name, digest in listed.items() if name in found and _digest(found[name]) != digest]
    if touched:
        raise SourceError(
            f"`out` is {str(out)!r}, an archive of which {len(touched)} files were changed since it was written. "
            f"First: {first_three(touched)}. Name another place."
        )
    return place


def read_archive(path: str | os.PathLike[str]) -> dict[str, bytes]:
    """Read the files of an archive, a folder or a ZIP, by their paths within it.

    Raises
    ------
    SourceError
        There is no such archive, it is damaged, or it holds no manifest.
    """
    place = Path(path)
    if not place.exists():
        raise SourceError(f"`archive` is {str(path)!r}: there is no such file or folder. Check the path.")
    try:
        found = _read_folder(place) if place.is_dir() else _read_zip(place)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError) as error:
        raise SourceError(f"`archive` is {str(path)!r}, which cannot be read: {error}. Fetch it again.") from error
    if MANIFEST not in found:
        raise SourceError(f"`archive` is {str(path)!r}, which holds no {MANIFEST!r}: it is no archive of this library.")
    return found


def check_digests(files: Mapping[str, bytes]) -> pd.DataFrame:
    """Hold the files of an archive against its manifest.

    Returns
    -------
    DataFrame
        ``path`` and ``state``: ``equal``, ``changed``, ``missing``, or ``new`` (the manifest does not name it); sorted.
    """
    listed = _listed(files)
    states = {name: "missing" for name in listed if name not in files}
    for name, content in files.items():
        if name != MANIFEST:
            known = listed.get(name)
            states[name] = "new" if known is None else "equal" if known == _digest(content) else "changed"
    return pd.DataFrame({"path": sorted(states), "state": [states[name] for name in sorted(states)]}, dtype="str")


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_digest(files[name])}  {name}\n" for name in sorted(files)).encode("utf-8")


def _listed(files: Mapping[str, bytes]) -> dict[str, str]:
    try:
        lines = files[MANIFEST].decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise SourceError(f"{MANIFEST!r} of the archive is no UTF-8. Fetch the archive again.") from error
    parts = [line.partition("  ") for line in lines if line.strip()]
    return {name: digest for digest, _, name in parts}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _read_zip(place: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(place) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > _MOST:
            raise ValueError(f"it unpacks to more than {_MOST:,} bytes")
        return {entry.filename: archive.read(entry) for entry in entries}


def _read_folder(place: Path) -> dict[str, bytes]:
    found = sorted(path for path in place.rglob("*") if path.is_file())
    if sum(path.stat().st_size for path in found) > _MOST:
        raise ValueError(f"it holds more than {_MOST:,} bytes")
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}


def _into_folder(files: Mapping[str, bytes], place: Path) -> Path:
    resolved = place.resolve()
    entries = sorted({name.partition("/")[0] for name in files} | set(_old_entries(resolved)))

    def stays(folder: Path, path: Path) -> bool:
        return path.as_posix() not in _own_files(folder)

    try:
        sweep(resolved, stays, entries)
        part = make_beside(resolved)
    except OSError as error:
        raise SourceError(f"`out` is {str(place)!r}, which cannot be written: {error.strerror}.") from error
    try:
        for name, content in files.items():
            write_bytes(content, part / "new" / name)
        put_in_place(part, resolved, stays, entries)
    except OSError as error:
        raise SourceError(f"`out` is {str(place)!r}, which cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return place


def _own_files(folder: Path) -> set[str]:
    """Return the files of a folder that its manifest names, and the manifest."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return set()
    return {MANIFEST, *_listed({MANIFEST: manifest.read_bytes()})}


def _old_entries(folder: Path) -> set[str]:
    return {name.partition("/")[0] for name in _own_files(folder)}

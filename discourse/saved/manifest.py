"""The manifest of a saved corpus: what its files hold, by digest, and what they were made from."""

import hashlib
import json
import os
import re
import shlex
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from discourse.errors import SourceError

__all__ = [
    "FILES",
    "MANIFEST",
    "VERSION",
    "Manifest",
    "UnfitError",
    "digest_of_sums",
    "holds_corpus",
    "read_manifest",
    "save_again",
]

MANIFEST = "corpus.json"
FILES = (
    "documents.arrow",
    "rejects.arrow",
    "tokens.arrow",
    "vocabulary.arrow",
    "words.arrow",
    "rows.arrow",
    "spans.arrow",
)
VERSION = 1
_COUNTS = ("documents", "rejects", "tokens", "words", "norms", "spans")
_READING = ("text", "doc_id", "date", "outlet", "title", "columns", "encoding", "day_first", "date_format")
_FORMAT = "saved corpus of discourse"
_LARGEST = 1_000_000  # bytes
_BLOCK = 4096  # bytes whose sum stands for them
_PORTION = 1 << 24  # bytes added up at a time
_THREADS = 4
_HEX = re.compile(r"[0-9a-f]{64}")


class UnfitError(SourceError):
    """A saved corpus is damaged or out of date; it can be made anew where its source is there and unchanged."""


@dataclass(frozen=True)
class Manifest:
    """What stands in ``corpus.json`` beside the format, its version and its own digest.

    Attributes
    ----------
    made : dict of str to str
        What the tables depend on beside the texts: see ``discourse/saved/state.py``.
    source : dict or None
        Where the corpus was read from, with the digest of its bytes; None for a table.
    reading : dict
        Options of ``read_documents``.
    language : str
        The language that the texts were cut by.
    counts : dict of str to int
        Rows of each table, and words of each vocabulary.
    files : dict of str to dict
        Of each file: ``bytes``, ``sums`` (a digest of the sums of its blocks) and ``sha256``.
    """

    made: dict[str, str]
    source: dict[str, Any] | None
    reading: dict[str, Any]
    language: str
    counts: dict[str, int]
    files: dict[str, dict[str, Any]]

    def to_bytes(self) -> bytes:
        """Return the manifest as it is written: one form for one content, so that every changed byte is seen."""
        content = {"format": _FORMAT, "version": VERSION, **asdict(self)}
        whole = json.dumps(content, ensure_ascii=True, sort_keys=True)
        content["digest"] = hashlib.sha256(whole.encode()).hexdigest()
        return (json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()


def holds_corpus(folder: object) -> bool:
    """Tell whether a path is the folder of a saved corpus, be it whole or not: two of its files at least are there."""
    if not isinstance(folder, str | os.PathLike):
        return False
    try:
        return sum((Path(folder) / name).is_file() for name in (MANIFEST, *FILES)) > 1
    except (OSError, ValueError):
        return False


def save_again(folder: str | os.PathLike[str], source: str | None = None) -> str:
    """Return what to do about a folder that cannot be opened.

    Examples
    --------
    >>> save_again("my corpus")
    "Save it anew: discourse save CORPUS --out 'my corpus'."
    """
    return f"Save it anew: discourse save {'CORPUS' if source is None else _quoted(source)} --out {_quoted(folder)}."


def _quoted(folder: str | os.PathLike[str]) -> str:
    return shlex.quote(os.fsdecode(folder))


def read_manifest(folder: str | os.PathLike[str]) -> tuple[Manifest, bytes]:
    """Read the manifest of a folder, and return it with its bytes.

    Raises
    ------
    SourceError
        The folder holds none, or one of a later version, or one that is damaged.
    """
    place = Path(folder) / MANIFEST
    shown = repr(str(folder))
    try:
        content = place.read_bytes() if place.stat().st_size <= _LARGEST else b""
    except OSError as error:
        raise SourceError(
            f"`folder` is {shown}, which holds no saved corpus: {MANIFEST} cannot be read ({error.strerror}). "
            f"Save one first: discourse save CORPUS --out {_quoted(folder)}."
        ) from error
    found = _parsed(content)
    if found.get("format") != _FORMAT:
        raise SourceError(f"{MANIFEST} in {shown} is damaged, or no manifest of a saved corpus. {save_again(folder)}")
    version = found.pop("version", None)
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise SourceError(
            f"`folder` is {shown}, saved in version {version} of the format; this library reads version {VERSION}. "
            "Update the library, or save the corpus anew into another folder."
        )
    found.pop("format")
    found.pop("digest", None)
    wrong = _wrong(found)
    if wrong:
        raise SourceError(f"{MANIFEST} in {shown} {wrong}. {save_again(folder)}")
    manifest = Manifest(**found)
    if version != VERSION or manifest.to_bytes() != content:
        raise SourceError(f"{MANIFEST} in {shown} is damaged: it is not what was written. {save_again(folder)}")
    return manifest, content


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _wrong(found: Mapping[str, Any]) -> str:
    """Say what is wrong with the form of a manifest; empty where nothing is."""
    forms = {"made": dict, "source": dict | None, "reading": dict, "language": str, "counts": dict, "files": dict}
    if set(found) != set(forms) or not all(isinstance(found[name], form) for name, form in forms.items()):
        return "is damaged: it has other keys than a manifest"
    strange = sorted(set(found["files"]) - set(FILES))
    if strange:
        return f"names {strange[0]!r}, which is no file of a saved corpus"
    missing = [name for name in FILES if name not in found["files"]]
    if missing:
        return f"does not name {missing[0]!r}"
    for name, file in found["files"].items():
        whole = isinstance(file, dict) and set(file) == {"bytes", "sums", "sha256"}
        if not whole or type(file["bytes"]) is not int or not all(_is_digest(file[k]) for k in ("sums", "sha256")):
            return f"is damaged: what it says of {name!r} has another form"
    source = found["source"]
    if source is not None and not (
        {"path", "sha256", "stamp"} == set(source) and all(isinstance(value, str) for value in source.values())
    ):
        return "is damaged: what it says of the source has another form"
    if not all(isinstance(value, str) for value in found["made"].values()):
        return "is damaged: what it says of the code has another form"
    if set(found["counts"]) != set(_COUNTS) or not all(type(value) is int for value in found["counts"].values()):
        return "is damaged: its counts have another form"
    strange = sorted(set(found["reading"]) - set(_READING))
    if strange:
        return f"has {strange[0]!r} among the options of reading, which is none"
    return ""


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and bool(_HEX.fullmatch(value))


def digest_of_sums(content: memoryview | bytes) -> str:
    """Return a digest of the sums of the blocks of a file: at the pace of memory, ten times that of SHA-256.

    One changed byte, a stretch that was lost, filled with zeros or written over changes it; two words of eight bytes
    that changed places within a block of 4,096 do not: the SHA-256 of the file does.

    Examples
    --------
    >>> digest_of_sums(bytes(5000)) == digest_of_sums(bytes(4999) + b"a")
    False
    """
    raw = np.frombuffer(content, np.uint8)
    n = len(raw) - len(raw) % _BLOCK
    parts = [raw[first : min(first + _PORTION, n)] for first in range(0, n, _PORTION)]
    if len(parts) > 1:
        with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1, _THREADS)) as pool:
            sums = list(pool.map(_sums, parts))
    else:
        sums = list(map(_sums, parts))
    digest = hashlib.sha256(b"".join(sums))
    digest.update(raw[n:].tobytes() + len(raw).to_bytes(8, "little"))
    return digest.hexdigest()


def _sums(raw: np.ndarray) -> bytes:
    return raw.view("<i8").reshape(-1, _BLOCK // 8).sum(axis=1).astype("<i8").tobytes()

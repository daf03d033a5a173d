"""The record of a file, which stands beside it: the command that wrote it, the version, the digest of its bytes."""

import json
import os
from pathlib import Path
from typing import Any

from discourse.writing import own_version, write_text

__all__ = ["is_record", "record_of", "record_path", "write_record"]

_RECORD_KEYS = {"command", "sha256", "version"}  # and `before`, the digest of what is replaced, while a command runs
_LARGEST_RECORD = 10_000  # bytes


def record_path(path: str | os.PathLike[str]) -> Path:
    """Return where the record of a file stands: beside it, with ``.json`` behind its name."""
    place = Path(path)
    return place.with_name(place.name + ".json")


def record_of(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the record of a file: command, sha256 and version; empty where it has none."""
    beside = record_path(path)
    try:
        content = json.loads(beside.read_bytes()) if beside.stat().st_size < _LARGEST_RECORD else None
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) and set(content) - {"before"} == _RECORD_KEYS else {}


def is_record(path: Path) -> bool:
    """Tell whether a file is the record of the file that it is named after."""
    return path.suffix == ".json" and path.with_suffix("").is_file() and bool(record_of(path.with_suffix("")))


def write_record(path: str | os.PathLike[str], command: str, sha256: str, *, before: str | None = None) -> Path:
    """Write the record of a file: which command wrote it, the digest of its bytes, the version of the library.

    ``before`` is the digest of the file that is about to be replaced.
    """
    content = {"command": command, "sha256": sha256, "version": own_version()}
    content |= {} if before is None else {"before": before}
    return write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", record_path(path))

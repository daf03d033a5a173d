"""A folder that keeps what the steps of a plan made, by the digest of inputs, options and code."""

import hashlib
import inspect
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache as once
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from discourse.arrow import from_arrow, is_same_table, to_arrow
from discourse.errors import SourceError
from discourse.provenance import digest
from discourse.writing import write_bytes

__all__ = ["Cache", "digest_package", "digest_table"]

_MARK = b"discourse cache 1\n"


class Cache:
    """Tables on disk, each in one file named by its key; what is damaged is found by its digest and made anew.

    A file holds a mark, the SHA-256 of its content, and the content: a table as an Arrow stream, anything else that
    JSON holds as JSON. It is written beside its place and moved into it, so an interrupted run leaves no half of one.
    What neither form gives back unchanged is not kept. Nothing in the folder is ever run: it may be shared.

    Parameters
    ----------
    folder : path
        Made where it is missing.

    Attributes
    ----------
    damaged : list of str
        Names of files whose content was not what its digest says; they have been made anew.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if self.folder.exists() and not self.folder.is_dir():
            raise SourceError(f"`cache` is {str(folder)!r}, which is a file; name a folder.")
        self.damaged: list[str] = []

    def keys(self, given: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
        """Return the digest of everything given."""
        return {name: _digest(given[name]) for name in dict.fromkeys([*names, *given]) if name in given}

    def key(self, name: str, step: Callable[..., Any], reads: Sequence[str]) -> str:
        """Return the key of a step's table: from its code, the package's code, and the keys of what it reads."""
        try:
            source = inspect.getsource(step)
        except OSError:
            source = repr(step.__code__.co_code)
        return f"{name}-{digest(json.dumps([source, digest_package(), list(reads)]))[:40]}"

    def load(self, key: str, name: str, into: dict[str, Any]) -> bool:
        """Put what is kept under a key into a mapping, by its name; tell whether there was something whole."""
        place = self.folder / f"{key}.table"
        if not place.is_file():
            return False
        try:
            into[name] = _unpack(place.read_bytes())
        except (ValueError, pa.ArrowException):
            self.damaged.append(place.name)
            return False
        return True

    def keep(self, key: str, made: Any) -> None:
        """Keep what a step made, where it comes back unchanged."""
        content = _pack(made)
        if content is not None:
            write_bytes(content, self.folder / f"{key}.table")


def _pack(made: Any) -> bytes | None:
    """Write a table or a value so that it comes back unchanged; None where it would not."""
    try:
        body = b"table\n" + _write_table(made) if isinstance(made, pd.DataFrame) else _write_value(made)
    except (pa.ArrowException, TypeError, ValueError):
        return None
    content = _MARK + hashlib.sha256(body).hexdigest().encode() + b"\n" + body
    return content if _same(made, _unpack(content)) else None


def _unpack(content: bytes) -> Any:
    mark, stated, body = content[: len(_MARK)], content[len(_MARK) : len(_MARK) + 64], content[len(_MARK) + 65 :]
    if mark != _MARK or hashlib.sha256(body).hexdigest().encode() != stated:
        raise ValueError("the content is not what its digest says")
    kind, _, inner = body.partition(b"\n")
    return json.loads(inner) if kind == b"value" else _read_table(inner)


def _write_value(made: Any) -> bytes:
    return b"value\n" + json.dumps(made, allow_nan=False).encode()


def _write_table(made: pd.DataFrame) -> bytes:
    table = to_arrow(made)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _read_table(content: bytes) -> pd.DataFrame:
    return from_arrow(pa.ipc.open_stream(pa.py_buffer(content)).read_all())


def _same(made: Any, again: Any) -> bool:
    if not isinstance(made, pd.DataFrame):
        return type(made) is type(again) and made == again
    return is_same_table(made, again)


def digest_table(content: str, kinds: Sequence[str]) -> str:
    """Return the key of a table: of the digest of its content, and of the dtypes of its columns by name."""
    return digest(f"{content} {list(kinds)}")


def _digest(value: Any) -> str:
    if isinstance(value, pd.DataFrame):
        return digest_table(digest(value), [str(kind) for kind in value.dtypes])
    own = getattr(value, "sha256", None)
    if isinstance(own, str):  # a lexicon, with the normal form that its entries have
        return digest(f"{own} {getattr(value, 'normalizer', '')}")
    if isinstance(value, tuple | list):
        return digest(" ".join(map(_digest, value)))
    if isinstance(value, Mapping):
        return digest(" ".join(f"{key} {_digest(value[key])}" for key in sorted(value)))
    return digest(f"{type(value).__name__} {value!r}")


@once
def digest_package() -> str:
    """Digest the code and the word lists of the package: a step is also what it calls."""
    whole = hashlib.sha256()
    with_code = sorted(path for path in Path(str(files("discourse"))).rglob("*") if path.suffix in (".py", ".yml"))
    for path in with_code:
        whole.update(path.read_bytes())
    return whole.hexdigest()

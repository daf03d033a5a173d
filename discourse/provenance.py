"""Provenance: what a result was made from, by digest; no clock, user or path."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError

__all__ = ["Provenance", "digest", "digest_columns", "provenance"]

# The packages that can move a number; the package itself comes first.
_PACKAGES = ("arabic-discourse", "pandas", "numpy", "scipy", "matplotlib", "camel-tools")


@dataclass(frozen=True)
class Provenance:
    """What a result was made from: SHA-256 digests of inputs and lexicons, settings, versions, seed.

    Equal inputs, lexicons, settings, versions and seed give equal provenance on every machine: it holds no clock, user,
    host or path. Build one with ``provenance()``.

    Attributes
    ----------
    inputs, lexicons : dict of str to str
        Name to SHA-256 digest in hexadecimal.
    settings : dict
        Every option that shaped the result; JSON values only.
    versions : dict of str to str
        Version of Python and of each package that can move a number.
    seed : int or None
        Seed of the random draws; None where nothing is drawn.
    """

    inputs: dict[str, str] = field(default_factory=dict)
    lexicons: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    seed: int | None = None

    def to_json(self) -> str:
        """Return the provenance as JSON with sorted keys, so that equal provenance is equal text."""
        parts = {name: getattr(self, name) for name in ("inputs", "lexicons", "settings", "versions", "seed")}
        return json.dumps(parts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of ``to_json()``: one short name for the whole."""
        return hashlib.sha256(self.to_json().encode("utf-8")).hexdigest()


def digest(content: object) -> str:
    """Return the SHA-256 digest of a file, a table, a text, bytes, or of an object that carries its own ``digest``.

    A table is digested by its columns, its order and its values; neither its index nor whether a column is
    dictionary-coded changes the digest. A ``Path`` is digested by the bytes of the file, a folder by its files in the
    order of their relative names (a file's own place on the machine never counts). A ``str`` is text, not a path.

    Parameters
    ----------
    content : Path, DataFrame, str, bytes, or an object with an attribute ``digest``
        What to digest.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    SchemaError
        ``content`` is none of these, or a path that does not exist.

    Examples
    --------
    >>> digest("موسكو")[:12]
    'ce32762543c8'
    >>> digest(pd.DataFrame({"doc_id": ["a"]})) == digest(pd.DataFrame({"doc_id": ["a"]}, index=[7]).astype("category"))
    True
    """
    own = getattr(content, "digest", None)
    if isinstance(own, str):
        return own
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    if isinstance(content, str):
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    if isinstance(content, Path):
        return _digest_path(content)
    if isinstance(content, pd.DataFrame):
        return _digest_table(content)
    raise SchemaError(
        f"`content` is a {type(content).__name__}; it must be a DataFrame, a Path, a str, bytes or an object "
        "with its own `digest`. Turn it into one of these first."
    )


def provenance(
    *,
    inputs: Mapping[str, object] | None = None,
    lexicons: Mapping[str, object] | None = None,
    settings: Mapping[str, object] | None = None,
    seed: int | None = None,
) -> Provenance:
    """Record what a result was made from.

    Parameters
    ----------
    inputs : mapping of str to object
        Name to what it names: a DataFrame, a Path, a text, bytes (see ``digest``).
    lexicons : mapping of str to object
        Name to lexicon (by its own ``digest``) or file.
    settings : mapping of str to value
        Every option that shaped the result: JSON values (None, bool, number, str, list, dict).
    seed : int, optional
        Seed of the random draws.

    Returns
    -------
    Provenance
        Frozen; ``to_json()`` writes it.

    Raises
    ------
    SchemaError
        A value of ``settings`` is not a JSON value, or an input cannot be digested.

    Examples
    --------
    >>> record = provenance(inputs={"corpus": "قال كابولوف"}, settings={"period": "month"}, seed=20151223)
    >>> record.settings, record.seed, len(record.inputs["corpus"])
    ({'period': 'month'}, 20151223, 64)
    """
    for name, value in (settings or {}).items():
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise SchemaError(
                f"`settings` holds {name!r} = {value!r}, which is no JSON value ({error}). "
                "Give None, a bool, a finite number, a str, or lists and dicts of these."
            ) from error
    return Provenance(
        inputs={name: digest(content) for name, content in (inputs or {}).items()},
        lexicons={name: digest(content) for name, content in (lexicons or {}).items()},
        settings=json.loads(json.dumps(dict(settings or {}))),
        versions=_versions(),
        seed=seed,
    )


def _versions() -> dict[str, str]:
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _digest_path(path: Path) -> str:
    if path.is_file():
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    if not path.is_dir():
        raise SchemaError(
            f"`content` is the path {path.name!r}, which does not exist. Give an existing file or folder."
        )
    files = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{_digest_path(files[name])}\n".encode())
    return whole.hexdigest()


def _digest_table(table: pd.DataFrame) -> str:
    """Digest column by column, each distinct value once: strings by their UTF-8 text, the rest by its written form."""
    return digest_columns((name, *_coded(table[name])) for name in table.columns)


def _coded(column: pd.Series) -> tuple[np.ndarray, int, Iterable[Any]]:
    if column.dtype == object:  # may hold lists, which cannot be told apart by hash
        column = column.map(repr, na_action="ignore")
    codes, distinct = pd.factorize(column, use_na_sentinel=True)
    return codes, len(distinct), distinct


def digest_columns(columns: Iterable[tuple[str, np.ndarray, int, Iterable[Any]]]) -> str:
    """Digest a table as ``digest`` does, given column by column, so that one need not be in memory.

    Parameters
    ----------
    columns : iterable of (str, ndarray, int, iterable)
        Name, the code of each row (-1 for a null), the number of distinct values, and these, in the order of the codes.

    Examples
    --------
    >>> columns = [("doc_id", np.array([0, 1, 0]), 2, ["a", "b"])]
    >>> digest_columns(columns) == digest(pd.DataFrame({"doc_id": ["a", "b", "a"]}))
    True
    """
    whole = hashlib.sha256()
    for name, codes, n_distinct, distinct in columns:
        whole.update(f"{name}\0{len(codes)}\0{n_distinct}\0".encode("utf-8", "surrogatepass"))
        for value in distinct:
            kind = "text" if isinstance(value, str) else "value"
            written = f"{kind} {value}".encode("utf-8", "surrogatepass")
            whole.update(len(written).to_bytes(8, "little") + written)
        whole.update(codes.astype("<i8").tobytes())
    return whole.hexdigest()

"""Files of other tools opened with care: archives and folders, bytes to text, text to JSON."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from discourse.errors import SourceError
from discourse.exchange.packing import DAMAGED
from discourse.sources.encoding import decode_whole, detect_encoding

__all__ = ["File", "Json", "parse_json", "read_json", "to_text"]

MOST_BYTES = 300_000_000
"""Of one file or member, unpacked."""
MOST_TOTAL = 1_000_000_000
MOST_MEMBERS = 50_000
_HALF = re.compile("[\ud800-\udfff]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def to_text(raw: bytes, place: str) -> str:
    """Return bytes as text: UTF-8, as these formats ask for, or UTF-16 with its mark; one leading mark is taken off.

    Raises
    ------
    SourceError
        There are none, or a byte is not valid.
    """
    if not raw.strip():
        raise SourceError(f"{place} is empty. Export it again.")
    mark, name = next(((one, name) for one, name in _MARKS if raw.startswith(one)), (b"", "utf-8"))
    try:
        return raw[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{place} holds a byte that is not valid in {name}, at byte {error.start + len(mark)}. Export it again as "
            "UTF-8."
        ) from error


class _Twice(dict):
    """A JSON object that names a key twice: which of the two is meant, nobody can tell."""


def _pairs(pairs: list[tuple[str, object]]) -> dict:
    out = dict(pairs)
    return out if len(out) == len(pairs) else _Twice(out)


def parse_json(text: str) -> object:
    """Parse JSON; an object that names a key twice is found by ``Json.problem``.

    Raises
    ------
    ValueError
        It is none, is nested too deep, or holds half of a surrogate pair.
    """
    try:
        value = json.loads(text, object_pairs_hook=_pairs)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    return value


@dataclass
class Json:
    """The records of a JSON file: the items of one array, the objects of its lines, or the one object that it is."""

    items: list[tuple[str, object]]
    broken: list[tuple[str, str]] = field(default_factory=list)

    @property
    def one(self) -> dict | None:
        """The object, where the file is one."""
        return self.items[0][1] if len(self.items) == 1 and isinstance(self.items[0][1], dict) else None

    @staticmethod
    def problem(item: object) -> str | None:
        """Say why no record of an export is an item; null where it may be one."""
        if not isinstance(item, dict):
            return "the record is no JSON object"
        waiting: list[object] = [item]
        while waiting:
            value = waiting.pop()
            if isinstance(value, _Twice):
                return "the record names a key twice"
            if isinstance(value, dict):
                waiting += [*value.keys(), *value.values()]
            elif isinstance(value, list):
                waiting += value
            elif isinstance(value, str) and _HALF.search(value):
                return "the record holds half of a surrogate pair, which is no character"
        return None


class File:
    """A file or folder that was given: its members where it is an archive or a folder, else its bytes."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.shown = repr(str(path))
        if not self.path.exists():
            raise SourceError(f"{self.shown} does not exist. Check the path.")
        if self.path.is_file() and self.path.stat().st_size > MOST_BYTES * 3:
            raise SourceError(f"{self.shown} has more than {3 * MOST_BYTES:,} bytes. Export it in parts.")
        if self.path.is_file() and not self.begin:
            raise SourceError(f"{self.shown} is empty. Export it again.")

    @cached_property
    def raw(self) -> bytes:
        """The bytes of the file."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise SourceError(f"{self.shown} cannot be read: {error.strerror or error}. Check the path.") from error

    @cached_property
    def text(self) -> str:
        """The file as text."""
        return to_text(self.raw, self.shown)

    @cached_property
    def begin(self) -> str:
        """The first characters that are no space."""
        return decode_whole(self.raw[:4096], detect_encoding(self.raw[:4096], whole=False))[0].lstrip("\ufeff \t\r\n")

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.raw))

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of the files in an archive or a folder, sorted; none where it is a plain file."""
        if self.path.is_dir():
            found = [one for one in self.path.rglob("*") if one.is_file() and not one.is_symlink()]
            names = sorted(one.relative_to(self.path).as_posix() for one in found)
            return tuple(name for name in names if not any(part.startswith(".") for part in name.split("/")))
        if self.raw[:4] != b"PK\x03\x04":
            return ()
        try:
            entries = [one for one in self._archive.infolist() if not one.is_dir()]
        except (*DAMAGED, RuntimeError) as error:
            raise SourceError(f"{self.shown} is no whole archive ({error}). Export or copy it again.") from error
        names = [one.filename for one in entries]
        if len(names) > MOST_MEMBERS or sum(one.file_size for one in entries) > MOST_TOTAL:
            raise SourceError(
                f"{self.shown} unpacks to {len(names):,} files of {sum(one.file_size for one in entries):,} bytes; at "
                f"most {MOST_MEMBERS:,} of {MOST_TOTAL:,} are read. Export it in parts."
            )
        twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
        if twice:
            raise SourceError(f"{self.shown} holds the file {twice[0]!r} twice. Export it again.")
        return tuple(sorted(names))

    def read(self, member: str) -> bytes:
        """Return the bytes of a member; it is never written to disk, wherever its name points.

        Raises
        ------
        SourceError
            It is too large, encrypted or damaged.
        """
        place = f"{member!r} in {self.shown}"
        if self.path.is_dir():
            return File(self.path / member).raw
        try:
            with self._archive.open(member) as stream:
                raw = stream.read(MOST_BYTES + 1)
        except RuntimeError as error:
            raise SourceError(f"{place} is encrypted or packed in a way that is not known ({error}).") from error
        except DAMAGED as error:
            raise SourceError(f"{place} is damaged ({error}). Export or copy it again.") from error
        if len(raw) > MOST_BYTES:
            raise SourceError(f"{place} has more than {MOST_BYTES:,} bytes.")
        return raw

    @cached_property
    def json(self) -> Json | None:
        """The records of the file where it is JSON or JSON lines, else null."""
        return read_json(self.text, self.shown) if not self.members and self.begin[:1] in ("{", "[") else None


def read_json(text: str, place: str) -> Json:
    """Return the records of JSON text: the items of an array, one object, or an object a line.

    Raises
    ------
    SourceError
        It is neither.
    """
    begin = text.lstrip("\ufeff \t\r\n")
    try:
        value = parse_json(begin)
    except json.JSONDecodeError as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip("\ufeff \t\r")]
        if begin.startswith("[") or len(lines) < 2 or not _is_json(lines[0][1]):
            raise SourceError(
                f"{place} is not whole JSON: {error.msg}, line {error.lineno}, column {error.colno}. Export it again."
            ) from error
        return _lines(lines)
    except ValueError as error:
        raise SourceError(f"{place} is JSON that cannot be read: {error}. Export it again.") from error
    items = value if isinstance(value, list) else [value]
    return Json([(f"item {number}", item) for number, item in enumerate(items, start=1)])


def _is_json(line: str) -> bool:
    try:
        parse_json(line.strip("\ufeff \t\r"))
    except ValueError:
        return False
    return True


def _lines(lines: list[tuple[int, str]]) -> Json:
    items, broken = [], []
    for number, line in lines:
        try:
            items.append((f"line {number}", parse_json(line.strip("\ufeff \t\r"))))
        except ValueError:
            broken.append((f"line {number}", "the line is not JSON"))
    return Json(items, broken)

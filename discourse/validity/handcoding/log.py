"""The coding file: opened only where it is one and of the same plan, added to and never written over, read whole."""

import os
from codecs import BOM_UTF8
from pathlib import Path
from typing import BinaryIO, NamedTuple

from discourse.errors import SchemaError, SourceError, first_three
from discourse.validity.handcoding.lines import Head, Item, head_line, item_line, read_line
from discourse.validity.handcoding.locks import append, locked

__all__ = ["Content", "add_item", "open_log", "read_log"]

_LONGEST = 50_000_000  # bytes of a line that is read: none that was saved comes near
_ELSE = "Name another file for this coding."


class Content(NamedTuple):
    """What a coding file holds: what it is of, the items in the order they were saved, and the lines that are none."""

    head: Head | None
    items: list[Item]
    rejects: list[tuple[int, str, str]]
    """Number of the line, the line as it stands there, why it is none."""


def open_log(path: str | os.PathLike[str], head: Head) -> Content:
    """Make a coding file, or open one of the same plan and codebook; nothing that stands in it is changed.

    Raises
    ------
    SourceError
        The ending is not .jsonl, the place cannot be written, or another kind of file stands there.
    SchemaError
        The file belongs to another plan or another codebook.
    """
    place = _place(path)
    line = head_line(head)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(f"{str(place)!r} cannot be written: {error.strerror}. {_ELSE}") from error
    with locked(place) as stream:
        raw = stream.read()
        content = _content(raw)
        if content.head is not None or content.items:
            _check_same(place, content, head)
        elif raw and not all(line.startswith(one) for one in raw.splitlines()):
            raise SourceError(f"{str(place)!r} is no coding file, and nothing was written to it. {_ELSE}")
        if content.head is None:
            append(stream, _behind(raw, line))
            _keep_name(place)
    return content


def add_item(path: str | os.PathLike[str], item: Item) -> None:
    """Add one item to a coding file; when this returns, it is on the disk.

    A line that a crash cut before it stays where it is, and the item begins on a line of its own.

    Raises
    ------
    SourceError
        The file is gone or is another one by now, is held by another program, or the disk refuses it.
    """
    place = Path(path)
    if not place.is_file():
        raise SourceError(f"{str(place)!r} is gone. Bring it back, or run the cell of the form again to begin anew.")
    with locked(place) as stream:
        _check_ours(place, stream, item)
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.seek(max(size - 1, 0))
        append(stream, _behind(stream.read(), item_line(item)))


def read_log(path: str | os.PathLike[str]) -> Content:
    """Read a coding file as it stands, also while somebody adds to it.

    Raises
    ------
    SourceError
        The file cannot be read, or no line of it is of a coding file.
    """
    place = Path(path)
    try:
        raw = place.read_bytes()
    except OSError as error:
        raise SourceError(f"{str(place)!r} cannot be read: {error.strerror or error}. Check the path.") from error
    content = _content(raw)
    if content.head is None and not content.items:
        why = content.rejects[0][2] if content.rejects else "it is empty"
        raise SourceError(f"{str(place)!r} is no coding file: {why}. Give the file that code() writes.")
    return content


def _place(path: str | os.PathLike[str]) -> Path:
    place = Path(path)
    if place.suffix.lower() != ".jsonl":
        raise SourceError(f"`path` is {str(path)!r}; a coding file ends in '.jsonl'. Change the ending.")
    if place.is_dir():
        raise SourceError(f"`path` is {str(path)!r}, which is a folder; name a file in it.")
    return place


def _content(raw: bytes) -> Content:
    head, items, rejects = None, [], []
    raw = raw.removeprefix(BOM_UTF8)  # an editor put it there
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            if len(line) > _LONGEST:
                raise ValueError(f"longer than {_LONGEST:,} bytes")
            found = read_line(line.rstrip(b"\r"), number)
        except ValueError as error:
            rejects.append((number, line.decode("utf-8", "replace"), str(error)))
            continue
        if isinstance(found, Item):
            items.append(found)
        elif head is None:
            head = found
        elif found != head:
            rejects.append((number, line.decode("utf-8", "replace"), "says another plan or codebook than the first"))
    return Content(head, items, rejects)


def _check_same(place: Path, content: Content, head: Head) -> None:
    """Raise where a file is of another plan or asks something else."""
    theirs = content.head
    plans = {theirs.plan} if theirs else {item.plan for item in content.items}
    asked = {theirs.asked} if theirs else {item.asked for item in content.items}
    if plans != {head.plan}:
        raise SchemaError(
            f"`path` is {str(place)!r}, which belongs to another plan: {first_three(sorted(plans))}, and this one is "
            f"{head.plan!r}. Nothing was written. {_ELSE}"
        )
    if asked != {head.asked}:
        told = f" It asks {_told(theirs)}, and you ask {_told(head)}." if theirs else ""
        raise SchemaError(
            f"`path` is {str(place)!r}, which belongs to another codebook.{told} Nothing was written. {_ELSE}"
        )


def _check_ours(place: Path, stream: BinaryIO, item: Item) -> None:
    """Raise where the file is of another plan or codebook than an item: somebody put another file in its place."""
    first = stream.readline()
    head = _content(first).head
    if head is None:  # its line is damaged or lost: the others tell
        content = _content(first + stream.read())
        theirs = {(one.plan, one.asked) for one in content.items}
        theirs = theirs if content.head is None else {(content.head.plan, content.head.asked)}
    else:
        theirs = {(head.plan, head.asked)}
    if (item.plan, item.asked) not in theirs:
        raise SourceError(
            f"{str(place)!r} is another file than the one that was opened, and nothing was written to it. Bring the "
            "coding file back, and save again."
        )


def _told(head: Head) -> str:
    names = [f"{name} ({', '.join(codes) or 'any text'})" for name, codes in head.variables.items()]
    sets = f", sets {', '.join(head.sets)}" if head.sets else ""
    whose = " > ".join(part for part in head.whose if part)
    return "; ".join(names) + sets + (f", of {whose}" if whose else "")


def _behind(before: bytes, line: bytes) -> bytes:
    """Return a line as it goes behind what ends in ``before``: behind one that was cut, on a line of its own."""
    return line if not before or before.endswith(b"\n") else b"\n" + line


def _keep_name(place: Path) -> None:
    """Keep the name of a new file on the disk, where a folder can be asked to."""
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

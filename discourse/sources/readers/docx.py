"""Paragraphs of a DOCX file, read from its bytes: bounded in size, and as far as a cut file goes."""

import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from discourse.sources.readers.markup import read_bytes

__all__ = ["MAX_BYTES", "Paragraph", "docx_paragraphs"]

MAX_BYTES = 400_000_000
"""The most that the text part of a DOCX file may hold once unpacked."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"
_CHARACTERS = {_W + "br": "\n", _W + "cr": "\n", _W + "tab": "\t", _W + "ptab": "\t", _W + "noBreakHyphen": "\u2011",
               _W + "softHyphen": "\u00ad"}  # fmt: skip
# Text that stands elsewhere too, or no longer: a box for old programs, what was moved from here or deleted.
_TWICE = frozenset(
    ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", _W + "moveFrom", _W + "del", _W + "rt"]
)


class Paragraph(NamedTuple):
    """One paragraph: its text (breaks as line feeds), whether any of it is bold, and the bookmarks that begin in it."""

    text: str
    bold: bool
    bookmarks: tuple[str, ...]


def docx_paragraphs(path: Path, *, max_bytes: int = MAX_BYTES) -> tuple[list[Paragraph], str | None]:
    """Return the paragraphs of a DOCX file, and what is wrong with the file (null where nothing is).

    A cut file gives every paragraph before the cut. A text part that unpacks to more than ``max_bytes`` is read up to
    there. External parts and entities are never followed.

    Raises
    ------
    SourceError
        The file cannot be opened.
    """
    unpacked, problem = _text_part(path, max_bytes)
    parser = etree.XMLPullParser(
        events=("end",), tag=_W + "p", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    paragraphs: list[Paragraph] = []
    try:
        for start in range(0, len(unpacked), 1 << 20):
            parser.feed(unpacked[start : start + (1 << 20)])
            paragraphs += [_paragraph(node) for _, node in parser.read_events() if _is_shown(node)]
    except etree.XMLSyntaxError as error:
        problem = (
            problem
            or f"is not well-formed XML, read as far as it goes: {re.sub(r',? line [0-9]+.*', '', str(error.msg))}"
        )
    return paragraphs, problem


def _paragraph(node: etree._Element) -> Paragraph:
    parts: list[str] = []
    _collect(node, parts)
    bold = any(mark.get(_W + "val") not in ("0", "false") for mark in node.iter(_W + "b", _W + "bCs"))
    before = node.getprevious()
    marks = [mark.get(_W + "name") or "" for mark in node.iter(_W + "bookmarkStart")]
    if before is not None and before.tag == _W + "bookmarkStart":
        marks.append(before.get(_W + "name") or "")
    return Paragraph("".join(parts), bold, tuple(dict.fromkeys(marks)))


def _is_shown(node: etree._Element) -> bool:
    """Tell whether a paragraph is part of the text: no copy of a text box for old programs, nothing moved away."""
    return not any(above.tag in _TWICE for above in node.iterancestors())


def _collect(node: etree._Element, parts: list[str]) -> None:
    """Gather the text of a paragraph; what stands in a box within it is a paragraph of its own."""
    stack = list(reversed(node))
    while stack:
        child = stack.pop()
        if child.tag in _TWICE or child.tag == _W + "p":
            continue
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in _CHARACTERS and child.getparent().tag != _W + "tabs":
            parts.append(_CHARACTERS[child.tag])
        else:
            stack.extend(reversed(child))


def _text_part(path: Path, max_bytes: int) -> tuple[bytes, str | None]:
    raw = read_bytes(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PART) as stream:
            unpacked = stream.read(max_bytes + 1)
    except KeyError:
        return b"", f"has no part {_PART}: it is not a DOCX file"
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        # a RuntimeError is what zipfile raises for a password, and for a compression that it does not know
        return _salvaged(raw, max_bytes)
    if len(unpacked) > max_bytes:
        return unpacked[:max_bytes], f"unpacks to more than {max_bytes:,} bytes; the rest is not read"
    return unpacked, None


def _salvaged(raw: bytes, max_bytes: int) -> tuple[bytes, str]:
    """Unpack the text part of an archive whose directory is missing or damaged, from its local header on."""
    for found in re.finditer(rb"PK\x03\x04", raw):
        head = raw[found.start() : found.start() + 30]
        if len(head) < 30:
            break
        method, n_name, n_extra = struct.unpack("<8xH16xHH", head)
        name = raw[found.start() + 30 : found.start() + 30 + n_name]
        begin = found.start() + 30 + n_name + n_extra
        if name != _PART.encode() or method != 8:
            continue
        stream = zlib.decompressobj(-15)
        try:
            unpacked = stream.decompress(raw[begin:], max_bytes)
        except zlib.error:
            unpacked = _by_steps(raw[begin:], max_bytes)
        if stream.eof:
            return unpacked, "has a damaged archive directory; its text part is whole and read to the end"
        return unpacked, "is cut or damaged; read as far as it goes"
    return b"", f"is cut or damaged: the part {_PART} cannot be found"


def _by_steps(packed: bytes, max_bytes: int) -> bytes:
    stream, unpacked = zlib.decompressobj(-15), bytearray()
    for start in range(0, len(packed), 256):
        try:
            unpacked += stream.decompress(packed[start : start + 256])
        except zlib.error:
            break
        if len(unpacked) > max_bytes:
            break
    return bytes(unpacked[:max_bytes])

"""Plain files: one .txt or .docx is one document, its file name the doc_id."""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.docx import docx_paragraphs
from discourse.sources.readers.markup import read_bytes
from discourse.sources.readers.records import Entry, entry, reject

__all__ = ["read_docx", "read_text"]

_NAMED_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}(?:\d{6})?(?!\d)")


def read_text(path: Path) -> Iterator[Entry]:
    """Yield the document of a text file, exactly as it stands there; a day in the file name is its date."""
    raw = read_bytes(path)
    encoding = detect_encoding(raw)
    text, bad_byte = decode_whole(raw, encoding)
    if b"\x00" in raw[:4096] and not encoding.startswith("utf-16"):
        yield reject("whole file", "is not text: it holds null bytes")
    elif bad_byte is not None:
        yield reject(f"byte {bad_byte}", f"cannot be decoded as {encoding} from this byte on")
    else:
        yield _whole(path, text)


def read_docx(path: Path) -> Iterator[Entry]:
    """Yield the document of a Word file: a paragraph a line. A damaged file gives its readable part and a reject."""
    paragraphs, problem = docx_paragraphs(path)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    if text.strip() or problem is None:
        yield _whole(path, text)
    if problem is not None:
        yield reject("word/document.xml", problem)


def _whole(path: Path, text: str) -> Entry:
    named = _NAMED_DAY.search(path.name)
    stamp = (
        read_stamp(
            re.sub(r"[_.]", "-", named.group()[:10] if not named.group()[:8].isdigit() else named.group()[:8]),
            names_only=True,
        )
        if named
        else None
    )
    return entry(
        "whole file", text, doc_id=path.name.rsplit(".", 1)[0],
        date=stamp and stamp[0], date_precision=stamp and stamp[1],
        date_basis="file name" if stamp else None, vendor="text", text_kind="full",
    )  # fmt: skip

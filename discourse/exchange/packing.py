"""Archives of XML, the files of office programs and coding tools: put together, and what a damaged one raises."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Mapping

__all__ = ["DAMAGED", "pack_files", "pack_parts"]

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, OverflowError, ValueError)
"""What zipfile raises where an archive or a member of it is damaged; it raises a RuntimeError for a password, and for a
version or compression that it does not know."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def pack_parts(parts: Mapping[str, str]) -> bytes:
    """Return the XML parts of an office file as one archive; equal parts give equal bytes."""
    return pack_files((part, _HEAD + text) for part, text in parts.items())


def pack_files(files: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return files, by name and content, as one archive; the same files give the same bytes on any day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

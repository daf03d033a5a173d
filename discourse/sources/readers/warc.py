"""WARC files, plain or gzipped: every page that a crawl holds, as far as the file goes.

Records are framed here, so that one with a wrong length, or a gzip member that is cut, costs that record and no other;
warcio reads the HTTP message inside a record.
"""

import datetime
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from discourse.errors import SourceError
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.pages import MAX_PAGE_BYTES, page_entry
from discourse.sources.readers.records import Entry, entry, host_of, merge, reject
from discourse.sources.readers.refusals import is_refusal

__all__ = ["Record", "moment_of", "page_of", "read_warc", "unpacked"]

_STEP = 1 << 16
_MAX_RECORD = 100_000_000
_ABOUT_CRAWL = frozenset({"warcinfo", "request", "metadata", "continuation"})
_HEADER_END = re.compile(rb"(?P<line>\r?\n)(?:\r?\n|(?=WARC/[01]\.\d\r?\n))")  # or where the next record begins
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


class Record(NamedTuple):
    """One framed record: its number among all, the byte where it begins (unpacked), its header fields and its block."""

    byte: int
    fields: dict[str, str]
    head: bytes
    block: bytes
    problem: str | None


def read_warc(path: Path) -> Iterator[Entry]:
    """Yield the pages of a WARC file.

    Every ``response``, ``resource``, ``conversion`` and ``revisit`` record is a document or a reject; records about the
    crawl itself (warcinfo, request, metadata) are neither. Taken: what a saved page gives, the address asked for, and
    the day of the crawl as ``crawl_date``.
    """
    number = 0
    for framed in _framed(unpacked(path)):
        kind = framed.fields.get("warc-type", "")
        if framed.problem is None and kind in _ABOUT_CRAWL:
            continue
        if framed.problem is not None and not framed.fields:
            yield reject(f"byte {framed.byte}", framed.problem)
            continue
        number += 1
        record = f"record {number}"
        place = f"{record}, byte {framed.byte}"
        if framed.problem is not None:
            yield reject(place, framed.problem)
        elif kind == "revisit":
            yield reject(place, "is a revisit: it repeats a page recorded before and holds no text of its own")
        else:
            yield page_of(framed, record, place)


def page_of(framed: Record, record: str, place: str) -> Entry:
    """Return the page in a framed record as an entry: a document in the making, or a reject."""
    address = framed.fields.get("warc-target-uri", "").strip("<>") or None
    kind = framed.fields.get("warc-type", "")
    try:
        status, mime, body = _message(framed, kind)
    except (ArchiveLoadFailed, StopIteration, ValueError, OSError, zlib.error) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return reject(place, f"holds no readable HTTP message: {said}")
    if status != "200":
        return reject(place, f"is an answer with status {status}, not a page")
    plain = kind in ("conversion", "resource") and mime.lower().startswith("text/plain")
    if not plain and not mime.lower().startswith(_PAGE_TYPES) and not (mime == "" and b"<html" in body[:4096].lower()):
        return reject(place, f"is of type {mime.split(';')[0] or 'unknown'}, not a page")
    moment = moment_of(framed.fields.get("warc-date"))
    crawl = {"crawl_date": moment.date().isoformat() if moment else None, "vendor": "warc"}
    if plain:
        return merge(_plain(body, record, place, address), crawl)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", mime)
    found = page_entry(body, record, charset=charset.group(1) if charset else None, url=address, base=moment)
    if "reason" in found:
        return reject(place, found["reason"])
    return merge(found, crawl)


def _message(framed: Record, kind: str) -> tuple[str, str, bytes]:
    """Return status, type and content of a record; one that is framed without a head begins with its HTTP message."""
    stated = framed.fields.get("content-type", "")
    if not framed.head:
        if not framed.block[:5] == b"HTTP/":
            return "200", stated, framed.block[:MAX_PAGE_BYTES]
        head = (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: http://x/\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d" % len(framed.block)
        )
    else:
        head = framed.head
    message = next(iter(ArchiveIterator(io.BytesIO(head + b"\r\n\r\n" + framed.block + b"\r\n\r\n"))))
    http = message.http_headers
    status = http.get_statuscode() if http else "200"
    mime = (http.get_header("content-type") if http else stated) or ""
    return status, mime, message.content_stream().read(MAX_PAGE_BYTES + 1)


def moment_of(stated: str | None) -> datetime.datetime | None:
    """Return the moment in which a record was fetched, null where it is not stated in full."""
    digits = re.sub(r"\D", "", stated or "")[:14]
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d%H%M%S") if len(digits) == 14 else None
    except ValueError:
        return None


def _plain(body: bytes, record: str, place: str, address: str | None) -> Entry:
    """Return the text of a page that was taken out of its markup when the archive was made (WET)."""
    text, _ = decode_whole(body, detect_encoding(body))
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if is_refusal(lines[:1], text):
        return reject(place, "is an error page or a challenge, not an article")
    host = host_of(address).removeprefix("www.")
    return entry(record, "\n".join(lines), source=host or None, url=address, by_url=True, text_kind="full")


def unpacked(path: Path) -> Iterator[bytes | None]:
    """Yield the bytes of a file, gunzipped member by member; null marks a gap where a member is cut or damaged."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}. Check the path.") from error
    with stream:
        if stream.read(2) != b"\x1f\x8b":
            stream.seek(0)
            while piece := stream.read(_STEP):
                yield piece
            return
        begin, size = 0, path.stat().st_size
        while begin < size:
            member = zlib.decompressobj(31)
            stream.seek(begin)
            try:
                while not member.eof and (piece := stream.read(_STEP)):
                    yield member.decompress(piece)
                begin = stream.tell() - len(member.unused_data) if member.eof else size
                if not member.eof:
                    yield None
            except zlib.error:
                yield None
                begin = _next_member(stream, begin + 2, size)


def _next_member(stream: io.BufferedReader, after: int, size: int) -> int:
    stream.seek(after)
    kept, place = b"", after
    while piece := stream.read(1 << 20):
        found = (kept + piece).find(b"\x1f\x8b\x08")
        if found >= 0:
            return place - len(kept) + found
        place += len(piece)
        kept = piece[-2:]
    return size


def _framed(pieces: Iterator[bytes | None]) -> Iterator[Record]:
    """Cut the stream into records; after a damaged place go on at the next line that begins a record."""
    buffer, byte, more = bytearray(), 0, True

    def refill() -> bool:
        piece = next(pieces, b"")
        if piece is None or piece == b"":
            return False
        buffer.extend(piece)
        return True

    while more or buffer:
        start = _beginning(buffer)
        if start is None:
            keep = min(len(buffer), 5)
            byte += len(buffer) - keep
            del buffer[: len(buffer) - keep]
            more = refill()
            if not more and (more := _after_gap(pieces, buffer)) is False:
                return
            continue
        if bytes(buffer[:start]).strip():
            yield Record(byte, {}, b"", b"", "is not a WARC record: bytes are passed over up to the next one")
        byte += start
        del buffer[:start]
        framed, whole = _one(buffer, byte, refill)
        yield framed
        byte += whole
        if framed.problem is not None and framed.problem.startswith("is cut"):
            following = buffer.find(b"WARC/1.", 7)
            del buffer[: following if following > 0 else len(buffer)]
            more = True
            continue
        del buffer[:whole]


def _after_gap(pieces: Iterator[bytes | None], buffer: bytearray) -> bool:
    """Go on behind a gap in the stream: what the buffer holds before it is no record."""
    for piece in pieces:
        if piece:
            buffer[:] = piece
            return True
    buffer.clear()
    return False


def _beginning(buffer: bytearray) -> int | None:
    found = re.search(rb"(?:^|\n)(WARC/[01]\.\d+\r?\n)", buffer)
    return found.start(1) if found else None


def _one(buffer: bytearray, byte: int, refill) -> tuple[Record, int]:
    """Read the record at the head of the buffer, and say how many bytes it takes."""
    while (close := _HEADER_END.search(buffer)) is None or close.end() == close.end("line"):
        if close is not None or len(buffer) > 1 << 20 or not refill():
            return Record(byte, {}, b"", b"", "is cut: its header does not end"), len(buffer)
    head = bytes(buffer[: close.start()])
    lines = head.decode("utf-8", "replace").splitlines()[1:]
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = fields.get("content-length", "")
    if not re.fullmatch("[0-9]{1,18}", length) or int(length) > _MAX_RECORD:
        return Record(byte, fields, head, b"", "has a length that cannot be read"), close.end()
    end = close.end() + int(length)
    while len(buffer) < end:
        if not refill():
            return Record(byte, fields, head, b"", "is cut: the file ends before its bytes do"), len(buffer)
    return Record(byte, fields, head, bytes(buffer[close.end() : end]), None), end

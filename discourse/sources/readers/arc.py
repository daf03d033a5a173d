"""ARC files, the format of web archives before WARC, plain or gzipped: every page that a crawl holds.

A record is a line (address, IP, time of the crawl, type, length) and so many bytes. One with a wrong length costs that
record and no other: reading goes on at the next line of that form.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.readers.records import Entry, reject
from discourse.sources.readers.warc import Record, page_of, unpacked

__all__ = ["is_arc", "read_arc"]

_HEAD = re.compile(
    rb"(?:^|\n)(?P<line>(?P<address>[a-z][a-z0-9+.-]{1,20}:\S{1,4000}) (?P<ip>[0-9a-fA-F.:]{1,45}) (?P<time>\d{8,17}) "
    rb"(?P<type>[^\s]{1,100})(?P<more>(?: \S{1,4000}){0,5}) (?P<length>\d{1,10})\r?\n)"
)
_MAX_RECORD = 100_000_000


def is_arc(sample: bytes) -> bool:
    r"""Tell whether bytes begin an ARC file: with the record that describes the file itself, or one of its form.

    Examples
    --------
    >>> is_arc(b"filedesc://x.arc 0.0.0.0 20151223101010 text/plain 20\n")
    True
    """
    found = _HEAD.match(sample)
    return found is not None and (found["address"].startswith((b"filedesc:", b"http", b"dns:")))


def read_arc(path: Path) -> Iterator[Entry]:
    """Yield the pages of an ARC file.

    Every record but the description of the file and answers of name servers is a document or a reject. Taken: what a
    saved page gives, the address asked for, and the day of the crawl as ``crawl_date``.
    """
    number = 0
    for framed in _framed(unpacked(path)):
        if framed.problem is not None and not framed.fields:
            yield reject(f"byte {framed.byte}", framed.problem)
            continue
        address = framed.fields["warc-target-uri"]
        if address.startswith(("filedesc:", "dns:", "warcinfo:")):
            continue
        number += 1
        place = f"record {number}, byte {framed.byte}"
        if framed.problem is not None:
            yield reject(place, framed.problem)
        else:
            yield page_of(framed, f"record {number}", place)


def _framed(pieces: Iterator[bytes | None]) -> Iterator[Record]:
    buffer, byte, gap = bytearray(), 0, False
    held = iter(pieces)

    def refill() -> bool:
        nonlocal gap
        piece = next(held, b"")
        if piece is None:
            gap = True
            piece = next(held, b"") or b""
        buffer.extend(piece or b"")
        return bool(piece)

    refill()
    while True:
        found = _HEAD.search(buffer)
        if found is None:
            if len(buffer) < 1 << 16 and refill():
                continue
            if len(buffer) >= 1 << 16:
                byte += len(buffer) - 8192
                del buffer[: len(buffer) - 8192]
                if refill():
                    continue
            if bytes(buffer).strip():
                yield Record(byte, {}, b"", b"", "is no ARC record")
            return
        start = found.start("line")
        if bytes(buffer[:start]).strip():
            yield Record(byte, {}, b"", b"", "is no ARC record: bytes are passed over up to the next one")
        fields = _fields(found)
        length, begin = int(found["length"]), found.end("line")
        byte += start
        del buffer[:start]
        begin -= start
        if length > _MAX_RECORD:
            yield Record(byte, fields, b"", b"", "has a length that cannot be read")
            byte += begin
            del buffer[:begin]
            continue
        while len(buffer) < begin + length and not gap and refill():
            pass
        block = bytes(buffer[begin : begin + length])
        following = _HEAD.search(block)
        if len(block) < length or (following is not None and _misses_end(buffer, begin + length)):
            end = begin + (following.start("line") if following else len(block))
            yield Record(byte, fields, b"", b"", "is cut, or has a wrong length")
        else:
            end = begin + length
            yield Record(byte, fields, b"", block, None)
        gap = gap and len(buffer) > end
        byte += end
        del buffer[:end]
        if not buffer:
            refill()


def _misses_end(buffer: bytearray, end: int) -> bool:
    """Tell whether no record begins where one should end."""
    rest = bytes(buffer[end : end + 5000]).lstrip(b"\r\n")
    return bool(rest) and _HEAD.match(rest) is None


def _fields(found: re.Match[bytes]) -> dict[str, str]:
    text = {name: value.decode("utf-8", "replace") for name, value in found.groupdict().items()}
    return {
        "warc-type": "response" if text["address"].startswith("http") else "resource",
        "warc-target-uri": text["address"],
        "warc-date": text["time"],
        "content-type": text["type"],
    }

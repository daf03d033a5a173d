"""Bytes to lines: packed files opened, the encoding detected, undecodable bytes found and placed."""

import codecs
import gzip
import io
import string
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from discourse.errors import SourceError

__all__ = [
    "ENCODINGS",
    "Line",
    "PackedFileBroken",
    "chunks_of",
    "decode_whole",
    "detect_encoding",
    "first_line",
    "lines_of",
    "named_encoding",
]

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6")
"""What detection can answer; any other name that Python knows may be asked for by the reader."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ISO_LETTERS = b"\xe0\xe2\xe7\xe8\xe9\xea"  # tatweel, qaf, ha, waw, alef maqsura, ya in ISO-8859-6; à â ç è é ê
_WINDOWS_LETTERS = b"\xdb\xdc\xdd\xde\xdf\xec\xed"  # ghain, tatweel, fa, qaf, kaf, alef maqsura, ya in Windows-1256
_EIGHT_BITS = ("windows-1256", "iso-8859-6")
_FEW_LETTERS = 3
_PIECE = 1 << 20
_SAMPLES = (
    b"",
    b"a\n",
    b"\xff\xfe\xd8--x-\x00",
)  # an encoding of texts decodes them or names a byte; idna, hex do neither
_SAMPLE = 4 << 20


class Line(NamedTuple):
    """One line with its end, its number from 1, and the place of its first undecodable byte (null if none)."""

    text: str
    number: int
    bad_byte: int | None


class PackedFileBroken(Exception):
    """A .gz or .zst file ends early or is damaged; ``byte`` counts the unpacked bytes that were whole."""

    def __init__(self, byte: int, cause: str) -> None:
        super().__init__(cause)
        self.byte = byte
        self.cause = cause

    @property
    def problem(self) -> str:
        """What this is for the records of a file, in a sentence."""
        return f"the packed file ends or breaks here ({self.cause}); records behind this byte are lost"


def detect_encoding(sample: bytes, *, whole: bool = True) -> str:
    """Return the encoding of Arabic text: one of ``ENCODINGS``.

    A byte order mark decides. Then, zero or Arabic high bytes at every second place say UTF-16. Then text is
    UTF-8 when at most one in ten of its multi-byte sequences is broken, or most lines with more than ASCII are UTF-8
    (the broken ones become rejects). The rest is an 8-bit encoding: ISO-8859-6 where the letters that only it
    has (ه و ى ي ق at places where Windows-1256 has French ones) are commoner than those of Windows-1256 alone,
    else Windows-1256, which holds French as well.

    Parameters
    ----------
    sample : bytes
        The beginning of the file.
    whole : bool
        Whether the sample is the whole file; if not, a character cut at its end is not an error.

    Examples
    --------
    >>> detect_encoding("موسكو".encode("windows-1256")), detect_encoding("موسكو".encode())
    ('windows-1256', 'utf-8')
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if (wide := _wide(sample)) is not None:
        return wide
    n_good, n_broken = _count_sequences(sample, whole)
    if n_good >= 10 * n_broken or _mostly_utf8(sample):
        return "utf-8"
    arabic = _count(sample, bytes(range(0xC1, 0xF3))) > _count(sample, string.ascii_letters.encode())
    iso = arabic and _count(sample, _ISO_LETTERS) > _count(sample, _WINDOWS_LETTERS)
    return "iso-8859-6" if iso else "windows-1256"


def _mostly_utf8(sample: bytes) -> bool:
    """Say whether most lines that hold more than ASCII are UTF-8: the others come from elsewhere.

    Of a line of Arabic in an 8-bit encoding no three letters are valid UTF-8.
    """
    good = bad = 0
    for line in sample.split(b"\n"):
        if line.isascii():
            continue
        if _is_utf8(line):
            good += 1
        else:
            bad += 1
    return good > 0 and good >= bad


def _is_utf8(line: bytes) -> bool:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) + _FEW_LETTERS <= len(line)


def _count(sample: bytes, wanted: bytes) -> int:
    return len(sample) - len(sample.translate(None, wanted))


def _wide(sample: bytes) -> str | None:
    """Say which UTF-16 it is, if it is: high bytes of Arabic (06) and Latin text (00) at every second place."""
    head = sample[: 1 << 16]
    if len(head) < 4:
        return None
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if (high.count(b"\x00") + high.count(b"\x06")) > 0.7 * len(high):
            return name
    return None


def _count_sequences(sample: bytes, whole: bool) -> tuple[int, int]:
    """Count the multi-byte characters that are whole in UTF-8, and the broken ones."""
    text = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(sample, final=whole)
    n_broken = text.count("\ufffd") - sample.count(b"\xef\xbf\xbd")
    return len(text) - len(text.encode("ascii", errors="ignore")) - n_broken, n_broken


def chunks_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked by its ending (.gz, .zst), a megabyte at a time.

    Raises
    ------
    PackedFileBroken
        The packed stream is cut or damaged; every byte before it has been yielded.
    SourceError
        The file cannot be opened.
    """
    n_read = 0
    try:
        with _opened(path) as stream:
            read, size = _reading(stream)
            while piece := read(size):
                n_read += len(piece)
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile, pa.ArrowException) as error:
        raise PackedFileBroken(n_read, str(error)) from error
    except OSError as error:
        if path.suffix.lower() == ".zst":  # Arrow reports a damaged frame as OSError
            raise PackedFileBroken(n_read, str(error)) from error
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}. Check the path.") from error


def _reading(stream: BinaryIO) -> tuple[Callable[[int], bytes], int]:
    """Choose how to read, so that a cut packed file still yields nearly all that was whole before the cut."""
    if isinstance(stream, gzip.GzipFile):
        return stream.read1, _PIECE
    return stream.read, _PIECE if isinstance(stream, io.BufferedReader) else 1 << 14


def _opened(path: Path) -> BinaryIO:
    ending = path.suffix.lower()
    if ending == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if ending == ".zst":
        return pa.input_stream(str(path), compression="zstd")  # type: ignore[return-value]
    return path.open("rb")


def lines_of(path: Path, encoding: str | None = None) -> tuple[str, Iterator[Line]]:
    """Return the encoding of a file and its lines, undecodable bytes marked.

    Lines end at a line feed alone, and keep it: line ends inside a text stay as published.
    """
    pieces = chunks_of(path)
    sample, broken = b"", None
    try:
        for piece in pieces:
            sample += piece
            if len(sample) >= _SAMPLE:
                break
    except PackedFileBroken as error:
        broken = error
    name = encoding or detect_encoding(sample, whole=len(sample) < _SAMPLE)
    return name, _lines(_joined(sample, pieces, broken), name)


def _joined(sample: bytes, pieces: Iterator[bytes], broken: PackedFileBroken | None) -> Iterator[bytes]:
    yield sample
    if broken is not None:
        raise broken
    yield from pieces


def _lines(pieces: Iterator[bytes], encoding: str) -> Iterator[Line]:
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        yield from _wide_lines(pieces, encoding)
        return
    rest: list[bytes] = []
    offset, number = 0, 0
    for piece in pieces:
        first, *further = piece.split(b"\n")
        rest.append(first)
        for after in further:
            raw = b"".join(rest) + b"\n"
            number += 1
            yield _line(raw, number, offset, encoding)
            offset += len(raw)
            rest = [after]
    if raw := b"".join(rest):
        yield _line(raw, number + 1, offset, encoding)


def _line(raw: bytes, number: int, offset: int, encoding: str) -> Line:
    skipped = 3 if number == 1 and raw.startswith(b"\xef\xbb\xbf") else 0
    text, bad_byte = decode_whole(raw[skipped:], encoding)
    if encoding in _EIGHT_BITS and not raw.isascii() and _is_utf8(raw) and bad_byte is None:
        bad_byte = next(place for place, byte in enumerate(raw[skipped:]) if byte > 0x7F)  # a line of another file
    return Line(text, number, None if bad_byte is None else offset + skipped + bad_byte)


def _wide_lines(pieces: Iterator[bytes], encoding: str) -> Iterator[Line]:
    raw = b"".join(pieces)
    text, first_bad = decode_whole(raw, encoding)
    place = 0 if first_bad is None else len(raw[:first_bad].decode(encoding, errors="replace"))
    n_read = 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), start=1):
        n_read += len(line)
        bad = first_bad is not None and n_read > place and "\ufffd" in line
        yield Line(line, number, first_bad if bad else None)


def decode_whole(raw: bytes, encoding: str) -> tuple[str, int | None]:
    """Return the text, undecodable bytes replaced, and the place of the first of them (null if none)."""
    for mark, name in _MARKS:
        if name == encoding and raw.startswith(mark):
            text, bad_byte = decode_whole(raw[len(mark) :], encoding)
            return text, None if bad_byte is None else bad_byte + len(mark)
    try:
        return raw.decode(encoding), None
    except UnicodeDecodeError as error:
        return raw.decode(encoding, errors="replace"), error.start


def named_encoding(name: str | None) -> str | None:
    """Return Python's name of an encoding that the caller asks for; null stays null.

    Raises
    ------
    SourceError
        Python knows no encoding of that name.
    """
    try:
        if name is None or name in ENCODINGS:
            return name
        known = codecs.lookup(name).name
        for sample in _SAMPLES:
            decode_whole(sample, known)
        return known
    except (LookupError, UnicodeError) as error:
        raise SourceError(
            f"`encoding` is {name!r}, which is not known; use one of "
            f"{', '.join(repr(known) for known in sorted(ENCODINGS))}, or leave it out to have it detected."
        ) from error


def first_line(path: Path, lines: Iterator[Line]) -> Line:
    """Return the first line of a file.

    Raises
    ------
    SourceError
        There is none, or the packed file is damaged before its end.
    """
    try:
        first = next(lines, None)
    except PackedFileBroken as error:
        raise SourceError(f"{str(path)!r} is damaged from its first byte ({error.cause}). Copy it again.") from error
    if first is None:
        raise SourceError(f"{str(path)!r} is empty. Export or copy it again.")
    return first

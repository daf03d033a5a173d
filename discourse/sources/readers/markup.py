"""HTML and XML read safely: bytes to text by declared or detected encoding, records cut out, elements to paragraphs.

Records are cut out of a file by their tags before anything is parsed: one broken record then costs one record, each
record keeps its byte, and no document type declaration (entities, external files) ever reaches a parser.
"""

import html
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import charset_normalizer
import zstandard
from lxml import etree
from lxml import html as lxml_html

from discourse.errors import SourceError
from discourse.sources.encoding import decode_whole, detect_encoding

__all__ = [
    "Piece",
    "decode_markup",
    "element_text",
    "elements",
    "parse_html",
    "parse_xml",
    "pieces",
    "read_bytes",
    "text_of_html",
]

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)|charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I
)
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td th tr ul".split()
)
_SILENT = frozenset("script style noscript template head title".split())
_TAGS = re.compile(r"<(?:br|p|div|a|b|i|strong|em|h[1-6]|ul|ol|li|span|img|blockquote|figure|table)\b[^<>]*>", re.I)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:.-]*+)[^<>]{20000,}>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE = re.compile(r"&(?!(?:[A-Za-z][\w.-]{0,40}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_LATIN = frozenset("iso-8859-1 latin1 latin-1 windows-1252 cp1252 us-ascii ascii".split())
_OTHERS = ["cp1252", "cp1251", "koi8_r", "cp1254", "gb18030", "big5", "shift_jis"]
_PROLOG = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)+", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Piece(NamedTuple):
    """One record cut out of a file: its markup, its place, and whether its end is there."""

    markup: str
    start: int
    end: int
    whole: bool


def read_bytes(path: Path, *, max_bytes: int = 2_000_000_000) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    SourceError
        The file cannot be opened or is larger than ``max_bytes``.
    """
    try:
        if path.stat().st_size > max_bytes:
            raise SourceError(
                f"{str(path)!r} has {path.stat().st_size:,} bytes; one export may have {max_bytes:,}. Split it."
            )
        return _unpacked(path.read_bytes(), max_bytes, path)
    except OSError as error:
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}. Check the path.") from error


def _unpacked(raw: bytes, max_bytes: int, path: Path) -> bytes:
    """Return what a gzip or Zstandard file holds, as far as it goes and no more than ``max_bytes``."""
    if raw[:3] != b"\x1f\x8b\x08" and raw[:4] != b"\x28\xb5\x2f\xfd":
        return raw
    held = bytearray()
    try:
        if raw[:2] == b"\x1f\x8b":
            while raw[:2] == b"\x1f\x8b" and len(held) <= max_bytes:
                member = zlib.decompressobj(31)
                held += member.decompress(raw, max_bytes - len(held) + 1)
                raw = member.unused_data
        else:
            held += zstandard.ZstdDecompressor().decompressobj(read_across_frames=True).decompress(raw)
    except (zlib.error, zstandard.ZstdError) as error:
        if not held:
            raise SourceError(f"{str(path)!r} is a damaged packed file ({error}). Copy it again.") from error
    if len(held) > max_bytes:
        raise SourceError(f"{str(path)!r} unpacks to more than {max_bytes:,} bytes. Split it.")
    return bytes(held)


def decode_markup(raw: bytes, *, charset: str | None = None) -> str:
    """Return the text of an HTML or XML file.

    Tried in turn: a byte order mark, UTF-8 (text with Arabic letters is never valid UTF-8 by chance), the encoding
    that the server or the file declares, detection. So a page that is UTF-8 but calls itself ISO-8859-1 is read as
    UTF-8, and an encoding that is declared wrongly or is unknown does no harm. Where nothing is
    declared and the bytes are not Arabic either, charset-normalizer chooses among the common ones of other scripts.

    Parameters
    ----------
    raw : bytes
        The file.
    charset : str, optional
        What the server declared; stronger than what the file declares.

    Notes
    -----
    A tag of 20,000 characters or more is left with its name alone: a picture written into the page, or tens of
    thousands of attributes, which parsers compare with one another.
    """
    return _LONG_TAG.sub(r"<\1>", _decoded(raw, charset))


def _decoded(raw: bytes, charset: str | None) -> str:
    detected = detect_encoding(raw[: 1 << 20], whole=len(raw) <= 1 << 20)
    if detected.startswith("utf"):
        text, bad_byte = decode_whole(raw, detected)
        if bad_byte is None or detected != "utf-8":
            return text
    declared = [charset] if charset else []
    declared += [(a or b).decode("ascii") for a, b in _DECLARED.findall(raw[:4096])]
    for name in declared:
        try:
            text = raw.decode(name)
        except (LookupError, UnicodeError):
            continue
        if name.lower().replace("_", "-") not in _LATIN or not _looks_arabic(raw, detected, least=40):
            return text
    if _looks_arabic(raw, detected, least=1):
        return decode_whole(raw, detected)[0]
    guess = charset_normalizer.from_bytes(raw[: 1 << 16], cp_isolation=_OTHERS).best()  # neither declared nor Arabic
    return decode_whole(raw, guess.encoding if guess is not None else detected)[0]


def _looks_arabic(raw: bytes, detected: str, *, least: int) -> bool:
    """Say whether bytes are Arabic in the detected encoding: mostly Arabic letters, ``least`` or more."""
    high = [char for char in raw[: 1 << 18].decode(detected, errors="replace") if ord(char) > 0x7F]
    arabic = sum(0x0621 <= ord(char) <= 0x064A for char in high)
    return arabic > 0.8 * len(high) and arabic >= least


def pieces(text: str, start: str, end: str | None = None) -> Iterator[Piece]:
    """Cut the records out of a file.

    Parameters
    ----------
    text : str
        The file.
    start, end : str
        Regular expressions for the beginning and the end of a record. Without ``end`` a record reaches to the next one.
    """
    beginnings = [found.start() for found in re.finditer(start, text, re.I)]
    close = re.compile(end, re.I) if end else None
    for begin, following in zip(beginnings, [*beginnings, len(text)][1:], strict=True):
        if close is None:
            yield Piece(text[begin:following], begin, following, True)
            continue
        found = close.search(text, begin, following)
        stop = found.end() if found else following
        yield Piece(text[begin:stop], begin, stop, found is not None)


def parse_html(markup: str) -> etree._Element:
    """Return the root element of a piece of HTML; nothing is fetched, whatever the piece names."""
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    plain = _PROLOG.sub("", _NOT_XML.sub(" ", markup))
    root = lxml_html.document_fromstring(plain or "<p></p>", parser=parser, ensure_head_body=True)
    return root


def parse_xml(markup: str, *, namespaces: str = "") -> etree._Element:
    """Return the record in a piece of XML.

    Parameters
    ----------
    markup : str
        The piece: one element with its end tag.
    namespaces : str
        The ``xmlns`` declarations of the file, for the prefixes in the piece.

    Raises
    ------
    ValueError
        The piece is not well formed; the message is the parser's, without its place.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    named = _NAMED.sub(lambda found: html.unescape(found.group()), _NOT_XML.sub(" ", markup))
    if "<![CDATA[" not in named:
        named = _BARE.sub("&amp;", named)  # an ampersand that nobody escaped
    else:
        parts = re.split(r"(<!\[CDATA\[.*?\]\]>)", named, flags=re.DOTALL)
        named = "".join(part if part.startswith("<![CDATA[") else _BARE.sub("&amp;", part) for part in parts)
    try:
        root = etree.fromstring(f"<root {namespaces}>{named}</root>".encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(re.sub(r",? line \d+,? column \d+.*", "", str(error.msg))) from error
    return root[0]


def elements(node: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements that an XPath finds."""
    found = node.xpath(path)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def element_text(element: etree._Element, *, skip: frozenset[str] = frozenset()) -> str:
    r"""Return the text of an element as it reads: one line a paragraph or break, blanks run together, nothing added.

    Examples
    --------
    >>> element_text(parse_html("<p>قال <b>لافروف</b>:<br>نتحدث مع الجميع</p><p>وأضاف</p>"))
    'قال لافروف:\nنتحدث مع الجميع\nوأضاف'
    """
    parts: list[str] = []
    _collect(element, parts, _SILENT | skip)
    lines = (_SPACES.sub(" ", line).strip(" \u00a0") for line in "".join(parts).split("\x00"))
    return "\n".join(line for line in lines if line)


def _collect(root: etree._Element, parts: list[str], silent: frozenset[str]) -> None:
    """Walk without recursion: pages nest deeper than Python's stack."""
    hidden = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            hidden += tag in silent
            if not hidden:
                parts.append("\x00" if tag in _BLOCKS or tag == "br" else "")
                parts.append(node.text or "" if tag else "")
            continue
        hidden -= tag in silent
        if not hidden and node is not root:
            parts.append("\x00" if tag in _BLOCKS else "")
            parts.append(node.tail or "")


def text_of_html(markup: str | None) -> str:
    """Return the text of HTML held in a field of a feed, however often it was escaped (at most three times)."""
    text = markup or ""
    for _ in range(3):
        if not _TAGS.search(text) and "&" not in text:
            break
        if not _TAGS.search(text):
            unescaped = html.unescape(text)
            if unescaped == text:
                break
            text = unescaped
            continue
        text = element_text(parse_html(f"<div>{text}</div>"))
    lines = (_SPACES.sub(" ", line).strip(" \u00a0") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

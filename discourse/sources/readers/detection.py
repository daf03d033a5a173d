"""What a file is, by what it holds: its first bytes, its tags, its header. Its name only breaks a tie."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from discourse.errors import SourceError
from discourse.sources.columns import named_roles
from discourse.sources.csv_rows import delimiter_of, named_delimiter
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.arc import is_arc
from discourse.sources.readers.docx import docx_paragraphs
from discourse.sources.readers.factiva_text import is_factiva_text
from discourse.sources.readers.headings import headings
from discourse.sources.readers.mediacloud import is_mediacloud
from discourse.sources.readers.nexis import COUNT_LINE, is_nexis_docx
from discourse.sources.readers.nexis_text import has_labels, is_nexis_without_counts
from discourse.sources.readers.proquest import is_proquest

__all__ = ["ADDRESS_COLUMNS", "FORMATS", "Detected", "detect_format", "header_of"]

FORMATS = (
    "addresses", "arc", "csv", "docx", "europresse", "factiva-docx", "factiva-html", "factiva-text",
    "factiva-xml", "feed", "gdelt", "json", "jsonl",
    "mediacloud", "nexis-docx", "nexis-html", "nexis-text", "page", "parquet", "proquest", "text", "tsv", "warc",
)  # fmt: skip
"""The formats that can be read; ``auto`` finds out which one a file is."""

ADDRESS_COLUMNS = tuple(headings("columns")["addresses"])
_TEXT_COLUMNS = frozenset(headings("columns")["texts"])
_SAMPLE = 1 << 21


# What lies beside texts in a folder, by the ends of names, and by names.
_ASSETS = frozenset(
    "css scss less js mjs cjs ts map ini cfg conf toml lock log py pyc sh bat cmd ps1 r rmd yml yaml bib url webloc "
    "desktop htaccess gitignore gitattributes editorconfig".split()
)
_BESIDE_TEXTS = "is a style sheet, a script, settings or a note beside the texts, and no text; passed over"
_PAPERS = re.compile(
    r"(?:readme|license|licence|copying|changelog|notice|authors|contributing|card|citation|manifest|requirements|robots)"
    r"(?:\.[a-z]{2,3})?(?:\.(?:md|txt|rst|markdown|cff))?$",
    re.IGNORECASE,
)
_HTML = frozenset(
    "html head body div p article section main table ul ol dl h1 h2 h3 h4 span br a center font blockquote pre title "
    "meta link script style header nav form img b i strong em".split()
)


class Detected(NamedTuple):
    """The format of a file, and, where there is none, why."""

    format: str | None
    reason: str | None = None


def detect_format(path: Path, *, text_column: str | Sequence[str] = ()) -> Detected:
    """Say which format a file has, by its content.

    The name is asked in two cases: a table whose header has no known column looks like any text, and is a table where
    the file is named .csv or .tsv; and so are JSON lines of which the first is broken, where it is named .jsonl.

    Parameters
    ----------
    path : Path
        The file.
    text_column : str or sequence of str
        The column that holds the texts, where the user named one: a table with it is never a list of addresses.

    Returns
    -------
    Detected
        One of ``FORMATS``; or null and the reason, for a file that is empty or that no reader takes.
    """
    try:
        with path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
    except OSError as error:
        raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}. Check the path.") from error
    if not sample.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Detected(None, "is empty")
    if sample.startswith(b"PAR1"):
        return Detected("parquet")
    if sample.startswith(b"PK\x03\x04"):
        return _of_zip(path)
    if known := _other_binary(sample):
        return Detected(None, f"is {known}, which no reader takes")
    sample = _unpacked(sample)
    if re.match(rb"WARC/[01]\.\d", sample):
        return Detected("warc")
    if is_arc(sample):
        return Detected("arc")
    text, _ = decode_whole(sample, detect_encoding(sample, whole=len(sample) < _SAMPLE))
    if "\n" not in text:
        text = text.replace("\r", "\n")  # lines that end with carriage returns alone
    named_texts = {text_column} if isinstance(text_column, str) else set(text_column)
    found = _of_text(text.lstrip("\ufeff \t\r\n"), named_texts)
    named = path.name.lower().removesuffix(".gz").removesuffix(".zst").rpartition(".")[2]
    if named in ("js", "css", "map"):
        return Detected(None, _BESIDE_TEXTS)
    if found.format != "text":
        return found
    if named in _ASSETS or _PAPERS.match(path.name):
        return Detected(None, _BESIDE_TEXTS)
    if named in ("jsonl", "ndjson") and _has_objects(text):
        return Detected("jsonl")
    return Detected(named) if named in ("csv", "tsv") else found


def _has_objects(text: str) -> bool:
    """Say whether most lines begin as an object of JSON, whatever the first one is."""
    lines = [line.lstrip() for line in text.split("\n")[:100] if line.strip()]
    return 2 * sum(line.startswith("{") for line in lines) > len(lines)


def _other_binary(sample: bytes) -> str | None:
    if re.match(rb"\s*<svg\b", sample[:500]) or (sample.lstrip().startswith(b"<?xml") and b"<svg" in sample[:1000]):
        return "an image"
    known = {b"%PDF": "a PDF file", b"{\\rtf": "an RTF file", b"\xd0\xcf\x11\xe0": "an old Office file (.doc or .xls)",
             b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"GIF8": "an image",
             b"RIFF": "an image or a recording", b"\x00\x00\x01\x00": "an image", b"BM": "an image", b"wOF": "a font",
             b"\x00\x01\x00\x00\x00": "a font", b"OTTO": "a font", b"ID3": "a recording", b"BZh": "packed with bzip2",
             b"\xfd7zXZ": "packed with xz", b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive"}  # fmt: skip
    return next((name for mark, name in known.items() if sample.startswith(mark)), None)


def _unpacked(sample: bytes) -> bytes:
    if sample.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(31).decompress(sample, _SAMPLE)
        except zlib.error:
            return sample
    if sample.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        try:
            return zstandard.ZstdDecompressor().decompressobj().decompress(sample)[:_SAMPLE]
        except zstandard.ZstdError:
            return sample
    return sample


def _of_zip(path: Path) -> Detected:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        names = {"word/document.xml"}  # cut: the directory is at the end; what can be saved is tried
    if "xl/workbook.xml" in names:
        return Detected(None, "is an Excel file; save the sheet as CSV")
    if "word/document.xml" not in names:
        return Detected(None, "is a ZIP archive without a Word text; unpack it and give the folder")
    paragraphs, _ = docx_paragraphs(path)
    if is_nexis_docx(paragraphs):
        return Detected("nexis-docx")
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    return Detected("factiva-docx" if is_factiva_text(text) else "docx")


def _of_text(text: str, named_texts: set[str]) -> Detected:
    if re.match(r"<(?:!doctype|!--|\?xml|/?[a-z][\w:.-]*[\s>/])", text, re.I):
        found = _of_markup(text)
        if found == "page" and (root := _other_root(text)):
            return Detected(
                None, f"is XML of a kind that no reader takes (<{root}>); a sitemap or a list is not a text"
            )
        return Detected(found)
    if text.startswith(("{", "[")) and (found := _of_json(text, named_texts)):
        return found
    if re.match(r"(MIME-Version|From|Snapshot-Content-Location):", text, re.I) and "multipart/related" in text[:4000]:
        return Detected("page")
    if is_proquest(text):
        return Detected("proquest")
    if COUNT_LINE.search(text) and has_labels(text):
        return Detected("nexis-text")
    if is_nexis_without_counts(text):
        reason = "is a Nexis export without its count lines (1 of 10 DOCUMENTS); export it again, as HTML or DOCX"
        return Detected(None, reason)
    if is_factiva_text(text):
        return Detected("factiva-text")
    return Detected(_of_table(text, named_texts) or "text")


def _of_markup(text: str) -> str:
    head = text[:4000].lower()
    if re.search(r"<(?:\w+:)?(?:ppsarticleresponse|ppsresponse|ppsarticle\b)|global\.factiva\.com", text[:20000], re.I):
        return "factiva-xml"
    if re.search(r"<(?:rss|rdf:rdf|feed)[\s>]", head) or re.search(r"<(?:\w+:)(?:rss|feed)[\s>]", head):
        return "feed"
    if re.search(r"<title>\s*factiva\s*</title>", text, re.I) or re.search(r"class=[\"']article \w+Article\b", text):
        return "factiva-html"
    if "LXNComment" in text or re.search(r"<DOC NUMBER=\d+>\s*<DOCFULL>", text, re.I):
        return "nexis-html"
    if "DocPublicationName" in text and ("cedrom-sni" in text or "europresse" in text.lower() or "DocHeader" in text):
        return "europresse"
    return "page"


def _other_root(text: str) -> str | None:
    """Return the name of the root of XML that is no page, null for a page."""
    plain = re.sub(
        r"\A\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s+)*", "", text[:20_000], flags=re.DOTALL | re.IGNORECASE
    )
    root = re.match(r"<([A-Za-z_][\w:.-]*)", plain)
    is_xml = text.lstrip("\ufeff \t\r\n")[:5].lower() == "<?xml"
    if root is None or root[1].lower() in _HTML or re.search(r"<!doctype\s+html|<html\b", text[:20_000], re.IGNORECASE):
        return None
    return (
        root[1]
        if is_xml or not re.search(r"<(?:p|div|br|a|h[1-6]|span|table)[\s/>]", text[:200_000], re.IGNORECASE)
        else None
    )


def _of_json(text: str, named_texts: set[str]) -> Detected | None:
    if '"articles"' in text[:2000] and ('"seendate"' in text or re.match(r'\{\s*"articles"\s*:\s*\[\s*\]', text)):
        return Detected("gdelt")
    if text.startswith("["):
        return Detected("json") if re.match(r"\[\s*[\[{\"\]]", text) else None
    if text.split("\n", 1)[0].strip() == "{":
        return Detected(None, "is one JSON object, neither a list of records nor one record a line")
    if not re.match(r'\{\s*"', text):
        return None
    names = set(re.findall(r'"([^"\\]{1,60})"\s*:', text.split("\n", 1)[0]))
    without_text = not {name.lower() for name in names} & _TEXT_COLUMNS and not named_texts & names
    return Detected("addresses" if without_text and names & set(ADDRESS_COLUMNS) else "jsonl")


def header_of(text: str) -> tuple[list[str], str]:
    """Return the fields of the header and the delimiter that gives most of them, or that the line before it names."""
    first, _, behind = text.lstrip("\ufeff").partition("\n")
    named = named_delimiter(first)
    first = (behind.partition("\n")[0] if named else first).rstrip("\r")
    delimiter = named or delimiter_of(first)
    try:
        fields = next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
    except csv.Error:  # a field that is too long, a carriage return within: no header
        fields = [first]
    return [name.strip().strip('"') for name in fields], delimiter


def _of_table(text: str, named_texts: set[str]) -> str | None:
    header, delimiter = header_of(text)
    names = [name.lower() for name in header]
    if len(set(names)) != len(names) or any(len(name) > 60 or "://" in name for name in names):
        return "addresses" if _all_addresses(text) else None
    if named_texts & set(header):
        return "tsv" if delimiter == "\t" else "csv"
    if is_mediacloud(header):
        return "mediacloud"
    if roles := named_roles(header, ("text", "date", "source", "title")):
        names += list(roles)
    known = _TEXT_COLUMNS | set(ADDRESS_COLUMNS) | {"doc_id", "date", "title", "source"}
    if not set(names) & known or not _has_rows(text, len(header), delimiter):
        return None
    if len(names) == 1 and (names[0] not in _TEXT_COLUMNS | set(ADDRESS_COLUMNS) or not names[0].isascii()):
        return None
    if not set(names) & _TEXT_COLUMNS and set(names) & set(ADDRESS_COLUMNS):
        return "addresses"
    return "tsv" if delimiter == "\t" else "csv"


def _has_rows(text: str, n_fields: int, delimiter: str) -> bool:
    """Say whether rows as wide as the header follow it; a header of several columns may also stand alone."""
    plain = text.lstrip("\ufeff")
    if named_delimiter(plain.partition("\n")[0]):
        plain = plain.partition("\n")[2]
    rows = csv.reader(io.StringIO(plain), delimiter=delimiter)
    next(rows, None)
    widths: list[int] = []
    try:
        widths = [len(row) for row in islice(rows, 20) if row]
    except csv.Error:  # a field that the sample cuts, or that is too long for a header's neighbour
        return n_fields > 1
    return n_fields in widths if widths else n_fields > 1


def _all_addresses(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n")[:50] if line.strip()]
    return bool(lines) and all(re.match(r"https?://\S+$", line) for line in lines)

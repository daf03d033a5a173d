"""Nexis and LexisNexis exports: HTML and DOCX, in any interface language; nexis_text.py reads the plain text.

What stands where decides first: the count line, the outlet, the date and the headline follow one another; labels end
with a colon. The translation table only names the labels for the document variables.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from discourse.sources.dates.stamps import best_stamp, read_stamp
from discourse.sources.readers.docx import Paragraph, docx_paragraphs
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import (
    Piece,
    decode_markup,
    element_text,
    elements,
    parse_html,
    pieces,
    read_bytes,
)
from discourse.sources.readers.records import Entry, entry, language_code, number_of, reject

__all__ = [
    "AFTER_BODY",
    "COPYRIGHT",
    "COUNT_LINE",
    "CUT",
    "LABEL",
    "field_named",
    "finish",
    "is_label",
    "is_nexis_docx",
    "place_centred",
    "read_nexis_docx",
    "read_nexis_html",
]

_WORDS = headings("nexis")
_FIELD_OF = {name: field for field, names in _WORDS["labels"].items() for name in names}
AFTER_BODY = frozenset(
    "language publication_type load_date graphic correction subject organization person geographic journal_code "
    "url".split()
)


def _any(key: str) -> str:
    return f"(?:{'|'.join(_WORDS[key])})"


COUNT_LINE = re.compile(
    rf"^[ \t]*(?:\d+ {_any('of')} \d+ {_any('documents')}|{_any('document')} \d+ {_any('of')} \d+)[ \t]*\r?$",
    re.M | re.I,
)
# The boxes of a document, and what stands between them: tables and lists of the body.
_BOXES = "//div[not(.//div)] | " + " | ".join(
    f"//{tag}[not(ancestor::div) and not(.//div) and not(ancestor::table or ancestor::ul or ancestor::ol)]"
    for tag in ("table", "ul", "ol", "dl", "pre", "blockquote", "p")
)
LABEL = re.compile(r"^\s*([^\W\d_][^:\n]{1,28}?)\s*:(?:\s|\u00a0|$)")
_END = re.compile(rf"^{_any('end')}$", re.I)
_BODY_HEADS = frozenset(_WORDS["body"])
_CLASS_HEADS = frozenset(_WORDS["classification"])
COPYRIGHT = re.compile(rf"^\s*{_any('copyright')}", re.I)
CUT = "is cut: the file ends before the record does"


def field_named(label: str) -> str | None:
    """Return the field that a label names in some interface language, null for one that is not known."""
    return _FIELD_OF.get(re.sub(r"[\s\u00a0]+", " ", label).strip().lower())


def finish(record: str, body: list[str], fields: dict[str, str]) -> Entry:
    """Return the entry of a document: its paragraphs and its fields, the date read."""
    stamp = read_stamp(fields.get("date_text")) or (None, None)
    fields = {name: value for name, value in fields.items() if value}
    taken = {
        **fields,
        "n_words": number_of(fields.get("n_words")),
        "language": language_code(fields.get("language")),
    }
    text = "\n".join(line for line in body if line)
    return entry(record, text, date=stamp[0], date_precision=stamp[1], vendor="nexis", text_kind="full", **taken)


def read_nexis_html(path: Path) -> Iterator[Entry]:
    """Yield the documents of a Nexis HTML export.

    Taken: outlet, date, headline, body; byline, section, length, dateline, highlight, language, publication type,
    graphic, correction, subjects, places and load date where their label is known; copyright.
    """
    text = decode_markup(read_bytes(path))
    styles = dict(re.findall(r"\.(c\d+)\s*\{([^}]*)\}", text))
    start, end = r"<DOC NUMBER=\d+>", r"</DOCFULL>"
    for number, piece in enumerate(pieces(text, start, end), start=1):
        if piece.whole:
            yield _html_document(piece, f"document {number}", styles)
        else:
            byte = len(text[: piece.start].encode("utf-8", "surrogatepass"))
            yield reject(f"document {number}, byte {byte}", CUT)


def _html_document(piece: Piece, record: str, styles: dict[str, str]) -> Entry:
    inner = re.sub(r"^.*?<DOCFULL>\s*-->", "", piece.markup, count=1, flags=re.S | re.I)
    inner = re.sub(r"<!--(?:(?!-->).)*$", "", inner, flags=re.S)
    fields: dict[str, str] = {}
    centred: list[str] = []
    plain: list[tuple[str, bool]] = []
    for box in elements(parse_html(inner), _BOXES):
        content = element_text(box)
        label = _html_label(box)
        if label is not None:
            if field := field_named(label):
                fields[field] = content[len(label) + 1 :].strip() if content.startswith(label) else content
        elif "center" in styles.get((box.get("class") or "").lower(), ""):
            centred.append(content)
        elif content:
            plain.append((content, _is_headline(box, styles)))
    place_centred([line for line in centred if line], fields)
    if plain and (plain[0][1] or (len(plain) > 1 and not any(mark for _, mark in plain))):
        fields["title"] = plain.pop(0)[0].replace("\n", " ")
    return finish(record, [content for content, _ in plain], fields)


def _html_label(box: etree._Element) -> str | None:
    """Return the label of a box: a first run of text of its own that ends with a colon."""
    first = next((text for node in box.iter("span") if (text := element_text(node))), "").split("\n")[0]
    found = LABEL.match(first + " ")
    if found is None or not first.rstrip(" \u00a0").endswith(":"):
        return None
    return found.group(1) if is_label(found.group(1)) else None


def _is_headline(box: etree._Element, styles: dict[str, str]) -> bool:
    names = {(node.get("class") or "").lower() for node in box.iter("span") if element_text(node)}
    return any("14pt" in styles.get(name, "") for name in names)


def place_centred(lines: list[str], fields: dict[str, str]) -> None:
    """Sort the centred lines: count, outlet, date (with the edition below it), copyright."""
    rest = [line for line in lines if not COUNT_LINE.match(line)]
    if rest and COPYRIGHT.match(rest[-1]) and len(rest) > 1:
        fields["copyright"] = rest.pop().replace("\n", " ")
    dated = best_stamp([line.split("\n")[0] for line in rest])
    if dated is None:
        if rest:
            fields["source"] = rest[0].replace("\n", " ")
        return
    first, *more = rest[dated].split("\n")
    fields["date_text"] = first
    fields["source"] = " ".join(rest[:dated]).replace("\n", " ")
    edition = " ".join(more + rest[dated + 1 :]).strip()
    if edition:
        fields["edition"] = edition


def is_label(words: str) -> bool:
    """Say whether words before a colon are a label: known in some language, or unknown in Latin capitals.

    Arabic has no capitals: "وأضاف:" at the head of a paragraph is text, not an unknown label.
    """
    return words.upper() == words and (field_named(words) is not None or words.lower() != words)


def is_nexis_docx(paragraphs: list[Paragraph]) -> bool:
    """Say whether the paragraphs of a DOCX file are a Nexis export: the mark of a document's end, or its bookmarks."""
    marks = {name.split("_")[0] for paragraph in paragraphs for name in paragraph.bookmarks}
    return any(_END.match(paragraph.text.strip()) for paragraph in paragraphs) or {"Bookmark", "Body"} <= marks


def read_nexis_docx(path: Path) -> Iterator[Entry]:
    """Yield the documents of a Nexis DOCX export; a cover page with the list of documents is passed over.

    The bookmarks that Nexis sets (``Bookmark_n``, ``Body``, ``Classification``) are the same in every interface
    language; where they are missing, the words for "Body" and "End of Document" decide.
    """
    paragraphs, problem = docx_paragraphs(path)
    starts = [n for n, p in enumerate(paragraphs) if any(re.fullmatch(r"Bookmark_\d+", name) for name in p.bookmarks)]
    ends = [n for n, p in enumerate(paragraphs) if _END.match(p.text.strip())]
    if not starts:
        starts = [0, *[n + 1 for n in ends[:-1]]] if ends else []
    for number, (begin, stop) in enumerate(zip(starts, [*starts, len(paragraphs)][1:], strict=True), start=1):
        last = next((n for n in ends if begin <= n < stop), None)
        if last is None and (problem or number < len(starts) or ends):
            yield reject(f"document {number}, paragraph {begin + 1}", CUT)
        else:
            yield _docx_document(paragraphs[begin : last if last is not None else stop], f"document {number}")
    if problem:
        yield reject("word/document.xml", problem)


def _docx_document(paragraphs: list[Paragraph], record: str) -> Entry:
    def mark(name: str, words: frozenset[str]) -> int | None:
        for n, paragraph in enumerate(paragraphs):
            named = any(bookmark.split("_")[0] == name for bookmark in paragraph.bookmarks)
            if named or (paragraph.bold and paragraph.text.strip().lower() in words):
                return n
        return None

    body_at = mark("Body", _BODY_HEADS)
    class_at = mark("Classification", _CLASS_HEADS)
    fields: dict[str, str] = {}
    head = [paragraph for paragraph in paragraphs[:body_at] if paragraph.text.strip()]
    plain = [p.text.strip() for p in head if not _docx_label(p, fields)]
    _docx_heading(plain, fields)
    body: list[str] = []
    held = paragraphs[(body_at if body_at is not None else len(paragraphs)) + 1 : class_at]
    end = len(held)  # the labels that close a body stand together; one before them begins a paragraph of the text
    while end > 0 and (not held[end - 1].text.strip() or _docx_label(held[end - 1], fields, only=AFTER_BODY)):
        end -= 1
    for paragraph in held[:end]:
        body += [line.strip() for line in paragraph.text.split("\n")]
    for paragraph in paragraphs[class_at:] if class_at is not None else []:
        _docx_label(paragraph, fields)
    return finish(record, body, fields)


def _docx_heading(plain: list[str], fields: dict[str, str]) -> None:
    rights = [line for line in plain if COPYRIGHT.match(line)]
    if rights:
        fields["copyright"] = rights[0].replace("\n", " ")
    lines = [line for line in plain if line not in rights]
    dated = best_stamp(lines[1:])
    if dated is not None:
        dated += 1
        fields["date_text"] = lines[dated]
        within = dated > 2 and lines[dated - 1].startswith("(")  # a blog's line: the outlet is above it
        fields["source"] = " ".join(lines[dated - 1 - within : dated]).rstrip(".") if dated > 1 else ""
    elif len(lines) > 1:
        fields["source"] = lines[1].rstrip(".")
    if lines:
        fields["title"] = lines[0].replace("\n", " ")


def _docx_label(paragraph: Paragraph, fields: dict[str, str], *, only: frozenset[str] | None = None) -> bool:
    """Take a labelled paragraph into the fields, and say whether it was one."""
    found = LABEL.match(paragraph.text.strip())
    field = field_named(found.group(1)) if found and paragraph.bold else None
    if field is None or (only is not None and field not in only):
        return False
    fields.setdefault(field, paragraph.text.strip().split(":", 1)[1].strip())
    return True

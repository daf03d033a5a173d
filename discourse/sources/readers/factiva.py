"""Factiva exports: "article format" HTML (two layouts) and XML.

The layout with two-letter field codes says HD, PD, SN in every interface language. The layout without codes
is read by position: word count, date, source and source code follow one another, whatever language the labels are in.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import (
    Piece,
    decode_markup,
    element_text,
    elements,
    parse_html,
    parse_xml,
    pieces,
    read_bytes,
)
from discourse.sources.readers.records import Entry, entry, language_code, number_of, reject

__all__ = ["ACCESSION", "COUNT", "after_count", "finish", "read_factiva_html", "read_factiva_xml"]

_ARTICLE = r"""<div\b[^>]*\bclass\s*=\s*["']article\s+\w*Article\b"""
ACCESSION = re.compile(r"\b([A-Z0-9]{4,10}\d{8}[a-z0-9]{9})\b")
_CLOSED = re.compile(ACCESSION.pattern + r"\s*<")
COUNT = re.compile(r"^[\d.,\u0660-\u0669\u066c]+\s*\S{1,20}$")
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(:\d{2})?(\s*[AP]M)?$", re.I)
_CODE = re.compile(r"^[A-Z][A-Z0-9]{2,9}$")
_COPYRIGHT = re.compile(rf"^\s*(?:{'|'.join(headings('factiva')['copyright'])})", re.I)
_FIELDS = {
    "HD": "title", "BY": "byline", "CR": "credit", "WC": "n_words", "PD": "date_text", "ET": "time", "SN": "source",
    "SC": "source_code", "ED": "edition", "PG": "page", "SE": "section", "LA": "language", "CY": "copyright",
    "AN": "accession", "PUB": "publisher", "NS": "subjects", "RE": "regions", "CO": "companies", "IN": "industries",
}  # fmt: skip
_BODY = ("LP", "TD")


def read_factiva_html(path: Path) -> Iterator[Entry]:
    """Yield the articles of a Factiva HTML export.

    Taken: headline, byline, source and its code, date, word count, section, edition, page, language, copyright,
    accession number (the doc_id), all paragraphs of the lead and the body.

    Notes
    -----
    An article without its closing accession line in a file without its closing tag is cut: a reject with its byte.
    """
    text = decode_markup(read_bytes(path))
    closed = "</html" in text[-2000:].lower()
    found = list(pieces(text, _ARTICLE))
    for number, piece in enumerate(found, start=1):
        record = f"article {number}"
        cut = number == len(found) and not closed and not _CLOSED.search(piece.markup)
        if cut:
            yield reject(
                f"{record}, byte {_byte(text, piece)}", "is cut: the file ends before the article's accession number"
            )
        else:
            yield _article(piece, record, text)


def _byte(text: str, piece: Piece) -> int:
    return len(text[: piece.start].encode("utf-8", "surrogatepass"))


def _article(piece: Piece, record: str, text: str) -> Entry:
    holder = elements(parse_html(piece.markup), "//div[contains(@class, 'article')]")[0]
    coded = _coded(holder)
    fields = coded if coded else _placed(holder)
    body = "\n".join(line for node in _body_nodes(holder) if (line := element_text(node)))
    if not body and coded:
        body = "\n".join(line for code in _BODY if (line := fields.get(code)))
    if not fields.get("accession"):
        before = re.search(r'id\s*=\s*["\']article-([^"\']+)["\']', text[max(0, piece.start - 200) : piece.start])
        fields["accession"] = before.group(1) if before else None
    return finish(record, body, {name: value for name, value in fields.items() if name not in _BODY})


def _body_nodes(holder: etree._Element) -> list[etree._Element]:
    """Return the paragraphs of an article, and the tables and lists between them, in their order."""
    found = elements(holder, ".//*[contains(@class, 'articleParagraph')]")
    if not found:
        return []
    kinds = " or ".join(f"self::{tag}" for tag in ("table", "ul", "ol", "dl", "pre", "blockquote"))
    other = [
        node
        for node in elements(holder, f".//*[{kinds}]")
        if not elements(node, ".//*[contains(@class, 'articleParagraph')]") and not ACCESSION.search(element_text(node))
    ]
    taken = set(found) | set(other)
    outermost = [node for node in taken if not any(above in taken for above in node.iterancestors())]
    order = {node: place for place, node in enumerate(holder.iter())}
    return sorted(outermost, key=lambda node: order[node])


def finish(record: str, body: str, fields: dict[str, str | None]) -> Entry:
    """Return the entry of an article: its text and its fields, the date read."""
    accession = ACCESSION.search(fields.get("accession") or "")
    stamp = read_stamp(fields.get("date_text")) or (None, None)
    taken = {
        **fields,
        "accession": accession.group(1) if accession else None,
        "n_words": number_of(fields.get("n_words")),
        "language": language_code(fields.get("language")),
    }
    return entry(record, body, date=stamp[0], date_precision=stamp[1], vendor="factiva", text_kind="full", **taken)


def _coded(holder: etree._Element) -> dict[str, str | None]:
    """Read the layout with field codes: a table row is a code and its value."""
    fields: dict[str, str | None] = {}
    for row in holder.iter("tr"):
        cells = row.findall("td")
        if len(cells) != 2:
            continue
        code = element_text(cells[0]).strip()
        if code in _FIELDS or code in _BODY:
            value = element_text(cells[1])
            fields[_FIELDS.get(code, code)] = value if code in _BODY else value.replace("\n", " ")
    return fields


def _placed(holder: etree._Element) -> dict[str, str | None]:
    """Read the layout without codes, by position (see the module's docstring)."""
    fields: dict[str, str | None] = {}
    heading = elements(holder, ".//*[@id='hd'] | .//*[contains(@class, 'Headline')]")
    fields["title"] = element_text(heading[0]).replace("\n", " ") if heading else None
    if fields["title"] and elements(heading[0], "descendant-or-self::*[contains(@class, 'counted')]"):
        fields["title"] = re.sub(r"^\d+\)\s*", "", fields["title"])  # the number is the export's
    author = elements(holder, ".//*[@class='author']")
    fields["byline"] = element_text(author[0]) if author else None
    boxes = [node for node in holder if node.tag == "div"]
    texts = [(node, element_text(node).replace("\n", " ")) for node in boxes]
    place = {id(node): n for n, (node, _) in enumerate(texts)}
    head = place.get(id(heading[0]), place.get(id(heading[0].getparent()), -1)) if heading else -1
    plain = [(n, line) for n, (node, line) in enumerate(texts) if not node.get("id") and not node.get("class") and line]
    fields["section"] = next((line for n, line in plain if n < head), None)
    after = [line for n, line in plain if n > head]
    count = next((n for n, line in enumerate(after) if COUNT.match(line) and not _is_day(line)), None)
    start = count if count is not None else -1
    fields["n_words"] = after[start] if count is not None else None
    fields["credit"] = "; ".join(after[: max(start, 0)]) or None
    fields |= after_count(after[start + 1 :])
    closing = [
        element_text(node) for node in holder if node.tag == "p" and "articleParagraph" not in (node.get("class") or "")
    ]
    numbered = [line for line in closing if ACCESSION.search(line)]
    fields["accession"] = numbered[-1] if numbered else None
    others = [line for line in closing if line and line not in numbered]
    fields["publisher"] = others.pop() if others else None
    fields["caption"] = " ".join(others).replace("\n", " ") or None
    return fields


def _is_day(line: str) -> bool:
    """Say whether a line is a date; "1984 words" is none, though it holds a year."""
    stamp = read_stamp(line, names_only=True)
    return stamp is not None and stamp[1] == "day"


def after_count(lines: list[str]) -> dict[str, str | None]:
    """Sort what follows the word count: date, time, source, code, edition and page, language, copyright."""
    rest = list(lines)
    fields: dict[str, str | None] = {}
    if rest and _COPYRIGHT.match(rest[-1]):
        fields["copyright"] = rest.pop()
    if rest and read_stamp(rest[0], names_only=True):
        fields["date_text"] = rest.pop(0)
    if rest and _CLOCK.match(rest[0]):
        fields["time"] = rest.pop(0)
    if rest:
        fields["source"] = rest.pop(0)
    if rest and _CODE.match(rest[0]):
        fields["source_code"] = rest.pop(0)
    if rest and not any(char.isdigit() for char in rest[-1]):
        fields["language"] = rest.pop()
    rest = [line for line in rest if not _CODE.match(line) and not _CLOCK.match(line)]
    if rest and re.fullmatch(r"[A-Z]?\d{1,4}", rest[-1]):
        fields["page"] = rest.pop()
    fields["edition"] = rest[0] if rest and not rest[0].isdigit() else None
    return fields


def read_factiva_xml(path: Path) -> Iterator[Entry]:
    """Yield the articles of a Factiva XML export (``ppsArticleResponse``).

    Taken: headline, lead and tail paragraphs, source and code, date, word count, language, byline, pages, section,
    publisher, region and subject codes, copyright, accession number (the doc_id).
    """
    text = decode_markup(read_bytes(path))
    spaces = " ".join(sorted(set(re.findall(r'xmlns:\w+\s*=\s*"[^"]*"', text))))
    for number, piece in enumerate(pieces(text, r"<(?:\w+:)?article[\s>]", r"</(?:\w+:)?article\s*>"), start=1):
        record = f"article {number}"
        line = text.count("\n", 0, piece.start) + 1
        if not piece.whole:
            yield reject(f"{record}, line {line}", "is cut: its closing tag is missing")
            continue
        try:
            root = parse_xml(piece.markup, namespaces=spaces)
        except ValueError as error:
            yield reject(f"{record}, line {line}", f"is not well-formed XML: {error}")
            continue
        yield _from_xml(root, record)


def _lines(node: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a lead or tail; text that stands in none is one too."""
    for text in (node.text, *(part for child in node for part in (element_text(child), child.tail))):
        if text and (line := "\n".join(" ".join(part.split()) for part in text.split("\n") if part.strip())):
            yield line


def _from_xml(root: etree._Element, record: str) -> Entry:
    def one(name: str) -> str | None:
        found = elements(root, f"./*[local-name()='{name}']")
        return element_text(found[0]).replace("\n", " ") if found else None

    def codes(name: str) -> str | None:
        return "; ".join(node.get("code", "") for node in elements(root, f"./*[local-name()='{name}']")) or None

    inside = "./*[local-name()='leadParagraph'] | ./*[local-name()='tailParagraphs']"
    body = "\n".join(line for node in elements(root, inside) for line in _lines(node))
    dated = elements(root, "./*[local-name()='publicationDate']/*")
    fields = {
        "title": one("headline"), "byline": one("byline"), "credit": one("credit"), "source": one("sourceName"),
        "source_code": one("sourceCode"), "date_text": element_text(dated[0]) if dated else None,
        "n_words": one("wordCount"), "language": one("baseLanguage"), "page": one("pages"),
        "section": one("sectionName"),
        "edition": one("edition"), "publisher": one("publisherName"), "copyright": one("copyright"),
        "accession": one("accessionNo"), "regions": codes("region"), "subjects": codes("newsSubject"),
    }  # fmt: skip
    return finish(record, body, fields)

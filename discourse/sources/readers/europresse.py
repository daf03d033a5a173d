"""Europresse exports in HTML: the older layout of nested tables and the newer one of ``article`` elements."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from discourse.sources.dates.stamps import best_stamp, read_stamp
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import decode_markup, element_text, elements, parse_html, pieces, read_bytes
from discourse.sources.readers.records import Entry, entry, reject

__all__ = ["read_europresse"]

_OLD = r"""<span\b[^>]*class\s*=\s*["']?DocPublicationName"""
_NUMBER = re.compile(r"\b(news·\d{8}·[^\s·<]+·[^\s<]+)")
_CLOSED = re.compile(_NUMBER.pattern + "<")
_NUMBER_LINE = re.compile(r"^[^:]{0,40}:?\s*news·\d{8}·\S+$")
_COPYRIGHT = re.compile(r"^\s*(©|\(c\)|copyright)", re.I)
_WORDS = headings("europresse")
_PAGE = re.compile(rf"(?:^|,\s*)(?:{'|'.join(_WORDS['page'])})\.?\s*([\w\-, ]{{1,20}})$", re.I)
_WEEKDAYS = frozenset(_WORDS["weekdays"])
_CUT = "is cut: the file ends before the article's document number"


def read_europresse(path: Path) -> Iterator[Entry]:
    """Yield the articles of a Europresse HTML export.

    Taken: publication, section, date, page, headline, byline, body, copyright, document number (the doc_id). The date
    is the printed one; where it cannot be read, the one in the document number. The certificate is left out.
    """
    text = decode_markup(read_bytes(path))
    closed = "</html" in text[-2000:].lower()
    newer = re.search(r"<article\b", text, re.I) is not None
    found = list(pieces(text, r"<article\b", r"</article\s*>") if newer else pieces(text, _OLD))
    for number, piece in enumerate(found, start=1):
        record = f"article {number}"
        last = number == len(found)
        if not piece.whole or (last and not closed and not _CLOSED.search(piece.markup)):
            byte = len(text[: piece.start].encode("utf-8", "surrogatepass"))
            yield reject(f"{record}, byte {byte}", _CUT)
        else:
            yield _newer(piece.markup, record) if newer else _older(piece.markup, record)


def _finish(record: str, body: list[str], fields: dict[str, str | None], headers: list[str]) -> Entry:
    printed = re.sub(r"\s+", " ", " ".join(headers)).strip(" ,")
    best = best_stamp(headers)
    dated = headers[best] if best is not None else printed
    number = fields.get("accession") or ""
    stamp = read_stamp(dated, names_only=True) or read_stamp(number.replace("·", " "), names_only=True) or (None, None)
    others = [line.strip(" ,\u00a0") for line in headers if line != dated]
    page = _PAGE.search(printed)
    section = next(
        (line for line in others if line and line.lower() not in _WEEKDAYS and not _PAGE.fullmatch(line)), None
    )
    fields = {"section": section, "page": page.group(1).strip() if page else None, **fields}
    text = "\n".join(line for line in body if line)
    return entry(
        record, text, date=stamp[0], date_precision=stamp[1], date_text=dated.strip(" ,"), vendor="europresse",
        text_kind="full", **{name: value for name, value in fields.items() if value},
    )  # fmt: skip


def _older(markup: str, record: str) -> Entry:
    """Read an article of the older layout: what follows the headline, up to the copyright line, is byline and body."""
    inside = re.split(r"<table\b", markup, maxsplit=1, flags=re.I)[0]
    root = parse_html(f"<div>{inside}</div>")
    source = _first(root, "DocPublicationName")
    headers = [element_text(node) for node in _all(root, "DocHeader")]
    title = _first(root, "TitreArticleVisu")
    head, _, rest = inside.partition("TitreArticleVisu")
    before = element_text(parse_html("<div>" + re.split(r"class\s*=\s*[\"']?DocHeader", head)[-1].partition(">")[2]))
    subtitle = [line for line in before.split("\n")[1:] if line.strip(" ,")]
    lines = element_text(parse_html("<div><span " + rest + "</div>")).split("\n")
    lines = lines[1:] if lines and title and lines[0] == title else lines
    rights = next((n for n, line in enumerate(lines) if _COPYRIGHT.match(line)), None)
    numbered = next((n for n, line in enumerate(lines) if _NUMBER_LINE.match(line)), len(lines))
    body = lines[: min(rights if rights is not None else numbered, numbered)]
    byline = body.pop(0) if _has_byline(rest) and body else None
    accession = _NUMBER.search(markup)
    fields = {
        "source": source, "title": title, "byline": byline, "lead": " ".join(subtitle) or None,
        "copyright": lines[rights] if rights is not None else None,
        "accession": accession.group(1) if accession else None,
    }  # fmt: skip
    return _finish(record, body, fields, headers)


def _has_byline(after_title: str) -> bool:
    """Say whether the headline is followed by a line of its own before the first paragraph: the byline."""
    lead = re.split(r"<p\b", after_title, maxsplit=1, flags=re.I)[0]
    return bool(re.search(r"</span>\s*<br\s*/?>\s*<br\s*/?>\s*[^<]{2,120}<br\s*/?>\s*$", lead, re.I))


def _newer(markup: str, record: str) -> Entry:
    root = parse_html(markup)
    headers = [element_text(node) for node in _all(root, "DocHeader")] or [
        element_text(node) for node in _all(root, "DocTitreSousSection")
    ]
    titles = _all(root, "titreArticleVisu") or _all(root, "titreArticle")
    authors = _all(root, "docAuthors") or _all(root, "sm-margin-bottomNews")
    bodies = _all(root, "DocText") or _all(root, "docOcurrContainer") or elements(root, "//section")
    accession = _NUMBER.search(element_text(root))
    rights = next((line for line in element_text(root).split("\n") if _COPYRIGHT.match(line)), None)
    fields = {
        "source": _first(root, "DocPublicationName"),
        "title": element_text(titles[0]).replace("\n", " ") if titles else None,
        "byline": element_text(authors[0]).replace("\n", " ") if authors else None, "copyright": rights,
        "lead": _first(root, "rdp__subtitle"), "accession": accession.group(1) if accession else None,
    }  # fmt: skip
    outermost = [node for node in bodies if not any(other in bodies for other in node.iterancestors())]
    body = [line for node in outermost for line in element_text(node).split("\n")]
    return _finish(record, body, fields, headers)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return elements(root, f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def _first(root: etree._Element, name: str) -> str | None:
    found = _all(root, name)
    return element_text(found[0]).replace("\n", " ").strip() if found else None

"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.readers.markup import decode_markup, elements, parse_xml, pieces, read_bytes, text_of_html
from discourse.sources.readers.records import Entry, entry, language_code, reject

__all__ = ["read_feed"]

_ITEM = r"<(?:\w+:)?(?:item|entry)(?=[\s>/])"
_ITEM_END = r"</(?:\w+:)?(?:item|entry)\s*>"
_KNOWN = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xml": None,
}
_OWN = (None, _KNOWN["atom"], _KNOWN["content"], _KNOWN["dc"], "http://purl.org/rss/1.0/")
"""Namespaces of a feed's own words; media:title and itunes:summary speak where these do not."""

_DATES = ("pubDate", "published", "date", "issued", "created", "updated", "modified")
_POST = re.compile(r"\nThe post .{0,300} appeared first on .{0,100}$")


def read_feed(path: Path) -> Iterator[Entry]:
    """Yield the items of a feed.

    Taken: headline, the longest of content, description and summary as text (HTML removed, however often it was
    escaped), link, date, author, first category, the feed's title as source, its language. ``text_kind`` is full where
    the feed has an element for the whole article, else summary (some outlets put the whole article there); an item with
    a headline only has the headline as its text, and ``text_kind`` says so.
    """
    text = decode_markup(read_bytes(path))
    found = list(pieces(text, _ITEM, _ITEM_END))
    head = text[: found[0].start] if found else text
    source, language = _channel(head)
    spaces = _namespaces(text)
    for number, piece in enumerate(found, start=1):
        record = f"item {number}"
        place = f"{record}, line {text.count(chr(10), 0, piece.start) + 1}"
        if not piece.whole:
            yield reject(place, "is cut: its closing tag is missing")
            continue
        try:
            yield _item(parse_xml(piece.markup, namespaces=spaces), record, source, language)
        except ValueError as error:
            yield reject(place, f"is not well-formed XML: {error}")


def _namespaces(text: str) -> str:
    declared = dict(re.findall(r'xmlns:([\w.-]+)\s*=\s*["\']([^"\']*)["\']', text))
    used = set(re.findall(r"</?([A-Za-z][\w.-]*):[A-Za-z]", text)) | set(
        re.findall(r"\s([A-Za-z][\w.-]*):[A-Za-z]+\s*=", text)
    )
    names = {
        prefix: declared.get(prefix) or _KNOWN.get(prefix) or f"urn:undeclared:{prefix}"
        for prefix in used - {"xml", "xmlns"}
    }
    return " ".join(f'xmlns:{prefix}="{address.replace("&", "&amp;")}"' for prefix, address in sorted(names.items()))


def _channel(head: str) -> tuple[str | None, str | None]:
    image = _inside(head, "image")
    if image is not None:
        head = head[: image[0]] + head[image[1] :]
    title, language = _inside(head, "title"), _inside(head, "language")
    name = text_of_html(head[slice(*title)].replace("<![CDATA[", "").replace("]]>", "")) if title else None
    attribute = re.search(r'\bxml:lang\s*=\s*["\']([^"\']+)', head)
    said = head[slice(*language)] if language else attribute.group(1) if attribute else None
    return name, language_code(said) if said else None


def _inside(text: str, name: str) -> tuple[int, int] | None:
    """Return the place of what the first element of a name holds: two searches, however many are never closed."""
    opened = re.compile(rf"<(?:\w+:)?{name}(?=[\s>/])[^>]*>", re.I).search(text)
    closed = re.compile(rf"</(?:\w+:)?{name}\s*>", re.I).search(text, opened.end()) if opened else None
    return (opened.end(), closed.start()) if opened and closed else None


def _item(root: etree._Element, record: str, source: str | None, language: str | None) -> Entry:
    def values(name: str) -> list[str]:
        nodes = elements(root, f"./*[local-name()='{name}']")
        own = [node for node in nodes if etree.QName(node).namespace in _OWN]
        return [text for node in own or nodes if (text := _inner(node))]

    title = text_of_html(next(iter(values("title")), "")).replace("\n", " ") or None
    contents = [text_of_html(text) for text in values("encoded") + values("content")]
    summaries = [text_of_html(text) for text in values("description") + values("summary")]
    body = max([*contents, *summaries], key=len, default="")
    kind = "full" if body and body in contents else "summary" if body else "headline"
    printed = next((text for name in _DATES for text in values(name)), None)
    stamp = read_stamp(printed) or (None, None)
    link = next((text for text in values("link") if text.startswith("http")), None) or _href(root)
    identity = next(iter(values("guid") + values("id")), None)
    author = elements(root, "./*[local-name()='creator'] | ./*[local-name()='author']")
    return entry(
        record, _POST.sub("", body) or title or "", title=title, source=source, date=stamp[0], date_precision=stamp[1],
        date_text=printed, url=link or (identity if identity and identity.startswith("http") else None), by_url=True,
        byline=" ".join(_inner(node) for node in author[:1]) or None, section=next(iter(values("category")), None),
        language=language, vendor="feed", text_kind=kind,
    )  # fmt: skip


def _inner(node: etree._Element) -> str:
    """Return the content of an element: its text, or its markup where the markup is not escaped (Atom xhtml)."""
    if len(node):
        named = elements(node, "./*[local-name()='name']")
        if named:
            return (named[0].text or "").strip()
        return (node.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in node)
    return (node.text or "").strip()


def _href(root: etree._Element) -> str | None:
    links = elements(root, "./*[local-name()='link'][@href]")
    chosen = [node for node in links if node.get("rel", "alternate") == "alternate"] or links
    return chosen[0].get("href") if chosen else None

"""Saved pages: HTML (and MHTML) to the article in it, by trafilatura; its date by htmldate, else as printed."""

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from discourse.sources.dates.stamps import Stamp, read_stamp
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import decode_markup, element_text, elements, parse_html, read_bytes
from discourse.sources.readers.records import Entry, entry, language_code, reject

__all__ = ["MAX_PAGE_BYTES", "page_entry", "read_page"]

MAX_PAGE_BYTES = 20_000_000
_DATED = (
    "//time | //*[contains(@class, 'date')] | //*[contains(@class, 'time')] | //*[contains(@class, 'publish')]"
    f" | //*[contains(@id, 'date')] | //*[contains(@class, '{headings('pages')['date_class'][0]}')]"
)


def read_page(path: Path) -> Iterator[Entry]:
    """Yield the article of one saved page.

    Taken: the article's text without menus, tickers, comments and related links; headline, author, site, date,
    language and the page's own address. ``date_basis`` says where the date comes from: metadata (htmldate) or printed.
    """
    raw = read_bytes(path)
    if raw[:2000].lstrip().lower().startswith((b"mime-version:", b"from:")) or b"multipart/related" in raw[:4000]:
        raw = _first_html_part(raw)
    yield page_entry(raw, "page 1")


def _first_html_part(raw: bytes) -> bytes:
    for part in email.message_from_bytes(raw, policy=email.policy.default).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    return raw


def page_entry(raw: bytes, record: str, *, charset: str | None = None, url: str | None = None) -> Entry:
    """Return one page as an entry: a document in the making, or a reject that says why there is none.

    Parameters
    ----------
    raw : bytes
        The page.
    record : str
        How the record is called in DOCUMENTS and REJECTS.
    charset : str, optional
        The encoding that the server declared.
    url : str, optional
        The address it was fetched from; the page's own canonical address otherwise.
    """
    if len(raw) > MAX_PAGE_BYTES:
        return reject(record, f"has {len(raw):,} bytes; a page may have {MAX_PAGE_BYTES:,}")
    if not raw.strip():
        return reject(record, "is empty")
    markup = decode_markup(raw, charset=charset)
    try:
        found = _extracted(markup)
    except Exception as error:  # a page that breaks the extraction must not stop the others
        return reject(record, f"breaks the extraction: {type(error).__name__}: {str(error)[:200]}")
    if found is None or not (found.text or "").strip():
        return reject(record, "holds no article text that the extraction can find")
    root = parse_html(markup)
    stamp, printed, basis = _date(found.date, root)
    address = url or found.url or None
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or found.language
    return entry(
        record, found.text, title=found.title, source=found.sitename or _host(address), date=stamp and stamp[0],
        date_precision=stamp and stamp[1], date_text=printed, date_basis=basis, byline=found.author, url=address,
        by_url=True, language=language_code(language), vendor="page", text_kind="full",
    )  # fmt: skip


def _extracted(markup: str) -> Any:
    import trafilatura  # loading it takes a second, and most formats do not need it

    return trafilatura.bare_extraction(
        markup, include_comments=False, include_tables=False, with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )  # fmt: skip


def _host(address: str | None) -> str | None:
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _date(found: str | None, root: etree._Element) -> tuple[Stamp | None, str | None, str | None]:
    """Return the stamp, the words it stands in and its basis: metadata first, then short dated elements of the page."""
    stamp = read_stamp(found, names_only=True) if found else None
    if stamp is not None:
        return stamp, found, "metadata"
    for node in elements(root, _DATED):
        for line in (node.get("datetime") or "", *element_text(node).split("\n")):
            if 6 <= len(line) <= 80 and (stamp := read_stamp(line, names_only=True)) and stamp[1] == "day":
                return stamp, re.sub(r"\s+", " ", line), "printed"
    return None, None, None

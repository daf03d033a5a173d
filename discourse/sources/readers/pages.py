"""Saved pages: HTML (and MHTML) to the article in it, by trafilatura; page_dates.py reads its date."""

import datetime
import email
import email.policy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.sources.readers.markup import decode_markup, element_text, elements, parse_html, read_bytes
from discourse.sources.readers.page_dates import page_date
from discourse.sources.readers.page_tables import with_tables
from discourse.sources.readers.records import Entry, entry, host_of, language_code, reject
from discourse.sources.readers.refusals import is_refusal

__all__ = ["MAX_PAGE_BYTES", "page_entry", "read_page"]

MAX_PAGE_BYTES = 20_000_000


def read_page(path: Path) -> Iterator[Entry]:
    """Yield the article of one saved page.

    Taken: the article's text without menus, tickers, comments and related links; headline, author, site, date,
    language and the page's own address. ``date_basis`` says where the date comes from: metadata, printed (the
    article's own element, in its words in ``date_text``) or address.
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


def page_entry(
    raw: bytes,
    record: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    base: datetime.date | None = None,
) -> Entry:
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
    base : date or datetime, optional
        When it was fetched: what "3 hours ago" on the page is counted from.
    """
    if len(raw) > MAX_PAGE_BYTES:
        return reject(f"{record}, {len(raw):,} bytes", f"is larger than a page may be ({MAX_PAGE_BYTES:,} bytes)")
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
    headings_of = [element_text(node) for node in elements(root, "//h1")[:3]]
    if is_refusal([found.title, root.findtext(".//title"), *headings_of, found.text.split("\n")[0]], found.text):
        return reject(record, "is an error page or a challenge, not an article")
    address = url or found.url or None
    stamp, printed, basis = page_date(root, found.title, found.text, address, base)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or found.language
    return entry(
        record, with_tables(found.text, root), title=found.title, source=found.sitename or _host(address),
        date=stamp and stamp[0], date_precision=stamp and stamp[1], date_text=printed, date_basis=basis,
        byline=found.author, url=address,
        by_url=True, language=language_code(language), vendor="page", text_kind="full",
    )  # fmt: skip


def _extracted(markup: str) -> Any:
    import trafilatura  # loading it takes a second, and most formats do not need it

    return trafilatura.bare_extraction(
        markup, include_comments=False, include_tables=False, with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )  # fmt: skip


def _host(address: str | None) -> str | None:
    return host_of(address).removeprefix("www.") or None

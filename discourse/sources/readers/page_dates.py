"""The date of a saved page: from its metadata, else from the article's own element, else from its address.

Never today's date, a sidebar's, a comment's or a related story's: an element counts within the article, or close to its
headline or its first and last words; what stands in navigation, asides and the like is passed over.
"""

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from discourse.sources.dates.ago import is_counted_back
from discourse.sources.dates.fields import field_text
from discourse.sources.dates.stamps import Stamp, read_field, read_stamp
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import elements
from discourse.sources.readers.page_zones import Zones

__all__ = ["PageDate", "page_date"]


class PageDate(NamedTuple):
    """The date of a page, the words in which it stands, and where: metadata, printed or address."""

    stamp: Stamp | None = None
    text: str | None = None
    basis: str | None = None


_WORDS = headings("pages")
_METAS = {name: rank for rank, name in enumerate(_WORDS["date_metas"])}
_TYPES = frozenset(_WORDS["article_types"])
_UNSET = datetime.date(1970, 1, 1)
_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/\-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_PATH_COMPACT = re.compile(r"(?<=[/_\-])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_\-.]|$)")
_LONGEST, _LONGEST_HINTED = 80, 120
_HEAD_LINES = 6


def page_date(
    root: etree._Element, title: str | None, text: str, address: str | None, base: datetime.date | None = None
) -> PageDate:
    """Return the date of a page.

    Parameters
    ----------
    root : Element
        The page.
    title, text : str
        The headline and the text that the extraction found.
    address : str, optional
        Where the page was fetched, or its own address.
    base : date or datetime, optional
        When the page was fetched: what "3 hours ago" is counted from.
    """
    for printed in (*_json_dates(root, title), *_meta_dates(root)):
        reading = read_field(printed)
        if reading.day is not None and reading.day != _UNSET and reading.other is None and reading.precision == "day":
            return PageDate((reading.day, "day"), printed, "metadata")
    zones = Zones(root, title, text)
    for printed in zones.micro_dates():
        if (stamp := read_stamp(printed, names_only=True)) and stamp[1] == "day" and stamp[0] != _UNSET:
            return PageDate(stamp, printed, "metadata")
    counted = None
    for printed in (*zones.lines(), *(line for line in _head_lines(text) if not zones.stands_beside(line))):
        stamp = read_stamp(printed, names_only=True, base=base)
        if stamp is not None and stamp[1] == "day":
            return PageDate(stamp, printed, "printed")
        if counted is None and is_counted_back(field_text(printed)):
            counted = printed
    if stamp := _in_address(address):
        return PageDate(stamp, counted, "address")
    return PageDate(None, counted, None)


def _meta_dates(root: etree._Element) -> list[str]:
    found = []
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = (node.get("content") or "").strip()
        if name in _METAS and content:
            found.append((_METAS[name], content))
    return [content for _, content in sorted(found, key=lambda pair: pair[0])]


def _json_dates(root: etree._Element, title: str | None) -> list[str]:
    """Return the day of publication in the page's linked data: of the article of this headline, else the only one."""
    found: list[tuple[str, str]] = []
    for script in elements(root, "//script[contains(@type, 'ld+json')]"):
        written = (script.text or "").strip()
        try:
            found += _articles(json.loads(written, strict=False))
        except (ValueError, RecursionError):
            found += [("", day) for day in re.findall(r'"datePublished"\s*:\s*"([^"]{8,40})"', written)]
    plain = field_text(title or "")
    same = [day for name, day in found if name and plain and (field_text(name) in plain or plain in field_text(name))]
    days = same or [day for _, day in found]
    return days[:1] if len({day[:10] for day in days}) == 1 else []


def _articles(held: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield headline and day of publication of the articles that linked data describes, not of what they hold."""
    if depth > 4:
        return
    if isinstance(held, list):
        for one in held[:100]:
            yield from _articles(one, depth + 1)
    elif isinstance(held, dict):
        kinds = held.get("@type")
        names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
        day = held.get("datePublished")
        if names & _TYPES and isinstance(day, str):
            yield str(held.get("headline") or held.get("name") or ""), day
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(held.get(key), list | dict):
                yield from _articles(held[key], depth + 1)


def _head_lines(text: str) -> Iterator[str]:
    """Yield the short lines that stand before the first paragraph of the text."""
    for line in text.split("\n")[:_HEAD_LINES]:
        if len(line) > _LONGEST:
            return
        if len(field_text(line).split()) <= 10 and any(char.isdigit() for char in line):
            yield line


def _in_address(address: str | None) -> Stamp | None:
    path = unquote(re.sub(r"^\w+://[^/]*", "", address or "")).partition("?")[0]
    if found := _PATH_DAY.search(path):
        return read_stamp(f"{found[1]}-{found[3]:0>2}-{found[4]:0>2}", names_only=True)
    if found := _PATH_COMPACT.search(path):
        return read_stamp("-".join(found.groups()), names_only=True)
    return None

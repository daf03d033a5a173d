"""Entries: what a reader finds in a file, one plain dict per record, before any table.

An entry with the key ``reason`` is a record that cannot become a document; any other entry is a document in the making.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from discourse.sources.readers.headings import headings

__all__ = ["Entry", "digest", "entry", "host_of", "language_code", "merge", "number_of", "reject"]

Entry = dict[str, Any]

_SPACE = re.compile(r"\s+")

_CODE_OF = {name: code for code, names in headings("records")["languages"].items() for name in names}


def entry(record: str, text: str, **variables: Any) -> Entry:
    """Return one record of a file as an entry; variables that are null or blank are left out."""
    kept = {name: value for name, value in variables.items() if value is not None and str(value).strip() != ""}
    return {"record": record, "text": text, **kept}


def reject(record: str, reason: str) -> Entry:
    """Return one record that cannot become a document, with the reason as a sentence."""
    return {"record": record, "reason": reason}


def host_of(address: str | None) -> str:
    """Return the host of an address; empty where it has none, or is none.

    Examples
    --------
    >>> host_of("http://News.example/1"), host_of("http://[bad"), host_of(None)
    ('news.example', '', '')
    """
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def language_code(name: str | None) -> str | None:
    """Return the ISO 639-1 code of a language named in any interface language; other names stay as printed.

    Examples
    --------
    >>> language_code("Arabisch"), language_code("العربية"), language_code("ENGLISH; ENGLISHS"), language_code("ar-aa")
    ('ar', 'ar', 'en', 'ar')
    """
    if not name or not name.strip():
        return None
    first = re.split(r"[;,|/]", name.strip().lower())[0].strip()
    if re.fullmatch(r"[a-z]{2}([-_][a-z0-9]+)*", first):
        return first[:2]
    return _CODE_OF.get(first, first)


def digest(*parts: object) -> str:
    """Return 16 hexadecimal digits of a SHA-256 over the parts, blank runs counted as one space."""
    joined = "\x1f".join(_SPACE.sub(" ", "" if part is None else str(part)).strip() for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def number_of(text: str | None) -> int | None:
    """Return the number of words that a vendor prints ("2,968 words", "١٬٢٠٠ كلمة"), or null."""
    found = re.search(r"\d[\d.,\u066c\u00a0\u202f]*", text or "")
    if found is None:
        return None
    digits = "".join(str(int(char)) for char in found.group() if char.isdigit())
    return int(digits) if 0 < len(digits) < 10 else None


def merge(found: Entry, extra: Mapping[str, Any]) -> Entry:
    """Return the entry with what ``extra`` knows; null values of ``extra`` change nothing."""
    return {**found, **{name: value for name, value in extra.items() if not pd.isna(value)}}

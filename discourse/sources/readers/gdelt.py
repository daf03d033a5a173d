"""Article lists of the GDELT DOC API (JSON): headlines, outlets, days seen and addresses; the texts are not in them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.markup import read_bytes
from discourse.sources.readers.records import Entry, entry, language_code, reject

__all__ = ["read_gdelt"]

_NEXT = re.compile(r'\{\s*"\w+"\s*:')
_ARTICLES = re.compile(r'"articles"\s*:\s*\[')


def read_gdelt(path: Path) -> Iterator[Entry]:
    """Yield the articles of a GDELT DOC list.

    Taken: headline, domain, the day on which GDELT saw the page (UTC; the day of publication is not in the list),
    language, country of the source, address. The headline is the text, and ``text_kind`` says so.
    """
    raw = read_bytes(path)
    text, _ = decode_whole(raw, detect_encoding(raw))
    begin = _ARTICLES.search(text)
    place = begin.end() if begin else 0
    decoder = json.JSONDecoder(strict=False)
    number = 0
    while True:
        place = _skip(text, place)
        if place >= len(text) or text[place] == "]":
            if place >= len(text):
                yield reject(f"byte {_byte(text, place)}", "the list of articles does not end: the file is cut")
            return
        number += 1
        try:
            found, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            yield reject(f"article {number}, byte {_byte(text, place)}", f"is not JSON: {error.msg}")
            following = _NEXT.search(text, place + 1)
            if following is None:
                return
            place = following.start()
            continue
        yield _article(found, f"article {number}")


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place


def _byte(text: str, place: int) -> int:
    return len(text[:place].encode("utf-8", "surrogatepass"))


def _article(found: Any, record: str) -> Entry:
    if not isinstance(found, dict):
        return reject(record, f"is a {type(found).__name__}, not an object")
    cells = {name: value for name, value in found.items() if isinstance(value, str)}
    stamp = read_stamp(cells.get("seendate"), names_only=True) or (None, None)
    title = re.sub(r"\s+", " ", cells.get("title", "")).strip()
    return entry(
        record, title, title=title, source=cells.get("domain"), date=stamp[0], date_precision=stamp[1],
        date_text=cells.get("seendate"), date_basis="seen", language=language_code(cells.get("language")),
        country=cells.get("sourcecountry"), url=cells.get("url"), by_url=True, vendor="gdelt", text_kind="headline",
    )  # fmt: skip

"""Media Cloud story lists (CSV): headlines, outlets, dates and addresses; the texts are not in them."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.csv_rows import csv_lines, delimiter_of, fields_held, named_delimiter
from discourse.sources.dates.stamps import read_stamp
from discourse.sources.encoding import decode_whole, detect_encoding
from discourse.sources.readers.markup import read_bytes
from discourse.sources.readers.records import Entry, entry, language_code, reject

__all__ = ["is_mediacloud", "read_mediacloud"]

_STORY = ("id", "stories_id", "guid")
_OUTLET = ("media_name", "media_url")


def is_mediacloud(header: list[str]) -> bool:
    """Say whether a CSV header is a story list: a title, an address, a publish date and an outlet of Media Cloud."""
    names = {name.strip().lower() for name in header}
    return {"title", "url", "publish_date"} <= names and bool(names & set(_OUTLET))


def read_mediacloud(path: Path) -> Iterator[Entry]:
    """Yield the stories of a Media Cloud CSV, of the present search tool or of the older one.

    Taken: headline, outlet, publish date, language, address, story number (the doc_id). The headline is the text, and
    ``text_kind`` says so: fetch the pages with ``hydrate`` for the articles themselves.
    """
    raw = read_bytes(path)
    text, _ = decode_whole(raw, detect_encoding(raw))
    first, _, behind = text.lstrip("\ufeff").partition("\n")
    if named := named_delimiter(first):
        text = behind
    rows = csv.reader(csv_lines(io.StringIO(text, newline="\n")), delimiter=named or delimiter_of(first))
    header = [name.strip().lower() for name in next(rows, [])]
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield reject(f"story {number}, line {rows.line_num}", f"is not CSV: {error}")
            continue
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        row = fields_held(row)
        if len(row) != len(header):
            place = f"story {number}, line {rows.line_num}, {len(row)} fields of {len(header)}"
            yield reject(place, "has not as many fields as the header")
            continue
        yield _story(dict(zip(header, row, strict=True)), f"story {number}")


def _story(cells: dict[str, str], record: str) -> Entry:
    def first(*names: str) -> str | None:
        return next((cells[name].strip() for name in names if cells.get(name, "").strip()), None)

    stamp = read_stamp(first("publish_date")) or (None, None)
    title = first("title")
    return entry(
        record, title or "", title=title, source=first(*_OUTLET), date=stamp[0], date_precision=stamp[1],
        date_text=first("publish_date"), language=language_code(first("language")), url=first("url"),
        accession=first("stories_id", "id", "guid"), vendor="mediacloud", text_kind="headline",
    )  # fmt: skip

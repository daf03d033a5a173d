"""ProQuest exports in plain text: documents between lines of underscores, each a run of labelled fields."""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.dates.stamps import read_stamp
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import decode_markup, read_bytes
from discourse.sources.readers.records import Entry, entry, language_code, reject

__all__ = ["is_proquest", "read_proquest"]

_RULE = re.compile(r"^_{20,}[ \t]*$", re.M)
_WORDS = headings("proquest")
_COUNTED = re.compile(
    rf"^\s*(?:{'|'.join(_WORDS['document'])}) \d+ (?:{'|'.join(_WORDS['of'])}) \d+[ \t]*$", re.I | re.M
)
_FIELD_OF = {name: field for field, names in _WORDS["labels"].items() for name in names}
_LABEL = re.compile(
    r"^("
    + "|".join(sorted((re.escape(name) for name in _FIELD_OF), key=len, reverse=True))
    + r")[ \t\u00a0]*:[ \t]*(.*)$",
    re.I,
)
_NUMBERED = re.compile(rf"^(?:{'|'.join(_WORDS['labels']['accession'])})[ \t\u00a0]*:[^\n]*\n", re.I | re.M)
_UNKNOWN = re.compile(r"[A-Z][A-Za-z /&'-]{1,38}: ")


def read_proquest(path: Path) -> Iterator[Entry]:
    """Yield the documents of a ProQuest text export; the table of contents and the bibliography are passed over.

    Taken: headline, author, publication, date, full text (the abstract where there is none: ``text_kind`` says
    which), section, pages, language, document number (the doc_id), address, publisher, place, country, type, copyright.
    """
    text = decode_markup(read_bytes(path)).replace("\r\n", "\n")
    rules = [found.end() for found in _RULE.finditer(text)]
    blocks = list(zip([0, *rules], [*[found.start() for found in _RULE.finditer(text)], len(text)], strict=True))
    documents = [(begin, end) for begin, end in blocks if _is_document(text[begin:end])]
    for number, (begin, end) in enumerate(documents, start=1):
        fields = _fields(_COUNTED.sub("", text[begin:end], count=1))
        closed = "end" in fields or _NUMBERED.search(text, begin, end) is not None
        if number == len(documents) and end == len(text) and not closed:
            line = text.count("\n", 0, begin) + 1
            yield reject(
                f"document {number}, line {line}", "is cut: the file ends before the document's closing fields"
            )
        else:
            yield _document(fields, f"document {number}")


def _is_document(block: str) -> bool:
    labels = {_FIELD_OF[found.group(1).lower()] for line in block.split("\n") if (found := _LABEL.match(line.strip()))}
    return len(labels & {"text", "abstract", "accession", "source", "date_text", "title"}) >= 2 or bool(
        _COUNTED.search(block)
    )


def _fields(block: str) -> dict[str, str]:
    """Read the labelled fields of a document; what stands before the first label is its heading.

    The full text reaches to the fields that close the document, counted from its end: a paragraph of the text may well
    begin with "Title:" or "الموضوع:".
    """
    parts = [
        part.strip() for part in re.split(r"\n[ \t]*\n" if re.search(r"\n[ \t]*\n", block.strip()) else r"\n", block)
    ]
    parts = [part for part in parts if part]
    begin = next((n for n, part in enumerate(parts) if _field_of(part) == "text"), len(parts))
    end = len(parts)
    latin = any(part.isascii() for part in (found[1] for found in map(_LABEL.match, parts) if found))
    while end > begin + 1 and (_closes(parts[end - 1], latin) or parts[end - 1].startswith("http")):
        end -= 1
    fields = _labelled([line for part in parts[:begin] + parts[end:] for line in part.split("\n")])
    if begin < len(parts):
        first = _LABEL.match(parts[begin].replace("\n", "\x00"))
        opening = first.group(2).replace("\x00", "\n") if first else ""
        fields["text"] = "\n".join(part for part in [opening, *parts[begin + 1 : end]] if part.strip())
    return fields


def _closes(part: str, latin: bool) -> bool:
    """Tell whether a paragraph begins a closing field; in an export of Latin labels an Arabic word is none."""
    found = _LABEL.match(part.split("\n", 1)[0])
    return _field_of(part) is not None and not (latin and found is not None and not found[1].isascii())


def _field_of(part: str) -> str | None:
    """Return the field that a paragraph begins, "other" for an unknown label in Latin letters, null without a label."""
    line = part.split("\n", 1)[0]
    found = _LABEL.match(line)
    if found:
        return _FIELD_OF[found.group(1).lower()]
    return "other" if _UNKNOWN.match(line) else None


def _labelled(lines: list[str]) -> dict[str, str]:
    """Read lines as fields; a line without a label goes on with the field before it."""
    fields: dict[str, str] = {}
    current = "heading"
    for line in map(str.strip, lines):
        field = _field_of(line)
        if field is not None:
            current = field
            value = line.partition(":")[2].strip()
            if field not in fields:
                fields[field] = value
        elif current in ("heading", "abstract"):
            fields[current] = f"{fields.get(current, '')}\n{line}"
        elif not line.startswith("http"):
            fields[current] = f"{fields[current]} {line}".strip()
    return {name: value.strip() for name, value in fields.items()}


def _document(fields: dict[str, str], record: str) -> Entry:
    heading = [line for line in fields.get("heading", "").split("\n") if line.strip() and not line.startswith("http")]
    stamp = (
        read_stamp(fields.get("date_text"))
        or read_stamp(fields.get("info"), names_only=True)
        or read_stamp(fields.get("year"))
    )
    full = fields.get("text", "")
    body = full or fields.get("abstract", "")
    kind = "full" if full else "summary"
    source = fields.get("source") or re.split(r"[;:]", fields.get("info", ""))[0].strip() or None
    names = (
        "byline",
        "section",
        "page",
        "url",
        "copyright",
        "publisher",
        "place",
        "country",
        "document_type",
        "subject",
    )
    return entry(
        record, "\n".join(line for line in body.split("\n") if line.strip()),
        title=fields.get("title") or (heading[0] if heading else None), source=source,
        date=stamp[0] if stamp else None, date_precision=stamp[1] if stamp else None, date_text=fields.get("date_text"),
        language=language_code(fields.get("language")), accession=fields.get("accession"),
        vendor="proquest", text_kind=kind,
        **{name: fields.get(name) for name in names},
    )  # fmt: skip


def is_proquest(text: str) -> bool:
    """Say whether a text is a ProQuest export: its heading, or rules of underscores with labelled documents between."""
    if "Report Information from ProQuest" in text[:2000]:
        return True
    return _RULE.search(text) is not None and any(_is_document(block) for block in _RULE.split(text[:200_000])[1:4])

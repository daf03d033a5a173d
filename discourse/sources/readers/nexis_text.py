"""Nexis and LexisNexis exports in plain text: documents behind their count lines, the lines wrapped by the export."""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.dates.stamps import best_stamp
from discourse.sources.readers.markup import decode_markup, read_bytes
from discourse.sources.readers.nexis import (
    AFTER_BODY,
    COPYRIGHT,
    COUNT_LINE,
    CUT,
    LABEL,
    field_named,
    finish,
    is_label,
    place_centred,
)
from discourse.sources.readers.records import Entry, reject

__all__ = ["has_labels", "is_nexis_without_counts", "read_nexis_text"]

_HEAD_FIELDS = frozenset("byline section n_words dateline lead edition".split())
_LONGEST_VALUE = 12  # words of an Arabic label's value; a longer one is a paragraph that begins with the word


def read_nexis_text(path: Path) -> Iterator[Entry]:
    """Yield the documents of a Nexis plain-text export; lines wrapped by the export are joined to paragraphs.

    The labels of a document stand together: behind its headline, and behind its body. A paragraph between them that
    begins with the word of a label is text. A last document without any closing label (language, load date, copyright)
    is cut: a reject with its line.
    """
    text = decode_markup(read_bytes(path)).replace("\r\n", "\n")
    beginnings = [found.span() for found in COUNT_LINE.finditer(text)]
    ends = [*[begin for begin, _ in beginnings], len(text)][1:]
    latin = _has_latin_labels(text)
    for number, ((begin, after), end) in enumerate(zip(beginnings, ends, strict=True), start=1):
        blocks = [block for block in re.split(r"\n[ \t]*\n", text[after:end].rstrip()) if block.strip()]
        body, fields, closed = _document(blocks, latin)
        if number == len(beginnings) and not closed:
            yield reject(f"document {number}, line {text.count(chr(10), 0, begin) + 1}", CUT)
        else:
            yield finish(f"document {number}", body, fields)


def is_nexis_without_counts(text: str) -> bool:
    """Tell whether a text is a Nexis export without the count lines (1 of 10 DOCUMENTS) that part its documents."""
    if COUNT_LINE.search(text):
        return False
    named = [field_named(found[1]) for line in text.split("\n") if (found := LABEL.match(line)) and is_label(found[1])]
    return len({"load_date", "publication_type", "language", "n_words"} & set(named)) >= 3


def has_labels(text: str) -> bool:
    """Tell whether a text has lines that begin with a label of Nexis, or with one in capitals that is not known."""
    return any((found := LABEL.match(line)) and is_label(found[1]) for line in text.split("\n"))


def _has_latin_labels(text: str) -> bool:
    """Tell whether the labels of an export are in Latin capitals: then words of another script are none."""
    lines = (LABEL.match(line) for line in text.split("\n"))
    return any(found and found[1].isupper() and field_named(found[1]) for found in lines)


def _document(blocks: list[str], latin: bool) -> tuple[list[str], dict[str, str], bool]:
    fields: dict[str, str] = {}
    n_centred = next((n for n, block in enumerate(blocks) if not block.startswith((" ", "\n ", "\t"))), len(blocks))
    if n_centred == 0:  # the blanks at the heads of lines are gone
        dated = best_stamp([block.strip().split("\n")[0] for block in blocks[:4]])
        n_centred = 0 if dated is None else dated + 1
    place_centred(
        ["\n".join(line.strip() for line in block.strip().split("\n")) for block in blocks[:n_centred]], fields
    )
    rest = blocks[n_centred:]
    tail = [n for n, block in enumerate(rest) if COPYRIGHT.match(block) and n >= len(rest) - 2]
    if tail:
        fields["copyright"] = _unwrapped(rest[tail[0]])
        rest = rest[: tail[0]]
    labels = [_label(block, latin) for block in rest]
    head, foot = _runs(labels)
    for block, label in [*zip(rest[: head.stop], labels, strict=False), *zip(rest[foot:], labels[foot:], strict=True)]:
        if label and (field := field_named(label)) and (field not in fields):
            fields[field] = _unwrapped(block).split(":", 1)[1].strip()
    opening = [block for block, label in zip(rest[: head.stop], labels, strict=False) if not label]
    body = [_unwrapped(block) for block in rest[head.stop : foot]]
    if opening:
        fields["title"] = _unwrapped(opening[0])
        body = [_unwrapped(block) for block in opening[1:]] + body
    elif len(body) > 1:
        fields["title"] = body.pop(0)
    return body, fields, bool(tail) or foot < len(rest)


def _runs(labels: list[str | None]) -> tuple[range, int]:
    """Return the blocks of the head (headline and the labels behind it) and where the closing labels begin."""
    foot = len(labels)
    while foot > 0 and labels[foot - 1] and field_named(labels[foot - 1] or "") not in _HEAD_FIELDS:
        foot -= 1
    if foot < len(labels) and not any(field_named(label or "") in AFTER_BODY for label in labels[foot:]):
        foot = len(labels)
    begin = next((n for n, label in enumerate(labels[: min(foot, 8)]) if label), None)
    if begin is None or field_named(labels[begin] or "") in AFTER_BODY:
        return range(0), foot
    end = begin
    while end < foot and labels[end] and field_named(labels[end] or "") not in AFTER_BODY:
        end += 1
    return range(end), foot


def _label(block: str, latin: bool) -> str | None:
    found = LABEL.match(block)
    if found is None or block.startswith(" ") or not is_label(found[1]):
        return None
    if not found[1].isupper():  # a script without capitals
        value = _unwrapped(block).split(":", 1)[1].split()
        if latin or len(value) > _LONGEST_VALUE or (value and value[-1].endswith((".", "؟", "!"))):
            return None
    return found[1]


def _unwrapped(block: str) -> str:
    return " ".join(line.strip() for line in block.split("\n") if line.strip())

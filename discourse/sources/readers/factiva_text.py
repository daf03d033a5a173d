"""Factiva exports as plain text and as Word files: an article ends with its accession number."""

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.sources.readers.docx import Paragraph, docx_paragraphs
from discourse.sources.readers.factiva import ACCESSION, COUNT, after_count, finish
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import decode_markup, read_bytes
from discourse.sources.readers.records import Entry, reject

__all__ = ["is_factiva_text", "read_factiva_docx", "read_factiva_text"]

_END = re.compile(rf"^[ \t]*(?:[^\W\d_]+[ \t]*:?[ \t]+)?{ACCESSION.pattern}[ \t]*$", re.M)
_RIGHTS = re.compile(rf"^\s*(?:{'|'.join(headings('factiva')['copyright'])})", re.I)
_HEAD = 14  # lines from the headline to the copyright


def is_factiva_text(text: str) -> bool:
    """Tell whether a text is a Factiva export: a line with an accession number, a count of words some lines before."""
    for found in _END.finditer(text[:400_000]):
        before = text[: found.start()].split("\n")
        return any(COUNT.match(line.strip()) and re.search(r"[^\W\d]", line) for line in before[-2000:])
    return False


def read_factiva_text(path: Path) -> Iterator[Entry]:
    """Yield the articles of a Factiva export in plain text.

    Taken by position: headline, byline (and section) before the word count; date, time, source and its code, language
    and copyright behind it; the accession number (the doc_id). What stands behind the last accession number is the
    summary of the search, or an article that is cut: a reject with its line.
    """
    text = decode_markup(read_bytes(path)).replace("\r\n", "\n")
    yield from _articles(text.split("\n"), "line")


def read_factiva_docx(path: Path) -> Iterator[Entry]:
    """Yield the articles of a Factiva export as a Word file, as ``read_factiva_text`` does; a paragraph is a line."""
    paragraphs, problem = docx_paragraphs(path)
    yield from _articles(_as_lines(paragraphs), "line")
    if problem is not None:
        yield reject("word/document.xml", problem)


def _as_lines(paragraphs: list[Paragraph]) -> list[str]:
    """Return paragraphs as lines, those of the body parted by a blank one."""
    return [line for paragraph in paragraphs for line in paragraph.text.split("\n")]


def _articles(lines: list[str], unit: str) -> Iterator[Entry]:
    ends = [n for n, line in enumerate(lines) if _END.match(line)]
    begin = 0
    for number, end in enumerate(ends, start=1):
        found = ACCESSION.search(lines[end])
        yield _article(lines[begin:end], found.group(1) if found else None, f"article {number}, {unit} {begin + 1}")
        begin = end + 1
    rest = [line for line in lines[begin:] if line.strip()]
    if len(rest) > 2 and any(COUNT.match(line.strip()) and re.search(r"[^\W\d]", line) for line in rest[:_HEAD]):
        yield reject(
            f"article {len(ends) + 1}, {unit} {begin + 1}",
            "is cut: the file ends before the article's accession number",
        )


def _article(lines: list[str], accession: str | None, record: str) -> Entry:
    held = [line.strip() for line in lines]
    count = next((n for n, line in enumerate(held[:_HEAD]) if COUNT.match(line) and re.search(r"[^\W\d]", line)), None)
    fields: dict[str, str | None] = {"accession": accession}
    if count is None:
        return reject(record, "holds no line with a count of words, which begins the fields of an article")
    before = [line for line in held[:count] if line]
    behind = next((n for n in range(count, len(held)) if not held[n]), len(held))
    rights = next((n for n in range(count, min(len(held), count + _HEAD)) if _RIGHTS.match(held[n])), None)
    stop = rights + 1 if rights is not None else behind
    fields["n_words"] = held[count]
    fields |= after_count([line for line in held[count + 1 : stop] if line])
    _place_before(lines[:count], before, fields)
    return finish(record, "\n".join(line for line in held[stop:] if line), fields)


def _place_before(lines: list[str], before: list[str], fields: dict[str, str | None]) -> None:
    """Sort what stands before the word count: section, headline, byline; a blank line parts headline and byline."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", "\n".join(line.strip() for line in lines).strip())]
    blocks = [[line for line in block if line] for block in blocks]
    blocks = [block for block in blocks if block]
    if len(blocks) >= 2:
        fields["title"] = " ".join(blocks[0])
        fields["byline"] = " ".join(line for block in blocks[1:] for line in block) or None
    elif before:
        fields["title"], fields["byline"] = before[0], " ".join(before[1:]) or None

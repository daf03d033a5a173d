"""The tool's marks in a text: where they stand, what found them, and the text in pieces between their edges."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need

__all__ = ["Mark", "in_pieces", "marks_of"]


class Mark(NamedTuple):
    """One thing that the tool found: where, what kind, and what a correction of it has to name."""

    start: int
    end: int
    what: str
    holder: str
    target: str
    category: str
    entry: str
    measured: str


def marks_of(marks: object, documents: pd.DataFrame) -> dict[str, list[Mark]]:
    """Return the marks of each document, from one table or several.

    MATCHES (with start_char and end_char beside it), POSITIONS and QUOTATIONS are told apart by their columns.

    Raises
    ------
    SchemaError
        ``marks`` is no table, has no offsets, or one lies outside its text.
    """
    tables = [marks] if isinstance(marks, pd.DataFrame) else marks
    if not isinstance(tables, Sequence) or not all(isinstance(one, pd.DataFrame) for one in tables):
        raise SchemaError(
            f"`marks` is a {type(marks).__name__}; it must be a MATCHES, POSITIONS or QUOTATIONS table, or a list of "
            "them. Without marks a coder codes blind."
        )
    length = {str(doc): len(text) for doc, text in zip(documents["doc_id"], documents["text"], strict=True)}
    out: dict[str, list[Mark]] = {}
    for table in tables:
        for doc, mark in _rows(table):
            if doc not in length:
                continue
            if not 0 <= mark.start <= mark.end <= length[doc]:
                raise SchemaError(
                    f"`marks` has a place outside its text: {doc!r}, {mark.start} to {mark.end} of {length[doc]} "
                    "characters. Make the table from these documents."
                )
            if mark.start < mark.end:  # speech of which nothing is quoted has no place to show
                out.setdefault(doc, []).append(mark)
    return {doc: sorted(set(own)) for doc, own in out.items()}


def _rows(table: pd.DataFrame) -> list[tuple[str, Mark]]:
    if "content_start_char" in table:
        start, end, what = "content_start_char", "content_end_char", "quotation"
        measured, entry, category = ("actor", "speaker"), ("rule",), ("kind",)
    elif "polarity" in table:
        start, end, what = "start_char", "end_char", "sentence"
        measured, entry, category = ("polarity",), ("rules",), ()
    else:
        start, end, what = "start_char", "end_char", "match"
        measured, entry, category = ("category",), ("pattern", "entry"), ("category",)
    known = [name for name in ("start_char", "content_start_char", "category", "polarity") if name in table]
    need(table, "marks", ["doc_id", start, end, *measured[:1]])
    if not known:
        raise SchemaError(f"`marks` has the columns {first_three(table.columns)}, and no place in a text.")
    out = []
    for row in table.to_dict("records"):
        told = [_first(row, names) for names in (("holder",), ("target",), category, entry, measured)]
        out.append((str(row["doc_id"]), Mark(int(row[start]), int(row[end]), what, *told)))
    return out


def _first(row: dict, names: Sequence[str]) -> str:
    return next((str(row[name]) for name in names if name in row and not pd.isna(row[name])), "")


def in_pieces(text: str, marks: Sequence[Mark]) -> list[tuple[str, list[int]]]:
    """Cut a text at the edges of its marks: each piece with the numbers of the marks over it.

    Examples
    --------
    >>> one, two = Mark(0, 5, "match", *[""] * 5), Mark(3, 8, "match", *[""] * 5)
    >>> in_pieces("abcdefghij", [one, two])
    [('abc', [0]), ('de', [0, 1]), ('fgh', [1]), ('ij', [])]
    """
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    opens, closes = {}, {}
    for number, mark in enumerate(marks):
        opens.setdefault(mark.start, []).append(number)
        closes.setdefault(mark.end, []).append(number)
    over: list[int] = []
    out = []
    for start, end in zip(edges, edges[1:], strict=False):
        gone = closes.get(start, [])
        over = [number for number in over if number not in gone] + opens.get(start, [])
        out.append((text[start:end], sorted(over)))
    return out

"""Tables to look at: a fixed text form, and HTML of their own with the right direction for Arabic."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.wording import LANGUAGES, words
from discourse.errors import SchemaError, check_choice

__all__ = ["Table"]

_NOTHING = "–"
_CELL = "padding:2px 8px;border-bottom:1px solid #ddd;vertical-align:top;"
_SIDES = {
    "number": "text-align:right;white-space:nowrap;",
    "day": "text-align:start;white-space:nowrap;",
    "text": "text-align:start;",
}
_DIRECTIONS = {"en": "ltr", "ar": "rtl"}


@dataclass(frozen=True, eq=False)
class Table:
    """A table to look at, with caption and notes; what it shows never depends on the session.

    Numbers are written the same way everywhere: whole numbers with thousands separators, others with ``digits``
    decimals, days as YYYY-MM-DD, nulls as a dash. Text is escaped in HTML, and every cell finds its own direction.

    Attributes
    ----------
    frame : DataFrame
        What is shown; the index is not.
    caption : str
        Above the table.
    notes : sequence of str
        Below the table: denominators, methods, gaps.
    language : {"en", "ar"}
        Language of caption and notes; the columns of an Arabic table run from right to left.
    digits : int
        Decimals of numbers that are not whole.
    formats : mapping of str to str
        Format of a column, such as ``{"estimate": ".1%"}``.
    columns : mapping of str to str
        Heading of a column where it is not its name.
    most : int
        Rows shown at most; the table says how many there are.

    Raises
    ------
    SchemaError
        ``frame`` is no DataFrame, or ``language`` is unknown.

    Examples
    --------
    >>> Table(pd.DataFrame({"actor": ["موسكو"], "n_matches": [1200], "share": [0.5]}), caption="Actors")
    Actors
    actor  n_matches  share
    موسكو      1,200   0.50
    """

    frame: pd.DataFrame
    caption: str = ""
    notes: Sequence[str] = ()
    language: str = "en"
    digits: int = 2
    formats: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    most: int = 60

    def __post_init__(self) -> None:
        if not isinstance(self.frame, pd.DataFrame):
            raise SchemaError(f"`frame` is a {type(self.frame).__name__}; it must be a pandas DataFrame.")
        check_choice("language", self.language, LANGUAGES)

    def __repr__(self) -> str:
        heads, rows = self._cells()
        widths = [max(len(text) for text in column) for column in zip(heads, *rows, strict=True)] if heads else []
        left = [not pd.api.types.is_numeric_dtype(self.frame[name].dtype) for name in self.frame.columns]
        lines = [
            "  ".join(
                text.ljust(width) if to_left else text.rjust(width)
                for text, width, to_left in zip(row, widths, left, strict=True)
            ).rstrip()
            for row in (heads, *rows)
        ]
        return "\n".join([*([self.caption] if self.caption else []), *lines, *self._notes()])

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """Return the table as HTML with inline style: no script, no identifiers, all text escaped."""
        direction = _DIRECTIONS[self.language]
        side = "right" if direction == "rtl" else "left"
        heads, rows = self._cells()
        kinds = [_kind(self.frame[name]) for name in self.frame.columns]
        style = f"text-align:{side};font-weight:bold;padding:4px 8px;"
        caption = f'<caption style="{style}" dir="auto">{_escape(self.caption)}</caption>'
        lines = [
            f'<table class="discourse" lang="{self.language}" dir="{direction}" '
            'style="border-collapse:collapse;margin:0.5em 0;">',
            *([caption] if self.caption else []),
            f"<thead>{_row('th', heads, kinds)}</thead>",
            "<tbody>",
        ]
        lines += [_row("td", row, kinds) for row in rows]
        lines += ["</tbody>", "</table>"]
        opening = f'<p class="note" lang="{self.language}" dir="auto" style="font-size:smaller;margin:0.2em 8px;">'
        lines += [f"{opening}{_escape(note)}</p>" for note in self._notes()]
        return "\n".join(lines)

    def _notes(self) -> list[str]:
        notes = [str(note) for note in self.notes]
        if len(self.frame) > self.most:
            notes.append(words("tables", "rest", self.language).format(f"{self.most:,}", f"{len(self.frame):,}"))
        return notes

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        shown = self.frame.head(self.most)
        heads = [str(self.columns.get(name, name)) for name in shown.columns]
        columns = [
            [_text(value, self.formats.get(name), self.digits, self.language) for value in shown[name].astype(object)]
            for name in shown.columns
        ]
        return heads, [list(row) for row in zip(*columns, strict=True)]


def _text(value: Any, form: str | None, digits: int, language: str) -> str:
    """Write one value."""
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return _NOTHING
    if form is not None:
        return format(value, form)
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return words("tables", "yes" if value else "no", language)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        text = f"{value:,.{digits}f}"
        return text[1:] if text.startswith("-") and not text.strip("-0.,") else text
    return str(value)


def _escape(text: str) -> str:
    """Escape for HTML; control characters, which no HTML may hold, become a visible mark."""
    return html.escape("".join(mark if mark >= " " or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text))


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    return "day" if pd.api.types.is_datetime64_any_dtype(column.dtype) else "text"


def _row(tag: str, texts: Sequence[str], kinds: Sequence[str]) -> str:
    cells = [
        f'<{tag} dir="auto" style="{_CELL}{_SIDES[kind]}">{_escape(text)}</{tag}>'
        for text, kind in zip(texts, kinds, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"

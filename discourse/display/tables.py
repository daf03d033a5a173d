"""Tables to look at: a fixed text form, and HTML of their own with the right direction for Arabic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from discourse.display.cells import Column, direction_of_columns, escape, write_columns
from discourse.display.wording import LANGUAGES, words
from discourse.errors import SchemaError, check_choice

__all__ = ["Table"]

_DIRECTIONS = {"en": "ltr", "ar": "rtl"}


@dataclass(frozen=True, eq=False)
class Table:
    """A table to look at, with caption and notes; what it shows never depends on the session.

    Numbers are written the same way everywhere: whole numbers and position codes with thousands separators, others
    with ``digits`` decimals, nulls as a dash. Days are YYYY-MM-DD; a ``date`` beside its ``date_precision`` is as
    precise as it is known, and the ``period`` of several years or months is a year or a month. In HTML text is escaped;
    each column stands on the side on which its script begins, numbers on the right, and the columns ``pre``,
    ``keyword`` and ``post`` of a concordance meet at the keyword.

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
        columns = self._columns()
        widths = [max(map(len, (column.head, *column.texts))) for column in columns]
        lines = [
            "  ".join(
                text.rjust(width) if column.kind == "number" else text.ljust(width)
                for text, width, column in zip(row, widths, columns, strict=True)
            ).rstrip()
            for row in _rows(columns)
        ]
        return "\n".join([*([self.caption] if self.caption else []), *lines, *self._notes()])

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """Return the table as HTML with inline style: no script, no identifiers, all text escaped."""
        columns = self._columns()
        direction = direction_of_columns(columns) or _DIRECTIONS[self.language]
        side = "right" if direction == "rtl" else "left"
        heads, *rows = _rows(columns)
        room = min(len(self.caption) * 2 // 3 + 1, 24)  # a narrow table does not break its caption word by word
        style = f"text-align:{side};font-weight:bold;padding:4px 8px;min-width:{room}em;"
        caption = f'<caption align="{side}" style="{style}" dir="auto">{escape(self.caption)}</caption>'
        lines = [
            f'<table class="discourse" lang="{self.language}" dir="{direction}" '
            'style="border-collapse:collapse;margin:0.5em 0;">',
            *([caption] if self.caption else []),
            f"<thead>{_row('th', heads, columns)}</thead>",
            "<tbody>",
        ]
        lines += [_row("td", row, columns) for row in rows]
        lines += ["</tbody>", "</table>"]
        opening = f'<p class="note" lang="{self.language}" dir="auto" style="font-size:smaller;margin:0.2em 8px;">'
        lines += [f"{opening}{escape(note)}</p>" for note in self._notes()]
        return "\n".join(lines)

    def _notes(self) -> list[str]:
        notes = [str(note) for note in self.notes]
        if len(self.frame) > self.most:
            notes.append(words("tables", "rest", self.language).format(f"{self.most:,}", f"{len(self.frame):,}"))
        return notes

    def _columns(self) -> list[Column]:
        return write_columns(
            self.frame,
            most=self.most,
            heads=self.columns,
            formats=self.formats,
            digits=self.digits,
            language=self.language,
        )


def _rows(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """Return the texts of a table row by row, the headings first."""
    return list(zip(*((column.head, *column.texts) for column in columns), strict=True))


def _row(tag: str, texts: Sequence[str], columns: Sequence[Column]) -> str:
    cells = [
        f'<{tag} dir="{column.direction_of(text)}" align="{column.side}" style="{column.style}">{escape(text)}</{tag}>'
        for text, column in zip(texts, columns, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"

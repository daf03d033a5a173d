"""Tables to look at: a fixed text form, HTML, LaTeX, and files for other programs, Arabic in its direction."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from discourse.display.cells import Column, direction_of_columns, escape, write_columns
from discourse.display.latex import write_latex
from discourse.display.printed import beside_node, csv_for_excel, sheet_rows, word_table
from discourse.display.wording import LANGUAGES, words
from discourse.errors import SchemaError, SourceError, check_choice, first_three
from discourse.exchange.spreadsheet import spreadsheet
from discourse.exchange.word import word_document
from discourse.writing import write_bytes, write_table, write_text

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
        ``frame`` is no DataFrame or has two columns of one name, or ``language`` is unknown.

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
        twice = [str(name) for name in self.frame.columns[self.frame.columns.duplicated()].unique()]
        if twice:
            raise SchemaError(
                f"`frame` has {len(twice)} names that several columns bear. First: {first_three(twice)}. Rename the "
                "columns; `columns` gives them headings that may be alike."
            )
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
        direction = self._direction(columns)
        side = "right" if direction == "rtl" else "left"
        heads, *rows = _rows(columns) or [()]
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
        if direction == "rtl":  # where it is wider than the screen, it opens at its right side
            lines = ['<div dir="rtl" style="overflow-x:auto;width:fit-content;max-width:100%;">', *lines, "</div>"]
        opening = f'<p class="note" lang="{self.language}" dir="auto" style="font-size:smaller;margin:0.2em 8px;">'
        lines += [f"{opening}{escape(note)}</p>" for note in self._notes()]
        return "\n".join(lines)

    def to_latex(self, path: str | os.PathLike[str] | None = None, *, label: str | None = None) -> str:
        r"""Return the table as LaTeX (booktabs), with caption, label and notes; docs/paper.md has the preamble.

        Parameters
        ----------
        path : path, optional
            Where to write it as well; ends in ``.tex``.
        label : str, optional
            Name for references, such as ``tab:positions``.

        Returns
        -------
        str
            The environment ``table``: the rows that are shown, all signs escaped; words from right to left are wrapped
            in ``\foreignlanguage{arabic}{...}``, which XeLaTeX with polyglossia knows.

        Raises
        ------
        SourceError
            The ending is another one, or the place cannot be written.
        SchemaError
            ``label`` holds signs that a label cannot have.

        Examples
        --------
        >>> latex = Table(pd.DataFrame({"actor": ["موسكو"], "share": [-0.5]})).to_latex()
        >>> print(latex.splitlines()[6])
        \foreignlanguage{arabic}{موسكو} & $-$0.50 \\
        """
        columns, caption, notes, rtl = self._shown()
        text = write_latex(columns, caption=caption, notes=notes, rtl=rtl, label=label)
        if path is not None:
            write_text(text, _ending(path, ".tex"))
        return text

    def to_docx(self, path: str | os.PathLike[str]) -> Path:
        """Write the table as a document for Word (DOCX), with a caption that Word numbers; a file there is replaced.

        Its header row is repeated on every page, cells hold the numbers as they are shown, an Arabic table runs from
        right to left.

        Parameters
        ----------
        path : path
            Where to; ends in ``.docx``.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        SourceError
            The ending is another one, or the place cannot be written.
        """
        place = _ending(path, ".docx")
        columns, caption, notes, rtl = self._shown()
        table = word_table(columns, caption=caption, notes=notes, rtl=rtl, language=self.language)
        return write_bytes(word_document(table), place)

    def to_xlsx(self, path: str | os.PathLike[str]) -> Path:
        """Write all rows of the table as a workbook (XLSX): numbers and days as such, shown as they are here.

        The header stays in sight, the caption stands above it and the notes below the rows; an Arabic sheet, and one
        with an Arabic concordance, runs from right to left.

        Parameters
        ----------
        path : path
            Where to; ends in ``.xlsx``. A file that stands there is replaced.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        SourceError
            The ending is another one, or the place cannot be written.
        SchemaError
            A text is longer than a cell can hold, or there are more rows than a sheet has.
        """
        place = _ending(path, ".xlsx")
        columns = self._columns()
        rows = sheet_rows(self.frame, formats=self.formats, digits=self.digits, language=self.language)
        rows = beside_node(rows, columns)
        heads = [str(self.columns.get(name, name)) for name in self.frame.columns]
        notes = [str(note) for note in self.notes]
        rtl = (direction_of_columns(columns) or _DIRECTIONS[self.language]) == "rtl"
        return write_bytes(spreadsheet(heads, rows, caption=self.caption, notes=notes, right_to_left=rtl), place)

    def to_csv(self, path: str | os.PathLike[str], *, excel: bool = False) -> Path:
        """Write all rows of the table as a CSV: values as they are, not as they are shown; days are YYYY-MM-DD.

        Parameters
        ----------
        path : path
            Where to; ends in ``.csv``. A file that stands there is replaced.
        excel : bool
            For Excel: with a byte order mark, without which it garbles Arabic, with the line ends of Windows, and with
            an apostrophe before texts that it would run as formulas, also behind spaces and line ends.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        SourceError
            The ending is another one, or the place cannot be written.
        """
        place = _ending(path, ".csv")
        return write_bytes(csv_for_excel(self.frame), place) if excel else write_table(self.frame, place)

    def _shown(self) -> tuple[list[Column], str, list[str], bool]:
        """Return what a manuscript takes: columns, caption, notes, and whether they run from right to left."""
        columns = self._columns()
        return columns, self.caption, self._notes(), self._direction(columns) == "rtl"

    def _direction(self, columns: Sequence[Column]) -> str:
        return direction_of_columns(columns) or _DIRECTIONS[self.language]

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


def _ending(path: str | os.PathLike[str], ending: str) -> Path:
    """Return the path if it has the ending of what is written."""
    place = Path(path)
    if place.suffix.lower() != ending:
        raise SourceError(f"`path` is {str(path)!r}; it must end in {ending!r}. Change the ending.")
    return place


def _rows(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """Return the texts of a table row by row, the headings first."""
    return list(zip(*((column.head, *column.texts) for column in columns), strict=True))


def _row(tag: str, texts: Sequence[str], columns: Sequence[Column]) -> str:
    cells = [
        f'<{tag} dir="{column.direction_of(text)}" align="{column.side}" style="{column.style}">{escape(text)}</{tag}>'
        for text, column in zip(texts, columns, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"

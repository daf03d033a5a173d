"""Tables for other programs: the cells of a `Table` as Word, a spreadsheet and a CSV take them."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.cells import Column, days_and_forms, direction_of_text, is_code
from discourse.display.runs import split_runs
from discourse.display.wording import words
from discourse.exchange.spreadsheet import SheetCell
from discourse.exchange.word import Cell, Piece, WordTable
from discourse.exchange.workbook import guard_formula
from discourse.writing import days_as_text

__all__ = ["beside_node", "csv_for_excel", "excel_form", "sheet_rows", "word_table"]

_FORM = re.compile(r"(?P<sign>\+)?(?P<comma>,)?(?:\.(?P<digits>\d+))?(?P<kind>[f%d])?")
_DAYS = {"%Y": "yyyy", "%Y-%m": "yyyy-mm", "%Y-%m-%d": "yyyy-mm-dd"}
_TEXT = "@"
_LONG = 44  # letters from which the lines of a column are broken


def word_table(columns: Sequence[Column], *, caption: str, notes: Sequence[str], rtl: bool, language: str) -> WordTable:
    """Return a table as Word takes it: each text in its pieces, with its direction and side."""
    heads = [_word_cell(column.head, column, rtl=rtl) for column in columns]
    rows = [
        [_word_cell(text, column, rtl=rtl) for text, column in zip(texts, columns, strict=True)]
        for texts in zip(*(column.texts for column in columns), strict=True)
    ]
    widths = [min(_LONG, max(map(len, (column.head, *column.texts)))) for column in columns]
    whole = language == "ar"
    return WordTable(
        word=words("captions", "table_word", language),
        caption=Cell(_pieces(caption, rtl=whole), rtl=whole) if caption else None,
        heads=heads,
        rows=rows,
        notes=[Cell(_pieces(note, rtl=whole), rtl=whole) for note in notes],
        widths=widths,
        rtl=rtl,
    )


def _word_cell(text: str, column: Column, *, rtl: bool) -> Cell:
    own = direction_of_text(text)
    if column.kind in ("number", "day") and own is None:
        return Cell([Piece(text)], side="end" if column.side == "right" else "start")
    right = rtl if own is None else own == "rtl"
    begins = "right" if right else "left"
    side = "center" if column.side == "center" else "start" if column.side == begins else "end"
    return Cell(_pieces(text, rtl=right), rtl=right, side=side)


def _pieces(text: str, *, rtl: bool) -> list[Piece]:
    return [Piece(run.text, run.rtl) for run in split_runs(text, rtl=rtl)]


def sheet_rows(frame: pd.DataFrame, *, formats: Mapping[str, str], digits: int, language: str) -> list[list[SheetCell]]:
    """Return all rows of a table for a spreadsheet: numbers and days as such, with the format that shows them."""
    columns = [_sheet_column(frame, name, formats.get(name), digits, language) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def beside_node(rows: list[list[SheetCell]], columns: Sequence[Column]) -> list[list[SheetCell]]:
    """Return the rows of a sheet with the parts of a concordance set so that they meet at the keyword."""
    sides = {place: column.side for place, column in enumerate(columns) if column.kind in ("pre", "keyword", "post")}
    if not sides:
        return rows
    return [[replace(cell, side=sides.get(place, cell.side)) for place, cell in enumerate(row)] for row in rows]


def _sheet_column(frame: pd.DataFrame, name: Any, form: str | None, digits: int, language: str) -> list[SheetCell]:
    column = frame[name]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return _sheet_days(frame, name)
    whole = is_code(column) or pd.api.types.is_integer_dtype(column.dtype)
    usual = "0" if is_code(column) else "#,##0" if whole else excel_form(f",.{digits}f")
    shown = usual if form is None else excel_form(form)
    return [_sheet_cell(value, shown, language) for value in column.astype(object)]


def _sheet_days(frame: pd.DataFrame, name: Any) -> list[SheetCell]:
    return [
        SheetCell(None) if pd.isna(day) else SheetCell(day.date(), _DAYS[form])
        for day, form in zip(*days_and_forms(frame, name), strict=True)
    ]


def _sheet_cell(value: Any, form: str, language: str) -> SheetCell:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return SheetCell(None)
    if isinstance(value, bool):
        return SheetCell(words("tables", "yes" if value else "no", language))
    if isinstance(value, int) or (isinstance(value, float) and np.isfinite(value)):
        return SheetCell(value, form)
    return SheetCell(str(value), _TEXT)


def excel_form(form: str) -> str:
    """Return the format of a spreadsheet that shows numbers as a format of Python does.

    Examples
    --------
    >>> excel_form(",.2f"), excel_form(".1%"), excel_form("+.2f"), excel_form("03x")
    ('#,##0.00', '0.0%', '+0.00;-0.00;0.00', 'General')
    """
    found = _FORM.fullmatch(form)
    if found is None or not form:
        return "General"
    digits = int(found["digits"] or 0) if found["digits"] or found["kind"] != "f" else 6
    shown = ("#,##0" if found["comma"] else "0") + (f".{'0' * digits}" if digits else "")
    shown += "%" if found["kind"] == "%" else ""
    return f"+{shown};-{shown};{shown}" if found["sign"] else shown


def csv_for_excel(frame: pd.DataFrame) -> bytes:
    """Return a table as a CSV that Excel opens as it is: a byte order mark first, no text that it would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(str(name)) for name in frame.columns])
    columns = [_csv_column(frame[name]) for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    """Guard a text also where its sign is wide or stands behind spaces, which some programs take off first."""
    bare = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if bare and guard_formula(bare) != bare else guard_formula(text)


def _csv_column(column: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return days_as_text(column).fillna("").tolist()
    numbers = pd.api.types.is_numeric_dtype(column.dtype)
    return [
        "" if pd.isna(value) else str(value) if numbers else _guarded(str(value)) for value in column.astype(object)
    ]

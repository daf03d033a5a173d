"""Cells: how the values of a table are written, and on which side of their column they stand."""

import html
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.numbers import write_number
from discourse.display.wording import words

__all__ = [
    "Column",
    "days_and_forms",
    "direction_of_columns",
    "direction_of_text",
    "escape",
    "is_code",
    "period_form",
    "write_columns",
]

_NOTHING = "–"
_CONCORDANCE = ("pre", "keyword", "post")
_CODES = ("code", "polarity", "position")  # ordinal codes: whole numbers, whatever their type
_PRECISIONS = {"year": "%Y", "month": "%Y-%m"}
# Characters up to which a column holds names or spans of years, which are not broken, and from which it holds
# sentences, which a narrow page must not break word by word.
_NAME, _SENTENCE = 20, 40
# A grey that is seen on white and on black; the sanitiser of JupyterLab keeps it.
_CELL = "padding:2px 8px;border-bottom:1px solid rgba(128,128,128,0.4);vertical-align:top;"


@dataclass(frozen=True)
class Column:
    """A column as it is shown: its heading, its texts, what they are, and where they stand."""

    name: str
    head: str
    texts: list[str]
    kind: str  # number, day, text, or a part of a concordance
    direction: str  # ltr or rtl: of most of its texts

    @property
    def side(self) -> str:
        """The side on which the texts stand; a sanitiser knows left, right and center, but not start and end."""
        begin, end = ("right", "left") if self.direction == "rtl" else ("left", "right")
        return {"number": "right", "pre": end, "keyword": "center"}.get(self.kind, begin)

    @property
    def style(self) -> str:
        """The style of each cell."""
        style = f"{_CELL}text-align:{self.side};"
        longest = max(map(len, self.texts), default=0)
        if self.kind != "text" or longest <= _NAME:
            return style + "white-space:nowrap;"
        return style + ("min-width:14em;" if longest >= _SENTENCE else "")

    def direction_of(self, text: str) -> str:
        """Return the direction of one of the texts; a number keeps its sign in front."""
        return direction_of_text(text) or ("ltr" if self.kind in ("number", "day") else self.direction)


def write_columns(
    frame: pd.DataFrame,
    *,
    most: int,
    heads: Mapping[str, str],
    formats: Mapping[str, str],
    digits: int,
    language: str,
) -> list[Column]:
    """Write the first ``most`` rows of a table, column by column."""
    names = list(frame.columns)
    concordance = set(_CONCORDANCE) <= set(map(str, names))
    columns = []
    for name in names:
        values, form = frame[name].head(most).astype(object), formats.get(name)
        kind = _kind(frame[name])
        if form is None and kind == "day":
            texts = _days(frame, name, most)
        else:
            decimals = 0 if is_code(frame[name]) else digits
            texts = [_text(value, form, decimals, language) for value in values]
        if concordance and name in _CONCORDANCE:
            kind = str(name)
        direction = direction_of_text(" ".join(texts)) or ("rtl" if language == "ar" else "ltr")
        columns.append(Column(str(name), str(heads.get(name, name)), texts, kind, direction))
    whole = direction_of_columns(columns)  # contexts meet at the keyword, whatever they quote
    return [replace(one, direction=whole) if whole and one.kind in _CONCORDANCE else one for one in columns]


def direction_of_columns(columns: Sequence[Column]) -> str | None:
    """Return the direction in which columns must run for a concordance to be read through; None for other tables."""
    return next((column.direction for column in columns if column.kind == "keyword"), None)


def direction_of_text(text: str) -> str | None:
    """Return the direction of most letters of a text: ltr or rtl, or None where it has no letters.

    Examples
    --------
    >>> direction_of_text("لا تعترفان is the Taliban refusing"), direction_of_text("موسكو < afp")
    ('ltr', 'rtl')
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    left, right = kinds.count("L"), kinds.count("R") + kinds.count("AL")
    return None if not left + right else "rtl" if right > left else "ltr"


def escape(text: str) -> str:
    """Escape for HTML; control characters, which no HTML may hold, become a visible mark."""
    return html.escape("".join(mark if mark >= " " or mark == "\n" else "\N{REPLACEMENT CHARACTER}" for mark in text))


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    return "day" if pd.api.types.is_datetime64_any_dtype(column.dtype) else "text"


def is_code(column: pd.Series) -> bool:
    """Tell whether a column holds ordinal codes as floats, because some are null: -2, not -2.00."""
    if column.name not in _CODES or not pd.api.types.is_float_dtype(column.dtype):
        return False
    known = column.dropna()
    return bool((known == known.round()).all())


def _days(frame: pd.DataFrame, name: Any, most: int) -> list[str]:
    """Write days as precisely as they are meant."""
    days, forms = (values.head(most) for values in days_and_forms(frame, name))
    return [_NOTHING if pd.isna(day) else day.strftime(form) for day, form in zip(days, forms, strict=True)]


def days_and_forms(frame: pd.DataFrame, name: Any) -> tuple[pd.Series, pd.Series]:
    """Return the days of a column and the form of each: dates as known, the periods of a series as years or months."""
    days = pd.to_datetime(frame[name])
    forms = pd.Series("%Y-%m-%d", frame.index)
    if name == "date" and "date_precision" in frame:
        forms = frame["date_precision"].astype(object).map(_PRECISIONS).fillna("%Y-%m-%d")
    elif name == "period":
        forms[:] = period_form(days)
    return days, forms


def period_form(periods: pd.Series) -> str:
    """Return the form in which the first days of periods are written: as years, months or days.

    Examples
    --------
    >>> period_form(pd.to_datetime(pd.Series(["2015-01-01", "2016-01-01"])))
    '%Y'
    """
    starts = periods.dropna()
    if starts.nunique() < 2 or not starts.dt.day.eq(1).all():  # one alone does not tell how long it is
        return "%Y-%m-%d"
    return "%Y" if starts.dt.month.eq(1).all() else "%Y-%m"


def _text(value: Any, form: str | None, digits: int, language: str) -> str:
    """Write one value."""
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return _NOTHING
    if form is not None:
        return write_number(float(value), form) if isinstance(value, float | np.floating) else format(value, form)
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return words("tables", "yes" if value else "no", language)
    if isinstance(value, int):
        return write_number(value, ",")
    if isinstance(value, float):
        return write_number(value, f",.{digits}f")
    return str(value)

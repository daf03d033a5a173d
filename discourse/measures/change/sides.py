"""Sides of a contrast: periods, voices, categories and variables as a user writes them, and the rows they hold."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, first_three, some_of
from discourse.measures.change.rows import check_once, column_of

__all__ = ["PERIOD", "Side", "check_sides", "read_side", "rows_of_side", "variables_of"]

PERIOD = "period"
_ALIASES = {"voice": "category"}


class Side(NamedTuple):
    """One side of a contrast: first and last day (null: any), the values wanted by column, and its name in words."""

    start: pd.Timestamp | None
    end: pd.Timestamp | None
    values: dict[str, list[str]]
    words: str


def read_side(side: Mapping[str, Any], argument: str) -> Side:
    """Read a side as a user writes it.

    Parameters
    ----------
    side : mapping
        ``period``: one period ("2021", "2021-08", "2021-08-15") or a pair, first and last, both included; any other
        key names a column, its value one value or several.
    argument : str
        Name of the argument, for messages.

    Raises
    ------
    SchemaError
        The side is no mapping, is empty, or a period cannot be read.

    Examples
    --------
    >>> read_side({"period": ("2015", "2020"), "voice": "russia"}, "first").words
    '2015–2020, russia'
    """
    if not isinstance(side, Mapping) or not side:
        raise SchemaError(
            f"`{argument}` is {side!r}; it must say what lies on this side, such as {{'period': ('2015', '2020')}} or "
            "{'source': 'ahram'}."
        )
    start = end = None
    values: dict[str, list[str]] = {}
    words = []
    for name, value in side.items():
        if name == PERIOD:
            start, end, said = _read_period(value, argument)
            words.append(said)
            continue
        wanted = [value] if isinstance(value, str) or not isinstance(value, Sequence | set | np.ndarray) else value
        wanted = [str(one) for one in wanted]
        if not wanted:
            raise SchemaError(f"`{argument}` has no value for {name!r}; give one or several.")
        column = _ALIASES.get(str(name), str(name))
        if column == "category" and len(wanted) > 1:
            raise SchemaError(
                f"`{argument}` names {len(wanted)} values of {name!r}; a side has one of them. Give one contrast for "
                "each."
            )
        values[column] = wanted
        words.append(" + ".join(wanted))
    return Side(start, end, values, ", ".join(words))


def _read_period(value: Any, argument: str) -> tuple[pd.Timestamp, pd.Timestamp, str]:
    pair = value if isinstance(value, tuple | list) else (value, value)
    if len(pair) != 2:
        raise SchemaError(f"`{argument}` has the period {value!r}; give one period, or a first and a last one.")
    first, last = (_span_of_word(one, argument) for one in pair)
    if last[1] < first[0]:
        raise SchemaError(
            f"`{argument}` has a period that ends before it begins: {value!r}. Give the earlier one first."
        )
    said = [str(one).strip() if not isinstance(one, pd.Timestamp) else one.strftime("%Y-%m-%d") for one in pair]
    return first[0], last[1], said[0] if said[0] == said[1] else f"{said[0]}–{said[1]}"


def _span_of_word(word: Any, argument: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    try:
        if isinstance(word, pd.Timestamp):
            word = word.tz_localize(None).normalize()  # the day that is written down, whatever the zone
            return word, word
        span = pd.Period(str(word))
        if span is pd.NaT:  # of an empty text
            raise ValueError("no period")
        return span.start_time.normalize(), span.end_time.normalize()
    except (ValueError, TypeError) as error:
        raise SchemaError(
            f"`{argument}` has the period {word!r}, which cannot be read; write '2021', '2021-08' or '2021-08-15'."
        ) from error


def variables_of(sides: Sequence[Side]) -> list[str]:
    """Return the columns that sides ask for, beside the category."""
    return [name for name in dict.fromkeys(name for side in sides for name in side.values) if name != "category"]


def rows_of_side(rows: pd.DataFrame, side: Side, argument: str) -> np.ndarray:
    """Tell which rows lie on a side; a document whose date is too coarse to say lies on none.

    Raises
    ------
    SchemaError
        No row has a value that the side names, or no row lies on the side.
    """
    inside = np.ones(len(rows), dtype=bool)
    for name, wanted in side.values.items():
        values = rows[name if name == "category" else column_of(name)]
        there, absent = _find(values, wanted)
        if absent:
            known = some_of(sorted(values.unique()))
            raise AbsentError(
                f"`{argument}` names {first_three(absent)}, which no row has in {name!r}; it has {known}."
            )
        inside &= there
    if side.start is not None:
        inside &= (rows["start"].ge(side.start) & rows["end"].le(side.end)).to_numpy()
    if not inside.any():
        raise AbsentError(f"`{argument}` ({side.words}) holds no document that is measured.{_dates_of(rows)}")
    return inside


def _find(values: pd.Series, wanted: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """Tell which rows have one of the values wanted, and which of these no row has."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        there = values.isin(wanted).to_numpy()
        return there, sorted(set(wanted) - set(values[there].unique()))
    codes, categories = values.cat.codes.to_numpy(), values.cat.categories
    marked = np.append(categories.isin(wanted), False)  # null, of code -1, is the last
    found = categories[np.flatnonzero(np.bincount(codes[codes >= 0], minlength=len(categories)))]
    return marked[codes], sorted(set(wanted) - set(found))


def _dates_of(rows: pd.DataFrame) -> str:
    if rows["start"].isna().all():
        return " No document has a date."
    return f" The dates run from {rows['start'].min():%Y-%m-%d} to {rows['end'].max():%Y-%m-%d}."


def check_sides(first: Side, second: Side, rows: pd.DataFrame, inside: tuple[np.ndarray, np.ndarray]) -> None:
    """Raise where two sides share rows, where only one names a category, or where a document repeats within a side."""
    if ("category" in first.values) != ("category" in second.values):
        raise SchemaError(
            "`first` and `second` must both name a category (voice), or neither: else all categories would stand "
            "against one. Name one on each side."
        )
    both = inside[0] & inside[1]
    if both.any():
        raise SchemaError(
            f"`first` ({first.words}) and `second` ({second.words}) overlap: {rows.loc[both, 'doc_id'].nunique()} "
            f"documents lie on both sides. First: {first_three(rows.loc[both, 'doc_id'].unique())}. Draw the border "
            "so that each lies on one."
        )
    for mask in inside:
        check_once(rows.loc[mask])

"""Sides of a claim: those of a contrast, with borders that can be moved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.change.rows import span_of
from discourse.measures.change.sides import PERIOD, read_side
from discourse.measures.change.sides import Side as Held
from discourse.tables import need

__all__ = ["Side", "check_sides", "state_side"]

_MEASURED = ("category", "voice")  # what is measured on a side, not which documents lie on it


@dataclass(frozen=True)
class Side:
    """One side as a contrast reads it, kept as text.

    Attributes
    ----------
    period : tuple of str
        First and last year, month or day; empty where the side has all of them.
    values : tuple
        Document variables, ``category`` or ``voice``, each with the values wanted.
    """

    period: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def parts(self) -> dict[str, Any]:
        """Return the side as a mapping, in the form in which a contrast reads it."""
        named: dict[str, Any] = {PERIOD: list(self.period)} if self.period else {}
        return named | {name: _one_or_all(values) for name, values in self.values}

    @property
    def held(self) -> Held:
        """The side as a contrast holds it."""
        return _held(self)

    @property
    def measured(self) -> str | None:
        """The category or voice that is measured on this side, where it names one."""
        return next((values[0] for name, values in self.values if name in _MEASURED), None)

    def moved(self, step: pd.DateOffset, form: str, *, first: int = 0, last: int = 0) -> "Side":
        """Return the side with its first or last border moved by so many steps, written in a form of strftime."""
        start, end = self.held.start, self.held.end
        if start is None or end is None:
            return self
        day = pd.Timedelta(days=1)
        borders = [
            (start + first * step).strftime(form) if first else self.period[0],
            (end + day + last * step - day).strftime(form) if last else self.period[1],
        ]
        return replace(self, period=tuple(borders))

    def is_before(self, other: "Side") -> bool:
        """Tell whether the side ends before the other begins."""
        end, start = self.held.end, other.held.start
        return end is not None and start is not None and end < start

    def holds(self, documents: pd.DataFrame, span: tuple[pd.Series, pd.Series] | None = None) -> np.ndarray:
        """Tell which documents lie on the side; one whose date is too coarse to say does not.

        ``span`` is the first and last day of each document, where it is known already.
        """
        inside = np.ones(len(documents), bool)
        if self.period:
            start, end = span or span_of(documents)
            inside &= (start.ge(self.held.start) & end.le(self.held.end)).to_numpy()
        for name, values in self.values:
            if name not in _MEASURED:
                need(documents, "documents", [name])
                inside &= documents[name].astype("str").isin(values).to_numpy() & documents[name].notna().to_numpy()
        return inside

    def __str__(self) -> str:
        return self.held.words


@lru_cache(maxsize=256)
def _held(side: Side) -> Held:
    return read_side(side.parts(), "side")


def state_side(given: object, argument: str) -> Side:
    """Read a side from a mapping: ``period``, ``category``, ``voice``, and names of document variables.

    Raises
    ------
    SchemaError
        It is no mapping, is empty, or holds a period that cannot be read.

    Examples
    --------
    >>> str(state_side({"period": [2015, 2020], "source": "ahram"}, "first"))
    '2015–2020, ahram'
    """
    read: Mapping = given if isinstance(given, Mapping) else read_side(given, argument)  # type: ignore[arg-type]
    listed = {str(name): _listed(value, f"{argument}, {name}") for name, value in read.items()}
    read_side({name: _one_or_all(values) for name, values in listed.items()}, argument)
    period = listed.pop(PERIOD, ())
    return Side(period * 2 if len(period) == 1 else period, tuple(sorted(listed.items())))


def _one_or_all(values: tuple[str, ...]) -> str | list[str]:
    return list(values) if len(values) != 1 else str(*values)


def _listed(value: object, argument: str) -> tuple[str, ...]:
    values = list(value) if isinstance(value, list | tuple | set) else [value]
    if not values or any(one is None or isinstance(one, list | dict | bool | float) for one in values):
        raise SchemaError(f"`{argument}` is {value!r}; it must be one value or a list of values.")
    named = [one.strftime("%Y-%m-%d") if isinstance(one, dt.date) else str(one) for one in values]
    return tuple(named) if argument.endswith(PERIOD) else tuple(sorted(set(named)))


def check_sides(first: Side, second: Side, documents: pd.DataFrame) -> None:
    """Raise where a side has no documents, or a document lies on both sides of one thing that is measured."""
    inside = [side.holds(documents) for side in (first, second)]
    for name, side, held in zip(("first", "second"), (first, second), inside, strict=True):
        if not held.any():
            raise SchemaError(
                f"The `{name}` side of the claim ({side}) has no document among the {len(documents)}; "
                f"{_span(documents)}. Choose a side with documents, or pass the documents that it is about."
            )
    both = inside[0] & inside[1]
    if both.any() and first.measured == second.measured:
        raise SchemaError(
            f"The sides of the claim ({first}; {second}) share {int(both.sum())} documents, so that in part a thing is "
            f"compared with itself. First: {first_three(documents.loc[both, 'doc_id'].astype(str))}. Part the sides."
        )


def _span(documents: pd.DataFrame) -> str:
    dates = pd.to_datetime(documents["date"]).dropna() if "date" in documents else pd.Series(dtype="datetime64[us]")
    return f"they run from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}" if len(dates) else "none has a date"

"""What a frame carries: tables that were made from it before and are at hand as long as its columns are the same.

An opened corpus lays its TOKENS and SPANS down with its DOCUMENTS; ``tokenize`` and ``find_boilerplate`` ask here
before they begin. Functions stay pure: what is found is what they would make. Columns are told by where their values
lie, and are held as long as the frame lives, so that a frame that is cut, reordered or edited carries nothing.
"""

import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import pyarrow as pa

__all__ = ["carried", "carry"]

_ABSENT = ("absent",)

_lock = threading.RLock()
_loads: dict[Hashable, Callable[[], pd.DataFrame]] = {}


def carry(frame: pd.DataFrame, columns: tuple[str, ...], name: Hashable, load: Callable[[], pd.DataFrame]) -> bool:
    """Lay down with a frame how a table that was made from some of its columns is had.

    Parameters
    ----------
    frame : DataFrame
        The frame, such as DOCUMENTS; what is laid down goes when it goes.
    columns : tuple of str
        All columns that the table is made from: Arrow strings or categories. A column that is not there counts as such.
    name : hashable
        Says everything else that the table depends on.
    load : callable
        Returns the table, the same one each time; no one may change it.

    Returns
    -------
    bool
        False where a column is of another dtype: nothing is laid down.

    Examples
    --------
    >>> documents = pd.DataFrame({"text": ["a b"]})
    >>> words = pd.DataFrame({"word": ["a", "b"]})
    >>> carry(documents, ("text",), "words", lambda: words)
    True
    >>> carried(documents, ("text",), "words")["word"].tolist()
    ['a', 'b']
    >>> documents.loc[0, "text"] = "c"
    >>> carried(documents, ("text",), "words") is None
    True
    """
    place = _place(frame, columns, name)
    if place is None:
        return False
    held = [frame[column] for column in columns if column in frame]
    with _lock:
        _loads[place] = load
    weakref.finalize(frame, _forget, place, held).atexit = False
    return True


def carried(frame: pd.DataFrame, columns: tuple[str, ...], name: Hashable) -> pd.DataFrame | None:
    """Return the table that was laid down with a frame, or None; the caller may change what is returned."""
    if not _loads or not isinstance(frame, pd.DataFrame):
        return None
    place = _place(frame, columns, name)
    with _lock:
        load = None if place is None else _loads.get(place)
    if load is None:
        return None
    table = load()
    lent = table.copy(deep=False)
    # as long as the table is held, pandas writes into a copy of its arrays, which are closed to writing
    weakref.finalize(lent, _let_go, table).atexit = False
    return lent


def _forget(place: Hashable, held: list[pd.Series]) -> None:
    with _lock:
        _loads.pop(place, None)
    held.clear()


def _let_go(table: pd.DataFrame) -> None:
    del table


def _place(frame: pd.DataFrame, columns: tuple[str, ...], name: Hashable) -> Hashable | None:
    lies = [_lies(frame[column]) if column in frame else _ABSENT for column in columns]
    return None if None in lies else (name, columns, *lies)


def _lies(series: pd.Series) -> tuple | None:
    """Tell where the values of a column lie; None for a column of which that does not say what they are."""
    if not isinstance(series, pd.Series):  # two columns of one name
        return None
    array: Any = series.array
    if isinstance(series.dtype, pd.CategoricalDtype):
        codes = array.codes
        return codes.__array_interface__["data"][0], len(codes), str(codes.dtype), id(series.dtype.categories)
    if not isinstance(series.dtype, pd.StringDtype) or series.dtype.storage != "pyarrow":
        return None
    values = array.__arrow_array__()
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    return tuple(
        (chunk.offset, len(chunk), *(0 if buffer is None else buffer.address for buffer in chunk.buffers()))
        for chunk in chunks
    )

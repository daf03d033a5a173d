"""What is worked out once and used again: facts of a vocabulary, facts of the rows of a frame, facts of a content.

Functions stay pure: what is remembered here is what they would find again, and it is found again as soon as what it was
made from is another. Facts of words hang on the index of categories, which no one can change and which every frame cut
from the same corpus shares; they go when it goes. Facts of rows hang on the columns they were read from: the memory
holds these columns, so that pandas' copy-on-write gives a frame that is changed in place new ones, and compares sums of
their blocks, so that a write to the bare array is noticed, unless it only moves numbers within a block (a saved corpus,
to which nobody can write, needs none); they go with the last frame that asked. ``look_once`` sums once a call.
"""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, is_dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

__all__ = ["look_once", "of_content", "of_rows", "of_words"]

T = TypeVar("T")
MOST = 64  # facts kept of contents, of rows, and of each vocabulary; the one not asked for longest goes first
_BLOCK = 4096  # bytes whose sum stands for them

_lock = threading.RLock()


class _Shelf(OrderedDict[Hashable, tuple]):
    """Facts by name, the one asked for last at the end."""

    def find(self, name: Hashable) -> tuple | None:
        """Return the fact as a tuple whose first is the value, or None."""
        fact = self.pop(name, None)  # in one step: a frame may go, and its facts with it, between any two
        if fact is None:
            return None
        self[name] = fact
        return fact

    def put(self, name: Hashable, fact: tuple) -> None:
        """Keep a fact, and no more than the most."""
        self.pop(name, None)
        self[name] = fact
        while len(self) > MOST:
            self.popitem(last=False)


class _Fact(NamedTuple):
    """A fact of rows: what it is, the columns it was made from with their sums, and the frames that asked for it."""

    value: Any
    columns: list[pd.Series]
    sums: list[tuple[np.ndarray, bytes]]
    owners: set[int]


@dataclass
class _Owner:
    """A frame and the places of its facts by their names."""

    frame: weakref.ref
    places: dict[Hashable, Hashable] = field(default_factory=dict)


_contents = _Shelf()
_vocabularies: dict[int, tuple[weakref.ref, _Shelf]] = {}
_rows = _Shelf()
_owners: dict[int, _Owner] = {}
_looked: ContextVar[dict[Hashable, tuple] | None] = ContextVar("looked", default=None)


@contextmanager
def look_once() -> Iterator[None]:
    """Add up each column once within a block or a decorated function, whatever number of facts it asks for.

    For a function that is asked from outside and writes to no column of its frames: what was changed before it is
    called is noticed as ever, since the sums are those of this call and go with it. Columns that were added up are held
    until then, so that pandas gives a frame that is changed within a new one. One within another is a part of it.

    Examples
    --------
    >>> frame = pd.DataFrame({"n": [1, 2]})
    >>> with look_once():
    ...     [of_rows(frame, ("n",), name, lambda: int(frame["n"].sum())) for name in ("one", "two")]
    [3, 3]
    """
    if _looked.get() is not None:
        yield
        return
    mark = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(mark)


def of_content(name: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` returns, made once for each ``name``.

    Parameters
    ----------
    name : hashable
        Says everything that the fact depends on: two facts that may differ have different names.
    make : callable
        Makes the fact; no one may change what it returns.

    Examples
    --------
    >>> of_content(("an example", 2), lambda: [1, 2]) is of_content(("an example", 2), lambda: [1, 2])
    True
    """
    with _lock:
        found = _contents.find(name)
    if found is not None:
        return found[0]
    value = _frozen(make())
    with _lock:
        _contents.put(name, (value,))
    return value


def of_words(words: pd.Index, name: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` returns, made once for each vocabulary and ``name``.

    Parameters
    ----------
    words : Index
        The vocabulary: the categories of a column of TOKENS.
    name : hashable
        Says everything else that the fact depends on.
    make : callable
        Makes the fact from the words; it must not hold the index itself, and no one may change what it returns.

    Examples
    --------
    >>> words = pd.Series(["b", "a"], dtype="category").cat.categories
    >>> of_words(words, "lengths", lambda: words.str.len().to_numpy()).tolist()
    [1, 1]
    """
    with _lock:
        known = _vocabularies.get(id(words))
        found = known[1].find(name) if known is not None and known[0]() is words else None
    if found is not None:
        return found[0]
    value = _frozen(make())
    with _lock:
        known = _vocabularies.get(id(words))
        if known is None or known[0]() is not words:
            place = id(words)
            known = (weakref.ref(words, lambda dead: _forget_words(place, dead)), _Shelf())
            _vocabularies[place] = known
        known[1].put(name, (value,))
    return value


def _forget_words(place: int, dead: weakref.ref) -> None:
    with _lock:
        known = _vocabularies.get(place)
        if known is not None and known[0] is dead:
            del _vocabularies[place]


def of_rows(frame: pd.DataFrame, columns: tuple[str, ...], name: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` returns, made once for the rows of these columns and ``name``.

    Parameters
    ----------
    frame : DataFrame
        The frame that is asked about, such as TOKENS.
    columns : tuple of str
        All columns that the fact is read from: categories or numbers. With a column of another dtype, or without
        rows, nothing is remembered.
    name : hashable
        Says everything else that the fact depends on.
    make : callable
        Makes the fact from these columns; no one may change what it returns.

    Examples
    --------
    >>> frame = pd.DataFrame({"n": [1, 2]})
    >>> of_rows(frame, ("n",), "sum", lambda: int(frame["n"].sum()))
    3
    >>> frame.loc[0, "n"] = 5
    >>> of_rows(frame, ("n",), "sum", lambda: int(frame["n"].sum()))
    7
    """
    held = [frame[column] for column in columns]
    bare = [values for values in map(_bare, held) if values is not None]
    if not len(frame) or len(bare) < len(held):
        return make()
    sums = list(map(_sums_once, held, bare))
    asked = (name, columns)
    place = (asked, tuple(map(_identity, held, bare)))
    with _lock:
        found = _rows.find(place)
        if isinstance(found, _Fact) and _same(found.sums, sums):
            _own(frame, asked, place, found)
            return found.value
    value = _frozen(make())
    fact = _Fact(value, held, sums, set())
    with _lock:
        _rows.put(place, fact)
        _own(frame, asked, place, fact)
    return value


def _bare(series: pd.Series) -> np.ndarray | None:
    """Return the bare array of a column of categories or numbers."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        return series.array.codes  # type: ignore[attr-defined]
    return series.to_numpy() if isinstance(series.dtype, np.dtype) and series.dtype.kind in "biuf" else None


def _identity(series: pd.Series, bare: np.ndarray) -> tuple:
    """Tell one column from another while it is held: where it lies, its length, step, dtype and categories."""
    categories = id(series.dtype.categories) if isinstance(series.dtype, pd.CategoricalDtype) else 0
    return bare.__array_interface__["data"][0], bare.shape, bare.strides, bare.dtype.str, categories


def _sums_once(series: pd.Series, bare: np.ndarray) -> tuple[np.ndarray, bytes]:
    """Return the sums of a column, those found before within ``look_once``."""
    looked = _looked.get()
    if looked is None:
        return _sums(bare)
    place = _identity(series, bare)
    if place not in looked:
        looked[place] = (_sums(bare), series)
    return looked[place][0]


def _sums(values: np.ndarray) -> tuple[np.ndarray, bytes]:
    """Return the sum of each block of an array, and the rest as it is; nothing of one that nobody can write to."""
    if _is_fixed(values):
        return np.empty(0, dtype=np.int64), b""
    raw = np.ascontiguousarray(values).view(np.uint8)
    whole = len(raw) - len(raw) % _BLOCK
    return raw[:whole].view(np.int64).reshape(-1, _BLOCK // 8).sum(axis=1), raw[whole:].tobytes()


def _is_fixed(values: np.ndarray) -> bool:
    """Tell an array over memory that numpy lets nobody write to: an Arrow buffer, a file mapped for reading."""
    while isinstance(values.base, np.ndarray):
        values = values.base
    if values.flags.writeable or values.base is None:
        return False
    try:
        return memoryview(values.base).readonly
    except TypeError:  # no buffer: Arrow's own arrays
        return True


def _same(before: list[tuple[np.ndarray, bytes]], now: list[tuple[np.ndarray, bytes]]) -> bool:
    return all(a[1] == b[1] and np.array_equal(a[0], b[0]) for a, b in zip(before, now, strict=True))


def _own(frame: pd.DataFrame, asked: Hashable, place: Hashable, fact: _Fact) -> None:
    """Note that a frame asked for a fact; what it asked for before under this name is no longer its own."""
    number = id(frame)
    owner = _owners.get(number)
    if owner is None or owner.frame() is not frame:
        owner = _Owner(weakref.ref(frame, lambda dead: _forget_frame(number, dead)))
        _owners[number] = owner
    before = owner.places.get(asked)
    if before is not None and before != place:
        _disown(number, before)
    owner.places[asked] = place
    fact.owners.add(number)


def _disown(number: int, place: Hashable) -> None:
    fact = _rows.get(place)
    if isinstance(fact, _Fact):
        fact.owners.discard(number)
        if not fact.owners:
            _rows.pop(place, None)


def _forget_frame(number: int, dead: weakref.ref) -> None:
    with _lock:
        owner = _owners.get(number)
        if owner is not None and owner.frame is dead:
            del _owners[number]
            for place in owner.places.values():
                _disown(number, place)


def _frozen(value: T) -> T:
    """Return the value with its arrays closed to writing, so that no one changes what others will be given."""
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
    elif isinstance(value, tuple):
        for part in value:
            _frozen(part)
    elif is_dataclass(value):
        for part in vars(value).values():
            _frozen(part)
    return value

"""The tables of parts put together: the rows in the order of the corpus, the categories those of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.parts.files import read_file

__all__ = ["Kept", "join_made"]


class Kept:
    """What was made of parts, in files; given one by one as often as it is asked for, arrays where they lie."""

    def __init__(self) -> None:
        self._paths: dict[int, str] = {}

    def add(self, number: int, path: str) -> None:
        """Keep the file that holds what was made of a part."""
        self._paths[number] = path

    def __iter__(self) -> Iterator[Any]:
        """Give what was made, in the order of the parts."""
        for number in sorted(self._paths):
            yield read_file(self._paths[number], mapped=True)

    def __len__(self) -> int:
        return len(self._paths)


def join_made(parts: Sequence[Any], ids: pd.Index, orders: Mapping[str, Sequence[str]]) -> Any:
    """Put together what a step made of each part.

    Parameters
    ----------
    parts : sequence
        In the order of the parts: tables with ``doc_id`` (a column, or the index), numbers, which are added up, or
        None, where the step does not apply.
    ids : Index of str
        The documents of the corpus, sorted: rows come in this order, those of one document as they stand.
    orders : mapping of str to sequence of str
        Columns by which a table is grouped before its documents, with the order of their values.

    Examples
    --------
    >>> parts = [pd.DataFrame({"doc_id": ["b"], "n": [1]}), pd.DataFrame({"doc_id": ["a"], "n": [2]})]
    >>> join_made(parts, pd.Index(["a", "b"]), {})["n"].tolist()
    [2, 1]
    """
    if any(part is None for part in parts):
        return None
    if not isinstance(parts[0], pd.DataFrame):
        return sum(parts)
    if parts[0].index.name == "doc_id":
        joined = join_made([part.reset_index() for part in parts], ids, orders)
        return joined.set_index("doc_id")
    if len(parts) == 1:
        return parts[0]
    table = pd.DataFrame({name: _column([part[name] for part in parts]) for name in parts[0]}, copy=False)
    keys = [_places(table["doc_id"], ids)]
    keys += [_places(table[name], pd.Index(values)) for name, values in orders.items() if name in table]
    ordered = all((np.diff(key) >= 0).all() for key in keys[1:]) and (len(keys) > 1 or (np.diff(keys[0]) >= 0).all())
    if len(keys) > 1 or not ordered:
        table = table.take(np.lexsort(keys)).reset_index(drop=True)
    return table


def _column(parts: list[pd.Series]) -> Any:
    """Put the pieces of a column one under the other; categories that differ become all of them, sorted."""
    if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
        return _categories(parts)
    filled = [part for part in parts if len(part)] or parts[:1]
    kinds = {part.dtype for part in filled}
    if len(kinds) > 1:  # a piece that holds nothing but nulls tells no dtype
        told = {part.dtype for part in filled if part.notna().any()}
        kind = told.pop() if len(told) == 1 else None
        filled = [part.astype(kind) if kind is not None else part for part in filled]
    return pd.concat(filled, ignore_index=True).array


def _categories(parts: list[pd.Series]) -> pd.Categorical:
    first = parts[0].cat.categories
    if all(part.cat.categories is first or part.cat.categories.equals(first) for part in parts[1:]):
        categories, codes = first, [part.cat.codes.to_numpy() for part in parts]
    else:
        some = [part.cat.categories for part in parts if len(part.cat.categories)]
        categories = pd.Index(sorted(set().union(*some)), dtype=some[0].dtype, name=some[0].name)
        codes = [
            np.append(categories.get_indexer(part.cat.categories), -1)[part.cat.codes.to_numpy()] for part in parts
        ]
    kind = pd.CategoricalDtype(categories, ordered=parts[0].cat.ordered)
    return pd.Categorical.from_codes(np.concatenate(codes), dtype=kind)


def _places(column: pd.Series, values: pd.Index) -> np.ndarray:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return values.get_indexer(column.cat.categories.astype(str))[column.cat.codes.to_numpy()]
    return values.get_indexer(pd.Index(column.astype(str)))

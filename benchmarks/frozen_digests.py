"""How a table becomes a digest, and where two tables differ.

A table is written out first: every value in full as text (a float as the shortest text that reads back as the same
float, a day or a time in ISO form, a list as JSON, a null as a null), columns and rows in their order. The digest is
the SHA-256 of the columns, their dtypes and the written values. Which categories a column could hold, and in which
order they stand, is no result and does not count.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

CONTEXT = 40
LONGEST = 100


def written(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return a table with every value written in full as text, and the dtype of each of its columns.

    An index that is more than the numbers of the rows becomes columns on the left.
    """
    if not (isinstance(table.index, pd.RangeIndex) and table.index.start == 0 and table.index.step == 1):
        table = table.reset_index()
    columns, dtypes = {}, {}
    for place, label in enumerate(table.columns):
        name = str(label)
        if name in columns:
            raise ValueError(f"the table has two columns {name!r}; give each its own name.")
        columns[name] = pd.Series(_texts(table.iloc[:, place]), dtype="object")
        dtypes[name] = str(table.dtypes.iloc[place])
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table))), dtypes


def _texts(column: pd.Series) -> list[str | None]:
    values = column.astype(object).tolist()
    return [None if null else _text(value) for value, null in zip(values, column.isna(), strict=True)]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy: one value, or many
        value = value.tolist()
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return repr(value) if isinstance(value, (bool, int, float)) else str(value)


def digest(table: pd.DataFrame, dtypes: Mapping[str, str]) -> dict[str, Any]:
    """Return rows, columns with dtypes, and SHA-256 of a written table."""
    whole = hashlib.sha256(json.dumps(list(dtypes.items()), ensure_ascii=False).encode())
    for name in table.columns:
        pieces = ["-" if value is None else f"{len(value)}:{value}" for value in _nulls_as_none(table[name])]
        whole.update(f"|{len(pieces)}|".encode())
        whole.update("".join(pieces).encode("utf-8", "surrogatepass"))
    return {"rows": len(table), "columns": dict(dtypes), "sha256": whole.hexdigest()}


def _nulls_as_none(column: pd.Series) -> list[str | None]:
    return [None if null else value for value, null in zip(column.tolist(), column.isna(), strict=True)]


def differences(
    old: pd.DataFrame, new: pd.DataFrame, dtypes: tuple[Mapping[str, str], Mapping[str, str]], *, most: int = 5
) -> list[str]:
    """Say in lines where two written tables differ: columns, dtypes, rows, then cells old -> new, ``most`` a column."""
    lines = [f"column {name!r} removed" for name in old.columns if name not in new.columns]
    lines += [f"column {name!r} new" for name in new.columns if name not in old.columns]
    shared = [name for name in old.columns if name in new.columns]
    if not lines and list(old.columns) != list(new.columns):
        lines.append(f"columns in another order: {', '.join(old.columns)} -> {', '.join(new.columns)}")
    for name in shared:
        if dtypes[0][name] != dtypes[1][name]:
            lines.append(f"column {name!r}: dtype {dtypes[0][name]} -> {dtypes[1][name]}")
    before, after = ({name: _nulls_as_none(table[name]) for name in shared} for table in (old, new))
    if len(old) == len(new):
        cells = list(_cell_lines(before, after, most))
        if cells and Counter(_rows(before)) == Counter(_rows(after)):
            cells = ["the same rows in another order", *cells[:2]]
        return lines + cells
    lines.append(f"rows {len(old):,} -> {len(new):,}")
    return lines + list(_row_lines(before, after, most))


def _rows(columns: Mapping[str, list[str | None]]) -> list[tuple[str | None, ...]]:
    return list(zip(*columns.values(), strict=True))


def _cell_lines(before: Mapping[str, list], after: Mapping[str, list], most: int) -> Iterator[str]:
    for name, values in before.items():
        places = [i for i, (a, b) in enumerate(zip(values, after[name], strict=True)) if a != b]
        if not places:
            continue
        yield f"column {name!r}: {len(places):,} of {len(values):,} cells differ{_largest(values, after[name], places)}"
        for i in places[:most]:
            left, right = _around(values[i], after[name][i])
            yield f"  row {i}{_where(before, i, name)}: {left} -> {right}"


def _row_lines(before: Mapping[str, list], after: Mapping[str, list], most: int) -> Iterator[str]:
    rows = {"only old": _rows(before), "only new": _rows(after)}
    counts = {name: Counter(found) for name, found in rows.items()}
    for name, other in (("only old", "only new"), ("only new", "only old")):
        left = counts[name] - counts[other]
        yield f"{name}: {left.total():,} rows"
        for row in list(left)[:most]:
            yield "  " + ", ".join(f"{key}={_short(value)}" for key, value in zip(before, row, strict=True))


def _where(columns: Mapping[str, list], row: int, name: str) -> str:
    """Name a row by its first three other columns."""
    said = [f"{key}={_short(columns[key][row], 30)}" for key in columns if key != name][:3]
    return f" ({', '.join(said)})" if said else ""


def _largest(old: list, new: list, places: list[int]) -> str:
    """Say the largest difference of numbers, empty where a differing cell is no number."""
    try:
        return f", by at most {max(abs(float(old[i]) - float(new[i])) for i in places):.3g}"
    except (TypeError, ValueError):
        return ""


def _around(old: str | None, new: str | None) -> tuple[str, str]:
    """Shorten two values to what stands around their first difference."""
    if old is None or new is None or max(len(old), len(new)) <= LONGEST:
        return _short(old), _short(new)
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    begin = max(0, same - CONTEXT)
    lead = "..." if begin else ""
    return tuple(_short(lead + value[begin:]) for value in (old, new))  # type: ignore[return-value]


def _short(value: str | None, longest: int = LONGEST) -> str:
    if value is None:
        return "null"
    shown = repr(value[:longest])
    return f"{shown}..." if len(value) > longest else shown

"""How series are laid out: documents by categories as matrices, cells by categories as a table."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.measures.intervals import FEW
from discourse.tables import TABLES, conform

__all__ = ["codes_of", "fill_table", "lay_out", "spread", "sum_by_cell"]


def codes_of(counts: pd.DataFrame, placed: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the sorted categories, and for each row of counts its row of ``placed`` (-1: none) and its category."""
    ids = counts["doc_id"].astype("category")
    rows = pd.Index(placed["doc_id"]).get_indexer(ids.cat.categories.astype(str))
    kinds = counts["category"].astype("category").cat.remove_unused_categories()  # of a lexicon that was cut down
    categories = sorted(str(name) for name in kinds.cat.categories)
    columns = pd.Index(categories).get_indexer(kinds.cat.categories.astype(str))
    doc_codes, category_codes = ids.cat.codes.to_numpy(), kinds.cat.codes.to_numpy()
    if not len(counts):
        return categories, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return categories, rows[doc_codes], columns[category_codes]


def spread(
    values: pd.Series, doc_codes: np.ndarray, category_codes: np.ndarray, placed: pd.DataFrame, categories: list[str]
) -> np.ndarray:
    """Lay the long column out as documents by categories."""
    matrix = np.zeros((len(placed), len(categories)))
    kept = doc_codes >= 0
    matrix[doc_codes[kept], category_codes[kept]] = values.to_numpy(dtype=float)[kept]
    return matrix


def sum_by_cell(matrix: np.ndarray, groups: np.ndarray, n_groups: int) -> np.ndarray:
    """Sum the rows of each cell, column by column."""
    sums = [np.bincount(groups, column, n_groups) for column in matrix.T]
    return np.column_stack(sums) if sums else np.zeros((n_groups, 0))


def lay_out(
    cells: pd.DataFrame,
    categories: list[str],
    sums: dict[str, np.ndarray],
    estimates: dict[str, np.ndarray],
    measure: str,
    names: list[str],
    *,
    scale: float,
) -> pd.DataFrame:
    """Lay cells by categories out as SERIES."""
    width = len(categories)
    rows = np.repeat(np.arange(len(cells)), width)

    def flat(values: np.ndarray) -> np.ndarray:
        return values.ravel() if values.ndim == 2 else values[rows]

    series = cells.iloc[rows].reset_index(drop=True)
    series["category"] = pd.Categorical(np.tile(np.array(categories, dtype=object), len(cells)), categories)
    for name, values in sums.items():
        series[name] = flat(values).astype("int64")
    for name in ("estimate", "lower", "upper", "band_lower", "band_upper"):
        if name in estimates:
            series[name] = flat(estimates[name]) * scale
    series["measure"] = pd.Categorical([measure] * len(series), [measure])
    series["n_units"] = flat(estimates["n_units"]).astype("int64")
    series["method"] = flat(estimates["method"])
    series["method"] = series["method"].astype("category")
    series["few"] = series["n_units"].lt(FEW) & series["estimate"].notna()
    bands = [name for name in ("band_lower", "band_upper") if name in series]
    others = [c for c in series if c not in {"period", "category", *names, *bands}]
    ordered = ["period", "category", *names, *others, *bands]
    series = series[ordered].sort_values(["period", "category", *names], kind="stable", ignore_index=True)
    return conform(series, "SERIES")[ordered] if not names else series


def fill_table(parts: Sequence[pd.DataFrame], table: str) -> pd.DataFrame:
    """Put parts of a table one under the other; columns that they lack are null, or 0 and False where null may not be.

    Parameters
    ----------
    parts : sequence of DataFrame
        Some of the columns each; none at all gives a table without rows.
    table : str
        Name of the table, a key of ``TABLES``.
    """
    columns = {column.name: column for column in TABLES[table].columns}
    made: dict[str, pd.Series] = {}
    for name, column in columns.items():
        values = [value for part in parts for value in (part[name] if name in part else [None] * len(part))]
        told = pd.Series(values, dtype=object)
        if column.dtype == "date":
            made[name] = pd.to_datetime(told).astype("datetime64[us]")
        elif column.dtype in ("category", "string"):
            made[name] = told.astype("str")
        else:
            made[name] = told.where(told.notna(), None if column.null else 0).astype(column.dtype)  # type: ignore[call-overload]
    return conform(pd.DataFrame(made), table)

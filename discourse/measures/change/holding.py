"""Outlets held constant: the values that stand on both sides, and the weights that both sides take from them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, check_choice, first_three
from discourse.measures.change.clustered import Linear, Parts, estimate_cells, part
from discourse.measures.change.rows import column_of, name_of, observe, read_hold
from discourse.measures.change.sides import check_sides, read_side, rows_of_side, variables_of
from discourse.measures.intervals import METHODS, interval_of
from discourse.measures.variance import measure_spread

__all__ = ["STANDARDS", "held_cells", "held_intervals", "weigh_common"]

STANDARDS = ("both", "equal", "first", "second")
_RESULT = ("n_docs_first", "n_docs_second", "weight")


def weigh_common(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    hold: str | Sequence[str],
    measure: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    standard: str = "both",
    weight: str | None = None,
) -> pd.DataFrame:
    """Show what ``contrast`` holds constant: each value of the variables held, and its weight.

    Parameters
    ----------
    table, documents, first, second, measure, holder, target, standard, weight
        As in ``contrast``; one contrast.
    hold : str or sequence of str
        The variables held.

    Returns
    -------
    DataFrame
        The ``hold`` columns, ``n_docs_first``, ``n_docs_second``, ``weight`` (0 for a value on one side only; the
        weights add up to 1); the heaviest first.

    Raises
    ------
    SchemaError
        As ``contrast``.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "source": ["x", "x", "y"],
    ...                           "date": pd.to_datetime(["2015-12-23", "2022-03-01", "2022-05-01"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c"], "position": [-1, 1, 2]})
    >>> sides = {"first": {"period": "2015"}, "second": {"period": "2022"}}
    >>> weigh_common(codes, documents, **sides, hold="source").values.tolist()
    [['x', 1, 1, 1.0], ['y', 0, 1, 0.0]]
    """
    check_choice("standard", standard, STANDARDS)
    one, two = read_side(first, "first"), read_side(second, "second")
    names = read_hold(hold)
    if not names:
        raise SchemaError("`hold` names no variable; name one, such as 'source'.")
    taken = [name for name in names if name in _RESULT]
    if taken:
        raise SchemaError(f"`hold` names {taken[0]!r}, which is a column of the result. Rename the variable.")
    held = [column_of(name) for name in names]
    rows = observe(
        table, documents, measure=measure, variables=[*variables_of([one, two]), *names], holder=holder, target=target,
        weight=weight,
    ).rows  # fmt: skip
    inside = rows_of_side(rows, one, "first"), rows_of_side(rows, two, "second")
    check_sides(one, two, rows, inside)
    either = inside[0] | inside[1]
    kept = (
        rows.loc[either, [*held, "doc_id", "weight"]]
        .assign(side=inside[1][either])
        .drop_duplicates([*held, "doc_id", "side"])
    )
    counts = kept.pivot_table(index=held, columns="side", values="doc_id", aggfunc="count", fill_value=0)
    mass = kept.pivot_table(index=held, columns="side", values="weight", aggfunc="sum", fill_value=0).to_numpy(float)
    shares = np.zeros(len(counts))
    common = np.all(mass > 0, axis=1)
    if not common.any():
        raise _nothing_common(held, list(map(str, counts.index)))
    shares[common] = _shares(mass[common], standard)
    out = counts.reset_index().set_axis([*names, *_RESULT[:2]], axis=1).assign(weight=shares)
    return out.sort_values(["weight", *names], ascending=[False, *[True] * len(names)], ignore_index=True)


def held_cells(
    rows: pd.DataFrame, side: np.ndarray, x: np.ndarray, held: Sequence[str], standard: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Cut rows into cells of side by value held; ``held`` names columns of ``rows``.

    Returns
    -------
    cells : ndarray of int
        Cell of each row that is kept.
    coefficients : ndarray of shape (2, n_cells)
        What the ratio of each cell counts in the first and in the second side.
    kept : ndarray of bool
        Rows whose value stands on both sides.
    n_common : int
        Values that do.
    """
    values, names = pd.factorize(pd.MultiIndex.from_frame(rows[list(held)]), sort=True)
    counts = np.zeros((len(names), 2))
    np.add.at(counts, (values, side), rows["weight"].to_numpy() * (x > 0))
    common = np.all(counts > 0, axis=1)
    if not common.any():
        raise _nothing_common(held, [", ".join(name) if isinstance(name, tuple) else str(name) for name in names])
    kept = common[values]
    place = np.cumsum(common) - 1
    n_common = int(common.sum())
    weights = _shares(counts[common], standard)
    coefficients = np.zeros((2, 2 * n_common))
    coefficients[0, :n_common] = coefficients[1, n_common:] = weights
    return place[values[kept]] + n_common * side[kept], coefficients, kept, n_common


def _shares(counts: np.ndarray, standard: str) -> np.ndarray:
    sizes = {"both": counts.sum(axis=1), "equal": np.ones(len(counts)), "first": counts[:, 0], "second": counts[:, 1]}
    return sizes[standard] / sizes[standard].sum()


def _nothing_common(held: Sequence[str], names: list[str]) -> AbsentError:
    said = " and ".join(repr(name_of(one)) for one in held)
    return AbsentError(
        f"`hold` names {said}, of which no value stands on both sides; the sides cannot be "
        f"compared with it held constant. Values: {first_three(names)}. Leave out `hold`, or hold something coarser, "
        "such as the country of the outlet."
    )


def held_intervals(
    numerators: np.ndarray,
    denominators: np.ndarray,
    weights: np.ndarray,
    side: np.ndarray,
    unit: np.ndarray,
    parts: Parts,
    cells: np.ndarray,
    coefficients: np.ndarray,
    linear: Sequence[Linear],
    *,
    kind: str,
    level: float,
) -> dict[str, np.ndarray]:
    """Return estimate, lower, upper, method and n_units of both sides, their cells averaged by ``coefficients``.

    Averaging cells is weighting documents, so that the interval is that of ``ratio_by_group`` with these weights, but
    for what varies: only what varies within cells, for the values held are no sample. Where no cell holds two units,
    nothing can be seen within cells, and the spread between them stands for it.
    """
    influence = coefficients.sum(axis=0)[cells] / parts.totals[cells]
    heavy = weights * influence / influence.mean()
    spread = measure_spread(numerators[:, None], denominators, side, 2, units=unit, weights=heavy)
    documents = part(
        numerators * weights, denominators * weights, cells, np.arange(len(cells)), len(parts.totals), len(cells)
    )  # fmt: skip
    alone = [estimate_cells(documents, row) for row in coefficients]
    value = numerators / np.where(denominators > 0, denominators, 1)
    apart = (value - documents.ratios[cells]) ** 2
    several = (np.bincount(cells[denominators > 0], minlength=len(parts.totals)) > 1)[cells] & (denominators > 0)
    variance, plain, within = spread.variance.copy(), spread.plain.copy(), spread.within.copy()
    freedom, document_freedom = spread.freedom.copy(), spread.document_freedom.copy()
    mass = heavy * denominators
    for place in (0, 1):
        here = several & (side == place)
        if not here.any() or not np.isfinite(linear[place].variance):
            continue
        within[place, 0] = (mass[here] * apart[here]).sum() / mass[here].sum()
        variance[place, 0], plain[place, 0] = linear[place].variance, linear[place].plain
        freedom[place] = linear[place].df
        document_freedom[place] = alone[place].df
    spread = replace(
        spread, variance=variance, plain=plain, within=within, freedom=freedom, document_freedom=document_freedom
    )
    lower, upper = interval_of(spread, kind, level=level)
    method = np.full((2, 1), f"{METHODS[kind]}, held", dtype=object)
    return {"estimate": spread.estimate, "lower": lower, "upper": upper, "method": method, "n_units": spread.n_units}

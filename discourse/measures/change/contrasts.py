"""Contrasts: one side against another, with an interval of the difference, also with outlets held constant."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from discourse.errors import SchemaError, check_choice
from discourse.measures.change.clustered import (
    Linear,
    bounds_of,
    difference_interval,
    estimate_cells,
    part,
    ratio_interval,
)
from discourse.measures.change.holding import STANDARDS, held_cells, held_intervals
from discourse.measures.change.rows import Observed, column_of, name_of, observe, read_hold
from discourse.measures.change.sides import Side, check_sides, read_side, rows_of_side, variables_of
from discourse.measures.draws import check_draws
from discourse.measures.intervals import FEW, check_level, ratio_by_group
from discourse.tables import shape

__all__ = ["contrast", "estimate_difference"]

_NORMAL_DRAWS = 20_000
_SIDES = ("first", "second")


def contrast(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    first: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    second: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    measure: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    hold: str | Sequence[str] | None = None,
    standard: str = "both",
    cluster: str | None = None,
    weight: str | None = None,
    simultaneous: bool = False,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare two sides of a corpus: COUNTS, FRAMES or positions become CONTRASTS, second minus first.

    Sides are periods, outlets, voices, categories, holders, or any variable of the documents. Where they name no
    category (voice), each category has its row. Where both lie in the same documents or stories (two voices of one
    article, a story that runs over the border), the interval of the difference takes account of it.

    Parameters
    ----------
    table : DataFrame
        COUNTS, FRAMES, DOCUMENT_POSITIONS, or hand codes as ``select_codes`` returns them.
    documents : DataFrame
        DOCUMENTS. One whose date is too coarse to say on which side it lies is on neither.
    first, second : mapping, or sequence of mappings
        What lies on each side: ``{"period": ("2015", "2020")}`` (both included), ``{"source": "ahram"}``, ``{"voice":
        "russia"}``, or several keys, all of which must hold. Several contrasts: sequences of equal length; one mapping
        stands against all of the other sequence.
    measure : {"mean_position", "code_share", "per_1000", "share"}, optional
        As in ``count_by_period`` and ``position_by_period``; ``code_share`` is the share of each code from -2 to 2
        among the positions. By default the mean for positions, the share for FRAMES, the rate for COUNTS.
    holder, target : str, optional
        Keep the positions of this holder, toward this target.
    hold : str or sequence of str, optional
        Document variables held constant (the outlet, its country): each side is estimated within each value that
        stands on both sides, and both are averaged with the same weights (direct standardisation). Documents of the
        other values fall out, and ``n_left_out`` says how many.
    standard : {"both", "equal", "first", "second"}
        Weights of the values held: by their documents of both sides, equal, or by those of one side.
    cluster, weight : str, optional
        Document variables: copies of one story, which count as one unit of evidence; what each document counts.
    simultaneous : bool
        Widen the intervals of the differences so that all of them cover at once (maximum t).
    seed : int
        Of the draws behind ``simultaneous``.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        CONTRASTS, in the order asked for, then by category and code.

    Raises
    ------
    SchemaError
        Sides overlap, hold no document, or name what no row has; no value stands on both sides; ids do not fit.

    Notes
    -----
    Each side has the interval of ``count_by_period``; they are joined to that of the difference by the method of
    variance estimates recovery, with the correlation that stories on both sides give them. With ``hold`` the variance
    is that of a linear combination of cells (value by side), corrected for leverage, and t with Satterthwaite's
    degrees of freedom. See docs/method-change.md.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702. doi:10.1002/sim.3095

    Hothorn, T., Bretz, F. and Westfall, P. (2008). Simultaneous inference in general parametric models. Biometrical
    Journal 50, 346-363. doi:10.1002/bimj.200810425

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c", "d"],
    ...                           "date": pd.to_datetime(["2015-12-23", "2016-02-01", "2022-03-01", "2022-05-01"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "position": [-1, 0, 1, 2], "voice": ["russia"] * 4})
    >>> found = contrast(codes, documents, first={"period": ("2015", "2016")}, second={"period": "2022"})
    >>> found[["first", "second", "estimate_first", "estimate_second", "difference"]].values.tolist()
    [['2015–2016', '2022', -0.5, 1.5, 2.0]]
    """
    check_choice("standard", standard, STANDARDS)
    check_level(level)
    check_draws(_NORMAL_DRAWS, seed)
    pairs = _pair(first, second)
    names = read_hold(hold)
    variables = [*variables_of([side for pair in pairs for side in pair]), *names]
    held = [column_of(name) for name in names]
    observed = observe(
        table, documents, measure=measure, variables=variables, holder=holder, target=target, cluster=cluster,
        weight=weight,
    )  # fmt: skip
    rows = observed.rows
    units, stories = pd.factorize(rows["unit"], sort=True)
    found = [
        row
        for one, two in pairs
        for row in _contrast_rows(observed, one, two, units, len(stories), held, standard, level)
    ]
    if simultaneous:
        level_each = _level_each([row["parts"] for row in found], level, seed)
        found = [
            row
            for one, two in pairs
            for row in _contrast_rows(observed, one, two, units, len(stories), held, standard, level_each)
        ]
    out = pd.DataFrame([{name: value for name, value in row.items() if name != "parts"} for row in found])
    out["cluster"] = cluster
    out["interval"] = "joint" if simultaneous else "each"
    out = out.drop(columns=[] if observed.measure == "code_share" else ["code"])
    return conform_in_order(out, "CONTRASTS")


def conform_in_order(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the rows with the columns and dtypes of a table, in the order in which they stand."""
    return shape(rows, table).reset_index(drop=True)


def _pair(
    first: Mapping[str, Any] | Sequence[Mapping[str, Any]], second: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> list[tuple[Side, Side]]:
    ones, twos = ([side] if isinstance(side, Mapping | str) else list(side) for side in (first, second))
    if 1 in {len(ones), len(twos)}:
        ones, twos = ones * max(1, len(twos) // len(ones)), twos * max(1, len(ones) // len(twos))
    if len(ones) != len(twos) or not ones:
        raise SchemaError(
            f"`first` has {len(ones)} sides and `second` has {len(twos)}; give as many of both, or one against several."
        )
    return [(read_side(one, "first"), read_side(two, "second")) for one, two in zip(ones, twos, strict=True)]


def _contrast_rows(
    observed: Observed,
    one: Side,
    two: Side,
    units: np.ndarray,
    n_units: int,
    held: list[str],
    standard: str,
    level: float,
) -> list[dict[str, Any]]:
    """Return a row for each category (and code) of one contrast."""
    rows = observed.rows
    inside = rows_of_side(rows, one, "first"), rows_of_side(rows, two, "second")
    check_sides(one, two, rows, inside)
    named = "category" in one.values
    either = inside[0] | inside[1]
    kept, side, unit = rows.loc[either], inside[1][either].astype(np.int64), units[either]
    keys = ([] if named else ["category"]) + (["code"] if "code" in rows else [])
    groups = kept.groupby(keys, sort=True).indices.items() if keys else [((), np.arange(len(kept)))]
    found = []
    for key, places in groups:
        key = dict(zip(keys, key if isinstance(key, tuple) else (key,), strict=True))
        places = np.sort(np.asarray(places))
        row = {"category": key.get("category"), "code": key.get("code"), "measure": observed.measure}
        row |= {"first": one.words, "second": two.words}
        found.append(
            row
            | estimate_difference(
                kept.iloc[places], side[places], unit[places], n_units, observed, held, standard, level
            )
        )
    return found


def estimate_difference(
    rows: pd.DataFrame,
    side: np.ndarray,
    unit: np.ndarray,
    n_units: int,
    observed: Observed,
    held: list[str],
    standard: str,
    level: float,
) -> dict[str, Any]:
    """Estimate both sides of one contrast, and their difference; ``held`` names columns of ``rows``."""
    weights, numerators, denominators = (rows[name].to_numpy() for name in ("weight", "y", "x"))
    n_all, n_held = len(side), None
    if held:
        cells, coefficients, kept, n_held = held_cells(rows, side, denominators * weights, held, standard)
        weights, numerators, denominators = weights[kept], numerators[kept], denominators[kept]
        side, unit = side[kept], unit[kept]
    else:
        cells, coefficients = side, np.eye(2)
    parts = part(numerators * weights, denominators * weights, cells, unit, coefficients.shape[1], n_units)
    linear = [estimate_cells(parts, row) for row in coefficients]
    gap = linear[1].scores - linear[0].scores
    if held:
        made = held_intervals(
            numerators, denominators, weights, side, unit, parts, cells, coefficients, linear, kind=observed.kind,
            level=level,
        )  # fmt: skip
    else:
        made = ratio_by_group(
            numerators[:, None], denominators, side, list(_SIDES), kind=observed.kind, units=unit, weights=weights,
            level=level,
        )  # fmt: skip
    bounds = bounds_of(made, 0), bounds_of(made, 1)
    methods = [str(name) for name in made["method"][:, 0]]
    correlation = _correlation(*linear)
    lower, upper = difference_interval(bounds[0], bounds[1], correlation)
    ratio = ratio_interval(bounds[0], bounds[1], correlation) if observed.kind != "mean" else (np.nan,) * 3
    counted = denominators * weights > 0
    on = [np.unique(unit[(side == place) & counted]) for place in (0, 1)]
    row: dict[str, Any] = {"parts": gap}
    for place, name in enumerate(_SIDES):
        estimate, low, high = (value * observed.scale for value in bounds[place])
        row |= {f"estimate_{name}": estimate, f"lower_{name}": low, f"upper_{name}": high}
        row |= {f"n_docs_{name}": int((side == place).sum()), f"n_units_{name}": len(on[place])}
    row |= {
        "difference": row["estimate_second"] - row["estimate_first"],
        "lower": lower * observed.scale,
        "upper": upper * observed.scale,
        "ratio": ratio[0],
        "ratio_lower": ratio[1],
        "ratio_upper": ratio[2] if np.isfinite(ratio[2]) else np.nan,
        "n_units_both": len(np.intersect1d(on[0], on[1])),
        "hold": ", ".join(name_of(one) for one in held) or None,
        "n_held": n_held,
        "n_left_out": n_all - len(side),
        "method": " and ".join(dict.fromkeys(methods)) + "; recovered",
        "few": min(len(one) for one in on) < FEW,
    }
    return row


def _correlation(first: Linear, second: Linear) -> float:
    size = np.sqrt((first.scores**2).sum() * (second.scores**2).sum())
    return float(np.clip((first.scores * second.scores).sum() / size, -1, 1)) if size > 0 else 0.0


def _level_each(parts: list[np.ndarray], level: float, seed: int) -> float:
    """Return the level of each interval at which all of them cover with probability ``level``."""
    scores = np.array(parts)
    size = np.sqrt((scores**2).sum(axis=1))
    together = np.eye(len(scores))  # one whose stories all agree goes by itself
    some = np.flatnonzero(size > 0)
    together[np.ix_(some, some)] = (scores[some] @ scores[some].T) / np.outer(size[some], size[some])
    values, vectors = np.linalg.eigh(together)
    draws = np.random.default_rng(seed).standard_normal((_NORMAL_DRAWS, len(scores)))
    largest = np.abs(draws @ (vectors * np.sqrt(np.maximum(values, 0))).T).max(axis=1)
    return max(level, float(2 * norm.cdf(np.quantile(largest, level)) - 1))

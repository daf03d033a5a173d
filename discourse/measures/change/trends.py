"""Trends: the straight line through a measure over time, and whether a straight line is what it follows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.change.breaks import check_reach, dated_rows, in_periods, stories_of
from discourse.measures.change.clustered import estimate_slope
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.change.rows import column_of, observe, read_hold
from discourse.measures.change.scan import likely_cut, scan
from discourse.measures.draws import check_draws
from discourse.measures.intervals import FEW, check_level

__all__ = ["trend"]

_YEAR = 365.2425
_BENT = 0.05
_FEWEST = 3  # units; two always lie on a line
_ROUNDING = 1e-9  # of the largest value: a standard error that is none


def trend(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    measure: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    hold: str | Sequence[str] | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    freq: str = "YS",
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the change per year of a measure: COUNTS, FRAMES or positions become TRENDS.

    A straight line is fitted through the documents (a rate: through matches per 1,000 words, long documents weigh
    more). With ``hold`` each outlet has a level of its own, and the change is that within outlets. A line through a
    measure that jumps says little: ``p_linear`` tells whether the stories leave it for a stretch of time.

    Parameters
    ----------
    table, documents, measure, holder, target, cluster, weight
        As in ``contrast``. A date known to the month or year counts as its middle.
    voice : str, optional
        Keep this voice (category).
    hold : str or sequence of str, optional
        Document variables whose values have a level of their own.
    freq : {"MS", "QS", "YS"}
        Periods between which the residuals are searched for a break.
    n_draws, seed
        Random orders behind ``p_linear``, at least 19, and the seed.
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    DataFrame
        TRENDS, by category and code.

    Raises
    ------
    SchemaError
        No document has a date, all documents have one date, or an argument is out of range.

    Notes
    -----
    Weighted least squares; variance by story, corrected for leverage (CR2), t with Satterthwaite's degrees of freedom.
    Without an interval (fewer than three stories, or none that leaves the line) its bounds are null, and ``method``
    says why. ``p_linear`` is that of ``breaks`` on the residuals of stories; it is null where there are fewer than two
    periods.

    References
    ----------
    Pustejovsky, J. E. and Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and
    hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36, 672-683.
    doi:10.1080/07350015.2016.1247004

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c", "d"],
    ...                           "date": pd.to_datetime(["2015-07-01", "2016-07-01", "2017-07-01", "2018-07-01"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "position": [-1, 0, 1, 1]})
    >>> trend(codes, documents)["per_year"].round(2).tolist()
    [0.7]
    """
    check_draws(n_draws, seed)
    check_level(level)
    check_reach(n_draws, _BENT)
    held = read_hold(hold)
    observed = observe(
        table, documents, measure=measure, holder=holder, target=target, voice=voice, variables=held, cluster=cluster,
        weight=weight,
    )  # fmt: skip
    rows = observed.rows
    dated = dated_rows(rows)
    keys = ["category"] + (["code"] if "code" in rows else [])
    out = []
    for key, of_key in dated.groupby(keys, sort=True):
        named = dict(zip(keys, key, strict=True)) | {"measure": observed.measure}
        named["n_left_out"] = int(rows[keys].eq(list(key)).all(axis=1).sum()) - len(of_key)
        out.append(named | _line(of_key, held, freq, observed.scale, n_draws=n_draws, seed=seed, level=level))
    found = pd.DataFrame(out).assign(cluster=cluster)
    if found["per_year"].isna().all():
        within = f" within {' and '.join(held)}" if held else ""
        raise SchemaError(
            f"`documents` that are measured all have one date{within}; a trend needs documents of at least two."
        )
    return conform_in_order(found, "TRENDS")


def _line(
    rows: pd.DataFrame, held: list[str], freq: str, scale: float, *, n_draws: int, seed: int, level: float
) -> dict[str, Any]:
    moment = (rows["start"] + (rows["end"] - rows["start"]) / 2 - pd.Timestamp(2000, 1, 1)) / pd.Timedelta(days=_YEAR)
    cell = (
        pd.factorize(pd.MultiIndex.from_frame(rows[[column_of(name) for name in held]]))[0]
        if held
        else np.zeros(len(rows), dtype=np.int64)
    )
    unit, names = pd.factorize(rows["unit"], sort=True)
    y, x, weight = (rows[name].to_numpy() for name in ("y", "x", "weight"))
    slope, residuals = estimate_slope(y / x, weight * x, moment.to_numpy(), cell, unit)
    method = _without_interval(len(names), np.sqrt(slope.variance), y / x)
    lower, upper = (np.nan, np.nan) if method else slope.interval(level)
    p, bend = _bend(rows.assign(y=residuals * x), freq, n_draws=n_draws, seed=seed)
    return {
        "per_year": slope.value * scale,
        "lower": lower * scale,
        "upper": upper * scale,
        "first": rows["start"].min(),
        "last": rows["end"].max(),
        "n_docs": len(rows),
        "n_units": len(names),
        "hold": ", ".join(held) or None,
        "df": np.nan if method else slope.df,
        "method": f"least squares; {method}" if method else "least squares, CR2",
        "few": len(names) < FEW,
        "p_linear": p,
        "bend": bend,
    }


def _without_interval(n_units: int, error: float, values: np.ndarray) -> str:
    """Return why there is no interval; nothing where there is one."""
    if n_units < _FEWEST:
        return f"no interval: fewer than {_FEWEST} units"
    if np.isnan(error):
        return "no interval: the line goes through every unit"
    return "" if error > _ROUNDING * np.abs(values).max() else "no interval: no spread around the line"


def _bend(rows: pd.DataFrame, freq: str, *, n_draws: int, seed: int) -> tuple[float, pd.Timestamp]:
    """Return how often stories in random order leave the line as far as these, and the period where they do."""
    placed, periods = in_periods(rows, freq)
    _, stories, there = stories_of(placed)
    found = scan(stories, n_draws=n_draws, seed=seed)
    if not len(found.strength) or not np.ptp(found.draws) > 0:  # one period, or no residual: no line to leave
        return np.nan, pd.NaT  # type: ignore[return-value]
    strongest = int(np.argmax(found.strength))
    p = found.p(float(found.strength[strongest]))
    if p > _BENT:
        return p, pd.NaT  # type: ignore[return-value]
    stretch = int(found.first[strongest]), int(found.last[strongest])
    return p, periods[there][likely_cut(stories, *stretch, stretch)]

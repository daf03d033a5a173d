"""Breaks: where the level of a measure changes, found by stories in random order, or how many stories it would take."""

from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.change.adjusted import adjust_any
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.change.rows import Observed, check_once, observe, sum_by_story
from discourse.measures.change.scan import Scan, Stories, likely_cut, narrow_regions, scan
from discourse.measures.draws import check_draws
from discourse.measures.intervals import check_level, ratio_by_group
from discourse.tables import period_of

__all__ = ["breaks", "check_reach", "dated_rows", "in_periods", "needed_stories", "stories_of"]

_POWER = 0.8416  # standard deviations above the threshold that 80 of 100 corpora pass
_WHERE = 1 / 3  # of the stories lie before the change that one wants to see
_MOST = 2_000_000_000  # stories that any change could be said to need
_EFFECTS = {"mean": 1.0, "share": 0.2}


def breaks(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    freq: str = "YS",
    measure: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    effect: float | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Find where the level of a measure changes: COUNTS, FRAMES or positions become BREAKS.

    All stretches of periods and all cuts within them are looked at, and the strongest is held against the strongest of
    the same stories in random order. So the error is that of the whole search: of a corpus without a change, one in
    twenty shows any. Whole stories are shuffled, never documents: copies of one story come together and would look
    like a change. Each region is the narrowest stretch of periods in which a change must lie.

    Parameters
    ----------
    table, documents, measure, holder, target, cluster, weight
        As in ``contrast``. A story is dated by its first document.
    freq : {"MS", "QS", "YS"}
        Periods between which the level may change. A document whose date is coarser is left out.
    voice : str, optional
        Keep this voice (category).
    effect : float, optional
        The change that one wants to see: 1 for positions, .2 for shares, and for rates as much as the rate itself, by
        default. It decides ``n_needed`` and ``found``, not what is found.
    n_draws, seed : int
        Random orders, and the seed. Stories are put in order by name first, so that the order of rows changes nothing.
    level : float
        1 less the share of corpora without a change in which one is found; and of the intervals.

    Returns
    -------
    DataFrame
        BREAKS: a row for each change, or one row that says that none is found, for each category. ``p`` and ``level``
        are those of each category by itself: of twenty categories without a change, one shows one. ``p_adjusted`` is
        ``p`` adjusted for all categories (and codes) of the table, by Holm.

    Raises
    ------
    SchemaError
        All documents lie in one period, none has a date, ``n_draws`` are too few to find anything at ``level``, or an
        argument is out of range.

    Notes
    -----
    Stories are taken to be exchangeable where nothing changes: their spread may not depend on time. ``before`` and
    ``after`` take the cut as given; that it was chosen as the strongest makes their difference look larger than it is.
    ``n_needed`` is analytic: a change of ``effect`` after a third of the stories, with the spread that is seen. See
    docs/method-change.md.

    References
    ----------
    Fryzlewicz, P. (2024). Narrowest significance pursuit: inference for multiple change-points in linear models.
    Journal of the American Statistical Association 119, 1633-1646. doi:10.1080/01621459.2023.2211733

    Dümbgen, L. and Spokoiny, V. G. (2001). Multiscale testing of qualitative hypotheses. Annals of Statistics 29,
    124-152. doi:10.1214/aos/996986504

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70.

    Examples
    --------
    >>> days = pd.date_range("2015-01-01", periods=40, freq="61D")
    >>> documents = pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(40)], "date": days})
    >>> codes = pd.DataFrame({"doc_id": documents["doc_id"], "position": [-1, 0] * 12 + [1, 2] * 8})
    >>> found = breaks(codes, documents)
    >>> found["cut"].dt.year.tolist(), found[["before", "after"]].values.tolist()
    ([2019], [[-0.5, 1.5]])
    """
    check_draws(n_draws, seed)
    check_level(level)
    check_reach(n_draws, 1 - level)
    _check_effect(effect)
    observed = observe(
        table, documents, measure=measure, holder=holder, target=target, voice=voice, cluster=cluster, weight=weight
    )
    rows, periods = _checked_periods(observed.rows, freq)
    keys = ["category"] + (["code"] if "code" in rows else [])
    found = []
    for key, of_key in rows.groupby(keys, sort=True):
        named = dict(zip(keys, key, strict=True)) | {"measure": observed.measure}
        found += [
            named | row
            for row in _of_category(of_key, observed, periods, freq, effect, n_draws=n_draws, seed=seed, level=level)
        ]
    out = pd.DataFrame(found)
    return conform_in_order(out.assign(p_adjusted=_across(out, keys), cluster=cluster), "BREAKS")


def check_reach(n_draws: int, least: float) -> None:
    """Raise where so few random orders can show no p as small as is asked for.

    Examples
    --------
    >>> check_reach(19, 0.05)
    >>> check_reach(18, 0.05)
    Traceback (most recent call last):
    discourse.errors.SchemaError: `n_draws` is 18, with which no p lies below 0.0526; to find anything at 0.05 it must be at least 19. 1,000 is the usual choice.
    """  # noqa: E501
    if 1 / (n_draws + 1) > least + 1e-9:
        raise SchemaError(
            f"`n_draws` is {n_draws}, with which no p lies below {1 / (n_draws + 1):.3g}; to find anything at "
            f"{least:.3g} it must be at least {int(np.ceil(1 / least - 1e-6)) - 1}. 1,000 is the usual choice."
        )


def _check_effect(effect: float | None) -> None:
    if effect is None:
        return
    if isinstance(effect, bool) or not isinstance(effect, int | float | np.number) or not 0 < effect < np.inf:
        raise SchemaError(
            f"`effect` is {effect!r}; it must be above 0 and finite: the size of the change that one wants to see."
        )


def _across(found: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Adjust p for the categories (and codes) of the table; that of each is for its whole search already."""
    strongest = found.groupby(keys, sort=True)["p"].min()
    place = found.groupby(keys, sort=True).ngroup().to_numpy()
    least = strongest.to_numpy(dtype=float)
    times = (least[None, :] >= least[:, None]).sum(axis=1)  # categories that are no stronger
    return np.maximum(adjust_any(least)[place], np.minimum(found["p"].to_numpy(dtype=float) * times[place], 1.0))


def dated_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a date and count for something.

    Raises
    ------
    SchemaError
        There is none, or a document has several in one category.
    """
    dated = rows.loc[rows["start"].notna() & rows["x"].gt(0) & rows["weight"].gt(0)]
    if not len(dated):
        raise SchemaError("`documents` has no date of a document that is measured. Resolve the dates (resolve_dates).")
    check_once(dated)
    return dated


def in_periods(rows: pd.DataFrame, freq: str) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    """Return the rows that lie in one period, with its number, and the first days of the periods that have rows."""
    span = period_of(freq).span
    start, end = rows["start"].dt.to_period(span), rows["end"].dt.to_period(span)
    placed = rows.loc[start.eq(end)]
    period = start[start.eq(end)].dt.to_timestamp().astype("datetime64[us]")
    periods = pd.DatetimeIndex(sorted(period.unique()))
    return placed.assign(period=periods.get_indexer(pd.Index(period))), periods


def _checked_periods(rows: pd.DataFrame, freq: str) -> tuple[pd.DataFrame, pd.DatetimeIndex]:
    placed, periods = in_periods(dated_rows(rows), freq)
    if not len(placed):
        raise SchemaError(
            f"`documents` has no date, precise enough for `freq` {freq!r}, of a document that is measured. Take a "
            "longer period."
        )
    if len(periods) < 2:
        raise SchemaError(
            f"`documents` that are measured all lie in one period ({periods[0]:%Y-%m-%d}); nothing can change within "
            "it. Take a shorter period, or more documents."
        )
    return placed, periods


def stories_of(rows: pd.DataFrame) -> tuple[pd.DataFrame, Stories, np.ndarray]:
    """Add rows up by story, in order of periods; return them, and which of all periods each of theirs is."""
    first = rows.sort_values(["unit", "start", "end", "doc_id"], kind="stable").groupby("unit", sort=True)["period"]
    sums = sum_by_story(rows).assign(period=first.first().to_numpy())
    sums = sums.sort_values(["period", "unit"], kind="stable", ignore_index=True)
    there, period = np.unique(sums["period"].to_numpy(), return_inverse=True)
    scale = sums["x"].mean()
    return sums, Stories(period, sums["y"].to_numpy() / scale, sums["x"].to_numpy() / scale), there


def needed_stories(stories: Stories, effect: float, threshold: float) -> float:
    """Return with how many such stories a change of ``effect`` would pass the threshold in 80 of 100 corpora."""
    ratio = stories.y.sum() / stories.x.sum()
    squares = float(((stories.y - ratio * stories.x) ** 2).mean())
    if not squares > 1e-12 or not np.isfinite(threshold):
        return np.nan
    moved = effect**2 * _WHERE * (1 - _WHERE)
    with np.errstate(divide="ignore", over="ignore"):
        needed = (threshold + np.sqrt(2) + _POWER) ** 2 * (1 + np.divide(squares, moved))
    if not needed < _MOST:
        raise SchemaError(
            f"`effect` is too small: to see such a change beside what stories differ by would take more than "
            f"{_MOST:,} of them. Give the size of a change that one wants to see."
        )
    return float(np.ceil(needed))


def _of_category(
    rows: pd.DataFrame,
    observed: Observed,
    periods: pd.DatetimeIndex,
    freq: str,
    effect: float | None,
    *,
    n_draws: int,
    seed: int,
    level: float,
) -> list[dict[str, Any]]:
    sums, stories, there = stories_of(rows)
    own = periods[there]
    found = scan(stories, n_draws=n_draws, seed=seed)
    threshold = found.threshold(level)
    rate = float(stories.y.sum() / stories.x.sum())
    wanted = _EFFECTS.get(observed.kind, rate) if effect is None else effect / observed.scale
    needed = needed_stories(stories, wanted, threshold) if wanted > 0 else np.nan
    shown: dict[str, Any] = {
        "n_docs": len(rows),
        "n_units": len(sums),
        "n_periods": len(own),
        "effect": wanted * observed.scale,
        "n_needed": needed,
    }
    regions = narrow_regions(found, threshold)
    if not regions:
        return [_nothing(found) | shown | {"found": "too few" if len(sums) < needed else "none"}]
    cuts = _cuts(stories, regions)
    level_of = np.searchsorted(cuts, stories.period, side="right")
    story = pd.Index(sums["unit"]).get_indexer(pd.Index(rows["unit"]))
    made = ratio_by_group(
        rows["y"].to_numpy()[:, None], rows["x"].to_numpy(), level_of[story],
        [f"level {n}" for n in range(len(cuts) + 1)], kind=observed.kind, units=story,
        weights=rows["weight"].to_numpy(), level=level,
    )  # fmt: skip
    out = []
    for place, ((first, last, _), cut) in enumerate(zip(regions, cuts, strict=True)):
        row: dict[str, Any] = {"found": "change", "number": place + 1, "start": own[first], "cut": own[cut]}
        row["end"] = own[last].to_period(period_of(freq).span).end_time.normalize()
        for name, of in (("before", place), ("after", place + 1)):
            for column, value in (("", "estimate"), ("lower_", "lower"), ("upper_", "upper")):
                row[f"{column}{name}"] = float(made[value][of, 0]) * observed.scale
        apart = found.between(cuts[place - 1] if place else 0, [*cuts, stories.n_periods][place + 1] - 1, cut)
        out.append(row | {"p": min(found.p(strength) for strength in (apart, regions[place][2]))} | shown)
    return out


def _cuts(stories: Stories, regions: list[tuple[int, int, float]]) -> list[int]:
    """Return the most likely cut of each region, between the cuts of its neighbours."""
    cuts: list[int] = []
    for place, (first, last, _) in enumerate(regions):
        low = cuts[-1] if cuts else 0
        high = regions[place + 1][0] if place + 1 < len(regions) else stories.n_periods - 1
        cuts.append(likely_cut(stories, min(low, first), max(high, last), (first, last)))
    return cuts


def _nothing(found: Scan) -> dict[str, Any]:
    """Return the row of a category without a change."""
    empty: dict[str, Any] = dict.fromkeys(("start", "end", "cut"), pd.NaT) | {"number": None}
    levels = ("before", "lower_before", "upper_before", "after", "lower_after", "upper_after")
    strongest = float(found.strength.max(initial=-np.inf))
    known = np.isfinite(strongest) and np.ptp(found.draws) > 0
    return empty | dict.fromkeys(levels, np.nan) | {"p": found.p(strongest) if known else np.nan}

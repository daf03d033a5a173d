"""Event study: what stands before and after the dates of a ledger, held against all other dates of the corpus."""

from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.measures.change.adjusted import adjust_any, adjust_rate
from discourse.measures.change.breaks import dated_rows
from discourse.measures.change.clustered import bounds_of, difference_interval
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.change.rows import Observed, observe, span_of, sum_by_story
from discourse.measures.change.windows import Dated, Windows, dated_stories, look, strengths
from discourse.measures.checked import is_whole
from discourse.measures.draws import check_draws
from discourse.measures.intervals import check_level, ratio_by_group
from discourse.measures.periods import read_days
from discourse.tables import need

__all__ = ["event_study"]

_ADJUST = ("bh", "holm", "max")
_OTHERS = 19  # dates a window away, from which on neighbours are no placebo: with them p may be .05
_SAID = {
    "bh": "BH",
    "holm": "Holm, and no less than the largest of random orders",
    "max": "and no less than the largest of random orders",
}
_WINDOWS = ("before", "after")
_AT_ONCE = 2_000_000  # numbers held at once in the random orders
_DAY = np.timedelta64(1, "D")


def event_study(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    events: pd.DataFrame,
    *,
    window: int = 180,
    least: int = 5,
    measure: str | None = None,
    holder: str | None = None,
    target: str | None = None,
    voice: str | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    adjust: str = "max",
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare the windows before and after each event: COUNTS, FRAMES or positions become EVENT_STUDY.

    A difference after an event says nothing by itself: most dates have one. So each is held against that of every
    other date on which a document of the corpus appeared and which lies at least a window away (placebo dates): nearer
    ones share the change of the event. Where fewer than 19 such dates hold enough stories, the nearer ones are placebo
    dates too, and ``method`` says so. That an event stands out does not say that it is the cause: what else happened
    then stands out with it.

    Parameters
    ----------
    table, documents, measure, holder, target, cluster, weight
        As in ``contrast``. A story counts once, at the date of its first document.
    events : DataFrame
        EVENTS, or any table with ``date`` and ``event``. An event known to the month has windows before and after the
        month; one known to the year is not placed.
    window : int
        Days before, and days from the event on. A document whose date is known to the month only counts where the
        whole month lies in the window.
    least : int
        Stories that each window must hold; a date with fewer has no p and is no placebo.
    voice : str, optional
        Keep this voice (category).
    adjust : {"max", "holm", "bh"}
        How ``p_adjusted`` takes account of several events; it is never below ``p``, and is ``p`` where one event alone
        has a p. "max": the larger of ``p`` and of how often, with stories in random order, the strongest of all these
        events is as strong as this one; it takes stories to be exchangeable, and where the level moves in waves it
        gives false alarms far too often over all events. "holm": the same with ``p`` adjusted for any false alarm
        (Holm) in place of ``p``: for corpora with waves; with k events it needs 20 k placebo dates to be .05. "bh":
        ``p`` adjusted for the rate of false discoveries, which is rough, since placebo dates share their windows.
    n_draws, seed : int
        Random orders behind "max" and "holm", and the seed; the least ``p_adjusted`` is 1 / (n_draws + 1).
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    DataFrame
        EVENT_STUDY, by category, date and event; events before or after the corpus have rows without stories.
        ``event_ar`` is passed on.

    Raises
    ------
    SchemaError
        No event lies within the dates of the corpus, no document has a date, or an argument is out of range.

    Notes
    -----
    Dates are ranked by |S| / sd(S) as in ``breaks``, which is comparable between windows of different sizes. The least
    p is 1 / (placebo dates + 1).

    References
    ----------
    Muñoz, J., Falcó-Gimeno, A. and Hernández, E. (2020). Unexpected event during survey design: promise and pitfalls
    for causal inference. Political Analysis 28, 186-206. doi:10.1017/pan.2019.27

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70.

    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57, 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> days = pd.date_range("2015-01-01", periods=60, freq="20D")
    >>> documents = pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(60)], "date": days})
    >>> codes = pd.DataFrame({"doc_id": documents["doc_id"], "position": [0, 1] * 15 + [1, 2] * 15})
    >>> events = pd.DataFrame({"date": [days[30]], "event": ["office opens"]})
    >>> found = event_study(codes, documents, events, window=160)
    >>> found[["n_docs_before", "n_docs_after", "difference"]].values.tolist()
    [[8.0, 8.0, 1.0]]
    """
    check_choice("adjust", adjust, _ADJUST)
    check_draws(n_draws, seed)
    check_level(level)
    need(events, "events", ["date", "event"], table="EVENTS")
    if not (is_whole(window) and is_whole(least) and window >= 1 and least >= 2):
        raise SchemaError(
            f"`window` is {window!r} and `least` {least!r}; they must be whole numbers, at least 1 day and 2 stories."
        )
    observed = observe(
        table, documents, measure=measure, holder=holder, target=target, voice=voice, cluster=cluster, weight=weight
    )
    rows = observed.rows
    dated = dated_rows(rows)
    ledger = _ledger(events, dated)
    keys = ["category"] + (["code"] if "code" in rows else [])
    options: dict[str, Any] = {"window": window, "least": least, "adjust": adjust}
    options |= {"n_draws": n_draws, "seed": seed, "level": level}
    found = []
    for key, of_key in dated.groupby(keys, sort=True):
        named = pd.DataFrame([dict(zip(keys, key, strict=True)) | {"measure": observed.measure}])
        found.append(named.merge(_of_category(of_key, ledger, observed, **options), how="cross"))
    return conform_in_order(pd.concat(found, ignore_index=True).assign(cluster=cluster), "EVENT_STUDY")


def _ledger(events: pd.DataFrame, dated: pd.DataFrame) -> pd.DataFrame:
    """Return the dated events in order, each with the first and last day that its date stands for."""
    kept = [name for name in ("date", "event", "date_precision", "event_ar") if name in events]
    dated_events = events.assign(date=read_days(events["date"], "events").dt.normalize().astype("datetime64[us]"))
    ledger = dated_events.loc[dated_events["date"].notna(), kept].sort_values(
        ["date", "event"], kind="stable", ignore_index=True
    )
    ledger["first"], ledger["last"] = span_of(ledger) if len(ledger) else (ledger["date"], ledger["date"])
    begin, end = dated["start"].min(), dated["end"].max()
    if not ledger["date"].between(begin, end).any():
        raise SchemaError(
            f"`events` has {len(ledger)} dated events, none between {begin:%Y-%m-%d} and {end:%Y-%m-%d}, the dates of "
            "the documents that are measured. Pass a ledger of these years."
        )
    return ledger


def _of_category(
    rows: pd.DataFrame,
    ledger: pd.DataFrame,
    observed: Observed,
    *,
    window: int,
    least: int,
    adjust: str,
    n_draws: int,
    seed: int,
    level: float,
) -> pd.DataFrame:
    stories = sum_by_story(rows)
    parts = dated_stories(stories)
    first, last = (ledger[name].to_numpy("datetime64[D]") for name in ("first", "last"))
    near_enough = (last - first).astype(np.int64) <= 31
    windows = look(parts, first, last, window)
    scale = stories["x"].mean()
    y, x = (stories[name].to_numpy()[None, :] / scale for name in ("y", "x"))
    own = strengths(parts, windows, y, x)[0]
    enough = near_enough & (np.minimum(windows.n_before, windows.n_after) >= least)
    placebos = np.unique(stories.loc[stories["start"].eq(stories["end"]), "start"].to_numpy("datetime64[D]"))
    of_placebos = look(parts, placebos, placebos, window)
    usable = np.minimum(of_placebos.n_before, of_placebos.n_after) >= least
    placebos, strong = placebos[usable], strengths(parts, of_placebos, y, x)[0][usable]
    p, n_placebos = np.full(len(ledger), np.nan), np.zeros(len(ledger), dtype=np.int64)
    near = np.zeros(len(ledger), dtype=bool)
    for place in np.flatnonzero(near_enough):
        apart = (placebos <= first[place] - window * _DAY) | (placebos >= last[place] + window * _DAY)
        near[place] = apart.sum() < _OTHERS
        if near[place]:
            apart = (placebos < first[place]) | (placebos > last[place])
        n_placebos[place] = int(apart.sum())
        if enough[place] and apart.any():
            p[place] = (1 + (strong[apart] >= own[place] - 1e-9).sum()) / (1 + apart.sum())
    known = ~np.isnan(p)
    if known.sum() < 2 or adjust == "bh":
        adjusted = adjust_rate(p)
    else:
        largest = _largest(parts, windows, (y, x), own, known, n_draws, seed)
        adjusted = np.maximum(adjust_any(p) if adjust == "holm" else p, largest)
    out = _windows_table(rows, stories, parts, windows, near_enough, observed, level)
    for name in {"date", "event", "event_ar"} & set(ledger):
        out[name] = ledger[name].to_numpy()
    out["few"], out["p"], out["p_adjusted"], out["n_placebos"] = ~enough, p, adjusted, n_placebos
    out["n_near"] = [int((np.abs(first - day) < window * _DAY).sum()) - 1 for day in first]
    ranked = np.where(near, "rank among all other dates, also near ones", "rank among dates a window away")
    said = out["method"] + "; recovered; " + ranked + f", {_SAID[adjust]}"
    out["method"] = np.where(near_enough, said, "not placed: date known to the year only")
    return out


def _windows_table(
    rows: pd.DataFrame,
    stories: pd.DataFrame,
    parts: list[Dated],
    windows: Windows,
    placed: np.ndarray,
    observed: Observed,
    level: float,
) -> pd.DataFrame:
    """Estimate both windows of each event, and their difference."""
    story = pd.Index(stories["unit"]).get_indexer(pd.Index(rows["unit"]))
    y, x, weights = (rows[name].to_numpy() for name in ("y", "x", "weight"))
    out = []
    for event in range(len(placed)):
        side = np.full(len(stories), -1)
        for number, stretches in enumerate((windows.before, windows.after)):
            for part, (low, high) in zip(parts, stretches, strict=True):
                side[part.place[low[event] : high[event]]] = number if placed[event] else -1
        here = np.flatnonzero(side[story] >= 0)
        group = side[story[here]]
        made = ratio_by_group(
            y[here][:, None], x[here], group, _WINDOWS, kind=observed.kind, units=story[here],
            weights=weights[here] if len(here) else None, level=level,
        )  # fmt: skip
        before, after = bounds_of(made, 0), bounds_of(made, 1)
        lower, upper = difference_interval(before, after)
        methods = dict.fromkeys(str(name) for name in made["method"][:, 0])
        row: dict[str, Any] = {"before": before[0], "after": after[0], "difference": after[0] - before[0]}
        row |= {"lower": lower, "upper": upper}
        row = {name: value * observed.scale for name, value in row.items()} | {"method": " and ".join(methods)}
        for number, name in enumerate(_WINDOWS):
            row |= {f"n_docs_{name}": int((group == number).sum()), f"n_units_{name}": int((side == number).sum())}
        out.append(row)
    return pd.DataFrame(out)


def _largest(
    parts: list[Dated],
    windows: Windows,
    sums: tuple[np.ndarray, np.ndarray],
    own: np.ndarray,
    enough: np.ndarray,
    n_draws: int,
    seed: int,
) -> np.ndarray:
    """Return how often the largest strength among the events, of stories in random order, is at least that of each."""
    out = np.full(len(own), np.nan)
    if not enough.any():
        return out
    y, x = sums
    n = y.shape[1]
    above = np.zeros(len(own))
    rng = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // n)
    for begin in range(0, n_draws, step):
        rows = min(step, n_draws - begin)
        order = rng.permuted(np.broadcast_to(np.arange(n), (rows, n)), axis=1)
        largest = strengths(parts, windows, y[0][order], x[0][order])[:, enough].max(axis=1)
        above += (largest[:, None] >= own[None, :] - 1e-9).sum(axis=0)
    out[enough] = (1 + above[enough]) / (1 + n_draws)
    return out

"""Coverage: what became of the records, and which periods of which outlet the corpus holds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from discourse.display.drawing import narrowing
from discourse.display.labels import LANGUAGES, value_label
from discourse.display.style import COLOURS, draw_bars, finish, new_figure, period_days, styled, time_axis
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice

__all__ = ["plot_coverage", "plot_flow"]

_STEPS = ["read", "rejected", "documents", "boilerplate", "duplicates", "kept"]
_GAP: dict[str, Any] = {"edgecolor": "#777777", "hatch": "////", "linewidth": 0.4}
_SHADES = ("#d6e6f2", "#7fb2d8", "#2f7fbd", "#0b3d66")


@styled
def plot_flow(flow: pd.DataFrame, *, language: str = "en", title: str | None = None) -> Figure:
    """Draw what became of the records as a cascade of bars.

    Parameters
    ----------
    flow : DataFrame
        From ``flow_of_records``.
    language : {"en", "ar"}
        Language of all words in the figure.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel with a bar for each step: what is lost hangs where it leaves the stock, with its number and share.

    Raises
    ------
    SchemaError
        ``flow`` lacks a step.

    Examples
    --------
    >>> steps = ["read", "rejected", "documents", "boilerplate", "duplicates", "kept"]
    >>> flow = pd.DataFrame({"step": steps, "n_records": [10, 1, 9, 0, 2, 7], "share": [1, 0.1, 0.9, 0, 0.2, 0.7]})
    >>> [int(bar.get_width()) for bar in plot_flow(flow).axes[0].patches]
    [10, 1, 9, 0, 2, 7]
    """
    check_choice("language", language, LANGUAGES)
    missing = [step for step in _STEPS if step not in set(flow["step"])]
    if missing:
        raise SchemaError(f"`flow` lacks the steps {missing}; it must come from flow_of_records().")
    rows = flow.set_index("step").loc[_STEPS]
    n = rows["n_records"].to_numpy(np.int64)
    ends = np.array([n[0], n[0], n[2], n[2], n[2] - n[3], n[5]])
    lost = np.isin(_STEPS, ["rejected", "boilerplate", "duplicates"])
    starts = np.where(lost, ends - n, 0)
    figure = new_figure(8.0, 3.0)
    axes = figure.subplots()
    places = np.arange(len(_STEPS))
    axes.barh(
        places, n, left=starts, height=0.7, edgecolor="black", linewidth=0.4,
        color=[COLOURS[1] if out else COLOURS[0] for out in lost],
    )  # fmt: skip
    axes.set_yticks(places, [words("coverage", step, language) for step in _STEPS])
    axes.invert_yaxis()
    for place, (count, share, end) in enumerate(zip(n, rows["share"].to_numpy(float), ends, strict=True)):
        shown = f" {count:,}" if np.isnan(share) else f" {count:,} ({share:.1%})"
        axes.annotate(shown, (end, place), (3, 0), textcoords="offset points", va="center", fontsize=7.5)
    axes.set_xlim(0, max(n[0], 1) * (1 + 0.22 / min(narrowing(figure), 1.0)))
    axes.set_xlabel(words("coverage", "records", language))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return finish(
        figure, title or words("coverage", "flow", language), [words("coverage", "adds_up", language)], language
    )


@styled
def plot_coverage(
    coverage: pd.DataFrame,
    *,
    by: str = "source",
    language: str = "en",
    most: int = 30,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw the documents per outlet and period as a grid, gaps hatched.

    Parameters
    ----------
    coverage : DataFrame
        From ``count_coverage``.
    by : str
        The column that names the rows.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    most : int
        Rows shown at most, those with most documents first.
    labels : mapping, optional
        Labels of the rows by value and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel: a row for each outlet with its number of documents; a cell is darker the more documents it holds (by
        quarters of the cells that hold any), hatched where it is a gap, empty before the first and after the last.

    Raises
    ------
    SchemaError
        ``coverage`` lacks a column.

    Examples
    --------
    >>> from discourse.sources.cleaning.coverage import count_coverage
    >>> days = pd.to_datetime(["2015-01-03", "2015-03-01", "2015-03-02"])
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "date": days, "source": "x"})
    >>> figure = plot_coverage(count_coverage(documents))
    >>> covered, gaps = figure.axes[0].collections[:2]
    >>> len(covered.get_paths()), len(gaps.get_paths())
    (2, 1)
    """
    check_choice("language", language, LANGUAGES)
    missing = [name for name in (by, "period", "n_docs", "state") if name not in coverage.columns]
    if missing:
        raise SchemaError(f"`coverage` lacks the columns {missing}; it must come from count_coverage().")
    dated = coverage[coverage["period"].notna()]
    totals = dated.groupby(by, observed=True)["n_docs"].sum().sort_values(ascending=False, kind="stable")
    names = totals.index[:most].tolist()
    figure = new_figure(9.6, 1.5 + 0.24 * max(len(names), 2), lowest=1)
    axes = figure.subplots()
    axes.set_yticks(range(len(names)), [f"{value_label(name, language, labels)} ({totals[name]:,})" for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    if len(dated):
        _cells(axes, dated[dated[by].isin(names)], by, names)
    handles = [
        Patch(facecolor=_SHADES[2], edgecolor="white", label=words("coverage", "covered", language)),
        Patch(facecolor="white", **_GAP, label=words("coverage", "gap", language)),
    ]
    n_undated = int(coverage.loc[coverage["period"].isna(), "n_docs"].sum())
    notes = [words("figures", "n_bracketed", language), words("coverage", "whose", language)] + (
        [words("coverage", "undated", language).format(f"{n_undated:,}")] if n_undated else []
    )
    return finish(figure, title or words("coverage", "coverage", language), notes, language, handles)


def _cells(axes: Axes, cells: pd.DataFrame, by: str, names: list[object]) -> None:
    """Draw one rectangle for each covered or missing period."""
    days = period_days(cells["period"])
    starts = mdates.date2num(cells["period"].to_numpy())
    held = cells.loc[cells["n_docs"] > 0, "n_docs"].to_numpy()
    cuts = np.quantile(held, [0.25, 0.5, 0.75]) if len(held) else np.zeros(3)
    shade = np.searchsorted(cuts, cells["n_docs"].to_numpy(), side="left")
    rows = pd.Index(names).get_indexer(pd.Index(cells[by].astype("object")))
    states = cells["state"].astype(str).to_numpy()
    for state, look in (("covered", {"edgecolor": "white", "linewidth": 0.3}), ("gap", _GAP)):
        here = states == state
        colours = [_SHADES[place] for place in shade[here]] if state == "covered" else "white"
        middles, tops = starts[here] + days / 2, np.full(int(here.sum()), 0.8)
        draw_bars(axes, middles, tops, days, rows[here] - 0.4, facecolor=colours, **look)
    time_axis(axes, starts.min() - days * 0.3, starts.max() + days * 1.3, most=14)

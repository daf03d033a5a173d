"""Framing over time: small multiples of SERIES."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from discourse.display.drawing import asked_width
from discourse.display.labels import LANGUAGES, check_labels, label, phrase, value_label
from discourse.display.style import (
    centres,
    count_ticks,
    draw_bars,
    finish,
    line_style,
    new_figure,
    period_days,
    styled,
    time_axis,
)
from discourse.errors import SchemaError, check_choice
from discourse.lexicons.loader import Lexicon

__all__ = ["plot_series"]

MOST_LINES = 4


@styled
def plot_series(
    series: pd.DataFrame,
    *,
    language: str = "en",
    categories: Sequence[str] | None = None,
    by: str | None = None,
    lexicon: Lexicon | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
    columns: int | None = None,
    axis: str | None = None,
) -> Figure:
    """Draw SERIES as small multiples: one panel per category, an interval around every point, n per period below.

    Shares have one scale for all panels, from 0 to 10, 20, 50 or 100%. Rates have a scale per panel. Points of
    neighbouring periods are joined; a period without reports leaves a gap, and a point that rests on few reports is
    hollow and stands alone. Time runs from left to right in both
    languages, so that figures of the two can be laid side by side; in Arabic, title and notes begin at the right.

    Parameters
    ----------
    series : DataFrame
        SERIES of one measure, as ``count_by_period`` gives it.
    language : {"en", "ar"}
        Language of all words in the figure.
    categories : sequence of str, optional
        Which panels, in this order; all, the most frequent first, by default.
    by : str, optional
        A ``by`` column of the series: one line per value, at most four (the largest by reports).
    lexicon : Lexicon, optional
        What was counted: its title heads the figure and its labels name the panels.
    labels : mapping, optional
        Labels by category and language, such as ``lexicon.categories``; they come before those of the lexicon.
    title : str, optional
        Title instead of the standard one.
    columns : int, optional
        Panels side by side; 3, or 2 with ``by``.
    axis : str, optional
        What is counted, at the axis, where it is not matches: "words per 1,000" of a voice, for instance.

    Returns
    -------
    Figure
        A matplotlib figure that pyplot does not know; the panels come first, then one panel of n per column.

    Raises
    ------
    SchemaError
        An option is unknown, the series holds several measures, or a category or column is missing.

    Examples
    --------
    >>> from discourse.measures.series import count_by_period
    >>> documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"])})
    >>> counts = pd.DataFrame({"doc_id": ["a"], "category": ["diplomacy"], "n_matches": [1], "n_tokens": [4]})
    >>> figure = plot_series(count_by_period(counts, documents), language="ar")
    >>> figure.axes[0].get_title(loc="right")
    'الدبلوماسية (1)'
    """
    check_choice("language", language, LANGUAGES)
    measures = sorted(str(measure) for measure in series["measure"].unique())
    if len(measures) > 1:
        raise SchemaError(f"`series` holds the measures {', '.join(map(repr, measures))}; draw one at a time.")
    measure = measures[0] if measures else "per_1000"
    labels = {**(lexicon.categories if lexicon else {}), **check_labels(labels)}
    names = _categories(series, categories)
    values = _values(series, by)
    n_columns, wide = _columns_of(len(names), columns, split=by is not None)
    n_rows = -(-len(names) // n_columns)
    figure = new_figure(wide * n_columns + 0.4, 1.75 * n_rows + 2.0)
    panels = figure.subplots(
        n_rows + 1, n_columns, sharex=True, squeeze=False, gridspec_kw={"height_ratios": [3] * n_rows + [1.2]}
    )
    top = _share_top(series, names)
    for place, name in enumerate(names):
        axes = panels[place // n_columns, place % n_columns]
        _panel(axes, series.loc[series["category"].eq(name)], by, values, measure, top)
        total = f"{int(series.loc[series['category'].eq(name), 'n_docs_with'].sum()):,}"
        axes.set_title(f"{label(name, language, labels)} ({total})", loc="right" if language == "ar" else "left")
        if place % n_columns == 0:
            known = phrase(measure, language) if measure in ("share", "per_1000") else measure
            axes.set_ylabel(axis or known)
    for place in range(len(names), n_rows * n_columns):
        panels[place // n_columns, place % n_columns].set_axis_off()
    for column in range(n_columns):
        _n_panel(panels[-1, column], series, names, phrase("n_docs", language) if column == 0 else "")
    if len(series):
        starts = mdates.date2num(series["period"].to_numpy())
        time_axis(panels[-1, 0], starts.min(), starts.max() + period_days(series["period"]), most=6)
    named = [] if values == [None] else values
    handles = [
        Line2D([], [], label=value_label(value, language, labels), **line_style(n)) for n, value in enumerate(named)
    ]
    notes = [explain_points(series, "n_docs", language)]
    notes.append(f"{phrase('bracketed', language)} {phrase('cut' if measure == 'share' else 'free_scale', language)}")
    if by is not None and series[by].nunique() > len(values):
        notes.append(phrase("largest", language).format(len(values), series[by].nunique()))
    return finish(figure, title or _title(measure, lexicon, language), notes, language, handles)


def _columns_of(n_panels: int, columns: int | None, *, split: bool) -> tuple[int, float]:
    """Return how many panels stand side by side, and the inches of each; fewer where the figure is to be narrow."""
    wide, least = (4.6, 1.55) if split else (3.2, 1.45)
    usual = max(1, min(columns or (2 if split else 3), n_panels))
    fitting = int((asked_width(wide * usual + 0.4) - 0.2) / least)
    return max(1, min(usual, fitting)), wide


def explain_points(series: pd.DataFrame, n: str, language: str) -> str:
    """Say what bars and hollow points are: these rest on few reports, or on few units where ``n`` counts more."""
    counted = "n_units" in series and (series["n_units"] != series[n]).any()
    return phrase("interval_units" if counted else "interval", language)


def _title(measure: str, lexicon: Lexicon | None, language: str) -> str:
    if measure not in ("share", "per_1000"):
        return measure
    if lexicon is None:
        return phrase(f"series_{measure}", language)
    return phrase(f"titled_{measure}", language).format(lexicon.title.get(language, lexicon.name))


def _categories(series: pd.DataFrame, categories: Sequence[str] | None) -> list[str]:
    present = series.groupby("category", observed=True)["n_docs_with"].sum()
    if categories is None:
        return sorted(present.index.astype(str), key=lambda name: (-int(present[name]), name))
    for name in categories:
        check_choice("categories", name, sorted(present.index.astype(str)))
    return list(categories)


def _values(series: pd.DataFrame, by: str | None) -> list[str | None]:
    if by is None:
        key = ["period", "category"]
        if series.duplicated(key).any():
            raise SchemaError(
                "`series` has several rows per period and category. Name the column that splits them: `by`."
            )
        return [None]
    check_choice("by", by, sorted(set(series.columns) - {"period", "category"}))
    sizes = series.groupby(by, observed=True)["n_docs"].sum()
    return sorted(sizes.index.astype(str), key=lambda name: (-int(sizes[name]), name))[:MOST_LINES]


def _highest(rows: pd.DataFrame) -> float:
    """Return what a panel must hold: every point, and the interval of every point that rests on enough reports."""
    firm = rows.loc[~rows["few"].astype(bool), "upper"] if "few" in rows else rows["upper"]
    return float(np.nan_to_num(pd.concat([rows["estimate"], firm]).max()))


def _share_top(series: pd.DataFrame, names: list[str]) -> int:
    """Return the top of the common scale of shares, in percent: the least of 10, 20, 50, 100 that is high enough."""
    highest = _highest(series.loc[series["category"].astype(str).isin(names)]) * 100
    return next((top for top in (10, 20, 50) if highest <= top), 100)


def _panel(axes: Axes, rows: pd.DataFrame, by: str | None, values: list[str | None], measure: str, top: int) -> None:
    scale = 100 if measure == "share" else 1
    days = period_days(rows["period"])
    for place, value in enumerate(values):
        line = rows if value is None else rows.loc[rows[by].astype(str).eq(value)]
        shift = (place - (len(values) - 1) / 2) * days * 0.7 / len(values)
        draw_line(axes, line, place=place, shift=shift, scale=scale)
    axes.grid(axis="y", color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    if measure == "share":
        axes.set_ylim(-0.03 * top, 1.03 * top)
        axes.set_yticks([0, top / 2, top], ["0", f"{top / 2:g}", f"{top}"])
        return
    highest = _highest(rows)
    edge = highest * 1.08 if highest > 0 else 1.0
    axes.set_ylim(-0.03 * edge, edge)  # a point at 0 is seen whole
    axes.yaxis.set_major_locator(count_ticks(5, whole=False))


def draw_line(axes: Axes, line: pd.DataFrame, *, place: int, shift: float = 0.0, scale: float = 1.0) -> None:
    """Draw one line of a series: points, intervals, and joins between neighbours that both rest on enough reports.

    A point of few reports is hollow, its interval pale, and no line leads to it: else the least known points would
    draw the steepest lines.
    """
    style = line_style(place)
    x = centres(line["period"]) + shift if len(line) else np.zeros(0)
    y, lower, upper = (line[name].to_numpy(dtype=float) * scale for name in ("estimate", "lower", "upper"))
    known = ~np.isnan(y)
    few = line["few"].to_numpy(dtype=bool) if "few" in line else np.zeros(len(line), dtype=bool)
    axes.plot(x, np.where(few, np.nan, y), color=style["color"], linestyle=style["linestyle"], linewidth=1.0)
    size, faint = (3.2, 0.6) if known.sum() <= 60 else (2.0, 0.35)
    pale = np.where(few[known], faint / 2, faint) if known.any() else faint
    axes.vlines(x[known], lower[known], upper[known], color=style["color"], linewidth=0.8, alpha=pale)
    for rows, face in ((known & ~few, style["color"]), (known & few, "white")):
        axes.plot(
            x[rows], y[rows], linestyle="", marker=style["marker"], markersize=size, color=style["color"],
            markerfacecolor=face, markeredgewidth=0.8,
        )  # fmt: skip


def _n_panel(axes: Axes, series: pd.DataFrame, names: list[str], text: str) -> None:
    rows = series.loc[series["category"].eq(names[0])] if names else series
    totals = rows.groupby("period", observed=True)["n_docs"].sum()
    if len(totals):
        periods = pd.Series(totals.index)
        width = period_days(periods) * 0.8
        draw_bars(axes, centres(periods), totals.to_numpy(), width, facecolor="#777777", linewidth=0)
    axes.yaxis.set_major_locator(count_ticks(2))
    axes.set_ylabel(text)

"""Scores of seeded scaling over time: means of periods with their intervals, over the n behind them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from discourse.display.framing import MOST_LINES, draw_line, explain_points
from discourse.display.labels import LANGUAGES, phrase, value_label
from discourse.display.style import (
    COLOURS,
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
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["plot_scaled"]

_COLUMNS = ("period", "n_docs", "n_docs_with", "n_units", "estimate", "lower", "upper", "share_seeds", "few")
_KNOWN = {*_COLUMNS, "share_dimensions"}
_MARGIN = 60  # days beside the first and the last period


@styled
def plot_scaled(
    periods: pd.DataFrame,
    *,
    by: str | None = None,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw SCALED_PERIODS: mean scores over time with their intervals, the middle of the corpus, and n per period.

    Parameters
    ----------
    periods : DataFrame
        SCALED_PERIODS from ``scale_by_period``.
    by : str, optional
        The ``by`` column of the table: one line per value, at most four (the largest by documents with a score).
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    labels : mapping, optional
        Labels by value and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        A panel of scores, with a line at 0, the mean of all documents, over a panel of the documents with a score.
        Points of few stories are hollow. The note says what part of the variance the seeds give.

    Raises
    ------
    SchemaError
        The table has no score, several rows a period without ``by``, or an option is unknown.

    Examples
    --------
    >>> periods = pd.DataFrame({"period": pd.to_datetime(["2020-01-01", "2021-01-01"]), "n_docs": 9, "n_docs_with": 8,
    ...     "n_units": 8, "estimate": [-0.4, 0.5], "lower": [-0.9, 0.1], "upper": [0.1, 0.9], "share_seeds": 0.25,
    ...     "few": False})
    >>> figure = plot_scaled(periods)
    >>> figure.axes[0].lines[0].get_ydata().tolist()
    [-0.4, 0.5]
    """
    check_choice("language", language, LANGUAGES)
    need(periods, "periods", _COLUMNS, table="SCALED_PERIODS")
    if not periods["estimate"].notna().any():
        raise SchemaError(
            "`periods` has no score, so that there is nothing to draw. Take longer periods or more texts."
        )
    lines = _lines(periods, by)
    heights = [3.0, 0.9]
    figure = new_figure(9.6, 0.85 * sum(heights) + 1.1)
    scores, counts = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": heights})
    days, bottom = period_days(periods["period"]), np.zeros(0)
    for place, (_, rows) in enumerate(lines):
        draw_line(scores, rows, place=place, shift=(place - (len(lines) - 1) / 2) * days * 0.15)
    _score_axis(scores, language)
    for place, (_, rows) in enumerate(lines):
        n = rows["n_docs_with"].to_numpy(float)
        bottom = bottom if len(bottom) == len(n) else np.zeros(len(n))
        colour = COLOURS[place % len(COLOURS)] if by is not None else "#777777"
        draw_bars(counts, centres(rows["period"]), n, days * 0.8, bottom, facecolor=colour, linewidth=0)
        bottom = bottom + n
    counts.yaxis.set_major_locator(count_ticks(2))
    counts.set_ylabel(phrase("n_docs", language), rotation=0, ha="right", va="center")
    starts = mdates.date2num(periods["period"].to_numpy())
    time_axis(counts, float(starts.min()) - _MARGIN, float(starts.max()) + days + _MARGIN, most=16)
    names = [value_label(name, language, labels) for name, _ in lines]
    handles = [Line2D([], [], label=name, **line_style(place)) for place, name in enumerate(names)] if by else []
    notes = [explain_points(periods, "n_docs_with", language), words("scaled", "zero", language)]
    share = periods["share_seeds"].median()
    if not np.isnan(share):
        notes.append(words("scaled", "seeds", language).format(share=f"{100 * share:.0f}"))
    if by is not None and periods[by].nunique() > len(lines):
        notes.append(phrase("largest", language).format(len(lines), periods[by].nunique()))
    return finish(figure, title or words("scaled", "title", language), notes, language, handles)


def _lines(periods: pd.DataFrame, by: str | None) -> list[tuple[str, pd.DataFrame]]:
    """Return the name and the rows of each line, in the order of time."""
    periods = periods.sort_values("period", kind="stable")
    if by is None:
        if periods["period"].duplicated().any():
            raise SchemaError("`periods` has several rows a period. Name the column that splits them: `by`.")
        return [("", periods)]
    check_choice("by", by, sorted(set(periods.columns) - _KNOWN))
    values = periods[by].astype("str")
    sizes = periods.groupby(values)["n_docs_with"].sum()
    chosen = sorted(sizes.index, key=lambda name: (-int(sizes[name]), name))[:MOST_LINES]
    return [(name, periods.loc[values.eq(name)]) for name in chosen]


def _score_axis(axes: Axes, language: str) -> None:
    axes.axhline(0, color="#777777", linewidth=0.8, zorder=0)
    axes.set_ylabel(words("scaled", "axis", language))
    axes.grid(axis="y", color="#e5e5e5", linewidth=0.5)
    axes.set_axisbelow(True)
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, -0.1), max(high, 0.1))

"""Positions over time: hand codes beside lexicon measures, over the ledger of events."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from discourse.display.change_plots import draw_breaks, draw_marks
from discourse.display.change_words import marks_in_words, told
from discourse.display.drawing import narrowing
from discourse.display.framing import MOST_LINES, draw_line, explain_points
from discourse.display.labels import LANGUAGES, code_label, label, phrase, value_label
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
from discourse.display.timeline import draw_events, explain_numbers
from discourse.errors import SchemaError, check_choice

__all__ = ["plot_positions"]

_MOST_NUMBERS = 34  # periods whose n still fits as a number
_WIDTH = 9.6  # inches
_NAMES, _NUMBER = 1.4, 0.17  # inches of the names beside the panels, and of each number


@styled
def plot_positions(
    series: pd.DataFrame,
    *,
    events: pd.DataFrame | None = None,
    language: str = "en",
    by: str | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
    breaks: pd.DataFrame | None = None,
    marks: pd.DataFrame | None = None,
) -> Figure:
    """Draw mean positions per period, one panel per basis, one line per voice, with intervals and n per period.

    Several holders (a column ``holder``) have a panel each. With ``by`` the groups are never merged: one panel per
    basis and voice, one line per group.

    Parameters
    ----------
    series : DataFrame
        SERIES from ``position_by_period``; several of them, stacked, where a column ``basis`` tells them apart (for
        instance ``hand`` and ``lexicon``).
    events : DataFrame, optional
        EVENTS, drawn as a last panel under the same time axis; ``key_events`` tells what its numbers stand for.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    by : str, optional
        The ``by`` column of the series: one line per value, at most four (the largest by reports with a position).
    labels : mapping, optional
        Labels by name and language.
    title : str, optional
        Title instead of the standard one.
    breaks : DataFrame, optional
        BREAKS of ``breaks``: regions are shaded in the panels of positions (of their ``basis``, where both have one).
    marks : DataFrame, optional
        EVENTS or EVENT_STUDY, few of them: a dotted line at each date.

    Returns
    -------
    Figure
        For each basis (with ``by``, each basis and voice) a panel of positions above a panel of n per period; then the
        events.

    Raises
    ------
    SchemaError
        The series holds another measure, several rows per period and voice without ``by``, or an option is unknown.

    Examples
    --------
    >>> from discourse.measures.series import position_by_period
    >>> documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"])})
    >>> codes = pd.DataFrame({"doc_id": ["a"], "position": [1], "voice": ["russia"]})
    >>> figure = plot_positions(position_by_period(codes, documents))
    >>> [text.get_text() for text in figure.axes[0].get_yticklabels()]
    ['−2 hostile', '−1 wary', '0 ambivalent', '+1 engaged', '+2 cooperative']
    """
    check_choice("language", language, LANGUAGES)
    wrong = sorted(set(series["measure"].astype(str)) - {"mean_position"})
    if wrong:
        raise SchemaError(
            f"`series` holds the measure {wrong[0]!r}; it must be 'mean_position'. See position_by_period()."
        )
    column, lines = _lines(series, by)
    drawn = series.loc[series[column].astype(str).isin(lines)]
    panelled = _panels(drawn, by, language, labels)
    heights = [3.0, 0.9] * len(panelled) + ([2.2] if events is not None else [])
    figure = new_figure(_WIDTH, 0.85 * sum(heights) + 1.1)
    panels = figure.subplots(len(heights), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": heights})[:, 0]
    names = {name: (value_label if by else label)(name, language, labels) for name in lines}
    for place, (heading, rows) in enumerate(panelled):
        _positions(panels[2 * place], rows, column, lines, language)
        if breaks is not None:
            draw_breaks(panels[2 * place], _same_basis(breaks, rows))
        if marks is not None:
            draw_marks(panels[2 * place], marks)
        _counts(panels[2 * place + 1], rows, column, lines, names, language)
        if heading:
            panels[2 * place].set_title(heading, loc="right" if language == "ar" else "left")
    first, last = _span(series, events)
    if events is not None:
        draw_events(panels[-1], events, span=(first, last), language=language, labels=labels)
        panels[-1].set_title(phrase("events", language), loc="right" if language == "ar" else "left")
    time_axis(panels[-1], first, last, most=16)
    handles = [Line2D([], [], label=names[name], **line_style(place)) for place, name in enumerate(lines)]
    counts = "n_per_period" if _are_numbers(drawn, figure) else "n_bars"
    notes = [f"{explain_points(series, 'n_docs_with', language)} {phrase(counts, language)}"]
    if events is not None:
        notes.append(explain_numbers(events, figure, language))
    if breaks is not None and breaks["found"].astype(str).eq("change").any():
        notes.append(told("regions", language))
    if marks is not None and len(marks):
        notes.append(told("marks", language, events=marks_in_words(marks, language)))
    if by is not None and series[by].nunique() > len(lines):
        notes.append(phrase("largest", language).format(len(lines), series[by].nunique()))
    return finish(figure, title or phrase("positions", language), notes, language, handles)


def _same_basis(breaks: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks of the basis that a panel shows; all where one of both names none."""
    if "basis" not in breaks or "basis" not in rows:
        return breaks
    return breaks.loc[breaks["basis"].astype(str).isin(rows["basis"].astype(str).unique())]


def _lines(series: pd.DataFrame, by: str | None) -> tuple[str, list[str]]:
    """Return the column whose values are lines, and these: voices, or the groups of ``by`` with most positions."""
    if by is None:
        if series.duplicated([name for name in ("basis", "holder", "period", "category") if name in series]).any():
            raise SchemaError("`series` has several rows per period and voice. Name the column that splits them: `by`.")
        return "category", _voices(series)
    check_choice("by", by, sorted(set(series.columns) - {"period", "category", "basis", "holder"}))
    sizes = series.groupby(series[by].astype(str))["n_docs_with"].sum()
    return by, sorted(sizes.index, key=lambda name: (-int(sizes[name]), name))[:MOST_LINES]


def _voices(series: pd.DataFrame) -> list[str]:
    return sorted(series["category"].astype(str).unique(), key=lambda name: (name == "third_party", name))


def _panels(
    series: pd.DataFrame, by: str | None, language: str, labels: Mapping[str, Mapping[str, str]] | None
) -> list[tuple[str, pd.DataFrame]]:
    """Return heading and rows of each panel: one per basis and holder, with ``by`` also per voice with a position."""
    parts: list[tuple[tuple[str, ...], pd.DataFrame]] = [((), series)]
    if "basis" in series:
        parts = _parted(parts, "basis", list(dict.fromkeys(series["basis"].astype(str))))
    if "holder" in series and series["holder"].nunique() > 1:
        parts = _parted(parts, "holder", list(dict.fromkeys(series["holder"].astype(str))))
    if by is not None:
        split = _parted(parts, "category", _voices(series))
        parts = [(names, rows) for names, rows in split if rows["n_docs_with"].any()] or parts[:1]
    headings = (dict.fromkeys(label(name, language, labels) for name in names) for names, _ in parts)
    return [(": ".join(heading), rows) for heading, (_, rows) in zip(headings, parts, strict=True)]


def _parted(
    parts: list[tuple[tuple[str, ...], pd.DataFrame]], column: str, values: list[str]
) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    """Split each of the parts by the values of a column; a value that a part does not have makes none."""
    split = [
        ((*names, value), rows.loc[rows[column].astype(str).eq(value)]) for names, rows in parts for value in values
    ]
    return [(names, rows) for names, rows in split if len(rows)]


def position_axis(axes: Axes, language: str) -> None:
    """Give ``axes`` the scale of positions, each code with its label."""
    axes.set_ylim(-2.35, 2.35)
    axes.set_yticks(range(-2, 3), [code_label(code, language) for code in range(-2, 3)])
    axes.axhline(0, color="#999999", linewidth=0.6)
    axes.grid(axis="y", color="#e5e5e5", linewidth=0.5)
    axes.set_axisbelow(True)


def _positions(axes: Axes, rows: pd.DataFrame, column: str, lines: list[str], language: str) -> None:
    days = period_days(rows["period"])
    for place, name in enumerate(lines):
        shift = (place - (len(lines) - 1) / 2) * days * 0.3
        draw_line(axes, rows.loc[rows[column].astype(str).eq(name)], place=place, shift=shift)
    position_axis(axes, language)


def _counts(
    axes: Axes, rows: pd.DataFrame, column: str, lines: list[str], names: Mapping[str, str], language: str
) -> None:
    """Show the n behind each point: numbers where they fit, bars where they do not."""
    if not _are_numbers(rows, axes.figure):
        _count_bars(axes, rows, column, lines)
        axes.set_ylabel(phrase("n_docs", language), rotation=0, ha="right", va="center")
        return
    lines = [name for name in lines if rows[column].eq(name).any()]
    axes.set_ylim(-0.6, len(lines) - 0.4)
    for place, name in enumerate(lines):
        line = rows.loc[rows[column].astype(str).eq(name)]
        height = len(lines) - 1 - place
        for x, n in zip(centres(line["period"]), line["n_docs_with"], strict=True):
            axes.text(x, height, f"{n}", ha="center", va="center", fontsize=6.5, color="black" if n else "#aaaaaa")
    axes.set_yticks(range(len(lines)), [phrase("n_of", language).format(names[name]) for name in reversed(lines)])
    axes.tick_params(axis="both", which="both", length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _are_numbers(rows: pd.DataFrame, figure: object) -> bool:
    """Tell whether the n of each period fits as a number; fewer do in a narrow figure."""
    most = min(_MOST_NUMBERS, int((narrowing(figure) * _WIDTH - _NAMES) / _NUMBER))
    return rows["period"].nunique() <= most


def _count_bars(axes: Axes, rows: pd.DataFrame, column: str, lines: list[str]) -> None:
    days = period_days(rows["period"])
    bottom: np.ndarray | float = 0.0
    for place, name in enumerate(lines):
        line = rows.loc[rows[column].astype(str).eq(name)]
        heights = line["n_docs_with"].to_numpy(dtype=float)
        colour = COLOURS[place % len(COLOURS)]
        draw_bars(axes, centres(line["period"]), heights, days * 0.85, bottom, facecolor=colour, linewidth=0)
        bottom = bottom + heights
    axes.yaxis.set_major_locator(count_ticks(2))


def _span(series: pd.DataFrame, events: pd.DataFrame | None) -> tuple[float, float]:
    starts = mdates.date2num(series["period"].to_numpy()) if len(series) else np.zeros(0)
    ends = starts + (period_days(series["period"]) if len(series) else 0.0)
    facts = mdates.date2num(events["date"].to_numpy()) if events is not None and len(events) else np.zeros(0)
    known = np.r_[starts, ends, facts]
    return (float(known.min()) - 60, float(known.max()) + 60) if len(known) else (0.0, 365.0)

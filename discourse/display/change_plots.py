"""The figure of change: both sides of each contrast, and the difference with its interval; marks of breaks."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from discourse.display.change_words import held_words, row_name, side_label, told, units_in_words
from discourse.display.labels import LANGUAGES
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.measures.intervals import FEW

__all__ = ["draw_breaks", "draw_marks", "plot_change"]

_MOST = 40
_ZERO = 1e-9
_PERCENT = ("share", "code_share")
_SIDES = ("first", "second")


@styled
def plot_change(
    contrasts: pd.DataFrame,
    *,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    r"""Draw CONTRASTS of one measure: a row for each, with both sides and the difference between them.

    Parameters
    ----------
    contrasts : DataFrame
        What ``contrast`` returns, at most 40 rows; tables of several calls may be stacked.
    language : {"en", "ar"}
        Language of all words in the figure; in Arabic the rows are named at the right. Numbers grow to the right.
    labels : mapping, optional
        Labels by name and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        A panel of both sides (first square, second round) beside a panel of differences.

    Raises
    ------
    SchemaError
        The table holds several measures, no row, or too many.

    Examples
    --------
    >>> from discourse.measures.change.contrasts import contrast
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c", "d"],
    ...                           "date": pd.to_datetime(["2015-12-23", "2016-02-01", "2022-03-01", "2022-05-01"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "position": [-1, 0, 1, 2]})
    >>> figure = plot_change(contrast(codes, documents, first={"period": "2015"}, second={"period": "2022"}))
    >>> [text.get_text() for text in figure.axes[0].get_yticklabels()]
    ['2015 → 2022\nreports: 1 → 2']
    """
    check_choice("language", language, LANGUAGES)
    measures = sorted(contrasts["measure"].astype(str).unique())
    if len(measures) != 1:
        raise SchemaError(f"`contrasts` holds {len(measures)} measures; a figure draws one. Choose by `measure`.")
    if len(contrasts) > _MOST:
        raise SchemaError(f"`contrasts` has {len(contrasts)} rows; a figure holds {_MOST}. Choose some of them.")
    scale = 100.0 if measures[0] in _PERCENT else 1.0
    arabic = language == "ar"
    figure = new_figure(9.6, 1.5 + 0.44 * len(contrasts), lowest=1)
    panels = figure.subplots(1, 2, sharey=True, squeeze=False, gridspec_kw={"width_ratios": [1, 1]})[0]
    sides, gaps = (panels[1], panels[0]) if arabic else (panels[0], panels[1])
    heights = np.arange(len(contrasts))[::-1].astype(float)
    few = contrasts["few"].to_numpy(dtype=bool)
    for place, name in enumerate(_SIDES):
        columns = [f"{column}_{name}" for column in ("estimate", "lower", "upper")]
        shifted = heights + (0.14 if place == 0 else -0.14)
        own_few = contrasts[f"n_units_{name}"].lt(FEW).to_numpy()
        _points(sides, contrasts[columns].to_numpy(float) * scale, shifted, own_few, COLOURS[1 - place], "so"[place])
    _points(gaps, contrasts[["difference", "lower", "upper"]].to_numpy(float) * scale, heights, few, "black", "D")
    gaps.axvline(0, color="#777777", linewidth=0.8)
    names = [_row_words(row, language, labels) for row in contrasts.to_dict("records")]
    for axes in (sides, gaps):
        axes.set_ylim(-0.6, len(contrasts) - 0.4)
        axes.grid(axis="x", color="#e5e5e5", linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
    sides.set_yticks(heights, names)
    gaps.tick_params(axis="y", labelleft=False, labelright=False)
    if arabic:
        sides.yaxis.tick_right()
        sides.tick_params(axis="y", length=0, labelleft=False, labelright=True)
        sides.spines["left"].set_visible(False)
        gaps.spines["left"].set_visible(False)
    sides.set_xlabel(told("sides", language, measure=told(measures[0], language)))
    gaps.set_xlabel(told("difference", language, measure=told(measures[0], language)))
    gaps.xaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if abs(value) > _ZERO else "0")
    if measures[0] == "mean_position":
        sides.set_xlim(-2.15, 2.15)
        sides.set_xticks(range(-2, 3), ["−2", "−1", "0", "+1", "+2"])
    handles = [
        Line2D([], [], linestyle="", marker="so"[place], color=COLOURS[1 - place], label=told(name, language))
        for place, name in enumerate(_SIDES)
    ]
    handles = handles[::-1] if arabic else handles
    heading = title or told("title", language)
    return finish(figure, heading, _notes(contrasts, language, labels), language, handles)


def _points(axes: Axes, values: np.ndarray, heights: np.ndarray, few: np.ndarray, colour: str, marker: str) -> None:
    axes.hlines(heights, values[:, 1], values[:, 2], color=colour, linewidth=1.2)
    for rows, face in ((~few, colour), (few, "white")):
        axes.plot(
            values[rows, 0], heights[rows], linestyle="", marker=marker, markersize=4.5, color=colour,
            markerfacecolor=face, markeredgewidth=0.9,
        )  # fmt: skip


def _row_words(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    pair = {name: side_label(str(row[name]), language, labels) for name in _SIDES}
    lines = [told("pair", language, **pair)]
    name = row_name(row, language, labels)
    if name:
        lines[0] = words("change", "named", language).format(whose=name, rest=lines[0])
    if not pd.isna(row["hold"]):
        lines[0] += told("told_held", language, hold=held_words(str(row["hold"]), language, labels))
    numbers = {name: row[f"n_units_{name}"] for name in _SIDES}
    return "\n".join([*lines, told("units", language, **numbers, units=units_in_words(row, language))])


def _notes(contrasts: pd.DataFrame, language: str, labels: Mapping[str, Mapping[str, str]] | None) -> list[str]:
    kinds = contrasts["interval"].astype(str).unique() if "interval" in contrasts else ["each"]
    units = units_in_words(contrasts.iloc[0].to_dict(), language)
    notes = [told("joint" if list(kinds) == ["joint"] else "each", language, units=units)]
    for hold, rows in contrasts.dropna(subset="hold").groupby("hold"):
        names = held_words(str(hold), language, labels)
        notes.append(told("held", language, hold=names, n=int(rows["n_left_out"].max())))
    return notes


def draw_breaks(axes: Axes, breaks: pd.DataFrame) -> None:
    """Shade the regions of BREAKS in a panel over time, and draw a line where each change most likely begins."""
    for row in breaks.loc[breaks["found"].astype(str).eq("change")].itertuples():
        start, end, cut = (float(mdates.date2num(day)) for day in (row.start, row.end, row.cut))
        axes.axvspan(start, end + 1, facecolor="#f0e6c8", alpha=0.6, linewidth=0, zorder=0)
        axes.axvline(cut, color="#7a5c00", linestyle=(0, (4, 3)), linewidth=1.0, zorder=1)


def draw_marks(axes: Axes, marks: pd.DataFrame) -> None:
    """Draw a dotted line at each date of a table of events."""
    for day in pd.to_datetime(marks["date"]).dropna().unique():
        axes.axvline(float(mdates.date2num(day)), color="#444444", linestyle=":", linewidth=0.9, zorder=1)

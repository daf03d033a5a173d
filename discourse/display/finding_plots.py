"""Changes drawn: the mean position in each of the periods that are compared, over the series that they part."""

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from discourse.display.labels import LANGUAGES, phrase
from discourse.display.numbers import write_number
from discourse.display.standpoints import position_axis
from discourse.display.style import COLOURS, centres, finish, new_figure, period_days, styled, time_axis
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["plot_finding"]

_GREY = "#777777"
_LANE, _TOP = 2.2, 3.1  # where mean and n of each period stand, above the scale


@styled
def plot_finding(
    means: pd.DataFrame,
    *,
    series: pd.DataFrame | None = None,
    language: str = "en",
    title: str | None = None,
) -> Figure:
    r"""Draw the mean position in each of the periods compared: a bar over its length, its interval, its n.

    Parameters
    ----------
    means : DataFrame
        PERIOD_POSITIONS of one holder, basis and voice.
    series : DataFrame, optional
        SERIES of the same positions: its points stand in front of the bars.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel.

    Raises
    ------
    SchemaError
        A period stands twice: choose one holder, basis and voice; or a column is missing, or an option is unknown.

    Examples
    --------
    >>> means = pd.DataFrame({"period": ["2015", "2022"], "first": pd.to_datetime(["2015-01-01", "2022-01-01"]),
    ...                       "last": pd.to_datetime(["2015-12-31", "2022-12-31"]), "n_units": [8, 14], "few": False,
    ...                       "estimate": [-1.0, 1.0], "lower": [-1.5, 0.5], "upper": [-0.5, 1.5]})
    >>> [text.get_text() for text in plot_finding(means).axes[0].texts]
    ['−1.00\nn 8', '+1.00\nn 14']
    """
    check_choice("language", language, LANGUAGES)
    need(means, "means", ["first", "last", "n_units", "estimate", "lower", "upper", "few"], table="PERIOD_POSITIONS")
    if means["first"].duplicated().any():
        raise SchemaError("`means` has a period twice. Choose one holder, one basis and one voice.")
    figure = new_figure(9.6, 3.5)
    axes = figure.subplots(1, 1, squeeze=False)[0, 0]
    first, last = _span(means, series)
    if series is not None and len(series):
        _draw_points(axes, series)
    _draw_periods(axes, means.loc[means["estimate"].notna()], first, last, language)
    position_axis(axes, language)
    axes.set_ylim(top=_TOP)
    time_axis(axes, first, last, most=16)
    notes = [words("findings", "figure_note", language)]
    if series is not None and len(series):
        notes.append(words("findings", "figure_points", language))
    return finish(figure, title or phrase("positions", language), notes, language)


def _span(means: pd.DataFrame, series: pd.DataFrame | None) -> tuple[float, float]:
    """Return the days that are drawn: those of the series, where there is one."""
    if series is not None and len(series):
        starts = mdates.date2num(series["period"].to_numpy())
        return float(starts.min()) - 60, float(starts.max()) + period_days(series["period"]) + 60
    ends = [mdates.date2num(means[name].to_numpy()) for name in ("first", "last")]
    return float(ends[0].min()) - 60, float(ends[1].max()) + 60


def _draw_points(axes: Axes, series: pd.DataFrame) -> None:
    x, y = centres(series["period"]), series["estimate"].to_numpy(dtype=float)
    few = series["few"].to_numpy(dtype=bool)
    known = ~np.isnan(y)
    firm = known & ~few  # the interval of a point of few reports spans most of the scale
    bars = [
        [(at, low), (at, high)]
        for at, low, high in zip(x[firm], series["lower"][firm], series["upper"][firm], strict=True)
    ]
    axes.add_collection(LineCollection(bars, colors=_GREY, linewidths=0.7, alpha=0.45, zorder=1))
    for rows, face in ((firm, _GREY), (known & few, "white")):
        axes.plot(
            x[rows], y[rows], linestyle="", marker="o", markersize=3.2, color=_GREY, markerfacecolor=face,
            markeredgewidth=0.8, zorder=2,
        )  # fmt: skip


def _draw_periods(axes: Axes, means: pd.DataFrame, first: float, last: float, language: str) -> None:
    for row in means.to_dict("records"):
        start, end = (float(mdates.date2num(row[name])) for name in ("first", "last"))
        start, end = max(start, first), min(end + 1, last)
        strength = 0.35 if row["few"] else 1.0
        axes.fill_between(
            [start, end], row["lower"], row["upper"], color=COLOURS[0], alpha=0.18 * strength, linewidth=0
        )
        axes.plot([start, end], [row["estimate"]] * 2, color=COLOURS[0], linewidth=2.2, alpha=strength, zorder=3)
        text = f"{write_number(row['estimate'], '+.2f')}\n{phrase('n_of', language).format(row['n_units'])}"
        axes.text(
            (start + end) / 2, _LANE, text, ha="center", va="bottom", fontsize=7.5, color=COLOURS[0], linespacing=1.1
        )

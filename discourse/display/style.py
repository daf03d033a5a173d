"""Style: what all figures have in common."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.path import Path
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator
from matplotlib.transforms import IdentityTransform

from discourse.display.drawing import DPI, RC, Drawing, narrowing, new_figure, render, styled
from discourse.display.layout import EDGE, fit_panels, fit_text, lay_out, size_of

__all__ = [
    "COLOURS",
    "HATCHES",
    "LINES",
    "MARKERS",
    "RC",
    "centres",
    "count_ticks",
    "draw_bars",
    "finish",
    "line_style",
    "new_figure",
    "period_days",
    "render",
    "styled",
    "time_axis",
]

# Okabe and Ito's palette, ordered so that neighbours also differ in lightness.
COLOURS = ("#0072B2", "#E69F00", "#000000", "#CC79A7", "#009E73", "#D55E00", "#56B4E9", "#999999")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LINES = ("-", "--", ":", "-.", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)), (0, (5, 5)))
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "----", "++++", "oo")

_BORDER = 2.0  # points
_WIDEST = 0.3  # part of a narrow figure that a legend beside its panels may take


def finish(
    figure: Figure,
    title: str,
    notes: list[str],
    language: str,
    handles: Sequence[Any] = (),
    *,
    beside: bool = False,
) -> Figure:
    """Put the title above and the notes below, from the side on which the language begins, and lay the figure out.

    The legend of ``handles`` stands in a line below the title or, ``beside`` the panels, in a column; where there is no
    room for that, in several lines below the title. All is measured once, at the resolution of the file; drawing finds
    everything in its place. A figure that is drawn at a width of its own grows by the lines that this takes.
    """
    side = "right" if language == "ar" else "left"
    width = figure.get_size_inches()[0]
    resolution = figure.dpi
    figure.set_dpi(DPI)
    place = 1 - EDGE / width if language == "ar" else EDGE / width
    head = figure.suptitle(title, x=place, ha=side, va="top", fontsize=11, fontweight="bold")
    fit_text(head, figure)
    foot = None
    if notes:
        foot = figure.supxlabel("\n".join(notes), x=place, ha=side, va="bottom", fontsize=7, color="#333333")
        fit_text(foot, figure)
    room = {"top": EDGE + size_of(head, figure)[1] + 0.1, "bottom": EDGE}
    room["bottom"] += size_of(foot, figure)[1] + 0.12 if foot is not None else 0
    legend, beside = _legend(figure, handles, width, language, beside=beside)
    if legend is not None and not beside:
        below_title, room["top"] = room["top"], room["top"] + size_of(legend, figure)[1] + 0.1
    else:
        below_title = room["top"]
    _grow(figure, room["top"] + room["bottom"], 0.65 + 0.14 * len(notes))
    height = figure.get_size_inches()[1]
    head.set_y(1 - EDGE / height)
    if foot is not None:
        foot.set_y(EDGE / height)
    if legend is not None:
        left = (language == "ar") == beside
        legend.set_bbox_to_anchor((EDGE / width if left else 1 - EDGE / width, 1 - below_title / height))
        if beside:
            room["left" if left else "right"] = size_of(legend, figure)[0] + 2 * EDGE
    if narrowing(figure) != 1:
        fit_panels(figure, **room)
    lay_out(figure, **room)
    figure.set_dpi(resolution)
    figure.set_label(_in_words(figure, title, [str(handle.get_label()) for handle in handles], notes))
    if isinstance(figure, Drawing):
        figure.heading = title
    return figure


def _legend(
    figure: Figure, handles: Sequence[Any], width: float, language: str, *, beside: bool
) -> tuple[Legend | None, bool]:
    """Return the legend, in as many lines as it takes, and whether it stands beside the panels."""
    if not handles:
        return None, False
    for stands_beside in (True, False) if beside else (False,):
        corner: Any = "upper left" if (language == "ar") == stands_beside else "upper right"
        for columns in (1,) if stands_beside else range(len(handles), 0, -1):
            legend = figure.legend(
                handles=handles, loc=corner, bbox_to_anchor=(0.5, 0.5), borderaxespad=0, borderpad=0, ncols=columns
            )
            wide = size_of(legend, figure)[0]
            if (stands_beside and (narrowing(figure) >= 1 or wide < _WIDEST * width)) or (
                not stands_beside and (wide <= width - 2 * EDGE or columns == 1)
            ):
                return legend, stands_beside
            legend.remove()
    return None, False


def _grow(figure: Figure, taken: float, usual: float) -> None:
    """Make a figure of a width of its own higher by what its title, notes and legend take beyond the usual."""
    width, height = figure.get_size_inches()
    if narrowing(figure) != 1 and taken > usual:
        figure.set_size_inches(width, height + taken - usual)


def _in_words(figure: Figure, title: str, names: list[str], notes: list[str]) -> str:
    """Say in one line what a figure shows: its title, its panels, the names of its legend, and its notes."""
    heads = [head for axes in figure.axes for side in ("left", "right") if (head := axes.get_title(loc=side))]
    listed = ["; ".join(part) + "." for part in (heads, names) if part]
    return " ".join([f"{title}.", *listed, *notes])


def centres(periods: pd.Series) -> np.ndarray:
    """Return the middle of each period, as matplotlib dates; the length of a period is the least step between two."""
    starts = mdates.date2num(pd.to_datetime(periods).to_numpy())
    return starts + period_days(periods) / 2


def period_days(periods: pd.Series) -> float:
    """Return the length of a period in days: the least step between two, or a month where there is only one."""
    starts = np.unique(mdates.date2num(pd.to_datetime(periods).to_numpy()))
    return float(np.diff(starts).min()) if len(starts) > 1 else 30.0


def time_axis(axes: Axes, first: float, last: float, *, most: int = 7) -> None:
    """Give ``axes`` a time axis: years, named at their middle between ticks, or months where the span is short."""
    axes.set_xlim(first, last)
    most = max(2, round(most * narrowing(axes.figure)))
    years = (last - first) / 365.25
    known = np.arange(mdates.num2date(first).year, mdates.num2date(last).year + 1)
    if years > 2.5:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if years / step <= most or step == 100)
        middles = {f"{year}-07-02": str(year) for year in known if year % step == 0}
        _name_days(axes, middles, first, last)
        borders = mdates.datestr2num([f"{year}-01-01" for year in known if years <= 40 or year % step == 0])
        for panel in axes.get_shared_x_axes().get_siblings(axes):
            panel.tick_params(axis="x", which="major", bottom=False)
            if panel.axison and panel.spines["bottom"].get_visible():
                _mark_borders(panel, borders[(borders >= first) & (borders <= last)])
        return
    months = years * 12
    wanted = max(2, most - 3)
    step = next(step for step in (1, 2, 3, 6, 12) if months / step <= wanted or step == 12)
    starts = [f"{year}-{month:02d}" for year in known for month in range(1, 13, step)]
    _name_days(axes, {f"{start}-01": start for start in starts}, first, last)


def _name_days(axes: Axes, names: dict[str, str], first: float, last: float) -> None:
    """Put a name at each of the days that fall between ``first`` and ``last``.

    The places are fixed: matplotlib's own locators look for them anew each of the several times that one drawing
    asks for them, which costs more than the drawing.
    """
    days = mdates.datestr2num(list(names)) if names else np.zeros(0)
    inside = (days >= first) & (days <= last)
    axes.xaxis.set_major_locator(FixedLocator(days[inside].tolist()))
    axes.xaxis.set_major_formatter(
        FixedFormatter([name for name, kept in zip(names.values(), inside, strict=True) if kept])
    )


def _mark_borders(axes: Axes, days: np.ndarray) -> None:
    """Mark the borders of years below the axis, all of them as one artist."""
    marks = PathCollection(
        [Path([[0.0, -1.0], [0.0, 0.0]])], [_BORDER**2], offsets=np.c_[days, np.zeros(len(days))],
        offset_transform=axes.get_xaxis_transform(), edgecolors="black", linewidths=0.6, clip_on=False, zorder=2.01,
    )  # fmt: skip
    marks.set_transform(IdentityTransform())
    axes.add_collection(marks, autolim=False)


def draw_bars(
    axes: Axes, x: np.ndarray, heights: np.ndarray, width: float, bottom: np.ndarray | float = 0.0, **look: Any
) -> PolyCollection:
    """Draw bars that stand at the middle ``x``, as one artist; a bar of no height is left out."""
    tall = heights > 0
    left, low = x[tall] - width / 2, np.broadcast_to(bottom, heights.shape)[tall]
    right, high = left + width, low + heights[tall]
    corners = np.stack([np.c_[left, low], np.c_[left, high], np.c_[right, high], np.c_[right, low]], axis=1)
    bars = PolyCollection(list(corners), **look)
    bars.sticky_edges.y.append(0)
    axes.add_collection(bars)
    axes.autoscale_view()
    return bars


def count_ticks(most: int, *, whole: bool = True) -> MaxNLocator:
    """Return where an axis of counts, or of rates, has its ticks: at steps of 1, 2, 5 and their tens."""
    return MaxNLocator(most, integer=whole, steps=[1, 2, 5, 10])


def line_style(place: int) -> dict[str, Any]:
    """Return colour, marker and line of the ``place``-th of several lines: distinct in greyscale as well."""
    return {
        "color": COLOURS[place % len(COLOURS)],
        "marker": MARKERS[place % len(MARKERS)],
        "linestyle": LINES[place % len(LINES)],
    }

"""Style: what all figures have in common."""

import io
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.style import context
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator
from matplotlib.transforms import IdentityTransform

from discourse.display.layout import EDGE, fit_text, lay_out, size_of

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

RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "axes.titlesize": 8.5,
    "axes.labelsize": 8.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "xtick.labelsize": 7.0,
    "ytick.labelsize": 7.0,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "discourse",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.hinting": "none",  # at 150 dots per inch the eye needs none; it costs a quarter of a drawing
    "text.parse_math": False,
    "axes.titley": 1.0,
    "savefig.dpi": 150,
}
_DPI = 150
_BORDER = 2.0  # points
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Zlib packs these pictures as tightly at level 2 as at 6, in two thirds of the time.
_PACKING: dict[str, dict[str, Any]] = {"png": {"pil_kwargs": {"compress_level": 2}}}


_P = ParamSpec("_P")
_R = TypeVar("_R")


def styled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run ``function`` under the style of the house, whatever the settings of the session."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpl.rc_context(), context(["default", RC]):
            return function(*args, **kwargs)

    return run


class _Drawing(Figure):
    """A figure that pyplot does not know; a notebook shows its image, and its words where that cannot be seen."""

    def __repr__(self) -> str:
        return f"<Figure: {self.get_label()}>"

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return render(self, "png"), {"alt": str(self.get_label())}


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, in inches, that pyplot does not know."""
    figure = _Drawing(figsize=(width, height), dpi=100)
    FigureCanvasAgg(figure)
    return figure


def render(figure: Figure, kind: str) -> bytes:
    """Return ``figure`` as the bytes of a PNG, SVG or PDF, with no date and no name of a program in it."""
    buffer = io.BytesIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format=kind, dpi=_DPI, metadata=_METADATA[kind], **_PACKING.get(kind, {}))
    return buffer.getvalue()


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

    The legend of ``handles`` stands in a line below the title or, ``beside`` the panels, in a column. All is measured
    once, at the resolution of the file; drawing finds everything in its place.
    """
    side = "right" if language == "ar" else "left"
    width, height = figure.get_size_inches()
    resolution = figure.dpi
    figure.set_dpi(_DPI)
    place = 1 - EDGE / width if language == "ar" else EDGE / width
    head = figure.suptitle(title, x=place, y=1 - EDGE / height, ha=side, va="top", fontsize=11, fontweight="bold")
    fit_text(head, figure)
    room = {"top": EDGE + size_of(head, figure)[1] + 0.1, "bottom": EDGE}
    if handles:
        corner: Any = "upper left" if (language == "ar") == beside else "upper right"
        corner = corner if beside else f"upper {side}"
        far = EDGE / width if corner == "upper left" else 1 - EDGE / width
        legend = figure.legend(
            handles=handles, loc=corner, bbox_to_anchor=(far, 1 - room["top"] / height), borderaxespad=0, borderpad=0,
            ncols=1 if beside else len(handles),
        )  # fmt: skip
        wide, high = size_of(legend, figure)
        if beside:
            room["left" if corner == "upper left" else "right"] = wide + 2 * EDGE
        else:
            room["top"] += high + 0.1
    if notes:
        foot = figure.supxlabel(
            "\n".join(notes), x=place, y=EDGE / height, ha=side, va="bottom", fontsize=7, color="#333333"
        )
        fit_text(foot, figure)
        room["bottom"] += size_of(foot, figure)[1] + 0.12
    lay_out(figure, **room)
    figure.set_dpi(resolution)
    figure.set_label(_in_words(figure, title, [str(handle.get_label()) for handle in handles], notes))
    return figure


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

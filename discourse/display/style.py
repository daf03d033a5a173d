"""Style: what all figures have in common."""

import io
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.style import context

__all__ = [
    "COLOURS",
    "HATCHES",
    "LINES",
    "MARKERS",
    "RC",
    "centres",
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
    "savefig.dpi": 150,
}


_P = ParamSpec("_P")
_R = TypeVar("_R")


def styled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run ``function`` under the style of the house, whatever the settings of the session."""

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpl.rc_context(), context(["default", RC]):
            return function(*args, **kwargs)

    return run


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, in inches, that pyplot does not know; a notebook shows it by its ``_repr_png_``."""
    figure = Figure(figsize=(width, height), layout="constrained", dpi=100)
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.05)  # type: ignore[union-attr]
    figure._repr_png_ = partial(render, figure, "png")  # type: ignore[attr-defined]
    return figure


def render(figure: Figure, kind: str) -> bytes:
    """Return ``figure`` as the bytes of a PNG or SVG, with no date and no name of a program in it."""
    metadata: dict[str, str | None] = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
    buffer = io.BytesIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()


def finish(figure: Figure, title: str, notes: list[str], language: str, handles: Sequence[Line2D] = ()) -> Figure:
    """Put the title above and the notes below, from the side on which the language begins, and fix the layout.

    A layout that is made anew for every file differs by fractions of a point from file to file.
    """
    side, place = ("right", 0.99) if language == "ar" else ("left", 0.01)
    figure.suptitle(title + "\n" * bool(handles), x=place, ha=side, fontsize=11, fontweight="bold")
    if handles:  # in the second line of the title, which stands empty for it
        top = 1 - 0.3 / figure.get_size_inches()[1]
        corner = "upper right" if language == "ar" else "upper left"
        figure.legend(
            handles=handles, loc=corner, bbox_to_anchor=(place, top), ncols=len(handles), borderaxespad=0, borderpad=0
        )
    if notes:
        figure.supxlabel("\n".join(notes), x=place, ha=side, fontsize=7, color="#333333")
    for _ in range(2):  # slanted tick labels need a second pass
        figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure


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
    if years > 2.5:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if years / step <= most or step == 100)
        axes.xaxis.set_major_locator(mdates.YearLocator(step, month=7, day=2))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        axes.xaxis.set_minor_locator(mdates.YearLocator(1 if years <= 40 else step))
        for panel in axes.get_shared_x_axes().get_siblings(axes):
            panel.tick_params(axis="x", which="major", length=0)
        return
    months = years * 12
    wanted = max(2, most - 3)
    step = next(step for step in (1, 2, 3, 6, 12) if months / step <= wanted or step == 12)
    axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=range(1, 13, step)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m"))


def line_style(place: int) -> dict[str, Any]:
    """Return colour, marker and line of the ``place``-th of several lines: distinct in greyscale as well."""
    return {
        "color": COLOURS[place % len(COLOURS)],
        "marker": MARKERS[place % len(MARKERS)],
        "linestyle": LINES[place % len(LINES)],
    }

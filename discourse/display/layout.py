"""Layout: where the panels of a figure stand, worked out once from the sizes of their words."""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from numpy.typing import ArrayLike

__all__ = ["fit_panels", "fit_text", "lay_out", "renderer_of", "size_of", "titles_of"]

EDGE = 0.07  # inches between the edge of a figure and what it holds
_NAMES = 0.34  # part of a narrow figure that the names of rows may take before they are broken
_TWO_LINES = 0.26  # inches between rows whose names may be broken
_TICK = 0.55  # inches for each tick of numbers below a narrow panel
_GAP = 0.13  # inches between neighbouring panels, their words included


class _Margins(NamedTuple):
    """The inches that the words of a panel need on its four sides."""

    left: float
    right: float
    bottom: float
    top: float


def renderer_of(figure: Figure) -> RendererAgg:
    """Return what measures and draws ``figure``: one and the same, so that each text is shaped once."""
    return cast("FigureCanvasAgg", figure.canvas).get_renderer()


def size_of(artist: Text | Legend, figure: Figure) -> tuple[float, float]:
    """Return width and height of a text or a legend in inches."""
    box = artist.get_window_extent(renderer_of(figure))
    return box.width / figure.dpi, box.height / figure.dpi


def fit_text(text: Text, figure: Figure, room: float | None = None) -> None:
    """Break the lines of ``text`` that are longer than ``room``, in inches: that of the figure is its width."""
    upright, long_words = text.get_rotation() == 90, room is None
    free: float = figure.get_size_inches()[0] - 2 * EDGE if room is None else room
    lines = text.get_text().split("\n")
    fitted = []
    for line in lines:
        text.set_text(line)
        width = size_of(text, figure)[1 if upright else 0]
        letters, broken = int(len(line) * free / width) if width > free else 0, [line]
        while letters > 0:
            broken = textwrap.wrap(line, letters, break_long_words=long_words)
            text.set_text("\n".join(broken))
            if size_of(text, figure)[1 if upright else 0] <= free:
                break
            letters -= 1
        fitted += broken
    text.set_text("\n".join(fitted))


def lay_out(figure: Figure, *, top: float, bottom: float, left: float = EDGE, right: float = EDGE) -> None:
    """Place the panels of a figure in the rows and columns of its grid, with room for their words.

    The words of each panel are measured once. Panels of a column have the same width and those of a row the same
    height, in the proportions of the grid; between them stands what their ticks, labels and titles need.

    Parameters
    ----------
    figure : Figure
        A figure whose panels come from one call of ``subplots``.
    top, bottom, left, right : float
        The inches at the edges that belong to title, notes and legend.
    """
    width, height = figure.get_size_inches()
    for axes, (across, wide), (down, high) in _placed(figure, top, bottom, left, right):
        offsets = [_label_offset(axis, axes) for axis in (axes.xaxis, axes.yaxis)]
        axes.set_position((across / width, 1 - (down + high) / height, wide / width, high / height))
        for axis, offset in zip((axes.xaxis, axes.yaxis), offsets, strict=True):
            _fix_label(axis, axes, offset)


def fit_panels(figure: Figure, *, top: float, bottom: float, left: float = EDGE, right: float = EDGE) -> None:
    """Break the titles and labels of panels, and thin out their ticks, where these are as narrow as ``lay_out`` says.

    Parameters
    ----------
    figure, top, bottom, left, right
        As for ``lay_out``.
    """
    whole = figure.get_size_inches()[0]
    for axes, _, (_, high) in _placed(figure, top, bottom, left, right):
        rows = axes.get_yticklabels() if axes.axison else []
        roomy = high >= _TWO_LINES * len(rows)
        if roomy and any(size_of(text, figure)[0] > _NAMES * whole for text in rows):
            for text in rows:
                fit_text(text, figure, _NAMES * whole)
            axes.set_yticks(axes.get_yticks(), [text.get_text() for text in rows])
        if axes.axison and not axes.yaxis.label.get_rotation():
            fit_text(axes.yaxis.label, figure, _NAMES * whole)
    for axes, (_, wide), (_, high) in _placed(figure, top, bottom, left, right):
        if not axes.axison:
            continue
        for title in titles_of(axes):
            fit_text(title, figure, wide)
        if axes.xaxis.label.get_text():
            fit_text(axes.xaxis.label, figure, wide)
        if axes.yaxis.label.get_text() and axes.yaxis.label.get_rotation():
            fit_text(axes.yaxis.label, figure, high)
        if isinstance(axes.xaxis.get_major_locator(), MaxNLocator):  # the one that a panel has unless told otherwise
            axes.xaxis.set_major_locator(MaxNLocator(max(2, int(wide / _TICK)), steps=[1, 2, 5, 10]))


def _placed(
    figure: Figure, top: float, bottom: float, left: float, right: float
) -> list[tuple[Axes, tuple[float, float], tuple[float, float]]]:
    """Return each panel with start and length across and down, in inches."""
    placed = [(axes, spot) for axes in figure.axes if (spot := axes.get_subplotspec()) is not None]
    panels, spots = [axes for axes, _ in placed], [spot for _, spot in placed]
    margins = [_margins(axes, figure) for axes in panels]
    grid = spots[0].get_gridspec()
    width, height = figure.get_size_inches()
    columns = _tracks(
        width, left, right, grid.get_width_ratios(), grid.ncols,
        [(spot.colspan.start, room.left, room.right) for spot, room in zip(spots, margins, strict=True)],
    )  # fmt: skip
    rows = _tracks(
        height, top, bottom, grid.get_height_ratios(), grid.nrows,
        [(spot.rowspan.start, room.top, room.bottom) for spot, room in zip(spots, margins, strict=True)],
    )  # fmt: skip
    return [
        (axes, columns[spot.colspan.start], rows[spot.rowspan.start]) for axes, spot in zip(panels, spots, strict=True)
    ]


def _margins(axes: Axes, figure: Figure) -> _Margins:
    """Measure what ticks, labels and titles of a panel need around it."""
    if not axes.axison:
        return _Margins(0, 0, 0, 0)
    renderer = renderer_of(figure)
    frame = axes.bbox
    boxes = [axis.get_tightbbox(renderer, for_layout_only=True) for axis in (axes.xaxis, axes.yaxis)]
    around = Bbox.union([frame, *(box for box in boxes if box is not None)])
    highest = max([around.y1, *(title.get_window_extent(renderer).y1 for title in titles_of(axes))])
    sides = (frame.x0 - around.x0, around.x1 - frame.x1, frame.y0 - around.y0, highest - frame.y1)
    return _Margins(*(side / figure.dpi for side in sides))


def titles_of(axes: Axes) -> list[Text]:
    """Return the titles of a panel that are there."""
    return [text for text in (axes.title, axes._left_title, axes._right_title) if text.get_text()]  # type: ignore[attr-defined]


def _tracks(
    whole: float,
    before: float,
    after: float,
    ratios: ArrayLike,
    n: int,
    rooms: Sequence[tuple[int, float, float]],
) -> list[tuple[float, float]]:
    """Return start and length of each column (or row): what words and gaps leave is shared out by ``ratios``."""
    starts, ends = np.zeros(n), np.zeros(n)
    for place, start, end in rooms:
        starts[place], ends[place] = max(starts[place], start), max(ends[place], end)
    free = whole - before - after - starts.sum() - ends.sum() - _GAP * (n - 1)
    lengths = max(free, 0.1 * whole) * np.asarray(ratios, float) / np.sum(np.asarray(ratios, float))
    firsts = before + np.cumsum(starts) + np.r_[0, np.cumsum(lengths + ends + _GAP)[:-1]]
    return list(zip(firsts.tolist(), lengths.tolist(), strict=True))


def _label_offset(axis: Axis, axes: Axes) -> float:
    """Return how many dots beyond its panel the label of an axis stands."""
    x, y = axis.label.get_position()
    if isinstance(axis, XAxis):
        return y - (axes.bbox.y1 if axis.get_label_position() == "top" else axes.bbox.y0)
    return x - (axes.bbox.x1 if axis.get_label_position() == "right" else axes.bbox.x0)


def _fix_label(axis: Axis, axes: Axes, offset: float) -> None:
    """Leave the label where it stands; else every drawing would look for its place anew."""
    if not axes.axison:
        return
    if isinstance(axis, XAxis):
        axis.set_label_coords(0.5, float(axis.get_label_position() == "top") + offset / axes.bbox.height)
    else:
        axis.set_label_coords(float(axis.get_label_position() == "right") + offset / axes.bbox.width, 0.5)

"""Figures of a width in millimetres: drawn again, and held against what a reader must be able to read."""

import itertools
import math

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from discourse.display.drawing import DPI, RC, Drawing, redraw
from discourse.display.layout import titles_of
from discourse.errors import SchemaError, check_choice

__all__ = ["INCH", "WIDTHS", "draw_at_width", "find_clash", "width_in_mm"]

INCH = 25.4
WIDTHS = {"column": 85.0, "page": 180.0}
"""Millimetres of one column and of the whole page of a journal."""
_MOST = 1000.0
_STEP = 5.0  # millimetres: how precisely the least width is told
_TOUCH, _APART = 1.5, 2.5  # dots that lines of words may share, and that words of one line need between them
_PANEL = (0.6, 0.2)  # inches that a panel needs across and down to show anything


def width_in_mm(width: str | None, width_mm: float | None) -> float | None:
    """Return the width that is asked for in millimetres; null where none is.

    Raises
    ------
    SchemaError
        Both are given, the name is unknown, or the number is no width.

    Examples
    --------
    >>> width_in_mm("column", None), width_in_mm(None, 120), width_in_mm(None, None)
    (85.0, 120.0, None)
    """
    if width is not None and width_mm is not None:
        raise SchemaError(f"`width` is {width!r} and `width_mm` is {width_mm!r}; give one of both.")
    if width is not None:
        check_choice("width", width, list(WIDTHS))
        return WIDTHS[width]
    if width_mm is None:
        return None
    number = isinstance(width_mm, int | float) and not isinstance(width_mm, bool)
    if not number or not math.isfinite(width_mm) or not 0 < width_mm <= _MOST:
        raise SchemaError(
            f"`width_mm` is {width_mm!r}; it must be a number of millimetres above 0, at most {_MOST:g}. "
            "A column of a journal has about 85, a page 180."
        )
    return float(width_mm)


def draw_at_width(figure: Figure, width_mm: float) -> Drawing:
    """Draw a figure again at a width: words keep their size, and all else is laid out anew.

    Parameters
    ----------
    figure : Figure
        What a ``plot_`` function returned.
    width_mm : float
        The width in millimetres.

    Returns
    -------
    Figure
        A new one. What has been changed by hand in ``figure`` since it was drawn is not in it.

    Raises
    ------
    SchemaError
        The figure keeps no recipe, or a word of it would be cut or covered; the message names the least width.
    """
    if not isinstance(figure, Drawing) or figure.recipe is None:
        raise SchemaError(
            "`figure` does not know how it was drawn, so it cannot be laid out anew at a width. Pass what a plot_ "
            "function returned, or draw it at that width and leave the width out."
        )
    made = redraw(figure, width_mm / INCH)
    clash = find_clash(made)
    if clash is None:
        return made
    least = _least_width(figure, width_mm)
    way = (
        f"It stands from {least:g} mm on: give that, or show fewer panels, lines or names."
        if least is not None
        else "No width helps: show fewer panels, lines or names."
    )
    raise SchemaError(f"`width_mm` is {width_mm:g}, too narrow for this figure: {clash}. {way}")


def _least_width(figure: Drawing, width_mm: float) -> float | None:
    """Return the least width, on a grid of 5 mm, between one that is too narrow and the usual one."""
    usual = figure.get_size_inches()[0] / figure.ratio * INCH
    low, high = math.floor(width_mm / _STEP), math.ceil(max(usual, width_mm) / _STEP)
    if find_clash(redraw(figure, high * _STEP / INCH)) is not None:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if find_clash(redraw(figure, middle * _STEP / INCH)) is None:
            high = middle
        else:
            low = middle
    return high * _STEP


def find_clash(figure: Figure) -> str | None:
    """Say what a reader could not read: a text cut at the edge or covered by another, a panel without room; or None."""
    resolution = figure.dpi
    figure.set_dpi(DPI)
    try:
        with mpl.rc_context(RC):
            figure.draw_without_rendering()
            return _clash(figure)
    finally:
        figure.set_dpi(resolution)


def _clash(figure: Figure) -> str | None:
    frame = figure.bbox
    for axes in figure.axes:
        if axes.axison and axes.get_visible():
            wide, high = axes.bbox.width / figure.dpi, axes.bbox.height / figure.dpi
            if wide < _PANEL[0] or high < _PANEL[1]:
                return f"a panel would be {max(wide, 0) * INCH:.0f} mm wide and {max(high, 0) * INCH:.0f} mm high"
    boxes = [(text.get_text(), text.get_window_extent(), text.get_rotation() % 90 == 0) for text in _texts(figure)]
    for text, box, _ in boxes:
        cut = min(box.x0, box.y0, frame.x1 - box.x1, frame.y1 - box.y1) < -_TOUCH
        if cut:
            return f"{_quoted(text)} is cut at the edge"
    straight = [(text, box) for text, box, upright in boxes if upright]  # the box of a slanted text is larger than it
    for (one, a), (other, b) in itertools.combinations(straight, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > -_APART and min(a.y1, b.y1) - max(a.y0, b.y0) > _TOUCH:
            return f"{_quoted(one)} and {_quoted(other)} cover each other"
    return None


def _texts(figure: Figure) -> list[Text]:
    """Return the texts that are drawn: words of the figure, its legends and its panels, and ticks inside an axis."""
    found = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    found += [text for text in (figure._suptitle, figure._supxlabel) if text is not None]  # type: ignore[attr-defined]
    for axes in figure.axes:
        if axes.get_visible():
            found += axes.texts
            found += _around(axes) if axes.axison else []
    return list({id(text): text for text in found if text.get_visible() and text.get_text().strip()}.values())


def _around(axes: Axes) -> list[Text]:
    ticks = [tick for axis in (axes.xaxis, axes.yaxis) for tick in axis._update_ticks()]  # type: ignore[attr-defined]
    labels = [label for tick in ticks for label in (tick.label1, tick.label2)]
    return [*labels, *titles_of(axes), axes.xaxis.label, axes.yaxis.label]


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else line[:39] + "…")

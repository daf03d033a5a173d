"""Figures out: PNG, SVG, PDF and a record of what they were made from."""

import os
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from discourse.display.drawing import DPI, render
from discourse.display.fitting import draw_at_width, width_in_mm
from discourse.errors import SchemaError, check_choice
from discourse.provenance import Provenance
from discourse.writing import write_bytes, write_text

__all__ = ["FORMATS", "check_formats", "figure_pdf", "figure_png", "figure_svg", "save_figure"]

FORMATS = ("png", "svg", "pdf")
_PRINT = 300  # dots per inch of a PNG that has a width of its own
_FEWEST, _MOST = 72, 1200
_OTHER_IMAGES = {".bmp", ".eps", ".gif", ".jpeg", ".jpg", ".ps", ".tif", ".tiff", ".webp"}


def figure_png(figure: Figure, *, dpi: int = DPI) -> bytes:
    """Return a figure as PNG, 150 dots per inch unless told otherwise; equal figures give equal bytes."""
    return render(figure, "png", dpi=dpi)


def figure_svg(figure: Figure) -> bytes:
    """Return a figure as SVG; equal figures give equal bytes."""
    return render(figure, "svg")


def figure_pdf(figure: Figure) -> bytes:
    """Return a figure as PDF with its fonts embedded as TrueType (type 42); equal figures give equal bytes."""
    return render(figure, "pdf")


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats asked for, each once; refuse one that figures are not written in."""
    asked = [formats] if isinstance(formats, str) else list(formats)
    for name in asked:
        check_choice("formats", name, FORMATS)
    return tuple(dict.fromkeys(asked))


def save_figure(
    figure: Figure,
    path: str | os.PathLike[str],
    *,
    formats: Sequence[str] | None = None,
    record: Provenance | None = None,
    width: str | None = None,
    width_mm: float | None = None,
    dpi: int | None = None,
) -> list[Path]:
    """Write a figure as PNG, SVG or PDF, and beside it what it was made from.

    Parameters
    ----------
    figure : Figure
        What a ``plot_`` function returned.
    path : path
        Where to. An ending ``.png``, ``.svg`` or ``.pdf`` says in which format.
    formats : sequence of {"png", "svg", "pdf"}, optional
        The formats, whatever the ending of ``path``; by default what the ending says, or PNG and SVG where there is
        none.
    record : Provenance, optional
        What the figure was made from; written as ``NAME.json``. Without it only the images are written.
    width : {"column", "page"}, optional
        The width of one column (85 mm) or of the page (180 mm) of a journal.
    width_mm : float, optional
        Any other width, in millimetres. At a width the figure is drawn anew: words keep their size in points, panels,
        lines and numbers of periods are laid out for the room there is.
    dpi : int, optional
        Dots per inch of a PNG, from 72 to 1,200: 150 for the screen, the default; 300 where a width is given, as
        journals ask for pictures; 600 for line drawings.

    Returns
    -------
    list of Path
        The files written: the images in the order asked for and, with a record, JSON.

    Raises
    ------
    SchemaError
        ``figure`` is no matplotlib figure, or an option is unknown; or a width is given and the figure is none of a
        ``plot_`` function, or too narrow for its words: the message names the least width.

    Notes
    -----
    The files hold no date and no name of a machine; the same figure gives the same bytes. In a PDF the words stay
    words, in fonts that it holds itself as TrueType (type 42), as journals ask for; in an SVG they are outlines. What
    is changed by hand in a figure after its ``plot_`` function returned it is kept without a width, and not with one.
    """
    if not isinstance(figure, Figure):
        raise SchemaError(f"`figure` is a {type(figure).__name__}; it must be a matplotlib Figure.")
    place = Path(path)
    ending = place.suffix.lower()
    if ending in _OTHER_IMAGES:
        raise SchemaError(
            f"`path` ends in {ending!r}; it must end in one of '.pdf', '.png', '.svg', or in none of them."
        )
    named = ending[1:] in FORMATS
    stem = place.with_suffix("") if named else place
    kinds = check_formats(formats if formats is not None else (ending[1:],) if named else ("png", "svg"))
    wide, dots = width_in_mm(width, width_mm), _check_dpi(dpi)
    if wide is not None:
        figure, dots = draw_at_width(figure, wide), dots or _PRINT
    images = {kind: render(figure, kind, dpi=dots or DPI) for kind in kinds}
    written = [write_bytes(image, stem.with_name(f"{stem.name}.{kind}")) for kind, image in images.items()]
    if record is not None:
        written.append(write_text(record.to_json(), stem.with_name(f"{stem.name}.json")))
    return written


def _check_dpi(dpi: int | None) -> int | None:
    if dpi is None:
        return None
    if isinstance(dpi, bool) or not isinstance(dpi, int) or not _FEWEST <= dpi <= _MOST:
        raise SchemaError(
            f"`dpi` is {dpi!r}; it must be a whole number from {_FEWEST} to {_MOST:,}. Print asks for 300, line "
            "drawings for 600."
        )
    return dpi

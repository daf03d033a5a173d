"""Figures out: PNG, SVG, PDF and a record of what they were made from."""

import os
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from discourse.display.style import render
from discourse.errors import SchemaError, check_choice
from discourse.provenance import Provenance
from discourse.writing import write_bytes, write_text

__all__ = ["FORMATS", "check_formats", "figure_pdf", "figure_png", "figure_svg", "save_figure"]

FORMATS = ("png", "svg", "pdf")
_OTHER_IMAGES = {".bmp", ".eps", ".gif", ".jpeg", ".jpg", ".ps", ".tif", ".tiff", ".webp"}


def figure_png(figure: Figure) -> bytes:
    """Return a figure as PNG, 150 dots per inch; equal figures give equal bytes."""
    return render(figure, "png")


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

    Returns
    -------
    list of Path
        The files written: the images in the order asked for and, with a record, JSON.

    Raises
    ------
    SchemaError
        ``figure`` is no matplotlib figure, or a format is unknown.

    Notes
    -----
    The files hold no date and no name of a machine; the same figure gives the same bytes. In a PDF the words stay
    words, in fonts that it holds itself.
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
    written = [write_bytes(render(figure, kind), stem.with_name(f"{stem.name}.{kind}")) for kind in kinds]
    if record is not None:
        written.append(write_text(record.to_json(), stem.with_name(f"{stem.name}.json")))
    return written

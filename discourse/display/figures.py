"""Figures out: PNG, SVG and a record of what they were made from."""

import os
from pathlib import Path

from matplotlib.figure import Figure

from discourse.display.style import render
from discourse.errors import SchemaError
from discourse.provenance import Provenance
from discourse.writing import write_bytes, write_text

__all__ = ["figure_png", "figure_svg", "save_figure"]


def figure_png(figure: Figure) -> bytes:
    """Return a figure as PNG, 150 dots per inch; equal figures give equal bytes."""
    return render(figure, "png")


def figure_svg(figure: Figure) -> bytes:
    """Return a figure as SVG; equal figures give equal bytes."""
    return render(figure, "svg")


def save_figure(figure: Figure, path: str | os.PathLike[str], *, record: Provenance | None = None) -> list[Path]:
    """Write a figure as PNG and SVG, and beside them what it was made from.

    Parameters
    ----------
    figure : Figure
        What a ``plot_`` function returned.
    path : path
        Where to, without an ending (``.png`` or ``.svg`` is taken off).
    record : Provenance, optional
        What the figure was made from; written as ``NAME.json``. Without it only the images are written.

    Returns
    -------
    list of Path
        The files written: PNG, SVG and, with a record, JSON.

    Raises
    ------
    SchemaError
        ``figure`` is no matplotlib figure.

    Notes
    -----
    The files hold no date and no name of a machine; the same figure gives the same bytes.
    """
    if not isinstance(figure, Figure):
        raise SchemaError(f"`figure` is a {type(figure).__name__}; it must be a matplotlib Figure.")
    place = Path(path)
    stem = place.with_suffix("") if place.suffix.lower() in {".png", ".svg"} else place
    written = [
        write_bytes(figure_png(figure), stem.with_name(f"{stem.name}.png")),
        write_bytes(figure_svg(figure), stem.with_name(f"{stem.name}.svg")),
    ]
    if record is not None:
        written.append(write_text(record.to_json(), stem.with_name(f"{stem.name}.json")))
    return written

"""Figures drawn under the style of the house, as wide as is asked for, and drawn again at another width."""

import io
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import partial, wraps
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.style import context

__all__ = ["DPI", "RC", "Drawing", "asked_width", "narrowing", "new_figure", "redraw", "render", "styled"]

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
DPI = 150
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Zlib packs these pictures as tightly at level 2 as at 6, in two thirds of the time.
_PACKING: dict[str, dict[str, Any]] = {"png": {"pil_kwargs": {"compress_level": 2}}}
_ASKED: ContextVar[float | None] = ContextVar("asked_width", default=None)

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Drawing(Figure):
    """A figure that pyplot does not know; a notebook shows its image, and its words where that cannot be seen.

    Attributes
    ----------
    heading : str
        Its title, as it was before lines were broken.
    ratio : float
        Its width over the one that it has when none is asked for.
    recipe : callable or None
        Draws it again.
    tables : tuple of DataFrame
        What it shows: the tables that its function was given, in their order.
    options : dict
        What its function was asked for by name.
    """

    heading: str = ""
    ratio: float = 1.0
    recipe: Callable[[], Any] | None = None
    tables: tuple[pd.DataFrame, ...] = ()
    options: Mapping[str, Any] = MappingProxyType({})

    @property
    def language(self) -> str:
        """Language of its words."""
        return str(self.options.get("language", "en"))

    def __repr__(self) -> str:
        return f"<Figure: {self.get_label()}>"

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return render(self, "png"), {"alt": str(self.get_label())}


def styled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run ``function`` under the style of the house, whatever the settings of the session.

    A figure that it returns keeps how it was drawn; tables are kept as they were, whatever is done to them later.
    """

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpl.rc_context(), context(["default", RC]):
            made = function(*args, **kwargs)
        if isinstance(made, Drawing):
            held, named = _kept(args), _kept(kwargs)
            again: Any = run
            made.recipe = partial(again, *held, **named)
            made.tables = tuple(one for one in (*held, *named.values()) if isinstance(one, pd.DataFrame))
            made.options = named
        return made

    return run


def _kept(given: Any) -> Any:
    """Return what a function was given; of tables a copy that shares its values until one of both is changed."""
    if isinstance(given, Mapping):
        return {name: _kept(one) for name, one in given.items()}
    if isinstance(given, tuple):
        return tuple(_kept(one) for one in given)
    return given.copy(deep=False) if isinstance(given, pd.DataFrame) else given


def asked_width(natural: float) -> float:
    """Return how many inches wide the figure that is drawn shall be: ``natural``, unless another width is asked for."""
    return _ASKED.get() or natural


def new_figure(width: float, height: float, *, lowest: float = 0.62) -> Drawing:
    """Return an empty figure, in inches, that pyplot does not know.

    Where another width is asked for it has that, and a height that gives way less, down to the part ``lowest``: 1 where
    it is made of lines of words.
    """
    asked = asked_width(width)
    ratio = asked / width
    figure = Drawing(figsize=(asked, height * max(lowest, min(1.0, (1 + 3 * ratio) / 4))), dpi=100)
    figure.ratio = ratio
    FigureCanvasAgg(figure)
    return figure


def narrowing(figure: object) -> float:
    """Return the width of a figure over the one that it has when none is asked for."""
    return figure.ratio if isinstance(figure, Drawing) else 1.0


def redraw(figure: Drawing, inches: float) -> Drawing:
    """Draw a figure again, so many inches wide: all is laid out anew, and words keep their size."""
    if figure.recipe is None:
        raise ValueError("the figure has no recipe")
    token = _ASKED.set(inches)
    try:
        made = figure.recipe()
    finally:
        _ASKED.reset(token)
    if not isinstance(made, Drawing):
        raise TypeError("the recipe of a figure made no figure")
    return made


def render(figure: Figure, kind: str, *, dpi: int = DPI) -> bytes:
    """Return ``figure`` as the bytes of a PNG, SVG or PDF, with no date and no name of a program in it."""
    buffer = io.BytesIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=_METADATA[kind], **_PACKING.get(kind, {}))
    return buffer.getvalue()

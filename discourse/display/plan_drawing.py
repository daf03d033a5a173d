"""A plan as a drawing: tables in columns from left to right, an arrow from each table to those that read it."""

import html
from collections.abc import Mapping, Sequence

from discourse.display.wording import words

__all__ = ["draw_plan"]

_WIDTH, _HEIGHT, _ACROSS, _DOWN, _EDGE = 148, 34, 196, 50, 16
_STYLE = (
    "rect{fill:#f4f7fa;stroke:#4a6a8a}rect.given{fill:#fff7e6;stroke:#a07820}"
    "text{font:12px 'DejaVu Sans',sans-serif;fill:#1a1a1a}text.small{font-size:8px;fill:#555}"
    "path{fill:none;stroke:#8a9bb0;stroke-width:1}"
)


def draw_plan(reads: Mapping[str, Sequence[str]], *, options: Sequence[str] = (), quiet: Sequence[str] = ()) -> str:
    """Draw which table is made from which as an SVG.

    Parameters
    ----------
    reads : mapping of str to sequence of str
        Table to what it reads, in an order in which they can be made; what no key makes is given.
    options : sequence of str
        Inputs that are written small into the boxes of their readers, without an arrow.
    quiet : sequence of str
        Inputs that have an arrow only to readers that have no other.

    Returns
    -------
    str
        SVG: each table once, in the column after the last of what it reads.

    Examples
    --------
    >>> drawn = draw_plan({"tokens": ["documents"], "counts": ["tokens", "lexicons"]}, options=["lexicons"])
    >>> drawn.count("<rect"), drawn.count("<path")
    (3, 2)
    """
    reads = {name: sorted(inputs, key=lambda read: read in options) for name, inputs in reads.items()}
    small = {name: _small(inputs, set(options), set(quiet)) for name, inputs in reads.items()}
    column: dict[str, int] = {}
    for name, inputs in reads.items():
        shown = [read for read in inputs if read not in small[name]]
        for read in shown:
            column.setdefault(read, 0)
        column[name] = 1 + max((column[read] for read in shown), default=-1)
    place = _rows(reads, column)
    body = [
        _arrow(place[read], place[name]) for name, inputs in reads.items() for read in inputs if read not in small[name]
    ]
    for name, (x, y) in place.items():
        body.append(_box(name, x, y, small.get(name, []), given=name not in reads))
    width = max(x for x, _ in place.values()) + _WIDTH + _EDGE
    height = max(y for _, y in place.values()) + _HEIGHT + _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{words("plan", "alt", "en")}"><style>{_STYLE}</style>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _small(inputs: Sequence[str], options: set[str], quiet: set[str]) -> list[str]:
    loud = [read for read in inputs if read not in options and read not in quiet]
    hushed = [read for read in inputs if read in quiet]
    return [*(hushed if loud else hushed[1:]), *(read for read in inputs if read in options)]


def _rows(reads: Mapping[str, Sequence[str]], column: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Place every box: in its column, near the middle of what it reads, below the one above."""
    place: dict[str, tuple[int, int]] = {}
    for number in range(max(column.values()) + 1):
        wanted = {}
        for name in (name for name, at in column.items() if at == number):
            heights = [place[read][1] for read in reads.get(name, ()) if read in place]
            wanted[name] = sum(heights) / len(heights) if heights else _EDGE
        lowest = _EDGE
        for name in sorted(wanted, key=lambda name: wanted[name]):
            y = max(lowest, round(wanted[name]) if number else lowest)
            place[name] = (_EDGE + number * _ACROSS, y)
            lowest = y + _DOWN
    return place


def _box(name: str, x: int, y: int, small: Sequence[str], *, given: bool) -> str:
    kind = ' class="given"' if given else ""
    lines = [f'<rect{kind} x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>']
    lines.append(f'<text x="{x + 8}" y="{y + (14 if small else 21)}">{html.escape(name)}</text>')
    if small:
        text = html.escape(", ".join(small))
        fitted = f' textLength="{_WIDTH - 14}" lengthAdjust="spacingAndGlyphs"' if len(text) > 30 else ""
        lines.append(f'<text class="small" x="{x + 8}" y="{y + 27}"{fitted}>{text}</text>')
    return "".join(lines)


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    x, y = start[0] + _WIDTH, start[1] + _HEIGHT // 2
    u, v = end[0], end[1] + _HEIGHT // 2
    return f'<path d="M{x} {y}C{x + 30} {y} {u - 30} {v} {u - 4} {v}l-4 -3m4 3l-4 3"/>'

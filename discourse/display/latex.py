"""Tables for LaTeX: booktabs, every special sign escaped, Arabic wrapped for XeLaTeX."""

import re
from collections.abc import Sequence

from discourse.display.cells import Column, direction_of_text
from discourse.display.runs import split_runs
from discourse.errors import SchemaError

__all__ = ["escape_latex", "write_latex"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", "\N{MINUS SIGN}": "$-$", "\N{EN DASH}": "--",
    "\N{NO-BREAK SPACE}": "~", "[": "{[}", "]": "{]}", '"': '{"}', "'": r"{'}", "*": "{*}",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LABEL = re.compile(r"[A-Za-z0-9:._+-]+")
_LONG = 40  # letters from which a column holds sentences, whose lines are broken
_WIDE, _OTHER, _LEAST = 0.9, 0.11, 0.3  # part of the line that such columns share: less for each other one, and least


def escape_latex(text: str) -> str:
    r"""Escape a text for LaTeX: no sign of it is a command, and no two of them join to another.

    Examples
    --------
    >>> escape_latex("50% & 3_a --x")
    '50\\% \\& 3\\_a -{}-x'
    """
    parts = re.split(r"-(?=-)", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))
    return "-{}".join("".join(_SPECIAL.get(mark, mark) for mark in part) for part in parts)


def write_latex(
    columns: Sequence[Column], *, caption: str, notes: Sequence[str], rtl: bool, label: str | None = None
) -> str:
    """Return a table as LaTeX, a float of its own with caption, label and notes.

    Parameters
    ----------
    columns : sequence of Column
        The columns as they are shown.
    caption : str
        Caption; none where it is empty.
    notes : sequence of str
        Below the table.
    rtl : bool
        The first column stands on the right.
    label : str, optional
        Name for references, such as ``tab:positions``.

    Returns
    -------
    str
        The environment ``table``.

    Raises
    ------
    SchemaError
        ``label`` holds signs that a label cannot have.
    """
    if label is not None and (not isinstance(label, str) or not _LABEL.fullmatch(label)):
        raise SchemaError(
            f"`label` is {label!r}; it must be made of the letters A to z, digits and the signs : . _ + -, such as "
            "'tab:positions'."
        )
    long = [column for column in columns if max(map(len, column.texts), default=0) >= _LONG]
    part = max(_LEAST, _WIDE - _OTHER * (len(columns) - len(long))) / max(1, len(long))
    spec = "".join(_spec(column, part if column in long else None) for column in columns)
    lines = [r"\begin{table}[htbp]"]
    lines += [r"\begin{otherlanguage}{arabic}"] if rtl else []
    lines += [r"\centering"]
    lines += [rf"\caption{{{_whole(caption, rtl=rtl)}}}"] if caption else []
    lines += [rf"\label{{{label}}}"] if label else []
    lines += [rf"\begin{{tabular}}{{@{{}}{spec}@{{}}}}", r"\toprule"]
    lines += [_row([rf"\textbf{{{_directed(column.head, rtl=rtl)}}}" for column in columns]), r"\midrule"]
    for texts in zip(*(column.texts for column in columns), strict=True):
        lines.append(_row([_cell(text, column, rtl=rtl) for text, column in zip(texts, columns, strict=True)]))
    lines += [r"\bottomrule", r"\end{tabular}"]
    lines += [rf"\par\smallskip{{\footnotesize {_whole(note, rtl=rtl)}\par}}" for note in notes]
    lines += [r"\end{otherlanguage}"] if rtl else []
    return "\n".join([*lines, r"\end{table}", ""])


def _spec(column: Column, part: float | None) -> str:
    if part is not None:
        return f"p{{{part:.2f}\\linewidth}}"
    return {"left": "l", "right": "r", "center": "c"}[column.side]


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(text: str, column: Column, *, rtl: bool) -> str:
    """Return a cell; a number keeps its sign in front, also where the columns run from right to left."""
    if column.kind in ("number", "day") and direction_of_text(text) is None:
        shown = escape_latex(text)
        return _wrapped(shown, rtl=False) if rtl else shown
    return _directed(text, rtl=rtl)


def _directed(text: str, *, rtl: bool) -> str:
    """Return a text in the direction of most of its letters, wrapped where that is not the one around it."""
    own = direction_of_text(text)
    whole = rtl if own is None else own == "rtl"
    inner = _whole(text, rtl=whole)
    return inner if whole == rtl else _wrapped(inner, rtl=whole)


def _whole(text: str, *, rtl: bool) -> str:
    """Return a text of one direction, with the stretches that run against it wrapped."""
    return "".join(
        escape_latex(run.text) if run.rtl == rtl else _wrapped(escape_latex(run.text), rtl=run.rtl)
        for run in split_runs(text, rtl=rtl)
    )


def _wrapped(shown: str, *, rtl: bool) -> str:
    return rf"\foreignlanguage{{{'arabic' if rtl else 'english'}}}{{{shown}}}"

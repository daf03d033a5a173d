"""The specification curve: a claim under all decisions, and which decisions these were."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from discourse.display.claims import (
    check_claim,
    decision_words,
    finding_words,
    scale_of,
    shortened,
    unit_of,
    word_claim,
)
from discourse.display.labels import LANGUAGES
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.measures.claims.claim import Claim
from discourse.measures.claims.specifications import split_changes
from discourse.measures.claims.verdict import fill_empty, weigh_specifications
from discourse.tables import TABLES, check

__all__ = ["plot_specifications"]

_MOST_LEFT_OUT = 5  # things left out that have a row of their own
_LONGEST = 52  # letters of the name of a row of what is left out; an entry may list many words
_MOST_POINTS = 150  # from which points are drawn small
_DECISIONS = ("denominator", "normalisation", "threshold", "voice", "evidence", "scoring", "scale", "boilerplate",
              "periods", "outlets", "copies")  # fmt: skip
_LOOKS = {"holds": (COLOURS[0], "o"), "sign": (COLOURS[1], "s"), "other": (COLOURS[2], "^")}
_BASE = COLOURS[5]


@styled
def plot_specifications(
    specifications: pd.DataFrame,
    claim: Claim,
    *,
    flips: pd.DataFrame | None = None,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw the specification curve of a claim: estimates with intervals in order, and below them what was decided.

    Parameters
    ----------
    specifications : DataFrame
        SPECIFICATIONS from ``try_specifications``.
    claim : Claim
        The claim that they were made for; its sentence is the title.
    flips : DataFrame, optional
        FLIPS of the claim: the note names the smallest sets that turn it.
    language : {"en", "ar"}
        Language of all words in the figure.
    labels : mapping, optional
        Labels by name and language.
    title : str, optional
        Title instead of the claim.

    Returns
    -------
    Figure
        One column for each measure (shares, matches per 1,000 words): above, the difference in each specification,
        the smallest first; below, a mark for each decision that it takes. The base is marked. The notes, which are
        also the text that stands for the figure, say what was found.

    Raises
    ------
    SchemaError
        A table is not that of the claim, has no estimate, or an option is unknown.

    References
    ----------
    Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4,
    1208-1214. doi:10.1038/s41562-020-0912-z

    Examples
    --------
    >>> from discourse.measures.claims.claim import state_claim
    >>> claim = state_claim(measure="share", category="recognition", direction="higher", first={"period": 2015},
    ...                     second={"period": 2016})
    >>> row = {"claim": claim.digest, "specification": 0, "differs": "", "n_differs": 0, "left_out": "",
    ...     "copies": "keep", "periods": "stated", "outlets": "all", "measure": "share", "estimate_first": 0.1,
    ...     "estimate_second": 0.5, "difference": 0.4, "lower": 0.2, "upper": 0.6, "relative": 1.3, "n_first": 20,
    ...     "n_second": 20, "n_units": 40, "sign": True, "holds": True}
    >>> other = row | {"specification": 1, "differs": "copies: cluster", "n_differs": 1, "copies": "cluster"}
    >>> figure = plot_specifications(pd.DataFrame([row, other]), claim)
    >>> [text.get_text() for text in figure.axes[1].get_yticklabels()]
    ['copies: kept', 'copies: one story']
    """
    check_choice("language", language, LANGUAGES)
    specifications = fill_empty(specifications)
    check(specifications, "SPECIFICATIONS")
    check_claim(claim, specifications, "specifications")
    if flips is not None:
        flips = fill_empty(flips)
        check(flips, "FLIPS")
        check_claim(claim, flips, "flips")
    drawn = specifications.loc[specifications["difference"].notna()]
    if not len(drawn):
        raise SchemaError("`specifications` has no row with an estimate; a side is empty in each. Choose other sides.")
    marks = _marks(specifications, language, labels)
    measures = list(dict.fromkeys(drawn["measure"].astype("str")))
    parts = [
        drawn.loc[drawn["measure"].eq(measure)].sort_values(["difference", "specification"]) for measure in measures
    ]
    widths = [max(len(part), 0.2 * len(drawn)) for part in parts]
    high = 0.155 * len(marks) + 0.2
    figure = new_figure(9.6, 4.6 + high, lowest=1)
    panels = figure.subplots(
        2, len(parts), squeeze=False, sharex="col", gridspec_kw={"height_ratios": [2.6, high], "width_ratios": widths}
    )
    for place, (measure, part) in enumerate(zip(measures, parts, strict=True)):
        _curve(panels[0, place], part, measure, language)
        _dots(panels[1, place], part, marks, named=place == 0)
    level = f"{100 * claim.level:g}"
    possible = int(specifications["n_possible"].max()) if "n_possible" in specifications else len(specifications)
    name = "curve_drawn" if possible > len(specifications) else "curve"
    heading = words("claims", name, language).format(n=f"{len(drawn):,}", possible=f"{possible:,}", level=level)
    panels[0, 0].set_title(heading, loc="right" if language == "ar" else "left")
    notes = finding_words(specifications, flips, claim, language, labels)
    heading = title or word_claim(claim, language=language, labels=labels).removesuffix(".")
    return finish(figure, heading, notes, language, _keys(language))


def _curve(axes: Axes, part: pd.DataFrame, measure: str, language: str) -> None:
    """Draw the estimates in order, with their intervals."""
    x = np.arange(len(part))
    y, lower, upper = (part[name].to_numpy(float) * scale_of(measure) for name in ("difference", "lower", "upper"))
    kind = np.where(part["holds"], "holds", np.where(part["sign"], "sign", "other"))
    size, faint = (9.0, 0.6) if len(part) <= _MOST_POINTS else (3.0, 0.25)
    axes.axhline(0, color="#555555", linewidth=0.8)
    for name, (colour, marker) in _LOOKS.items():
        rows = kind == name
        axes.vlines(x[rows], lower[rows], upper[rows], color=colour, linewidth=0.7, alpha=faint)
        axes.scatter(x[rows], y[rows], s=size, color=colour, marker=marker, linewidths=0, zorder=3)
    base = part["specification"].eq(0).to_numpy()
    axes.vlines(x[base], lower[base], upper[base], color=_BASE, linewidth=1.6, zorder=4)
    axes.scatter(x[base], y[base], s=45, color=_BASE, marker="D", edgecolors="white", linewidths=0.6, zorder=5)
    axes.set_ylabel(words("claims", "difference", language).format(unit=unit_of(measure, language)))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.set_xlim(-0.02 * len(part) - 0.6, 1.02 * len(part) - 0.4)
    axes.grid(axis="y", color="#e5e5e5", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.spines["bottom"].set_visible(False)


def _dots(axes: Axes, part: pd.DataFrame, marks: list[tuple[str, pd.Series]], *, named: bool) -> None:
    """Mark what each specification decides, a row for each value."""
    base = np.flatnonzero(part["specification"].eq(0))
    for place, (_, chosen) in enumerate(marks):
        x = np.flatnonzero(chosen.loc[part.index])
        axes.scatter(x, np.full(len(x), place), s=11, marker="|", color="#444444", linewidths=0.6)
        here = np.intersect1d(x, base)
        axes.scatter(here, np.full(len(here), place), s=22, marker="D", color=_BASE, linewidths=0, zorder=4)
    axes.set_ylim(len(marks) - 0.3, -0.7)
    axes.set_yticks(range(len(marks)), [name if named else "" for name, _ in marks])
    axes.tick_params(axis="both", which="both", length=0, labelbottom=False, labelsize=6.5)
    axes.set_xticks([])
    for side in axes.spines.values():
        side.set_visible(False)


def _marks(
    specifications: pd.DataFrame, language: str, labels: Mapping[str, Mapping[str, str]] | None
) -> list[tuple[str, pd.Series]]:
    """Return name and specifications of each row of marks: decisions with several values, what is left out."""
    marks: list[tuple[str, pd.Series]] = []
    base = specifications.loc[specifications["specification"].eq(0)].iloc[0]
    columns = [name for name in TABLES["SPECIFICATIONS"].by_name if name in _DECISIONS and name in specifications]
    for name in columns:
        values = specifications[name].astype("str")
        others = [value for value in dict.fromkeys(values) if value != str(base[name])]
        if others:
            marks += [
                (decision_words(name, value, language, labels), values.eq(value))
                for value in (str(base[name]), *others)
            ]
    return marks + _left_out_marks(specifications, language, labels)


def _left_out_marks(
    specifications: pd.DataFrame, language: str, labels: Mapping[str, Mapping[str, str]] | None
) -> list[tuple[str, pd.Series]]:
    """Return nothing left out, the things that carry most, and all others."""
    left_out = specifications["left_out"].astype("str")
    if left_out.eq("").all():
        return []
    gone = weigh_specifications(specifications)
    alone = specifications["n_differs"].eq(1) & left_out.ne("")
    heaviest = left_out[gone[alone].sort_values(ascending=False, kind="stable").index[:_MOST_LEFT_OUT]].tolist()
    head = words("decisions", "left_out", language)

    def named(name: str) -> str:
        return f"{head}: {words('claims', name, language)}"

    marks = [(named("nothing"), left_out.eq(""))]
    for one in heaviest:
        kind, value, _ = split_changes(one)[0]
        marks.append(
            (shortened(f"{head}: {decision_words(kind, value, language, labels)}", _LONGEST), left_out.eq(one))
        )
    others = ~left_out.isin(["", *heaviest])
    return marks + ([(named("something"), others)] if others.any() else [])


def _keys(language: str) -> list[Line2D]:
    looks = [(name, colour, marker) for name, (colour, marker) in _LOOKS.items()] + [("base", _BASE, "D")]
    return [
        Line2D([], [], color=colour, marker=marker, markersize=4, linewidth=1, label=words("claims", name, language))
        for name, colour, marker in looks
    ]

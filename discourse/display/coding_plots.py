"""Coding: where coders disagree, and what their codes make of a series."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from discourse.display.drawing import asked_width
from discourse.display.labels import LANGUAGES, code_label, column_label, label
from discourse.display.style import COLOURS, centres, finish, new_figure, period_days, styled, time_axis
from discourse.display.wording import has_words, words
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["plot_correction", "plot_disagreement"]


@styled
def plot_disagreement(
    pairs: pd.DataFrame,
    *,
    language: str = "en",
    most: int = 6,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw which codes meet which: a panel for each variable, a cell for each pair of values.

    Parameters
    ----------
    pairs : DataFrame
        From ``count_code_pairs``.
    language : {"en", "ar"}
        Language of all words in the figure; in Arabic the cells run from right to left.
    most : int
        Variables at most: those with most pairs that differ; one without any is left out where others have some.
    labels : mapping, optional
        Labels of variables and values by language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        Below the diagonal the pairs that differ, on it those that agree, each with its count.

    Raises
    ------
    SchemaError
        ``pairs`` is no such table, or holds no pair, or ``most`` is below 1.

    Examples
    --------
    >>> pairs = pd.DataFrame({"variable": ["position"] * 2, "value": ["-1", "0"], "other_value": ["1", "0"],
    ...                       "n": [1, 2], "n_units": [1, 2]})
    >>> [text.get_text() for text in plot_disagreement(pairs).axes[0].texts]
    ['1', '2']
    """
    check_choice("language", language, LANGUAGES)
    need(pairs, "pairs", ["variable", "value", "other_value", "n"])
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise SchemaError(f"`most` is {most!r}; it must be a whole number of at least 1, for instance 6.")
    if not len(pairs):
        raise SchemaError("`pairs` has no row: no unit has the codes of two coders. Code some units twice.")
    differ = pairs["value"].astype("str") != pairs["other_value"].astype("str")
    sizes = pairs["n"].where(differ, 0).groupby(pairs["variable"].astype("str")).sum()
    shown = sizes[sizes > 0] if sizes.any() else sizes
    names = sorted(shown.index, key=lambda name: (-int(sizes[name]), name))[:most]
    columns = min(3, len(names), max(1, int(asked_width(9.0) / 2.1)))
    rows = -(-len(names) // columns)
    figure = new_figure(max(3.0 * columns, 5.0), 2.9 * rows + 0.7, lowest=1)
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, name in zip(panels, names, strict=False):
        own = pairs[pairs["variable"].astype("str") == name]
        values = _ordered(own)
        place = {value: number for number, value in enumerate(values)}
        cells = np.full((len(values), len(values)), np.nan)
        for value, other, n in own[["value", "other_value", "n"]].itertuples(index=False, name=None):
            cells[place[str(other)], place[str(value)]] = n
        off = cells.copy()
        np.fill_diagonal(off, np.nan)
        scale = max(float(np.nanmax(off)) if np.isfinite(off).any() else 0.0, 1.0)
        axes.imshow(np.nan_to_num(off), cmap="Oranges", vmin=0, vmax=scale * 1.6, aspect="auto")
        for value, other, n in own[["value", "other_value", "n"]].itertuples(index=False, name=None):
            weight = "normal" if value == other else "bold"
            at = (place[str(value)], place[str(other)])
            axes.text(*at, f"{int(n):,}", ha="center", va="center", fontsize=7, fontweight=weight)
        said = [_said(value, name, language, labels) for value in values]
        axes.set_xticks(range(len(values)), said, rotation=35, ha="right")
        axes.set_yticks(range(len(values)), said)
        agree = int(own.loc[own["value"].astype("str") == own["other_value"].astype("str"), "n"].sum())
        head = words("validation", "agreed", language)
        whole, _, part = name.partition(":")
        known = has_words("validation", whole)
        named = words("validation", whole, language) if known else column_label(whole, language)
        named += f": {label(part, language, labels)}" if part else ""
        head = head.format(named, f"{agree:,}", f"{int(own['n'].sum()):,}")
        axes.set_title(head, loc="right" if language == "ar" else "left")
        axes.tick_params(length=0)
        if language == "ar":
            axes.invert_xaxis()
            axes.yaxis.tick_right()
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    heading = title or words("validation", "disagreement", language)
    return finish(figure, heading, [words("validation", "pairs", language)], language)


def _said(value: str, variable: str, language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    """Return a value in words: yes and no of a label, a position by its name, any other number as it is."""
    if value == "none":
        return words("validation", "none", language)
    if ":" in variable and value in {"0", "1"}:
        return words("tables", "yes" if value == "1" else "no", language)
    if pd.notna(pd.to_numeric(value, errors="coerce")) and not variable.startswith("position"):
        return value
    return label(value, language, labels)


def _ordered(own: pd.DataFrame) -> list[str]:
    """Return the values of a variable: numbers, then names, then none."""
    values = sorted(set(own["value"].astype("str")) | set(own["other_value"].astype("str")))
    numbers = pd.to_numeric(pd.Series(values, index=values, dtype="str"), errors="coerce")
    names = [value for value in values if pd.isna(numbers[value])]
    return sorted(numbers.dropna().index, key=lambda value: float(numbers[value])) + sorted(
        names, key=lambda value: (value == "none", value)
    )


@styled
def plot_correction(corrected: pd.DataFrame, *, language: str = "en", title: str | None = None) -> Figure:
    """Draw a corrected series beside the uncorrected one, each with its intervals.

    Parameters
    ----------
    corrected : DataFrame
        From ``correct_by_period``, without ``by``.
    language : {"en", "ar"}
        Language of all words in the figure.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel; below each period the number of its hand codes. A period below ten codes has no corrected point, and
        no line runs across it. The axis names what is measured, a position with its ends in words.

    Raises
    ------
    SchemaError
        ``corrected`` is no such table, or has several rows in one period.
    """
    check_choice("language", language, LANGUAGES)
    need(corrected, "corrected", ["period", "n_coded", "uncorrected", "estimate", "lower", "upper"], table="CORRECTED")
    if not len(corrected) or corrected["period"].duplicated().any():
        raise SchemaError("`corrected` must have one row per period. Choose one value of its `by` columns.")
    rows = corrected.sort_values("period")
    days, wide = centres(rows["period"]), period_days(rows["period"])
    figure = new_figure(8.0, 3.8)
    axes = figure.subplots()
    lines = []
    sides = (("uncorrected", "uncorrected_lower", "uncorrected_upper"), ("estimate", "lower", "upper"))
    for number, (middle, low, high) in enumerate(sides):
        value = rows[middle].to_numpy(float)
        known = np.isfinite(value)
        far = np.abs(rows[[low, high]].to_numpy(float).T - value)
        where = (days + (number - 0.5) * 0.16 * wide, value, far)
        if not known.any():
            continue
        lines.append(
            axes.errorbar(
                *where, color=COLOURS[1 - number], capsize=2,
                fmt="s--" if number == 0 else "o-", markersize=4, linewidth=1.0, markerfacecolor="white" if number == 0
                else COLOURS[0], label=words("validation", "corrected" if number else "uncorrected", language),
            )
        )  # fmt: skip
    for day, n in zip(days, rows["n_coded"], strict=True):
        axes.annotate(f"{int(n):,}", (day, 0), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
                      ha="center", fontsize=6.5, color="#555555")  # fmt: skip
    axes.margins(y=0.12)
    measures = rows["measure"].astype("str").unique() if "measure" in rows else []
    if len(measures) == 1 and has_words("validation", f"axis_{measures[0]}"):
        ends = (code_label(-2, language), code_label(2, language))
        axes.set_ylabel(words("validation", f"axis_{measures[0]}", language).format(*ends))
    time_axis(axes, days[0] - wide / 2, days[-1] + wide / 2)
    notes = [words("validation", "bars", language)]
    if "note" in rows and rows["note"].astype("str").str.contains("demonstration").any():
        notes.append(words("validation", "seen", language))
    return finish(figure, title or words("validation", "correction", language), notes, language, lines)

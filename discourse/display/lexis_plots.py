"""Figures of words: keyness with its intervals, occurrences over documents in the order of time."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator

from discourse.display.change_words import side_label
from discourse.display.drawing import narrowing
from discourse.display.labels import LANGUAGES
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.measures.lexis.dispersion import measure_dispersion
from discourse.measures.lexis.occurrences import find_occurrences
from discourse.tables import need

__all__ = ["check_most", "name_rows", "plot_dispersion", "plot_keyness", "signed"]

_LEVEL = 0.05
_MANY = 5000  # strokes from which a row is drawn as a picture
_ZERO = 1e-9


def check_most(most: object) -> None:
    """Raise where the rows to draw at most are no such number."""
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise SchemaError(f"`most` is {most!r}; it must be a whole number of at least 1.")


def signed(value: float) -> str:
    """Write a number with its sign.

    >>> signed(-0.5), signed(0.0), signed(2.0)
    ('\u22120.5', '0', '+2')
    """
    return f"{value:+g}".replace("-", "\N{MINUS SIGN}") if abs(value) > _ZERO else "0"


def name_rows(axes: Axes, names: list[str], language: str) -> np.ndarray:
    """Name the rows of a panel, the first at the top, at the side on which the language begins; return the heights."""
    heights = np.arange(len(names))[::-1].astype(float)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_yticks(heights, names)
    axes.grid(axis="x", color="#e5e5e5", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    if language == "ar":
        axes.yaxis.tick_right()
        axes.tick_params(axis="y", length=0, labelleft=False, labelright=True)
        axes.spines["left"].set_visible(False)
    return heights


@styled
def plot_keyness(
    found: pd.DataFrame,
    *,
    most: int = 15,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw KEYNESS: the key terms of each set, their rates in both, and the log ratio with its interval.

    Parameters
    ----------
    found : DataFrame
        What ``keyness`` returns, with tests.
    most : int
        Terms of each set at most, in the order of the table.
    language : {"en", "ar"}
        Language of all words in the figure; in Arabic terms stand at the right. Numbers grow to the right.
    labels : mapping, optional
        Labels of the sets by name and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        A panel of rates (first set square, second round) beside a panel of log ratios; hollow where p, adjusted for
        the rate of false findings, is .05 or more. A bound that is not there is an arrow.

    Raises
    ------
    SchemaError
        The table has no row, or no tests.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.measures.lexis.keyness import keyness
    >>> texts = ["روسيا روسيا كابل", "روسيا اليوم كابل", "زار الوزير كابل", "زار الوزير موسكو"]
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "source": ["x", "x", "y", "y"]})
    >>> found = keyness(tokenize(documents), documents, between=("x", "y"), by="source", min_count=3, min_units=2)
    >>> [text.get_text() for text in plot_keyness(found).axes[0].get_yticklabels()]
    ['روسيا', 'كابل']
    """
    check_choice("language", language, LANGUAGES)
    check_most(most)
    need(found, "found", ["term", "log_ratio", "lower", "upper", "p_rate", "per_1000_a", "per_1000_b", "conservative"])
    if not len(found):
        raise SchemaError(
            "`found` has no row; there is nothing to draw. Lower `min_count` or `min_units` of keyness()."
        )
    sides = [found.loc[found["log_ratio"].gt(0)].head(most), found.loc[found["log_ratio"].le(0)].head(most)[::-1]]
    shown = pd.concat(sides, ignore_index=True)
    figure = new_figure(7.6, 1.6 + 0.24 * len(shown), lowest=1)
    panels = figure.subplots(1, 2, sharey=True, squeeze=False)[0]
    rates, ratios = panels[::-1] if language == "ar" else panels
    heights = name_rows(rates, [str(term) for term in shown["term"]], language)
    ratios.tick_params(axis="y", labelleft=False, labelright=False, length=0)
    ratios.grid(axis="x", color="#e5e5e5", linewidth=0.5)
    if language == "ar":
        ratios.spines["left"].set_visible(False)
    for place, name in enumerate("ab"):
        rates.plot(
            shown[f"per_1000_{name}"], heights, linestyle="", marker="so"[place], color=COLOURS[1 - place], markersize=4
        )
    _draw_ratios(ratios, shown, heights)
    rates.set_xlim(left=min(-0.02 * float(shown[["per_1000_a", "per_1000_b"]].max().max()), 0))
    rates.set_xlabel(words("keyness", "rates", language))
    ratios.set_xlabel(words("keyness", "ratios", language))
    ratios.xaxis.set_major_formatter(lambda value, _: signed(value))
    names = [side_label(str(found[side].iloc[0]), language, labels) for side in "ab"]
    handles = [
        Line2D([], [], linestyle="", marker="so"[place], color=COLOURS[1 - place], label=names[place])
        for place in (0, 1)
    ]
    first = found.iloc[0]
    numbers = {
        f"{what}_{name}": f"{int(first[f'n_{what}_{name}']):,}" for what in ("tokens", "docs", "units") for name in "ab"
    }
    notes = [
        words("keyness", "sizes", language).format(a=names[0], b=names[1], **numbers),
        words("keyness", "note", language).format(shown=len(shown), all=f"{len(found):,}"),
    ]
    handles = handles[::-1] if language == "ar" else handles
    return finish(
        figure, title or words("keyness", "title", language).format(a=names[0], b=names[1]), notes, language, handles
    )


def _draw_ratios(axes: Axes, shown: pd.DataFrame, heights: np.ndarray) -> None:
    ends = shown[["log_ratio", "lower", "upper"]].to_numpy(float)
    low, high = np.nanmin(ends), np.nanmax(ends)
    room = 0.06 * max(high - low, 1.0)
    lower, upper = (
        np.where(np.isnan(ends[:, place]), end, ends[:, place]) for place, end in ((1, low - room), (2, high + room))
    )
    axes.hlines(heights, lower, upper, color="black", linewidth=1.0)
    for open_end, marker, at in ((np.isnan(ends[:, 1]), "<", lower), (np.isnan(ends[:, 2]), ">", upper)):
        axes.plot(at[open_end], heights[open_end], linestyle="", marker=marker, color="black", markersize=3.5)
    sure = shown["p_rate"].lt(_LEVEL).to_numpy()
    for rows, face in ((sure, "black"), (~sure, "white")):
        axes.plot(
            ends[rows, 0], heights[rows], linestyle="", marker="D", color="black", markerfacecolor=face, markersize=4
        )
    axes.axvline(0, color="#777777", linewidth=0.8, zorder=0)


@styled
def plot_dispersion(
    tokens: pd.DataFrame,
    pattern: str | Iterable[str],
    documents: pd.DataFrame,
    *,
    clitics: str = "both",
    language: str = "en",
    title: str | None = None,
) -> Figure:
    """Draw every occurrence of patterns over the documents in the order of time.

    The axis is made of words: each document has as much room as it has words, the earliest first, so that a word placed
    at random is spread evenly. Years stand where their first document begins. Documents without a date are left out,
    and the note says how many.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    pattern : str or iterable of str
        Patterns as in a lexicon, a row for each.
    documents : DataFrame
        DOCUMENTS of these tokens.
    clitics : {"both", "none", "proclitic"}
        What may be written onto the words of a pattern.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs to the right.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel: a row of strokes for each pattern, with its DP and that of random placement in its name.

    Raises
    ------
    SchemaError
        A pattern matches nothing in the documents with a date, or fewer than two documents have one.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["روسيا كابل", "كابل هنا روسيا"],
    ...                           "date": pd.to_datetime(["2021-08-15", "2015-12-23"])})
    >>> figure = plot_dispersion(tokenize(documents), "روسيا", documents)
    >>> figure.axes[0].collections[0].get_offsets()[:, 0].data.tolist()
    [2.0, 3.0]
    """
    check_choice("language", language, LANGUAGES)
    asked = [pattern] if isinstance(pattern, str) else list(dict.fromkeys(pattern))
    places, years, total, counted, n_undated = find_occurrences(tokens, asked, documents, clitics=clitics)
    measured = measure_dispersion(counted, asked, clitics=clitics)
    figure = new_figure(7.6, 1.5 + 0.5 * len(asked), lowest=1)
    axes = figure.subplots()
    names = [_measured_name(row, language) for row in measured.itertuples()]
    heights = name_rows(axes, names, language)
    for hits, height in zip(places, heights, strict=True):
        axes.scatter(
            hits, np.full(len(hits), height), marker="|", s=160, linewidths=0.6, color="black",
            rasterized=len(hits) > _MANY,
        )  # fmt: skip
    axes.set_xlim(0, total)
    axes.grid(visible=False)
    _name_years(axes, years, total)
    axes.set_xlabel(words("dispersion", "axis", language))
    first = measured.iloc[0]
    notes = [
        words("dispersion", "sizes", language).format(
            n_docs=f"{int(first['n_docs']):,}", n_tokens=f"{int(first['n_tokens']):,}"
        ),
        words("dispersion", "note", language),
    ]
    if n_undated:
        notes.append(words("dispersion", "undated", language).format(n=f"{n_undated:,}"))
    return finish(figure, title or words("dispersion", "title", language), notes, language)


def _measured_name(row: Any, language: str) -> str:
    numbers = {
        "dp": f"{row.dp:.2f}",
        "random": f"{row.dp_random:.2f}",
        "n": f"{row.n:,}",
        "docs": f"{row.n_docs_with:,}",
    }
    return f"{row.term}\n{words('dispersion', 'measured', language).format(**numbers)}"


def _name_years(axes: Axes, years: pd.Series, total: int) -> None:
    """Name years where they begin, as many as there is room for."""
    apart = total / max(2, round(9 * narrowing(axes.figure)))
    at, names, last = [], [], -np.inf
    for year, begins in years.items():
        if begins - last >= apart or last == -np.inf:
            at, names, last = [*at, float(begins)], [*names, str(year)], float(begins)
    axes.xaxis.set_major_locator(FixedLocator(at))
    axes.xaxis.set_major_formatter(FixedFormatter(names))
    for begins in years.to_numpy()[1:]:
        axes.axvline(float(begins), color="#d0d0d0", linewidth=0.6, zorder=0)

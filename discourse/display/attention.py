"""Attention: how many reports each period holds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from discourse.display.labels import LANGUAGES, phrase, value_label
from discourse.display.style import (
    COLOURS,
    HATCHES,
    centres,
    count_ticks,
    draw_bars,
    finish,
    new_figure,
    period_days,
    styled,
    time_axis,
)
from discourse.errors import check_choice

__all__ = ["plot_attention"]


@styled
def plot_attention(
    attention: pd.DataFrame,
    *,
    by: str | None = None,
    language: str = "en",
    most: int = 7,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw the reports per period as bars, stacked by a document variable such as the country of the outlet.

    Parameters
    ----------
    attention : DataFrame
        Counts from ``count_documents``.
    by : str, optional
        The column that splits the bars. The ``most`` largest values stand alone, the rest together.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    most : int
        Values that stand alone, at most 7.
    labels : mapping, optional
        Labels by value and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel. These are counts of what was collected, not estimates; they carry no interval.

    Examples
    --------
    >>> from discourse.measures.periods import count_documents
    >>> documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"]), "country": ["EG"]})
    >>> figure = plot_attention(count_documents(documents, by="country"), by="country")
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['Egypt (1)']
    """
    check_choice("language", language, LANGUAGES)
    columns = _columns(attention, by, min(most, len(COLOURS) - 1))
    figure = new_figure(9.6, 3.6)
    axes = figure.subplots()
    bottom = np.zeros(len(columns))
    handles: list[Patch] = []
    x = centres(pd.Series(columns.index)) if len(columns) else np.zeros(0)
    days = period_days(pd.Series(columns.index)) if len(columns) else 30.0
    for place, name in enumerate(columns.columns):
        heights = columns[name].to_numpy()
        text = f"{value_label(name, language, labels)} ({heights.sum():,})"
        look: dict[str, Any] = {"facecolor": COLOURS[place], "hatch": HATCHES[place], "edgecolor": "white"}
        draw_bars(axes, x, heights, days * 0.85, bottom, linewidth=0.3, **look)
        handles.append(Patch(**look, label=text))
        bottom = bottom + heights
    axes.set_ylabel(phrase("n_docs", language))
    axes.yaxis.set_major_locator(count_ticks(6))
    axes.grid(axis="y", color="#e5e5e5", linewidth=0.5)
    axes.set_axisbelow(True)
    if len(columns):
        starts = mdates.date2num(columns.index.to_numpy())
        time_axis(axes, starts.min() - days * 0.3, starts.max() + days * 1.3, most=14)
    title = title or phrase("attention", language)
    notes = [phrase("n_bracketed", language)] if by is not None else []
    return finish(figure, title, notes, language, handles if by is not None else (), beside=True)


def _columns(attention: pd.DataFrame, by: str | None, most: int) -> pd.DataFrame:
    """Return periods by values: the largest first, the rest summed as ``other``."""
    if by is None:
        return attention.groupby("period")["n_docs"].sum().to_frame("all")
    check_choice("by", by, sorted(set(attention.columns) - {"period", "n_docs"}))
    table = attention.assign(**{by: attention[by].astype(str)}).pivot_table(
        index="period", columns=by, values="n_docs", aggfunc="sum", fill_value=0
    )
    totals = table.sum()
    order = sorted(table.columns, key=lambda name: (-int(totals[name]), name))
    kept = table[order[:most]]
    return kept.assign(other=table[order[most:]].sum(axis=1)) if len(order) > most else kept

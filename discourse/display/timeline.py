"""The ledger of events as a labelled timeline."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from discourse.display.drawing import asked_width, narrowing
from discourse.display.labels import LANGUAGES, code_label, label, phrase
from discourse.display.style import finish, new_figure, styled, time_axis
from discourse.errors import check_choice

__all__ = ["draw_events", "key_events", "plot_events", "stated_days"]

# Acts before words: the order in which the event of a year is chosen.
_ACTS = ("recognition", "designation", "delisting", "agreement", "military", "aid", "trade", "meeting", "denial",
         "accusation", "statement", "other")  # fmt: skip
_ROWS = {
    2.0: ("^", "#009E73"),
    1.0: ("o", "#56B4E9"),
    0.0: ("s", "#999999"),
    -1.0: ("D", "#E69F00"),
    -2.0: ("v", "#D55E00"),
}
_NO_CODE = -3.0
_LANE = 3.1
_WIDTH = 9.6  # inches
_NAMES = 1.1  # inches of the names beside the panel
_TWO_COLUMNS, _LETTERS = 6.0, 15.5  # inches from which events are told in two columns; letters in an inch


def key_events(events: pd.DataFrame, *, most: int = 30) -> pd.DataFrame:
    """Choose the events that a figure numbers: one a year, acts before words.

    Within a year the kind of act decides (recognition, designation, delisting, agreement, military, aid, trade,
    meeting, denial, accusation, statement, other), then the distance of the position from 0, then the date. Where more
    than ``most`` years have events, the same order decides among the years.

    Parameters
    ----------
    events : DataFrame
        EVENTS.
    most : int
        Numbers at most.

    Returns
    -------
    DataFrame
        The rows of EVENTS chosen, sorted by date, with ``number`` from 1 in front.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["2025-04-17", "2025-07-03"]),
    ...                        "event": ["ban lifted", "recognised"], "act_type": ["delisting", "recognition"],
    ...                        "position": [2.0, 2.0]})
    >>> key_events(events)[["number", "event"]].values.tolist()
    [[1, 'recognised']]
    """
    ranks = events["act_type"].astype(str).map({act: rank for rank, act in enumerate(_ACTS)}).fillna(len(_ACTS))
    ordered = events.assign(
        _rank=ranks.astype(float), _force=-events["position"].abs().fillna(-1), _year=events["date"].dt.year
    ).sort_values(["_rank", "_force", "date", "event"], kind="stable")
    chosen = ordered.drop_duplicates("_year").head(most).drop(columns=["_rank", "_force", "_year"])
    chosen = chosen.sort_values(["date", "event"], kind="stable", ignore_index=True)
    chosen.insert(0, "number", np.arange(1, len(chosen) + 1))
    return chosen


@styled
def plot_events(
    events: pd.DataFrame,
    *,
    language: str = "en",
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
) -> Figure:
    """Draw EVENTS as a timeline: all events by position code, the key ones numbered and told below.

    Parameters
    ----------
    events : DataFrame
        EVENTS; Arabic words are taken from ``event_ar`` where it is there.
    language : {"en", "ar"}
        Language of all words in the figure. Time runs from left to right in both.
    labels : mapping, optional
        Labels by name and language.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        The timeline, and below it two columns of numbered sentences.

    Examples
    --------
    >>> events = pd.DataFrame({"date": pd.to_datetime(["2025-07-03"]), "event": ["Russia recognises the government."],
    ...                        "date_precision": ["day"], "act_type": ["recognition"], "position": [2.0]})
    >>> len(plot_events(events).axes)
    2
    """
    check_choice("language", language, LANGUAGES)
    width = asked_width(_WIDTH)
    key = numbered_events(events, width / _WIDTH)
    columns = _told(key, language, width)
    lines = max((sum(text.count("\n") + 1 for text in column) + len(column) * 0.35 for column in columns), default=0)
    figure = new_figure(_WIDTH, 3.6 + 0.128 * lines)
    told = 0.2 + 0.128 * lines
    if width != _WIDTH:  # words do not give way
        figure.set_size_inches(width, 3.0 + told + 0.6)
    top, bottom = figure.subplots(2, 1, gridspec_kw={"height_ratios": [3.0 if width == _WIDTH else 2.4, told]})
    dates = mdates.date2num(events["date"].to_numpy()) if len(events) else np.array([0.0, 365.0])
    span = (float(dates.min()) - 200, float(dates.max()) + 200)
    draw_events(top, events, span=span, language=language, labels=labels)
    time_axis(top, *span, most=16)
    _tell(bottom, columns, lines, language)
    title = title or f"{phrase('events', language)} ({len(events)})"
    return finish(figure, title, [explain_numbers(events, figure, language)], language)


def draw_events(
    axes: Axes,
    events: pd.DataFrame,
    *,
    span: tuple[float, float],
    language: str,
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Draw the events into ``axes``: one row per position code, numbers of the key events in a lane above."""
    rows = events["position"].fillna(_NO_CODE)
    x = mdates.date2num(events["date"].to_numpy()) if len(events) else np.zeros(0)
    for code, (marker, colour) in {**_ROWS, _NO_CODE: ("|", "#444444")}.items():
        here = rows.eq(code).to_numpy()
        axes.plot(
            x[here], np.full(int(here.sum()), code), linestyle="", marker=marker, markersize=4.5, color=colour,
            markeredgecolor="black", markeredgewidth=0.4 if code != _NO_CODE else 1.0, zorder=3,
        )  # fmt: skip
    ratio = narrowing(axes.figure)
    key = numbered_events(events, ratio)
    at = mdates.date2num(key["date"].to_numpy()) if len(key) else np.zeros(0)
    spread = _spread(at, (span[1] - span[0]) * 0.031 / _room(ratio), span)
    codes = key["position"].fillna(_NO_CODE)
    leads = [[(x, code), (x, 2.35), (to, _LANE - 0.25)] for x, to, code in zip(at, spread, codes, strict=True)]
    axes.add_collection(LineCollection(leads, colors="#888888", linewidths=0.5, zorder=1))
    for number, place in zip(key["number"], spread, strict=True):
        axes.text(place, _LANE, str(number), ha="center", va="center", fontsize=6.5, fontweight="bold")
    axes.set_ylim(-3.5, _LANE + 0.4)
    names = [code_label(code, language) for code in range(-2, 3)]
    axes.set_yticks([_NO_CODE, *range(-2, 3)], [label("no position", language, labels), *names])
    axes.grid(axis="y", color="#eeeeee", linewidth=0.5)
    axes.set_axisbelow(True)


def _room(ratio: float) -> float:
    """Return the width of the panel of a figure, whose names keep their size, over the usual one."""
    return 1.0 if ratio == 1 else max(0.02, (ratio * _WIDTH - _NAMES) / (_WIDTH - _NAMES))


def numbered_events(events: pd.DataFrame, ratio: float) -> pd.DataFrame:
    """Return the key events whose numbers fit into a figure of the width ``ratio``; each keeps its number."""
    key = key_events(events)
    most = int(30 * _room(ratio))
    if len(key) <= most:
        return key
    first = key_events(events, most=most)[["date", "event"]]
    return key.merge(first, on=["date", "event"]).sort_values("number", ignore_index=True)


def explain_numbers(events: pd.DataFrame, figure: object, language: str) -> str:
    """Say which events are numbered: one a year or, where these do not fit, the first of them by the same order."""
    n_all, n_shown = len(key_events(events)), len(numbered_events(events, narrowing(figure)))
    if n_shown == n_all:
        return phrase("numbered", language)
    return phrase("numbered_some", language).format(n_shown, n_all)


def _spread(places: np.ndarray, gap: float, span: tuple[float, float]) -> np.ndarray:
    """Move sorted places apart until neighbours stand ``gap`` from one another, inside ``span``."""
    spread = places.astype(float).copy()
    for place in range(1, len(spread)):
        spread[place] = max(spread[place], spread[place - 1] + gap)
    if len(spread):
        spread[-1] = min(spread[-1], span[1] - gap / 2)
    for place in range(len(spread) - 2, -1, -1):
        spread[place] = min(spread[place], spread[place + 1] - gap)
    return spread


def stated_days(events: pd.DataFrame) -> list[str]:
    """Write the dates of EVENTS as precisely as they are known: 2025-07-03, 2025-07 or 2025."""
    precision = events["date_precision"].astype(str) if "date_precision" in events else pd.Series("day", events.index)
    lengths = precision.map({"month": 7, "year": 4}).fillna(10).astype(int)
    return [date.strftime("%Y-%m-%d")[:length] for date, length in zip(events["date"], lengths, strict=True)]


def _told(key: pd.DataFrame, language: str, width: float) -> list[list[str]]:
    """Return numbered, wrapped sentences in two columns; in one where the figure is narrow."""
    n_columns = 2 if width >= _TWO_COLUMNS else 1
    letters = 76 if width == _WIDTH else int(_LETTERS * (width - 0.3) / n_columns)
    words = key["event_ar"] if language == "ar" and "event_ar" in key else key["event"]
    days = stated_days(key)
    items = [
        textwrap.fill(f"{number}. {day}: {word}", letters, subsequent_indent="    " if language == "en" else "")
        for number, day, word in zip(key["number"], days, words, strict=True)
    ]
    half = (len(items) + 1) // 2
    return ([items[:half], items[half:]] if n_columns == 2 else [items]) if items else []


def _tell(axes: Axes, columns: list[list[str]], lines: float, language: str) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(-max(lines, 1) - 0.5, 0)
    sides, from_side = ((1.0, 0.49), "right") if language == "ar" else ((0.0, 0.51), "left")
    for column, side in zip(columns, sides, strict=False):
        height = 0.0
        for text in column:
            axes.text(side, -height, text, fontsize=7, va="top", ha=from_side, linespacing=1.15)
            height += text.count("\n") + 1 + 0.35

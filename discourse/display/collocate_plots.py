"""Figures of collocates: each term with its interval, the change of company, and the network of shared collocates."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from discourse.display.labels import LANGUAGES
from discourse.display.layout import EDGE, fit_text, size_of
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.word_layout import height_of_rows, place_words
from discourse.display.wording import words
from discourse.errors import SchemaError, check_choice
from discourse.tables import need

__all__ = ["collocate_network", "plot_collocate_contrasts", "plot_collocate_network", "plot_collocates"]

_MOST = 40
_HEIGHT, _WIDTH = 6.2, 7.2
_SOLID, _HOLLOW = COLOURS[0], "white"


@styled
def plot_collocates(
    collocates: pd.DataFrame, *, most: int = 20, language: str = "en", title: str | None = None
) -> Figure:
    """Draw COLLOCATES of one part: a row for each term, its log odds ratio and interval.

    Parameters
    ----------
    collocates : DataFrame
        What ``find_collocates`` returns, with intervals; of a table by parts choose one part.
    most : int
        Terms drawn at most, the first of the table; 40 at most.
    language : {"en", "ar"}
        Language of the words around; in Arabic the terms stand at the right.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel. Terms whose adjusted p is at most .05 are solid.

    Raises
    ------
    SchemaError
        The table has no row, no intervals, or several parts.
    """
    check_choice("language", language, LANGUAGES)
    need(collocates, "collocates", ["term", "pattern", "n", "log_odds_ratio", "lower", "upper", "p_adjusted"])
    if "part" in collocates and collocates["part"].nunique() > 1:
        raise SchemaError(
            f"`collocates` has {collocates['part'].nunique()} parts; a figure draws one. Choose by `part`."
        )
    rows = _first(collocates, most, "collocates")
    solid = (rows["p_adjusted"] <= 0.05).to_numpy()
    names = [f"{term} ({n:,})" for term, n in zip(rows["term"], rows["n"], strict=True)]
    note = words("collocates", "n", language).format(
        nodes=f"{rows['n_nodes'].iloc[0]:,}", words=f"{rows['n_window_tokens'].iloc[0]:,}", shown=len(rows),
        all=f"{len(collocates):,}",
    )  # fmt: skip
    head = title or words("collocates", "title", language).format(rows["pattern"].iloc[0])
    bounds = rows["log_odds_ratio"], rows["lower"], rows["upper"]
    axis = words("collocates", "axis", language)
    return _draw_rows(names, bounds, solid, ("found", "others"), axis, head, note, language)


@styled
def plot_collocate_contrasts(
    contrasts: pd.DataFrame, *, most: int = 20, language: str = "en", title: str | None = None
) -> Figure:
    """Draw COLLOCATE_CONTRASTS: a row for each term, the difference of its log odds ratios and the interval.

    Parameters
    ----------
    contrasts : DataFrame
        What ``compare_collocates`` returns.
    most : int
        Terms drawn at most, the first of the table; 40 at most.
    language : {"en", "ar"}
        Language of the words around; in Arabic the terms stand at the right.
    title : str, optional
        Title instead of the standard one.

    Returns
    -------
    Figure
        One panel. Terms whose interval is without 0 are solid.

    Raises
    ------
    SchemaError
        The table has no row.
    """
    check_choice("language", language, LANGUAGES)
    need(contrasts, "contrasts", ["term", "pattern", "first", "second", "difference", "lower", "upper"])
    rows = _first(contrasts, most, "contrasts").sort_values("difference", ascending=False, kind="stable")
    solid = ((rows["lower"] > 0) | (rows["upper"] < 0)).to_numpy()
    sizes = zip(rows["term"], rows["n_first"], rows["n_second"], strict=True)
    names = [
        f"{term} ({one:,} → {two:,})" if language == "en" else f"{term} ({one:,} ← {two:,})" for term, one, two in sizes
    ]
    sides = {"first": str(rows["first"].iloc[0]), "second": str(rows["second"].iloc[0])}
    note = words("collocates", "sides", language).format(
        **sides, n_first=f"{rows['n_window_tokens_first'].iloc[0]:,}",
        n_second=f"{rows['n_window_tokens_second'].iloc[0]:,}", shown=len(rows), all=f"{len(contrasts):,}",
    )  # fmt: skip
    head = title or words("collocates", "difference", language).format(rows["pattern"].iloc[0])
    bounds = rows["difference"], rows["lower"], rows["upper"]
    axis = words("collocates", "gap", language).format(**sides)
    return _draw_rows(names, bounds, solid, ("apart", "touching"), axis, head, note, language)


def _first(table: pd.DataFrame, most: int, argument: str) -> pd.DataFrame:
    if isinstance(most, bool) or not isinstance(most, int | np.integer) or not 1 <= most <= _MOST:
        raise SchemaError(f"`most` is {most!r}; it must be a whole number from 1 to {_MOST}.")
    if not len(table):
        raise SchemaError(f"`{argument}` has no row, so that there is nothing to draw.")
    return table.head(most)


def _draw_rows(
    names: list[str],
    bounds: tuple[pd.Series, pd.Series, pd.Series],
    solid: np.ndarray,
    kinds: tuple[str, str],
    axis: str,
    head: str,
    note: str,
    language: str,
) -> Figure:
    figure = new_figure(_WIDTH, 1.6 + 0.27 * len(names), lowest=1)
    axes = figure.subplots()
    heights = np.arange(len(names))[::-1].astype(float)
    estimate, lower, upper = (bound.to_numpy(np.float64) for bound in bounds)
    known = np.concatenate([estimate, lower[np.isfinite(lower)], upper[np.isfinite(upper)], [0.0]])
    room = 0.06 * max(float(np.ptp(known)), 1.0)
    left, right = float(known.min()) - room, float(known.max()) + room
    axes.axvline(0, color="#777777", linewidth=0.8, zorder=1)
    ends = np.where(np.isfinite(lower), lower, left), np.where(np.isfinite(upper), upper, right)
    axes.hlines(heights, *ends, colors="#555555", linewidth=1.2, zorder=2)
    for which, face in ((solid, _SOLID), (~solid, _HOLLOW)):
        axes.plot(
            estimate[which], heights[which], linestyle="", marker="o", markersize=5.5, markerfacecolor=face,
            markeredgecolor=_SOLID, zorder=3,
        )  # fmt: skip
    axes.set_xlim(left, right)
    axes.set_ylim(-0.7, len(names) - 0.3)
    axes.set_yticks(heights, names)
    axes.set_xlabel(axis)
    _dress(axes, language)
    handles = [
        Line2D(
            [], [], linestyle="", marker="o", markersize=5.5, markerfacecolor=face, markeredgecolor=_SOLID,
            label=words("collocates", kind, language),
        )
        for kind, face in zip(kinds, (_SOLID, _HOLLOW), strict=True)
    ]  # fmt: skip
    return finish(figure, head, [note], language, handles)


def _dress(axes: Axes, language: str) -> None:
    axes.tick_params(axis="y", length=0)
    if language == "ar":
        axes.yaxis.tick_right()
        axes.tick_params(axis="y", length=0)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def collocate_network(
    collocates: Mapping[str, pd.DataFrame] | pd.DataFrame, *, most: int = 12, p: float = 0.05
) -> nx.Graph:
    """Return the network of patterns and their collocates; a term that several patterns share is one node.

    Parameters
    ----------
    collocates : DataFrame, or mapping of name to DataFrame
        COLLOCATES of one pattern, or of several by a name for each.
    most : int
        Terms taken of each pattern, the first of its table.
    p : float
        Terms whose adjusted p is above it are left out.

    Returns
    -------
    Graph
        Nodes with ``mode`` (pattern or term) and ``n``, edges with ``weight``, the log odds ratio.

    Raises
    ------
    SchemaError
        A table lacks columns.
    """
    if isinstance(collocates, pd.DataFrame):
        need(collocates, "collocates", ["pattern"])
        collocates = {str(name): table for name, table in collocates.groupby("pattern", sort=False)}
    network = nx.Graph(n_terms=0)
    for name, table in collocates.items():
        need(table, "collocates", ["term", "n", "log_odds_ratio", "p_adjusted"])
        found = table[(table["p_adjusted"] <= p) & (table["log_odds_ratio"] > 0)]
        network.add_node(("pattern", name), mode="pattern", label=name, n=len(found))
        network.graph["n_terms"] += len(found)
        for row in found.head(most).itertuples(index=False):
            node = ("term", row.term)
            before = network.nodes[node]["n"] if node in network else 0
            network.add_node(node, mode="term", label=row.term, n=before + int(row.n))  # type: ignore
            network.add_edge(("pattern", name), node, weight=float(row.log_odds_ratio), n=int(row.n))  # type: ignore
    return network


@styled
def plot_collocate_network(
    network: nx.Graph, *, language: str = "en", title: str | None = None, seed: int = 20151223
) -> Figure:
    """Draw a network of collocates: patterns in bold, the terms beside them, lines as wide as the log odds ratio.

    Parameters
    ----------
    network : Graph
        From ``collocate_network``.
    language : {"en", "ar"}
        Language of title and note.
    title : str, optional
        Title instead of the standard one.
    seed : int
        Seed of the layout.

    Returns
    -------
    Figure
        One panel without axes. A network without nodes is an empty panel with its note.
    """
    check_choice("language", language, LANGUAGES)
    figure = new_figure(_WIDTH, _HEIGHT)
    axes = figure.subplots()
    axes.set_axis_off()
    texts = [_word(axes, str(data["label"]), data["mode"] == "pattern") for _, data in network.nodes(data=True)]
    width = figure.get_size_inches()[0] - 2 * EDGE
    sizes = _measured(texts, figure, width)
    wanted = max(figure.get_size_inches()[1], _LOOSE * height_of_rows(sizes, width, _GAP) + _HEAD)
    figure.set_size_inches(figure.get_size_inches()[0], wanted)
    shown = sum(data["mode"] == "term" for _, data in network.nodes(data=True))
    note = words("collocates", "nodes", language).format(shown=shown, all=f"{network.graph.get('n_terms', shown):,}")
    finish(figure, title or words("collocates", "network", language), [note], language)
    room = axes.get_position().size * figure.get_size_inches()
    axes.set_xlim(0, room[0])
    axes.set_ylim(0, room[1])
    found = place_words(network, sizes, (float(room[0]), float(room[1])), gap=_GAP, seed=seed)
    for text, at in zip(texts, found, strict=True):
        text.set_position(tuple(at))
    places = dict(zip(network.nodes, found, strict=True))
    widest = max((abs(weight) for *_, weight in network.edges(data="weight")), default=1.0)
    for one, other, weight in network.edges(data="weight"):
        across, up = zip(places[one], places[other], strict=True)
        axes.plot(across, up, color="#777777", linewidth=0.5 + 2.5 * abs(weight) / widest, alpha=0.7, zorder=1)
    return figure


_GAP, _LOOSE, _HEAD = 0.06, 1.6, 0.9  # inches between words; room beyond rows; inches of title and note


def _word(axes: Axes, name: str, pattern: bool) -> Text:
    """Put a word into the panel, in a box of its own; that of a pattern has a line around it."""
    return axes.text(
        0, 0, name, ha="center", va="center", zorder=4, fontsize=9 if pattern else 8,
        fontweight="bold" if pattern else "normal",
        bbox={"boxstyle": "square,pad=0.2", "facecolor": "white", "edgecolor": COLOURS[0] if pattern else "none",
              "linewidth": 1.0},
    )  # fmt: skip


def _measured(texts: list[Text], figure: Figure, width: float) -> np.ndarray:
    """Break names that are too long for the panel, and return width and height of each box in inches."""
    sizes = []
    for text in texts:
        fit_text(text, figure, width / 2)
        wide = size_of(text, figure)[0]
        if wide > 0.9 * width:  # one long word
            text.set_fontsize(float(text.get_fontsize()) * 0.9 * width / wide)
        border = 2 * 0.2 * float(text.get_fontsize()) / 72 + 2 / 72  # of the box on both sides, and its line
        sizes.append([side + border for side in size_of(text, figure)])
    return np.array(sizes).reshape(-1, 2)

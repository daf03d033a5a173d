"""Discourse networks drawn so that every name can be read."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from discourse.display.drawing import narrowing
from discourse.display.labels import LANGUAGES, check_labels, label, value_label
from discourse.display.style import COLOURS, finish, new_figure, styled
from discourse.display.wording import words
from discourse.errors import check_choice
from discourse.lexicons.loader import load_lexicon

__all__ = ["lay_out_network", "plot_network", "spread_names"]

_WIDTH, _HEIGHT = 7.2, 6.2


@styled
def plot_network(
    network: nx.Graph,
    *,
    language: str = "en",
    most: int = 30,
    least_weight: float = 0.0,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    title: str | None = None,
    seed: int = 20151223,
) -> Figure:
    """Draw a discourse network: nodes as names, edges as lines whose width is the weight.

    Agreement is a solid line, disagreement a dashed one, both a dotted one: the figure reads in greyscale. Names are
    moved apart until none covers another. Where the network has more nodes than ``most``, those with most statements
    are drawn and the note under the figure says so.

    Parameters
    ----------
    network : Graph
        From ``affiliation_network`` or ``congruence_network``.
    language : {"en", "ar"}
        Language of names and notes.
    most : int
        Nodes drawn at most.
    least_weight : float
        Edges with a smaller absolute weight are not drawn.
    labels : mapping, optional
        Labels by name and language, before those of the lexicons.
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
    kept = _kept(network, most, least_weight)
    figure = new_figure(_WIDTH, _HEIGHT)
    axes = figure.subplots()
    axes.set_axis_off()
    places = lay_out_network(kept, seed)
    names = _names(kept, language, labels) if kept else {}
    boxes = spread_names(places, names, narrowing(figure), figure.get_size_inches()[1] / _HEIGHT)
    styles = _draw_edges(axes, kept, places)
    _draw_nodes(axes, kept, places)
    for node, (x, y) in boxes.items():
        concept = kept.nodes[node].get("mode") == "concept"
        axes.annotate(
            names[node], tuple(places[node]), xytext=(x, y), textcoords="data",
            ha="center", va="center", fontsize=8, zorder=4,
            fontweight="normal" if concept else "bold", style="italic" if concept and language == "en" else "normal",
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
        )  # fmt: skip
    axes.set_xlim(-1.25, 1.25)
    axes.set_ylim(-1.15, 1.15)
    handles = [
        Line2D([], [], color="#333333", linestyle=_LINE[name], label=words("network", name, language))
        for name in styles
    ]
    kind = str(network.graph.get("kind", "congruence"))
    note = words("network", "n", language).format(
        n=f"{network.graph.get('n_statements', 0):,}", shown=len(kept), all=len(network)
    )
    return finish(figure, title or words("network", kind, language), [note], language, handles)


_LINE: dict[str, LineStyleType] = {"agree": "-", "disagree": "--", "both": ":"}


def _names(network: nx.Graph, language: str, labels: Mapping | None) -> dict[str, str]:
    """Return the name of each node; concepts are categories of the lexicon of stance."""
    concepts = {**load_lexicon("stance").categories, **check_labels(labels)}
    return {
        node: label(data.get("label", node), language, concepts)
        if data.get("mode") == "concept"
        else value_label(data.get("label", node), language, labels)
        for node, data in network.nodes(data=True)
    }


def _kept(network: nx.Graph, most: int, least_weight: float) -> nx.Graph:
    order = sorted(network.nodes, key=lambda node: (-network.nodes[node].get("n", 0), node))
    kept = network.subgraph(sorted(order[:most])).copy()
    kept.remove_edges_from([(a, b) for a, b, w in kept.edges(data="weight") if abs(w) < least_weight])
    return kept


def lay_out_network(network: nx.Graph, seed: int) -> dict:
    """Return the place of each node, by springs, whatever the order of nodes and edges."""
    if not network:
        return {}
    if len(network) == 1:
        return {next(iter(network)): np.zeros(2)}
    plain = nx.Graph()  # the order of nodes and edges decides the layout, so it is fixed
    plain.add_nodes_from(sorted(network.nodes))
    plain.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in network.edges))
    found = nx.spring_layout(plain, seed=seed, k=2.2 / np.sqrt(len(plain)), iterations=300)
    points = np.array([found[node] for node in plain])
    points = 2 * (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9) - 1
    return dict(zip(plain, points, strict=True))


def spread_names(places: dict, names: dict, across: float = 1.0, up: float = 1.0) -> dict[str, np.ndarray]:
    """Move the names apart until their boxes do not overlap; heights and widths are estimates in data units."""
    nodes = list(places)
    if not nodes:
        return {}
    at = np.array([places[node] for node in nodes]) + np.array([0.0, 0.075])
    half = np.array([(0.5 * 0.052 * max(len(names[node]), 2) * 0.85 / across, 0.042 / up) for node in nodes])
    for _ in range(400):
        gap = np.abs(at[:, None] - at[None]) - (half[:, None] + half[None])
        overlap = (gap < 0).all(axis=2) & ~np.eye(len(nodes), dtype=bool)
        if not overlap.any():
            break
        for one, other in np.argwhere(np.triu(overlap)):
            push = -gap[one, other]
            axis = 1 if push[1] <= push[0] else 0
            direction = 1.0 if at[one, axis] >= at[other, axis] else -1.0
            step = (push[axis] / 2 + 1e-3) * direction
            at[one, axis] += step
            at[other, axis] -= step
        at = np.clip(at, [-1.2, -1.08], [1.2, 1.12])
    return dict(zip(nodes, at, strict=True))


def _draw_nodes(axes: Axes, network: nx.Graph, places: dict[str, np.ndarray]) -> None:
    """Mark actors as discs and concepts as squares."""
    for mode, marker, size, colour in (("actor", "o", 6, COLOURS[0]), ("concept", "s", 4, "#000000")):
        at = [
            place
            for node, place in places.items()
            if (network.nodes[node].get("mode") == "concept") == (mode == "concept")
        ]
        if at:
            axes.plot(*np.transpose(at), linestyle="", marker=marker, markersize=size, color=colour, zorder=3)


def _draw_edges(axes: Axes, network: nx.Graph, places: dict[str, np.ndarray]) -> list[str]:
    """Draw the edges, those of one kind as one artist; return the kinds that there are."""
    kind = network.graph.get("kind")
    edges = list(network.edges(data=True))
    sizes = np.array([_size(data, kind) for *_, data in edges], float)
    widths = 0.5 + 2.5 * sizes / (sizes.max(initial=0.0) or 1.0)
    kinds = [_kind(data, kind) for *_, data in edges]
    for name, line in _LINE.items():
        here = [place for place, found in enumerate(kinds) if found == name]
        if here:
            ends = [(places[edges[place][0]], places[edges[place][1]]) for place in here]
            axes.add_collection(
                LineCollection(
                    ends,
                    linestyles=line,
                    colors="#555555",
                    linewidths=widths[here],
                    capstyle="butt",
                    zorder=1,
                    alpha=0.8,
                )
            )
    return [name for name in _LINE if name in kinds]


def _size(edge: Mapping[str, float], kind: str | None) -> float:
    """Return what the width of an edge stands for."""
    return edge["agree"] + edge["disagree"] if kind == "affiliation" else abs(edge["weight"])


def _kind(edge: Mapping[str, float], kind: str | None) -> str:
    """Tell whether an edge is agreement, disagreement or both."""
    if kind in ("congruence", "conflict"):
        return "agree" if kind == "congruence" else "disagree"
    if kind == "subtract":
        return "agree" if edge["weight"] > 0 else "disagree" if edge["weight"] < 0 else "both"
    agree, opposed = edge.get("agree", edge.get("congruence", 0)), edge.get("disagree", edge.get("conflict", 0))
    return "both" if agree and opposed else "disagree" if opposed else "agree"

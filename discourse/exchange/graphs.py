"""Networks as files of graph programs: GraphML (Gephi, Cytoscape, igraph, visone) and GEXF (Gephi)."""

import io
import math
import numbers
import re
from os import PathLike
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.exchange.workbook import FORBIDDEN
from discourse.writing import write_bytes

__all__ = ["write_graph"]

_FORMATS = {".graphml": "graphml", ".gexf": "gexf"}
_RESERVED = {"gexf": ("id", "source", "target", "viz", "start", "end", "pid")}
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')
_CREATOR = re.compile(rb"<creator>[^<]*</creator>")
_VERSION = "1.2draft"


def write_graph(network: nx.Graph, path: str | PathLike[str], *, format: str = "auto") -> Path:
    """Write a network for a graph program: a graph of ``congruence_network`` becomes GraphML or GEXF.

    Nodes keep their names as ids and their ``label``; attributes keep their types: numbers, text, yes or no. Dates are
    written as text (``2017-01-31``), and an attribute that a node or edge has not is left out. The same network always
    gives the same bytes, on any day.

    Parameters
    ----------
    network : Graph
        A graph of networkx, as ``congruence_network`` makes it; a pair of nodes has one edge at most.
    path : path
        Where to; ends in ``.graphml`` or ``.gexf``.
    format : {"auto", "gexf", "graphml"}
        By the ending of ``path`` by default.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    SchemaError
        ``network`` is no graph (a dictionary of periods holds several: write each), two nodes have one name once they
        are text, an attribute is no plain value or has several types, or a text holds a character that XML cannot.
    SourceError
        The place cannot be written.

    Notes
    -----
    GEXF is version 1.2, which Gephi 0.9 and 0.10 read; there the weight of an edge is its own attribute, and what is
    known of the whole graph (level, kind, number of statements) is not written. GraphML holds all of it.

    Examples
    --------
    >>> import tempfile
    >>> graph = nx.Graph(kind="congruence")
    >>> graph.add_edge("روسيا", "إيران", weight=2.0)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     nx.read_graphml(write_graph(graph, f"{folder}/net.graphml")).edges["روسيا", "إيران"]
    {'weight': 2.0}
    """
    check_choice("format", format, ["auto", *_FORMATS.values()])
    place = Path(path)
    if format == "auto" and place.suffix.lower() not in _FORMATS:
        endings = " or ".join(map(repr, sorted(_FORMATS)))
        raise SchemaError(f"`path` is {str(path)!r}; a network ends in {endings}. Change the ending, or say `format`.")
    if not isinstance(network, nx.Graph) or network.is_multigraph():
        several = " of one graph a period: write each of them" if isinstance(network, dict) else ""
        raise SchemaError(f"`network` is a {type(network).__name__}{several}; it must be one graph of networkx.")
    asked = _FORMATS[place.suffix.lower()] if format == "auto" else format
    plain = _plain(network, asked)
    buffer = io.BytesIO()
    if asked == "graphml":
        nx.write_graphml_xml(plain, buffer, encoding="utf-8", prettyprint=True)
        return write_bytes(buffer.getvalue(), place)
    nx.write_gexf(plain, buffer, encoding="utf-8", prettyprint=True, version=_VERSION)
    content = _MODIFIED.sub(b"", buffer.getvalue(), count=1)
    return write_bytes(_CREATOR.sub(b"<creator>discourse</creator>", content, count=1), place)


def _plain(network: nx.Graph, asked: str) -> nx.Graph:
    """Return the graph with names that are text, and attributes of one plain type each, nodes and edges in order."""
    out = type(network)()
    if asked == "graphml":
        out.graph.update(_attributes(network.graph, "the graph", asked))
    names = {node: _text(node, "node") for node in network}
    if len(set(names.values())) < len(names):
        twice = sorted(name for name in set(names.values()) if list(names.values()).count(name) > 1)
        raise SchemaError(f"`network` has two nodes that are called {twice[0]!r} as text. Rename one of them.")
    for node in sorted(network, key=names.__getitem__):
        out.add_node(names[node], **_attributes(network.nodes[node], f"node {names[node]!r}", asked))
    edges = [
        ((names[one], names[other]), data) if network.is_directed() else (sorted((names[one], names[other])), data)
        for one, other, data in network.edges(data=True)
    ]
    for (one, other), data in sorted(edges, key=lambda edge: tuple(edge[0])):
        out.add_edge(one, other, **_attributes(data, f"edge {one!r} to {other!r}", asked))
    rows = {"node": [data for _, data in out.nodes(data=True)], "edge": [data for *_, data in out.edges(data=True)]}
    for what, held in rows.items():
        _settle_types(held, what)
    return out


def _attributes(held: dict, of: str, asked: str) -> dict[str, Any]:
    out = {}
    for name in sorted(held, key=str):
        if str(name) in _RESERVED.get(asked, ()):
            raise SchemaError(f"`network` has the attribute {str(name)!r} of {of}, a name that GEXF keeps. Rename it.")
        value = _value(held[name], f"attribute {str(name)!r} of {of}")
        if value is not None:
            out[_text(name, "attribute")] = value
    return out


def _value(value: object, of: str) -> str | int | float | bool | None:
    """Return a plain value; null where there is none."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, str):
        return _text(value, of)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return None if math.isnan(number) else number
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")  # type: ignore[attr-defined]
    raise SchemaError(
        f"`network` has an {of} that is a {type(value).__name__}; it must be text, a number, yes or no, or a date. "
        "Take it out or write it as text."
    )


def _settle_types(rows: list[dict], what: str) -> None:
    """Give each attribute one type over all nodes or edges: whole numbers beside others become others."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    for name, found in types.items():
        if found == {int, float}:
            for row in rows:
                if name in row:
                    row[name] = float(row[name])
        elif len(found) > 1:
            shown = " and ".join(sorted(one.__name__ for one in found))
            raise SchemaError(f"`network` has the {what} attribute {name!r} as {shown}; it must be of one type.")


def _text(value: object, of: str) -> str:
    text = str(value)
    if found := FORBIDDEN.search(text):
        raise SchemaError(
            f"`network` has the character U+{ord(found[0]):04X} in {text[:60]!r} ({of}), which XML cannot hold. Take "
            "it out."
        )
    return text

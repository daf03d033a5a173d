"""Discourse networks: who shares which concepts with whom, per period."""

import itertools
from typing import cast

import networkx as nx
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, check_choice

__all__ = ["affiliation_network", "congruence_network", "network_edges", "networks_by_period"]

_LEVELS = ("actor", "organisation")
_MODES = ("congruence", "conflict", "subtract")
_NORMALISATIONS = ("none", "average")


def affiliation_network(statements: pd.DataFrame, *, level: str = "organisation") -> nx.Graph:
    """Build the two-mode network of actors and concepts: STATEMENTS become a graph with signed counts.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS.
    level : {"organisation", "actor"}
        Who the nodes are. Statements without one are left out; the graph tells how many as ``n_left_out``.

    Returns
    -------
    Graph
        Nodes have ``mode`` (actor or concept) and ``n`` (statements). An actor is named ``actor:NAME`` and a concept
        ``concept:NAME``, so that the two never meet; ``label`` is the bare name. Edges have ``agree`` and ``disagree``
        (statements) and ``weight``, their difference. Nodes and edges stand in alphabetical order.

    Notes
    -----
    A concept that an actor both affirms and rejects has one edge with both counts.

    References
    ----------
    Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In The Oxford Handbook of
    Political Networks. Oxford University Press.

    Examples
    --------
    >>> statements = pd.DataFrame({
    ...     "doc_id": list("abc"), "date": pd.to_datetime(["2017-01-01"] * 3), "actor": ["x"] * 3,
    ...     "organisation": ["russia", "us", "us"], "concept": ["arming"] * 3, "agreement": [False, True, True],
    ...     "start_char": [0] * 3, "end_char": [5] * 3, "text": ["t"] * 3})
    >>> dict(affiliation_network(statements).edges["actor:us", "concept:arming"])
    {'agree': 2, 'disagree': 0, 'weight': 2}
    """
    used, left_out = _used(statements, level)
    graph = nx.Graph(level=level, kind="affiliation", n_statements=len(used), n_left_out=left_out)
    counts = used.groupby([level, "concept", "agreement"]).size()
    for mode, column in (("actor", level), ("concept", "concept")):
        for name, n in used.groupby(column).size().sort_index().items():
            graph.add_node(f"{mode}:{name}", mode=mode, label=str(name), n=int(n))
    for key, found in counts.groupby(level=[0, 1], sort=True):
        name, concept = cast(tuple[str, str], key)
        agree = int(found.get((name, concept, True), 0))
        disagree = int(found.get((name, concept, False), 0))
        graph.add_edge(f"actor:{name}", f"concept:{concept}", agree=agree, disagree=disagree, weight=agree - disagree)
    return graph


def _used(statements: pd.DataFrame, level: str) -> tuple[pd.DataFrame, int]:
    check_choice("level", level, _LEVELS)
    tables.check(statements, "STATEMENTS")
    known = statements[level].notna()
    used = statements.loc[known].astype({level: "str", "concept": "str"})
    return used, int((~known).sum())


def congruence_network(
    statements: pd.DataFrame, *, level: str = "organisation", mode: str = "congruence", normalise: str = "none"
) -> nx.Graph:
    """Build the network of actors who share concepts: STATEMENTS become a one-mode graph.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS.
    level : {"organisation", "actor"}
        Who the nodes are.
    mode : {"congruence", "conflict", "subtract"}
        What the weight of an edge counts: concepts on which two actors take the same side, concepts on which they take
        opposite sides, or the first minus the second.
    normalise : {"none", "average"}
        ``average`` divides by the mean number of concepts (with their side) of the two actors, so that talkative
        actors do not stand in the middle for their talk alone.

    Returns
    -------
    Graph
        Nodes are actors with ``label`` and ``n`` (statements); actors without any tie stay as lone nodes. Edges have
        ``congruence``, ``conflict`` (concepts) and ``weight``; edges of weight 0 are left out in ``congruence`` and
        ``conflict``, and kept in ``subtract`` where both counts are equal and above 0.

    Notes
    -----
    A concept counts once for a pair, however often they state it. An actor that both affirms and rejects a concept
    counts on both sides of it, as in DNA's type `congruence` and `conflict` over an agreement variable.

    References
    ----------
    Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In The Oxford Handbook of
    Political Networks. Oxford University Press.

    Examples
    --------
    >>> statements = pd.DataFrame({
    ...     "doc_id": list("abc"), "date": pd.to_datetime(["2017-01-01"] * 3), "actor": ["x"] * 3,
    ...     "organisation": ["russia", "us", "iran"], "concept": ["arming"] * 3, "agreement": [False, True, False],
    ...     "start_char": [0] * 3, "end_char": [5] * 3, "text": ["t"] * 3})
    >>> list(congruence_network(statements).edges(data="weight"))
    [('iran', 'russia', 1.0)]
    >>> list(congruence_network(statements, mode="conflict").edges(data="weight"))
    [('iran', 'us', 1.0), ('russia', 'us', 1.0)]
    """
    check_choice("mode", mode, _MODES)
    check_choice("normalise", normalise, _NORMALISATIONS)
    used, left_out = _used(statements, level)
    graph = nx.Graph(level=level, kind=mode, normalise=normalise, n_statements=len(used), n_left_out=left_out)
    for name, n in used.groupby(level).size().sort_index().items():
        graph.add_node(str(name), label=str(name), n=int(n))
    sides: dict[str, set[tuple[str, bool]]] = {name: set() for name in graph}
    for name, concept, agreement in zip(used[level], used["concept"], used["agreement"].astype(bool), strict=True):
        sides[name].add((concept, bool(agreement)))
    for one, other in itertools.combinations(sorted(sides), 2):
        same = len(sides[one] & sides[other])
        opposed = len(sides[one] & {(concept, not agreed) for concept, agreed in sides[other]})
        if not (same if mode == "congruence" else opposed if mode == "conflict" else same + opposed):
            continue
        weight = float({"congruence": same, "conflict": opposed, "subtract": same - opposed}[mode])
        if normalise == "average":
            weight /= (len(sides[one]) + len(sides[other])) / 2
        graph.add_edge(one, other, congruence=same, conflict=opposed, weight=weight)
    return graph


def networks_by_period(
    statements: pd.DataFrame,
    *,
    freq: str = "YS",
    kind: str = "congruence",
    level: str = "organisation",
    normalise: str = "none",
) -> dict[pd.Timestamp, nx.Graph]:
    """Build one network per period: STATEMENTS become a dictionary from first day to graph.

    Parameters
    ----------
    statements : DataFrame
        STATEMENTS; those without a date are left out.
    freq : {"MS", "QS", "YS"}
        Month, quarter or year.
    kind : {"affiliation", "congruence", "conflict", "subtract"}
        Which network.
    level, normalise : str
        As for ``congruence_network``.

    Returns
    -------
    dict
        First day of the period to graph, in order of time; periods without a statement are graphs without a node.

    Raises
    ------
    SchemaError
        No statement has a date, or a choice is none of those named.
    """
    span = tables.period_of(freq).span
    check_choice("kind", kind, ("affiliation", *_MODES))
    dated = statements[statements["date"].notna()]
    if dated.empty:
        raise SchemaError(
            f"`statements` has {len(statements)} rows and none has a date; networks by period need dates."
        )
    first = dated["date"].dt.to_period(span).dt.to_timestamp()
    networks: dict[pd.Timestamp, nx.Graph] = {}
    for period in pd.date_range(first.min(), first.max(), freq=freq):
        part = dated[first == period]
        if kind == "affiliation":
            networks[period] = affiliation_network(part, level=level)
        else:
            networks[period] = congruence_network(part, level=level, mode=kind, normalise=normalise)
    return networks


def network_edges(network: nx.Graph | dict[pd.Timestamp, nx.Graph]) -> pd.DataFrame:
    """List the edges of a network, or of one network per period, as a table.

    Returns
    -------
    DataFrame
        period (only for a dictionary), source, target and all edge attributes; sorted by period, source, target.
    """
    several = network if isinstance(network, dict) else {None: network}
    rows = [
        {"period": period, "source": min(edge), "target": max(edge), **data}
        for period, graph in several.items()
        for *edge, data in graph.edges(data=True)
    ]
    table = pd.DataFrame(rows, columns=None if rows else ["period", "source", "target", "weight"])
    table = table.sort_values(["period", "source", "target"], ignore_index=True)
    return table if isinstance(network, dict) else table.drop(columns="period")

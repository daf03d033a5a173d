"""Networks written for graph programs: read back equal, the same bytes on any day, form as Gephi asks for."""

import re
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.exchange.graphs import write_graph
from discourse.measures.network import affiliation_network, congruence_network

READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture
def statements():
    rows = [
        ("روسيا", "arming", False),
        ("إيران", "arming", False),
        ("us & <b>", "arming", True),
        ("us & <b>", "talks", True),
    ]
    return pd.DataFrame(
        {
            "doc_id": list("abcd"), "date": pd.to_datetime(["2017-01-01"] * 4), "actor": [one for one, *_ in rows],
            "organisation": [one for one, *_ in rows], "concept": [one for _, one, _ in rows],
            "agreement": [one for *_, one in rows], "start_char": [0] * 4, "end_char": [5] * 4, "text": ["t"] * 4,
        }
    )  # fmt: skip


def plain(graph):
    nodes = {node: {k: v for k, v in held.items() if k != "label"} for node, held in graph.nodes(data=True)}
    edges = {frozenset((a, b)): {k: v for k, v in held.items() if k != "id"} for a, b, held in graph.edges(data=True)}
    return nodes, edges


@pytest.mark.parametrize("ending", READ)
def test_write_networks_of_statements_come_back(statements, tmp_path, ending):
    for number, network in enumerate(
        (
            congruence_network(statements),
            congruence_network(statements, mode="subtract"),
            affiliation_network(statements),
        )
    ):
        found = READ[ending](write_graph(network, tmp_path / "new" / f"{number}.{ending}"))
        assert plain(found) == plain(network)
        assert {node: held["label"] for node, held in found.nodes(data=True)} == dict(network.nodes(data="label"))
        assert not found.is_directed()


def test_write_graphml_holds_what_is_known_of_the_graph(statements, tmp_path):
    network = congruence_network(statements)
    found = nx.read_graphml(write_graph(network, tmp_path / "a.graphml"))
    assert found.graph.items() >= network.graph.items()
    assert network.graph["kind"] == "congruence"


@pytest.mark.parametrize("ending", READ)
def test_write_gives_the_same_bytes_whatever_the_order_and_the_day(statements, tmp_path, ending):
    network = congruence_network(statements, mode="subtract")
    turned = nx.Graph(**dict(reversed(network.graph.items())))
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(
        (b, a, dict(reversed(held.items()))) for a, b, held in reversed(list(network.edges(data=True)))
    )
    one = write_graph(network, tmp_path / f"one.{ending}").read_bytes()
    assert write_graph(turned, tmp_path / f"other.{ending}").read_bytes() == one
    assert not re.search(rb"lastmodified|NetworkX|20\d\d-\d\d-\d\d", one)


def test_write_gexf_has_the_form_that_gephi_reads(statements, tmp_path):
    root = ElementTree.fromstring(write_graph(congruence_network(statements), tmp_path / "a.gexf").read_bytes())
    assert root.tag == f"{GEXF}gexf" and root.get("version") == "1.2"
    graph = root.find(f"{GEXF}graph")
    assert graph.get("defaultedgetype") == "undirected"
    assert [one.tag.removeprefix(GEXF) for one in graph] == ["attributes", "attributes", "nodes", "edges"]
    kinds = {one.get("title"): one.get("type") for one in graph.iter(f"{GEXF}attribute")}
    assert kinds == {"n": "long", "congruence": "long", "conflict": "long"}
    assert [one.get("weight") for one in graph.iter(f"{GEXF}edge")] == ["1.0"]


def test_write_values_of_every_kind(tmp_path):
    network = nx.DiGraph()
    network.add_node(1, day=pd.Timestamp("2017-01-31"), at=pd.Timestamp("2017-01-31 12:30"), none=None, nat=pd.NaT)
    network.add_node("b", n=np.int64(3), share=np.float64(0.5), known=np.bool_(True), nan=float("nan"))
    network.add_edge("b", 1, weight=2)
    network.add_edge(1, "b", weight=0.5)
    found = nx.read_graphml(write_graph(network, tmp_path / "a.graphml"))
    assert found.nodes(data=True)["1"] == {"day": "2017-01-31", "at": "2017-01-31T12:30:00"}
    assert found.nodes(data=True)["b"] == {"n": 3, "share": 0.5, "known": True}
    assert dict(found.edges) == {("1", "b"): {"weight": 0.5}, ("b", "1"): {"weight": 2.0}}


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: {"a": nx.Graph()}, "`network` is a dict of one graph a period: write each of them; it must "
        "be one graph of "
         "networkx."),
        (nx.MultiGraph, "`network` is a MultiGraph; it must be one graph of networkx."),
        (lambda: nx.Graph([(1, "1")]), "`network` has two nodes that are called '1' as text. Rename one of them."),
        (lambda: nx.Graph([("a", "b\x07")]), "`network` has the character U+0007 in 'b\\x07' (node), which "
        "XML cannot hold. "
         "Take it out."),
        (lambda: nx.Graph([("a", "b", {"x": [1]})]), "`network` has an attribute 'x' of edge 'a' to 'b' "
        "that is a list; it "
         "must be text, a number, yes or no, or a date. Take it out or write it as text."),
        (lambda: nx.Graph([("a", "b", {"x": 1}), ("a", "c", {"x": "y"})]), "`network` has the edge "
        "attribute 'x' as int and "
         "str; it must be of one type."),
        (lambda: nx.Graph([("a", "b", {"id": 1})]), "`network` has the attribute 'id' of edge 'a' to 'b', a "
        "name that GEXF "
         "keeps. Rename it."),
    ],
)  # fmt: skip
def test_write_what_no_graph_file_holds_is_refused(tmp_path, build, message):
    with pytest.raises(SchemaError) as error:
        write_graph(build(), tmp_path / "a.gexf")
    assert str(error.value) == message


def test_write_other_ending_is_refused(tmp_path):
    place = tmp_path / "a.net"
    with pytest.raises(SchemaError) as error:
        write_graph(nx.Graph(), place)
    assert str(error.value) == (
        f"`path` is '{place}'; a network ends in '.gexf' or '.graphml'. Change the ending, or say `format`."
    )
    assert len(nx.read_gexf(write_graph(nx.Graph([("a", "b")]), place, format="gexf"))) == 2


WORDS = st.text(st.characters(categories=["L", "M", "N", "P", "S"]), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(
    nodes=st.dictionaries(WORDS, st.tuples(st.integers(-9, 9), WORDS, st.booleans()), min_size=2, max_size=5),
    pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(-9, 9)), max_size=6),
)
@pytest.mark.parametrize("ending", READ)
def test_write_any_network_comes_back(ending, nodes, pairs, tmp_path_factory):
    names = list(nodes)
    network = nx.Graph()
    for name, (n, word, known) in nodes.items():
        network.add_node(name, n=n, word=word, known=known)
    for one, other, weight in pairs:
        network.add_edge(names[one % len(names)], names[other % len(names)], weight=weight)
    place = tmp_path_factory.mktemp("any") / f"a.{ending}"
    assert plain(READ[ending](write_graph(network, place))) == plain(network)

"""Discourse networks, counted by hand."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.measures.network import affiliation_network, congruence_network, network_edges, networks_by_period


def statements(*rows, dates=None):
    """Build STATEMENTS from (organisation, concept, agreement)."""
    return pd.DataFrame(
        {
            "doc_id": [f"d{place}" for place in range(len(rows))],
            "date": pd.to_datetime(dates if dates is not None else ["2017-01-01"] * len(rows)),
            "actor": [row[0] for row in rows],
            "organisation": [row[0] for row in rows],
            "concept": [row[1] for row in rows],
            "agreement": [row[2] for row in rows],
            "start_char": 0,
            "end_char": 1,
            "text": "x",
        }
    )


DEBATE = (
    ("russia", "talks", True), ("russia", "talks", True), ("russia", "arming", False),
    ("us", "arming", True), ("us", "talks", True), ("us", "force", True),
    ("iran", "arming", False), ("iran", "arming", True),
)  # fmt: skip


def test_affiliation_network_counts_agreement_and_disagreement():
    graph = affiliation_network(statements(*DEBATE))
    assert dict(graph.nodes["actor:russia"]) == {"mode": "actor", "label": "russia", "n": 3}
    assert dict(graph.edges["actor:russia", "concept:talks"]) == {"agree": 2, "disagree": 0, "weight": 2}
    assert dict(graph.edges["actor:iran", "concept:arming"]) == {"agree": 1, "disagree": 1, "weight": 0}
    assert dict(graph.edges["actor:russia", "concept:arming"]) == {"agree": 0, "disagree": 1, "weight": -1}
    assert dict(graph.edges["actor:us", "concept:arming"]) == {"agree": 1, "disagree": 0, "weight": 1}
    assert graph.number_of_edges() == 6


def test_congruence_network_by_hand():
    table = statements(*DEBATE)
    same = {tuple(sorted(edge[:2])): edge[2] for edge in congruence_network(table).edges(data="weight")}
    assert same == {("russia", "us"): 1.0, ("iran", "russia"): 1.0, ("iran", "us"): 1.0}
    opposed = {tuple(sorted(e[:2])): e[2] for e in congruence_network(table, mode="conflict").edges(data="weight")}
    assert opposed == {("russia", "us"): 1.0, ("iran", "russia"): 1.0, ("iran", "us"): 1.0}
    subtract = congruence_network(table, mode="subtract")
    assert [weight for *_, weight in subtract.edges(data="weight")] == [0.0, 0.0, 0.0]


def test_congruence_network_average_divides_by_mean_activity():
    graph = congruence_network(statements(*DEBATE), normalise="average")
    assert graph.edges["russia", "us"]["weight"] == pytest.approx(1 / ((2 + 3) / 2))


def test_congruence_network_keeps_lone_actors_and_counts_the_unnamed():
    table = statements(("russia", "talks", True), ("us", "force", True), (None, "force", True))
    graph = congruence_network(table)
    assert list(graph.nodes) == ["russia", "us"]
    assert graph.number_of_edges() == 0
    assert graph.graph["n_left_out"] == 1


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.booleans()), min_size=1, max_size=20),
)
def test_congruence_network_is_the_recount_over_concepts(rows):
    graph = congruence_network(statements(*rows), mode="subtract")
    for one, other in itertools.combinations(sorted({row[0] for row in rows}), 2):
        same = opposed = 0
        for concept in "xyz":
            mine = {row[2] for row in rows if row[:2] == (one, concept)}
            theirs = {row[2] for row in rows if row[:2] == (other, concept)}
            same += len(mine & theirs)
            opposed += len(mine & {not side for side in theirs})
        edge = graph.edges.get((one, other), {"congruence": 0, "conflict": 0})
        assert (edge["congruence"], edge["conflict"]) == (same, opposed)


@given(st.permutations(DEBATE))
def test_affiliation_network_order_of_statements_changes_nothing(rows):
    first, second = affiliation_network(statements(*DEBATE)), affiliation_network(statements(*rows))
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))


def test_networks_by_period_is_dense_and_leaves_out_the_undated():
    table = statements(*DEBATE[:4], dates=["2017-03-01", "2017-05-01", "2019-01-01", None])
    networks = networks_by_period(table, freq="YS", kind="affiliation")
    assert [(period.year, len(graph)) for period, graph in networks.items()] == [(2017, 2), (2018, 0), (2019, 2)]
    assert network_edges(networks)[["source", "target"]].to_numpy().tolist() == [
        ["actor:russia", "concept:talks"],
        ["actor:russia", "concept:arming"],
    ]


def test_network_edges_of_one_network_have_no_period():
    edges = network_edges(affiliation_network(statements(*DEBATE[:4])))
    assert edges.columns.tolist() == ["source", "target", "agree", "disagree", "weight"]
    assert edges.index.tolist() == [0, 1, 2]
    assert edges["source"].tolist() == ["actor:russia", "actor:russia", "actor:us"]


def test_network_edges_of_a_network_without_edges_keep_their_columns():
    lone = congruence_network(statements(("russia", "talks", True)))
    assert network_edges(lone).columns.tolist() == ["source", "target", "weight"]
    assert network_edges({pd.Timestamp("2017-01-01"): lone}).columns.tolist() == [
        "period", "source", "target", "weight",
    ]  # fmt: skip


def test_networks_by_period_without_dates_says_so():
    with pytest.raises(SchemaError) as error:
        networks_by_period(statements(*DEBATE[:2], dates=[None, None]))
    assert str(error.value) == "`statements` has 2 rows and none has a date; networks by period need dates."


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"mode": "love"}, "`mode` is 'love'; it must be one of 'conflict', 'congruence', 'subtract'."),
        ({"normalise": "max"}, "`normalise` is 'max'; it must be one of 'average', 'none'."),
        ({"level": "country"}, "`level` is 'country'; it must be one of 'actor', 'organisation'."),
    ],
)
def test_congruence_network_wrong_choice_is_named(options, said):
    with pytest.raises(SchemaError) as error:
        congruence_network(statements(*DEBATE), **options)
    assert str(error.value) == said

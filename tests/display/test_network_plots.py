"""The network drawn: what stands on the axes."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from discourse.display.network_plots import plot_network
from discourse.errors import SchemaError
from discourse.measures.network import affiliation_network, congruence_network


def statements(n_actors=4):
    rows = [
        (f"actor {number}", concept, number % 2 == 0)
        for number in range(n_actors)
        for concept in ("recognition", "arming", "dialogue")
    ]
    return pd.DataFrame(
        {
            "doc_id": [str(place) for place in range(len(rows))],
            "date": pd.Timestamp("2020-01-01"),
            "actor": [row[0] for row in rows],
            "organisation": [row[0] for row in rows],
            "concept": [row[1] for row in rows],
            "agreement": [row[2] for row in rows],
            "start_char": 0,
            "end_char": 1,
            "text": "x",
        }
    )


def names(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_plot_network_names_every_node_once():
    figure = plot_network(affiliation_network(statements()))
    assert sorted(names(figure)) == sorted(
        ["actor 0", "actor 1", "actor 2", "actor 3", "Recognition", "Arming and funding", "Dialogue"]
    )


def test_plot_network_arabic_takes_the_labels_of_the_lexicons():
    assert "الاعتراف" in names(plot_network(affiliation_network(statements()), language="ar"))


def test_plot_network_lines_differ_without_colour():
    figure = plot_network(affiliation_network(statements()))
    axes = figure.axes[0]
    dashed = {tuple(kind.get_linestyle()[0][1] or ()) != () for kind in axes.collections}
    assert dashed == {False, True}
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["agree (share)", "disagree (opposed)"]


def test_plot_network_says_how_many_nodes_it_leaves_out():
    figure = plot_network(congruence_network(statements(50)), most=12)
    assert len(names(figure)) == 12
    assert "12 of 50 nodes" in figure.get_supxlabel()


def test_plot_network_names_do_not_cover_each_other():
    figure = plot_network(affiliation_network(statements(14)))
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    overlaps = sum(
        one.overlaps(other) and min(one.y1, other.y1) - max(one.y0, other.y0) > 4
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
    )
    assert overlaps == 0


def test_plot_network_is_the_same_twice():
    one, other = (plot_network(affiliation_network(statements())) for _ in range(2))
    places = [np.array([text.xyann for text in figure.axes[0].texts]) for figure in (one, other)]
    np.testing.assert_array_equal(*places)


def test_plot_network_without_nodes_is_an_empty_panel():
    figure = plot_network(nx.Graph(kind="congruence", n_statements=0))
    assert names(figure) == []
    assert "0 of 0 nodes" in figure.get_supxlabel()


def test_plot_network_other_language_is_refused():
    with pytest.raises(SchemaError) as error:
        plot_network(nx.Graph(), language="ru")
    assert str(error.value) == "`language` is 'ru'; it must be one of 'ar', 'en'."

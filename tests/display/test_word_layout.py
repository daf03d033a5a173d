"""Words of a network: no box covers another or leaves the panel, whatever their number and length."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from discourse.display.collocate_plots import collocate_network, plot_collocate_network
from discourse.display.drawing import DPI, redraw
from discourse.display.layout import renderer_of
from discourse.display.word_layout import height_of_rows, place_words

WORDS = "طالبان حركة وفد هجوم موسكو الاعتراف والمفاوضات المبعوث الدبلوماسيين داعش كابل من في حوار لقاء".split()
PATTERNS = ("طالبان", "داعش خراسان", "موسكو")


def network(n_words, n_patterns=1):
    """Return a network of so many words a pattern, some of one letter, some of several words, some shared."""
    tables = {}
    for number in range(n_patterns):
        terms = [
            " ".join(WORDS[(place * (number + 1) + more) % len(WORDS)] for more in range(place % 3 + 1))
            + "ات" * (place // len(WORDS))
            for place in range(n_words)
        ]
        odds = np.linspace(0.5, 4, n_words)
        tables[PATTERNS[number]] = pd.DataFrame({"term": terms, "n": 5, "log_odds_ratio": odds, "p_adjusted": 0.01})
    return collocate_network(tables, most=n_words)


def boxes_of(figure):
    """Return the box of each word and that of the panel as it is drawn."""
    figure.set_dpi(DPI)
    renderer = renderer_of(figure)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    return [text.get_bbox_patch().get_window_extent(renderer) for text in axes.texts], axes.bbox


@pytest.mark.parametrize("inches", [7.2, 3.4])
@pytest.mark.parametrize(("n_words", "n_patterns"), [(1, 1), (5, 1), (20, 1), (40, 1), (40, 3)])
def test_plot_collocate_network_no_word_covers_another_or_leaves_the_panel(n_words, n_patterns, inches):
    figure = redraw(plot_collocate_network(network(n_words, n_patterns), language="ar"), inches)
    boxes, panel = boxes_of(figure)
    assert len(boxes) > n_words
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    inside = [
        panel.x0 - 1 <= box.x0 and box.x1 <= panel.x1 + 1 and panel.y0 - 1 <= box.y0 and box.y1 <= panel.y1 + 1
        for box in boxes
    ]
    assert all(inside)


def test_plot_collocate_network_of_one_very_long_word_stays_in_the_panel():
    table = pd.DataFrame({"term": ["و" * 300], "n": 5, "log_odds_ratio": 1.0, "p_adjusted": 0.01})
    boxes, panel = boxes_of(plot_collocate_network(collocate_network({"طالبان": table})))
    assert all(panel.x0 - 1 <= box.x0 and box.x1 <= panel.x1 + 1 for box in boxes)


def test_plot_collocate_network_without_words_is_an_empty_panel():
    assert plot_collocate_network(nx.Graph(n_terms=0)).axes[0].texts[:] == []


def test_place_words_hangs_on_no_order_of_edges():
    one = nx.Graph([("a", "b"), ("a", "c"), ("a", "d")])
    other = nx.Graph()
    other.add_nodes_from("abcd")
    other.add_edges_from([("a", "d"), ("c", "a"), ("b", "a")])
    sizes = np.tile([1.0, 0.2], (4, 1))
    places = [place_words(graph, sizes, (4.0, 3.0), gap=0.1, seed=1) for graph in (one, other)]
    np.testing.assert_array_equal(*places)


def test_place_words_without_room_to_push_stand_in_rows_that_fit():
    rng = np.random.default_rng(1)
    graph = nx.star_graph(60)
    sizes = np.column_stack([rng.uniform(0.2, 1.8, 61), np.full(61, 0.2)])
    high = height_of_rows(sizes, 2.0, 0.05)
    at = place_words(graph, sizes, (2.0, high), gap=0.05, seed=1)
    over = (sizes[:, None] + sizes[None]) / 2 - np.abs(at[:, None] - at[None])
    covering = (over > 1e-6).all(axis=2)
    assert covering.sum() == 61  # each covers itself alone
    assert (at >= sizes / 2 - 1e-6).all() and (at <= np.array([2.0, high]) - sizes / 2 + 1e-6).all()

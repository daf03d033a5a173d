"""Figures of collocates: what they draw, and in which order."""

import numpy as np
import pandas as pd
import pytest

from discourse.display.collocate_plots import (
    collocate_network,
    plot_collocate_contrasts,
    plot_collocate_network,
    plot_collocates,
)
from discourse.errors import SchemaError


def _collocates(pattern="طالبان", terms=("حركة", "وفد", "من")) -> pd.DataFrame:
    n = len(terms)
    return pd.DataFrame(
        {
            "pattern": pattern,
            "term": terms,
            "n": np.arange(n, 0, -1) * 10,
            "n_nodes": 50,
            "n_window_tokens": 480,
            "log_odds_ratio": np.linspace(4, 0.2, n),
            "lower": np.linspace(3, -0.5, n),
            "upper": [np.nan, *np.linspace(4, 0.9, n - 1)],
            "p_adjusted": [0.001, 0.05, 0.3][:n],
        }
    )


def test_plot_collocates_has_a_row_for_each_term_and_fills_what_is_found():
    figure = plot_collocates(_collocates())
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["حركة (30)", "وفد (20)", "من (10)"]
    solid, hollow = axes.lines[1], axes.lines[2]
    assert solid.get_ydata().tolist() == [2, 1] and hollow.get_ydata().tolist() == [0]
    right = axes.get_xlim()[1]
    assert axes.collections[0].get_segments()[0][1][0] == pytest.approx(right)  # no upper bound: on to the edge


def test_plot_collocates_in_arabic_names_the_terms_at_the_right():
    axes = plot_collocates(_collocates(), language="ar").axes[0]
    assert axes.yaxis.get_ticks_position() == "right"


def test_plot_collocates_refuses_several_parts_and_none():
    with pytest.raises(SchemaError) as error:
        plot_collocates(_collocates().assign(part=["a", "b", "b"]))
    assert str(error.value) == "`collocates` has 2 parts; a figure draws one. Choose by `part`."
    with pytest.raises(SchemaError) as error:
        plot_collocates(_collocates().head(0))
    assert str(error.value) == "`collocates` has no row, so that there is nothing to draw."


def test_plot_collocate_contrasts_sorts_by_the_difference():
    table = pd.DataFrame(
        {
            "pattern": "طالبان",
            "first": "2015",
            "second": "2022",
            "term": ["هجوم", "حكومة"],
            "n_first": [9, 1],
            "n_second": [1, 9],
            "n_window_tokens_first": 100,
            "n_window_tokens_second": 120,
            "difference": [-2.0, 2.0],
            "lower": [-3.0, -0.1],
            "upper": [-1.0, 4.0],
        }
    )
    axes = plot_collocate_contrasts(table).axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["حكومة (1 → 9)", "هجوم (9 → 1)"]
    assert axes.lines[1].get_xdata().tolist() == [-2.0]


def test_collocate_network_shares_the_terms_of_several_patterns():
    network = collocate_network({"طالبان": _collocates(), "داعش": _collocates("داعش", ("وفد", "هجوم"))})
    terms = {data["label"]: network.degree(node) for node, data in network.nodes(data=True) if data["mode"] == "term"}
    assert terms == {"حركة": 1, "وفد": 2, "هجوم": 1}
    figure = plot_collocate_network(network)
    drawn = {text.get_text() for text in figure.axes[0].texts}
    assert drawn == {"طالبان", "داعش", "حركة", "وفد", "هجوم"}

"""Scores of seeded scaling over time: what stands on the axes."""

import numpy as np
import pandas as pd
import pytest

from discourse.display.scaled_plots import plot_scaled
from discourse.errors import SchemaError


def periods(**changes):
    """Return SCALED_PERIODS of four years; one has no score, one few stories."""
    columns = {
        "period": pd.date_range("2019", periods=4, freq="YS"),
        "n_docs": 9,
        "n_docs_with": [8, 0, 7, 3],
        "n_units": [8, 0, 7, 3],
        "estimate": [-0.4, np.nan, 0.5, 0.1],
        "lower": [-0.9, np.nan, 0.1, -1.0],
        "upper": [0.1, np.nan, 0.9, 1.2],
        "share_seeds": [0.2, np.nan, 0.4, 0.3],
        "share_dimensions": 0.1,
        "few": [False, False, False, True],
    }
    return pd.DataFrame({**columns, **changes})


def test_plot_scaled_draws_points_intervals_the_middle_and_n():
    figure = plot_scaled(periods())
    scores, counts = figure.axes
    np.testing.assert_array_equal(scores.lines[0].get_ydata(), [-0.4, np.nan, 0.5, np.nan])  # few: not joined
    bounds = [segment[:, 1].tolist() for segment in scores.collections[0].get_segments()]
    assert bounds == [[-0.9, 0.1], [0.1, 0.9], [-1.0, 1.2]]
    assert any(list(line.get_ydata()) == [0, 0] for line in scores.lines)
    heights = [path.vertices[:, 1].max() for path in counts.collections[0].get_paths()]
    assert heights == [8, 7, 3]
    assert "the choice of seeds gives 30% of the variance" in figure.get_supxlabel()
    assert "0 is the mean of all documents of this corpus" in figure.get_supxlabel()


def test_plot_scaled_by_has_a_line_for_each_of_the_four_largest():
    table = pd.concat([periods(source=name, n_docs_with=n) for n, name in enumerate("abcde", 1)])
    figure = plot_scaled(table, by="source", language="ar")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["e", "d", "c", "b"]
    assert "أكبر 4 من 5" in figure.get_supxlabel()


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (
            periods(estimate=np.nan),
            {},
            "`periods` has no score, so that there is nothing to draw. Take longer periods or more texts.",
        ),
        (
            pd.concat([periods(), periods()]),
            {},
            "`periods` has several rows a period. Name the column that splits them: `by`.",
        ),
        (periods(source="x"), {"by": "outlet"}, "`by` is 'outlet'; it must be one of 'source'."),
    ],
)
def test_plot_scaled_refuses_what_cannot_be_drawn(table, options, message):
    with pytest.raises(SchemaError) as error:
        plot_scaled(table, **options)
    assert str(error.value) == message

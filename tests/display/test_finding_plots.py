"""The figure of the finding, tested on what stands in its panel."""

import pandas as pd
import pytest
from matplotlib.collections import PolyCollection

from discourse.display.finding_plots import plot_finding
from discourse.errors import SchemaError


def means(**changed):
    told = {
        "period": ["2015-2016", "2020"], "first": pd.to_datetime(["2015-01-01", "2020-01-01"]),
        "last": pd.to_datetime(["2016-12-31", "2020-12-31"]), "n_units": [8, 3], "estimate": [-1.0, 1.5],
        "lower": [-1.5, 0.5], "upper": [-0.5, 2.0], "few": [False, True],
    }  # fmt: skip
    return pd.DataFrame(told | changed)


def series():
    days = pd.to_datetime(["2015-01-01", "2016-01-01", "2017-01-01"])
    values = {"estimate": [-1.2, -0.8, None], "lower": [-1.6, -1.2, None], "upper": [-0.6, -0.2, None]}
    return pd.DataFrame({"period": days, "few": [False, True, False], **values})


def test_plot_finding_bar_stands_at_the_mean_over_the_length_of_its_period():
    axes = plot_finding(means()).axes[0]
    bars = [line for line in axes.lines if line.get_linewidth() > 2]
    assert [line.get_ydata()[0] for line in bars] == [-1.0, 1.5]
    assert [round(line.get_xdata()[1] - line.get_xdata()[0]) for line in bars] == [731, 366]
    assert [line.get_alpha() for line in bars] == [1.0, 0.35]
    bands = [part for part in axes.collections if isinstance(part, PolyCollection)]
    assert [(box.y0, box.y1) for box in (band.get_datalim(axes.transData) for band in bands)] == [
        (-1.5, -0.5),
        (0.5, 2.0),
    ]


def test_plot_finding_mean_and_n_stand_above_the_scale():
    axes = plot_finding(means(), language="ar").axes[0]
    assert [text.get_text() for text in axes.texts] == ["−1.00\nعدد: 8", "+1.50\nعدد: 3"]
    assert all(text.get_position()[1] > 2 for text in axes.texts)


def test_plot_finding_points_of_the_series_few_of_them_hollow():
    axes = plot_finding(means(), series=series()).axes[0]
    points = [line for line in axes.lines if line.get_marker() == "o"]
    assert [(list(line.get_ydata()), line.get_markerfacecolor()) for line in points] == [
        ([-1.2], "#777777"), ([-0.8], "white"),
    ]  # fmt: skip


def test_plot_finding_period_without_a_position_is_left_out():
    axes = plot_finding(means(estimate=[-1.0, None], lower=[-1.5, None], upper=[-0.5, None])).axes[0]
    assert len(axes.texts) == 1


def test_plot_finding_period_twice_raises():
    with pytest.raises(SchemaError) as error:
        plot_finding(pd.concat([means(), means()]))
    assert str(error.value) == "`means` has a period twice. Choose one holder, one basis and one voice."


def test_plot_finding_language_unknown_raises():
    with pytest.raises(SchemaError, match="`language` is 'fr'"):
        plot_finding(means(), language="fr")

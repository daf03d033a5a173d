import pandas as pd
import pytest

from discourse.display.company import plot_company
from discourse.errors import SchemaError

COMPANY = pd.DataFrame(
    {
        "actor": ["russia", "russia", "taliban", "taliban", "us", "us"],
        "other": ["taliban", "us", "russia", "us", "russia", "taliban"],
        "n_sentences": [10, 10, 20, 20, 0, 0],
        "n_together": [5, 0, 5, 0, 0, 0],
        "estimate": [0.5, 0.0, 0.25, 0.0, None, None],
        "lower": [0.2, 0.0, 0.1, 0.0, None, None],
        "upper": [0.8, 0.1, 0.5, 0.1, None, None],
    }
)


def test_plot_company_cells_hold_share_interval_and_n():
    axes = plot_company(COMPANY).axes[0]
    assert {text.get_position(): text.get_text() for text in axes.texts} == {
        (1, 0): "25%\n10–50\n5",
        (0, 1): "50%\n20–80\n5",
    }


def test_plot_company_without_intervals_shows_and_explains_none():
    figure = plot_company(COMPANY, intervals=False)
    assert {text.get_text() for text in figure.axes[0].texts} == {"25%\n5", "50%\n5"}
    assert "interval" not in figure.get_supxlabel()
    assert "95% interval" in plot_company(COMPANY).get_supxlabel()


def test_plot_company_words_stand_out_from_the_darkest_cell():
    axes = plot_company(COMPANY).axes[0]
    shade = axes.images[0].to_rgba(axes.images[0].get_array()).min()
    assert {text.get_color() for text in axes.texts} == {"black"}
    luminance = ((shade + 0.055) / 1.055) ** 2.4  # of a grey
    assert (luminance + 0.05) / 0.05 >= 4.5  # WCAG 2.2, level AA


def test_plot_company_actor_never_named_is_left_out():
    labels = [text.get_text() for text in plot_company(COMPANY).axes[0].get_yticklabels()]
    assert labels == ["Taliban (20)", "Russia (10)"]


def test_plot_company_arabic_matrix_reads_from_the_right():
    axes = plot_company(COMPANY, language="ar").axes[0]
    assert axes.xaxis_inverted()
    assert [text.get_text() for text in axes.get_yticklabels()] == ["طالبان (20)", "روسيا (10)"]


def test_plot_company_unknown_actor_raises():
    with pytest.raises(SchemaError) as error:
        plot_company(COMPANY, actors=["mars"])
    assert str(error.value) == "`actors` is 'mars'; it must be one of 'russia', 'taliban', 'us'."

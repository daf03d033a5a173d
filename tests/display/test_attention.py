import pandas as pd
import pytest

from discourse.display.attention import plot_attention
from discourse.errors import SchemaError
from discourse.measures.periods import count_documents

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcd"),
        "date": pd.to_datetime(["2014-03-01", "2014-09-01", "2016-05-01", "2016-06-01"]),
        "country": ["EG", "EG", "SA", None],
    }
)
ATTENTION = count_documents(DOCUMENTS, freq="YS", by="country")


def heights(figure):
    return [[int(bar.get_height()) for bar in group] for group in figure.axes[0].containers]


def test_plot_attention_bars_are_the_counts():
    figure = plot_attention(ATTENTION, by="country")
    assert heights(figure) == [[2, 0, 0], [0, 0, 1], [0, 0, 1]]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "Egypt (2)",
        "Saudi Arabia (1)",
        "Unknown (1)",
    ]


def test_plot_attention_small_values_are_summed_as_other():
    figure = plot_attention(ATTENTION, by="country", most=1)
    assert heights(figure) == [[2, 0, 0], [0, 0, 2]]


def test_plot_attention_without_by_draws_one_bar_a_period():
    assert heights(plot_attention(count_documents(DOCUMENTS, freq="YS"))) == [[2, 0, 2]]


def test_plot_attention_bars_differ_without_colour():
    figure = plot_attention(ATTENTION, by="country")
    assert len({group[0].get_hatch() for group in figure.axes[0].containers}) == 3


def test_plot_attention_arabic_countries():
    figure = plot_attention(ATTENTION, by="country", language="ar")
    assert figure.legends[0].get_texts()[0].get_text() == "مصر (2)"


def test_plot_attention_unknown_by_raises():
    with pytest.raises(SchemaError) as error:
        plot_attention(ATTENTION, by="source")
    assert str(error.value) == "`by` is 'source'; it must be one of 'country'."

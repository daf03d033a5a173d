import pandas as pd
import pytest
from matplotlib import dates as mdates
from matplotlib.collections import PolyCollection

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
    """Return, by group of bars, the height of the bars there are by the year they stand in."""
    groups = [bars for bars in figure.axes[0].collections if isinstance(bars, PolyCollection)]
    found = []
    for bars in groups:
        boxes = [path.get_extents() for path in bars.get_paths()]
        found.append({mdates.num2date((box.x0 + box.x1) / 2).year: round(box.height) for box in boxes})
    return found


def test_plot_attention_bars_are_the_counts():
    figure = plot_attention(ATTENTION, by="country")
    assert heights(figure) == [{2014: 2}, {2016: 1}, {2016: 1}]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "Egypt (2)",
        "Saudi Arabia (1)",
        "Unknown (1)",
    ]


def test_plot_attention_small_values_are_summed_as_other():
    figure = plot_attention(ATTENTION, by="country", most=1)
    assert heights(figure) == [{2014: 2}, {2016: 2}]


def test_plot_attention_without_by_draws_one_bar_a_period():
    assert heights(plot_attention(count_documents(DOCUMENTS, freq="YS"))) == [{2014: 2, 2016: 2}]


def test_plot_attention_bars_differ_without_colour():
    figure = plot_attention(ATTENTION, by="country")
    groups = [bars for bars in figure.axes[0].collections if isinstance(bars, PolyCollection)]
    assert len({bars.get_hatch() for bars in groups}) == 3


def test_plot_attention_arabic_countries():
    figure = plot_attention(ATTENTION, by="country", language="ar")
    assert figure.legends[0].get_texts()[0].get_text() == "مصر (2)"


def test_plot_attention_ticks_stand_at_round_numbers():
    many = ATTENTION.assign(n_docs=ATTENTION["n_docs"] * 22)  # the highest bar is 44
    axes = plot_attention(many).axes[0]
    low, high = axes.get_ylim()
    assert [tick for tick in axes.get_yticks() if low <= tick <= high] == [0, 10, 20, 30, 40]


def test_plot_attention_number_in_brackets_is_explained_where_there_is_one():
    assert plot_attention(ATTENTION, by="country").get_supxlabel() == "In brackets: number of reports."
    assert plot_attention(ATTENTION).get_supxlabel() == ""


def test_plot_attention_unknown_by_raises():
    with pytest.raises(SchemaError) as error:
        plot_attention(ATTENTION, by="source")
    assert str(error.value) == "`by` is 'source'; it must be one of 'country'."

import pandas as pd
import pytest
from matplotlib.collections import PolyCollection

from discourse.display.standpoints import plot_positions
from discourse.errors import SchemaError
from discourse.measures.series import position_by_period

DOCUMENTS = pd.DataFrame({"doc_id": list("abc"), "date": pd.to_datetime(["2014-03-01", "2014-09-01", "2016-05-01"])})
CODES = pd.DataFrame({"doc_id": list("abc"), "position": [1, 2, -1], "voice": ["russia", "russia", "third_party"]})
HAND = position_by_period(CODES, DOCUMENTS).assign(basis="hand")
LEXICON = position_by_period(CODES.assign(position=[0, 1, 1]), DOCUMENTS).assign(basis="lexicon")
BOTH = pd.concat([HAND, LEXICON], ignore_index=True)
EVENTS = pd.DataFrame(
    {
        "date": pd.to_datetime(["2013-02-01", "2018-11-09"]),
        "event": ["A ban.", "Talks in Moscow."],
        "date_precision": ["day", "day"],
        "act_type": ["designation", "meeting"],
        "position": [-2.0, 1.0],
    }
)


def test_plot_positions_hand_codes_stand_beside_the_lexicon():
    figure = plot_positions(BOTH)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Hand codes", "", "Lexicon measure", ""]
    marked = [line for line in figure.axes[0].lines if line.get_marker() == "o" and len(line.get_xdata())]
    assert [y for line in marked for y in line.get_ydata()] == [1.5]


def test_plot_positions_n_of_each_point_is_written():
    figure = plot_positions(HAND)
    assert [text.get_text() for text in figure.axes[1].texts] == ["2", "0", "0", "0", "0", "1"]
    assert [text.get_text() for text in figure.axes[1].get_yticklabels()] == ["n Third parties", "n Russia"]


def test_plot_positions_hollow_points_of_copies_are_said_to_rest_on_units():
    alone, copied = DOCUMENTS.assign(cluster=list("pqr")), DOCUMENTS.assign(cluster=list("ppr"))
    for documents, said in ((alone, "fewer than 5 reports"), (copied, "fewer than 5 units")):
        series = position_by_period(CODES, documents, cluster="cluster")
        assert said in plot_positions(series).get_supxlabel()


def test_plot_positions_many_periods_show_n_as_bars():
    documents = pd.DataFrame({"doc_id": list("ab"), "date": pd.to_datetime(["2010-01-05", "2014-12-05"])})
    series = position_by_period(CODES.iloc[:2], documents, freq="MS")
    figure = plot_positions(series)
    assert len(figure.axes[1].texts) == 0
    bars = [
        bar for group in figure.axes[1].collections if isinstance(group, PolyCollection) for bar in group.get_paths()
    ]
    assert sum(round(bar.get_extents().height) for bar in bars) == 2


def test_plot_positions_events_share_the_time_axis():
    figure = plot_positions(BOTH, events=EVENTS)
    limits = {axes.get_xlim() for axes in figure.axes}
    assert len(limits) == 1
    assert [text.get_text() for text in figure.axes[-1].texts] == ["1", "2"]


def test_plot_positions_arabic_codes_keep_their_sign_before_the_digit():
    labels = [text.get_text() for text in plot_positions(HAND, language="ar").axes[0].get_yticklabels()]
    assert labels[0] == "\u2066−2\u2069 عداء"
    assert labels[4] == "\u2066+2\u2069 تعاون"


def test_plot_positions_other_measure_raises():
    with pytest.raises(SchemaError) as error:
        plot_positions(HAND.assign(measure="share"))
    assert str(error.value) == (
        "`series` holds the measure 'share'; it must be 'mean_position'. See position_by_period()."
    )


def split(sources):
    """Return the hand codes of three reports by their outlet."""
    return position_by_period(CODES, DOCUMENTS.assign(source=sources), by="source").assign(basis="hand")


def test_plot_positions_by_draws_a_line_per_group_and_a_panel_per_voice():
    figure = plot_positions(split(["x", "y", "y"]), by="source")
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "Hand codes: Russia", "", "Hand codes: Third parties", "",
    ]  # fmt: skip
    points = [
        (round(float(y), 2), line.get_marker())
        for line in figure.axes[0].lines
        if line.get_marker() != "None" and len(line.get_xdata())
        for y in line.get_ydata()
    ]
    assert sorted(points) == [(1.0, "s"), (2.0, "o")]  # x has 1 and y has 2: their mean of 1.5 stands nowhere
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["y", "x"]
    assert [text.get_text() for text in figure.axes[1].get_yticklabels()] == ["n x", "n y"]


def test_plot_positions_split_series_without_by_raises():
    with pytest.raises(SchemaError) as error:
        plot_positions(split(["x", "y", "y"]))
    assert str(error.value) == (
        "`series` has several rows per period and voice. Name the column that splits them: `by`."
    )


def test_plot_positions_by_more_than_four_groups_says_which_are_drawn():
    documents = pd.DataFrame(
        {"doc_id": list("abcdef"), "date": pd.to_datetime(["2014-01-01"] * 6), "source": list("qpqrst")}
    )
    codes = pd.DataFrame({"doc_id": list("abcdef"), "position": [1] * 6})
    figure = plot_positions(position_by_period(codes, documents, by="source"), by="source")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["q", "p", "r", "s"]
    assert "Lines: the 4 largest of 5." in figure.get_supxlabel()
    four = plot_positions(position_by_period(codes[:5], documents[:5], by="source"), by="source")
    assert "Lines: the" not in four.get_supxlabel()


def test_plot_positions_by_an_unknown_column_raises():
    with pytest.raises(SchemaError, match="`by` is 'outlet'"):
        plot_positions(split(["x", "y", "y"]), by="outlet")


def test_plot_positions_several_holders_have_a_panel_each():
    both = pd.concat([HAND.assign(holder="russia"), HAND.assign(holder="iran")], ignore_index=True)
    titles = [axes.get_title(loc="left") for axes in plot_positions(both).axes]
    assert titles == ["Hand codes: Russia", "", "Hand codes: Iran", ""]
    one = [axes.get_title(loc="left") for axes in plot_positions(HAND.assign(holder="russia")).axes]
    assert one == ["Hand codes", ""]

import numpy as np
import pandas as pd
import pytest

import discourse as dc
from discourse.display.drawing import redraw
from discourse.display.fitting import find_clash
from discourse.errors import SchemaError

DIGESTS = dc.load_seed("reports")
TOKENS = dc.tokenize(DIGESTS)
FOUND = dc.keyness(TOKENS, DIGESTS, between=(("2015", "2020"), ("2022", "2026")), by="period", n_draws=99)
DOCUMENTS = pd.DataFrame({"doc_id": [f"d{place:02}" for place in range(12)], "source": ["x", "y"] * 6})
MATCHES = pd.DataFrame({
    "doc_id": np.tile(DOCUMENTS["doc_id"], 3), "pattern": ["كابل", "حركة طالبان", "داعش", "موسكو"] * 9,
    "weight": [1.0, -1.0, 2.0, 0.5] * 9,
}).iloc[:31]  # fmt: skip
SHIFT = dc.word_shift(MATCHES, DOCUMENTS, between=("x", "y"), by="source", n_draws=50)


def labels_of(axes):
    return [text.get_text() for text in axes.get_yticklabels()]


def marked(axes, marker):
    return [x for line in axes.lines if line.get_marker() == marker for x in line.get_xdata()]


def test_plot_keyness_shows_the_key_terms_of_each_set():
    rates, ratios = dc.plot_keyness(FOUND, most=4).axes
    first, second = FOUND[FOUND["log_ratio"] > 0].head(4), FOUND[FOUND["log_ratio"] <= 0].head(4)[::-1]
    assert labels_of(rates) == [*first["term"], *second["term"]]
    assert marked(rates, "s") == [*first["per_1000_a"], *second["per_1000_a"]]
    assert sorted(marked(ratios, "D")) == sorted([*first["log_ratio"], *second["log_ratio"]])


def test_plot_keyness_open_bounds_are_arrows():
    _, ratios = dc.plot_keyness(FOUND, most=4).axes
    shown = pd.concat([FOUND[FOUND["log_ratio"] > 0].head(4), FOUND[FOUND["log_ratio"] <= 0].head(4)])
    assert len(marked(ratios, ">")) == shown["upper"].isna().sum()
    assert len(marked(ratios, "<")) == shown["lower"].isna().sum()


@pytest.mark.parametrize(("p", "face"), [(0.049, "black"), (0.05, "white")])
def test_plot_keyness_terms_not_found_are_hollow(p, face):
    _, ratios = dc.plot_keyness(FOUND.head(1).assign(p_rate=p)).axes
    (filled,) = [line for line in ratios.lines if line.get_marker() == "D" and len(line.get_xdata())]
    assert filled.get_markerfacecolor() == face


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [7.6, 4.0])
def test_figures_have_room_for_their_words_at_both_widths(language, width):
    figures = [
        dc.plot_keyness(FOUND, most=5, language=language),
        dc.plot_dispersion(TOKENS, ["كابل", "حركة طالبان"], DIGESTS, language=language),
        dc.plot_word_shift(SHIFT, language=language),
    ]
    for figure in figures:
        assert find_clash(redraw(figure, width)) is None


def test_plot_keyness_in_arabic_names_terms_at_the_right():
    ratios, rates = dc.plot_keyness(FOUND, most=2, language="ar").axes
    assert rates.yaxis.get_ticks_position() == "right"
    assert ratios.get_xlim()[0] < ratios.get_xlim()[1]


def test_plot_keyness_without_tests_is_refused():
    with pytest.raises(SchemaError, match="^`found` lacks the columns? "):
        dc.plot_keyness(FOUND.drop(columns=["lower", "upper", "p_rate", "conservative"]))


def test_plot_keyness_most_of_zero_is_refused():
    with pytest.raises(SchemaError) as error:
        dc.plot_keyness(FOUND, most=0)
    assert str(error.value) == "`most` is 0; it must be a whole number of at least 1."


def dated(*dates):
    texts = ["روسيا كابل", "كابل هنا روسيا", "روسيا"][: len(dates)]
    documents = pd.DataFrame({"doc_id": list("abc")[: len(dates)], "text": texts, "date": pd.to_datetime(list(dates))})
    return dc.tokenize(documents), documents


def test_plot_dispersion_lays_documents_out_in_time_and_leaves_out_those_without_a_date():
    tokens, documents = dated("2021-08-15", "2015-12-23", None)
    figure = dc.plot_dispersion(tokens, ["روسيا", "كابل"], documents)
    (axes,) = figure.axes
    strokes = [collection.get_offsets()[:, 0].data.tolist() for collection in axes.collections]
    assert strokes == [[2, 3], [0, 4]]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["2015", "2021"]
    assert "1 documents without a date" in figure.get_label()


def test_plot_dispersion_names_dp_and_that_of_random_placement():
    row = dc.measure_dispersion(TOKENS, "كابل").iloc[0]
    (axes,) = dc.plot_dispersion(TOKENS, "كابل", DIGESTS).axes
    assert labels_of(axes) == [f"كابل\n36 in 35 documents; DP {row['dp']:.2f} (random {row['dp_random']:.2f})"]


def test_plot_dispersion_without_dates_is_refused():
    tokens, documents = dated(None, None)
    with pytest.raises(SchemaError) as error:
        dc.plot_dispersion(tokens, "روسيا", documents)
    assert str(error.value) == (
        "`documents` has 0 documents with a date and a word; an order of time needs two. Resolve the dates "
        "(resolve_dates)."
    )


def test_plot_word_shift_bars_sum_to_the_change_with_the_others_in_one():
    for most in (2, 20):
        (axes,) = dc.plot_word_shift(SHIFT, most=most).axes
        assert sum(marked(axes, "D")) == pytest.approx(SHIFT["change"].iloc[0])
        assert len(labels_of(axes)) == min(most + 1, len(SHIFT))
    assert labels_of(dc.plot_word_shift(SHIFT, most=2).axes[0])[-1] == "the other 2"


def test_plot_word_shift_in_arabic_grows_to_the_left():
    (axes,) = dc.plot_word_shift(SHIFT, language="ar").axes
    assert axes.get_xlim()[0] > axes.get_xlim()[1]
    assert axes.yaxis.get_ticks_position() == "right"

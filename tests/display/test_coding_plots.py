"""Figures of coding: the cells are the counts, the points the estimates, in both languages."""

import numpy as np
import pandas as pd
import pytest

from discourse.display.coding_plots import plot_correction, plot_disagreement
from discourse.errors import SchemaError

PAIRS = pd.DataFrame(
    [("position", "-1", "1", 3, 3), ("position", "1", "none", 2, 2), ("position", "0", "0", 9, 9),
     ("frames:drugs", "0", "1", 1, 1), ("frames:drugs", "1", "1", 4, 4)],
    columns=["variable", "value", "other_value", "n", "n_units"],
)  # fmt: skip
CORRECTED = pd.DataFrame(
    {
        "period": pd.to_datetime(["2020-01-01", "2021-01-01", "2022-01-01"]),
        "n_coded": [20, 5, 30],
        "uncorrected": [0.5, 0.6, 0.7],
        "uncorrected_lower": [0.4, 0.5, 0.6],
        "uncorrected_upper": [0.6, 0.7, 0.8],
        "estimate": [0.2, np.nan, 0.9],
        "lower": [0.0, np.nan, 0.7],
        "upper": [0.4, np.nan, 1.1],
        "note": ["", "5 codes: no estimate below 10", ""],
    }
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plot_disagreement_cells_hold_the_counts_of_each_variable(language):
    figure = plot_disagreement(PAIRS, language=language)
    panels = [axes for axes in figure.axes if axes.axison]
    assert [[text.get_text() for text in axes.texts] for axes in panels] == [["3", "2", "9"], ["1", "4"]]
    places = [text.get_position() for text in panels[0].texts]
    assert places == [(0, 2), (2, 3), (1, 1)]  # values in order: -1, 0, 1, none


def test_plot_disagreement_names_labels_and_says_how_many_agree():
    panels = plot_disagreement(PAIRS).axes
    assert [axes.get_title(loc="left") for axes in panels] == [
        "position (9 of 14 pairs agree)",
        "frames: Drugs (4 of 5 pairs agree)",
    ]
    assert [tick.get_text() for tick in panels[1].get_yticklabels()] == ["no", "yes"]


def test_plot_disagreement_most_keeps_the_variables_with_most_that_differ():
    assert len(plot_disagreement(PAIRS, most=1).axes) == 1


def test_plot_disagreement_no_pair_is_refused():
    with pytest.raises(SchemaError, match="^`pairs` has no row: no unit has the codes of two coders"):
        plot_disagreement(PAIRS.head(0))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plot_correction_points_are_the_estimates_and_a_period_of_few_codes_has_none(language):
    axes = plot_correction(CORRECTED, language=language).axes[0]
    drawn = [line for line in axes.get_lines() if len(line.get_xdata()) in (2, 3) and line.get_linestyle() != "None"]
    assert [line.get_ydata().tolist() for line in drawn] == [
        [0.5, 0.6, 0.7],
        pytest.approx([0.2, np.nan, 0.9], nan_ok=True),
    ]
    assert [text.get_text() for text in axes.texts] == ["20", "5", "30"]


def test_plot_correction_demonstration_says_so():
    seen = "codes were seen while the measure was written: a demonstration, no estimate"
    told = plot_correction(CORRECTED.assign(note=seen)).get_label()
    assert "a demonstration, no estimate" in told
    assert "a demonstration" not in plot_correction(CORRECTED).get_label()


def test_plot_correction_two_rows_in_a_period_are_refused():
    with pytest.raises(SchemaError, match="must have one row per period"):
        plot_correction(pd.concat([CORRECTED, CORRECTED]))


def test_plot_disagreement_variable_without_any_is_left_out_where_others_have_some():
    agreed = pd.DataFrame([("voice", "russia", "russia", 5, 5)], columns=PAIRS.columns)
    assert len(plot_disagreement(pd.concat([PAIRS, agreed])).axes) == 2
    assert len(plot_disagreement(agreed).axes) == 1


@pytest.mark.parametrize("most", [0, -1, 1.5])
def test_plot_disagreement_most_that_is_none_is_refused(most):
    with pytest.raises(SchemaError, match=f"^`most` is {most}; it must be a whole number of at least 1"):
        plot_disagreement(PAIRS, most=most)


def test_plot_correction_axis_says_what_is_measured_and_its_ends_in_words():
    axes = plot_correction(CORRECTED.assign(measure="mean_position")).axes[0]
    assert axes.get_ylabel() == "mean position, from −2 hostile to +2 cooperative"
    assert plot_correction(CORRECTED.assign(measure="share")).axes[0].get_ylabel() == "share of documents"
    assert (
        "متوسط الموقف" in plot_correction(CORRECTED.assign(measure="mean_position"), language="ar").axes[0].get_ylabel()
    )


def test_plot_correction_no_estimate_in_any_period_shows_the_uncorrected_line():
    figure = plot_correction(CORRECTED.assign(estimate=np.nan, lower=np.nan, upper=np.nan))
    assert "uncorrected" in [text.get_text() for text in figure.legends[0].get_texts()]

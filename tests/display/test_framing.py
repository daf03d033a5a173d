from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib import dates as mdates

from discourse.display.framing import plot_series
from discourse.errors import SchemaError
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.series import count_by_period

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcd"),
        "date": pd.to_datetime(["2014-03-01", "2014-09-01", "2016-05-01", "2016-06-01"]),
        "source": ["x", "y", "x", "y"],
    }
)
COUNTS = pd.DataFrame(
    {
        "doc_id": list("aabbccdd"),
        "category": ["arming", "drugs"] * 4,
        "n_matches": [1, 0, 0, 0, 2, 0, 1, 1],
        "n_tokens": [100] * 8,
    }
)
SHARE = count_by_period(COUNTS, DOCUMENTS, freq="YS", measure="share")
RATE = count_by_period(COUNTS, DOCUMENTS, freq="YS")


def points(axes):
    """Return the (year, value) pairs drawn as markers."""
    marked = [line for line in axes.lines if line.get_marker() not in ("None", "", None) and len(line.get_xdata())]
    pairs = [(x, y) for line in marked for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]
    return sorted((mdates.num2date(x).year, round(float(y), 6)) for x, y in pairs)


def test_plot_series_draws_every_estimate_and_no_other():
    figure = plot_series(SHARE)
    assert points(figure.axes[0]) == [(2014, 50.0), (2016, 100.0)]
    assert points(figure.axes[1]) == [(2014, 0.0), (2016, 50.0)]


def joined(series):
    """Return which periods of the first panel a line leads through."""
    return (~np.isnan(plot_series(series).axes[0].lines[0].get_ydata())).tolist()


def test_plot_series_period_without_reports_breaks_the_line():
    assert joined(SHARE.assign(few=False)) == [True, False, True]


def test_plot_series_line_leads_to_no_point_of_few_reports():
    assert joined(SHARE.assign(few=SHARE["period"].dt.year.eq(2014))) == [False, False, True]
    assert joined(SHARE.assign(few=True)) == [False, False, False]
    assert joined(SHARE.drop(columns="few")) == [True, False, True]


def test_plot_series_interval_of_few_reports_is_paler():
    def alphas(series):
        return plot_series(series).axes[0].collections[0].get_alpha().tolist()

    assert alphas(SHARE.assign(few=SHARE["period"].dt.year.eq(2014))) == [0.3, 0.6]
    assert alphas(SHARE.assign(few=False)) == [0.6, 0.6]


def test_plot_series_panel_holds_the_interval_of_every_solid_point():
    wide = RATE.assign(few=False, upper=RATE["upper"].mask(RATE["category"].eq("arming"), 900.0))
    assert plot_series(wide, categories=["arming"]).axes[0].get_ylim()[1] == pytest.approx(972)
    hollow = plot_series(wide.assign(few=True), categories=["arming"]).axes[0]
    assert hollow.get_ylim()[1] == pytest.approx(RATE.query("category == 'arming'")["estimate"].max() * 1.08)


@pytest.mark.parametrize(
    ("upper", "few", "top"), [(0.1, False, 10), (0.101, False, 20), (0.9, True, 10), (0.9, False, 100)]
)
def test_plot_series_scale_of_shares_holds_the_interval_of_every_solid_point(upper, few, top):
    series = SHARE.assign(estimate=0.05, upper=upper, few=few)
    assert plot_series(series).axes[0].get_ylim()[1] == pytest.approx(1.03 * top)


def test_plot_series_axis_says_what_is_counted():
    assert plot_series(RATE).axes[0].get_ylabel() == "matches per 1,000 words"
    assert plot_series(RATE, axis="words per 1,000").axes[0].get_ylabel() == "words per 1,000"


def test_plot_series_hollow_points_of_copies_are_said_to_rest_on_units():
    alone, copied = DOCUMENTS.assign(cluster=list("pqrs")), DOCUMENTS.assign(cluster=list("ppqr"))
    for documents, said in ((alone, "fewer than 5 reports"), (copied, "fewer than 5 units")):
        series = count_by_period(COUNTS, documents, freq="YS", measure="share", cluster="cluster")
        assert said in plot_series(series).get_supxlabel()


@pytest.mark.parametrize(("language", "said"), [("en", "In brackets: "), ("ar", "بين قوسين: ")])
def test_plot_series_number_in_brackets_is_explained(language, said):
    assert said in plot_series(SHARE, language=language).get_supxlabel()


def test_plot_series_every_point_has_its_interval():
    bars = plot_series(SHARE).axes[0].collections[0].get_segments()
    arming = SHARE.query("category == 'arming' and n_docs > 0")
    assert [round(float(segment[0, 1]), 6) for segment in bars] == (arming["lower"] * 100).round(6).tolist()
    assert [round(float(segment[1, 1]), 6) for segment in bars] == (arming["upper"] * 100).round(6).tolist()


def test_plot_series_n_of_each_period_stands_below():
    figure = plot_series(SHARE)
    boxes = [path.get_extents() for path in figure.axes[-1].collections[0].get_paths()]
    heights = {mdates.num2date((box.x0 + box.x1) / 2).year: round(box.height) for box in boxes}
    assert heights == {2014: 2, 2016: 2}


def test_plot_series_few_documents_are_hollow():
    faces = [line.get_markerfacecolor() for line in plot_series(SHARE).axes[0].lines if len(line.get_xdata())]
    assert "white" in faces


def test_plot_series_most_frequent_category_first_with_its_n():
    titles = [axes.get_title(loc="left") for axes in plot_series(SHARE).axes[:2]]
    assert titles == ["Arming (3)", "Drugs (1)"]


def test_plot_series_arabic_words_stand_at_the_right():
    figure = plot_series(RATE, language="ar")
    assert [axes.get_title(loc="right") for axes in figure.axes[:2]] == ["التسليح (3)", "المخدرات (1)"]
    assert figure.get_suptitle() == "المطابقات لكل 1000 كلمة عبر الزمن"
    assert figure._suptitle.get_ha() == "right"


def test_plot_series_own_labels_come_first():
    figure = plot_series(SHARE, labels={"arming": {"en": "Weapons"}}, categories=["arming"])
    assert figure.axes[0].get_title(loc="left") == "Weapons (3)"


def test_plot_series_by_draws_a_line_per_value_distinct_without_colour():
    series = count_by_period(COUNTS, DOCUMENTS, freq="YS", measure="share", by="source")
    figure = plot_series(series, by="source")
    legend = figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["x", "y"]
    handles = legend.legend_handles
    assert len({(handle.get_marker(), handle.get_linestyle()) for handle in handles}) == 2


def test_plot_series_by_more_values_than_lines_is_said():
    documents = DOCUMENTS.assign(source=list("pqrs"))
    wide = pd.concat([documents, documents.assign(doc_id=list("efgh"), source=list("tuvw"))])
    counts = pd.concat([COUNTS, COUNTS.assign(doc_id=list("eeffgghh"))])
    series = count_by_period(counts, wide, freq="YS", by="source", measure="share")
    figure = plot_series(series, by="source")
    assert "Lines: the 4 largest of 8." in figure.get_supxlabel()


def test_plot_series_split_series_without_by_raises():
    series = count_by_period(COUNTS, DOCUMENTS, freq="YS", by="source")
    with pytest.raises(SchemaError) as error:
        plot_series(series)
    assert str(error.value) == (
        "`series` has several rows per period and category. Name the column that splits them: `by`."
    )


def test_plot_series_two_measures_raise():
    with pytest.raises(SchemaError) as error:
        plot_series(pd.concat([SHARE, RATE]))
    assert str(error.value) == "`series` holds the measures 'per_1000', 'share'; draw one at a time."


def test_plot_series_unknown_category_raises():
    with pytest.raises(SchemaError) as error:
        plot_series(SHARE, categories=["weapons"])
    assert str(error.value) == "`categories` is 'weapons'; it must be one of 'arming', 'drugs'."


def test_plot_series_unknown_language_raises():
    with pytest.raises(SchemaError) as error:
        plot_series(SHARE, language="fr")
    assert str(error.value) == "`language` is 'fr'; it must be one of 'ar', 'en'."


def test_plot_series_does_not_change_its_input_or_the_settings():
    import matplotlib as mpl

    before, table = dict(mpl.rcParams), SHARE.copy()
    plot_series(SHARE)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(SHARE, table)


@pytest.mark.parametrize(
    ("lexicon", "language", "title"),
    [
        (None, "en", "Share of reports over time"),
        (load_lexicon("frames"), "en", "Frames over time: share of reports"),
        (load_lexicon("frames"), "ar", "الأطر عبر الزمن: نسبة التقارير"),
        (lexicon_from_patterns({"contact": ["حوار"]}, name="own"), "en", "own over time: share of reports"),
    ],
)
def test_plot_series_title_is_that_of_the_lexicon(lexicon, language, title):
    figure = plot_series(SHARE, lexicon=lexicon, language=language)
    assert figure.get_suptitle().strip() == title


def test_plot_series_panels_have_the_labels_of_the_lexicon_unless_others_are_given():
    own = replace(load_lexicon("frames"), categories={"arming": {"en": "Arms"}})
    assert plot_series(SHARE, lexicon=own).axes[0].get_title(loc="left") == "Arms (3)"
    labels = {"arming": {"en": "Weapons"}}
    assert plot_series(SHARE, lexicon=own, labels=labels).axes[0].get_title(loc="left") == "Weapons (3)"

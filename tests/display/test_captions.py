"""Captions that hold n, interval and method, from the tables alone."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from discourse.display.captions import caption, describe
from discourse.display.plots import plot_positions
from discourse.display.tables import Table
from discourse.errors import SchemaError

BETA = "beta at the effective number of documents (Korn and Graubard 1998)"


def series(**changes):
    n = 3
    columns = {
        "period": pd.to_datetime(["2015-01-01", "2016-01-01", "2017-01-01"]),
        "category": ["russia"] * n,
        "n_docs": [100, 0, 120],
        "n_docs_with": [96, 0, 110],
        "n_tokens": [900, 0, 1000],
        "estimate": [-0.5, None, 0.5],
        "lower": [-1.0, None, 0.0],
        "upper": [0.0, None, 1.0],
        "measure": ["mean_position"] * n,
        "n_units": [96, 0, 110],
        "method": ["beta", "none", "beta"],
        "few": [False, False, False],
    }
    return pd.DataFrame({**columns, **changes})


def test_describe_a_mean_counts_the_documents_with_a_position():
    assert describe(series()) == (
        f"Mean position by year. n = 206 documents, 2015–2017. Intervals: 95%, {BETA}. Gaps: no documents."
    )


def test_describe_names_the_holder_that_the_table_holds():
    assert describe(series(holder="taliban")).startswith("Mean position of the Taliban by year. ")


def test_describe_with_fewer_units_than_documents_counts_stories_and_names_them():
    told = describe(series(n_units=[90, 0, 108], few=[True, False, False]))
    assert "n = 206 documents (198 stories, counted in each period), 2015–2017." in told
    assert "Hollow points: fewer than 5 stories." in told


def test_describe_with_as_many_units_as_documents_names_documents():
    told = describe(series(few=[True, False, False]))
    assert "stories" not in told
    assert "Hollow points: fewer than 5 documents." in told


def test_describe_in_arabic_inflects_what_it_counts():
    told = describe(series(n_units=[90, 0, 108], few=[True, False, False]), language="ar")
    assert told == (
        "متوسط الموقف بحسب السنة. العدد: 206 وثائق (198 خبرا، معدودة في كل فترة)، \u20662015–2017\u2069. "
        "مجالات الثقة: 95%، بيتا عند العدد الفعلي للوثائق (Korn and Graubard 1998). النقاط المفرغة: أقل من 5 أخبار. "
        "الفراغات: لا وثائق."
    )


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (1, "وثيقة واحدة"),
        (2, "وثيقتان"),
        (3, "3 وثائق"),
        (10, "10 وثائق"),
        (11, "11 وثيقة"),
        (100, "100 وثيقة"),
        (103, "103 وثائق"),
        (1200, "1,200 وثيقة"),
    ],
)
def test_describe_in_arabic_takes_the_form_of_the_number(n, told):
    one = pd.DataFrame({"period": pd.to_datetime(["2015-01-01"]), "n_docs": [n]})
    assert f"العدد: {told}، 2015. " in describe(one, language="ar").replace("\u2066", "").replace("\u2069", "")


def test_describe_a_share_counts_each_document_once_over_categories():
    both = pd.concat([series(category=name, measure="share", n_units=[100, 0, 120]) for name in ("arming", "drugs")])
    assert describe(both).startswith("Share of documents by category and year. n = 220 documents, 2015–2017. ")


def test_describe_a_share_split_by_outlet_adds_the_outlets_up():
    outlets = [series(source=name, measure="share", n_units=[100, 0, 120]) for name in ("ahram", "hayat")]
    told = describe(pd.concat(outlets))
    assert told.startswith("Share of documents by outlet and year. n = 440 documents, 2015–2017. ")


def test_describe_a_rate_counts_words_too():
    told = describe(series(measure="per_1000", method=["negbin", "none", "negbin"], n_units=[100, 0, 120]))
    assert told.startswith("Matches per 1,000 words by year. n = 220 documents, 1,900 words, 2015–2017. ")
    assert "Intervals: 95%, negative binomial." in told


def test_describe_two_bases_tells_the_n_of_each():
    stacked = pd.concat(
        [series(basis="hand", holder="russia"), series(basis="lexicon", holder="russia", n_docs_with=[50, 0, 51])]
    )
    assert "n = 206 documents by hand codes and 101 documents" in describe(stacked)
    assert "العدد: 206 وثائق بالترميز اليدوي و101 وثيقة" in describe(stacked, language="ar")


def test_describe_two_holders_tells_the_n_of_each():
    stacked = pd.concat([series(holder="russia"), series(holder="iran", n_docs_with=[5, 0, 6], n_units=[5, 0, 6])])
    assert "by holder and year. n = Russia: 206 documents; Iran: 11 documents, 2015–2017." in describe(stacked)


def test_describe_bands_says_what_they_cover():
    banded = series(band_lower=[-1.5, None, -0.5], band_upper=[0.5, None, 1.5])
    assert describe(banded).endswith(
        "Bands that cover all periods of a line at once (95%) stand in the table of the figure."
    )
    assert describe(banded, drawn=False).endswith(
        "“band_lower” and “band_upper” cover all periods of a line at once (95%)."
    )
    assert "band" not in describe(series(band_lower=[None] * 3))


def test_describe_for_a_table_explains_columns_and_no_points():
    told = describe(series(few=[True, False, False]), drawn=False)
    assert told.endswith("“few”: fewer than 5 documents.")
    assert "Hollow" not in told
    assert "Gaps" not in told


@pytest.mark.parametrize(
    ("starts", "length"),
    [
        (["2015-01-01", "2015-02-01"], "month"),
        (["2015-01-01", "2015-04-01"], "quarter"),
        (["2015-01-01", "2016-01-01"], "year"),
        (["2015-01-01", "2017-01-01"], "year"),
    ],
)
def test_describe_names_the_length_of_periods(starts, length):
    counts = pd.DataFrame({"period": pd.to_datetime(starts), "n_docs": [1, 1]})
    assert describe(counts).startswith(f"Documents by {length}. n = 2 documents, ")


def test_describe_counts_carry_no_interval():
    counts = pd.DataFrame(
        {"period": pd.to_datetime(["2015", "2016"]), "country": ["EG", "RU"], "n_docs": [4, 3]},
    )
    assert describe(counts) == (
        "Documents by country of the outlet and year. n = 7 documents, 2015–2016. Counts of what was collected: they "
        "carry no interval."
    )


def test_describe_takes_a_title_and_a_level():
    told = describe(series(), title="Russia toward the Taliban.", level=0.9)
    assert told.startswith("Russia toward the Taliban. n = 206 documents")
    assert "Intervals: 90%, " in told


def test_describe_period_positions_takes_all_voices_where_there_are_any():
    means = pd.DataFrame(
        {
            "holder": "russia",
            "basis": "hand",
            "voice": ["all", "russia", "all"],
            "first": pd.to_datetime(["2000-01-01", "2000-01-01", "2005-01-01"]),
            "last": pd.to_datetime(["2004-12-31", "2004-12-31", "2014-12-31"]),
            "n_docs": [16, 12, 4],
            "n_units": [15, 11, 4],
            "estimate": [-1.6, -1.5, -1.0],
            "method": "beta",
            "few": [False, False, True],
        }
    )
    assert describe(means) == (
        "Mean position of Russia in the periods compared by voice. n = 20 documents (19 stories, counted in each "
        f"period), 2000–2014. Intervals: 95%, {BETA}. Pale: fewer than 5 stories."
    )


def test_describe_findings_tells_both_sides():
    found = pd.DataFrame(
        {
            "holder": ["russia"], "basis": ["hand"], "voice": ["russia"], "n_docs_before": [16], "n_docs_after": [60],
            "n_units_before": [15], "n_units_after": [58], "mean_before": [-1.6], "mean_after": [0.4],
            "estimate": [2.0], "method": ["beta; recovered"], "hold": [None],
        }
    )  # fmt: skip
    assert describe(found) == (
        "Mean position of Russia: change between two periods (the later mean minus the earlier). n = 60 documents (58 "
        f"stories) against 16 documents (15 stories). Intervals: 95%, {BETA}; those of differences recovered from the "
        "intervals of both sides."
    )
    several = pd.concat([found, found.assign(n_docs_before=4, n_units_before=4, hold="source")])
    assert "n = 4 to 60 documents (4 to 58 stories) on each side." in describe(several)
    assert describe(several).endswith("Held constant: outlet.")


def test_describe_contrasts_tells_both_sides_and_what_is_held():
    told = describe(
        pd.DataFrame(
            {"category": ["arming"], "measure": ["share"], "estimate_first": [0.1], "estimate_second": [0.2],
             "difference": [0.1], "n_docs_first": [50], "n_docs_second": [40], "n_units_first": [50],
             "n_units_second": [40], "method": ["beta, held; recovered"], "few": [False], "hold": ["country"]}
        )
    )  # fmt: skip
    assert told == (
        "Share of documents: difference between two sides (the second minus the first). n = 40 documents against 50 "
        f"documents. Intervals: 95%, {BETA}; averaged over what is held constant; those of differences recovered from "
        "the intervals of both sides. Held constant: country of the outlet."
    )


def test_describe_a_trend_names_its_years():
    told = describe(
        pd.DataFrame(
            {"category": ["a", "b"], "measure": "mean_position", "per_year": [0.1, 0.2], "n_docs": [9, 20],
             "n_units": [9, 20], "first": pd.to_datetime(["2001-02-03"] * 2), "few": [False, True],
             "last": pd.to_datetime(["2020-02-03"] * 2), "method": "least squares, CR2"}
        )
    )  # fmt: skip
    assert told == (
        "Mean position: change per year, by a straight line by category. n = 9 to 20 documents, 2001–2020. "
        "Intervals: 95%, least squares; CR2 standard errors (Pustejovsky and Tipton 2018). “few”: fewer than 5 "
        "documents."
    )


def test_describe_a_corrected_series_counts_hand_codes():
    told = describe(
        pd.DataFrame(
            {"period": pd.to_datetime(["2001-01-01", "2002-01-01"]), "n_docs": [9, 20], "n_units": [9, 18],
             "n_coded": [4, 5], "uncorrected": [0.1, 0.2], "estimate": [0.1, 0.2], "measure": "share", "method": "dsl"}
        )
    )  # fmt: skip
    assert told == (
        "Share of documents, corrected by hand codes by year. n = 29 documents (27 stories, counted in each period), 9 "
        "hand codes, 2001–2002. Intervals: 95%, design-based supervised learning."
    )


def test_describe_company_events_and_flow():
    company = pd.DataFrame(
        {"n_sentences": [0, 3, 9], "n_together": [0, 1, 2], "estimate": [None, 0.3, 0.2], "method": "beta"}
    )
    assert "n = 3 to 9 sentences for each actor." in describe(company)
    events = pd.DataFrame({"event": ["a", "b"], "date": pd.to_datetime(["2001-02-03", "2002-02-03"])})
    assert describe(events) == "Ledger of events. n = 2 facts, 2001–2002."
    assert describe(pd.DataFrame({"stage": ["read"], "n": [7]}), language="ar") == "مسار السجلات. العدد: 7 سجلات."


def test_describe_agreement_tells_units_and_coders():
    table = pd.DataFrame(
        {"variable": ["position", "voice"], "alpha": [0.8, 0.7], "lower": [0.7, 0.5], "upper": [0.9, 0.8],
         "n_units": [40, 35], "n_coders": [2, 3]}
    )  # fmt: skip
    assert describe(table) == (
        "Agreement of coders: Krippendorff's alpha by variable. n = 35 to 40 units with at least two codes, by 3 "
        "coders. Intervals: 95%, bootstrap over units."
    )


def test_describe_without_estimates_says_so():
    assert "No estimate can be given." in describe(series(estimate=[None] * 3, method="none"))


def test_describe_an_empty_table_counts_nothing():
    assert describe(series().iloc[:0]) == "Documents. n = 0 documents."


def test_describe_another_table_says_what_it_needs():
    with pytest.raises(SchemaError) as caught:
        describe(pd.DataFrame({"a": [1]}))
    assert str(caught.value).startswith("`table` has the columns a; a caption is made from one of these sets of ")
    assert str(caught.value).endswith("period, n_docs. Give such a table, or write the caption by hand.")


def test_describe_what_is_no_table_is_an_error():
    with pytest.raises(SchemaError) as caught:
        describe([1])
    assert str(caught.value) == "`table` is a list; it must be a pandas DataFrame."


def test_caption_of_a_figure_takes_its_table_title_language_and_labels():
    labels = {"russia": {"en": "Moscow", "ar": "موسكو"}}
    figure = plot_positions(series(holder="russia"), labels=labels)
    assert caption(figure) == describe(series(holder="russia"), labels=labels)
    assert caption(figure).startswith("Mean position of Moscow by year. ")
    titled = plot_positions(series(), language="ar", title="موقف موسكو")
    assert caption(titled) == describe(series(), language="ar", title="موقف موسكو")
    assert caption(titled, language="en", title="Moscow").startswith("Moscow. n = 206 documents, 2015–2017. ")


def test_caption_of_a_table_explains_columns():
    table = Table(series(few=True), caption="Positions", language="ar")
    assert caption(table) == describe(series(few=True), language="ar", title="Positions", drawn=False)
    assert caption(series()) == describe(series())


def test_caption_of_what_holds_no_table_is_an_error():
    with pytest.raises(SchemaError) as caught:
        caption(Figure())
    assert str(caught.value) == (
        "`shown` is a Figure that holds no table; it must be a figure of a plot_ function, a Table or a DataFrame. "
        "Pass the table that it shows."
    )

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.measures.periods import count_documents, find_periods
from discourse.measures.series import count_by_period, position_by_period
from discourse.tables import check


def corpus(dates, **variables):
    ids = [f"d{number}" for number in range(len(dates))]
    return pd.DataFrame({"doc_id": ids, "date": pd.to_datetime(dates), **variables})


def count_table(documents, matches, tokens=10):
    rows = [(doc_id, category) for doc_id in documents["doc_id"] for category in matches]
    table = pd.DataFrame(rows, columns=["doc_id", "category"])
    table["n_matches"] = [matches[category][place] for place in range(len(documents)) for category in matches]
    return table.assign(n_tokens=tokens, n_sentences=1)


DOCUMENTS = corpus(["2015-01-05", "2015-01-20", "2015-03-02"], source=["x", "y", "x"])
COUNTS = count_table(DOCUMENTS, {"arming": [2, 0, 1], "drugs": [0, 0, 0]})


def test_count_by_period_hand_counted_rates():
    series = count_by_period(COUNTS, DOCUMENTS).query("category == 'arming'")
    assert series["period"].dt.strftime("%Y-%m").tolist() == ["2015-01", "2015-02", "2015-03"]
    assert series["n_docs"].tolist() == [2, 0, 1]
    assert series["n_docs_with"].tolist() == [1, 0, 1]
    assert series["n_matches"].tolist() == [2, 0, 1]
    assert series["n_tokens"].tolist() == [20, 0, 10]
    assert series["estimate"].fillna(-1).tolist() == [100.0, -1, 100.0]


def test_count_by_period_hand_counted_shares():
    series = count_by_period(COUNTS, DOCUMENTS, measure="share").query("category == 'arming'")
    assert series["estimate"].fillna(-1).tolist() == [0.5, -1, 1.0]
    assert series["method"].tolist() == ["beta", "none", "beta"]
    assert series["few"].tolist() == [True, False, True]


def test_count_by_period_fits_the_schema():
    series = count_by_period(COUNTS, DOCUMENTS)
    check(series, "SERIES")
    assert list(series.columns[10:]) == ["n_units", "method", "few"]


def test_count_by_period_every_estimate_has_an_interval_around_it():
    for measure in ("per_1000", "share"):
        series = count_by_period(COUNTS, DOCUMENTS, measure=measure, by="source")
        known = series.loc[series["estimate"].notna()]
        assert known["lower"].le(known["estimate"]).all() and known["upper"].ge(known["estimate"]).all()
        assert known["upper"].gt(known["lower"]).all()
        assert series.loc[series["estimate"].isna(), ["lower", "upper"]].isna().all(axis=None)


def test_count_by_period_by_is_dense_over_all_values():
    series = count_by_period(COUNTS, DOCUMENTS, by="source")
    assert list(series.columns[:3]) == ["period", "category", "source"]
    assert len(series) == 3 * 2 * 2
    assert series.query("category == 'arming' and source == 'y'")["n_docs"].tolist() == [1, 0, 0]


def test_count_by_period_null_by_value_is_unknown():
    documents = DOCUMENTS.assign(source=["x", None, "x"])
    series = count_by_period(COUNTS, documents, by="source")
    assert set(series["source"]) == {"unknown", "x"}


def test_count_by_period_present_column_decides_shares():
    frames = COUNTS.assign(present=[0, 0, 0, 1, 1, 1])
    series = count_by_period(frames, DOCUMENTS, measure="share")
    assert series.query("category == 'drugs'")["n_docs_with"].tolist() == [1, 0, 1]


def test_count_by_period_month_series_leaves_year_dates_out():
    documents = DOCUMENTS.assign(date_precision=["year", "month", "day"])
    assert count_by_period(COUNTS, documents).query("category == 'arming'")["n_docs"].tolist() == [1, 0, 1]
    assert count_by_period(COUNTS, documents, freq="YS").query("category == 'arming'")["n_docs"].tolist() == [3]


def test_count_by_period_no_dated_document_is_an_empty_series():
    documents = DOCUMENTS.assign(date=pd.NaT)
    series = count_by_period(COUNTS, documents)
    assert len(series) == 0
    check(series, "SERIES")


def test_count_by_period_other_categories_change_nothing():
    both = count_by_period(COUNTS, DOCUMENTS).query("category == 'arming'").reset_index(drop=True)
    one = count_by_period(COUNTS.query("category == 'arming'"), DOCUMENTS)
    pd.testing.assert_frame_equal(both, one, check_categorical=False, check_dtype=False)


def test_count_by_period_further_period_changes_nothing_before():
    first = DOCUMENTS.iloc[:2]
    short = count_by_period(COUNTS.loc[COUNTS["doc_id"].isin(first["doc_id"])], first)
    long = count_by_period(COUNTS, DOCUMENTS).iloc[: len(short)]
    pd.testing.assert_frame_equal(short, long, check_categorical=False)


def test_count_by_period_weight_of_copies_counts_a_story_once():
    documents = corpus(["2015-01-05"] * 3, copies=[0.5, 0.5, 1.0])
    counts = count_table(documents, {"arming": [1, 1, 0]})
    series = count_by_period(counts, documents, measure="share", weight="copies")
    assert series["estimate"].tolist() == [0.5]
    assert series["n_docs_with"].tolist() == [2]


def test_count_by_period_cluster_is_the_unit():
    documents = corpus(["2015-01-05"] * 4, cluster=["c", "c", None, None])
    counts = count_table(documents, {"arming": [1, 1, 0, 0]})
    assert count_by_period(counts, documents, cluster="cluster")["n_units"].tolist() == [3]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_count_by_period_order_of_documents_changes_nothing(order):
    rng = np.random.default_rng(5)
    documents = corpus(pd.date_range("2015-01-01", periods=12, freq="9D"), source=list("xyzxyzxyzxyz"))
    counts = count_table(documents, {"a": rng.poisson(1, 12).tolist(), "b": rng.poisson(2, 12).tolist()})
    straight = count_by_period(counts, documents, by="source", bands=True, n_draws=50)
    shuffled = count_by_period(
        counts.sample(frac=1, random_state=1), documents.iloc[list(order)], by="source", bands=True, n_draws=50
    )
    pd.testing.assert_frame_equal(straight, shuffled)


def test_count_by_period_defaults_are_the_documented_ones():
    rng = np.random.default_rng(3)
    documents = corpus(["2015-01-05"] * 40)
    counts = count_table(documents, {"a": rng.poisson(2, 40).tolist()}, tokens=rng.integers(50, 900, 40))
    explicit = count_by_period(
        counts, documents, freq="MS", by=None, measure="per_1000", cluster=None, weight=None, level=0.95, bands=False
    )
    pd.testing.assert_frame_equal(count_by_period(counts, documents), explicit)


def test_count_by_period_rows_are_numbered_in_their_order():
    assert count_by_period(COUNTS, DOCUMENTS, by="source").index.tolist() == list(range(12))


def test_count_by_period_only_rates_need_tokens():
    counts = COUNTS.drop(columns="n_tokens")
    assert count_by_period(counts, DOCUMENTS, measure="share")["n_tokens"].eq(0).all()
    with pytest.raises(SchemaError, match="^`counts` lacks the columns 'n_tokens'; it has "):
        count_by_period(counts, DOCUMENTS)


def test_count_by_period_does_not_change_its_input():
    counts, documents = COUNTS.copy(), DOCUMENTS.copy()
    count_by_period(counts, documents, by="source")
    pd.testing.assert_frame_equal(counts, COUNTS)
    pd.testing.assert_frame_equal(documents, DOCUMENTS)


def test_count_by_period_uncounted_documents_raise():
    with pytest.raises(SchemaError) as error:
        count_by_period(COUNTS.query("doc_id != 'd1'"), DOCUMENTS)
    assert str(error.value) == (
        "`counts` lacks 1 of the doc_id values of `documents`. First: 'd1'. "
        "Count all documents, or pass only those that were counted."
    )


def test_count_by_period_strange_documents_raise():
    with pytest.raises(SchemaError) as error:
        count_by_period(COUNTS, DOCUMENTS.query("doc_id != 'd1'"))
    assert str(error.value) == (
        "`documents` lacks 1 of the doc_id values that were counted. First: 'd1'. Pass the documents that were counted."
    )


def test_count_by_period_unknown_freq_raises():
    with pytest.raises(SchemaError) as error:
        count_by_period(COUNTS, DOCUMENTS, freq="W")
    assert str(error.value) == "`freq` is 'W'; it must be one of 'MS', 'QS', 'YS'."


def test_count_by_period_unknown_by_raises():
    with pytest.raises(SchemaError) as error:
        count_by_period(COUNTS, DOCUMENTS, by="country")
    assert str(error.value) == "`documents` lacks the columns 'country'; it has 'date', 'doc_id', 'source'."


def test_find_periods_keeps_every_document_with_its_reason():
    documents = corpus(["2015-05-05", None, "2015-01-01"], date_precision=["day", None, "year"])
    placed = find_periods(documents, freq="QS")
    assert placed["placed"].tolist() == ["yes", "no date", "date known to the year only"]
    assert placed["period"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2015-04-01", "", ""]


def test_count_documents_is_dense_by_country():
    documents = corpus(["2015-01-05", "2015-03-01"], country=["EG", "SA"])
    assert count_documents(documents, by="country")["n_docs"].tolist() == [1, 0, 0, 0, 0, 1]


CODES = pd.DataFrame(
    {
        "doc_id": ["d0", "d1", "d2"],
        "position": [1.0, -1.0, 2.0],
        "voice": ["russia", "russia", "third_party"],
    }
)


def test_position_by_period_voices_stand_apart():
    series = position_by_period(CODES, DOCUMENTS)
    check(series, "SERIES")
    assert series["category"].tolist() == ["russia", "third_party"]
    assert series["estimate"].tolist() == [0.0, 2.0]
    assert series["n_docs"].tolist() == [3, 3]
    assert series["n_docs_with"].tolist() == [2, 1]
    assert series["upper"].tolist()[1] == 2.0


def test_position_by_period_null_position_is_in_n_docs_only():
    series = position_by_period(CODES.assign(position=[1.0, None, 2.0]), DOCUMENTS)
    assert series.query("category == 'russia'")[["n_docs", "n_docs_with"]].values.tolist() == [[3, 1]]


def test_position_by_period_another_voice_changes_nothing():
    both = position_by_period(CODES, DOCUMENTS).query("category == 'russia'").reset_index(drop=True)
    one = position_by_period(CODES.query("voice == 'russia'"), DOCUMENTS)
    pd.testing.assert_frame_equal(both, one, check_categorical=False)


def test_position_by_period_several_holders_raise():
    positions = pd.concat([CODES.assign(holder="russia"), CODES.assign(holder="us")])
    with pytest.raises(SchemaError) as error:
        position_by_period(positions, DOCUMENTS)
    assert str(error.value) == (
        "`positions` has 3 documents with several positions in one voice. First: 'd0', 'd1', 'd2'. "
        "Choose one holder and one target by `holder` and `target`."
    )
    assert len(position_by_period(positions, DOCUMENTS, holder="us")) == 2


def test_position_by_period_defaults_are_the_documented_ones():
    documents = corpus(["2015-01-05"] * 40)
    codes = documents.assign(position=np.random.default_rng(3).uniform(-2, 2, 40))[["doc_id", "position"]]
    explicit = position_by_period(codes, documents, freq="YS", by=None, cluster=None, level=0.95, bands=False)
    pd.testing.assert_frame_equal(position_by_period(codes, documents), explicit)


def test_position_by_period_without_a_position_is_an_empty_series():
    series = position_by_period(CODES.iloc[:0], DOCUMENTS)
    assert len(series) == 0
    check(series, "SERIES")


@pytest.mark.parametrize("position", [-2, 2])
def test_position_by_period_ends_of_the_scale_are_on_it(position):
    assert position_by_period(CODES.assign(position=position), DOCUMENTS)["estimate"].tolist() == [position] * 2


@pytest.mark.parametrize("position", [-2.1, 2.1])
def test_position_by_period_just_off_the_scale_raises(position):
    with pytest.raises(SchemaError, match="^`positions` has 1 positions off the scale; they must lie between -2 and 2"):
        position_by_period(CODES.assign(position=[0, 0, position]), DOCUMENTS)


def test_position_by_period_off_scale_raises():
    with pytest.raises(SchemaError) as error:
        position_by_period(CODES.assign(position=[1, 3, 0]), DOCUMENTS)
    assert str(error.value) == (
        "`positions` has 1 positions off the scale; they must lie between -2 and 2. First: 3. "
        "See the codebook for the codes."
    )


@pytest.mark.parametrize(("n", "few"), [(4, True), (5, False)])
def test_count_by_period_few_means_less_than_five_units(n, few):
    documents = corpus(["2015-01-05"] * n)
    series = count_by_period(count_table(documents, {"arming": [1] * n}), documents)
    assert series["few"].tolist() == [few]


def test_count_by_period_few_counts_units_not_documents():
    documents = corpus(["2015-01-05"] * 6, story=list("aabbcd"), weight=[1, 1, 1, 1, 0, 1])
    counts = count_table(documents, {"arming": [1, 1, 0, 0, 1, 0]})
    assert count_by_period(counts, documents)[["n_units", "few"]].values.tolist() == [[6, False]]
    clustered = count_by_period(counts, documents, cluster="story")
    assert clustered[["n_docs", "n_units", "few"]].values.tolist() == [[6, 4, True]]
    weighed = count_by_period(counts, documents, measure="share", weight="weight")
    assert weighed[["n_docs", "n_units", "few"]].values.tolist() == [[6, 5, False]]


def test_count_by_period_an_empty_label_is_no_cluster():
    documents = corpus(["2015-01-05"] * 4, story=["", " ", None, "a"])
    counts = count_table(documents, {"arming": [1, 1, 0, 0]})
    assert count_by_period(counts, documents, cluster="story")["n_units"].tolist() == [4]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (
            [1.0, None, 2.0],
            "`documents` has 1 weights that are no number in 'copies'. First documents: 'd1'. "
            "Give each document a weight of 0 or more; 0 leaves it out.",
        ),
        (
            ["1", "x", "2"],
            "`documents` has 1 weights that are no number in 'copies'. First documents: 'd1'. "
            "Give each document a weight of 0 or more; 0 leaves it out.",
        ),
        (
            [1.0, -1.0, 2.0],
            "`documents` has 1 weights below 0 in 'copies'. First documents: 'd1'. "
            "Give each document a weight of 0 or more; 0 leaves it out.",
        ),
        (
            [0, 0, 0],
            "`documents` has no weight above 0 in 'copies', so that no document is left. Give some document one.",
        ),
    ],
)
def test_count_by_period_weights_that_are_none_raise(weights, message):
    with pytest.raises(SchemaError) as error:
        count_by_period(COUNTS, DOCUMENTS.assign(copies=weights), weight="copies")
    assert str(error.value) == message


def test_count_by_period_a_period_of_weight_0_has_no_estimate():
    series = count_by_period(COUNTS, DOCUMENTS.assign(copies=[1, 1, 0]), weight="copies").query("category == 'arming'")
    assert series["estimate"].fillna(-1).tolist() == [100.0, -1, -1]
    assert series["n_docs"].tolist() == [2, 0, 1]


def test_count_by_period_scale_of_weights_changes_nothing():
    documents = corpus(["2015-01-05"] * 6, weight=[1, 2, 0.5, 0.3, 1, 1], more=1000 * np.array([1, 2, 0.5, 0.3, 1, 1]))
    for matches in ([0] * 6, [2, 1, 0, 5, 0, 1]):
        counts = count_table(documents, {"arming": matches})
        for measure in ("share", "per_1000"):
            one, other = (
                count_by_period(counts, documents, measure=measure, weight=weight, bands=True, n_draws=50)
                for weight in ("weight", "more")
            )
            pd.testing.assert_frame_equal(one, other)


def test_count_by_period_bands_stand_at_the_end_and_hold_the_intervals():
    documents = corpus(pd.date_range("2015-01-01", periods=60, freq="6D"), source=["x", "y"] * 30)
    counts = count_table(documents, {"a": [1, 0, 2, 0, 1, 0] * 10, "b": [0] * 60})
    plain = count_by_period(counts, documents, by="source", freq="QS")
    banded = count_by_period(counts, documents, by="source", freq="QS", bands=True, n_draws=200)
    assert list(banded.columns[-2:]) == ["band_lower", "band_upper"]
    pd.testing.assert_frame_equal(banded[plain.columns], plain)
    assert banded["band_lower"].le(banded["lower"]).all() and banded["band_upper"].gt(banded["upper"]).all()
    check(banded, "SERIES")


def test_count_by_period_bands_hang_on_names_draws_and_seed():
    documents = corpus(pd.date_range("2015-01-01", periods=40, freq="6D"), story=[f"s{n // 2}" for n in range(40)])
    counts = count_table(documents, {"a": [1, 0, 2, 0, 1] * 8})

    def band(**options):
        made = count_by_period(counts, documents, freq="QS", bands=True, cluster="story", **options)
        return made["band_upper"].tolist()

    assert band() == band(n_draws=1000, seed=20151223)
    assert band() != band(seed=1) and band() != band(n_draws=100)


def test_count_by_period_bands_without_draws_raise():
    with pytest.raises(SchemaError, match="^`n_draws` is 0; it must be at least 1. 1,000 is the usual choice.$"):
        count_by_period(COUNTS, DOCUMENTS, bands=True, n_draws=0)


def test_position_by_period_clusters_and_bands():
    documents = corpus(["2015-01-05", "2015-03-05", "2016-01-05", "2016-03-05"], story=["a", "a", "b", None])
    codes = pd.DataFrame({"doc_id": ["d0", "d1", "d2", "d3"], "position": [1, 1, 2, -1]})
    series = position_by_period(codes, documents, cluster="story", bands=True)
    assert series["n_units"].tolist() == [1, 2]
    assert series["band_upper"].ge(series["upper"]).all() and series["band_lower"].lt(series["lower"]).all()
    assert series["method"].tolist() == ["beta", "beta"]
    check(series, "SERIES")


def test_position_by_period_digests_of_one_code_are_no_point():
    documents = corpus(["2002-05-05"] * 5)
    alike, other = (
        position_by_period(pd.DataFrame({"doc_id": documents["doc_id"], "position": codes}), documents).iloc[0]
        for codes in ([1, 1, 1, 1, 1], [1, 1, 1, 1, 2])
    )
    assert 0 < alike["upper"] - alike["lower"] < other["upper"] - other["lower"]

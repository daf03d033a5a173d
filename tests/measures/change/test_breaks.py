import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.change.breaks import breaks
from discourse.measures.change.scan import Scan, Stories, likely_cut, narrow_regions, scan
from discourse.tables import check


def corpus(n, *, change=None, copies=1, seed=1, shift=2.0):
    """Return n stories over ten years, those from the year ``change`` on higher."""
    rng = np.random.default_rng(seed)
    dates = pd.to_datetime("2010-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 3652, n)), unit="D")
    level = rng.integers(-1, 2, n) + (0 if change is None else shift * (dates.year >= change))
    story = np.repeat(np.arange(n), copies)
    documents = pd.DataFrame(
        {"doc_id": [f"d{i:04}" for i in range(n * copies)], "date": dates[story], "story": story.astype(str)}
    )
    return pd.DataFrame({"doc_id": documents["doc_id"], "position": np.clip(level, -2, 2)[story]}), documents


def test_breaks_planted_change_is_found_and_dated():
    codes, documents = corpus(80, change=2016)
    row = breaks(codes, documents).iloc[0]
    assert (row["found"], row["number"], row["cut"].year) == ("change", 1, 2016)
    assert row["start"] <= pd.Timestamp("2015-12-31") and row["end"] >= pd.Timestamp("2016-01-01")
    years = documents["date"].dt.year
    assert row["before"] == pytest.approx(codes["position"][years < 2016].mean())
    assert row["after"] == pytest.approx(codes["position"][years >= 2016].mean())
    assert row["lower_before"] < row["before"] < row["upper_before"]


def test_breaks_two_changes_have_a_row_each():
    rng = np.random.default_rng(2)
    days = pd.date_range("2010-01-01", periods=300, freq="12D")
    level = np.select([days.year < 2013, days.year < 2016], [-1, 1], -1) + rng.choice([-0.5, 0.5], 300)
    documents = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(300)], "date": days})
    found = breaks(pd.DataFrame({"doc_id": documents["doc_id"], "position": level}), documents)
    assert found["cut"].dt.year.tolist() == [2013, 2016]
    assert found["number"].tolist() == [1, 2]
    assert found["after"][0] == found["before"][1]


def test_breaks_fits_the_schema():
    for table in (corpus(80, change=2016), corpus(80)):
        check(breaks(*table), "BREAKS")


def test_breaks_shuffles_stories_not_documents():
    codes, documents = corpus(20, copies=5, seed=4)
    assert breaks(codes, documents, cluster="story")["found"].tolist() != ["change"]
    assert breaks(codes, documents)["found"].unique().tolist() == ["change"]


def test_breaks_few_stories_are_told_with_the_number_needed():
    found = breaks(*corpus(12, change=2016, shift=1.0, seed=3))
    assert found["found"].tolist() == ["too few"] and found["cut"].isna().all()
    assert found["n_needed"][0] > 12


def test_breaks_enough_stories_without_a_change_are_none():
    found = breaks(*corpus(300))
    assert found["found"].tolist() == ["none"] and found["n_needed"][0] <= 300
    assert found["p"][0] > 0.05


def test_breaks_found_follows_the_effect_asked_for():
    codes, documents = corpus(100)
    needed = [int(breaks(codes, documents, effect=effect)["n_needed"][0]) for effect in (0.4, 0.8, 1.6)]
    assert needed == sorted(needed, reverse=True)
    assert [breaks(codes, documents, effect=effect)["found"][0] for effect in (0.4, 1.6)] == ["too few", "none"]


def test_breaks_all_equal_has_no_p_and_no_number_needed():
    codes, documents = corpus(40)
    found = breaks(codes.assign(position=1), documents)
    assert found["p"].isna().all() and found["n_needed"].isna().all()
    assert found["found"].tolist() == ["none"]


def test_breaks_counts_rates_and_shares():
    codes, documents = corpus(80, change=2016)
    counts = pd.DataFrame({"doc_id": documents["doc_id"], "category": "a", "n_matches": codes["position"] + 2})
    counts["n_tokens"] = 200
    rate = breaks(counts, documents).iloc[0]
    before = counts.loc[(documents["date"].dt.year < 2016).to_numpy(), "n_matches"]
    assert rate["cut"].year == 2016 and rate["before"] == pytest.approx(5 * before.mean())
    share = breaks(counts.assign(present=(codes["position"] > 0).astype(int)), documents).iloc[0]
    assert (share["measure"], share["cut"].year) == ("share", 2016)


def test_breaks_order_of_rows_changes_nothing():
    codes, documents = corpus(60, change=2016, copies=2)
    again = breaks(codes.sample(frac=1, random_state=1), documents.iloc[::-1], cluster="story", freq="QS")
    pd.testing.assert_frame_equal(breaks(codes, documents, cluster="story", freq="QS"), again)


def test_breaks_coarse_dates_are_left_out():
    codes, documents = corpus(60)
    documents["date_precision"] = ["year"] * 20 + ["day"] * 40
    assert breaks(codes, documents, freq="MS")["n_docs"].tolist() == [40]
    assert breaks(codes, documents, freq="YS")["n_docs"].tolist() == [60]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (["2015-03-01"] * 4, "`documents` that are measured all lie in one period (2015-01-01); nothing can change "
         "within it. Take a shorter period, or more documents."),
        ([None] * 4, "`documents` has no date of a document that is measured. Resolve the dates (resolve_dates)."),
    ],
)  # fmt: skip
def test_breaks_without_two_periods_is_told(dates, message):
    documents = pd.DataFrame({"doc_id": list("abcd"), "date": pd.to_datetime(dates)})
    codes = pd.DataFrame({"doc_id": list("abcd"), "position": [0, 1, 0, 1]})
    with pytest.raises(SchemaError) as error:
        breaks(codes, documents)
    assert str(error.value) == message


@pytest.mark.parametrize("effect", [0, -1.0, np.inf, np.nan, "1", True])
def test_breaks_effect_that_is_none_is_told(effect):
    with pytest.raises(SchemaError, match="`effect` is .*; it must be above 0"):
        breaks(*corpus(20), effect=effect)


@pytest.mark.parametrize("effect", [1e-300, 1e-5])
def test_breaks_effect_that_no_number_of_stories_shows_is_told(effect):
    with pytest.raises(SchemaError, match="`effect` is too small: .* would take more than 2,000,000,000"):
        breaks(*corpus(20), effect=effect)


@pytest.mark.parametrize(("n_draws", "level"), [(18, 0.95), (98, 0.99)])
def test_breaks_draws_that_can_find_nothing_are_told(n_draws, level):
    codes, documents = corpus(80, change=2016)
    with pytest.raises(SchemaError, match=f"`n_draws` is {n_draws}, .* it must be at least {n_draws + 1}"):
        breaks(codes, documents, n_draws=n_draws, level=level)
    assert breaks(codes, documents, n_draws=n_draws + 1, level=level)["found"].tolist() == ["change"]


def test_breaks_p_is_adjusted_for_the_categories_of_the_table():
    codes, documents = corpus(80, change=2016)
    noise, _ = corpus(80, seed=5)
    voices = pd.concat([codes.assign(voice="a"), noise.assign(voice="b"), noise.assign(voice="c", position=1)])
    found = breaks(voices, documents).set_index("category")
    assert found.loc["a", "p_adjusted"] == pytest.approx(2 * found.loc["a", "p"])  # c, all equal, has no p
    assert found.loc["b", "p_adjusted"] == found.loc["b", "p"] and pd.isna(found.loc["c", "p_adjusted"])
    assert breaks(codes, documents)["p_adjusted"].tolist() == breaks(codes, documents)["p"].tolist()


def test_breaks_repeated_codes_are_told():
    codes, documents = corpus(20)
    with pytest.raises(SchemaError, match="1 documents with several rows in one category .* First: 'd0000'."):
        breaks(pd.concat([codes, codes.iloc[:1]]), documents)


def test_breaks_weight_of_zero_leaves_a_document_out():
    codes, documents = corpus(40)
    found = breaks(codes, documents.assign(w=[0] * 10 + [2.0] * 30), weight="w")
    assert found[["n_docs", "n_units"]].to_numpy().tolist() == [[30, 30]]


def stories(values, periods):
    return Stories(np.array(periods), np.array(values, float), np.ones(len(values)))


def test_scan_strength_is_counted_by_hand():
    # 0, 0, 1, 1 in two periods: S = -1 before the cut, its standard deviation over all orders sqrt(1/3)
    found = scan(stories([0, 0, 1, 1], [0, 0, 1, 1]), n_draws=10, seed=1)
    assert found.strength.tolist() == pytest.approx([np.sqrt(3) - np.sqrt(2)])


def test_scan_strength_does_not_hang_on_the_level_or_the_scale():
    values, periods = np.array([0, 1, 0, 2, 2, 1.0]), [0, 0, 1, 1, 2, 2]
    one, two = (
        scan(stories(values, periods), n_draws=5, seed=1),
        scan(stories(7 - 3 * values, periods), n_draws=5, seed=1),
    )
    assert one.strength.tolist() == pytest.approx(two.strength.tolist())


def test_scan_draws_are_those_of_all_orders():
    found = scan(stories([0, 0, 1, 1], [0, 0, 1, 1]), n_draws=3000, seed=1)
    strong = found.draws >= found.strength[0] - 1e-9
    assert strong.mean() == pytest.approx(2 / 6, abs=0.03)  # 0011 and 1100 of six orders


def test_scan_counts_draws_as_strong_up_to_the_threshold():
    found = Scan(np.array([0]), np.array([1]), np.array([3.0]), np.arange(19.0))
    assert found.threshold(0.95) == 18.0
    assert (found.p(18.0), found.p(18.5)) == (2 / 20, 1 / 20)


def test_narrow_regions_takes_the_narrowest_first():
    found = Scan(np.array([0, 2, 5]), np.array([9, 4, 6]), np.array([9.0, 4.0, 1.0]), np.zeros(1))
    assert narrow_regions(found, 3.0) == [(2, 4, 4.0)]
    assert narrow_regions(found, 0.5) == [(2, 4, 4.0), (5, 6, 1.0)]  # in order of time


def test_narrow_regions_at_the_threshold_is_none():
    found = Scan(np.array([0]), np.array([1]), np.array([3.0]), np.zeros(1))
    assert narrow_regions(found, 3.0) == [] and narrow_regions(found, 2.999) == [(0, 1, 3.0)]


def test_likely_cut_stays_inside_its_region():
    series = stories([0, 0, 0, 5, 5, 5], [0, 1, 2, 3, 4, 5])
    assert likely_cut(series, 0, 5, (0, 5)) == 3
    assert likely_cut(series, 0, 5, (3, 5)) == 4

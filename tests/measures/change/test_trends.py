import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.change.trends import trend
from discourse.tables import check

DAYS = pd.to_datetime(["2014-07-01", "2015-07-01", "2016-07-01", "2017-07-01", "2018-07-01", "2019-07-01"])
DOCUMENTS = pd.DataFrame({"doc_id": list("abcdef"), "date": DAYS, "source": list("xyxyxy"), "story": list("112233")})
CODES = pd.DataFrame({"doc_id": list("abcdef"), "position": [-2, -1, 0, -1, 1, 1]})


def least_squares(moment, values, dummies):
    design = np.column_stack([moment, dummies])
    return np.linalg.lstsq(design, values, rcond=None)[0][0]


def years():
    return ((DAYS - DAYS[0]).days / 365.2425).to_numpy()


def test_trend_slope_is_that_of_least_squares():
    row = trend(CODES, DOCUMENTS).iloc[0]
    assert row["per_year"] == pytest.approx(least_squares(years(), CODES["position"], np.ones(6)))
    assert row["lower"] < row["per_year"] < row["upper"]
    assert (row["n_docs"], row["n_units"], row["few"]) == (6, 6, False)


def test_trend_variance_is_cr2_with_its_degrees_of_freedom():
    # the same by matrices: A = (I - H)^(-1/2) for each document, and Satterthwaite's df from P'(I - H)P
    design = np.column_stack([np.ones(6), years()])
    values = CODES["position"].to_numpy(float)
    bread = np.linalg.inv(design.T @ design)
    hat = design @ bread @ design.T
    residual = values - hat @ values
    influence = (bread @ design.T)[1]
    adjusted = influence / np.sqrt(1 - np.diag(hat))
    # one linear combination: each document is divided by what is left of its own residual
    variance = ((adjusted * residual) ** 2).sum()
    inner = np.diag(adjusted) @ (np.eye(6) - hat) @ np.diag(adjusted)
    df = np.trace(inner) ** 2 / np.trace(inner @ inner)
    row = trend(CODES, DOCUMENTS).iloc[0]
    assert row["df"] == pytest.approx(df)
    from scipy.stats import t

    assert row["upper"] - row["per_year"] == pytest.approx(t.ppf(0.975, df) * np.sqrt(variance))


def test_trend_hold_gives_each_outlet_its_level():
    row = trend(CODES, DOCUMENTS, hold="source").iloc[0]
    dummies = np.column_stack([np.tile([1, 0], 3), np.tile([0, 1], 3)])
    assert row["per_year"] == pytest.approx(least_squares(years(), CODES["position"], dummies))
    assert row["hold"] == "source"


def test_trend_rates_are_per_1000_words():
    counts = pd.DataFrame({"doc_id": list("abcdef"), "category": "a", "n_matches": [0, 1, 2, 3, 4, 5], "n_tokens": 500})
    assert trend(counts, DOCUMENTS)["per_year"][0] == pytest.approx(2.0, rel=0.01)


def test_trend_stories_and_clusters_count_as_units():
    assert trend(CODES, DOCUMENTS, cluster="story")[["n_units", "few"]].to_numpy().tolist() == [[3, True]]


def test_trend_fits_the_schema():
    check(trend(CODES, DOCUMENTS), "TRENDS")
    check(trend(CODES, DOCUMENTS, measure="code_share"), "TRENDS")


def test_trend_undated_documents_are_left_out_and_counted():
    documents = DOCUMENTS.assign(date=[*DAYS[:5], pd.NaT])
    assert trend(CODES, documents)[["n_docs", "n_left_out"]].to_numpy().tolist() == [[5, 1]]


def jump(at, n=120):
    rng = np.random.default_rng(1)
    days = pd.date_range("2010-01-01", periods=n, freq="30D")
    documents = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(n)], "date": days})
    moved = (days.year >= at) * 2.0 - 1 if at else np.linspace(-1, 1, n)
    return pd.DataFrame({"doc_id": documents["doc_id"], "position": moved + rng.choice([-0.5, 0.5], n)}), documents


def test_trend_of_a_jump_is_said_to_bend():
    row = trend(*jump(2015)).iloc[0]
    assert row["p_linear"] < 0.05 and row["bend"].year == 2015


def test_trend_of_a_line_does_not_bend():
    row = trend(*jump(None)).iloc[0]
    assert row["p_linear"] > 0.05 and pd.isna(row["bend"])


def test_trend_order_of_rows_changes_nothing():
    again = trend(CODES.iloc[::-1], DOCUMENTS.sample(frac=1, random_state=1), hold="source", cluster="story")
    pd.testing.assert_frame_equal(trend(CODES, DOCUMENTS, hold="source", cluster="story"), again)


def test_trend_one_date_is_told():
    documents = DOCUMENTS.assign(date=DAYS[0])
    with pytest.raises(SchemaError) as error:
        trend(CODES, documents, hold="source")
    assert str(error.value) == (
        "`documents` that are measured all have one date within source; a trend needs documents of at least two."
    )


def test_trend_without_dates_is_told():
    with pytest.raises(SchemaError, match="has no date of a document that is measured"):
        trend(CODES, DOCUMENTS.assign(date=pd.NaT))


def test_trend_all_equal_is_flat():
    row = trend(CODES.assign(position=1), DOCUMENTS).iloc[0]
    assert row["per_year"] == pytest.approx(0, abs=1e-12) and pd.isna(row["p_linear"])


@pytest.mark.parametrize("name", ["x", "y", "unit", "weight", "code", "start", "end"])
def test_trend_variables_held_may_have_any_name(name):
    found = trend(CODES, DOCUMENTS.rename(columns={"source": name}), hold=name)
    pd.testing.assert_frame_equal(found, trend(CODES, DOCUMENTS, hold="source").assign(hold=name))


@pytest.mark.parametrize(
    ("codes", "story", "why"),
    [
        (CODES, list("111222"), "fewer than 3 units"),
        (CODES.assign(position=1), list("abcdef"), "no spread around the line"),
    ],
)
def test_trend_without_spread_has_no_interval_and_says_why(codes, story, why):
    row = trend(codes, DOCUMENTS.assign(story=story), cluster="story").iloc[0]
    assert row[["lower", "upper", "df"]].isna().all() and row["method"] == f"least squares; no interval: {why}"


def test_trend_of_three_stories_has_an_interval():
    row = trend(CODES, DOCUMENTS, cluster="story").iloc[0]
    assert row["lower"] < row["per_year"] < row["upper"] and row["method"] == "least squares, CR2"


@pytest.mark.parametrize("n_draws", [18, 1])
def test_trend_draws_that_show_no_bend_are_told(n_draws):
    with pytest.raises(SchemaError, match=f"`n_draws` is {n_draws}, .* it must be at least 19"):
        trend(CODES, DOCUMENTS, n_draws=n_draws)
    assert len(trend(CODES, DOCUMENTS, n_draws=19)) == 1

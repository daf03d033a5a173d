"""Samples for coding: probabilities that are true, strata, stories, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.validity.sampling import sample_for_coding
from discourse.validity.sampling_plan import PLAN, check_plan

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": [f"d{number:03}" for number in range(120)],
        "source": np.repeat(["x", "y", "z"], [80, 36, 4]),
        "date": pd.date_range("2020-01-01", periods=120, freq="W"),
        "story": [f"s{number // 3}" for number in range(120)],
        "hit": (np.arange(120) % 10 == 0).astype(float),
    }
)


def test_sample_for_coding_plan_has_a_row_and_a_chance_for_every_document():
    plan = sample_for_coding(DOCUMENTS, n=30, strata="source", least=3)
    assert tuple(plan.columns) == PLAN
    assert plan["doc_id"].tolist() == sorted(DOCUMENTS["doc_id"])
    assert plan.groupby("stratum")["drawn"].sum().to_dict() == {"x": 18, "y": 9, "z": 3}
    assert plan.groupby("stratum")["probability"].sum().to_dict() == pytest.approx({"x": 18, "y": 9, "z": 3})
    assert (plan["probability"] > 0).all()


@pytest.mark.parametrize(("least", "given"), [(0, 1), (1, 2), (3, 4), (9, 4)])
def test_sample_for_coding_least_of_a_stratum_is_kept_up_to_all_of_it(least, given):
    plan = sample_for_coding(DOCUMENTS, n=40, strata="source", least=least)
    assert abs(int(plan.loc[plan["stratum"] == "z", "drawn"].sum()) - given) <= 1
    assert int(plan.loc[plan["stratum"] == "z", "drawn"].sum()) >= min(least, 4)
    assert plan["drawn"].sum() == 40


def test_sample_for_coding_documents_are_drawn_as_often_as_the_plan_says():
    options = {"n": 12, "strata": "source", "least": 1, "cluster": "story", "score": "hit"}
    runs = 400
    drawn = np.zeros(120)
    for seed in range(runs):
        plan = sample_for_coding(DOCUMENTS, seed=seed, **options)
        assert plan["drawn"].sum() == 12
        drawn += plan["drawn"].to_numpy()
    expected = plan["probability"].to_numpy()
    off = (drawn / runs - expected) / np.sqrt(expected * (1 - expected) / runs)
    assert np.abs(off).max() < 4.5


def test_sample_for_coding_score_raises_the_chance_and_leaves_one_to_the_others():
    plan = sample_for_coding(DOCUMENTS, n=20, score="hit", by_score=0.5).merge(DOCUMENTS, on="doc_id")
    chance = plan.groupby("hit")["probability"].first()
    assert chance[1.0] > 5 * chance[0.0] > 0
    none = sample_for_coding(DOCUMENTS.assign(hit=0.0), n=20, score="hit")
    assert none["probability"].to_numpy() == pytest.approx(20 / 120)


def test_sample_for_coding_certain_units_are_drawn_and_the_rest_share():
    plan = sample_for_coding(DOCUMENTS.assign(hit=(np.arange(120) == 5) * 1000.0), n=10, score="hit", by_score=0.9)
    assert plan.loc[5, ["probability", "drawn"]].tolist() == [1.0, True]
    assert plan["drawn"].sum() == 10
    assert plan["probability"].sum() == pytest.approx(10)


def test_sample_for_coding_story_is_drawn_once():
    plan = sample_for_coding(DOCUMENTS, n=15, cluster="story")
    assert plan.loc[plan["drawn"], "cluster"].is_unique
    assert plan["probability"].to_numpy() == pytest.approx(plan["unit_probability"].to_numpy() / 3)
    every = sample_for_coding(DOCUMENTS, n=15, cluster="story", per_cluster="all")
    assert every["drawn"].sum() == 45
    assert every.groupby("cluster")["drawn"].nunique().eq(1).all()


def test_sample_for_coding_empty_label_of_a_story_is_no_story():
    documents = DOCUMENTS.head(4).assign(story=["s", "s", None, ""])
    plan = sample_for_coding(documents, n=3, cluster="story")
    assert plan["cluster"].tolist() == ["s", "s", "document d002", "document d003"]


def test_sample_for_coding_order_of_documents_changes_nothing_and_the_seed_does():
    options = {"n": 15, "strata": "source", "least": 1, "cluster": "story"}
    plan = sample_for_coding(DOCUMENTS, **options)
    pd.testing.assert_frame_equal(sample_for_coding(DOCUMENTS.sample(frac=1, random_state=1), **options), plan)
    other = sample_for_coding(DOCUMENTS, seed=1, **options)
    assert set(other.loc[other["drawn"], "doc_id"]) != set(plan.loc[plan["drawn"], "doc_id"])


def test_sample_for_coding_periods_are_strata_and_undated_documents_have_their_own():
    documents = DOCUMENTS.assign(date=DOCUMENTS["date"].mask(DOCUMENTS.index < 10))
    plan = sample_for_coding(documents, n=40, freq="YS", least=2)
    assert sorted(plan["stratum"].unique()) == ["2020-01-01", "2021-01-01", "2022-01-01", "no date"]
    assert plan.groupby("stratum")["drawn"].sum().min() >= 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"n": 0}, "`n` is 0; it must be a whole number of at least 1."),
        ({"n": 121}, "`n` is 121, and there are 120 units to draw from. Ask for fewer."),
        (
            {"n": 5, "strata": "source", "least": 2},
            "`least` asks for 6 units in 3 strata, and `n` is 5. Raise `n` to 6, lower `least`, or take fewer strata.",
        ),
        (
            {"n": 3, "strata": "source"},
            "`n` is 3, which leaves 1 of 3 strata without a unit, so that their documents could not be drawn. First: "
            "'z'. Raise `n`, set `least` to 1 or more, or take fewer strata.",
        ),
        (
            {"n": 5, "score": "hit", "by_score": 1},
            "`by_score` is 1; it must be at least 0 and below 1, since with 1 a document of score 0 could never be "
            "drawn. 0.5 is the usual choice.",
        ),
        ({"n": 5, "least": -1}, "`least` is -1; it must be a whole number of at least 0."),
        ({"n": 5, "per_cluster": "two"}, "`per_cluster` is 'two'; it must be one of 'all', 'one'."),
    ],
)
def test_sample_for_coding_option_that_cannot_be_met_says_why(options, said):
    with pytest.raises(SchemaError) as caught:
        sample_for_coding(DOCUMENTS, **options)
    assert str(caught.value) == said


@pytest.mark.parametrize("value", [np.nan, -1.0, np.inf])
def test_sample_for_coding_score_that_is_no_number_of_at_least_0_is_refused(value):
    documents = DOCUMENTS.assign(hit=DOCUMENTS["hit"].mask(DOCUMENTS.index == 3, value))
    with pytest.raises(SchemaError, match="^`score` names 'hit', which has 1 values that are null or negative"):
        sample_for_coding(documents, n=5, score="hit")


def test_sample_for_coding_repeated_or_no_documents_are_refused():
    with pytest.raises(SchemaError, match="^`documents` has 1 repeated doc_id values"):
        sample_for_coding(pd.concat([DOCUMENTS, DOCUMENTS.head(1)]), n=5)
    with pytest.raises(SchemaError, match="^`documents` has no row"):
        sample_for_coding(DOCUMENTS.head(0), n=5)


def test_check_plan_after_a_file_is_the_plan(tmp_path):
    plan = sample_for_coding(DOCUMENTS.assign(doc_id=range(120)), n=15, cluster="story", score="hit")
    plan.to_csv(tmp_path / "plan.csv", index=False)
    pd.testing.assert_frame_equal(check_plan(pd.read_csv(tmp_path / "plan.csv")), check_plan(plan))


def test_check_plan_change_after_the_draw_is_found():
    plan = sample_for_coding(DOCUMENTS, n=15)
    for changed in (plan.assign(drawn=~plan["drawn"]), plan.assign(probability=0.5), plan.head(100)):
        with pytest.raises(SchemaError, match="^`plan` is not as it was drawn"):
            check_plan(changed)


def test_check_plan_without_probabilities_or_with_0_is_refused():
    plan = sample_for_coding(DOCUMENTS, n=15)
    with pytest.raises(SchemaError, match="^`plan` lacks the columns 'probability' of PLAN"):
        check_plan(plan.drop(columns="probability"))
    with pytest.raises(SchemaError, match="^`plan` has 1 probabilities that are null, 0 or above 1"):
        check_plan(plan.assign(probability=plan["probability"].mask(plan.index == 2, 0.0)))


def test_check_plan_documents_that_could_not_be_drawn_are_named():
    plan = sample_for_coding(DOCUMENTS.head(100), n=15)
    with pytest.raises(SchemaError) as caught:
        check_plan(plan, documents=DOCUMENTS)
    assert str(caught.value) == (
        "`plan` lacks 20 of the 120 documents. First: 'd100', 'd101', 'd102'. A sample speaks for the documents it was "
        "drawn from: pass these, or draw again from all."
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"n": "5"}, "`n` is '5'; it must be a whole number of at least 1."),
        ({"n": 1.5}, "`n` is 1.5; it must be a whole number of at least 1."),
        ({"least": float("nan")}, "`least` is nan; it must be a whole number of at least 0."),
        ({"seed": "abc"}, "`seed` is 'abc'; it must be a whole number of at least 0."),
        ({"seed": -1}, "`seed` is -1; it must be a whole number of at least 0."),
        ({"seed": 2**63}, "`seed` is 9223372036854775808; it must be below 2 to the power of 63."),
        ({"by_score": "much"}, "`by_score` is 'much'; it must be a number."),
    ],
)
def test_sample_for_coding_options_that_are_no_numbers_say_why(options, said):
    with pytest.raises(SchemaError) as caught:
        sample_for_coding(pd.DataFrame({"doc_id": ["a", "b", "c"]}), **{"n": 1} | options)
    assert str(caught.value).startswith(said), str(caught.value)


@pytest.mark.parametrize("empty", [None, " ", float("nan")])
def test_sample_for_coding_document_without_an_id_is_refused(empty):
    with pytest.raises(SchemaError, match="^`documents` has 1 rows without doc_id; .* First: row 2."):
        sample_for_coding(pd.DataFrame({"doc_id": ["a", empty, "c"]}), n=2)

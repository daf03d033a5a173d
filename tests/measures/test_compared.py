"""Periods that are compared: which reports stand in them, thirds, and the mean position in each."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.compared import (
    find_span,
    find_thirds,
    measure_periods,
    place_between,
    position_by_named_period,
    rank_voices,
)

BEFORE, AFTER = ("before", "2015-01-01", "2021-08-14"), ("after", "2021-08-15", "2022-12-31")


def corpus(dates, precision="day"):
    dates = pd.to_datetime(dates)
    return pd.DataFrame({"doc_id": [f"d{n:02}" for n in range(len(dates))], "date": dates, "date_precision": precision})


def coded(documents, positions, voice="iran"):
    return pd.DataFrame({"doc_id": documents["doc_id"], "position": positions, "voice": voice})


def test_place_between_last_and_first_day_stand_on_their_sides():
    placed = place_between(corpus(["2021-08-14", "2021-08-15", "2014-12-31", None]), [BEFORE, AFTER])
    assert placed.tolist()[:2] == ["before", "after"] and placed.isna().tolist() == [False, False, True, True]


def test_place_between_month_that_lies_on_the_border_is_on_neither_side():
    placed = place_between(corpus(["2021-07-01", "2021-08-01", "2021-09-01"], "month"), [BEFORE, AFTER])
    assert [name if isinstance(name, str) else None for name in placed] == ["before", None, "after"]


def test_place_between_year_that_lies_within_is_placed_and_one_on_the_border_is_not():
    placed = place_between(corpus(["2020-01-01", "2021-01-01", "2022-01-01"], "year"), [BEFORE, AFTER])
    assert [name if isinstance(name, str) else None for name in placed] == ["before", None, "after"]


def test_find_thirds_keep_months_whole_and_share_none():
    days = ["2015-01-01"] * 3 + ["2015-02-01"] * 2 + ["2015-03-01"] * 4
    assert find_thirds(corpus(days)) == (
        ("2015-01", "2015-01-01", "2015-01-31"), ("2015-03", "2015-03-01", "2015-03-31"),
    )  # fmt: skip


def test_find_thirds_month_that_holds_both_borders_is_left_out():
    days = ["2015-01-05"] + ["2015-02-05"] * 10 + ["2015-03-05"]
    assert [name for name, _, _ in find_thirds(corpus(days))] == ["2015-01", "2015-03"]


@pytest.mark.parametrize("n", [2, 9])
def test_find_thirds_two_months_are_a_part_each(n):
    assert [name for name, _, _ in find_thirds(corpus(["2015-01-05"] * n + ["2015-02-05"]))] == ["2015-01", "2015-02"]


def test_find_thirds_dates_known_to_the_year_part_at_years():
    found = find_thirds(corpus(["2015-01-01", "2016-01-01", "2017-01-01"], "year"), freq="YS")
    assert [name for name, _, _ in found] == ["2015", "2017"]


@pytest.mark.parametrize("days", [[], [None, None], ["2015-01-05", "2015-01-31"]])
def test_find_thirds_nothing_to_part_gives_none(days):
    assert find_thirds(corpus(days)) == ()


def test_find_span_names_whole_periods():
    assert find_span(corpus(["2015-02-03", "2016-05-06"])) == ("2015-2016", "2015-01-01", "2016-12-31")
    assert find_span(corpus([None])) is None


def test_position_by_named_period_voice_has_its_row_in_every_period():
    documents = corpus(["2015-05-01", "2016-05-01", "2022-05-01"])
    positions = coded(documents, [-2, 0, 1], ["iran", "iran", "third_party"])
    means = position_by_named_period(positions, documents, [BEFORE, AFTER])
    assert means[["voice", "period", "n_docs"]].to_numpy().tolist() == [
        ["iran", "before", 2], ["iran", "after", 0], ["third_party", "before", 0], ["third_party", "after", 1],
    ]  # fmt: skip
    assert means["estimate"].fillna(9).tolist() == [-1.0, 9.0, 9.0, 1.0]
    assert means["method"].tolist()[1] == "none" and not means["few"].tolist()[1]


def test_position_by_named_period_copies_of_a_story_are_one_unit():
    documents = corpus(["2015-05-01"] * 4).assign(story=["a", "a", "a", "b"])
    means = position_by_named_period(coded(documents, [1, 1, 1, -1]), documents, [BEFORE, AFTER], cluster="story")
    assert means.loc[0, ["n_docs", "n_units"]].tolist() == [4, 2]


def many(n_before, n_after):
    documents = corpus(["2015-05-01"] * n_before + ["2022-05-01"] * n_after)
    return documents, coded(documents, [-1] * n_before + [1] * n_after)


@pytest.mark.parametrize(("n", "stated"), [(5, True), (4, False)])
def test_measure_periods_stated_periods_need_five_stories_each(n, stated):
    documents, positions = many(n, 9)
    documents.loc[8, "date"] = pd.Timestamp("2023-05-01")  # in no stated period, so that thirds hold more
    periods = [("before", "2015-01-01", "2015-12-31"), ("after", "2022-01-01", "2022-12-31")]
    extra = corpus(["2014-05-01"] * 5).assign(doc_id=[f"x{k}" for k in range(5)])
    documents = pd.concat([documents, extra], ignore_index=True)
    positions = pd.concat([positions, coded(extra, [0] * 5)], ignore_index=True)
    means = measure_periods(positions, documents, holder="iran", periods=periods)
    assert set(means["stated"]) == {stated}


def test_measure_periods_too_few_anywhere_keep_the_stated_periods():
    documents, positions = many(2, 3)
    means = measure_periods(positions, documents, holder="iran", periods=[BEFORE, AFTER])
    assert means["period"].tolist() == ["before", "after"] and means["stated"].all()


@pytest.mark.parametrize("days", [[None] * 12, []])
def test_measure_periods_without_dates_or_positions_is_empty(days):
    documents = corpus(days)
    assert not len(measure_periods(coded(documents, [1.0] * len(days)), documents, holder="iran"))


def test_measure_periods_null_positions_do_not_count():
    documents, positions = many(6, 6)
    positions.loc[0, "position"] = None
    means = measure_periods(positions, documents, holder="iran", periods=[BEFORE, AFTER])
    assert means["n_docs"].tolist() == [5, 6]


def test_measure_periods_without_a_column_says_which():
    with pytest.raises(SchemaError, match=r"`positions` lacks the columns 'position'"):
        measure_periods(pd.DataFrame({"doc_id": ["a"]}), corpus(["2015-05-01"]), holder="iran")


def test_rank_voices_equal_sizes_stand_by_name():
    means = pd.DataFrame({"voice": ["un", "third_party"], "n_docs": [3, 3]})
    assert rank_voices(means, "iran") == ["third_party", "un"]

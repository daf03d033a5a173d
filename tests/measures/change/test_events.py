import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.change.events import event_study
from discourse.sources.seeds import load_seed
from discourse.tables import check

N = 200
DAYS = pd.date_range("2015-01-01", periods=N, freq="10D")
DOCUMENTS = pd.DataFrame({"doc_id": [f"d{i:03}" for i in range(N)], "date": DAYS, "date_precision": "day"})
NOISE = np.random.default_rng(1).integers(-1, 2, N)
EVENT = pd.DataFrame({"date": [DAYS[100]], "event": ["the event"]})


def codes(shift=0):
    return pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "position": NOISE + shift * (np.arange(N) >= 100)})


def test_event_study_windows_are_counted_by_hand():
    row = event_study(codes(), DOCUMENTS, EVENT, window=100).iloc[0]
    assert (row["n_units_before"], row["n_units_after"]) == (10, 10)
    assert row["before"] == pytest.approx(NOISE[90:100].mean())
    assert row["after"] == pytest.approx(NOISE[100:110].mean())
    assert row["lower"] < row["difference"] < row["upper"]


def test_event_study_planted_change_outranks_the_other_dates():
    row = event_study(codes(1), DOCUMENTS, EVENT, window=200).iloc[0]
    assert row["p"] <= 0.05 and row["p_adjusted"] <= 0.05
    assert event_study(codes(), DOCUMENTS, EVENT, window=200)["p"][0] > 0.05


def test_event_study_p_is_the_rank_among_all_dates_a_window_away():
    dates = pd.DataFrame({"date": DAYS, "event": DAYS.strftime("%Y-%m-%d")})
    moved = codes().assign(position=NOISE / 4 + (np.arange(N) >= 100))
    found = event_study(moved, DOCUMENTS, dates, window=100)
    known = found.loc[~found["few"]]
    # five stories on each side: from the sixth day on, and to the fifth before the last; of these itself and nine days
    # before and after are nearer than a window
    assert len(known) == N - 9
    assert known.iloc[[0, 95]][["n_placebos"]].to_numpy().tolist() == [[N - 9 - 10], [N - 9 - 19]]
    # those next to the change are strong too, but no placebo: the event stands out from all others
    assert known.loc[known["date"].eq(DAYS[100]), "p"].tolist() == [1 / (N - 9 - 19 + 1)]
    assert known["method"].str.contains("rank among dates a window away").all()


def test_event_study_placebo_dates_are_exactly_a_window_away_or_more():
    events = EVENT.assign(date=DAYS[100])
    at, beyond = (event_study(codes(), DOCUMENTS, events, window=window)["n_placebos"][0] for window in (100, 101))
    assert at - beyond == 2  # the tenth day before and after


@pytest.mark.parametrize(("n", "placebos", "near"), [(47, 19, False), (46, 36, True)])
def test_event_study_near_dates_are_placebos_only_where_too_few_others_are(n, placebos, near):
    # of n dates n - 9 hold five stories on each side; in the middle 19 of these are nearer than a window
    event = EVENT.assign(date=DAYS[n // 2])
    row = event_study(codes()[:n], DOCUMENTS[:n], event, window=100).iloc[0]
    assert (row["n_placebos"], "also near ones" in row["method"]) == (placebos, near)


@pytest.mark.parametrize(("window", "few"), [(50, False), (49, True)])
def test_event_study_few_stories_in_a_window_are_said(window, few):
    row = event_study(codes(), DOCUMENTS, EVENT, window=window).iloc[0]
    assert row["few"] == few and pd.isna(row["p"]) == few
    assert row["n_units_before"] == (5 if window == 50 else 4)


def test_event_study_story_counts_once_at_its_first_document():
    documents = DOCUMENTS.assign(story=[f"s{i // 2}" for i in range(N)])
    row = event_study(codes(), documents, EVENT, window=100, cluster="story").iloc[0]
    assert (row["n_units_before"], row["n_units_after"], row["n_docs_before"]) == (5, 5, 10)


def test_event_study_event_known_to_the_month_has_windows_around_it():
    event = EVENT.assign(date=pd.Timestamp("2017-10-01"), date_precision="month")
    row = event_study(codes(), DOCUMENTS, event, window=100).iloc[0]
    before = DAYS[(DAYS >= pd.Timestamp("2017-06-23")) & (DAYS < pd.Timestamp("2017-10-01"))]
    after = DAYS[(DAYS >= pd.Timestamp("2017-11-01")) & (DAYS < pd.Timestamp("2018-02-09"))]
    assert (row["n_units_before"], row["n_units_after"]) == (len(before), len(after))


def test_event_study_event_known_to_the_year_is_not_placed():
    events = pd.concat([EVENT, EVENT.assign(event="some day", date_precision="year")]).fillna({"date_precision": "day"})
    found = event_study(codes(), DOCUMENTS, events).set_index("event")
    assert found.loc["some day", "method"] == "not placed: date known to the year only"
    assert found.loc["some day", "n_units_before"] == 0 and pd.isna(found.loc["some day", "p"])


def test_event_study_documents_known_to_the_month_need_their_whole_month():
    documents = DOCUMENTS.assign(date_precision=["month"] * N)
    row = event_study(codes(), documents, EVENT.assign(date=pd.Timestamp("2017-10-15")), window=100).iloc[0]
    months = DAYS.to_period("M")
    assert row["n_units_before"] == months.isin(pd.period_range("2017-08", "2017-09", freq="M")).sum()
    assert row["n_units_after"] == months.isin(pd.period_range("2017-11", "2017-12", freq="M")).sum()


def test_event_study_near_events_are_said():
    events = pd.DataFrame({"date": DAYS[[100, 109, 111]], "event": list("abc")})
    assert event_study(codes(), DOCUMENTS, events, window=100)["n_near"].tolist() == [1, 2, 1]


@pytest.mark.parametrize("adjust", ["max", "holm", "bh"])
@pytest.mark.parametrize("shift", [0, 1])
def test_event_study_adjusted_p_is_never_the_smaller(adjust, shift):
    events = pd.DataFrame({"date": DAYS[20:180:20], "event": list("abcdefgh")})
    found = event_study(codes(shift), DOCUMENTS, events, adjust=adjust, n_draws=2000)
    assert (found["p_adjusted"] >= found["p"]).all()
    assert found["p_adjusted"].min() > found["p"].min() or adjust == "max"


@pytest.mark.parametrize("adjust", ["max", "holm", "bh"])
def test_event_study_one_event_alone_needs_no_adjusting(adjust):
    row = event_study(codes(1), DOCUMENTS, EVENT, adjust=adjust).iloc[0]
    assert row["p_adjusted"] == row["p"] < 1


def test_event_study_holm_is_no_less_than_max_and_bh_is_counted_by_hand():
    events = pd.DataFrame({"date": DAYS[20:180:20], "event": list("abcdefgh")})
    found = {adjust: event_study(codes(1), DOCUMENTS, events, adjust=adjust) for adjust in ("max", "holm", "bh")}
    p, adjusted = found["bh"]["p"], {adjust: rows["p_adjusted"] for adjust, rows in found.items()}
    assert adjusted["bh"].min() == pytest.approx(8 * p.min()) and adjusted["holm"].min() >= 8 * p.min() - 1e-12
    assert (adjusted["holm"] >= adjusted["max"]).all() and (adjusted["holm"] >= adjusted["bh"]).all()


def test_event_study_fits_the_schema_and_events_outside_the_corpus_have_rows():
    events = load_seed("events")
    found = event_study(codes(), DOCUMENTS, events)
    check(found, "EVENT_STUDY")
    outside = found.loc[found["date"].lt("2014-01-01")]
    assert len(found) == len(events) and outside["few"].all() and outside["difference"].isna().all()


def test_event_study_order_of_rows_changes_nothing():
    events = pd.DataFrame({"date": DAYS[[50, 100]], "event": ["a", "b"]})
    again = event_study(codes(1).iloc[::-1], DOCUMENTS.sample(frac=1, random_state=1), events.iloc[::-1])
    pd.testing.assert_frame_equal(event_study(codes(1), DOCUMENTS, events), again)


def test_event_study_all_equal_stands_out_nowhere():
    row = event_study(codes().assign(position=1), DOCUMENTS, EVENT).iloc[0]
    assert (row["difference"], row["p"], row["p_adjusted"]) == (0, 1.0, 1.0)


def test_event_study_ledger_outside_the_corpus_is_told():
    with pytest.raises(SchemaError) as error:
        event_study(codes(), DOCUMENTS, EVENT.assign(date=pd.Timestamp("1999-01-01")))
    assert str(error.value) == (
        "`events` has 1 dated events, none between 2015-01-01 and 2020-06-13, the dates of the documents that are "
        "measured. Pass a ledger of these years."
    )


@pytest.mark.parametrize(("window", "least"), [(0, 5), (100, 1), (1.5, 5), (100, 2.5), ("180", 5), (True, 5)])
def test_event_study_window_that_is_none_is_told(window, least):
    with pytest.raises(SchemaError, match="they must be whole numbers, at least 1 day and 2 stories"):
        event_study(codes(), DOCUMENTS, EVENT, window=window, least=least)


def test_event_study_without_dates_is_told():
    with pytest.raises(SchemaError, match="has no date of a document that is measured"):
        event_study(codes(), DOCUMENTS.assign(date=pd.NaT), EVENT)

"""Findings: every two periods against each other, and which of the changes answers the question."""

import numpy as np
import pandas as pd
import pytest

from discourse.measures.change.contrasts import contrast
from discourse.measures.compared import measure_periods
from discourse.measures.findings import choose_findings, find_changes, hold_constant
from discourse.measures.layout import fill_table

PERIODS = [
    ("early", "2015-01-01", "2015-12-31"),
    ("mid", "2018-01-01", "2018-12-31"),
    ("late", "2022-01-01", "2022-12-31"),
]
DAYS = {"early": "2015-05-01", "mid": "2018-05-01", "late": "2022-05-01"}


def told(holder="iran", voice=None, **positions):
    """Give documents and codes: the positions of each period by its name."""
    rows = [(name, position) for name, coded in positions.items() for position in coded]
    documents = pd.DataFrame({
        "doc_id": [f"d{n:02}" for n in range(len(rows))], "date": pd.to_datetime([DAYS[name] for name, _ in rows]),
        "date_precision": "day", "source": "x",
    })  # fmt: skip
    codes = pd.DataFrame(
        {"doc_id": documents["doc_id"], "position": [one for _, one in rows], "voice": voice or holder}
    )
    means = measure_periods(codes, documents, holder=holder, periods=PERIODS)
    return codes, documents, means


def changes(**positions):
    codes, documents, means = told(**positions)
    return find_changes(codes, documents, means).assign(holder="iran", basis="hand")


def test_find_changes_is_the_contrast_of_every_two_periods():
    codes, documents, means = told(early=[-2, -1] * 5, mid=[0] * 6, late=[1, 2] * 6)
    found = find_changes(codes, documents, means)
    assert found[["before", "after"]].to_numpy().tolist() == [["early", "mid"], ["early", "late"], ["mid", "late"]]
    assert found["estimate"].tolist() == [1.5, 3.0, 1.5]
    alone = contrast(codes, documents, first={"period": "2015"}, second={"period": "2022"}).iloc[0]
    assert found.loc[1, ["lower", "upper"]].tolist() == alone[["lower", "upper"]].tolist()
    assert found["change"].tolist() == ["up", "up", "up"]
    assert found[["n_docs_before", "n_units_after"]].to_numpy().tolist() == [[10, 6], [10, 12], [6, 12]]


def test_find_changes_down_and_unclear_by_the_interval():
    assert changes(early=[2] * 8, mid=[2, 1] * 4, late=[-2] * 8)["change"].tolist() == ["unclear", "down", "down"]


@pytest.mark.parametrize(("n", "change"), [(5, "up"), (4, "few")])
def test_find_changes_four_stories_are_few_and_five_are_not(n, change):
    assert changes(early=[-2] * n, mid=[2] * 30)["change"].tolist() == [change]


def test_find_changes_one_period_says_which():
    found = changes(early=[1, 2])
    assert found[["change", "before", "n_docs_before"]].to_numpy().tolist() == [["one_period", "2015", 2]]


def test_find_changes_no_position_and_no_date():
    documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime([None]), "date_precision": "day"})
    codes = pd.DataFrame({"doc_id": ["a"], "position": [1.0], "voice": "iran"})
    assert find_changes(codes, documents, pd.DataFrame())["change"].tolist() == ["undated"]
    assert find_changes(codes.iloc[:0], documents, pd.DataFrame())["change"].tolist() == ["no_position"]


def test_choose_findings_last_against_first_of_those_that_hold_enough():
    found = changes(early=[-1] * 3, mid=[0] * 6, late=[1] * 6)
    main = found.loc[choose_findings(found, ["iran"])]
    assert main[["before", "after"]].to_numpy().tolist() == [["mid", "late"]]


def test_choose_findings_few_answer_where_none_hold_enough():
    found = changes(early=[-1] * 3, mid=[0] * 4, late=[1] * 3)
    main = found.loc[choose_findings(found, ["iran"])]
    assert main[["before", "after", "change"]].to_numpy().tolist() == [["early", "late", "few"]]


def test_choose_findings_hand_codes_before_the_measure_unless_they_are_few():
    lexicon = changes(early=[-1] * 6, late=[1] * 6).assign(basis="lexicon")
    for codes, basis in ((changes(early=[-1] * 6, late=[1] * 6), "hand"), (changes(early=[-1], late=[1]), "lexicon")):
        found = pd.concat([lexicon, codes], ignore_index=True)
        assert found.loc[choose_findings(found, ["iran"]), "basis"].tolist() == [basis]


def test_choose_findings_own_voice_before_a_larger_one():
    third = changes(early=[-1] * 20, late=[1] * 20).assign(voice="third_party")
    found = pd.concat([third, changes(early=[-1] * 6, late=[1] * 6)], ignore_index=True)
    assert found.loc[choose_findings(found, ["iran"]), "voice"].tolist() == ["iran"]


def test_choose_findings_one_row_a_holder():
    found = fill_table([changes(early=[1]).assign(holder=name) for name in ("iran", "china")], "FINDINGS")
    assert choose_findings(found, ["china", "iran", "china"]).tolist() == [True, True]


def test_hold_constant_mix_of_outlets_that_makes_the_whole_change():
    codes, documents, means = told(early=[-2] * 8 + [2] * 2, late=[-2] * 2 + [2] * 8)
    documents = documents.assign(source=["a"] * 8 + ["b"] * 2 + ["a"] * 2 + ["b"] * 8)
    change = find_changes(codes, documents, means).iloc[0]
    assert change["estimate"] == pytest.approx(2.4)
    held = hold_constant(codes, documents, change.to_dict(), "source").iloc[0]
    assert held["estimate"] == pytest.approx(0)
    assert (held["hold"], held["n_left_out"], held["before"]) == ("source", 0, "early")


def test_hold_constant_no_outlet_on_both_sides_gives_no_row():
    codes, documents, means = told(early=[-2] * 6, late=[2] * 6)
    documents = documents.assign(source=np.repeat(["a", "b"], 6))
    change = find_changes(codes, documents, means).iloc[0]
    assert not len(hold_constant(codes, documents, change.to_dict(), "source"))


def test_find_changes_says_the_dates_held_and_whether_coders_differ():
    documents = pd.DataFrame(
        {
            "doc_id": list("abcd"), "coder": ["x", "x", "y", "y"],
            "date": pd.to_datetime(["2018-02-01", "2019-03-01", "2022-04-01", "2023-05-01"]),
        }
    )  # fmt: skip
    codes = pd.DataFrame({"doc_id": list("abcd"), "position": [-1, 0, 1, 2], "voice": "iran"})
    periods = [("then", "2015-01-01", "2020-12-31"), ("now", "2022-01-01", "2026-12-31")]

    def found(**changed):
        changed = documents.assign(**changed)
        means = measure_periods(codes, changed, holder="iran", periods=periods)
        return find_changes(codes, changed, means).iloc[0]

    one = found()
    days = [f"{one[name]:%Y-%m-%d}" for name in ("before_from", "before_until", "after_from", "after_until")]
    assert days == ["2018-02-01", "2019-03-01", "2022-04-01", "2023-05-01"]
    assert one["coders"] == "apart"
    assert found(coder="x")["coders"] == "same"
    assert found(coder=["x", "y", "y", "y"])["coders"] == "mixed"
    assert found(coder=None)["coders"] is None

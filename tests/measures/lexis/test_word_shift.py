import numpy as np
import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError
from discourse.measures.lexis.shift_rows import NONE, REST
from discourse.tables import check

RANDOM = np.random.default_rng(8)
DOCUMENTS = pd.DataFrame({"doc_id": [f"d{place:02}" for place in range(40)], "source": ["x", "y"] * 20, "date": pd.NaT})
MATCHES = pd.DataFrame({
    "doc_id": RANDOM.choice(DOCUMENTS["doc_id"], 300),
    "pattern": RANDOM.choice(list("abcdef"), 300, p=[0.3, 0.25, 0.2, 0.15, 0.06, 0.04]),
})  # fmt: skip
MATCHES["weight"] = MATCHES["pattern"].map({"a": 1.0, "b": -1.0, "c": 2.0, "d": 0.5, "e": -2.0, "f": 0.0})
SIDES = {"between": ("x", "y"), "by": "source"}


def positions():
    return pd.DataFrame({
        "doc_id": ["d00", "d00", "d01", "d03", "d02"], "holder": "h", "target": "t", "voice": ["h", "o", "h", "h", "h"],
        "cues": ["p|q", "p", "q", "r|r", "q"], "codes": ["2|-1", "2", "-2", "1|1", "-1"],
        "rules": ["one|two", "one", "two", "one|two", "two"],
    })  # fmt: skip


def test_word_shift_contributions_sum_to_the_change_of_the_mean():
    found = dc.word_shift(MATCHES, DOCUMENTS, **SIDES)
    check(found, "WORD_SHIFT")
    side = MATCHES["doc_id"].map(DOCUMENTS.set_index("doc_id")["source"])
    means = MATCHES.groupby(side)["weight"].mean()
    assert found["mean_a"].iloc[0] == pytest.approx(means["x"])
    assert found["mean_b"].iloc[0] == pytest.approx(means["y"])
    assert found["contribution"].sum() == pytest.approx(means["y"] - means["x"])
    assert (found["from_share"] + found["from_score"]).tolist() == pytest.approx(found["contribution"].tolist())
    assert found["contribution"].abs().is_monotonic_decreasing


@pytest.mark.parametrize("reference", [None, 0.0, 7.0])
def test_word_shift_sums_to_the_change_whatever_the_reference(reference):
    found = dc.word_shift(MATCHES, DOCUMENTS, **SIDES, reference=reference, n_draws=20)
    assert found["contribution"].sum() == pytest.approx(found["change"].iloc[0])


def test_word_shift_equals_the_formula_of_gallagher():
    found = dc.word_shift(MATCHES, DOCUMENTS, **SIDES, reference=0.2, n_draws=20).set_index("entry")
    side = MATCHES["doc_id"].map(DOCUMENTS.set_index("doc_id")["source"])
    shares = pd.crosstab(MATCHES["pattern"], side, normalize="columns")
    weight = MATCHES.groupby("pattern")["weight"].first()
    expected = (shares["y"] - shares["x"]) * (weight - 0.2)
    assert found.loc[expected.index, "contribution"].tolist() == pytest.approx(expected.tolist())


def test_word_shift_intervals_hold_the_contributions_and_stories_are_resampled():
    alone = dc.word_shift(MATCHES, DOCUMENTS, **SIDES)
    assert (alone["lower"] <= alone["contribution"]).all()
    assert (alone["contribution"] <= alone["upper"]).all()
    story = DOCUMENTS.assign(story=[f"s{place // 8}" for place in range(40)])
    clustered = dc.word_shift(MATCHES, story, **SIDES, cluster="story")
    assert clustered["n_units"].iloc[0] == 5
    assert clustered["contribution"].tolist() == pytest.approx(alone["contribution"].tolist())
    assert clustered["lower"].tolist() != alone["lower"].tolist()


def test_word_shift_of_positions_weighs_documents_alike():
    found = dc.word_shift(positions(), DOCUMENTS, **SIDES, n_draws=20).set_index("entry")
    assert found["mean_a"].iloc[0] == pytest.approx(np.mean([np.mean([2, -1, 2]), -1]))
    assert found["mean_b"].iloc[0] == pytest.approx(np.mean([-2, 1]))
    assert found.loc["p", "share_a"] == pytest.approx((2 / 3) / 2)
    assert found.loc["q", ["score_a", "score_b"]].tolist() == pytest.approx([-1, -2])
    assert found["contribution"].sum() == pytest.approx(found["change"].iloc[0])


def test_word_shift_with_document_positions_sums_to_the_change_of_the_mean_position():
    own = pd.DataFrame({"doc_id": ["d00", "d01", "d02", "d03", "d05"], "holder": "h", "target": "t"})
    own["position"] = [2, -1, -1, 1, 2]
    found = dc.word_shift(positions(), DOCUMENTS, **SIDES, positions=own, n_draws=20).set_index("entry")
    assert found["mean_a"].iloc[0] == pytest.approx(np.mean([2, -1]))
    assert found["mean_b"].iloc[0] == pytest.approx(np.mean([-1, 1, 2]))
    assert found["contribution"].sum() == pytest.approx(found["change"].iloc[0])
    rest = np.mean([-1 + 2, 1 - 1, 0]) - np.mean([2 - 1, -1 + 1])
    assert found.loc[REST, "contribution"] == pytest.approx(rest)
    assert found.loc[NONE, ["n_a", "n_b", "score_b"]].tolist() == [0, 1, 2]


def test_word_shift_of_rules_parts_by_rule():
    found = dc.word_shift(positions(), DOCUMENTS, **SIDES, of="rule", n_draws=20)
    assert sorted(found["entry"]) == ["one", "two"]


def test_word_shift_voices_are_sides():
    found = dc.word_shift(positions(), DOCUMENTS, between=("h", "o"), by="voice", n_draws=20)
    assert found["n_docs_b"].iloc[0] == 1
    assert found["lower"].isna().all()


def error_of(table=MATCHES, documents=DOCUMENTS, **asked):
    with pytest.raises(SchemaError) as error:
        dc.word_shift(table, documents, **(SIDES | asked))
    return str(error.value)


def test_word_shift_sets_that_overlap_are_refused():
    message = error_of(between=({"source": ["x", "y"]}, {"source": "y"}), by=None)
    assert message.startswith("`between` names sets that overlap: x + y and y share 20 documents. First: 'd01', ")


def test_word_shift_period_without_dates_is_refused():
    assert error_of(between=("2015", "2016"), by="period") == (
        "`between` asks for a period, but no document has a date. Resolve the dates (resolve_dates)."
    )


def test_word_shift_several_holders_are_refused():
    table = positions().assign(holder=["h", "h", "i", "h", "h"])
    assert error_of(table) == "`table` has 2 values of 'holder': 'h', 'i'. Choose one by `holder`."


def test_word_shift_unknown_holder_is_refused():
    assert error_of(positions(), holder="z") == "`holder` is 'z', which no row has; there is 'h'."


def test_word_shift_cue_of_matches_is_refused():
    assert error_of(of="cue") == "`of` is 'cue'; it must be one of 'category', 'pattern'."


def test_word_shift_no_match_is_refused():
    assert error_of(MATCHES.iloc[:0]) == (
        "`table` holds no match, so that nothing has a score. Take another lexicon or corpus."
    )


def test_word_shift_documents_that_lack_some_are_refused():
    assert error_of(documents=DOCUMENTS.iloc[1:]) == (
        "`documents` lacks 1 documents of `table`. First: 'd00'. Pass the documents that it was made from."
    )

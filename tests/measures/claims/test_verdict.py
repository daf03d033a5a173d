"""Verdicts: what is shown, what rests on one thing, each at its edge."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.claims.flips import find_smallest_flip
from discourse.measures.claims.specifications import try_specifications
from discourse.measures.claims.verdict import judge_claim, weigh_specifications
from discourse.tables import check

BASE = {
    "claim": "c", "specification": 0, "differs": "", "n_differs": 0, "left_out": "", "periods": "stated",
    "outlets": "all", "copies": "cluster", "measure": "share", "estimate_first": 0.0, "estimate_second": 0.5,
    "difference": 0.5, "lower": 0.2, "upper": 0.8, "relative": 2.0, "n_first": 20, "n_second": 20, "n_units": 40,
    "sign": True, "holds": True,
}  # fmt: skip


def tried(*others, **base):
    rows = [BASE | base] + [
        BASE | {"specification": n, "differs": f"without entry: {n}", "left_out": f"entry: {n}", "n_differs": 1} | other
        for n, other in enumerate(others, 1)
    ]
    return pd.DataFrame(rows)


def verdict_of(*others, **base):
    return judge_claim(tried(*others, **base)).iloc[0]


def second(value, **more):
    return {"estimate_second": value, "difference": value, "sign": value > 0} | more


def test_judge_claim_half_of_the_difference_is_fragile_and_less_is_not():
    at = verdict_of(second(0.25), second(0.4))
    assert (at["verdict"], at["rests_on"], at["carried"]) == ("fragile", "without entry: 1", 0.5)
    below = verdict_of(second(0.26), second(0.4))
    assert (below["verdict"], below["carried"]) == ("robust", pytest.approx(0.48))
    assert pd.isna(below["rests_on"])


def test_judge_claim_heaviest_thing_is_named():
    assert verdict_of(second(0.2), second(-0.1, holds=False))["rests_on"] == "without entry: 2"


def test_judge_claim_interval_alone_makes_it_unsure_not_fragile():
    assert verdict_of(second(0.4, holds=False))["verdict"] == "unsure"


def test_judge_claim_base_that_does_not_hold_is_not_shown():
    found = verdict_of(second(0.1), holds=False)
    assert found["verdict"] == "not shown"
    assert pd.isna(found["rests_on"])


def test_judge_claim_combinations_do_not_decide():
    several = second(-0.5, holds=False, n_differs=2)
    found = verdict_of(several)
    assert (found["verdict"], found["n_specifications"], found["n_holds"], found["n_sign"]) == ("robust", 2, 1, 1)


def test_judge_claim_specifications_without_estimate_do_not_count():
    nothing = second(np.nan, estimate_first=np.nan, holds=False)
    found = verdict_of(nothing, second(0.4))
    assert (found["n_specifications"], found["n_holds"]) == (2, 2)
    assert found["verdict"] == "unsure"


def test_judge_claim_stricter_threshold_takes_nothing_where_proportions_stay():
    halved = {"estimate_first": 0.125, "estimate_second": 0.375, "difference": 0.25, "left_out": ""}
    levels = {"estimate_first": 0.25, "estimate_second": 0.75}
    assert verdict_of(halved | {"differs": "threshold: 3"}, **levels)["verdict"] == "robust"
    assert verdict_of(halved | {"left_out": "entry: 1"}, **levels)["verdict"] == "fragile"


def test_judge_claim_sizes_come_from_flips(documents, lexicon, claim):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1)
    found = judge_claim(table, find_smallest_flip(claim, documents, lexicon=lexicon))
    check(found, "VERDICTS")
    row = found.iloc[0]
    assert (row["verdict"], row["rests_on"]) == ("fragile", "without entry: إرهاب")
    assert [row[f"size_{name}"] for name in ("interval", "half", "sign")] == [1, 1, 1]
    assert judge_claim(table)["size_sign"].isna().all()


def test_judge_claim_tables_of_two_claims_are_refused(documents, lexicon, claim):
    flips = find_smallest_flip(claim, documents, lexicon=lexicon)
    with pytest.raises(SchemaError, match="^`flips` and `specifications` are of two claims: their digests differ"):
        judge_claim(tried(), flips)


def test_judge_claim_without_base_is_refused():
    with pytest.raises(SchemaError, match="^`specifications` has 0 rows of specification 0, the base"):
        judge_claim(tried(second(0.4)).iloc[1:])
    with pytest.raises(SchemaError, match="^`specifications` lacks the columns 'holds'"):
        judge_claim(tried().drop(columns="holds"))


def test_judge_claim_tables_read_back_from_csv_give_the_same_verdict(documents, lexicon, claim, tmp_path):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=30)
    flips = find_smallest_flip(claim, documents, lexicon=lexicon)
    again = []
    for name, one in (("table", table), ("flips", flips)):
        one.to_csv(tmp_path / f"{name}.csv", index=False)
        again.append(pd.read_csv(tmp_path / f"{name}.csv"))
    pd.testing.assert_frame_equal(judge_claim(*again), judge_claim(table, flips))


def test_weigh_specifications_other_measures_are_compared_in_proportion():
    table = tried({"measure": "per_1000", "estimate_first": 2.0, "estimate_second": 6.0, "left_out": ""},
                  estimate_first=0.25, estimate_second=0.75)  # fmt: skip
    assert weigh_specifications(table).tolist() == [0, 0]

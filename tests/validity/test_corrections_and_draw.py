"""Corrections beside a draw: an exact test counted by hand, what is refused, and what mends the measure."""

from fractions import Fraction
from math import comb

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.validity.corrected_tables import apply_corrections
from discourse.validity.correction import correct_by_period
from discourse.validity.corrections import COLUMNS
from discourse.validity.corrections_and_draw import compare_with_draw, measure_as_corrected
from discourse.validity.sampling import sample_for_coding
from discourse.validity.validation import validate

N = 400
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": [f"d{number:03}" for number in range(N)],
        "date": pd.to_datetime(np.where(np.arange(N) < N // 2, "2020-06-01", "2021-06-01")),
        "source": np.where(np.arange(N) % 2, "x", "y"),
        "text": "x",
    }
)
TRUE = np.random.default_rng(11).integers(-2, 2, N)
FOUND = pd.DataFrame(
    {
        "doc_id": DOCUMENTS["doc_id"], "position": (TRUE + (np.arange(N) >= N // 2)).astype("int8"),
        "holder": "russia", "target": "taliban", "voice": "russia",
    }
)  # fmt: skip
PLAN = sample_for_coding(DOCUMENTS, n=80, freq="YS")
DRAWN = PLAN.loc[PLAN["drawn"], "doc_id"].tolist()
CODES = pd.DataFrame({"doc_id": DOCUMENTS["doc_id"], "position": TRUE.astype(str)})
CODES = CODES[CODES["doc_id"].isin(DRAWN)]
OTHERS = PLAN.loc[~PLAN["drawn"], "doc_id"].tolist()


def said(doc_ids):
    """Return what a reader says who makes the position of these documents right."""
    true = dict(zip(DOCUMENTS["doc_id"], TRUE.astype(str), strict=True))
    rows = [
        {"doc_id": doc, "what": "position", "holder": "russia", "target": "taliban", "corrected": true[doc]}
        for doc in doc_ids
    ]
    return pd.DataFrame(rows).reindex(columns=list(COLUMNS)).assign(coder="ann", date="2026-01-01")


def hypergeometric(n, drawn, corrected):
    ways = [
        comb(corrected, both) * comb(n - corrected, drawn - both) if both <= drawn else 0
        for both in range(corrected + 1)
    ]
    return [Fraction(one, comb(n, drawn)) for one in ways]


# The test ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("both", "corrected"), [(0, 3), (1, 3), (2, 4), (3, 3), (5, 5), (0, 20), (10, 12)])
def test_compare_with_draw_one_stratum_is_fishers_test_by_hand(both, corrected):
    plan = sample_for_coding(DOCUMENTS.head(40), n=10)
    drawn, others = (plan.loc[plan["drawn"] == one, "doc_id"].tolist() for one in (True, False))
    table = compare_with_draw(drawn[:both] + others[: corrected - both], plan)
    law = hypergeometric(40, 10, corrected)
    assert table[["stratum", "n_units", "n_drawn", "n_corrected", "n_both"]].values.tolist() == [
        ["all", 40, 10, corrected, both], [table.loc[1, "stratum"], 40, 10, corrected, both],
    ]  # fmt: skip
    assert table["expected"].tolist() == pytest.approx([corrected / 4] * 2)
    assert table["p"].tolist() == pytest.approx([float(sum(one for one in law if one <= law[both]))] * 2)


def test_compare_with_draw_strata_add_up_and_do_not_cancel():
    plan = sample_for_coding(DOCUMENTS.head(40), n=20, strata="source")
    own = {
        (stratum, drawn): part["doc_id"].tolist()
        for (stratum, drawn), part in plan.groupby(["stratum", "drawn"])
    }  # fmt: skip
    assert {key: len(part) for key, part in own.items()} == dict.fromkeys(own, 10)
    table = compare_with_draw(own["x", True][:5] + own["y", False][:5], plan)
    law = hypergeometric(20, 10, 5)
    one = float(law[0] + law[5])
    assert table["p"].tolist() == pytest.approx([2 * 2 * one, one, one])
    assert table.loc[0, ["n_both", "expected"]].tolist() == [5, 5]
    both = np.convolve([float(p) for p in law], [float(p) for p in law])
    table = compare_with_draw(own["x", True][:5] + own["y", True][:5], plan)
    assert table.loc[0, "p"] == pytest.approx(2 * (both[0] + both[10]))


def test_compare_with_draw_unequal_chances_count_each_with_its_own():
    documents = DOCUMENTS.head(12).assign(score=np.arange(12.0))
    plan = sample_for_coding(documents, n=4, score="score").set_index("doc_id")
    chosen = plan.index[[0, 5, 11]]
    law = np.ones(1)
    for chance in plan.loc[chosen, "unit_probability"]:
        law = np.convolve(law, [1 - chance, chance])
    both = int(plan.loc[chosen, "drawn"].sum())
    table = compare_with_draw(chosen, plan.reset_index())
    assert table.loc[0, "p"] == pytest.approx(law[law <= law[both] + 1e-12].sum())
    assert table.loc[0, "expected"] == pytest.approx(plan.loc[chosen, "unit_probability"].sum())


def test_compare_with_draw_stories_are_units():
    documents = DOCUMENTS.head(40).assign(story=[f"s{number // 4}" for number in range(40)])
    plan = sample_for_coding(documents, n=5, cluster="story")
    row = compare_with_draw(["d000", "d001", "d004"], plan).loc[0]
    assert row[["n_units", "n_drawn", "n_corrected"]].tolist() == [10, 5, 2]


def test_compare_with_draw_of_none_is_1_and_of_unknown_documents_refused():
    assert compare_with_draw([], PLAN).loc[0, ["n_corrected", "p"]].tolist() == [0, 1]
    with pytest.raises(SchemaError) as caught:
        compare_with_draw(["d000", "z"], PLAN)
    assert str(caught.value) == (
        "`plan` does not know 1 of the corrected documents. First: 'z'. Pass the plan that was drawn from all "
        "documents."
    )


def test_compare_with_draw_honest_readers_are_seldom_taken_for_others():
    generator = np.random.default_rng(1)
    ps = [
        compare_with_draw(generator.choice(DOCUMENTS["doc_id"], 30, replace=False), PLAN).loc[0, "p"]
        for _ in range(100)
    ]
    assert np.mean(np.array(ps) < 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 100)


# The series ----------------------------------------------------------------------------------------------------------


def corrected(rows, **options):
    return correct_by_period(FOUND, DOCUMENTS, CODES, PLAN, seen=False, corrections=rows, **options)


def test_correct_by_period_corrections_without_regard_to_the_draw_mend_the_measured_values():
    plain = correct_by_period(FOUND, DOCUMENTS, CODES, PLAN, seen=False)
    table = corrected(said(DOCUMENTS["doc_id"][1::2]))
    assert table["n_coded"].tolist() == plain["n_coded"].tolist()
    assert table["uncorrected"].tolist() == pytest.approx([TRUE[:200].mean(), TRUE[200:].mean() + 0.5])
    truth = [TRUE[:200].mean(), TRUE[200:].mean()]
    assert ((table["lower"] <= truth) & (table["upper"] >= truth)).all()
    assert table["note"].tolist() == ["", "readers' corrections move 100 documents (the uncorrected value by -0.5)"]


def test_correct_by_period_corrections_of_a_measure_that_errs_at_random_narrow_the_interval():
    noise = np.random.default_rng(2).integers(-2, 3, N)
    found = FOUND.assign(position=np.clip(TRUE + noise, -2, 2).astype("int8"))
    wide, narrow = (
        correct_by_period(found, DOCUMENTS, CODES, PLAN, seen=False, corrections=rows)
        for rows in (None, said(DOCUMENTS["doc_id"][np.arange(N) % 10 > 0]))
    )
    assert (narrow["se_codes"] < 0.6 * wide["se_codes"]).all()


def test_correct_by_period_corrections_are_never_codes():
    wrong = said(OTHERS[::3]).assign(corrected="2")
    with_one = corrected(pd.concat([wrong, said(DRAWN[::3]).assign(corrected="2")]))
    truth = [TRUE[:200].mean(), TRUE[200:].mean()]
    assert ((with_one["lower"] <= truth) & (with_one["upper"] >= truth)).all()
    assert with_one["n_coded"].sum() == len(DRAWN)


@pytest.mark.parametrize("chosen", [DRAWN, OTHERS[:200]])
def test_correct_by_period_corrections_that_hang_together_with_the_draw_are_refused(chosen):
    second = [doc for doc in chosen if doc >= "d200"]  # elsewhere the measure is right
    expected = len(second) / 5
    p = compare_with_draw(second, PLAN).loc[0, "p"]
    with pytest.raises(SchemaError) as caught:
        corrected(said(chosen))
    assert str(caught.value) == (
        f"`corrections` change the measured value of {len(second)} stories, of which "
        f"{len(set(second) & set(DRAWN))} were drawn and chance would draw {expected:.1f} (p = {p:.2g}): they hang "
        "together with the draw, and the estimate would be biased. Leave `corrections` out, which the estimate does "
        "not need, or take corrections that were made without regard to the draw."
    )


def test_correct_by_period_corrections_that_confirm_change_nothing_wherever_they_stand():
    plain = correct_by_period(FOUND, DOCUMENTS, CODES, PLAN, seen=False)
    first = [doc for doc in DRAWN if doc < "d200"]
    pd.testing.assert_frame_equal(corrected(said(first)), plain)
    pd.testing.assert_frame_equal(corrected(said([])), plain)


def test_correct_by_period_corrections_of_sentences_need_their_table():
    row = said(["d300"]).assign(what="sentence", start_char=0, end_char=1, corrected="0")
    with pytest.raises(SchemaError) as caught:
        corrected(row)
    assert str(caught.value) == (
        "`corrections` has 1 of sentences and matches, which lead to other values of `found` only with the table that "
        "it was made of. First: of 'd300'. Pass corrections=apply_corrections(found, corrections, sentences=...)."
    )
    rows = said(DOCUMENTS["doc_id"][1::2])
    pd.testing.assert_frame_equal(corrected(apply_corrections(FOUND, rows)), corrected(rows))


def test_measure_as_corrected_another_pair_is_refused():
    with pytest.raises(
        SchemaError, match=r"^`corrections` is no pair that apply_corrections\(\) returns\. Pass CORRECTI"
    ):
        measure_as_corrected(FOUND, (FOUND, FOUND))


# Validation ----------------------------------------------------------------------------------------------------------


def figures(made, name):
    return made[name].query("by == 'all'").set_index("figure")["estimate"]


@pytest.mark.parametrize(
    ("chosen", "plan", "after", "note"),
    [
        (DRAWN, PLAN, 1.0, "and looked at with the draw in view (p = "),
        (DRAWN, None, 1.0, "with corrections in 40 documents: not a sample, what readers looked at"),
        (DOCUMENTS["doc_id"][1::2], PLAN, None, "; they do not hang together with the draw (p = "),
    ],
)
def test_validate_corrections_give_figures_before_and_after_and_say_of_what(chosen, plan, after, note):
    codes = CODES.assign(holder="russia")
    plain = validate(FOUND, codes, DOCUMENTS, plan=plan)
    made = validate(FOUND, codes, DOCUMENTS, plan=plan, corrections=said(chosen))
    for name in ("figures", "confusion", "errors"):
        pd.testing.assert_frame_equal(made[name], plain[name])
    assert figures(made, "figures")["six_way"] == pytest.approx(0.5)
    assert figures(made, "figures_corrected")["six_way"] > 0.6
    if after is not None:
        assert figures(made, "figures_corrected")["six_way"] == after
    assert note in made["figures_corrected"]["note"].iloc[0]
    assert made["figures_corrected"]["note"].nunique() == 1
    assert len(made["outcomes"]) == len(chosen)

"""Answers against codes: hand counts, what is judged, the edges of each figure, what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from discourse.errors import SchemaError
from discourse.validity.agreement import measure_agreement
from discourse.validity.answers import count_answers, match_answers, score_against_codes

# ten documents of one holder: code, position (null: none)
ROWS = [
    ("a", 2, 2), ("b", 2, 1), ("c", 1, -1), ("d", 0, 0), ("e", -2, None), ("f", -1, -1), ("g", None, None),
    ("h", None, 1), ("i", None, None), ("j", 1, 0),
]  # fmt: skip


def tables(rows, holder="russia"):
    codes = pd.DataFrame([(doc, holder, code) for doc, code, _ in rows], columns=["doc_id", "holder", "position"])
    found = [(doc, holder, position) for doc, _, position in rows if position is not None]
    return pd.DataFrame(found, columns=["doc_id", "holder", "position"]), codes


def figures(*args, **options):
    return score_against_codes(*args, **options).set_index("figure")


def test_score_against_codes_ten_documents_equal_the_count_by_hand():
    table = figures(*tables(ROWS))
    assert table["n"].to_dict() == {
        "six_way": 10, "holder_precision": 7, "holder_recall": 7, "holder_f1": 8, "exact": 6, "within_one": 6,
        "sign": 6, "alpha_ordinal": 6,
    }  # fmt: skip
    expected = {  # right: a d f g i; both: a b c d f j
        "six_way": 5 / 10, "holder_precision": 6 / 7, "holder_recall": 6 / 7, "holder_f1": 12 / 14, "exact": 3 / 6,
        "within_one": 5 / 6, "sign": 4 / 6,
    }  # fmt: skip
    for name, value in expected.items():
        assert table.loc[name, "estimate"] == pytest.approx(value), name
    lower, upper = beta.ppf(0.025, 5, 5.75), beta.ppf(0.975, 5.75, 5)  # Clopper and Pearson with 3/4 of a document
    assert table.loc["six_way", ["lower", "upper"]].tolist() == pytest.approx([lower, upper], abs=1e-6)
    assert table.loc["six_way", "method"] == "beta"


def test_score_against_codes_alpha_is_that_of_the_coders_agreement():
    positions, codes = tables(ROWS)
    both = codes.dropna(subset=["position"]).merge(positions, on="doc_id", suffixes=("_a", "_b"))
    long = both.melt("doc_id", ["position_a", "position_b"], "coder", "value").rename(columns={"doc_id": "unit_id"})
    other = measure_agreement(long.assign(variable="position")).iloc[0]
    mine = figures(positions, codes).loc["alpha_ordinal"]
    assert mine[["n", "estimate", "lower", "upper"]].tolist() == other[["n_units", "alpha", "lower", "upper"]].tolist()


def test_score_against_codes_all_missed_leaves_what_both_have_null():
    positions, codes = tables([("a", 1, None), ("b", -1, None), ("c", None, None)])
    table = figures(positions.astype({"position": float}), codes)
    assert table.loc["six_way", "estimate"] == pytest.approx(1 / 3)
    assert table.loc["holder_recall", "estimate"] == 0
    assert table.loc[["holder_precision", "exact", "alpha_ordinal"], "estimate"].isna().all()
    assert table.loc[["holder_precision", "exact", "alpha_ordinal"], "n"].tolist() == [0, 0, 0]


def test_match_answers_holder_named_elsewhere_counts_and_holder_never_named_does_not():
    codes = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia", "iran"], "position": [1, -1]})
    found = [("a", "iran", 2), ("a", "china", 2), ("z", "iran", 2)]
    positions = pd.DataFrame(found, columns=["doc_id", "holder", "position"])
    assert match_answers(positions, codes).to_numpy().tolist() == [
        ["a", "iran", "none", "2"],
        ["a", "russia", "1", "none"],
        ["b", "iran", "-1", "none"],
    ]


def test_match_answers_documents_and_holders_without_any_code_count_where_they_are_named():
    codes = pd.DataFrame({"doc_id": ["a"], "holder": ["russia"], "position": [1]})
    found = [("a", "russia", 1), ("b", "russia", 2), ("b", "iran", 2), ("b", "china", 2), ("z", "iran", 2)]
    positions = pd.DataFrame(found, columns=["doc_id", "holder", "position"])
    assert len(match_answers(positions, codes)) == 1
    with_b = match_answers(positions, codes, doc_ids=["a", "b"])
    assert with_b.to_numpy().tolist() == [["a", "russia", "1", "1"], ["b", "russia", "none", "2"]]
    listed = {"doc_ids": ["a", "b"], "holders": ["russia", "iran"]}
    assert len(match_answers(positions, codes, **listed)) == 3
    assert figures(positions, codes, **listed).loc["holder_precision", ["n", "estimate"]].tolist() == [3, 1 / 3]
    assert count_answers(positions, codes, **listed).set_index("code").loc["none", "2"] == 2
    nobody = match_answers(positions, codes.head(0), **listed)
    assert nobody["hand"].tolist() == ["none"] * 3


def test_match_answers_target_is_part_of_the_key_where_the_codes_have_it():
    codes = pd.DataFrame({"doc_id": ["a"], "holder": ["iran"], "target": ["isis"], "position": [-2]})
    positions = pd.DataFrame({"doc_id": ["a"], "holder": ["iran"], "target": ["taliban"], "position": [1]})
    assert match_answers(positions, codes).to_numpy().tolist() == [["a", "iran", "isis", "-2", "none"]]
    assert match_answers(positions, codes.drop(columns="target")).to_numpy().tolist() == [["a", "iran", "-2", "1"]]


def test_score_against_codes_order_of_rows_changes_nothing():
    positions, codes = tables(ROWS)
    shuffled = score_against_codes(positions.sample(frac=1, random_state=1), codes.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(shuffled, score_against_codes(positions, codes))


def test_score_against_codes_clusters_are_drawn_whole():
    rows = [(f"{pair}{member}", 1, 1 if pair < 5 else None) for pair in range(10) for member in "xy"]
    positions, codes = tables(rows)
    pairs = {doc: doc[:-1] for doc, _, _ in rows}
    alone, together = figures(positions, codes), figures(positions, codes, clusters=pairs)
    assert alone.loc["six_way", "estimate"] == together.loc["six_way", "estimate"] == 0.5
    width = [table.loc["six_way", "upper"] - table.loc["six_way", "lower"] for table in (alone, together)]
    assert width[1] > 1.2 * width[0]
    assert together.loc["six_way", "method"] == "beta"


def test_score_against_codes_two_holders_of_a_document_are_drawn_together():
    rows = [(f"d{number}", 1 if number % 2 else -1, 1) for number in range(12)]
    (positions, codes), (more, also) = tables(rows), tables(rows, "iran")
    once = figures(positions, codes)
    twice = figures(pd.concat([positions, more]), pd.concat([codes, also]))
    assert twice.loc["six_way", "n"] == 24
    assert twice.loc["six_way", "method"] == "beta"
    both = [table.loc["six_way", "upper"] - table.loc["six_way", "lower"] for table in (once, twice)]
    assert both[1] == pytest.approx(both[0], abs=0.08)  # the second holder says nothing new
    drawn = [table.loc["alpha_ordinal", "n"] for table in (once, twice)]
    assert drawn == [12, 24]


def test_score_against_codes_alpha_of_copies_is_no_surer_than_of_one_each():
    rows = [(f"d{n}", code, got) for n, (code, got) in enumerate([(1, 1), (2, 1), (-1, -1), (-2, 0), (0, 0), (1, 2)])]
    copies = [(f"{doc}{copy}", code, got) for doc, code, got in rows for copy in "xyz"]
    one = figures(*tables(rows)).loc["alpha_ordinal"]
    all_of_them = figures(*tables(copies), clusters={doc: doc[:-1] for doc, _, _ in copies}).loc["alpha_ordinal"]
    assert all_of_them["upper"] - all_of_them["lower"] == pytest.approx(one["upper"] - one["lower"], abs=0.1)


def test_count_answers_ten_documents_equal_the_count_by_hand():
    table = count_answers(*tables(ROWS)).set_index("code")
    assert table["n"].to_dict() == {"-2": 1, "-1": 1, "0": 1, "1": 2, "2": 2, "none": 3}
    assert table.loc["none", ["-2", "-1", "0", "1", "2", "none"]].tolist() == [0, 0, 0, 1, 0, 2]
    assert table.loc["1", ["-1", "0", "1"]].tolist() == [1, 1, 0]
    assert table.loc["2", "right"] == 0.5
    assert table[["-2", "-1", "0", "1", "2", "none"]].to_numpy().sum() == 10
    absent = count_answers(*tables([("a", 1, 1)])).set_index("code").loc["-2"]
    assert absent["n"] == 0
    assert np.isnan(absent["right"]) and np.isnan(absent["lower"])


def test_match_answers_repeated_key_says_where():
    positions, codes = tables(ROWS)
    with pytest.raises(SchemaError) as caught:
        match_answers(pd.concat([positions, positions.head(1)]), codes)
    assert str(caught.value) == (
        "`positions` has 1 repeated doc_id + holder; each must stand once. First: 'a + russia'. "
        "Choose one target or one coder."
    )


@pytest.mark.parametrize("value", [3, 0.5, "عداء"])
def test_match_answers_position_off_the_scale_says_which(value):
    positions, codes = tables(ROWS)
    codes["position"] = codes["position"].astype(object)
    codes.loc[0, "position"] = value
    with pytest.raises(SchemaError) as caught:
        match_answers(positions, codes)
    assert str(caught.value) == (
        f"`codes` has 1 positions that are none of -2, -1, 0, 1, 2. First: {value!r}. Recode them, or leave them null."
    )


def test_match_answers_no_code_is_refused():
    positions, codes = tables(ROWS)
    with pytest.raises(SchemaError, match="`codes` has no row"):
        match_answers(positions, codes.head(0))


def test_match_answers_no_document_in_common_is_refused_but_nothing_found_is_an_answer():
    positions, codes = tables(ROWS)
    other = positions.assign(doc_id="x" + positions["doc_id"])
    with pytest.raises(SchemaError, match="`positions` has no document that was coded"):
        score_against_codes(other, codes)
    shared = pd.concat([other, positions.head(1)])
    assert figures(shared, codes).loc["holder_precision", "n"] == 1
    assert figures(positions.head(0), codes).loc["holder_recall", "estimate"] == 0


@pytest.mark.parametrize("name", ["holders", "doc_ids"])
def test_match_answers_one_name_that_is_no_list_is_refused(name):
    with pytest.raises(SchemaError) as caught:
        score_against_codes(*tables(ROWS), **{name: "russia"})
    assert str(caught.value) == f"`{name}` is 'russia'; it must be a list of names. Write ['russia']."
    assert len(match_answers(*tables(ROWS), holders=["russia"])) == len(match_answers(*tables(ROWS)))


def test_match_answers_holders_by_another_name_are_looked_for():
    found, _ = tables([("a", 1, 1), ("b", 1, 1)], "saudi_arabia")
    _, codes = tables([("a", 1, 1)], "saudi_arabia")
    judged = [match_answers(found, codes, doc_ids=["a", "b"], holders=[name]) for name in ("saudi", "saudi_arabia")]
    assert judged[0].values.tolist() == judged[1].values.tolist()
    assert judged[0]["hand"].tolist() == ["1", "none"]


def test_score_against_codes_without_a_draw_is_refused():
    table = pd.DataFrame({"doc_id": ["a", "b"], "holder": "russia", "position": [1, -1]})
    with pytest.raises(SchemaError, match="^`n_draws` is 0; it must be a whole number of at least 1"):
        score_against_codes(table, table, n_draws=0)

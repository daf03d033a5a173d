import numpy as np
import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError
from discourse.measures.change.clustered import ratio_interval
from discourse.measures.intervals import ratio_by_group
from discourse.measures.lexis.keyness import _order_once
from discourse.tables import check

DIGESTS = dc.load_seed("reports")
TOKENS = dc.tokenize(DIGESTS)
YEARS = {"between": (("2015", "2020"), ("2022", "2026")), "by": "period"}
FOUND = dc.keyness(TOKENS, DIGESTS, **YEARS, n_draws=200)


def made(texts, **columns):
    documents = pd.DataFrame({"doc_id": [f"d{place}" for place in range(len(texts))], "text": texts, **columns})
    return dc.tokenize(documents), documents


TEXTS = ["كابل روسيا روسيا", "كابل روسيا", "كابل موسكو", "موسكو موسكو كابل"]
SMALL, SMALL_DOCUMENTS = made(TEXTS, source=["x", "x", "y", "y"], story=["s", "s", "t", "u"])
LEAST = {"min_count": 1, "min_units": 1, "n_draws": 99}


def error_of(**asked):
    with pytest.raises(SchemaError) as error:
        dc.keyness(SMALL, SMALL_DOCUMENTS, **({"between": ("x", "y"), "by": "source"} | LEAST | asked))
    return str(error.value)


def test_keyness_counts_words_documents_and_stories():
    found = dc.keyness(SMALL, SMALL_DOCUMENTS, between=("x", "y"), by="source", cluster="story", **LEAST)
    check(found, "KEYNESS")
    columns = ["n_a", "n_tokens_a", "n_docs_with_a", "n_docs_a", "n_units_with_a", "n_units_a", "n_b", "n_units_b"]
    rows = found.set_index("term")[columns]
    assert rows.loc["روسيا"].tolist() == [3, 5, 2, 2, 1, 1, 0, 2]
    assert rows.loc["كابل"].tolist() == [2, 5, 2, 2, 1, 1, 2, 2]
    assert rows.loc["موسكو"].tolist() == [0, 5, 0, 2, 0, 1, 3, 2]
    assert found.set_index("term").loc["كابل", ["per_1000_a", "per_1000_b"]].tolist() == [400, 400]


def test_keyness_interval_is_that_of_rates_joined():
    row = FOUND.set_index("term").loc["واشنطن"]
    sides = dc.find_periods(DIGESTS, freq="YS").set_index("doc_id")["period"].dt.year.loc[DIGESTS["doc_id"]].to_numpy()
    side = np.select([(sides >= 2015) & (sides <= 2020), sides >= 2022], [0, 1], -1)
    counts = TOKENS["norm"].eq("واشنطن").groupby(TOKENS["doc_id"], observed=False).sum().loc[DIGESTS["doc_id"]]
    words = dc.count_tokens(TOKENS).set_index("doc_id")["n_tokens"].loc[DIGESTS["doc_id"]]
    kept = side >= 0
    made = ratio_by_group(counts.to_numpy()[kept, None], words.to_numpy()[kept], side[kept], ["a", "b"])
    bounds = [tuple(float(made[name][place, 0]) for name in ("estimate", "lower", "upper")) for place in (0, 1)]
    expected = np.log2(ratio_interval(bounds[1], bounds[0]))
    assert row[["log_ratio", "lower", "upper"]].tolist() == pytest.approx(expected.tolist())


def test_keyness_zero_count_is_smoothed_and_has_no_bound_on_that_side():
    row = FOUND.set_index("term").loc["كابول"]
    assert row["n_b"] == 0
    assert row["smoothed"]
    assert row["log_ratio"] == np.log2(row["n_a"] / row["n_tokens_a"]) - np.log2(0.5 / row["n_tokens_b"])
    assert row["lower"] > 0
    assert np.isnan(row["upper"])


def test_keyness_conservative_is_no_further_from_zero_than_the_bound_of_one_term():
    toward = np.where(
        FOUND["log_ratio"] >= 0, FOUND["lower"].fillna(0).clip(lower=0), FOUND["upper"].fillna(0).clip(upper=0)
    )
    assert (FOUND["conservative"].abs() <= np.abs(toward) + 1e-12).all()
    assert FOUND["conservative"].abs().is_monotonic_decreasing


def test_keyness_sides_turned_turn_signs_and_bounds():
    turned = dc.keyness(TOKENS, DIGESTS, between=YEARS["between"][::-1], by="period", n_draws=200).set_index("term")
    found = FOUND.set_index("term").loc[turned.index]
    assert turned["log_ratio"].tolist() == pytest.approx((-found["log_ratio"]).tolist())
    assert turned["lower"].fillna(9).tolist() == pytest.approx((-found["upper"]).fillna(9).tolist())
    assert turned["conservative"].tolist() == pytest.approx((-found["conservative"]).tolist())


def test_keyness_order_of_documents_changes_nothing():
    mixed = DIGESTS.sample(frac=1, random_state=3)
    again = dc.keyness(dc.tokenize(mixed), mixed, **YEARS, n_draws=200)
    pd.testing.assert_frame_equal(again, FOUND)


def test_keyness_copies_of_one_story_are_one_unit():
    texts = ["روسيا كابل"] * 6 + ["موسكو كابل"] * 2 + ["موسكو كابل هنا"] * 2 + ["هنا كابل"] * 2
    tokens, documents = made(texts, source=["x"] * 6 + ["y"] * 6, story=["s"] * 6 + ["t"] * 2 + ["u"] * 2 + ["v"] * 2)
    asked = {"between": ("x", "y"), "by": "source", "min_units": 1, "n_draws": 99}
    alone, stories = dc.keyness(tokens, documents, **asked), dc.keyness(tokens, documents, cluster="story", **asked)
    assert alone.set_index("term").loc["روسيا", "p"] < 0.02
    assert stories.set_index("term").loc["روسيا", "p"] > 0.2
    assert stories["few"].all()


def test_keyness_voices_are_compared_within_documents():
    quotations = dc.find_quotations(DIGESTS, TOKENS)
    asked = {"between": ("outlet", "quoted"), "by": "voice", "quotations": quotations, "n_draws": 99}
    found = dc.keyness(TOKENS, DIGESTS, **asked)
    counts = dc.count_voices(quotations, TOKENS)
    outlet = counts.loc[counts["category"].eq("outlet"), "n_matches"].sum()
    assert found["n_tokens_a"].iloc[0] == outlet
    assert found["n_tokens_b"].iloc[0] == counts["n_matches"].sum() - outlet
    assert found["n_units_both"].iloc[0] > 150
    said = found.set_index("term").loc["وقال"]
    assert said["log_ratio"] > 0
    assert said["p_rate"] < 0.05
    lines = dc.keyness_lines(TOKENS, DIGESTS, "وقال", **{k: v for k, v in asked.items() if k != "n_draws"}, side="a")
    assert len(lines) == said["n_a"]


def test_keyness_random_halves_show_no_difference():
    half = np.random.default_rng(5).permutation(np.arange(len(DIGESTS)) % 2)
    documents = DIGESTS.assign(half=np.where(half == 0, "x", "y"))
    found = dc.keyness(TOKENS, documents, between=("x", "y"), by="half")
    assert not found["p_rate"].lt(0.05).any()
    assert not found["p_any"].lt(0.05).any()
    assert 0.01 < found["p"].lt(0.05).mean() < 0.09


def test_keyness_without_tests_gives_counts_and_pooled_figures_alone():
    found = dc.keyness(TOKENS, DIGESTS, **YEARS, tests=False)
    assert {"p", "lower", "p_pooled", "lrc_pooled", "text_dispersion"} & set(found) == set()
    both = found.set_index("term")[["n_a", "log_ratio", "g2_pooled"]]
    pd.testing.assert_frame_equal(both.sort_index(), FOUND.set_index("term")[both.columns].sort_index())


@pytest.mark.parametrize(("least", "kept"), [(5, True), (6, False)])
def test_keyness_min_count_is_of_both_sets_together(least, kept):
    found = dc.keyness(SMALL, SMALL_DOCUMENTS, between=("x", "y"), by="source", **(LEAST | {"min_count": least - 2}))
    assert ("روسيا" in set(found["term"])) == kept


@pytest.mark.parametrize(("least", "kept"), [(2, True), (3, False)])
def test_keyness_min_units_counts_stories_of_both_sets(least, kept):
    found = dc.keyness(SMALL, SMALL_DOCUMENTS, between=("x", "y"), by="source", **(LEAST | {"min_units": least}))
    assert ("موسكو" in set(found["term"])) == kept


@pytest.mark.parametrize("side", ["a", "b"])
def test_keyness_lines_are_as_many_as_the_term_is_counted(side):
    for term in FOUND["term"].head(5):
        lines = dc.keyness_lines(TOKENS, DIGESTS, term, **YEARS, side=side)
        assert len(lines) == FOUND.set_index("term").loc[term, f"n_{side}"]


def test_keyness_lines_unknown_term_raises():
    with pytest.raises(SchemaError) as error:
        dc.keyness_lines(TOKENS, DIGESTS, "xyz", **YEARS)
    assert str(error.value) == "`term` is 'xyz', which no document has as 'norm'. Take a term as the table has it."


def test_keyness_sets_that_overlap_are_refused():
    message = error_of(between=({"source": ["x", "y"]}, {"source": "y"}), by=None)
    assert message == (
        "`between` names sets that overlap: x + y and y share 2 documents. First: 'd2', 'd3'. Draw the border so that "
        "each lies on one side."
    )


def test_keyness_one_document_is_refused():
    message = error_of(between=({"story": "t"}, {"source": "x"}), by=None)
    assert message == (
        "`between` (t) holds 1 document with a word; what texts differ by cannot be told from one, so a set has at "
        "least 2. Take a wider set."
    )


def test_keyness_value_that_no_document_has_is_refused():
    assert error_of(between=("x", "z")) == "`between` names 'z', which no row has in 'source'; it has 'x', 'y'."


def test_keyness_period_without_dates_is_refused():
    with pytest.raises(SchemaError) as error:
        dc.keyness(SMALL, SMALL_DOCUMENTS.assign(date=pd.NaT), between=("2015", "2016"), by="period")
    assert str(error.value) == (
        "`between` asks for a period, but no document has a date. Resolve the dates (resolve_dates)."
    )


def test_keyness_empty_period_is_refused():
    with pytest.raises(SchemaError) as error:
        dc.keyness(TOKENS, DIGESTS, between=("1990", "2022"), by="period")
    assert str(error.value).startswith("`between` (1990) holds no document that is measured. The dates run from ")


def test_keyness_voice_without_quotations_is_refused():
    assert error_of(between=("outlet", "quoted"), by="voice") == (
        "`quotations` is missing, which says whose words are whose. Pass find_quotations(...)."
    )


def test_keyness_voice_on_one_side_is_refused():
    assert error_of(between=({"voice": "outlet"}, {"source": "x"}), by=None) == (
        "`between` names a voice on one side only: outlet against x. Name one on each side, such as 'quoted' and "
        "'outlet'."
    )


def test_keyness_no_term_frequent_enough_is_refused():
    assert error_of(min_count=99) == (
        "No term stands 99 times in 1 stories of both sets (x, y). Lower `min_count` or `min_units`, or take wider "
        "sets."
    )


def test_keyness_between_that_is_no_pair_is_refused():
    assert error_of(between=("x",)) == (
        "`between` is ('x',); it must be a pair of sets, such as ({'source': 'ahram'}, {'source': 'hayat'}), or with "
        "by='source' ('ahram', 'hayat')."
    )


def test_keyness_min_count_of_zero_is_refused():
    assert error_of(min_count=0) == "`min_count` is 0; it must be a whole number of at least 1."


def test_keyness_documents_of_other_tokens_are_refused():
    with pytest.raises(SchemaError) as error:
        dc.keyness(SMALL, SMALL_DOCUMENTS.iloc[1:], between=("x", "y"), by="source")
    assert str(error.value) == (
        "`documents` lacks 1 documents of `tokens`. First: 'd0'. Pass the documents that were tokenized."
    )


def test_order_once_is_the_stable_order():
    random = np.random.default_rng(1)
    values = -np.abs(np.round(random.normal(size=5000), 2))
    assert np.array_equal(_order_once(values), np.argsort(values, kind="stable"))


def test_order_once_values_that_differ_in_their_last_bits_are_told_apart():
    values = np.array([-1.0, np.nextafter(-1.0, -2), -1.0, np.nextafter(-1.0, -2)])
    assert _order_once(values).tolist() == [1, 3, 0, 2]
    assert _order_once(np.zeros(1)).tolist() == [0]


def test_keyness_columns_can_be_written_one_by_one():
    found = dc.keyness(TOKENS, DIGESTS, between=(("2015", "2020"), ("2022", "2026")), by="period", tests=False)
    before = found.copy()
    for name in ("n_docs_with_a", "n_units_a", "a"):
        found.loc[0, name] = "x" if name == "a" else 7
        assert found.drop(columns=name).equals(before.drop(columns=name))
        found[name] = before[name]

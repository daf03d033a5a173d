"""Seeded scaling: vectors, seeds, scores of words and documents, means of periods, and what they owe to each seed."""

import sys
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import spearmanr

from discourse.errors import SchemaError
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.scaling import embedding as embedding_module
from discourse.measures.scaling.contrasts import contrast_scaled, leave_seeds_out, split_seeds
from discourse.measures.scaling.embedding import leading_vectors
from discourse.measures.scaling.periods import scale_by_period
from discourse.measures.scaling.scaling import scale_documents, scale_words
from discourse.measures.scaling.scores import seed_variance

SMALL = {"k": 20, "min_count": 5}
FIRST, SECOND = {"period": "2020"}, {"period": "2021"}


@pytest.fixture(scope="module")
def corpus(project):
    """220 documents of 2,640 sentences in two years, their place on the planted axis, and seven seeds of each end."""
    folder = str(project / "benchmarks" / "simulations")
    sys.path.insert(0, folder)
    try:
        from _scaled import axis_corpus
    finally:
        sys.path.remove(folder)
        sys.modules.pop("_scaled", None)
    made = axis_corpus(np.random.default_rng(5), n_documents=220, means=(0.0, 1.0), n_neutral=600, n_polar=20)
    tokens, place, period, positive, negative = made
    documents = pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].cat.categories.astype("str"),
            "date": pd.to_datetime(np.where(period == 0, "2020-05-01", "2021-05-01")),
            "story": [f"s{number // 2}" for number in range(220)],
        }
    )
    return tokens, documents, place, {"positive": positive[:7], "negative": negative[:7]}


def _matrix() -> sparse.csr_array:
    rng = np.random.default_rng(3)
    left, right = rng.standard_normal((80, 6)), rng.standard_normal((6, 40))
    return sparse.csr_array(left * [50, 30, 20, 12, 7, 4] @ right + 0.01 * rng.standard_normal((80, 40)))


@pytest.mark.parametrize("exact", [0, 1500])
def test_leading_vectors_span_what_numpy_finds(exact, monkeypatch):
    monkeypatch.setattr(embedding_module, "EXACT", exact)
    names = pd.Index([f"w{number}" for number in range(40)])
    found = leading_vectors(_matrix(), names, 5)
    known = np.linalg.svd(_matrix().toarray())[2][:5].T
    assert np.abs(np.abs((found * known).sum(axis=0)) - 1).max() < 1e-9


def test_leading_vectors_hang_on_names_and_not_on_order(monkeypatch):
    monkeypatch.setattr(embedding_module, "EXACT", 0)
    names = pd.Index([f"w{number}" for number in range(40)])
    found = leading_vectors(_matrix(), names, 5)
    order = np.random.default_rng(1).permutation(40)
    turned = leading_vectors(_matrix()[:, order], names[order], 5)
    assert np.abs(turned @ turned.T - (found @ found.T)[np.ix_(order, order)]).max() < 1e-9


def test_scale_documents_equals_a_plain_computation(corpus):
    tokens, _, _, seeds = corpus
    counts = pd.crosstab(
        tokens["doc_id"].astype(str) + "/" + tokens["sentence"].astype(str), tokens["norm"].astype(str)
    )
    counts = counts.loc[:, counts.sum() >= 5]
    vectors = np.linalg.svd(counts.to_numpy(float), full_matrices=False)[2][:20].T
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    polarity = pd.Series(0.0, index=counts.columns)
    for end, sign in (("positive", 1), ("negative", -1)):
        known = [word for word in seeds[end] if word in counts.columns]
        for word in known:
            polarity += sign * (unit @ unit[counts.columns.get_loc(word)]) / len(known)
    words = tokens.assign(polarity=tokens["norm"].astype(str).map(polarity))
    means = words.groupby("doc_id", observed=True)["polarity"].mean()
    expected = (means - means.mean()) / means.std()
    found = scale_documents(tokens, seeds, **SMALL).set_index("doc_id")
    assert np.abs(found["score"] - expected.to_numpy()).max() < 1e-6
    assert found["n_words"].tolist() == words.groupby("doc_id", observed=True)["polarity"].count().tolist()
    ranked = scale_words(tokens, seeds, **SMALL)
    assert np.abs(ranked.set_index("term")["polarity"] - polarity).max() < 1e-9
    assert ranked["polarity"].is_monotonic_decreasing


def test_scale_documents_recovers_the_planted_axis(corpus):
    tokens, _, place, seeds = corpus
    found = scale_documents(tokens, seeds, **SMALL)
    assert spearmanr(found["score"], place)[0] > 0.85
    inside = (found["lower"] < found["score"]) & (found["score"] < found["upper"])
    assert inside.all()


def test_scale_documents_near_scores_the_sentences_of_a_pattern_alone(corpus):
    tokens, _, _, seeds = corpus
    words = tokens["norm"].astype(str)
    wanted = words.value_counts().index[0]
    sentence = tokens["doc_id"].astype(str) + "/" + tokens["sentence"].astype(str)
    model = words.map(words.value_counts()).ge(5)
    inside = sentence.isin(sentence[words == wanted]) & model
    found = scale_documents(tokens, seeds, near=wanted, **SMALL)
    counted = inside.groupby(tokens["doc_id"], observed=True).sum()
    assert found["n_words"].tolist() == counted.tolist()
    assert found["score"].isna().tolist() == counted.eq(0).tolist()


def test_seed_variance_by_hand():
    # by seed 1, 3 | 2, 2, 5: variances 2 and 3, over 2 and 3 seeds: 1 + 1; freedom 4 / (1/1 + 1/2)
    found, freedom = seed_variance(np.array([[1.0, 3, 2, 2, 5]]), np.array([1, 1, -1, -1, -1]))
    assert (found.tolist(), freedom.tolist()) == ([2.0], [pytest.approx(8 / 3)])


def test_scale_by_period_is_the_mean_of_the_documents(corpus):
    tokens, documents, _, seeds = corpus
    scores = scale_documents(tokens, seeds, **SMALL)
    table = scale_by_period(tokens, documents, seeds, **SMALL)
    years = documents["date"].dt.year
    assert table["estimate"].tolist() == pytest.approx(scores["score"].groupby(years.to_numpy()).mean().tolist())
    assert table[["n_docs", "n_docs_with", "n_units"]].to_numpy().tolist() == [[110, 110, 110]] * 2
    assert (table["lower"] < table["estimate"]).all() and (table["estimate"] < table["upper"]).all()
    stories = scale_by_period(tokens, documents, seeds, cluster="story", **SMALL)
    assert stories["n_units"].tolist() == [55, 55]


def test_scale_by_period_counts_documents_that_have_no_tokens(corpus):
    tokens, documents, _, seeds = corpus
    more = pd.concat([documents, documents.tail(1).assign(doc_id="empty")], ignore_index=True)
    table = scale_by_period(tokens, more, seeds, **SMALL)
    assert table[["n_docs", "n_docs_with"]].to_numpy().tolist() == [[110, 110], [111, 110]]


def test_contrast_scaled_equals_the_periods_and_finds_the_planted_change(corpus):
    tokens, documents, _, seeds = corpus
    row = contrast_scaled(tokens, documents, seeds, first=FIRST, second=SECOND, **SMALL).iloc[0]
    periods = scale_by_period(tokens, documents, seeds, **SMALL)["estimate"]
    assert row["difference"] == pytest.approx(periods[1] - periods[0])
    assert row["lower"] > 0 and row["p_seeds"] < 0.05
    assert (row["first"], row["second"], row["n_docs_first"], row["n_units_second"]) == ("2020", "2021", 110, 110)


def test_split_seeds_counts_every_split_of_few_seeds():
    poles, moved = np.array([1, 1, 1, -1, -1, -1]), np.array([4.0, 3, 1, 2, 0, -1])
    observed = moved[:3].mean() - moved[3:].mean()
    splits = [np.isin(np.arange(6), chosen) for chosen in combinations(range(6), 3)]
    as_far = [abs(moved[split].mean() - moved[~split].mean()) >= observed - 1e-12 for split in splits]
    assert split_seeds(moved, poles, 1) == sum(as_far) / 20 == 0.2


def test_split_seeds_draws_splits_of_many_seeds_and_counts_the_given_one():
    rng = np.random.default_rng(2)
    poles = np.repeat([1, -1], 10)  # 184,756 splits
    # the given split, and the very same where it is drawn (an odd one in 92,378)
    assert split_seeds(np.repeat([1.0, 0.0], 10), poles, 1) in {1 / 10_000, 2 / 10_000}
    assert split_seeds(rng.standard_normal(20), poles, 1) == split_seeds(
        np.random.default_rng(2).standard_normal(20), poles, 1
    )


def test_leave_seeds_out_names_every_seed_and_what_is_missing(corpus):
    tokens, documents, _, seeds = corpus
    more = {"positive": [*seeds["positive"], "\u0632\u0632\u0632"], "negative": seeds["negative"]}
    table = leave_seeds_out(tokens, documents, more, first=FIRST, second=SECOND, **SMALL)
    assert sorted(table["seed"]) == sorted([*more["positive"], *more["negative"]])
    missing = table.loc[table["n"].eq(0)]
    assert missing["seed"].tolist() == ["\u0632\u0632\u0632"] and missing["pole"].isna().all()
    there = table.loc[table["n"].gt(0)]
    assert (there["correlation"] > 0.9).all() and there["difference"].gt(0).all()
    one_less = {"positive": seeds["positive"][1:], "negative": seeds["negative"]}
    scores = scale_documents(tokens, one_less, **SMALL)["score"]
    full = scale_documents(tokens, seeds, **SMALL)["score"]
    left = there.set_index("seed").loc[seeds["positive"][0], "correlation"]
    assert left == pytest.approx(np.corrcoef(scores, full)[0, 1], abs=1e-9)


def _refused(call) -> str:
    with pytest.raises(SchemaError) as caught:
        call()
    return str(caught.value)


def test_scale_documents_of_a_small_corpus_says_how_many_sentences_are_needed(corpus):
    tokens, _, _, seeds = corpus
    few = tokens[tokens["doc_id"].isin(tokens["doc_id"].cat.categories[:166])]
    enough = tokens[tokens["doc_id"].isin(tokens["doc_id"].cat.categories[:167])]
    assert _refused(lambda: scale_documents(few, seeds, **SMALL)) == (
        "`tokens` has 1,992 sentences with words that stand at least 5 times; 2,000 are needed for 20 dimensions "
        "(`k`), 10 for each and 2,000 at least. Take a larger corpus, or lower `min_count`; fewer dimensions do "
        "not help."
    )
    assert len(scale_documents(enough, seeds, **SMALL)) == 220
    assert _refused(lambda: scale_documents(tokens, seeds, k=265, min_count=5)) == (
        "`tokens` has 2,640 sentences with words that stand at least 5 times; 2,650 are needed for 265 dimensions "
        "(`k`), 10 for each and 2,000 at least. Take a larger corpus, or 264 dimensions at most."
    )


def test_seeds_that_cannot_be_used_are_refused(corpus):
    tokens, _, _, seeds = corpus
    one, two = seeds["positive"][0], seeds["negative"][0]

    def ask(positive, negative):
        return _refused(lambda: scale_documents(tokens, {"positive": positive, "negative": negative}, **SMALL))

    assert ask(seeds["positive"], [one, two]) == (
        f"`seeds` has 1 words at both ends. First: {one!r}. Keep each at one."
    )
    assert ask([f"{one} {two}"], seeds["negative"]) == (
        f"`seeds` has 1 entries of several words; a seed is one word. First: '{one} {two}'."
    )
    assert ask([], seeds["negative"]) == "`seeds` has 0 words at the positive end; 3 are needed at each. Add words."
    assert ask(seeds["positive"][:2], seeds["negative"]) == (
        "`seeds` has 2 words at the positive end; 3 are needed at each. Add words."
    )
    assert ask([*seeds["positive"][:2], "\u0632\u0632\u0632"], seeds["negative"]) == (
        "`seeds` has 2 words of the positive end in the corpus; 3 are needed. Not found often enough: "
        "'\u0632\u0632\u0632'. Add words, or lower `min_count`."
    )
    shared = ask([*seeds["positive"], f"{two[:4]}*"], seeds["negative"])
    assert shared.startswith("`seeds` has ") and "forms that both ends match" in shared
    assert _refused(lambda: scale_documents(tokens, {"good": [one]}, **SMALL)) == (
        "`seeds` must be {'positive': [...], 'negative': [...]} or a lexicon with polarities."
    )
    plain = lexicon_from_patterns([one])
    if "polarity" not in plain.entries:
        assert "no polarity" in _refused(lambda: scale_documents(tokens, plain, **SMALL))


def test_near_that_matches_nothing_and_half_a_contrast_are_refused(corpus):
    tokens, documents, _, seeds = corpus
    assert _refused(lambda: scale_documents(tokens, seeds, near="\u0632\u0632\u0632", **SMALL)) == (
        "`near` is '\u0632\u0632\u0632', which matches nothing in `tokens`. Try another pattern."
    )
    assert _refused(lambda: leave_seeds_out(tokens, documents, seeds, first=FIRST, **SMALL)) == (
        "`first` and `second` are two sides of one contrast; give both or none."
    )
    assert "overlap" in _refused(
        lambda: contrast_scaled(tokens, documents, seeds, first=FIRST, second={"period": ("2020", "2021")}, **SMALL)
    )
    undated = documents.assign(date=pd.NaT)
    assert _refused(lambda: scale_by_period(tokens, undated, seeds, **SMALL)) == (
        "`documents` has no date as fine as the periods. Give dates, or longer periods."
    )

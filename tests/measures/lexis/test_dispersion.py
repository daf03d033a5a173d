import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import hypergeom, t

import discourse as dc
from discourse.errors import SchemaError
from discourse.measures.lexis.dispersion import deviation_interval
from discourse.measures.lexis.random_placement import expect_deviation, expect_documents, place_at_random
from discourse.tables import check

DIGESTS = dc.load_seed("reports")
TOKENS = dc.tokenize(DIGESTS)
FOUND = dc.measure_dispersion(TOKENS, min_count=20, n_draws=200)

# The worked example of Gries (2020), "Analyzing dispersion", in Paquot and Gries (eds), A Practical Handbook of Corpus
# Linguistics, 99-118: five parts of 9, 10, 10, 10, 11 words with 1, 2, 3, 4, 5 times the word a; the letters are made
# words here. DP .18, DP-norm .22, Juilland's D .785, over rates.
PARTS = ((1, 9), (2, 10), (3, 10), (4, 10), (5, 11))


def tokens_of(parts):
    texts = ["كابل " * n + "هنا " * (size - n) for n, size in parts]
    return dc.tokenize(pd.DataFrame({"doc_id": [f"d{place}" for place in range(len(parts))], "text": texts}))


def row_of(parts, **options):
    return dc.measure_dispersion(tokens_of(parts), "كابل", **options).iloc[0]


def test_measure_dispersion_equals_the_worked_example_of_gries():
    row = row_of(PARTS)
    assert row[["n", "n_tokens", "n_docs_with", "n_docs"]].tolist() == [15, 50, 5, 5]
    assert row["dp"] == pytest.approx(0.18)
    assert round(row["dp_norm"], 2) == 0.22
    assert round(row["juilland_d"], 3) == 0.785


def test_measure_dispersion_equals_the_worked_example_of_lijffijt_and_gries():
    """Correction to Gries' (2008), table 1 on pages 147-149: three equal parts with 2/3, 1/3 and none."""
    row = row_of(((2, 10), (1, 10), (0, 10)))
    assert row["dp"] == pytest.approx(1 / 3)
    assert row["dp_norm"] == pytest.approx(0.5)


@pytest.mark.parametrize(("parts", "dp", "norm", "d"), [
    (((5, 10), (5, 10)), 0.0, 0.0, 1.0),
    (((6, 10), (0, 10)), 0.5, 1.0, 0.0),
])  # fmt: skip
def test_measure_dispersion_at_its_ends(parts, dp, norm, d):
    assert row_of(parts)[["dp", "dp_norm", "juilland_d"]].tolist() == pytest.approx([dp, norm, d])


def test_measure_dispersion_equals_a_plain_recount():
    check(FOUND, "DISPERSION")
    norms = TOKENS.groupby("doc_id", observed=False)["norm"].agg(list)
    words = dc.count_tokens(TOKENS).set_index("doc_id")["n_tokens"].loc[norms.index].to_numpy()
    for row in FOUND.head(8).itertuples():
        n = np.array([of.count(row.term) for of in norms])
        rates = n / words
        assert row.dp == pytest.approx(np.abs(n / n.sum() - words / words.sum()).sum() / 2)
        assert row.juilland_d == pytest.approx(1 - rates.std() / rates.mean() / np.sqrt(len(n) - 1))
        assert (row.n, row.n_docs_with) == (n.sum(), (n > 0).sum())


def test_measure_dispersion_pattern_counts_as_its_matches():
    found = dc.measure_dispersion(TOKENS, ["حركة طالبان", "كابل"], n_draws=50)
    lexicon = dc.lexicon_from_patterns({"a": ["حركة طالبان"], "b": ["كابل"]})
    counts = dc.count_matches(dc.find_matches(TOKENS, lexicon), TOKENS)
    assert found["n"].tolist() == counts.groupby("category", observed=True)["n_matches"].sum().loc[["a", "b"]].tolist()
    assert found["term"].tolist() == ["حركة طالبان", "كابل"]


def test_measure_dispersion_lexicon_has_a_row_for_each_category():
    kept = dc.lexicon_from_patterns({"x": ["كابل"], "y": ["طالبان"]})
    assert dc.measure_dispersion(TOKENS, kept, n_draws=50)["term"].tolist() == ["x", "y"]


@pytest.mark.parametrize(("sizes", "f"), [((10, 20, 30), 1), ((10, 20, 30), 7), ((1, 5, 5, 9), 19), ((3, 3), 6)])
def test_expected_deviation_and_documents_equal_those_of_the_hypergeometric_law(sizes, f):
    sizes = np.array(sizes)
    law = [hypergeom(sizes.sum(), size, f) for size in sizes]
    seen = np.arange(f + 1)
    mean = sum(
        (one.pmf(seen) * np.abs(seen / f - size / sizes.sum())).sum() for one, size in zip(law, sizes, strict=True)
    )
    assert expect_deviation(sizes, np.array([f]))[0] == pytest.approx(mean / 2)
    assert expect_documents(sizes, np.array([f]))[0] == pytest.approx(sum(1 - one.pmf(0) for one in law))


@pytest.mark.parametrize("f", [20, 100, 1000])
def test_place_at_random_lies_about_what_is_expected(f):
    sizes = np.random.default_rng(1).integers(100, 300, 800)
    drawn = place_at_random(sizes, np.array([f]), n_draws=400)
    expected, documents = expect_deviation(sizes, np.array([f]))[0], expect_documents(sizes, np.array([f]))[0]
    assert drawn.dp[0, 0] < expected < drawn.dp[1, 0]
    assert drawn.documents[0, 0] <= documents <= drawn.documents[1, 0]
    assert drawn.d[0, 0] < drawn.d_mean[0] < drawn.d[1, 0]
    assert drawn.dp[1, 0] - drawn.dp[0, 0] < 0.06


def test_place_at_random_of_many_frequencies_lies_between_those_that_are_drawn():
    sizes = np.full(50, 100)
    many = place_at_random(sizes, np.arange(5, 105), n_draws=200)
    few = place_at_random(sizes, np.array([5, 104]), n_draws=200)
    assert many.dp[:, [0, -1]].tolist() == few.dp.tolist()
    assert (np.diff(many.d_mean) > -0.02).all()


def test_deviation_interval_is_that_of_a_numerical_derivative():
    random = np.random.default_rng(2)
    n, words = random.poisson(1.5, 12), random.integers(20, 60, 12)

    def dp(weights):
        y, x = weights * n, weights * words
        return np.abs(y / y.sum() - x / x.sum()).sum() / 2

    ones, step = np.ones(12), 1e-6
    moved = np.array([(dp(ones + step * np.eye(12)[place]) - dp(ones)) / step for place in range(12)])
    story = np.repeat([0, 1, 2, 3, 4, 5], 2)
    variance = (np.bincount(story, moved) ** 2).sum() * 6 / 5
    counts = sparse.csc_array(n[:, None].astype(float))
    counts.eliminate_zeros()
    value = np.array([dp(ones)])
    lower, upper, with_term = deviation_interval(value, counts, words / words.sum(), counts.data / n.sum(), story, 0.95)
    half = t.ppf(0.975, with_term[0] - 1) * np.sqrt(variance) / (value[0] * (1 - value[0]))
    middle = np.log(value[0] / (1 - value[0]))
    assert lower[0] == pytest.approx(1 / (1 + np.exp(half - middle)), rel=1e-4)
    assert upper[0] == pytest.approx(1 / (1 + np.exp(-half - middle)), rel=1e-4)


def test_measure_dispersion_of_a_placed_word_lies_within_random_placement_and_of_a_burst_above():
    random = np.random.default_rng(4)
    spread = random.multivariate_hypergeometric([40] * 60, 60)
    found = row_of(tuple((int(n), 40) for n in spread))
    assert found["dp_random_lower"] <= found["dp"] <= found["dp_random_upper"]
    burst = row_of(((30, 40), (30, 40), *((0, 40),) * 58))
    assert burst["dp"] > burst["dp_random_upper"]
    assert burst["few"]


@pytest.mark.parametrize(("least", "kept"), [(3, True), (4, False)])
def test_measure_dispersion_min_count_is_a_least(least, kept):
    found = dc.measure_dispersion(tokens_of(((3, 10), (0, 10))), min_count=least, n_draws=20)
    assert ("كابل" in set(found["term"])) == kept


def test_measure_dispersion_pattern_without_match_raises():
    with pytest.raises(SchemaError) as error:
        dc.measure_dispersion(TOKENS, ["كابل", "كابلوفيتش"])
    assert str(error.value) == (
        "`pattern` matches nothing in 1 of 2 cases. First: 'كابلوفيتش'. Look at what a pattern matches by kwic(), or "
        "leave it out."
    )


def test_measure_dispersion_one_document_raises():
    with pytest.raises(SchemaError) as error:
        dc.measure_dispersion(tokens_of(((3, 10),)))
    assert str(error.value) == (
        "`tokens` has 1 document with a word; how a word is spread over documents cannot be told from one. Pass the "
        "tokens of two or more."
    )


def test_measure_dispersion_cluster_without_documents_raises():
    with pytest.raises(SchemaError) as error:
        dc.measure_dispersion(TOKENS, "كابل", cluster="source")
    assert str(error.value) == "`documents` is missing, which holds 'source'. Pass the table of documents."


def test_measure_dispersion_no_frequent_term_raises():
    with pytest.raises(SchemaError) as error:
        dc.measure_dispersion(TOKENS, min_count=10_000)
    assert str(error.value) == "No term of `tokens` stands 10000 times (`min_count`). Lower it."


def test_measure_dispersion_table_in_the_place_of_a_pattern_is_named():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["وصل الوفد", "غادر الوفد"]})
    with pytest.raises(SchemaError) as error:
        dc.measure_dispersion(dc.tokenize(documents), documents)
    assert str(error.value) == (
        "`pattern` is a table with the columns 'doc_id', 'text'; it must be a word, several, or a lexicon. Name the "
        "argument that the table is for, such as documents=..."
    )

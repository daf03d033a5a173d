import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.company import count_company
from discourse.measures.intervals import ratio_by_group

TOKENS = pd.DataFrame(
    {
        "doc_id": pd.Categorical(["a"] * 6 + ["b"] * 4),
        "position": [*range(6), *range(4)],
        "sentence": [0, 0, 0, 1, 1, 1, 0, 0, 0, 0],
    }
)
# a: sentence 0 russia, taliban, russia again; sentence 1 russia. b: taliban, us.
MATCHES = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "a", "b", "b"],
        "start": [0, 1, 2, 4, 0, 3],
        "end": [1, 2, 3, 5, 1, 4],
        "category": ["russia", "taliban", "russia", "russia", "taliban", "us"],
    }
)


def cell(company, actor, other):
    return company.loc[company["actor"].eq(actor) & company["other"].eq(other)].iloc[0]


def test_count_company_hand_counted_sentences():
    company = count_company(MATCHES, TOKENS)
    assert len(company) == 6
    row = cell(company, "russia", "taliban")
    assert (row["n_sentences"], row["n_together"], row["n_docs_together"], row["estimate"]) == (2, 1, 1, 0.5)
    row = cell(company, "taliban", "russia")
    assert (row["n_sentences"], row["n_together"], row["estimate"]) == (2, 1, 0.5)
    row = cell(company, "us", "russia")
    assert (row["n_sentences"], row["n_together"], row["estimate"]) == (1, 0, 0.0)


def test_count_company_same_sentence_number_in_another_document_is_another_sentence():
    assert cell(count_company(MATCHES, TOKENS), "russia", "us")["n_together"] == 0


def test_count_company_every_estimate_has_an_interval():
    company = count_company(MATCHES, TOKENS)
    assert company["upper"].gt(company["lower"]).all()
    assert company["method"].eq("beta").all()


def test_count_company_order_of_documents_changes_nothing():
    turned = pd.concat([TOKENS.iloc[6:], TOKENS.iloc[:6]], ignore_index=True)
    turned["doc_id"] = pd.Categorical(turned["doc_id"].astype(str), ["b", "a"])
    pd.testing.assert_frame_equal(count_company(MATCHES, TOKENS), count_company(MATCHES.iloc[::-1], turned))


# one word a sentence: (document, sentence) with the actors that stand in it
SENTENCES = {
    ("a", 0): "rt", ("a", 1): "rt", ("a", 2): "r", ("b", 0): "r", ("b", 1): "rt", ("c", 0): "rt", ("d", 0): "u",
}  # fmt: skip


def spread():
    """Return MATCHES and TOKENS of SENTENCES; each actor is a word of its own."""
    rows = [(doc_id, sentence, actor) for (doc_id, sentence), actors in SENTENCES.items() for actor in actors]
    tokens = pd.DataFrame(rows, columns=["doc_id", "sentence", "category"])
    tokens["position"] = tokens.groupby("doc_id").cumcount()
    matches = tokens.rename(columns={"position": "start"})[["doc_id", "start", "category"]]
    return matches.assign(end=matches["start"] + 1), tokens.astype({"doc_id": "category"})


def test_count_company_draws_documents_with_all_their_sentences():
    row = cell(count_company(*spread()), "r", "t")
    assert (row["n_sentences"], row["n_together"], row["n_docs_together"], row["estimate"]) == (6, 4, 3, 4 / 6)
    together, sizes = np.array([[2, 0], [1, 0], [1, 0]]), np.array([3, 2, 1])  # of r in a, b, c: with t, with u
    wanted = ratio_by_group(together, sizes, np.zeros(3, dtype=int), ["r"], kind="share")
    assert (row["lower"], row["upper"]) == (wanted["lower"][0, 0], wanted["upper"][0, 0])
    assert row["method"] == "beta"


def test_count_company_copies_of_a_story_are_one_unit_as_in_every_measure():
    # each of six stories stands four times over: 24 documents, in three stories of which the two share a sentence
    rows = [
        (f"d{story}{copy}", 0, actor)
        for story in range(6)
        for copy in range(4)
        for actor in ("rt" if story < 3 else "r")
    ]
    tokens = pd.DataFrame(rows, columns=["doc_id", "sentence", "category"])
    tokens["position"] = tokens.groupby("doc_id").cumcount()
    matches = tokens.rename(columns={"position": "start"})[["doc_id", "start", "category"]]
    ids = tokens["doc_id"].unique()
    documents = pd.DataFrame({"doc_id": ids, "story": [doc_id[1] for doc_id in ids], "copies": 0.25})
    alone = cell(count_company(matches, tokens), "r", "t")
    told = cell(count_company(matches, tokens, documents=documents[::-1], cluster="story"), "r", "t")
    once = matches["doc_id"].str.endswith("0"), tokens["doc_id"].str.endswith("0")
    single = cell(count_company(matches[once[0]], tokens[once[1]]), "r", "t")
    assert told["estimate"] == alone["estimate"] == 0.5 and told["n_together"] == 12
    assert (told["lower"], told["upper"]) == pytest.approx((single["lower"], single["upper"]))
    assert told["upper"] - told["lower"] > 1.5 * (alone["upper"] - alone["lower"])
    weighed = cell(count_company(matches, tokens, documents=documents, cluster="story", weight="copies"), "r", "t")
    assert weighed["upper"] == pytest.approx(told["upper"])


def test_count_company_cluster_that_cannot_be_read_raises():
    with pytest.raises(SchemaError) as error:
        count_company(MATCHES, TOKENS, cluster="story")
    assert str(error.value) == "`documents` is missing, which holds 'story'. Pass the table of documents."
    with pytest.raises(SchemaError) as error:
        count_company(MATCHES, TOKENS, documents=pd.DataFrame({"doc_id": ["a"], "story": ["x"]}), cluster="story")
    assert str(error.value) == (
        "`documents` lacks 1 of the documents that were counted. First: 'b'. Pass the documents that were counted."
    )


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10], list(range(10, -1, -1))])
def test_count_company_order_of_tokens_changes_nothing(order):
    matches, tokens = spread()
    pd.testing.assert_frame_equal(count_company(matches, tokens), count_company(matches, tokens.iloc[order]))


def test_count_company_defaults_are_the_documented_ones():
    rng = np.random.default_rng(3)  # 40 documents with up to nine sentences, a word each
    rows = [(f"{n:02}", place) for n, size in enumerate(rng.integers(1, 10, 40)) for place in range(size)]
    tokens = pd.DataFrame(rows, columns=["doc_id", "position"]).assign(sentence=lambda table: table["position"])
    parts = [tokens[rng.random(len(tokens)) < 0.5].assign(category=name) for name in ("russia", "taliban")]
    matches = pd.concat(parts, ignore_index=True).rename(columns={"position": "start"})
    tokens["doc_id"] = tokens["doc_id"].astype("category")
    company = count_company(matches, tokens)
    pd.testing.assert_frame_equal(
        company, count_company(matches, tokens, documents=None, cluster=None, weight=None, level=0.95)
    )
    assert company.index.tolist() == [0, 1]
    assert (company[["actor", "other", "method"]].dtypes == "category").all()


def test_count_company_actors_that_are_never_found_have_zeros_without_an_estimate():
    never = MATCHES.iloc[:0].assign(category=pd.Categorical([], ["russia", "taliban"]))
    company = count_company(never, TOKENS)
    assert company[["actor", "other"]].values.tolist() == [["russia", "taliban"], ["taliban", "russia"]]
    assert (company[["n_sentences", "n_together", "n_docs_together"]] == 0).all(axis=None)
    assert company[["estimate", "lower", "upper"]].isna().all(axis=None)


def test_count_company_without_matches_is_empty():
    assert len(count_company(MATCHES.iloc[:0], TOKENS)) == 0


def test_count_company_missing_column_raises():
    with pytest.raises(SchemaError) as error:
        count_company(MATCHES.drop(columns="start"), TOKENS)
    assert str(error.value) == "`matches` lacks the columns 'start'; it has 'category', 'doc_id', 'end'."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"doc_id": ["a", "zz", "zz"]}, "`matches` has 2 matches at places that `tokens` does not have. First: 'zz 2'"),
        ({"start": [0, 7, 1]}, "has 1 matches at places that `tokens` does not have. First: 'a 7'"),
        ({"start": [0, np.nan, 1]}, "`matches` has nulls in 'start'"),
        ({"category": ["r", None, "q"]}, "`matches` has nulls in 'category'"),
    ],
)
def test_count_company_matches_that_do_not_lie_in_the_tokens_are_refused(change, said):
    tokens = pd.DataFrame({"doc_id": ["a"] * 3 + ["b"] * 3, "position": [0, 1, 2] * 2, "sentence": 0})
    matches = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [0, 2, 1], "category": ["r", "t", "q"]})
    assert len(count_company(matches, tokens)) == 6
    with pytest.raises(SchemaError, match=said):
        count_company(matches.assign(**change), tokens)
    with pytest.raises(SchemaError, match="at places that `tokens` does not have"):
        count_company(matches, tokens.iloc[:0])

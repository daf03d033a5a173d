import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.company import count_company

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
    assert set(company["method"]) <= {"bootstrap", "wilson"}


def test_count_company_order_of_documents_changes_nothing():
    turned = pd.concat([TOKENS.iloc[6:], TOKENS.iloc[:6]], ignore_index=True)
    turned["doc_id"] = pd.Categorical(turned["doc_id"].astype(str), ["b", "a"])
    pd.testing.assert_frame_equal(count_company(MATCHES, TOKENS), count_company(MATCHES.iloc[::-1], turned))


def test_count_company_without_matches_is_empty():
    assert len(count_company(MATCHES.iloc[:0], TOKENS)) == 0


def test_count_company_missing_column_raises():
    with pytest.raises(SchemaError) as error:
        count_company(MATCHES.drop(columns="start"), TOKENS)
    assert str(error.value) == "`matches` lacks the columns 'start'; it has 'category', 'doc_id', 'end'."

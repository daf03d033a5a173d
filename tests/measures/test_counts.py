"""Counts: dense, with denominators, nothing lost."""

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.counts import count_matches, count_tokens
from discourse.reading.matching.matches import find_matches

LEXICON = lexicon_from_patterns({"russia": ["روسيا", "موسكو"], "taliban": ["طالبان"], "un": ["الأمم المتحدة"]})


@pytest.fixture
def corpus():
    documents = pd.DataFrame(
        {"doc_id": ["b", "a", "c"], "text": ["قالت موسكو إن روسيا لا تدعم طالبان.", "", "كابل. نعم!"]}
    )
    tokens = tokenize(documents)
    return tokens, find_matches(tokens, LEXICON)


def test_count_matches_equals_hand_count(corpus):
    tokens, matches = corpus
    counts = count_matches(matches, tokens)
    tables.check(counts, "COUNTS")
    rows = list(counts.astype({"doc_id": str, "category": str}).itertuples(index=False, name=None))
    assert rows == [
        ("a", "russia", 0, 0, 0),
        ("a", "taliban", 0, 0, 0),
        ("a", "un", 0, 0, 0),
        ("b", "russia", 2, 7, 1),
        ("b", "taliban", 1, 7, 1),
        ("b", "un", 0, 7, 1),
        ("c", "russia", 0, 2, 2),
        ("c", "taliban", 0, 2, 2),
        ("c", "un", 0, 2, 2),
    ]


def test_count_matches_negated_splits_without_loss(corpus):
    tokens, matches = corpus
    kept, dropped, only = (count_matches(matches, tokens, negated=n)["n_matches"] for n in ("keep", "drop", "only"))
    assert (kept == dropped + only).all()
    assert only.sum() == 1


def test_count_matches_foreign_document_raises(corpus):
    tokens, matches = corpus
    with pytest.raises(SchemaError) as error:
        count_matches(matches, tokens[tokens["doc_id"] == "c"].assign(doc_id=lambda t: pd.Categorical(["c"] * len(t))))
    assert str(error.value) == (
        "`matches` names 1 documents that `tokens` does not have. First: 'b'. "
        "Pass the tokens in which the matches were found."
    )


def test_count_matches_only_foreign_documents_are_named():
    texts = {"a": "روسيا", "b": "روسيا", "z": "روسيا"}
    tokens = tokenize(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}))
    matches = find_matches(tokens, LEXICON)
    own = tokens[tokens["doc_id"] != "z"].assign(doc_id=lambda t: t["doc_id"].cat.remove_unused_categories())
    with pytest.raises(SchemaError, match=r"`matches` names 1 documents that `tokens` does not have. First: 'z'\."):
        count_matches(matches, own)


def test_count_matches_unknown_option_lists_choices(corpus):
    tokens, matches = corpus
    with pytest.raises(SchemaError) as error:
        count_matches(matches, tokens, negated="no")
    assert str(error.value) == "`negated` is 'no'; it must be one of 'drop', 'keep', 'only'."


def test_count_tokens_rows_stand_in_the_order_of_ids(corpus):
    tokens = corpus[0].assign(doc_id=corpus[0]["doc_id"].cat.reorder_categories(["c", "a", "b"]))
    counted = count_tokens(tokens)
    assert counted[["doc_id", "n_tokens"]].to_numpy().tolist() == [["a", 0], ["b", 7], ["c", 2]]
    assert counted.index.tolist() == [0, 1, 2]


def test_count_tokens_sum_equals_words_of_all_documents(reports):
    tokens = tokenize(reports)
    counted = count_tokens(tokens)
    assert counted["n_tokens"].sum() == sum(any(c.isalnum() for c in token) for token in tokens["token"].astype(str))
    assert len(counted) == len(reports)

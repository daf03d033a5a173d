"""Words of TOKENS as numbered terms."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize, word_rows
from discourse.measures.lexis.terms import find_terms

TEXTS = st.lists(st.text(alphabet="ابتج \u0640.،1", max_size=40), min_size=1, max_size=5)


def _tokens(texts: list[str]) -> pd.DataFrame:
    return tokenize(pd.DataFrame({"doc_id": [f"d{place}" for place in range(len(texts))], "text": texts}))


@given(TEXTS, st.sampled_from(["form", "norm"]))
def test_find_terms_equals_a_plain_recount(texts, unit):
    tokens = _tokens(texts)
    terms = find_terms(tokens, unit=unit)
    words = tokens[word_rows(tokens)]
    column = {"form": "token", "norm": "norm"}[unit]
    counted = Counter(zip(words["doc_id"].astype("str"), words[column].astype("str"), strict=True))
    rows, columns = terms.counts.nonzero()
    found = {(terms.doc_ids[r], terms.names[c]): terms.counts[r, c] for r, c in zip(rows, columns, strict=True)}
    assert found == dict(counted)
    assert terms.n_tokens.sum() == len(words)
    assert [terms.names[code] for code in terms.codes] == words[column].astype("str").tolist()


def test_find_terms_keeps_documents_without_words():
    terms = find_terms(_tokens(["قال", "."]))
    assert terms.n_tokens.tolist() == [1, 0]
    assert (terms.find("قال"), terms.find("قالت")) == (0, -1)


def test_find_terms_without_lemma_counts_the_word_and_no_term():
    tokens = _tokens(["قال قالت"])
    tokens["lemma"] = pd.Categorical(["قال", None])
    terms = find_terms(tokens, unit="lemma")
    assert (terms.codes.tolist(), terms.n_tokens.tolist(), terms.counts.toarray().tolist()) == ([0, -1], [2], [[1]])


def test_find_terms_without_a_column_of_lemmas_says_what_to_call():
    with pytest.raises(SchemaError) as caught:
        find_terms(_tokens(["قال"]), unit="lemma")
    assert str(caught.value) == (
        "`unit` is 'lemma', but `tokens` has no column 'lemma'. Call annotate_morphology(tokens) first, or count by "
        "'norm'."
    )

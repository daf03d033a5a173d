"""Where sentences begin among the rows of TOKENS."""

import pandas as pd
import pytest

from discourse.language.sentences import find_openings


@pytest.mark.parametrize(
    ("documents", "sentences", "opens"),
    [
        ([], [], []),
        (["a", "a"], [0, 0], [True, False]),
        (["a", "a"], [0, 1], [True, True]),
        (["a", "b"], [0, 0], [True, True]),  # one number, two documents
        (["a", "a"], [-1, 0], [True, True]),
    ],
)
def test_find_openings_of_rows_are_where_document_or_number_changes(documents, sentences, opens):
    tokens = pd.DataFrame({"doc_id": pd.Categorical(documents), "sentence": sentences})
    assert find_openings(tokens).tolist() == opens

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.codes import are_unclaimed, select_codes

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "position": [1.0, -2.0, None, 0.0],
        "position_voice": ["russia", "third_party", None, "iran"],
        "position_holder": ["russia", "russia", "russia", "iran"],
        "position_target": ["taliban", "isis", "taliban", "taliban"],
    }
)


def test_select_codes_keeps_the_pair_with_its_voices():
    codes = select_codes(DOCUMENTS, holder="russia", target="taliban")
    assert codes.columns.tolist() == ["doc_id", "position", "voice"]
    assert codes["doc_id"].tolist() == ["a", "c"]
    assert select_codes(DOCUMENTS, holder="russia", target="isis")["position"].tolist() == [-2.0]
    assert select_codes(DOCUMENTS, holder="iran", target="isis").empty


@pytest.mark.parametrize("column", ["position_holder", "position_target"])
def test_select_codes_without_an_owner_gives_none(column):
    documents = DOCUMENTS.drop(columns=column)
    assert are_unclaimed(documents)
    assert select_codes(documents, holder="russia", target="taliban").empty


def test_select_codes_of_words_or_of_no_column_gives_none():
    for documents in (DOCUMENTS.drop(columns="position"), DOCUMENTS.assign(position="front page")):
        assert not are_unclaimed(documents)
        assert select_codes(documents, holder="russia", target="taliban").empty


def test_select_codes_of_no_documents_raises():
    with pytest.raises(SchemaError, match="`documents` lacks the columns 'doc_id'"):
        select_codes(DOCUMENTS.drop(columns="doc_id"), holder="russia", target="taliban")

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.reading.matching.quoting import quote_spans

DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b"], "text": ["نفت موسكو.", "صمت"], "title": ["عنوان", None]})


def spans(**columns):
    return pd.DataFrame({"doc_id": ["a"], "start_char": [0], "end_char": [3], **columns})


def test_quote_spans_quotes_verbatim_and_keeps_rows_and_their_order():
    found = pd.concat([spans(doc_id=["b"]), spans(end_char=[10])], ignore_index=False)
    told = quote_spans(found, DOCUMENTS)
    assert told["quote"].tolist() == ["صمت", "نفت موسكو."]
    assert told.drop(columns="quote").equals(found)


def test_quote_spans_row_below_the_first_sentence_is_the_headline():
    assert quote_spans(spans(sentence=[-1], end_char=[0]), DOCUMENTS)["quote"].tolist() == ["عنوان"]
    assert quote_spans(spans(sentence=[0]), DOCUMENTS)["quote"].tolist() == ["نفت"]
    assert quote_spans(spans(doc_id=["b"], sentence=[-1]), DOCUMENTS)["quote"].isna().all()


def test_quote_spans_named_span_and_null_offsets():
    found = spans(content_start_char=pd.array([4, None][:1], "Int32"), content_end_char=pd.array([9], "Int32"))
    assert quote_spans(found, DOCUMENTS, span="content")["quote"].tolist() == ["موسكو"]
    found["content_end_char"] = pd.array([None], "Int32")
    assert quote_spans(found, DOCUMENTS, span="content")["quote"].isna().all()


@pytest.mark.parametrize(("end", "right"), [(10, True), (11, False)])
def test_quote_spans_span_ends_with_its_text_at_the_latest(end, right):
    if right:
        assert quote_spans(spans(end_char=[end]), DOCUMENTS)["quote"].tolist() == ["نفت موسكو."]
        return
    with pytest.raises(SchemaError) as error:
        quote_spans(spans(end_char=[end]), DOCUMENTS)
    assert str(error.value) == (
        "`found` has 1 spans outside their texts. First: 'a'. Pass the documents that it was made from."
    )


def test_quote_spans_unknown_or_repeated_document_raises():
    with pytest.raises(SchemaError) as error:
        quote_spans(spans(doc_id=["x"]), DOCUMENTS)
    assert str(error.value) == (
        "`documents` lacks 1 of the documents of `found`. First: 'x'. Pass the documents that it was made from."
    )
    with pytest.raises(SchemaError) as error:
        quote_spans(spans(), pd.concat([DOCUMENTS, DOCUMENTS]))
    assert str(error.value) == "`documents` repeats doc_id values. First: 'a', 'b'. Drop them."

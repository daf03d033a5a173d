"""From a row of a table to its lines: as many as the row counts."""

import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError

TEXTS = [
    "وصل وفد طالبان إلى كابل. قال الوفد إن كابل آمنة.",
    "قال لافروف: «طالبان قوة، ووفد طالبان وصل إلى موسكو».",
    "غادر وفد التجارة كابل.",
    "هجوم طالبان على كابل، وفد طالبان ينفي الهجوم.",
]
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": list("abcd"),
        "text": TEXTS,
        "source": ["x", "y", "x", "y"],
        "date": pd.to_datetime(["2015-01-01", "2015-06-01", "2022-01-01", "2022-02-01"]),
    }
)
TOKENS = dc.tokenize(DOCUMENTS)
QUOTATIONS = dc.find_quotations(DOCUMENTS, TOKENS)


@pytest.mark.parametrize("by", [None, "source", "period", "voice"])
def test_term_lines_are_as_many_as_count_words_counts(by):
    asked = {"by": by, "quotations": QUOTATIONS}
    found = dc.count_words(TOKENS, DOCUMENTS, **asked)
    assert len(found) > 15
    for row in found.itertuples():
        part = {} if by is None else {"part": row.part}
        lines = dc.term_lines(TOKENS, DOCUMENTS, row.term, **asked, **part)
        assert (len(lines), lines["doc_id"].nunique()) == (row.n, row.n_docs)


def test_term_lines_of_forms_are_those_of_the_form():
    assert dc.term_lines(TOKENS, DOCUMENTS, "وفد", unit="form")["doc_id"].tolist() == ["a", "c", "d"]
    lines = dc.term_lines(TOKENS, DOCUMENTS, "وفد", window=0)
    assert lines[["pre", "keyword", "post"]].to_numpy().tolist() == [["", "وفد", ""]] * 3


def test_term_lines_are_as_many_as_dispersion_counts():
    found = dc.measure_dispersion(TOKENS, min_count=2)
    assert len(found)
    for row in found.itertuples():
        assert len(dc.term_lines(TOKENS, DOCUMENTS, row.term)) == row.n


@pytest.mark.parametrize("window", [1, (0, 2), "sentence"])
@pytest.mark.parametrize("by", [None, "source", "period", "voice"])
def test_collocate_lines_are_as_many_as_find_collocates_counts(window, by):
    asked = {"window": window, "by": by, "quotations": QUOTATIONS}
    found = dc.find_collocates(TOKENS, "طالبان", DOCUMENTS, least=1, inference=False, **asked)
    assert len(found) > 3
    for row in found.itertuples():
        part = {} if by is None else {"part": row.part}
        lines = dc.collocate_lines(TOKENS, DOCUMENTS, "طالبان", row.term, **asked, **part)
        assert (len(lines), lines["doc_id"].nunique()) == (row.n, row.n_docs)


def test_collocate_lines_of_a_contrast_are_those_of_its_side():
    between = {"source": "x"}, {"source": "y"}
    found = dc.compare_collocates(TOKENS, "طالبان", DOCUMENTS, between=between, window=2, least=1)
    assert len(found) > 3
    for row in found.itertuples():
        for side in ("first", "second"):
            asked = {"between": between, "side": side, "window": 2}
            lines = dc.collocate_lines(TOKENS, DOCUMENTS, "طالبان", row.term, **asked)
            assert len(lines) == getattr(row, f"n_{side}")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"term": "باريس"}, "`term` is 'باريس', which no document has as 'norm'. Take a term as the table has it."),
        (
            {"by": "source"},
            "`by` and `part` belong together: what cuts the corpus, and which part of it is asked for.",
        ),
        (
            {"by": "source", "part": "z"},
            "`part` is 'z'; the parts are 'x', 'y'. Take a part as the table has it.",
        ),
    ],
)
def test_lines_of_what_the_table_has_not_are_refused(options, message):
    asked = {"term": "وفد", **options}
    with pytest.raises(SchemaError) as error:
        dc.term_lines(TOKENS, DOCUMENTS, **asked)
    assert str(error.value) == message
    with pytest.raises(SchemaError) as error:
        dc.collocate_lines(TOKENS, DOCUMENTS, "طالبان", **asked)
    assert str(error.value) == message


def test_collocate_lines_by_and_between_exclude_each_other():
    with pytest.raises(SchemaError) as error:
        dc.collocate_lines(
            TOKENS, DOCUMENTS, "طالبان", "وفد", by="source", part="x", between=({"source": "x"}, {"source": "y"})
        )
    assert str(error.value) == "`between` and `by` exclude each other: a table has sides or parts."


def test_filter_concordance_beside_keeps_the_lines_with_the_word_by_normal_form():
    lines = dc.kwic(TOKENS, "طالبان", DOCUMENTS, window=2)
    assert dc.filter_concordance(lines, beside="الي")["doc_id"].tolist() == ["a", "b"]
    assert len(dc.filter_concordance(lines, beside="باريس")) == 0
    with pytest.raises(SchemaError) as error:
        dc.filter_concordance(lines, beside="وفد طالبان")
    assert str(error.value) == "`beside` is 'وفد طالبان', which holds 2 words; name one word, as it is written."

"""Words, n-grams and candidates against plain recounts and a published worked example."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize, word_rows
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.intervals import ratio_by_group
from discourse.measures.lexis.candidates import find_candidates
from discourse.measures.lexis.frequency import count_words, find_word_documents
from discourse.measures.lexis.ngrams import count_ngrams
from discourse.reading.matching.concordance import kwic
from discourse.reading.matching.matches import find_matches
from discourse.tables import check

TEXTS = st.lists(st.text(alphabet="ابتج ،.«»", max_size=60), min_size=1, max_size=5)
# Frantzi, Ananiadou and Mima (2000), section 2.3.1: frequency of each term as it stands, the nested ones taken off
TERMS = {
    "adenoid cystic basal cell carcinoma": 5,
    "cystic basal cell carcinoma": 11 - 5,
    "ulcerated basal cell carcinoma": 7,
    "recurrent basal cell carcinoma": 5,
    "circumscribed basal cell carcinoma": 3,
    "basal cell carcinoma": 984 - 26,
}


def _documents(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"d{place}" for place in range(len(texts))], "text": texts})


@given(TEXTS, st.sampled_from(["form", "norm"]))
def test_count_words_equals_a_plain_recount(texts, unit):
    tokens = tokenize(_documents(texts))
    found = count_words(tokens, unit=unit)
    check(found, "FREQUENCIES")
    words = tokens[word_rows(tokens)]
    column = words[{"form": "token", "norm": "norm"}[unit]].astype(str)
    assert dict(zip(found["term"], found["n"], strict=True)) == dict(Counter(column))
    in_documents = Counter(term for _, term in set(zip(words["doc_id"].astype(str), column, strict=True)))
    assert dict(zip(found["term"], found["n_docs"], strict=True)) == dict(in_documents)
    for term, form in zip(found["term"], found["form"], strict=True):
        written = Counter(words["token"].astype(str)[column == term])
        assert written[form] == max(written.values())


@given(TEXTS, st.booleans(), st.sampled_from([1, 2]))
def test_count_ngrams_equals_a_plain_recount(texts, across, least):
    tokens = tokenize(_documents(texts))
    found = count_ngrams(tokens, (1, 2, 3), least=least, across_marks=across)
    check(found, "NGRAMS")
    quotes = set("«»\"“”„'‘’‹›")
    counted: Counter = Counter()
    of_documents: dict[tuple, set] = {}
    places = Counter()
    for (doc_id, _), rows in tokens.groupby(["doc_id", "sentence"], observed=True):
        runs: list[list[str]] = [[]]
        for is_word, token, norm in zip(word_rows(rows), rows["token"], rows["norm"], strict=True):
            if is_word:
                runs[-1].append(norm)
            elif not across and token not in quotes:
                runs.append([])
        for run in runs:
            for length in (1, 2, 3):
                for begin in range(len(run) - length + 1):
                    key = tuple(run[begin : begin + length])
                    counted[key] += 1
                    places[length] += 1
                    of_documents.setdefault(key, set()).add(doc_id)
    wanted = {" ".join(key): (n, len(of_documents[key])) for key, n in counted.items() if n >= least}
    assert {row.term: (row.n, row.n_docs) for row in found.itertuples()} == wanted
    for row in found.itertuples():
        assert row.n_places == (places[row.n_words] if row.n_words > 1 else int(word_rows(tokens).sum()))


def test_count_ngrams_stand_as_often_as_their_patterns_match():
    tokens = tokenize(_documents(["حركة «طالبان» قالت، حركة طالبان", "حركة، طالبان", "في حركة طالبان"]))
    row = count_ngrams(tokens, 2, least=2).iloc[0]
    matches = find_matches(tokens, lexicon_from_patterns([row["form"]], clitics="none"))
    assert (row["form"], row["n"], len(matches)) == ("حركة طالبان", 3, 3)


def test_count_words_intervals_are_those_of_ratio_by_group():
    tokens = tokenize(_documents(["قال قال نعم", "قال لا", "نعم نعم نعم لا", "خبر"] * 3))
    documents = _documents(["x"] * 12).assign(story=np.repeat([f"s{place}" for place in range(4)], 3))
    sizes = np.array([3, 2, 4, 1] * 3)
    counts = np.array([2, 1, 0, 0] * 3)
    for cluster, units in ((None, None), ("story", np.repeat(np.arange(4), 3))):
        found = count_words(tokens, documents, intervals=True, cluster=cluster).set_index("term").loc["قال"]
        rate = ratio_by_group(counts[:, None], sizes, np.zeros(12, int), ["all"], kind="rate", units=units)
        share = ratio_by_group(
            (counts > 0).astype(float)[:, None], np.ones(12), np.zeros(12, int), ["all"], kind="share", units=units
        )
        assert found["lower"] == pytest.approx(1000 * rate["lower"][0, 0])
        assert found["upper"] == pytest.approx(1000 * rate["upper"][0, 0])
        assert found["share_lower"] == pytest.approx(share["lower"][0, 0])
        assert found["share_upper"] == pytest.approx(share["upper"][0, 0])


def test_count_words_marks_closed_words_and_drops_them_only_when_asked():
    tokens = tokenize(_documents(["في كابل", "من كابل"]))
    kept, dropped = count_words(tokens), count_words(tokens, closed="drop")
    assert kept.set_index("term")["closed"].to_dict() == {"كابل": False, "في": True, "من": True}
    assert dropped[["term", "n_tokens"]].values.tolist() == [["كابل", 4]]


def test_count_words_by_outlet_has_the_denominator_of_each():
    documents = _documents(["في كابل", "من كابل اليوم"]).assign(source=["x", "y"])
    found = count_words(tokenize(documents), documents, by="source")
    own = found[found["term"] == "كابل"]
    assert own[["part", "n", "n_tokens", "n_all_docs"]].values.tolist() == [["x", 1, 2, 1], ["y", 1, 3, 1]]


def test_find_word_documents_refuses_a_word_that_no_document_has():
    with pytest.raises(SchemaError) as error:
        find_word_documents(tokenize(_documents(["كابل"])), ["كابل", "بكين"])
    assert str(error.value) == (
        "`terms` names 'بكين', which no document has as a norm. Ask count_words(tokens) for the words that there are."
    )


@pytest.mark.parametrize("n", [0, 11, [], [2, 2.5], True])
def test_count_ngrams_refuses_lengths_that_are_none(n):
    with pytest.raises(SchemaError) as error:
        count_ngrams(tokenize(_documents(["كابل"])), n)
    assert str(error.value) == f"`n` is {n!r}; it must be a number of words from 1 to 10, or several such numbers."


def test_find_candidates_c_value_equals_the_worked_example_of_frantzi_and_others():
    text = ". ".join(term for term, n in TERMS.items() for _ in range(n))
    tokens = tokenize(_documents([text, "nothing"]))
    found = find_candidates(tokens, (3, 4, 5), least=3, least_log_likelihood=-np.inf).set_index("term")
    wanted = {term: found.loc[term, "n"] for term in TERMS}
    assert wanted == dict(zip(TERMS, (5, 11, 7, 5, 3, 984), strict=True))
    values = {term: round(float(found.loc[term, "c_value"]), 2) for term in TERMS}
    assert values == dict(zip(TERMS, (11.61, 12.0, 14.0, 10.0, 6.0, 1551.36), strict=True))
    assert int(found.loc["basal cell carcinoma", "n_nested"]) == 26


def test_find_candidates_marks_what_stands_in_longer_ones_only():
    texts = ["قال وزير الخارجية الروسي", "زار وزير الخارجية الروسي كابل", "عاد وزير الخارجية أمس"]
    found = find_candidates(tokenize(_documents(texts)), (2, 3), least=2, least_log_likelihood=0).set_index("pattern")
    assert found["nested"].to_dict() == {
        "وزير الخارجية الروسي": False,
        "وزير الخارجية": False,
        "الخارجية الروسي": True,
    }


def test_find_candidates_leaves_closed_edges_out_unless_kept():
    tokens = tokenize(_documents(["وصل إلى كابل أمس", "عاد إلى كابل اليوم"]))
    assert len(find_candidates(tokens, 2, least=2, least_log_likelihood=0)) == 0
    kept = find_candidates(tokens, 2, least=2, least_log_likelihood=0, closed="keep")
    assert kept["pattern"].tolist() == ["إلى كابل"]


def test_find_candidates_pattern_has_no_diacritics_and_stands_as_often():
    texts = ["مضى عشرون عاماً", "بعد عشرون عاماً", "منذ عشرون عاما", "حول روسيـا اليوم", "عن روسيـا اليوم"]
    documents = _documents(texts)
    tokens = tokenize(documents)
    found = find_candidates(tokens, 2, least=2, least_log_likelihood=0)
    assert found["pattern"].tolist() == ["عشرون عاما", "روسيا اليوم"]
    assert found["n"].tolist() == [3, 2]
    assert [len(kwic(tokens, one, documents, clitics="none")) for one in found["pattern"]] == [3, 2]


def test_count_ngrams_term_is_a_pattern_that_stands_as_often():
    documents = _documents(["قائلاً إن «الوفد» باق", "قائلا إن الوفد باق"])
    tokens = tokenize(documents)
    found = count_ngrams(tokens, 2, least=2)
    assert sorted(found["term"]) == ["الوفد باق", "ان الوفد", "قائلا ان"]
    assert [len(kwic(tokens, one, documents, clitics="none")) for one in found["term"]] == [2, 2, 2]

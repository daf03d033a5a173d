import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import discourse as dc
from discourse.errors import SchemaError
from discourse.measures.lexis.sets import place_sets, read_between, sum_words
from discourse.measures.lexis.terms import find_terms
from discourse.measures.lexis.totals import _turn, add_up, add_up_sets

REPORTS = dc.load_seed("reports")
TOKENS = dc.tokenize(REPORTS)
HALVES = REPORTS.assign(half=np.where(np.arange(len(REPORTS)) % 2, "odd", "even"))
YEARS = (("2015", "2020"), ("2022", "2026"))


def both_ways(documents, between, by, unit):
    terms = find_terms(TOKENS, unit=unit)
    placed = place_sets(TOKENS, documents, read_between(between, by))
    return add_up(TOKENS, terms, unit, placed), add_up_sets(sum_words(TOKENS, terms, placed))


@pytest.mark.parametrize("unit", ["form", "norm"])
@pytest.mark.parametrize(("between", "by"), [(YEARS, "period"), (("even", "odd"), "half")])
@pytest.mark.parametrize("mixed", [False, True])
def test_add_up_gives_what_the_sums_of_stories_give(unit, between, by, mixed):
    documents = HALVES.sample(frac=1, random_state=1) if mixed else HALVES
    one, two = both_ways(documents, between, by, unit)
    for name in ("n", "docs_with", "units_with"):
        assert np.array_equal(getattr(one, name), getattr(two, name)[:, one.terms])
    for name in ("tokens", "n_docs", "n_units", "n_units_both"):
        assert getattr(one, name) == getattr(two, name)


def test_add_up_least_leaves_out_terms_of_fewer_places():
    terms = find_terms(TOKENS, unit="norm")
    placed = place_sets(TOKENS, HALVES, read_between(("even", "odd"), "half"))
    found = add_up(TOKENS, terms, "norm", placed, least=5)
    assert found.terms.tolist() == np.flatnonzero(terms.counts.sum(axis=0) >= 5).tolist()
    assert found.n.sum(axis=0).min() == 5


def test_add_up_document_without_words_is_in_no_set():
    texts = ["كابل روسيا", "كابل", "،", "موسكو", "موسكو كابل"]
    documents = pd.DataFrame({"doc_id": list("abcde"), "text": texts, "source": list("xxxyy")})
    tokens = dc.tokenize(documents)
    found = add_up(
        tokens, find_terms(tokens), "norm", place_sets(tokens, documents, read_between(("x", "y"), "source"))
    )
    assert (found.n_docs, found.tokens) == ((2, 2), (3, 3))


def test_add_up_set_of_one_document_with_a_word_raises():
    texts = ["كابل روسيا", "،", "موسكو", "موسكو كابل"]
    documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "source": list("xxyy")})
    with pytest.raises(SchemaError) as error:
        dc.keyness(
            dc.tokenize(documents), documents, between=("x", "y"), by="source", tests=False, min_count=1, min_units=1
        )
    assert str(error.value) == (
        "`between` (x) holds 1 document with a word; what texts differ by cannot be told from one, so a set has at "
        "least 2. Take a wider set."
    )


def test_keyness_without_tests_has_the_counts_of_the_table_with_them():
    asked = {"between": YEARS, "by": "period", "min_count": 3, "min_units": 2}
    bare = dc.keyness(TOKENS, REPORTS, **asked, tests=False).set_index("term")
    whole = dc.keyness(TOKENS, REPORTS, **asked, n_draws=20).set_index("term")
    pd.testing.assert_frame_equal(bare.sort_index(), whole[bare.columns].sort_index(), check_exact=True)


def test_keyness_equal_sizes_stand_in_the_order_of_their_names_whatever_that_of_the_categories():
    asked = {"between": YEARS, "by": "period", "min_count": 2, "min_units": 1, "tests": False}
    turned = TOKENS.assign(norm=TOKENS["norm"].cat.reorder_categories(TOKENS["norm"].cat.categories[::-1]))
    pd.testing.assert_frame_equal(
        dc.keyness(turned, REPORTS, **asked), dc.keyness(TOKENS, REPORTS, **asked), check_exact=True
    )


@pytest.mark.parametrize(("times", "n_wide"), [(2**15 - 1, 0), (2**15, 1)])
@pytest.mark.parametrize("n_docs", [1, 2**15])
def test_turn_term_of_32768_places_has_wide_cells_and_its_sums_hold(times, n_wide, n_docs):
    spread = np.full(n_docs, times // n_docs)
    spread[: times % n_docs] += 1
    counts = sparse.csr_array(np.stack([np.ones(n_docs, np.int64), spread], axis=1))
    cells = _turn(counts, np.asarray(counts.sum(axis=0)))
    assert cells.wide.shape[0] == n_wide + (n_docs == 2**15)
    n, docs_with = cells.sums_of(np.ones(n_docs, np.int64), np.arange(2))
    assert (n.tolist(), docs_with.tolist()) == ([n_docs, times], [n_docs, int((spread > 0).sum())])
    assert cells.sums_of(np.ones(n_docs, np.int64), np.array([0]))[0].tolist() == [n_docs]

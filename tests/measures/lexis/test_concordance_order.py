"""Concordances sorted by places of the context, and thinned: hand counts, a plain recount, and the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.base import load_language
from discourse.language.tokens import is_word, tokenize
from discourse.measures.lexis.concordance_order import read_place, sample_concordance, sort_concordance
from discourse.reading.matching.concordance import kwic
from discourse.tables import check

# What is read before and after each place of the word: (جاء, ثم ذهب), (ثم, ذهب جاء), (ذهب, جاء بعيدا).
TEXT = "جاء زيد ثم زيد ذهب زيد جاء بعيدا"
DOCUMENTS = pd.DataFrame({"doc_id": ["a"], "text": [TEXT]})
LINES = kwic(tokenize(DOCUMENTS), "زيد", DOCUMENTS, window=2)


def starts(by, lines=LINES, **options):
    return sort_concordance(lines, by, **options)["start"].tolist()


def test_kwic_hits_within_one_window_are_a_row_each():
    assert LINES[["pre", "keyword", "post"]].values.tolist() == [
        ["جاء ", "زيد", " ثم زيد"],
        ["زيد ثم ", "زيد", " ذهب زيد"],
        ["زيد ذهب ", "زيد", " جاء بعيدا"],
    ]


@pytest.mark.parametrize(("by", "expected"), [
    ("1R", [1, 5, 3]),  # ثم جاء ذهب
    ("1L", [3, 1, 5]),  # ثم جاء ذهب: what is read before, on the right of an Arabic page
    ("2R", [5, 1, 3]),  # بعيدا زيد زيد, the equal ones by their places
    ("2L", [3, 5, 1]),  # زيد زيد, and the first line has no second word before: last
    (("2L", "1R"), [5, 3, 1]),
    ("1l", [3, 1, 5]),
])  # fmt: skip
def test_sort_concordance_equals_the_hand_count(by, expected):
    assert starts(by) == expected
    check(sort_concordance(LINES, by), "CONCORDANCE")


def test_sort_concordance_without_a_word_at_the_place_stands_last():
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["زيد", "زيد وصل", "زيد."]})
    lines = kwic(tokenize(documents), "زيد", documents)
    assert sort_concordance(lines, "1R")["doc_id"].tolist() == ["b", "a", "c"]


def test_sort_concordance_shows_the_spelling_and_compares_the_normal_form():
    documents = pd.DataFrame({"doc_id": list("abc"), "text": ["زيد أحمد باع", "زيد احمد أكل", "زيد آب"]})
    lines = kwic(tokenize(documents), "زيد", documents)
    assert sort_concordance(lines)["post"].tolist() == [" آب", " احمد أكل", " أحمد باع"]


def test_sort_concordance_follows_the_alphabet_not_the_code_points():
    texts = ["زيد يوم", "زيد ثوب", "زيد ةx", "زيد پاک", "زيد باب", "زيد 7", "زيد Kabul"]
    documents = pd.DataFrame({"doc_id": list("abcdefg"), "text": texts})
    lines = kwic(tokenize(documents), "زيد", documents)
    assert sort_concordance(lines, "1R")["post"].tolist() == [
        " 7", " Kabul", " باب", " پاک", " ةx", " ثوب", " يوم"
    ]  # fmt: skip


def test_sort_key_of_a_letter_that_is_no_letter_stays():
    pack = load_language("arabic")
    assert sorted(["ي", "ى", "و", "x"], key=pack.sort_key) == ["x", "و", "ى", "ي"]


def test_sort_concordance_by_the_node_brings_equal_forms_together():
    documents = pd.DataFrame({"doc_id": list("abc"), "text": ["وروسيا", "روسيا", "لروسيا"]})
    lines = kwic(tokenize(documents), "روسيا", documents)
    assert sort_concordance(lines, "node")["keyword"].tolist() == ["روسيا", "لروسيا", "وروسيا"]


PLACES = st.lists(st.sampled_from(["1L", "2L", "1R", "2R", "node"]), unique=True, min_size=1)


@given(st.permutations(range(len(LINES))), PLACES)
@settings(max_examples=40)
def test_sort_concordance_order_of_the_rows_changes_nothing(order, by):
    whole = sort_concordance(LINES, by)
    pd.testing.assert_frame_equal(sort_concordance(LINES.iloc[order], by), whole)
    pd.testing.assert_frame_equal(sort_concordance(whole, by), whole)
    assert sorted(whole["start"]) == LINES["start"].tolist()


def test_sort_concordance_equals_a_recount_from_the_tokens(reports):
    documents = reports.head(40)
    tokens = tokenize(documents)
    lines = kwic(tokens, "طالبان", documents, window=3)
    key = load_language("arabic").sort_key
    words = {
        doc: [(row.position, key(row.norm)) for row in own.itertuples() if is_word(row.token)]
        for doc, own in tokens.astype({"token": "str", "norm": "str"}).groupby("doc_id", observed=True)
    }

    def places(row):
        before = [norm for at, norm in words[row.doc_id] if at < row.start]
        after = [norm for at, norm in words[row.doc_id] if at >= row.end]
        second, first = before[-2] if len(before) > 1 else None, after[0] if after else None
        return first is None, first or "", second is None, second or "", row.doc_id, row.start

    expected = sorted(lines.itertuples(), key=places)
    found = sort_concordance(lines, ("1R", "2L"))
    assert len(found) > 30
    assert found[["doc_id", "start"]].values.tolist() == [[row.doc_id, row.start] for row in expected]


@pytest.mark.parametrize("place", ["0L", "0R", "R", "1", "-1R", "1M", "١R", 1, None])
def test_read_place_that_is_none_says_what_is(place):
    with pytest.raises(SchemaError) as raised:
        read_place(place)
    assert str(raised.value) == (
        f"`by` has the place {place!r}; a place is a number of words, 1 or more, with L (before the keyword in reading "
        "order) or R (after it), such as '1L' or '2R', or 'node' for the keyword itself."
    )


@pytest.mark.parametrize("options", [{}, {"window": 2}])
def test_sort_concordance_beyond_the_window_says_so(options):
    assert len(sort_concordance(LINES, "2L", **options)) == 3
    with pytest.raises(SchemaError) as raised:
        sort_concordance(LINES, ("1R", "3L"), **options)
    assert str(raised.value) == (
        "`by` has the place '3L', and the contexts hold 2 words on each side at most. Name a nearer place, or make the "
        "concordance with a wider window (kwic(window=...))."
    )


@pytest.mark.parametrize(("by", "said"), [
    (("1R", "1r"), "names '1R', '1r' more than once"),
    ((), "names no place"),
])  # fmt: skip
def test_sort_concordance_places_once_each(by, said):
    with pytest.raises(SchemaError) as raised:
        sort_concordance(LINES, by)
    assert str(raised.value) == f"`by` {said}; give each place once, such as ('1R', '2R')."


def test_sort_and_sample_of_no_lines_are_no_lines():
    none = kwic(tokenize(DOCUMENTS), "عمرو", DOCUMENTS)
    assert len(sort_concordance(none, "9R")) == len(sample_concordance(none, 5)) == 0


LONG = pd.DataFrame({"doc_id": ["a", "b"] * 100, "start": np.arange(200), "end": np.arange(1, 201), "pattern": "x"})


def test_sample_concordance_takes_n_in_the_order_in_which_they_stood():
    drawn = sample_concordance(LONG, 50)
    assert len(drawn) == 50
    assert drawn["start"].is_monotonic_increasing and drawn["start"].is_unique
    assert 10 <= drawn["doc_id"].eq("a").sum() <= 40


def test_sample_concordance_order_of_the_rows_changes_nothing_and_the_seed_does():
    drawn = set(sample_concordance(LONG, 50)["start"])
    assert set(sample_concordance(LONG.sample(frac=1, random_state=1), 50)["start"]) == drawn
    assert set(sample_concordance(LONG, 50, seed=1)["start"]) != drawn


def test_sample_concordance_smaller_lies_within_larger():
    assert set(sample_concordance(LONG, 20)["start"]) < set(sample_concordance(LONG, 50)["start"])


@pytest.mark.parametrize(("n", "kept"), [(199, 199), (200, 200), (201, 200)])
def test_sample_concordance_of_more_than_there_are_is_all(n, kept):
    assert len(sample_concordance(LONG, n)) == kept


def test_sample_concordance_each_line_is_drawn_as_often_as_any_other():
    """Of 200 lines 50 are drawn with 400 seeds: 100 times each, give or take five standard errors of a binomial."""
    drawn = np.zeros(200)
    for seed in range(400):
        drawn[sample_concordance(LONG, 50, seed=seed)["start"]] += 1
    assert abs(drawn - 100).max() < 5 * np.sqrt(400 * 0.25 * 0.75)


@pytest.mark.parametrize(("options", "said"), [
    ({"n": 0}, "`n` is 0; it must be a whole number, 1 or more."),
    ({"n": 2.0}, "`n` is 2.0; it must be a whole number, 1 or more."),
    ({"n": True}, "`n` is True; it must be a whole number, 1 or more."),
    ({"n": 1, "seed": -1}, "`seed` is -1; it must be a whole number, 0 or more."),
])  # fmt: skip
def test_sample_concordance_wrong_numbers(options, said):
    with pytest.raises(SchemaError) as raised:
        sample_concordance(LONG, **options)
    assert str(raised.value) == said

"""Matches: patterns, overlaps, exceptions, gaps; held against a plain recount."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.reading.matching.matches import find_matches

WORDS = ["روسيا", "طالبان", "حركة", "مفاوضات", "الحظر", "رفع", "عن", "،", "«", "»", "."]


def match(text: str | list[str], patterns, **options) -> list[tuple]:
    texts = [text] if isinstance(text, str) else text
    documents = pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "text": texts})
    found = find_matches(tokenize(documents), lexicon_from_patterns(patterns), **options)
    return list(found[["start", "end", "pattern"]].itertuples(index=False, name=None))


def test_find_matches_longest_wins_within_a_category():
    assert match("قالت حركة طالبان باكستان", ["طالبان", "حركة طالبان", "حركة طالبان باكستان"]) == [
        (1, 4, "حركة طالبان باكستان")
    ]


def test_find_matches_categories_do_not_compete():
    found = match("حركة طالبان", {"a": ["حركة طالبان"], "b": ["طالبان"]})
    assert found == [(0, 2, "حركة طالبان"), (1, 2, "طالبان")]


def test_find_matches_overlaps_all_keeps_every_match():
    assert len(match("حركة طالبان", ["طالبان", "حركة طالبان"], overlaps="all")) == 2


def test_find_matches_quotation_marks_between_places_are_looked_through():
    assert match("قالت حركة «طالبان» أمس", ["حركة طالبان"]) == [(1, 4, "حركة طالبان")]


def test_find_matches_comma_between_places_is_not():
    assert match("الحركة، طالبان", ["حركة طالبان"]) == []


def test_find_matches_does_not_cross_a_sentence_or_a_document():
    assert match("هذه حركة. طالبان", ["حركة طالبان"]) == []
    assert match(["هذه حركة", "طالبان"], ["حركة طالبان"]) == []


def test_find_matches_gap_counts_the_tokens_between():
    entry = [{"pattern": "رفع حظر", "gap": 2}]
    assert match("رفع كل أشكال الحظر", entry) == [(0, 4, "رفع حظر")]
    assert match("رفع كل أشكال هذا الحظر", entry) == []


def test_find_matches_exception_that_overlaps_drops_the_match():
    entry = [{"pattern": "طالبان", "except": ["طالبان جامعيان", "جلال طالبان"]}]
    assert match("طالبان جامعيان وطالبان أفغانستان", entry) == [(2, 3, "طالبان")]


def test_find_matches_glob_takes_proclitics():
    assert [m[0] for m in match("إرهاب والإرهابيين بالإرهاب أرهب", ["إرهاب*"])] == [0, 1, 2]
    assert [m[0] for m in match("كابول كابل كابلات", ["كاب?ل"])] == [0]


def test_find_matches_alternatives_in_one_place():
    assert len(match("رفع الحظر وإزالة الحظر وفرض الحظر", ["رفع|إزالة الحظر"])) == 2


def test_find_matches_no_match_gives_an_empty_table_with_all_categories():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["نص آخر"]}))
    found = find_matches(tokens, lexicon_from_patterns({"a": ["روسيا"], "b": ["كابل"]}))
    assert len(found) == 0
    assert list(found["category"].cat.categories) == ["a", "b"]


def test_find_matches_no_tokens_gives_an_empty_table():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [""]}))
    assert len(find_matches(tokens, lexicon_from_patterns(["روسيا"]))) == 0


def test_find_matches_unknown_overlaps_lists_choices():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا"]}))
    with pytest.raises(SchemaError) as error:
        find_matches(tokens, lexicon_from_patterns(["روسيا"]), overlaps="first")
    assert str(error.value) == "`overlaps` is 'first'; it must be one of 'all', 'longest'."


def test_find_matches_lemmas_without_annotation_raises():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا"]}))
    with pytest.raises(SchemaError) as error:
        find_matches(tokens, lexicon_from_patterns(["روسيا"]), words="lemmas")
    assert str(error.value) == "`tokens` lacks the columns 'lemma', 'pos'; add them with annotate_morphology()."


def test_find_matches_input_is_not_changed():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا وطالبان"]}))
    before = tokens.copy(deep=True)
    find_matches(tokens, lexicon_from_patterns(["روسيا"]))
    pd.testing.assert_frame_equal(tokens, before)


def _recount(text: str, patterns: list[str]) -> list[tuple[int, int]]:
    """Count again by a plain loop: literal patterns without clitics, longest then leftmost, marks looked through."""
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    rows = [(r.position, r.sentence, r.token) for r in tokens.itertuples() if r.token not in "«»"]
    found = []
    for order, pattern in enumerate(patterns):
        words = pattern.split()
        for i in range(len(rows) - len(words) + 1):
            window = rows[i : i + len(words)]
            if [w[2] for w in window] == words and len({w[1] for w in window}) == 1:
                found.append((window[0][0], window[-1][0] + 1, order))
    taken: list[tuple[int, int]] = []
    for start, end, _ in sorted(found, key=lambda m: (m[0] - m[1], m[0], m[2])):
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
    return sorted(taken)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.lists(
        st.lists(st.sampled_from(WORDS[:7]), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
    ),
)
def test_find_matches_literal_patterns_equal_a_plain_recount(words, patterns):
    text = " ".join(words)
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = find_matches(tokens, lexicon_from_patterns(patterns, clitics="none"))
    assert list(found[["start", "end"]].itertuples(index=False, name=None)) == _recount(text, patterns)


def test_find_matches_document_order_changes_nothing(reports):
    lexicon = lexicon_from_patterns({"a": ["روسيا", "[حوار]"], "b": ["طالبان"]}, lemmas={"حوار": {"pos": "noun"}})
    expected = find_matches(tokenize(reports), lexicon)
    order = list(range(len(reports)))
    random.Random(20151223).shuffle(order)
    pd.testing.assert_frame_equal(find_matches(tokenize(reports.iloc[order]), lexicon), expected)

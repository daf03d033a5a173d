"""Sensitivity against a plain rerun of the matching with the entry left out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.sensitivity import compare_lexicons, leave_one_out
from discourse.reading.matching.matches import find_matches

WORDS = ["حركة", "طالبان", "روسيا", "الأفغانية", "حكومة"]


def rerun(lexicon, tokens):
    """Match again without each entry; the oracle of leave_one_out."""
    everything = find_matches(tokens, lexicon)
    rows = []
    for number, entry in enumerate(lexicon.entries.itertuples()):
        rest = replace(lexicon, entries=lexicon.entries.drop(index=number).reset_index(drop=True))
        before = everything[everything["category"] == entry.category]
        after = find_matches(tokens, rest)
        after = after[after["category"] == entry.category]
        docs_lost = before["doc_id"].nunique() - after["doc_id"].nunique()
        rows.append((entry.category, entry.pattern, len(before) - len(after), docs_lost))
    return sorted(rows)


def as_rows(table):
    columns = ["category", "pattern", "n_lost", "n_docs_lost"]
    return sorted(table[columns].astype({"category": "str"}).itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def tokens():
    texts = ["حركة طالبان الأفغانية وروسيا", "طالبان وطالبان", "حكومة روسيا", ""]
    return tokenize(pd.DataFrame({"doc_id": list("abcd"), "text": texts}))


def test_leave_one_out_overlapping_entries_counts_by_hand(tokens):
    lexicon = lexicon_from_patterns({"taliban": ["طالبان", "حركة طالبان", "طالبان الأفغانية"], "russia": ["روسيا"]})
    table = leave_one_out(lexicon, tokens).set_index("pattern")
    # whole lexicon: a: حركة طالبان (leftmost of two of equal length); b: طالبان twice
    assert table["n_matches"].to_dict() == {"روسيا": 2, "طالبان": 2, "حركة طالبان": 1, "طالبان الأفغانية": 0}
    # without حركة طالبان its place goes to طالبان الأفغانية, so nothing is lost
    assert table["n_lost"].to_dict() == {"روسيا": 2, "طالبان": 2, "حركة طالبان": 0, "طالبان الأفغانية": 0}
    assert table["n_docs_lost"].to_dict() == {"روسيا": 2, "طالبان": 1, "حركة طالبان": 0, "طالبان الأفغانية": 0}
    assert table.loc["طالبان", "share_docs_lost"] == 0.5
    assert table.loc["طالبان", "share_lost"] == pytest.approx(2 / 3)


def lost(texts, patterns):
    """Return pattern to matches, matches lost and documents lost, in the order of the table, for one category."""
    made = tokenize(pd.DataFrame({"doc_id": [str(n) for n in range(len(texts))], "text": texts}))
    table = leave_one_out(lexicon_from_patterns({"one": patterns}), made)
    assert table.index.tolist() == list(range(len(patterns)))
    return [tuple(row) for row in table[["pattern", "n_matches", "n_lost", "n_docs_lost"]].itertuples(index=False)]


def test_leave_one_out_longer_of_two_wins_though_it_begins_later():
    patterns = ["حركة طالبان", "طالبان الأفغانية وروسيا"]
    # without either, the other has its place
    assert lost(["حركة طالبان الأفغانية وروسيا"], patterns) == [(patterns[0], 0, 0, 0), (patterns[1], 1, 0, 0)]


def test_leave_one_out_first_and_last_of_a_chain_win():
    patterns = ["حركة طالبان", "طالبان الأفغانية", "الأفغانية وروسيا"]
    assert sorted(lost(["حركة طالبان الأفغانية وروسيا"], patterns)) == sorted(
        [(patterns[0], 1, 1, 0), (patterns[1], 0, 0, 0), (patterns[2], 1, 1, 0)]
    )


def test_leave_one_out_more_documents_lost_come_before_more_matches_lost():
    texts = ["طالبان طالبان طالبان", "روسيا", "روسيا"]
    assert lost(texts, ["طالبان", "روسيا"]) == [("روسيا", 2, 2, 2), ("طالبان", 3, 3, 1)]


def test_leave_one_out_shares_are_of_the_category():
    made = tokenize(pd.DataFrame({"doc_id": list("abc"), "text": ["روسيا", "طالبان حركة", "طالبان"]}))
    table = leave_one_out(lexicon_from_patterns({"one": ["طالبان", "حركة"], "two": ["روسيا"]}), made)
    assert table["pattern"].tolist() == ["طالبان", "حركة", "روسيا"]
    assert table["share_lost"].tolist() == pytest.approx([2 / 3, 1 / 3, 1])
    assert table["share_docs_lost"].tolist() == [0.5, 0.0, 1.0]


def test_leave_one_out_entry_never_found_has_null_share(tokens):
    table = leave_one_out(lexicon_from_patterns({"iran": ["إيران"]}), tokens)
    assert table[["n_matches", "n_lost"]].to_numpy().tolist() == [[0, 0]]
    assert table["share_lost"].isna().all()


def test_leave_one_out_does_not_change_its_input(tokens):
    before = tokens.copy(deep=True)
    leave_one_out(lexicon_from_patterns(["طالبان"]), tokens)
    pd.testing.assert_frame_equal(tokens, before)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=3),
    patterns=st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
    ),
    cut=st.integers(0, 5),
)
def test_leave_one_out_any_lexicon_equals_a_rerun(texts, patterns, cut):
    made = tokenize(pd.DataFrame({"doc_id": [str(i) for i in range(len(texts))], "text": texts}))
    groups = {"one": patterns[:cut], "two": patterns[cut:]}
    lexicon = lexicon_from_patterns({name: group for name, group in groups.items() if group})
    assert as_rows(leave_one_out(lexicon, made)) == rerun(lexicon, made)


def test_leave_one_out_frames_on_reports_equals_a_rerun(reports):
    made = tokenize(reports.head(25))
    lexicon = load_lexicon("frames")
    table = leave_one_out(lexicon, made)
    shown = table[table["n_matches"] > 0].sort_values("n_matches", ascending=False).groupby("category", observed=True)
    everything = find_matches(made, lexicon)
    for row in shown.head(2).itertuples():
        one = (lexicon.entries["pattern"] == row.pattern) & (lexicon.entries["category"] == row.category)
        rest = replace(lexicon, entries=lexicon.entries[~one].reset_index(drop=True))
        after = (find_matches(made, rest)["category"] == row.category).sum()
        assert row.n_lost == (everything["category"] == row.category).sum() - after
    assert len(table) == len(lexicon.entries)
    assert table["n_matches"].sum() == len(everything)


def test_leave_one_out_wrong_table_says_what_is_missing():
    message = r"^`tokens` lacks the columns 'sentence', 'norm'; make it with tokenize\(\)\.$"
    with pytest.raises(SchemaError, match=message):
        leave_one_out(lexicon_from_patterns(["طالبان"]), pd.DataFrame({"doc_id": ["a"]}))


def test_compare_lexicons_same_lexicon_agrees_fully(tokens):
    lexicon = lexicon_from_patterns({"taliban": ["طالبان"], "russia": ["روسيا"]})
    table = compare_lexicons(lexicon, lexicon, tokens)
    assert table["n_matches_a"].tolist() == table["n_same"].tolist() == [2, 3]
    assert table["jaccard"].tolist() == [1.0, 1.0]
    assert table["correlation"].tolist() == pytest.approx([1.0, 1.0])


def test_compare_lexicons_different_categories_lists_both(tokens):
    one = lexicon_from_patterns({"taliban": ["طالبان"], "iran": ["إيران"]})
    two = lexicon_from_patterns({"taliban": ["حركة طالبان"], "russia": ["روسيا"]})
    table = compare_lexicons(one, two, tokens).set_index("category")
    assert list(table.index) == ["iran", "russia", "taliban"]
    assert table.loc["taliban", ["n_matches_a", "n_matches_b", "n_same", "n_docs_both"]].tolist() == [3, 1, 0, 1]
    assert table.loc["taliban", "jaccard"] == 0.5
    assert table.loc["russia", ["n_docs_a", "n_docs_b"]].tolist() == [0, 2]
    assert table.loc["russia", "jaccard"] == 0
    assert compare_lexicons(two, one, tokens).set_index("category").loc["russia", "jaccard"] == 0
    assert table.loc["taliban", ["n_docs_a", "n_docs_b"]].tolist() == [2, 1]
    assert np.isnan(table.loc["iran", "jaccard"])
    assert table.loc[["iran", "russia"], "correlation"].isna().all()
    # counts per document: a has (1, 2, 0, 0), b has (1, 0, 0, 0)
    assert table.loc["taliban", "correlation"] == pytest.approx(np.corrcoef([1, 2, 0, 0], [1, 0, 0, 0])[0, 1])

"""What is remembered changes no result: a frame with a history gives what the same frame gives when first seen."""

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns, load_lexicon
from discourse.measures.counts import count_matches
from discourse.reading.matching.concordance import kwic
from discourse.reading.matching.locating import locate
from discourse.reading.matching.matches import find_matches
from discourse.reading.matching.rows import document_edges, rows_by_word, word_places
from discourse.reading.matching.scopes import find_scopes

TEXTS = [
    "لم تعترف موسكو بحركة «طالبان» ولا بروسيا. وزير طالباني، روسيا الاتحادية",
    "قد ترفع روسيا الحظر عن حركة طالبان؟ لا، لن ترفع «الحظر»",
    "",
    "طالبان طالبان «« طالبان »» حركة",
]
DOCUMENTS = pd.DataFrame({"doc_id": list("abcd"), "text": TEXTS})
LEXICON = lexicon_from_patterns(
    {
        "taliban": ["طالبان", "حركة طالبان"],
        "russia": ["روسيا", "موسكو", "روسيا الاتحادية"],
        "ban": ["[رفع] الحظر", "حظر*"],
    },
    lemmas={"رفع": {"pos": "verb", "present": "رفع"}},
)
WORDS = ["روسيا", "طالبان", "«", "لم", "موسكو", "."]


def unknown(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return an equal frame of which nothing can be remembered."""
    return pickle.loads(pickle.dumps(tokens))


def results(tokens: pd.DataFrame) -> list[pd.DataFrame]:
    matches = find_matches(tokens, LEXICON)
    return [
        matches,
        find_matches(tokens, LEXICON, overlaps="all"),
        count_matches(matches, tokens),
        kwic(tokens, "طالبان", DOCUMENTS, window=2),
        kwic(tokens, "حظر*", DOCUMENTS, window=1, limit=2, offset=1),
        find_scopes(tokens, scopes=load_lexicon("scopes")),
    ]


def assert_as_if_unknown(tokens: pd.DataFrame) -> None:
    expected = results(unknown(tokens))
    for _ in range(2):
        for found, wanted in zip(results(tokens), expected, strict=True):
            pd.testing.assert_frame_equal(found, wanted)


STEPS = st.sampled_from(["loc", "array", "sentence", "filter", "order", "concat", "tokenize"])


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(STEPS, st.integers(0, 40)), max_size=4))
def test_find_matches_any_history_of_the_tokens_changes_nothing(steps):
    tokens = tokenize(DOCUMENTS)
    assert_as_if_unknown(tokens)
    for step, number in steps:
        row = number % len(tokens)
        if step == "loc":
            tokens.loc[row, "norm"] = WORDS[number % len(WORDS)]
        elif step == "array":
            tokens["norm"].array[row] = WORDS[number % len(WORDS)]
        elif step == "sentence":
            tokens.loc[row:, "sentence"] += 1
        elif step == "filter" and len(tokens) > 1:
            tokens = tokens.drop(index=row).reset_index(drop=True)
        elif step == "order":
            tokens = pd.concat([tokens.iloc[row:], tokens.iloc[:row]], ignore_index=True)
        elif step == "concat" and len(tokens) < 200:
            tokens = pd.concat([tokens, tokens], ignore_index=True)
        elif step == "tokenize":
            tokens = tokenize(DOCUMENTS)
        assert_as_if_unknown(tokens)


def test_find_matches_word_written_over_in_place_is_seen():
    tokens = tokenize(DOCUMENTS)
    before = find_matches(tokens, LEXICON)["category"].value_counts()
    tokens.loc[tokens["norm"] == "موسكو", "norm"] = "لم"
    after = find_matches(tokens, LEXICON)["category"].value_counts()
    assert before["russia"] - after["russia"] == 1
    assert before["taliban"] == after["taliban"]


def changed_entries(lexicon: Lexicon) -> Lexicon:
    lexicon.entries.loc[0, "pattern"] = "موسكو"
    return lexicon


def changed_exceptions(lexicon: Lexicon) -> Lexicon:
    lexicon.entries["except"].iloc[0].append("روسيا الاتحادية")
    return lexicon


def fewer_entries(lexicon: Lexicon) -> Lexicon:
    return replace(lexicon, entries=lexicon.entries.iloc[1:].reset_index(drop=True))


def changed_clitics(lexicon: Lexicon) -> Lexicon:
    lexicon.entries["clitics"] = "none"
    return lexicon


@pytest.mark.parametrize("change", [changed_entries, changed_exceptions, fewer_entries, changed_clitics])
def test_locate_lexicon_changed_after_its_first_use_is_read_anew(change):
    tokens = tokenize(DOCUMENTS)
    lexicon = lexicon_from_patterns(["روسيا", "طالباني"])
    before = len(locate(tokens, lexicon))
    assert len(locate(tokens, change(lexicon))) != before


def test_find_scopes_reach_changed_after_its_first_use_is_read_anew():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["لم تعترف موسكو بعد"]}))
    scopes = load_lexicon("scopes")
    before = find_scopes(tokens, scopes=scopes)
    scopes.entries["scope"] = 1
    after = find_scopes(tokens, scopes=scopes)
    assert after["reach"].iloc[0] == after["open"].iloc[0] + 1 < before["reach"].iloc[0]


def test_find_scopes_table_is_the_callers_own():
    tokens = tokenize(DOCUMENTS)
    scopes = load_lexicon("scopes")
    first = find_scopes(tokens, scopes=scopes)
    first.loc[0, "effect"] = "hedge"
    first["reach"].array[0] = 0
    second = find_scopes(tokens, scopes=scopes)
    assert second.loc[0, "effect"] == "negate"
    assert second.loc[0, "reach"] > 0


@pytest.mark.parametrize("repeats", [1, 40])  # by the index, and by a look at every row
def test_rows_find_equals_a_look_at_every_row(repeats):
    table = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["طالبان " + "«روسيا» " * repeats + "في " * 40]}))
    rows, words = rows_by_word(table), table["norm"].cat.categories
    wanted = words.get_indexer(["روسيا", "طالبان"])
    assert rows.find(wanted).tolist() == table.index[table["norm"].isin(["روسيا", "طالبان"])].tolist()
    assert rows.find(np.empty(0, np.int64)).tolist() == []


def test_rows_word_that_is_null_is_no_word():
    table = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["روسيا طالبان يا"]}))
    table.loc[0, "norm"] = None
    assert rows_by_word(table).find(np.arange(3)).tolist() == [1, 2]
    assert locate(table, lexicon_from_patterns(["روسيا", "طالبان", "يا"])).first.tolist() == [1, 2]


def test_rows_step_passes_runs_of_quotation_marks_and_ends_beyond_the_table():
    table = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["«روسيا «» طالبان»»"]}))
    rows = rows_by_word(table)
    assert table["token"].tolist() == ["«", "روسيا", "«", "»", "طالبان", "»", "»"]
    assert rows.step(np.array([1, 4]), 1).tolist() == [4, 7]
    assert rows.step(np.array([4, 1]), -1).tolist() == [1, -1]


def test_document_edges_and_word_places_of_no_rows_are_of_no_rows():
    table = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [""]}))
    assert document_edges(table).tolist() == [0]
    assert word_places(table).tolist() == []
    assert len(locate(table, LEXICON)) == 0


def test_kwic_page_is_a_part_of_all_hits():
    tokens = tokenize(DOCUMENTS)
    every = kwic(tokens, ["طالبان", "روسيا"], DOCUMENTS, window=1)
    for offset in range(len(every) + 2):
        page = kwic(tokens, ["طالبان", "روسيا"], DOCUMENTS, window=1, limit=2, offset=offset)
        assert page.values.tolist() == every.iloc[offset : offset + 2].values.tolist()
    assert kwic(tokens, "طالبان", DOCUMENTS, limit=0).empty


def test_kwic_page_of_tokens_out_of_order_follows_the_order_of_the_table():
    tokens = tokenize(DOCUMENTS).iloc[::-1].reset_index(drop=True)
    every = kwic(tokens, "طالبان", DOCUMENTS, window=0)
    page = kwic(tokens, "طالبان", DOCUMENTS, window=0, limit=2)
    assert page.values.tolist() == every.iloc[:2].values.tolist()

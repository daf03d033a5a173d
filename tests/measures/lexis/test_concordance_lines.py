"""Lines of a concordance marked and chosen: each condition with a line on either side of it."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.lexis.concordance_lines import filter_concordance, mark_concordance
from discourse.reading.matching.concordance import kwic
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.tables import check

# a: sentence 0 in the words of Lavrov, sentence 1 in those of the outlet; b: negated, and not; c: nothing to quote.
DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": [
            "قال لافروف إن طالبان وصلت. وانتهى لقاء طالبان.",
            "لم تعترف موسكو بطالبان. وزار الوفد طالبان.",
            "وفد طالبان",
        ],
        "date": pd.to_datetime(["2015-12-23", "2016-01-01", "2016-01-01"]),
        "date_precision": ["day", "day", "year"],
        "source": ["ahram", "hayat", None],
    }
)
TOKENS = tokenize(DOCUMENTS)
QUOTATIONS = find_quotations(DOCUMENTS, TOKENS)
LINES = mark_concordance(kwic(TOKENS, "طالبان", DOCUMENTS), TOKENS, quotations=QUOTATIONS)
A0, A1, B0, B1, C0 = range(5)


def kept(**options):
    found = filter_concordance(LINES, documents=DOCUMENTS, **options)
    whole = LINES[["doc_id", "start"]].astype({"doc_id": "str"}).values.tolist()
    return [whole.index(row) for row in found[["doc_id", "start"]].astype({"doc_id": "str"}).values.tolist()]


def test_mark_concordance_equals_the_hand_count():
    check(LINES, "CONCORDANCE")
    assert LINES[["doc_id", "sentence", "negated", "voice"]].values.tolist() == [
        ["a", 0, False, "russia"],
        ["a", 1, False, "outlet"],
        ["b", 0, True, "outlet"],
        ["b", 1, False, "outlet"],
        ["c", 0, False, "outlet"],
    ]


def test_mark_concordance_negates_as_find_matches_does(reports):
    documents = reports.head(60)
    tokens = tokenize(documents)
    lines = mark_concordance(kwic(tokens, "طالبان", documents), tokens)
    matches = find_matches(tokens, lexicon_from_patterns(["طالبان"]))
    assert lines["negated"].tolist() == matches["negated"].tolist()
    assert lines["negated"].any()


def test_mark_concordance_of_sorted_lines_keeps_the_order_and_of_shuffled_tokens_the_marks():
    turned = LINES.iloc[::-1].drop(columns=["sentence", "negated", "voice"]).reset_index(drop=True)
    marked = mark_concordance(turned, TOKENS, quotations=QUOTATIONS)
    pd.testing.assert_frame_equal(marked, LINES.iloc[::-1].reset_index(drop=True))


def test_mark_concordance_of_other_tokens_names_the_places():
    other = TOKENS.loc[~(TOKENS["doc_id"].eq("c") | TOKENS["doc_id"].eq("b") & TOKENS["sentence"].eq(1))]
    lines = kwic(TOKENS, "طالبان", DOCUMENTS)
    places = [f"'{doc}:{at}'" for doc, at in lines[["doc_id", "start"]].values.tolist()][3:]
    with pytest.raises(SchemaError) as raised:
        mark_concordance(lines, other)
    assert str(raised.value) == (
        f"`tokens` lacks 2 places of `concordance` (doc_id:position). First: {', '.join(places)}. Pass the tokens that "
        "kwic() was given."
    )


@pytest.mark.parametrize(("options", "expected"), [
    ({}, [A0, A1, B0, B1, C0]),
    ({"voice": "quoted"}, [A0]),
    ({"voice": "outlet"}, [A1, B0, B1, C0]),
    ({"voice": "russia"}, [A0]),
    ({"voice": "us"}, []),
    ({"negated": True}, [B0]),
    ({"negated": False}, [A0, A1, B1, C0]),
    ({"where": {"source": "ahram"}}, [A0, A1]),
    ({"where": {"source": ["ahram", "unknown"]}}, [A0, A1, C0]),
    ({"where": {"period": "2015"}}, [A0, A1]),
    ({"where": {"period": ("2015-12-24", "2016-01-01")}}, [B0, B1]),  # c is dated by the year alone
    ({"where": {"period": "2016"}}, [B0, B1, C0]),
    ({"where": {"period": "2016", "source": "hayat"}, "negated": False}, [B1]),
])  # fmt: skip
def test_filter_concordance_keeps_what_is_asked_for(options, expected):
    assert kept(**options) == expected


def test_filter_concordance_voices_add_up_to_all():
    inside, outside = kept(voice="quoted"), kept(voice="outlet")
    assert sorted(inside + outside) == [A0, A1, B0, B1, C0]


def test_filter_concordance_by_holder_keeps_the_sentences_of_its_positions():
    positions = pd.DataFrame({"doc_id": ["a", "b", "b"], "sentence": [1, 0, 1], "holder": ["iran", "russia", "iran"]})
    assert kept(positions=positions, holder="iran") == [A1, B1]
    assert kept(positions=positions, holder="russia", negated=False) == []
    with pytest.raises(SchemaError) as raised:
        kept(positions=positions, holder="china")
    assert str(raised.value) == "`holder` is 'china', of whom `positions` has no position; it has 'iran', 'russia'."


@pytest.mark.parametrize(("options", "said"), [
    (
        {"where": {"source": "times"}},
        "`where` names 'times', which no row has in 'source'; it has 'ahram', 'hayat', 'unknown'.",
    ),
    ({"where": {"voice": "quoted"}}, "`where` names a voice, which documents do not have. Give it as `voice`."),
    (
        {"where": {"period": "1999"}},
        "`where` (1999) holds no document that is measured. The dates run from 2015-12-23 to 2016-12-31.",
    ),
    ({"holder": "iran"}, "`holder` and `positions` belong together: whose positions, and the table that holds them."),
])  # fmt: skip
def test_filter_concordance_wrong_conditions(options, said):
    with pytest.raises(SchemaError) as raised:
        kept(**options)
    assert str(raised.value) == said


def test_filter_concordance_unknown_voice_lists_those_that_there_are():
    with pytest.raises(SchemaError, match=r"^`voice` is 'moon'; it must be one of .*'outlet', .*'quoted', 'russia'"):
        kept(voice="moon")


@pytest.mark.parametrize(("options", "column", "call"), [
    ({"negated": True}, "negated", ""),
    ({"voice": "outlet"}, "voice", ", quotations=find_quotations(...)"),
])  # fmt: skip
def test_filter_concordance_unmarked_says_how_to_mark(options, column, call):
    with pytest.raises(SchemaError) as raised:
        filter_concordance(LINES.drop(columns=[column]), **options)
    assert str(raised.value) == (
        f"`concordance` has no column {column!r}, which is asked for. Make it: "
        f"mark_concordance(concordance, tokens{call})."
    )


def test_filter_concordance_without_documents_asks_for_them():
    with pytest.raises(SchemaError) as raised:
        filter_concordance(LINES, where={"source": "ahram"})
    assert str(raised.value) == "`documents` is missing, which `where` asks. Pass the documents of the concordance."


def test_mark_concordance_of_no_lines_is_none_and_keeps_the_columns():
    none = kwic(TOKENS, "عمرو", DOCUMENTS)
    marked = mark_concordance(none, TOKENS, quotations=QUOTATIONS)
    check(marked, "CONCORDANCE")
    assert len(filter_concordance(marked, voice="quoted", negated=True)) == 0
    assert np.asarray(marked["sentence"]).dtype == np.int32

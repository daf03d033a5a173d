"""Keywords in context: hand counts, a plain recount, and the layout on a terminal."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import tables
from discourse.errors import LexiconError, SchemaError
from discourse.language.tokens import is_word, tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.reading.matching.concordance import kwic, show_concordance

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": [
            "قال كابولوف إن لروسيا مصالح مع طالبان، وإن موسكو تتبادل المعلومات مع «طالبان».",
            "طالبان",
            "لا ذكر لها هنا",
        ],
    }
)


def test_kwic_hand_counted_window_gives_words_and_the_marks_between_them():
    table = kwic(tokenize(DOCUMENTS), "طالبان", DOCUMENTS, window=2)
    assert table[["doc_id", "start", "end", "pre", "keyword", "post"]].values.tolist() == [
        ["a", 6, 7, "مصالح مع ", "طالبان", "، وإن موسكو"],
        ["a", 14, 15, "المعلومات مع «", "طالبان", ""],
        ["b", 0, 1, "", "طالبان", ""],
    ]
    tables.check(table, "CONCORDANCE")


def test_kwic_window_beyond_the_text_stops_at_its_ends():
    table = kwic(tokenize(DOCUMENTS), "موسكو", DOCUMENTS, window=100)
    text = DOCUMENTS.loc[0, "text"]
    assert table.loc[0, "pre"] + table.loc[0, "keyword"] + table.loc[0, "post"] == text.removesuffix("».")


def test_kwic_window_of_zero_gives_the_keyword_alone():
    table = kwic(tokenize(DOCUMENTS), "طالبان", DOCUMENTS, window=0)
    assert table[["pre", "post"]].values.tolist() == [["", ""]] * 3


def test_kwic_proclitics_follow_the_option():
    tokens = tokenize(DOCUMENTS)
    assert kwic(tokens, "روسيا", DOCUMENTS)["keyword"].tolist() == ["لروسيا"]
    assert len(kwic(tokens, "روسيا", DOCUMENTS, clitics="none")) == 0


def test_kwic_several_patterns_or_a_lexicon_say_which_fired():
    tokens = tokenize(DOCUMENTS)
    expected = ["روسيا", "موسكو"]
    assert kwic(tokens, ["موسكو", "روسيا"], DOCUMENTS)["pattern"].tolist() == expected
    lexicon = lexicon_from_patterns({"russia": ["موسكو", "روسيا"]})
    assert kwic(tokens, lexicon, DOCUMENTS)["pattern"].tolist() == expected


WORDS = ["طالبان", "موسكو", "،", ".", "2015", "«"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=4), st.integers(0, 4))
def test_kwic_any_corpus_equals_a_plain_recount(texts, window):
    documents = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": [" ".join(t) for t in texts]})
    tokens = tokenize(documents)
    table = kwic(tokens, "طالبان", documents, window=window)
    expected = []
    for doc_id, own in tokens.groupby("doc_id", observed=True, sort=True):
        words = own["token"].astype("str").tolist()
        text = documents.set_index("doc_id").loc[doc_id, "text"]
        counted = [place for place, word in enumerate(words) if is_word(word)]
        for place, word in enumerate(words):
            if word == "طالبان":
                before = [p for p in counted if p < place][-window:] if window else []
                after = [p for p in counted if p > place][:window]
                first, last = min([*before, place]), max([*after, place])
                row = own.iloc[place]
                pre = text[own.iloc[first]["start_char"] : row["start_char"]]
                post = text[row["end_char"] : own.iloc[last]["end_char"]]
                expected.append([doc_id, place, pre, "طالبان", post])
    assert table[["doc_id", "start", "pre", "keyword", "post"]].values.tolist() == expected


def test_kwic_pattern_that_cannot_match_says_why():
    with pytest.raises(LexiconError, match="not declared"):
        kwic(tokenize(DOCUMENTS), "[طالبان]", DOCUMENTS)


def test_kwic_pattern_with_diacritics_finds_what_it_finds_without():
    tokens = tokenize(DOCUMENTS)
    found = kwic(tokens, "طالِبان", DOCUMENTS)
    assert len(found) and found.equals(kwic(tokens, "طالبان", DOCUMENTS))


def test_kwic_negative_window_is_refused():
    with pytest.raises(SchemaError) as caught:
        kwic(tokenize(DOCUMENTS), "طالبان", DOCUMENTS, window=-1)
    assert str(caught.value) == "`window` is -1; it must be a whole number of words, 0 or more."


def test_kwic_documents_of_another_corpus_are_refused():
    with pytest.raises(SchemaError) as caught:
        kwic(tokenize(DOCUMENTS), "طالبان", DOCUMENTS.iloc[1:])
    assert str(caught.value) == (
        "`documents` lacks 1 of the doc_id values of `tokens`. First: 'a'. Pass the documents that the tokens were "
        "made from."
    )


def cells(text: str) -> int:
    return sum(unicodedata.category(character) not in ("Mn", "Cf") for character in text)


def test_show_concordance_right_to_left_keeps_keywords_in_one_column():
    table = kwic(tokenize(DOCUMENTS), ["طالبان", "كابولوف"], DOCUMENTS, window=3)
    lines = show_concordance(table, width=70).splitlines()
    bodies = [line.partition("\u2067")[2].removesuffix("\u2069") for line in lines]
    places = [cells(body[: body.index(keyword)]) for body, keyword in zip(bodies, table["keyword"], strict=True)]
    assert len(set(places)) == 1
    assert len({cells(body) for body in bodies}) == 1
    assert all(line.startswith(f"{doc_id}  \u2067") for line, doc_id in zip(lines, table["doc_id"], strict=True))
    assert all(line.endswith("\u2069") and cells(line) <= 70 for line in lines)


def test_show_concordance_plain_shows_no_controls_and_one_line_a_hit():
    hit = pd.DataFrame({"doc_id": ["a"], "pre": ["إن\n\u202b "], "keyword": ["لروسيا"], "post": ["\tمصالح\x1b[2J"]})
    assert show_concordance(hit, right_to_left=False) == "a\tإن\tلروسيا\tمصالح [2J\n"


def test_show_concordance_no_hits_is_empty():
    table = kwic(tokenize(DOCUMENTS), "كابل", DOCUMENTS)
    assert show_concordance(table) == ""
    assert len(table) == 0
    tables.check(table, "CONCORDANCE")


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("value", [-1, 1.0, True])
def test_kwic_page_that_is_no_number_of_hits_is_refused(name, value):
    with pytest.raises(SchemaError) as caught:
        kwic(tokenize(DOCUMENTS), "طالبان", DOCUMENTS, **{name: value})
    assert str(caught.value) == f"`{name}` is {value!r}; it must be a whole number of hits, 0 or more."


def test_kwic_document_named_twice_gives_its_last_text():
    twice = pd.concat([DOCUMENTS.assign(text="x" * 100), DOCUMENTS], ignore_index=True)
    tokens = tokenize(DOCUMENTS)
    pd.testing.assert_frame_equal(kwic(tokens, "طالبان", twice), kwic(tokens, "طالبان", DOCUMENTS))


DATED = DOCUMENTS.assign(
    date=pd.to_datetime(["2015-12-23", None, "2015-12-24"]),
    source=pd.Categorical(["الحياة", "عكاظ", None]),
    title=["لقاء", None, None],
)


def test_kwic_carries_date_outlet_and_title_of_the_document():
    table = kwic(tokenize(DATED), "طالبان", DATED, window=1)
    assert table.columns.tolist()[-3:] == ["date", "source", "title"]
    assert table["date"].tolist() == [pd.Timestamp("2015-12-23"), pd.Timestamp("2015-12-23"), pd.NaT]
    assert table["source"].tolist() == ["الحياة", "الحياة", "عكاظ"]
    assert table["title"].fillna("").tolist() == ["لقاء", "لقاء", ""]
    tables.check(table, "CONCORDANCE")


def test_kwic_a_column_that_no_document_fills_is_left_out():
    bare = DATED.assign(title=None, date=pd.NaT)
    assert kwic(tokenize(bare), "طالبان", bare).columns.tolist()[7:] == ["source"]


def test_show_concordance_plain_has_date_outlet_and_title_behind_the_context():
    table = kwic(tokenize(DATED), "طالبان", DATED, window=1)
    assert show_concordance(table, right_to_left=False).splitlines() == [
        "a\tمع\tطالبان\t، وإن\t2015-12-23\tالحياة\tلقاء",
        "a\tمع «\tطالبان\t\t2015-12-23\tالحياة\tلقاء",
        "b\t\tطالبان\t\t\tعكاظ\t",
    ]


def test_show_concordance_right_to_left_heads_the_hits_of_a_document_once():
    table = kwic(tokenize(DATED), "طالبان", DATED, window=1)
    lines = show_concordance(table, width=70).splitlines()
    assert [line.strip("\u2066\u2069") for line in lines if line.startswith("\u2066")] == [
        "a · 2015-12-23 · الحياة · لقاء",
        "b · عكاظ",
    ]
    assert len(lines) == 5 and all(cells(line) <= 70 for line in lines)

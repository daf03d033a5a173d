"""Tokens: slices, boundaries, sentences."""

import pandas as pd
import pytest
from camel_tools.tokenizers.word import simple_word_tokenize
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.language.tokens import is_word, split_words, tokenize, word_rows

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى"
TEXT = st.text(
    alphabet=st.sampled_from(list(LETTERS + " \n\t.،؛:!?؟«»\"'()-_0123٤٥abcXYZ😀€%\u064b\u0640")), max_size=60
)


def documents(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "text": list(texts)})


def sentences(text: str) -> list[str]:
    tokens = tokenize(documents(text))
    spans = tokens.groupby("sentence").agg(first=("start_char", "min"), last=("end_char", "max"))
    return [text[a:b] for a, b in spans.itertuples(index=False)]


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_tokenize_slices_equal_tokens(texts):
    frame = documents(*texts)
    for row in tokenize(frame).itertuples():
        assert frame.loc[int(row.doc_id[1:]), "text"][row.start_char : row.end_char] == row.token


@given(st.text(max_size=80))
def test_tokenize_tokens_do_not_overlap_and_leave_only_blanks_and_controls(text):
    tokens = tokenize(documents(text))
    covered = "".join(text[a:b] for a, b in zip(tokens["start_char"], tokens["end_char"], strict=True))
    assert (tokens["start_char"].to_numpy()[1:] >= tokens["end_char"].to_numpy()[:-1]).all()
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@settings(max_examples=300)
@given(TEXT)
def test_split_words_boundaries_equal_camel_tools_outside_the_documented_cases(text):
    import re

    cases = re.compile(
        r"\d[.,٫٬]\d|[\w.+-]+@|(?:^|[\W_])[\u0621-\u064a](?:\.|\. | )[\u0621-\u064a](?:[\W_]|$)|www\.|://"
    )
    if cases.search(text):
        return
    assert split_words(text) == simple_word_tokenize(text)


@given(st.permutations(["قالت موسكو.", "نفت كابل ذلك", "", "طالبان"]))
def test_tokenize_document_order_changes_nothing(texts):
    ids = {text: f"id-{i}" for i, text in enumerate(["قالت موسكو.", "نفت كابل ذلك", "", "طالبان"])}
    shuffled = pd.DataFrame({"doc_id": [ids[text] for text in texts], "text": texts})
    expected = tokenize(shuffled.sort_values("doc_id"))
    pd.testing.assert_frame_equal(tokenize(shuffled), expected)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("قالت (أ ف ب) إن", ["قالت", "(", "أ ف ب", ")", "إن"]),
        ("نقلت أ.ف.ب. أمس", ["نقلت", "أ.ف.ب", ".", "أمس"]),
        ("د. أحمد و ب", ["د", ".", "أحمد", "و", "ب"]),
        ("بلغ ٢٣٤٫٥ مليون", ["بلغ", "٢٣٤٫٥", "مليون"]),
        ("1,000.50$", ["1,000.50", "$"]),
        ("12:30 و23/12/2015", ["12", ":", "30", "و23", "/", "12", "/", "2015"]),
        ("https://ar.example.org/a?b=1، نص", ["https://ar.example.org/a?b=1", "،", "نص"]),
        ("اكتب إلى a.b@example.org.", ["اكتب", "إلى", "a.b@example.org", "."]),
        ("\u202bموسكو\u202c\u200f!", ["موسكو", "!"]),
        ("روسيا\x00طالبان", ["روسيا", "طالبان"]),
        ("می\u200cشود", ["می\u200cشود"]),
        ("👨\u200d👩\u200d👧 🇷🇺", ["👨\u200d👩\u200d👧", "🇷🇺"]),
        ("G20", ["G20"]),
    ],
)
def test_split_words_documented_case_is_cut_as_documented(text, tokens):
    assert split_words(text) == tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نفت موسكو. قالت كابل!", ["نفت موسكو.", "قالت كابل!"]),
        ('قال "نعم." وأضاف', ['قال "نعم."', "وأضاف"]),
        ("قال «نعم.» وأضاف", ["قال «نعم.»", "وأضاف"]),
        ("العنوان\nالمتن", ["العنوان", "المتن"]),
        ("القائمة    الرئيسية", ["القائمة", "الرئيسية"]),
        ("لا.. بل نعم", ["لا.. بل نعم"]),
        ("د. أحمد قال", ["د. أحمد قال"]),
        ("بلغ 3.5 مليون", ["بلغ 3.5 مليون"]),
        ("موقع CNN.com قال", ["موقع CNN.com قال"]),
        ("انتهى.وقال", ["انتهى.", "وقال"]),
        ("ماذا؟! لا", ["ماذا؟!", "لا"]),
        ('انتهى. "نعم"', ["انتهى.", '"نعم"']),
    ],
)
def test_tokenize_sentence_ends_where_documented(text, expected):
    assert sentences(text) == expected


def test_tokenize_founding_article_has_the_hand_counted_sentences(article):
    tokens = tokenize(article)
    assert tokens["sentence"].max() + 1 == 14
    assert "".join(tokens["token"].astype("str").head(3)) == "موسكو:نتعاون"


def test_tokenize_empty_document_keeps_its_category():
    tokens = tokenize(documents("", "نعم"))
    assert list(tokens["doc_id"].cat.categories) == ["d0", "d1"]
    assert len(tokens) == 1


def test_tokenize_repeated_doc_id_raises():
    frame = pd.DataFrame({"doc_id": ["a", "a"], "text": ["x", "y"]})
    with pytest.raises(SchemaError) as error:
        tokenize(frame)
    assert str(error.value) == (
        "`documents` has 1 repeated doc_id values; doc_id must be unique. First: 'a'. "
        "Drop or rename them before tokenize()."
    )


def test_tokenize_missing_column_raises():
    with pytest.raises(SchemaError) as error:
        tokenize(pd.DataFrame({"doc_id": ["a"]}))
    assert str(error.value) == "`documents` lacks the columns 'text' of DOCUMENTS; it has 'doc_id'."


def test_tokenize_five_megabytes_without_a_stop_is_one_sentence():
    tokens = tokenize(documents("طالبان " * 700_000))
    assert len(tokens) == 700_000
    assert tokens["sentence"].max() == 0


def test_tokenize_columns_are_dictionary_coded():
    tokens = tokenize(documents("قالت موسكو قالت"))
    assert [str(dtype) for dtype in tokens.dtypes] == ["category", *["int32"] * 4, "category", "category"]
    assert len(tokens["token"].cat.categories) == 2


def test_word_rows_marks_are_no_words():
    tokens = tokenize(documents("قال: «لا» 5"))
    assert word_rows(tokens).tolist() == [is_word(token) for token in tokens["token"]]
    assert word_rows(tokens).sum() == 3

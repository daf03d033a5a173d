"""Cutting by tables against a second implementation: one pattern, piece by piece, one document at a time."""

import re
import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse.language.arabic.boundaries import BOUNDARIES
from discourse.language.arabic.normalization import ABBREVIATION, DIACRITICS, Normalizer
from discourse.language.boundaries import Boundaries, is_token, piece_pattern
from discourse.language.cutting import cut_texts, merge_words, portions
from discourse.language.tokens import split_words, tokenize

# The reference -----------------------------------------------------------------------------------------------------

JOINERS = "\u200c\u200d\u00ad\u200e\u200f\u061c"
LETTER = "[\u0621-\u063a\u0641-\u064a]"
CATEGORIES = [unicodedata.category(chr(number)) for number in range(0x10000)]
MARK = "".join(re.escape(chr(n)) for n, kind in enumerate(CATEGORIES) if kind[0] in "PS")
MARK += "\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff"
CONTROL = "".join(
    re.escape(chr(n))
    for n, kind in enumerate(CATEGORIES)
    if kind in ("Cc", "Cf") and not chr(n).isspace() and chr(n) not in JOINERS
)
CONTROL += "\U000e0001-\U000e007f"
WORD = rf"[^\s{MARK}{CONTROL}{JOINERS}]+"
BASE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
PIECE = re.compile(
    rf"""
      \s+
    | (?:https?://|www\.)[^\s<>"«»“”‹›()،؛]*[\w/\#=&]
    | [\w.+-]+@[\w-]+\.[\w.-]*\w
    | {ABBREVIATION.replace(" ", "[ ]")}
    | (?:[وف][بلك]?|[بلك])(?={LETTER}\.{LETTER}\.{LETTER}(?!\w))
    | (?:[وف]?(?:[بك]?ال|لل|[بلك])?ـ*)\d+(?:[.,٫٬]\d+)+{LETTER}*(?![\w{DIACRITICS}])
    | {WORD}(?:[{JOINERS}]+{WORD})*
    | [\U0001f1e6-\U0001f1ff]{{2}}
    | {BASE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{BASE})+
    | [{CONTROL}{JOINERS}]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def role(piece: str) -> str:
    if piece.isspace():
        return "break" if len(piece) >= 4 or set(piece) & set("\n\r\u2028\u2029\x0b\x0c\x85") else "blank"
    if all(unicodedata.category(c) in ("Cc", "Cf") for c in piece):
        return "blank"
    for marks, kind in ((".", "dot"), ("!?؟۔‼⁇", "end"), ("»”’)]}›", "close"), ("\"'", "quote")):
        if len(piece) == 1 and piece in marks:
            return kind
    if (len(piece) == 1 and "\u0621" <= piece <= "\u064a") or ("." in piece and re.fullmatch(ABBREVIATION, piece)):
        return "letter"
    return "latin" if piece[-1].isascii() and piece[-1].isalpha() else "other"


def reference(text: str) -> list[tuple[int, int, int, str]]:
    """Return start, end, sentence and token of each token of one text, token by token."""
    tokens, broken, place = [], False, 0
    for piece in PIECE.findall(text):
        kind = role(piece)
        if kind in ("blank", "break"):
            broken |= kind == "break"
        else:
            tokens.append((place, place + len(piece), kind, piece, broken))
            broken = False
        place += len(piece)
    rows, sentence, ended = [], 0, False
    for row, (start, end, kind, piece, broken) in enumerate(tokens):
        before = tokens[row - 1] if row else (0, -1, "", "", False)
        behind = tokens[row + 1] if row + 1 < len(tokens) else (-1, 0, "", "", False)
        touches, touches_next = before[1] == start, behind[0] == end
        ends = kind == "end"
        if kind == "dot":
            in_row = (touches and before[2] == "dot") or (touches_next and behind[2] == "dot")
            inside = touches and touches_next and before[2] == behind[2] == "latin"
            ends = not in_row and not (touches and before[2] == "letter") and not inside
        trailing = kind in ("end", "dot", "close") or (kind == "quote" and touches)
        if row and (broken or (ended and not trailing)):
            sentence += 1
        if not trailing:
            ended = False
        ended |= ends
        rows.append((start, end, sentence, piece))
    return rows


def rows_of(texts: list[str], **options: object) -> list[list[tuple[int, int, int, str]]]:
    frame = pd.DataFrame({"doc_id": [f"{number:04d}" for number in range(len(texts))], "text": texts})
    tokens = tokenize(frame, **options)
    columns = zip(
        tokens["doc_id"].cat.codes,
        tokens["start_char"].tolist(),
        tokens["end_char"].tolist(),
        tokens["sentence"].tolist(),
        tokens["token"].tolist(),
        strict=True,
    )
    found: list[list[tuple[int, int, int, str]]] = [[] for _ in texts]
    for document, *row in columns:
        found[document].append(tuple(row))
    return found


# Text that reaches every rule ----------------------------------------------------------------------------------------

ALPHABET = [
    *"ابتوفكيأؤإئةىءآد", *"\u064b\u0651\u0653\u0670\u06d6\u0640\u0610", *"\u200c\u200d\u00ad\u2060\ufeff\u200b",
    *"\u200e\u200f\u061c\u202b\u202c\u2067\u2069", *"0159٠٣٥۰۴۹", "\U0001d7ce", "²", "①", *"abwhtpsXZéſİ",
    *".,٫٬:;،؛!?؟۔‼()[]{}«»“”’‘\"'-_+/\\#=&@%<>€^", *" \t\n\r\x0b\x0c\x1c\x1f\x85\u00a0\u2003\u2028\u2029\u3000",
    *"\x00\x01\x7f\ufffd\ue000\u0378\u2427\u0300\u0301\ufe0f\ufe0e\u20e3\u1ab0", *"→■☺❤",
    *"😀👨👩🏽🇷🇺🇦\U0001d100\U00010348\U0001e900\U000110bd\U000e0041\U000e0100\U0010fffd\U00020000",
]  # fmt: skip
FRAGMENTS = [
    "https://", "http://ar.example.org/a?b=1", "www.", "www.example.com", "a.b@example.org", "@", "://", "1,000.50",
    "٢٣٤٫٥", "1.5", "3.5م", "12:30", "أ ف ب", "أ.ف.ب", "د. ب. أ", "و ب أ", "أ.ب", " و ", "د.", "CNN.com", "G20", "...",
    "..", ". ", ".»", '."', "؟!", "    ", "   ", "\r\n", "می\u200cشود", "👨\u200d👩\u200d👧", "❤\ufe0f", "👍🏽",
    "قالت ", "موسكو", " لا", "☺\ufe0f①\ufe0f", "\u202bموسكو\u202c",
]  # fmt: skip
NEIGHBOURS = [*"❤①\ufe0f\u200d🇷🏽👍\u064b\u0301\u200f\U000110bd\U000e0002_", "a@b.c", "www.a", "://", "1.5", "http://a"]
TEXT = st.lists(st.sampled_from(ALPHABET) | st.sampled_from(FRAGMENTS) | st.characters(codec="utf-8"), max_size=40).map(
    "".join
)


@settings(max_examples=400)
@given(st.lists(TEXT, min_size=1, max_size=4))
@example(["أ.ف\ufe0f أ ب ت\u0301", "1.5.6x 1.55x", "a@b.cً" + "أ.ب"])
@example(["نعم.", "» لا", ".. نعم"])
@example(["❤\ufe0fأ ف ب", "❤\u200d①أ ف ب", "☺\ufe0f①\ufe0fأ.ف"])
@example(["\U000110bd", "\U000110bdأ", "أ\u200c", "\u200cأ\u00ad"])
def test_tokenize_any_text_equals_the_pattern_piece_by_piece(texts):
    assert rows_of(texts) == [reference(text) for text in texts]


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*"أدبو. 1x،\u064b\u0301_\n\u200f", ". "]), max_size=24).map("".join))
def test_tokenize_letters_that_stand_alone_equals_the_pattern(text):
    assert rows_of([text]) == [reference(text)]


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*"أب .1", *NEIGHBOURS]), max_size=16).map("".join))
def test_tokenize_letters_beside_what_looks_ahead_equals_the_pattern(text):
    assert rows_of([text]) == [reference(text)]


@settings(max_examples=500)
@given(st.lists(st.sampled_from([*"«».!؟\"')أنA \n", "..", "    "]), max_size=24).map("".join))
def test_tokenize_ends_of_sentences_equals_the_rules_one_by_one(text):
    assert rows_of([text]) == [reference(text)]


@given(TEXT)
def test_split_words_any_text_equals_tokenize(text):
    assert split_words(text) == [row[3] for row in rows_of([text])[0]]


@pytest.mark.parametrize("code", [*range(0, 0x20000, 0x800), 0xE0000])
def test_tokenize_every_code_point_between_letters_equals_the_pattern(code):
    text = " ".join(
        f"ب{c} {c}أ.ف{c}ب 1{c}2{c}" for c in map(chr, range(code, code + 0x800)) if not 0xD800 <= ord(c) < 0xE000
    )
    assert rows_of([text]) == [reference(text)]


# Tables --------------------------------------------------------------------------------------------------------------


@given(st.lists(TEXT, max_size=5))
def test_tokenize_categories_are_the_sorted_words_and_their_normal_forms(texts):
    frame = pd.DataFrame({"doc_id": [f"{n}" for n in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    tokens = tokenize(frame)
    words = sorted({row[3] for text in texts for row in reference(text)})
    assert tokens["token"].cat.categories.tolist() == words
    assert tokens["norm"].cat.categories.tolist() == sorted(set(map(Normalizer(), words)))
    assert tokens["norm"].tolist() == [Normalizer()(word) for word in tokens["token"]]
    assert [str(dtype) for dtype in tokens.dtypes] == ["category", *["int32"] * 4, "category", "category"]
    assert tokens["token"].cat.categories.dtype == tokens["norm"].cat.categories.dtype == "str"
    assert tokens["position"].tolist() == [n for text in texts for n in range(len(reference(text)))]


@given(st.lists(TEXT, min_size=2, max_size=5))
def test_tokenize_a_neighbour_changes_no_document(texts):
    assert rows_of(texts) == [rows_of([text])[0] for text in texts]


def test_tokenize_after_a_document_that_ends_a_sentence_leading_dots_end_none():
    assert [row[2] for row in rows_of(["انتهى.", ".. والشماعة: مشجب", "» لا"])[1]] == [0] * 5


@given(st.lists(TEXT, max_size=6), st.integers(1, 60))
def test_merge_words_of_portions_equals_one_portion(texts, size):
    cuts = [cut_texts(portion, BOUNDARIES) for portion in portions(texts, size)]
    words, codes = merge_words(cuts)
    whole_words, whole = merge_words([cut_texts(texts, BOUNDARIES)])
    assert words.to_pylist() == whole_words.to_pylist()
    assert codes.tolist() == whole.tolist()


@pytest.mark.parametrize(("size", "sizes"), [(3, [1, 1]), (4, [2]), (1, [1, 1])])
def test_portions_ends_where_the_size_is_reached(size, sizes):
    assert [len(portion) for portion in portions(["abc", "d"], size)] == sizes


@pytest.mark.parametrize(("blanks", "sentences"), [(3, 1), (4, 2)])
def test_tokenize_blanks_in_a_row_break_from_four_on(blanks, sentences):
    assert len({row[2] for row in rows_of(["القائمة" + " " * blanks + "الرئيسية"])[0]}) == sentences
    assert len({row[2] for row in rows_of(["القائمة  \u200f  الرئيسية"])[0]}) == 1


def test_tokenize_nulls_and_numbers_are_empty_and_written_out():
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": pd.Series(["نعم", None, 12.5], dtype=object)})
    assert tokenize(frame)["token"].tolist() == ["نعم", "12.5"]
    assert len(tokenize(frame.iloc[:0])) == 0


def test_cut_texts_other_boundaries_are_kept_apart():
    latin = Boundaries(abbreviation=r"[A-Z]\.[A-Z](?!\w)", initials="A-Z", titles="A-Z", number_marks=",")
    text = "U.S. 1,5 1.5 أ.ف.ب"
    cut = cut_texts([text], latin)
    expected = [piece for piece in piece_pattern(latin).findall(text) if is_token(piece)]
    assert cut.words.take(np.asarray(cut.codes)).to_pylist() == expected
    assert expected[:6] == ["U.S", ".", "1,5", "1", ".", "5"]

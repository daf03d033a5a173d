"""Two copies of a text: spans of one laid on the other, or the two are no pair."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.exchange.codes.pairs import pair_texts, simplify


@pytest.mark.parametrize(
    ("theirs", "ours", "span", "placed"),
    [
        ("a b", "a b", (0, 3), (0, 3)),
        ("a\nb", "a\r\nb", (2, 3), (3, 4)),
        ("a\nb", "a\r\nb", (0, 2), (0, 3)),  # the line end is one character there and two here
        ("a\r\nb", "a\nb", (0, 2), (0, 1)),  # half of a line end is none of it
        ("a\r\nb", "a\nb", (0, 3), (0, 2)),
        ("a b", " a  b ", (0, 1), (1, 2)),
        ("a b", " a  b ", (1, 3), (2, 5)),
        ("a  b", "a b", (2, 4), (2, 3)),  # from the middle of the spaces on
        ("a  b", "a b", (1, 2), None),  # a part of what is one space here
        ("\u00e9a", "e\u0301a", (0, 1), (0, 2)),
        ("e\u0301a", "\u00e9a", (0, 1), None),  # a letter without its mark
        ("e\u0301a", "\u00e9a", (0, 2), (0, 1)),
        ("\ufeffab", "ab", (1, 2), (0, 1)),
        ("ab", "\ufeffab", (0, 1), (1, 2)),
    ],
)
def test_pair_places_spans(theirs, ours, span, placed):
    assert pair_texts(theirs, ours).place(*span) == placed


def test_pair_of_other_texts_is_none():
    assert pair_texts("ab", "ac") is None


TEXTS = st.text(st.sampled_from("ab \n\u064e\u0653\u0627e\u0301"), max_size=12)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, start=st.integers(0, 12), end=st.integers(0, 12), form=st.sampled_from(["NFC", "NFD"]))
def test_pair_never_places_other_words(text, start, end, form):
    other = "\ufeff" + unicodedata.normalize(form, text).replace("\n", "\r\n") + " "
    pair = pair_texts(other, text)
    assert pair is not None
    placed = pair.place(start, min(end, len(other)))
    if placed is not None:
        one, two = other[start : min(end, len(other))], text[placed[0] : placed[1]]
        assert simplify(one).text == simplify(two).text


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_simplify_knows_where_each_character_stands(text):
    found = simplify(text)
    assert found.text == " ".join(unicodedata.normalize("NFC", text).split())
    assert found.begins == sorted(found.begins) and found.ends == sorted(found.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.begins, found.ends, strict=True))

"""The plain spelling of a text: its letters, and the way back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.language.arabic.plain import plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ديسمبـــر", "ديسمبر"),
        ("دِيسَمْبِر", "ديسمبر"),
        ("دیسمبر", "ديسمبر"),
        ("ﺩﻳﺴﻤﺒﺮ", "ديسمبر"),
        ("اﻷول", "الاول"),
        ("23\u200f/\u200f12", "23/12"),
        ("٢٣ و۲۳", "23 و23"),
        ("أمس ـ اليوم", "امس ـ اليوم"),
        ("", ""),
    ],
)
def test_plain_text_is_one_spelling(text, plain):
    assert plain_text(text).text == plain


def test_plain_span_holds_the_marks_of_its_last_letter_and_no_bidi_mark():
    plain = plain_text("\u200fصيفاً\u200f ثم")
    assert plain.span(0, 4) == (1, 6)


def test_plain_span_of_a_ligature_is_the_ligature():
    plain = plain_text("اﻷول")
    assert plain.span(1, 3) == (1, 2)


@given(st.text("ابتديسﻷﺩـ\u064b\u064e\u200f\u200c 12٣", max_size=30))
def test_plain_places_rise_and_stay_within_the_text(text):
    plain = plain_text(text)
    places = [plain.place(at) for at in range(len(plain.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert plain_text(plain.text).text == plain.text

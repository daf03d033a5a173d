"""The normal form: what it folds, and that folding twice changes nothing."""

import pytest
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar
from hypothesis import given
from hypothesis import strategies as st

from discourse.language.arabic.normalization import BIDI_CONTROLS, DIACRITICS, Normalizer, normalize_words

HARAKAT = "".join(map(chr, range(0x064B, 0x0653)))
ARABIC = st.text(alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), max_size=12)


@given(st.text(max_size=20))
def test_normalizer_twice_equals_once(word):
    for normalize in (Normalizer(), Normalizer(ta=True, hamza=True), Normalizer(alef=False, ya=False, digits=False)):
        assert normalize(normalize(word)) == normalize(word)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى" + HARAKAT, min_size=1, max_size=12))
def test_normalizer_arabic_letters_equal_camel_tools(word):
    assert Normalizer()(word) == normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(word)))


@given(ARABIC)
def test_normalizer_result_holds_no_invisible_mark(word):
    assert not set(Normalizer()(word)) & set(DIACRITICS + BIDI_CONTROLS + "\u0640")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("أفغانستان", "افغانستان"),
        ("الإرهــاب", "الارهاب"),
        ("مُحَمَّدٌ", "محمد"),
        ("على", "علي"),
        ("\u202bموسكو\u202c", "موسكو"),
        ("می\u200cشود", "ميشود"),
        ("\ufedf\ufee0\ufed8\ufeca", "للقع"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("٢٣٤٫٥", "234.5"),
        ("أ ف ب", "ا.ف.ب"),
        ("أ.ف.ب", "ا.ف.ب"),
        ("د. ب. أ", "د.ب.ا"),
        ("CNN", "cnn"),
        ("حركة", "حركة"),
        ("مسؤول", "مسؤول"),
    ],
)
def test_normalizer_written_form_folds(written, normal):
    assert Normalizer()(written) == normal


def test_normalizer_options_change_only_their_letters():
    assert Normalizer(ta=True)("حركة") == "حركه"
    assert Normalizer(hamza=True)("مسؤول") == "مسءول"
    assert Normalizer(alef=False)("أحمد") == "أحمد"


def test_normalize_words_keeps_order():
    assert normalize_words(["إلى", "أن"]) == ["الي", "ان"]


@given(st.lists(st.text(max_size=8) | ARABIC | st.sampled_from(["أ.ف.ب", "د. ب. أ", "٢٣٤٫٥", "ﷺ", "ẞ\u0345", "a\nB"])))
def test_fold_words_many_equals_each_alone(words):
    for normalizer in (Normalizer(), Normalizer(ta=True, hamza=True), Normalizer(alef=False, ya=False, digits=False)):
        assert normalizer.fold_words(words) == [normalizer(word) for word in words]

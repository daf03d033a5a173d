"""Which words are forms of a lemma: what hamzas and the words beside it tell."""

import unicodedata

import pandas as pd
import pytest

from discourse.language.arabic.readings import judge, stands
from discourse.language.tokens import split_words, tokenize, word_rows
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.reading.matching.matches import find_matches

VERB, NOUN = {"pos": "verb"}, {"pos": "noun"}


def hits(text: str, pattern: str, lemmas: dict | None = None, **options) -> list[str]:
    """Return the tokens of the matches of a pattern in one text."""
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = find_matches(tokens, lexicon_from_patterns([pattern], lemmas=lemmas, **options))
    return [" ".join(tokens["token"].iloc[a:b]) for a, b in zip(found["start"], found["end"], strict=True)]


@pytest.mark.parametrize(
    ("lemma", "spec", "text", "right"),
    [
        # hamza at the end
        ("بدأ", VERB, "بدأت بدأوا بدؤوا بدت", "بدأت بدأوا بدؤوا"),
        ("قرأ", VERB, "قرأت قرت قروا", "قرأت"),
        ("ملأ", VERB, "ملأوا ملّوا", "ملأوا"),
        ("أساء", VERB, "أساؤوا يسيئون يسيئوا", "أساؤوا يسيئون يسيئوا"),
        ("جزء", NOUN, "جزءا جزئه جزأين جزاه", "جزءا جزئه جزأين"),
        ("شيء", NOUN, "شيئا شيئه", "شيئا شيئه"),
        ("عبء", NOUN, "عبئا عبئه", "عبئا عبئه"),
        ("لجوء", NOUN, "لجوءا لجوئه", "لجوءا لجوئه"),
        ("مبدأ", NOUN, "مبدئه مبدآن مبادئ", "مبدئه مبدآن مبادئ"),
        ("مسؤول", NOUN, "مسئول مسؤل مسؤولو", "مسئول مسؤل مسؤولو"),
        # contracted and short stems
        ("أشار", VERB, "في تشرين الثاني", ""),
        ("عاد", VERB, "عدوا يعدون عدن", ""),
        ("عد", VERB, "عدوا عدن عدنا", "عدوا"),
        # hamza as it is written
        ("ثأر", VERB, "أثار الهجوم جدلا. آثار الحرب. ثأرت", "ثأرت"),
        ("ألح", VERB, "انتقدت الحكم. ألح عليه", "ألح"),
        ("رأي", NOUN, "أبدى رايه", "رايه"),
        # duals and plurals in the construct
        ("وزير", {"pos": "noun", "plural": ["وزراء"], "sound": "none"}, "وزيري خارجية روسيا", "وزيري"),
        ("عام", NOUN, "بين عامي 2014 و2015", "عامي"),
        ("حزب", NOUN, "موقف حزبي ضيق", ""),
        ("مقاتل", NOUN, "مقاتلو الحركة مع مقاتلي الجبهة", "مقاتلو مقاتلي"),
        ("سنة", NOUN, "سنو الحرب سنوات سنين", "سنو سنوات سنين"),
        # broken plurals
        ("قائد", NOUN, "قادة الفصائل", "قادة"),
        ("ثورة", NOUN, "ثورات لا ثوارا", "ثورات"),
        ("طريق", NOUN, "الطرق مع الطريق", "الطرق الطريق"),
        # jussives, commands and first persons want their place
        ("عاد", VERB, "لم يعد إلى القرار", "يعد"),
        ("عاد", VERB, "هذا القرار يعد خطأ", ""),
        ("مشى", VERB, "امش معي", "امش"),
        ("صدر", VERB, "الوزير أصدر بيانا", ""),
        ("صدر", VERB, "لن أصدر بيانا", "أصدر"),
        ("وفى", VERB, "نفى الوزير وفي بيان", ""),
        ("مثل", VERB, "دول مثل الصين", ""),
        ("مثل", VERB, "الذي مثل بلاده", "مثل"),
        ("أزال", VERB, "لا تزال الحركة على القائمة", ""),
        ("أزال", VERB, "أزالت القوات الحواجز", "أزالت"),
        ("وضع", VERB, "على وضع الشروط", ""),
        ("وضع", VERB, "الذي وضع الشروط", "وضع"),
        ("أسر", VERB, "ثلاث أسر في خيمة", ""),
        ("أسر", VERB, "أسر المقاتلون طيارا", "أسر"),
        ("شهر", NOUN, "أحد أشهر الخطباء", ""),
        ("شهر", NOUN, "بعد ثلاثة أشهر", "أشهر"),
        ("يوم", NOUN, "من أيام الحرب", "أيام"),
        ("اسم", NOUN, "باسم الشعب", "باسم"),
        ("عامي", {"pos": "adj"}, "بين عامي 2014 و2015", ""),
        ("عامي", {"pos": "adj"}, "شعر عامي جميل", "عامي"),
        # names
        ("صالح", {"pos": "adj"}, "قال الرئيس صالح إن", ""),
        ("صالح", {"pos": "adj"}, "مكان غير صالح للشرب", "صالح"),
        ("على", {"pos": "particle"}, "وقع الوزير علي الاتفاق", "علي"),
        ("على", {"pos": "particle"}, "وقع علي رضا الاتفاق", ""),
        # forms of adjectives
        ("أكبر", {"pos": "adj"}, "كبرى المدن", "كبرى"),
        ("أحمر", {"pos": "adj"}, "خطوط حمراء", "حمراء"),
        ("قاضي", NOUN, "قال قاض إن القضاة", "قاض القضاة"),
    ],
)
def test_find_matches_lemma_and_part_of_speech_are_enough(lemma, spec, text, right):
    assert hits(text, f"[{lemma}]", {lemma: spec}) == right.split()


@pytest.mark.parametrize(
    ("text", "entry", "right"),
    [
        ("فكان لكان", "كان", "فكان لكان"),
        ("فتكون", "تكون", "فتكون"),
        ("في آذار ونيسان", "نيسان", "ونيسان"),
        ("الوطنية والدينية", "دينية", "والدينية"),
        ("وعودة وعودتهم", "عودة", "وعودة وعودتهم"),
        ("وحياتهم", "حياة", "وحياتهم"),
        ("فإعلان", "إعلان", "فإعلان"),
        ("لأزمة", "أزمة", "لأزمة"),
        ("بلغة بعدة", "لغة", "بلغة"),
        ("لزوجته", "زوجة", "لزوجته"),
        ("لهوية لبنية", "هوية", "لهوية"),
        ("جزءا جزئه", "جزء", "جزءا جزئه"),
        ("بثلاثين صوتا", "ثلاثون", "بثلاثين"),
        ("و12 مسلحا", "12", "و12"),
        ("و12 مسلحا", "2", ""),
        ("بـ2.5 مليون", "2.5", "بـ2.5"),
    ],
)
def test_find_matches_word_behind_a_clitic_is_found(text, entry, right):
    assert hits(text, entry) == right.split()


def test_find_matches_adjective_behind_a_feminine_is_not_cut():
    lemmas = {"حرية": NOUN}
    assert hits("رست سفينة بحرية صغيرة", "[حرية]", lemmas) == []
    assert hits("نادوا بحرية التعبير", "[حرية]", lemmas) == ["بحرية"]


def test_find_matches_refused_row_leaves_the_other_rows_of_the_word():
    assert hits("لم يعد. القرار يعد خطأ. لم يعد", "[عاد]", {"عاد": VERB}) == ["يعد", "يعد"]


def test_find_matches_refused_word_breaks_a_chain():
    lemmas = {"ثأر": VERB}
    assert hits("آثار الهجوم ثم ثأرت الهجوم", "[ثأر] الهجوم", lemmas) == ["ثأرت الهجوم"]


def test_find_matches_refused_alternative_leaves_the_other():
    assert hits("آثار الهجوم", "[ثأر]|آثار الهجوم", {"ثأر": VERB}) == ["آثار الهجوم"]


def test_find_matches_refused_entry_gives_way_to_a_later_one():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["آثار الحرب"]}))
    lexicon = lexicon_from_patterns(["[ثأر]", "آثار"], lemmas={"ثأر": VERB})
    assert find_matches(tokens, lexicon)["pattern"].tolist() == ["آثار"]


def test_find_matches_decomposed_words_are_those_of_one_letter():
    for word in "رئيس مسؤول هيئة قائد مؤتمر شؤون آخر".split():
        assert hits(unicodedata.normalize("NFD", word), word) == [unicodedata.normalize("NFD", word)]
    assert hits(unicodedata.normalize("NFD", "سئم"), "سيم") == []


def test_find_matches_abbreviation_is_no_word_of_its_letters():
    assert hits("عام 300 ق.م وصل إلى قم", "قم", clitics="none") == ["قم"]
    assert hits("وكالة أ ف ب و د ب أ", "أ ف ب") == ["أ ف ب"]
    assert hits("نقلا عن أ.ف.ب", "أ ف ب") == ["أ.ف.ب"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("بنسبة بـ2.5 مليون", ["بنسبة", "بـ2.5", "مليون"]),
        ("ب7,5 و٢٫٥", ["ب7,5", "و٢٫٥"]),
        ("رشاش 12.7ملم 5.30م", ["رشاش", "12.7ملم", "5.30م"]),
        ("أ و ب", ["أ", "و", "ب"]),
        ("أ ف ب و د ب أ", ["أ ف ب", "و", "د ب أ"]),
        ("لأ.ف.ب", ["ل", "أ.ف.ب"]),
        ("الكر\u200fملين", ["الكر\u200fملين"]),
    ],
)
def test_split_words_what_is_written_onto_numbers_and_abbreviations(text, tokens):
    assert split_words(text) == tokens
    assert tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))["token"].tolist() == tokens


@pytest.mark.parametrize(
    "text", ["قال أ.د. سامر إن", "ذكرت أ.ف.ب. أن الوزير", "عام 300 ق.م. وصل", "بنسبة ب7.5 مليون", "رشاش 12.7ملم وصل"]
)
def test_tokenize_dot_of_an_abbreviation_or_number_ends_no_sentence(text):
    assert tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))["sentence"].max() == 0


def test_tokenize_dot_behind_a_word_ends_a_sentence():
    assert tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["وصل إلى قم. عاد"]}))["sentence"].max() == 1


def test_word_rows_tatweel_alone_is_a_dash():
    for dash in "ـ–":
        text = f"دعت موسكو {dash} أمس {dash} حركة {dash} طالبان إلى الحوار"
        assert word_rows(tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))).sum() == 7


def test_judge_conditions_are_those_of_the_readings_that_agree():
    assert judge("أصدر", [("", "", "first", ("أصدر",))], "صدر", "verb") == {"first"}
    assert judge("إصدر", [("", "", "first", ("أصدر",))], "صدر", "verb") is None
    assert judge("سأصدر", [("س", "", "first", ("أصدر",))], "صدر", "verb") == set()
    assert judge("شكلاً", [("", "", "past", ("شكلا",))], "شكل", "verb") is None


def test_stands_looks_no_farther_than_the_sentence():
    assert stands("command", "امش", (), ("معي",))
    assert not stands("command", "امش", ("قال",), ("معي",))
    assert stands("genitive", "عامي", ("منذ",), ("2014",))
    assert not stands("genitive", "حزبي", ("موقف",), ("ضيق",))

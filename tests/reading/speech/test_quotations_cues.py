"""Written forms of the cues."""

import pytest

from discourse.lexicons.loader import load_lexicon
from discourse.reading.speech.cue_forms import build_cues
from discourse.reading.speech.words import classify_words


@pytest.fixture(scope="module")
def cues():
    lexicon = load_lexicon("speech")
    return build_cues(lexicon.entries, lexicon.lemmas)


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("قال", "[قال]", "past"), ("قالت", "[قال]", "past"), ("قالوا", "[قال]", "past"), ("قالتا", "[قال]", "past"),
        ("يقول", "[قال]", "present"), ("يقولون", "[قال]", "present"), ("تقول", "[قال]", "present"),
        ("نفت", "[نفى]", "past"), ("نفي", "[نفى]", "past"), ("ينفون", "[نفى]", "present"),
        ("تنفيه", "[نفى]", "present"),
        ("اعلنت", "[أعلن]", "past"), ("وصفها", "[وصف]", "past"), ("دعا", "[دعا]", "past"), ("دعت", "[دعا]", "past"),
        ("يتهمها", "[اتهم]", "present"), ("مشيرا", "[مشير]", "participle"), ("مضيفة", "[مضيف]", "participle"),
        ("قائلين", "[قائل]", "participle"), ("اعلان", "[إعلان]", "noun"), ("تاكيده", "[تأكيد]", "noun"),
        ("تهديدات", "[تهديد]", "noun"),
        ("يراه", "[رأى]", "present"), ("يتبناها", "[تبنى]", "present"), ("يرون", "[رأى]", "present"),
        ("قيل", "[قال]", "passive"), ("افيد", "[أفاد]", "passive"),
    ],
)  # fmt: skip
def test_build_cues_written_form_belongs_to_its_entry(cues, word, lemma, form):
    listed, forms = cues
    assert (listed[forms[word].cue].pattern, forms[word].form) == (lemma, form)


@pytest.mark.parametrize(
    "word",
    [
        "مدينة",
        "هناك",
        "طالبا",
        "ردا",
        "مجددا",
        "مؤكد",
        "قل",
        "بيان",
        "مصدر",
        "يريه",
        "بينهم",
        "حملته",
        "مذكرة",
        "تشرين",
    ],
)
def test_build_cues_look_alike_is_no_cue(cues, word):
    assert word not in cues[1]


def test_build_cues_short_stem_of_a_hollow_verb_is_first_person(cues):
    _, forms = cues
    assert (forms["قلت"].person, forms["قالت"].person, forms["نفت"].person) == ("first", "fs", "fs")


def test_classify_words_conjunction_is_cut_from_a_cue_only(cues):
    classes = classify_words(["وقال", "فقال", "وعد", "وزير", "وحث"], cues[1])
    assert classes.prefix.tolist() == [1, 1, 0, 0, 1]
    assert (classes.form >= 0).tolist() == [True, True, True, False, True]


def test_build_cues_verb_that_is_also_a_noun_keeps_the_number_of_the_noun(cues):
    listed, forms = cues
    assert listed[forms["نفي"].noun].pattern == "[نفي]"
    assert forms["قال"].noun == -1

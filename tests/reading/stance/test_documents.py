"""Evidence over the sentences of a document: what is in mind, who spoke, and which documents are read."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.stance.documents import TITLE, documents_about, find_evidence


@pytest.fixture
def read(read_evidence):
    """Reads one text for what it shows, sentence by sentence."""

    def shown(text, **options):
        (found,) = read_evidence([text], **options)
        return [(number, sign.holder, sign.code, sign.category) for number, sign in found]

    return shown


def test_find_evidence_headline_is_read_and_may_ask(read):
    assert read("نص.", titles=["الصين تعترف بطالبان"]) == [(TITLE, "china", 2, "recognition")]
    assert read("نص.", titles=["الصين تعترف بطالبان؟"]) == []


def test_find_evidence_headline_quotes_behind_a_colon(read_evidence):
    titles = ["وزير الخارجية الصيني: نعترف بطالبان", "وزير الخارجية الصيني يعترف بطالبان"]
    quoted, told = read_evidence(["نص."] * 2, titles=titles)
    assert [sign.voice for _, sign in quoted] == ["china"]
    assert [sign.voice for _, sign in told] == [None]


def test_find_evidence_text_without_the_target_shows_nothing(read):
    assert read("اعترفت الصين بحكومة كوسوفو.") == []


def test_find_evidence_movement_means_the_target_once_named(read):
    assert read("انسحبت طالبان. اعترفت الصين بالحركة.") == [(1, "china", 2, "recognition")]
    assert read("انسحبت داعش. اعترفت الصين بالحركة. وصمتت طالبان.") == []


@pytest.mark.parametrize(("between", "in_mind"), [(2, True), (3, False)])
def test_find_evidence_target_stays_in_mind_for_two_sentences(read, between, in_mind):
    text = "انسحبت طالبان. " + "هطل المطر. " * between + "وقال وزير الخارجية الصيني إنها إرهابية. " + "هطل المطر. " * 2
    found = read(text, titles=["أمطار"])
    assert bool(found) == in_mind


def test_find_evidence_office_speaks_for_whom_it_was_named_with(read):
    first = "التقى وفد من طالبان وزير الخارجية {}. وقال الوزير إنها حركة إرهابية."
    assert (1, "china", -2, "enmity") in read(first.format("الصيني"))
    assert (1, "iran", -2, "enmity") in read(first.format("الإيراني"))


@pytest.mark.parametrize(("date", "code"), [("2010-06-01", None), ("2022-06-01", 2)])
def test_find_evidence_name_that_is_the_targets_in_some_years(read, date, code):
    found = read("اعترفت الصين بالحكومة في كابول وبالحكومة الأفغانية.", date=date)
    assert [sign[2] for sign in found][:1] == ([code] if code else [])


def test_find_evidence_scene_gives_the_offices_a_home(read):
    text = "انتقدت الصين طالبان. وفي {} قال وزير الدفاع إنها حركة إرهابية."
    assert (1, "us", -2, "enmity") in read(text.format("واشنطن"))
    assert (1, "iran", -2, "enmity") in read(text.format("طهران"))


def test_find_evidence_headline_says_the_movement_before_its_name(read):
    assert (TITLE, "china", 2, "recognition") in read("صمتت طالبان.", titles=["الصين تعترف بالحركة"])
    assert read("صمت الجميع.", titles=["الصين تعترف بالحركة"]) == []


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("يشن الأميركيون ووحدات الجيش الأفغاني عمليات ضد مسلحي طالبان.", {"us", "afghan_gov"}),
        ("يشن الأميركيون مع وحدات الجيش الأفغاني عمليات ضد مسلحي طالبان.", {"us"}),
    ],
)
def test_find_evidence_sides_that_act_together_by_a_light_verb(read, text, holders):
    assert {holder for _, holder, code, _ in read(text) if code == -2} == holders


def test_find_evidence_who_accuses_stands_before_the_relative(read):
    found = read("قاطعت واشنطن، التي تتهم طالبان بالإرهاب، الجلسة.")
    assert ("us", -2) in {(holder, code) for _, holder, code, _ in found}
    assert not any(holder == "us" for _, holder, *_ in read("زار الوفد واشنطن، التي تتهمها طالبان بالإرهاب."))


def test_find_evidence_measures_that_stand_side_by_side(read):
    found = read("قرر مجلس الأمن منع طائرات طالبان من التحليق وتجميد أموالها.")
    assert {code < 0 for _, _, code, _ in found} == {True}
    assert (0, "un", 2, "delisting") in read("قرر مجلس الأمن رفع العقوبات عن طالبان.")


def test_documents_about_takes_whoever_may_be_the_target():
    texts = ["صمتت طالبان.", "صمتت الحكومة الأفغانية.", "صمتت الصين."]
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts})
    assert documents_about(tokenize(documents), load_lexicon("actors"), "taliban") == {"a", "b"}


def test_find_evidence_takes_one_lexicon_or_more(stance_lexicons):
    documents = pd.DataFrame(
        {"doc_id": ["a"], "text": ["اعترفت الصين بطالبان. وقالت الصين إن طالبان شريك موثوق."], "title": [None]}
    )
    documents = documents.assign(date=pd.to_datetime("2010-06-01"), date_precision="day", source="x")
    tokens = tokenize(documents)
    one = find_evidence(documents, tokens, stance=stance_lexicons[0])
    both = find_evidence(documents, tokens, stance=stance_lexicons)
    assert {sign.category for _, sign in one["a"]} == {"recognition"}
    assert {sign.category for _, sign in both["a"]} > {"recognition"}


def test_find_evidence_documents_without_a_headline_column_are_read(stance_lexicons):
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["اعترفت الصين بطالبان."]})
    found = find_evidence(documents, tokenize(documents), stance=stance_lexicons)
    assert [(sign.holder, sign.code) for _, sign in found["a"]] == [("china", 2)]

"""Negation, hedges and conditions: which matches they reach."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.matches import find_matches
from discourse.reading.matching.scopes import find_scopes

LEMMAS = {
    "اعترف": {"pos": "verb", "past": ["اعترف"], "present": ["عترف"], "masdar": ["اعتراف"]},
    "دعم": {"pos": "noun", "verb": {"past": "دعم", "present": "دعم"}},
    "تسليح": {"pos": "noun"},
    "تعاون": {"pos": "noun", "verb": {"past": "تعاون", "present": "تعاون"}},
}
LEXICON = lexicon_from_patterns([f"[{lemma}]" for lemma in LEMMAS], lemmas=LEMMAS)


def marks(text: str) -> list[tuple[bool, bool]]:
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = find_matches(tokens, LEXICON)
    return list(found[["negated", "hedged"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "text",
    [
        "لم تعترف موسكو بالحركة",
        "لن تعترف روسيا بها",
        "روسيا لا تدعم طالبان",
        "ولا تتعاون معها",
        "نفت موسكو تسليح طالبان",
        "نفى المبعوث الروسي أن تكون بلاده قد ساندت الحركة أو قررت تسليح مقاتليها",
        "أنكرت الخارجية أي تعاون",
        "رفضت موسكو الاعتراف بالحركة",
        "استبعد لافروف الاعتراف بها",
        "ليس هناك تعاون معها",
        "ليست روسيا من يدعم الحركة",
        "من دون الاعتراف بها",
        "بدون تعاون",
        "عدم الاعتراف بطالبان",
        "لم يتم الاعتراف بالحركة",
    ],
)
def test_find_matches_in_scope_of_negator_is_negated(text):
    assert [negated for negated, _ in marks(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "لا تزال موسكو تدعم الحركة",
        "لا يزال التعاون قائما",
        "ما زالت تتعاون معها",
        "تتعاون مع الجميع ولا سيما مع الحركة",
        "ليس فقط التعاون بل التحالف",
        "لا بد من التعاون",
        "لم تنف موسكو تسليح الحركة",
        "تتعاون روسيا مع الحركة ولم تعلق",
        "لم تعلق موسكو، وتدعم الحركة",
        "لم تصمت روسيا بل تعاونت معها",
    ],
)
def test_find_matches_outside_scope_or_cancelled_is_not_negated(text):
    assert not any(negated for negated, _ in marks(text))


def test_find_matches_repeated_negators_do_not_cancel():
    assert [negated for negated, _ in marks("لم تعترف روسيا ولا تدعم الحركة")] == [True, True]


def test_find_matches_negator_inside_a_denial_cancels_it():
    assert [negated for negated, _ in marks("نفت موسكو أنها لا تدعم الحركة")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "قد يعترف الكرملين بها",
        "ربما تدعم موسكو الحركة",
        "إذا اعترفت روسيا بالحركة",
        "من السابق لأوانه الاعتراف بالحركة",
        "شرط أن تتعاون الحركة",
        "من المحتمل أن تدعم روسيا الحركة",
        "يمكن أن تتعاون روسيا معها",
    ],
)
def test_find_matches_in_scope_of_hedge_or_condition_is_hedged(text):
    assert [hedged for _, hedged in marks(text)] == [True]


def test_find_matches_qad_with_past_is_no_hedge():
    assert marks("قد اعترف الكرملين بها") == [(False, False)]


def test_find_matches_scope_does_not_cross_a_sentence():
    assert marks("لم ترد موسكو. تدعم روسيا الحركة") == [(False, False)]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("لم يعلن الكرملين أمس رسميا أي دعم", True),  # the sixth word behind it is the last
        ("لم يعلن الكرملين أمس رسميا هناك أي دعم", False),
        ("لم يعلن الكرملين « أمس » رسميا أي دعم", True),  # marks do not count
        ("بدون أن تعلن موسكو دعم الحركة", True),  # four words
        ("بدون أن تعلن موسكو رسميا دعم الحركة", False),
    ],
)
def test_find_matches_scope_ends_behind_its_last_word(text, negated):
    assert [found for found, _ in marks(text)] == [negated]


def test_find_scopes_each_cue_has_reach_behind_it():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["لم تعترف موسكو بها، وربما تتعاون"]}))
    table = find_scopes(tokens, scopes=load_lexicon("scopes"))
    assert table["effect"].tolist() == ["negate", "hedge"]
    assert (table["reach"] >= table["stop"]).all()
    assert table["reach"].tolist() == [4, len(tokens)]

"""Written forms made of stems."""

import pytest

from discourse.language.arabic.inflection import accusatives, conjugate, inflect, possessed
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER


def test_conjugate_object_pronoun_is_marked():
    forms = conjugate(["وصف"], ["صف"], DEFAULT_NORMALIZER)
    assert forms["وصفه"] == ("past", "ms", True)
    assert forms["وصفت"] == ("past", "fs", False)
    assert forms["نصفها"] == ("present", "first", True)


def test_conjugate_short_stem_of_a_hollow_verb_is_first_person():
    forms = conjugate(["قال", "قل"], ["قول", "قل"], DEFAULT_NORMALIZER)
    assert (forms["قلت"], forms["قالت"]) == (("past", "first", False), ("past", "fs", False))
    assert "قل" not in forms


@pytest.mark.parametrize("dual", [True, False])
def test_conjugate_dual_is_a_form_only_where_it_is_asked_for(dual):
    assert ("طالبا" in conjugate(["طالب"], ["طالب"], DEFAULT_NORMALIZER, dual=dual)) is dual


def test_conjugate_dual_of_a_verb_in_alef_has_no_second_alef():
    assert "دعاا" not in conjugate(["دعا", "دع"], ["دعو", "دع"], DEFAULT_NORMALIZER, dual=True)


@pytest.mark.parametrize(
    ("past", "present"), [(["قال", "قل"], ["قول", "قل"]), (["وصف"], ["صف"]), (["نفى", "نف"], ["نفي", "نف"])]
)
def test_conjugate_forms_without_pronoun_of_third_persons_are_forms_of_inflect(past, present):
    hosts = {
        host for host, _ in inflect(past[0], {"pos": "verb", "past": past, "present": present}, DEFAULT_NORMALIZER)
    }
    forms = conjugate(past, present, DEFAULT_NORMALIZER)
    assert {form for form, (_, person, pronoun) in forms.items() if person != "first" and not pronoun} <= hosts


def test_accusatives_each_form_has_its_person():
    assert accusatives("مؤكد", DEFAULT_NORMALIZER) == {
        "مؤكدا": "ms",
        "مؤكدة": "fs",
        "مؤكدين": "p",
        "مؤكدات": "p",
    }


def test_possessed_tied_ending_is_opened_before_a_pronoun_alone():
    forms = possessed("إشارة", DEFAULT_NORMALIZER)
    assert forms == {"اشارة": False, "اشارته": True, "اشارتها": True, "اشارتهم": True}

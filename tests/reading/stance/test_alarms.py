"""Alarms over the target's country, and other rules that join the sentences of a document."""

import pytest

ADVANCE = " وسيطرت طالبان على معبر جديد."
ALARM = "قالت روسيا إنها قلقة من الوضع في أفغانستان."


@pytest.fixture
def signs(read_evidence):
    """Reads one text for what a holder shows."""

    def shown(text, holder="russia", **options):
        found = read_evidence([text], **options)
        return [(sign.code, sign.rule) for _, sign in (found[0] if found else []) if sign.holder == holder]

    return shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ALARM + ADVANCE, [(-1, "alarm")]),
        ("قالت روسيا إنها قلقة من الوضع في سوريا." + ADVANCE, []),  # of another country
        (ALARM + " ولم تعلق طالبان.", []),  # no advance is told
        ("قالت روسيا إنها قلقة من تمدد داعش في أفغانستان." + ADVANCE, []),  # because of another group
    ],
)
def test_find_evidence_alarm_over_the_country_of_the_target(signs, text, found):
    assert signs(text) == found


def test_find_evidence_alarm_counts_only_beside_no_other_evidence(signs):
    assert signs(ALARM + ADVANCE + " واعترفت روسيا بطالبان.") == [(2, "recognition")]


def test_find_evidence_subject_between_a_copula_and_its_verb(signs):
    assert (0, "denial") in signs("نفى لافروف أن تكون بلاده قد ساندت طالبان.")
    assert signs("أكد لافروف أن بلاده ساندت طالبان.") == [(2, "support")]


@pytest.mark.parametrize(("text", "code"), [("تقرر روسيا تسليح خصوم طالبان.", -2), ("تقرر روسيا تسليح طالبان.", 2)])
def test_find_evidence_arms_for_the_opponents(signs, text, code):
    assert [found for found, _ in signs(text)] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("لا تنوي روسيا عقد محادثات مع طالبان.", 0),
        ("ترفض روسيا عقد محادثات مع طالبان.", -1),
    ],
)
def test_find_evidence_talks_that_are_not_planned(signs, text, code):
    assert {found for found, _ in signs(text)} == {code}


@pytest.mark.parametrize(
    ("text", "code"), [("قالت زاخاروفا إن طالبان محظورة في روسيا.", -1), ("حظرت روسيا حركة طالبان.", -2)]
)
def test_find_evidence_who_is_on_a_list_is_still_listed(signs, text, code):
    assert {found for found, _ in signs(text)} == {code}

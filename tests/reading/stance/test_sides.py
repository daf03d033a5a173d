"""Who speaks for no side, and who is an opponent of the target."""

import pytest

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.lexicons.actors import Roles
from discourse.reading.stance.shapes import Cue, Mention
from discourse.reading.stance.sides import with_opponents, without_private

ROLES = Roles(allies=frozenset({"ally"}), movements=frozenset({"movement"}), counts_as={"private": "nobody"})


def words(text):
    return tuple(map(DEFAULT_NORMALIZER, text.split()))


def actor(text, place, *, name="russia", person=""):
    (found,) = without_private([Mention(place, place + 1, name, person=person)], words(text), ROLES, "taliban")
    return found.actor


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("خبير روسي", 1, "private"),
        ("سفير روسي", 1, "russia"),
        ("لخبراء روس", 1, "private"),
        ("الشركة الروسية", 1, "private"),
        ("السفارة الروسية", 1, "russia"),
        ("الخبير العسكري الروسي", 2, "private"),
        ("الملحق العسكري الروسي", 2, "russia"),
        ("الوزير الروسي السابق", 1, "private"),
        ("الوزير الروسي الحالي", 1, "russia"),
        ("السفير الروسي السابق", 1, "private"),
        ("المندوب الروسي الدولي السابق", 1, "private"),
        ("المندوب الروسي عند السابق", 1, "russia"),
        ("خبير موسكو السابق", 1, "private"),
        ("سفير موسكو السابق", 1, "russia"),
    ],
)
def test_without_private_marks_who_speaks_for_nobody(text, place, expected):
    assert actor(text, place) == expected


def test_without_private_person_is_former_by_the_two_words_before():
    assert actor("الوزير السابق لافروف", 2, person="سيرغي لافروف") == "private"
    assert actor("السابق جدا كما لافروف", 3, person="سيرغي لافروف") == "russia"


@pytest.mark.parametrize("name", ["taliban", "ally", "movement", "in_russia"])
def test_without_private_leaves_the_target_its_allies_and_places(name):
    assert actor("خبير روسي", 1, name=name) == name
    assert actor("خبير روسي", 1) == "private"


def test_without_private_mark_where_the_lexicon_has_no_private_persons():
    (found,) = without_private([Mention(1, 2, "russia")], words("خبير روسي"), Roles(), "taliban")
    assert found.actor == "nobody"


def cue(start, end, role):
    return Cue(start, end, "opponents", "x", -1, 1.0, role, False)


def test_with_opponents_takes_the_target_behind_the_word():
    target = Mention(3, 4, "taliban")
    text = words("خصوم في مدينة طالبان الآن")
    far = [Mention(4, 5, "taliban")]
    assert with_opponents([target], [cue(0, 1, "quality")], text, "taliban") == [Mention(0, 4, "opponents")]
    assert with_opponents(far, [cue(0, 1, "quality")], text, "taliban") == far


def test_with_opponents_takes_the_target_at_the_end_of_the_cue_unless_it_is_fighters():
    movement, rebels = words("مناوئي الحركة"), words("قادة المتمردين")
    last, whole = [Mention(1, 2, "taliban")], [cue(0, 2, "quality")]
    assert with_opponents(last, whole, movement, "taliban") == [Mention(0, 2, "opponents")]
    assert with_opponents(last, whole, rebels, "taliban") == last


def test_with_opponents_word_that_stands_alone_replaces_what_it_covers():
    mentions = [Mention(0, 1, "russia"), Mention(2, 3, "us")]
    assert with_opponents(mentions, [cue(1, 3, "alone")], (), "taliban") == [mentions[0], Mention(1, 3, "opponents")]

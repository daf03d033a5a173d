"""What a document remembers between its sentences."""

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.reading.stance.running import Running, note_offices, speaker_by_office
from discourse.reading.stance.shapes import Mention


def words(text):
    return tuple(map(DEFAULT_NORMALIZER, text.split()))


def noted(text, *mentions):
    running = Running("taliban", home="pakistan")
    note_offices(running, words(text), mentions)
    return running


def test_note_offices_office_stands_for_the_actor_behind_it():
    running = noted("قال وزير خارجية روسيا", Mention(3, 4, "russia"))
    assert running.holder_of("الوزير") == "russia"
    assert noted("قال رجل من روسيا", Mention(3, 4, "russia")).holder_of("الوزير") == "pakistan"


def test_note_offices_mark_or_other_actor_stands_between():
    assert noted("الوزير ، روسيا", Mention(2, 3, "russia")).offices == {}
    both = Mention(1, 2, "china"), Mention(2, 3, "russia")
    assert noted("سفير الصين روسيا", *both).offices == {"سفير": "china"}


def test_note_offices_reaches_seven_words():
    text = "سفير ا ب ت ث ج ح {}روسيا"
    assert noted(text.format(""), Mention(7, 8, "russia")).offices == {"سفير": "russia"}
    assert noted(text.format("خ "), Mention(8, 9, "russia")).offices == {}


def test_note_offices_private_person_has_none():
    assert noted("سفير روسيا", Mention(1, 2, "nobody")).offices == {}
    assert noted("سفير روسيا", Mention(1, 2, "russia")).offices == {"سفير": "russia"}


def test_holder_of_office_without_actor_is_at_home():
    running = Running("taliban", home="pakistan")
    assert running.holder_of("الجيش") == "pakistan" and running.holder_of("البستان") is None


def test_speaker_by_office_her_minister_is_of_the_first_actor():
    running = Running("taliban", speaker="iran", offices={"وزير": "china"})
    mentions = [Mention(0, 1, "russia")]
    assert speaker_by_office("وزيرها", 3, mentions, running) == "russia"
    assert speaker_by_office("وزيرها", 3, [], running) == "iran"
    assert speaker_by_office("الوزير", 3, mentions, running) == "china"


def test_speaker_by_office_expert_or_former_minister_speaks_for_nobody():
    running = Running("taliban", offices={"وزير": "china", "خبير": "china"})
    assert speaker_by_office("الوزير السابق", 3, [], running) is None
    assert speaker_by_office("الخبير", 3, [], running) is None
    assert speaker_by_office("الوزير الجديد", 3, [], running) == "china"

"""What is taken off a word before it is compared."""

from discourse.reading.stance.forms import bare_noun, is_nationality, stem_of, without_conjunction


def test_stem_of_takes_the_article_or_a_particle_off_a_long_word():
    assert [stem_of(word) for word in ("الهجوم", "والهجوم", "للهجوم", "بهجوم", "وفد", "هجوم")] == [
        "هجوم", "هجوم", "هجوم", "هجوم", "وفد", "هجوم",
    ]  # fmt: skip


def test_bare_noun_leaves_three_letters():
    assert [bare_noun(word) for word in ("الوزير", "الان", "كالوزير", "كوزير", "كتاب", "فوزير")] == [
        "وزير", "الان", "وزير", "وزير", "كتاب", "وزير",
    ]  # fmt: skip


def test_is_nationality_by_the_ending():
    assert [is_nationality(word) for word in ("الروسية", "روسيين", "روس", "الروسيتان")] == [True, True, False, True]


def test_without_conjunction_takes_all_its_letters():
    assert [without_conjunction(word) for word in ("وقال", "فقال", "قال")] == ["قال"] * 3

import pytest

from discourse.display.labels import code_label, column_label, label, label_in_text, phrase
from discourse.errors import SchemaError
from discourse.lexicons.loader import load_lexicon


def test_label_every_frame_has_both_languages():
    for name in load_lexicon("frames").categories:
        assert label(name) != name.replace("_", " ")
        assert any("\u0600" <= mark <= "\u06ff" for mark in label(name, "ar"))


def test_label_of_every_actor_stands_in_its_lexicon():
    for name, words in load_lexicon("actors").categories.items():
        assert (label(name), label(name, "ar")) == (words["en"], words["ar"])


def test_label_unknown_name_loses_its_underscores():
    assert label("soft_power", "ar") == "soft power"


def test_label_unknown_language_raises():
    with pytest.raises(SchemaError) as error:
        label("arming", "fr")
    assert str(error.value) == "`language` is 'fr'; it must be one of 'ar', 'en'."


def test_code_label_signs():
    assert [code_label(code) for code in (-2, 0, 2)] == ["−2 hostile", "0 ambivalent", "+2 cooperative"]


def test_label_own_label_comes_before_that_of_the_words_file():
    assert label("hand", "ar", {"hand": {"ar": "يد"}}) == "يد"
    assert label("hand", "ar", {"hand": {"en": "by hand"}}) == label("hand", "ar")


def test_phrase_is_that_of_the_figures():
    assert phrase("events", "ar") == "سجل الأحداث"


def test_column_label_of_the_report_has_arabic_words():
    assert column_label("n_docs_with", "ar") == "عدد الوثائق"
    assert column_label("copy_weight", "ar") == "copy weight"


def test_label_in_text_has_its_article_and_an_own_label_its_own():
    assert label_in_text("us") == "the United States"
    assert label_in_text("us", "ar") == "الولايات المتحدة"
    assert label_in_text("us", labels={"us": {"en": "Washington"}}) == "Washington"
    assert label_in_text("front", labels={"front": {"en": "Front", "en_in_text": "the Front"}}) == "the Front"


@pytest.mark.parametrize(
    ("labels", "got"),
    [
        (load_lexicon("frames").labels, "is of the type method"),
        (load_lexicon("frames").labels(), "has 'Arming' for 'arming'"),
        (["arming"], "is of the type list"),
    ],
)
def test_label_what_is_no_mapping_of_mappings_is_refused(labels, got):
    told = "it must map a name to its labels by language, such as {'arming': {'en': 'Arms'}}. Pass lexicon.categories."
    for name in (label, label_in_text):
        with pytest.raises(SchemaError) as error:
            name("arming", "en", labels)
        assert str(error.value) == f"`labels` {got}; {told}"

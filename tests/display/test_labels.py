import pytest
import yaml

from discourse.display import labels
from discourse.display.labels import code_label, label, phrase
from discourse.display.wording import _sentences, wording
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


def test_phrases_have_the_same_places_in_both_languages():
    for name in labels._PHRASES:
        assert phrase(name, "en").count("{") == phrase(name, "ar").count("{")


def test_wording_has_the_same_names_in_both_languages():
    import string

    for name, sentence in _sentences().items():
        parsed = [string.Formatter().parse(sentence[language]) for language in ("en", "ar")]
        english, arabic = [{field for _, field, _, _ in parts if field} for parts in parsed]
        assert english == arabic, name


def test_wording_fills_in_values():
    assert wording("kept", "ar") == "وثائق محفوظة"
    assert wording("subject_text", "en", n=1234, holder="Russia", target="Taliban") == (
        "The same, in the 1,234 documents that name both Russia and Taliban."
    )


def test_wording_is_plain_yaml():
    assert isinstance(_sentences(), dict) and yaml.safe_dump(_sentences())

"""The words of reported speech that the language gives."""

from collections import Counter
from pathlib import Path

import pytest

from discourse.language.base import load_language
from discourse.lexicons.loader import load_lexicon
from discourse.reading import speech
from discourse.reading.speech.words import WORDS, begins_content, is_sayer, pattern, patterns

_ONE_AS_WRITTEN = ("object_endings", "passive_mark", "stretch", "governing_with", "governing_for")


@pytest.mark.parametrize(
    "name",
    [
        *("of_the_told", "impersonal", "accuse", "point", "claim", "across_or_express"),
        *("refuse", "recognise", "see", "tell", "uncover", "print", "call"),
    ],
)
def test_patterns_every_lemma_is_an_entry_of_the_lexicon(name):
    assert patterns(name) <= set(load_lexicon("speech").entries["pattern"])


def test_pattern_is_the_lemma_in_brackets():
    assert pattern("telling_participle") == "[قائل]"


def test_words_every_list_is_read_by_a_rule():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(speech.__file__).parent.glob("*.py"))
    code += Path(load_language.__code__.co_filename).read_text(encoding="utf-8")
    assert [name for name in WORDS if f'"{name}"' not in code and f"['{name}']" not in code] == []


@pytest.mark.parametrize("name", [name for name in WORDS if name not in ("addressees", "begin_content")])
def test_words_no_list_holds_a_word_twice(name):
    folded = WORDS[name] if name.endswith(("_written", "_shapes")) or name in _ONE_AS_WRITTEN else WORDS.normal(name)
    assert [word for word, n in Counter(folded).items() if n > 1] == []


@pytest.mark.parametrize(("word", "begins"), [("نبا", True), ("نباه", True), ("نباكم", False), ("مقتلهم", True)])
def test_begins_content_short_noun_takes_only_the_pronouns_of_holders(word, begins):
    assert begins_content(word) is begins


@pytest.mark.parametrize(("word", "is_one"), [("الملا", True), ("الاب", False), ("اب", True)])
def test_is_sayer_article_is_cut_from_words_over_four_letters(word, is_one):
    assert is_sayer(word) is is_one

"""One file holds every word that is shown: in both languages, and none stands in the code that draws."""

import ast
import re
import string
from pathlib import Path

import pytest

import discourse.display
from discourse.display.wording import LANGUAGES, _sections, has_words, wording, words
from discourse.errors import SchemaError
from discourse.lexicons.loader import load_lexicon

FOLDER = Path(discourse.display.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
ARABIC = re.compile("[\u0600-\u06ff]")
ENTRIES = [(section, name) for section, names in _sections().items() for name in names]


def shown_strings(source):
    """Return the string constants of a module that are no docstrings, with their lines."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [(node.value, node.lineno) for node in constants if id(node) not in docstrings]


def test_shown_strings_finds_what_is_no_docstring():
    source = '"""موسكو"""\ndef f():\n    """موسكو"""\n    return f"{1} كابول", "x"\n'
    assert [text for text, _ in shown_strings(source) if ARABIC.search(text)] == [" كابول"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_display_code_holds_no_arabic_letter(module):
    found = [(line, text) for text, line in shown_strings(module.read_text("utf-8")) if ARABIC.search(text)]
    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_display_code_names_only_words_that_there_are(module):
    sections = {"phrase": "figures", "wording": "report", "say": "report", "captioned": "captions"}
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
        if called == "words" and None not in given[:2]:
            assert has_words(given[0], given[1]), given
        elif called in sections and given and isinstance(given[0], str):
            assert has_words(sections[called], given[0]), given


@pytest.mark.parametrize(("section", "name"), ENTRIES)
def test_words_stand_in_both_languages_with_the_same_places(section, name):
    entry = _sections()[section][name]
    assert sorted(entry) == sorted(LANGUAGES)
    assert all(isinstance(text, str) and text.strip() for text in entry.values())
    english, arabic = [
        sorted(field for _, field, _, _ in string.Formatter().parse(entry[language]) if field is not None)
        for language in ("en", "ar")
    ]
    assert sorted(set(english)) == sorted(set(arabic))
    assert english.count("") == arabic.count("")


def test_words_repeat_no_category_of_a_lexicon():
    categories = {name for lexicon in ("actors", "frames") for name in load_lexicon(lexicon).categories}
    assert categories & set(_sections()["labels"]) == set()


def test_wording_fills_in_values():
    assert wording("kept", "ar") == "وثائق محفوظة"
    filled = wording("subject_text", "en", n=1234, holder="Russia", target="Taliban")
    assert filled == "The same, in the 1,234 documents that name both Russia and Taliban."


def test_wording_arabic_isolates_days():
    values = {"kept": 1, "read": 1, "placed": 1, "first": "2015-12-23", "last": "soon", "period": "x"}
    assert "\u20662015-12-23\u2069" in wording("summary", "ar", **values)
    assert "\u2066" not in wording("summary", "en", **values)


def test_words_unknown_language_raises():
    with pytest.raises(SchemaError) as error:
        words("page", "contents", "fr")
    assert str(error.value) == "`language` is 'fr'; it must be one of 'ar', 'en'."

"""The words of the rules for positions: each list of the language's files is asked for, lemmas stay as written."""

import re

import pytest

from discourse.language.base import load_language
from discourse.reading.stance import lists, words

FILES = [
    ("stance", "reading/stance", "words.py"),
    ("positions", "reading/stance", "lists.py"),
    ("grammar", "reading", "words.py"),
]


@pytest.mark.parametrize(("file", "room", "module"), FILES)
def test_words_every_list_of_the_file_is_read(project, file, room, module):
    sources = "".join(path.read_text("utf-8") for path in (project / "discourse" / room).rglob(module))
    sources += "".join(path.read_text("utf-8") for path in (project / "discourse/reading/speech").glob("*.py"))
    unread = [key for key in load_language("arabic").words(file) if f'"{key}"' not in sources]
    assert not unread, f"take these lists out of {file}.yml, or read them: {unread}"


def test_words_are_normal_forms_and_lemmas_are_as_written():
    assert "علي" in words.FALLS_ON and "على" not in words.FALLS_ON
    assert "أسر" in words.KILLING and "اسر" not in words.KILLING
    assert words.AGAINST_ENTRY == "[ضد]"


def test_lists_every_list_is_in_use(project):
    own = {name for name in vars(lists) if name.isupper() and not name.startswith("_")}
    room = project / "discourse/reading/stance"
    used = "".join(path.read_text("utf-8") for path in room.glob("*.py") if path.name not in ("lists.py", "words.py"))
    unused = sorted(name for name in own if not re.search(rf"\b{name}\b", used))
    assert not unused, f"take these lists out of lists.py and positions.yml, or use them: {unused}"


def test_lists_of_letters_are_tried_in_normal_form():
    assert lists.LIGHT and all(stem.isalpha() for stem in lists.LIGHT)
    assert set(lists.BEFORE_A_FINITE_VERB) == set("وفسيتن")
    assert "علي" in lists.FOR_OR_ON and "على" not in lists.FOR_OR_ON

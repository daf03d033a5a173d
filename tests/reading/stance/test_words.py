"""The words of the rules for positions: each list of the language's files is asked for, lemmas stay as written."""

import pytest

from discourse.language.base import load_language
from discourse.reading.stance import words


@pytest.mark.parametrize(("file", "room"), [("stance", "reading/stance"), ("grammar", "reading")])
def test_words_every_list_of_the_file_is_read(project, file, room):
    sources = "".join(path.read_text("utf-8") for path in (project / "discourse" / room).rglob("words.py"))
    sources += "".join(path.read_text("utf-8") for path in (project / "discourse/reading/speech").glob("*.py"))
    unread = [key for key in load_language("arabic").words(file) if f'"{key}"' not in sources]
    assert not unread, f"take these lists out of {file}.yml, or read them: {unread}"


def test_words_are_normal_forms_and_lemmas_are_as_written():
    assert "علي" in words.FALLS_ON and "على" not in words.FALLS_ON
    assert "أسر" in words.KILLING and "اسر" not in words.KILLING
    assert words.AGAINST_ENTRY == "[ضد]"

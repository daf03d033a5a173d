import pickle

import pytest

from discourse.errors import ResourceError, SchemaError
from discourse.language import base
from discourse.language.arabic import LANGUAGE as ARABIC
from discourse.language.arabic import inflection
from discourse.language.base import Language, load_language, register_language
from discourse.language.boundaries import Boundaries
from discourse.language.words import read_words


@pytest.fixture
def make_pack(tmp_path, monkeypatch):
    """Return a function that makes a pack with data files; none stays registered."""
    monkeypatch.setattr(base, "_registered", {})

    def make(name="toy", **files):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, text in files.items():
            (folder / f"{file}.yml").write_text(text, "utf-8")
        return Language(name, "ltr", str.lower, Boundaries("(?!)", "A-Z", "A-Z"), inflection, folder, fold=str.lower)

    return make


def test_load_language_arabic_is_the_pack():
    assert load_language("arabic") is ARABIC
    assert ARABIC.direction == "rtl"


def test_load_language_pack_comes_back_as_it_is(make_pack):
    pack = make_pack()
    assert load_language(pack) is pack


def test_load_language_unknown_name_says_what_is_known(make_pack):
    register_language(make_pack())
    with pytest.raises(SchemaError) as raised:
        load_language("klingon")
    assert str(raised.value) == (
        "`language` is 'klingon'; it must be one of 'arabic', 'toy'. Correct the name, or register a pack under it."
    )


def test_load_language_other_type_is_an_error():
    with pytest.raises(SchemaError, match="`language` is 3; it must be one of 'arabic'"):
        load_language(3)


def test_register_language_twice_the_same_is_no_error(make_pack):
    pack = make_pack()
    assert register_language(register_language(pack)) is pack


@pytest.mark.parametrize("name", ["arabic", "toy"])
def test_register_language_taken_name_is_an_error(make_pack, name):
    register_language(make_pack())
    with pytest.raises(SchemaError) as raised:
        register_language(make_pack(name))
    assert str(raised.value) == f"`language` is named {name!r}; taken are 'arabic', 'toy'. Give it another name."


def test_language_travels_by_name(make_pack):
    pack = register_language(make_pack())
    assert pickle.loads(pickle.dumps(pack)) is pack
    assert pickle.loads(pickle.dumps(ARABIC)) is ARABIC


def test_words_missing_file_names_the_files_there_are(make_pack):
    with pytest.raises(ResourceError) as raised:
        make_pack(words="a: [b]", dates="a: [b]").words("days")
    assert str(raised.value) == (
        "the language 'toy' has no data file 'days.yml'; it has 'dates.yml', 'words.yml'. Add the file to its folder."
    )


def test_words_missing_key_names_the_keys_there_are(make_pack):
    with pytest.raises(ResourceError) as raised:
        make_pack(words="b: [x]\na: [y]").words("words").listed("c")
    assert str(raised.value) == (
        "the file words.yml of the language 'toy' has no key 'c'; it has 'a', 'b'. Add the key to the file."
    )


def test_words_are_folded_and_read_once(make_pack):
    pack = make_pack(words="past: [Gone, By]\nsteps: {Today: 0}\nlong: >-\n  One two\n  three")
    words = pack.words("words")
    assert words is pack.words("words")
    assert words.listed("past", "long") == ["gone", "by", "one", "two", "three"]
    assert words.mapped("steps") == {"today": 0}
    assert dict(words)["past"] == ["Gone", "By"]


def test_any_of_puts_the_longer_word_first_and_blanks_are_any_blanks(make_pack):
    words = make_pack(words="a: [to, to day]\nb: [x.y, to]").words("words")
    assert words.any_of("a", "b") == r"to\s+day|x\.y|to"
    assert words.any_of("a", blank=" ") == "to day|to"


def test_forms_are_patterns_as_written(make_pack):
    assert make_pack(words="a: ['[Rr]ead', more]").words("words").forms("a") == "[Rr]ead|more"


def test_only_takes_a_list_of_one(make_pack):
    words = make_pack(words="one: [And]\ntwo: [a, b]").words("words")
    assert words.only("one") == "and"
    with pytest.raises(ResourceError, match="'two' in words.yml of 'toy' has 2 words; it must have one"):
        words.only("two")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [no]", "'a' in the data file 'words.yml' holds False"),
        ("a: [1]", "'a' in the data file 'words.yml' holds 1"),
        ("a: {on: x}", "'a' in the data file 'words.yml' holds True"),
        ("a: 3", "'a' in the data file 'words.yml' is 3"),
        ("a:", "'a' in the data file 'words.yml' is None"),
        ("- a", "must be a mapping of lists and mappings of words"),
        ("a: [b]\na: [c]", "the key 'a' stands twice"),
        ("a: [b", "cannot be read"),
    ],
)
def test_read_words_what_is_no_list_of_words_is_an_error(tmp_path, text, problem):
    (tmp_path / "words.yml").write_text(text, "utf-8")
    with pytest.raises(ResourceError, match=problem):
        read_words(tmp_path / "words.yml")


@pytest.mark.parametrize("name", ["agencies", "boilerplate", "dates", "inseparable"])
def test_arabic_data_files_can_be_read(name):
    assert len(ARABIC.words(name)) > 0


def test_arabic_words_with_tanwin_may_stand_without_it():
    words = ARABIC.words("dates")
    assert "صيفا" in words.mapped("seasons_alone")
    assert ARABIC.bare("صيفًا") == "صيفا"

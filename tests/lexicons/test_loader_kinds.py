"""What a lexicon file says otherwise than it reads: refused, or read as it is meant."""

import pytest

from discourse.errors import LexiconError
from discourse.lexicons.loader import Lexicon, load_lexicon


def load(tmp_path, categories: str) -> Lexicon:
    path = tmp_path / "own.yml"
    path.write_text(f"name: own\nversion: '1'\ncategories: {categories}\n", encoding="utf-8")
    return load_lexicon(path)


def test_load_lexicon_entries_that_are_no_list_are_refused(tmp_path):
    with pytest.raises(LexiconError) as error:
        load(tmp_path, "{russia: {entries: روسيا}}")
    assert str(error.value) == (
        "lexicon 'own.yml' has 1 problem; mend each entry and load again:\n  line 3, 'russia': `entries` must be a list"
    )
    assert load(tmp_path, "{russia: {entries: [روسيا]}}").entries["pattern"].tolist() == ["روسيا"]


def test_load_lexicon_except_may_be_one_pattern(tmp_path):
    one = load(tmp_path, "{g: {entries: [{pattern: غينيا, except: غينيا بيساو}]}}")
    assert one.entries["except"].tolist() == [["غينيا بيساو"]]
    of_category = load(tmp_path, "{g: {entries: [غينيا], except: غينيا بيساو}}")
    assert of_category.entries["except"].tolist() == [["غينيا بيساو"]]


@pytest.mark.parametrize(
    ("entry", "n_problems"),
    [
        ("{pattern: غينيا, except: بيساو}", 1),
        ("{pattern: غينيا, except: [غينيا بيساو]}", 0),
        ("{pattern: غينيا, except: [وغينيا الجديدة]}", 0),
        ("{pattern: جمهورية غينيا, except: [جمهوريتها]}", 0),
        ("{pattern: جمهورية غينيا, except: [بيساو, الجديدة]}", 2),
        ("{pattern: جمهورية غينيا, gap: 1, except: [بيساو]}", 0),
        ('{pattern: "غيني*", except: [بيساو]}', 0),
    ],
)
def test_load_lexicon_exception_without_a_word_of_its_entry_is_refused(tmp_path, entry, n_problems):
    if not n_problems:
        assert len(load(tmp_path, f"{{g: {{entries: [{entry}]}}}}").entries) == 1
        return
    with pytest.raises(LexiconError) as error:
        load(tmp_path, f"{{g: {{entries: [{entry}]}}}}")
    said = "'بيساو': an exception without a word of its entry drops nothing; write the phrase, such as '"
    assert str(error.value).count("an exception without a word") == n_problems and said in str(error.value)


def test_load_lexicon_exception_of_a_category_needs_a_word_of_one_entry(tmp_path):
    assert len(load(tmp_path, "{g: {entries: [غينيا, مالي], except: [غينيا بيساو]}}").entries) == 2
    with pytest.raises(LexiconError, match="'بيساو': an exception without a word of its entry"):
        load(tmp_path, "{g: {entries: [غينيا, مالي], except: [بيساو]}}")


@pytest.mark.parametrize("value", ['"شير,شر"', '["شير، شر"]', "3", "[3]", "{a: b}"])
def test_load_lexicon_words_of_a_lemma_that_are_no_list_of_words_are_refused(tmp_path, value):
    path = tmp_path / "own.yml"
    written = "name: own\nversion: '1'\nlemmas: {{أشار: {{pos: verb, present: {}}}}}\n"
    path.write_text(written.format(value) + "categories: {g: {entries: ['[أشار]']}}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"line 3, 'أشار': `present` is .*; it must be a list of words, such as "):
        load_lexicon(path)
    path.write_text(written.format("[شير, شر]") + "categories: {g: {entries: ['[أشار]']}}\n", encoding="utf-8")
    assert load_lexicon(path).lemmas["أشار"]["present"] == ["شير", "شر"]


def test_load_lexicon_category_yes_or_no_is_a_word(tmp_path):
    lexicon = load(tmp_path, "{yes: {entries: [نعم]}, no: {entries: [كلا]}, on: {entries: [بلى]}}")
    assert list(lexicon.categories) == ["yes", "no", "on"]
    assert lexicon.entries["category"].tolist() == ["yes", "no", "on"]


@pytest.mark.parametrize("pattern", ["حرب *", "* الإرهاب", "*"])
def test_load_lexicon_star_alone_is_refused(tmp_path, pattern):
    with pytest.raises(LexiconError, match=r"the glob '\*' holds no letter"):
        load(tmp_path, f'{{g: {{entries: ["{pattern}"]}}}}')
    assert len(load(tmp_path, '{g: {entries: ["حرب ال*"]}}').entries) == 1


def test_load_lexicon_key_that_looks_like_another_is_refused(tmp_path):
    with pytest.raises(LexiconError) as error:
        load(tmp_path, "{g: {entries: [{pattern: سلم, weigth: 2}]}}")
    assert str(error.value).endswith("'سلم': the key 'weigth' looks like 'weight'; correct it or rename it")
    own = load(tmp_path, "{g: {entries: [{pattern: سلم, tone: 2}]}}")
    assert own.entries["tone"].tolist() == [2]


def test_load_lexicon_abbreviation_is_an_entry(tmp_path):
    assert len(load(tmp_path, '{g: {entries: ["وكالة أ ف ب", "أ.ف.ب"]}}').entries) == 2

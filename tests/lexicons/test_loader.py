"""Lexicon files: what is refused, and how it is said."""

import pandas as pd
import pytest

from discourse.errors import LexiconError
from discourse.language.arabic.normalization import Normalizer
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import BUILT_IN, lexicon_from_patterns, load_lexicon
from discourse.lexicons.patterns import Element, parse_pattern
from discourse.reading.matching.concordance import kwic

HEAD = "name: t\nversion: 1\n"


def refuse(tmp_path, text: str) -> str:
    path = tmp_path / "t.yml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        load_lexicon(path)
    return str(error.value)


def load(tmp_path, text: str):
    path = tmp_path / "t.yml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_lexicon(path)


@pytest.mark.parametrize("name", BUILT_IN)
def test_load_lexicon_built_in_loads_and_is_licensed(name):
    lexicon = load_lexicon(name)
    assert lexicon.licence == "CC-BY-4.0"
    assert len(lexicon.entries) >= len(lexicon.categories) > 0
    assert lexicon.entries["line"].gt(0).all()


def test_load_lexicon_diacritised_pattern_names_entry_and_line(tmp_path):
    assert refuse(tmp_path, "categories:\n  a:\n    entries:\n      - روسيا\n      - إِرهاب\n") == (
        "lexicon 't.yml' has 1 problem; mend each entry and load again:\n"
        "  line 7, 'إِرهاب': holds diacritics (U+0650), which no normal form has: leave them out"
    )


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('"روسيـا"', "holds tatweel (U+0640), which no normal form has: leave them out"),
        ('"\\u202bروسيا"', "holds bidi controls (U+202B), which no normal form has: leave them out"),
        ('"روس\\u200cيا"', "holds invisible characters (U+200C), which no normal form has: leave them out"),
        ('"\\ufeadوسيا"', "holds presentation forms (U+FEAD): write plain letters"),
        ('" روسيا"', "has blanks at its ends, two in a row, or a tab or line break"),
        ('"حركة  طالبان"', "has blanks at its ends, two in a row, or a tab or line break"),
        ('"**"', "the glob '**' holds no letter: it would match every word"),
        ('"رفع|"', "has an empty place or alternative: nothing can match it"),
        (
            '"رفع-الحظر"',
            "'رفع-الحظر' holds '-': texts are cut there, so it can never match; write it as places of its own",
        ),
        ('"[غائب]"', "lemma [غائب] is not declared under `lemmas`"),
        ('{pattern: "روسيا", gap: 99}', "gap 99 is not a whole number from 0 to 10"),
        ('{pattern: "روسيا", weight: "ثقيل"}', "weight 'ثقيل' is no number from -1,000,000 to 1,000,000"),
        ('{pattern: "روسيا", weight: .inf}', "weight inf is no number from -1,000,000 to 1,000,000"),
        ('{pattern: "روسيا", clitics: some}', "clitics 'some' is not one of both, none, proclitic"),
        ("2015", "an entry must be a string, or a mapping with a string `pattern`"),
        ("نعم: لا", "an entry must be a string, or a mapping with a string `pattern`"),
        (
            '{pattern: "روسيا", except: ["روسِيا"]}',
            "holds diacritics (U+0650), which no normal form has: leave them out",
        ),
    ],
)
def test_load_lexicon_entry_that_cannot_work_is_refused(tmp_path, entry, problem):
    assert problem in refuse(tmp_path, f"categories:\n  a:\n    entries:\n      - {entry}\n")


def test_load_lexicon_repeated_entry_names_first_line(tmp_path):
    message = refuse(tmp_path, "categories:\n  a:\n    entries:\n      - إرهاب\n      - ارهاب\n")
    assert message.endswith("  line 7, 'ارهاب': repeats line 6 ('إرهاب')")


def test_load_lexicon_entry_in_two_categories_needs_shared(tmp_path):
    two = "categories:\n  a:\n    entries:\n      - {0}\n  b:\n    entries:\n      - {0}\n"
    assert refuse(tmp_path, two.format("حوار")).endswith(
        "line 9, 'حوار': stands in 'a' (line 6) and 'b'; say `shared: true` in both or drop one"
    )
    assert len(load(tmp_path, two.format("{pattern: حوار, shared: true}")).entries) == 2


def test_load_lexicon_unused_lemma_is_refused(tmp_path):
    message = refuse(tmp_path, "lemmas:\n  حظر: {pos: noun}\ncategories:\n  a:\n    entries: [روسيا]\n")
    assert message.endswith("  line 4, 'حظر': lemma declared under `lemmas` but used by no entry")


def test_load_lexicon_unknown_key_lists_allowed(tmp_path):
    message = refuse(tmp_path, "colour: red\ncategories:\n  a:\n    entries: [روسيا]\n")
    assert "line 3, 'colour': unknown key in the lexicon; allowed: card, categories, defaults," in message


def test_load_lexicon_key_twice_is_refused(tmp_path):
    message = refuse(tmp_path, "categories:\n  a:\n    entries: [روسيا]\n  a:\n    entries: [موسكو]\n")
    assert message.endswith("line 6: the key 'a' stands twice in one mapping")


def test_load_lexicon_all_problems_are_listed_at_once(tmp_path):
    message = refuse(tmp_path, "categories:\n  a:\n    entries:\n      - روسيـا\n      - إِرهاب\n      - 5\n")
    assert message.startswith("lexicon 't.yml' has 3 problems")
    assert message.count("\n") == 3


def test_load_lexicon_unsafe_yaml_is_refused(tmp_path):
    assert "cannot be read as UTF-8 YAML" in refuse(tmp_path, "categories: !!python/object/apply:os.getcwd []\n")


def test_load_lexicon_wrong_encoding_is_refused(tmp_path):
    path = tmp_path / "w.yml"
    path.write_bytes("name: روسيا\n".encode("cp1256"))
    with pytest.raises(LexiconError, match="cannot be read as UTF-8 YAML"):
        load_lexicon(path)


def test_load_lexicon_unknown_name_lists_built_in():
    with pytest.raises(LexiconError) as error:
        load_lexicon("farmes")
    assert str(error.value) == (
        "`source` is 'farmes': no such file, and no built-in lexicon of that name "
        "('actors', 'appraisal', 'cues', 'frames', 'predicates', 'scopes', 'speech', 'stance', 'temporal')."
    )


def test_load_lexicon_further_keys_become_columns(tmp_path):
    lexicon = load(tmp_path, "categories:\n  a:\n    entries:\n      - {pattern: روسيا, side: russia}\n      - كابل\n")
    assert lexicon.entries["side"].tolist()[0] == "russia"
    assert lexicon.entries["side"].isna().tolist() == [False, True]


def test_load_lexicon_defaults_reach_entries(tmp_path):
    lexicon = load(
        tmp_path,
        "defaults: {clitics: none}\ncategories:\n  a:\n    entries: [روسيا]\n"
        "  b:\n    defaults: {clitics: both}\n    entries: [كابل]\n",
    )
    assert lexicon.entries["clitics"].tolist() == ["none", "both"]


def test_lexicon_from_patterns_digest_depends_on_patterns():
    one, two = lexicon_from_patterns(["روسيا"]), lexicon_from_patterns(["موسكو"])
    assert one.sha256 != two.sha256
    assert one.sha256 == lexicon_from_patterns(["روسيا"]).sha256


def test_parse_pattern_abbreviation_is_one_place():
    assert parse_pattern("وكالة أ ف ب", Normalizer()) == [
        (Element("literal", "وكالة"),),
        (Element("literal", "ا.ف.ب"),),
    ]


def test_load_lexicon_twice_reads_once_and_gives_each_caller_its_own(monkeypatch):
    first = load_lexicon("scopes")
    monkeypatch.setattr("discourse.lexicons.loader.load_with_lines", lambda text: pytest.fail("read again"))
    first.entries.loc[0, "pattern"] = "x"
    first.entries["except"].iloc[0].append("x")
    first.lemmas.clear()
    second = load_lexicon("scopes")
    assert second.entries.loc[0, "pattern"] != "x"
    assert "x" not in second.entries["except"].iloc[0]
    assert second.lemmas


def test_load_lexicon_file_written_over_is_read_anew(tmp_path):
    text = "categories:\n  a:\n    entries: [{}]\n"
    assert load(tmp_path, text.format("روسيا")).entries["pattern"].tolist() == ["روسيا"]
    assert load(tmp_path, text.format("ايران")).entries["pattern"].tolist() == ["ايران"]


def test_load_lexicon_another_normalizer_is_checked_by_its_own_rules(tmp_path):
    text = "categories:\n  a:\n    entries: [حركة, حركه]\n"
    assert len(load(tmp_path, text).entries) == 2
    with pytest.raises(LexiconError, match="repeats line"):
        load_lexicon(tmp_path / "t.yml", normalizer=Normalizer(ta=True))
    assert load_lexicon(tmp_path / "t.yml").normalizer == Normalizer()


def test_lexicon_from_patterns_takes_words_as_texts_write_them():
    lexicon = lexicon_from_patterns(["عاماً", "روسيـا ", "\ufedf\ufee2"])
    assert lexicon.entries["pattern"].tolist() == ["عاما", "روسيا", "لم"]
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["قبل عشرين عاماً"]})
    assert kwic(tokenize(documents), "عامًا", documents)["keyword"].tolist() == ["عاماً"]


def test_lexicon_from_patterns_of_signs_alone_is_refused():
    with pytest.raises(LexiconError, match="it is empty"):
        lexicon_from_patterns(["ً"])

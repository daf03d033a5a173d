"""What entries match in a corpus: forms, counts, places, and the rules of doubt, each with a pair at its edge."""

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.audit import audit_lexicon
from discourse.reading.matching.matches import find_matches


def _tokens(*texts):
    return tokenize(pd.DataFrame({"doc_id": [f"d{number}" for number in range(len(texts))], "text": texts}))


def _doubts(text, patterns, **lemmas):
    """Return the rules and the other words of each form."""
    table = audit_lexicon(lexicon_from_patterns(patterns, lemmas=lemmas), _tokens(text))
    table = table[table["n"] > 0].astype(object).where(table.notna(), None)
    return {row.form: (row.doubt, row.looks_like) for row in table.itertuples()}


def test_audit_counts_each_form_with_its_share_and_first_place():
    lexicon = lexicon_from_patterns(["روسيا", "كابل"], clitics="proclitic")
    table = audit_lexicon(lexicon, _tokens("قالت روسيا لا.", "لروسيا مصالح، وروسيا قوية، وروسيا هنا."))
    tables.check(table, "AUDIT")
    rows = table[["entry", "form", "n", "share", "doc_id", "start_char"]].astype(object).where(table.notna(), None)
    assert rows.values.tolist() == [
        [0, "وروسيا", 2, 0.5, "d1", 14],
        [0, "روسيا", 1, 0.25, "d0", 5],
        [0, "لروسيا", 1, 0.25, "d1", 0],
        [1, None, 0, None, None, None],
    ]


def test_audit_counts_what_find_matches_finds():
    lexicon = load_lexicon("scopes")
    tokens = _tokens("لم تعترف موسكو بالحركة، ولا تستبعد الحوار.", "قد تعترف موسكو إذا وفت الحركة بوعودها.")
    for overlaps in ("all", "longest"):
        table = audit_lexicon(lexicon, tokens, overlaps=overlaps)
        matches = find_matches(tokens, lexicon, overlaps=overlaps)
        counted = table.groupby("pattern", observed=True)["n"].sum()
        found = matches["pattern"].astype("str").value_counts()
        assert counted[counted > 0].to_dict() == found.to_dict()


def test_audit_shows_the_words_of_a_sequence_and_hides_what_a_gap_holds():
    lexicon = lexicon_from_patterns({"a": ["رفع الحظر"]})
    lexicon.entries.loc[0, "gap"] = 2
    table = audit_lexicon(lexicon, _tokens("رفع اليوم الحظر. رفع أمس الحظر. رفع الحظر."))
    assert table[["form", "n"]].values.tolist() == [["رفع … الحظر", 2], ["رفع الحظر", 1]]


def test_audit_word_is_the_spelling_that_is_most_frequent():
    table = audit_lexicon(lexicon_from_patterns(["إيران"]), _tokens("ايران إيران إيران"))
    assert table[["form", "word", "n"]].values.tolist() == [["ايران", "إيران", 3]]


def test_audit_refuses_a_wrong_choice_and_what_is_no_tokens():
    lexicon = lexicon_from_patterns(["روسيا"])
    with pytest.raises(SchemaError, match=r"^`overlaps` is 'none'; it must be one of 'all', 'longest'"):
        audit_lexicon(lexicon, _tokens("روسيا"), overlaps="none")
    with pytest.raises(SchemaError, match=r"^`tokens` lacks the columns"):
        audit_lexicon(lexicon, pd.DataFrame({"doc_id": ["a"]}))


# One pair at the edge of each rule ---------------------------------------------------------------------------------


def test_other_names_the_lemma_that_the_form_belongs_to_as_listed():
    lemma = {"pos": "verb"}
    found = _doubts("تعاون تعاونت عاونت", ["[عاون]"], عاون=lemma)
    assert found["تعاون"] == ("other", "تعاون")
    assert found["عاونت"] == (None, None)


def test_one_letter_needs_ten_times_and_ten_times_as_often():
    lemma = {"pos": "noun"}
    assert _doubts("بذخر " * 10 + "ذخر", ["[ذخر]"], ذخر=lemma)["بذخر"] == ("one letter", None)
    assert _doubts("بذخر " * 9 + "ذخر", ["[ذخر]"], ذخر=lemma)["بذخر"] == (None, None)
    assert _doubts("بذخر " * 9, ["[ذخر]"], ذخر=lemma)["بذخر"] == (None, None)
    assert _doubts("بذخر " * 10 + "ذخر ذخر", ["[ذخر]"], ذخر=lemma)["بذخر"] == (None, None)


def test_short_is_a_rest_of_two_letters_but_not_of_three():
    assert _doubts("وحث", ["[حث]"], حث={"pos": "verb"})["وحث"][0] == "short"
    assert _doubts("حث", ["[حث]"], حث={"pos": "verb"})["حث"][0] is None
    assert _doubts("وحثت", ["[حث]"], حث={"pos": "verb"})["وحثت"][0] is None


def test_spelling_asks_for_most_tokens():
    assert _doubts("إصطبل أصطبل إصطبل", ["أصطبل"])["اصطبل"][0] == "spelling"
    assert _doubts("إصطبل أصطبل", ["أصطبل"])["اصطبل"][0] is None
    assert _doubts("اصطبل اصطبل أصطبل", ["أصطبل"])["اصطبل"][0] is None  # a bare alef may stand for any hamza


def test_ending_asks_for_one_token_in_twenty():
    name = {"pos": "proper"}
    assert _doubts("روسياً " + "روسيا " * 19, ["[روسيا]"], روسيا=name)["روسيا"][0] == "ending"
    assert _doubts("روسياً " + "روسيا " * 20, ["[روسيا]"], روسيا=name)["روسيا"][0] is None
    assert _doubts("كتاباً كتابا", ["[كتاب]"], كتاب={"pos": "noun"})["كتابا"][0] is None


def test_analysis_holds_the_lemmas_of_an_analyzer_against_those_of_the_entry():
    lexicon = lexicon_from_patterns(["[قلق]"], lemmas={"قلق": {"pos": "noun"}})
    table = audit_lexicon(lexicon, _tokens("القلق للقلق"), analyzer=_Analyzer({"القلق": "قَلَق_1", "للقلق": "لَقْلَق_1"}))
    assert table.set_index("form")["doubt"].fillna("").to_dict() == {"القلق": "", "للقلق": "analysis"}
    assert table.set_index("form")["looks_like"].fillna("").to_dict() == {"القلق": "", "للقلق": "لقلق"}


class _Analyzer:
    """An analyzer that knows one lemma for each word."""

    def __init__(self, lemmas):
        self._lemmas = lemmas

    def disambiguate(self, words):
        """Return what camel-tools' disambiguators return."""
        return [_Found([_Scored({"lex": self._lemmas[word], "pos": "noun"})]) for word in words]


class _Found:
    def __init__(self, analyses):
        self.analyses = analyses


class _Scored:
    score = 1.0

    def __init__(self, analysis):
        self.analysis = analysis


# Words that a lemma lists under `not` --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("الحكمة", []),
        ("مول ومول لمول مولها", []),
        ("مولت تمول", ["مولت", "تمول"]),
        ("المول", []),
    ],
)
def test_not_takes_a_word_with_its_clitics_away(text, matched):
    lexicon = lexicon_from_patterns(["[مول]"], lemmas={"مول": {"pos": "verb", "not": ["مول"]}})
    table = audit_lexicon(lexicon, _tokens(text))
    assert sorted(table.loc[table["n"] > 0, "form"]) == sorted(matched)


def test_not_goes_by_the_hamzas_that_are_written():
    lexicon = lexicon_from_patterns(["[هنأ]"], lemmas={"هنأ": {"pos": "verb", "not": ["هنا"]}})
    matches = find_matches(_tokens("هنا", "هنأ", "وهنا", "هنّأ"), lexicon)
    assert matches["doc_id"].tolist() == ["d1", "d3"]


def test_not_is_a_list_of_words():
    with pytest.raises(Exception, match=r"`not` is 'تزال'; it must be a list of words"):
        lexicon_from_patterns(["[أزال]"], lemmas={"أزال": {"pos": "verb", "not": "تزال"}})

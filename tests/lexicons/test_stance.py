"""The lexicon of stance: two files put together."""

import pytest

from discourse.errors import LexiconError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.composing import load_composition

LEXICON, PARTS = load_lexicon("stance"), [load_lexicon("predicates"), load_lexicon("appraisal")]
NO_POSITION = {"opponents", "affirms", "calls_for", "intends", "accusation"}  # they change what stands below them


def test_stance_holds_every_entry_of_its_parts():
    assert len(LEXICON.entries) == sum(len(part.entries) for part in PARTS)
    assert LEXICON.entries.groupby("part").size().to_dict() == {part.name: len(part.entries) for part in PARTS}
    assert set(LEXICON.categories) == {category for part in PARTS for category in part.categories}
    assert len({LEXICON.sha256, *(part.sha256 for part in PARTS)}) == 3


def test_stance_every_class_stands_in_the_composition_or_only_operates():
    assert set(LEXICON.categories) - set(load_composition().codes) <= NO_POSITION


def test_stance_finds_what_its_parts_find(reports):
    tokens = tokenize(reports.iloc[:40])
    columns = ["doc_id", "start", "end", "category"]
    together = find_matches(tokens, LEXICON)[columns].astype(str)
    apart = {tuple(row) for part in PARTS for row in find_matches(tokens, part)[columns].astype(str).to_numpy()}
    assert len(together) == len(apart) > 500
    assert {tuple(row) for row in together.to_numpy()} == apart


def test_stance_lemma_that_a_part_declares_otherwise_keeps_its_own_inflection():
    first, second = (part.lemmas for part in PARTS)
    other = [name for name in second if name in first and {**first[name], "line": 0} != {**second[name], "line": 0}]
    assert other
    for name in other:
        assert LEXICON.lemmas[name] == first[name]
        assert LEXICON.lemmas[f"{name}/appraisal"] == second[name]


@pytest.mark.parametrize("parts", ["[predicates, nothing]", "[]", "[own]"])
def test_load_lexicon_of_parts_that_do_not_ship_is_refused(tmp_path, parts):
    path = tmp_path / "own.yml"
    path.write_text(f"name: own\nparts: {parts}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="must name built-in lexicons"):
        load_lexicon(path)


def test_load_lexicon_of_parts_with_one_category_in_two_is_refused(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text("name: own\nparts: [predicates, stance]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="^lexicon 'own': the category '[a-z_]+' stands in two of its parts.$"):
        load_lexicon(path)

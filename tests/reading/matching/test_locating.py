import numpy as np
import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.reading.matching.compiled import compile_lexicon
from discourse.reading.matching.locating import _possible, locate
from discourse.reading.matching.rows import rows_by_word
from discourse.reading.matching.vocabulary import find_entries
from discourse.sources.seeds import load_seed


def possible(tokens, lexicon):
    """Return the patterns that are looked for, and those of which each place has a word that stands somewhere."""
    compiled = compile_lexicon(lexicon)
    entries = find_entries(tokens["norm"].cat.categories, compiled, longest=True)
    rows = rows_by_word(tokens)
    wanted = [
        number
        for number, pattern in enumerate(compiled.patterns)
        if len(pattern.places) > 1 and all(rows.count(entries.words[place]).sum() for place in pattern.places)
    ]
    return _possible(rows, compiled, entries).tolist(), wanted


def test_possible_patterns_are_those_with_a_word_for_each_place():
    tokens = tokenize(load_seed("reports").head(40))
    found, wanted = possible(tokens, load_lexicon("frames"))
    assert found == wanted and 0 < len(found) < len(load_lexicon("frames").entries) / 2


def test_possible_pattern_whose_last_word_stands_nowhere_is_left_out():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["مكافحة الإرهاب", "مكافحة التهريب"]}))
    lexicon = lexicon_from_patterns(["مكافحة الإرهاب", "مكافحة المخدرات", "إرهاب"])
    assert possible(tokens, lexicon)[0] == [0]
    first = tokens.loc[tokens["doc_id"] == "b"].reset_index(drop=True)  # the vocabulary still holds the word
    assert possible(first, lexicon)[0] == []
    assert locate(first, lexicon).entry.tolist() == []


def test_possible_lexicon_of_single_words_has_none():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["مكافحة الإرهاب"]}))
    assert possible(tokens, lexicon_from_patterns(["إرهاب"])) == ([], [])
    assert np.array_equal(locate(tokens, lexicon_from_patterns(["إرهاب"])).first, [1])

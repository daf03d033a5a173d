"""Finite clauses: what is no clause of its own belongs to the one above."""

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.reading.stance.finite import finite_clauses


def clauses(text):
    words = tuple(map(DEFAULT_NORMALIZER, text.split()))
    return finite_clauses(words, text.split())


def test_finite_clauses_verbal_noun_belongs_to_the_verb():
    found, clause_of = clauses("رفضت روسيا الاعتراف بالحركة")
    assert len(found) == 1 and found[0].end == 4 and clause_of == [0] * 4


def test_finite_clauses_complement_is_one_and_hangs_from_its_verb():
    found, clause_of = clauses("قالت روسيا إنها تعترف بالحركة")
    assert [clause.parent for clause in found] == [None, 0]
    assert clause_of == [0, 0, 1, 1, 1]


def test_finite_clauses_no_word_no_clause_of_its_own():
    found, clause_of = finite_clauses((), ())
    assert len(found) == 1 and found[0].predicate == -1 and clause_of == []

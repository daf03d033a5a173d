"""Cutting a vocabulary at once gives what cutting its words one by one gives."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse.language.arabic.cuts import cut_words
from discourse.language.arabic.inflection import analyses, inseparable_forms
from discourse.language.cuts import Cuts, cuts_by_analyses
from discourse.language.tokens import tokenize
from discourse.sources.seeds import load_seed


def named(cuts: Cuts) -> list[tuple[str, str, str]]:
    triples = zip(cuts.word.tolist(), cuts.before.tolist(), cuts.after.tolist(), strict=True)
    return sorted((cuts.words[word], cuts.befores[before], cuts.afters[after]) for word, before, after in triples)


def one_by_one(words: list[str]) -> list[tuple[str, str, str]]:
    return sorted((word, before, after) for word in words if word for before, _, after in analyses(word))


def hosts_found(cuts: Cuts, hosts: list[str]) -> set[tuple[str, str, str, str]]:
    return {
        (hosts[host], cuts.words[cuts.word[cut]], cuts.befores[cuts.before[cut]], cuts.afters[cuts.after[cut]])
        for host, cut in zip(*cuts.find(hosts), strict=True)
    }


LETTERS = st.text(alphabet="وفبلكساهنةيتم", max_size=9)
ATTACHED = st.builds("".join, st.tuples(st.sampled_from(["", "و", "ف", "ب", "ل", "لل", "ال", "وبال", "س"]), LETTERS))
WHOLE = st.builds(
    "".join, st.tuples(st.sampled_from(["", "و", "ف", "ب", "ك", "وب"]), st.sampled_from(sorted(inseparable_forms())))
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(LETTERS, ATTACHED, WHOLE), max_size=12))
@example(["للجنة", "وللجنة", "ل", "لل", "و", "وو", "", "ووو", "فبكل"])
def test_cut_words_any_words_equal_the_cuts_of_each(words):
    cuts = cut_words(words)
    assert named(cuts) == one_by_one(words)
    hosts = sorted({host for word in words if word for _, host, _ in analyses(word)})
    expected = {(h, word, before, after) for word in words if word for before, h, after in analyses(word)}
    assert hosts_found(cuts, hosts) == expected


@pytest.mark.parametrize("length", [31, 32, 33, 64, 200])
def test_cut_words_long_word_is_cut_as_any(length):
    words = ["و" + "م" * (length - 3) + "ها", "م" * length, "وب" + "م" * (length - 2)] * 2
    assert named(cut_words(words)) == one_by_one(words)


def test_cut_words_seeds_equal_the_cuts_of_each():
    words = tokenize(load_seed("reports"))["norm"].cat.categories.tolist()
    assert named(cut_words(words)) == one_by_one(words)


@settings(deadline=None, max_examples=50)
@given(st.lists(ATTACHED, max_size=6))
def test_cuts_by_analyses_equals_the_cuts_side_by_side(words):
    assert named(cuts_by_analyses(words, analyses)) == named(cut_words(words))


def test_find_host_of_no_word_finds_nothing():
    assert hosts_found(cut_words(["وروسيا"]), ["ايران", "يا", "", "وروسياوروسيا"]) == set()

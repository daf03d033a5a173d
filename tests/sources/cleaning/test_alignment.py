"""Copies that were edited, cut or joined with another, and texts that only look alike."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.language.tokens import tokenize
from discourse.sources.cleaning.alignment import LONGER
from discourse.sources.cleaning.duplicates import find_duplicate_pairs, find_duplicates
from discourse.sources.cleaning.word_runs import hash_order
from discourse.sources.seeds import load_seed

NO_SPANS = pd.DataFrame({"doc_id": [], "start_char": [], "end_char": [], "kind": [], "basis": []}).astype(
    {"doc_id": "str", "start_char": "int32", "end_char": "int32", "kind": "str", "basis": "str"}
)


def words(name, n):
    """Return n words that no other name has."""
    return [f"{name}{letter}" for letter in (chr(0x0628 + i % 20) + chr(0x0641 + i // 20) for i in range(n))]


def clusters(texts, **options):
    documents = pd.DataFrame({"doc_id": list(texts), "text": [" ".join(text) for text in texts.values()]})
    options = {"measure": "coverage", "spans": NO_SPANS} | options
    return find_duplicates(documents, tokenize(documents), **options).set_index("doc_id")


def joined(texts, **options):
    """Say which documents stand in one cluster with the first."""
    found = clusters(texts, **options)["cluster"]
    return [name for name in texts if found[name] == found.iloc[0]]


def edited(text, share, seed=1):
    """Exchange some words of a text for others."""
    draw = random.Random(seed)
    return [draw.choice(words("غير", 200)) if draw.random() < share else word for word in text]


STORY, OTHER = words("قصة", 120), words("خبر", 120)


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (STORY, True),
        (edited(STORY, 0.05), True),
        (edited(STORY, 0.2), True),
        (edited(STORY, 0.5), False),
        (STORY[:60], True),
        (STORY[-60:], True),
        (STORY[:28], True),
        (STORY[:24], False),  # less than a quarter of the longer is covered: a quotation
        (["موسكو", "رويترز", *STORY[6:], "انتهى"], True),
        ([*STORY, *OTHER[:100]], True),
        ([*OTHER[:60], *STORY[:60]], False),
        (OTHER, False),
        (STORY[::-1], False),
    ],
)
def test_find_duplicates_coverage_finds_what_was_edited_and_cut(copy, found):
    assert joined({"story": STORY, "copy": copy, "other": OTHER}) == (["story", "copy"] if found else ["story"])


def test_find_duplicates_coverage_joins_no_two_stories_by_a_page_that_prints_both():
    texts = {"one": STORY, "two": OTHER[:90], "page": [*STORY, *OTHER[:90]]}
    found = clusters(texts)
    assert found.loc["one", "cluster"] == found.loc["page", "cluster"] != found.loc["two", "cluster"]
    more = clusters(texts | {"copy of one": edited(STORY, 0.1), "copy of two": edited(OTHER[:90], 0.1)})["cluster"]
    assert more["one"] == more["copy of one"] == more["page"]
    assert more["two"] == more["copy of two"] != more["one"]


def exchanged(text, *, kept):
    """Exchange every fifth word, so that no run of five is left, but in the first ``kept`` words."""
    return [f"غير{word}" if place >= kept and (place - kept) % 5 == 0 else word for place, word in enumerate(text)]


@pytest.mark.parametrize(
    ("n_words", "kept", "found"),
    [
        (104, 14, True),  # 10 of 100 runs of five are shared, a tenth
        (104, 13, False),
        (40, 21, True),  # 17 of 36 runs: a tenth is enough
        (39, 22, True),  # 18 of 35 runs: half of so short a text
        (39, 21, False),
        (20, 12, True),  # 8 of 16 runs
        (19, 14, False),  # 10 of 15 runs: too short to say anything but by Jaccard
    ],
)
def test_find_duplicates_coverage_wants_a_part_of_the_runs_of_five(n_words, kept, found):
    texts = {"story": STORY[:n_words], "copy": exchanged(STORY[:n_words], kept=kept)}
    assert joined(texts, threshold=0.5) == (["story", "copy"] if found else ["story"])


def test_find_duplicates_measures_coverage_where_nothing_is_said():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": [" ".join(STORY), " ".join(edited(STORY, 0.2))]})
    tokens = tokenize(documents)
    assert find_duplicates(documents, tokens, spans=NO_SPANS)["n_in_cluster"].tolist() == [2, 2]
    alone = find_duplicates(documents, tokens, spans=NO_SPANS, measure="jaccard")
    assert alone["n_in_cluster"].tolist() == [1, 1]


def test_find_duplicates_joins_none_of_the_digests():
    digests = load_seed("reports")
    found = find_duplicates(digests, tokenize(digests), threshold=0.3)
    assert len(found) == 206 and found["n_in_cluster"].eq(1).all(), "each digest is a report of its own"


@given(st.lists(st.integers(0, 40), max_size=60))
def test_hash_order_brings_equal_hashes_together_also_where_their_high_bits_are_the_same(numbers):
    value = np.array(numbers, np.uint64)
    order = hash_order(value)
    assert sorted(order.tolist()) == list(range(len(numbers)))
    groups = [number for number, _ in itertools.groupby(value[order].tolist())]
    assert len(groups) == len(set(numbers))


@pytest.mark.parametrize(("same", "found"), [(4, True), (3, False)])
def test_find_duplicates_coverage_bulletins_with_other_numbers_are_apart(same, found):
    def bulletin(numbers):
        return [part for word, number in zip(STORY[:60], np.repeat(numbers, 6), strict=True)
                for part in ((word, str(number)) if STORY.index(word) % 6 == 0 else (word,))]  # fmt: skip

    first, second = list(range(10, 20)), [*range(10, 10 + same), *range(50, 60 - same)]
    assert joined({"a": bulletin(first), "b": bulletin(second)}) == (["a", "b"] if found else ["a"])


@pytest.mark.parametrize(("n", "found"), [(20, 20), (21, 1)])
def test_find_duplicates_coverage_runs_of_many_documents_are_a_formula(n, found):
    texts = {
        f"{number:02d}": [
            *STORY[:40],
            *words(f"ذيل{chr(0x628 + number)}", 6),
            *STORY[40:80],
            *words(f"رأس{chr(0x628 + number)}", 26),
        ]
        for number in range(n)
    }
    assert clusters(texts, threshold=0.7)["n_in_cluster"].unique().tolist() == [found]


def test_find_duplicates_coverage_keeps_what_is_alike_by_jaccard_in_any_number():
    texts = {f"{number:02d}": [*STORY, f"ذيل{number}"] for number in range(60)}
    assert clusters(texts)["n_in_cluster"].unique().tolist() == [60]


def test_find_duplicates_coverage_does_not_hang_on_order_or_seed():
    draw = random.Random(1)
    texts = {
        "story": STORY,
        "page": [*STORY, *OTHER[:90]],
        "two": OTHER,
        "cut": STORY[:50],
        "edited": edited(OTHER, 0.1),
    }
    first = clusters(texts)["cluster"]
    for seed in range(4):
        names = draw.sample(list(texts), len(texts))
        again = clusters({name: texts[name] for name in names}, seed=seed)["cluster"]
        assert again[first.index].tolist() == first.tolist()


def test_find_duplicate_pairs_coverage_names_both_similarities():
    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": [" ".join(STORY), " ".join(STORY[:60])]})
    pairs = find_duplicate_pairs(documents, tokenize(documents), measure="coverage", spans=NO_SPANS)
    assert pairs[["jaccard", "containment"]].round(3).to_numpy().tolist() == [[round(56 / 116, 3), 1.0]]
    assert LONGER == 0.25


def test_find_duplicates_coverage_no_words_and_short_texts():
    assert clusters({"a": [], "b": [], "c": ["كلمة"], "d": ["كلمة"], "e": ["غيرها"]})["n_in_cluster"].tolist() == [
        1, 1, 2, 2, 1,
    ]  # fmt: skip


def test_planted_copies_are_found_and_what_only_looks_alike_is_not(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    monkeypatch.syspath_prepend(str(project / "benchmarks" / "validity"))
    from bench.generated import make_corpus
    from planted_copies import adjusted_rand, plant, score

    planted = plant(make_corpus(90_000)["text"].tolist(), 120)
    tokens = tokenize(planted.documents)
    scores = {
        measure: score(planted, find_duplicates(planted.documents, tokens, spans=NO_SPANS, measure=measure))
        for measure in ("jaccard", "coverage")
    }
    assert scores["coverage"]["ari"] > 0.85
    assert scores["jaccard"]["ari"] < 0.5
    assert scores["coverage"]["precision"] > 0.95
    assert "bulletin" not in scores["coverage"]["joined"]
    truth = planted.truth["story"]
    assert adjusted_rand(truth, truth) == 1.0
    assert abs(adjusted_rand(truth, truth.sample(frac=1, random_state=1).reset_index(drop=True))) < 0.05

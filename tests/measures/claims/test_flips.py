"""Flips: the smallest set is the smallest, by trying all of them; what is a guess is said to be one."""

from itertools import combinations

import pytest

from discourse.errors import SchemaError
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.claims.bounds import bound_size
from discourse.measures.claims.claim import state_claim
from discourse.measures.claims.flips import find_smallest_flip, share_left
from discourse.measures.claims.trials import Trials
from discourse.tables import check

WORDS = ["إرهاب", "داعش", "سلام", "هدوء", "حوار", "سلاح", "قتال", "هدنة"]


def claimed(**more):
    usual = {"measure": "share", "direction": "higher"}
    sides = {"first": {"period": 2015}, "second": {"period": 2016}}
    return state_claim(category="terror", lexicon="own", **usual | sides | more)


def flips_of(claim, documents, lexicon, **options):
    table = find_smallest_flip(claim, documents, lexicon=lexicon, **options)
    check(table, "FLIPS")
    return table.set_index(table["turns"].astype("str"))


def test_find_smallest_flip_one_entry_carries_the_claim(documents, lexicon, claim):
    found = flips_of(claim, documents, lexicon)
    for turns in ("interval", "half", "sign"):
        row = found.loc[turns]
        assert (row["size"], row["changes"], row["smallest"]) == (1, "without entry: إرهاب", True)
    assert found.loc["sign", "carried"] == 1
    assert set(found["claim"].astype("str")) == {claim.digest}


def test_find_smallest_flip_interval_and_sign_are_told_apart(make_corpus):
    documents = make_corpus([""] * 20, ["إرهاب"] * 9 + ["داعش"] * 8 + [""] * 3)
    lexicon = lexicon_from_patterns({"terror": WORDS[:2]}, name="own")
    found = flips_of(claimed(), documents, lexicon, choices={})
    assert found["size"].to_dict() == {"half": 1, "interval": 2, "sign": 2}
    assert found.loc["half", "changes"] == "without entry: إرهاب"
    assert found.loc["half", "carried"] == pytest.approx(9 / 17)
    weaker = make_corpus([""] * 20, ["إرهاب"] * 3 + ["داعش"] * 3 + [""] * 14)
    found = flips_of(claimed(), weaker, lexicon, choices={})
    assert found["size"].to_dict() == {"half": 1, "interval": 1, "sign": 2}
    assert found.loc["interval", "difference"] > 0
    assert found.loc["interval", "n_alike"] == 2


def test_find_smallest_flip_half_is_half_and_no_less(make_corpus):
    lexicon = lexicon_from_patterns({"terror": WORDS[:2]}, name="own")
    at = make_corpus([""] * 20, ["إرهاب"] * 5 + ["داعش"] * 5 + [""] * 10)
    assert flips_of(claimed(), at, lexicon, choices={}).loc["half", "size"] == 1
    below = make_corpus([""] * 20, ["إرهاب"] * 5 + ["داعش"] * 5 + ["إرهاب داعش"] + [""] * 9)
    assert flips_of(claimed(), below, lexicon, choices={}).loc["half", "size"] == 2


def test_find_smallest_flip_pair_hides_behind_each_other(make_corpus):
    documents = make_corpus([""] * 20, ["إرهاب داعش"] * 12 + [""] * 8)
    lexicon = lexicon_from_patterns({"terror": WORDS[:3]}, name="own")
    row = flips_of(claimed(), documents, lexicon, choices={}).loc["sign"]
    assert (row["size"], row["smallest"], row["at_least"]) == (2, True, 2)
    assert row["changes"] == "without entry: إرهاب; without entry: داعش"


def smallest_by_all(trials, names, part):
    base = trials.ratios(trials.base)
    for size in range(1, len(names) + 1):
        for chosen in combinations(names, size):
            first, second = trials.ratios(trials.base, frozenset(chosen))
            if (second - first) / (base[1] - base[0]) <= 1 - part + 1e-12:
                return size
    return None


@pytest.mark.parametrize("measure", ["share", "per_1000"])
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_find_smallest_flip_bound_proves_what_steps_find(make_corpus, measure, direction):
    texts = ["إرهاب داعش"] * 3 + ["سلام هدوء"] * 3 + ["حوار"] * 2 + ["سلاح"] * 2 + ["قتال"] * 2 + ["هدنة"] * 2
    sides = [[""] * 13 + ["إرهاب"], texts]
    documents = make_corpus(*(sides if direction == "higher" else sides[::-1]))
    lexicon = lexicon_from_patterns({"terror": WORDS}, name="own")
    claim = claimed(measure=measure, direction=direction)
    trials = Trials(claim, documents, lexicon=lexicon)
    for turns, part in (("half", 0.5), ("sign", 1.0)):
        true = smallest_by_all(trials, trials.elements(), part)
        assert bound_size(trials, part) <= true
        steps = flips_of(claim, documents, lexicon, choices={}, n_tries=1).loc[turns]
        assert steps["size"] >= true
        assert steps["at_least"] <= true
        assert not steps["smallest"] or steps["size"] == true
        every = flips_of(claim, documents, lexicon, choices={}).loc[turns]
        assert (every["size"], every["smallest"]) == (true, True)


def test_find_smallest_flip_bound_proves_a_set_that_was_not_tried_by_size(make_corpus):
    documents = make_corpus([""] * 20, [word for word in WORDS for _ in range(2)] + [""] * 4)
    lexicon = lexicon_from_patterns({"terror": WORDS}, name="own")
    row = flips_of(claimed(), documents, lexicon, choices={}, n_tries=1).loc["half"]
    assert (row["size"], row["smallest"], row["at_least"]) == (4, True, 4)
    assert row["n_tried"] < 70, "far fewer than all sets of four"


def test_find_smallest_flip_set_found_by_steps_is_said_to_be_no_proof(make_corpus):
    texts = ["إرهاب داعش"] * 6 + ["إرهاب سلام"] * 5 + ["داعش هدوء"] * 5 + [""] * 4
    documents = make_corpus([""] * 20, texts)
    lexicon = lexicon_from_patterns({"terror": WORDS[:4]}, name="own")
    row = flips_of(claimed(), documents, lexicon, choices={"outlets": ["without outlet 0"]}, n_tries=1).loc["sign"]
    assert (row["smallest"], row["at_least"]) == (False, 2)
    assert row["size"] > 2


def test_find_smallest_flip_decisions_turn_a_claim(make_corpus):
    documents = make_corpus([""] * 12, ["إرهاب"] * 10 + [""] * 5)
    documents["source"] = ["a"] * 12 + ["b"] * 10 + ["a"] * 5
    lexicon = lexicon_from_patterns({"terror": WORDS[:2]}, name="own")
    row = flips_of(claimed(), documents, lexicon, leave_out=[]).loc["sign"]
    assert (row["size"], row["changes"]) == (1, "outlets: held constant")


def test_find_smallest_flip_decision_is_changed_once(make_corpus):
    documents = make_corpus([""] * 12, ["إرهاب"] * 12)
    lexicon = lexicon_from_patterns({"terror": WORDS[:2]}, name="own")
    choices = {"outlets": ["without outlet 0", "without outlet 1"]}
    row = flips_of(claimed(), documents, lexicon, leave_out=[], choices=choices).loc["sign"]
    assert row["n_tried"] == 2
    assert (row["changes"], row["smallest"]) == ("", False)
    assert row.isna()["size"]


def test_find_smallest_flip_what_is_turned_already_needs_nothing(documents, lexicon):
    found = flips_of(claimed(direction="lower"), documents, lexicon)
    assert found["size"].tolist() == [0, 0, 0]
    assert found["changes"].tolist() == ["", "", ""]


def test_find_smallest_flip_sets_stay_within_the_most(make_corpus):
    documents = make_corpus([""] * 20, [word for word in WORDS for _ in range(2)] + [""] * 4)
    lexicon = lexicon_from_patterns({"terror": WORDS}, name="own")
    assert flips_of(claimed(), documents, lexicon, choices={}, most=3).isna().loc["half", "size"]
    assert flips_of(claimed(), documents, lexicon, choices={}, most=4).loc["half", "size"] == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"most": 0}, "^`most` is 0; it must be at least 1"),
        ({"n_tries": 0}, "^`n_tries` is 0; it must be at least 1"),
        ({"choices": {}, "leave_out": []}, "^There is nothing to change: no entry or rule is left out"),
    ],
)
def test_find_smallest_flip_bad_options_are_refused(documents, lexicon, claim, options, said):
    with pytest.raises(SchemaError, match=said):
        find_smallest_flip(claim, documents, lexicon=lexicon, **options)


@pytest.mark.parametrize(
    ("found", "measures", "decided", "left"),
    [
        ((0.125, 0.375), ("share", "share"), False, 0.5),
        ((0.125, 0.375), ("share", "share"), True, 1.0),
        ((1.0, 3.0), ("share", "per_1000"), True, 1.0),
        ((0.5, 0.25), ("share", "share"), False, -0.5),
        ((0.0, 0.0), ("share", "share"), True, 0.0),
    ],
)
def test_share_left_of_entries_in_itself_of_decisions_also_in_proportion(found, measures, decided, left):
    assert share_left((0.25, 0.75), found, measures, decided=decided) == left

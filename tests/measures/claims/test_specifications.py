"""Specifications: each is the contrast that it says, counted by hand and by the whole way anew."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.language.arabic.normalization import Normalizer
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.change.contrasts import contrast
from discourse.measures.claims.claim import state_claim
from discourse.measures.claims.specifications import split_changes, try_specifications
from discourse.measures.claims.trials import Trials
from discourse.measures.claims.verdict import judge_claim
from discourse.measures.counts import count_matches
from discourse.reading.frames import find_frames
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.scores import score_positions
from discourse.sources.seeds import load_seed
from discourse.tables import check

SIDES = {"first": {"period": [2015, 2020]}, "second": {"period": [2022, 2026]}}


def row_of(table, differs):
    return table.loc[table["differs"].eq(differs)].iloc[0]


@pytest.fixture(scope="module")
def reports():
    return load_seed("reports").iloc[::3].reset_index(drop=True)


def test_try_specifications_base_and_single_changes_equal_hand_counts(documents, lexicon, claim):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1)
    check(table, "SPECIFICATIONS")
    base = table.iloc[0]
    assert (base["estimate_first"], base["estimate_second"]) == (2 / 12, 10 / 12)
    assert (base["n_first"], base["n_second"], base["n_units"]) == (12, 12, 24)
    without = row_of(table, "without entry: إرهاب")
    assert (without["estimate_first"], without["estimate_second"]) == (2 / 12, 2 / 12)
    assert not without["sign"]
    assert not without["holds"]
    other = row_of(table, "without entry: داعش")
    assert (other["estimate_first"], other["estimate_second"]) == (0, 9 / 12)
    assert other["holds"]
    words = row_of(table, "denominator: words")
    assert words["estimate_second"] == pytest.approx(1000 * 11 / (12 * 6 + 11))
    outlet = row_of(table, "outlets: without outlet 0")
    assert (outlet["n_first"], outlet["n_second"]) == (8, 8)


def test_try_specifications_every_row_carries_the_digest(documents, lexicon, claim):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=30)
    assert set(table["claim"].astype("str")) == {claim.digest}


def test_try_specifications_base_is_the_contrast_of_the_same_counts(documents, lexicon, claim):
    base = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1).iloc[0]
    tokens = tokenize(documents)
    counts = count_matches(find_matches(tokens, lexicon), tokens)
    counts = counts[counts["category"].eq("terror")]
    found = contrast(counts, documents, first={"period": "2015"}, second={"period": "2016"}, measure="share").iloc[0]
    assert (base["difference"], base["lower"], base["upper"]) == pytest.approx(
        (found["difference"], found["lower"], found["upper"])
    )


def test_try_specifications_outlets_held_constant_is_the_contrast_that_holds_them(documents, lexicon, claim):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1)
    tokens = tokenize(documents)
    counts = count_matches(find_matches(tokens, lexicon), tokens)
    counts = counts[counts["category"].eq("terror")]
    found = contrast(
        counts, documents, first={"period": "2015"}, second={"period": "2016"}, measure="share", hold="source"
    ).iloc[0]
    row = row_of(table, "outlets: held constant")
    assert (row["difference"], row["lower"], row["upper"]) == pytest.approx(
        (found["difference"], found["lower"], found["upper"])
    )


def test_try_specifications_sample_is_seeded_and_without_repetition(documents, lexicon, claim):
    one, two, other = (
        try_specifications(claim, documents, lexicon=lexicon, n_specifications=60, seed=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert len(one) == 60
    assert one["differs"].is_unique
    assert list(one["differs"]) != list(other["differs"])
    assert one["n_differs"].iloc[0] == 0
    assert one["n_differs"].is_monotonic_increasing


def test_try_specifications_order_of_documents_changes_nothing(documents, lexicon, claim):
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=20)
    turned = try_specifications(claim, documents.iloc[::-1], lexicon=lexicon, n_specifications=20)
    pd.testing.assert_frame_equal(table, turned)


def test_try_specifications_all_of_a_small_multiverse(documents, lexicon, claim):
    options = {"choices": {"denominator": ["words"], "outlets": ["without outlet 1"]}, "leave_out": ["entry"]}
    table = try_specifications(claim, documents, lexicon=lexicon, **options)
    assert len(table) == 2 * 2 * 3


def test_try_specifications_copies_are_one_story_or_documents(documents, lexicon):
    twins = documents.copy()
    twins.loc[15:18, "text"] = twins.loc[14, "text"]
    claim = state_claim(
        measure="share", category="terror", lexicon="own", direction="higher", first={"period": 2015},
        second={"period": 2016},
    )  # fmt: skip
    table = try_specifications(claim, twins, lexicon=lexicon, n_specifications=1)
    base, kept, weighed = (row_of(table, name) for name in ("", "copies: keep", "copies: weight"))
    assert (base["n_units"], kept["n_units"]) == (20, 24)
    assert base["difference"] == kept["difference"]
    assert base["upper"] - base["lower"] > kept["upper"] - kept["lower"]
    assert weighed["estimate_second"] == pytest.approx(6 / 8)


def test_try_specifications_normal_forms_are_those_of_the_tokens(make_corpus):
    documents = make_corpus(["حركه"] * 3 + [""] * 9, ["حركة"] * 9 + ["حركه"] * 3)
    lexicon = lexicon_from_patterns({"terror": ["حركة", "داعش"]}, name="own")
    claim = state_claim(
        measure="share", category="terror", lexicon="own", direction="higher", first={"period": 2015},
        second={"period": 2016},
    )  # fmt: skip
    row = row_of(try_specifications(claim, documents, lexicon=lexicon, n_specifications=1), "normalisation: ta as ha")
    normalizer = Normalizer(ta=True)
    tokens = tokenize(documents, normalizer=normalizer)
    n = find_matches(tokens, replace(lexicon, normalizer=normalizer))["doc_id"].nunique()
    assert round(12 * (row["estimate_first"] + row["estimate_second"])) == n == 15


def test_try_specifications_categories_of_two_sides_are_compared_in_the_same_documents(make_corpus):
    documents = make_corpus(["داعش"] * 4 + [""] * 8, ["داعش سلام"] * 9 + ["سلام"] * 3)
    lexicon = lexicon_from_patterns({"terror": ["داعش", "إرهاب"], "calm": ["سلام", "هدوء"]}, name="own")
    claim = state_claim(
        measure="share", lexicon="own", direction="higher", first={"period": 2016, "category": "terror"},
        second={"period": 2016, "category": "calm"},
    )  # fmt: skip
    base = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1).iloc[0]
    assert (base["estimate_first"], base["estimate_second"], base["n_units"]) == (9 / 12, 1, 12)


def test_try_specifications_entries_left_out_of_frames_are_those_of_a_smaller_lexicon(reports):
    claim = state_claim(measure="share", basis="frames", category="recognition", direction="higher", **SIDES)
    trials = Trials(claim, reports)
    entries = trials.reading.elements("recognition")
    tokens, lexicon = tokenize(trials.documents), load_lexicon("frames")
    for left_out in (entries[:1], entries[2:7], entries):
        found, _ = trials.reading.read("recognition", trials.base, frozenset(left_out))
        patterns = {name.removeprefix("entry: ") for name in left_out}
        fewer = lexicon.entries[~lexicon.entries["pattern"].isin(patterns)].reset_index(drop=True)
        frames = find_frames(tokens, trials.documents, lexicon=replace(lexicon, entries=fewer))
        frames = frames[frames["category"].eq("recognition")].set_index("doc_id")["present"]
        assert found.tolist() == frames.reindex(trials.documents["doc_id"]).tolist()
    assert trials.reading.read("recognition", trials.base, frozenset())[0].sum() > 0


def stances():
    rows = []
    for n in range(24):
        late = n >= 12
        cues = [("trade", "1", "trade")] + ([("recognition", "2", "recognition considers")] if late else [])
        rows.append(
            {
                "doc_id": f"d{n:03}", "sentence": 0, "start_char": 0, "end_char": 9, "holder": "russia",
                "target": "taliban", "polarity": 1, "strength": 1.0, "negated": False, "voice": "russia",
                "cues": "|".join("x" for _ in cues), "categories": "|".join(one[0] for one in cues),
                "codes": "|".join(one[1] for one in cues), "rules": "|".join(one[2] for one in cues),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture
def stance_claim():
    return state_claim(
        measure="mean_position", holder="russia", target="taliban", direction="higher", first={"period": 2015},
        second={"period": 2016},
    )  # fmt: skip


def test_try_specifications_rules_left_out_are_scored_anew(make_corpus, stance_claim):
    documents, positions = make_corpus([""] * 12, [""] * 12), stances()
    table = try_specifications(stance_claim, documents, positions=positions, n_specifications=1)
    base = table.iloc[0]
    whole = score_positions(positions).set_index("doc_id")["position"]
    assert (base["estimate_first"], base["estimate_second"]) == (whole.iloc[:12].mean(), whole.iloc[12:].mean())
    assert row_of(table, "without rule: recognition")["difference"] == 0
    left = set(table["left_out"]) - {""}
    assert left == {"rule: recognition", "rule: trade", "cue: x"}, "what takes the same cues out has one row"
    nothing = row_of(table, "without cue: x")
    assert np.isnan(nothing["difference"])
    assert not nothing["holds"]
    assert row_of(table, "scale: signs")["difference"] == 0


def test_try_specifications_hand_codes_have_choices_and_nothing_to_leave_out(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12)
    documents = documents.assign(
        position=[-1, 0] * 6 + [1, 2] * 6, position_holder="russia", position_target="taliban", position_voice="russia"
    )
    claim = state_claim(
        measure="mean_position", basis="hand", holder="russia", target="taliban", direction="higher",
        first={"period": 2015}, second={"period": 2016},
    )  # fmt: skip
    table = try_specifications(claim, documents)
    assert table["difference"].iloc[0] == 2
    assert set(table["left_out"]) == {""}
    assert "scale: signs" in set(table["differs"])
    with pytest.raises(SchemaError, match="^`leave_out` is 'entry', but nothing can be left out of hand codes"):
        try_specifications(claim, documents, leave_out=["entry"])


def test_try_specifications_voices_of_two_sides_are_compared_in_the_same_documents(make_corpus):
    documents, told = make_corpus([""] * 12, [""] * 12), stances()
    positions = pd.concat([told, told.assign(holder="iran")], ignore_index=True)
    claim = state_claim(
        measure="mean_position", holder="russia", target="taliban", direction="higher",
        first={"period": 2016, "voice": "third_party"}, second={"period": 2016, "voice": "russia"},
    )  # fmt: skip
    alleged = positions.assign(voice=["us" if n % 2 else "russia" for n in range(len(positions))])
    table = try_specifications(claim, documents, positions=alleged, n_specifications=1, leave_out=[])
    assert "voice: all" not in set(table["differs"])
    assert table["n_second"].iloc[0] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"choices": {}, "leave_out": []}, "^There is nothing to vary: no entry or rule is left out, and `choices`"),
        ({"choices": {"colour": ["red"]}}, "^`choices` is 'colour'; it must be one of 'boilerplate', 'copies'"),
        ({"choices": {"copies": ["some"]}}, "^`choices, copies` is 'some'; it must be one of 'cluster'"),
        ({"choices": ["copies"]}, "^`choices` is .'copies'.; it must name choices with their values"),
        ({"leave_out": ["rule"]}, "^`leave_out` is 'rule'; it must be one of 'entry'"),
        ({"seed": -1}, "^`seed` is -1; it must be a whole number of 0 or more"),
        ({"seed": "x"}, "^`seed` is 'x'; it must be a whole number of 0 or more"),
        ({"n_specifications": 0}, "^`n_specifications` is 0; it must be at least 1"),
    ],
)
def test_try_specifications_bad_options_are_refused(documents, lexicon, claim, options, said):
    with pytest.raises(SchemaError, match=said):
        try_specifications(claim, documents, lexicon=lexicon, **options)


def test_try_specifications_lexicon_with_one_entry_is_refused(documents, claim):
    lexicon = lexicon_from_patterns({"terror": ["إرهاب"]}, name="own")
    with pytest.raises(SchemaError, match=r"^The category 'terror' has 1 entry \('إرهاب'\): without it nothing"):
        try_specifications(claim, documents, lexicon=lexicon)
    assert len(try_specifications(claim, documents, lexicon=lexicon, leave_out=[], n_specifications=1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"second": {"period": 2030}},
            r"^The `second` side of the claim \(2030\) has no document among the 24; they run",
        ),
        ({"second": {"period": [2015, 2016]}}, "share 12 documents, so that in part a thing is compared with itself"),
        ({"second": {"party": "x"}}, "^`documents` lacks the columns 'party'"),
        ({"category": "war"}, "^`category` is 'war'; it must be one of 'calm', 'terror'"),
        ({"lexicon": "frames"}, "^`lexicon` is 'own', and the claim is about the lexicon 'frames'"),
    ],
)
def test_try_specifications_claims_that_do_not_fit_are_refused(documents, lexicon, claim, change, said):
    with pytest.raises(SchemaError, match=said):
        try_specifications(state_claim(**claim.parts() | change), documents, lexicon=lexicon)


def test_try_specifications_positions_of_other_documents_are_refused(make_corpus, stance_claim):
    documents = make_corpus([""] * 6, [""] * 6)
    with pytest.raises(SchemaError, match="^`positions` names 12 documents that `documents` lack. First: 'd012'"):
        try_specifications(stance_claim, documents, positions=stances())
    with pytest.raises(SchemaError, match="^No position of 'russia' toward 'taliban' is found; there are positions of"):
        try_specifications(stance_claim, make_corpus([""] * 12, [""] * 12), positions=stances().assign(holder="iran"))


def test_try_specifications_without_claim_is_refused(documents):
    with pytest.raises(SchemaError, match=r"^`claim` is a NoneType; state one with state_claim\(\) and pass it"):
        try_specifications(None, documents)


@pytest.mark.parametrize(("n_coded", "tried"), [(5, True), (4, False)])
def test_try_specifications_outlets_held_constant_count_documents_with_a_position(make_corpus, n_coded, tried):
    documents = make_corpus([""] * 12, [""] * 12).assign(
        source=["both"] * 8 + ["early"] * 4 + ["both"] * 8 + ["late"] * 4,
        position=[-1.0] * n_coded + [np.nan] * (8 - n_coded) + [0.0, -1.0] * 2 + [1.0, 2.0] * 6,
        position_holder="russia", position_target="taliban", position_voice="russia",
    )  # fmt: skip
    claim = state_claim(
        measure="mean_position", basis="hand", holder="russia", target="taliban", direction="higher",
        first={"period": 2015}, second={"period": 2016},
    )  # fmt: skip
    table = try_specifications(claim, documents)
    assert table["differs"].eq("outlets: held constant").any() == tried
    asked = row_of(
        try_specifications(claim, documents, choices={"outlets": ["held constant"]}), "outlets: held constant"
    )
    assert (asked["n_first"], asked["n_second"]) == (n_coded, 8)


def test_try_specifications_outlets_that_share_no_position_are_not_held_constant(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12).assign(
        source=["both"] * 2 + ["early"] * 10 + ["both"] * 2 + ["late"] * 10,
        position=[np.nan] * 2 + [-1.0] * 10 + [1.0, 2.0] * 6,
        position_holder="russia", position_target="taliban", position_voice="russia",
    )  # fmt: skip
    claim = state_claim(
        measure="mean_position", basis="hand", holder="russia", target="taliban", direction="higher",
        first={"period": 2015}, second={"period": 2016},
    )  # fmt: skip
    table = try_specifications(claim, documents)
    assert table["not_tried"].iloc[0].startswith("outlets: held constant (0 documents left on a side)")


def test_try_specifications_says_how_many_there_are(documents, lexicon, claim):
    whole = try_specifications(claim, documents, lexicon=lexicon, choices={"denominator": ["words"]})
    assert whole["n_possible"].eq(len(whole)).all()
    part = try_specifications(claim, documents, lexicon=lexicon, choices={"denominator": ["words"]}, n_specifications=1)
    assert part["n_possible"].iloc[0] == len(whole) > len(part)


def test_split_changes_undoes_what_was_said():
    assert split_changes("") == []
    assert split_changes("copies: keep; without entry: a") == [("copies", "keep", False), ("entry", "a", True)]


@pytest.mark.parametrize(("common", "tried"), [(5, True), (4, False)])
def test_try_specifications_decisions_that_leave_too_few_documents_are_not_tried(
    make_corpus, lexicon, claim, common, tried
):
    documents = make_corpus([""] * (common + 6), ["", "إرهاب", "إرهاب"] * 4)
    early, late = ["both"] * common + ["early"] * 6, ["both"] * common + ["late"] * (12 - common)
    documents["source"] = [*early, *late]
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=1)
    assert table["differs"].eq("outlets: held constant").any() == tried
    said = None if tried else f"outlets: held constant ({common} documents left on a side)"
    not_tried = judge_claim(table)["not_tried"].iloc[0]
    assert pd.isna(not_tried) if tried else not_tried.startswith(said)
    choices = {"outlets": ["held constant"]}
    asked = try_specifications(claim, documents, lexicon=lexicon, choices=choices, n_specifications=1)
    assert row_of(asked, "outlets: held constant")["n_first"] == common

"""The second reading: what it adds to the first, and the codes of its cues."""

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.stance.composing import load_composition
from discourse.reading.stance.passage import Evidence
from discourse.reading.stance.positions import find_positions
from discourse.reading.stance.second import CLASSES, CODES, Again, code_of, fill_gaps


def evidence(holder="russia", category="dialogue", *, voice=None, outright=True):
    return Evidence(holder, 1, category, (), voice, category, outright, 0, 1)


def added(first, *again):
    return [(n, one.evidence.category) for n, one in fill_gaps(first, [(n, Again(one, "")) for n, one in again])]


def test_code_of_covers_every_category_and_flip():
    assert sorted(set(CODES.values())) == [-2, -1, 0, 1, 2]
    assert [code_of(name) for name in ("force", "force!", "force~", "alliance~", "designation~", "delisting?")] == [
        -2, 1, 0, 0, 1, 1,
    ]  # fmt: skip


def test_classes_of_cues_are_classes_of_the_composition():
    classes = {CLASSES.get(category, category) for category in CODES}
    assert classes <= set(load_composition().codes)


def test_fill_gaps_adds_fights_to_sentences_and_all_else_to_holders_without_evidence():
    assert added([], (1, evidence(category="force")), (2, evidence())) == [(1, "force"), (2, "dialogue")]
    first = [(1, evidence())]
    assert added(first, (1, evidence(category="force"))) == []
    assert added(first, (2, evidence(category="force"))) == [(2, "force")]
    assert added(first, (2, evidence())) == []
    assert added(first, (2, evidence("us"))) == [(2, "dialogue")]


def test_fill_gaps_takes_outright_words_of_holder_or_outlet_alone():
    assert added([], (1, evidence(outright=False))) == []
    assert added([], (1, evidence(category="force", outright=False))) == [(1, "force")]
    assert added([], (1, evidence(voice="russia"))) == [(1, "dialogue")]
    assert added([], (1, evidence(voice="us"))) == []


def test_find_positions_second_reading_names_itself_and_can_be_left_out():
    text = "قتل نائب محلي باكستاني مناهض لحركة طالبان."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text], "date": pd.to_datetime(["2010-05-01"])})
    tokens = tokenize(documents)
    found = find_positions(documents, tokens)
    assert "second reading" in set(found["rules"])
    none = load_lexicon("cues").entries.iloc[:0]
    from dataclasses import replace

    alone = find_positions(documents, tokens, cues=replace(load_lexicon("cues"), entries=none))
    assert not alone["rules"].str.contains("second reading").any()

"""Labels in corrections stand for names; what nothing here has is not applied, and said."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.frames import find_frames
from discourse.reading.matching.matches import find_matches
from discourse.validity.corrected_names import by_label
from discourse.validity.corrected_tables import apply_corrections
from discourse.validity.corrections import COLUMNS

TEXT = "مخدرات"
QUOTATIONS = pd.DataFrame(
    {
        "doc_id": ["a", "b"], "content_start_char": [4, 0], "content_end_char": [9, 5], "actor": ["iran", "russia"],
        "side": ["other", "state"], "rule": ["r", "r"],
    }
)  # fmt: skip
POSITIONS = pd.DataFrame(
    {
        "doc_id": ["a"], "holder": ["russia"], "target": ["taliban"], "position": [1], "n_for": [1], "n_against": [0],
        "voice": ["russia"],
    }
)  # fmt: skip


def said(*rows):
    blank = dict.fromkeys(COLUMNS) | {"doc_id": "a", "coder": "ann", "date": "2026-01-01"}
    return pd.DataFrame([blank | row for row in rows], columns=list(COLUMNS))


def quotation(answer, **more):
    return {"what": "quotation", "start_char": 4, "end_char": 9, "measured": "iran", "corrected": answer, **more}


def position(holder, target="taliban", **more):
    return {"what": "position", "holder": holder, "target": target, "corrected": "2", **more}


def outcome(outcomes):
    return outcomes[["outcome", "reason"]].values.tolist()


@pytest.mark.parametrize("answer", ["روسيا", "Russia", " russia ", "RUSSIA"])
def test_apply_corrections_label_of_an_actor_is_its_name(answer):
    out, outcomes = apply_corrections(QUOTATIONS, said(quotation(answer)))
    assert out[["actor", "side", "corrected"]].astype(str).values.tolist() == [
        ["russia", "state", "True"],
        ["russia", "state", "False"],
    ]
    assert outcome(outcomes) == [["changed", ""]]
    out, outcomes = apply_corrections(POSITIONS, said(position(answer, "طالبان")))
    assert out["position"].tolist() == [2]
    assert outcome(outcomes) == [["changed", ""]]


@pytest.mark.parametrize("name", ["rusia", "مجهول"])
def test_apply_corrections_unknown_actor_is_not_applied(name):
    out, outcomes = apply_corrections(QUOTATIONS, said(quotation(name)))
    assert out["actor"].tolist() == ["iran", "russia"]
    assert outcome(outcomes) == [["not applied", "no actor has this name or label: corrected"]]
    out, outcomes = apply_corrections(POSITIONS, said(position(name), position("russia", name)))
    assert out["position"].tolist() == [1]
    assert sorted(outcome(outcomes)) == [
        ["not applied", "no actor has this name or label: holder"],
        ["not applied", "no actor has this name or label: target"],
    ]


def test_apply_corrections_name_of_the_table_alone_is_known():
    own = QUOTATIONS.replace({"actor": {"russia": "my_source"}})
    out, _ = apply_corrections(own, said(quotation("my source")))
    assert out["actor"].tolist() == ["my_source", "my_source"]


def test_apply_corrections_coders_who_write_label_and_name_agree():
    out, outcomes = apply_corrections(QUOTATIONS, said(quotation("روسيا"), quotation("russia", coder="bob")))
    assert out["actor"].tolist() == ["russia", "russia"]
    assert outcome(outcomes) == [["changed", ""]] * 2


def test_apply_corrections_later_word_under_a_label_replaces_the_earlier():
    later = position("روسيا", corrected="-1", date="2026-01-02")
    out, outcomes = apply_corrections(POSITIONS, said(position("russia"), later))
    assert out["position"].tolist() == [-1]
    assert dict(zip(outcomes["holder"], outcome(outcomes), strict=True)) == {
        "russia": ["not applied", "the same coder says something else of this row later"],
        "روسيا": ["changed", ""],
    }


@pytest.mark.parametrize("table", ["FRAMES", "MATCHES"])
def test_apply_corrections_misspelled_category_is_not_applied_and_a_label_is(table):
    documents = pd.DataFrame({"doc_id": ["a"], "text": [TEXT], "title": [None]})
    tokens = tokenize(documents)
    matches = find_matches(tokens, load_lexicon("frames"))
    assert matches["category"].tolist() == ["drugs"]
    found = matches if table == "MATCHES" else find_frames(tokens, documents)
    match = {
        "what": "match", "start_char": 0, "end_char": len(TEXT), "category": "drugs", "measured": "present",
        "entry": matches["pattern"].iloc[0],
    }  # fmt: skip
    options = {"tokens": tokens, "documents": documents}
    out, outcomes = apply_corrections(found, said(match | {"corrected": "diplomcy"}), **options)
    assert not out["corrected"].any()
    assert len(out) == len(found)
    assert outcome(outcomes) == [["not applied", "no such category; write one of the lexicon, absent or present"]]
    out, outcomes = apply_corrections(found, said(match | {"corrected": "Arming"}), **options)
    assert outcome(outcomes) == [["changed", ""]]
    has = out[out["present"] == 1] if table == "FRAMES" else out
    assert has["category"].tolist() == ["arming"]


def test_by_label_a_label_of_two_names_is_none():
    told = by_label(["a", "b"], {"a": {"en": "Same"}, "b": {"en": "Same"}})
    assert told == {"a": "a", "b": "b"}

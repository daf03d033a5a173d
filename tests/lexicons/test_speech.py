"""The lexicon of reporting verbs and attributions."""

from collections import Counter

import pytest

from discourse.lexicons.loader import load_lexicon


@pytest.fixture(scope="module")
def speech():
    return load_lexicon("speech")


def test_speech_holds_the_five_strengths_and_attribution(speech):
    assert list(speech.categories) == ["neutral", "assertive", "doubtful", "denying", "accusing", "attribution"]


def test_speech_holds_at_least_120_reporting_verbs_some_of_every_strength(speech):
    verbs = speech.entries[speech.entries["form"] == "verb"]
    assert len(verbs) >= 120
    counts = Counter(verbs["category"])
    assert all(counts[strength] >= 12 for strength in ("neutral", "assertive", "doubtful", "denying", "accusing")), (
        counts
    )


def test_speech_every_entry_says_form_and_what_it_takes(speech):
    known = {"an", "quote", "colon", "np", "ask", "blame", "act", "source", "ب", "ل", "من", "عن", "على", "الى", "في"}
    assert set(speech.entries["form"]) == {"verb", "participle", "noun", "phrase"}
    for row in speech.entries.itertuples():
        assert row.takes and set(row.takes.split()) <= known, row.pattern


def test_speech_card_names_sources_and_counts(speech):
    from importlib.resources import files

    card = (files("discourse.lexicons") / "speech.md").read_text(encoding="utf-8")
    n_verbs = int((speech.entries["form"] == "verb").sum())
    assert f"{n_verbs} verbs" in card
    assert f"{len(speech.entries)} entries" in card
    assert speech.version in card

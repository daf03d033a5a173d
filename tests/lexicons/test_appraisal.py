"""The appraisal lexicon: keys of its entries, and what each category takes and leaves."""

from importlib.resources import files

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.matching.matches import find_matches

with (files("discourse.lexicons") / "appraisal.yml").open("rb") as file:
    LEXICON = load_lexicon(file.name)

SIDES = {
    "good_conduct": (1, {1}),
    "bad_conduct": (-1, {1}),
    "violence": (-1, {2}),
    "good_quality": (1, {1}),
    "partnership": (1, {2}),
    "bad_quality": (-1, {1}),
    "enmity": (-1, {2}),
    "fate_bad": (-1, {2}),
    "fate_good": (1, {1}),
}


def categories(text):
    documents = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    return set(find_matches(tokenize(documents), LEXICON)["category"].astype(str))


def test_appraisal_every_category_has_its_polarity_and_strength():
    entries = LEXICON.entries
    assert set(LEXICON.categories) == set(SIDES)
    for category, (polarity, strengths) in SIDES.items():
        own = entries[entries["category"] == category]
        assert set(own["polarity"]) == {polarity}
        assert set(own["strength"]) == strengths


def test_appraisal_every_entry_has_its_role():
    entries = LEXICON.entries
    roles = {category: set(own["role"]) for category, own in entries.groupby("category")}
    assert roles.pop("good_conduct") == {"conduct", "fight"}
    for category, found in roles.items():
        kind = "fate" if category.startswith("fate") else "conduct"
        assert found == {kind if category in ("bad_conduct", "violence") or kind == "fate" else "quality"}


def test_appraisal_every_fate_tells_where_the_appraised_stands():
    entries = LEXICON.entries
    fates = entries["role"] == "fate"
    assert set(entries.loc[fates, "slot"]) == {"subject", "object"}
    assert entries.loc[~fates, "slot"].isna().all()


def test_appraisal_each_class_has_at_least_60_lemmas():
    for category, own in LEXICON.entries.groupby("category"):
        used = {word for pattern in own["pattern"] for place in pattern.split() for word in place.split("|")}
        assert len(used) >= 60, category

"""The lexicon of cues: size, keys, and what flips its entries."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.matching.matches import find_matches
from discourse.reading.stance.second import CODES

LEXICON = load_lexicon("cues")
SILENT = {"epithet", "accusation"}


def matches(text):
    documents = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    return find_matches(tokenize(documents), LEXICON)


def categories(text):
    return set(matches(text)["category"].astype(str))


def test_cues_has_at_least_350_lemmas():
    used = set()
    for pattern in LEXICON.entries["pattern"]:
        used |= {word[1:-1] for word in pattern.split() if word.startswith("[") and word.endswith("]")}
    assert len(used) >= 350
    assert used <= set(LEXICON.lemmas)


def test_cues_every_entry_has_polarity_strength_and_role():
    entries = LEXICON.entries
    assert set(entries["polarity"]) == {-1, 0, 1}
    assert set(entries["strength"]) == {1, 2}
    assert set(entries["role"]) == {"act", "clash", "mutual", "voice", "quality"}


def test_cues_every_category_has_a_code_or_is_no_position():
    assert set(LEXICON.categories) - set(CODES) == SILENT
    for category, code in CODES.items():
        polarities = set(LEXICON.entries.loc[LEXICON.entries["category"] == category, "polarity"])
        assert polarities == {(code > 0) - (code < 0)}, category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("وبالتعاون", "cooperation"),
        ("محادثاتهم", "engagement"),
        ("سيعترفون", "recognition"),
        ("للمفاوضات", "engagement"),
        ("استنكرت", "condemnation"),
        ("يساندونها", "support"),
        ("رفع موسكو الحظر", "delisting"),
        ("شطبها", "delisting"),
        ("تبادلا للمعلومات", "shared_interest"),
        ("حلفائنا", "alliance"),
        ("غاراتها", "force"),
        ("مشروطة", "conditions"),
        ("القيادة تندد", "condemnation"),
        ("لا صحة لما قيل", "denial"),
    ],
)
def test_cues_finds_the_written_form(text, category):
    assert category in categories(text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("في لشكر غاه", "praise"),
        ("على مواقع التواصل الاجتماعي", "engagement"),
        ("منظمة شنغهاي للتعاون", "cooperation"),
        ("اعترف بأن الحرب طويلة", "recognition"),
        ("رفع الحظر", "sanctions"),
        ("القنوات الفضائية", "engagement"),
        ("خطوط إمداد", "arming"),
        ("عبد السلام", "reconciliation"),
        ("اثنين من القتلى", "praise"),
        ("العدو المشترك", "designation"),
    ],
)
def test_cues_leaves_the_look_alike(text, category):
    assert category not in categories(text)


def test_cues_negation_marks_the_match():
    found = matches("لم تعترف موسكو. ونفت تسليح الحركة. وربما تدعمها.").set_index("category")
    assert bool(found.loc["recognition", "negated"]) is True
    assert bool(found.loc["arming", "negated"]) is True
    assert bool(found.loc["support", "negated"]) is False
    assert bool(found.loc["support", "hedged"]) is True

"""A pack of another script goes from a text to a series and a concordance; nothing but the pack is written for it."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from discourse.errors import LexiconError, SchemaError
from discourse.language import base
from discourse.language.base import register_language
from discourse.language.tokens import split_words, tokenize
from discourse.lexicons.loader import lexicon_from_patterns, load_lexicon
from discourse.measures.counts import count_matches
from discourse.measures.series import count_by_period
from discourse.reading.matching.concordance import kwic, show_concordance
from discourse.reading.matching.matches import find_matches

FOLDER = Path(__file__).parent / "toy"
SPEC = importlib.util.spec_from_file_location("toy_pack", FOLDER / "pack.py")
PACK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PACK)
TEXTS = ["Taborak vel lunik. Nu lunar ba noLUN!", "Dren mok kelom; Borakik z.B. K.L. sul? Lun"]


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setattr(base, "_registered", {})
    register_language(PACK.TOY)


@pytest.fixture
def documents():
    dates = pd.to_datetime(["2015-01-05", "2015-02-07"])
    return pd.DataFrame({"doc_id": ["a", "b"], "text": TEXTS, "date": dates, "date_precision": "day", "source": "x"})


@pytest.fixture
def tokens(documents):
    return tokenize(documents, language="toy")


def test_split_words_keeps_what_the_pack_calls_an_abbreviation():
    assert split_words("Vel K.L. sul", language="toy") == ["Vel", "K.L.", "sul"]
    assert split_words("Vel k.l. sul", language="toy") == ["Vel", "k", ".", "l", ".", "sul"]


def test_tokenize_gives_norms_and_sentences_of_the_pack(tokens):
    first = tokens[tokens["doc_id"] == "a"]
    assert first["norm"].tolist() == ["taborak", "vel", "lunik", ".", "nu", "lunar", "ba", "nolun", "!"]
    assert first["sentence"].tolist() == [0] * 4 + [1] * 5


def test_find_matches_inflects_by_the_pack(tokens):
    found = find_matches(tokens, load_lexicon(FOLDER / "moon.yml"))
    places = found[["doc_id", "start", "end", "category"]].astype({"doc_id": str, "category": str})
    assert places.values.tolist() == [
        ["a", 0, 1, "town"],  # ta + Borak
        ["a", 2, 3, "moon"],  # lun + ik
        ["a", 5, 6, "moon"],  # lunar, a declared form
        ["a", 7, 8, "moon"],  # no + LUN
        ["b", 0, 2, "moon"],  # two words
        ["b", 2, 3, "town"],  # a glob; Borakik is no match: a name takes nothing behind it
        ["b", len(split_words(TEXTS[1], language="toy")) - 1, len(split_words(TEXTS[1], language="toy")), "moon"],
    ]


def test_scopes_end_at_a_contrast_of_the_pack(tokens):
    scopes = load_lexicon(FOLDER / "scopes.yml")
    found = find_matches(tokens, load_lexicon(FOLDER / "moon.yml"), scopes=scopes)
    assert found.loc[found["doc_id"] == "a", "negated"].tolist() == [False, False, True, False]  # ba: but


def test_series_of_a_pack_counts_by_month(documents, tokens):
    lexicon = load_lexicon(FOLDER / "moon.yml")
    counts = count_matches(find_matches(tokens, lexicon), tokens)
    series = count_by_period(counts, documents, freq="MS")
    moon = series[series["category"] == "moon"]
    assert moon["n_matches"].tolist() == [3, 2]
    assert moon["n_docs"].tolist() == [1, 1]


def test_kwic_reads_a_pattern_in_the_language_of_the_pack(documents, tokens):
    lines = kwic(tokens, "lun", documents, window=2, language="toy")
    assert lines["keyword"].tolist() == ["lunik", "noLUN", "Lun"]
    assert lines["pre"].tolist()[0] == "Taborak vel "
    assert "lunik" in show_concordance(lines, right_to_left=False)


def test_lexicon_from_patterns_other_language_has_another_digest():
    assert lexicon_from_patterns(["lun"], language="toy").sha256 != lexicon_from_patterns(["lun"]).sha256


def test_load_lexicon_unknown_language_names_file_and_line(tmp_path):
    place = tmp_path / "own.yml"
    place.write_text('name: own\nlanguage: klingon\ncategories: {a: {entries: ["b"]}}\n', "utf-8")
    with pytest.raises(LexiconError) as raised:
        load_lexicon(place)
    assert str(raised.value) == (
        "lexicon 'own.yml', line 2: `language` is 'klingon'; it must be one of 'arabic', 'toy'. "
        "Correct the name, or register a pack under it."
    )


def test_tokenize_unknown_language_says_what_is_known(documents):
    with pytest.raises(SchemaError, match="`language` is 'klingon'; it must be one of 'arabic', 'toy'"):
        tokenize(documents, language="klingon")

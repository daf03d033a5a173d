"""Candidates added to a lexicon file: comments kept, nothing lost, nothing that cannot be loaded."""

import pandas as pd
import pytest

from discourse.errors import LexiconError, SchemaError
from discourse.lexicons.additions import extend_lexicon
from discourse.lexicons.loader import load_lexicon
from discourse.tables import check

OWN = """# my lexicon
name: own
title: {en: Own}
version: 1.0.0
licence: CC0
categories:
  # people
  people:
    label: {en: People}
    entries:
      - وزير الدفاع   # the minister
      - pattern: رئيس الوزراء
        gap: 2
      # a last remark

  places:
    entries:
      - كابل
# end
"""
GIVEN = {"corpus": "news.parquet sha256 0123", "date": "2026-11-29"}


@pytest.fixture
def own(tmp_path):
    place = tmp_path / "own.yml"
    place.write_text(OWN, encoding="utf-8")
    return place


def test_extend_lexicon_puts_entries_behind_the_last_and_keeps_the_rest(own):
    candidates = pd.DataFrame({"pattern": ["وزير الخارجية"], "n": [37], "n_docs": [21]})
    added = extend_lexicon(own, candidates, category="people", **GIVEN)
    check(added, "ADDED_ENTRIES")
    line = '      - {pattern: "وزير الخارجية", source: "news.parquet sha256 0123, n 37 in 21 documents, 2026-11-29"}'
    wanted = OWN.replace("        gap: 2\n", f"        gap: 2\n{line}\n")
    assert own.read_text(encoding="utf-8") == wanted
    entry = load_lexicon(own).entries.set_index("pattern").loc["وزير الخارجية"]
    assert entry["category"] == "people"
    assert entry["source"] == "news.parquet sha256 0123, n 37 in 21 documents, 2026-11-29"


def test_extend_lexicon_makes_a_category_behind_the_others(own):
    extend_lexicon(own, ["شمال كابل"], category="regions", **GIVEN)
    lexicon = load_lexicon(own)
    assert list(lexicon.categories) == ["people", "places", "regions"]
    assert own.read_text(encoding="utf-8").endswith('"}\n# end\n')


def test_extend_lexicon_writes_sequences_without_diacritics(tmp_path):
    place = tmp_path / "fresh.yml"
    sequences = pd.DataFrame({"form": ["قائلاً إن", "روسيـا اليوم"], "n": [5, 4]})
    assert extend_lexicon(place, sequences, category="others", **GIVEN)["added"].tolist() == [True, True]
    assert load_lexicon(place).entries["pattern"].tolist() == ["قائلا إن", "روسيا اليوم"]


def test_extend_lexicon_makes_a_file(tmp_path):
    place = tmp_path / "fresh.yml"
    extend_lexicon(place, ["وزير الخارجية", "شمال كابل"], category="places", **GIVEN)
    assert load_lexicon(place).entries["pattern"].tolist() == ["وزير الخارجية", "شمال كابل"]


def test_extend_lexicon_keeps_line_ends(tmp_path):
    place = tmp_path / "own.yml"
    place.write_bytes(OWN.replace("\n", "\r\n").encode())
    extend_lexicon(place, ["وزير الخارجية"], category="people", **GIVEN)
    content = place.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") == OWN.count("\n") + 1


def test_extend_lexicon_says_what_it_does_not_add(own):
    offered = ["وزير الدفاع", "وزير الخارجية", "وزير الخارجية", "و، ب", "[قال]"]
    added = extend_lexicon(own, offered, category="people", **GIVEN)
    assert added["added"].tolist() == [False, True, False, False, False]
    assert added["reason"].tolist()[0] == "stands in 'people' as 'وزير الدفاع'"
    assert added["reason"].tolist()[2] == "is offered twice, as 'وزير الخارجية'"
    assert added["reason"].tolist()[4] == "names a lemma; write it into the file by hand"


def test_extend_lexicon_with_nothing_new_leaves_the_file_alone(own):
    before = own.stat().st_mtime_ns
    extend_lexicon(own, ["كابل"], category="people", **GIVEN)
    assert own.stat().st_mtime_ns == before and own.read_text(encoding="utf-8") == OWN


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (
            OWN.replace("    entries:\n      - كابل", "    entries: [كابل]"),
            LexiconError,
            "own.yml, line 17: `entries` of 'places' is written within brackets; write one entry on each line.",
        ),
        (
            "name: own\nversion: '1'\nlicence: CC0\nparts: [frames]\n",
            LexiconError,
            "own.yml is put together from other lexicons (`parts`); add to one that has `categories`.",
        ),
    ],
)
def test_extend_lexicon_refuses_a_file_that_it_cannot_add_to(own, text, error, message):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(error) as raised:
        extend_lexicon(own, ["شمال بكين"], category="places", **GIVEN)
    assert str(raised.value) == message
    assert own.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": "yesterday"}, "`date` is 'yesterday'; it must be a day as YYYY-MM-DD."),
        (
            {"category": "Places!"},
            "`category` is 'Places!'; it must be lower case Latin letters, digits and _, from a letter on.",
        ),
        (
            {"candidates": []},
            "`candidates` is empty, so that there is nothing to add. Choose rows of find_candidates().",
        ),
    ],
)
def test_extend_lexicon_refuses_options_that_cannot_be_read(own, change, message):
    options = {"candidates": ["شمال بكين"], "category": "places", **GIVEN, **change}
    with pytest.raises(SchemaError) as error:
        extend_lexicon(own, **options)
    assert str(error.value) == message

"""From a row of a word shift to its matches or sentences."""

import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SchemaError

DIGESTS = dc.load_seed("reports").head(60)
TOKENS = dc.tokenize(DIGESTS)
HALVES = {"between": (("2001", "2012"), ("2013", "2026")), "by": "period"}


@pytest.fixture(scope="module")
def positions():
    return dc.find_positions(DIGESTS, TOKENS, target="taliban")


@pytest.mark.parametrize("of", ["cue", "rule"])
def test_shift_lines_of_positions_are_as_many_sentences_as_cues_at_most(positions, of):
    holder = positions["holder"].value_counts().index[0]
    found = dc.word_shift(positions, DIGESTS, of=of, holder=holder, n_draws=10, **HALVES)
    n = 0
    for row in found.itertuples():
        for side in "ab":
            lines = dc.shift_lines(positions, DIGESTS, row.entry, of=of, holder=holder, side=side, **HALVES)
            cues = lines["cues" if of == "cue" else "rules"].astype("str").str.split("|")
            assert sum(one.count(row.entry) for one in cues) == getattr(row, f"n_{side}")
            assert lines["quote"].notna().all()
            n += len(lines)
    assert n > 20


@pytest.mark.parametrize("of", ["pattern", "category"])
def test_shift_lines_of_matches_are_as_many_as_the_entry_is_counted(of):
    lexicon = dc.load_lexicon("stance")
    matches = dc.find_matches(TOKENS, lexicon)
    found = dc.word_shift(matches, DIGESTS, of=of, n_draws=10, **HALVES).head(8)
    for row in found.itertuples():
        for side in "ab":
            lines = dc.shift_lines(matches, DIGESTS, row.entry, of=of, side=side, tokens=TOKENS, **HALVES)
            assert len(lines) == getattr(row, f"n_{side}")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("(rest)", "`entry` is '(rest)', which no row of `table` has as 'pattern'; there is 'good'."),
        ("good", "`tokens` is missing, in which the matches of `table` stand. Pass the tokens."),
    ],
)
def test_shift_lines_says_what_is_missing(entry, message):
    documents = pd.DataFrame({"doc_id": ["a", "b"], "source": ["x", "y"], "text": "good"})
    matches = pd.DataFrame({"doc_id": ["a", "b"], "pattern": "good", "weight": 1.0, "start": 0, "end": 1})
    with pytest.raises(SchemaError) as error:
        dc.shift_lines(matches, documents, entry, between=("x", "y"), by="source")
    assert str(error.value) == message

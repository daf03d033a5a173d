"""Where the frames of a document come from."""

import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.lexicons.loader import load_lexicon
from discourse.reading.frames import find_frames
from discourse.reading.frames.places import place_frames, place_matches
from discourse.reading.matching.matches import find_matches
from discourse.sources.seeds import load_seed


@pytest.fixture(scope="module")
def read():
    documents = load_seed("reports").head(80)
    tokens = tokenize(documents)
    frames = find_frames(tokens, documents)
    return documents, tokens, frames, place_frames(tokens, documents, frames)


def test_places_that_count_in_the_text_are_the_matches_of_each_frame(read):
    _, _, frames, placed = read
    own = placed.loc[placed["role"].eq("match") & placed["place"].eq("text")].astype({"doc_id": str, "category": str})
    found = own.groupby(["doc_id", "category"]).size()
    expected = frames.astype({"doc_id": str, "category": str}).set_index(["doc_id", "category"])["n_matches"]
    assert found.reindex(expected.index).fillna(0).tolist() == expected.tolist()


def test_places_every_frame_that_is_present_has_one_that_speaks_for_it(read):
    _, _, frames, placed = read
    told = set(
        zip(*(placed.loc[placed["role"].ne("aside"), name].astype(str) for name in ("doc_id", "category")), strict=True)
    )
    present = frames.loc[frames["present"].eq(1)]
    assert not set(zip(present["doc_id"].astype(str), present["category"].astype(str), strict=True)) - told


def test_places_are_those_of_find_matches(read):
    _, tokens, _, placed = read
    found = find_matches(tokens, load_lexicon("frames"))
    assert len(placed.loc[placed["place"].eq("text") & placed["role"].ne("scene")]) == len(found)


def test_places_in_the_title_count_its_letters(read):
    documents, _, _, placed = read
    titles = documents.set_index("doc_id")["title"]
    for row in placed.loc[placed["place"].eq("title")].itertuples():
        word = titles[row.doc_id][row.start_char : row.end_char]
        assert word and word == word.strip()


def test_places_a_match_in_brackets_is_set_aside():
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["دعت موسكو إلى الحوار (محادثات) مع طالبان."]})
    tokens = tokenize(documents)
    placed = place_frames(tokens, documents, find_frames(tokens, documents))
    text = documents["text"][0]
    roles = {
        text[row.start_char : row.end_char]: row.role for row in placed.itertuples() if row.category == "diplomacy"
    }
    assert roles["محادثات"] == "aside" and roles["الحوار"] == "match"


def test_places_of_another_lexicon_all_count():
    tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["لم تعترف موسكو بطالبان."]}))
    placed = place_matches(tokens, load_lexicon("actors"))
    assert set(placed["role"]) == {"match"}
    assert len(placed) == len(find_matches(tokens, load_lexicon("actors")))

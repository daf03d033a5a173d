"""Copies by words as numbers: the same clusters whatever the parts, however few runs are held at once."""

import numpy as np
import pandas as pd
import pytest

from discourse.language.tokens import tokenize
from discourse.sources.cleaning.duplicates import cluster_stories
from discourse.sources.cleaning.stories import Stories, find_runs, number_words
from discourse.sources.seeds import load_seed


def corpus():
    """Return reports; two are printed again, one of them with another beginning, one is shorter than a run."""
    reports = load_seed("reports").iloc[:120:6].reset_index(drop=True)
    again = reports.iloc[[2, 9, 4]].assign(doc_id=["z-again", "0-again", "z-third"])
    again.loc[again["doc_id"].eq("0-again"), "text"] = "قال مصدر آخر يوم أمس " + again["text"]
    again.loc[again["doc_id"].eq("z-third"), "text"] = "قال مصدر"
    return pd.concat([reports, again], ignore_index=True)


def words(documents):
    return number_words(documents, tokenize(documents), pd.DataFrame({"doc_id": [], "start_char": [], "end_char": []}))


@pytest.mark.parametrize("n_parts", [1, 2, 5])
@pytest.mark.parametrize("pack", [lambda table: table, find_runs])
@pytest.mark.parametrize("at_once", [3_000_000, 100])
def test_cluster_stories_parts_change_nothing(monkeypatch, n_parts, pack, at_once):
    documents = corpus()
    wanted = cluster_stories(documents, words(documents))
    assert wanted["n_in_cluster"].eq(2).sum() == 4
    monkeypatch.setattr("discourse.sources.cleaning.shingles._AT_ONCE", at_once)
    mixed = documents.sample(frac=1, random_state=3)
    parts = [pack(words(mixed.iloc[first::n_parts])) for first in range(n_parts)]
    pd.testing.assert_frame_equal(cluster_stories(documents, parts), wanted, check_exact=True)


def test_stories_runs_that_documents_share_are_numbered_the_rarest_first():
    ids = np.array(["a", "b", "c", "d"], dtype=object)
    given = [(name, word) for name, text in zip(ids, ("xyxyz", "xyz", "yzq", "xy"), strict=True) for word in text]
    table = pd.DataFrame(
        {
            "doc_id": pd.Categorical([name for name, _ in given], categories=ids),
            "word": np.array([ord(word) for _, word in given], np.uint64),
            "is_number": False,
            "outside": True,
        }
    )
    sets = Stories(ids, table, 2).sets
    assert sets.sizes.tolist() == [3, 2, 2, 1], "xy stands twice in the first and counts once"
    assert np.diff(sets.bounds).tolist() == [2, 2, 1, 1], "yx and zq stand in one document"
    assert sorted(sets.shared.tolist()) == [0, 0, 0, 1, 1, 1], "xy and yz, in three each"


def test_stories_equal_texts_are_left_out_of_the_sets():
    ids = np.array(["a", "b", "c"], dtype=object)
    table = pd.DataFrame(
        {
            "doc_id": pd.Categorical(list("aabbcc"), categories=ids),
            "word": np.array([1, 2, 1, 2, 2, 1], np.uint64),
            "is_number": False,
            "outside": True,
        }
    )
    stories = Stories(ids, table, 2)
    assert [pair.tolist() for pair in stories.equal] == [[0], [1]], "the same words in another order are another text"
    assert stories.sets.sizes.tolist() == [1, 0, 1]

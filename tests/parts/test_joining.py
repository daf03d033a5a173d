"""Tables of parts put together: rows in the order of the corpus, categories of the whole, what is not there."""

import pandas as pd
import pytest

from discourse.parts.files import write_file
from discourse.parts.joining import Kept, join_made

IDS = pd.Index(["a", "b", "c"])


def part(*doc_ids, **columns):
    return pd.DataFrame({"doc_id": pd.Categorical(doc_ids), **columns})


def test_join_made_rows_come_by_document_and_stand_as_they_were_within_one():
    made = join_made([part("b", "c", "c", n=[1, 2, 3]), part("a", n=[4])], IDS, {})
    assert made["doc_id"].tolist() == ["a", "b", "c", "c"] and made["n"].tolist() == [4, 1, 2, 3]
    assert made["doc_id"].cat.categories.tolist() == ["a", "b", "c"]


def test_join_made_groups_come_before_documents_in_the_order_of_the_study():
    parts = [part("b", "b", lexicon=["y", "x"]), part("a", "a", lexicon=["y", "x"])]
    made = join_made(parts, IDS, {"lexicon": ["y", "x"]})
    assert made[["lexicon", "doc_id"]].to_numpy().tolist() == [["y", "a"], ["y", "b"], ["x", "a"], ["x", "b"]]


def test_join_made_categories_that_are_the_same_keep_their_order():
    kind = pd.CategoricalDtype(["strong", "fair", "weak"], ordered=True)
    made = join_made([part("a", grade=pd.Categorical(["weak"], dtype=kind)), part("b", grade=["fair"])
                      .astype({"grade": kind})], IDS, {})  # fmt: skip
    assert made["grade"].dtype == kind


def test_join_made_part_without_rows_tells_categories_and_no_dtype():
    empty = part("b", n=[1.5]).head(0).astype({"n": "object"})
    made = join_made([empty, part("a", n=[1])], IDS, {})
    assert made["n"].dtype == "int64" and made["doc_id"].cat.categories.tolist() == ["a", "b"]


def test_join_made_numbers_are_added_up_and_none_stays_none():
    assert join_made([2, 3], IDS, {}) == 5
    assert join_made([None, None], IDS, {}) is None


def test_join_made_table_by_doc_id_keeps_it_as_the_index():
    parts = [pd.DataFrame({"x": [True]}, index=pd.Index([name], name="doc_id")) for name in ("c", "a")]
    made = join_made(parts, IDS, {})
    assert made.index.tolist() == ["a", "c"] and made.index.name == "doc_id"


@pytest.mark.parametrize("again", [1, 2])
def test_kept_gives_its_tables_in_the_order_of_the_parts(tmp_path, again):
    kept = Kept()
    for number in (2, 0):
        kept.add(number, write_file(pd.DataFrame({"n": [number]}), str(tmp_path)))
    for _ in range(again):
        assert [table["n"].item() for table in kept] == [0, 2]
    assert len(kept) == 2

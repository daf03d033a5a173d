"""Tables of neighbouring parts joined before they are sent: how many, and the same rows as all joined at once."""

import pandas as pd
import pytest

from discourse.parts.joining import join_made
from discourse.parts.tree import join_neighbours, leave_out, pick, span_of


@pytest.mark.parametrize(
    ("n_parts", "n_documents", "span"),
    [(1, 10, 1), (8, 10, 1), (9, 10, 8), (64, 100, 8), (65, 100, 64), (9, 9 * 12_500, 8), (9, 9 * 12_500 + 1, 1)],
)
def test_span_of_pieces_are_few_and_hold_no_more_than_100_000_documents(n_parts, n_documents, span):
    assert span_of(n_parts, n_documents) == span


def part(doc_id, grade, n):
    return {
        "table": pd.DataFrame({"doc_id": pd.Categorical([doc_id] * n), "grade": pd.Categorical([grade] * n), "n": n}),
        "marks": pd.DataFrame({"x": [True]}, index=pd.Index([doc_id], name="doc_id")),
        "number": n,
        "absent": None,
    }


def test_join_neighbours_in_two_steps_is_all_joined_at_once():
    parts = [part("c", "x", 2), part("a", "z", 1), part("d", "x", 3), part("b", "y", 1)]
    ids = pd.Index(["a", "b", "c", "d"])
    twice = join_neighbours([join_neighbours(parts[:2]), join_neighbours(parts[2:])])
    assert list(twice) == list(parts[0])
    for name in ("table", "marks"):
        pd.testing.assert_frame_equal(twice[name], join_made([one[name] for one in parts], ids, {}))
    assert twice["table"]["grade"].cat.categories.tolist() == ["x", "y", "z"]
    assert (twice["number"], twice["absent"]) == (7, None)


def test_pick_and_leave_out_part_the_tables():
    made = {"words": 1, "frames": 2}
    assert (pick(made, ("words",)), leave_out(made, ("words",))) == ({"words": 1}, {"frames": 2})

"""Where coders disagree: counted by hand."""

import pandas as pd

from discourse.validity.disagreement import count_code_pairs, find_disagreements

CODES = pd.DataFrame(
    [
        ("u1", "A", "position", "1"), ("u1", "B", "position", "1"), ("u1", "C", "position", "2"),
        ("u2", "A", "position", "-2"), ("u2", "B", "position", None), ("u2", "C", "position", "1"),
        ("u1", "A", "frames", "drugs;arming"), ("u1", "B", "frames", "drugs"), ("u1", "C", "frames", "drugs; arming"),
    ],
    columns=["unit_id", "coder", "variable", "value"],
)  # fmt: skip


def test_find_disagreements_lists_each_pair_of_coders_that_differs():
    found = find_disagreements(CODES)
    assert found.fillna(-9).to_numpy().tolist() == [
        ["frames:arming", "u1", "A", "1", "B", "0", 1.0],
        ["frames:arming", "u1", "B", "0", "C", "1", 1.0],
        ["position", "u2", "A", "-2", "C", "1", 3.0],
        ["position", "u1", "A", "1", "C", "2", 1.0],
        ["position", "u1", "B", "1", "C", "2", 1.0],
        ["position", "u2", "A", "-2", "B", "none", -9],
        ["position", "u2", "B", "none", "C", "1", -9],
    ]


def test_find_disagreements_order_of_rows_changes_nothing():
    pd.testing.assert_frame_equal(find_disagreements(CODES.sample(frac=1, random_state=1)), find_disagreements(CODES))


def test_find_disagreements_equal_codes_or_one_coder_have_none():
    assert len(find_disagreements(CODES[CODES["coder"] == "A"])) == 0
    assert len(find_disagreements(CODES.head(0))) == 0


def test_count_code_pairs_counts_each_pair_without_order():
    pairs = count_code_pairs(CODES)
    assert pairs.to_numpy().tolist() == [
        ["frames:arming", "0", "1", 2, 1],
        ["frames:arming", "1", "1", 1, 1],
        ["frames:drugs", "1", "1", 3, 1],
        ["position", "-2", "1", 1, 1],
        ["position", "-2", "none", 1, 1],
        ["position", "1", "1", 1, 1],
        ["position", "1", "2", 2, 1],
        ["position", "1", "none", 1, 1],
    ]

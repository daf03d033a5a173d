"""Rules left out: which rule, class or operator carries which position."""

import re

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.rules import leave_rules_out


def row(doc_id, categories, codes, rules, holder="russia"):
    return {
        "doc_id": doc_id, "sentence": 1, "start_char": 0, "end_char": 9, "holder": holder, "target": "taliban",
        "polarity": 1, "strength": 1.0, "negated": False, "voice": "outlet",
        "cues": "|".join("x" for _ in codes.split("|")), "categories": categories, "codes": codes, "rules": rules,
    }  # fmt: skip


POSITIONS = pd.DataFrame(
    [
        row("a", "recognition~|trade", "-1|1", "recognition opposes|trade"),
        row("b", "trade", "1", "trade"),
        row("c", "hostility", "-2", "second reading"),
        row("d", "force!", "1", "enemies"),
        row("d", "support", "2", "support"),
    ]
)


def test_leave_rules_out_counts_what_each_rule_carries():
    table = leave_rules_out(POSITIONS).set_index("name")
    assert table.loc["trade"].to_dict() == {
        "n_cues": 2, "n_docs": 2, "n_positions": 2, "n_lost": 1, "n_moved": 1, "n_turned": 1,
    }  # fmt: skip
    assert table.loc["second reading", ["n_cues", "n_lost"]].tolist() == [1, 1]
    assert table.loc["enemies", ["n_lost", "n_moved"]].tolist() == [0, 0]
    assert table.loc["support", ["n_lost", "n_moved", "n_turned"]].tolist() == [0, 1, 0]


def test_leave_rules_out_by_class_and_by_operator():
    assert "force" in set(leave_rules_out(POSITIONS, by="class")["name"])
    table = leave_rules_out(POSITIONS, by="operator")
    assert table[["name", "n_cues", "n_moved"]].to_numpy().tolist() == [["opposes", 1, 1]]


def test_leave_rules_out_of_nothing_is_empty():
    assert leave_rules_out(POSITIONS.iloc[:0]).empty


def test_leave_rules_out_unknown_choice_is_refused():
    with pytest.raises(SchemaError, match="^`by` is 'word'; it must be one of 'class', 'operator', 'rule'"):
        leave_rules_out(POSITIONS, by="word")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("codes", "1", "whose cues do not go together: 2 in `cues`, 2 in `categories`, 1 in `codes`, 2 in `rules`"),
        ("rules", "trade", "1 rows whose cues do not go together"),
        ("codes", None, "0 in `codes`"),
        ("codes", "-1|3", "1 rows with `codes` off the scale; a code is one of -2, -1, 0, 1, 2. First: '-1|3', of 'a'"),
        ("codes", "-1|x", "off the scale"),
    ],
)
def test_leave_rules_out_broken_codes_are_named(column, value, said):
    broken = POSITIONS.astype({column: object})
    broken.loc[0, column] = value
    with pytest.raises(SchemaError, match=re.escape(said)):
        leave_rules_out(broken)


@pytest.mark.parametrize("column", ["cues", "voice", "codes"])
def test_leave_rules_out_without_a_column_says_which(column):
    with pytest.raises(SchemaError, match=f"^`positions` lacks the columns '{column}'"):
        leave_rules_out(POSITIONS.drop(columns=column))

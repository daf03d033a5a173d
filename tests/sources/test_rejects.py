"""Rejects by reason: counts that add up, the first record, and what mends it."""

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError
from discourse.sources.dates.column import _PROBLEMS, date_problem
from discourse.sources.documents import read_documents, rejects_table
from discourse.sources.rejects import _MENDS, group_rejects


def test_group_rejects_counts_add_up_and_the_most_frequent_stands_first():
    table = pd.DataFrame({"text": ["خبر", " ", "", "خبر"], "date": ["أمس", None, None, "32/13/2015"]})
    _, rejects = read_documents(table)
    grouped = group_rejects(rejects)
    assert grouped[["reason", "n", "path", "record"]].values.tolist() == [
        ["the text is empty", 2, "DataFrame", "row 2"],
        ["the date is counted from a day that is not known", 1, "DataFrame", "row 1, date 'أمس'"],
        ["the date has a month that the calendar does not know", 1, "DataFrame", "row 4, date '32/13/2015'"],
    ]
    assert grouped["n"].sum() == len(rejects)
    tables.check(grouped, "REJECT_REASONS")


def test_group_rejects_names_what_mends_and_nothing_where_nothing_does():
    order, unknown = date_problem("order"), "the sun was in its eyes"
    grouped = group_rejects(rejects_table([("a.csv", "line 2", order), ("a.csv", "line 3", unknown)]))
    assert grouped[["argument", "option", "advice"]].fillna("").values.tolist() == [
        ["day_first=True or False", "--day-first or --month-first", ""],
        ["", "", ""],
    ]


def test_group_rejects_mend_that_it_names_mends():
    table = pd.DataFrame({"text": ["خبر"], "date": ["03/04/2015"]})
    assert group_rejects(read_documents(table)[1])["argument"].tolist() == ["day_first=True or False"]
    assert len(read_documents(table, day_first=True)[1]) == 0


def test_group_rejects_of_none_is_empty():
    grouped = group_rejects(rejects_table([]))
    assert len(grouped) == 0
    tables.check(grouped, "REJECT_REASONS")


def test_group_rejects_table_of_another_kind_is_refused():
    with pytest.raises(SchemaError) as caught:
        group_rejects(pd.DataFrame({"path": []}))
    assert str(caught.value) == "`rejects` lacks the columns 'record', 'reason' of REJECTS; it has 'path'."


@pytest.mark.parametrize("kind", list(_PROBLEMS))
def test_mends_hold_every_problem_of_a_date(kind):
    assert any(date_problem(kind).startswith(mend["reason"]) for mend in _MENDS)


def test_mends_options_are_those_of_the_command(project):
    options = (project / "docs" / "commands.md").read_text(encoding="utf-8")
    named = {word for mend in _MENDS for word in mend.get("option", "").split() if word.startswith("--")}
    assert named and all(f"`{word}" in options for word in named)
    assert all(set(mend) <= {"reason", "argument", "option", "advice"} for mend in _MENDS)

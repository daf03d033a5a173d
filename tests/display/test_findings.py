import pandas as pd
import pytest

from discourse.display.findings import Finding, cite_estimate
from discourse.errors import SchemaError

TABLE = pd.DataFrame(
    {
        "period": pd.to_datetime(["2023-01-01", "2024-01-01", "2024-01-01", "2025-01-01"]),
        "category": pd.Categorical(["ban", "ban", "drugs", "ban"]),
        "estimate": [-1.5, 0.654, 0.25, None],
        "lower": [-2.0, 0.41, 0.1, None],
        "upper": [-1.0, 0.88, 0.4, None],
        "n_docs": [1200, 17, 17, 0],
    }
)


@pytest.mark.parametrize(
    ("where", "form", "said"),
    [
        ({"period": 2023}, ".2f", "−1.50 (95% interval −2.00 to −1.00, n = 1,200)"),
        ({"period": "2024-01", "category": "ban"}, ".0%", "65% (95% interval 41% to 88%, n = 17)"),
        ({"period": 2025}, ".2f", "no estimate (n = 0)"),
    ],
)
def test_cite_estimate_one_row_is_quoted_with_interval_and_n(where, form, said):
    assert cite_estimate(TABLE, n="n_docs", form=form, **where) == said


def test_cite_estimate_of_another_column():
    alpha = pd.DataFrame({"alpha": [0.75], "lower": [0.66], "upper": [0.82], "n_units": [164]})
    assert cite_estimate(alpha, estimate="alpha", n="n_units") == "0.75 (95% interval 0.66 to 0.82, n = 164)"


@pytest.mark.parametrize(
    ("where", "n", "asked"),
    [({"period": 2024}, 2, "period=2024"), ({"category": "arms"}, 0, "category='arms'"), ({}, 4, "no condition")],
)
def test_cite_estimate_other_than_one_row_raises(where, n, asked):
    with pytest.raises(SchemaError) as error:
        cite_estimate(TABLE, n="n_docs", **where)
    assert str(error.value) == (
        f"`table` has {n} rows with {asked}; exactly one is cited. Name more columns, or other values."
    )


def test_cite_estimate_missing_column_raises():
    with pytest.raises(SchemaError, match="n_units"):
        cite_estimate(TABLE, n="n_units", period=2023)


def test_finding_sentences_stand_as_they_are_and_are_escaped_in_html():
    found = Finding(["a < b", "طالبان"])
    assert repr(found) == "a < b\nطالبان"
    assert found._repr_html_() == '<p lang="en" dir="auto">a &lt; b</p>\n<p lang="en" dir="auto">طالبان</p>'


@pytest.mark.parametrize("sentences", ["one sentence", []])
def test_finding_without_a_list_of_sentences_raises(sentences):
    with pytest.raises(SchemaError) as error:
        Finding(sentences)
    assert str(error.value) == "`sentences` must be a list of at least one sentence."


def test_cite_estimate_of_a_difference_has_the_n_of_both_sides():
    table = pd.DataFrame({"difference": [0.5], "lower": [0.1], "upper": [0.9], "before": [55], "after": [1058]})
    said = cite_estimate(table, estimate="difference", n=["before", "after"])
    assert said == "0.50 (95% interval 0.10 to 0.90, n = 55, then 1,058)"
    assert cite_estimate(table.assign(difference=None), estimate="difference", n=["before", "after"]) == (
        "no estimate (n = 55, then 1,058)"
    )

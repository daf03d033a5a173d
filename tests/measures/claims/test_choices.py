"""Choices: borders that move, outlets that are left out, what can be made with these documents."""

import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.claims.choices import base_choices, other_choices, sides_of
from discourse.measures.claims.claim import state_claim


def claimed(first, second, **more):
    return state_claim(
        measure="share", category="terror", lexicon="own", direction="higher", first=first, second=second, **more
    )


def test_other_choices_borders_of_long_sides_move_by_a_year(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12)
    documents["date"] = pd.to_datetime([f"{2012 + n // 3}-05-01" for n in range(24)])
    claim = claimed({"period": [2012, 2015]}, {"period": [2016, 2019]})
    found = other_choices(claim, documents, copies=False, boilerplate=False)["periods"]
    assert found == [
        "earlier side to 2014",
        "later side from 2017",
        "earlier side to 2014, later side from 2015",
        "earlier side to 2016, later side from 2017",
    ]
    first, second = sides_of(claim, "earlier side to 2014, later side from 2015")
    assert (first.period, second.period) == (("2012", "2014"), ("2015", "2019"))


def test_other_choices_borders_of_short_sides_move_by_a_quarter(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12)
    claim = claimed({"period": 2015}, {"period": 2016})
    found = other_choices(claim, documents, copies=False, boilerplate=False)["periods"]
    assert found == [
        "earlier side to 2015-09",
        "later side from 2016-04",
        "earlier side to 2015-09, later side from 2015-10",
        "earlier side to 2016-03, later side from 2016-04",
    ]
    first, second = sides_of(claim, "earlier side to 2016-03, later side from 2016-04")
    assert str(first) == "2015–2016-03"
    assert str(second) == "2016-04–2016"
    assert [int(side.holds(documents).sum()) for side in (first, second)] == [15, 9]


def test_other_choices_borders_of_a_later_first_side_keep_the_order_of_sides():
    claim = claimed({"period": 2016}, {"period": 2015})
    first, second = sides_of(claim, "earlier side to 2015-09")
    assert (str(first), str(second)) == ("2016", "2015–2015-09")


def test_other_choices_sides_without_periods_have_no_borders(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12)
    claim = claimed({"source": "outlet 0"}, {"source": "outlet 1"})
    found = other_choices(claim, documents, copies=True, boilerplate=True)
    assert found["periods"] == []
    assert found["outlets"] == []
    assert found["copies"] == ["keep", "weight"]
    assert found["boilerplate"] == ["keep"]
    assert found["denominator"] == ["words"]


def test_other_choices_outlets_are_held_constant_or_left_out(make_corpus):
    documents = make_corpus([""] * 12, [""] * 12)
    found = other_choices(claimed({"period": 2015}, {"period": 2016}), documents, copies=False, boilerplate=False)
    assert found["outlets"] == ["held constant", "without outlet 0", "without outlet 1", "without outlet 2"]
    alone = documents.assign(source="outlet 0")
    assert (
        other_choices(claimed({"period": 2015}, {"period": 2016}), alone, copies=False, boilerplate=False)["outlets"]
        == []
    )


def test_base_choices_are_those_that_the_claim_states():
    sides = {"first": {"period": 2015}, "second": {"period": 2016}}
    assert base_choices(claimed(**sides))["copies"] == "cluster"
    assert base_choices(claimed(**sides, choices={"copies": "keep"}))["copies"] == "keep"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"copies": "some"}, "^`choices, copies` is 'some'; it must be one of 'cluster', 'keep', 'weight'"),
        ({"colour": "red"}, "^`choices` is 'colour'; it must be one of"),
        ({"denominator": "naming"}, "has no `target`. Give it one"),
    ],
)
def test_base_choices_unknown_ones_are_refused(choices, said):
    with pytest.raises(SchemaError, match=said):
        base_choices(claimed({"period": 2015}, {"period": 2016}, choices=choices))

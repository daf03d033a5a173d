"""Tables that go to Arrow and come back."""

import pandas as pd
import pytest

from discourse.arrow import from_arrow, is_same_table, to_arrow

FRAME = pd.DataFrame(
    {
        "kind": pd.Categorical(["b", None], categories=pd.Index(["b", "a"], dtype="str", name="kinds")),
        "said": pd.Series(["a", None], dtype="object"),
        "n": [0.1, None],
    }
)


def test_from_arrow_gives_back_names_of_categories_and_objects():
    again = from_arrow(to_arrow(FRAME))
    assert is_same_table(again, FRAME)
    assert again["kind"].cat.categories.name == "kinds"
    assert again["said"].dtype == object
    assert again["said"].tolist() == ["a", None]


@pytest.mark.parametrize(
    "other",
    [
        FRAME.assign(n=[0.1 + 1e-15, None]),
        FRAME.assign(n=[0.1, 2]),
        FRAME.assign(kind=FRAME["kind"].cat.as_ordered()),
        FRAME.assign(kind=FRAME["kind"].cat.set_categories(["a", "b"])),
        FRAME.astype({"said": "str"}),
        FRAME.set_axis([1, 2], axis="index"),
        FRAME[["said", "kind", "n"]],
    ],
)
def test_is_same_table_tells_small_differences(other):
    assert is_same_table(FRAME.copy(), FRAME)
    assert not is_same_table(other, FRAME)


def test_is_same_table_tells_attributes():
    other = FRAME.copy()
    other.attrs["by"] = "a hand"
    assert not is_same_table(other, FRAME)

"""What a frame carries is found for the same columns and for nothing else, and goes when the frame goes."""

import gc

import numpy as np
import pandas as pd
import pytest

from discourse import carried as module
from discourse.carried import carried, carry


def texts() -> pd.DataFrame:
    kinds = pd.Categorical(["x", None], categories=["x", "y"])
    return pd.DataFrame({"doc_id": ["a", "b"], "text": ["one", None], "kind": kinds, "n": [1, 2]})


WORDS = pd.DataFrame({"word": ["one"]})
COLUMNS = ("doc_id", "text", "kind")


@pytest.fixture
def frame() -> pd.DataFrame:
    found = texts()
    assert carry(found, COLUMNS, "words", lambda: WORDS)
    return found


@pytest.mark.parametrize(
    "same",
    [
        lambda frame: frame,
        lambda frame: frame.copy(deep=False),
        lambda frame: frame[["doc_id", "kind", "text"]],
        lambda frame: frame.assign(more=1),
        lambda frame: frame.set_axis([3, 4], axis="index"),
    ],
)
def test_carried_the_same_columns_are_found(same, frame):
    found = carried(same(frame), COLUMNS, "words")
    assert found is not None
    assert found["word"].tolist() == ["one"]


@pytest.mark.parametrize(
    "other",
    [
        lambda frame: frame.iloc[:1],
        lambda frame: frame.iloc[::-1],
        lambda frame: frame.sort_values("doc_id", ascending=False),
        lambda frame: frame.assign(text=["one", "two"]),
        lambda frame: frame.assign(text=frame["text"].astype("object")),
        lambda frame: frame.assign(kind=frame["kind"].cat.rename_categories(["y", "x"])),
        lambda frame: frame.assign(kind=frame["kind"].cat.as_ordered().astype("str")),
        lambda frame: frame.drop(columns="kind"),
        lambda frame: pd.concat([frame, frame]),
        lambda frame: pd.concat([frame, frame["text"]], axis="columns"),
        lambda frame: texts(),
        lambda frame: "no frame",
    ],
)
def test_carried_other_columns_are_not_found(other, frame):
    assert carried(other(frame), COLUMNS, "words") is None


def test_carried_after_a_change_in_place_is_not_found(frame):
    frame.loc[0, "text"] = "two"
    assert carried(frame, COLUMNS, "words") is None


def test_carried_after_a_change_of_a_category_in_place_is_not_found(frame):
    frame.loc[0, "kind"] = "y"
    assert carried(frame, COLUMNS, "words") is None


def test_carried_under_another_name_is_not_found(frame):
    assert carried(frame, COLUMNS, "sentences") is None


def test_carried_column_that_is_absent_then_and_now_is_found():
    frame = texts()
    assert carry(frame, ("text", "title"), "words", lambda: WORDS)
    assert carried(frame, ("text", "title"), "words") is not None
    assert carried(frame.assign(title="a"), ("text", "title"), "words") is None


def test_carry_column_of_numbers_or_objects_carries_nothing():
    assert not carry(texts(), ("text", "n"), "words", lambda: WORDS)
    assert not carry(texts().astype({"text": "object"}), ("text",), "words", lambda: WORDS)


def test_carried_what_is_changed_stays_as_it_was_for_the_next(frame):
    numbers = np.arange(3)
    numbers.setflags(write=False)
    table = pd.DataFrame({"n": numbers}, copy=False)
    carry(frame, COLUMNS, "numbers", lambda: table)
    first = carried(frame, COLUMNS, "numbers")
    assert np.shares_memory(first["n"].to_numpy(), numbers)
    first.loc[0, "n"] = 7
    first["more"] = 1
    again = carried(frame, COLUMNS, "numbers")
    assert again["n"].tolist() == [0, 1, 2]
    assert list(again) == ["n"]


def test_carried_can_be_changed_when_the_frame_that_carried_it_is_gone():
    frame, numbers = texts(), np.arange(3)
    numbers.setflags(write=False)
    table = pd.DataFrame({"n": numbers}, copy=False)
    carry(frame, COLUMNS, "numbers", lambda held=table: held)
    found = carried(frame, COLUMNS, "numbers")
    del frame, table
    gc.collect()
    found.loc[0, "n"] = 7
    assert found["n"].tolist() == [7, 1, 2]
    assert numbers.tolist() == [0, 1, 2]


def test_carried_goes_with_the_frame():
    before = len(module._loads)
    frame = texts()
    carry(frame, COLUMNS, "words", lambda: WORDS)
    assert len(module._loads) == before + 1
    del frame
    gc.collect()
    assert len(module._loads) == before

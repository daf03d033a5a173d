"""What is remembered: found again while nothing changed, made anew when anything did, gone with what it hung on."""

import gc
import threading

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as dc
from discourse import memory
from discourse.memory import look_once, of_content, of_rows, of_words


class Maker:
    """Makes a value and counts how often it was asked to."""

    def __init__(self, make):
        self.make, self.calls = make, 0

    def __call__(self):
        self.calls += 1
        return self.make()


def frame(n: int = 3) -> pd.DataFrame:
    words = pd.Categorical.from_codes(np.arange(n, dtype=np.int32) % 3, categories=["a", "b", "c"])
    return pd.DataFrame({"norm": words, "sentence": np.arange(n, dtype=np.int32)}, copy=False)


def words_of(table: pd.DataFrame) -> Maker:
    return Maker(lambda: table["norm"].astype("str").tolist())


def test_of_content_same_name_is_made_once():
    maker = Maker(lambda: [1])
    first = of_content(("test once", 1), maker)
    assert of_content(("test once", 1), maker) is first
    assert of_content(("test once", 2), maker) == [1]
    assert maker.calls == 2


def test_of_content_beyond_the_most_forgets_the_one_not_asked_for_longest():
    maker = Maker(lambda: [1])
    of_content(("test most", 0), maker)
    for number in range(1, memory.MOST):
        of_content(("test most", number), maker)
    of_content(("test most", 0), maker)
    assert maker.calls == memory.MOST
    of_content(("test most", memory.MOST), maker)  # one too many: the second goes, the first was asked for again
    of_content(("test most", 0), maker)
    assert maker.calls == memory.MOST + 1
    of_content(("test most", 1), maker)
    assert maker.calls == memory.MOST + 2


def test_of_words_frames_cut_from_one_corpus_share_the_vocabulary():
    table = frame()
    maker = Maker(lambda: 1)
    for part in (table, table[table["sentence"] > 0], table.assign(x=1), pd.concat([table, table])):
        of_words(part["norm"].cat.categories, "shared", maker)
    assert maker.calls == 1
    of_words(table["norm"].cat.rename_categories({"a": "z"}).cat.categories, "shared", maker)
    assert maker.calls == 2


def test_of_words_vocabulary_that_is_gone_leaves_nothing():
    gc.collect()
    before = len(memory._vocabularies)
    table = frame()
    of_words(table["norm"].cat.categories, "gone", lambda: 1)
    assert len(memory._vocabularies) == before + 1
    del table
    gc.collect()
    assert len(memory._vocabularies) == before


def test_of_rows_same_columns_are_read_once_through_any_frame():
    table = frame()
    maker = words_of(table)
    same = [table, table.copy(deep=False), table.assign(x=1), table[["norm"]], table.reset_index(drop=True)]
    assert all(of_rows(part, ("norm",), "words", maker) == ["a", "b", "c"] for part in same)
    assert maker.calls == 1


def test_of_rows_arrays_given_to_many_cannot_be_written():
    table = frame()
    found = of_rows(table, ("norm",), "arrays", lambda: (np.zeros(2), [np.zeros(2)]))
    with pytest.raises(ValueError, match="read-only"):
        found[0][0] = 1


def set_by_loc(table):
    table.loc[1, "norm"] = "c"


def set_by_iloc(table):
    table.iloc[0, 0] = "b"


def set_by_at(table):
    table.at[2, "norm"] = "a"


def set_column(table):
    table["norm"] = table["norm"].to_numpy()[::-1]
    table["norm"] = table["norm"].astype("category")


def set_bare_array(table):
    table["norm"].array[0] = "b"


def rename_words(table):
    table["norm"] = table["norm"].cat.rename_categories({"a": "x"})


def swap_words(table):
    table.loc[[0, 1], "norm"] = ["b", "a"]


def swap_bare_words(table):
    array = table["norm"].array
    array[0], array[len(table) - 1] = "c", "a"


CHANGES = [set_by_loc, set_by_iloc, set_by_at, set_column, set_bare_array, rename_words, swap_words, swap_bare_words]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("n", [3, 5000])
def test_of_rows_frame_changed_in_place_is_read_anew(change, n):
    table = frame(n)
    before = of_rows(table, ("norm",), "words", words_of(table))
    change(table)
    after = of_rows(table, ("norm",), "words", words_of(table))
    assert after == table["norm"].astype("str").tolist() != before


@pytest.fixture
def added(monkeypatch):
    """The arrays that were added up."""
    seen = []
    monkeypatch.setattr(memory, "_sums", lambda values, add=memory._sums: (seen.append(values), add(values))[1])
    return seen


def closed_array(n):
    return np.arange(n, dtype=np.int32)


def buffer_array(n):
    return np.frombuffer(np.arange(n, dtype=np.int32).tobytes(), dtype=np.int32)


def arrow_array(n):
    return pa.array(np.arange(n, dtype=np.int32)).to_numpy()


def bytes_that_can_be_written(n):
    return np.frombuffer(bytearray(np.arange(n, dtype=np.int32).tobytes()), dtype=np.int32)


@pytest.mark.parametrize(
    ("made", "fixed"),
    [(buffer_array, True), (arrow_array, True), (closed_array, False), (bytes_that_can_be_written, False)],
)
def test_of_rows_adds_up_what_somebody_could_write_to(monkeypatch, made, fixed):
    values = made(5000)
    values.setflags(write=False)
    table = pd.DataFrame({"n": pd.Series(values, copy=False)}, copy=False)
    assert np.shares_memory(table["n"].to_numpy(), values)
    (sums, rest) = memory._sums(table["n"].to_numpy())
    assert (len(sums) == 0 and not rest) == fixed
    first = of_rows(table, ("n",), "sum", lambda: int(table["n"].sum()))
    if not fixed:
        values.setflags(write=True)
        values[7] = 100
    assert of_rows(table, ("n",), "sum", lambda: int(table["n"].sum())) == first + (0 if fixed else 93)


def test_of_rows_frame_over_what_nobody_can_write_to_is_read_anew_when_it_is_changed():
    table = pd.DataFrame({"n": pd.Series(buffer_array(5000), copy=False)}, copy=False)
    first = of_rows(table, ("n",), "sum", lambda: int(table["n"].sum()))
    table["n"] = table["n"] + 1
    assert of_rows(table, ("n",), "sum", lambda: int(table["n"].sum())) == first + 5000


def test_look_once_adds_up_each_column_once(added):
    table = frame()
    with look_once(), look_once():
        for name in ("one", "two"):
            of_rows(table, ("norm", "sentence"), name, words_of(table))
    assert len(added) == 2
    of_rows(table, ("norm",), "one", words_of(table))
    assert len(added) == 3


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("n", [3, 5000])
def test_look_once_frame_changed_in_place_between_calls_is_read_anew(change, n):
    table = frame(n)

    @look_once()
    def read():
        return of_rows(table, ("norm",), "words", words_of(table))

    before = read()
    change(table)
    assert read() == table["norm"].astype("str").tolist() != before


@pytest.mark.parametrize("change", [set_by_loc, set_by_iloc, set_by_at, set_column, rename_words, swap_words])
def test_look_once_frame_that_pandas_changes_within_is_read_anew(change):
    table = frame()
    with look_once():
        before = of_rows(table, ("norm",), "words", words_of(table))
        change(table)
        assert of_rows(table, ("norm",), "words", words_of(table)) == table["norm"].astype("str").tolist() != before


def test_look_once_that_fails_leaves_nothing(added):
    table = frame()
    with pytest.raises(KeyError), look_once():
        of_rows(table, ("norm",), "words", words_of(table))
        raise KeyError
    of_rows(table, ("norm",), "words", words_of(table))
    assert len(added) == 2


@pytest.mark.parametrize("ask", [dc.find_collocates, dc.keyness])
def test_public_call_notices_a_write_to_the_bare_array(ask):
    reports = dc.load_seed("reports")
    tokens = dc.tokenize(reports)

    def found():
        if ask is dc.keyness:
            return dc.keyness(tokens, reports, between=("2015", "2023"), by="period", tests=False, min_count=1)
        return dc.find_collocates(tokens, "طالبان", inference=False, least=1)

    before = found()
    tokens["norm"].array[0:200] = tokens["norm"].array[200:400]
    after = found()
    tokens = tokens.copy()
    pd.testing.assert_frame_equal(after, found(), check_exact=True)
    assert not after.equals(before)


def test_of_rows_change_made_and_taken_back_is_not_read_wrongly():
    table = frame()
    of_rows(table, ("norm",), "words", words_of(table))
    table.loc[0, "norm"] = "b"
    of_rows(table, ("norm",), "words", words_of(table))
    table.loc[0, "norm"] = "a"
    assert of_rows(table, ("norm",), "words", words_of(table)) == ["a", "b", "c"]


def test_of_rows_parts_of_a_frame_are_not_the_frame():
    table = frame(9)
    for part in (table, table.iloc[1:], table.iloc[:-1], table.iloc[::2], table.iloc[::-1], table[table.index > 3]):
        assert of_rows(part, ("norm",), "words", words_of(part)) == part["norm"].astype("str").tolist()


def test_of_rows_change_of_another_column_keeps_the_fact():
    table = frame()
    maker = words_of(table)
    of_rows(table, ("norm",), "words", maker)
    table.loc[0, "sentence"] = 9
    of_rows(table, ("norm",), "words", maker)
    assert maker.calls == 1


def test_of_rows_frame_that_is_gone_leaves_nothing():
    gc.collect()
    before = len(memory._rows), len(memory._owners)
    table = frame()
    of_rows(table, ("norm",), "gone", lambda: 1)
    other = table.assign(x=1)
    of_rows(other, ("norm",), "gone", lambda: 1)
    del table
    gc.collect()
    assert (len(memory._rows), len(memory._owners)) == (before[0] + 1, before[1] + 1)
    del other
    gc.collect()
    assert (len(memory._rows), len(memory._owners)) == before


def test_of_rows_changed_frame_does_not_keep_what_it_was():
    gc.collect()
    before = len(memory._rows)
    table = frame()
    for word in "abcabc":
        table.loc[0, "norm"] = word
        of_rows(table, ("norm",), "was", lambda: 1)
    assert len(memory._rows) == before + 1


@pytest.mark.parametrize("values", [["a", "b"], pd.array([1, None], dtype="Int32"), pd.to_datetime(["2001-01-01"] * 2)])
def test_of_rows_column_of_another_dtype_is_read_each_time(values):
    table = pd.DataFrame({"x": values})
    maker = Maker(lambda: 1)
    of_rows(table, ("x",), "other", maker)
    of_rows(table, ("x",), "other", maker)
    assert maker.calls == 2


def test_of_rows_no_rows_is_read_each_time():
    maker = Maker(lambda: 1)
    of_rows(frame(0), ("norm",), "none", maker)
    of_rows(frame(0), ("norm",), "none", maker)
    assert maker.calls == 2


def test_of_rows_asked_by_many_threads_answers_each():
    tables = [frame(n) for n in range(1, 40)]
    wrong = []

    def ask():
        for table in tables * 3:
            if of_rows(table, ("norm",), "threads", words_of(table)) != table["norm"].astype("str").tolist():
                wrong.append(len(table))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


STEPS = st.sampled_from(["loc", "array", "filter", "order", "concat", "replace"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=8), st.lists(st.tuples(STEPS, st.integers(0, 7))))
def test_of_rows_any_history_of_a_frame_gives_what_is_there_now(codes, steps):
    table = pd.DataFrame({"norm": pd.Categorical.from_codes(np.array(codes, np.int32), categories=["a", "b", "c"])})
    for step, number in steps:
        row = number % len(table)
        if step == "loc":
            table.loc[row, "norm"] = "abc"[number % 3]
        elif step == "array":
            table["norm"].array[row] = "abc"[number % 3]
        elif step == "filter" and len(table) > 1:
            table = table[table.index != row].reset_index(drop=True)
        elif step == "order":
            table = table.iloc[::-1].reset_index(drop=True)
        elif step == "concat" and len(table) < 100:
            table = pd.concat([table, table], ignore_index=True)
        elif step == "replace":
            table["norm"] = table["norm"].cat.rename_categories(
                ["a", "b", "c"][::-1] if number % 2 else ["c", "a", "b"]
            )
        assert of_rows(table, ("norm",), "history", words_of(table)) == table["norm"].astype("str").tolist()

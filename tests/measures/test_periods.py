"""Periods: documents without one, the dense grid, and the clusters that are drawn."""

import numpy as np
import pandas as pd
import pytest

from discourse.errors import SchemaError
from discourse.measures.periods import (
    choose_period,
    cluster_units,
    count_documents,
    find_periods,
    grid,
    grid_keys,
    place,
)

SHUFFLED = pd.DataFrame(
    {
        "doc_id": ["b", "c", "a"],
        "date": pd.to_datetime(["2015-02-28", "2015-03-01", "2014-12-31"]),
        "source": ["x", "y", "z"],
    }
)


def test_find_periods_day_before_and_first_day_of_a_period_part():
    placed = find_periods(SHUFFLED)
    assert placed.index.tolist() == [0, 1, 2]
    assert placed["doc_id"].tolist() == ["a", "b", "c"]
    assert placed["period"].dt.strftime("%Y-%m-%d").tolist() == ["2014-12-01", "2015-02-01", "2015-03-01"]


@pytest.mark.parametrize(
    ("freq", "reasons"),
    [
        ("MS", ["yes", "yes", "date known to the year only"]),
        ("QS", ["yes", "yes", "date known to the year only"]),
        ("YS", ["yes", "yes", "yes"]),
    ],
)
def test_find_periods_precision_coarser_than_the_period_has_none(freq, reasons):
    documents = SHUFFLED.assign(doc_id=["a", "b", "c"], date_precision=["day", "month", "year"])
    assert find_periods(documents, freq=freq)["placed"].tolist() == reasons


def test_count_documents_variable_follows_its_document_into_the_order_of_ids():
    counted = count_documents(SHUFFLED, freq="YS", by="source")
    rows = counted.loc[counted["n_docs"].gt(0)]
    assert list(zip(rows["period"].dt.year, rows["source"], strict=True)) == [(2014, "z"), (2015, "x"), (2015, "y")]
    assert counted.index.tolist() == list(range(6))
    assert counted["source"].dtype == "category"


def test_count_documents_without_dates_is_empty_with_its_columns():
    counted = count_documents(SHUFFLED.assign(date=pd.NaT), by="source")
    assert counted.columns.tolist() == ["period", "source", "n_docs"]
    assert len(counted) == 0


def test_place_repeated_ids_raise_with_the_first_of_them():
    with pytest.raises(SchemaError) as error:
        place(SHUFFLED.assign(doc_id=["a", "b", "b"]), "MS", [])
    assert str(error.value) == (
        "`documents` has 1 repeated doc_id values; doc_id must be unique. First: 'b'. Drop or rename them."
    )


def test_count_documents_of_no_table_raises():
    with pytest.raises(SchemaError) as error:
        count_documents(["a"])
    assert str(error.value) == "`documents` is a list; it must be a pandas DataFrame."


def test_grid_keys_hold_the_period_and_each_value():
    placed = place(SHUFFLED.assign(country=["EG", "EG", "SA"]).iloc[[0, 2]], "QS", ["source", "country"])
    cells, codes = grid(placed, "QS", ["source", "country"])
    keys = grid_keys(cells)
    assert keys[:4] == ["2014-10-01|x|EG", "2014-10-01|x|SA", "2014-10-01|z|EG", "2014-10-01|z|SA"]
    assert [keys[code] for code in codes] == ["2014-10-01|z|SA", "2015-01-01|x|EG"]


@pytest.mark.parametrize(
    ("clusters", "n_units"),
    [(["c", "c", None, None], 3), (["c", "", " ", ""], 4), ([None, None, None], 3), (["c", "d", "c"], 2), ([], 0)],
)
def test_cluster_units_document_without_a_cluster_is_alone(clusters, n_units):
    units = cluster_units(pd.Series(clusters, dtype=object))
    assert len(np.unique(units)) == n_units
    assert len({units[place] for place, name in enumerate(clusters) if name == "c"}) <= 1


@pytest.mark.parametrize(
    ("sizes", "freq"),
    [
        ([5, 5, 5], "MS"),
        ([5, 5, 4], "MS"),
        ([4, 4, 5], "QS"),  # 13 in the quarter
        ([4, 4, 20], "QS"),  # the mean month holds nine, the median one four
        ([4], "YS"),
    ],
)
def test_choose_period_median_period_with_documents_holds_five(sizes, freq):
    days = [f"2015-{month:02d}-10" for month, size in enumerate(sizes, 1) for _ in range(size)]
    documents = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(days))], "date": pd.to_datetime(days)})
    assert choose_period(documents) == freq


def test_choose_period_months_without_documents_do_not_count():
    days = ["2015-01-10"] * 5 + ["2015-12-10"] * 5
    documents = pd.DataFrame({"doc_id": [f"d{n}" for n in range(10)], "date": pd.to_datetime(days)})
    assert choose_period(documents) == "MS"
    assert choose_period(documents, least=6) == "YS"


def test_cluster_units_are_numbered_by_name():
    assert cluster_units(pd.Series(["d", "c", None, "d"])).tolist() == [1, 0, 2, 1]

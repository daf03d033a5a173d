import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.sources.cleaning.coverage import count_coverage, flow_of_records

DOCUMENTS = pd.DataFrame({"doc_id": list("abcde"), "text": ["نص أول", "نص أول", "قائمة", "نص آخر", "نص أول"]})
REJECTS = pd.DataFrame({"path": ["f"] * 2, "record": ["1", "2"], "reason": ["The body is empty."] * 2})
SPANS = pd.DataFrame(
    {
        "doc_id": ["c", "d", "d"],
        "start_char": [0, 0, 1],
        "end_char": [5, 2, 3],
        "kind": ["menu"] * 3,
        "basis": ["form"] * 3,
    }
)
CLUSTERS = pd.DataFrame({"doc_id": list("abcde"), "cluster": list("aacda"), "n_in_cluster": [3, 3, 1, 1, 3]})


def steps(flow, column="n_records"):
    return dict(zip(flow["step"], flow[column], strict=True))


def test_flow_of_records_hand_count():
    flow = flow_of_records(DOCUMENTS, REJECTS, spans=SPANS, clusters=CLUSTERS)
    assert steps(flow) == {"read": 7, "rejected": 2, "documents": 5, "boilerplate": 1, "duplicates": 2, "kept": 2}
    characters = steps(flow, "n_characters")
    assert pd.isna(characters["read"]) and pd.isna(characters["rejected"])
    # 6 + 6 + 5 + 6 + 6 characters; 5 of c and 3 of d are marked; b and e are copies; a and the rest of d are kept.
    assert [characters[name] for name in ("documents", "boilerplate", "duplicates", "kept")] == [29, 8, 12, 9]
    assert steps(flow, "share")["rejected"] == pytest.approx(2 / 7)


def test_flow_of_records_adds_up_without_anything_else():
    flow = steps(flow_of_records(DOCUMENTS))
    assert flow == {"read": 5, "rejected": 0, "documents": 5, "boilerplate": 0, "duplicates": 0, "kept": 5}


def test_flow_of_records_cluster_whose_representative_is_boilerplate_keeps_one():
    clusters = CLUSTERS.assign(cluster=["c"] * 5, n_in_cluster=5)
    flow = steps(flow_of_records(DOCUMENTS, spans=SPANS, clusters=clusters))
    assert (flow["boilerplate"], flow["duplicates"], flow["kept"]) == (1, 3, 1)


def test_flow_of_records_nothing_read_has_no_share():
    flow = flow_of_records(DOCUMENTS.iloc[:0])
    assert (flow["n_records"] == 0).all() and flow["share"].isna().all()


def test_flow_of_records_missing_clusters_raise():
    with pytest.raises(SchemaError) as error:
        flow_of_records(DOCUMENTS, clusters=CLUSTERS.iloc[:3])
    assert str(error.value) == (
        "`clusters` lacks 2 of the documents. First: 'd', 'e'. Call find_duplicates() on these documents."
    )


def dated(*days, source="x", **columns):
    return pd.DataFrame(
        {"doc_id": [f"{i}" for i in range(len(days))], "date": pd.to_datetime(list(days)), "source": source, **columns}
    )


def test_count_coverage_marks_gaps_inside_and_emptiness_outside():
    documents = dated("2015-01-03", "2015-01-03", "2015-03-01", "2015-04-01", source=["x", "x", "x", "y"])
    table = count_coverage(documents)
    assert table[["source", "n_docs", "n_days", "state"]].to_numpy().tolist() == [
        ["x", 2, 1, "covered"],
        ["x", 0, 0, "gap"],
        ["x", 1, 1, "covered"],
        ["x", 0, 0, "outside"],
        ["y", 0, 0, "outside"],
        ["y", 0, 0, "outside"],
        ["y", 0, 0, "outside"],
        ["y", 1, 1, "covered"],
    ]
    assert str(table["period"].dtype) == "datetime64[us]"


def test_count_coverage_undated_and_coarse_documents_have_a_row():
    documents = dated("2015-01-03", None, "2015-01-01", source=["x", "x", None], date_precision=["day", None, "year"])
    table = count_coverage(documents)
    assert table[["source", "n_docs", "state"]].to_numpy().tolist() == [
        ["unknown", 1, "undated"],
        ["x", 1, "covered"],
        ["x", 1, "undated"],
    ]
    yearly = count_coverage(documents, freq="YS")
    assert yearly.loc[yearly["state"] == "undated", "n_docs"].sum() == 1


def test_count_coverage_no_dates_at_all():
    table = count_coverage(dated(None, None))
    assert table[["n_docs", "state"]].to_numpy().tolist() == [[2, "undated"]]
    assert len(count_coverage(dated())) == 0


@given(
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from("xyz")), min_size=1, max_size=30),
    st.sampled_from(["MS", "QS", "YS"]),
)
def test_count_coverage_counts_add_up_and_the_grid_is_dense(rows, freq):
    days = [pd.Timestamp("2014-01-01") + pd.Timedelta(days=n) for n, _ in rows]
    table = count_coverage(dated(*days, source=[s for _, s in rows]), freq=freq)
    assert table["n_docs"].sum() == len(rows)
    assert len(table) == table["source"].nunique() * table["period"].nunique()
    ends = table[table["state"] == "covered"].groupby("source", observed=True)["period"].agg(["min", "max"])
    gaps = table[table["state"] == "gap"]
    assert all(ends["min"][s] < p < ends["max"][s] for s, p in zip(gaps["source"], gaps["period"], strict=True))


def test_count_coverage_unknown_freq_raises():
    with pytest.raises(SchemaError) as error:
        count_coverage(dated("2015-01-01"), freq="D")
    assert str(error.value) == "`freq` is 'D'; it must be one of 'MS', 'QS', 'YS'."

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError


@pytest.fixture
def documents():
    return tables.conform(
        pd.DataFrame(
            {
                "doc_id": ["b", "a"],
                "text": ["قال كابولوف", "طالبان"],
                "date": ["2015-12-23", "2015-12-01"],
                "date_precision": ["day", "month"],
                "source": ["الحياة", "الحياة"],
                "title": ["عنوان", None],
            }
        ),
        "DOCUMENTS",
    )


def message_of(table, name="DOCUMENTS", **options):
    with pytest.raises(SchemaError) as caught:
        tables.check(table, name, **options)
    return str(caught.value)


def test_check_conformed_table_passes(documents):
    assert tables.check(documents, "DOCUMENTS") is None


def test_check_unknown_table_lists_tables(documents):
    message = message_of(documents, "DOCS")
    assert message.startswith("`table` is 'DOCS'; it must be one of 'ADDED_ENTRIES', 'AUDIT', 'BREAKS', ")


def test_check_no_frame_says_what_it_is():
    assert message_of(["text"]) == "`documents` is a list; it must be a pandas DataFrame, a DOCUMENTS table."


def test_check_missing_columns_names_all(documents):
    assert message_of(documents.drop(columns=["text", "source"])) == (
        "`documents` lacks the columns 'text', 'source'; see docs/codebook.md for the table DOCUMENTS."
    )


def test_check_argument_name_of_the_caller_is_used(documents):
    assert message_of(documents.drop(columns="text"), argument="corpus") == (
        "`corpus` lacks the columns 'text'; see docs/codebook.md for the table DOCUMENTS."
    )


def test_check_wrong_dtype_names_column_and_both_dtypes(documents):
    assert message_of(documents.assign(date=[1.5, 2.5])) == (
        "`documents` column 'date' has dtype float64; it must be date."
    )


def test_check_nulls_where_none_may_be_counts_them(documents):
    assert message_of(documents.assign(text=[None, "نص"])) == (
        "`documents` column 'text' has 1 null values; it must have none."
    )


def test_check_repeated_keys_shows_first_three_and_next_action(documents):
    five = pd.concat([documents] * 5, ignore_index=True)
    five["doc_id"] = ["x", "x", "y", "y", "z", "z", "w", "w", "v", "u"]
    assert message_of(five) == (
        "`documents` has 4 repeated doc_id values; doc_id must be unique. First: 'x', 'y', 'z'. "
        "Drop or rename them before tokenize()."
    )


def test_check_repeated_compound_key_shows_tuples():
    counts = pd.DataFrame(
        {"doc_id": ["a", "a"], "category": ["x", "x"], "n_matches": [1, 2], "n_tokens": [5, 5], "n_sentences": [1, 1]}
    )
    assert message_of(counts, "COUNTS") == (
        "`counts` has 1 repeated doc_id + category values; doc_id + category must be unique. First: ('a', 'x'). "
        "Drop the repeated rows."
    )


def test_check_empty_table_with_all_columns_passes(documents):
    assert tables.check(documents.iloc[:0], "DOCUMENTS") is None


def test_conform_orders_columns_sets_dtypes_and_sorts_by_key(documents):
    mixed = documents[["title", "text", "doc_id", "date", "source", "date_precision"]].assign(country="LB")
    out = tables.conform(mixed.iloc[::-1], "DOCUMENTS")
    assert list(out.columns) == ["doc_id", "text", "date", "date_precision", "source", "title", "country"]
    assert list(out["doc_id"]) == ["a", "b"]
    assert str(out["date"].dtype) == "datetime64[us]"
    assert isinstance(out["source"].dtype, pd.CategoricalDtype)


def test_shape_orders_columns_and_sets_dtypes_as_conform_and_leaves_the_rows(documents):
    turned = documents.iloc[::-1].astype({"source": "str", "date": "str"})
    out = tables.shape(turned, "DOCUMENTS")
    assert list(out["doc_id"]) == ["b", "a"]
    pd.testing.assert_frame_equal(out.iloc[::-1].reset_index(drop=True), tables.conform(turned, "DOCUMENTS"))
    out.loc[:, "text"] = "changed"
    assert "changed" not in turned["text"].tolist()


def test_conform_leaves_its_input_unchanged(documents):
    shuffled = documents.iloc[::-1].astype({"source": "str"})
    before = shuffled.copy(deep=True)
    tables.conform(shuffled, "DOCUMENTS")
    pd.testing.assert_frame_equal(shuffled, before)


def test_conform_twice_equals_once(documents):
    once = tables.conform(documents, "DOCUMENTS")
    pd.testing.assert_frame_equal(tables.conform(once, "DOCUMENTS"), once)


def test_tables_keys_are_columns_without_nulls():
    for table in tables.TABLES.values():
        assert all(key in table.by_name for key in table.key), table.name
        assert not any(table.by_name[key].null for key in table.key if table.unique), table.name


def test_codebook_names_every_column_and_marks_keys():
    text = tables.codebook()
    for table in tables.TABLES.values():
        section = text.split(f"## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        for column in table.columns:
            assert f"| `{column.name}`{'*' * (column.name in table.key)} | " in section


def test_period_of_knows_each_period_by_its_first_days():
    assert [tables.period_of(period.freq) for period in tables.PERIODS.values()] == list(tables.PERIODS.values())


def test_period_of_other_frequency_raises():
    with pytest.raises(SchemaError) as error:
        tables.period_of("W")
    assert str(error.value) == "`freq` is 'W'; it must be one of 'MS', 'QS', 'YS'."

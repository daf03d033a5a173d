"""Statements: what counts as one, and the CSV that a person corrects."""

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import SchemaError, SourceError
from discourse.language.tokens import tokenize
from discourse.reading.stance.statements import find_statements, read_statements
from discourse.writing import write_table

TEXT = "دعا لافروف إلى الحوار مع طالبان. ونفت موسكو تسليح طالبان. وقصفت القوات الأمريكية طالبان."


@pytest.fixture(scope="module")
def documents():
    return pd.DataFrame(
        {
            "doc_id": ["a"], "text": [TEXT], "date": pd.to_datetime(["2017-04-14"]), "date_precision": ["day"],
            "source": ["s"], "title": ["موسكو تحاور طالبان"],
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def statements(documents):
    return find_statements(documents, tokenize(documents))


@pytest.fixture
def corrected(statements, tmp_path):
    """Write the statements as a CSV and return a function that changes a cell and reads the file back."""
    path = write_table(statements, tmp_path / "statements.csv")

    def change(*cells):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        for row, column, value in cells:
            table.loc[row, column] = value
        table.to_csv(path, index=False)
        return read_statements(path)

    return change


def test_find_statements_names_actor_concept_and_side(statements):
    tables.check(statements, "STATEMENTS")
    rows = statements[["actor", "organisation", "concept", "agreement"]].to_numpy().tolist()
    assert rows == [
        ["سيرغي لافروف", "russia", "dialogue", True],
        ["russia", "russia", "arming", False],
        ["us", "us", "force", True],
    ]


def test_find_statements_text_is_the_span(statements):
    assert [TEXT[a:b] for a, b in zip(statements["start_char"], statements["end_char"], strict=True)] == statements[
        "text"
    ].tolist()


def test_find_statements_keeps_only_the_concepts_asked_for(documents):
    table = find_statements(documents, tokenize(documents), concepts=["arming"])
    assert table["concept"].astype(str).tolist() == ["arming"]


def test_find_statements_unknown_concept_is_refused(documents):
    with pytest.raises(SchemaError, match=r"^`concepts` is 'love'; it must be one of 'accreditation', "):
        find_statements(documents, tokenize(documents), concepts=["love"])


def test_read_statements_gives_back_what_was_written(statements, corrected):
    pd.testing.assert_frame_equal(corrected(), statements, check_dtype=False, check_categorical=False)


def test_read_statements_takes_corrections(corrected):
    table = corrected((1, "agreement", "True"), (1, "concept", "my own"), (2, "actor", ""), (2, "date", ""))
    assert table["agreement"].tolist() == [True, True, True]
    assert "my own" in table["concept"].astype(str).tolist()
    assert table["actor"].isna().sum() == 1
    assert table["date"].isna().sum() == 1


def test_read_statements_names_line_column_and_value(corrected):
    with pytest.raises(SourceError) as error:
        corrected((0, "agreement", "perhaps"), (1, "start_char", "-3"), (2, "date", "14.04.2017"), (2, "end_char", "1"))
    said = str(error.value).split("has ", 1)[1]
    assert said == (
        "4 values that cannot be read: line 2, agreement is 'perhaps'; it must be true or false; "
        "line 3, start_char is '-3'; it must be a whole number from 0; "
        "line 4, date is '14.04.2017'; it must be a day as YYYY-MM-DD, or empty and 1 more. Mend these lines."
    )


def test_read_statements_without_a_column_names_it(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("doc_id,actor\na,b\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lacks the columns 'date', 'organisation', 'concept', 'agreement', "):
        read_statements(path)


def test_read_statements_that_is_no_file_says_so(tmp_path):
    with pytest.raises(SourceError, match="cannot be read as a CSV in UTF-8"):
        read_statements(tmp_path / "none.csv")


def test_read_statements_row_of_more_fields_than_the_header_shifts_no_column(statements, tmp_path):
    path = write_table(statements, tmp_path / "s.csv")
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([header, *(row + "," for row in rows)]), "utf-8")
    with pytest.raises(SourceError, match=f"has {len(rows)} records? that cannot be read. First: line 2, "):
        read_statements(path)


@pytest.mark.parametrize(("delimiter", "before"), [(";", ""), ("\t", ""), (";", "sep=;\n"), (",", "sep=,\r\n")])
def test_read_statements_takes_the_delimiter_that_a_spreadsheet_wrote(statements, tmp_path, delimiter, before):
    path = tmp_path / "saved.csv"
    written = statements.to_csv(index=False, sep=delimiter)
    path.write_text(before + written, encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read_statements(path), statements, check_dtype=False, check_categorical=False)
    broken = written.replace("True", "perhaps", 1).replace("False", "perhaps", 1)
    path.write_text(before + broken, encoding="utf-8-sig")
    with pytest.raises(SourceError, match=f"line {3 if before else 2}, agreement is 'perhaps'"):
        read_statements(path)

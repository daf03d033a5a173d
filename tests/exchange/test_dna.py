"""The file of Discourse Network Analyzer: written, read back, and held against the tables of DNA 3."""

import base64
import hashlib
import sqlite3

import pandas as pd
import pytest

from discourse.errors import SchemaError, SourceError
from discourse.exchange.dna import read_dna, write_dna

COLUMNS = ["doc_id", "date", "actor", "organisation", "concept", "agreement", "start_char", "end_char", "text"]
TEXT = "🙂 رحبت موسكو بالحوار\rمع طالبان 🙂 ونفت تسليحها."


@pytest.fixture
def documents():
    return pd.DataFrame(
        {
            "doc_id": ["a/1", "b"],
            "text": [TEXT, "نص آخر"],
            "date": pd.to_datetime(["2017-04-14", None]),
            "date_precision": ["day", None],
            "source": ["صحيفة", None],
            "title": ["عنوان [1]", "ط" * 300],
        }
    )


def spans(*words):
    return [TEXT.index(word) for word in words], [TEXT.index(word) + len(word) for word in words]


@pytest.fixture
def statements():
    starts, ends = spans("رحبت موسكو", "تسليحها")
    table = pd.DataFrame(
        {
            "doc_id": ["a/1", "a/1", "b"],
            "date": pd.to_datetime(["2017-04-14", "2017-04-14", None]),
            "actor": ["سيرغي لافروف", None, "x"],
            "organisation": ["russia", "russia", "us"],
            "concept": ["engagement", "arming", "force"],
            "agreement": [True, False, True],
            "start_char": [*starts, 0],
            "end_char": [*ends, 2],
        }
    )
    return table.assign(text=["رحبت موسكو", "تسليحها", "نص"])


@pytest.fixture
def written(statements, documents, tmp_path):
    return write_dna(statements, documents, tmp_path / "out" / "net.dna")


def rows(path, query):
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_write_dna_reads_back_equal(written, statements, documents):
    table, texts = read_dna(written)
    pd.testing.assert_frame_equal(table[COLUMNS], statements[COLUMNS], check_dtype=False, check_categorical=False)
    assert texts["doc_id"].tolist() == ["a/1", "b"]
    assert texts["text"].tolist() == [TEXT.replace("\r", " "), "نص آخر"]
    assert texts["date"].tolist() == [pd.Timestamp("2017-04-14"), pd.NaT]


def test_write_dna_has_the_tables_and_variables_of_dna_3(written):
    names = {name for (name,) in rows(written, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {
        "SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "VARIABLELINKS", "REGEXES", "CODERRELATIONS",
        "STATEMENTS", "DATABOOLEAN", "DATAINTEGER", "DATASHORTTEXT", "DATALONGTEXT", "ENTITIES", "ATTRIBUTEVARIABLES",
        "ATTRIBUTEVALUES",
    }  # fmt: skip
    assert rows(written, "SELECT Variable, DataType FROM VARIABLES ORDER BY ID") == [
        ("person", "short text"), ("organization", "short text"), ("concept", "short text"), ("agreement", "boolean"),
    ]  # fmt: skip
    assert rows(written, "SELECT Label FROM STATEMENTTYPES") == [("DNA Statement",)]
    assert rows(written, "PRAGMA foreign_key_check") == []
    assert rows(written, "PRAGMA integrity_check") == [("ok",)]


def test_write_dna_counts_characters_as_java_does(written):
    start, stop = rows(written, "SELECT Start, Stop FROM STATEMENTS WHERE ID = 2")[0]
    units = TEXT.encode("utf-16-le")
    assert units[2 * start : 2 * stop].decode("utf-16-le") == "تسليحها"
    assert start == TEXT.index("تسليحها") + 2


def test_write_dna_dates_are_seconds_in_utc(written):
    assert rows(written, "SELECT Date FROM DOCUMENTS ORDER BY ID") == [(1492128000,), (0,)]


def test_write_dna_keeps_a_long_title_in_the_notes(written):
    ((title, notes),) = rows(written, "SELECT Title, Notes FROM DOCUMENTS WHERE ID = 2")
    assert len(title) == 190
    assert notes == "[b] " + "ط" * 300 + "\nno date"


def test_write_dna_stores_the_password_as_rounds_of_sha256(written):
    stored = base64.b64decode(rows(written, "SELECT Password FROM CODERS WHERE ID = 1")[0][0])
    salt, digest = stored[:16], salt_digest(stored[:16], b"dna")
    assert stored == salt + digest
    assert len(stored) == 48


def salt_digest(salt, password):
    digest = hashlib.sha256(salt + password).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return digest


def test_write_dna_gives_the_same_bytes_twice(statements, documents, tmp_path):
    one = write_dna(statements, documents, tmp_path / "one.dna").read_bytes()
    other = write_dna(statements, documents, tmp_path / "other.dna").read_bytes()
    assert one == other


def test_write_dna_statement_without_document_is_refused(statements, documents, tmp_path):
    with pytest.raises(SchemaError) as error:
        write_dna(statements, documents[:1], tmp_path / "x.dna")
    assert str(error.value) == (
        "`statements` has 1 doc_id values that `documents` lacks. First: 'b'. "
        "Give the documents that the statements were found in."
    )
    assert not list(tmp_path.iterdir())


def test_write_dna_span_outside_the_text_is_refused(statements, documents, tmp_path):
    statements.loc[2, "end_char"] = 99
    with pytest.raises(SchemaError) as error:
        write_dna(statements, documents, tmp_path / "x.dna")
    assert str(error.value) == (
        "`statements` has 1 spans that are empty or leave the text of their document. First: 'b'. "
        "Correct start_char and end_char."
    )


def test_read_dna_other_file_says_what_it_is_not(tmp_path):
    path = tmp_path / "no.dna"
    path.write_bytes(b"this is no database, whatever it is called" * 100)
    with pytest.raises(SourceError, match="is no file of DNA 3: "):
        read_dna(path)
    with pytest.raises(SourceError, match=r"does not exist; give a \.dna file\.$"):
        read_dna(tmp_path / "none.dna")


@pytest.mark.parametrize("doc_id", ["news[1]", "[a", "]", "a]]b [c]", "x" * 250, "قناة [2]\nب"])
def test_read_dna_gives_back_a_doc_id_of_any_characters_and_a_long_title(statements, documents, tmp_path, doc_id):
    own = documents.assign(doc_id=[doc_id, "b"])
    table, texts = read_dna(write_dna(statements.replace("a/1", doc_id), own, tmp_path / "net.dna"))
    assert sorted(table["doc_id"]) == sorted([doc_id, doc_id, "b"])
    read = texts.set_index("doc_id")
    assert read["title"].to_dict() == {doc_id: "عنوان [1]", "b": "ط" * 300}
    assert read["date"].to_dict() == {doc_id: pd.Timestamp("2017-04-14"), "b": pd.NaT}


def test_write_dna_no_statements_is_a_file_without_any(statements, documents, tmp_path):
    place = write_dna(statements.head(0), documents, tmp_path / "none.dna")
    assert [len(one) for one in read_dna(place)] == [0, 0]

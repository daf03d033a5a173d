import hashlib
import json
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import SchemaError
from discourse.provenance import Provenance, digest, provenance


@pytest.fixture
def table():
    return pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["قال", None, "قال"], "n": [1, 2, 3]})


def test_digest_text_is_sha256_of_utf8():
    assert digest("موسكو") == hashlib.sha256("موسكو".encode()).hexdigest()


def test_digest_file_is_sha256_of_its_bytes_wherever_it_lies(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "corpus.csv").write_bytes(b"doc_id,text\n")
    expected = hashlib.sha256(b"doc_id,text\n").hexdigest()
    assert digest(tmp_path / "one" / "corpus.csv") == digest(tmp_path / "two" / "corpus.csv") == expected
    assert digest(tmp_path / "one") == digest(tmp_path / "two") != expected


def test_digest_folder_changes_with_a_file_name(tmp_path):
    (tmp_path / "a.txt").write_text("نص", encoding="utf-8")
    before = digest(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert digest(tmp_path) != before


def test_digest_table_index_and_coding_do_not_count(table):
    assert digest(table.set_axis([7, 8, 9])) == digest(table)
    assert digest(table.astype({"text": "category", "doc_id": "category"})) == digest(table)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.iloc[::-1],
        lambda t: t[["text", "doc_id", "n"]],
        lambda t: t.rename(columns={"n": "m"}),
        lambda t: t.assign(text=["قال", "", "قال"]),
        lambda t: t.assign(n=[1, 2, 4]),
        lambda t: t.assign(n=["1", "2", "3"]),
    ],
    ids=["order of rows", "order of columns", "name", "null is not empty", "value", "text is not number"],
)
def test_digest_table_changes_with_what_counts(table, change):
    assert digest(change(table)) != digest(table)


def test_digest_column_of_lists_works():
    one, two = pd.DataFrame({"a": [["x"], ["y"]]}), pd.DataFrame({"a": [["x"], ["z"]]})
    assert digest(one) == digest(one.copy()) != digest(two)


def test_digest_object_with_own_digest_uses_it():
    record = provenance(inputs={"corpus": "نص"})
    assert digest(record) == record.digest


def test_digest_unknown_kind_says_what_is_allowed():
    with pytest.raises(SchemaError) as caught:
        digest(3)
    assert str(caught.value) == (
        "`content` is a int; it must be a DataFrame, a Path, a str, bytes or an object with its own `digest`. "
        "Turn it into one of these first."
    )


def test_digest_missing_path_says_so_without_the_folder(tmp_path):
    with pytest.raises(SchemaError) as caught:
        digest(tmp_path / "none.csv")
    assert str(caught.value) == (
        "`content` is the path 'none.csv', which does not exist. Give an existing file or folder."
    )


@given(st.dictionaries(st.text(), st.one_of(st.none(), st.booleans(), st.integers(), st.text()), max_size=5))
def test_provenance_order_of_settings_changes_nothing(settings):
    backwards = dict(reversed(settings.items()))
    assert provenance(settings=settings) == provenance(settings=backwards)
    assert provenance(settings=settings).to_json() == provenance(settings=backwards).to_json()


def test_provenance_json_holds_all_parts_sorted():
    record = provenance(inputs={"corpus": "نص"}, lexicons={"frames": b"x"}, settings={"period": "month"}, seed=3)
    parts = json.loads(record.to_json())
    assert list(parts) == ["inputs", "lexicons", "seed", "settings", "versions"]
    assert parts["inputs"] == {"corpus": digest("نص")}
    assert parts["lexicons"] == {"frames": digest(b"x")}
    assert parts["settings"] == {"period": "month"}
    assert parts["seed"] == 3
    assert {"arabic-discourse", "python", "pandas", "numpy"} <= set(parts["versions"])


def test_provenance_holds_no_path_user_or_clock(tmp_path):
    file = tmp_path / "corpus.csv"
    file.write_text("doc_id,text\n", encoding="utf-8")
    text = provenance(inputs={"corpus": file}, seed=1).to_json()
    assert str(tmp_path) not in text
    assert set(json.loads(text)) == {"inputs", "lexicons", "seed", "settings", "versions"}


def test_provenance_in_another_process_is_equal():
    call = "provenance(inputs={'corpus': 'نص'}, settings={'b': 1, 'a': [2]}, seed=5)"
    code = f"import sys; from discourse.provenance import provenance; sys.stdout.write({call}.digest)"
    other = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout == provenance(inputs={"corpus": "نص"}, settings={"a": [2], "b": 1}, seed=5).digest


def test_provenance_settings_that_are_no_json_are_named():
    with pytest.raises(SchemaError) as caught:
        provenance(settings={"period": "month", "holder": {"russia"}})
    assert str(caught.value) == (
        "`settings` holds 'holder' = {'russia'}, which is no JSON value (Object of type set is not JSON serializable). "
        "Give None, a bool, a finite number, a str, or lists and dicts of these."
    )


def test_provenance_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Provenance().seed = 4

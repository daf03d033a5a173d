"""What is saved comes back to the last digit, whatever the texts and columns; nothing that is not ours is touched."""

import datetime
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as dc
from discourse.errors import SchemaError, SourceError
from discourse.reading.matching.rows import document_edges, rows_by_word, word_places
from discourse.reading.matching.vocabulary import cuts_of
from discourse.saved import saving
from discourse.saved.manifest import FILES, MANIFEST
from discourse.saved.opening import open_folder
from discourse.saved.renewing import open_corpus
from discourse.saved.saving import save_corpus

from .conftest import TEXTS, table_of


def assert_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    for name, dtype in one.dtypes.items():
        if isinstance(dtype, pd.CategoricalDtype):
            assert one[name].array.codes.dtype == other[name].array.codes.dtype


def assert_saved(documents: pd.DataFrame, folder: Path) -> None:
    saved = open_corpus(folder)
    assert_same(saved.documents, documents)
    assert_same(saved.tokens, dc.tokenize(documents))
    assert_same(dc.tokenize(saved.documents), dc.tokenize(documents))
    assert_same(saved.spans, dc.find_boilerplate(documents))
    assert_same(dc.find_boilerplate(saved.documents), dc.find_boilerplate(documents))


@pytest.mark.parametrize("seed", ["article", "reports"])
def test_save_corpus_seed_gives_back_every_table(seed, tmp_path):
    documents, rejects = dc.read_documents(f"seed:{seed}")
    saved = save_corpus(f"seed:{seed}", tmp_path / "saved")
    assert_saved(documents, tmp_path / "saved")
    assert_same(saved.rejects, rejects)


def test_save_corpus_what_was_worked_out_is_what_is_worked_out_again(folder, documents):
    tokens, again = open_corpus(folder).tokens, dc.tokenize(documents)
    for one, other in ((rows_by_word(tokens), rows_by_word(again)), (_cuts(tokens), _cuts(again))):
        for name, value in vars(other).items():
            found = getattr(one, name)
            if isinstance(value, np.ndarray):
                assert found.dtype == value.dtype
                assert np.array_equal(found, value)
            else:
                assert list(found) == value
    assert np.array_equal(document_edges(tokens), document_edges(again))
    assert np.array_equal(word_places(tokens), word_places(again))


def _cuts(tokens):
    return cuts_of(tokens["norm"].cat.categories, dc.language.base.load_language("arabic"))


@pytest.mark.parametrize("tables", [["frames", "series", "position_series"], ["positions", "quotations", "company"]])
def test_save_corpus_tables_of_the_plan_are_those_of_the_unsaved_corpus(tables, tmp_path):
    documents, _ = dc.read_documents("seed:reports")
    saved = save_corpus("seed:reports", tmp_path / "saved").documents
    one, other = (dc.make_tables(frame, tables, n_draws=20) for frame in (saved, documents))
    assert list(one) == list(other)
    for name in one:
        assert_same(one[name], other[name])


ODD = st.text(st.sampled_from("اأبوالنكر طي.،«»؟!\u200f\u200e\u202b\u064b\u0640\n\r\t 19a🙂\ufeff"), max_size=30)


@given(st.lists(ODD, min_size=1, max_size=5))
@settings(max_examples=40)
def test_save_corpus_odd_texts_come_back(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("odd") / "saved"
    save_corpus(table_of(texts), folder)
    assert_saved(table_of(texts), folder)


@pytest.mark.parametrize("texts", [[""], ["", "«»"], ["\u200f"], ["\u202a\u200e", "قال", ""], ["!"]])
def test_save_corpus_texts_without_words_come_back(texts, tmp_path):
    save_corpus(table_of(texts), tmp_path / "saved")
    assert_saved(table_of(texts), tmp_path / "saved")


_TIME = datetime.datetime(2015, 12, 23, 4, 5, 6, 789)
COLUMNS = {
    "int8": np.array([1, -2, 3], np.int8),
    "uint64": np.array([1, 2**64 - 1, 3], np.uint64),
    "float": [0.1, np.nan, -0.0],
    "float32": np.array([0.1, np.inf, 2], np.float32),
    "bool": [True, False, True],
    "Int64": pd.array([1, None, 3], "Int64"),
    "boolean": pd.array([True, None, False], "boolean"),
    "Float64": pd.array([0.1, None, 3], "Float64"),
    "string": pd.array(["a", None, ""], "string"),
    "str": pd.Series(["أ", None, ""], dtype="str"),
    "nulls": pd.Series([None, None, None], dtype="str"),
    "object": pd.Series(["a", None, "b"], dtype="object"),
    "day": pd.Series([datetime.date(2015, 12, 23), None, datetime.date(1, 1, 1)], dtype="object"),
    "naive": pd.to_datetime(pd.Series([_TIME, None, _TIME])),
    "ns": pd.Series([_TIME, None, _TIME]).astype("datetime64[ns]"),
    "zone": pd.Series([_TIME] * 3).dt.tz_localize("Asia/Kabul"),
    "delta": pd.to_timedelta([1, None, 3], unit="s"),
    "period": pd.period_range("2015-01", periods=3, freq="M"),
    "category": pd.Categorical(["b", None, "a"], categories=["z", "b", "a"]),
    "ordered": pd.Categorical(["b", None, "a"], categories=["b", "a"], ordered=True),
    "numbers": pd.Categorical([3, 1, None]),
    "empty": pd.Categorical([None, None, None]),
}


@pytest.mark.parametrize("name", list(COLUMNS))
def test_save_corpus_further_column_of_a_dtype_comes_back(name, tmp_path):
    documents = table_of(TEXTS).assign(further=COLUMNS[name])
    save_corpus(documents, tmp_path / "saved")
    assert_saved(documents, tmp_path / "saved")


@pytest.mark.parametrize(
    ("column", "dtype"),
    [
        (pd.Series([["a"], None, ["b", "c"]], dtype="object"), "object"),
        (pd.Series([1, "a", None], dtype="object"), "object"),
        (np.array([1j, 2, 3]), "complex128"),
    ],
)
def test_save_corpus_column_that_would_change_raises(column, dtype, tmp_path):
    with pytest.raises(SchemaError) as error:
        save_corpus(table_of(TEXTS).assign(further=column), tmp_path / "saved")
    assert str(error.value) == (
        f"`documents` has the columns 'further' of dtype {dtype} that Arrow does not give back unchanged. "
        "Turn them into strings, numbers, dates or categories, or leave them out."
    )
    assert list(tmp_path.iterdir()) == []


def test_save_corpus_index_and_attributes_come_back(tmp_path):
    documents = table_of(TEXTS).set_axis([7, 3, 5], axis="index")
    documents.attrs["by"] = "a hand"
    save_corpus(documents, tmp_path / "saved")
    assert_saved(documents, tmp_path / "saved")
    assert open_corpus(tmp_path / "saved").documents.attrs == {"by": "a hand"}


def test_save_corpus_no_document_raises(tmp_path):
    (tmp_path / "empty.csv").write_text("text\n \n", encoding="utf-8")
    with pytest.raises(SchemaError) as error:
        save_corpus(tmp_path / "empty.csv", tmp_path / "saved")
    assert str(error.value) == ("`corpus` has no document left of 1 records. First: the text is empty. Give it texts.")


def test_save_corpus_options_for_a_table_raise(tmp_path):
    with pytest.raises(SchemaError, match=r"^`corpus` is a table, and 'text' say how to read a file. Leave them out.$"):
        save_corpus(table_of(TEXTS), tmp_path / "saved", text="body")


def test_save_corpus_keeps_how_the_source_was_read(tmp_path):
    table_of(TEXTS).rename(columns={"text": "body"}).to_csv(tmp_path / "corpus.csv", index=False)
    saved = save_corpus(tmp_path / "corpus.csv", tmp_path / "saved", text="body", day_first=None)
    assert saved.reading == {"text": "body"}
    assert saved.source["path"] == "../corpus.csv"


def test_save_corpus_of_a_saved_corpus_holds_the_same(folder, documents):
    again = save_corpus(folder, folder.with_name("again"))
    assert again.source is None
    assert_saved(documents, folder.with_name("again"))


# Places ----------------------------------------------------------------------------------------------------------


def test_save_corpus_over_a_saved_corpus_replaces_it_and_leaves_other_files(folder):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "tokens.arrow").write_text("mine too", encoding="utf-8")
    save_corpus(table_of(TEXTS[:1]), folder)
    assert len(open_corpus(folder).documents) == 1
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "deep" / "tokens.arrow").read_text(encoding="utf-8") == "mine too"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["corpus.csv", "saved"]


@pytest.mark.parametrize("name", FILES)
def test_save_corpus_over_a_file_of_another_raises(name, tmp_path):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        save_corpus(table_of(TEXTS), tmp_path)
    assert str(error.value) == (
        f"`folder` is {str(tmp_path)!r}, which holds {name!r} of another origin: a saved corpus would replace them. "
        "Name another folder, or say overwrite=True (--overwrite)."
    )
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    save_corpus(table_of(TEXTS), tmp_path, overwrite=True)
    assert len(open_corpus(tmp_path).documents) == 3


def test_save_corpus_over_a_manifest_of_another_raises(tmp_path):
    (tmp_path / MANIFEST).write_text('{"mine": 1}', encoding="utf-8")
    with pytest.raises(SourceError) as error:
        save_corpus(table_of(TEXTS), tmp_path)
    assert str(error.value) == (
        f"corpus.json in {str(tmp_path)!r} is damaged, or no manifest of a saved corpus. Save it anew: discourse save "
        f"CORPUS --out {tmp_path}. To write over this one, say overwrite=True (--overwrite)."
    )
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == '{"mine": 1}'


def test_save_corpus_over_a_file_raises(source):
    with pytest.raises(SourceError) as error:
        save_corpus(table_of(TEXTS), source)
    assert str(error.value) == f"`folder` is {str(source)!r}, which is a file; name a folder."


def test_save_corpus_into_its_source_raises(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    for place in (tmp_path, tmp_path / "texts", tmp_path / "texts" / "saved"):
        with pytest.raises(SourceError) as error:
            save_corpus(tmp_path / "texts", place)
        assert str(error.value) == (
            f"`folder` is {str(place.resolve())!r}, which lies in the corpus {str(tmp_path / 'texts')!r} or holds it. "
            "Name another folder."
        )


def test_save_corpus_source_that_changes_meanwhile_raises_and_leaves_nothing(source, tmp_path):
    def touch(step):
        if step == "writing":
            source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    with pytest.raises(SourceError, match="has changed while it was saved. Save it again.$"):
        save_corpus(source, tmp_path / "saved", on_step=touch)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.csv"]


def test_save_corpus_failing_leaves_the_earlier_one(folder, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "write_arrays", fail)
    with pytest.raises(SourceError, match="which cannot be written: No space left on device.$"):
        save_corpus(table_of(TEXTS[:1]), folder)
    assert len(open_corpus(folder).documents) == 3
    assert sorted(path.name for path in folder.parent.iterdir()) == ["corpus.csv", "saved"]


KILLED = """
import os, sys
import pandas as pd
from discourse.saved import saving
step = sys.argv[3]
real = getattr(saving, step)
def die(*arguments, **options):
    os._exit(9)
setattr(saving, step, die)
saving.save_corpus(sys.argv[1], sys.argv[2])
"""


@pytest.mark.parametrize("step", ["tokenize", "write_arrow", "describe_file", "write_bytes", "put_in_place"])
def test_save_corpus_killed_leaves_nothing_half_and_the_next_one_sweeps(step, source, tmp_path):
    place = tmp_path / "saved"
    save_corpus(table_of(TEXTS[:1]), place)
    done = subprocess.run([sys.executable, "-c", KILLED, str(source), str(place), step], check=False)
    assert done.returncode == 9
    assert len(open_corpus(place).documents) == 1
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".saved.")]
    assert len(left) == (step != "tokenize" or 1)
    save_corpus(source, place)
    assert len(open_corpus(place).documents) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.csv", "saved"]


def test_save_corpus_two_at_once_leave_one_whole_corpus(tmp_path):
    place, failed = tmp_path / "saved", []

    def save(n):
        try:
            for _ in range(4):
                save_corpus(table_of(TEXTS[:n]), place)
        except Exception as error:
            failed.append(error)

    savers = [threading.Thread(target=save, args=(n,)) for n in (1, 2, 3)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    assert failed == []
    saved = open_corpus(place, verify=True)
    assert_saved(table_of(TEXTS[: len(saved.documents)]), place)
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


def test_open_folder_while_it_is_replaced_gives_one_corpus_or_the_other(tmp_path):
    place = tmp_path / "saved"
    save_corpus(table_of(TEXTS[:1]), place)
    stop, seen, failed = threading.Event(), set(), []

    def look():
        while not stop.is_set():
            try:
                saved = open_folder(place)
                n = len(saved.documents)
                assert_same(saved.tokens, dc.tokenize(table_of(TEXTS[:n])))
                seen.add(n)
            except Exception as error:
                failed.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    for n in (2, 3, 1, 2, 3, 1, 2, 3):
        save_corpus(table_of(TEXTS[:n]), place)
    stop.set()
    reader.join()
    assert failed == []
    assert seen <= {1, 2, 3}


def test_open_folder_replaced_afterwards_goes_on_with_what_was_opened(folder, documents):
    saved = open_folder(folder)
    save_corpus(table_of(TEXTS[:1]), folder)
    assert_same(saved.documents, documents)
    assert_same(saved.tokens, dc.tokenize(documents))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_save_corpus_place_that_is_a_link_replaces_what_it_leads_to(folder):
    link = folder.with_name("link")
    link.symlink_to(folder)
    save_corpus(table_of(TEXTS[:1]), link)
    assert link.is_symlink()
    assert len(open_corpus(folder).documents) == 1

"""Whatever is wrong with a saved corpus is found by the check and by use: an error that names the file, no table."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as dc
from discourse.errors import SourceError
from discourse.saved.files import MappedFile
from discourse.saved.manifest import FILES, MANIFEST, digest_of_sums
from discourse.saved.opening import find_damage
from discourse.saved.renewing import open_corpus
from discourse.saved.saving import save_corpus

from .conftest import TEXTS, table_of

NEXT = "Save it anew: discourse save CORPUS --out"
READS = {
    "documents.arrow": lambda saved: saved.documents,
    "rejects.arrow": lambda saved: saved.rejects,
    "spans.arrow": lambda saved: dc.find_boilerplate(saved.documents),
    **dict.fromkeys(FILES[2:6], lambda saved: dc.tokenize(saved.documents)),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("whole") / "saved"
    save_corpus(table_of(TEXTS), place)
    return place


@pytest.fixture
def spoilt(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "saved"))


def change(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def places(path: Path) -> list[int]:
    size = path.stat().st_size
    return sorted({0, 9, size // 3, size // 2, size - 12, size - 1})


@pytest.mark.parametrize("name", FILES)
def test_open_corpus_changed_byte_is_found_by_use_and_by_the_check(name, spoilt):
    content = (spoilt / name).read_bytes()
    said = f"{name} in {str(spoilt)!r} is damaged: its bytes are not those that were saved."
    for place in places(spoilt / name):
        (spoilt / name).write_bytes(content)
        change(spoilt / name, place)
        saved = open_corpus(spoilt)
        with pytest.raises(SourceError) as error:
            READS[name](saved)
        assert str(error.value) == said
        assert find_damage(spoilt)[0] == [said]
        with pytest.raises(SourceError) as error:
            open_corpus(spoilt, verify=True)
        assert str(error.value) == f"{said} {NEXT} {spoilt}."


def test_open_corpus_undamaged_files_are_used_beside_a_damaged_one(spoilt):
    change(spoilt / "spans.arrow", 500)
    assert len(dc.tokenize(open_corpus(spoilt).documents)) == len(dc.tokenize(table_of(TEXTS)))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [0, 1, 0.5, -1])
def test_open_corpus_truncated_file_raises(name, left, spoilt):
    content = (spoilt / name).read_bytes()
    n = left if isinstance(left, int) else int(len(content) * left)
    (spoilt / name).write_bytes(content[:n])
    n_left = len(content[:n])
    with pytest.raises(SourceError) as error:
        open_corpus(spoilt)
    assert str(error.value) == (
        f"{name} in {str(spoilt)!r} is damaged: {n_left:,} bytes, and {len(content):,} were saved. {NEXT} {spoilt}."
    )


@pytest.mark.parametrize("name", FILES)
def test_open_corpus_missing_file_raises(name, spoilt):
    (spoilt / name).unlink()
    with pytest.raises(SourceError) as error:
        open_corpus(spoilt)
    assert (
        str(error.value) == f"{name} in {str(spoilt)!r} cannot be opened: No such file or directory. {NEXT} {spoilt}."
    )


def test_open_corpus_folder_in_place_of_a_file_raises(spoilt):
    (spoilt / "spans.arrow").unlink()
    (spoilt / "spans.arrow").mkdir()
    with pytest.raises(SourceError, match=r"^spans.arrow in '.*' (cannot be opened: |is damaged: )"):
        open_corpus(spoilt)


def test_open_corpus_files_that_changed_places_are_found(spoilt):
    os.replace(spoilt / "spans.arrow", spoilt / "x")
    os.replace(spoilt / "rejects.arrow", spoilt / "spans.arrow")
    os.replace(spoilt / "x", spoilt / "rejects.arrow")
    with pytest.raises(SourceError, match=r"^rejects.arrow in '.*' is damaged: .* bytes, and .* were saved\. "):
        open_corpus(spoilt)


def test_open_corpus_file_of_another_corpus_of_that_size_is_found(spoilt, tmp_path):
    save_corpus(table_of([text.replace("موسكو", "دمشقق") for text in TEXTS]), tmp_path / "other")
    shutil.copy(tmp_path / "other" / "documents.arrow", spoilt / "documents.arrow")
    with pytest.raises(SourceError, match=r"^documents.arrow in '.*' is damaged: its bytes are not those"):
        _ = open_corpus(spoilt).documents


def test_open_corpus_words_that_changed_places_within_a_block_are_found_by_the_check_alone(spoilt):
    path = spoilt / "documents.arrow"
    content = bytearray(path.read_bytes())
    place = content.find("موسكو تتبادل".encode()) // 8 * 8
    content[place : place + 8], content[place + 8 : place + 16] = (
        content[place + 8 : place + 16],
        content[place : place + 8],
    )
    path.write_bytes(content)
    assert find_damage(spoilt)[0] == [
        f"documents.arrow in {str(spoilt)!r} is damaged: its bytes are not those that were saved."
    ]


@given(st.binary(min_size=1, max_size=9000), st.data())
def test_digest_of_sums_any_changed_byte_changes_it(content, data):
    place = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(1, 255))
    changed = bytearray(content)
    changed[place] ^= other
    assert digest_of_sums(bytes(changed)) != digest_of_sums(content)


@pytest.mark.parametrize("n", [0, 1, 4095, 4096, 4097, (1 << 24) - 1, 1 << 24, (1 << 24) + 1])
def test_digest_of_sums_length_counts_though_what_is_lost_is_zeros(n):
    assert digest_of_sums(bytes(n)) == digest_of_sums(bytes(n))
    assert digest_of_sums(bytes(n)) != digest_of_sums(bytes(n + 1))


def test_digest_of_sums_of_many_portions_does_not_hang_on_their_order():
    content = np.arange(3 << 22, dtype="<i8").tobytes()
    moved = content[1 << 24 :] + content[: 1 << 24]
    assert digest_of_sums(content) != digest_of_sums(moved)


# The manifest ----------------------------------------------------------------------------------------------------


def rewrite(folder: Path, **changed: object) -> None:
    """Write the manifest with other values, as somebody would who means harm: its own digest is right."""
    import hashlib

    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    content.pop("digest")
    content |= changed
    whole = json.dumps(content, ensure_ascii=True, sort_keys=True)
    content["digest"] = hashlib.sha256(whole.encode()).hexdigest()
    text = json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def test_read_manifest_rewritten_as_it_was_is_read(spoilt):
    content = (spoilt / MANIFEST).read_bytes()
    rewrite(spoilt)
    assert (spoilt / MANIFEST).read_bytes() == content


def test_read_manifest_any_changed_byte_is_found(spoilt):
    content = (spoilt / MANIFEST).read_bytes()
    for place in range(len(content)):
        (spoilt / MANIFEST).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(SourceError, match=r"corpus\.json|version"):
            open_corpus(spoilt)


def test_read_manifest_of_a_later_version_says_so(spoilt):
    content = json.loads((spoilt / MANIFEST).read_text(encoding="utf-8"))
    content |= {"version": 2, "more": "of a later time"}
    (spoilt / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    said = (
        f"`folder` is {str(spoilt)!r}, saved in version 2 of the format; this library reads version 1. "
        "Update the library, or save the corpus anew into another folder."
    )
    for renew in (False, True):
        with pytest.raises(SourceError) as error:
            open_corpus(spoilt, renew=renew)
        assert str(error.value) == said
    with pytest.raises(SourceError, match=r"--overwrite\)\.$"):
        save_corpus(table_of(TEXTS), spoilt)


FILE = {"bytes": 3, "sums": "0" * 64, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"files": {**dict.fromkeys(FILES, FILE), "../x": FILE}}, "names '../x', which is no file of a saved corpus"),
        (
            {"files": {**dict.fromkeys(FILES, FILE), "/etc/x": FILE}},
            "names '/etc/x', which is no file of a saved corpus",
        ),
        ({"files": dict.fromkeys(FILES[1:], FILE)}, "does not name 'documents.arrow'"),
        (
            {"files": dict.fromkeys(FILES, {**FILE, "bytes": True})},
            "is damaged: what it says of 'documents.arrow' has another form",
        ),
        (
            {"files": dict.fromkeys(FILES, {**FILE, "sums": "../x"})},
            "is damaged: what it says of 'documents.arrow' has another form",
        ),
        ({"source": {"path": "../x"}}, "is damaged: what it says of the source has another form"),
        ({"source": "../x"}, "is damaged: it has other keys than a manifest"),
        ({"made": {"code": 1}}, "is damaged: what it says of the code has another form"),
        ({"counts": {"tokens": "many"}}, "is damaged: its counts have another form"),
        (
            {"reading": {"overwrite": True}},
            "has 'overwrite' among the options of reading, which is none",
        ),
        ({"more": 1}, "is damaged: it has other keys than a manifest"),
    ],
)
def test_read_manifest_of_another_form_raises(changed, said, spoilt):
    rewrite(spoilt, **changed)
    with pytest.raises(SourceError) as error:
        open_corpus(spoilt, renew=True)
    assert str(error.value) == f"corpus.json in {str(spoilt)!r} {said}. {NEXT} {spoilt}."


def test_open_corpus_source_that_is_not_the_users_is_not_read(spoilt, tmp_path):
    (tmp_path / "secret.csv").write_text("text\nسر\n", encoding="utf-8")
    rewrite(spoilt, source={"path": "../secret.csv", "sha256": "0" * 64, "stamp": "0" * 64})
    change(spoilt / "tokens.arrow", 700)
    with pytest.raises(SourceError, match=r"which is out of date: its source .* has changed since"):
        open_corpus(spoilt, renew=True)
    assert not (spoilt / MANIFEST).read_text(encoding="utf-8").count("سر")


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"null", b"\xff", b" " * 2_000_000])
def test_read_manifest_that_is_none_raises(content, spoilt):
    (spoilt / MANIFEST).write_bytes(content)
    with pytest.raises(SourceError) as error:
        open_corpus(spoilt)
    assert (
        str(error.value)
        == f"corpus.json in {str(spoilt)!r} is damaged, or no manifest of a saved corpus. {NEXT} {spoilt}."
    )


def test_open_corpus_folder_without_a_manifest_raises(tmp_path):
    with pytest.raises(SourceError) as error:
        open_corpus(tmp_path)
    assert str(error.value) == (
        f"`folder` is {str(tmp_path)!r}, which holds no saved corpus: corpus.json cannot be read (No such file or "
        f"directory). Save one first: discourse save CORPUS --out {tmp_path}."
    )


def test_mapped_file_that_is_no_arrow_file_raises_though_its_digest_is_right(tmp_path):
    content = b"no table" * 1000
    (tmp_path / "spans.arrow").write_bytes(content)
    file = MappedFile(tmp_path, "spans.arrow", {"bytes": 8000, "sums": digest_of_sums(content), "sha256": ""})
    with pytest.raises(SourceError, match=r"^spans.arrow in '.*' is damaged: it is no Arrow file \("):
        file.table()


def test_open_corpus_runs_nothing_of_the_folder(spoilt, monkeypatch):
    import pickle

    def fail(*_, **__):
        raise AssertionError("unpickled")

    monkeypatch.setattr(pickle, "loads", fail)
    monkeypatch.setattr(pickle, "load", fail)
    monkeypatch.setattr(pickle, "Unpickler", fail)
    saved = open_corpus(spoilt, verify=True)
    assert isinstance(saved.documents, pd.DataFrame)
    assert len(saved.tokens)
    assert len(saved.spans) + len(saved.rejects) >= 0


# Files of somebody who means harm: their digests are right -------------------------------------------------------


def replace_arrays(folder: Path, name: str, **changed: np.ndarray) -> None:
    from discourse.saved.files import array_of, describe_file, write_arrays, write_arrow

    with pa.memory_map(str(folder / name)) as source:
        table = pa.ipc.open_file(source.read_buffer()).read_all()
    plain = name == "tokens.arrow"
    arrays = {
        column: table.column(column).chunk(0) if plain else table.column(column).chunk(0).values
        for column in table.column_names
    }
    for column, change in changed.items():
        arrays[column] = pa.array(change(array_of(table, column).copy()))
    (folder / "new").unlink(missing_ok=True)
    if plain:
        write_arrow(pa.table(arrays), folder / "new")
    else:
        write_arrays(arrays, folder / "new")
    os.replace(folder / "new", folder / name)
    files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    rewrite(folder, files={**files, name: describe_file(folder / name)})


def with_first(value: int):
    def change(values: np.ndarray) -> np.ndarray:
        values[0] = value
        return values

    return change


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("tokens.arrow", "doc_id"),
        ("tokens.arrow", "token"),
        ("tokens.arrow", "norm"),
        ("words.arrow", "word"),
        ("words.arrow", "before"),
        ("words.arrow", "after"),
        ("rows.arrow", "rows"),
        ("rows.arrow", "marks"),
        ("rows.arrow", "edges"),
        ("rows.arrow", "words"),
    ],
)
@pytest.mark.parametrize("value", [-1, 120])
def test_open_corpus_place_that_leads_nowhere_is_found_by_the_check(name, column, value, spoilt):
    replace_arrays(spoilt, name, **{column: with_first(value)})
    said = (
        f"{str(spoilt)!r} is no corpus that this library saved: a place leads beyond the end of what it is a place in."
    )
    assert find_damage(spoilt)[0] == [said]
    with pytest.raises(SourceError) as error:
        open_corpus(spoilt, verify=True)
    assert str(error.value) == f"{said} {NEXT} {spoilt}."


@pytest.mark.parametrize(
    ("name", "column"), [("words.arrow", "before"), ("rows.arrow", "begin"), ("rows.arrow", "behind")]
)
def test_open_corpus_arrays_of_different_lengths_are_found_by_the_check(name, column, spoilt):
    replace_arrays(spoilt, name, **{column: lambda values: values[:-1]})
    assert find_damage(spoilt)[0] == [
        f"{str(spoilt)!r} is no corpus that this library saved: arrays that belong together have different lengths."
    ]


def test_open_corpus_files_of_other_columns_are_found_by_the_check(spoilt):
    shutil.copy(spoilt / "rejects.arrow", spoilt / "rows.arrow")
    files = json.loads((spoilt / MANIFEST).read_text(encoding="utf-8"))["files"]
    rewrite(spoilt, files={**files, "rows.arrow": files["rejects.arrow"]})
    (said,) = find_damage(spoilt)[0]
    assert said.startswith(
        f"{str(spoilt)!r} is no corpus that this library saved: the files have other columns than those of a saved "
        "corpus ("
    )


def test_replace_arrays_unchanged_is_whole(spoilt):
    replace_arrays(spoilt, "tokens.arrow")
    replace_arrays(spoilt, "rows.arrow")
    assert find_damage(spoilt)[0] == []

"""When a saved corpus is no longer what would be made now: it is made anew, or the error says what differs."""

import os
from pathlib import Path

import pandas as pd
import pytest

import discourse as dc
from discourse.errors import SourceError
from discourse.saved import renewing, saving, state
from discourse.saved.opening import find_damage
from discourse.saved.renewing import open_corpus, read_corpus
from discourse.saved.saving import save_corpus
from discourse.saved.state import state_of, tell_difference

from .conftest import TEXTS, table_of

NEXT = "Save it anew: discourse save CORPUS --out"
OTHER = "f" * 64


def spoil(folder: Path) -> None:
    content = bytearray((folder / "tokens.arrow").read_bytes())
    content[600] ^= 1
    (folder / "tokens.arrow").write_bytes(content)


def change_code(monkeypatch) -> str:
    """Let the code be another, and return the sentence on it."""
    was = state_of("arabic")
    changed = {**was, "code": OTHER}
    for module in (saving, renewing.check_saved.__globals__):
        target = module if isinstance(module, dict) else vars(module)
        monkeypatch.setitem(target, "state_of", lambda language: changed)
    return (
        f"the code that reads and cuts texts ({was['code'][:12]} then, {OTHER[:12]} now) has changed since it was saved"
    )


def test_open_corpus_unchanged_is_not_made_anew(folder):
    before = (folder / "corpus.json").stat().st_mtime_ns
    assert open_corpus(folder, renew=True).renewed == ""
    assert (folder / "corpus.json").stat().st_mtime_ns == before


def test_open_corpus_damaged_is_made_anew_from_its_source(folder, source, documents):
    spoil(folder)
    saved = open_corpus(folder, renew=True)
    assert saved.renewed == (
        f"tokens.arrow in {str(folder)!r} is damaged: its bytes are not those that were saved. "
        f"Made anew from {str(source)!r}."
    )
    pd.testing.assert_frame_equal(saved.tokens, dc.tokenize(documents))
    assert open_corpus(folder, renew=True).renewed == ""


def test_open_corpus_missing_file_is_made_anew(folder):
    (folder / "rows.arrow").unlink()
    assert open_corpus(folder, renew=True).renewed.startswith("rows.arrow in ")
    assert find_damage(folder)[0] == []


def test_open_corpus_other_code_raises_and_is_made_anew(folder, source, monkeypatch):
    said = f"`folder` is {str(folder)!r}, which is out of date: {change_code(monkeypatch)}."
    with pytest.raises(SourceError) as error:
        open_corpus(folder)
    assert str(error.value) == f"{said} {NEXT} {folder}."
    assert open_corpus(folder, renew=True).renewed == f"{said} Made anew from {str(source)!r}."
    assert open_corpus(folder).made["code"] == OTHER


def test_open_corpus_keeps_the_options_of_reading_when_it_is_made_anew(tmp_path):
    table_of(TEXTS).rename(columns={"text": "body"}).to_csv(tmp_path / "corpus.csv", index=False)
    save_corpus(tmp_path / "corpus.csv", tmp_path / "saved", text="body")
    spoil(tmp_path / "saved")
    saved = open_corpus(tmp_path / "saved", renew=True)
    assert saved.renewed
    assert saved.documents["text"].tolist() == sorted(TEXTS, key=lambda text: -TEXTS.index(text))
    assert saved.reading == {"text": "body"}


def test_open_corpus_source_that_has_changed_raises(folder, source):
    source.write_text(source.read_text(encoding="utf-8").replace("موسكو", "روسيا"), encoding="utf-8")
    for renew in (False, True):
        with pytest.raises(SourceError) as error:
            open_corpus(folder, renew=renew)
        said = str(error.value)
        assert said.startswith(
            f"`folder` is {str(folder)!r}, which is out of date: its source {str(source)!r} has changed since ("
        )
        assert said.endswith(f" now). Save it anew: discourse save {source} --out {folder}.")


def test_open_corpus_source_that_was_touched_alone_is_unchanged(folder, source):
    os.utime(source, ns=(1, 1))
    assert open_corpus(folder).renewed == ""


def test_open_corpus_source_of_the_same_size_and_time_is_looked_at_by_the_check_alone(folder, source):
    found = source.stat()
    source.write_text(source.read_text(encoding="utf-8").replace("موسكو", "مسوكو"), encoding="utf-8")
    os.utime(source, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert open_corpus(folder).renewed == ""
    with pytest.raises(SourceError, match="its source .* has changed since"):
        open_corpus(folder, verify=True)
    assert len(find_damage(folder)[0]) == 1


def test_open_corpus_source_that_is_gone_leaves_it_valid(folder, source):
    source.unlink()
    assert len(open_corpus(folder, verify=True).documents) == 3


def test_open_corpus_damaged_without_its_source_raises(folder, source):
    spoil(folder)
    source.rename(source.with_name("elsewhere.csv"))
    with pytest.raises(SourceError) as error:
        open_corpus(folder, renew=True)
    assert str(error.value) == (
        f"tokens.arrow in {str(folder)!r} is damaged: its bytes are not those that were saved. "
        f"It cannot be made anew: its source is not where it was. {NEXT} {folder}."
    )


def test_open_corpus_damaged_and_saved_from_a_table_raises(tmp_path):
    save_corpus(table_of(TEXTS), tmp_path / "saved")
    spoil(tmp_path / "saved")
    with pytest.raises(SourceError, match=r"It cannot be made anew: it was saved from a table\. Save it anew"):
        open_corpus(tmp_path / "saved", renew=True)


def test_open_corpus_moved_with_its_source_is_made_anew_from_there(folder, source, tmp_path):
    (tmp_path / "new").mkdir()
    source.rename(tmp_path / "new" / source.name)
    moved = folder.rename(tmp_path / "new" / folder.name)
    spoil(moved)
    assert open_corpus(moved, renew=True).renewed.endswith(f"Made anew from {str(tmp_path / 'new' / source.name)!r}.")


def test_open_corpus_folder_of_texts_is_its_source(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for number, text in enumerate(TEXTS):
        (texts / f"2015-12-2{number}.txt").write_text(text, encoding="utf-8")
    save_corpus(texts, tmp_path / "saved")
    spoil(tmp_path / "saved")
    assert open_corpus(tmp_path / "saved", renew=True).renewed
    (texts / "2015-12-25.txt").write_text(TEXTS[0], encoding="utf-8")
    with pytest.raises(SourceError, match="its source .* has changed since"):
        open_corpus(tmp_path / "saved")


def test_read_corpus_takes_saved_ones_and_others(folder, source, documents):
    for corpus in (folder, source):
        found, rejects = read_corpus(corpus)
        pd.testing.assert_frame_equal(found, documents)
        assert len(rejects) == 0


def test_tell_difference_names_what_differs():
    then = state_of("arabic")
    assert tell_difference(then, then) == ""
    assert tell_difference({**then, "unicode": "9.0.0", "bytes": "middle"}, then) == (
        f"the order of bytes of the machine (middle then, {then['bytes']} now) and the Unicode version of Python "
        f"(9.0.0 then, {then['unicode']} now) has changed since it was saved"
    )


def test_state_of_code_changes_with_any_file_of_the_rooms_that_read_and_cut(tmp_path, monkeypatch):
    import shutil

    root = Path(dc.__file__).parent
    for name in ("language", "sources", "saved", "reading"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in root.glob("*.*"):
        shutil.copy(path, tmp_path / path.name)
    monkeypatch.setattr(state, "files", lambda package: tmp_path)
    code = state._code.__wrapped__
    was = code()
    assert was == state_of("arabic")["code"]
    for name in ("language/tokens.py", "sources/column_names.yml", "sources/cleaning/spans.py", "tables.yml"):
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content + b"\n")
        assert code() != was
        (tmp_path / name).write_bytes(content)
    (tmp_path / "chart.py").write_text("", encoding="utf-8")
    assert code() == was

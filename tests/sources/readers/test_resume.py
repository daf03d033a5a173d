"""Reading into a file: killed at any moment, it loses no finished file and leaves no half-written one."""

import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from discourse.errors import SourceError
from discourse.sources.readers import read_resumable, read_sources, resume

FOLDER = runpy.run_path(str(Path(__file__).with_name("build_fixtures.py")))["FOLDER"]


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_read_resumable_writes_what_read_sources_returns(tmp_path):
    out, rejects = tmp_path / "corpus.parquet", tmp_path / "rejects.csv"
    documents, refused = read_resumable(FOLDER, out, rejects=rejects)
    expected = read_sources(FOLDER)
    pd.testing.assert_frame_equal(documents, expected[0])
    pd.testing.assert_frame_equal(refused, expected[1])
    pd.testing.assert_frame_equal(pd.read_parquet(out), documents)
    pd.testing.assert_frame_equal(pd.read_csv(rejects, dtype="str"), refused, check_dtype=False)
    assert listing(tmp_path) == ["corpus.parquet", "rejects.csv"]


def test_read_resumable_killed_in_the_middle_goes_on_with_the_next_file(tmp_path, monkeypatch):
    sources, out = tmp_path / "sources", tmp_path / "corpus.parquet"
    sources.mkdir()
    for number in range(12):
        (sources / f"{number:02d}.txt").write_text(f"نص رقم {number}", "utf-8")
    code = (
        "import sys, time; from discourse.sources.readers import resume; resume._BATCH_FILES = 1\n"
        "read = resume.read_batch\n"
        "def slow(*args, **options):\n    time.sleep(0.15); return read(*args, **options)\n"
        "resume.read_batch = slow; resume.read_resumable(sys.argv[1], sys.argv[2])"
    )
    run = subprocess.Popen([sys.executable, "-c", code, str(sources), str(out)])
    parts = tmp_path / "corpus.parquet.parts"
    limit = time.monotonic() + 20
    while time.monotonic() < limit and (not parts.is_dir() or len(list(parts.glob("*.documents.parquet"))) < 4):
        time.sleep(0.02)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    finished = sorted(parts.glob("[!.]*.documents.parquet"))
    assert 4 <= len(finished) < 12
    assert not out.exists()
    assert sum(len(pd.read_parquet(part)) for part in finished) == len(finished)
    (parts / ".x.documents.parquet.abc.part").write_bytes(b"half")

    monkeypatch.setattr(resume, "_BATCH_FILES", 1)
    read, asked = resume.read_batch, []

    def counted(batch, **options):
        asked.extend(name for _, name in batch)
        return read(batch, **options)

    monkeypatch.setattr(resume, "read_batch", counted)
    documents, rejects = read_resumable(sources, out)
    assert len(asked) == 12 - len(finished)
    assert documents["text"].tolist() == [f"نص رقم {number}" for number in range(12)]
    assert len(rejects) == 0
    assert listing(tmp_path) == ["corpus.parquet", "sources"]


def test_read_resumable_file_that_changed_is_read_anew(tmp_path, monkeypatch):
    source, out = tmp_path / "a.txt", tmp_path / "corpus.csv"
    source.write_text("قديم", "utf-8")
    monkeypatch.setattr(resume.shutil, "rmtree", lambda *_, **__: None)  # as if killed before the parts were removed
    read_resumable(source, out)
    assert len(list((tmp_path / "corpus.csv.parts").glob("*.documents.parquet"))) == 1
    source.write_text("جديد تماما", "utf-8")
    assert read_resumable(source, out)[0]["text"].tolist() == ["جديد تماما"]
    assert pd.read_csv(out)["text"].tolist() == ["جديد تماما"]


def test_read_resumable_damaged_part_is_read_anew(tmp_path, monkeypatch):
    source, out = tmp_path / "a.txt", tmp_path / "corpus.parquet"
    source.write_text("نص", "utf-8")
    monkeypatch.setattr(resume.shutil, "rmtree", lambda *_, **__: None)
    read_resumable(source, out)
    part = next((tmp_path / "corpus.parquet.parts").glob("*.documents.parquet"))
    part.write_bytes(b"PAR1 damaged")
    assert read_resumable(source, out)[0]["text"].tolist() == ["نص"]


def test_read_resumable_does_not_read_what_it_wrote(tmp_path):
    (tmp_path / "a.txt").write_text("نص", "utf-8")
    first = read_resumable(tmp_path, tmp_path / "corpus.csv", rejects=tmp_path / "rejects.csv")
    again = read_resumable(tmp_path, tmp_path / "corpus.csv", rejects=tmp_path / "rejects.csv")
    pd.testing.assert_frame_equal(first[0], again[0])
    assert len(again[1]) == 0


def test_read_resumable_refuses_an_ending_before_it_reads(tmp_path):
    with pytest.raises(SourceError) as error:
        read_resumable(FOLDER, tmp_path / "corpus.xlsx")
    assert str(error.value) == (
        f"`out` is {str(tmp_path / 'corpus.xlsx')!r}; a table ends in '.csv' or '.parquet'. Change the ending."
    )


def test_read_resumable_reports_progress_by_batches(tmp_path):
    shutil.copy(FOLDER / "rss.xml", tmp_path / "a.xml")
    seen = []
    read_resumable(tmp_path / "a.xml", tmp_path / "corpus.parquet", progress=lambda *said: seen.append(said))
    assert seen == [(1, 1, "a.xml")]


def test_read_resumable_list_of_addresses_is_fetched_beside_the_output(tmp_path):
    addresses = tmp_path / "urls.csv"
    addresses.write_text("url,source\nftp://outlet.example/1,أ\nhttp://127.0.0.1:9/x,ب\n", "utf-8")
    documents, rejects = read_resumable(
        [addresses, FOLDER / "rss.xml"], tmp_path / "corpus.parquet", rejects=tmp_path / "r.csv"
    )
    assert len(documents) == 3
    assert rejects["record"].tolist() == ["ftp://outlet.example/1", "http://127.0.0.1:9/x"]
    assert rejects["reason"].tolist() == [
        "forbidden: the scheme 'ftp' is neither http nor https",
        "forbidden: 127.0.0.1 leads to 127.0.0.1, which is no public address",
    ]
    assert set(rejects["path"]) == {str(addresses)}
    assert listing(tmp_path / "corpus.pages") == ["ledger.jsonl", "pages"]
    again, _ = read_sources(tmp_path / "corpus.pages")
    assert len(again) == 0

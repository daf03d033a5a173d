"""Commands over a corpus in parts: the same files, and what is said of what goes wrong."""

from importlib import import_module

import pandas as pd
from click.testing import CliRunner

from discourse.chart import chart
from discourse.cli import main
from discourse.sources.seeds import load_seed


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def corpus(folder, n=6):
    place = folder / "corpus.parquet"
    load_seed("reports").iloc[:n].to_parquet(place, index=False, row_group_size=2)
    return place


def test_count_in_parts_writes_the_same_bytes(tmp_path):
    place, one, two = corpus(tmp_path), tmp_path / "one.csv", tmp_path / "two.csv"
    told = run("count", place, "--lexicon", "frames", "--out", one)
    parts = run("count", place, "--lexicon", "frames", "--out", two, "--workers", 1, "--part-size", 900)
    assert (told.exit_code, parts.exit_code) == (0, 0), parts.output
    assert two.read_bytes() == one.read_bytes()
    assert parts.output.replace("two.csv", "one.csv") == told.output


def read_all(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_chart_in_two_processes_writes_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(import_module("discourse.chart"), "_LARGE", 1)  # all tables are written by the processes
    place = corpus(tmp_path)
    asked = {"texts": "off", "period": "year", "n_draws": 10, "formats": ("png", "svg")}
    chart(place, tmp_path / "one", **asked)
    chart(place, tmp_path / "two", **asked, workers=2, part_size=2_000)
    assert read_all(tmp_path / "one") == read_all(tmp_path / "two")


def test_count_part_size_alone_is_wrong_usage(tmp_path):
    told = run("count", corpus(tmp_path), "--lexicon", "frames", "--out", tmp_path / "x.csv", "--part-size", 900)
    assert told.exit_code == 2
    assert "--part-size is of work in parts; say --workers N or --scheduler ADDRESS too." in told.output


def spoil(place):
    """Write zeros over the middle of the second row group."""
    import pyarrow.parquet as pq

    chunk = pq.ParquetFile(place).metadata.row_group(1).column(0)
    first = chunk.dictionary_page_offset or chunk.data_page_offset
    with place.open("r+b") as stream:
        stream.seek(first)
        stream.write(bytes(chunk.total_compressed_size))


def test_count_damaged_row_group_ends_it_and_with_rejects_is_left_out(tmp_path):
    place, out, rejects = corpus(tmp_path), tmp_path / "x.csv", tmp_path / "rejects.csv"
    spoil(place)
    asked = ["count", place, "--lexicon", "frames", "--out", out, "--workers", 1]
    told = run(*asked)
    assert told.exit_code == 1 and f"'{place}' cannot be read in row group 2 of 3 (bytes " in told.output
    kept = run(*asked, "--rejects", rejects)
    assert kept.exit_code == 0, kept.output
    left = pd.read_csv(rejects)
    assert left["record"].str.partition(" (bytes ")[0].tolist() == [
        "row 3, row group 2 of 3",
        "row 4, row group 2 of 3",
    ]
    assert set(left["path"]) == {str(place)} and set(left["reason"]) == {"the row group cannot be read"}
    assert pd.read_csv(out)["doc_id"].nunique() == 4
    assert "Read 6 records: 4 kept, 2 rejected" in kept.output


def test_count_file_that_is_cut_off_is_left_out_with_rejects(tmp_path):
    place = corpus(tmp_path)
    (folder := tmp_path / "two").mkdir()
    (folder / "a.parquet").write_bytes(place.read_bytes())
    (folder / "b.parquet").write_bytes(place.read_bytes()[:-9])
    asked = ["count", folder, "--lexicon", "frames", "--out", tmp_path / "x.csv", "--workers", 1]
    assert run(*asked).exit_code == 1
    kept = run(*asked, "--rejects", tmp_path / "rejects.csv")
    assert kept.exit_code == 0, kept.output
    assert pd.read_csv(tmp_path / "rejects.csv").to_numpy().tolist() == [
        [str(folder / "b.parquet"), "whole file", "is no whole Parquet file"],
    ]  # fmt: skip


def test_folder_of_parquet_and_text_is_refused(tmp_path):
    (folder := tmp_path / "two").mkdir()
    (folder / "a.parquet").write_bytes(corpus(tmp_path).read_bytes())
    (folder / "note.txt").write_text("هذه ملاحظة", encoding="utf-8")
    for more in ([], ["--workers", 1]):
        told = run("count", folder, "--lexicon", "frames", "--out", tmp_path / "x.csv", *more)
        assert told.exit_code == 1
        assert f"'{folder}' holds 1 .parquet and 1 .txt, such as 'note.txt'; a corpus is of one kind." in told.output

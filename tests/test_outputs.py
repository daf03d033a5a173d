"""What a command writes: never over what it reads, over its other outputs, or over a file of the user's."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.recording import is_record, record_of, record_path

ROWS = "doc_id,text,date\na,التقى المبعوث الروسي وفدا من طالبان في موسكو.,2015-12-23\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a corpus, in which commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_output_of_an_earlier_run_is_replaced_and_the_command_says_so(here):
    first = run("tokens", "corpus.csv", "--out", "t.csv")
    assert first.exit_code == 0 and "Replaced" not in first.output
    assert record_of("t.csv")["command"] == "tokens"
    again = run("tokens", "corpus.csv", "--out", "t.csv")
    assert again.exit_code == 0 and "Replaced t.csv, which an earlier run wrote." in again.output


@pytest.mark.parametrize("change", ["no record", "another command", "edited"])
def test_output_that_no_run_of_the_command_left_is_kept_unless_overwritten(here, change):
    if change == "another command":
        assert run("duplicates", "corpus.csv", "--out", "t.csv").exit_code == 0
    else:
        assert change == "no record" or run("tokens", "corpus.csv", "--out", "t.csv").exit_code == 0
        (here / "t.csv").write_text("mine\n")
    kept, record = (here / "t.csv").read_bytes(), record_of("t.csv")
    refused = run("tokens", "corpus.csv", "--out", "t.csv")
    assert refused.exit_code == 2 and "say --overwrite to replace it" in refused.output
    assert ("has been changed since" in refused.output) == (change == "edited")
    assert (here / "t.csv").read_bytes() == kept and record_of("t.csv") == record
    assert run("tokens", "corpus.csv", "--out", "t.csv", "--overwrite").exit_code == 0
    assert (here / "t.csv").read_bytes() != kept and record_of("t.csv")["command"] == "tokens"


@pytest.mark.parametrize(
    "arguments",
    [
        ("tokens", "corpus.csv", "--out", "corpus.csv"),
        ("tokens", "corpus.csv", "--out", "t.csv", "--rejects", "corpus.csv"),
        ("check", "corpus.csv", "--out", "corpus.csv"),
        ("read", "corpus.csv", "--out", "corpus.csv"),
        ("read", ".", "--out", "corpus.csv"),
        ("positions", "corpus.csv", "--out", "p.csv", "--sentences", "corpus.csv"),
        ("statements", "corpus.csv", "--out", "s.csv", "--dna", "corpus.csv"),
        ("tokens", "corpus.csv", "--out", "link.csv"),
        ("tokens", "corpus.csv", "--out", "hard.csv"),
    ],
)
def test_output_over_what_is_read_is_refused_before_anything_is_written(here, arguments):
    os.symlink(here / "corpus.csv", here / "link.csv")
    os.link(here / "corpus.csv", here / "hard.csv")
    before = sorted(os.listdir(here))
    result = run(*arguments)
    assert result.exit_code == 2
    assert (here / "corpus.csv").read_text(encoding="utf-8") == ROWS
    assert sorted(os.listdir(here)) == before


def test_outputs_of_one_name_are_refused_also_where_case_alone_differs(here):
    for other in ("t.csv", "./t.csv", "T.csv"):
        result = run("tokens", "corpus.csv", "--out", "t.csv", "--rejects", other)
        assert result.exit_code == 2 and "are the same file" in result.output
    assert run("tokens", "corpus.csv", "--out", "t.csv", "--rejects", "r.csv").exit_code == 0


def test_read_that_keeps_nothing_leaves_the_earlier_table(here):
    assert run("read", "corpus.csv", "--out", "good.csv").exit_code == 0
    kept = (here / "good.csv").read_bytes()
    (here / "bad.csv").write_text("doc_id,text\nx,\n")
    assert run("read", "bad.csv", "--out", "good.csv").exit_code == 1
    assert (here / "good.csv").read_bytes() == kept
    assert run("read", "corpus.csv", "--out", "good.csv").exit_code == 0  # still known as its own


def test_read_with_a_column_named_is_checked_like_any_command(here):
    (here / "own.csv").write_text("id,body\na,التقى الوفد.\n", encoding="utf-8")
    assert run("read", "own.csv", "--column", "text=body", "--out", "good.csv").exit_code == 0
    assert run("read", "own.csv", "--column", "text=body", "--out", "own.csv").exit_code == 2
    refused = run("read", "own.csv", "--column", "text=body", "--out", "a.csv", "--rejects", "a.csv")
    assert refused.exit_code == 2 and "are the same file" in refused.output


def test_run_that_fails_leaves_no_record_of_a_file_that_is_not_there(here):
    (here / "bad.csv").write_text("doc_id,text\nx,\n")
    assert run("tokens", "bad.csv", "--out", "t.csv").exit_code == 1
    assert not record_path("t.csv").exists()


KILLED = """
import os
from pathlib import Path
from discourse.cli import main

move = os.replace

def die(old, new):
    if Path(new).name == {name!r}:
        if {moved}:
            move(old, new)
        os._exit(9)
    move(old, new)

os.replace = die
main(["tokens", "corpus.csv", "--out", "t.csv"])
"""


def killed(name, *, moved):
    """Run `tokens` in a process that ends where a file of this name is moved into place, or just after."""
    ended = subprocess.run([sys.executable, "-c", KILLED.format(name=name, moved=moved)], check=False)
    assert ended.returncode == 9


@pytest.mark.parametrize("moved", [False, True])
def test_file_of_a_run_that_was_killed_around_its_move_is_known_as_its_own(here, moved):
    assert run("tokens", "corpus.csv", "--out", "t.csv").exit_code == 0
    (here / "corpus.csv").write_text("doc_id,text\nb,غادر الوفد موسكو\n", encoding="utf-8")
    killed("t.csv", moved=moved)
    assert set(json.loads((here / "t.csv.json").read_text())) == {"before", "command", "sha256", "version"}
    assert run("tokens", "corpus.csv", "--out", "t.csv").exit_code == 0
    assert set(json.loads((here / "t.csv.json").read_text())) == {"command", "sha256", "version"}


@pytest.mark.parametrize("name", ["t.csv", "t.csv.json"])
def test_file_of_a_user_where_a_killed_run_wrote_nothing_is_kept(here, name):
    killed(name, moved=False)
    (here / "t.csv").write_text("my own work\n")
    assert run("tokens", "corpus.csv", "--out", "t.csv").exit_code == 2
    assert (here / "t.csv").read_text() == "my own work\n"


def test_link_stays_and_the_file_that_it_leads_to_is_written_with_its_record(here):
    (here / "far").mkdir()
    (here / "link.csv").symlink_to(here / "far" / "t.csv")
    for _ in range(2):
        assert run("tokens", "corpus.csv", "--out", "link.csv").exit_code == 0
        assert (here / "link.csv").is_symlink() and (here / "far" / "t.csv.json").is_file()
    (here / "lost.csv").symlink_to(here / "nowhere" / "t.csv")
    assert "whose folder does not exist" in run("tokens", "corpus.csv", "--out", "lost.csv").output
    assert not (here / "nowhere").exists()


def test_file_where_the_record_belongs_is_kept(here):
    (here / "t.csv.json").write_text('{"mine": 1}')
    result = run("tokens", "corpus.csv", "--out", "t.csv")
    assert result.exit_code == 2 and "stands where the record of 't.csv' belongs" in result.output
    assert (here / "t.csv.json").read_text() == '{"mine": 1}' and not (here / "t.csv").exists()


def test_records_are_no_sources_of_a_folder_and_a_user_s_json_is_one(here):
    assert run("tokens", "corpus.csv", "--out", "t.csv").exit_code == 0
    assert is_record(here / "t.csv.json")
    (here / "corpus.csv.json").write_text(json.dumps([{"doc_id": "b", "text": "وصل الوفد."}]), encoding="utf-8")
    assert not is_record(here / "corpus.csv.json")
    result = run("read", "corpus.csv", "corpus.csv.json", "--out", "all.csv")
    assert "2 kept" in result.output


def test_chart_into_a_folder_with_a_page_of_another_origin_needs_overwrite(here):
    (here / "site").mkdir()
    (here / "site" / "index.html").write_text("mine")
    (here / "site" / "notes.txt").write_text("mine")
    refused = run("chart", "seed:article", "--out", "site", "--draws", "10")
    assert refused.exit_code != 0 and (here / "site" / "index.html").read_text() == "mine"
    assert run("chart", "seed:article", "--out", "site", "--draws", "10", "--overwrite").exit_code == 0
    assert (here / "site" / "index.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (here / "site" / "notes.txt").read_text() == "mine"


def test_duplicates_join_the_clusters_to_the_corpus(here):
    text = "التقى المبعوث الروسي وفدا من طالبان في موسكو وبحث معه الوضع في أفغانستان والمنطقة كلها أمس"
    rows = [f"{name},{text},2015-12-23,{own}" for name, own in (("a", "x"), ("b", "y"))]
    rows += ["c,وصل وفد آخر إلى كابل اليوم,2016-01-01,z"]
    (here / "copies.csv").write_text("\n".join(["doc_id,text,date,cluster", *rows]) + "\n", encoding="utf-8")
    assert run("duplicates", "copies.csv", "--out", "clusters.csv", "--joined", "joined.csv").exit_code == 0
    joined = pd.read_csv(here / "joined.csv", index_col="doc_id")
    assert joined.loc["a", "cluster"] == joined.loc["b", "cluster"] != joined.loc["c", "cluster"]
    assert joined["original_cluster"].tolist() == ["x", "y", "z"]
    result = run("series", "corpus.csv", "--lexicon", "frames", "--cluster", "cluster", "--out", "s.csv")
    assert result.exit_code == 2
    assert "--cluster names 'cluster', which is no column of the corpus; " in result.output
    assert result.output.endswith("`discourse duplicates --joined FILE` makes it.\n")


@pytest.mark.parametrize("option", ["--out", "--rejects"])
def test_output_in_a_folder_that_is_read_is_refused_though_overwrite_is_said(here, option):
    (here / "dir").mkdir()
    (here / "dir" / "c.csv").write_text(ROWS, encoding="utf-8")
    (here / "dir" / "d.csv").write_text(ROWS.replace("\na,", "\nb,"), encoding="utf-8")
    other = [] if option == "--out" else ["--out", "ok.csv"]
    refused = run("read", "dir", option, "dir/c.csv", *other, "--overwrite")
    assert refused.exit_code == 2
    assert f"{option} would write over" in refused.output and "that is read; name another file" in refused.output
    assert (here / "dir" / "c.csv").read_text(encoding="utf-8") == ROWS


def test_output_of_an_earlier_read_in_the_folder_is_replaced(here):
    (here / "dir").mkdir()
    (here / "dir" / "d.csv").write_text(ROWS, encoding="utf-8")
    assert run("read", "dir", "--out", "dir/all.parquet").exit_code == 0
    again = run("read", "dir", "--out", "dir/all.parquet")
    assert again.exit_code == 0 and "Replaced all.parquet" in again.output
    assert len(pd.read_parquet(here / "dir" / "all.parquet")) == 1

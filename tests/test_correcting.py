"""`discourse corrections`: the summary, what is written, and what is wrong usage."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main

TEXTS = [
    "قال المبعوث الروسي زامير كابولوف إن موسكو تتبادل المعلومات مع حركة طالبان.",
    "نفت روسيا تسليح طالبان. سلاح ومخدرات.",
]
HEAD = "doc_id,what,start_char,end_char,holder,target,category,entry,measured,corrected,coder,why,date"
LEXICON = """
name: small
title: {en: Small}
version: 1.0.0
licence: CC-BY-4.0
categories:
  drugs: {label: {en: Drugs}, entries: [{pattern: "مخدرات"}]}
  arming: {label: {en: Arms}, entries: [{pattern: "سلاح"}]}
"""


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path):
    corpus, mine, lexicon = tmp_path / "corpus.jsonl", tmp_path / "mine.csv", tmp_path / "small.yml"
    rows = [{"doc_id": f"d{n}", "text": text, "date": f"202{n}-01-01"} for n, text in enumerate(TEXTS)]
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    start = TEXTS[1].index("سلاح")
    lines = [
        HEAD, f"d1,match,{start},{start + 4},,,arming,سلاح,present,absent,ann,,2026-01-01",
        "d0,position,,,russia,taliban,,,1,2,ann,,2026-01-01", "d9,position,,,russia,taliban,,,1,2,ann,,2026-01-01",
        "d0,position,,,iran,taliban,,,1,none,ann,,2026-01-01", "d0,position,,,,taliban,,,1,2,ann,,2026-01-01",
        "d1,position,,,,taliban,,,1,2,ann,,2026-01-01",
    ]  # fmt: skip
    mine.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lexicon.write_text(LEXICON, encoding="utf-8")
    return corpus, mine, lexicon


def test_corrections_without_a_corpus_counts_by_entry(files):
    _, mine, _ = files
    result = run("corrections", mine)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "position: 3 corrections; mostly 2 (2); d0|d9",
        "match arming سلاح: 1 correction; mostly absent (1); d1:24",
        "Read 4 corrections of 1 reader.",
    ]
    assert result.stderr == f"no correction: 2 rows: no holder (first: {mine}, line 6)\n"


def test_corrections_with_a_corpus_has_shares_outcomes_and_points(files, tmp_path):
    corpus, mine, lexicon = files
    out, points, rejects = tmp_path / "audit.csv", tmp_path / "points.csv", tmp_path / "rejects.csv"
    result = run(
        "corrections", mine, corpus, "--lexicon", lexicon, "--out", out, "--points", points, "--rejects", rejects
    )
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[1].startswith("match arming سلاح: 1 correction of 1, at least 100.0% wrong [")
    assert "matches: 1 changed" in lines
    assert "document_positions: 1 changed, 2 no row" in lines  # arming is a class of cues too
    assert lines[-1] == (
        "Read 2 records: 2 kept, 0 rejected; encoding utf-8. Read 3 corrections of 1 reader. "
        f"Wrote {out} (2 rows) and {points} (1 point)."
    )
    assert result.stderr.splitlines() == [
        f"no correction: 2 rows: no holder (first: {mine}, line 6)",
        f"no correction: 1 row: the documents have no such doc_id (first: {mine}, line 4)",
        "hits no row: position at d0, ann: the table has no position of this holder there",
    ]
    moved = pd.read_csv(points)
    assert moved[["entry", "period", "n_docs", "n_changed", "before", "after"]].values.tolist() == [
        ["سلاح", "2021-01-01", 1, 1, 1.0, 0.0]
    ]
    assert pd.read_csv(out)["n"].tolist()[1] == 1
    assert pd.read_csv(rejects)["reason"].tolist().count("no holder") == 2
    assert {path.name for path in tmp_path.iterdir()} >= {"audit.csv.json", "points.csv.json", "rejects.csv.json"}


def test_corrections_of_several_readers_are_joined(files, tmp_path):
    _, mine, _ = files
    other = tmp_path / "other.csv"
    other.write_text(f"{HEAD}\nd0,position,,,russia,taliban,,,1,-2,bob,,2026-01-01\n", encoding="utf-8")
    result = run("corrections", mine, "--also", other)
    assert "position: 2 corrections, 1 disputed; mostly 2 (1); d9|d0" in result.stdout.splitlines()[0] or (
        result.stdout.splitlines()[0] == "position: 2 corrections, 1 disputed; mostly 2 (1); d0|d9"
    )
    assert result.stdout.endswith("Read 5 corrections of 2 readers.\n")


def test_corrections_points_without_a_series_are_wrong_usage(files, tmp_path):
    corpus, mine, _ = files
    result = run("corrections", mine, "--points", tmp_path / "points.csv")
    assert result.exit_code == 2
    assert "--points needs a CORPUS: without one there is no series that could move." in result.stderr
    result = run("corrections", mine, corpus, "--out", mine)
    assert result.exit_code == 2
    assert "--out would write over" in result.stderr


def test_corrections_in_headlines_are_counted_apart_and_tried_on_frames(tmp_path):
    corpus, mine = tmp_path / "corpus.jsonl", tmp_path / "mine.csv"
    text = "سلاح " + TEXTS[0]
    rows = [{"doc_id": "a", "title": "سلاح", "text": text}, {"doc_id": "b", "title": "خبر", "text": text}]
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    lexicon = tmp_path / "small.yml"
    lexicon.write_text(LEXICON, encoding="utf-8")
    lines = [f"{doc},match,0,{end},,,arming,سلاح,present,absent,ann,,2026-01-01" for doc, end in
             (("a", 0), ("a", 4), ("b", 0))]  # fmt: skip
    lines.append("a,match,0,4,,,drugs,مخدرات,present,absent,ann,,2026-01-01")
    mine.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    result = run("corrections", mine, corpus, "--lexicon", lexicon)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].startswith("match arming سلاح: 1 correction of 2, at least 50.0% wrong [")
    assert "], and 2 in headlines; mostly absent (3); a:0" in result.stdout.splitlines()[0]
    assert "frames: 2 changed, 2 no row" in result.stdout.splitlines()
    assert sorted(result.stderr.splitlines()) == [
        "hits no row: match arming سلاح at b:0, ann: the headline has no match of this entry",
        "hits no row: match drugs مخدرات at a:0, ann: the table has no match of this category there",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("seed:reports", "'seed:reports' is no file of corrections, which ends in '.csv'."),
        ("base.html", "'base.html' is no file of corrections, which ends in '.csv'."),
        ("gone.csv", "'gone.csv' does not exist, or is no file."),
    ],
)
def test_corrections_file_that_is_none_is_said(name, said):
    result = run("corrections", name)
    assert result.exit_code != 0
    assert f"{said} Give the CSV that the evidence page or the coding form wrote." in " ".join(result.stderr.split())

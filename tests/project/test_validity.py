"""The table of validity: its parts, its figures against a plain count, what is skipped and why, how it is written."""

import csv
import hashlib
import importlib
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from discourse.measures.intervals import wilson_interval


@pytest.fixture
def validity(project, monkeypatch):
    """A function that imports a module of benchmarks/validity."""
    monkeypatch.syspath_prepend(str(project / "benchmarks" / "validity"))
    return importlib.import_module


def rows_of(project, name):
    with open(project / "benchmarks" / "validity" / "challenge" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "n", "n_doubtful"),
    [("positions", 231, 18), ("stories", 56, 0), ("pairs", 108, 0), ("frames", 133, 2), ("speech", 122, 0)],
)
def test_read_set_parts_are_whole_pairs_and_doubtful_items_are_left_out(validity, project, name, n, n_doubtful):
    read = validity("challenge").read_set
    work, held = read(name, part="work"), read(name, part="held")
    assert len(rows_of(project, name)) == n
    assert len(work) + len(held) == n - n_doubtful
    assert not set(work["unit"]) & set(held["unit"])
    assert 0.2 < len(held) / (n - n_doubtful) < 0.42


def test_part_of_follows_the_written_rule(validity, project):
    challenge = validity("challenge")
    listed = set((project / "benchmarks" / "validity" / "challenge" / "held.txt").read_text("utf-8").split())
    for name in challenge.SETS:
        for row in rows_of(project, name):
            unit = row.get("pair") or row["item"]
            held = (
                unit in listed if name == "positions" else int(hashlib.sha256(unit.encode()).hexdigest(), 16) % 3 == 0
            )
            assert challenge.part_of(name, unit) == ("held" if held else "work")


def test_speech_offsets_hold_the_words_they_name(project):
    for row in rows_of(project, "speech"):
        for one in json.loads(row["instances"] or "[]"):
            for name in ("cue", "speaker", "content"):
                if one[name] is not None:
                    assert row["text"][one[f"{name}_start"] : one[f"{name}_end"]] == one[name], row["item"]


def test_positions_figures_equal_a_plain_count(validity):
    challenge = validity("challenge")
    rows = challenge.read_set("positions", part="work").head(24)
    made = challenge.positions(rows)
    figures = made.figures.set_index("figure")
    items = made.items
    assert figures.loc["six_way", "n"] == 24
    assert figures.loc["six_way", "estimate"] == pytest.approx(sum(items["want"] == items["got"]) / 24)
    both = items[(items["want"] != "none") & (items["got"] != "none")]
    assert figures.loc["exact", "n"] == len(both)
    assert figures.loc["holder_recall", "estimate"] == pytest.approx(len(both) / sum(items["want"] != "none"))
    right = items.assign(unit=rows["unit"]).groupby("unit")["right"].agg(["all", "size"])
    pairs = right[right["size"] > 1]["all"]
    assert figures.loc["pairs with every member right", ["n", "estimate"]].tolist() == [len(pairs), pairs.mean()]


def test_pairs_target_that_is_refused_is_wrong_even_where_the_code_is_none(validity):
    challenge = validity("challenge")
    rows = challenge.read_set("pairs", part="work").head(4).assign(target="atlantis", position="")
    made = challenge.pairs(rows)
    assert made.figures.set_index("figure").loc["six_way", ["n", "estimate"]].tolist() == [4, 0.0]
    assert set(made.items["got"]) == {"unread"}


def test_instances_cue_content_and_speaker_each_decide(validity):
    count = validity("challenge")._instances
    gold = {"cue": "قال", "cue_start": 0, "cue_end": 3, "speaker": "زامير كابولوف", "kind": "indirect"}
    found = {"cue_start_char": 2, "cue_end_char": 5, "speaker": "كابولوف", "kind": "direct"}
    assert count([gold], [found]) == (1, 1, 0, 1, 1)
    assert count([gold], [{**found, "cue_start_char": 3}]) == (0, 0, 0, 1, 1)  # touches, does not overlap
    assert count([gold], [{**found, "speaker": None}]) == (1, 0, 0, 1, 1)
    assert count([gold, gold], [found]) == (1, 1, 0, 1, 2)  # each found instance once
    bare = {**gold, "cue": None, "content_start": 10, "content_end": 20}
    mark = {**found, "cue_start_char": None, "content_start_char": 19, "content_end_char": 30, "kind": "indirect"}
    assert count([bare], [mark]) == (1, 1, 1, 1, 1)
    assert count([bare], [{**mark, "content_start_char": 20}]) == (0, 0, 0, 1, 1)
    assert count([bare], [{**mark, "cue_start_char": 2}]) == (0, 0, 0, 1, 1)  # speech with a cue is no bare one


def test_words_matches_a_form_of_the_lemma_and_not_its_homograph(validity):
    words = validity("challenge").words
    rows = pd.DataFrame(
        [("w1", "لجنة", "noun", "اجتمعت واللجنة لا تزال.", "واللجنة", "yes", "clitics", ""),
         ("w2", "جنة", "noun", "عقدت اللجنة جلستها.", "اللجنة", "no", "clitics", "")],
        columns=["item", "lemma", "pos", "sentence", "target", "should_match", "kind", "note"],
    ).assign(unit=["w1", "w2"])  # fmt: skip
    assert words(rows).items["got"].tolist() == [True, False]
    assert words(rows).figures.set_index("figure").loc["right", "estimate"] == 1


def test_run_small_slice_writes_the_table_with_intervals_and_reasons(project, tmp_path, monkeypatch):
    script = project / "benchmarks" / "validity" / "run.py"
    monkeypatch.setenv("DISCOURSE_SHARED", str(tmp_path / "nowhere"))
    monkeypatch.delenv("DISCOURSE_PAGES", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(project))
    only = ["positions", "frames", "speech", "words", "digests", "articles", "pages"]
    asked = [word for name in only for word in ("--only", name)]
    command = [sys.executable, script, *asked, "--parts", "work", "--limit", "4", "--out", tmp_path]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "validity.csv")
    assert table.columns.tolist() == ["set", "part", "figure", "n", "estimate", "lower", "upper", "method"]
    assert set(table["set"]) == {"positions", "frames", "speech", "words", "digests (4)"}
    known = table.dropna(subset=["lower"])
    assert (known["lower"] <= known["estimate"]).all() and (known["estimate"] <= known["upper"]).all()
    assert table.loc[(table["set"] == "digests (4)") & (table["figure"] == "six_way"), "n"].tolist() == [4]
    page = (tmp_path / "validity.md").read_text("utf-8")
    assert "| articles | the texts of the articles are not at hand: no data/news/arabic_news.parquet" in page
    assert "| pages | only addresses and codes are kept" in page
    assert "skipped articles: the texts" in done.stdout


def test_run_unknown_section_names_the_choices(project, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(project))
    command = [sys.executable, str(project / "benchmarks/validity/run.py"), "--only", "verbs", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 2
    assert "'verbs' is none of: positions, stories, pairs, frames, speech, words, coders, digests" in done.stderr
    assert not list(tmp_path.iterdir())


def test_challenge_errors_of_the_held_part_are_refused(project, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(project))
    script = str(project / "benchmarks/validity/challenge.py")
    command = [sys.executable, script, "words", "--part", "held", "--errors"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "the held part is measured, not read" in done.stderr


def test_read_figures_takes_values_intervals_and_counts(validity):
    printed = (
        "sentences 900\nn 412\nprecision 0.871\nrecall: 0.9 [0.85, 0.94]\nf1 0.88 (0.86, 0.90) n 400\n"
        "span_f1_relaxed 0.950 (precision 0.913, recall 0.991)\nseconds 12.5\nn_found 7"
    )
    table = validity("run").read_figures(printed).set_index("figure")
    assert table["estimate"].to_dict() == {"precision": 0.871, "recall": 0.9, "f1": 0.88, "span_f1_relaxed": 0.95}
    assert table["n"].tolist() == [412, 412, 400, 412]
    assert table.loc["recall", ["lower", "upper"]].tolist() == [0.85, 0.94]
    assert table.loc["f1", ["lower", "upper"]].tolist() == [0.86, 0.9]
    assert table["lower"].isna().tolist() == [True, False, False, True]


def test_read_figures_takes_the_lines_of_the_treebanks_and_of_the_stems(validity):
    printed = (
        "subject     P 0.812  R 0.770  F1 0.790  (412 in the gold)\n"
        "stems               n listed  derived  n derived  listed\n"
        "past, vowel                8    0.875         10   0.700\n"
    )
    table = validity("run").read_figures(printed).set_index("figure")
    assert table[["n", "estimate"]].to_numpy().tolist() == [
        [412, 0.812],
        [412, 0.77],
        [412, 0.79],
        [8, 0.875],
        [10, 0.7],
    ]
    assert table.index[0] == "subject: precision"
    lower, upper = wilson_interval(7, 8)
    assert table.loc["past, vowel: listed, derived", ["lower", "upper"]].tolist() == [float(lower), float(upper)]


def test_score_script_that_fails_is_skipped_with_its_last_words(validity, tmp_path, monkeypatch):
    run = validity("run")
    (tmp_path / "score_one.py").write_text("raise SystemExit('no treebank: set PUD to its file')", encoding="utf-8")
    (tmp_path / "score_two.py").write_text("print('n 8\\nrecall 0.5')", encoding="utf-8")
    monkeypatch.setattr(run, "HERE", tmp_path)
    two = run.Script("score_two.py")
    scripts = {"one": run.Script("score_one.py"), "two": two, "three": run.Script("score_3.py")}
    scripts |= {"four": two._replace(variable="NO_SUCH_FILE"), "five": two._replace(needs="data/nothing")}
    monkeypatch.setattr(run, "SCRIPTS", scripts)
    monkeypatch.setenv("DISCOURSE_SHARED", str(tmp_path))
    figures, skipped = run.collect(list(scripts), ["work"])
    assert skipped == {
        "one": "score_one.py: no treebank: set PUD to its file",
        "three": "there is no score_3.py",
        "four": "NO_SUCH_FILE names no file for score_two.py",
        "five": "there is no data/nothing beside the articles (DISCOURSE_SHARED names the folder)",
    }
    assert figures[["set", "figure", "n", "estimate"]].to_numpy().tolist() == [["two", "recall", 8, 0.5]]


def test_score_script_takes_several_files_and_only_the_parts_that_are_asked(validity, tmp_path, monkeypatch):
    run = validity("run")
    (tmp_path / "score_six.py").write_text(
        "import sys\nn = sum(len(open(one).read()) for one in sys.argv[1:3])\n"
        "print(f'{sys.argv[3]} P 0.5  R 0.25  F1 0.333  ({n} in the gold)')",
        encoding="utf-8",
    )
    for name in "ab":
        (tmp_path / name).write_text("four", encoding="utf-8")
    parts = {"work": ("open",), "held": ("closed",)}
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "SCRIPTS", {"six": run.Script("score_six.py", variable="SIX", parts=parts)})
    monkeypatch.setenv("SIX", os.pathsep.join(str(tmp_path / name) for name in "ab"))
    figures, skipped = run.collect(["six"], ["work"])
    assert not skipped
    assert figures[["part", "figure", "n"]].to_numpy().tolist() == [
        ["work", f"open: {name}", 8] for name in ("precision", "recall", "f1")
    ]
    assert run.collect(["six"], ["work", "held"])[0]["part"].tolist() == ["work"] * 3 + ["held"] * 3
    monkeypatch.setenv("SIX", os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "c")]))
    assert run.collect(["six"], ["work"])[1] == {"six": "there is no c for score_six.py (SIX names it)"}


def test_as_markdown_parts_stand_side_by_side_and_nulls_are_said(validity):
    figures = pd.DataFrame(
        [("words", "work", "recall", 117, 0.564, 0.474, 0.651, "wilson"),
         ("words", "held", "recall", 60, 0.5, 0.38, 0.62, "wilson"),
         ("words", "work", "f1", 0, None, None, None, "none"),
         ("digests (206)", "all", "exact", 160, 0.82, None, None, "none")],
        columns=["set", "part", "figure", "n", "estimate", "lower", "upper", "method"],
    )  # fmt: skip
    page = validity("run").as_markdown(figures, {"pages": "not fetched"}).splitlines()
    assert "| words | recall | 117 | 0.56 [0.47, 0.65] | 60 | 0.50 [0.38, 0.62] |" in page
    assert "| words | f1 | 0 | no case | | not measured |" in page
    assert "| digests (206) | exact | 160 | 0.82 |" in page
    assert "| pages | not fetched |" in page


def test_put_into_replaces_what_stands_between_the_marks(validity):
    put = validity("run").put_into
    page = "# V\n<!-- figures -->\nold\n<!-- end of figures -->\nrest\n"
    assert put(page, "new\n") == "# V\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\nrest\n"
    assert put(put(page, "new\n"), "new\n") == put(page, "new\n")
    with pytest.raises(SystemExit):
        put("# V\n", "new")


def test_validity_page_speaks_of_each_set(project, validity):
    page = (project / "docs" / "validity.md").read_text("utf-8")
    table = page.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    for name in validity("challenge").SETS:
        assert f"| {name} | " in table, "run: make validity VALIDITY=--docs"
    for name, part in (("positions", "work"), ("positions", "held")):
        n = len(validity("challenge").read_set(name, part=part))
        assert f"| {n} |" in next(line for line in table.splitlines() if line.startswith(f"| {name} | six_way"))

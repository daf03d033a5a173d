"""The command `discourse`: every command works from its example, ends with its line, writes what the contract says."""

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from discourse import tables
from discourse.cli import _COMMANDS, main
from discourse.errors import SourceError

TEXTS = [
    "قال المبعوث الروسي زامير كابولوف إن موسكو تتبادل المعلومات مع حركة طالبان ضد تنظيم داعش.",
    "نفت روسيا تسليح طالبان. وأكدت موسكو أن الحظر المفروض على الحركة لا يزال قائما.",
    "أعلنت حركة طالبان أنها لا تحتاج إلى مساعدة من أحد.",
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    rows = [
        {"doc_id": f"d{n}", "text": text, "date": f"2015-12-{20 + n}", "source": "الحياة" if n else "عكاظ"}
        for n, text in enumerate(TEXTS)
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


READ = "Read 3 records: 3 kept, 0 rejected; encoding utf-8."


@pytest.mark.parametrize("name", list(_COMMANDS))
def test_main_help_of_each_command_has_an_example_of_it(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Example:\n  +discourse {name} \S+", result.output)


def test_main_help_lists_every_command_without_heavy_imports():
    code = (
        "import sys; from discourse.cli import main; main(['--help'], standalone_mode=False); "
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(f"\n  {name} " in done.stdout for name in _COMMANDS)
    assert done.stdout.endswith("False\n")


def test_module_is_run_as_the_command_is():
    done = subprocess.run([sys.executable, "-m", "discourse", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: python -m discourse [OPTIONS] COMMAND [ARGS]...\n")
    assert all(f"\n  {name} " in done.stdout for name in _COMMANDS)


def bash_is_new() -> bool:
    """Completion needs bash 4.4; macOS ships 3.2."""
    bash = shutil.which("bash")
    told = [bash, "-c", "(( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404 ))"]
    return bash is not None and subprocess.run(told, check=False).returncode == 0


@pytest.mark.skipif(not bash_is_new(), reason="bash 4.4 or later is not there")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["discourse", "ch"], ["chart", "check"]),
        (["discourse", "chart", "--per"], ["--period"]),
        (["discourse", "chart", "x", "--period", ""], ["month", "quarter", "year"]),
        (["discourse", "chrat", "--per"], []),
    ],
)
def test_main_completes_in_bash(typed, offered, project, tmp_path):
    """The line of docs/commands.md in a real bash: what its tab key would offer."""
    script = tmp_path / "discourse"
    script.write_text(f"#!{sys.executable}\nfrom discourse.cli import main\nmain()\n", "utf-8")
    script.chmod(0o755)
    code = (
        'eval "$(_DISCOURSE_COMPLETE=bash_source discourse)"\n'
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _discourse_completion discourse\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = os.environ | {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(project),
        "PYTHONUTF8": "1",
    }
    command = ["bash", "--norc", "-c", code, "bash", *typed]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == offered


def test_main_unknown_command_is_wrong_usage():
    assert run("chrat").exit_code == 2


def test_tokens_writes_the_table_and_says_so(corpus, tmp_path):
    out = tmp_path / "deep" / "folder" / "tokens.parquet"
    result = run("tokens", corpus, "--out", out)
    assert result.exit_code == 0
    table = pd.read_parquet(out)
    assert result.output == f"{READ} Wrote {out} ({len(table)} tokens).\n"
    tables.check(table, "TOKENS")
    first = table[table["doc_id"] == "d0"]
    sliced = [TEXTS[0][a:b] for a, b in zip(first["start_char"], first["end_char"], strict=True)]
    assert first["token"].tolist() == sliced


def test_count_writes_the_dense_table_of_the_contract(corpus, tmp_path):
    lexicon = tmp_path / "own.yml"
    lexicon.write_text(
        "name: own\nversion: 1.0.0\ncategories:\n  taliban: {entries: [طالبان]}\n  iran: {entries: [إيران]}\n",
        encoding="utf-8",
    )
    out = tmp_path / "counts.csv"
    result = run("count", corpus, "--lexicon", lexicon, "--out", out)
    assert result.exit_code == 0
    table = pd.read_csv(out)
    assert table.columns[:5].tolist() == ["doc_id", "category", "n_matches", "n_tokens", "n_sentences"]
    assert table.groupby("category")["n_matches"].apply(list).to_dict() == {"iran": [0, 0, 0], "taliban": [1, 1, 1]}
    assert result.output.endswith(f" Wrote {out} (6 rows, 3 matches).\n")
    assert b"\r" not in out.read_bytes()
    assert not out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_series_writes_rates_with_their_denominators(corpus, tmp_path):
    out = tmp_path / "series.csv"
    result = run(
        "series", corpus, "--lexicon", "actors", "--period", "month", "--by", "source", "--draws", 20, "--out", out
    )
    assert result.exit_code == 0, result.output
    table = pd.read_csv(out)
    assert set(table["period"]) == {"2015-12-01"}
    taliban = table[table["category"] == "taliban"].set_index("source")
    assert taliban["n_docs"].to_dict() == {"الحياة": 2, "عكاظ": 1}
    assert (taliban["estimate"] - 1000 * taliban["n_matches"] / taliban["n_tokens"]).abs().max() < 1e-9


def test_kwic_shows_every_hit_on_a_line_and_the_closing_line_beside(corpus):
    result = run("kwic", corpus, "طالبان", "--window", 2)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "d0\tمع حركة\tطالبان\tضد تنظيم\t2015-12-20\tعكاظ",
        "d1\tروسيا تسليح\tطالبان\t. وأكدت موسكو\t2015-12-21\tالحياة",
        "d2\tأعلنت حركة\tطالبان\tأنها لا\t2015-12-22\tالحياة",
    ]
    assert result.stderr == f"{READ} Showed 3 hits in 3 documents.\n"


def test_kwic_right_to_left_isolates_each_line(corpus):
    result = run("kwic", corpus, "طالبان", "--rtl")
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.startswith("\u2066")] == [
        f"\u2066d{n} · 2015-12-{20 + n} · {'الحياة' if n else 'عكاظ'}\u2069" for n in range(3)
    ]
    hits = [line for line in lines if not line.startswith("\u2066")]
    assert all(line.count("\u2067") == line.count("\u2069") == 1 for line in hits)


def test_kwic_out_writes_the_concordance(corpus, tmp_path):
    out = tmp_path / "kwic.parquet"
    assert run("kwic", corpus, "موسكو", "--out", out).exit_code == 0
    tables.check(pd.read_parquet(out), "CONCORDANCE")
    assert len(pd.read_parquet(out)) == 2


def test_bom_marks_the_csv_that_a_command_writes_and_the_commands_read_it_back(corpus, tmp_path):
    plain, marked = tmp_path / "plain.csv", tmp_path / "marked.csv"
    assert run("read", corpus, "--out", plain).exit_code == 0
    assert run("read", corpus, "--out", marked, "--bom").exit_code == 0
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    shown = [run("kwic", path, "طالبان").stdout for path in (plain, marked)]
    assert shown[0] == shown[1] and shown[0].startswith("d0\t")
    assert f"Wrote {plain} (3 documents).\n" in run("read", marked, "--out", plain).stdout
    assert plain.read_bytes().startswith(b"doc_id,")


def test_bom_is_an_option_of_every_command_that_writes_tables():
    context = click.Context(main)
    options = {name: {param.name for param in main.get_command(context, name).params} for name in _COMMANDS}
    assert {name for name, held in options.items() if "bom" not in held} == {
        *("evidence", "plan", "archive", "save"),  # a page, a drawing, an archive with digests of its own, Arrow files
    }


def test_check_with_a_corpus_shows_what_a_lexicon_matches(corpus, tmp_path):
    lexicon = tmp_path / "own.yml"
    lexicon.write_text(
        "name: own\nversion: 1\nlemmas:\n  عاون: {pos: verb}\ncategories:\n  a:\n    entries: [موسكو, '[عاون]']\n",
        "utf-8",
    )
    result = run("check", lexicon, "--corpus", corpus)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["a\tموسكو\tموسكو\t2\t100.0%\td0:36"]
    assert result.stderr == f"{READ} 1 entry of 2 match 1 form, 0 forms in doubt.\n"
    assert run("check", lexicon, "--corpus", corpus, "--doubtful").stdout == ""


def test_check_with_a_corpus_and_out_writes_audit(corpus, tmp_path):
    out = tmp_path / "audit.parquet"
    result = run("check", "scopes", "--corpus", corpus, "--out", out)
    assert result.exit_code == 0
    written = pd.read_parquet(out)
    tables.check(written, "AUDIT")
    assert set(written.loc[written["n"] > 0, "form"]) >= {"نفت", "لا يزال"}


def test_check_with_a_corpus_takes_only_a_lexicon(corpus):
    result = run("check", corpus, "--kind", "corpus", "--corpus", corpus)
    assert result.exit_code == 2
    assert "--corpus shows what a lexicon matches; FILE is said to be corpus." in result.stderr


def test_check_takes_a_lexicon_that_ships_by_name():
    result = run("check", "scopes")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Checked scopes as lexicon: nothing wrong.\nNext: discourse check scopes --corpus seed:reports\n"
    )


def test_agreement_without_out_shows_the_table(tmp_path):
    codes = tmp_path / "codes.csv"
    rows = [f"u{unit},{coder},position,{value}" for unit, value in enumerate((-2, -1, 1, 2)) for coder in "AB"]
    codes.write_text("unit_id,coder,variable,value\n" + "\n".join(rows), encoding="utf-8")
    result = run("agreement", codes)
    assert result.exit_code == 0
    shown = result.stdout.splitlines()[1].split()
    assert shown[:3] + shown[4:] == ["position", "ordinal", "1.0", "1.0", "4", "2", "8", "not", "shown"]
    assert float(shown[3]) < 0.667  # four units in full agreement leave room
    out = tmp_path / "agreement.csv"
    result = run("agreement", codes, "--level", "position=nominal", "--out", out)
    assert result.output == f"Read 8 codes: 8 kept, 0 rejected. Wrote {out} (1 variable).\n"
    assert pd.read_csv(out).loc[0, ["variable", "level", "alpha"]].tolist() == ["position", "nominal", 1.0]


def test_agreement_level_in_another_form_is_wrong_usage(tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("unit_id,coder,variable,value\n", encoding="utf-8")
    assert run("agreement", codes, "--level", "ordinal").exit_code == 2


def test_out_with_another_ending_is_wrong_usage_before_any_work(tmp_path):
    result = run("tokens", tmp_path / "none.csv", "--out", tmp_path / "tokens.xlsx")
    assert result.exit_code == 2
    assert "a table ends in '.csv' or '.parquet'" in result.output


def test_out_on_the_corpus_itself_is_wrong_usage(tmp_path):
    corpus = tmp_path / "corpus.csv"
    corpus.write_text("text\nنص\n", encoding="utf-8")
    result = run("tokens", corpus, "--out", corpus)
    assert result.exit_code == 2
    assert "the corpus itself; name another file." in result.output
    assert corpus.read_text(encoding="utf-8") == "text\nنص\n"


def test_rejects_are_counted_named_and_written(tmp_path):
    corpus = tmp_path / "corpus.csv"
    corpus.write_text("doc_id,text\na,قال كابولوف\nb,\na,وأضاف\n", encoding="utf-8")
    rejects, out = tmp_path / "rejects.csv", tmp_path / "tokens.csv"
    result = run("tokens", corpus, "--out", out)
    assert result.output.startswith(
        "Read 3 records: 1 kept, 2 rejected (first: line 3, the text is empty; --rejects FILE lists them); "
        "encoding utf-8."
    )
    result = run("tokens", corpus, "--out", out, "--rejects", rejects)
    assert result.output.startswith(f"Read 3 records: 1 kept, 2 rejected (listed in {rejects}); encoding utf-8.")
    assert pd.read_csv(rejects).values.tolist() == [
        [str(corpus), "line 3", "the text is empty"],
        [str(corpus), "line 4, doc_id 'a' as at line 2", "the doc_id was given before"],
    ]


def test_progress_is_shown_when_asked_and_not_otherwise(corpus, tmp_path):
    out = tmp_path / "tokens.csv"
    assert run("tokens", corpus, "--out", out).stderr == ""
    shown = run("--progress", "tokens", corpus, "--out", out).stderr
    assert "reading" in shown
    assert "writing" in shown


def test_a_fault_of_the_program_is_said_to_be_one(corpus, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("discourse.language.tokens.tokenize", broken)
    result = run("tokens", corpus, "--out", tmp_path / "tokens.csv")
    assert result.exit_code == 1
    assert result.output == (
        "Error: this is a fault of discourse, not of your corpus: ZeroDivisionError: boom. "
        "Run `discourse --debug tokens ...` and report what it prints.\n"
    )
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["--debug", "tokens", str(corpus), "--out", "x.csv"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("frames", "FRAMES"), ("speech", "QUOTATIONS"), ("clauses", "CLAUSES"), ("positions", "DOCUMENT_POSITIONS"),
        ("statements", "STATEMENTS"),
    ],
)  # fmt: skip
def test_reading_commands_write_their_table(command, table, corpus, tmp_path):
    out = tmp_path / f"{command}.parquet"
    result = run(command, corpus, "--out", out)
    assert result.exit_code == 0, result.output
    written = pd.read_parquet(out)
    tables.check(written, table)
    assert len(written)
    assert result.output.startswith(READ)
    assert f" Wrote {out} (" in result.output


@pytest.mark.parametrize("command", ["positions", "statements", "speech", "frames"])
def test_reading_commands_leave_boilerplate_out_unless_told(command, tmp_path):
    lines = ["سيعقد اللقاء غدا في الدوحة بحضور وفد طالبان.", "اقرأ أيضا: قالت واشنطن إنها تدين إرهاب طالبان"]
    corpus, out = tmp_path / "corpus.parquet", tmp_path / "out.parquet"
    pd.DataFrame({"doc_id": ["a"], "text": ["\n\n".join(lines)], "date": ["2018-01-01"]}).to_parquet(corpus)
    found = {}
    for option in ((), ("--keep-boilerplate",)):
        result = run(command, corpus, "--out", out, *option)
        assert result.exit_code == 0, result.output
        assert ("left out as boilerplate" in result.output) == (not option)
        table = pd.read_parquet(out)
        found[option] = int(table["n_matches"].sum()) if command == "frames" else len(table)
    assert found[()] < found["--keep-boilerplate",]


def test_positions_sentences_are_written_beside(corpus, tmp_path):
    out, sentences = tmp_path / "positions.csv", tmp_path / "sentences.csv"
    assert run("positions", corpus, "--out", out, "--sentences", sentences).exit_code == 0
    columns = ["doc_id", "start_char", "end_char", "holder", "polarity", "negated", "voice", "cues"]
    assert set(columns) <= set(pd.read_csv(sentences).columns)


def test_duplicates_names_the_cluster_of_every_copy(tmp_path):
    story = " ".join(TEXTS) + " " + " ".join(f"كلمة{n}" for n in range(60))
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [story, story + " نهاية", "خبر آخر لا صلة له بما سبق"]})
    corpus, out = tmp_path / "corpus.parquet", tmp_path / "clusters.csv"
    frame.to_parquet(corpus)
    result = run("duplicates", corpus, "--out", out)
    assert result.exit_code == 0, result.output
    table = pd.read_csv(out).set_index("doc_id")
    assert table.loc["a", "cluster"] == table.loc["b", "cluster"]
    assert table.loc["c", "cluster"] != table.loc["a", "cluster"]


def test_duplicates_measure_and_threshold_decide_what_a_copy_is(tmp_path):
    words = [f"كلمة{chr(0x628 + n % 20)}{chr(0x641 + n // 20)}" for n in range(120)]
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": [" ".join(words), " ".join(words[:60])]})
    corpus, out = tmp_path / "corpus.parquet", tmp_path / "clusters.csv"
    frame.to_parquet(corpus)
    jaccard = ("--measure", "jaccard")
    for options, n_clusters in (((), 1), (jaccard, 2), ((*jaccard, "--threshold", "0.4"), 1)):
        result = run("duplicates", corpus, "--out", out, *options)
        assert result.exit_code == 0, result.output
        assert pd.read_csv(out)["cluster"].nunique() == n_clusters, options
    assert run("duplicates", corpus, "--out", out, "--threshold", "0").exit_code == 2


def test_read_options_of_fetching_reach_hydrate(tmp_path, monkeypatch):
    from discourse.sources import readers

    asked = {}
    nothing = pd.DataFrame({"doc_id": [], "text": []})

    def read_resumable(*_, hydrate_options, **__):
        asked.update(hydrate_options)
        return nothing, pd.DataFrame({"path": [], "record": [], "reason": []})

    monkeypatch.setattr(readers, "read_resumable", read_resumable)
    (tmp_path / "urls.txt").write_text("http://example.org/a\n", "utf-8")
    options = ("--refresh", "7", "--max-per-host", "50", "--wayback", "--delay", "1", "--allow-network", "127.0.0.1/32")
    run("read", tmp_path / "urls.txt", "--out", tmp_path / "out.parquet", *options)
    assert asked == {
        "delay": 1.0, "refresh": 7.0, "max_per_host": 50, "wayback": True, "allow_networks": ("127.0.0.1/32",),
    }  # fmt: skip
    wrong = run("read", tmp_path / "urls.txt", "--out", tmp_path / "out.parquet", "--max-per-host", "0")
    assert wrong.exit_code == 2


STORY = " ".join(f"كلمة{number}" for number in range(40))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([STORY, STORY, "خبر"],
         "2 documents are near-identical copies: they print 1 story; all are kept, and "
         "`discourse duplicates` lists them."),
        ([STORY, "خبر"], "No two documents are near-identical copies."),
    ],
)  # fmt: skip
def test_read_says_how_many_copies_it_sees_and_drops_none(texts, said, tmp_path):
    (tmp_path / "own.csv").write_text("\n".join(["text", *texts]) + "\n", encoding="utf-8")
    result = run("read", tmp_path / "own.csv", "--out", tmp_path / "corpus.parquet")
    assert result.output.splitlines()[-1] == said
    assert len(pd.read_parquet(tmp_path / "corpus.parquet")) == len(texts)
    quiet = run("read", tmp_path / "own.csv", "--out", tmp_path / "corpus.parquet", "--no-copies")
    assert quiet.exit_code == 0 and "near-identical" not in quiet.output


@pytest.mark.parametrize(("most", "looked"), [(40, True), (39, False)])
def test_read_does_not_look_for_copies_in_more_characters_than_it_may(most, looked, monkeypatch):
    from discourse.commands import copies

    monkeypatch.setattr(copies, "_MOST", most)
    said = copies.say_copies_seen(pd.DataFrame({"doc_id": ["a", "b"], "text": ["نص " * 10, "خب " + "ر" * 7]}))
    assert said == (
        "No two documents are near-identical copies."
        if looked
        else f"Copies were not looked for in 40 characters, more than {most}; `discourse duplicates` finds them."
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "2 documents are near-identical copies: they print 1 story, the units of the intervals "
         "(--copies weight: each counts once; keep: not looked for)."),
        (("--language", "ar", "--copies", "weight"), "2 documents are near-identical copies: they print 1 story, each "
         "of which counts once (--copies cluster: every copy counts; keep: not looked for)."),
        (("--copies", "keep"), "Copies were not looked for (--copies keep)."),
    ],
)  # fmt: skip
def test_chart_says_how_many_copies_there_are_and_how_they_count(options, said, monkeypatch, tmp_path):
    monkeypatch.setattr(import_module("discourse.chart"), "compose", lambda tables, facts, **_: ("title", [], {}))
    lines = ["text,date", *(f"{text},2018-11-09" for text in (STORY, STORY, "خبر عن طالبان"))]
    (tmp_path / "own.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("chart", tmp_path / "own.csv", "--out", tmp_path / "site", "--draws", "5", *options)
    assert f" {said} Wrote " in result.output


def test_read_takes_a_folder_of_texts_into_one_table(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for n, text in enumerate(TEXTS):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    out, rejects = tmp_path / "corpus.parquet", tmp_path / "rejects.csv"
    result = run("read", folder, "--out", out, "--rejects", rejects)
    assert result.exit_code == 0, result.output
    assert f"Wrote {out} (3 documents).\nNo two documents are near-identical copies.\n" in result.output
    tables.check(pd.read_parquet(out), "DOCUMENTS")
    assert sorted(pd.read_parquet(out)["text"]) == sorted(TEXTS)


def test_docs_commands_name_every_command_and_every_option():
    text = (Path(__file__).resolve().parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
    alike, *sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    by_name = {section.split("\n", 1)[0].strip(): section for section in sections}
    assert list(by_name) == list(_COMMANDS)
    context = click.Context(main)
    for name, section in by_name.items():
        assert f"\ndiscourse {name} " in section
        for option in main.get_command(context, name).params:
            for flag in option.opts if isinstance(option, click.Option) else ():
                assert re.search(rf"{flag}\b", section + alike), f"{name} {flag}"


def test_contrast_writes_the_table_and_tells_each_row(corpus, tmp_path):
    out = tmp_path / "contrasts.csv"
    sides = ("--first", "source=عكاظ", "--second", "source=الحياة", "--measure", "share")
    result = run("contrast", corpus, "--lexicon", "actors", *sides, "--out", out)
    assert result.exit_code == 0, result.output
    table = pd.read_csv(out)
    taliban = table[table["category"] == "taliban"].iloc[0]
    assert (taliban["n_docs_first"], taliban["n_docs_second"], taliban["difference"]) == (1, 2, 0.0)
    assert "Taliban: الحياة against عكاظ: 0.0 points [" in result.output
    assert "2 against 1 reports" in result.output


def test_contrast_two_periods_on_a_side_are_told(corpus, tmp_path):
    sides = ("--first", "2015", "--first", "2016", "--second", "2017")
    result = run("contrast", corpus, "--lexicon", "actors", *sides, "--out", tmp_path / "x.csv")
    assert result.exit_code != 0
    assert "`--first` has two periods; a side has one, such as 2015:2020." in result.output


@pytest.mark.parametrize("words", ["2015:2016:2018", "2015:", ":", "", ":2016"])
def test_contrast_periods_of_another_number_of_parts_are_told(corpus, tmp_path, words):
    sides = ("--first", words, "--second", "2017")
    result = run("contrast", corpus, "--lexicon", "actors", *sides, "--out", tmp_path / "x.csv")
    assert result.exit_code != 0
    assert f"`--first` has the period {words!r}, which cannot be read; write 2021, or 2015:2020." in result.output


def test_contrast_variable_held_twice_is_told(corpus, tmp_path):
    sides = ("--first", "2015", "--second", "2016", "--hold", "source", "--hold", "source")
    result = run("contrast", corpus, "--lexicon", "actors", *sides, "--out", tmp_path / "x.csv")
    assert result.exit_code == 2 and "Error: --hold names 'source' twice. Name each variable once." in result.output


def test_codes_writes_tables_counts_reasons_and_knows_its_files(corpus, tmp_path):
    shown = [
        {
            "text": TEXTS[0],
            "doc_id": "d0",
            "label": [[0, 3, "verb"], [4, 999, "far"], [5, 999, "far"]],
            "cats": ["speech"],
        },
        {"text": "غير معروف", "label": ["x"]},
    ]
    export = tmp_path / "all.jsonl"
    export.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in shown), encoding="utf-8")
    out, spans, rejects = (tmp_path / name for name in ("codes.csv", "spans.csv", "rejects.csv"))
    options = ("--corpus", corpus, "--coder", "A", "--out", out)
    result = run("codes", export, *options)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-5:] == [
        "2 rejected: the span leaves the text.",
        "1 rejected: no document has this id or this text.",
        "--rejects FILE lists them.",
        "1 code of spans not written; --spans FILE writes them.",
        f"Read 1 code of documents, 1 code of spans, 3 rejects. Wrote {out}.",
    ]
    assert out.read_text("utf-8") == "unit_id,coder,variable,value\nd0,A,label,speech\n"
    result = run("codes", export, *options, "--spans", spans, "--rejects", rejects)
    assert result.exit_code == 0, result.output
    assert "Replaced codes.csv, which an earlier run wrote." in result.output
    tables.check(pd.read_csv(spans), "CODED_SPANS")
    assert pd.read_csv(spans)["text"].tolist() == [TEXTS[0][:3]]
    assert pd.read_csv(rejects)["record"].tolist() == ["line 2", "line 1, span 2", "line 1, span 3"]
    assert run("codes", export, "--corpus", corpus, "--out", tmp_path / "b.csv", "--spans", corpus).exit_code == 2
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    result = run("codes", export, *options, "--spans", tmp_path / "mine.csv")
    assert result.exit_code == 2
    assert (tmp_path / "mine.csv").read_text("utf-8") == "mine"


def test_codes_of_which_none_is_left_end_the_command(corpus, tmp_path):
    export = tmp_path / "codes.csv"
    export.write_text("unit_id,position\nd9,1\n", encoding="utf-8")
    result = run("codes", export, "--corpus", corpus, "--out", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == f"Error: no code is left of '{export}': 1 reject."
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("option", ["--name", "--user"])
def test_codes_pair_without_equals_is_wrong_usage(option, tmp_path):
    result = run("codes", "x.json", "--out", tmp_path / "out.csv", option, "a")
    assert result.exit_code == 2
    assert f"Invalid value for {option}: 'a' is no pair, such as" in result.output


def test_codes_writes_what_was_coded_and_what_is_no_code(tmp_path):
    import discourse as dc
    from discourse.validity.handcoding.opening import open_coding

    documents = pd.DataFrame({"doc_id": ["a", "b"], "text": TEXTS[:2]})
    path, out, rejects = tmp_path / "codes.jsonl", tmp_path / "codes.csv", tmp_path / "rejects.csv"
    desk = open_coding(dc.sample_for_coding(documents, n=2), documents, path=path, coder="A")
    desk.session.save("a", {"position": "-1"}, "ملاحظة", True)
    path.write_bytes(path.read_bytes() + b'{"kind"')
    result = run("codes", path, "--out", out, "--rejects", rejects)
    assert result.exit_code == 0, result.output
    assert f"Read 1 document of 1 coder: 1 code, 2 rejects (in {rejects}). Wrote {out}.\n" in result.output
    table = pd.read_csv(out, dtype=str)
    assert table.iloc[0, :7].tolist() == ["a", "A", "position", "-1", "ملاحظة", "True", "True"]
    assert pd.read_csv(rejects)["record"].tolist()[0] == "line 3"
    before = path.read_bytes()
    assert run("codes", path, "--out", path).exit_code == 2
    result = run("codes", path, out, "--out", tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "2 files are named; only files of the coding form are read together." in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory for this; take a smaller corpus, or a machine with more."),
        (OSError(36, "File name too long", "a.csv"), "'a.csv' cannot be read or written: File name too long. Check"),
        (OSError("broken"), "a file cannot be read or written: broken. Check the path, or name another."),
    ],
)
def test_what_the_machine_cannot_do_is_no_fault_of_the_program(monkeypatch, tmp_path, error, said):
    def broken(*_, **__):
        raise error

    monkeypatch.setattr("discourse.sources.documents.read_documents", broken)
    result = run("tokens", "seed:reports", "--out", tmp_path / "t.csv")
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {said}")


@pytest.mark.parametrize("length", [100, 1_000_000])
def test_messages_without_end_are_cut(monkeypatch, tmp_path, length):
    def refused(*_, **__):
        raise SourceError("x" * length)

    monkeypatch.setattr("discourse.sources.documents.read_documents", refused)
    result = run("tokens", "seed:reports", "--out", tmp_path / "t.csv")
    assert len(result.output) == min(length, 4_007) + len("Error: \n")
    assert ("[...]" in result.output) == (length > 4_000)


def test_warnings_of_libraries_are_told_in_a_line_each(monkeypatch, tmp_path):
    def warned(*_, **__):
        for text in ("odd\nvalue", "odd\nvalue", "Glyph 7 (x) missing from font(s) DejaVu Sans.",
                     "Glyph 128512 (y) missing from font(s) DejaVu Sans."):  # fmt: skip
            warnings.warn(text, UserWarning, stacklevel=1)
        raise SourceError("no.")

    monkeypatch.setattr("discourse.sources.documents.read_documents", warned)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        result = run("tokens", "seed:reports", "--out", tmp_path / "t.csv")
    assert result.output.splitlines() == [
        "Warning: odd value",
        "Warning: the font of the figures lacks 2 characters (U+0007, U+1F600); a box stands there.",
        "Error: no.",
    ]

"""Bad input through the command line: each ends in a clear message or a reject, never a traceback, never silence."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from discourse.cli import main

SENTENCE = "التقى كابولوف وفدا من طالبان في موسكو."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def cut_parquet(path: Path) -> None:
    pd.DataFrame({"text": [SENTENCE] * 50}).to_parquet(path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) - 100])


def refused(path: Path, out: Path) -> str:
    """Run three commands on a corpus that cannot be used; return the one message, having seen that nothing is left."""
    before = sorted(out.parent.rglob("*"))
    results = [
        run("tokens", path, "--out", out),
        run("count", path, "--lexicon", "frames", "--out", out),
        run("chart", path, "--out", out.parent / "charts"),
    ]
    assert [result.exit_code for result in results] == [1, 1, 1], [result.output for result in results]
    assert sorted(out.parent.rglob("*")) == before
    messages = {result.output for result in results}
    assert len(messages) == 1, messages
    message = messages.pop()
    assert message.startswith("Error: ")
    assert "Traceback" not in message
    assert "fault of discourse" not in message
    return message.removeprefix("Error: ").rstrip("\n")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def test_empty_file_is_refused(tmp_path, out):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert refused(path, out) == f"{str(path)!r} is empty (0 bytes). Export or copy it again."


def test_missing_file_is_refused(tmp_path, out):
    path = tmp_path / "none.csv"
    assert refused(path, out) == (
        f"{str(path)!r} does not exist. Check the path; a built-in seed is named 'seed:reports'."
    )


def test_unknown_seed_is_refused(tmp_path, out):
    assert "'article', 'events', 'reports'" in refused(Path("seed:essays"), out)


def test_truncated_parquet_is_refused(tmp_path, out):
    path = tmp_path / "cut.parquet"
    cut_parquet(path)
    assert refused(path, out).startswith(f"{str(path)!r} is not a whole Parquet file (")


def test_csv_without_text_column_is_refused_and_can_be_named(tmp_path, out):
    path = tmp_path / "body.csv"
    path.write_text(f"id,body\n1,{SENTENCE}\n", encoding="utf-8")
    assert "has no column 'text'; it has 'body', 'id'." in refused(path, out)
    result = run("tokens", path, "--text-column", "body", "--id-column", "id", "--out", out)
    assert result.exit_code == 0
    assert set(pd.read_csv(out, dtype=str)["doc_id"]) == {"1"}


def test_corpus_of_rejects_alone_is_refused_with_the_reasons(tmp_path, out):
    path = tmp_path / "dates.csv"
    path.write_text(f"text,date\n{SENTENCE},32/13/2015\n,2015\n", encoding="utf-8")
    assert refused(path, out) == (
        f"no document is left of 2 records. First: {path}, line 2, date '32/13/2015': "
        f"the date has a month that the calendar does not know; "
        f"{path}, line 3: the text is empty."
    )


def test_english_corpus_is_refused_unless_any_language_is_asked_for(tmp_path, out):
    path = tmp_path / "english.csv"
    path.write_text("text\nKabulov met a Taliban delegation in Moscow.\n", encoding="utf-8")
    result = run("count", path, "--lexicon", "frames", "--out", out)
    assert result.exit_code == 1
    assert result.output == (
        "Error: only 0% of the letters of this corpus are Arabic, and discourse reads Arabic. Is it the right file and "
        "column? --any-language goes on all the same.\n"
    )
    assert not out.exists()
    assert run("chart", path, "--out", tmp_path / "charts").exit_code == 1
    assert not (tmp_path / "charts").exists()
    warned = run("tokens", path, "--out", out)
    assert warned.exit_code == 0
    assert warned.stderr == "Warning: only 0% of the letters of this corpus are Arabic, and discourse reads Arabic.\n"
    assert run("count", path, "--lexicon", "frames", "--any-language", "--out", tmp_path / "counts.csv").exit_code == 0


def test_equal_doc_ids_and_bad_dates_become_rejects(tmp_path, out):
    path, rejects = tmp_path / "mixed.jsonl", tmp_path / "rejects.csv"
    rows = [
        {"doc_id": "a", "text": SENTENCE, "date": "2015-12-23"},
        {"doc_id": "a", "text": SENTENCE, "date": "2015-12-24"},
        {"doc_id": "b", "text": SENTENCE, "date": "32/13/2015"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("count", path, "--lexicon", "actors", "--out", out, "--rejects", rejects)
    assert result.exit_code == 0
    assert result.output.startswith(f"Read 3 records: 1 kept, 2 rejected (listed in {rejects}); encoding utf-8.")
    assert pd.read_csv(rejects)[["record", "reason"]].values.tolist() == [
        ["line 2, doc_id 'a' as at line 1", "the doc_id was given before"],
        ["line 3, date '32/13/2015'", "the date has a month that the calendar does not know"],
    ]


def test_lexicon_with_a_diacritised_pattern_is_refused_by_line(tmp_path, out):
    lexicon = tmp_path / "own.yml"
    lexicon.write_text("name: own\ncategories:\n  a:\n    entries:\n      - طالِبان\n      - موسكو\n", encoding="utf-8")
    result = run("count", "seed:reports", "--lexicon", lexicon, "--out", out)
    assert result.exit_code == 1
    assert "line 5" in result.output
    assert "طالِبان" in result.output
    assert not out.exists()
    checked = run("check", lexicon)
    assert checked.exit_code == 1
    assert checked.output.startswith(f"{lexicon}, line 5: 'طالِبان': ")


def test_lexicon_that_is_not_there_is_refused(out):
    result = run("count", "seed:reports", "--lexicon", "farmes", "--out", out)
    assert result.exit_code == 1
    assert "farmes" in result.output
    assert "'frames'" in result.output


@pytest.mark.parametrize("command", ["tokens", "speech", "positions"])
def test_one_document_of_5_mb_is_read(tmp_path, command):
    path, out = tmp_path / "long.csv", tmp_path / "out.parquet"
    n_times = 5_000_000 // len(SENTENCE.encode())
    path.write_text(f'text\n"{SENTENCE[:-1] * n_times}"\n', encoding="utf-8")
    assert path.stat().st_size > 4_800_000
    result = run(command, path, "--out", out)
    assert result.exit_code == 0, result.output
    assert out.is_file()


@pytest.mark.parametrize("command", ["tokens", "speech", "positions"])
def test_one_document_four_times_as_long_is_at_most_four_times_the_work(tmp_path, command, count_lines):
    def lines(n):
        path = tmp_path / f"{n}.csv"
        path.write_text(f'text\n"{SENTENCE[:-1] * n}"\n', encoding="utf-8")
        return count_lines(lambda: run(command, path, "--out", tmp_path / f"{n}.parquet"))

    lines(1)  # what is loaded once
    assert lines(800) <= 4 * lines(200)


def test_control_and_bidi_characters_are_kept_and_harmless(tmp_path, out):
    path = tmp_path / "controls.jsonl"
    text = "\u202bقال\u202c كابولوف\x00\x07 إن \u2067طالبان\u2069 في \ufeffموسكو\u200f."
    path.write_text(json.dumps({"doc_id": "a\u202eb", "text": text}), encoding="utf-8")
    result = run("tokens", path, "--out", tmp_path / "tokens.parquet")
    assert result.exit_code == 0, result.output
    tokens = pd.read_parquet(tmp_path / "tokens.parquet")
    assert [text[a:b] for a, b in zip(tokens["start_char"], tokens["end_char"], strict=True)] == tokens[
        "token"
    ].tolist()
    assert {"قال", "كابولوف", "طالبان", "موسكو"} <= set(tokens["token"])
    shown = run("kwic", path, "طالبان")
    assert shown.exit_code == 0
    assert not set("\x00\x07\u202b\u202e\u2067") & set(shown.stdout)
    checked = run("check", path)
    assert checked.exit_code == 0
    assert "note: 1 document with bidi control characters (kept)." in checked.output


def test_script_in_a_title_is_inert_in_the_report(tmp_path):
    path, folder = tmp_path / "script.jsonl", tmp_path / "charts"
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    rows = [
        {"doc_id": f"d{n}{evil}", "text": f"{SENTENCE} وأضاف أن روسيا لن تعترف بالحركة.", "date": f"201{n}-05-01",
         "title": evil, "source": evil}
        for n in range(4)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("chart", path, "--out", folder, "--period", "year", "--by", "source", "--draws", 20)
    assert result.exit_code == 0, result.output
    pages = [*folder.rglob("*.html"), *folder.rglob("*.svg")]
    assert pages
    for page in pages:
        content = page.read_text(encoding="utf-8")
        assert "<script>alert" not in content
        assert "<img src=x" not in content


@pytest.mark.parametrize(
    ("command", "option"),
    [("positions", "--sentences"), ("statements", "--dna"), ("positions", "--rejects"), ("positions", "--out")],
)
def test_no_option_writes_over_the_corpus(tmp_path, command, option):
    corpus = tmp_path / "corpus.csv"
    corpus.write_text("doc_id,text,date\na,حذرت روسيا من طالبان.,2015-01-01\n", encoding="utf-8")
    before = corpus.read_bytes()
    options = {"--out": tmp_path / "out.csv"} | {option: corpus}
    result = run(command, corpus, *(part for pair in options.items() for part in pair))
    assert result.exit_code == 2, result.output
    assert "the corpus itself; name another file." in result.output
    assert corpus.read_bytes() == before


def test_two_options_do_not_write_into_one_file(tmp_path):
    out = tmp_path / "out.csv"
    result = run("positions", "seed:article", "--out", out, "--sentences", out)
    assert result.exit_code == 2
    assert "--out and --sentences are the same file" in result.output
    assert not out.exists()


def test_chart_over_the_folder_that_holds_its_corpus_is_refused(tmp_path):
    (tmp_path / "project" / "tables").mkdir(parents=True)
    corpus = tmp_path / "project" / "tables" / "corpus.csv"
    corpus.write_text("doc_id,text,date\na,حذرت روسيا من طالبان.,2015-01-01\n", encoding="utf-8")
    result = run("chart", corpus, "--out", tmp_path / "project")
    assert result.exit_code == 2, result.output
    assert corpus.exists()


def test_statements_do_not_replace_a_file_that_is_no_dna_file(tmp_path):
    mine = tmp_path / "mine.dna"
    mine.write_text("precious")
    assert run("statements", "seed:article", "--out", tmp_path / "out.csv", "--dna", mine).exit_code == 2
    assert mine.read_text() == "precious"
    result = run("statements", "seed:article", "--out", tmp_path / "out.csv", "--dna", mine, "--overwrite")
    assert result.exit_code == 2, result.output
    assert f"--dna is {str(mine)!r}, which holds something else than a DNA file" in result.output
    assert mine.read_text() == "precious"

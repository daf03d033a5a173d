"""`discourse save`, and the folder in place of CORPUS: every command gives what it gives for the corpus itself."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discourse.cli import main
from discourse.language import tokens as tokens_module
from discourse.language.cutting import cut_texts
from discourse.sources.seeds import load_seed

from .conftest import TEXTS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


READ = "Read 3 records: 3 kept, 0 rejected; encoding utf-8."


def test_save_says_what_it_wrote(source, tmp_path):
    result = run("save", source, "--out", tmp_path / "saved")
    assert result.exit_code == 0
    assert result.stdout == (f"{READ} Wrote {tmp_path / 'saved'} (3 documents, 48 tokens, 43 distinct ones).\n")
    assert result.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.csv", "saved"]


def test_save_again_replaces_its_own(source, folder):
    assert run("save", source, "--out", folder).exit_code == 0


def test_save_over_a_folder_of_another_ends_with_an_error(source, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tokens.arrow").write_text("mine", encoding="utf-8")
    result = run("save", source, "--out", tmp_path / "mine")
    assert result.exit_code == 2
    assert "\nError: --out is " in result.stderr
    assert result.stderr.endswith("Name another folder, or say --overwrite.\n")
    assert (tmp_path / "mine" / "tokens.arrow").read_text(encoding="utf-8") == "mine"
    assert run("save", source, "--out", tmp_path / "mine", "--overwrite").exit_code == 0


def test_save_over_its_source_ends_with_an_error(source):
    assert run("save", source, "--out", source).exit_code == 2
    assert source.read_text(encoding="utf-8").startswith("doc_id")
    result = run("save", source, "--out", source.parent)
    assert result.exit_code == 2
    assert (
        f"Error: --out is {str(source.parent)!r}, which lies in the corpus {str(source)!r} or holds it."
        in result.stderr
    )


def test_save_writes_rejects(tmp_path):
    (tmp_path / "corpus.csv").write_text(f"text\n{TEXTS[0]}\n \n", encoding="utf-8")
    run("save", tmp_path / "corpus.csv", "--out", tmp_path / "saved", "--rejects", tmp_path / "rejects.csv")
    one = run("tokens", tmp_path / "saved", "--out", tmp_path / "a.csv", "--rejects", tmp_path / "again.csv")
    assert one.stdout.startswith("Read 2 records: 1 kept, 1 rejected (listed in ")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "rejects.csv").read_bytes()


COMMANDS = [
    ("tokens",),
    ("count", "--lexicon", "actors"),
    ("series", "--lexicon", "frames", "--period", "year"),
    ("frames",),
    ("speech",),
    ("clauses",),
    ("positions",),
    ("statements",),
    ("duplicates",),
    ("kwic", "روسيا"),
    ("words",),
    ("ngrams",),
    ("collocates", "طالبان"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_command_of_a_saved_corpus_writes_what_it_writes_of_the_corpus(command, tmp_path, monkeypatch):
    saved = tmp_path / "saved"
    assert run("save", "seed:reports", "--out", saved).exit_code == 0
    name, *options = command
    pattern = [options.pop(0)] if name in ("kwic", "collocates") else []
    one = run(name, "seed:reports", *pattern, *options, "--out", tmp_path / "one.csv")

    texts = set(load_seed("reports")["text"])

    def cut(portion, *arguments, **options):
        assert texts.isdisjoint(portion), "cut again"  # headlines are cut, the texts are not
        return cut_texts(portion, *arguments, **options)

    def fail(*_):
        raise AssertionError("looked for boilerplate again")

    monkeypatch.setattr(tokens_module, "cut_texts", cut)
    monkeypatch.setattr("discourse.sources.cleaning.boilerplate.segments", fail)
    other = run(name, saved, *pattern, *options, "--out", tmp_path / "other.csv")
    assert (one.exit_code, other.exit_code) == (0, 0), other.output
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
    assert one.stdout.replace("one.csv", "other.csv") == other.stdout


def test_chart_of_a_saved_corpus_writes_the_same_tables(tmp_path):
    saved = tmp_path / "saved"
    run("save", "seed:reports", "--out", saved)
    for corpus, out in (("seed:reports", "one"), (saved, "other")):
        assert run("chart", corpus, "--out", tmp_path / out, "--period", "year").exit_code == 0
    tables = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.csv"))
    assert len(tables) > 10
    for path in [*tables, Path("provenance.json"), Path("index.html")]:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "other" / path).read_bytes()


def spoil(folder: Path) -> None:
    content = bytearray((folder / "tokens.arrow").read_bytes())
    content[600] ^= 1
    (folder / "tokens.arrow").write_bytes(content)


def test_command_of_a_damaged_corpus_makes_it_anew_and_says_so(folder, source, tmp_path):
    whole = run("kwic", folder, "موسكو", "--plain")
    spoil(folder)
    result = run("kwic", folder, "موسكو", "--plain")
    assert result.exit_code == 0
    assert result.stdout == whole.stdout
    assert result.stderr == (
        f"tokens.arrow in {str(folder)!r} is damaged: its bytes are not those that were saved. "
        f"Made anew from {str(source)!r}.\n{READ} Showed 2 hits in 2 documents.\n"
    )
    assert run("kwic", folder, "موسكو", "--plain").stderr == f"{READ} Showed 2 hits in 2 documents.\n"


def test_command_of_a_damaged_corpus_without_its_source_ends_with_an_error(folder, source):
    spoil(folder)
    source.unlink()
    result = run("kwic", folder, "موسكو")
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: tokens.arrow in {str(folder)!r} is damaged: its bytes are not those that were saved. It cannot be "
        f"made anew: its source is not where it was. Save it anew: discourse save CORPUS --out {folder}.\n"
    )


def test_command_option_that_reads_otherwise_than_the_saved_corpus_was_read_is_wrong_usage(folder):
    result = run("kwic", folder, "موسكو", "--text-column", "body")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: --text-column is 'body', and {str(folder)!r} was saved with 'text'. Leave it out, or save the corpus "
        "anew.\n"
    )


def test_command_option_that_the_corpus_was_saved_with_may_be_repeated(source, tmp_path):
    renamed = tmp_path / "renamed.csv"
    renamed.write_text(source.read_text(encoding="utf-8").replace("text", "body", 1), encoding="utf-8")
    assert run("save", renamed, "--text-column", "body", "--out", tmp_path / "saved").exit_code == 0
    for options in ((), ("--text-column", "body")):
        assert run("kwic", tmp_path / "saved", "موسكو", *options).exit_code == 0


def test_check_of_a_saved_corpus_finds_nothing_or_names_the_file(folder):
    result = run("check", folder)
    assert result.exit_code == 0
    assert "note: Saved: 48 tokens, 43 distinct ones.\n" in result.stdout
    assert f"Checked {folder} as corpus: nothing wrong.\n" in result.stdout
    spoil(folder)
    (folder / "spans.arrow").write_bytes(b"")
    result = run("check", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{folder}, whole file: spans.arrow in {str(folder)!r} is damaged: 0 bytes, and ")
    assert result.stdout.endswith(f"Next: save it anew: discourse save CORPUS --out {folder}\n")


def test_command_of_a_folder_with_a_file_of_that_name_reads_its_texts(tmp_path):
    (tmp_path / "corpus.json").write_text("{}", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    assert run("kwic", tmp_path, "موسكو").exit_code == 0


def test_read_of_a_saved_corpus_is_wrong_usage(folder, tmp_path):
    result = run("read", folder, "--out", tmp_path / "o.csv")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: {str(folder)!r} is a saved corpus, which the other commands open as it is; it needs no reading.\n"
    )

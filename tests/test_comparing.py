"""The commands keyness, dispersion and shift."""

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.tables import check

PERIODS = ["--first", "2015:2020", "--second", "2022:2026"]


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def test_keyness_writes_the_table_and_names_the_key_terms(tmp_path):
    out = tmp_path / "keyness.parquet"
    done = run("keyness", "seed:reports", *PERIODS, "--draws", "199", "--out", str(out))
    assert done.exit_code == 0, done.output
    table = pd.read_parquet(out)
    check(table, "KEYNESS")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2015–2020: ")
    assert lines[-1] == f"Read 206 records: 206 kept, 0 rejected. Wrote {out} ({len(table)} terms)."


@pytest.mark.parametrize(("n", "said"), [(10, ""), (11, ", the first 10")])
def test_keyness_says_where_it_names_some_of_the_key_terms_alone(tmp_path, n, said):
    words = [f"كلمة{letter}" for letter in "ابتثجحخدذرز"][:n]
    one, two = " ".join(word for word in words for _ in range(3)), "كتب الولد الدرس"
    corpus, out = tmp_path / "c.csv", tmp_path / "o.csv"
    rows = [(f"{place}", one if place < 10 else two, "x" if place < 10 else "y") for place in range(20)]
    pd.DataFrame(rows, columns=["doc_id", "text", "source"]).to_csv(corpus, index=False)
    done = run("keyness", str(corpus), "--first", "source=x", "--second", "source=y", "--out", str(out))
    assert done.stdout.splitlines()[0] == f"x: {n} key terms at a false discovery rate of 5%{said}: " + ", ".join(
        pd.read_csv(out).query("log_ratio > 0 and p_rate < .05")["term"].head(10)
    )


def test_dispersion_of_a_pattern_is_one_row(tmp_path):
    out = tmp_path / "dispersion.parquet"
    done = run("dispersion", "seed:reports", "--pattern", "كابل", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert pd.read_parquet(out)[["term", "n", "n_docs_with", "n_docs"]].values.tolist() == [["كابل", 36, 35, 206]]


def test_shift_of_positions_sums_to_the_change_that_is_told(tmp_path):
    out = tmp_path / "shift.parquet"
    done = run("shift", "seed:reports", "--holder", "russia", *PERIODS, "--of", "rule", "--out", str(out))
    assert done.exit_code == 0, done.output
    table = pd.read_parquet(out)
    assert table["contribution"].sum() == pytest.approx(table["change"].iloc[0])
    assert f"change {table['change'].iloc[0]:+.2f} [" in done.stdout


@pytest.mark.parametrize(("code", "arguments", "message"), [
    (2, ["keyness", "seed:reports", "--first", "2015:2020", "--second", "2018:2026"],
     "Error: --first (2015–2020) and --second (2018–2026) overlap: they share 36 documents. First: 'b001', 'b002', "
     "'b004'. Draw the border so that each lies on one side.\n"),
    (1, ["dispersion", "seed:reports", "--pattern", "كابلوفيتش"],
     "Error: --pattern matches nothing in 1 of 1 cases. First: 'كابلوفيتش'. Look at what a pattern matches by "
     "`discourse kwic`, or leave it out.\n"),
])  # fmt: skip
def test_bad_input_is_told_in_a_sentence(code, arguments, message, tmp_path):
    out = tmp_path / "table.csv"
    done = run(*arguments, "--out", str(out))
    assert done.exit_code == code
    assert done.stderr.endswith(message)
    assert not out.exists()


def test_shift_needs_a_holder_or_a_lexicon(tmp_path):
    done = run("shift", "seed:reports", *PERIODS, "--out", str(tmp_path / "table.csv"))
    assert done.exit_code == 2
    assert "give --holder ACTOR for positions, or --lexicon NAME_OR_FILE for a lexicon with weights." in done.stderr

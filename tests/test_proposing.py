"""`discourse check` ends with a command that can be pasted and runs."""

import shlex

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main

LONG = "قال المبعوث الروسي إن موسكو تتبادل المعلومات مع الحركة ضد تنظيم داعش في شمال البلاد منذ أعوام"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def table(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_check_proposes_the_reading_that_the_table_needs_and_it_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table(
        tmp_path / "my export.csv", "نص التقرير كاملا,Published,Paper", f"{LONG},03/04/2015,الحياة", f"{LONG},,الحياة"
    )
    *_, proposed = run("check", "my export.csv").stdout.splitlines()
    assert proposed == (
        "Next (or with --month-first): discourse read 'my export.csv' --column 'text=نص التقرير كاملا' "
        "--column date=Published --column source=Paper --day-first --out 'my export.parquet' "
        "--rejects 'my export-rejects.csv'"
    )
    assert run(*shlex.split(proposed.partition(": discourse ")[2])).exit_code == 0
    documents = pd.read_parquet(tmp_path / "my export.parquet")
    assert documents["date"].tolist()[0] == pd.Timestamp("2015-04-03")
    *_, again = run("check", "my export.parquet").stdout.splitlines()
    assert again == "Next: discourse chart 'my export.parquet' --copies cluster --out 'my export-report'"


def test_check_proposes_the_chart_of_a_table_that_needs_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table(tmp_path / "a.csv", "النص,التاريخ,المصدر", f"{LONG},2015-12-23,الحياة")
    result = run("check", "a.csv")
    assert result.exit_code == 0
    assert result.stdout.endswith("nothing wrong.\nNext: discourse chart a.csv --out a-report\n")


def test_check_keeps_the_options_that_were_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table(tmp_path / "a.csv", "أ,ب", f"{LONG},03/04/2015")
    *_, proposed = run(
        "check", "a.csv", "--text-column", "أ", "--date-column", "ب", "--month-first"
    ).stdout.splitlines()
    assert proposed == "Next: discourse read a.csv --column 'text=أ' --column 'date=ب' --month-first --out a.parquet"


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        ("title,date", "خبر,2015", "no column holds texts. Which does? --text-column NAME says it."),
        (
            "text,date",
            "Moscow exchanges information with the movement,2015",
            "most letters of the texts are not Arabic.",
        ),
    ],
)
def test_check_says_where_no_command_can_be_proposed(header, row, why, tmp_path):
    *_, proposed = run("check", table(tmp_path / "a.csv", header, row)).stdout.splitlines()
    assert proposed == f"Next: no command can be proposed: {why}"


@pytest.mark.parametrize(
    ("coders", "before"),
    [(("anna", "omar"), "Next: "), (("anna", "anna"), "Next: have a second coder code some of the units, then: ")],
)
def test_check_of_codes_proposes_agreement(coders, before, tmp_path):
    lines = [f"d{n},{coder},frame,a" for n, coder in enumerate(coders)]
    path = table(tmp_path / "codes.csv", "unit_id,coder,variable,value", *lines)
    *_, proposed = run("check", path).stdout.splitlines()
    assert proposed == f"{before}discourse agreement {path}"


def test_check_of_a_lexicon_with_findings_proposes_to_mend_and_check_again(tmp_path):
    path = table(tmp_path / "own.yml", "name: own", "version: 1.0.0", "categories: {a: {entries: [خبر, خبر]}}")
    result = run("check", path)
    assert result.exit_code == 1
    assert result.stdout.endswith(f"Next: mend these places in the file, then: discourse check {path}\n")


def test_check_of_a_seed_proposes_its_chart():
    assert run("check", "seed:article").stdout.endswith("Next: discourse chart seed:article --out article-report\n")


def test_check_proposes_to_read_what_is_no_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text("التقى المبعوث الروسي وفدا من طالبان في موسكو.", encoding="utf-8")
    said = run("check", "page.txt").stdout
    assert said.endswith("Next: discourse read page.txt --out page.parquet --rejects page-rejects.csv\n")

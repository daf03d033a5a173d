"""`discourse read` on a table: what each column is taken for, what it asks, what it will not guess."""

import os
import re
import select
import shlex
import sys
import time

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.commands import telling
from discourse.sources.roles import judge_columns

LONG = "قال المبعوث الروسي إن موسكو تتبادل المعلومات مع الحركة ضد تنظيم داعش في شمال البلاد منذ أعوام"


def table(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments, typed=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


@pytest.fixture
def clear(tmp_path):
    return table(
        tmp_path / "clear.csv", "Body,Published,Newspaper", f"{LONG},2015-12-23,الحياة", f"{LONG} اليوم,أمس,الحياة"
    )


@pytest.fixture
def unclear(tmp_path):
    return table(tmp_path / "unclear.csv", "نص الخبر,المحتوى,date,source", f"{LONG},{LONG} أيضا,03/04/2015,الحياة")


def test_read_tells_each_column_goes_on_where_it_is_safe_and_groups_rejects(clear, tmp_path):
    out = tmp_path / "out.parquet"
    result = run("read", clear, "--out", out)
    assert result.exit_code == 0
    assert result.stdout == (
        "clear.csv: 2 records, 3 columns\n"
        "  text    Body       by its name; 2 filled, 2 different, such as قال المبعوث الروسي إن موسكو تتبادل المع…\n"
        "  date    Published  by its name; 2 filled, 2 different, such as 2015-12-23\n"
        "  source  Newspaper  by its name; 2 filled, 1 different, such as الحياة\n"
        "  unclear: 1 of 2 dates cannot be read: counted from a day that is not known, the first 'أمس'. "
        "-> --column date=NAME\n"
        "Rejected, by reason:\n"
        "       1  the date is counted from a day that is not known; first: line 3, date 'أمس' -> --column date=NAME: "
        "another column holds the days; otherwise write the day into the file\n"
        f"The same without a question: discourse read {clear} --column text=Body --column date=Published "
        f"--column source=Newspaper --out {out}\n"
        "Read 2 records: 1 kept, 1 rejected (first: line 3, date 'أمس', the date is counted from a day that is not "
        f"known; --rejects FILE lists them); encoding utf-8. Wrote {out} (1 document).\n"
        "No two documents are near-identical copies.\n"
    )
    assert pd.read_parquet(out)[["text", "source"]].values.tolist() == [[LONG, "الحياة"]]


def test_read_without_a_terminal_will_not_guess_and_names_the_options(unclear, tmp_path):
    out = tmp_path / "out.parquet"
    result = run("read", unclear, "--out", out)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: unclear.csv leaves open what has no safe default. 'المحتوى' and 'نص الخبر' may hold the texts. "
        "-> --column text=NAME. 1 of 1 dates can be read day first or month first, the first '03/04/2015'. "
        "-> --day-first or --month-first. --yes takes المحتوى and --day-first.\n"
    )
    assert not out.exists()


def test_read_yes_takes_every_default_and_says_which(unclear, tmp_path):
    out = tmp_path / "out.parquet"
    result = run("read", unclear, "--out", out, "--yes")
    assert result.exit_code == 0
    assert "  taken: --column 'text=المحتوى'\n" in result.stdout
    assert "  taken: --day-first\n" in result.stdout
    documents = pd.read_parquet(out)
    assert documents[["text", "date"]].values.tolist() == [[f"{LONG} أيضا", pd.Timestamp("2015-04-03")]]


def test_read_yes_without_a_column_of_texts_has_no_default(tmp_path):
    result = run("read", table(tmp_path / "a.csv", "title,date", "خبر,2015"), "--out", tmp_path / "o.csv", "--yes")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: a.csv leaves open what has no safe default. No column is known to hold the texts. "
        "-> --column text=NAME.\n"
    )


def test_read_on_a_terminal_asks_with_a_default_and_gives_the_command_of_next_time(unclear, tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "_on_a_terminal", lambda: True)
    out = tmp_path / "out.parquet"
    result = run("read", unclear, "--out", out, typed="2\nmonth\n")
    assert result.exit_code == 0
    assert "  Which column holds the text [1]: 2\n  taken: --column 'text=نص الخبر'\n" in result.stdout
    assert "  Which stands first (day, month) [day]: month\n  taken: --month-first\n" in result.stdout
    documents = pd.read_parquet(out)
    assert documents[["text", "date"]].values.tolist() == [[LONG, pd.Timestamp("2015-03-04")]]
    again = re.search("^The same without a question: (discourse .*)$", result.stdout, re.MULTILINE)[1]
    other = tmp_path / "again.parquet"
    words = [str(other) if word == str(out) else word for word in shlex.split(again)[1:]]
    repeated = run(*words)
    assert repeated.exit_code == 0 and "unclear" not in repeated.stdout.split("taken")[0].replace("unclear.csv", "")
    pd.testing.assert_frame_equal(pd.read_parquet(other), documents)


def test_read_on_a_terminal_an_answer_left_empty_takes_the_default(unclear, tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "_on_a_terminal", lambda: True)
    out = tmp_path / "out.parquet"
    assert run("read", unclear, "--out", out, typed="\n\n").exit_code == 0
    assert pd.read_parquet(out)["date"].tolist() == [pd.Timestamp("2015-04-03")]


def test_read_on_a_terminal_no_outlet_may_be_answered_by_none(tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "_on_a_terminal", lambda: True)
    rows = [f"{LONG} {n},2015-12-{10 + n},{'أب'[n % 2]}" for n in range(8)]
    path, out = table(tmp_path / "a.csv", "text,date,جهة", *rows), tmp_path / "out.parquet"
    assert "  Which column holds the outlet [0]: " in run("read", path, "--out", out, typed="\n").stdout
    assert pd.read_parquet(out)["source"].isna().all()
    assert run("read", path, "--out", out, typed="1\n").exit_code == 0
    assert set(pd.read_parquet(out)["source"]) == {"أ", "ب"}


def test_read_options_given_leave_no_question(unclear, tmp_path):
    out = tmp_path / "out.parquet"
    result = run("read", unclear, "--column", "text=نص الخبر", "--day-first", "--out", out)
    assert result.exit_code == 0
    assert "unclear:" not in result.stdout and "The same without" not in result.stdout
    assert "  text    نص الخبر  as you say; 1 filled, 1 different" in result.stdout


def test_read_tables_of_the_same_columns_are_told_once(clear, tmp_path):
    twin = table(tmp_path / "twin.csv", "Body,Published,Newspaper", f"{LONG} غدا,2016-12-23,عكاظ")
    result = run("read", clear, twin, "--out", tmp_path / "out.parquet")
    assert result.exit_code == 0
    assert result.stdout.startswith("clear.csv: 2 records, 3 columns; 1 more table of the same columns\n")
    assert len(pd.read_parquet(tmp_path / "out.parquet")) == 2


def test_read_tables_that_name_columns_differently_are_read_together(clear, tmp_path):
    other = table(tmp_path / "other.csv", "Story,date", f"{LONG} غدا,2016-12-23")
    out = tmp_path / "out.parquet"
    result = run("read", clear, other, "--out", out)
    assert result.exit_code == 0
    again = result.stdout.partition("The same without a question: ")[2].splitlines()[0]
    for option in ("text=Body", "text=Story", "date=Published", "date=date"):
        assert f"--column {option} " in again
    first = pd.read_parquet(out)
    assert first.groupby("file")["date"].max().dt.year.to_dict() == {"clear.csv": 2015, "other.csv": 2016}
    assert run(*shlex.split(again)[1:], "--overwrite").exit_code == 0
    pd.testing.assert_frame_equal(pd.read_parquet(out), first)


def test_read_table_whose_column_another_table_names_for_another_role_is_read_by_itself(clear, tmp_path):
    other = table(tmp_path / "other.csv", "Story,Body,date", f"{LONG} غدا,قصير,2016-12-23")
    result = run(
        "read", clear, other, "--column", "text=Story", "--column", "text=Body", "--out", tmp_path / "out.parquet"
    )
    assert result.exit_code == 0
    assert pd.read_parquet(tmp_path / "out.parquet").set_index("file").at["other.csv", "text"] == f"{LONG} غدا"


def test_read_tables_with_an_outlet_in_one_alone_are_read_together(clear, tmp_path):
    other = table(tmp_path / "other.csv", "Body,date", f"{LONG} غدا,2016-12-23")
    mine = table(tmp_path / "mine.csv", "Body,date,Zeitung", f"{LONG} أمس,2016-12-23,عكاظ")
    result = run("read", mine, other, "--column", "source=Zeitung", "--out", tmp_path / "out.parquet")
    assert result.exit_code == 0
    assert pd.read_parquet(tmp_path / "out.parquet").set_index("file")["source"].isna().to_dict() == {
        "mine.csv": False, "other.csv": True,
    }  # fmt: skip


def test_read_column_that_no_table_has_is_named(clear, tmp_path):
    other = table(tmp_path / "other.csv", "Body,date", f"{LONG} غدا,2016-12-23")
    rejects = tmp_path / "rejects.csv"
    result = run("read", clear, other, "--column", "source=Zeitung", "--out", tmp_path / "o.csv", "--rejects", rejects)
    assert result.exit_code == 1
    assert "'Zeitung'" in result.stderr


def test_read_table_that_has_a_role_in_another_column_than_the_first_is_read_by_itself(tmp_path):
    first = table(tmp_path / "a.csv", "Story,date", f"{LONG},2015-12-23")
    second = table(tmp_path / "b.csv", "Story,Body,date", f"قصير,{LONG} غدا,2016-12-23")
    result = run("read", first, second, "--out", tmp_path / "out.parquet")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: b.csv has its text not in 'Story', as another table has; read them one by one.\n"
    )


def test_read_tables_whose_dates_stand_in_other_orders_are_read_one_by_one(tmp_path):
    first = table(tmp_path / "a.csv", "text,date", f"{LONG},23/12/2015")
    second = table(tmp_path / "b.csv", "text,date,x", f"{LONG} غدا,03/04/2015,1")
    result = run("read", first, second, "--yes", "--out", tmp_path / "out.parquet")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "Error: a.csv and b.csv have their dates in different orders, and one option cannot say both; read them one by "
        "one.\n"
    )


def test_read_says_of_each_kind_of_date_how_many_cannot_be_read(tmp_path):
    rows = [f"{LONG} {n},{date}" for n, date in enumerate(["2015-12-23", "44567", "44568", "??/??/2015", "x"])]
    result = run("read", table(tmp_path / "a.csv", "text,date", *rows), "--out", tmp_path / "out.parquet")
    assert (
        "  unclear: 2 of 5 dates cannot be read, the first '44567': the date is a number of days, as spreadsheets "
        "count them.\n"
    ) in result.stdout
    assert "-> in the spreadsheet give the column the form of a date, and save the table again" in result.stdout


def test_read_encoding_of_a_table_can_be_named(tmp_path):
    path, out = tmp_path / "a.csv", tmp_path / "out.parquet"
    path.write_bytes(f"text,date\n{LONG},2015-12-23\n".encode("cp1256"))
    assert run("read", path, "--encoding", "windows-1256", "--out", out).exit_code == 0
    assert pd.read_parquet(out)[["text", "encoding"]].values.tolist() == [[LONG, "windows-1256"]]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_read_asks_on_a_real_terminal(unclear, tmp_path):
    import pty

    out = tmp_path / "out.parquet"
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "discourse.cli", "read", str(unclear), "--out", str(out)])
    shown, answers, until = b"", [b"2\n", b"month\n"], time.monotonic() + 120
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the terminal is closed
            break
        if not piece:
            break
        shown += piece
        if answers and shown.rstrip().endswith((b"[1]:", b"[day]:")):
            os.write(terminal, answers.pop(0))
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, shown.decode()
    assert answers == []
    assert pd.read_parquet(out)["date"].tolist() == [pd.Timestamp("2015-03-04")]


@pytest.mark.parametrize(("n", "more"), [(40, []), (41, ["  and 1 more column, kept as variables"])])
def test_say_table_of_very_many_variables_tells_forty(n, more):
    frame = pd.DataFrame({"text": ["x " * 12], **{f"k{number}": ["x"] for number in range(n)}})
    lines = telling.say_table("a.csv", judge_columns(frame, asked={}).table, 1)
    assert len(lines) == 1 + 1 + 40 + len(more)
    assert lines[42:] == more

"""`discourse kwic`: lines chosen, drawn, sorted, and written for other programs."""

import zipfile

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse import tables
from discourse.cli import main

TEXTS = [
    "قال لافروف إن طالبان وصلت. وانتهى لقاء طالبان.",
    "لم تعترف موسكو بطالبان. وزار الوفد طالبان.",
    "وفد طالبان",
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a corpus, in which commands run."""
    monkeypatch.chdir(tmp_path)
    dates = ["2015-12-23", "2016-01-01", "2022-01-01"]
    rows = pd.DataFrame({"doc_id": list("abc"), "text": TEXTS, "date": dates, "source": list("xyx")})
    rows.to_csv(tmp_path / "corpus.csv", index=False)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["kwic", "corpus.csv", *arguments])


def lines(*arguments):
    done = run("طالبان", "--window", "1", *arguments)
    assert done.exit_code == 0, done.output
    return [" ".join(line.split("\t")[:4]) for line in done.stdout.splitlines()]


A0, A1 = "a إن طالبان وصلت", "a لقاء طالبان "
B0, B1 = "b موسكو بطالبان . وزار", "b الوفد طالبان "
C0 = "c وفد طالبان "


@pytest.mark.parametrize(("options", "expected"), [
    ([], [A0, A1, B0, B1, C0]),
    (["--sort", "1L"], [B1, A0, A1, B0, C0]),  # الوفد إن لقاء موسكو وفد
    (["--sort", "1r, 1L"], [B0, A0, B1, A1, C0]),  # وزار, وصلت, and three without
    (["--where", "source=x", "--where", "2015:2016"], [A0, A1]),
    (["--voice", "quoted"], [A0]),
    (["--voice", "outlet", "--negated"], [B0]),
    (["--not-negated", "--where", "source=y"], [B1]),
])  # fmt: skip
def test_kwic_chooses_and_sorts(here, options, expected):
    assert sorted(lines(*options)) == sorted(expected)
    assert "--sort" not in options or lines(*options) == expected


def test_kwic_holder_keeps_the_sentences_of_its_positions(here):
    found = lines("--holder", "russia", "--target", "taliban")
    assert B0 in found and C0 not in found


def test_kwic_sample_says_of_how_many(here):
    done = run("طالبان", "--sample", "2", "--seed", "7")
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 2
    assert " of 5 hits." in done.stderr
    assert run("طالبان", "--sample", "2", "--seed", "7").stdout == done.stdout


def test_kwic_pattern_that_matches_nothing_is_an_empty_table_and_says_so(here):
    done = run("باريس", "--sort", "1R", "--voice", "quoted", "--sample", "3", "--out", "none.parquet")
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("No document has 'باريس'. Wrote none.parquet (0 hits in 0 documents).\n")
    found = pd.read_parquet("none.parquet")
    tables.check(found, "CONCORDANCE")
    assert len(found) == 0


@pytest.mark.parametrize("name", ["k.csv", "k.parquet", "k.html", "k.xlsx", "k.docx"])
def test_kwic_writes_by_the_ending_and_knows_its_own_file(here, name):
    for _ in range(2):
        done = run("طالبان", "--voice", "quoted", "--out", name)
        assert done.exit_code == 0, done.output
        assert done.stdout.endswith(f"Wrote {name} (1 hit in 1 document of 5 hits).\n")
    if name.endswith("x"):
        assert zipfile.ZipFile(name).testzip() is None
    if name == "k.csv":
        row = pd.read_csv(name).iloc[0]
        assert row[["sentence", "negated", "voice"]].tolist() == [0, False, "russia"]
    if name == "k.html":
        assert '<td class="node" dir="rtl">طالبان</td>' in (here / name).read_text("utf-8")


def test_kwic_evidence_leads_from_the_file_to_the_page(here):
    (here / "ev.html").write_text('<script data-part="head"></script><script data-part="core">', "utf-8")
    done = run("لقاء طالبان", "--evidence", "ev.html", "--out", "out/k.csv")
    assert done.exit_code == 0, done.output
    assert pd.read_csv("out/k.csv")["evidence"].tolist() == ["../ev.html#ev:/d%4027-46%4034-45%3Aa"]
    done = run("وفد طالبان", "--evidence", "ev.html", "--out", "ev.html")
    assert done.exit_code == 2
    assert "--out would write over" in done.stderr


@pytest.mark.parametrize(("options", "said"), [
    (["--sort", "0L"], "`--sort` has the place '0L'; a place is a number of words, 1 or more"),
    (["--sort", "3R", "--window", "2"], "--sort asks for 3R, and --window is 2; name a nearer place, or widen the"),
    (["--sample", "0"], "0 is not in the range x>=1"),
    (["--out", "k.txt"], "`--out` is 'k.txt'; a concordance is a file that ends in one of .csv, .docx, .html, "),
    (["--target", "taliban"], "--target says toward whom the positions of --holder are; give --holder ACTOR with it."),
    (["--evidence", "e.html"], "--evidence leads from the lines of a file to a page; give --out FILE with it."),
    (["--plain", "--out", "k.csv"], "--rtl and --plain lay lines out on the screen; leave them out with --out."),
])  # fmt: skip
def test_kwic_wrong_usage_says_so(here, options, said):
    done = run("طالبان", *options)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not (here / "k.csv").exists()


def test_kwic_sort_at_the_edge_of_the_window_is_none_beyond(here):
    assert run("طالبان", "--sort", "2R", "--window", "2").exit_code == 0

"""The commands words, ngrams and collocates."""

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.lexicons.loader import load_lexicon

TEXTS = [
    "وصل وفد طالبان إلى موسكو. وقال وزير الخارجية إن وفد طالبان باق",
    "غادر وفد طالبان الدوحة أمس. عاد وزير الخارجية",
    "عاد وفد التجارة من بكين مع وزير الخارجية",
    "وفد طالبان في كابل",
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a corpus, in which commands run."""
    monkeypatch.chdir(tmp_path)
    dates = ["2015-12-23", "2016-01-01", "2022-01-01", "2023-01-01"]
    rows = pd.DataFrame({"doc_id": list("abcd"), "text": TEXTS, "date": dates, "source": list("xyxy")})
    rows.to_csv(tmp_path / "corpus.csv", index=False)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_words_shows_rows_with_their_denominators(here):
    done = run("words", "corpus.csv", "--drop-closed", "--most", "1")
    assert done.exit_code == 0, done.output
    assert "term\tn\tn_tokens" in done.output
    assert "Closed words are left out of the rows. Showed 1 row of" in done.output


def test_words_by_period_writes_frequencies(here):
    done = run("words", "corpus.csv", "--by", "period", "--intervals", "--out", "words.csv")
    assert done.exit_code == 0, done.output
    assert pd.read_csv("words.csv")["part"].unique().tolist() == [
        "2015-01-01",
        "2016-01-01",
        "2022-01-01",
        "2023-01-01",
    ]


def test_ngrams_adds_picked_candidates_to_a_new_lexicon(here):
    asked = ["--least", "2", "--keep-closed", "--add-to", "own.yml", "--category", "titles", "--date", "2026-11-29"]
    done = run("ngrams", "corpus.csv", *asked, "--pick", "وزير الخارجية")
    assert done.exit_code == 0, done.output
    assert "Added 1 entry to own.yml." in done.output
    entry = load_lexicon("own.yml").entries.iloc[0]
    assert entry["pattern"] == "وزير الخارجية"
    assert entry["source"].startswith("corpus.csv sha256 ") and entry["source"].endswith(
        ", n 3 in 3 documents, 2026-11-29"
    )


def test_ngrams_adds_to_a_file_of_the_users_only_when_asked_to_overwrite(here):
    head = "name: own\ntitle: {en: Own}\nversion: 1.0.0\nlicence: CC0\n"
    own = f"{head}categories:\n  titles:\n    entries:\n      - سفير\n"
    (here / "own.yml").write_text(own, encoding="utf-8")
    asked = [
        "ngrams",
        "corpus.csv",
        "--least",
        "2",
        "--add-to",
        "own.yml",
        "--category",
        "titles",
        "--date",
        "2026-11-29",
    ]
    asked += ["--pick", "وزير الخارجية"]
    refused = run(*asked)
    assert refused.exit_code == 2 and "was not written by `discourse ngrams`" in refused.output
    assert (here / "own.yml").read_text(encoding="utf-8") == own
    done = run(*asked, "--overwrite")
    assert done.exit_code == 0, done.output
    assert load_lexicon("own.yml").entries["pattern"].tolist() == ["سفير", "وزير الخارجية"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["ngrams", "corpus.csv", "--add-to", "own.yml", "--category", "titles"],
            "--add-to needs --date, --pick too: which candidates, in which category, on which day.",
        ),
        (
            ["ngrams", "corpus.csv", "--pick", "وزير الخارجية"],
            "--category, --pick and --date say what is added; name the lexicon by --add-to FILE.",
        ),
        (
            ["collocates", "corpus.csv", "طالبان", "--first", "2015"],
            "--first and --second belong together; give both sides, or none.",
        ),
    ],
)
def test_options_that_do_not_fit_together_are_refused(here, arguments, message):
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_collocates_shows_and_draws(here):
    done = run(
        "collocates", "corpus.csv", "طالبان", "--least", "1", "--window", "1,0", "--figure", "c.png", "--language", "ar"
    )
    assert done.exit_code == 0, done.output
    assert "وفد\t4\t" in done.output
    assert (here / "c.png").stat().st_size > 1000


def test_collocates_between_two_sides_writes_contrasts(here):
    done = run(
        "collocates",
        "corpus.csv",
        "طالبان",
        "--least",
        "1",
        "--first",
        "2015:2016",
        "--second",
        "2022:2023",
        "--out",
        "c.csv",
    )
    assert done.exit_code == 0, done.output
    found = pd.read_csv("c.csv").set_index("term")
    assert found.loc["وفد", ["n_first", "n_second"]].tolist() == [3, 1]


@pytest.mark.parametrize("window", ["five", "1,2,3", "0"])
def test_collocates_refuses_a_window_that_is_none(here, window):
    done = run("collocates", "corpus.csv", "طالبان", "--window", window)
    assert done.exit_code in {1, 2} and "window" in done.output

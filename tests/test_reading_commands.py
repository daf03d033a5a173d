"""Bad input to the commands that read and compare words: one sentence each, and the exit code."""

import sys

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main

TEXTS = [
    "وصل وفد طالبان إلى موسكو. وقال وزير الخارجية إن وفد طالبان باق",
    "غادر وفد طالبان الدوحة أمس. عاد وزير الخارجية",
    "عاد وفد التجارة من بكين مع وزير الخارجية",
    "وفد طالبان في كابل",
]
DATES = ["2015-12-23", "2016-01-01", "2022-01-01", "2023-01-01"]
OUT = ("--out", "o.csv")
SIDES = ("--first", "source=x", "--second", "source=y")
OVERLAP = ("--first", "source=x", "--second", "2015:2016")
DAY = ("--date", "2026-01-01")
SEEDS = tuple(part for word in "ابت" for part in ("--positive", word, "--negative", f"{word}ن"))
PERIODS = ("--first", "2015:2016", "--second", "2022:2023")
NO_COLUMN = "which is no column of the corpus; it has 'source'."
NO_GROUP = (
    "which does not group documents; it must be 'period' (by --period), 'voice', or a variable that documents share, "
    "such as 'source'."
)
NAME_DATES = "Name their column by --date-column."


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with corpora, in which commands run."""
    monkeypatch.chdir(tmp_path)
    rows = pd.DataFrame({"doc_id": list("abcd"), "text": TEXTS, "date": DATES, "source": list("xyxy")})
    rows.to_csv("c.csv", index=False)
    rows.drop(columns="date").to_csv("undated.csv", index=False)
    rows.head(1).to_csv("one.csv", index=False)
    return tmp_path


@pytest.fixture(scope="module")
def scaled(project, tmp_path_factory):
    """A folder with corpora that are large enough for a scale, and the seeds of both ends as options."""
    folder = str(project / "benchmarks" / "simulations")
    sys.path.insert(0, folder)
    try:
        from _scaled import axis_corpus
    finally:
        sys.path.remove(folder)
        sys.modules.pop("_scaled", None)
    made = axis_corpus(np.random.default_rng(5), n_documents=220, means=(0.0, 1.0), n_neutral=600, n_polar=20)
    tokens, _, period, positive, negative = made
    sentences = tokens.assign(word=tokens["token"].astype(str)).groupby(["doc_id", "sentence"], observed=True)["word"]
    texts = sentences.agg(" ".join).groupby(level=0, observed=True).agg(". ".join)
    place = tmp_path_factory.mktemp("scaled")
    rows = pd.DataFrame({"doc_id": texts.index.astype(str), "text": texts.to_numpy()})
    rows = rows.assign(date=np.where(period == 0, "2020-05-01", "2021-05-01"), source=list("xy") * 110)
    rows.to_csv(place / "c.csv", index=False)
    rows.drop(columns="date").to_csv(place / "undated.csv", index=False)
    seeds = [("--positive", word) for word in positive[:7]] + [("--negative", word) for word in negative[:7]]
    return place, [*(part for pair in seeds for part in pair), "--k", "20", "--min-count", "5"]


def refused(code, *arguments):
    """Run a command that is refused with this exit code; return its sentence."""
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.output.split("Error: ")[-1].strip()


def done(*arguments):
    """Run a command that does its work; return what it says last."""
    made = CliRunner().invoke(main, list(arguments))
    assert made.exit_code == 0, made.output
    return made.output.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("collocates", "c.csv", "باريس"),
            "PATTERN is 'باريس', which matches no word of the corpus. Look at its spelling and at --clitics, or at the "
            "words that there are: `discourse words`.",
        ),
        (
            ("dispersion", "c.csv", "--pattern", "باريس", *OUT),
            "--pattern matches nothing in 1 of 1 cases. First: 'باريس'. Look at what a pattern matches by `discourse "
            "kwic`, or leave it out.",
        ),
        (
            ("shift", "c.csv", "--holder", "iran", *SIDES, *OUT),
            "--holder is 'iran', of whom the corpus has no position toward the target.",
        ),
        (
            ("keyness", "c.csv", *SIDES, "--min-count", "99", *OUT),
            "No term stands 99 times in 3 stories of both sets (x, y). Lower --min-count or --min-units, or take wider "
            "sets.",
        ),
        (
            ("dispersion", "c.csv", "--min-count", "99", *OUT),
            "No term of the corpus stands 99 times (--min-count). Lower it.",
        ),
        (
            ("collocates", "c.csv", "طالبان", "--least", "99", "--figure", "f.png"),
            "No term stands 99 times in the documents of 'طالبان' and also beside it, so that there is nothing to "
            "draw; lower --least.",
        ),
        (
            ("collocates", "one.csv", "طالبان"),
            "The corpus has 1 document with words; intervals compare documents. Give two or more, or read the lines by "
            "`discourse kwic`.",
        ),
        (
            ("keyness", "one.csv", *SIDES, *OUT),
            "--first or --second names 'y', which no document has in 'source'; it has 'x'.",
        ),
        (
            ("shift", "one.csv", "--lexicon", "stance", *SIDES, *OUT),
            "--first or --second names 'y', which no document has in 'source'; it has 'x'.",
        ),
        (
            ("kwic", "undated.csv", "طالبان", "--where", "2015"),
            f"--where (2015) holds no document: none has a date. {NAME_DATES}",
        ),
        (
            ("words", "undated.csv", "--by", "period"),
            "--by is 'period', but no document has a date as fine as --period. Name their column by --date-column, or "
            "take a longer --period.",
        ),
        (
            ("collocates", "undated.csv", "طالبان", *PERIODS),
            f"--first (2015–2016) holds no document: none has a date. {NAME_DATES}",
        ),
        (
            ("keyness", "undated.csv", *PERIODS, *OUT),
            f"--first or --second asks for a period, but no document has a date. {NAME_DATES}",
        ),
        (
            ("shift", "undated.csv", "--lexicon", "stance", *PERIODS, *OUT),
            f"--first or --second asks for a period, but no document has a date. {NAME_DATES}",
        ),
        (
            ("scale", "c.csv", *SEEDS, *OUT),
            "The corpus has 0 sentences with words that stand at least 10 times; 3,000 are needed for 300 dimensions "
            "(--k), 10 for each and 2,000 at least. Take a larger corpus, or lower --min-count; fewer dimensions do "
            "not help.",
        ),
        (
            ("kwic", "c.csv", "طالبان", "--where", "source=z"),
            "--where names 'z', which no document has in 'source'; it has 'x', 'y'.",
        ),
        (("ngrams", "c.csv", "--least", "1", "--add-to", "l.yml", "--category", "x", "--pick", "باريس", *DAY),
         "--pick names 'باريس', no candidate of this corpus. Look at the table first."),
    ],
)  # fmt: skip
def test_commands_on_words_say_in_one_sentence_what_the_corpus_lacks(here, arguments, said):
    assert refused(1, *arguments) == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("collocates", "c.csv", "طالبان", "--window", "0"),
            "Invalid value for '--window': '0' holds no word; write 5 (1 or more), or 2,3 (before, behind; one above "
            "0), or sentence.",
        ),
        (
            ("collocates", "c.csv", "طالبان", "--window", "1,2,3"),
            "Invalid value for '--window': '1,2,3' holds no word; write 5 (1 or more), or 2,3 (before, behind; one "
            "above 0), or sentence.",
        ),
        (
            ("collocates", "c.csv", "طالبان", *OVERLAP),
            "--first (x) and --second (2015–2016) overlap: 1 documents lie on both sides. First: 'a'. Draw the border "
            "so that each lies on one.",
        ),
        (
            ("keyness", "c.csv", *OVERLAP, *OUT),
            "--first (x) and --second (2015–2016) overlap: they share 1 documents. First: 'a'. Draw the border so that "
            "each lies on one side.",
        ),
        (
            ("shift", "c.csv", "--lexicon", "stance", *OVERLAP, *OUT),
            "--first (x) and --second (2015–2016) overlap: they share 1 documents. First: 'a'. Draw the border so that "
            "each lies on one side.",
        ),
        (("words", "c.csv", "--by", "nix"), f"--by names 'nix', {NO_COLUMN}"),
        (("collocates", "c.csv", "طالبان", "--by", "nix"), f"--by names 'nix', {NO_COLUMN}"),
        (("words", "c.csv", "--by", "text"), f"--by is 'text', {NO_GROUP}"),
        (("words", "c.csv", "--by", "date"), f"--by is 'date', {NO_GROUP}"),
        (("collocates", "c.csv", "طالبان", "--by", "date"), f"--by is 'date', {NO_GROUP}"),
        (("dispersion", "c.csv", "--cluster", "nix", *OUT), f"--cluster names 'nix', {NO_COLUMN}"),
        (("keyness", "c.csv", *SIDES, "--cluster", "nix", *OUT), f"--cluster names 'nix', {NO_COLUMN}"),
        (("kwic", "c.csv", "طالبان", "--where", "nix=1"), f"--where names 'nix', {NO_COLUMN}"),
        (
            ("collocates", "c.csv", "طالبان", "--first", "2015"),
            "--first and --second belong together; give both sides, or none.",
        ),
        (
            ("ngrams", "c.csv", "--add-to", "l.yml"),
            "--add-to needs --category, --date, --pick too: which candidates, in which category, on which day.",
        ),
        (
            ("ngrams", "c.csv", "--category", "x"),
            "--category, --pick and --date say what is added; name the lexicon by --add-to FILE.",
        ),
        (
            ("scale", "c.csv", "--positive", "وفد", *OUT),
            "--negative must name seeds, 3 or more; or give a lexicon by --seeds.",
        ),
        (
            ("scale", "c.csv", "--positive", "وفد", "--seeds", "stance", *OUT),
            "--seeds stands beside --positive or --negative; give a lexicon or words.",
        ),
    ],
)
def test_commands_on_words_refuse_what_their_options_cannot_mean(here, arguments, said):
    assert refused(2, *arguments) == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kwic", "c.csv", "باريس"), "No document has 'باريس'. Showed 0 hits in 0 documents."),
        (("kwic", "c.csv", "طالبان", "--window", "0"), "Showed 4 hits in 3 documents."),
        (("kwic", "c.csv", "طالبان", "--beside", "باريس"), "Showed 0 hits in 0 documents of 4 hits."),
        (("kwic", "c.csv", "طالبان", "--beside", "وفد"), "Showed 4 hits in 3 documents."),
        (("words", "c.csv", "--least", "99"), "No word stands 99 times; lower --least. Showed 0 rows of 0."),
        (("ngrams", "c.csv", "--least", "99"), "No sequence stands 99 times; lower --least. Showed 0 rows of 0."),
        (
            ("ngrams", "c.csv", "--candidates", "--least", "99"),
            "No sequence stands 99 times; lower --least. Showed 0 rows of 0.",
        ),
        (
            ("collocates", "c.csv", "طالبان", "--least", "99"),
            "No term stands 99 times in the documents of 'طالبان' and also beside it; lower --least. Showed 0 rows of "
            "0.",
        ),
        (
            ("words", "one.csv", "--intervals", "--most", "1"),
            "Intervals compare documents, and there is one: they are empty. Showed 1 row of 10.",
        ),
    ],
)
def test_commands_on_words_say_why_a_table_is_empty(here, arguments, said):
    assert done(*arguments).endswith(f"encoding utf-8. {said}")


def test_shift_of_single_stories_says_that_there_is_no_interval(here):
    made = CliRunner().invoke(main, ["shift", "c.csv", "--lexicon", "stance", *SIDES, *OUT])
    assert made.exit_code == 0, made.output
    assert "change +0.00 without an interval, since one side has a single story" in made.output


def test_scale_writes_scores_means_and_a_figure(scaled, monkeypatch):
    place, seeds = scaled
    monkeypatch.chdir(place)
    said = done("scale", "c.csv", *seeds, "--means", "m.csv", "--figure", "f.png", "--language", "ar", *OUT)
    assert said.endswith("Wrote o.csv (220 rows), m.csv, f.png.")
    means = pd.read_csv("m.csv")
    assert means["period"].tolist() == ["2020-01-01", "2021-01-01"] and means["n_docs_with"].tolist() == [110, 110]
    assert means["estimate"][0] < means["estimate"][1]
    assert (place / "f.png").read_bytes().startswith(b"\x89PNG")
    said = done("scale", "c.csv", *seeds, "--first", "2020", "--second", "2021", "--out", "p.csv")
    assert said.endswith("Wrote p.csv (220 rows).")


@pytest.mark.parametrize(
    ("code", "corpus", "more", "said"),
    [
        (1, "c.csv", ("--near", "باريس"),
         "--near is 'باريس', which matches nothing in the corpus. Try another pattern."),
        (1, "undated.csv", ("--means", "n.csv"),
         "No document has a date as fine as --period. Name their column by --date-column, or take longer periods."),
        (1, "undated.csv", PERIODS, f"--first (2015–2016) holds no document: none has a date. {NAME_DATES}"),
        (2, "c.csv", ("--first", "source=x", "--second", "2020"),
         "--first (x) and --second (2020) overlap: 55 documents lie on both sides. First: 'd00000', 'd00002', 'd00004'"
         ". Draw the border so that each lies on one."),
        (2, "c.csv", ("--cluster", "nix", "--means", "n.csv"), f"--cluster names 'nix', {NO_COLUMN}"),
        (1, "c.csv", ("--k", "300"),
         "The corpus has 2,640 sentences with words that stand at least 5 times; 3,000 are needed for 300 dimensions "
         "(--k), 10 for each and 2,000 at least. Take a larger corpus, or 264 dimensions at most."),
        (2, "c.csv", ("--first", "2020"), "--first and --second are two sides of one contrast; give both or none."),
    ],
)  # fmt: skip
def test_scale_says_in_one_sentence_what_is_wrong(scaled, monkeypatch, code, corpus, more, said):
    place, seeds = scaled
    monkeypatch.chdir(place)
    assert refused(code, "scale", corpus, *seeds, *more, "--out", "wrong.csv") == said


def test_scale_seeds_that_match_nothing_are_named(scaled, monkeypatch):
    place, seeds = scaled
    monkeypatch.chdir(place)
    own = [word.replace("د", "ء") if len(word) == 5 else word for word in seeds]
    said = refused(1, "scale", "c.csv", *own, "--out", "wrong.csv")
    assert said.startswith(
        "--positive or --negative has 0 words of the positive end in the corpus; 3 are needed. Not found "
    )
    assert said.endswith("Add words, or lower --min-count.")

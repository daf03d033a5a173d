"""Options that would do nothing beside the others."""

import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.cli import main
from discourse.commands.conditions import _CONDITIONS

TEXTS = ["وصل وفد طالبان إلى موسكو", "غادر وفد طالبان الدوحة", "عاد وفد التجارة من بكين"]
OUT = ("--out", "o.csv")
SEEDS = ("--seeds", "stance")
KWIC_LANGUAGE = "--language is that of headings; give --out FILE with it, which ends in one of .docx, .html, .xlsx."
PERIOD = "--period says how long the parts of --by period are; give --by period with it."
MOST = "--most says how many rows are shown, and --out writes all; give one or the other."
FIGURE = "--language is that of a figure; give --figure FILE with it."
IDLE = [
    (("words", "--cluster", "source"), "--cluster names the units of intervals; give --intervals with it."),
    (("words", "--period", "year"), PERIOD),
    (("words", "--period", "year", "--by", "source"), PERIOD),
    (("words", "--most", "2", *OUT), MOST),
    (("ngrams", "--most", "2", *OUT), MOST),
    (("ngrams", "--keep-closed"), "--keep-closed keeps candidates; give --candidates with it."),
    (("ngrams", "--across-marks", "--candidates"),
     "--across-marks is of sequences that are counted, and no candidate runs over a mark; leave it out."),
    (("collocates", "وفد", "--period", "month"), PERIOD),
    (("collocates", "وفد", "--most", "2", *OUT),
     "--most says how many rows are shown or drawn, and --out writes all; give one or the other."),
    (("collocates", "وفد", "--window", "sentence", "--within", "document"),
     "--window sentence and --within document contradict each other; give one of them."),
    (("collocates", "وفد", "--language", "ar"), FIGURE),
    (("dispersion", "--pattern", "وفد", "--unit", "form", *OUT),
     "--unit says what a term is where all are measured, and --pattern names what is; give one or the other."),
    (("dispersion", "--pattern", "وفد", "--min-count", "1", *OUT),
     "--min-count chooses among all terms, and --pattern names what is measured; give one or the other."),
    (("scale", *SEEDS, "--period", "year", *OUT), "--period is of means; give --means FILE or --figure FILE with it."),
    (("scale", *SEEDS, "--cluster", "source", *OUT),
     "--cluster names the units of intervals; give --means, --figure, or --first and --second with it."),
    (("scale", *SEEDS, "--language", "ar", *OUT), FIGURE),
    (("kwic", "وفد", "--language", "ar"), KWIC_LANGUAGE),
    (("kwic", "وفد", "--language", "ar", *OUT), KWIC_LANGUAGE),
    (("kwic", "وفد", "--seed", "5"), "--seed is that of a draw; give --sample N with it."),
]  # fmt: skip
BESIDE = [
    ("words", "--cluster", "source", "--intervals"),
    ("words", "--period", "month", "--by", "period"),
    ("words", "--most", "2"),
    ("words", *OUT),
    ("ngrams", "--keep-closed", "--candidates", "--least", "1", "--most", "2"),
    ("ngrams", "--across-marks", "--least", "1", *OUT),
    ("collocates", "وفد", "--least", "1", "--period", "month", "--by", "period"),
    ("collocates", "وفد", "--least", "1", "--most", "2", "--figure", "f.png", "--language", "ar", *OUT),
    ("collocates", "وفد", "--least", "1", "--window", "sentence", "--within", "sentence"),
    ("collocates", "وفد", "--least", "1", "--window", "2", "--within", "document"),
    ("dispersion", "--unit", "form", "--min-count", "1", *OUT),
    ("dispersion", "--pattern", "وفد", *OUT),
    ("kwic", "وفد", "--language", "ar", "--out", "l.html"),
    ("kwic", "وفد", "--seed", "5", "--sample", "1"),
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dates = ["2015-12-23", "2016-01-01", "2022-01-01"]
    rows = pd.DataFrame({"doc_id": list("abc"), "text": TEXTS, "date": dates, "source": list("xyx")})
    rows.to_csv(tmp_path / "c.csv", index=False)
    return tmp_path


@pytest.mark.parametrize(("asked", "said"), IDLE)
def test_refuse_idle_option_without_what_it_takes_is_wrong_usage(here, asked, said):
    done = CliRunner().invoke(main, [asked[0], "c.csv", *asked[1:]])
    assert done.exit_code == 2
    assert done.stderr.endswith(f"\nError: {said}\n")
    assert [place.name for place in here.iterdir()] == ["c.csv"]


@pytest.mark.parametrize("asked", BESIDE)
def test_refuse_idle_option_beside_what_it_takes_is_heard(here, asked):
    done = CliRunner().invoke(main, [asked[0], "c.csv", *asked[1:]])
    assert done.exit_code == 0, done.output


def test_conditions_are_all_of_options_that_their_commands_have():
    for one in _CONDITIONS:
        for name in one.commands.split():
            known = {parameter.name for parameter in main.get_command(None, name).params}
            assert one.option in known
            assert any(asked[0] == name and f"--{one.option.replace('_', '-')}" in asked for asked, _ in IDLE)

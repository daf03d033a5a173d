"""The words of the commands: every parameter that they hand on has an option, and wrong usage is told from bad data."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import click
import pandas as pd
import pytest
from click.testing import CliRunner

import discourse.commands
from discourse.cli import _COMMANDS, main
from discourse.commands.asked import names_of
from discourse.commands.asking import study_keys

TEXTS = [
    "وصل وفد طالبان إلى موسكو. وقال وزير الخارجية إن وفد طالبان باق",
    "غادر وفد طالبان الدوحة أمس. عاد وزير الخارجية",
    "عاد وفد التجارة من بكين مع وزير الخارجية",
    "وفد طالبان في كابل",
]
OUT = ("--out", "o.csv")
SEEDS = [part for word in ("دعم", "تعاون", "صداقة") for part in ("--positive", word)]
SEEDS += [part for word in ("تهديد", "إدانة", "عدوان") for part in ("--negative", word)]

# what a command hands on that no user gives: its own progress, files as it found them, words for headings
_OWN = {
    *"caption concordance content documents found frame hydrate_options joined notes on_step options progress".split(),
    *"place quiet reads section spans table text title tokens values verified width".split(),
    *"argument audit corrections language most periods rejects scopes sentences side study record rerun".split(),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a corpus, in which commands run."""
    monkeypatch.chdir(tmp_path)
    dates = ["2015-12-23", "2016-01-01", "2022-01-01", "2023-01-01"]
    rows = pd.DataFrame({"doc_id": list("abcd"), "text": TEXTS, "date": dates, "source": list("xyxy")})
    rows.to_csv(tmp_path / "c.csv", index=False)
    return tmp_path


def refused(code: int, *arguments: str) -> str:
    """Run a command that is refused; return its one message, having seen that nothing is written."""
    before = sorted(Path().rglob("*"))
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert sorted(Path().rglob("*")) == before
    return done.stderr[done.stderr.index("Error: ") + 7 :].rstrip("\n")


def _calls(module: ModuleType) -> Iterator[tuple[FunctionType, set[str]]]:
    """Yield the functions of the library that a module of commands calls, each with the parameters that it gives."""
    tree = ast.parse(inspect.getsource(module))
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("discourse"):
            for name in node.names:
                holder = importlib.import_module(str(node.module))
                if not hasattr(holder, name.name):
                    importlib.import_module(f"{node.module}.{name.name}")
                known[name.asname or name.name] = getattr(holder, name.name)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            found = getattr(known.get(called.value.id), called.attr, None)
        else:
            found = known.get(getattr(called, "id", ""))
        if inspect.isfunction(found) and not found.__module__.startswith("discourse.commands"):
            parameters = list(inspect.signature(found).parameters)
            given = {one.arg for one in node.keywords if one.arg}
            if any(one.arg is None for one in node.keywords):  # a mapping, which may give any of them
                given |= {name for name in parameters if name in _handed_on(tree)}
            yield found, given | set(parameters[: len(node.args)])


def _handed_on(tree: ast.AST) -> set[str]:
    """Return the names that stand in a module as text: those of a mapping that is handed on are among them."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("module", sorted(set(_COMMANDS.values())))
def test_every_parameter_that_a_command_hands_on_is_named_by_an_option(module):
    told: dict[str, str] = {}
    for name in [name for name, of in _COMMANDS.items() if of == module]:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        with click.Context(command, info_name=name) as context:
            told |= names_of(context)
    calls = list(_calls(importlib.import_module(f"discourse.commands.{module}")))
    assert calls
    lacking = {f"{called.__name__}({name})" for called, given in calls for name in given - set(told) - _OWN}
    assert lacking == set()


@pytest.mark.parametrize("command", ["archive", "chart", "evidence"])
def test_every_key_of_a_study_that_a_command_stands_for_is_named_by_an_option(command):
    found = main.get_command(click.Context(main), command)
    assert found is not None
    given = dict.fromkeys([str(one.name) for one in found.params], "x")
    with click.Context(found, info_name=command) as context:
        assert set(study_keys(given)) <= set(names_of(context))


def test_the_modules_of_all_commands_are_walked():
    names = {path.stem for path in Path(discourse.commands.__path__[0]).glob("*.py")}
    assert set(_COMMANDS.values()) <= names


@pytest.mark.parametrize(("command", "parameter", "option"), [
    ("keyness", "between", "--first or --second"),
    ("collocates", "between", "--first or --second"),
    ("collocates", "pattern", "PATTERN"),
    ("dispersion", "pattern", "--pattern"),
    ("words", "freq", "--period"),
    ("words", "closed", "--drop-closed"),
    ("kwic", "by", "--sort"),
    ("kwic", "page", "--evidence"),
    ("kwic", "n", "--sample"),
    ("ngrams", "n", "--words"),
    ("ngrams", "date", "--date"),
    ("read", "format", "--format"),
    ("codes", "coders", "--user"),
    ("codes", "names", "--name"),
    ("series", "n_draws", "--draws"),
    ("contrast", "simultaneous", "--joint"),
    ("verify", "archive", "ARCHIVE"),
    ("statements", "path", "--dna"),
    ("save", "folder", "--out"),
    ("count", "tokens", "the corpus"),
])  # fmt: skip
def test_names_of_a_command_are_those_that_are_typed(command, parameter, option):
    found = main.get_command(click.Context(main), command)
    assert found is not None
    with click.Context(found, info_name=command) as context:
        assert names_of(context)[parameter] == option


@pytest.mark.parametrize(("code", "arguments", "said"), [
    (2, ("keyness", "c.csv", "--first", "2015", "--second", "2015", *OUT),
     "--first (2015) and --second (2015) overlap: they share 1 documents. First: 'a'. Draw the border so that each "
     "lies on one side."),
    (2, ("contrast", "c.csv", "--lexicon", "frames", "--first", "2015", "--second", "2015", *OUT),
     "--first (2015) and --second (2015) overlap: 1 documents lie on both sides. First: 'a'. Draw the border so that "
     "each lies on one."),
    (2, ("kwic", "c.csv", "طالبان", "--where", "2020:2015"),
     "--where is 2020:2015, which ends before it begins. Give the earlier one first."),
    (2, ("keyness", "none.csv", "--first", "2020:2015", "--second", "2022", *OUT),  # before the corpus is read
     "--first is 2020:2015, which ends before it begins. Give the earlier one first."),
    (2, ("kwic", "none.csv", "طالبان", "--where", "source= "),
     "--where names no value of 'source'; write COLUMN=VALUE, or source=unknown for documents without one."),
    (2, ("kwic", "c.csv", "طالبان", "--voice", "nobody"),
     "--voice is 'nobody'; it must be one of 'afghan_gov', 'other', 'outlet', 'quoted', 'russia', 'taliban', "
     "'unknown', 'us'."),
    (2, ("keyness", "c.csv", "--first", "voice=nobody", "--second", "voice=outlet", *OUT),
     "The voice of --first or --second is 'nobody'; it must be one of 'afghan_gov', 'other', 'outlet', 'quoted', "
     "'russia', 'taliban', 'unknown', 'us'."),
    (1, ("keyness", "c.csv", "--first", "voice=us", "--second", "voice=outlet", *OUT),
     "--first or --second names the voice 'us', which no word has; the reported speech has 'quoted', "
     "'outlet', 'unknown'."),
    (2, ("ngrams", "none.csv", "--add-to", "l.yml", "--category", "t", "--pick", "وفد", "--date", "2026-99-01"),
     "--date is '2026-99-01'; it must be a day as YYYY-MM-DD."),
    (2, ("ngrams", "none.csv", "--add-to", "l.txt", "--category", "t", "--pick", "وفد", "--date", "2026-09-01"),
     "--add-to is 'l.txt'; a lexicon ends in '.yml' or '.yaml'. Change the ending."),
    (2, ("kwic", "none.csv", ""),
     "PATTERN holds '', which cannot be used: it is empty, and an entry has a word. Write words, or a glob such as "
     "WORD*."),
    (2, ("collocates", "none.csv", "[a"),
     "PATTERN holds '[a', which cannot be used: '[a' holds '[': texts are cut there, so it can never match; write it "
     "as places of its own. Write words, or a glob such as WORD*."),
    (2, ("dispersion", "none.csv", "--pattern", ".", *OUT),
     "--pattern names marks alone, which are no words: '.'. Read their places by `discourse kwic`."),
    (2, ("collocates", "none.csv", "،"),
     "PATTERN names marks alone, which are no words: '،'. Read their places by `discourse kwic`."),
    (1, ("collocates", "c.csv", "باريس"),
     "PATTERN is 'باريس', which matches no word of the corpus. Look at its spelling and at --clitics, or at the words "
     "that there are: `discourse words`."),
    (2, ("scale", "none.csv", *SEEDS, "--near", "", *OUT),
     "--near holds '', which cannot be used: it is empty, and an entry has a word. Write words, or a glob such as "
     "WORD*."),
    (2, ("scale", "none.csv", *SEEDS[:4], *SEEDS[6:], *OUT),
     "--positive names 2 words; 3 are needed at each. Add words."),
    (2, ("scale", "none.csv", *SEEDS, "--negative", "عدوان", *OUT),
     "--positive or --negative holds 'عدوان', which cannot be used: repeats 'عدوان'. Write words, or a glob such as "
     "WORD*."),
    (2, ("scale", "none.csv", "--seeds", "actors", *OUT),
     "--seeds is a lexicon whose entries have no polarity. Give another, or words by --positive and --negative."),
    (1, ("scale", "none.csv", "--seeds", "nix", *OUT),
     "--seeds is 'nix': no such file, and no built-in lexicon of that name ('actors', 'appraisal', 'cues', 'frames', "
     "'predicates', 'scopes', 'speech', 'stance', 'temporal')."),
    (2, ("kwic", "c.csv", "طالبان", "--plain", "--rtl"), "--rtl and --plain contradict each other; give one of them."),
    (2, ("kwic", "c.csv", "طالبان", "--not-negated", "--negated"),
     "--negated and --not-negated contradict each other; give one of them."),
    (2, ("tokens", "c.csv", "--day-first", "--month-first", *OUT),
     "--day-first and --month-first contradict each other; give one of them."),
    (2, ("--progress", "--no-progress", "tokens", "c.csv", *OUT),
     "--progress and --no-progress contradict each other; give one of them."),
    (2, ("series", "c.csv", "--lexicon", "frames", "--by", "nix", *OUT),
     "--by names 'nix', which is no column of the corpus; it has 'source'."),
    (2, ("contrast", "c.csv", "--lexicon", "frames", "--first", "nix=1", "--second", "2022", *OUT),
     "--first names 'nix', which is no column of the corpus; it has 'source'."),
    (2, ("series", "c.csv", "--lexicon", "frames", "--by", "title", *OUT),
     "--by is 'title', which does not group documents; name what they share, such as source."),
    (2, ("tokens", "c.csv", "--text-column", "nix", *OUT),
     "'c.csv' has no column 'nix'; it has 'date', 'doc_id', 'source', 'text'. Say which column is which by "
     "--text-column and so on."),
    (1, ("chart", "c.csv", "--actors", "nix.yml", "--out", "charts"),
     "--actors is 'nix.yml': no such file, and no built-in lexicon of that name ('actors', 'appraisal', 'cues', "
     "'frames', 'predicates', 'scopes', 'speech', 'stance', 'temporal')."),
    (2, ("read", "seed:reports", *OUT),
     "'seed:reports' is a seed, which the other commands open as it is; it needs no reading."),
    (1, ("tokens", "seed:essays", *OUT), "CORPUS is 'seed:essays'; a seed is one of 'article', 'events', 'reports'."),
    (1, ("tokens", "seed:events", *OUT),
     "CORPUS is 'seed:events', a ledger and no corpus. `discourse chart` draws it under the axis of time."),
    (2, ("tokens", "", *OUT), "CORPUS is empty; give it a value."),
    (2, ("kwic", "c.csv", "طالبان", "--beside", " "), "--beside is empty; give it a value, or leave it out."),
    (2, ("chart", "c.csv", "--holder", "russia", "--holder", "", "--out", "charts"),
     "--holder is empty; give it a value, or leave it out."),
    (1, ("kwic", "c.csv", "طالبان", "--holder", "pkk"),
     "--holder is 'pkk', of whom the corpus has no position; it has "),
    (2, ("collocates", "c.csv", "وفد", "--least", "1", "--figure", "f.txt"),
     "Invalid value for '--figure': 'f.txt' is no figure; it ends in one of .pdf, .png, .svg. Change the ending."),
    (2, ("collocates", "c.csv", "وفد", "--by", "source", "--first", "2015", "--second", "2022"),
     "--by parts a corpus, --first and --second are two parts; give one or the other."),
    (2, ("collocates", "c.csv", "وفد", "--joint"),
     "--joint widens the intervals of differences; give --first and --second with it."),
    (2, ("series", "c.csv", "--lexicon", "frames", "--seed", "-1", *OUT),
     "Invalid value for '--seed': -1 is not in the range x>=0."),
    (2, ("agreement", "codes.csv", "--set", "nix"), "--set names 'nix', which nobody codes; coded are 'frames'."),
    (2, ("plan", "nix"), "TABLES is 'nix'; it must be one of "),
    (1, ("contrast", "c.csv", "--lexicon", "frames", "--first", "source=z", "--second", "source=x", *OUT),
     "--first names 'z', which no document has in 'source'; it has 'x', 'y'."),
])  # fmt: skip
def test_what_is_wrong_is_told_by_its_option_and_its_code(here, code, arguments, said):
    (here / "codes.csv").write_text("unit_id,coder,variable,value\n1,A,frames,x\n1,B,frames,y\n", encoding="utf-8")
    told = refused(code, *arguments)
    assert told == said or (said.endswith((" one of ", " has ")) and told.startswith(said))


@pytest.mark.parametrize("command", ["kwic", "positions", "shift", "chart"])
def test_actor_that_nobody_is_is_wrong_usage(here, command):
    more = {
        "kwic": ("طالبان", "--holder", "nobody"),
        "positions": ("--target", "nobody", *OUT),
        "shift": ("--holder", "nobody", "--first", "2015", "--second", "2022", *OUT),
        "chart": ("--holder", "nobody", "--out", "charts"),
    }[command]
    option = "--target" if command == "positions" else "--holder"
    assert refused(2, command, "c.csv", *more).startswith(f"{option} is 'nobody'; it must be one of 'afghan_gov', ")


def test_what_is_wrong_in_the_file_of_a_study_is_bad_data_in_its_own_words(here):
    (here / "s.yml").write_text("holders: [nobody]\ntarget: taliban\n", encoding="utf-8")
    assert refused(1, "chart", "c.csv", "--study", "s.yml", "--out", "charts").startswith("`holder` is 'nobody'; ")


@pytest.mark.parametrize("names", [("--rtl",), ("--rtl", "--rtl"), ("--plain",)])
def test_either_of_two_options_may_be_given(here, names):
    done = CliRunner().invoke(main, ["kwic", "c.csv", "طالبان", *names])
    assert done.exit_code == 0, done.output
    assert ("\t" in done.stdout) == ("--plain" in names)


@pytest.mark.parametrize(("period", "parts"), [
    ("year", ["2015", "2016", "2022", "2023"]),
    ("quarter", ["2015-10", "2016-01", "2022-01", "2023-01"]),
    ("month", ["2015-12", "2016-01", "2022-01", "2023-01"]),
])  # fmt: skip
def test_words_and_collocates_print_periods_as_charts_do_and_write_their_first_days(here, period, parts):
    asked = ["--by", "period", "--period", period, "--least", "1"]
    for command in (["words", "c.csv"], ["collocates", "c.csv", "وفد"]):
        done = CliRunner().invoke(main, [*command, *asked])
        assert done.exit_code == 0, done.output
        shown = [line.split("\t")[0] for line in done.stdout.splitlines()[1:]]
        assert list(dict.fromkeys(shown)) == parts
        done = CliRunner().invoke(main, [*command, *asked, "--overwrite", *OUT])
        assert done.exit_code == 0, done.output
        days = [f"{part}-01-01" if period == "year" else f"{part}-01" for part in parts]
        assert list(dict.fromkeys(pd.read_csv("o.csv")["part"])) == days


def test_command_with_debug_raises_the_error_as_it_is(here):
    done = CliRunner().invoke(main, ["--debug", "kwic", "c.csv", "طالبان", "--where", "2020:2015"])
    assert str(done.exception) == (
        "`where` has a period that ends before it begins: ('2020', '2015'). Give the earlier one first."
    )

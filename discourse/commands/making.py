"""What measuring commands do alike: a corpus read, its tables made by name, and what is said of both."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import click

from discourse.commands.corpus import Corpus, load_corpus
from discourse.commands.running import number

__all__ = ["Made", "boilerplate_option", "make", "make_tokens", "n_steps", "target_option", "undated"]

boilerplate_option = click.option(
    "--keep-boilerplate", is_flag=True, help="Also measure menus, tickers, links and credits; left out by default."
)
target_option = click.option("--target", metavar="ACTOR", help="Toward whom; the target of the default study.")


class Made(NamedTuple):
    """A corpus as read, its tables by name, and the sentence on what was read and left out."""

    corpus: Corpus
    tables: dict[str, Any]
    said: str


def make(
    corpus: str,
    columns: dict[str, Any],
    names: Sequence[str],
    *,
    begin: Callable[[str], None],
    keep_boilerplate: bool = False,
    arabic: bool = True,
    **options: Any,
) -> Made:
    """Read CORPUS and make the tables ``names`` by the plan; ``options`` are keys of the study."""
    from discourse.steps.making import make_tables
    from discourse.studies.default import holders_of_a_target
    from discourse.study import load_study

    asked = {name: value for name, value in options.items() if value is not None}
    asked |= holders_of_a_target(asked)
    study = load_study(boilerplate="keep" if keep_boilerplate else "drop", **asked)  # what is wrong with it comes first
    begin("reading")
    read = load_corpus(corpus, columns, arabic=arabic)
    wanted = [*names] if keep_boilerplate else [*names, "n_boilerplate"]
    given = read.documents if read.parted is None else read.parted
    parts = columns.get("parts", {})
    tables = make_tables(given, wanted, study=study, rejects=read.rejects, on_step=begin, **parts)
    n_left_out = tables.pop("n_boilerplate", 0)
    left_out = f" {number(n_left_out, 'word')} left out as boilerplate." if n_left_out else ""
    return Made(read, tables, f"{read.said}{left_out}")


def make_tokens(corpus: str, columns: dict[str, Any], *, begin: Callable[[str], None]) -> Made:
    """Read CORPUS and make TOKENS, boilerplate with it, as ``make`` does: no study is read that is not asked for."""
    from discourse.language.tokens import tokenize

    begin("reading")
    read = load_corpus(corpus, columns, arabic=False)
    begin("tokens")
    return Made(read, {"tokens": tokenize(read.documents)}, read.said)


def n_steps(names: Sequence[str], *, more: int = 0) -> int:
    """Return how many steps a command shows: reading, those of its tables, and what it does itself."""
    from discourse.steps.making import PLAN

    asked = [name for name in (*names, "n_boilerplate") if name in PLAN.steps]
    # the lines that repeat are looked for within the step of the spans, unless a corpus is read in parts
    return 1 + len(PLAN.order(asked, [*PLAN.given(), "repeated"])) + more


def undated(documents: Any) -> str:
    """Return the sentence on documents that fall in no period, empty where there are none."""
    n_undated = int(documents["date"].isna().sum())
    return f" {number(n_undated, 'document')} without a date in no period." if n_undated else ""

"""What an option takes to do anything: one that would do nothing beside the others is wrong usage."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

__all__ = ["refuse_idle"]

_WITH_HEADINGS = (".docx", ".html", ".xlsx")


class _Condition(NamedTuple):
    """An option of some commands, named as in the code; when it does anything; what is said where it does not."""

    commands: str
    option: str
    does: Callable[[Mapping[str, Any]], bool]
    said: str


def _ranks(given: Mapping[str, Any]) -> bool:
    return bool(given["candidates"] or given["add_to"])


_CONDITIONS = (
    _Condition(
        "words",
        "cluster",
        lambda given: given["intervals"],
        "--cluster names the units of intervals; give --intervals with it.",
    ),
    _Condition(
        "words collocates",
        "period",
        lambda given: given["by"] == "period",
        "--period says how long the parts of --by period are; give --by period with it.",
    ),
    _Condition(
        "words ngrams",
        "most",
        lambda given: given["out"] is None,
        "--most says how many rows are shown, and --out writes all; give one or the other.",
    ),
    _Condition(
        "collocates",
        "most",
        lambda given: given["out"] is None or given["figure"] is not None,
        "--most says how many rows are shown or drawn, and --out writes all; give one or the other.",
    ),
    _Condition(
        "collocates",
        "within",
        lambda given: given["window"] != "sentence" or given["within"] == "sentence",
        "--window sentence and --within document contradict each other; give one of them.",
    ),
    _Condition(
        "ngrams",
        "keep_closed",
        _ranks,
        "--keep-closed keeps candidates; give --candidates with it.",
    ),
    _Condition(
        "ngrams",
        "across_marks",
        lambda given: not _ranks(given),
        "--across-marks is of sequences that are counted, and no candidate runs over a mark; leave it out.",
    ),
    _Condition(
        "dispersion",
        "unit",
        lambda given: not given["pattern"],
        "--unit says what a term is where all are measured, and --pattern names what is; give one or the other.",
    ),
    _Condition(
        "dispersion",
        "min_count",
        lambda given: not given["pattern"],
        "--min-count chooses among all terms, and --pattern names what is measured; give one or the other.",
    ),
    _Condition(
        "scale",
        "period",
        lambda given: given["means"] is not None or given["figure"] is not None,
        "--period is of means; give --means FILE or --figure FILE with it.",
    ),
    _Condition(
        "scale",
        "cluster",
        lambda given: any(given[name] for name in ("means", "figure", "first", "second")),
        "--cluster names the units of intervals; give --means, --figure, or --first and --second with it.",
    ),
    _Condition(
        "collocates scale",
        "language",
        lambda given: given["figure"] is not None,
        "--language is that of a figure; give --figure FILE with it.",
    ),
    _Condition(
        "kwic",
        "language",
        lambda given: given["out"] is not None and given["out"].suffix.lower() in _WITH_HEADINGS,
        f"--language is that of headings; give --out FILE with it, which ends in one of {', '.join(_WITH_HEADINGS)}.",
    ),
    _Condition(
        "kwic",
        "seed",
        lambda given: given["sample"] is not None,
        "--seed is that of a draw; give --sample N with it.",
    ),
)


def refuse_idle() -> None:
    """Raise wrong usage where an option was typed that would do nothing, such as --seed without a draw."""
    context = click.get_current_context()
    for one in _CONDITIONS:
        typed = context.get_parameter_source(one.option) is ParameterSource.COMMANDLINE
        if str(context.info_name) in one.commands.split() and typed and not one.does(context.params):
            raise click.UsageError(one.said)

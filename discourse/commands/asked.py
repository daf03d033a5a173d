"""What a command was asked for: columns that the corpus has, and errors of the library in the words of the options."""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from discourse.errors import DiscourseError, first_three

__all__ = ["check_columns", "hint", "told_by_options"]

_NO_COLUMNS = {"period", "voice"}
_OTHER = {"date", "date_precision", "doc_id", "encoding", "text", "title"}  # columns that are no variables
_USAGE = re.compile(
    r"overlap|does not group|several words; a seed|both ends|have no polarity|has two periods|; write 2021"
    r"|which lies in the corpus"
)
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"^`pattern` is (?P<it>.+), which matches no word of `tokens`\..*",
        r"PATTERN is \g<it>, which matches no word of the corpus. Look at its spelling and at --clitics, or at the "
        r"words that there are: `discourse words`.",
    ),
    (r"Look at what a pattern matches by kwic\(\)", "Look at what a pattern matches by `discourse kwic`"),
    (
        r"^`tokens` holds (?P<n>1 document|no document) with words;.*",
        r"The corpus has \g<n> with words; intervals compare documents. Give two or more, or read the lines by "
        r"`discourse kwic`.",
    ),
    (r"Resolve the dates \(resolve_dates\)\.", "Name their column by --date-column."),
    (r"none has a date\. Give `documents` dates\.", "none has a date. Name their column by --date-column."),
    (r" that is measured\. No document has a date\.", ": none has a date. Name their column by --date-column."),
    (
        r"Give `documents` dates, or take longer periods\.",
        "Name their column by --date-column, or take a longer --period.",
    ),
    (
        r"^`documents` has no date as fine as the periods\..*",
        "No document has a date as fine as --period. Name their column by --date-column, or take longer periods.",
    ),
    (r" that is precise enough for `freq` '\w+'", " as fine as --period"),
    (r"\(by `freq`\)", "(by --period)"),
    (r"^`between` names sets that overlap: (?P<a>.+) and (?P<b>.+) share (?P<n>\d+)",
     r"--first (\g<a>) and --second (\g<b>) overlap: they share \g<n>"),
    (r"^`between` \((?P<a>.+?)\)", r"The side \g<a>"),
    (
        r"^`holder` is (?P<it>.+), which no row has; there is no row at all\.",
        r"--holder is \g<it>, of whom the corpus has no position toward the target.",
    ),
    (r"^`between` asks", "--first or --second asks"),
    (r"^`between` names", "--first or --second names"),
    (r"^lexicon 'of `(?P<it>pattern|seeds|near)`'", r"`\g<it>`"),
    (r"which no row has in ", "which no document has in "),
)  # fmt: skip
_WORDS = {
    "tokens": "the corpus",
    "documents": "the corpus",
    "pattern": "PATTERN",
    "collocates": "the table",
    "folder": "--out",
}


def check_columns(
    documents: Any, *, sides: Mapping[str, Mapping[str, Any]] | None = None, **options: str | None
) -> None:
    """Raise wrong usage where an option or a side names a column that the corpus lacks.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    sides : mapping, optional
        What ``--first``, ``--second`` or ``--where`` ask for, by the name of the option.
    **options
        Columns, by the name of the option: ``by="source"``.
    """
    asked = [(f"--{name}", column) for name, column in options.items() if column is not None]
    asked += [(name, column) for name, side in (sides or {}).items() for column in side if isinstance(column, str)]
    for name, column in asked:
        if column not in documents and column not in _NO_COLUMNS:
            known = sorted({str(one) for one in documents.columns} - _OTHER)
            has = f"it has {_listed(known)}" if known else "it has no variables"
            raise click.UsageError(f"{name} names {column!r}, which is no column of the corpus; {has}.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) if len(list(names)) <= 8 else first_three(list(names))


def hint(table: Any, said: str) -> str:
    """Return what to do about a table without rows; nothing where it has some."""
    return "" if len(table) else f" {said}"


def told_by_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Tell errors of the library in the words of the command; what its options cannot mean is wrong usage."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except DiscourseError as error:
            said = _in_options(str(error), click.get_current_context().command)
            if _USAGE.search(said):
                raise click.UsageError(said) from error
            raise click.ClickException(said) from error

    return run


def _in_options(message: str, command: click.Command) -> str:
    for pattern, told in _SENTENCES:
        message = re.sub(pattern, told, message)
    names = {one.name: one.opts[0] for one in command.params if isinstance(one, click.Option)}

    def name(found: re.Match[str]) -> str:
        word = found[1]
        if word == "seeds" and "positive" in names:
            return "--seeds" if click.get_current_context().params.get("seeds") else "the list of seeds"
        if word == "pattern" and found.start() and word not in names:  # of an entry of a lexicon
            return found[0]
        return names.get(word) or _WORDS.get(word, found[0])

    told = re.sub(r"`(\w+)`", name, message)
    return told[0].upper() + told[1:] if re.match(r"[^\W\d_]+[\s`,]", told) else told  # no name of a file

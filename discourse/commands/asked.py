"""What a command was asked for: errors of the library in the words of its options, and which are wrong usage."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click
from click.core import ParameterSource

from discourse.errors import AbsentError, DiscourseError, LexiconError, ResourceError, first_three

__all__ = ["check_columns", "check_pattern", "hint", "names_of", "refuse_empty", "told"]

_NO_COLUMNS = {"category", "period", "voice"}
_OTHER = {"date", "date_precision", "doc_id", "encoding", "text", "title"}  # columns that are no variables
_FILES = {"actors", "also", "archived", "codes", "corpus", "events", "evidence", "file", "paths", "plan", "study"}
"""Parameters that name what is read: what is wrong with one is wrong with the file, not with the command line."""
_TELL_THEMSELVES = {"first", "near", "pattern", "second", "where"}
"""Parameters of which it is said what they must hold."""
_SUBJECT = re.compile(r"`-*([\w-]+)")
_VALUE = re.compile(r"`source` is '([^']*)'")
_NO_COLUMN = re.compile(r".* has no column '([^']*)'")
_LEXICONS = {"file", "lexicon", "lexicons", "seeds"}
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
    (r"^`seeds` has (?P<n>\d+ words?) at the (?P<end>positive|negative) end;", r"--\g<end> names \g<n>;"),
    (r"^`between` names sets that overlap: (?P<a>.+) and (?P<b>.+) share (?P<n>\d+)",
     r"--first (\g<a>) and --second (\g<b>) overlap: they share \g<n>"),
    (r"^`between` \((?P<a>.+?)\)", r"The side \g<a>"),
    (r"`(?P<it>\w+), voice`", r"The voice of `\g<it>`"),
    (
        r"has a period that ends before it begins: \('(?P<a>.+?)', '(?P<b>.+?)'\)\.",
        r"is \g<a>:\g<b>, which ends before it begins.",
    ),
    (r"Ask kwic\(\)\.", "Read their places by `discourse kwic`."),
    (
        r"^`holder` is (?P<it>.+), which no row has; there is no row at all\.",
        r"--holder is \g<it>, of whom the corpus has no position toward the target.",
    ),
    (r"of whom `positions` has no position", "of whom the corpus has no position"),
    (r"^`between` asks", "--first or --second asks"),
    (r"^`between` names", "--first or --second names"),
    (
        r"Give \{'positive': \[\.\.\.\], 'negative': \[\.\.\.\]\}\.",
        "Give another, or words by --positive and --negative.",
    ),
    (r"\bby [^().]*\(on the command line (?P<it>--[^)]+)\)", r"by \g<it>"),
    (r"^`name` is '(?P<it>[^']*)'; it must be one of 'art", r"`corpus` is 'seed:\g<it>'; a seed is one of 'art"),
    (r"; take load_seed\('events'\)\.", ". `discourse chart` draws it under the axis of time."),
    (r"say overwrite=True \(--overwrite\)", "say --overwrite"),
    (r"which no row has in ", "which no document has in "),
)  # fmt: skip
_MEANT: dict[str, tuple[str, ...]] = {
    "allow_networks": ("allow_network",),
    "archive": ("archived", "out"),
    "between": ("first second",),
    "boilerplate": ("keep_boilerplate",),
    "by": ("sort",),
    "closed": ("drop_closed", "keep_closed"),
    "coders": ("user",),
    "columns": ("column", "text_column"),
    "folder": ("out", "corpus"),
    "freq": ("period",),
    "name": ("corpus",),
    "holders": ("holder",),
    "ledger": ("events",),
    "lexicon": ("lexicons", "seeds", "file"),
    "lexicons": ("lexicon",),
    "names": ("name",),
    "n": ("words", "sample"),
    "n_draws": ("draws",),
    "n_workers": ("workers",),
    "page": ("evidence",),
    "path": ("figure", "add_to", "dna", "out"),
    "right_to_left": ("rtl",),
    "simultaneous": ("joint",),
    "source": ("lexicon", "seeds", "file", "study"),
    "split": ("by",),
}
"""Parameters of the library: the options of commands that give them, of which a command has the first that it has."""
_WORDS = {
    "collocates": "the table",
    "concordance": "the lines",
    "counts": "the corpus",
    "documents": "the corpus",
    "frame": "the table",
    "positions": "the positions",
    "quotations": "the reported speech",
    "statements": "the statements",
    "table": "the table",
    "tokens": "the corpus",
}
"""Tables that a command makes itself."""


def check_columns(
    documents: Any, *, sides: Mapping[str, Mapping[str, Any]] | None = None, **options: str | tuple[str, ...] | None
) -> None:
    """Raise wrong usage where an option or a side names a column that the corpus lacks.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    sides : mapping, optional
        What ``--first``, ``--second`` or ``--where`` ask for, by the name of the option.
    **options
        Columns, by the name of the option: ``by="source"``, or several.
    """
    asked = [
        (f"--{name}", column)
        for name, columns in options.items()
        for column in ((columns,) if isinstance(columns, str) else columns or ())
    ]
    asked += [(name, column) for name, side in (sides or {}).items() for column in side if isinstance(column, str)]
    for name, column in asked:
        if column not in documents and column not in _NO_COLUMNS:
            known = sorted({str(one) for one in documents.columns} - _OTHER)
            has = f"it has {_listed(known)}" if known else "it has no variables"
            makes = " `discourse duplicates --joined FILE` makes it." if column == "cluster" else ""
            raise click.UsageError(f"{name} names {column!r}, which is no column of the corpus; {has}.{makes}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names) if len(list(names)) <= 8 else first_three(list(names))


def hint(table: Any, said: str) -> str:
    """Return what to do about a table without rows; nothing where it has some."""
    return "" if len(table) else f" {said}"


def check_pattern(argument: str, pattern: str | None, *, of_words: bool = False) -> None:
    """Raise, before a corpus is read, where a pattern can never match or, where words are counted, has none."""
    from discourse.lexicons.loader import lexicon_from_patterns
    from discourse.measures.lexis.terms import check_words

    if pattern is None:
        return
    lexicon_from_patterns([pattern], name=f"of `{argument}`")
    if of_words:
        check_words(argument, [pattern])


def refuse_empty() -> None:
    """Raise wrong usage where an option or an argument was given without a value, such as --voice ""."""
    context = click.get_current_context()
    for one in context.command.params:
        held = context.params.get(str(one.name))
        several = held if isinstance(held, tuple | list) else [held]
        if one.name not in _TELL_THEMSELVES and any(isinstance(value, str) and not value.strip() for value in several):
            left = "." if one.required else ", or leave it out."
            raise click.UsageError(f"{_joined([one])} is empty; give it a value{left}")


def told(error: DiscourseError, *, shorten: Callable[[str], str]) -> click.ClickException:
    """Return what a command says of an error of the library, in the words of its options.

    What is wrong with an option or an argument that was given is wrong usage (exit code 2). What the corpus does not
    hold, and what is wrong with a file, is bad data (exit code 1).
    """
    context = click.get_current_context()
    message = str(error)
    said = _in_options(message, context)
    given = [one for one in _blamed(message, context) if _is_given(one, context)]
    names = {one.name for one in given} - _FILES - (_LEXICONS if isinstance(error, LexiconError) else set())
    wrong = bool(names) and not isinstance(error, AbsentError | ResourceError)
    return (click.UsageError if wrong else click.ClickException)(shorten(said))


def _blamed(message: str, context: click.Context) -> list[click.Parameter]:
    """Return the options and arguments that a message is about: by the name or the value that it begins with."""
    column = _NO_COLUMN.match(message)
    if column is not None:
        return [one for one in context.command.params if "column" in str(one.name) and _gives(one, column[1], context)]
    found = _SUBJECT.match(message)
    if found is None:
        return []
    return _meant(found[1].replace("-", "_"), context)


def names_of(context: click.Context) -> dict[str, str]:
    """Return for each parameter of the library that a command gives how its message names it."""
    command = context.command
    own = {key for one in command.params for key in _keys(one)}
    named = {key: _joined(_meant(key, context)) for key in sorted(own | set(_MEANT))}
    if "seeds" in own and not _is_given_by("seeds", context):
        named["seeds"] = "--positive or --negative"
    return _WORDS | {key: name for key, name in named.items() if name}


def _joined(options: Iterable[click.Parameter]) -> str:
    return " or ".join(
        one.opts[0] if isinstance(one, click.Option) else one.make_metavar(click.get_current_context()).strip("[].")
        for one in options
    )


def _keys(parameter: click.Parameter) -> list[str]:
    """Return the names of an option or argument: the one in the code, and the one that is typed."""
    typed = [name.lstrip("-").replace("-", "_") for name in parameter.opts[:1]]
    return list(dict.fromkeys([str(parameter.name), *typed]))


def _meant(word: str, context: click.Context) -> list[click.Parameter]:
    """Return the options and arguments of a command that a parameter of the library means."""
    params = context.command.params
    if word == "seeds" and not _is_given_by("seeds", context):
        return [one for one in params if one.name in ("positive", "negative", "seeds")]
    for names in (word, *_MEANT.get(word, ())):
        found = [one for name in names.split() for one in params if name in _keys(one)]
        if found:
            return found
    return []


def _is_given(parameter: click.Parameter, context: click.Context) -> bool:
    return _is_given_by(str(parameter.name), context)


def _gives(parameter: click.Parameter, value: str, context: click.Context) -> bool:
    """Tell whether a value, or ROLE=value, was typed for an option or an argument."""
    held = context.params.get(str(parameter.name))
    several = held if isinstance(held, tuple | list) else [held]
    return _is_given(parameter, context) and any(value in (str(one), str(one).partition("=")[2]) for one in several)


def _is_given_by(name: str, context: click.Context) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _in_options(message: str, context: click.Context) -> str:
    names = names_of(context)
    if value := _VALUE.match(message):  # one of several files, told by what was typed
        of_value = [one for one in context.command.params if _gives(one, value[1], context)]
        names |= {"source": _joined(of_value[:1])} if of_value else {}
    if _is_given_by("study", context):  # what is wrong may be wrong in its file, which no option gives
        given = {word for word in names if any(_is_given(one, context) for one in _meant(word, context))}
        names = {word: name for word, name in names.items() if word in given}
    said = message
    for pattern, instead in _SENTENCES:
        said = re.sub(pattern, instead, said)

    def name(found: re.Match[str]) -> str:
        word = found[1]
        own = word in context.params
        if word == "pattern" and found.start() and not own:  # of an entry of a lexicon
            return found[0]
        return names.get(word, found[0])

    said = re.sub(r"`(\w+)`", name, said)
    changed = said != message and re.match(r"[^\W\d_]+[\s`,]", said)  # no name of a file
    return said[0].upper() + said[1:] if changed else said

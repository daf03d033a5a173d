"""What every command does alike: errors to exit codes, progress, the closing line, options for files."""

import functools
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from discourse.commands.asked import refuse_empty, told
from discourse.commands.conditions import refuse_idle
from discourse.commands.outputs import overwrite_option, written_outputs
from discourse.errors import DiscourseError, SourceError

__all__ = [
    "Either",
    "bom_option",
    "close",
    "counter",
    "example",
    "figure_path",
    "guarded",
    "number",
    "out_option",
    "shows_progress",
    "steps",
    "table_path",
]

_BOM = "discourse.bom"

_FIGURES = (".pdf", ".png", ".svg")
_LONGEST = 4_000  # characters of a message
_MOST_WARNINGS = 5
_GLYPH = re.compile(r"Glyph (\d+) .*missing from font")


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn an error into a message and an exit code: in the words of the options, a fault of the program as such.

    With `discourse --debug` the error is raised as it is. What the command writes is checked before it begins; the
    option --overwrite comes with it.
    """

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        debug = bool((click.get_current_context().find_root().obj or {}).get("debug"))
        try:
            refuse_empty()
            refuse_idle()
            overwrite = options.pop("overwrite", False)
            name = str(click.get_current_context().info_name)
            with _told_warnings(debug), written_outputs(name, options, overwrite=overwrite), _as_asked():
                return command(*args, **options)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except DiscourseError as error:
            if debug:
                raise
            raise told(error, shorten=_bounded) from error
        except (
            OSError,
            MemoryError,
        ) as error:  # of the disk, the file system or the machine, and no fault of the program
            if debug:
                raise
            raise click.ClickException(_of_the_machine(error)) from error
        except Exception as error:
            if debug:
                raise
            raise click.ClickException(_fault(error)) from error

    return overwrite_option(run)


def _as_asked() -> AbstractContextManager[None]:
    from discourse.writing import marked_csv

    return marked_csv(bool(click.get_current_context().meta.get(_BOM)))


@contextmanager
def _told_warnings(debug: bool) -> Iterator[None]:
    """Say what libraries warn of in a line each, and characters that the font of the figures lacks in one."""
    if debug:
        yield
        return
    with warnings.catch_warnings(record=True) as caught:
        try:
            yield
        finally:
            said = list(dict.fromkeys(" ".join(str(one.message).split()) for one in caught))
            lacking = [found for found in map(_GLYPH.match, said) if found]
            for line in [line for line in said if not _GLYPH.match(line)][:_MOST_WARNINGS]:
                click.echo(f"Warning: {_bounded(line)}", err=True)
            if lacking:
                shown = ", ".join(f"U+{int(found[1]):04X}" for found in lacking[:_MOST_WARNINGS])
                what = number(len(lacking), "character")
                click.echo(f"Warning: the font of the figures lacks {what} ({shown}); a box stands there.", err=True)


def _bounded(message: str) -> str:
    """Cut a message that quotes a value without end."""
    if len(message) <= _LONGEST:
        return message
    return f"{message[: _LONGEST // 2]} [...] {message[-_LONGEST // 2 :]}"


def _of_the_machine(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory for this; take a smaller corpus, or a machine with more."
    named = f"{str(error.filename)[:300]!r}" if error.filename is not None else "a file"
    return f"{named} cannot be read or written: {error.strerror or error}. Check the path, or name another."


def _fault(error: Exception) -> str:
    name = click.get_current_context().info_name
    return (
        f"this is a fault of discourse, not of your corpus: {type(error).__name__}: {error}. "
        f"Run `discourse --debug {name} ...` and report what it prints."
    )


@contextmanager
def steps(n_steps: int) -> Iterator[Callable[[str], None]]:
    """Show progress over the steps of a command: a bar on a terminal, nothing elsewhere unless `--progress` asks.

    Yields a function that is called with the name of each step as it begins.
    """
    shown = (click.get_current_context().find_root().obj or {}).get("progress")
    disable = None if shown is None else not shown
    begun = 0
    with tqdm(
        total=n_steps,
        disable=disable,
        leave=False,
        file=sys.stderr,
        bar_format="{desc} [{bar:20}] {n}/{total} {elapsed}",
    ) as bar:

        def begin(name: str) -> None:
            nonlocal begun
            bar.set_description_str(name, refresh=False)
            bar.update(1 if begun else 0)
            begun += 1
            bar.total = max(bar.total, begun)  # of a corpus in parts their number is known when it has been read
            bar.refresh()

        yield begin


@contextmanager
def counter(name: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show progress over the parts of one long step; yields a function of (done, all, name of the part)."""
    with tqdm(total=1, disable=not shows_progress(), leave=False, file=sys.stderr, desc=name) as bar:

        def count(done: int, n_parts: int, part: str) -> None:
            bar.total = n_parts
            bar.n = done
            bar.set_postfix_str(part[-40:])

        yield count


def shows_progress() -> bool:
    """Say whether library functions should show their own progress bars: on a terminal, or when asked to."""
    shown = (click.get_current_context().find_root().obj or {}).get("progress")
    return sys.stderr.isatty() if shown is None else bool(shown)


def number(count: int, singular: str, plural: str | None = None) -> str:
    """Write a count with its noun: ``number(1, "row")`` is '1 row'.

    Examples
    --------
    >>> number(37347, "record"), number(1, "entry", "entries")
    ('37,347 records', '1 entry')
    """
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def close(line: str, *, table_on_screen: bool = False) -> None:
    """Print the closing line: to standard error where standard output holds a table, else to standard output."""
    click.echo(line, err=table_on_screen)


def table_path(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """Check the ending of a table's file before any work is done; a wrong one is wrong usage."""
    from discourse.writing import check_table_path

    if value is None:
        return None
    try:
        return check_table_path(value, argument="--" + str(parameter.name))
    except SourceError as error:
        raise click.BadParameter(str(error)) from error


class Either(click.Option):
    """A pair of options of which one is given or none, such as --day-first/--month-first; both are wrong usage."""

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Have the parser keep each of the two names that is typed."""
        for names, value in ((self.opts, True), (self.secondary_opts, False)):
            parser.add_option(obj=self, opts=names, dest=self.name, action="append_const", const=value)

    def handle_parse_result(self, ctx: click.Context, opts: Any, args: list[str]) -> tuple[Any, list[str]]:
        """Return what was given; raise where both were."""
        given = opts.get(self.name)
        if isinstance(given, list):
            if len(set(given)) > 1:
                names = f"{self.opts[0]} and {self.secondary_opts[0]}"
                raise click.UsageError(f"{names} contradict each other; give one of them.", ctx=ctx)
            opts = {**opts, self.name: given[0]}
        return super().handle_parse_result(ctx, opts, args)


def figure_path(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check the ending of a figure's file before any work is done; a wrong one is wrong usage."""
    if value is not None and Path(value).suffix.lower() not in _FIGURES:
        raise click.BadParameter(f"{value!r} is no figure; it ends in one of {', '.join(_FIGURES)}. Change the ending.")
    return value


def example(command: str) -> str:
    """Return the end of a help text: one command that can be pasted, on a line of its own."""
    return f"\b\nExample:\n  {command}"


def out_option(*, required: bool = True, help_text: str = "Table to write; ends in .csv or .parquet.") -> Callable:
    """Make the option --out of a command that writes one table; --bom comes with it."""
    option = click.option("--out", "out", metavar="FILE", required=required, callback=table_path, help=help_text)
    return lambda command: option(bom_option(command))


def _ask_for_mark(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.meta[_BOM] = value


bom_option = click.option(
    "--bom",
    is_flag=True,
    expose_value=False,
    callback=_ask_for_mark,
    help="Begin CSV with a byte order mark, so that Excel shows Arabic.",
)
"""Every CSV that the command writes begins with a byte order mark; its values stay as they are."""

"""What `discourse read` says of tables before it reads them, and asks where it can; what `check` proposes to run."""

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from discourse.commands.running import number

__all__ = ["Asked", "default_of", "needed_columns", "say_reasons", "say_table", "settle_columns"]

_MOST_TABLES = 20
_MOST_VARIABLES = 40  # columns kept as variables that are told one by one
_NAME_WIDTH = 24
_WHY = {"asked": "as you say", "name": "by its name", "content": "by its content", "rest": "kept as a variable"}
_WHAT = {"text": "the text", "date": "the date of publication", "source": "the outlet"}
_ASKED = ("two text", "no text", "two date", "two source", "no source", "order")


class Asked(NamedTuple):
    """How tables are read: role to column (or to those of several tables), order and form of dates, the encoding."""

    columns: Mapping[str, str | Sequence[str]]
    day_first: bool | None = None
    date_format: str | None = None
    encoding: str | None = None

    def names(self) -> dict[str, str]:
        """Return the first column of each role."""
        from discourse.sources.readers.tabular import names_of

        return {role: name for role in self.columns for name in names_of(self.columns, role)[:1]}

    def options(self) -> list[str]:
        """Return the same as options of `discourse read`."""
        from discourse.sources.readers.tabular import names_of

        words = [
            part
            for role in self.columns
            for name in names_of(self.columns, role)
            for part in ("--column", f"{role}={name}")
        ]
        if self.day_first is not None:
            words.append("--day-first" if self.day_first else "--month-first")
        for option, value in (("--date-format", self.date_format), ("--encoding", self.encoding)):
            words += [option, value] if value is not None else []
        return words


class _Table(NamedTuple):
    """A table that is looked at: its name, its columns as they came, whether these are all its records, its twins."""

    name: str
    frame: Any
    whole: bool
    n_alike: int


def settle_columns(paths: Iterable[str], asked: Asked, *, format: str, made: Iterable[Path | None], yes: bool) -> Asked:
    """Say what each column of each table is taken for; ask on a terminal, elsewhere say what decides it.

    ``made`` are the files that the command writes, which are not read.

    Raises
    ------
    click.UsageError
        Something is unclear for which no default is safe, nobody can be asked, and ``yes`` is false; or tables that
        are read together name their columns differently.
    """
    from discourse.sources.readers.reading import find_sources

    not_read = {place.resolve() for place in made if place is not None}
    sources = [path for path, _ in find_sources(list(paths)) if path.resolve() not in not_read]
    settled = []
    for table in _tables_of(sources, format, asked):
        own = asked._replace(columns=_of_table(table, asked.columns))
        settled.append((table, _settle(table, own, asks=_on_a_terminal() and not yes, yes=yes)))
    if not settled:
        return asked
    columns = _where_held({**_shared_columns(settled, alone=len(sources) == 1), **asked.columns}, settled)
    first = settled[0][1]._replace(columns=columns)
    for table, answer in settled:
        if answer._replace(columns={}) != first._replace(columns={}):
            raise click.UsageError(
                f"{settled[0][0].name} and {table.name} have their dates in different orders, and one option cannot "
                "say both; read them one by one."
            )
        for role, name in _of_table(table, columns).items():
            if name in table.frame.columns and name != answer.columns.get(role, name):
                raise click.UsageError(
                    f"{table.name} has its {role} not in {name!r}, as another table has; read them one by one."
                )
    return first


def _where_held(
    columns: Mapping[str, str | Sequence[str]], settled: Sequence[tuple[_Table, Asked]]
) -> dict[str, str | Sequence[str]]:
    """Return a column map in which what only some of the tables have is asked of these alone; each has its texts."""
    held = [set(map(str, table.frame.columns)) for table, _ in settled]
    found = dict(columns)
    for role, name in columns.items():
        n_with = sum(name in names for names in held)
        if isinstance(name, str) and role != "text" and 0 < n_with < len(held):
            found[role] = (name,)
    return found


def _of_table(table: _Table, columns: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    """Return the columns of one table: of several names of a role the first that it has."""
    from discourse.sources.readers.tabular import names_of

    held = set(map(str, table.frame.columns))
    own = {role: [name for name in names_of(columns, role) if name in held] for role in columns}
    return {role: (found or [name])[0] for role, found in own.items() for name in names_of(columns, role)[:1]}


def _shared_columns(settled: Sequence[tuple[_Table, Asked]], *, alone: bool) -> dict[str, str | tuple[str, ...]]:
    """Return what the tables have to be told together: to each role the names that it has in them."""
    told: dict[str, str | tuple[str, ...]] = {}
    for table, answer in settled:
        for role in needed_columns(table.frame.columns, _of_table(table, answer.columns), alone=alone):
            names = dict.fromkeys(own for _, one in settled for own in (one.columns.get(role),) if isinstance(own, str))
            told[role] = next(iter(names)) if len(names) == 1 else tuple(names)
    return told


def needed_columns(names: Iterable[str], taken: Mapping[str, str], *, alone: bool = True) -> dict[str, str]:
    """Return the columns that a reader has to be told, since it knows them by no name of its own.

    An id or an address is told of a table that is read alone: numbers repeat from table to table.
    """
    from discourse.sources.columns import named_roles

    held = [str(name) for name in names]
    known = named_roles(held, list(taken))
    told = {role: name for role, name in taken.items() if name not in (role, known.get(role))}
    return {role: name for role, name in told.items() if alone or role not in ("doc_id", "url")}


def _tables_of(sources: list[Path], format: str, asked: Asked) -> list[_Table]:
    """Return the tables among the sources, one for each set of columns."""
    from discourse.errors import DiscourseError
    from discourse.sources.readers.detection import detect_format
    from discourse.sources.readers.tabular import TABLES, names_of, sample_table

    found: dict[tuple[str, ...], _Table] = {}
    n_looked_at = 0
    for path in sources:
        kind = format
        if format == "auto":
            kind = detect_format(path, text_column=names_of(asked.columns, "text")).format if path.is_file() else None
        if kind == "text" and path.name.lower().endswith((".csv", ".tsv")):
            kind = path.name.lower().rsplit(".", 1)[1]
        if kind not in TABLES or n_looked_at == _MOST_TABLES:
            continue
        n_looked_at += 1
        try:
            frame, whole = sample_table(path, kind, encoding=asked.encoding)
        except DiscourseError:
            continue  # what is wrong with it, reading says
        key = tuple(map(str, frame.columns))
        table = found.get(key) or _Table(path.name, frame, whole, -1)
        found[key] = table._replace(n_alike=table.n_alike + 1)
    return list(found.values())


def _settle(table: _Table, asked: Asked, *, asks: bool, yes: bool) -> Asked:
    passed: set[str] = set()
    judged = _judged(table.frame, asked)
    click.echo("\n".join(say_table(table.name, judged.table, len(table.frame), table.whole, table.n_alike)))
    if not asks:
        _stop_at_unsafe(table.name, judged.unclear, yes=yes)
    while left := [one for one in judged.unclear if one.kind not in passed]:
        one = left[0]
        passed.add(one.kind)
        if one.kind not in _ASKED or (one.safe and not asks):
            click.echo(f"  unclear: {one.said}{_told(one)}")
            continue
        answer = _ask(one, judged.table) if asks else default_of(one)
        if one.kind == "order":
            asked = asked._replace(day_first=answer == "--day-first")
            click.echo(f"  taken: {answer}")
        elif answer is not None:
            asked = asked._replace(columns={**asked.columns, one.role: answer})
            click.echo(f"  taken: --column {shlex.quote(f'{one.role}={answer}')}")
        judged = _judged(table.frame, asked)
    return asked._replace(columns=judged.columns)


def _judged(frame: Any, asked: Asked) -> Any:
    from discourse.sources.roles import judge_columns

    return judge_columns(frame, asked=asked.names(), day_first=asked.day_first, date_format=asked.date_format)


def _stop_at_unsafe(name: str, unclear: Iterable[Any], *, yes: bool) -> None:
    """End the command where nobody can be asked and a default would be a guess."""
    unsafe = [one for one in unclear if not one.safe and not (yes and default_of(one) is not None)]
    if not unsafe:
        return
    for one in unclear:
        if one.safe:
            click.echo(f"  unclear: {one.said}{_told(one)}")
    said = " ".join(f"{one.said}{_told(one)}." for one in unsafe)
    defaults = [default_of(one) for one in unsafe]
    takes = "" if None in defaults else f" --yes takes {' and '.join(map(str, defaults))}."
    raise click.UsageError(f"{name} leaves open what has no safe default. {said}{takes}")


def _told(one: Any) -> str:
    option = one.option
    if len(one.candidates) == 1:
        option = f"--column {shlex.quote(f'{one.role}={one.candidates[0]}')}"
    return f" -> {option}" if option else ""


def default_of(one: Any) -> str | None:
    """Return what is taken of something unclear that nobody answers; null where nothing can be."""
    if one.kind == "order":
        return "--day-first"
    return one.candidates[0] if one.kind.startswith("two") and not one.safe else None


def _ask(one: Any, table: Any) -> str | None:
    """Ask on the terminal; Arabic outlets print the day first, and an outlet may be named nowhere."""
    click.echo(f"  unclear: {one.said}")
    if one.kind == "order":
        first = click.prompt("  Which stands first", type=click.Choice(["day", "month"]), default="day")
        return f"--{first}-first"
    rows = table.set_index("column")
    candidates = list(one.candidates) or [name for name in rows.index if rows.at[name, "n_filled"]]
    for place, name in enumerate(candidates, start=1):
        click.echo(f"    {place}  {name}  ({rows.at[name, 'example']})")
    least = 1
    if one.safe:
        least = 0
        click.echo("    0  none of them")
    default = None if one.kind == "no text" else least
    chosen = click.prompt(
        f"  Which column holds {_WHAT[one.role]}", type=click.IntRange(least, len(candidates)), default=default
    )
    return candidates[chosen - 1] if chosen else None


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def say_table(name: str, table: Any, n_rows: int, whole: bool = True, n_alike: int = 0) -> list[str]:
    """Return the lines that say what each column of COLUMN_ROLES is taken for."""
    looked_at = number(n_rows, "record") if whole else f"of its records the first {n_rows:,} are looked at"
    alike = f"; {number(n_alike, 'more table')} of the same columns" if n_alike else ""
    lines = [f"{name}: {looked_at}, {number(len(table), 'column')}{alike}"]
    width = min(max((len(column) for column in table["column"]), default=0), _NAME_WIDTH)
    known = table["role"].ne("variable") | ~table["sure"]
    told = table[known | (~known).cumsum().le(_MOST_VARIABLES)]
    for row in told.itertuples(index=False):
        name = " ".join(row.column.split())
        shown = name if len(name) <= width else name[: width - 1] + "…"
        why = _WHY[row.basis] + ("" if row.sure else " (unclear)")
        held = f"{row.n_filled:,} filled, {row.n_distinct:,} different" if row.n_filled else "empty"
        example = f", such as {row.example}" if isinstance(row.example, str) else ""
        role = "" if row.role == "variable" else row.role
        lines.append(f"  {role:<7} {shown:<{width}}  {why}; {held}{example}")
    if len(told) < len(table):
        lines.append(f"  and {number(len(table) - len(told), 'more column')}, kept as variables")
    return lines


def say_reasons(rejects: Any) -> list[str]:
    """Return the lines that say why records are rejected, how many, the first of each, and what would mend them."""
    from discourse.sources.rejects import group_rejects

    several = rejects["path"].nunique() > 1
    lines = []
    for row in group_rejects(rejects).itertuples(index=False):
        place = f"{Path(str(row.path)).name}, {row.record}" if several else row.record
        mends = [part for part in (row.option, row.advice) if isinstance(part, str)]
        mended = f" -> {': '.join(mends)}" if mends else ""
        lines.append(f"  {row.n:>6,}  {row.reason}; first: {place}{mended}")
    return lines

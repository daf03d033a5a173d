"""Freeze every table that the project's results stand on, and hold the present ones against them.

    python benchmarks/frozen.py write   [--parts reports,digests,notebooks] [--tables DIR]
    python benchmarks/frozen.py compare [--parts reports,digests,notebooks] [--tables DIR] [--only 'reports/*']

`write` puts rows, columns with dtypes and SHA-256 of each table into frozen.json, and with --tables the tables in full
into a folder outside the project. `compare` makes the tables anew and says of each whether it is equal; with --tables
it shows the first cells that differ, old -> new. A difference that is on purpose has its reason in frozen-reasons.yml
(and in CHANGELOG.md under "Changed results"); any other one ends with exit code 1.

Parts: reports (`discourse chart seed:reports`), digests (every reading of the coded digests), notebooks (outputs as
committed and as run, with the tables that they show), news (`discourse chart` of the news corpus by month), articles
(every reading of 2,000 news articles). The last two need the news corpus and say so where it is absent. Digits are
those of one machine: another processor may round the last digit of a float differently.
"""

import fnmatch
import json
import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pandas as pd
import yaml
from frozen_digests import differences, digest, written
from frozen_tables import NEED_NEWS, PARTS, ROOT, corpus_file

LEDGER = ROOT / "benchmarks" / "frozen.json"
REASONS = ROOT / "benchmarks" / "frozen-reasons.yml"


def parts_option(context: click.Context, parameter: click.Parameter, value: str) -> list[str]:
    """Return the parts asked for, in the order in which they are made."""
    asked = [name.strip() for name in value.split(",") if name.strip()]
    if unknown := sorted(set(asked) - set(PARTS)):
        raise click.BadParameter(f"{', '.join(unknown)}: no such part; choose from {', '.join(sorted(PARTS))}.")
    return [name for name in PARTS if name in asked]


def options(command: Any) -> Any:
    """Give a command the options that both have."""
    for option in (
        click.option(
            "--parts", default=",".join(PARTS), show_default=True, callback=parts_option, help="What to make."
        ),
        click.option("--tables", type=click.Path(path_type=Path, file_okay=False), help="Folder of the full tables."),
        click.option(
            "--news",
            type=click.Path(path_type=Path),
            default=ROOT.parent / "shared" / "data" / "news",
            help="Folder of the news corpus.  [../shared/data/news beside the project]",
        ),
        click.option("--ledger", type=click.Path(path_type=Path), default=LEDGER, help="[benchmarks/frozen.json]"),
    ):
        command = option(command)
    return command


@click.group(help=__doc__.split("\n\n")[0])
def main() -> None:
    """Hold the two commands."""


@main.command()
@options
def write(parts: list[str], tables: Path | None, news: Path, ledger: Path) -> None:
    """Write down the present tables of the chosen parts; the other parts of the ledger stay."""
    frozen = read_ledger(ledger) if ledger.exists() else {}
    for part in parts:
        if is_absent(part, news):
            continue
        found = {}
        for name, table in PARTS[part](news):
            texts, dtypes = written(table)
            found[f"{part}/{name}"] = digest(texts, dtypes)
            if tables is not None:
                save(texts, tables / part / f"{name}.parquet")
        frozen = {name: entry for name, entry in frozen.items() if not name.startswith(f"{part}/")} | found
        save_ledger(frozen, ledger)
        click.echo(f"{part}: {len(found)} tables written")


@main.command()
@options
@click.option("--only", default="*", show_default=True, help="Compare tables of these names, such as 'news/series'.")
@click.option("--most", default=5, show_default=True, type=click.IntRange(min=1), help="Cells shown of each column.")
@click.option("--reasons", type=click.Path(path_type=Path), default=REASONS, help="[benchmarks/frozen-reasons.yml]")
def compare(
    parts: list[str], tables: Path | None, news: Path, ledger: Path, only: str, most: int, reasons: Path
) -> None:
    """Make the tables of the chosen parts anew and say of each: equal, changed on purpose, new, or DIFFERENT."""
    if tables is not None and not tables.is_dir():
        raise click.BadParameter(f"{str(tables)!r} is no folder; write it first: write --tables DIR.")
    given, frozen = read_reasons(reasons), read_ledger(ledger)
    states: dict[str, str] = {}
    for part in parts:
        if is_absent(part, news):
            continue
        for name, state, lines in compare_part(part, frozen, given, tables, news, only, most):
            states[name] = state
            click.echo("\n     ".join([f"{state:<10} {name}{lines[0] if lines else ''}", *lines[1:]]))
    for pattern in given:
        named = [state for name, state in states.items() if fnmatch.fnmatchcase(name, pattern)]
        if named and "changed" not in named:
            click.echo(f"note: the reason for {pattern!r} is not needed: no table of that name differs.")
    counts = {state: list(states.values()).count(state) for state in ("equal", "changed", "new", "DIFFERENT")}
    click.echo(f"{len(states)} tables: " + ", ".join(f"{n} {state}" for state, n in counts.items()))
    if counts["DIFFERENT"] or not states:
        raise click.exceptions.Exit(1)


def compare_part(
    part: str,
    frozen: dict[str, Any],
    reasons: dict[str, str],
    tables: Path | None,
    news: Path,
    only: str,
    most: int,
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, state and lines for each table of a part: those made now, then those that are gone."""
    seen: set[str] = set()
    failure = ""
    for short, table in made(part, news):
        if isinstance(table, Exception):
            failure = f": not made, since {type(table).__name__}: {table}"
            yield f"{part}/{short}", "DIFFERENT", [failure]
            break
        name = f"{part}/{short}"
        seen.add(name)
        if fnmatch.fnmatchcase(name, only):
            yield name, *judged(name, *written(table), frozen.get(name), reasons, tables, most)
    for name in (name for name in frozen if name.startswith(f"{part}/") and name not in seen):
        if fnmatch.fnmatchcase(name, only):
            reason = None if failure else reason_for(name, reasons)
            lines = [f": {reason}", "removed"] if reason else [failure or ": removed, and no reason is given"]
            yield name, "changed" if reason else "DIFFERENT", lines


def made(part: str, news: Path) -> Iterator[tuple[str, pd.DataFrame | Exception]]:
    """Yield the tables of a part; an error that ends it comes last, so that it does not hide the other parts."""
    try:
        yield from PARTS[part](news)
    except Exception as error:
        traceback.print_exc()
        yield "(error)", error


def judged(
    name: str,
    texts: pd.DataFrame,
    dtypes: dict[str, str],
    entry: dict[str, Any] | None,
    reasons: dict[str, str],
    tables: Path | None,
    most: int,
) -> tuple[str, list[str]]:
    """Return the state of one table, and the lines that say where it differs."""
    if entry is None:
        return "new", [f" ({len(texts):,} rows)"]
    found = digest(texts, dtypes)
    if found == entry:
        return "equal", [f" ({len(texts):,} rows)"]
    reason = reason_for(name, reasons)
    lines = [f": {reason}" if reason else ": no reason is given in frozen-reasons.yml"]
    if tables is None:
        lines.append(f"rows {entry['rows']:,} -> {found['rows']:,}, or cells; --tables DIR shows where")
    else:
        old = pd.read_parquet(tables / f"{name}.parquet").astype(object)
        if digest(old, entry["columns"])["sha256"] != entry["sha256"]:
            raise click.ClickException(
                f"{name}: the table in {str(tables)!r} is not that of the ledger; write both anew."
            )
        lines += differences(old, texts, (entry["columns"], dtypes), most=most)
    return "changed" if reason else "DIFFERENT", lines


def reason_for(name: str, reasons: dict[str, str]) -> str | None:
    """Return the first reason whose pattern fits the name of a table."""
    return next((reason for pattern, reason in reasons.items() if fnmatch.fnmatchcase(name, pattern)), None)


def read_reasons(path: Path) -> dict[str, str]:
    """Read pattern -> sentence; an empty file holds none."""
    reasons = yaml.safe_load(path.read_text("utf-8")) or {}
    for pattern, reason in reasons.items():
        if not isinstance(reason, str) or not reason.strip().endswith("."):
            raise click.ClickException(f"{path.name}: the reason for {pattern!r} must be a sentence; it is {reason!r}.")
    return {pattern: " ".join(reason.split()) for pattern, reason in reasons.items()}


def read_ledger(path: Path) -> dict[str, Any]:
    """Read the frozen digests."""
    return json.loads(path.read_text("utf-8"))


def save_ledger(frozen: dict[str, Any], path: Path) -> None:
    """Write the digests in the order of their names, one table a line, through a temporary file."""
    lines = [f" {json.dumps(name)}: {json.dumps(frozen[name], ensure_ascii=False)}" for name in sorted(frozen)]
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    os.replace(temporary, path)


def save(texts: pd.DataFrame, path: Path) -> None:
    """Write a written table in full, through a temporary file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    texts.astype("str").to_parquet(temporary, index=False, compression="zstd")
    os.replace(temporary, path)


def is_absent(part: str, news: Path) -> bool:
    """Say on a line that a part cannot be made where the news corpus is not at hand."""
    absent = part in NEED_NEWS and not corpus_file(news).is_file()
    if absent:
        click.echo(f"absent     {part}/: no news corpus in {str(news)!r}; --news FOLDER names another place")
    return absent


if __name__ == "__main__":
    main()

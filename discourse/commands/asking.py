"""What commands that chart a study ask alike: its options, the keys of the study that they stand for, a cache."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["cache_option", "parts_options", "study_keys", "study_options"]

_OPTIONS = (
    click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        metavar="NAME_OR_FILE",
        help="What is charted; may be repeated.  [frames]",
    ),
    click.option(
        "--period", type=click.Choice(["month", "quarter", "year"]), help="By how many documents if left out."
    ),
    click.option("--study", metavar="NAME_OR_FILE", help="What is asked, as a YAML file.  [russia-taliban]"),
    click.option(
        "--holder", "holders", multiple=True, metavar="ACTOR", help="Whose position; may be repeated.  [russia]"
    ),
    click.option("--target", metavar="ACTOR", help="Toward whom.  [taliban]"),
    click.option("--actors", multiple=True, metavar="FILE", help="Own actors, added to the built-in ones."),
    click.option("--events", metavar="FILE", help="Ledger of events under the axis; that of the study if left out."),
    click.option("--language", type=click.Choice(["en", "ar"]), help="Of the report.  [en]"),
    click.option("--keep-boilerplate", is_flag=True, help="Also measure menus, tickers, links and credits."),
    click.option(
        "--copies",
        type=click.Choice(["cluster", "weight", "keep"]),
        help="Near-identical copies: one unit of the intervals, also counted once, or not looked for.  [cluster]",
    ),
    click.option("--draws", type=click.IntRange(min=1), help="Draws of the simultaneous bands.  [1000]"),
    click.option("--seed", type=click.IntRange(min=0), help="Seed of the draws.  [20151223]"),
)

cache_option = click.option(
    "--cache", metavar="DIR", type=click.Path(path_type=Path), help="Folder that keeps the tables for the next run."
)


_PARTS = (
    click.option(
        "--workers", metavar="N", type=click.IntRange(min=1), help="Work on CORPUS in parts, in so many processes."
    ),
    click.option(
        "--scheduler", metavar="ADDRESS", help="Work on the parts in a Dask cluster, such as tcp://HOST:8786."
    ),
    click.option(
        "--part-size", metavar="N", type=click.IntRange(min=1), help="Most characters of a part.  [24,000,000]"
    ),
)


def parts_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of work in parts; they arrive within `columns`, as `parts`, where any is given."""

    @functools.wraps(command)
    def run(*args: Any, columns: dict[str, Any], **options: Any) -> Any:
        asked = {name: options.pop(name) for name in ("workers", "scheduler", "part_size")}
        given = {name: value for name, value in asked.items() if value is not None}
        if "part_size" in given and len(given) == 1:
            raise click.UsageError("--part-size is of work in parts; say --workers N or --scheduler ADDRESS too.")
        return command(*args, columns={**columns, "parts": given}, **options)

    for option in reversed(_PARTS):
        run = option(run)
    return run


def study_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that stand in for keys of its study."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def study_keys(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given as keys of the study."""
    named = {name: options[name] for name in ("target", "period", "events", "language", "copies", "seed")}
    named |= {"split": options.get("by"), "n_draws": options["draws"]}
    named |= {name: list(options[name]) or None for name in ("lexicons", "holders")}
    if options["actors"]:
        named["actors"] = ["actors", *options["actors"]]
    if options["keep_boilerplate"]:
        named["boilerplate"] = "keep"
    return {name: value for name, value in named.items() if value is not None}

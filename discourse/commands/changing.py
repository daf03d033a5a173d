"""`discourse contrast`: one side of a corpus against another, with the interval of the difference."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, undated
from discourse.commands.running import close, example, guarded, number, out_option, steps
from discourse.errors import SchemaError

__all__ = ["contrast", "read_words"]

_SIDE = "A period (2021, 2015:2020) or COLUMN=VALUE; repeated, all must hold."


@click.command(
    epilog=example(
        "discourse contrast seed:reports --lexicon frames --first 2015:2020 --second 2022:2026 --measure share "
        "--out contrasts.csv"
    )
)
@corpus_arguments
@click.option(
    "--lexicon", required=True, metavar="NAME_OR_FILE", help="actors, frames, stance, speech, or a YAML file."
)
@boilerplate_option
@click.option("--first", multiple=True, required=True, metavar="SIDE", help=_SIDE)
@click.option("--second", multiple=True, required=True, metavar="SIDE", help="The side that it is held against.")
@click.option("--measure", type=click.Choice(["per_1000", "share"]), default="per_1000", show_default=True)
@click.option("--hold", multiple=True, metavar="COLUMN", help="Document variable held constant; may be repeated.")
@click.option(
    "--cluster", metavar="COLUMN", help="Document variable whose values are the units, such as clusters of copies."
)
@click.option("--joint", is_flag=True, help="Widen the intervals so that those of all categories cover at once.")
@out_option()
@guarded
def contrast(corpus: str, lexicon: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Compare two periods, outlets or other sides of a corpus, category by category."""
    from discourse.display.change_words import describe_change
    from discourse.measures.change import contrasts
    from discourse.writing import write_table

    first, second = (read_words(options[name], f"--{name}") for name in ("first", "second"))
    with steps(n_steps(["counts"], more=2)) as begin:
        asked = {"keep_boilerplate": options["keep_boilerplate"], "lexicons": [lexicon]}
        made = make(corpus, columns, ["counts"], begin=begin, **asked)
        sides = {"--first": first, "--second": second}
        check_columns(made.corpus.documents, sides=sides, hold=options["hold"], cluster=options["cluster"])
        begin("contrasting")
        table = contrasts.contrast(
            made.tables["counts"],
            made.corpus.documents,
            first=first,
            second=second,
            measure=options["measure"],
            hold=list(options["hold"]) or None,
            cluster=options["cluster"],
            simultaneous=options["joint"],
        )
        begin("writing")
        write_table(table, out)
    for sentence in describe_change(table):
        click.echo(sentence)
    close(f"{made.said}{undated(made.corpus.documents)} Wrote {out} ({number(len(table), 'row')}).")


def read_words(words: tuple[str, ...], option: str) -> dict[str, Any]:
    """Read a side of the command line.

    >>> read_words(("2015:2020", "source=ahram"), "--first")
    {'period': ('2015', '2020'), 'source': ['ahram']}
    """
    from discourse.measures.change.sides import read_side

    side: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.strip() and not value.strip():
            raise click.UsageError(
                f"{option} names no value of {name.strip()!r}; write COLUMN=VALUE, or {name.strip()}=unknown for "
                "documents without one."
            )
        if equals:
            side.setdefault(name.strip(), []).append(value.strip())
            continue
        if "period" in side:
            raise SchemaError(f"`{option}` has two periods; a side has one, such as 2015:2020.")
        side["period"] = _period(word, option)
    read_side(side, option.lstrip("-"))  # a period that cannot be is told before a corpus is read
    return side


def _period(word: str, option: str) -> str | tuple[str, str]:
    """Read a period, or the first and the last one.

    >>> _period("2021", "--first"), _period("2015:2020", "--first")
    ('2021', ('2015', '2020'))
    """
    parts = [part.strip() for part in word.split(":")]
    if len(parts) > 2 or not all(parts):
        raise SchemaError(f"`{option}` has the period {word!r}, which cannot be read; write 2021, or 2015:2020.")
    return parts[0] if len(parts) == 1 else (parts[0], parts[1])

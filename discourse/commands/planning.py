"""`discourse plan`: the way of a corpus, table by table."""

from pathlib import Path

import click

from discourse.commands.running import close, example, guarded, number
from discourse.errors import SourceError

__all__ = ["plan"]


@click.command(epilog=example("discourse plan series position_series --out plan.svg"))
@click.argument("tables", nargs=-1)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Draw it; ends in .svg.")
@guarded
def plan(tables: tuple[str, ...], out: Path | None) -> None:
    """Say which tables are made from which, each once, in the order in which they are made.

    TABLES are names of tables, such as frames or position_series; all that there are if none is named.
    """
    from discourse.display.plan_drawing import draw_plan
    from discourse.steps.making import PLAN
    from discourse.writing import write_text

    if out is not None and out.suffix.lower() != ".svg":
        raise SourceError(f"`--out` is {str(out)!r}; a plan is drawn as '.svg'. Change the ending.")
    wanted = list(tables) or list(PLAN.steps)
    if out is None:
        for line in PLAN.lines(wanted):
            click.echo(line)
        return
    order = PLAN.order(wanted, PLAN.given())
    given = [name for name in PLAN.given() if name not in ("documents", "rejects")]
    write_text(
        draw_plan({name: PLAN.reads(name) for name in order}, options=given, quiet=["documents", "freq", "rejects"]),
        out,
    )
    close(f"Wrote {out} ({number(len(order), 'table')}).")

"""`discourse codes`: coding files of the form, as a table."""

from pathlib import Path

import click

from discourse.commands.running import close, example, guarded, number, out_option, table_path

__all__ = ["codes"]


@click.command(epilog=example("discourse codes codes-A.jsonl codes-B.jsonl --out codes.csv --rejects rejects.csv"))
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--rejects", metavar="FILE", callback=table_path, help="Write what is no code, with its reason, here.")
@out_option()
@guarded
def codes(paths: tuple[str, ...], rejects: Path | None, out: Path) -> None:
    """Write what was coded on the form of a notebook as a table of codes.

    FILE is a coding file, ending in .jsonl; those of several coders are joined. The last line of a coder on a document
    counts. A form may be open meanwhile.
    """
    from discourse.validity.handcoding.reading import read_coding
    from discourse.writing import write_table

    table, left = read_coding(list(paths))
    write_table(table, out)
    if rejects is not None:
        write_table(left, rejects)
    coders = number(table["coder"].nunique(), "coder")
    said = f"Read {number(table['unit_id'].nunique(), 'document')} of {coders}: {number(len(table), 'code')}, "
    said += f"{number(len(left), 'reject')}{f' (in {rejects})' if rejects is not None else ''}."
    close(f"{said} Wrote {out}.")

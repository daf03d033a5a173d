"""`discourse save`: a corpus worked out once, for all commands that follow."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, hold_against_arabic, reading_options, settle_rejects
from discourse.commands.outputs import overwrites
from discourse.commands.running import close, example, guarded, number, steps

__all__ = ["save"]


@click.command(epilog=example("discourse save seed:reports --out reports-saved"))
@corpus_arguments
@click.option("--out", required=True, metavar="FOLDER", type=click.Path(path_type=Path), help="Folder to write.")
@guarded
def save(corpus: str, columns: dict[str, Any], out: Path) -> None:
    """Save a corpus with its tokens and what is worked out of each word, to be opened at once.

    FOLDER can be given as CORPUS to all commands. It is checked when it is opened: where code or language have changed
    since, or a file is damaged, it is made anew from its source.
    """
    from discourse.saved.saving import save_corpus

    with steps(5) as begin:
        saved = save_corpus(corpus, out, overwrite=overwrites(), on_step=begin, **reading_options(columns))
    said = settle_rejects(saved.documents, saved.rejects, columns["rejects"])
    if not columns["any_language"]:
        hold_against_arabic(saved.documents, False)
    counts = saved.counts
    held = f"{number(counts['documents'], 'document')}, {number(counts['tokens'], 'token')}"
    close(f"{said} Wrote {out} ({held}, {number(counts['words'], 'distinct one')}).")

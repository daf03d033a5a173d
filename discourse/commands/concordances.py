"""`discourse kwic`: a pattern in its contexts."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.running import close, example, guarded, number, out_option, shows_progress, steps
from discourse.display.wording import words

__all__ = ["kwic"]


@click.command(epilog=example(words("commands", "kwic", "en")))
@corpus_arguments
@click.argument("pattern")
@click.option("--window", default=8, show_default=True, type=click.IntRange(min=0), help="Words on each side.")
@click.option(
    "--clitics",
    type=click.Choice(["both", "none", "proclitic"]),
    default="both",
    show_default=True,
    help="What may be written onto the words of the pattern.",
)
@click.option(
    "--rtl/--plain",
    default=None,
    help="Right-to-left columns, or tabs in logical order; by what the terminal can if left out.",
)
@out_option(required=False, help_text="Table to write instead of showing it; ends in .csv or .parquet.")
@guarded
def kwic(
    corpus: str, pattern: str, columns: dict[str, Any], window: int, clitics: str, rtl: bool | None, out: Path | None
) -> None:
    """Show every place of PATTERN with the words around it.

    PATTERN is written as in a lexicon: words ("مكافحة الإرهاب") or a glob ("إرهاب*").
    """
    from discourse.language.tokens import tokenize
    from discourse.reading.matching.concordance import kwic as find_in_context
    from discourse.reading.matching.concordance import show_concordance
    from discourse.writing import write_table

    with steps(3) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, arabic=False)
        begin("cutting into tokens")
        tokens = tokenize(read_corpus.documents, progress=shows_progress())
        begin("matching")
        table = find_in_context(tokens, pattern, read_corpus.documents, window=window, clitics=clitics)
        if out is not None:
            write_table(table, out)
    hits = f"{number(len(table), 'hit')} in {number(table['doc_id'].nunique(), 'document')}"
    if out is not None:
        close(f"{read_corpus.said} Wrote {out} ({hits}).")
        return
    right_to_left = _orders_itself() if rtl is None else rtl
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    click.echo(show_concordance(table, width=width, right_to_left=right_to_left), nl=False)
    close(f"{read_corpus.said} Showed {hits}.", table_on_screen=True)


def _orders_itself() -> bool:
    """Say whether standard output is a terminal known to order right-to-left text: VTE, Konsole, mlterm, Apple's."""
    known = ("VTE_VERSION", "KONSOLE_VERSION", "MLTERM")
    here = any(os.environ.get(name) for name in known) or os.environ.get("TERM_PROGRAM") == "Apple_Terminal"
    return sys.stdout.isatty() and here

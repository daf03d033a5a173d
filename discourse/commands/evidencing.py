"""`discourse evidence`: the page in which every number of a chart leads to its sentences."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asking import cache_option, study_keys, study_options
from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.making import n_steps
from discourse.commands.running import close, example, guarded, steps
from discourse.errors import SourceError

__all__ = ["evidence"]


@click.command(epilog=example("discourse evidence seed:reports --out evidence.html --period year"))
@corpus_arguments
@click.option("--out", required=True, metavar="FILE.html", type=click.Path(path_type=Path), help="Page to write.")
@click.option(
    "--texts",
    type=click.Choice(["none", "sentences", "all"]),
    default="all",
    help="What the page holds of the texts: none, sentences that tell something, or all.  [all]",
)
@study_options
@cache_option
@guarded
def evidence(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Write the page that leads from every number to its sentences.

    One HTML file, offline: figures whose points open into documents, texts with what was found marked, entries with all
    their lines, events with the days around them.
    """
    from discourse.display.evidence.chapters import PAGE_TABLES
    from discourse.evidence import evidence as write_evidence
    from discourse.study import load_study

    if out.suffix.lower() not in (".html", ".htm") or out.is_dir():
        raise SourceError(f"`--out` is {str(out)!r}; an evidence page is a file that ends in '.html'. Name another.")
    study = load_study(options.pop("study"), **study_keys(options))
    with steps(n_steps(PAGE_TABLES, more=1)) as begin:
        begin("reading")
        read = load_corpus(corpus, columns)
        write_evidence(
            read.documents,
            out,
            rejects=read.rejects,
            study=study,
            texts=options["texts"],
            cache=options["cache"],
            overwrite=True,  # what stands there was checked before the command began
            on_step=begin,
        )
    size = out.stat().st_size / 1e6
    close(f"{read.said} Wrote {out} ({size:.1f} MB). Open it in a browser.")

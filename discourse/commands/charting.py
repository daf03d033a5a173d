"""`discourse chart`: the main job, from a corpus to figures, tables and a report."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asking import cache_option, parts_options, study_keys, study_options
from discourse.commands.copies import say_copies_of_chart
from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.making import n_steps
from discourse.commands.outputs import overwrites
from discourse.commands.running import bom_option, close, example, guarded, number, steps
from discourse.errors import SourceError

__all__ = ["chart"]


@click.command(epilog=example("discourse chart seed:reports --out build --period year"))
@corpus_arguments
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write into.")
@study_options
@click.option("--by", metavar="COLUMN", help="Document variable to split the series by, such as source.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
    help="Of the files in DIR/figures; may be repeated.  [png]",
)  # fmt: skip
@click.option(
    "--texts",
    type=click.Choice(["off", "none", "sentences", "all"]),
    default="all",
    help="What index.html holds of the texts: none, sentences that tell something, or all; off: no points that open.  "
    "[all]",
)
@parts_options
@cache_option
@bom_option
@guarded
def chart(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Chart a corpus: figures, tables and a report in one folder.

    Writes DIR/index.html, DIR/figures, DIR/tables and DIR/provenance.json.
    """
    from discourse.chart import chart as chart_corpus
    from discourse.chart import reported
    from discourse.study import load_study

    if out.exists() and not out.is_dir():
        raise SourceError(f"`--out` is {str(out)!r}, which is a file; name a folder.")
    study = load_study(options.pop("study"), **study_keys(options))
    with steps(n_steps(reported(options["texts"]), more=2)) as begin:
        begin("reading")
        read = load_corpus(corpus, columns)
        flow = chart_corpus(
            read.documents if read.parted is None else read.parted,
            out,
            rejects=read.rejects,
            **columns["parts"],
            study=study,
            formats=options["formats"] or ("png",),
            texts=options["texts"],
            cache=options["cache"],
            overwrite=overwrites(),
            on_step=begin,
        )
    n_figures, n_tables = (len(list(out.glob(pattern))) for pattern in ("figures/*.json", "tables/*.csv"))
    said = f"{read.said} {say_copies_of_chart(flow, study)}"
    made = f"{number(n_figures, 'figure')}, {number(n_tables, 'table')}"
    close(f"{said} Wrote {out / 'index.html'} ({made}). Open it in a browser.")

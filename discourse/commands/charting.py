"""`discourse chart`: the main job, from a corpus to figures, tables and a report."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.running import close, example, guarded, number, steps
from discourse.errors import SourceError

__all__ = ["chart"]

_N_STEPS = 10


@click.command(epilog=example("discourse chart seed:reports --out build --period year"))
@corpus_arguments
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write into.")
@click.option(
    "--lexicon", "lexicons", multiple=True, metavar="NAME_OR_FILE", help="What is charted; may be repeated.  [frames]"
)
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), help="By how many documents if left out.")
@click.option("--by", metavar="COLUMN", help="Document variable to split the series by, such as source.")
@click.option("--holder", default="russia", show_default=True, metavar="ACTOR", help="Whose position.")
@click.option("--target", default="taliban", show_default=True, metavar="ACTOR", help="Toward whom.")
@click.option("--events", metavar="FILE", help="Ledger of events under the axis; the built-in one if left out.")
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Of the report.")
@click.option("--keep-boilerplate", is_flag=True, help="Also measure menus, tickers, links and credits.")
@click.option(
    "--copies",
    type=click.Choice(["keep", "cluster", "weight"]),
    default="keep",
    show_default=True,
    help="Near-identical wire copy: left as it is, drawn as one cluster, or also counted once.",
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
    help="Of the files in DIR/figures; may be repeated.  [png]",
)  # fmt: skip
@click.option("--draws", default=1000, type=click.IntRange(min=1), show_default=True, help="Draws of the bootstrap.")
@click.option("--seed", default=20151223, show_default=True, help="Seed of the draws.")
@guarded
def chart(corpus: str, columns: dict[str, Any], out: Path, lexicons: tuple[str, ...], **options: Any) -> None:
    """Chart a corpus: figures, tables and a report in one folder.

    Writes DIR/index.html, DIR/figures, DIR/tables and DIR/provenance.json.
    """
    from discourse.chart import chart as chart_corpus

    if out.exists() and not out.is_dir():
        raise SourceError(f"`--out` is {str(out)!r}, which is a file; name a folder.")
    with steps(_N_STEPS) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns)
        chart_corpus(
            read_corpus.documents,
            out,
            rejects=read_corpus.rejects,
            lexicons=list(lexicons) or None,
            period=options["period"],
            by=options["by"],
            holder=options["holder"],
            target=options["target"],
            events=options["events"],
            language=options["language"],
            boilerplate=options["keep_boilerplate"],
            copies=options["copies"],
            n_draws=options["draws"],
            seed=options["seed"],
            formats=options["formats"] or ("png",),
            on_step=begin,
        )
    n_figures, n_tables = (len(list(out.glob(pattern))) for pattern in ("figures/*.json", "tables/*.csv"))
    close(
        f"{read_corpus.said} Wrote {out / 'index.html'} ({number(n_figures, 'figure')}, {number(n_tables, 'table')}). "
        f"Open it in a browser."
    )

"""`discourse chart`: the main job, from a corpus to figures, tables and a report."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.making import n_steps
from discourse.commands.running import close, example, guarded, number, steps
from discourse.errors import SourceError

__all__ = ["chart"]


@click.command(epilog=example("discourse chart seed:reports --out build --period year"))
@corpus_arguments
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write into.")
@click.option(
    "--lexicon", "lexicons", multiple=True, metavar="NAME_OR_FILE", help="What is charted; may be repeated.  [frames]"
)
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), help="By how many documents if left out.")
@click.option("--by", metavar="COLUMN", help="Document variable to split the series by, such as source.")
@click.option("--study", metavar="NAME_OR_FILE", help="What is asked, as a YAML file.  [russia-taliban]")
@click.option("--holder", "holders", multiple=True, metavar="ACTOR", help="Whose position; may be repeated.  [russia]")
@click.option("--target", metavar="ACTOR", help="Toward whom.  [taliban]")
@click.option("--actors", multiple=True, metavar="FILE", help="Own actors, added to the built-in ones.")
@click.option("--events", metavar="FILE", help="Ledger of events under the axis; that of the study if left out.")
@click.option("--language", type=click.Choice(["en", "ar"]), help="Of the report.  [en]")
@click.option("--keep-boilerplate", is_flag=True, help="Also measure menus, tickers, links and credits.")
@click.option(
    "--copies",
    type=click.Choice(["keep", "cluster", "weight"]),
    help="Near-identical wire copy: left as it is, drawn as one cluster, or also counted once.  [keep]",
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
    help="Of the files in DIR/figures; may be repeated.  [png]",
)  # fmt: skip
@click.option("--draws", type=click.IntRange(min=1), help="Draws of the simultaneous bands.  [1000]")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the draws.  [20151223]")
@click.option(
    "--cache", metavar="DIR", type=click.Path(path_type=Path), help="Folder that keeps the tables for the next run."
)
@guarded
def chart(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Chart a corpus: figures, tables and a report in one folder.

    Writes DIR/index.html, DIR/figures, DIR/tables and DIR/provenance.json.
    """
    from discourse.chart import chart as chart_corpus
    from discourse.steps.making import CHARTED
    from discourse.study import load_study

    if out.exists() and not out.is_dir():
        raise SourceError(f"`--out` is {str(out)!r}, which is a file; name a folder.")
    study = load_study(options.pop("study"), **_keys(options))
    with steps(n_steps(CHARTED, more=2)) as begin:
        begin("reading")
        read = load_corpus(corpus, columns)
        chart_corpus(
            read.documents,
            out,
            rejects=read.rejects,
            study=study,
            formats=options["formats"] or ("png",),
            cache=options["cache"],
            on_step=begin,
        )
    n_figures, n_tables = (len(list(out.glob(pattern))) for pattern in ("figures/*.json", "tables/*.csv"))
    close(
        f"{read.said} Wrote {out / 'index.html'} ({number(n_figures, 'figure')}, {number(n_tables, 'table')}). "
        f"Open it in a browser."
    )


def _keys(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given as keys of the study."""
    named = {name: options[name] for name in ("target", "period", "events", "language", "copies", "seed")}
    named |= {"split": options["by"], "n_draws": options["draws"]}
    named |= {name: list(options[name]) or None for name in ("lexicons", "holders")}
    if options["actors"]:
        named["actors"] = ["actors", *options["actors"]]
    if options["keep_boilerplate"]:
        named["boilerplate"] = "keep"
    return {name: value for name, value in named.items() if value is not None}

"""`discourse count`, `series`, `frames`: lexicon counts per document and per period."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns
from discourse.commands.asking import parts_options
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, undated
from discourse.commands.running import close, example, guarded, number, out_option, steps

__all__ = ["count", "frames", "series"]

_EACH_ITS_OWN = ("date", "doc_id", "text", "title")  # columns that are no variables
_lexicon_option = click.option(
    "--lexicon", required=True, metavar="NAME_OR_FILE", help="actors, frames, stance, speech, or a YAML file."
)


@click.command(epilog=example("discourse count seed:reports --lexicon actors --out counts.csv"))
@corpus_arguments
@parts_options
@_lexicon_option
@boilerplate_option
@out_option()
@guarded
def count(corpus: str, lexicon: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Count the matches of a lexicon in each document, zeros kept."""
    from discourse.writing import write_table

    with steps(n_steps(["match_counts"], more=1)) as begin:
        options = {"keep_boilerplate": keep_boilerplate, "lexicons": [lexicon]}
        made = make(corpus, columns, ["match_counts"], begin=begin, **options)
        begin("writing")
        counts = made.tables["match_counts"].drop(columns="lexicon")
        write_table(counts, out)
    n_matches = int(counts["n_matches"].sum())
    close(f"{made.said} Wrote {out} ({number(len(counts), 'row')}, {number(n_matches, 'match', 'matches')}).")


@click.command(
    epilog=example("discourse series seed:reports --lexicon frames --period year --measure share --out series.csv")
)
@corpus_arguments
@parts_options
@_lexicon_option
@boilerplate_option
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), default="month", show_default=True)
@click.option("--by", multiple=True, metavar="COLUMN", help="Document variable to split by; may be repeated.")
@click.option("--measure", type=click.Choice(["per_1000", "share"]), default="per_1000", show_default=True)
@click.option("--cluster", metavar="COLUMN", help="Document variable whose values are the units, such as copies.")
@click.option("--bands", is_flag=True, help="Add bounds that cover all periods of a line at once.")
@click.option("--draws", default=1000, type=click.IntRange(min=1), show_default=True, help="Draws of the bands.")
@click.option("--seed", default=20151223, type=click.IntRange(min=0), show_default=True, help="Seed of the draws.")
@out_option()
@guarded
def series(corpus: str, lexicon: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Measure a lexicon per period, with 95% intervals and denominators."""
    from discourse.measures.series import count_by_period
    from discourse.writing import write_table

    alone = [name for name in options["by"] if name in _EACH_ITS_OWN]
    if alone:
        raise click.UsageError(
            f"--by is {alone[0]!r}, which does not group documents; name what they share, such as source."
        )
    asked: dict[str, Any] = {name: options[name] for name in ("keep_boilerplate", "period")}
    asked["lexicons"] = [lexicon]
    with steps(n_steps(["freq", "counts"], more=2)) as begin:
        made = make(corpus, columns, ["freq", "counts"], begin=begin, **asked)
        check_columns(made.corpus.documents, by=options["by"], cluster=options["cluster"])
        begin("drawing intervals")
        table = count_by_period(
            made.tables["counts"],
            made.corpus.documents,
            freq=made.tables["freq"],
            by=list(options["by"]) or None,
            measure=options["measure"],
            cluster=options["cluster"],
            bands=options["bands"],
            n_draws=options["draws"],
            seed=options["seed"],
        )
        begin("writing")
        write_table(table, out)
    close(f"{made.said}{undated(made.corpus.documents)} Wrote {out} ({number(len(table), 'row')}).")


@click.command(epilog=example("discourse frames seed:reports --out frames.csv"))
@corpus_arguments
@parts_options
@click.option("--lexicon", default="frames", metavar="NAME_OR_FILE", help="Lexicon of frames.  [frames]")
@boilerplate_option
@out_option()
@guarded
def frames(corpus: str, lexicon: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Find which frames each document uses, and which one leads."""
    from discourse.lexicons.loader import load_lexicon
    from discourse.writing import write_table

    read_as_frames = replace(load_lexicon(lexicon), name="frames")
    with steps(n_steps(["frames"], more=1)) as begin:
        options = {"keep_boilerplate": keep_boilerplate, "lexicons": [read_as_frames]}
        made = make(corpus, columns, ["frames"], begin=begin, **options)
        begin("writing")
        table = made.tables["frames"]
        write_table(table, out)
    n_present = int(table["present"].sum())
    close(f"{made.said} Wrote {out} ({number(len(table), 'row')}, {number(n_present, 'frame')} present).")

"""`discourse scale`: documents on a scale between two lists of seed words."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns, check_pattern
from discourse.commands.changing import read_words
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, undated
from discourse.commands.running import close, example, figure_path, guarded, number, out_option, steps
from discourse.display.wording import words as wording

__all__ = ["scale"]


@click.command(epilog=example(wording("commands", "scale", "en")))
@corpus_arguments
@boilerplate_option
@click.option("--positive", multiple=True, metavar="WORD", help="A seed of the positive end; repeated, 3 or more.")
@click.option("--negative", multiple=True, metavar="WORD", help="A seed of the negative end; repeated, 3 or more.")
@click.option("--seeds", metavar="NAME_OR_FILE", help="Instead of words: a lexicon whose entries have a polarity.")
@click.option("--near", metavar="PATTERN", help="Score the sentences that hold this pattern alone.")
@click.option("--k", default=300, show_default=True, type=click.IntRange(min=2), help="Dimensions.")
@click.option("--min-count", default=10, show_default=True, type=click.IntRange(min=1), help="Of a word of the model.")
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), default="year", show_default=True)
@click.option("--cluster", metavar="COLUMN", help="Document variable whose values are the units (stories).")
@click.option("--first", multiple=True, metavar="SIDE", help="A period (2021, 2015:2020) or COLUMN=VALUE.")
@click.option("--second", multiple=True, metavar="SIDE", help="The side that it is held against.")
@click.option("--polarities", type=click.Path(path_type=Path), help="Also write the polarity of each word here.")
@click.option("--means", type=click.Path(path_type=Path), help="Also write the mean score of each period here.")
@click.option(
    "--figure", metavar="FILE", callback=figure_path, help="Also draw these means; ends in .png, .svg or .pdf."
)
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Of the figure.")
@out_option()
@guarded
def scale(corpus: str, columns: dict[str, Any], out: Path, figure: str | None, **options: Any) -> None:
    """Scale documents between two lists of seed words (latent semantic scaling).

    CORPUS must have 2,000 sentences or more, and 10 for each dimension of --k: 3,000 for the 300 that are usual. No
    seed that comes with the package is as large.
    """
    from discourse.display.figures import save_figure
    from discourse.display.scaled_plots import plot_scaled
    from discourse.measures.scaling import contrasts, periods, scaling
    from discourse.measures.scaling.seeds import check_seeds
    from discourse.tables import PERIODS
    from discourse.writing import check_table_path, write_table

    for name in ("polarities", "means"):
        if options[name] is not None:
            check_table_path(options[name], argument=f"--{name}")
    if bool(options["first"]) != bool(options["second"]):
        raise click.UsageError("--first and --second are two sides of one contrast; give both or none.")
    check_pattern("near", options["near"])
    seeds = _seeds(options)
    check_seeds(seeds)
    sides = {name: read_words(options[name], f"--{name}") for name in ("first", "second") if options[name]}
    asked = {name: options[name] for name in ("k", "min_count")}
    with steps(n_steps(["tokens"], more=2)) as begin:
        made = make(corpus, columns, ["tokens"], begin=begin, keep_boilerplate=options["keep_boilerplate"])
        tokens, documents = made.tables["tokens"], made.corpus.documents
        check_columns(documents, sides={f"--{name}": side for name, side in sides.items()}, cluster=options["cluster"])
        begin("scaling")
        table = scaling.scale_documents(tokens, seeds, near=options["near"], **asked)
        more: dict[str, Any] = {}
        drawn = None
        asked_of_means = asked | {"near": options["near"], "cluster": options["cluster"]}
        if options["polarities"] is not None:
            more["polarities"] = scaling.scale_words(tokens, seeds, **asked)
        if options["means"] is not None or figure is not None:
            freq = PERIODS[options["period"]].freq
            means = periods.scale_by_period(tokens, documents, seeds, freq=freq, **asked_of_means)
            more |= {"means": means} if options["means"] is not None else {}
            drawn = None if figure is None else plot_scaled(means, language=options["language"])
        told = ""
        if options["first"]:
            told = _told(contrasts.contrast_scaled(tokens, documents, seeds, **sides, **asked_of_means))
        begin("writing")
        write_table(table, out)
        for name, other in more.items():
            write_table(other, options[name])
        if drawn is not None and figure is not None:
            save_figure(drawn, figure)
    if told:
        click.echo(told)
    n_none = int(table["score"].isna().sum())
    none = f" {number(n_none, 'document')} without a word of the model." if n_none else ""
    also = "".join(f", {place}" for place in [*(options[name] for name in more), *([figure] if figure else [])])
    close(f"{made.said}{undated(documents)}{none} Wrote {out} ({number(len(table), 'row')}){also}.")


def _seeds(options: dict[str, Any]) -> Any:
    ends = {name: list(options[name]) for name in ("positive", "negative")}
    if options["seeds"] is None:
        lacking = [f"--{name}" for name, words in ends.items() if not words]
        if lacking:
            raise click.UsageError(f"{' and '.join(lacking)} must name seeds, 3 or more; or give a lexicon by --seeds.")
        return ends
    if any(ends.values()):
        raise click.UsageError("--seeds stands beside --positive or --negative; give a lexicon or words.")
    from discourse.lexicons.loader import load_lexicon

    return load_lexicon(options["seeds"])


def _told(table: Any) -> str:
    """Return the sentence on a contrast."""
    row = table.iloc[0]
    return (
        f"{row['second']} against {row['first']}: {row['difference']:+.2f} standard deviations "
        f"[{row['lower']:+.2f}, {row['upper']:+.2f}], {row['n_docs_second']:,} against {row['n_docs_first']:,} "
        f"documents; {row['p_seeds']:.3f} of all ways to split the {row['n_seeds_positive']} + "
        f"{row['n_seeds_negative']} seeds move it as far."
    )

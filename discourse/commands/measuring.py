"""`discourse count`, `series`, `frames`: lexicon counts per document and per period."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import Corpus, corpus_arguments, load_corpus
from discourse.commands.running import close, example, guarded, number, out_option, shows_progress, steps

__all__ = ["count", "frames", "series"]

_PERIODS = {"month": "MS", "quarter": "QS", "year": "YS"}
_lexicon_option = click.option(
    "--lexicon", required=True, metavar="NAME_OR_FILE", help="actors, frames, stance, speech, or a YAML file."
)
boilerplate_option = click.option(
    "--keep-boilerplate", is_flag=True, help="Also measure menus, tickers, links and credits; left out by default."
)


def _counts(
    corpus: str, lexicon: str, columns: dict[str, Any], out: Path, keep_boilerplate: bool, begin: Any
) -> tuple[Corpus, Any, str]:
    from discourse.lexicons.loader import load_lexicon
    from discourse.measures.counts import count_matches
    from discourse.reading.matching.matches import find_matches

    loaded = load_lexicon(lexicon)
    begin("reading")
    read_corpus = load_corpus(corpus, columns, out=out)
    tokens, said = body_tokens(read_corpus.documents, keep_boilerplate, begin)
    begin("matching")
    return read_corpus, count_matches(find_matches(tokens, loaded), tokens), said


def body_tokens(documents: Any, keep_boilerplate: bool, begin: Any) -> tuple[Any, str]:
    """Return TOKENS without boilerplate, and the sentence that says how many were left out."""
    from discourse.language.tokens import tokenize
    from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate

    begin("cutting into tokens")
    tokens = tokenize(documents, progress=shows_progress())
    begin("marking boilerplate")
    if keep_boilerplate:
        return tokens, ""
    body = drop_spans(tokens, find_boilerplate(documents))
    n_left_out = len(tokens) - len(body)
    return body, f" {n_left_out:,} of {number(len(tokens), 'token')} left out as boilerplate." if n_left_out else ""


@click.command(epilog=example("discourse count seed:reports --lexicon actors --out counts.csv"))
@corpus_arguments
@_lexicon_option
@boilerplate_option
@out_option()
@guarded
def count(corpus: str, lexicon: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Count the matches of a lexicon in each document, zeros kept."""
    from discourse.writing import write_table

    with steps(5) as begin:
        read_corpus, counts, left_out = _counts(corpus, lexicon, columns, out, keep_boilerplate, begin)
        begin("writing")
        write_table(counts, out)
    n_matches = int(counts["n_matches"].sum())
    close(
        f"{read_corpus.said}{left_out} Wrote {out} ({number(len(counts), 'row')}, "
        f"{number(n_matches, 'match', 'matches')})."
    )


@click.command(
    epilog=example("discourse series seed:reports --lexicon frames --period year --measure share --out series.csv")
)
@corpus_arguments
@_lexicon_option
@boilerplate_option
@click.option("--period", type=click.Choice(list(_PERIODS)), default="month", show_default=True)
@click.option("--by", multiple=True, metavar="COLUMN", help="Document variable to split by; may be repeated.")
@click.option("--measure", type=click.Choice(["per_1000", "share"]), default="per_1000", show_default=True)
@click.option("--cluster", metavar="COLUMN", help="Document variable to resample by, such as cluster of duplicates.")
@click.option("--draws", default=1000, type=click.IntRange(min=1), show_default=True, help="Draws of the bootstrap.")
@click.option("--seed", default=20151223, show_default=True, help="Seed of the draws.")
@out_option()
@guarded
def series(corpus: str, lexicon: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Measure a lexicon per period, with 95% intervals and denominators."""
    from discourse.measures.series import count_by_period
    from discourse.writing import write_table

    with steps(6) as begin:
        read_corpus, counts, left_out = _counts(corpus, lexicon, columns, out, options["keep_boilerplate"], begin)
        begin("drawing intervals")
        table = count_by_period(
            counts,
            read_corpus.documents,
            freq=_PERIODS[options["period"]],
            by=list(options["by"]) or None,
            measure=options["measure"],
            n_draws=options["draws"],
            seed=options["seed"],
            cluster=options["cluster"],
        )
        begin("writing")
        write_table(table, out)
    close(f"{read_corpus.said}{left_out}{undated(read_corpus.documents)} Wrote {out} ({number(len(table), 'row')}).")


def undated(documents: Any) -> str:
    """Return the sentence on documents that fall in no period, empty where there are none."""
    n_undated = int(documents["date"].isna().sum())
    return f" {number(n_undated, 'document')} without a date in no period." if n_undated else ""


@click.command(epilog=example("discourse frames seed:reports --out frames.csv"))
@corpus_arguments
@click.option("--lexicon", default=None, metavar="NAME_OR_FILE", help="Lexicon of frames; the built-in one by default.")
@boilerplate_option
@out_option()
@guarded
def frames(corpus: str, lexicon: str | None, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Find which frames each document uses, and which one leads."""
    from discourse.lexicons.loader import load_lexicon
    from discourse.reading.frames import find_frames
    from discourse.writing import write_table

    with steps(4) as begin:
        loaded = None if lexicon is None else load_lexicon(lexicon)
        begin("reading")
        read_corpus = load_corpus(corpus, columns, out=out)
        tokens, left_out = body_tokens(read_corpus.documents, keep_boilerplate, begin)
        begin("finding frames")
        table = find_frames(tokens, read_corpus.documents, lexicon=loaded)
        begin("writing")
        write_table(table, out)
    n_present = int(table["present"].sum())
    close(
        f"{read_corpus.said}{left_out} Wrote {out} ({number(len(table), 'row')}, {number(n_present, 'frame')} present)."
    )

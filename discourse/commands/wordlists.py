"""`discourse words`, `ngrams` and `collocates`: how often words stand, alone, in sequence, and beside one another."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns, check_pattern, hint
from discourse.commands.changing import read_words
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps
from discourse.commands.running import close, example, figure_path, guarded, number, out_option, steps
from discourse.display.wording import words as wording

__all__ = ["collocates", "ngrams", "words"]

_UNIT = click.option(
    "--unit",
    type=click.Choice(["form", "norm"]),
    default="norm",
    show_default=True,
    help="What a word is: as written, or its normal form.",
)
_BY = click.option("--by", metavar="COLUMN", help="period, voice, or a document variable: each part by itself.")
_PERIOD = click.option(
    "--period",
    type=click.Choice(["year", "quarter", "month"]),
    default="year",
    show_default=True,
    help="With --by period.",
)
_CLUSTER = click.option("--cluster", metavar="COLUMN", help="Document variable whose values are stories: the units.")
_MOST = click.option("--most", default=20, show_default=True, type=click.IntRange(min=1), help="Rows to show.")
_FREQ = {"year": "YS", "quarter": "QS", "month": "MS"}
_FORMS = {"year": "%Y", "quarter": "%Y-%m", "month": "%Y-%m"}  # of the first day of a period, as charts print it
_SIDE = "A period (2021, 2015:2020) or COLUMN=VALUE; repeated, all must hold."


@click.command(epilog=example("discourse words seed:reports --least 20 --drop-closed --most 10"))
@corpus_arguments
@boilerplate_option
@_UNIT
@_BY
@_PERIOD
@click.option("--least", default=1, show_default=True, type=click.IntRange(min=1), help="How often a word stands.")
@click.option("--drop-closed", is_flag=True, help="Leave out the rows of prepositions, pronouns and particles.")
@click.option("--intervals", is_flag=True, help="Also give intervals of rates and shares.")
@_CLUSTER
@_MOST
@out_option(required=False, help_text="Table to write instead of showing it; ends in .csv or .parquet.")
@guarded
def words(corpus: str, columns: dict[str, Any], out: Path | None, most: int, **options: Any) -> None:
    """Count the words of CORPUS: how often, in how many documents, and how they are written."""
    from discourse.measures.lexis.frequency import count_words

    names = ["body_tokens", "quotations"] if options["by"] == "voice" else ["body_tokens"]
    with steps(n_steps(names, more=1)) as begin:
        made = make(corpus, columns, names, begin=begin, keep_boilerplate=options["keep_boilerplate"], scope="all")
        check_columns(made.corpus.documents, by=options["by"], cluster=options["cluster"])
        begin("counting")
        table = count_words(
            made.tables["body_tokens"],
            made.corpus.documents,
            unit=options["unit"],
            by=options["by"],
            freq=_FREQ[options["period"]],
            quotations=made.tables.get("quotations"),
            least=options["least"],
            closed="drop" if options["drop_closed"] else "keep",
            intervals=options["intervals"],
            cluster=options["cluster"],
        )
    shown = ["part", "rank", "term", "n", "n_tokens", "per_1000", "n_docs", "n_all_docs"]
    dropped = " Closed words are left out of the rows." if options["drop_closed"] else ""
    none = hint(table, f"No word stands {options['least']:,} times; lower --least.")
    single = made.corpus.documents["doc_id"].nunique() < 2 and options["intervals"]
    alone = " Intervals compare documents, and there is one: they are empty." if single else ""
    form = _FORMS[options["period"]] if options["by"] == "period" else None
    _tell(table, shown, out, most, f"{made.said}{dropped}{none}{alone}", form=form)


@click.command(epilog=example("discourse ngrams seed:reports --words 2 --words 3 --candidates --most 10"))
@corpus_arguments
@boilerplate_option
@_UNIT
@click.option("--words", "lengths", multiple=True, type=click.IntRange(1, 10), help="Words of a sequence.  [2, 3, 4]")
@click.option("--least", default=5, show_default=True, type=click.IntRange(min=1), help="How often a sequence stands.")
@click.option("--across-marks", is_flag=True, help="Let sequences run over commas and the like.")
@click.option("--candidates", is_flag=True, help="Rank what may be an entry of a lexicon, instead of counting.")
@click.option("--keep-closed", is_flag=True, help="Of candidates, keep those that begin or end with a closed word.")
@click.option("--add-to", metavar="FILE", help="Lexicon to add candidates to: a YAML file of your own, or a new one.")
@click.option("--category", metavar="NAME", help="The category they are added to.")
@click.option("--pick", multiple=True, metavar="PATTERN", help="A candidate to add; may be repeated.")
@click.option("--date", "day", metavar="DAY", help="Day of the addition, YYYY-MM-DD; stands in the source.")
@_MOST
@out_option(required=False, help_text="Table to write instead of showing it; ends in .csv or .parquet.")
@guarded
def ngrams(corpus: str, columns: dict[str, Any], out: Path | None, most: int, **options: Any) -> None:
    """Count the sequences of words of CORPUS, or rank those that may be entries of a lexicon."""
    from discourse.measures.lexis.candidates import find_candidates
    from discourse.measures.lexis.ngrams import count_ngrams

    lengths, adding = list(options["lengths"]) or [2, 3, 4], options["add_to"] is not None
    _check_addition(options)
    with steps(n_steps(["body_tokens"], more=1)) as begin:
        made = make(corpus, columns, ["body_tokens"], begin=begin, keep_boilerplate=options["keep_boilerplate"])
        begin("counting")
        tokens, common = made.tables["body_tokens"], {"unit": options["unit"], "least": options["least"]}
        if options["candidates"] or adding:
            table = find_candidates(tokens, lengths, closed="keep" if options["keep_closed"] else "edges", **common)
            shown = ["rank", "pattern", "n", "n_tokens", "n_docs", "n_nested", "c_value", "mi"]
        else:
            table = count_ngrams(tokens, lengths, across_marks=options["across_marks"], **common)
            shown = ["rank", "term", "n", "n_places", "per_1000", "n_docs"]
    said = made.said + hint(table, f"No sequence stands {options['least']:,} times; lower --least.")
    if adding:
        said = f"{said} {_add(table, corpus, options)}"
    _tell(table, shown, out, most, said)


def _check_addition(options: dict[str, Any]) -> None:
    """Raise where an addition lacks something, before any work is done."""
    missing = [name for name in ("category", "day", "pick") if not options[name]]
    if options["add_to"] is None:
        if len(missing) < 3:
            raise click.UsageError(
                "--category, --pick and --date say what is added; name the lexicon by --add-to FILE."
            )
    elif missing:
        asked = ", ".join("--date" if name == "day" else f"--{name}" for name in missing)
        raise click.UsageError(f"--add-to needs {asked} too: which candidates, in which category, on which day.")
    else:
        from discourse.lexicons.additions import check_addition

        check_addition(options["add_to"], options["category"], options["day"])


def _add(table: Any, corpus: str, options: dict[str, Any]) -> str:
    from discourse.errors import first_three
    from discourse.lexicons.additions import extend_lexicon
    from discourse.provenance import digest

    picked = table[table["pattern"].isin(list(options["pick"]))]
    absent = [pattern for pattern in options["pick"] if pattern not in set(picked["pattern"])]
    if absent:
        raise click.ClickException(
            f"--pick names {first_three(absent)}, no candidate of this corpus. Look at the table first."
        )
    named = Path(corpus)
    of = f"{named.name} sha256 {digest(named)[:12]}" if named.is_file() else corpus
    added = extend_lexicon(options["add_to"], picked, category=options["category"], corpus=of, date=options["day"])
    left = added[~added["added"]]
    reasons = "".join(f" {row.pattern} {row.reason}." for row in left.itertuples())
    return f"Added {number(int(added['added'].sum()), 'entry', 'entries')} to {options['add_to']}.{reasons}"


def _tell(table: Any, shown: list[str], out: Path | None, most: int, said: str, *, form: str | None = None) -> None:
    """Write the table, or show its first rows: the first day of a period in a ``form`` of its own."""
    from discourse.writing import write_table

    if out is not None:
        write_table(table, out)
        close(f"{said} Wrote {out} ({number(len(table), 'row')}).")
        return
    names = [name for name in shown if name in table]
    rows = table.groupby("part", observed=True, sort=False).head(most) if "part" in table else table.head(most)
    if form is not None and "part" in rows:
        rows = rows.assign(part=[date.fromisoformat(str(day)).strftime(form) for day in rows["part"]])
    click.echo("\t".join(names))
    for row in rows[names].itertuples(index=False, name=None):
        click.echo("\t".join(_cell(value) for value in row))
    close(f"{said} Showed {number(len(rows), 'row')} of {len(table):,}.", table_on_screen=True)


def _cell(value: object) -> str:
    """Write a value of a row.

    >>> _cell(0.12345), _cell(1e-9), _cell(12), _cell(float("nan"))
    ('0.123', '1e-09', '12', '')
    """
    if isinstance(value, float):
        return "" if value != value else f"{value:.3g}"  # noqa: PLR0124 - null is not itself
    return str(value)


def _read_window(context: click.Context, parameter: click.Parameter, value: str) -> int | tuple[int, int] | str:
    """Read --window: 5, or 2,3, or sentence."""
    if value == "sentence":
        return value
    try:
        sides = [int(part) for part in value.split(",")]
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no window; write 5, or 2,3 (before, behind), or sentence.") from error
    if len(sides) > 2 or min(sides) < 0 or not any(sides):
        raise click.BadParameter(
            f"{value!r} holds no word; write 5 (1 or more), or 2,3 (before, behind; one above 0), or sentence."
        )
    return sides[0] if len(sides) == 1 else (sides[0], sides[1])


@click.command(epilog=example(wording("commands", "collocates", "en")))
@corpus_arguments
@click.argument("pattern")
@boilerplate_option
@click.option("--window", default="5", show_default=True, callback=_read_window, help="Words: 5, or 2,3; or sentence.")
@click.option(
    "--within",
    type=click.Choice(["document", "sentence"]),
    default="document",
    show_default=True,
    help="Where windows end.",
)
@_UNIT
@click.option(
    "--clitics",
    type=click.Choice(["both", "none", "proclitic"]),
    default="both",
    show_default=True,
    help="What may be written onto the words of the pattern.",
)
@_BY
@_PERIOD
@_CLUSTER
@click.option(
    "--least",
    default=5,
    show_default=True,
    type=click.IntRange(min=1),
    help="How often a term stands in the documents of the pattern.",
)
@click.option("--first", multiple=True, metavar="SIDE", help=f"Compare two sides. {_SIDE}")
@click.option("--second", multiple=True, metavar="SIDE", help="The side that it is held against.")
@click.option(
    "--joint", is_flag=True, help="Widen the intervals of differences so that those of all terms cover at once."
)
@click.option(
    "--figure", "figure", metavar="FILE", callback=figure_path, help="Also draw them; ends in .png, .svg or .pdf."
)
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Of the figure.")
@_MOST
@out_option(required=False, help_text="Table to write instead of showing it; ends in .csv or .parquet.")
@guarded
def collocates(
    corpus: str, columns: dict[str, Any], pattern: str, out: Path | None, figure: str | None, most: int, **options: Any
) -> None:
    """Find what stands beside PATTERN more often than elsewhere, with intervals and tests.

    With --first and --second: how its company differs between two periods, outlets, or voices (voice=outlet,
    voice=quoted).
    """
    from discourse.display.collocate_plots import plot_collocate_contrasts, plot_collocates
    from discourse.measures.lexis.collocate_contrasts import compare_collocates
    from discourse.measures.lexis.collocates import find_collocates

    two = bool(options["first"]), bool(options["second"])
    if any(two) and not all(two):
        raise click.UsageError("--first and --second belong together; give both sides, or none.")
    if all(two) and options["by"] is not None:
        raise click.UsageError("--by parts a corpus, --first and --second are two parts; give one or the other.")
    if options["joint"] and not any(two):
        raise click.UsageError("--joint widens the intervals of differences; give --first and --second with it.")
    check_pattern("pattern", pattern, of_words=True)
    sides = tuple(read_words(options[name], f"--{name}") for name in ("first", "second")) if all(two) else None
    voiced = options["by"] == "voice" or (sides is not None and any("voice" in side for side in sides))
    names = ["body_tokens", "quotations"] if voiced else ["body_tokens"]
    common = {name: options[name] for name in ("window", "within", "unit", "clitics", "cluster", "least")}
    with steps(n_steps(names, more=1)) as begin:
        made = make(corpus, columns, names, begin=begin, keep_boilerplate=options["keep_boilerplate"], scope="all")
        both = {} if sides is None else {"--first": sides[0], "--second": sides[1]}
        check_columns(made.corpus.documents, sides=both, by=options["by"], cluster=options["cluster"])
        begin("looking around")
        common["quotations"] = made.tables.get("quotations")
        tokens, documents = made.tables["body_tokens"], made.corpus.documents
        if sides is not None:
            table = compare_collocates(
                tokens, pattern, documents, between=(sides[0], sides[1]), simultaneous=options["joint"], **common
            )
            sides_told = "log_odds_ratio_first log_odds_ratio_second difference lower upper p_adjusted"
            shown: list[str] = ["term", "n_first", "n_second", *sides_told.split()]
        else:
            freq = _FREQ[options["period"]]
            table = find_collocates(tokens, pattern, documents, by=options["by"], freq=freq, **common)
            shown = [*"part term n n_docs expected log_odds_ratio lower upper log_dice p_adjusted".split()]
        told = f"No term stands {options['least']:,} times in the documents of {pattern!r} and also beside it"
        if figure is not None and not len(table):
            raise click.ClickException(f"{told}, so that there is nothing to draw; lower --least.")
        if figure is not None:
            draw = plot_collocate_contrasts if sides is not None else plot_collocates
            _draw(draw(table, most=min(most, 40), language=options["language"]), figure)
    form = _FORMS[options["period"]] if options["by"] == "period" else None
    _tell(table, shown, out, most, made.said + hint(table, f"{told}; lower --least."), form=form)


def _draw(figure: Any, path: str) -> None:
    from discourse.display.figures import save_figure

    save_figure(figure, path)

"""`discourse kwic`: a pattern in its contexts."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns, check_pattern
from discourse.commands.changing import read_words
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import make, make_tokens, n_steps, target_option, undated
from discourse.commands.running import Either, bom_option, close, example, guarded, number, steps
from discourse.display.wording import words
from discourse.errors import SchemaError

__all__ = ["kwic"]

_ENDINGS = (".csv", ".docx", ".html", ".parquet", ".xlsx")
_SEED = 20151223


def _places(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str]:
    """Read the places to sort by; a wrong one is wrong usage."""
    if value is None:
        return []
    from discourse.measures.lexis.concordance_order import read_place

    places = [place.strip() for place in value.split(",")]
    try:
        for place in places:
            read_place(place, "--sort")
    except SchemaError as error:
        raise click.BadParameter(str(error)) from error
    return places


def _out_path(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    place = None if value is None else Path(value)
    if place is not None and (place.suffix.lower() not in _ENDINGS or place.is_dir()):
        raise click.BadParameter(
            f"`--out` is {value!r}; a concordance is a file that ends in one of {', '.join(_ENDINGS)}. Change the "
            "ending."
        )
    return place


def _choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose lines."""
    options = (
        click.option("--where", multiple=True, metavar="SIDE", help="A period (2021, 2015:2020) or COLUMN=VALUE."),
        click.option("--voice", metavar="VOICE", help="outlet, quoted, unknown, or the side that is quoted."),
        click.option(
            "--negated/--not-negated", cls=Either, default=None, help="Lines whose keyword is negated, or is not."
        ),
        click.option("--beside", metavar="WORD", help="Lines with this word in the window, such as a collocate."),
        click.option("--holder", metavar="ACTOR", help="Lines in sentences with a position of this holder."),
        target_option,
        click.option("--sample", metavar="N", type=click.IntRange(min=1), help="Draw so many lines at random."),
        click.option("--seed", default=_SEED, show_default=True, type=click.IntRange(min=0), help="Seed of the draw."),
        click.option(
            "--sort",
            metavar="PLACES",
            callback=_places,
            help="Sort by words of the context: 1L is read just before the keyword, 1R just after; such as 1R,2R.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
@_choosing
@click.option(
    "--rtl/--plain",
    cls=Either,
    default=None,
    help="Right-to-left columns, or tabs in logical order; by what the terminal can if left out.",
)
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Of the headings.")
@click.option("--evidence", metavar="PAGE", type=click.Path(path_type=Path), help="Evidence page to lead to.")
@click.option(
    "--out",
    metavar="FILE",
    callback=_out_path,
    help="File to write instead of showing it; ends in .csv, .parquet, .html, .xlsx or .docx.",
)
@bom_option
@guarded
def kwic(
    corpus: str, pattern: str, columns: dict[str, Any], rtl: bool | None, out: Path | None, **options: Any
) -> None:
    """Show every place of PATTERN with the words around it.

    PATTERN is written as in a lexicon: words ("مكافحة الإرهاب") or a glob ("إرهاب*").
    """
    from discourse.display.concordances import link_concordance
    from discourse.reading.matching.concordance import kwic as find_in_context
    from discourse.reading.matching.concordance import show_concordance

    _check_options(options, rtl, out)
    check_pattern("pattern", pattern)
    sides = {"--where": read_words(options["where"], "--where")} if options["where"] else {}
    names = ["tokens", *(["quotations"] if options["voice"] else [])]
    names += ["position_sentences"] if options["holder"] else []
    asked = {"target": options["target"], "holder": options["holder"]}
    asked |= {"scope": "all"} if options["voice"] else {}
    alone = names == ["tokens"]
    with steps(3 if alone else n_steps(names, more=1)) as begin:
        if alone:
            made = make_tokens(corpus, columns, begin=begin)
        else:
            made = make(corpus, columns, names, begin=begin, keep_boilerplate=True, arabic=False, **asked)
        check_columns(made.corpus.documents, sides=sides)
        begin("matching")
        tokens, documents = made.tables["tokens"], made.corpus.documents
        found = find_in_context(tokens, pattern, documents, window=options["window"], clitics=options["clitics"])
        table = _choose(found, made, {**options, "out": out})
        if options["evidence"] is not None:
            beside = Path() if out is None else out.parent
            table = link_concordance(table, options["evidence"], tokens=tokens, beside=beside)
        hits = f"{number(len(table), 'hit')} in {number(table['doc_id'].nunique(), 'document')}"
        hits += f" of {number(len(found), 'hit')}" if len(table) < len(found) else ""
        if out is not None:
            _write(table, out, pattern, hits, options["language"])
    said = made.said + (undated(documents) if any("=" not in side for side in options["where"]) else "")
    if not len(found):
        said += f" No document has {pattern!r}."
    if out is not None:
        close(f"{said} Wrote {out} ({hits}).")
        return
    right_to_left = _orders_itself() if rtl is None else rtl
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    click.echo(show_concordance(table, width=width, right_to_left=right_to_left), nl=False)
    close(f"{said} Showed {hits}.", table_on_screen=True)


def _reach(place: str) -> int:
    from discourse.measures.lexis.concordance_order import read_place

    return read_place(place)[1]


def _check_options(options: dict[str, Any], rtl: bool | None, out: Path | None) -> None:
    """Raise where options do not go together."""
    far = [place for place in options["sort"] if _reach(place) > options["window"]]
    if far:
        raise click.UsageError(
            f"--sort asks for {far[0]}, and --window is {options['window']}; name a nearer place, or widen the window."
        )
    if options["target"] is not None and options["holder"] is None:
        raise click.UsageError("--target says toward whom the positions of --holder are; give --holder ACTOR with it.")
    if options["evidence"] is not None and out is None:
        raise click.UsageError("--evidence leads from the lines of a file to a page; give --out FILE with it.")
    if rtl is not None and out is not None:
        raise click.UsageError("--rtl and --plain lay lines out on the screen; leave them out with --out.")


def _choose(found: Any, made: Any, options: dict[str, Any]) -> Any:
    """Mark what is asked for, keep the lines that fit, draw and sort."""
    asking = ("where", "voice", "holder", "beside", "out", "sort")
    if options["negated"] is None and options["sample"] is None and not any(options[name] for name in asking):
        return found
    from discourse.measures.lexis.concordance_lines import filter_concordance, mark_concordance
    from discourse.measures.lexis.concordance_order import sample_concordance, sort_concordance

    asked = options["voice"] or options["holder"] or options["negated"] is not None or options["out"]
    tokens, quotations = made.tables["tokens"], made.tables.get("quotations")
    table = filter_concordance(
        mark_concordance(found, tokens, quotations=quotations) if asked else found,
        documents=made.corpus.documents,
        where=read_words(options["where"], "--where") if options["where"] else None,
        voice=options["voice"],
        negated=options["negated"],
        beside=options["beside"],
        positions=made.tables.get("position_sentences"),
        holder=options["holder"],
    )
    if options["sample"] is not None:
        table = sample_concordance(table, options["sample"], seed=options["seed"])
    return sort_concordance(table, options["sort"], window=options["window"]) if options["sort"] else table


def _write(table: Any, out: Path, pattern: str, hits: str, language: str) -> None:
    from discourse.display.concordances import concordance_page, concordance_table
    from discourse.writing import TABLE_ENDINGS, write_table, write_text

    ending = out.suffix.lower()
    if ending in TABLE_ENDINGS:
        write_table(table, out)
    elif ending == ".html":
        write_text(concordance_page(table, title=pattern, notes=[hits], language=language), out)
    else:
        paper = ending == ".docx"
        most = max(1, len(table))
        shown = concordance_table(table, caption=pattern, notes=[hits], language=language, most=most, joined=paper)
        (shown.to_docx if paper else shown.to_xlsx)(out)


def _orders_itself() -> bool:
    """Say whether standard output is a terminal known to order right-to-left text: VTE, Konsole, mlterm, Apple's."""
    known = ("VTE_VERSION", "KONSOLE_VERSION", "MLTERM")
    here = any(os.environ.get(name) for name in known) or os.environ.get("TERM_PROGRAM") == "Apple_Terminal"
    return sys.stdout.isatty() and here

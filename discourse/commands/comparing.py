"""`discourse keyness`, `discourse dispersion`, `discourse shift`: the words by which texts differ, and how they lie."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asked import check_columns, check_pattern
from discourse.commands.changing import read_words
from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, target_option, undated
from discourse.commands.running import close, example, guarded, number, out_option, steps
from discourse.display.wording import words

__all__ = ["dispersion", "keyness", "shift"]

_SIDE = "A period (2021, 2015:2020), COLUMN=VALUE, or voice=outlet, voice=quoted, voice=SIDE; repeated, all must hold."
_UNIT = click.option(
    "--unit", type=click.Choice(["norm", "form"]), default="norm", show_default=True, help="What a term is."
)
_CLUSTER = click.option(
    "--cluster", metavar="COLUMN", help="Document variable whose values are the units, such as clusters of copies."
)
_FIRST = click.option("--first", multiple=True, required=True, metavar="SIDE", help=_SIDE)
_SECOND = click.option("--second", multiple=True, required=True, metavar="SIDE", help="The set it is held against.")
_FOUND = 0.05
_SHOWN = 10


@click.command(epilog=example("discourse keyness seed:reports --first 2015:2020 --second 2022:2026 --out keyness.csv"))
@corpus_arguments
@_FIRST
@_SECOND
@_UNIT
@_CLUSTER
@click.option("--min-count", default=5, show_default=True, type=click.IntRange(min=1), help="Least occurrences.")
@click.option("--min-units", default=3, show_default=True, type=click.IntRange(min=1), help="Least stories with it.")
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(min=19), help="Shuffles of the stories.")
@boilerplate_option
@out_option()
@guarded
def keyness(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Find the words by which two sets of documents differ: periods, outlets, voices, any variable."""
    from discourse.measures.lexis import keyness as measuring
    from discourse.writing import write_table

    between = read_words(options["first"], "--first"), read_words(options["second"], "--second")
    voiced = any("voice" in side for side in between)
    names = ["body_tokens", *(["quotations"] if voiced else [])]
    with steps(n_steps(names, more=2)) as begin:
        made = make(corpus, columns, names, begin=begin, keep_boilerplate=options["keep_boilerplate"])
        check_columns(
            made.corpus.documents,
            sides={"--first": between[0], "--second": between[1]},
            cluster=options["cluster"],
        )
        begin("comparing")
        table = measuring.keyness(
            made.tables["body_tokens"],
            made.corpus.documents,
            between=between,
            unit=options["unit"],
            cluster=options["cluster"],
            quotations=made.tables.get("quotations"),
            min_count=options["min_count"],
            min_units=options["min_units"],
            n_draws=options["draws"],
        )
        begin("writing")
        write_table(table, out)
    found = table.loc[table["p_rate"].lt(_FOUND)]
    for name in "ab":
        own = found.loc[found["log_ratio"].gt(0) if name == "a" else found["log_ratio"].lt(0)]
        shown = ", ".join(own["term"].head(_SHOWN)) or "none"
        first = f", the first {_SHOWN}" if len(own) > _SHOWN else ""
        terms = number(len(own), "key term")
        click.echo(f"{table[name].iloc[0]}: {terms} at a false discovery rate of 5%{first}: {shown}")
    close(f"{made.said}{undated(made.corpus.documents)} Wrote {out} ({number(len(table), 'term')}).")


@click.command(epilog=example(words("commands", "dispersion", "en")))
@corpus_arguments
@click.option("--pattern", multiple=True, help="Words or a glob, as in a lexicon; may be repeated. All terms if none.")
@_UNIT
@_CLUSTER
@click.option("--min-count", default=5, show_default=True, type=click.IntRange(min=1), help="Least occurrences.")
@boilerplate_option
@out_option()
@guarded
def dispersion(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Measure how evenly words are spread over the documents, beside words placed at random."""
    from discourse.measures.lexis.dispersion import measure_dispersion
    from discourse.writing import write_table

    for pattern in options["pattern"]:
        check_pattern("pattern", pattern, of_words=True)
    with steps(n_steps(["body_tokens"], more=2)) as begin:
        made = make(corpus, columns, ["body_tokens"], begin=begin, keep_boilerplate=options["keep_boilerplate"])
        check_columns(made.corpus.documents, cluster=options["cluster"])
        begin("measuring")
        table = measure_dispersion(
            made.tables["body_tokens"],
            list(options["pattern"]) or None,
            unit=options["unit"],
            documents=made.corpus.documents,
            cluster=options["cluster"],
            min_count=options["min_count"],
        )
        begin("writing")
        write_table(table, out)
    close(f"{made.said} Wrote {out} ({number(len(table), 'row')}).")


@click.command(
    epilog=example("discourse shift seed:reports --holder russia --first 2015:2020 --second 2022:2026 --out shift.csv")
)
@corpus_arguments
@click.option("--holder", metavar="ACTOR", help="Whose positions, in its own voice.")
@target_option
@click.option("--lexicon", metavar="NAME_OR_FILE", help="In place of positions: a lexicon with weights.")
@_FIRST
@_SECOND
@click.option(
    "--of", type=click.Choice(["cue", "rule", "pattern", "category"]), help="What an entry is.  [cue, pattern]"
)
@_CLUSTER
@boilerplate_option
@out_option()
@guarded
def shift(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Part the change of a mean position, or of the mean weight of a lexicon, among cues, rules or entries."""
    from discourse.lexicons.loader import load_lexicon
    from discourse.measures.lexis.word_shift import word_shift
    from discourse.reading.matching.matches import find_matches
    from discourse.writing import write_table

    if (options["holder"] is None) == (options["lexicon"] is None):
        raise click.UsageError(
            "give --holder ACTOR for positions, or --lexicon NAME_OR_FILE for a lexicon with weights."
        )
    between = read_words(options["first"], "--first"), read_words(options["second"], "--second")
    read = options["holder"] is not None
    names = ["position_sentences", "document_positions"] if read else ["body_tokens"]
    asked = {"holder": options["holder"], "target": options["target"]} if read else {}
    lexicon = None if read else load_lexicon(options["lexicon"])
    with steps(n_steps(names, more=2)) as begin:
        made = make(corpus, columns, names, begin=begin, keep_boilerplate=options["keep_boilerplate"], **asked)
        check_columns(
            made.corpus.documents,
            sides={"--first": between[0], "--second": between[1]},
            cluster=options["cluster"],
        )
        begin("comparing")
        voiced = any("voice" in side for side in between)
        own = made.tables["document_positions"] if read and not voiced else None
        table = word_shift(
            made.tables[names[0]] if lexicon is None else find_matches(made.tables[names[0]], lexicon),
            made.corpus.documents,
            between=between,
            of=options["of"],
            positions=None if own is None else own.loc[own["voice"].astype("str").eq(options["holder"])],
            holder=options["holder"],
            cluster=options["cluster"],
        )
        begin("writing")
        write_table(table, out)
    first = table.iloc[0]
    sides = [
        f"{first[f'mean_{name}']:+.2f} in {first[name]} ({number(first[f'n_docs_{name}'], 'document')})"
        for name in "ab"
    ]
    bounds = f"[{first['change_lower']:+.2f}, {first['change_upper']:+.2f}]"
    if first["change_lower"] != first["change_lower"]:
        bounds = "without an interval, since one side has a single story"
    click.echo(f"mean {sides[0]}, {sides[1]}; change {first['change']:+.2f} {bounds}")
    close(f"{made.said}{undated(made.corpus.documents)} Wrote {out} ({number(len(table), 'row')}).")

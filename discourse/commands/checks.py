"""`discourse check` and `discourse agreement`: files held against their rules, coders against each other."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import load_corpus
from discourse.commands.proposing import look_at_table, next_command
from discourse.commands.running import Either, close, example, guarded, number, out_option, shows_progress, steps
from discourse.commands.telling import Asked, needed_columns, say_reasons, say_table
from discourse.errors import first_three

__all__ = ["agreement", "check"]

_SHOWN = 50


@click.command(epilog=example("discourse check my_lexicon.yml"))
@click.argument("file")
@click.option(
    "--kind", type=click.Choice(["codes", "corpus", "events", "lexicon"]), help="What it is; detected if left out."
)
@click.option("--text-column", default="text", metavar="NAME", help="Column that holds the text.  [text]")
@click.option("--id-column", default="doc_id", metavar="NAME", help="Column that names the document.  [doc_id]")
@click.option("--date-column", default="date", metavar="NAME", help="Column of the publication date.  [date]")
@click.option("--encoding", metavar="NAME", help="Encoding of text files; detected when left out.")
@click.option(
    "--day-first/--month-first", cls=Either, default=None, help="How to read 03/04/2015; by the column if left out."
)
@click.option("--date-format", metavar="FORM", help="Form of all dates, for instance %d/%m/%Y.")
@click.option("--corpus", metavar="CORPUS", help="Show what the entries of the lexicon match in this corpus.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(min=1), help="Forms shown of each entry.")
@click.option("--doubtful", is_flag=True, help="Show only the forms that look like another word's.")
@click.option("--analyzer", metavar="NAME", help="Hold the forms against its lemmas: buckwalter, calima-msa-r13.")
@out_option(
    required=False,
    help_text="Write the findings, or with --corpus the table AUDIT, here; ends in .csv or .parquet.",
)
@guarded
def check(file: str, kind: str | None, out: Path | None, **options: Any) -> None:
    """Say what is wrong with a corpus, a lexicon, hand codes or events, by line.

    FILE may be the name of a lexicon that ships. With --corpus it is a lexicon, and each form that an entry matches is
    a line: category, pattern, form, matches, share, a place, and what makes it look like another word's.

    Of a corpus in a table it says what each column is taken for. It ends with the command to run next, with the options
    that it found needed. Exits with 1 when anything is wrong.
    """
    from discourse.checking import check_file, detect_kind
    from discourse.writing import write_table

    audit = {name: options.pop(name) for name in ("corpus", "top", "doubtful", "analyzer")}
    if audit["corpus"] is not None:
        kind = _only_a_lexicon(kind)
    columns = options
    named = {role: columns[f"{name}_column"] for role, name in (("text", "text"), ("doc_id", "id"), ("date", "date"))}
    named = {role: name for role, name in named.items() if name != role}
    asked = Asked(named, columns["day_first"], columns["date_format"], columns["encoding"])
    is_corpus = kind == "corpus" or (kind is None and Path(file).is_file() and detect_kind(file) == "corpus")
    looked = look_at_table(file, asked) if is_corpus else None
    taken = {**named, **(needed_columns(looked.frame.columns, looked.judged.columns) if looked else {})}
    taken.pop("url", None)
    read_as = {"outlet" if role == "source" else role: name for role, name in taken.items()}
    read_as |= {name: columns[name] for name in ("encoding", "day_first", "date_format")}
    kind, findings, notes = check_file(file, kind=kind, **read_as)
    if audit["corpus"] is not None and not len(findings):
        _audit(file, out=out, columns=columns, **audit)
        return
    if looked is not None:
        click.echo("\n".join(say_table(Path(file).name, looked.judged.table, len(looked.frame))))
        notes = [*notes, *(one.said for one in looked.judged.unclear)]
    for finding in findings.head(_SHOWN).itertuples(index=False):
        click.echo(f"{finding.path}, {finding.record}: {finding.reason}")
    if len(findings) > _SHOWN:
        click.echo(f"... and {len(findings) - _SHOWN:,} more; --out FILE writes them all")
    for note in notes:
        click.echo(f"note: {note}")
    if looked is not None and (findings["record"] != "whole file").any():
        click.echo("\n".join(["By reason:", *say_reasons(findings)]))
    wrote = ""
    if out is not None:
        wrote = f" Wrote {write_table(findings, out)}."
    alone = kind == "codes" and any(note.startswith("One coder") for note in notes)
    proposed = next_command(file, kind, len(findings), asked=asked, looked=looked, alone=alone)
    if len(findings):
        click.echo(f"Checked {file} as {kind}: {number(len(findings), 'finding')}.{wrote}")
        click.echo(proposed)
        raise click.exceptions.Exit(1)
    close(f"Checked {file} as {kind}: nothing wrong.{wrote}")
    click.echo(proposed)


def _only_a_lexicon(kind: str | None) -> str:
    """Return the kind of a file that is held against a corpus."""
    if kind not in (None, "lexicon"):
        raise click.UsageError(f"--corpus shows what a lexicon matches; FILE is said to be {kind}.")
    return "lexicon"


def _audit(
    file: str, *, corpus: str, top: int, doubtful: bool, analyzer: str | None, out: Path | None, columns: dict[str, Any]
) -> None:
    """Show what the entries of a lexicon match in a corpus, or write it."""
    from discourse.language.tokens import tokenize
    from discourse.lexicons.loader import load_lexicon
    from discourse.reading.matching.audit import audit_lexicon
    from discourse.writing import write_table

    named = {"source_column": "source", "title_column": "title", "rejects": None, "any_language": False}
    with steps(3) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns | named, arabic=False)
        begin("cutting into tokens")
        tokens = tokenize(read_corpus.documents, progress=shows_progress())
        begin("matching")
        table = audit_lexicon(load_lexicon(file), tokens, analyzer=analyzer)
    matched = table["n"] > 0
    said = f"{number(table.loc[matched, 'entry'].nunique(), 'entry', 'entries')} of {table['entry'].nunique():,} match "
    said += f"{number(int(matched.sum()), 'form')}, {number(int(table['doubt'].notna().sum()), 'form')} in doubt"
    if out is not None:
        close(f"{read_corpus.said} Wrote {write_table(table, out)}: {said}.")
        return
    shown = table[table["doubt"].notna()] if doubtful else table[matched]
    first: Any = shown.groupby("entry").head(top).astype(object)
    for row in first.where(first.notna(), "").itertuples(index=False):
        place = f"{row.doc_id}:{row.start_char}"
        fields = (
            row.category,
            row.pattern,
            row.word,
            f"{row.n:,}",
            f"{row.share:.1%}",
            place,
            row.doubt,
            row.looks_like,
        )
        click.echo("\t".join(fields).rstrip("\t"))
    close(f"{read_corpus.said} {said}.", table_on_screen=True)


@click.command(epilog=example("discourse agreement codes.csv --level position=ordinal --out agreement.csv"))
@click.argument("codes")
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="VARIABLE=LEVEL",
    help="Level of measurement of a variable: nominal, ordinal or interval; may be repeated.  [position=ordinal]",
)
@click.option("--set", "sets", multiple=True, metavar="VARIABLE", help="A variable of labels joined by ';'.  [frames]")
@click.option(
    "--presence",
    multiple=True,
    metavar="VARIABLE",
    help="A variable where no value is an answer too, such as position.  [those that some coder left empty]",
)
@click.option("--draws", default=1000, type=click.IntRange(min=1), show_default=True, help="Draws of the bootstrap.")
@click.option("--seed", default=20151223, type=click.IntRange(min=0), show_default=True, help="Seed of the draws.")
@out_option(required=False)
@guarded
def agreement(
    codes: str,
    levels: tuple[str, ...],
    sets: tuple[str, ...],
    presence: tuple[str, ...],
    draws: int,
    seed: int,
    out: Path | None,
) -> None:
    """Measure how far coders agree: Krippendorff's alpha with an interval, per variable.

    CODES has the columns unit_id, coder, variable, value. The verdict is read from the lower bound: 0.80 and above is
    firm, 0.667 to 0.80 allows tentative conclusions; below that agreement is not shown.
    """
    from discourse.sources.records import read_records
    from discourse.validity.agreement import measure_agreement
    from discourse.writing import write_table

    records = read_records(Path(codes))
    if records.rejects:
        first = records.rejects[0]
        raise click.ClickException(
            f"{codes!r} has {number(len(records.rejects), 'broken record')}. First: {first[1]}, {first[2]}. "
            f"`discourse check {codes}` lists them."
        )
    coded = set(records.frame["variable"].astype(str)) if "variable" in records.frame else set(sets)
    if strange := [name for name in sets if name not in coded]:
        raise click.UsageError(
            f"--set names {strange[0]!r}, which nobody codes; coded are {first_three(sorted(coded))}."
        )
    table = measure_agreement(
        records.frame,
        levels=_levels(levels),
        sets=sets or ("frames",),
        presence=presence or None,
        n_draws=draws,
        seed=seed,
    )
    said = f"Read {number(len(records.frame), 'code')}: {len(records.frame):,} kept, 0 rejected."
    if out is None:
        click.echo(table.round(3).to_string(index=False) if len(table) else "no variable is coded")
        close(said, table_on_screen=True)
        return
    write_table(table, out)
    close(f"{said} Wrote {out} ({number(len(table), 'variable')}).")


def _levels(given: tuple[str, ...]) -> dict[str, str] | None:
    if not given:
        return None
    levels: dict[str, str] = {}
    for pair in given:
        variable, equals, level = pair.partition("=")
        if not equals or level not in ("nominal", "ordinal", "interval"):
            raise click.BadParameter(
                f"{pair!r} is not VARIABLE=LEVEL with nominal, ordinal or interval", param_hint="--level"
            )
        levels[variable] = level
    return levels

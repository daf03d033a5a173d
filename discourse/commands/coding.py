"""`discourse codes`: hand codes of the form and of other tools, read into tables."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import load_corpus
from discourse.commands.running import close, example, guarded, number, out_option, steps, table_path

__all__ = ["codes"]

_SHOWN = 10


@click.command(epilog=example("discourse codes export.qdpx --corpus corpus.parquet --out codes.csv --spans spans.csv"))
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--corpus", metavar="CORPUS", help="The documents that were coded; by default the texts of the file.")
@click.option("--format", "kind", default="auto", show_default=True, metavar="NAME", help="Format; told by content.")
@click.option("--coder", metavar="NAME", help="Who coded, where the file does not say.  [coder]")
@click.option("--name", "named", multiple=True, metavar="NAME=DOC_ID", help="Document of a name in the file.")
@click.option("--user", "users", multiple=True, metavar="USER=CODER", help="Coder of a user of the tool.")
@click.option(
    "--offsets",
    default="auto",
    show_default=True,
    metavar="NAME",
    help="How the tool counts: characters, utf16, bytes; with /lf a line end of two characters is one.",
)
@click.option("--text-column", default="text", metavar="NAME", help="Column of CORPUS that holds the text.  [text]")
@click.option("--id-column", default="doc_id", metavar="NAME", help="Column of CORPUS that names it.  [doc_id]")
@click.option("--encoding", metavar="NAME", help="Encoding of CORPUS; detected when left out.")
@click.option("--spans", metavar="FILE", callback=table_path, help="Write the codes of spans here.")
@click.option("--rejects", metavar="FILE", callback=table_path, help="Write what is no code and why here.")
@out_option(help_text="Write the codes of documents here; ends in .csv or .parquet.")
@guarded
def codes(
    paths: tuple[str, ...],
    corpus: str | None,
    kind: str,
    out: Path,
    spans: Path | None,
    rejects: Path | None,
    **options: Any,
) -> None:
    """Read hand codes of the form, or of another tool, into tables.

    FILE is what the coding form of a notebook wrote (.jsonl; those of several coders are joined), or an export of Label
    Studio (JSON), doccano (JSONL), INCEpTION (CAS JSON, WebAnno TSV), CATMA (TEI, Git, API) or a program of qualitative
    analysis (QDPX), or a sheet (.csv, .xlsx). Every offset is held against the text; what does not fit is counted by
    its reason.
    """
    from discourse.exchange.codes.reading import read_codes
    from discourse.validity.handcoding.reading import is_coding_file
    from discourse.writing import write_table

    if kind == "auto" and all(map(is_coding_file, paths)):
        _read_coding(paths, out, rejects)
        return
    if paths[1:]:
        said = "only files of the coding form are read together"
        raise click.UsageError(f"{number(len(paths), 'file')} are named; {said}. Name one export at a time.")
    file = paths[0]
    with steps(3) as begin:
        begin("reading the corpus")
        documents = None if corpus is None else _documents(corpus, options)
        begin("reading the codes")
        of_documents, of_spans, rejected = read_codes(
            file,
            documents,
            format=kind,
            coder=options["coder"],
            coders=_pairs(options["users"], "--user", "7=A"),
            names=_pairs(options["named"], "--name", "D_A00D3E7F=ahram-0012"),
            offsets=options["offsets"],
        )
        begin("writing")
        if rejects is not None:
            write_table(rejected, rejects)
        _tell(rejected, rejects)
        if not len(of_documents) and not len(of_spans):
            raise click.ClickException(f"no code is left of {file!r}: {number(len(rejected), 'reject')}.")
        write_table(of_documents, out)
        if spans is not None:
            write_table(of_spans, spans)
        elif len(of_spans):
            click.echo(f"{number(len(of_spans), 'code')} of spans not written; --spans FILE writes them.", err=True)
    kept = f"{number(len(of_documents), 'code')} of documents, {number(len(of_spans), 'code')} of spans"
    where = f"{out}{f' and {spans}' if spans is not None else ''}"
    close(f"Read {kept}, {number(len(rejected), 'reject')}. Wrote {where}.")


def _read_coding(paths: tuple[str, ...], out: Path, rejects: Path | None) -> None:
    """Write what was coded on the form; the last line of a coder on a document counts."""
    from discourse.validity.handcoding.reading import read_coding
    from discourse.writing import write_table

    table, left = read_coding(list(paths))
    write_table(table, out)
    if rejects is not None:
        write_table(left, rejects)
    coders = number(table["coder"].nunique(), "coder")
    said = f"Read {number(table['unit_id'].nunique(), 'document')} of {coders}: {number(len(table), 'code')}, "
    said += f"{number(len(left), 'reject')}{f' (in {rejects})' if rejects is not None else ''}."
    close(f"{said} Wrote {out}.")


def _documents(corpus: str, options: dict[str, Any]) -> Any:
    columns = {"date_column": "date", "source_column": "source", "title_column": "title"}
    columns |= {"day_first": None, "date_format": None}
    given = {name: options[name] for name in ("text_column", "id_column", "encoding")}
    return load_corpus(corpus, {**columns, **given, "rejects": None, "any_language": True}).documents


def _pairs(given: tuple[str, ...], option: str, shown: str) -> dict[str, str]:
    out = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name or not value:
            raise click.BadParameter(f"{pair!r} is no pair, such as {shown}", param_hint=option)
        out[name] = value
    return out


def _tell(rejected: Any, path: Path | None) -> None:
    """Say how many rejects have which reason."""
    counts = rejected["reason"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    for reason, n in counts.head(_SHOWN).items():
        click.echo(f"{n:,} rejected: {reason}.", err=True)
    if len(counts) and path is None:
        click.echo("--rejects FILE lists them.", err=True)

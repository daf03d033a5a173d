"""`discourse read`, `tokens`, `duplicates`: sources into one corpus, and what a corpus is made of."""

import shlex
from pathlib import Path
from typing import Any

import click

from discourse.commands.copies import say_copies, say_copies_seen
from discourse.commands.corpus import corpus_arguments, load_corpus, settle_rejects
from discourse.commands.running import (
    Either,
    close,
    counter,
    example,
    guarded,
    number,
    out_option,
    shows_progress,
    steps,
    table_path,
)
from discourse.commands.telling import Asked, say_reasons, settle_columns

__all__ = ["duplicates", "read", "tokens"]


@click.command(
    epilog=example("discourse read export1.html export2.docx feed.xml --out corpus.parquet --rejects rejects.csv")
)
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "kind", default="auto", show_default=True, metavar="NAME", help="Format; told by content.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=NAME",
    help="For tables: the column that holds text, doc_id, date, source or title; may be repeated, for one role too, "
    "where files name it differently.",
)
@click.option(
    "--day-first/--month-first", cls=Either, default=None, help="How to read 03/04/2015; by the file if left out."
)
@click.option("--date-format", metavar="FORM", help="Form of all dates, for instance %d/%m/%Y.")
@click.option("--encoding", metavar="NAME", help="For tables: the encoding; detected when left out.")
@click.option("--rejects", metavar="FILE", callback=table_path, help="Write the rejected records and reasons here.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take every default, and say which.")
@click.option("--delay", type=click.FloatRange(min=0), help="For addresses: seconds between requests to a host.  [2]")
@click.option("--wayback", is_flag=True, help="For addresses: ask the Wayback Machine for pages that are gone.")
@click.option(
    "--refresh",
    type=click.FloatRange(min=0),
    metavar="DAYS",
    help="For addresses: ask again for pages last looked at so many days ago; a changed one is kept beside the old.",
)
@click.option(
    "--max-per-host",
    type=click.IntRange(min=1),
    metavar="N",
    help="For addresses: requests to one host in this run; the next run goes on.",
)
@click.option(
    "--allow-network", multiple=True, metavar="NETWORK", help="For addresses: a network allowed though not public."
)
@click.option("--no-copies", is_flag=True, help="Do not look for near-identical copies at the end.")
@out_option()
@guarded
def read(
    paths: tuple[str, ...],
    kind: str,
    columns: tuple[str, ...],
    day_first: bool | None,
    date_format: str | None,
    encoding: str | None,
    rejects: Path | None,
    yes: bool,
    no_copies: bool,
    out: Path,
    **fetching: Any,
) -> None:
    """Read exports, pages, feeds, archives and plain corpora into one table of documents.

    What a file holds decides on its format. Of a table it says what each column is taken for and what is unclear, asks
    about it on a terminal, and elsewhere names the option that decides it. A list of addresses (a CSV with a column
    url, or one address a line) is fetched politely into a folder beside --out. A run that was stopped goes on where it
    stopped. At the end it says how many near-identical copies there are; none is dropped.
    """
    from discourse.saved.manifest import holds_corpus
    from discourse.sources.readers import read_resumable

    if saved := next(filter(holds_corpus, paths), None):
        raise click.UsageError(
            f"{saved!r} is a saved corpus, which the other commands open as it is; it needs no reading."
        )
    if seed := next((path for path in paths if path.startswith("seed:")), None):
        raise click.UsageError(f"{seed!r} is a seed, which the other commands open as it is; it needs no reading.")
    options = {name: fetching[name] for name in ("delay", "refresh", "max_per_host")}
    options["wayback"] = fetching["wayback"] or None
    options["allow_networks"] = fetching["allow_network"] or None
    asked = Asked(_column_map(columns), day_first, date_format, encoding)
    settled = asked
    if all(value is None for value in options.values()):
        settled = settle_columns(paths, asked, format=kind, made=(out, rejects), yes=yes)
    with counter("reading") as count:
        documents, rejected = read_resumable(
            list(paths),
            out,
            rejects=rejects,
            format=kind,
            columns=settled.columns or None,
            day_first=settled.day_first,
            date_format=settled.date_format,
            encoding=settled.encoding,
            hydrate_options={name: value for name, value in options.items() if value is not None},
            progress=count,
        )
    said = settle_rejects(documents, rejected, rejects, written=True)
    if len(rejected):
        click.echo("Rejected, by reason:")
        click.echo("\n".join(say_reasons(rejected)))
    if settled != asked:
        written = ["--out", str(out), *(["--rejects", str(rejects)] if rejects is not None else [])]
        click.echo(
            f"The same without a question: {shlex.join(['discourse', 'read', *paths, *settled.options(), *written])}"
        )
    close(f"{said} Wrote {out} ({number(len(documents), 'document')}).")
    if not no_copies:
        close(say_copies_seen(documents))


def _column_map(given: tuple[str, ...]) -> dict[str, str | tuple[str, ...]]:
    columns: dict[str, tuple[str, ...]] = {}
    for pair in given:
        role, equals, name = pair.partition("=")
        if not equals or not role or not name:
            raise click.BadParameter(f"{pair!r} is not ROLE=NAME, for instance text=body", param_hint="--column")
        columns[role] = (*columns.get(role, ()), name)
    return {role: names[0] if len(names) == 1 else names for role, names in columns.items()}


@click.command(epilog=example("discourse tokens seed:reports --out tokens.parquet"))
@corpus_arguments
@out_option()
@guarded
def tokens(corpus: str, columns: dict[str, Any], out: Path) -> None:
    """Cut a corpus into tokens with offsets and sentence numbers."""
    from discourse.language.tokens import tokenize
    from discourse.writing import write_table

    with steps(3) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, arabic=False)
        begin("cutting into tokens")
        table = tokenize(read_corpus.documents, progress=shows_progress())
        begin("writing")
        write_table(table, out)
    close(f"{read_corpus.said} Wrote {out} ({number(len(table), 'token')}).")


@click.command(
    epilog=example("discourse duplicates corpus.parquet --out clusters.csv --joined corpus_with_clusters.parquet")
)
@corpus_arguments
@click.option(
    "--joined",
    metavar="FILE",
    callback=table_path,
    help="Also write the corpus with the column `cluster`, for --cluster of series and contrast.",
)
@click.option(
    "--measure",
    type=click.Choice(["coverage", "jaccard", "containment"]),
    default="coverage",
    show_default=True,
    help="What makes two texts copies: jaccard finds only what is printed nearly unchanged.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(min=0, min_open=True, max=1),
    help="Least similarity of two copies.  [0.9; 0.7 for jaccard and containment]",
)
@out_option()
@guarded
def duplicates(
    corpus: str, columns: dict[str, Any], joined: Path | None, measure: str, threshold: float | None, out: Path
) -> None:
    """Find near-identical copies of one story: wire copy, reprints, updates."""
    from discourse.language.tokens import tokenize
    from discourse.sources.cleaning.duplicates import find_duplicates
    from discourse.writing import write_table

    with steps(4) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, arabic=False)
        begin("cutting into tokens")
        cut = tokenize(read_corpus.documents)
        begin("finding copies")
        table = find_duplicates(read_corpus.documents, cut, measure=measure, threshold=threshold)
        begin("writing")
        write_table(table, out)
        if joined is not None:
            write_table(_with_clusters(read_corpus.documents, table), joined)
    n_clusters, copies = table["cluster"].nunique(), table.loc[table["n_in_cluster"].gt(1), "cluster"]
    said = f"{say_copies(len(copies), copies.nunique())}. "
    said += f"Wrote {out} ({number(len(table), 'document')} in {number(n_clusters, 'cluster')})"
    close(f"{read_corpus.said} {said}{f' and {joined}' if joined is not None else ''}.")


def _with_clusters(documents: Any, table: Any) -> Any:
    """Return the corpus with the cluster of each document; one that it had before is kept as original_cluster."""
    cluster = table.set_index(table["doc_id"].astype(str))["cluster"].astype(str)
    kept = documents.rename(columns={"cluster": "original_cluster"})
    return kept.assign(cluster=kept["doc_id"].astype(str).map(cluster).to_numpy())

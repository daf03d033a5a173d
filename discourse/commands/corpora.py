"""`discourse read`, `tokens`, `duplicates`: sources into one corpus, and what a corpus is made of."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, load_corpus, settle_rejects
from discourse.commands.running import close, example, guarded, number, out_option, shows_progress, steps, table_path

__all__ = ["duplicates", "read", "tokens"]


@click.command(
    epilog=example("discourse read export1.html export2.docx feed.xml --out corpus.parquet --rejects rejects.csv")
)
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "kind", default="auto", show_default=True, metavar="NAME", help="Format; told by content.")
@click.option("--rejects", metavar="FILE", callback=table_path, help="Write the rejected records and reasons here.")
@out_option()
@guarded
def read(paths: tuple[str, ...], kind: str, rejects: Path | None, out: Path) -> None:
    """Read exports, pages, feeds, archives and plain corpora into one table of documents."""
    from discourse.sources.readers import read_sources
    from discourse.writing import write_table

    with steps(2) as begin:
        begin("reading")
        documents, rejected = read_sources(list(paths), format=kind)
        begin("writing")
        said = settle_rejects(documents, rejected, rejects)
        write_table(documents, out)
    close(f"{said} Wrote {out} ({number(len(documents), 'document')}).")


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
        read_corpus = load_corpus(corpus, columns, arabic=False, out=out)
        begin("cutting into tokens")
        table = tokenize(read_corpus.documents, progress=shows_progress())
        begin("writing")
        write_table(table, out)
    close(f"{read_corpus.said} Wrote {out} ({number(len(table), 'token')}).")


@click.command(epilog=example("discourse duplicates corpus.parquet --out clusters.csv"))
@corpus_arguments
@out_option()
@guarded
def duplicates(corpus: str, columns: dict[str, Any], out: Path) -> None:
    """Find near-identical copies of one story: wire copy, reprints, updates."""
    from discourse.language.tokens import tokenize
    from discourse.sources.duplicates import find_duplicates
    from discourse.writing import write_table

    with steps(4) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, arabic=False, out=out)
        begin("cutting into tokens")
        cut = tokenize(read_corpus.documents)
        begin("finding copies")
        table = find_duplicates(read_corpus.documents, cut)
        begin("writing")
        write_table(table, out)
    n_clusters = table["cluster"].nunique()
    close(f"{read_corpus.said} Wrote {out} ({number(len(table), 'document')} in {number(n_clusters, 'cluster')}).")

"""`discourse speech`, `positions`, `statements`: who says what about whom."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.measuring import body_tokens, boilerplate_option
from discourse.commands.running import close, example, guarded, number, out_option, steps, table_path

__all__ = ["positions", "speech", "statements"]


@click.command(epilog=example("discourse speech seed:article --out quotations.csv"))
@corpus_arguments
@boilerplate_option
@out_option()
@guarded
def speech(corpus: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Find reported speech in the body of the articles: cue, speaker, side and what is said, by offsets."""
    from discourse.reading.speech.quotations import find_quotations
    from discourse.writing import write_table

    with steps(5) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, out=out)
        tokens, left_out = body_tokens(read_corpus.documents, keep_boilerplate, begin)
        begin("finding speech")
        table = find_quotations(read_corpus.documents, tokens)
        begin("writing")
        write_table(table, out)
    n_named = int(table["speaker"].notna().sum())
    wrote = f"Wrote {out} ({number(len(table), 'instance')} of speech, {n_named:,} with a speaker)."
    close(f"{read_corpus.said}{left_out} {wrote}")


@click.command(
    epilog=example("discourse positions seed:reports --target taliban --out positions.csv --sentences sentences.csv")
)
@corpus_arguments
@boilerplate_option
@click.option("--target", default="taliban", show_default=True, metavar="ACTOR", help="Toward whom.")
@click.option("--sentences", metavar="FILE", callback=table_path, help="Write the evidence, sentence by sentence.")
@out_option()
@guarded
def positions(
    corpus: str, columns: dict[str, Any], keep_boilerplate: bool, target: str, sentences: Path | None, out: Path
) -> None:
    """Find the position of every holder toward a target, -2 (hostile) to 2 (cooperative), per document."""
    from discourse.reading.speech.quotations import find_quotations
    from discourse.reading.stance.positions import find_positions, score_positions
    from discourse.writing import write_table

    with steps(6) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, out=out)
        documents = read_corpus.documents
        tokens, left_out = body_tokens(documents, keep_boilerplate, begin)
        begin("finding speech")
        quotations = find_quotations(documents, tokens)
        begin("finding positions")
        evidence = find_positions(documents, tokens, quotations=quotations, target=target)
        table = score_positions(evidence)
        begin("writing")
        if sentences is not None:
            write_table(evidence, sentences)
        write_table(table, out)
    wrote = f"Wrote {out} ({number(len(table), 'position')})"
    wrote += f" and {sentences} ({number(len(evidence), 'sentence')})." if sentences is not None else "."
    close(f"{read_corpus.said}{left_out} {wrote}")


@click.command(epilog=example("discourse statements seed:reports --out statements.csv --dna statements.dna"))
@corpus_arguments
@boilerplate_option
@click.option("--target", default="taliban", show_default=True, metavar="ACTOR", help="Toward whom.")
@click.option(
    "--dna", metavar="FILE", type=click.Path(path_type=Path), help="Also write a file for Discourse Network Analyzer."
)
@out_option()
@guarded
def statements(
    corpus: str, columns: dict[str, Any], keep_boilerplate: bool, target: str, dna: Path | None, out: Path
) -> None:
    """Find statements: actor, organisation, concept, agreement, date; ready for discourse-network tools."""
    from discourse.reading.speech.quotations import find_quotations
    from discourse.reading.stance.statements import find_statements
    from discourse.writing import write_table

    with steps(6) as begin:
        begin("reading")
        read_corpus = load_corpus(corpus, columns, out=out)
        documents = read_corpus.documents
        tokens, left_out = body_tokens(documents, keep_boilerplate, begin)
        begin("finding speech")
        quotations = find_quotations(documents, tokens)
        begin("finding statements")
        table = find_statements(documents, tokens, quotations=quotations, target=target)
        begin("writing")
        if dna is not None:
            from discourse.exchange.dna import write_dna

            write_dna(table, documents, dna)
        write_table(table, out)
    wrote = f"Wrote {out} ({number(len(table), 'statement')})" + (f" and {dna}." if dna is not None else ".")
    close(f"{read_corpus.said}{left_out} {wrote}")

"""`discourse speech`, `clauses`, `positions`, `statements`: who says and does what, about and to whom."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, target_option
from discourse.commands.running import close, example, guarded, number, out_option, steps, table_path

__all__ = ["clauses", "positions", "speech", "statements"]


@click.command(epilog=example("discourse speech seed:article --out quotations.csv"))
@corpus_arguments
@boilerplate_option
@out_option()
@guarded
def speech(corpus: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Find reported speech in the body of the articles: cue, speaker, side and what is said, by offsets."""
    from discourse.writing import write_table

    with steps(n_steps(["quotations"], more=1)) as begin:
        options = {"keep_boilerplate": keep_boilerplate, "scope": "all"}
        made = make(corpus, columns, ["quotations"], begin=begin, **options)
        begin("writing")
        table = made.tables["quotations"]
        write_table(table, out)
    n_named = int(table["speaker"].notna().sum())
    wrote = f"Wrote {out} ({number(len(table), 'instance')} of speech, {n_named:,} with a speaker)."
    close(f"{made.said} {wrote}")


@click.command(epilog=example("discourse clauses seed:article --out clauses.csv"))
@corpus_arguments
@boilerplate_option
@out_option()
@guarded
def clauses(corpus: str, columns: dict[str, Any], keep_boilerplate: bool, out: Path) -> None:
    """Find the clauses of each sentence: who does what to whom, with tense, negation and passive."""
    from discourse.writing import write_table

    with steps(n_steps(["clauses"], more=1)) as begin:
        made = make(corpus, columns, ["clauses"], begin=begin, keep_boilerplate=keep_boilerplate)
        begin("writing")
        table = made.tables["clauses"]
        write_table(table, out)
    n_acting = int((table["subject_head"].notna() & table["object_head"].notna()).sum())
    wrote = f"Wrote {out} ({number(len(table), 'clause')}, {n_acting:,} with subject and object)."
    close(f"{made.said} {wrote}")


@click.command(
    epilog=example("discourse positions seed:reports --target taliban --out positions.csv --sentences sentences.csv")
)
@corpus_arguments
@boilerplate_option
@target_option
@click.option("--sentences", metavar="FILE", callback=table_path, help="Write the evidence, sentence by sentence.")
@out_option()
@guarded
def positions(corpus: str, columns: dict[str, Any], sentences: Path | None, out: Path, **options: Any) -> None:
    """Find the position of every holder toward a target, -2 (hostile) to 2 (cooperative), per document."""
    from discourse.writing import write_table

    names = ["position_sentences", "document_positions"]
    with steps(n_steps(names, more=1)) as begin:
        made = make(corpus, columns, names, begin=begin, **options)
        evidence, table = made.tables["position_sentences"], made.tables["document_positions"]
        begin("writing")
        if sentences is not None:
            write_table(evidence, sentences)
        write_table(table, out)
    wrote = f"Wrote {out} ({number(len(table), 'position')})"
    wrote += f" and {sentences} ({number(len(evidence), 'sentence')})." if sentences is not None else "."
    close(f"{made.said} {wrote}")


@click.command(epilog=example("discourse statements seed:reports --out statements.csv --dna statements.dna"))
@corpus_arguments
@boilerplate_option
@target_option
@click.option(
    "--dna", metavar="FILE", type=click.Path(path_type=Path), help="Also write a file for Discourse Network Analyzer."
)
@out_option()
@guarded
def statements(corpus: str, columns: dict[str, Any], dna: Path | None, out: Path, **options: Any) -> None:
    """Find statements: actor, organisation, concept, agreement, date; ready for discourse-network tools."""
    from discourse.writing import write_table

    with steps(n_steps(["statements"], more=1)) as begin:
        made = make(corpus, columns, ["statements"], begin=begin, **options)
        table = made.tables["statements"]
        begin("writing")
        if dna is not None:
            from discourse.exchange.dna import write_dna

            write_dna(table, made.corpus.documents, dna)
        write_table(table, out)
    wrote = f"Wrote {out} ({number(len(table), 'statement')})" + (f" and {dna}." if dna is not None else ".")
    close(f"{made.said} {wrote}")

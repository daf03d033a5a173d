"""`discourse corrections`: what readers corrected, by entry and rule, and what became of it in a corpus."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from discourse.commands.corpus import corpus_arguments
from discourse.commands.making import boilerplate_option, make, n_steps, target_option
from discourse.commands.running import close, example, guarded, number, out_option, steps, table_path

__all__ = ["corrections"]

_SHOWN = 20
_TABLES = {  # what a correction can be of: the tables of the plan that it is of
    "match": ["body_tokens"],
    "position": ["position_sentences", "document_positions"],
    "quotation": ["quotations"],
    "sentence": ["body_tokens", "position_sentences", "document_positions"],
}


@click.command(epilog=example("discourse corrections corrections.csv corpus.parquet --out audit.csv"))
@click.argument("file", type=click.Path(path_type=Path))
@partial(corpus_arguments, required=False)
@click.option(
    "--also", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="A file of another reader."
)
@click.option(
    "--lexicon", default="frames", show_default=True, metavar="NAME_OR_FILE", help="Whose matches were corrected."
)
@boilerplate_option
@target_option
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), default="year", show_default=True)
@click.option("--points", metavar="FILE", callback=table_path, help="Write the points that move without each entry.")
@out_option(required=False, help_text="Write the table CORRECTIONS_AUDIT here; ends in .csv or .parquet.")
@guarded
def corrections(
    file: Path, corpus: str | None, columns: dict[str, Any], out: Path | None, points: Path | None, **options: Any
) -> None:
    """Say which entry of a lexicon or rule readers corrected most, and how much of it.

    FILE is a CSV that the evidence page or the coding form wrote. With CORPUS places are held against its texts, each
    entry has the number of its matches beside it, and it is said what became of each correction.
    """
    from discourse.tables import PERIODS
    from discourse.validity.corrections import read_corrections
    from discourse.validity.corrections_audit import audit_corrections
    from discourse.validity.corrections_effects import leave_corrected_out
    from discourse.writing import write_table

    if corpus is None and points is not None:
        raise click.UsageError("--points needs a CORPUS: without one there is no series that could move.")
    paths = [file, *options.pop("also")]
    table, rejects = read_corrections(paths)
    if points is not None and not table["what"].isin(["match", "sentence"]).any():
        raise click.UsageError("--points is of matches and sentences, and no correction is of one.")
    found: dict[str, Any] = {}
    documents: Any = None
    made = ""
    if corpus is not None:
        made, documents, found = _measured(corpus, columns, table, options)
        table, rejects = read_corrections(paths, documents)
    said = f"{made} Read {number(len(table), 'correction')} of {number(table['coder'].nunique(), 'reader')}.".lstrip()
    _show_rejects(rejects, columns["rejects"])
    audit = audit_corrections(table, *(found[name] for name in found if name != "tokens"))
    for line in _lines(audit):
        click.echo(line)
    if found:
        _show_outcomes(table, found, documents, options["lexicon"])
    wrote = []
    if out is not None:
        wrote.append(f"{write_table(audit, out)} ({number(len(audit), 'row')})")
    if points is not None:
        lexicon = _lexicon(options["lexicon"]) if "matches" in found else None
        moved = leave_corrected_out(
            audit, documents, positions=found.get("position_sentences"), tokens=found.get("tokens"), lexicon=lexicon,
            freq=PERIODS[options["period"]].freq,
        )  # fmt: skip
        wrote.append(f"{write_table(moved, points)} ({number(len(moved), 'point')})")
    close(f"{said} Wrote {' and '.join(wrote)}." if wrote else said)


def _lexicon(name: str) -> Any:
    from discourse.lexicons.loader import load_lexicon

    return load_lexicon(name)


def _measured(corpus: str, columns: dict[str, Any], table: Any, options: dict[str, Any]) -> tuple[str, Any, dict]:
    """Return the sentence on the corpus, its documents, and the tables that the corrections are of."""
    from discourse.reading.frames import find_frames
    from discourse.reading.matching.matches import find_matches

    names = list(dict.fromkeys(name for what in table["what"].unique() for name in _TABLES[str(what)]))
    asked = {name: options[name] for name in ("keep_boilerplate", "target")}
    own = table[table["what"] == "match"]
    lexicon = _lexicon(options["lexicon"]) if len(own) else None
    if lexicon is not None and (
        own["holder"].notna().any() or not own["category"].isin(list(lexicon.categories)).all()
    ):
        names += [name for name in _TABLES["sentence"] if name not in names]  # some are cues of positions
    with steps(n_steps(names, more=1)) as begin:
        made = make(corpus, columns, names, begin=begin, **asked)
        found = {name: made.tables[name] for name in names if name != "body_tokens"}
        begin("matching")
        if "body_tokens" in names:
            found["tokens"] = made.tables["body_tokens"]
        if lexicon is not None:
            found = {"matches": find_matches(found["tokens"], lexicon), **found}
            if (own["end_char"] == 0).any():  # in headlines, which frames are decided by and matches leave out
                found["frames"] = find_frames(found["tokens"], made.corpus.documents, lexicon=lexicon)
    return made.said, made.corpus.documents, found


def _show_rejects(rejects: Any, path: Path | None) -> None:
    """Count the rows that are no corrections by reason; write them where asked."""
    from discourse.writing import write_table

    for reason, own in rejects.groupby("reason", sort=True):
        first = own.iloc[0]
        click.echo(
            f"no correction: {number(len(own), 'row')}: {reason} (first: {first['path']}, {first['record']})", err=True
        )
    if path is not None:
        write_table(rejects, path)


def _lines(audit: Any) -> list[str]:
    """Return the summary, the most corrected entries first."""
    lines = []
    for row in audit.head(_SHOWN).itertuples(index=False):
        name = " ".join(str(one) for one in (row.what, row.category, row.entry) if isinstance(one, str))
        line = f"{name}: {number(row.n_corrected, 'correction')}"
        if row.basis != "none":
            line += f" of {row.n:,}, at least {row.share:.1%} wrong [{row.lower:.1%}, {row.upper:.1%}]"
        if row.n_headline:
            line += f", and {row.n_headline:,} in headlines"
        if row.n_disputed:
            line += f", {row.n_disputed} disputed"
        if isinstance(row.right, str):
            line += f"; mostly {row.right} ({row.n_right})"
        lines.append(f"{line}; {row.examples}" if row.examples else line)
    if len(audit) > _SHOWN:
        lines.append(f"... and {len(audit) - _SHOWN:,} more; --out FILE writes them all")
    return lines


def _show_outcomes(table: Any, found: dict[str, Any], documents: Any, lexicon: str) -> None:
    """Say what became of the corrections in each table, and which hit no row of any."""
    from pandas import isna

    from discourse.validity.corrected_tables import apply_corrections

    tokens = found.get("tokens")
    hit = [False] * len(table)
    why = [""] * len(table)
    for name in [one for one in found if one != "tokens"]:
        options = {"tokens": tokens} if tokens is not None else {}
        if name == "document_positions":
            options["sentences"] = found["position_sentences"]
        if name in ("frames", "matches"):
            options["lexicon"] = _lexicon(lexicon)
        _, outcomes = apply_corrections(found[name], table, documents=documents, **options)
        own = outcomes[outcomes["outcome"] != "other table"]
        counts = ", ".join(f"{n} {what}" for what, n in own["outcome"].value_counts().sort_index().items())
        click.echo(f"{name}: {counts or 'none is of it'}")
        good = outcomes["outcome"].isin(["changed", "confirmed", "disputed"])
        hit = [one or two for one, two in zip(hit, good, strict=True)]
        mine = outcomes["reason"].where(outcomes["outcome"] != "other table", "")
        why = [two or one for one, two in zip(why, mine, strict=True)]
    missed = table.assign(why=why)[[not one for one in hit]]
    for row in missed.head(_SHOWN).itertuples(index=False):
        name = " ".join(str(one) for one in (row.what, row.category, row.entry) if isinstance(one, str))
        place = row.doc_id if isna(row.start_char) else f"{row.doc_id}:{row.start_char}"
        reason = row.why or "no table here holds such a thing"
        click.echo(f"hits no row: {name} at {place}, {row.coder}: {reason}", err=True)
    if len(missed) > _SHOWN:
        click.echo(f"... and {len(missed) - _SHOWN:,} more that hit no row", err=True)

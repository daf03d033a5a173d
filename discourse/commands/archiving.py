"""`discourse archive` and `discourse verify`: a replication archive, written and held against what is there."""

from pathlib import Path
from typing import Any

import click

from discourse.commands.asking import cache_option, study_keys, study_options
from discourse.commands.corpus import corpus_arguments, load_corpus
from discourse.commands.making import n_steps
from discourse.commands.outputs import overwrites
from discourse.commands.running import Either, bom_option, close, example, guarded, steps, table_path
from discourse.errors import SourceError

__all__ = ["archive", "verify"]


@click.command(epilog=example("discourse archive seed:reports --out archive.zip --period year"))
@corpus_arguments
@click.option(
    "--out", required=True, metavar="DIR_OR_ZIP", type=click.Path(path_type=Path),
    help="Folder, or file ending in .zip, to write.",
)  # fmt: skip
@study_options
@click.option("--by", metavar="COLUMN", help="Document variable to split the series by, such as source.")
@click.option(
    "--texts", type=click.Choice(["none", "sentences", "all"]), default="none", show_default=True,
    help="What of the texts it holds: digests alone, headlines and sentences with a position, or all.",
)  # fmt: skip
@click.option("--codes", multiple=True, metavar="FILE", help="Hand codes or a filled-in sheet; may be repeated.")
@click.option("--plan", metavar="FILE", help="Plan of the sample that was coded.")
@click.option("--title", metavar="TEXT", help="What the archive is called; the title of the study if left out.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="May end in <https://orcid.org/...>.")
@click.option("--licence", metavar="URL_OR_TEXT", help="On which terms it may be used.")
@click.option("--published", metavar="DAY", help="Day of publication, YYYY-MM-DD.  [that of the newest text]")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(["png", "svg", "pdf"]),
    help="Of the figures; may be repeated.  [png]",
)  # fmt: skip
@cache_option
@guarded
def archive(corpus: str, columns: dict[str, Any], out: Path, **options: Any) -> None:
    """Write a replication archive: all that another needs to run a study again.

    It holds the study, lexicons, ledger, codes, tables, figures, the report and all versions, and of the texts their
    digests. `discourse verify` holds it against texts that were fetched again.
    """
    from discourse.archive import archive as write_archive
    from discourse.archives.packing import check_place
    from discourse.chart import REPORTED
    from discourse.study import load_study

    check_place(out, overwrite=overwrites())
    if (Path(corpus) / "provenance.json").is_file():
        raise SourceError(
            f"`CORPUS` is {corpus!r}, a report, which holds no texts to take digests of. Give the corpus that it was "
            "made from, and the same options."
        )
    study = load_study(options["study"], **study_keys(options))
    files = {Path(one).stem: one for one in options["codes"]} | ({"plan": options["plan"]} if options["plan"] else {})
    codes = {name: _read_codes(place) for name, place in files.items()}
    with steps(n_steps([*REPORTED, "named"], more=2)) as begin:
        begin("reading")
        read = load_corpus(corpus, columns)
        write_archive(
            read.documents,
            out,
            rejects=read.rejects,
            study=study,
            codes=codes,
            formats=options["formats"] or ("png",),
            overwrite=overwrites(),
            on_step=begin,
            **{name: options[name] for name in ("texts", "title", "authors", "licence", "published", "cache")},
        )
    newest = "" if options["published"] else " It is dated by its newest text; --published says another day."
    close(f"{read.said} Wrote {out}.{newest} Hold it against its texts: discourse verify {out} CORPUS.")


def _read_codes(place: str) -> Any:
    """Read a table of codes as it is: CSV, Parquet or a workbook."""
    from discourse.exchange.workbook import read_workbook
    from discourse.sources.csv_rows import read_whole_csv
    from discourse.sources.records import read_records

    ending = Path(place).suffix.lower()
    try:
        if ending == ".xlsx":
            return read_workbook(place)
        if ending == ".parquet":
            return read_records(Path(place)).frame
        if ending == ".csv":
            table = read_whole_csv(Path(place))
            return table.where(table != "").reset_index(drop=True)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"{place!r} cannot be read: {error}. Check the file.") from error
    raise SourceError(f"{place!r} is no table; codes end in '.csv', '.parquet' or '.xlsx'. Change the ending.")


@click.command(epilog=example("discourse verify archive.zip seed:reports"))
@click.argument("archived", metavar="ARCHIVE")
@click.argument("corpus", required=False)
@click.option(
    "--rerun/--no-rerun", cls=Either, default=True, help="Run the study on the texts that are there.  [rerun]"
)
@click.option("--out", metavar="FILE", callback=table_path, help="Table to write; ends in .csv or .parquet.")
@bom_option
@cache_option
@guarded
def verify(archived: str, corpus: str | None, *, rerun: bool, out: Path | None, cache: Path | None) -> None:
    """Hold an archive against its digests and, given CORPUS, against texts that were fetched again.

    Says which texts are equal, changed, missing or new, and which points move, by how much and why. Ends with 0 where
    nothing moves, with 1 where something does or a file is not what its digest says.
    """
    from discourse.archives.telling import still_stands, tell_verified
    from discourse.steps.making import CHARTED
    from discourse.verify import verify as hold_against
    from discourse.writing import write_table

    with steps(n_steps(CHARTED, more=1) if corpus and rerun else 1) as begin:
        begin("reading")
        verified = hold_against(archived, corpus, rerun=rerun, cache=cache, on_step=begin)
    for line in tell_verified(verified):
        close(line)
    if out is not None:
        write_table(verified, out)
        close(f"Wrote {out} ({len(verified):,} rows).")
    if not still_stands(verified):
        raise click.exceptions.Exit(1)

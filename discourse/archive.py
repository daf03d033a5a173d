"""A replication archive: what a reader needs to run a study again, with digests in place of the texts."""

import datetime
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.archives.contents import Run, archive_files
from discourse.archives.packing import check_place, write_archive
from discourse.chart import REPORTED, charted, draw_report, open_corpus
from discourse.display.evidence.texts import TEXTS
from discourse.display.figures import check_formats
from discourse.errors import SchemaError, SourceError, check_choice
from discourse.steps.making import make_tables
from discourse.study import Study, load_study

__all__ = ["archive"]

_LICENCE = (
    "No licence is stated: ask the authors before using tables, codes and figures. The texts belong to their "
    "publishers."
)


def archive(
    corpus: str | os.PathLike[str] | pd.DataFrame,
    out: str | os.PathLike[str],
    *,
    study: Study | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    rejects: pd.DataFrame | None = None,
    codes: Mapping[str, pd.DataFrame] | None = None,
    texts: str = "none",
    title: str | None = None,
    authors: Sequence[str] = (),
    licence: str | None = None,
    published: str | None = None,
    formats: Sequence[str] = ("png",),
    cache: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    on_step: Callable[[str], None] | None = None,
    **options: Any,
) -> Path:
    """Chart a corpus and write all that another needs to do the same into a folder or a ZIP.

    The archive holds the study, the lexicons and the ledger as files, hand codes, every table with a codebook, figures
    and the report, the versions of all packages, a README, metadata as an RO-Crate 1.2, and of each document its name,
    date, outlet, variables and the digests of its text. Equal arguments give equal bytes, on the same versions.

    Parameters
    ----------
    corpus : path, str or DataFrame
        As ``chart`` takes it.
    out : path
        A folder, or a file ending in ``.zip``.
    study : Study, str, path or mapping, optional
        What is asked; see ``load_study``.
    rejects : DataFrame, optional
        REJECTS that belong to ``corpus`` where it is a table.
    codes : mapping of str to DataFrame, optional
        Tables for ``codes/``, by name: CODES, the PLAN of a sample, filled-in sheets.
    texts : {"none", "sentences", "all"}
        What of the texts the archive holds: nothing (headlines and long variables are left out, too); headlines and
        the sentences that convey a position; or the texts.
    title : str, optional
        What the archive is called; the title of the study by default.
    authors : sequence of str
        Names; one may end in an ORCID, ``Name <https://orcid.org/0000-0000-0000-0000>``.
    licence : str, optional
        An address, or the terms in words.
    published : str, optional
        Day of publication, YYYY-MM-DD; that of the newest text by default, so that no clock is read.
    formats : sequence of {"png", "svg", "pdf"}
        In which formats figures are written.
    cache : path, optional
        A folder that keeps the tables for the next run.
    overwrite : bool
        Replace what stands at ``out`` though it is no archive, or was changed since it was written.
    on_step : callable, optional
        Called with the name of each step as it begins.
    **options
        Keys of the study in place of its own, as for ``chart``.

    Returns
    -------
    Path
        ``out``.

    Raises
    ------
    SchemaError
        An option is unknown, or no document is left.
    SourceError
        The corpus cannot be read, or something of another origin stands at ``out``, which stays as it is.

    References
    ----------
    RO-Crate Metadata Specification 1.2. https://w3id.org/ro/crate/1.2
    """
    begin = on_step or (lambda name: None)
    place = check_place(out, overwrite=overwrite)
    check_choice("texts", texts, TEXTS)
    kinds, day = check_formats(formats), _check_day(published)
    _check_codes(codes)
    _refuse_report(corpus)
    if cache is not None and Path(cache).resolve().is_relative_to(place.resolve()):
        raise SourceError(f"`cache` is {str(cache)!r}, which lies in the archive, {str(out)!r}. Name another.")
    asked = load_study(study, **options)
    begin("reading")
    documents, refused = open_corpus(corpus, rejects)
    wanted = list(dict.fromkeys([*REPORTED, "named"]))
    tables = make_tables(documents, wanted, study=asked, rejects=refused, cache=cache, on_step=on_step)
    named = tables["named"].rename_axis("doc_id").reset_index()
    begin("drawing")
    shown = None if texts == "none" else texts  # the part that opens holds headlines and cues at least
    page, figures, record = draw_report(documents, tables, asked, kinds, texts=shown)
    tables = charted(tables) | {"named": named.sort_values("doc_id", ignore_index=True)}
    begin("writing")
    run = Run(documents, refused, tables, asked, page, figures, record, dict(codes or {}))
    name = title or asked.title.get("en") or asked.title.get(asked.language) or asked.name
    newest = documents["date"].max()
    files = archive_files(
        run,
        texts=texts,
        name=name,
        description=f"Replication archive of the study {asked.name!r}: what was asked, with which lexicons, of which "
        f"{len(documents):,} documents, and every number that came of it.",
        published=day or ("1970-01-01" if pd.isna(newest) else newest.strftime("%Y-%m-%d")),
        licence=licence or _LICENCE,
        authors=[authors] if isinstance(authors, str) else list(authors),
    )
    return write_archive(files, out, overwrite=overwrite)


def _check_day(published: str | None) -> str | None:
    if published is None:
        return None
    try:
        return datetime.date.fromisoformat(published).isoformat()
    except (TypeError, ValueError) as error:
        raise SchemaError(f"`published` is {published!r}; it must be a day such as '2026-11-24'.") from error


def _check_codes(codes: Mapping[str, pd.DataFrame] | None) -> None:
    for name, table in (codes or {}).items():
        if not isinstance(name, str) or not name.replace("-", "").replace("_", "").isalnum():
            raise SchemaError(f"`codes` has the name {name!r}; a file is named by letters, digits, '-' and '_'.")
        if not isinstance(table, pd.DataFrame):
            raise SchemaError(f"`codes` has a {type(table).__name__} for {name!r}; it must be a pandas DataFrame.")


def _refuse_report(corpus: Any) -> None:
    """Say what is missing where a report is given in place of its corpus."""
    if isinstance(corpus, str | os.PathLike) and (Path(corpus) / "provenance.json").is_file():
        raise SourceError(
            f"`corpus` is {str(corpus)!r}, a report, which holds no texts to take digests of. Give the corpus that it "
            "was made from, and the same study; --cache keeps the tables between both runs."
        )

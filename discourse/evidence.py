"""The evidence page: one file in which every number of a chart leads to documents, sentences, words and rules."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.chart import open_corpus, record_of_study
from discourse.display.evidence.chapters import PAGE_TABLES, compose_evidence
from discourse.display.evidence.page import is_evidence_page
from discourse.display.evidence.texts import TEXTS
from discourse.display.report import render_report
from discourse.errors import SourceError, check_choice
from discourse.steps.making import make_tables
from discourse.study import Study, load_study
from discourse.writing import write_text

__all__ = ["evidence"]


def evidence(
    corpus: str | os.PathLike[str] | pd.DataFrame,
    out: str | os.PathLike[str],
    *,
    study: Study | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    texts: str = "all",
    rejects: pd.DataFrame | None = None,
    cache: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    on_step: Callable[[str], None] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Write the evidence page of a corpus: one HTML file, without a server and without the net.

    The series of ``chart`` are drawn as figures whose points open: a point leads to its documents, a document to its
    text with every match, quotation and cue marked, each with the rule or entry that found it; an entry leads to all
    its lines, an event to the days around it. docs/evidence.md describes the page and its data.

    Parameters
    ----------
    corpus : path, str or DataFrame
        Anything that ``read_documents`` reads, a saved corpus, or a DOCUMENTS table.
    out : path
        The file, which ends in ``.html``.
    study : Study, str, path or mapping, optional
        What is asked; see ``load_study``. ``"russia-taliban"`` by default.
    texts : {"all", "sentences", "none"}
        What the page holds of the texts that are read for positions (those that name the target, unless the study says
        ``scope="all"``): all of them, the sentences with a match, a quotation or a position, or nothing but titles,
        cues and places. The page says which.
    rejects : DataFrame, optional
        REJECTS that belong to ``corpus`` where it is a table.
    cache : path, optional
        A folder that keeps the tables for the next run; see ``make_tables``.
    overwrite : bool
        Replace a file that is no evidence page.
    on_step : callable, optional
        Called with the name of each step as it begins.
    **options
        Keys of the study in place of its own, as for ``chart``.

    Returns
    -------
    DataFrame
        The flow of records: ``stage`` and ``n``.

    Raises
    ------
    SchemaError
        ``texts`` or an option is unknown, or no document is left.
    SourceError
        The corpus cannot be read, ``out`` does not end in .html, is a folder or a file of another origin, or cannot be
        written.
    LexiconError
        A lexicon holds entries that cannot work.
    """
    begin = on_step or (lambda name: None)
    check_choice("texts", texts, TEXTS)
    place = _check_place(out, overwrite)
    asked = load_study(study, **options)
    begin("reading")
    documents, refused = open_corpus(corpus, rejects)
    tables = make_tables(documents, PAGE_TABLES, study=asked, rejects=refused, cache=cache, on_step=on_step)
    begin("writing")
    title, chapters = compose_evidence(tables, asked, texts=texts)
    record = record_of_study(documents, asked, tables["summary"]["period"])
    write_text(render_report(title, chapters, language=asked.language, record=record), place)
    return tables["flow"]


def _check_place(out: str | os.PathLike[str], overwrite: bool) -> Path:
    place = Path(out)
    if place.suffix.lower() not in (".html", ".htm"):
        raise SourceError(f"`out` is {str(out)!r}; an evidence page ends in '.html'. Change the ending.")
    if place.is_dir():
        raise SourceError(f"`out` is {str(out)!r}, which is a folder; name a file in it.")
    if place.exists() and not overwrite and not is_evidence_page(place):
        raise SourceError(
            f"`out` is {str(out)!r}, which is no evidence page; name another file, or say overwrite=True."
        )
    return place

"""The main job: from a corpus to figures, tables and a report."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from operator import attrgetter, call
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from discourse.display.book import Drawing, Drawn
from discourse.display.chapters import compose
from discourse.display.evidence.page import EVIDENCE_TABLES
from discourse.display.evidence.texts import TEXTS
from discourse.display.figures import check_formats
from discourse.display.folder import check_folder, write_folder
from discourse.display.report import render_report
from discourse.errors import SchemaError, SourceError, check_choice
from discourse.parts.files import read_file, write_file
from discourse.parts.pools import Here, Pool, open_pool
from discourse.provenance import Provenance, provenance
from discourse.saved.manifest import holds_corpus
from discourse.saved.renewing import read_corpus
from discourse.sources.documents import rejects_table
from discourse.sources.parquet import ParquetTexts
from discourse.sources.parted import PART_SIZE, PartedCorpus, open_parted
from discourse.steps.making import CHARTED, make_tables
from discourse.study import Study, load_study
from discourse.tables import check
from discourse.writing import write_table

__all__ = ["CHART_TEXTS", "REPORTED", "chart", "charted", "draw_report", "open_corpus", "record_of_study", "reported"]

_LARGE = 20_000  # rows: to write fewer takes no longer than to hand them on
CHART_TEXTS = (*TEXTS, "off")
REPORTED = tuple(dict.fromkeys([*CHARTED, *EVIDENCE_TABLES]))  # the tables of the folder, and those of its page


def chart(
    corpus: str | os.PathLike[str] | pd.DataFrame | PartedCorpus,
    out: str | os.PathLike[str],
    *,
    study: Study | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    rejects: pd.DataFrame | None = None,
    formats: Sequence[str] = ("png",),
    texts: str = "all",
    cache: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    part_size: int = PART_SIZE,
    overwrite: bool = False,
    on_step: Callable[[str], None] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Chart a corpus: figures, tables and one report, written into a folder.

    The folder gets index.html (self-contained), figures/*.png (on demand *.svg and *.pdf) with a record beside each,
    tables/*.csv and provenance.json. Everything is made in a temporary folder and moved into place at the end; other
    files of the folder stay. Nothing is lost on the way: records read = documents kept + rejected, and the report says
    what the series leave out.

    Parameters
    ----------
    corpus : path, str, DataFrame or PartedCorpus
        Anything that ``read_documents`` reads, such as a Parquet file or ``"seed:reports"``; a saved corpus; a
        DOCUMENTS table; or what ``open_parted`` opened.
    out : path
        The folder; made where it is missing.
    study : Study, str, path or mapping, optional
        What is asked; see ``load_study``. ``"russia-taliban"`` by default.
    rejects : DataFrame, optional
        REJECTS that belong to ``corpus`` where it is a table.
    formats : sequence of {"png", "svg", "pdf"}
        In which formats the figures are written; the fonts of a PDF are embedded.
    texts : {"all", "sentences", "none", "off"}
        What index.html holds of the texts, behind its figures whose points open; as for ``evidence``. "off" leaves out
        the part that opens, which grows with the corpus.
    cache : path, optional
        A folder that keeps the tables for the next run; see ``make_tables``.
    workers, scheduler, part_size : optional
        Work on the corpus in parts, in so many processes or on a cluster; see ``make_tables``.
    overwrite : bool
        Write though the folder holds figures, tables or a page of another origin; files that no report wrote stay.
    on_step : callable, optional
        Called with the name of each step as it begins.
    **options
        Keys of the study in place of its own: ``holders`` (or ``holder``), ``target``, ``lexicons``, ``period``,
        ``split`` (or ``by``), ``ledger`` (or ``events``), ``language``, ``boilerplate``, ``copies``, ``n_draws``,
        ``seed`` and the others of docs/studies.md.

    Returns
    -------
    DataFrame
        The flow of records: ``stage`` and ``n``, as tables/flow.csv.

    Raises
    ------
    SchemaError
        An option is unknown, or no document is left.
    SourceError
        The corpus cannot be read, or the folder cannot be written.
    LexiconError
        A lexicon holds entries that cannot work.
    """
    begin = on_step or (lambda name: None)
    check_choice("texts", texts, CHART_TEXTS)
    _check_cache(cache, check_folder(out, overwrite=overwrite))
    kinds = check_formats(formats)
    in_parts = workers is not None or scheduler is not None or isinstance(corpus, PartedCorpus)
    pooled = open_pool(workers, scheduler, _get_ready) if in_parts else nullcontext(Here())
    with pooled as pool, TemporaryDirectory() as folder:
        asked = load_study(study, **options)
        begin("reading")
        if not isinstance(corpus, pd.DataFrame | PartedCorpus) and in_parts and holds_corpus(corpus):
            corpus, rejects = read_corpus(corpus)
        parted = open_parted(corpus, rejects=rejects) if in_parts else None
        documents, refused = open_corpus(corpus, rejects) if parted is None else _some(parted.documents, parted.rejects)
        given: Any = documents if parted is None else parted
        in_files = parted is not None and isinstance(parted.texts, ParquetTexts)
        digested = pool.begin(attrgetter("digest"), parted) if in_files else None
        where: dict[str, Any] = {"workers": pool if in_parts else None, "part_size": part_size, "cache": cache}
        tables = make_tables(given, reported(texts), study=asked, rejects=refused, on_step=on_step, **where)
        beside = _write_beside(charted(tables), pool, folder)
        if parted is not None and digested is not None:
            parted.digest = digested()
        begin("drawing")
        draw_all = partial(_draw_beside, pool) if _has_room(pool) else None
        page, figures, record = draw_report(
            given, tables, asked, kinds, texts=None if texts == "off" else texts, draw_all=draw_all
        )
        begin("writing")
        written = {name: beside[name]() if name in beside else table for name, table in charted(tables).items()}
        write_folder(out, page, figures, written, record, known=CHARTED, overwrite=overwrite)
    return tables["flow"]


def _get_ready() -> None:
    """Import this module, and with it all that draws: what a process of a pool does first."""


def _has_room(pool: Pool) -> bool:
    """Tell whether other processes of this machine can do something while this one does something else."""
    return pool.shares_files and pool.n_workers > 1


def _draw_beside(pool: Pool, drawings: list[Drawing]) -> list[Drawn]:
    begun = [pool.begin(call, drawing) for drawing in drawings]
    return [drawn() for drawn in begun]


def _write_beside(tables: Mapping[str, pd.DataFrame], pool: Pool, folder: str) -> dict[str, Callable[[], Path]]:
    """Begin to write the large tables in other processes; return what waits for the file of each."""
    large = [name for name, table in tables.items() if len(table) >= _LARGE] if _has_room(pool) else []
    return {name: pool.begin(_write_one, (write_file(tables[name], folder), f"{folder}/{name}.csv")) for name in large}


def _write_one(paths: tuple[str, str]) -> Path:
    return write_table(read_file(paths[0]), paths[1])


def reported(texts: str) -> list[str]:
    """Return the tables that a report needs whose page holds so much of the texts."""
    if texts == "off":
        return list(CHARTED)
    return [name for name in REPORTED if name != "subject_tokens" or texts == "sentences"]


def _check_cache(cache: str | os.PathLike[str] | None, out: Path) -> None:
    """Keep the tables of the cache out of the folder that the report replaces."""
    if cache is not None and Path(cache).resolve().is_relative_to(out.resolve()):
        raise SourceError(
            f"`cache` is {str(cache)!r}, which lies in the folder of the report, {str(out)!r}. Name another."
        )


def open_corpus(corpus: Any, rejects: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return DOCUMENTS and REJECTS of a corpus that is read, or given as a table; one without a document raises."""
    if isinstance(corpus, pd.DataFrame):
        check(corpus, "DOCUMENTS", argument="corpus")
        documents, refused = corpus, rejects if rejects is not None else rejects_table([])
    else:
        documents, refused = read_corpus(corpus)
    return _some(documents, refused)


def _some(documents: Any, refused: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    if not len(documents):
        first = f" First: {refused['reason'].iloc[0]}." if len(refused) else ""
        raise SchemaError(f"`corpus` has no document left of {len(refused)} records.{first} Give it texts.")
    return documents, refused


def draw_report(
    documents: pd.DataFrame | PartedCorpus,
    tables: Mapping[str, Any],
    study: Study,
    formats: Sequence[str],
    *,
    texts: str | None,
    draw_all: Callable[[list[Drawing]], list[Drawn]] | None = None,
) -> tuple[str, dict[str, dict[str, bytes]], Provenance]:
    """Return the page, the figures and the record of a report; ``texts`` None leaves out what its points open into."""
    title, chapters, figures = compose(tables, study, formats=formats, texts=texts, draw_all=draw_all)
    record = record_of_study(documents, study, tables["summary"]["period"])
    return render_report(title, chapters, language=study.language, record=record), figures, record


def charted(tables: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return those tables of a report that are written as files."""
    return {name: tables[name] for name in CHARTED if name in tables and name != "summary"}


def record_of_study(documents: pd.DataFrame | PartedCorpus, study: Study, period: str) -> Provenance:
    """Return what the report was made from: the documents, the study, and the period that was chosen."""
    by_digest = {"actors": study.actors, "stance": study.stance} | {one.name: one for one in study.lexicons}
    settings = {name: value for name, value in study.settings().items() if name not in ("actors", "stance", "lexicons")}
    settings |= {"lexicons": sorted(one.name for one in study.lexicons), "period": period}
    return provenance(
        inputs={"documents": documents, "events": study.ledger},
        lexicons=by_digest,
        settings=settings,
        seed=study.seed,
    )

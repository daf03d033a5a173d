"""One call for any mix of files and folders: find the files, detect each format, read, join."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError, SourceError, check_choice
from discourse.recording import is_record
from discourse.sources.dates.formats import check_date_format
from discourse.sources.readers import (
    arc,
    europresse,
    factiva,
    factiva_text,
    feeds,
    gdelt,
    mediacloud,
    nexis,
    nexis_text,
    pages,
    proquest,
    texts,
    warc,
)
from discourse.sources.readers.addresses import read_hydrated
from discourse.sources.readers.assembly import documents_of, join_tables, no_documents, rejects_of, settle
from discourse.sources.readers.detection import FORMATS, detect_format
from discourse.sources.readers.headings import headings
from discourse.sources.readers.orders import settle_order
from discourse.sources.readers.records import Entry, reject
from discourse.sources.readers.shells import many_articles
from discourse.sources.readers.tabular import TABLES, ColumnMap, names_of, own_columns, read_tabular
from discourse.sources.web.ledger import LEDGER

__all__ = ["Source", "find_sources", "read_batch", "read_sources"]

_READERS: dict[str, Callable[[Path], Iterator[Entry]]] = {
    "arc": arc.read_arc,
    "docx": texts.read_docx,
    "europresse": europresse.read_europresse,
    "factiva-docx": factiva_text.read_factiva_docx,
    "factiva-html": factiva.read_factiva_html,
    "factiva-text": factiva_text.read_factiva_text,
    "factiva-xml": factiva.read_factiva_xml,
    "feed": feeds.read_feed,
    "gdelt": gdelt.read_gdelt,
    "mediacloud": mediacloud.read_mediacloud,
    "nexis-docx": nexis.read_nexis_docx,
    "nexis-html": nexis.read_nexis_html,
    "nexis-text": nexis_text.read_nexis_text,
    "page": pages.read_page,
    "proquest": proquest.read_proquest,
    "text": texts.read_text,
    "warc": warc.read_warc,
}

_PAGE_PARTS = re.compile(f"(?:{'|'.join(headings('pages')['folder_endings'])})$")

Source = tuple[Path, str]
"""A file (or hydrated folder) to read, and its name within the folder that was asked for."""


def read_sources(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: str = "auto",  # the word of the command line
    columns: ColumnMap | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read files and folders of any supported format into one DOCUMENTS table, and what cannot be read into REJECTS.

    What a file holds decides on its format, not how it ends. Every record of every file is in exactly one of the two
    tables. A record that an earlier one repeats (the same vendor and accession number, or the same outlet, day,
    headline and text) is a reject that names the earlier one; overlapping downloads thus count once.

    Parameters
    ----------
    paths : path or iterable of paths
        Files and folders; folders are searched to any depth, in the order of names, hidden files left out. A folder
        that ``hydrate`` filled is read by its ledger; one that a browser saved with a page is a reject.
    format : str
        One of ``FORMATS``, or auto.
    columns : mapping, optional
        For tables: role to column name, ``{"text": "body", "date": "published"}``; where files name it differently, the
        names, ``{"text": ["body", "story"]}``: of each file the first that it has.
    day_first : bool, optional
        How to read 03/04/2015; by the other dates of the file if left out.
    date_format : str, optional
        The form of all dates that are printed, as for ``datetime.strptime``: ``%d/%m/%Y``.
    encoding : str, optional
        For tables of text: their encoding; detected when left out.
    progress : callable, optional
        Called with (done, all, name) after each file.

    Returns
    -------
    documents : DataFrame
        DOCUMENTS, sorted by doc_id. The doc_id is the vendor's accession number where there is one, else a digest of
        outlet, day, headline and text (of the address, for pages and feeds); for text files it is the file name.
    rejects : DataFrame
        REJECTS: path, record (with byte or line where the file is broken), reason.

    Raises
    ------
    SourceError
        A path does not exist; or the only file cannot be read as a corpus at all (in a batch, it becomes a reject).
    SchemaError
        ``format`` is unknown; the only file is a table without the columns asked for.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2015-12-23-kabulov.txt").write_text("التقى كابولوف وفدا", "utf-8")
    ...     documents, rejects = read_sources(folder)
    >>> documents[["doc_id", "text"]].values.tolist(), len(rejects)
    ([['2015-12-23-kabulov', 'التقى كابولوف وفدا']], 0)
    """
    check_choice("format", format, ["auto", *FORMATS])
    check_date_format(date_format)
    sources = find_sources(paths)
    return join_tables(
        [
            read_batch(
                sources,
                format=format,
                columns=columns,
                day_first=day_first,
                date_format=date_format,
                encoding=encoding,
                alone=len(sources) == 1,
                progress=progress,
            )  # fmt: skip
        ]
    )


def find_sources(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Source]:
    """List the files to read, each once, with their names; a folder that ``hydrate`` filled is one source.

    Raises
    ------
    SourceError
        A path does not exist, or there is no file at all.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: dict[Path, str] = {}
    for path in map(Path, given):
        if not path.exists():
            raise SourceError(f"{str(path)!r} does not exist. Check the path.")
        for file, name in _files(path) if path.is_dir() else [(path, path.name)]:
            found.setdefault(file, name)
    if not found:
        raise SourceError(
            f"there is no file to read in {', '.join(repr(str(path)) for path in given[:3])}. Check the path."
        )
    return list(found.items())


def _files(folder: Path) -> Iterator[Source]:
    if (folder / LEDGER).is_file():
        yield folder, folder.name
        return
    for root, folders, files in os.walk(folder):
        here = Path(root)
        pages = {name.rsplit(".", 1)[0] for name in files if name.lower().endswith((".htm", ".html"))}
        belonging = {name for name in folders if _PAGE_PARTS.sub("", name) in pages and _PAGE_PARTS.search(name)}
        for name in sorted(belonging):
            yield here / name, (here / name).relative_to(folder).as_posix()
        hidden = {name for name in folders if name.startswith(".") or name.endswith(".parts")}
        folders[:] = sorted(set(folders) - belonging - hidden)
        if here != folder and LEDGER in files:
            folders[:] = []
            yield here, here.relative_to(folder).as_posix()
            continue
        for name in sorted(files):
            if not name.startswith((".", "~$")) and not is_record(here / name):
                yield here / name, (here / name).relative_to(folder).as_posix()


def read_batch(
    sources: list[Source],
    *,
    format: str = "auto",
    columns: ColumnMap | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
    alone: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read sources into one table of documents, with the column ``path`` besides, and one of rejects.

    Parameters
    ----------
    sources : list of Source
        As ``find_sources`` lists them.
    alone : bool
        Raise what makes a whole file unreadable, instead of putting it into the rejects.
    """
    kept: list[Entry] = []
    refused: list[dict[str, str]] = []
    tables: list[pd.DataFrame] = []
    rejects: list[pd.DataFrame] = []
    for number, (path, name) in enumerate(sources, start=1):
        try:
            found = _read(path, name, format, columns, (day_first, date_format), encoding)
        except (SourceError, SchemaError) as error:
            if alone:
                raise
            found = [], [{"path": str(path), "record": "whole file", "reason": str(error)}]
        first, second = found
        if isinstance(first, pd.DataFrame) and isinstance(second, pd.DataFrame):
            tables += [*_gathered(kept), first.assign(path=str(path))]
            rejects += [rejects_of(refused), second]
            kept, refused = [], []
        elif isinstance(first, list) and isinstance(second, list):
            kept += first
            refused += second
        if progress is not None:
            progress(number, len(sources), name)
    tables += _gathered(kept)
    documents = pd.concat(tables, ignore_index=True) if tables else no_documents()
    return documents, pd.concat([*rejects, rejects_of(refused)], ignore_index=True)


def _gathered(kept: list[Entry]) -> list[pd.DataFrame]:
    return [documents_of(kept)] if kept else []


def _read(
    path: Path,
    name: str,
    format: str,
    columns: ColumnMap | None,
    dates: tuple[bool | None, str | None],
    encoding: str | None,
) -> tuple[pd.DataFrame, pd.DataFrame] | tuple[list[Entry], list[dict[str, str]]]:
    """Read one source: into tables where it is one already, else into settled entries."""
    if path.is_dir() and (path / LEDGER).is_file():
        return read_hydrated(path, day_first=dates[0], date_format=dates[1])
    if path.is_dir():
        reason = "holds the pictures and scripts that a browser saved with a page; the page itself is read"
        return settle([reject("whole folder", reason)], path=str(path), file=name)
    kind = format
    if format == "auto":
        kind, reason = detect_format(path, text_column=names_of(columns, "text"))
        if kind is None:
            return settle([reject("whole file", reason or "is of no known format")], path=str(path), file=name)
        if kind in ("page", "text", "docx") and (reason := many_articles(path, kind)):
            return settle([reject("whole file", reason)], path=str(path), file=name)
    if kind == "addresses":
        raise SourceError(
            f"{str(path)!r} lists addresses, not texts; fetch the pages with hydrate() or `discourse read`."
        )
    if kind in TABLES:
        own = own_columns(path, kind, columns, encoding=encoding)
        return read_tabular(path, kind, columns=own, day_first=dates[0], date_format=dates[1], encoding=encoding)
    entries = _READERS[kind](path)
    if kind in ("text", "docx"):
        stem = name.rsplit(".", 1)[0] if "." in name.rsplit("/", 1)[-1] else name
        entries = ({**found, "doc_id": stem} if "doc_id" in found else found for found in entries)
    in_order = settle_order(_at_least_one(entries, kind), day_first=dates[0], date_format=dates[1])
    return settle(in_order, path=str(path), file=name)


def _at_least_one(entries: Iterator[Entry], kind: str) -> Iterator[Entry]:
    """Pass the entries on; a file without any is itself a reject."""
    empty = True
    for found in entries:
        empty = False
        yield found
    if empty:
        yield reject("whole file", f"holds no record of the format {kind!r}")

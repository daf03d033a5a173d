"""A corpus whose texts are read a part at a time: DOCUMENTS without texts in memory, the texts where they lie."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from discourse.provenance import digest_columns
from discourse.sources.documents import read_documents, rejects_table, rename_columns, settle
from discourse.sources.parquet import list_parquets, read_parquets
from discourse.sources.parted_bounds import even_bounds
from discourse.sources.records import Records, beside
from discourse.tables import TABLES, check

__all__ = ["PART_SIZE", "Part", "PartedCorpus", "open_parted"]

PART_SIZE = 24_000_000
"""Characters of a part: some four million words, about a gigabyte while they are read."""

_ROW = "\0row"  # a column of no corpus


class Texts(Protocol):
    """Texts by row, read where they lie."""

    def read(self, first: int, stop: int) -> pd.Series:
        """Return the texts of the rows from ``first`` to before ``stop``."""
        ...

    def within(self, first: int, stop: int) -> "Texts":
        """Return what reads these rows alone, by the same numbers."""
        ...

    def portions(self) -> Iterator[tuple[int, pd.Series]]:
        """Give all texts in the order of their rows: the first row of some, and these."""
        ...


@dataclass(frozen=True)
class FrameTexts:
    """Texts that are in memory."""

    texts: pd.Series
    first: int = 0

    def read(self, first: int, stop: int) -> pd.Series:
        """Return the texts of some rows."""
        return self.texts.iloc[first - self.first : stop - self.first]

    def within(self, first: int, stop: int) -> "FrameTexts":
        """Return the texts of these rows alone."""
        return FrameTexts(self.read(first, stop), first)

    def portions(self) -> Iterator[tuple[int, pd.Series]]:
        """Give all texts."""
        yield self.first, self.texts


@dataclass(frozen=True)
class Part:
    """Some documents of a corpus, without texts, and where these are read."""

    documents: pd.DataFrame
    rows: np.ndarray
    texts: Texts

    def read(self) -> pd.DataFrame:
        """Return DOCUMENTS with their texts."""
        first, stop = int(self.rows.min()), int(self.rows.max()) + 1
        texts = self.texts.read(first, stop).take(self.rows - first).reset_index(drop=True)
        return with_column(self.documents.reset_index(drop=True), texts)


@dataclass
class PartedCorpus:
    """A corpus that is read in parts: its documents without texts, its rejects, and where the texts lie.

    Attributes
    ----------
    documents : DataFrame
        DOCUMENTS without ``text``.
    rejects : DataFrame
        REJECTS.
    texts : Texts
        What reads the texts.
    rows, sizes, marks : ndarray
        Of each document the row of its text, the characters of it, and a 64-bit digest of it.
    """

    documents: pd.DataFrame
    rejects: pd.DataFrame
    texts: Texts = field(repr=False)
    rows: np.ndarray = field(repr=False)
    sizes: np.ndarray = field(repr=False)
    marks: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        return len(self.documents)

    def parts(self, size: int = PART_SIZE, workers: int = 1) -> list[Part]:
        """Cut the corpus into parts of at most ``size`` characters, or one document, in the order of the texts.

        There are as few as ``workers`` can share evenly, and none is much larger than the others; see ``even_bounds``.

        Examples
        --------
        >>> texts = pd.Series(["نص"] * 6)
        >>> documents = pd.DataFrame({"doc_id": list("abcdef"), "text": texts, "date": pd.NaT, "date_precision": None,
        ...                           "source": None, "title": None})
        >>> [[len(part.rows) for part in open_parted(documents).parts(8, workers)] for workers in (1, 3)]
        [[3, 3], [2, 2, 2]]
        """
        order = np.argsort(self.rows, kind="stable")
        held = np.cumsum(self.sizes[order])
        bounds = even_bounds(held, size, workers)
        return [self._part(np.sort(order[first:stop])) for first, stop in zip(bounds, bounds[1:], strict=False)]

    def _part(self, places: np.ndarray) -> Part:
        rows = self.rows[places]
        return Part(self.documents.iloc[places], rows, self.texts.within(int(rows.min()), int(rows.max()) + 1))

    def with_texts(self, documents: pd.DataFrame) -> pd.DataFrame:
        """Return some of the documents, or a table with their ids, with the texts put in."""
        places = pd.Index(self.documents["doc_id"]).get_indexer(pd.Index(documents["doc_id"].astype(str)))
        rows, found = self.rows[places], np.empty(len(places), dtype=object)
        order = np.argsort(rows, kind="stable")
        for first, texts in self.texts.within(int(rows.min()), int(rows.max()) + 1).portions() if len(rows) else ():
            here = order[slice(*np.searchsorted(rows[order], [first, first + len(texts)]))]
            found[here] = texts.to_numpy(dtype=object)[rows[here] - first]
        return with_column(documents, pd.Series(found, index=documents.index, dtype="str"))

    @cached_property
    def digest(self) -> str:
        """The digest of DOCUMENTS with their texts, as ``provenance.digest`` gives it for the table."""
        codes, distinct = pd.factorize(self.marks)
        firsts = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
        columns: dict[str, Any] = {}
        for name in ordered_columns(self.documents):
            if name == "text":
                columns[name] = (codes, len(distinct), self._in_order(firsts))
            else:
                column = self.documents[name]
                column = column.map(repr, na_action="ignore") if column.dtype == object else column
                values = pd.factorize(column, use_na_sentinel=True)
                columns[name] = (values[0], len(values[1]), values[1])
        return digest_columns((name, *told) for name, told in columns.items())

    def _in_order(self, places: np.ndarray) -> Iterator[str]:
        """Give the texts of documents by their places; those in another order go through a file of their own."""
        rows = self.rows[places]
        if (np.diff(rows) > 0).all():
            for first, texts in self.texts.portions():
                start, stop = np.searchsorted(rows, [first, first + len(texts)])
                yield from texts.take(rows[start:stop] - first).tolist()
            return
        wanted = np.sort(rows)
        with tempfile.TemporaryFile() as spilled:
            ends = [0]
            for first, texts in self.texts.portions():
                start, stop = np.searchsorted(wanted, [first, first + len(texts)])
                for text in texts.take(wanted[start:stop] - first).tolist():
                    ends.append(ends[-1] + spilled.write(text.encode("utf-8", "surrogatepass")))
            for place in np.searchsorted(wanted, rows).tolist():
                spilled.seek(ends[place])
                yield spilled.read(ends[place + 1] - ends[place]).decode("utf-8", "surrogatepass")


def with_column(documents: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """Return documents with their texts in the place where DOCUMENTS has them."""
    told = documents.assign(text=texts.array)
    return told[[*ordered_columns(documents), *(name for name in told if name not in ordered_columns(documents))]]


def ordered_columns(documents: pd.DataFrame) -> list[str]:
    """Return the columns of documents without texts, and the text where DOCUMENTS has it."""
    named = [column.name for column in TABLES["DOCUMENTS"].columns]
    held = documents.columns.tolist()
    before = [name for name in held if name in named[: named.index("text")]]
    return [*before, "text", *(name for name in held if name not in (*before, "text"))]


def open_parted(
    source: str | os.PathLike[str] | pd.DataFrame | PartedCorpus,
    *,
    rejects: pd.DataFrame | None = None,
    salvage: bool = False,
    text: str = "text",
    doc_id: str = "doc_id",
    date: str = "date",
    outlet: str = "source",
    title: str = "title",
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
) -> PartedCorpus:
    """Open a corpus whose texts are read in parts.

    Of a Parquet file, a folder of them or an address that fsspec knows (``s3://bucket/news``) no more is held than the
    columns beside the text; its documents and rejects are those that ``read_documents`` gives. What is of another
    form is read in one, and its texts stay in memory.

    Parameters
    ----------
    source : path, str, DataFrame or PartedCorpus
        The corpus; a DataFrame is a DOCUMENTS table.
    rejects : DataFrame, optional
        REJECTS that belong to a table.
    salvage : bool
        Leave row groups that cannot be read out and name them among the rejects; otherwise the first one ends it.
    text, doc_id, date, outlet, title, columns, day_first, date_format, encoding
        As for ``read_documents``.

    Raises
    ------
    SourceError
        A file cannot be read; the message names its row group and bytes.
    SchemaError
        As ``read_documents``.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["نص", "نص"], "date": pd.NaT,
    ...                           "date_precision": None, "source": None, "title": None})
    >>> corpus = open_parted(documents)
    >>> len(corpus.parts(size=2)), corpus.parts(size=2)[1].read()["doc_id"].tolist()
    (2, ['b'])
    """
    if isinstance(source, PartedCorpus):
        return source
    if isinstance(source, pd.DataFrame):
        check(source, "DOCUMENTS", argument="documents")
        return _of_frame(source, rejects)
    files = list_parquets(source)
    if files is None:
        roles = {"text": text, "doc_id": doc_id, "date": date, "outlet": outlet, "title": title}
        rest: dict[str, Any] = {"columns": columns, "day_first": day_first, "date_format": date_format}
        return _of_frame(*read_documents(source, encoding=encoding, **roles, **rest))
    asked = {"text": text, "doc_id": doc_id, "date": date, "source": outlet, "title": title}

    def text_column(names: list[str]) -> str:
        empty = Records(pd.DataFrame(columns=names, dtype="str"), str(source), "row", [])
        return names[list(rename_columns(empty, asked, columns or {})).index("text")]

    alone = str(source).lower().endswith(".parquet") and not Path(source).is_dir()
    records, looked = read_parquets(files, text_column, alone=alone, salvage=salvage)
    if "://" not in str(source) and Path(source).is_dir():
        records.rejects.extend(beside(Path(source), ".parquet"))
    records.frame = rename_columns(records, asked, columns or {}).drop(columns="text")
    records.frame[_ROW] = np.arange(len(records.frame))
    problems = pd.Series(looked.problems, index=records.frame.index, dtype="str")
    stem = Path(str(source).rstrip("/")).name.split(".")[0] or "document"
    documents, refused = settle(records, stem, day_first, date_format, problems)
    rows = documents.pop(_ROW).to_numpy()
    return PartedCorpus(documents, refused, looked.texts, rows, looked.sizes[rows], looked.marks[rows])


def _of_frame(documents: pd.DataFrame, rejects: pd.DataFrame | None) -> PartedCorpus:
    """Hold a corpus that is in memory as one that is read in parts."""
    texts = documents["text"].astype("str").reset_index(drop=True)
    marks = pd.util.hash_array(texts.to_numpy(dtype=object), categorize=False)
    refused = rejects_table([]) if rejects is None else rejects
    sizes = texts.str.len().to_numpy(np.int64)
    return PartedCorpus(documents.drop(columns="text"), refused, FrameTexts(texts), np.arange(len(texts)), sizes, marks)

"""A saved corpus opened: its files mapped, its tables made of mapped memory when they are asked for."""

import os
import threading
from functools import cached_property
from pathlib import Path

import pandas as pd

from discourse.carried import carry
from discourse.errors import SourceError
from discourse.saved.files import MappedFile
from discourse.saved.manifest import FILES, MANIFEST, Manifest, UnfitError, read_manifest, save_again
from discourse.saved.state import state_of, tell_difference, tell_source
from discourse.saved.tokens import find_fault, take_up

__all__ = ["SavedCorpus", "check_saved", "find_damage", "open_folder"]

_TURNS = 20
_REPEAT = 5  # of ``find_boilerplate``
_SPANS_READ = ("doc_id", "text", "source", "title")


class _Tables:
    """The mapped files, and the tables that DOCUMENTS carry: they do not hold the documents."""

    def __init__(self, files: dict[str, MappedFile], language: str) -> None:
        self.files, self._language = files, language
        self._lock = threading.RLock()
        self._tokens: pd.DataFrame | None = None
        self._spans: pd.DataFrame | None = None

    def tokens(self) -> pd.DataFrame:
        with self._lock:
            if self._tokens is None:
                self._tokens = take_up(self.files, self._language)
            return self._tokens

    def spans(self) -> pd.DataFrame:
        with self._lock:
            if self._spans is None:
                self._spans = self.files["spans.arrow"].frame()
            return self._spans


class SavedCorpus:
    """A saved corpus, as ``open_corpus`` returns it.

    Its tables are plain DataFrames whose columns lie in mapped memory: what is not looked at is not read. They can be
    changed as any other; the files stay as they are. ``tokenize(documents)`` and ``find_boilerplate(documents)`` return
    the tables that were saved as long as texts, headlines and outlets of ``documents`` are those that were saved, and
    so do all functions and commands that call them.

    Attributes
    ----------
    folder : Path
        Where it was opened.
    language : str
        The language that it was cut by.
    counts : dict of str to int
        Rows of each table, and words of each vocabulary.
    reading : dict
        Options that ``read_documents`` read it with.
    source : dict or None
        Where it was read from (relative to the folder), and the digest of that; None for a table.
    made : dict of str to str
        Digests and versions of the code and the language that it was made by.
    renewed : str
        Why it was made anew when it was opened; empty where it was not.
    """

    def __init__(self, folder: Path, manifest: Manifest, files: dict[str, MappedFile], *, renewed: str = "") -> None:
        self.folder, self.renewed = folder, renewed
        self.language, self.counts = manifest.language, dict(manifest.counts)
        self.reading, self.source, self.made = dict(manifest.reading), manifest.source, dict(manifest.made)
        self._tables = _Tables(files, manifest.language)

    def __repr__(self) -> str:
        """Say what it holds."""
        return f"SavedCorpus({self.counts['documents']:,} documents, {self.counts['tokens']:,} tokens)"

    @cached_property
    def documents(self) -> pd.DataFrame:
        """DOCUMENTS, as they were saved."""
        found = self._tables.files["documents.arrow"].frame()
        tables = self._tables
        carry(found, ("doc_id", "text"), ("tokens", self.language), tables.tokens)
        carry(found, _SPANS_READ, ("spans", _REPEAT), tables.spans)
        return found

    @cached_property
    def rejects(self) -> pd.DataFrame:
        """REJECTS, as they were saved."""
        return self._tables.files["rejects.arrow"].frame()

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """TOKENS: what ``tokenize`` returns for ``documents``."""
        return self._tables.tokens().copy(deep=False)

    @cached_property
    def spans(self) -> pd.DataFrame:
        """SPANS: what ``find_boilerplate`` returns for ``documents``."""
        return self._tables.spans().copy(deep=False)

    def verify(self, *, thorough: bool = True) -> list[str]:
        """Hold every file against what was saved, by SHA-256 or by the sums of its blocks; return what is wrong.

        By SHA-256, also that every place in the files leads somewhere: for a folder that somebody else wrote.
        """
        found = []
        for file in self._tables.files.values():
            try:
                file.check(thorough=thorough)
            except UnfitError as error:
                found.append(str(error))
        fault = find_fault(self._tables.files) if thorough and not found else ""
        return [f"{str(self.folder)!r} is no corpus that this library saved: {fault}."] if fault else found


def open_folder(folder: str | os.PathLike[str], *, renewed: str = "") -> SavedCorpus:
    """Open a saved corpus whatever it was made by.

    Raises
    ------
    SourceError
        The folder holds no saved corpus that this library reads.
    UnfitError
        A file is missing or has another size.
    """
    for turn in range(_TURNS):
        manifest, content = read_manifest(folder)
        try:
            files = {name: MappedFile(folder, name, manifest.files[name]) for name in FILES}
        except UnfitError:
            if turn == _TURNS - 1 or _is_still(folder, content):
                raise
            continue
        if _is_still(folder, content):
            return SavedCorpus(Path(folder), manifest, files, renewed=renewed)
    raise SourceError(f"`folder` is {str(folder)!r}, which is replaced again and again. Open it when that is done.")


def _is_still(folder: str | os.PathLike[str], content: bytes) -> bool:
    """Tell whether the manifest is the one that was read: else the folder was replaced meanwhile."""
    try:
        return (Path(folder) / MANIFEST).read_bytes() == content
    except OSError:
        return False


def check_saved(corpus: SavedCorpus, *, thorough: bool = False) -> None:
    """Raise unless a saved corpus is what this library would make of its source now.

    Raises
    ------
    UnfitError
        Code, language or versions are others than when it was saved.
    SourceError
        The source is there and has changed.
    """
    shown = repr(str(corpus.folder))
    difference = tell_difference(corpus.made, state_of(corpus.language))
    path, changed = tell_source(corpus.source, corpus.folder, thorough=thorough)
    if changed:
        raise SourceError(f"`folder` is {shown}, which is out of date: {changed}. {save_again(corpus.folder, path)}")
    if difference:
        raise UnfitError(f"`folder` is {shown}, which is out of date: {difference}.")


def find_damage(folder: str | os.PathLike[str]) -> tuple[list[str], SavedCorpus | None]:
    """Hold every file of a saved corpus against its SHA-256, and all of it against code and source.

    Returns
    -------
    wrong : list of str
        What is wrong, one sentence each.
    corpus : SavedCorpus or None
        The corpus; None where it cannot be opened.
    """
    try:
        corpus = open_folder(folder)
    except SourceError as error:
        return [str(error)], None
    wrong = corpus.verify()
    try:
        check_saved(corpus, thorough=True)
    except SourceError as error:
        wrong.append(str(error))
    return wrong, corpus

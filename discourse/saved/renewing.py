"""A saved corpus opened for use: held against code and source, and made anew where that can be."""

import os
from collections.abc import Callable
from typing import Any

import pandas as pd

from discourse.errors import DiscourseError, SourceError
from discourse.saved.manifest import UnfitError, holds_corpus, read_manifest, save_again
from discourse.saved.opening import SavedCorpus, check_saved, open_folder
from discourse.saved.saving import save_corpus
from discourse.saved.state import tell_source
from discourse.sources.documents import read_documents

__all__ = ["open_corpus", "read_corpus"]


def open_corpus(
    folder: str | os.PathLike[str],
    *,
    verify: bool = False,
    renew: bool = False,
    on_step: Callable[[str], None] | None = None,
) -> SavedCorpus:
    """Open a saved corpus: its files are mapped into memory, and nothing is read that is not asked for.

    At opening: the manifest, by its own digest; that each file is there and of its size; that the code that reads and
    cuts texts, the language pack and the versions are those that it was saved with; that the source, where it still is
    in its place, has not changed, by size and time of change, and where these differ by its digest. When a table is
    first asked for: the files that it is made of, by the sums of their blocks. With ``verify``: every file and the
    source by SHA-256. Nothing in the folder is ever run.

    Parameters
    ----------
    folder : path
        A folder that ``save_corpus`` or ``discourse save`` wrote.
    verify : bool
        Hold every file against its SHA-256 now.
    renew : bool
        Make a corpus that is damaged or out of date anew where its source is there and has not changed; every file is
        held against its sums now. ``renewed`` of what is returned says why.
    on_step : callable, optional
        Called with the name of each step where it is made anew.

    Returns
    -------
    SavedCorpus
        ``documents``, ``rejects``, ``tokens``, ``spans``.

    Raises
    ------
    SourceError
        There is no saved corpus, it is of a later version, damaged or out of date; says which file or what differs.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.saved.saving import save_corpus
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = save_corpus("seed:article", f"{place}/article")
    ...     open_corpus(f"{place}/article").rejects.shape
    (0, 3)
    """
    try:
        corpus = open_folder(folder)
        check_saved(corpus, thorough=verify)
        if verify or renew:
            wrong = corpus.verify(thorough=verify)
            if wrong:
                raise UnfitError(" ".join(wrong[:3]))
    except UnfitError as error:
        if not renew:
            raise SourceError(f"{error} {save_again(folder)}") from error
        return _renew(folder, error, on_step)
    return corpus


def _renew(folder: str | os.PathLike[str], why: UnfitError, on_step: Callable[[str], None] | None) -> SavedCorpus:
    manifest, _ = read_manifest(folder)
    path, changed = tell_source(manifest.source, folder, thorough=True)
    if path is None:
        lost = "it was saved from a table" if manifest.source is None else "its source is not where it was"
        raise SourceError(f"{why} It cannot be made anew: {lost}. {save_again(folder)}") from why
    if changed:
        raise SourceError(f"{why} It cannot be made anew: {changed}. {save_again(folder)}") from why
    try:
        save_corpus(path, folder, language=manifest.language, on_step=on_step, **manifest.reading)
    except DiscourseError as error:
        raise SourceError(f"{why} It cannot be made anew: {error}") from error
    return open_folder(folder, renewed=f"{why} Made anew from {path!r}.")


def read_corpus(corpus: Any, **reading: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return DOCUMENTS and REJECTS of a saved corpus, or of anything that ``read_documents`` reads."""
    if not holds_corpus(corpus):
        return read_documents(corpus, **reading)
    saved = open_corpus(corpus)
    return saved.documents, saved.rejects

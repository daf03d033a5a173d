"""A corpus worked out once and saved: filled beside its place, then put there in one step."""

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from discourse.arrow import comes_back
from discourse.display.swapping import make_beside, put_in_place, sweep
from discourse.errors import SchemaError, SourceError
from discourse.language.base import load_language
from discourse.language.tokens import tokenize
from discourse.saved.files import describe_file, write_arrays, write_arrow
from discourse.saved.manifest import FILES, MANIFEST, Manifest, holds_corpus, read_manifest
from discourse.saved.opening import SavedCorpus, open_folder
from discourse.saved.state import describe_source, source_path, stamp_of, state_of
from discourse.saved.tokens import lay_out
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.documents import read_documents, rejects_table
from discourse.tables import check
from discourse.writing import write_bytes

__all__ = ["save_corpus"]

_ENTRIES = (*FILES, MANIFEST)


def save_corpus(
    corpus: str | os.PathLike[str] | pd.DataFrame,
    folder: str | os.PathLike[str],
    *,
    rejects: pd.DataFrame | None = None,
    language: str = "arabic",
    overwrite: bool = False,
    on_step: Callable[[str], None] | None = None,
    **reading: Any,
) -> SavedCorpus:
    """Save a corpus with all that is worked out of it once: a folder that ``open_corpus`` opens at once.

    The folder holds DOCUMENTS and REJECTS as they were read, TOKENS with their vocabularies, normal forms, clitic
    analyses and the rows of each word, SPANS of boilerplate, and a manifest with the digests of these files, of the
    source and of the code. It is filled beside its place and put there in one step; files that others put into a saved
    folder stay. docs/saved.md describes the files.

    Parameters
    ----------
    corpus : path, str or DataFrame
        Anything that ``read_documents`` reads, or a DOCUMENTS table. Of a path the digest is kept: a corpus that is
        found damaged or made by other code can be made anew from it.
    folder : path
        Where to; made where it is missing. One that was saved before is replaced.
    rejects : DataFrame, optional
        REJECTS that belong to ``corpus`` where it is a table.
    language : str
        The language of the texts.
    overwrite : bool
        Replace files of these names though no saved corpus wrote them.
    on_step : callable, optional
        Called with the name of each step as it begins.
    **reading
        Options of ``read_documents`` where ``corpus`` is a path.

    Returns
    -------
    SavedCorpus
        The corpus, opened.

    Raises
    ------
    SchemaError
        ``corpus`` is no DOCUMENTS table, holds no document, or has a column that Arrow does not give back unchanged.
    SourceError
        The corpus cannot be read or changes meanwhile; or the folder is a file, cannot be written, lies in the source
        or holds it, or holds files of these names that no saved corpus wrote.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     saved = save_corpus("seed:article", f"{place}/article")
    ...     len(saved.documents), saved.counts["tokens"] == len(saved.tokens)
    (1, True)
    """
    begin = on_step or (lambda name: None)
    place = _check_place(folder, overwrite)
    load_language(language)
    begin("reading")
    documents, refused, source, options = _read(corpus, rejects, place, reading)
    sweep(place, _stays, _ENTRIES)
    try:
        part = make_beside(place)
    except OSError as error:
        raise SourceError(f"`folder` is {str(folder)!r}, which cannot be written: {error.strerror}.") from error
    try:
        new = part / "new"
        counts = _fill(new, documents, refused, language, begin)
        if source is not None and stamp_of(source_path(corpus)) != source["stamp"]:  # type: ignore[arg-type]
            raise SourceError(f"{str(corpus)!r} has changed while it was saved. Save it again.")
        manifest = Manifest(
            made=state_of(language),
            source=source,
            reading=options,
            language=language,
            counts=counts,
            files={name: describe_file(new / name) for name in FILES},
        )
        write_bytes(manifest.to_bytes(), new / MANIFEST)
        _put(part, place)
    except OSError as error:
        raise SourceError(
            f"`folder` is {str(folder)!r}, which cannot be written: {error.strerror or error}."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return open_folder(folder)


def _put(part: Path, place: Path) -> None:
    try:
        put_in_place(part, place, _stays, _ENTRIES)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        put_in_place(part, place, _stays, _ENTRIES)  # another run has just put its own there


def _stays(folder: Path, path: Path) -> bool:
    return path.as_posix() not in _ENTRIES


def _check_place(folder: str | os.PathLike[str], overwrite: bool) -> Path:
    """Return the absolute folder, unless a file stands there or entries of the names that are written."""
    place = Path(folder)
    try:
        is_file = place.exists() and not place.is_dir()
        taken = [name for name in _ENTRIES if os.path.lexists(place / name)]
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        raise SourceError(
            f"`folder` is {str(folder)[:200]!r}, which cannot be a folder: {cause}. Name another."
        ) from error
    if is_file:
        raise SourceError(f"`folder` is {str(folder)!r}, which is a file; name a folder.")
    if taken and not overwrite:
        if MANIFEST not in taken:
            held = ", ".join(map(repr, taken[:3]))
            raise SourceError(
                f"`folder` is {str(folder)!r}, which holds {held} of another origin: a saved corpus would replace "
                "them. Name another folder, or say overwrite=True (--overwrite)."
            )
        try:
            read_manifest(place)
        except SourceError as error:
            raise SourceError(f"{error} To write over this one, say overwrite=True (--overwrite).") from error
    return place.resolve()


def _read(
    corpus: Any, rejects: pd.DataFrame | None, place: Path, reading: Mapping[str, Any]
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any] | None, dict[str, Any]]:
    """Return DOCUMENTS, REJECTS, what is kept of the source, and the options of reading that say anything."""
    source = None
    if isinstance(corpus, pd.DataFrame):
        if reading:
            said = ", ".join(map(repr, sorted(reading)))
            raise SchemaError(f"`corpus` is a table, and {said} say how to read a file. Leave them out.")
        documents, refused = corpus, rejects if rejects is not None else rejects_table([])
    elif holds_corpus(corpus):
        _check_apart(Path(corpus), corpus, place)
        opened = open_folder(corpus)
        documents, refused = opened.documents, opened.rejects
    else:
        path = source_path(corpus)
        if path.exists():
            _check_apart(path, corpus, place)
            source = describe_source(corpus, place)
        documents, refused = read_documents(corpus, **reading)
    check(documents, "DOCUMENTS", argument="corpus")
    check(refused, "REJECTS", argument="rejects")
    if not len(documents):
        first = f" First: {refused['reason'].iloc[0]}." if len(refused) else ""
        raise SchemaError(f"`corpus` has no document left of {len(refused)} records.{first} Give it texts.")
    return documents, refused, source, {name: value for name, value in reading.items() if value is not None}


def _check_apart(path: Path, corpus: Any, place: Path) -> None:
    own = path.resolve()
    if own.is_relative_to(place) or place.is_relative_to(own):
        raise SourceError(
            f"`folder` is {str(place)!r}, which lies in the corpus {str(corpus)!r} or holds it. Name another folder."
        )


def _fill(
    new: Path, documents: pd.DataFrame, rejects: pd.DataFrame, language: str, begin: Callable[[str], None]
) -> dict[str, int]:
    """Write the files of a corpus, and return how much they hold."""
    frames = {"documents": documents, "rejects": rejects}
    tables = {name: _checked(frame, name) for name, frame in frames.items()}
    begin("cutting into tokens")
    tokens = tokenize(documents, language=language)
    begin("finding boilerplate")
    spans = find_boilerplate(documents)
    begin("writing")
    for name, table in {**tables, "spans": _checked(spans, "spans")}.items():
        write_arrow(table, new / f"{name}.arrow")
    for file, arrays in lay_out(tokens, language).items():
        if file == "tokens.arrow":
            write_arrow(pa.table(arrays), new / file)
        else:
            write_arrays(arrays, new / file)
    return {
        "documents": len(documents),
        "rejects": len(rejects),
        "tokens": len(tokens),
        "words": len(tokens["token"].cat.categories),
        "norms": len(tokens["norm"].cat.categories),
        "spans": len(spans),
    }


def _checked(frame: pd.DataFrame, name: str) -> pa.Table:
    """Return a frame as an Arrow table that comes back unchanged.

    Raises
    ------
    SchemaError
        It does not: names the columns.
    """
    table = comes_back(frame)
    if table is not None:
        return table
    odd = [repr(column) for column in frame.columns if comes_back(frame[[column]]) is None]
    what = f"the columns {', '.join(odd[:3])}" if odd else "an index, attributes or names of columns"
    kinds = ", ".join(str(frame[column].dtype) for column in frame.columns if repr(column) in odd[:3])
    raise SchemaError(
        f"`{name}` has {what}{f' of dtype {kinds}' if kinds else ''} that Arrow does not give back unchanged. "
        "Turn them into strings, numbers, dates or categories, or leave them out."
    )

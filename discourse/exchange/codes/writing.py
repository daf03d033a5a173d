"""Hand codes written for other tools."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, check_choice, first_three
from discourse.exchange.codes.formats import WRITTEN, module_of
from discourse.writing import own_version

__all__ = ["write_codes"]

_ENDINGS = {".qdpx": "qdpx", ".json": "label-studio"}
_KEY = ["unit_id", "coder", "variable"]


def write_codes(
    codes: pd.DataFrame,
    documents: pd.DataFrame,
    path: str | PathLike[str],
    *,
    spans: pd.DataFrame | None = None,
    format: str = "auto",
) -> Path:
    """Write hand codes for another tool: CODES and CODED_SPANS of DOCUMENTS become a project or tasks with annotations.

    ``read_codes`` reads the file back into equal tables. All documents given are written, coded or not, with their
    texts as they are; give those that were coded to write no others.

    Parameters
    ----------
    codes : DataFrame
        CODES of whole documents; unit_id is the doc_id. A value is a set where it holds ``;``, but for the variables
        ``comment``, ``note`` and ``remark``, which are free words.
    documents : DataFrame
        DOCUMENTS.
    path : path
        Where to: ``.qdpx`` or ``.json``. A file that stands there is replaced.
    spans : DataFrame, optional
        CODED_SPANS.
    format : {"auto", "label-studio", "qdpx"}
        By the ending of ``path`` by default.

    Returns
    -------
    Path
        The file written: the same tables always give the same bytes.

    Raises
    ------
    SchemaError
        A table is not of its form, a code belongs to no document or has no value, a span leaves its text, or a name
        holds a character that the format cannot.
    SourceError
        The place cannot be written.

    Notes
    -----
    QDPX: the variable is a code, its values are codes in it, ``a > b`` is b in a; comments are notes, the comment of a
    span is its description; date and source are variables. The file is valid against the schema of REFI-QDA 1.5.
    Label Studio: choices, labels and text areas named as the variables, on the object ``text``; the text area ``coder``
    names the coder, and a coder with an address (``@``) also stands as who completed the annotation.

    References
    ----------
    Rotterdam Exchange Format Initiative (2019). REFI-QDA Standard, version 1.5. www.qdasoftware.org.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.exchange.codes.reading import read_codes
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["عادت طالبان إلى كابل"], "date": pd.NaT,
    ...                           "date_precision": None, "source": None, "title": None})
    >>> codes = pd.DataFrame({"unit_id": ["a"], "coder": ["A"], "variable": ["frames"], "value": ["war;peace"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_codes(write_codes(codes, documents, f"{folder}/codes.qdpx"), documents)[0].equals(codes.astype("str"))
    True
    """
    check_choice("format", format, ["auto", *WRITTEN])
    place = Path(path)
    if format == "auto" and place.suffix.lower() not in _ENDINGS:
        raise SchemaError(
            f"`path` is {str(path)!r}; codes are written as {', '.join(map(repr, sorted(_ENDINGS)))}. Change the "
            "ending, or say `format`."
        )
    tables.check(documents, "DOCUMENTS")
    tables.check(codes, "CODES")
    spans = pd.DataFrame(columns=[one.name for one in tables.TABLES["CODED_SPANS"].columns]) if spans is None else spans
    tables.check(spans, "CODED_SPANS", argument="spans")
    texts = dict(zip(documents["doc_id"].astype("str"), documents["text"].astype("str"), strict=True))
    codes, spans = codes.reset_index(drop=True), spans.reset_index(drop=True)
    _check_rows(codes, "codes", "unit_id", texts)
    _check_rows(spans, "spans", "doc_id", texts)
    lengths = spans["doc_id"].astype("str").map({doc: len(text) for doc, text in texts.items()}).astype("int64")
    outside = (spans["start_char"] < 0) | (spans["start_char"] >= spans["end_char"]) | (spans["end_char"] > lengths)
    if outside.any():
        raise SchemaError(
            f"`spans` has {int(outside.sum())} spans that are empty or leave the text of their document. First: "
            f"{first_three(spans.loc[outside, 'doc_id'].astype('str'))}. Correct start_char and end_char."
        )
    asked = _ENDINGS[place.suffix.lower()] if format == "auto" else format
    plain = documents.assign(doc_id=documents["doc_id"].astype("str")).sort_values("doc_id", kind="stable")
    ordered = spans.sort_values([one for one in tables.TABLES["CODED_SPANS"].key], kind="stable")
    return module_of(WRITTEN[asked]).write(codes.sort_values(_KEY), ordered, plain, place, version=own_version())


def _check_rows(frame: pd.DataFrame, argument: str, unit: str, texts: Mapping[str, str]) -> None:
    unknown = [one for one in frame[unit].astype("str").unique() if one not in texts]
    if unknown:
        raise SchemaError(
            f"`{argument}` has {len(unknown)} {unit} values that `documents` lacks. First: {first_three(unknown)}. "
            "Give the documents that were coded."
        )
    for name in ("coder", "variable", "value"):
        empty = frame[name].isna() | frame[name].astype("str").eq("")
        if empty.any():
            raise SchemaError(
                f"`{argument}` has {int(empty.sum())} rows without {name}. First: row "
                f"{int(empty.to_numpy().argmax()) + 1}. Drop them, or write none where there is nothing to code."
            )

"""Codes of other tools, read into CODES, CODED_SPANS and rejects."""

from collections.abc import Mapping
from dataclasses import replace
from os import PathLike

import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, check_choice
from discourse.exchange.codes.counting import READINGS
from discourse.exchange.codes.documents import Documents
from discourse.exchange.codes.formats import READ, module_of, recognise
from discourse.exchange.codes.found import Found
from discourse.exchange.codes.gathering import gather
from discourse.exchange.codes.packed import File

__all__ = ["read_codes"]


def read_codes(
    path: str | PathLike[str],
    documents: pd.DataFrame | None = None,
    *,
    format: str = "auto",
    coder: str | None = None,
    coders: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    offsets: str = "auto",
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read hand codes that were made in another tool: a file becomes CODES, CODED_SPANS and a table of rejects.

    Read are Label Studio (JSON, JSON-MIN), doccano (JSONL), INCEpTION (UIMA CAS JSON, WebAnno TSV), CATMA (TEI, Git
    repository, API), REFI-QDA projects (QDPX) and spreadsheets (CSV, XLSX); docs/exchange.md says what of each.

    A text of the tool is the document whose doc_id it names, else the one of the same text. Its offsets are held
    against what they quote and against our text, and a span is never moved in silence: ``note`` says where its offsets
    were counted in another way, where the texts differ in line ends, normal form or spaces, and where a quote was found
    near its offsets. Each code stands in CODES, in CODED_SPANS or, with its reason, among the rejects.

    Parameters
    ----------
    path : path
        The export: a file, an archive as the tool made it, or the folder of a CATMA repository.
    documents : DataFrame, optional
        DOCUMENTS that were coded. Without them the texts of the file are the documents, and their doc_id is the name
        (else the number) that the file gives them.
    format : {"auto", "catma", "doccano", "inception", "label-studio", "qdpx", "sheet"}
        What the file is; told by its content by default.
    coder : str, optional
        Who coded, where the file does not say; ``coder`` by default.
    coders : mapping of str to str, optional
        The coder for a user of the tool, as ``{"7": "A"}``.
    names : mapping of str to str, optional
        The doc_id for a name that the tool gives a text, as ``{"D_A00D3E7F": "ahram-0012"}``.
    offsets : {"auto", "characters", "characters/lf", "utf16", "utf16/lf", "bytes"}
        How the tool counts; ``/lf`` takes a line end of two characters for one. By default, the format or the quotes
        decide; where neither does, spans behind a character that counts differently are rejected.

    Returns
    -------
    codes : DataFrame
        CODES: codes of whole documents, sorted by unit_id, coder, variable. Codes chosen together are one value, joined
        by ``;``.
    spans : DataFrame
        CODED_SPANS: codes of spans, sorted by place, coder, variable, value.
    rejects : DataFrame
        REJECTS with ``variable`` and ``value``: what the file itself tells first, then what does not fit the documents.

    Raises
    ------
    SourceError
        The file is missing, damaged as a whole, too large, or of no format that is known.
    SchemaError
        ``documents`` is no table of DOCUMENTS, or an option is none of those named.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["عادت طالبان إلى كابل"], "date": pd.NaT,
    ...                           "date_precision": None, "source": None, "title": None})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     place = Path(folder, "all.jsonl")
    ...     _ = place.write_text('{"id": 1, "text": "عادت طالبان إلى كابل", "label": [[5, 11, "actor"]]}', "utf-8")
    ...     codes, spans, rejects = read_codes(place, documents)
    >>> spans[["doc_id", "start_char", "end_char", "value", "text"]].values.tolist()
    [['a', 5, 11, 'actor', 'طالبان']]
    """
    check_choice("format", format, ["auto", *READ])
    check_choice("offsets", offsets, ["auto", *READINGS])
    if documents is not None:
        tables.check(documents, "DOCUMENTS")
    for argument, given in {"coders": coders, "names": names}.items():
        if given is not None and not isinstance(given, Mapping):
            raise SchemaError(f"`{argument}` is {given!r}; it must be a mapping, such as {{'7': 'A'}}.")
    if coder is not None and not (isinstance(coder, str) and coder):
        raise SchemaError(f"`coder` is {coder!r}; it must be text, such as 'A'.")
    file = File(path)  # type: ignore[arg-type]
    found = Found(
        str(path), frozenset(map(str, tables.TABLES["DOCUMENTS"].by_name if documents is None else documents.columns))
    )
    module_of(READ[format if format != "auto" else recognise(file)]).read(file, found)
    if offsets != "auto":
        found.sources = [replace(one, units=(offsets,), certain=True) for one in found.sources]
    if documents is None:
        ours = Documents.of_sources(found.sources, names or {})
    else:
        ours = Documents.of_table(documents, names or {})
    return gather(found, ours, coder or "coder", coders or {})

"""Parts of a corpus: the words of a period, an outlet, a voice, or a side of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, check_choice, first_three
from discourse.lexicons.actors import read_sides
from discourse.lexicons.loader import load_lexicon
from discourse.measures.change.rows import span_of
from discourse.measures.change.sides import read_side
from discourse.measures.lexis.terms import Terms
from discourse.measures.periods import cluster_units, find_periods
from discourse.measures.voices import OUTLET, UNKNOWN, lay_voices
from discourse.tables import need

__all__ = ["QUOTED", "Part", "find_parts", "find_sides", "read_stories"]

QUOTED = "quoted"  # words inside reported speech, whoever speaks
_NULL = "unknown"
_EACH_ITS_OWN = ("date", "doc_id", "text", "title")  # columns that are no variables
_PERIOD, _VOICE = "period", "voice"


@dataclass(frozen=True)
class Part:
    """Words of a corpus: its name, which documents it holds, and which of their words (all where None)."""

    name: str
    documents: np.ndarray
    words: np.ndarray | None


def find_parts(
    tokens: pd.DataFrame,
    terms: Terms,
    by: str | None,
    documents: pd.DataFrame | None,
    *,
    freq: str = "YS",
    quotations: pd.DataFrame | None = None,
) -> tuple[list[Part], int]:
    """Cut a corpus into parts, and count the documents that lie in none.

    Parameters
    ----------
    tokens, terms
        TOKENS and its words.
    by : {"period", "voice"} or str, optional
        Periods of ``freq``, the outlet's words and quoted ones, or the values of a variable of ``documents``. One part
        that holds everything by default.
    documents : DataFrame, optional
        DOCUMENTS, for periods and variables.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    quotations : DataFrame, optional
        QUOTATIONS, for voices.

    Raises
    ------
    SchemaError
        What ``by`` asks for is not at hand, or no document has it.
    """
    everything = np.ones(len(terms.doc_ids), bool)
    if by is None:
        return [Part("all", everything, None)], 0
    if not isinstance(by, str):
        raise SchemaError(f"`by` is {by!r}; it must be 'period', 'voice', or the name of one column of `documents`.")
    if by in _EACH_ITS_OWN:
        raise SchemaError(
            f"`by` is {by!r}, which does not group documents; it must be 'period' (by `freq`), 'voice', or a variable "
            "that documents share, such as 'source'."
        )
    if by == _VOICE:
        voices, codes = _voices(tokens, terms, quotations)
        quoted = codes != voices.index(OUTLET)
        return [Part(OUTLET, everything, ~quoted), Part(QUOTED, everything, quoted)], 0
    if documents is None:
        raise SchemaError(f"`documents` is missing, which holds {by!r}. Pass the table of documents.")
    if by == _PERIOD:
        placed = find_periods(documents, freq=freq)
        days = _of_documents(terms, documents.assign(**{_PERIOD: _reordered(placed, documents)}), _PERIOD)
        if days.isna().all():
            raise AbsentError(
                f"`by` is 'period', but no document has a date that is precise enough for `freq` {freq!r}. Give "
                "`documents` dates, or take longer periods."
            )
        labels = days.dt.strftime("%Y-%m-%d").astype(object).where(days.notna(), None)
    else:
        need(documents, "documents", ["doc_id", by])
        values = _of_documents(terms, documents, by)
        labels = values.astype(object).where(values.notna(), _NULL).astype(str)
    labels = labels.to_numpy()
    names = sorted({label for label in labels if label is not None})
    return [Part(name, labels == name, None) for name in names], int(sum(label is None for label in labels))


def _reordered(placed: pd.DataFrame, documents: pd.DataFrame) -> np.ndarray:
    return placed.set_index("doc_id")["period"].reindex(documents["doc_id"]).to_numpy()


def _of_documents(terms: Terms, documents: pd.DataFrame, column: str) -> pd.Series:
    """Return a variable of the documents of TOKENS, in their order there."""
    ids = pd.Index(documents["doc_id"].astype("str"))
    if ids.has_duplicates:
        raise SchemaError(
            f"`documents` has {int(ids.duplicated().sum())} repeated doc_id values. First: "
            f"{first_three(ids[ids.duplicated()])}. Drop or rename them."
        )
    place = ids.get_indexer(terms.doc_ids.astype("str"))
    absent = terms.doc_ids[place < 0]
    if len(absent):
        raise SchemaError(
            f"`documents` lacks {len(absent)} of the documents of `tokens`. First: {first_three(absent)}. Pass the "
            "documents that were cut into tokens."
        )
    return documents[column].iloc[place].reset_index(drop=True)


def _voices(tokens: pd.DataFrame, terms: Terms, quotations: pd.DataFrame | None) -> tuple[list[str], np.ndarray]:
    """Return the voices of a corpus, and the voice of each word, as ``count_voices`` reads them."""
    if quotations is None:
        raise SchemaError("`quotations` is missing, which says whose words are whose. Pass find_quotations(documents).")
    columns = ["doc_id", "side", "content_start_char", "content_end_char", "cue_start_char"]
    need(quotations, "quotations", columns)
    sides = read_sides(load_lexicon("actors")).values()
    voices = sorted({OUTLET, UNKNOWN, *sides, *quotations["side"].dropna().astype(str)})
    start = tokens["start_char"].to_numpy()[terms.rows]
    return voices, lay_voices(quotations, terms.doc_ids, terms.documents.astype(np.int64), start, voices)


def find_sides(
    tokens: pd.DataFrame,
    terms: Terms,
    between: tuple[Mapping[str, Any], Mapping[str, Any]],
    documents: pd.DataFrame,
    quotations: pd.DataFrame | None = None,
) -> tuple[Part, Part]:
    """Return the two sides of a comparison, as ``contrast`` reads them.

    Parameters
    ----------
    tokens, terms
        TOKENS and its words.
    between : pair of mappings
        What lies on each side: ``period``, ``voice`` ("outlet", "quoted", or the side of a speaker), or columns of
        ``documents``.
    documents : DataFrame
        DOCUMENTS.
    quotations : DataFrame, optional
        QUOTATIONS, where sides name a voice.

    Raises
    ------
    SchemaError
        A side cannot be read, holds nothing, or both share words.
    """
    if not isinstance(between, tuple | list) or len(between) != 2:
        raise SchemaError("`between` must be a pair of sides, such as ({'period': '2020'}, {'period': '2022'}).")
    first, second = (
        _side(tokens, terms, side, documents, quotations, argument)
        for side, argument in zip(between, ("first", "second"), strict=True)
    )
    shared = first.documents & second.documents
    apart = first.words is not None and second.words is not None and not (first.words & second.words).any()
    if shared.any() and not apart:
        raise SchemaError(
            f"`first` ({first.name}) and `second` ({second.name}) overlap: {int(shared.sum())} documents lie on both "
            f"sides. First: {first_three(terms.doc_ids[shared])}. Draw the border so that each lies on one."
        )
    return first, second


def _side(
    tokens: pd.DataFrame,
    terms: Terms,
    side: Mapping[str, Any],
    documents: pd.DataFrame,
    quotations: pd.DataFrame | None,
    argument: str,
) -> Part:
    read = read_side(side, argument)
    inside = np.ones(len(terms.doc_ids), bool)
    words = None
    for name, wanted in read.values.items():
        if name == "category":
            words = _words_of_voice(tokens, terms, quotations, wanted[0], argument)
            continue
        need(documents, "documents", ["doc_id", name])
        values = _of_documents(terms, documents, name)
        values = values.astype(object).where(values.notna(), _NULL).astype(str)
        absent = sorted(set(wanted) - set(values))
        if absent:
            raise AbsentError(
                f"`{argument}` names {first_three(absent)}, which no document has in {name!r}; it has "
                f"{first_three(sorted(values.unique()))}."
            )
        inside &= values.isin(wanted).to_numpy()
    if read.start is not None:
        need(documents, "documents", ["doc_id", "date"])
        start, end = (
            _of_documents(terms, documents.assign(date=days.to_numpy()), "date") for days in span_of(documents)
        )
        inside &= (start.ge(read.start) & end.le(read.end)).to_numpy()
        if start.isna().all():
            raise AbsentError(
                f"`{argument}` ({read.words}) holds no document: none has a date. Give `documents` dates."
            )
    if not inside.any():
        raise AbsentError(f"`{argument}` ({read.words}) holds no document.")
    return Part(read.words, inside, words)


def _words_of_voice(
    tokens: pd.DataFrame, terms: Terms, quotations: pd.DataFrame | None, wanted: str, argument: str
) -> np.ndarray:
    voices, codes = _voices(tokens, terms, quotations)
    if wanted == QUOTED:
        return codes != voices.index(OUTLET)
    check_choice(f"{argument}, voice", wanted, [QUOTED, *voices])
    return codes == voices.index(wanted)


def read_stories(terms: Terms, documents: pd.DataFrame | None, cluster: str | None) -> np.ndarray | None:
    """Return the story of each document of TOKENS; none without ``cluster``.

    Raises
    ------
    SchemaError
        ``documents`` is missing, or lacks the column or documents.
    """
    if cluster is None:
        return None
    if documents is None:
        raise SchemaError(f"`documents` is missing, which holds {cluster!r}. Pass the table of documents.")
    need(documents, "documents", ["doc_id", cluster])
    return cluster_units(_of_documents(terms, documents, cluster))

"""What can be said of each line of a concordance (sentence, negation, voice), and the lines that one asks for by it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, check_choice, some_of
from discourse.lexicons.actors import read_sides
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.change.rows import column_of, span_of
from discourse.measures.change.sides import read_side, rows_of_side, variables_of
from discourse.measures.checked import check_documents_once
from discourse.measures.lexis.concordance_order import has_beside
from discourse.measures.lexis.concordance_places import rows_of_places
from discourse.measures.lexis.sets import QUOTED
from discourse.measures.voices import OUTLET, UNKNOWN, voice_of_words
from discourse.reading.matching.scopes import mark_scopes
from discourse.tables import need

__all__ = ["filter_concordance", "mark_concordance"]


def mark_concordance(
    concordance: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    quotations: pd.DataFrame | None = None,
    scopes: Lexicon | None = None,
    actors: Lexicon | None = None,
) -> pd.DataFrame:
    """Say of each line of CONCORDANCE in which sentence it stands, whether it is negated, and whose words it is.

    A line is negated where a negator reaches its keyword (``find_scopes``); a keyword that holds the negator itself is
    not negated by it. Its voice is that of the first word of the keyword, as ``count_voices`` tells it.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE of these tokens.
    tokens : DataFrame
        TOKENS that ``kwic`` was given.
    quotations : DataFrame, optional
        QUOTATIONS; without them no voice is told.
    scopes : Lexicon, optional
        Negators, the built-in lexicon "scopes" by default.
    actors : Lexicon, optional
        Actors whose sides are the voices that there can be, the built-in lexicon "actors" by default.

    Returns
    -------
    DataFrame
        The rows in their order with ``sentence``, ``negated`` and, with ``quotations``, ``voice``.

    Raises
    ------
    SchemaError
        A column is missing, or lines do not stand in ``tokens``.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.reading.matching.concordance import kwic
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["وصل الوفد. لم تعترف موسكو بطالبان"]})
    >>> tokens = tokenize(documents)
    >>> lines = mark_concordance(kwic(tokens, ["الوفد", "طالبان"], documents), tokens)
    >>> lines[["keyword", "sentence", "negated"]].values.tolist()
    [['الوفد', 0, False], ['بطالبان', 1, True]]
    """
    need(concordance, "concordance", ["doc_id", "start", "end"])
    need(tokens, "tokens", ["doc_id", "position", "sentence", "norm", "start_char"])
    first = rows_of_places(concordance["doc_id"], concordance["start"].to_numpy(np.int64), tokens)
    last = rows_of_places(concordance["doc_id"], concordance["end"].to_numpy(np.int64) - 1, tokens)
    negated, _ = mark_scopes(tokens, first, last + 1, scopes=load_lexicon("scopes") if scopes is None else scopes)
    marked = concordance.assign(sentence=tokens["sentence"].to_numpy(np.int32)[first], negated=negated)
    if quotations is None:
        return marked
    rows, line = np.unique(first, return_inverse=True)
    voices, names = voice_of_words(quotations, tokens, rows)
    sides = read_sides(load_lexicon("actors") if actors is None else actors).values()
    known = sorted({OUTLET, UNKNOWN, *sides, *names})
    return marked.assign(voice=pd.Categorical([names[voice] for voice in voices[line]], categories=known))


def filter_concordance(
    concordance: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    where: Mapping[str, Any] | None = None,
    voice: str | None = None,
    negated: bool | None = None,
    beside: str | None = None,
    positions: pd.DataFrame | None = None,
    holder: str | None = None,
) -> pd.DataFrame:
    """Keep the lines of CONCORDANCE that one asks for; each condition that is given must hold.

    Parameters
    ----------
    concordance : DataFrame
        CONCORDANCE; ``voice``, ``negated`` and ``holder`` need the columns that ``mark_concordance`` adds.
    documents : DataFrame, optional
        DOCUMENTS, for ``where``.
    where : mapping, optional
        Documents as ``contrast`` takes a side: ``{"source": "ahram", "period": ("2015", "2020")}``. A document whose
        date is too coarse to say lies in no period.
    voice : str, optional
        "outlet" (outside all quoted content), "quoted" (inside any), a side that is quoted, or "unknown".
    negated : bool, optional
        Keyword in the scope of a negator, or not.
    beside : str, optional
        A word that stands in the context of the line, in its normal form: one of its collocates.
    positions : DataFrame, optional
        POSITIONS, for ``holder``.
    holder : str, optional
        Lines in sentences with a position of this holder.

    Returns
    -------
    DataFrame
        The rows in their order; none, where no line fits.

    Raises
    ------
    SchemaError
        A table or a column is missing that a condition needs; no document has a value of ``where``, no voice or no
        position the name that is asked for; ``beside`` is no single word.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "source": ["ahram", "hayat"]})
    >>> lines = pd.DataFrame({"doc_id": ["a", "b", "b"], "start": [3, 0, 7], "negated": [False, False, True]})
    >>> filter_concordance(lines, documents=documents, where={"source": "hayat"}, negated=False).values.tolist()
    [['b', 0, False]]
    """
    need(concordance, "concordance", ["doc_id"])
    kept = np.ones(len(concordance), bool)
    if where is not None:
        kept &= concordance["doc_id"].astype("str").isin(_documents_where(documents, where)).to_numpy()
    if voice is not None:
        kept &= _in_voice(_marked(concordance, "voice"), voice)
    if negated is not None:
        check_choice("negated", negated, [False, True])
        kept &= _marked(concordance, "negated").to_numpy(bool) == negated
    if beside is not None:
        need(concordance, "concordance", ["pre", "post"])
        kept &= has_beside(concordance, beside)
    if (holder is None) != (positions is None):
        raise SchemaError("`holder` and `positions` belong together: whose positions, and the table that holds them.")
    if holder is not None and positions is not None:
        sentences = _sentences_of(positions, holder)
        own = pd.MultiIndex.from_arrays([concordance["doc_id"].astype("str"), _marked(concordance, "sentence")])
        kept &= np.asarray(own.isin(sentences))
    return concordance.loc[kept].reset_index(drop=True)


def _marked(concordance: pd.DataFrame, name: str) -> pd.Series:
    if name not in concordance:
        quoting = ", quotations=find_quotations(...)" if name == "voice" else ""
        raise SchemaError(
            f"`concordance` has no column {name!r}, which is asked for. Make it: mark_concordance(concordance, "
            f"tokens{quoting})."
        )
    return concordance[name]


def _documents_where(documents: pd.DataFrame | None, where: Mapping[str, Any]) -> pd.Series:
    """Return the doc_id of the documents on a side."""
    if documents is None:
        raise SchemaError("`documents` is missing, which `where` asks. Pass the documents of the concordance.")
    side = read_side(where, "where")
    if "category" in side.values:
        raise SchemaError("`where` names a voice, which documents do not have. Give it as `voice`.")
    dated = side.start is not None
    need(documents, "documents", ["doc_id", *(["date"] if dated else []), *variables_of([side])])
    check_documents_once(documents)
    rows = pd.DataFrame({"doc_id": documents["doc_id"].astype("str").array})
    rows["start"], rows["end"] = (days.array for days in span_of(documents)) if dated else (pd.NaT, pd.NaT)
    for name in variables_of([side]):
        values = documents[name].astype(object)
        rows[column_of(name)] = values.where(values.notna(), UNKNOWN).astype("str").array
    return rows.loc[rows_of_side(rows, side, "where"), "doc_id"]


def _in_voice(voices: pd.Series, wanted: str) -> np.ndarray:
    categorical = isinstance(voices.dtype, pd.CategoricalDtype)
    names = voices.cat.categories if categorical else voices.unique()
    check_choice("voice", wanted, sorted({OUTLET, QUOTED, UNKNOWN, *map(str, names)}))
    said = voices.astype("str")
    return (said.ne(OUTLET) if wanted == QUOTED else said.eq(wanted)).to_numpy(bool)


def _sentences_of(positions: pd.DataFrame, holder: str) -> pd.MultiIndex:
    need(positions, "positions", ["doc_id", "sentence", "holder"])
    holders = positions["holder"].astype("str")
    own = positions.loc[holders.eq(holder)]
    if not len(own):
        raise AbsentError(
            f"`holder` is {holder!r}, of whom `positions` has no position; it has {some_of(sorted(set(holders)))}."
        )
    return pd.MultiIndex.from_arrays([own["doc_id"].astype("str"), own["sentence"]])

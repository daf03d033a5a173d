"""From a row of a table of words or of collocates to its lines: every place that the row counts, in context."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.lexicons.loader import Lexicon
from discourse.measures.lexis.parts import Part, find_parts, find_sides
from discourse.measures.lexis.terms import Terms, find_terms
from discourse.measures.lexis.windows import find_nodes, read_window, words_around
from discourse.reading.matching.concordance import check_number
from discourse.reading.matching.lines import lay_lines

__all__ = ["collocate_lines", "lines_of_words", "number_of", "term_lines"]

_SIDES = ("first", "second")


def term_lines(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    term: str,
    *,
    unit: str = "norm",
    by: str | None = None,
    part: str | None = None,
    freq: str = "YS",
    quotations: pd.DataFrame | None = None,
    window: int = 8,
) -> pd.DataFrame:
    """Show every place of a term as CONCORDANCE: the lines behind a row of FREQUENCIES, DISPERSION or SCALED_WORDS.

    Parameters
    ----------
    tokens, documents, unit, by, freq, quotations
        As they were given to the function that made the table.
    term : str
        The term, as the table has it.
    part : str, optional
        The part, as the table has it, where ``by`` cuts the corpus.
    window : int
        Words on each side.

    Returns
    -------
    DataFrame
        CONCORDANCE, sorted by doc_id and start: as many rows as the table counts (``n``).

    Raises
    ------
    SchemaError
        No document has the term, there is no such part, or as ``count_words`` does.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["زار الوفد كابل", "غادر الوفد"], "source": ["x", "y"]})
    >>> term_lines(tokenize(documents), documents, "الوفد", by="source", part="y")[["pre", "keyword"]].values.tolist()
    [['غادر ', 'الوفد']]
    """
    check_number("window", window, "of words")
    terms = find_terms(tokens, unit=unit)
    hits = terms.codes == number_of(terms, term, unit)
    _check_part(by, part)
    if by is not None:
        parts, _ = find_parts(tokens, terms, by, documents, freq=freq, quotations=quotations)
        hits &= _inside(_named(parts, part), terms)
    return lines_of_words(tokens, documents, terms.rows[hits], term, window)


def collocate_lines(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    pattern: str | Iterable[str] | Lexicon,
    term: str,
    *,
    window: int | tuple[int, int] | str = 5,
    within: str = "document",
    unit: str = "norm",
    clitics: str = "both",
    language: str = "arabic",
    by: str | None = None,
    part: str | None = None,
    freq: str = "YS",
    between: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None,
    side: str = "first",
    quotations: pd.DataFrame | None = None,
    context: int = 8,
) -> pd.DataFrame:
    """Show every place of a term in the windows of a pattern: the lines of a row of COLLOCATES or COLLOCATE_CONTRASTS.

    Parameters
    ----------
    tokens, documents, pattern, window, within, unit, clitics, language, by, freq, quotations
        As they were given to ``find_collocates`` or ``compare_collocates``.
    term : str
        The term, as the table has it.
    part : str, optional
        The part, as the table has it, where ``by`` cuts the corpus.
    between : pair of mappings, optional
        The sides of ``compare_collocates``.
    side : {"first", "second"}
        Which of them.
    context : int
        Words shown on each side. The pattern stands among them where ``window`` is no wider.

    Returns
    -------
    DataFrame
        CONCORDANCE with the term as keyword, sorted by doc_id and start: as many rows as the table counts (``n``,
        ``n_first`` or ``n_second``); none where the term stands in no window.

    Raises
    ------
    SchemaError
        No document has the term, there is no such part, or as ``find_collocates`` and ``compare_collocates`` do.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["وصل وفد طالبان إلى موسكو", "عاد وفد التجارة من بكين"]
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> lines = collocate_lines(tokenize(documents), documents, "طالبان", "وفد", window=1)
    >>> lines[["doc_id", "keyword", "post"]].values.tolist()
    [['a', 'وفد', ' طالبان إلى موسكو']]
    """
    check_number("context", context, "of words")
    look = read_window(window, within)
    terms = find_terms(tokens, unit=unit)
    number = number_of(terms, term, unit)
    _check_part(by, part)
    if between is not None and by is not None:
        raise SchemaError("`between` and `by` exclude each other: a table has sides or parts.")
    nodes = find_nodes(tokens, terms, pattern, clitics=clitics, language=language)
    inside = None
    if between is not None:
        check_choice("side", side, list(_SIDES))
        inside = _inside(find_sides(tokens, terms, between, documents, quotations)[_SIDES.index(side)], terms)
    elif by is not None:
        parts, _ = find_parts(tokens, terms, by, documents, freq=freq, quotations=quotations)
        inside = _inside(_named(parts, part), terms)
    around, _ = words_around(tokens, terms, nodes, look, inside)
    return lines_of_words(tokens, documents, terms.rows[around[terms.codes[around] == number]], term, context)


def number_of(terms: Terms, term: str, unit: str) -> int:
    """Return the place of a term among the terms; raise where no document has it."""
    number = terms.find(term)
    if number < 0:
        raise SchemaError(f"`term` is {term!r}, which no document has as {unit!r}. Take a term as the table has it.")
    return number


def lines_of_words(
    tokens: pd.DataFrame, documents: pd.DataFrame, rows: np.ndarray, term: str, window: int
) -> pd.DataFrame:
    """Return CONCORDANCE of single words of TOKENS, at these rows."""
    return lay_lines(tokens, documents, rows, rows + 1, [term] * len(rows), window)


def _check_part(by: str | None, part: str | None) -> None:
    if (by is None) != (part is None):
        raise SchemaError("`by` and `part` belong together: what cuts the corpus, and which part of it is asked for.")


def _named(parts: list[Part], name: str | None) -> Part:
    for part in parts:
        if part.name == name:
            return part
    raise SchemaError(
        f"`part` is {name!r}; the parts are {first_three([part.name for part in parts])}. Take a part as the table has "
        "it."
    )


def _inside(part: Part, terms: Terms) -> np.ndarray:
    """Tell of each word whether it lies in the part."""
    inside = part.documents[terms.documents]
    return inside if part.words is None else inside & part.words

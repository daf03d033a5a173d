"""From a row of KEYNESS to its lines: every place of a term in one of two sets, in context."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.measures.lexis.sets import QUOTED, place_sets, read_between
from discourse.measures.lexis.term_lines import lines_of_words, number_of
from discourse.measures.lexis.terms import find_terms
from discourse.measures.voices import OUTLET, voice_of_words

__all__ = ["keyness_lines"]


def keyness_lines(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    term: str,
    *,
    between: Sequence[Any],
    by: str | None = None,
    side: str = "a",
    unit: str = "norm",
    quotations: pd.DataFrame | None = None,
    window: int = 8,
) -> pd.DataFrame:
    """Show every place of a term of KEYNESS in one of the two sets: CONCORDANCE, as many rows as the term is counted.

    Parameters
    ----------
    tokens, documents, between, by, unit, quotations
        As they were given to ``keyness``.
    term : str
        The term, as KEYNESS has it.
    side : {"a", "b"}
        The first set or the second.
    window : int
        Words on each side.

    Returns
    -------
    DataFrame
        CONCORDANCE, sorted by doc_id and start; without rows where this set does not have the term.

    Raises
    ------
    SchemaError
        No document has the term, or as ``keyness`` does.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["وصل الوفد", "وصل الوزير", "زار الوفد", "زار موسكو"]
    >>> documents = pd.DataFrame({"doc_id": list("abcd"), "text": texts, "source": ["x", "x", "y", "y"]})
    >>> lines = keyness_lines(tokenize(documents), documents, "زار", between=("x", "y"), by="source", side="b")
    >>> lines[["doc_id", "keyword", "post"]].values.tolist()
    [['c', 'زار', ' الوفد'], ['d', 'زار', ' موسكو']]
    """
    check_choice("side", side, ["a", "b"])
    placed = place_sets(tokens, documents, read_between(between, by))
    place = "ab".index(side)
    terms = find_terms(tokens, unit=unit)
    hits = terms.codes == number_of(terms, term, unit)
    inside = terms.doc_ids.astype("str").isin(placed.doc_ids[placed.inside[place]])
    hits &= inside[terms.documents]
    wanted = placed.voices[place]
    if wanted is not None:
        if quotations is None:
            raise SchemaError("`quotations` is missing, which says whose words are whose. Pass find_quotations(...).")
        voice, known = voice_of_words(quotations, tokens, terms.rows)
        outlet = known.index(OUTLET)
        hits &= voice != outlet if wanted == QUOTED else voice == (known.index(wanted) if wanted in known else -1)
    return lines_of_words(tokens, documents, terms.rows[hits], term, window)

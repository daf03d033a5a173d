"""Where patterns stand in a corpus laid out in the order of time."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.checked import check_documents_once
from discourse.measures.lexis.terms import check_words
from discourse.measures.periods import read_days
from discourse.reading.matching.matches import find_matches
from discourse.reading.matching.rows import word_places
from discourse.tables import need

__all__ = ["find_occurrences"]


def find_occurrences(
    tokens: pd.DataFrame, patterns: Sequence[str], documents: pd.DataFrame, *, clitics: str = "both"
) -> tuple[list[np.ndarray], pd.Series, int, pd.DataFrame, int]:
    """Lay the words of the documents that have a date out in the order of time, and find patterns among them.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    patterns : sequence of str
        Patterns as in a lexicon.
    documents : DataFrame
        DOCUMENTS of these tokens. Those of one day go by doc_id.
    clitics : {"both", "none", "proclitic"}
        What may be written onto the words of a pattern.

    Returns
    -------
    places : list of ndarray of int
        For each pattern the words that stand before each of its occurrences, ascending.
    years : Series of int
        The words before the first document of each year, by year.
    total : int
        All words.
    counted : DataFrame
        TOKENS of the documents with a date.
    n_undated : int
        Documents left out.

    Raises
    ------
    SchemaError
        No pattern is given, ``documents`` lack documents of the tokens, or fewer than two have a date and a word.
    """
    if not patterns:
        raise SchemaError("`pattern` is empty; give one pattern or several.")
    need(documents, "documents", ["doc_id", "date"])
    check_documents_once(documents)
    ids = tokens["doc_id"].cat.categories.astype("str")
    dates = pd.Series(read_days(documents["date"]).to_numpy(), index=documents["doc_id"].astype("str"))
    absent = sorted(set(ids) - set(dates.index))
    if absent:
        raise SchemaError(
            f"`documents` lacks {len(absent)} documents of `tokens`. First: {first_three(absent)}. Pass the documents "
            "that were tokenized."
        )
    own = dates.loc[ids]
    dated = own.notna().to_numpy()
    code = tokens["doc_id"].cat.codes.to_numpy()
    counted = tokens.loc[dated[code]].reset_index(drop=True)
    counted = counted.assign(doc_id=counted["doc_id"].cat.remove_unused_categories())
    words = word_places(counted)
    document = counted["doc_id"].cat.codes.to_numpy()
    names = counted["doc_id"].cat.categories.astype("str")
    lengths = np.bincount(document[words], minlength=len(names))
    if (lengths > 0).sum() < 2:
        raise SchemaError(
            f"`documents` has {int((lengths > 0).sum())} documents with a date and a word; an order of time needs two. "
            "Resolve the dates (resolve_dates)."
        )
    days = dates.loc[names].to_numpy()
    order = np.lexsort((names, days))
    begins = np.empty(len(names), np.int64)
    begins[order] = np.r_[0, np.cumsum(lengths[order])[:-1]]
    first_row = np.searchsorted(document, np.arange(len(names)))
    places = []
    for pattern in patterns:
        lexicon = lexicon_from_patterns([pattern], name="of `pattern`", clitics=clitics)
        check_words("pattern", [pattern])
        found = find_matches(counted, lexicon)
        of = pd.Index(names).get_indexer(pd.Index(found["doc_id"].astype("str")))
        rows = np.searchsorted(words, first_row[of] + found["start"].to_numpy())
        places.append(np.sort(begins[of] + rows - np.searchsorted(words, first_row[of])))
    years = pd.Series(begins, index=pd.DatetimeIndex(days).year)[lengths > 0].groupby(level=0).min()
    return places, years, int(lengths.sum()), counted, int((~dated).sum())

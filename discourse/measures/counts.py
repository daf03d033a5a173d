"""Counts of lexicon categories per document, dense, each beside its denominators."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.language.tokens import word_rows
from discourse.memory import of_rows

__all__ = ["count_matches", "count_tokens"]


def count_tokens(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the word tokens and sentences of every document of TOKENS.

    Returns
    -------
    DataFrame
        ``doc_id`` (every category, also of documents without tokens), ``n_tokens`` (word tokens: with a letter or a
        digit), ``n_sentences``; sorted by doc_id.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["قالت موسكو: نعم. شكرا.", ""]})
    >>> print(count_tokens(tokenize(documents)).to_string(index=False))
    doc_id  n_tokens  n_sentences
         a         4            2
         b         0            0
    """
    return of_rows(tokens, ("doc_id", "sentence", "token"), "counts", lambda: _count_tokens(tokens)).copy()


def _count_tokens(tokens: pd.DataFrame) -> pd.DataFrame:
    codes = tokens["doc_id"].cat.codes.to_numpy()
    categories = tokens["doc_id"].cat.categories
    n_tokens = np.bincount(codes[word_rows(tokens)], minlength=len(categories))
    n_sentences = np.zeros(len(categories), np.int64)
    np.maximum.at(n_sentences, codes, tokens["sentence"].to_numpy(np.int64) + 1)
    counted = pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(np.arange(len(categories)), categories=categories),
            "n_tokens": n_tokens.astype(np.int64),
            "n_sentences": n_sentences,
        }
    )
    return counted.sort_values("doc_id", key=lambda ids: ids.astype("str"), ignore_index=True)


def count_matches(matches: pd.DataFrame, tokens: pd.DataFrame, *, negated: str = "keep") -> pd.DataFrame:
    """Count MATCHES per document and category: COUNTS, dense, zeros kept.

    Every document of the tokens (also one without tokens) and every category of the lexicon (also one that never
    fires) has a row, so that no denominator is lost.

    Parameters
    ----------
    matches : DataFrame
        MATCHES; its ``category`` must hold all categories of the lexicon, as ``find_matches`` returns it.
    tokens : DataFrame
        The TOKENS in which they were found.
    negated : str
        "keep" counts all matches, "drop" leaves out negated ones, "only" counts nothing else.

    Returns
    -------
    DataFrame
        COUNTS, sorted by doc_id and category. ``n_tokens`` counts word tokens, not marks.

    Raises
    ------
    SchemaError
        ``negated`` is none of the choices, or a match names a document that the tokens do not have.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> from discourse.reading.matching.matches import find_matches
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["موسكو وطالبان وموسكو", "كابل"]}))
    >>> lexicon = lexicon_from_patterns({"russia": ["موسكو"], "taliban": ["طالبان"]})
    >>> count_matches(find_matches(tokens, lexicon), tokens)["n_matches"].tolist()
    [2, 1, 0, 0]
    """
    if negated not in ("drop", "keep", "only"):
        raise SchemaError(f"`negated` is {negated!r}; it must be one of 'drop', 'keep', 'only'.")
    if negated != "keep":
        matches = matches[matches["negated"] == (negated == "only")]
    totals = count_tokens(tokens)
    document = _documents_of(matches, totals)
    category = matches["category"].astype("category").cat
    categories = category.categories
    width = len(categories)
    cells = np.bincount(document * width + category.codes.to_numpy(), minlength=len(totals) * width)
    repeated = totals.take(np.repeat(np.arange(len(totals)), width)).reset_index(drop=True)
    repeated["category"] = pd.Categorical.from_codes(np.tile(np.arange(width), len(totals)), categories=categories)
    repeated["n_matches"] = cells.astype(np.int64)
    return repeated[["doc_id", "category", "n_matches", "n_tokens", "n_sentences"]]


def _documents_of(matches: pd.DataFrame, totals: pd.DataFrame) -> np.ndarray:
    """Return the row of ``totals`` of each match."""
    named = matches["doc_id"].astype("category").cat
    names = named.categories.astype("str").append(pd.Index(["nan"]))  # the last: matches of no document
    used = np.zeros(len(names), bool)
    used[named.codes.to_numpy()] = True
    place = pd.Index(totals["doc_id"].astype("str")).get_indexer(names)
    unknown = sorted(names[used & (place < 0)])
    if unknown:
        raise SchemaError(
            f"`matches` names {len(unknown)} documents that `tokens` does not have. First: {first_three(unknown)}. "
            "Pass the tokens in which the matches were found."
        )
    return place[named.codes.to_numpy()]

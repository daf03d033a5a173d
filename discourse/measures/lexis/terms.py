"""The words of TOKENS as numbered terms, by row and by document."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.errors import SchemaError, check_choice, first_three
from discourse.memory import of_rows, of_words
from discourse.reading.matching.rows import word_places

__all__ = ["UNITS", "Terms", "check_words", "find_terms"]

UNITS = {"form": "token", "norm": "norm", "lemma": "lemma"}
"""What a term may be, and the column of TOKENS that holds it."""


@dataclass(frozen=True)
class Terms:
    """The words of a corpus as terms.

    Attributes
    ----------
    doc_ids : Index
        Every document of TOKENS, those without words too.
    names : Index of str
        The terms, in the order of the categories of their column.
    rows : array of int
        The rows of TOKENS that are words, ascending.
    codes : array of int32
        The term of each of these rows, as a place in ``names``; -1 for a word without one (no lemma).
    documents : array of int32
        The document of each of these rows, as a place in ``doc_ids``.
    counts : csr_array of int64, shape (n_documents, n_terms)
        How often each document has each term.
    n_tokens : array of int64, shape (n_documents,)
        Words of each document, those without a term too: the denominator.
    totals : array of int64, shape (n_terms,)
        How often each term stands in all documents.
    """

    doc_ids: pd.Index
    names: pd.Index
    rows: np.ndarray
    codes: np.ndarray
    documents: np.ndarray
    counts: sparse.csr_array
    n_tokens: np.ndarray
    totals: np.ndarray

    def find(self, term: str) -> int:
        """Return the place of a term in ``names``, -1 where no document has it."""
        return int(self.names.get_indexer(pd.Index([term]))[0])

    def ranks(self) -> np.ndarray:
        """Return the place of each term in the order of the names."""
        return of_words(self.names, "ranks", lambda: _ranks(self.names))


def _ranks(names: pd.Index) -> np.ndarray:
    if names.is_monotonic_increasing:
        return np.arange(len(names))
    ranks = np.empty(len(names), np.int64)
    ranks[names.argsort()] = np.arange(len(names))
    return ranks


def find_terms(tokens: pd.DataFrame, *, unit: str = "norm") -> Terms:
    """Number the words of TOKENS.

    Marks are no words (docs/tokens.md). What was numbered is remembered with the rows: asking again costs nothing.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    unit : {"form", "norm", "lemma"}
        What a term is: the token as written, its normal form, or its lemma, which ``annotate_morphology`` adds.

    Raises
    ------
    SchemaError
        The unit is unknown, or ``tokens`` has no lemmas.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": ["قال: إن، قال", "إن"]}))
    >>> terms = find_terms(tokens)
    >>> terms.names.tolist(), terms.counts.toarray().tolist(), terms.n_tokens.tolist()
    (['ان', 'قال'], [[1, 2], [1, 0]], [3, 1])
    """
    check_choice("unit", unit, list(UNITS))
    column = UNITS[unit]
    if column not in tokens:
        raise SchemaError(
            f"`unit` is {unit!r}, but `tokens` has no column {column!r}. Call annotate_morphology(tokens) first, or "
            f"count by 'norm'."
        )
    return of_rows(tokens, ("doc_id", "token", column), f"terms by {unit}", lambda: _find(tokens, column))


def _find(tokens: pd.DataFrame, column: str) -> Terms:
    rows = word_places(tokens)
    every = tokens[column].cat.codes.to_numpy()[rows]
    categories = tokens[column].cat.categories
    used = np.zeros(len(categories) + 1, bool)
    used[every] = True  # -1, no term, is the last
    used[-1] = False
    place = np.cumsum(used, dtype=np.int32) - 1
    place[~used] = -1
    codes = place[every].astype(np.int32)
    documents = tokens["doc_id"].cat.codes.to_numpy()[rows].astype(np.int32)
    doc_ids, names = tokens["doc_id"].cat.categories, categories[np.flatnonzero(used[:-1])].astype("str")
    some = codes >= 0
    ones = np.ones(int(some.sum()), np.int64)
    counts = sparse.coo_array((ones, (documents[some], codes[some])), shape=(len(doc_ids), len(names))).tocsr()
    counts.sum_duplicates()
    n_tokens = np.bincount(documents, minlength=len(doc_ids)).astype(np.int64)
    totals = np.bincount(codes[some], minlength=len(names)).astype(np.int64)
    return Terms(doc_ids, names, rows, codes, documents, counts, n_tokens, totals)


def check_words(argument: str, patterns: Iterable[str]) -> None:
    """Raise where a pattern is of marks alone: it stands at no word, and words are what is counted.

    Raises
    ------
    SchemaError
        A pattern holds no letter and no digit.

    Examples
    --------
    >>> check_words("pattern", ["روسيا", "2015"])
    >>> check_words("pattern", ["روسيا", "."])
    Traceback (most recent call last):
    discourse.errors.SchemaError: `pattern` names marks alone, which are no words: '.'. Ask kwic().
    """
    alone = [one for one in patterns if not any(character.isalnum() for character in one)]
    if alone:
        raise SchemaError(f"`{argument}` names marks alone, which are no words: {first_three(alone)}. Ask kwic().")

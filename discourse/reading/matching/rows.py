"""Where each word of TOKENS stands, remembered with its rows; and the way from row to row past quotation marks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.language.tokens import word_rows
from discourse.memory import of_rows, of_words

__all__ = ["Rows", "document_edges", "remember_rows", "rows_by_word", "word_places"]

_TRANSPARENT = frozenset("«»\"“”„'‘’‹›")  # quotation marks: حركة «طالبان» is حركة طالبان
_FEW = 16  # words on one row in so many are gathered from the index, more by a look at every row


@dataclass(frozen=True)
class Rows:
    """Where each word of TOKENS stands.

    Attributes
    ----------
    codes : array of int
        The word of each row, as a place in the categories of ``norm``; -1 for none.
    rows : array of int
        The rows of each word, ascending, one word after the other.
    begin : array of int, shape (n_words + 2,)
        Where the rows of each word begin; the last but one is where those of no word do.
    marks, before, behind : array of int
        The rows that are looked through, ascending, and the next row before and behind each that is not one.
    """

    codes: np.ndarray
    rows: np.ndarray
    begin: np.ndarray
    marks: np.ndarray
    before: np.ndarray
    behind: np.ndarray

    def count(self, words: np.ndarray) -> np.ndarray:
        """Return how many rows each of these words has."""
        return self.begin[words + 1] - self.begin[words]

    def find(self, words: np.ndarray) -> np.ndarray:
        """Return the rows at which one of these distinct words stands, ascending."""
        if self.count(words).sum() * _FEW > len(self.codes):
            return np.flatnonzero(self.among(slice(None), words))
        parts = [self.rows[self.begin[word] : self.begin[word + 1]] for word in words.tolist()]
        found = np.concatenate([np.empty(0, np.int32), *parts]).astype(np.int64)
        if len(parts) > 1:
            found.sort()
        return found

    def among(self, rows: np.ndarray | slice, words: np.ndarray) -> np.ndarray:
        """Tell of each of these rows whether one of these words stands there."""
        wanted = np.zeros(len(self.begin) - 1, bool)  # the last is no word: rows of code -1
        wanted[words] = True
        return wanted[self.codes[rows]]

    def step(self, rows: np.ndarray, direction: int) -> np.ndarray:
        """Return the next row behind each (1) or before it (-1) that is not looked through; beyond the ends is none."""
        found = rows + direction
        if len(self.marks):
            place = np.minimum(np.searchsorted(self.marks, found), len(self.marks) - 1)
            other = self.behind if direction > 0 else self.before
            found = np.where(self.marks[place] == found, other[place], found)
        return found


def rows_by_word(tokens: pd.DataFrame) -> Rows:
    """Return where each word of TOKENS stands."""
    return of_rows(tokens, ("norm",), "rows by word", lambda: _rows_by_word(tokens))


def _rows_by_word(tokens: pd.DataFrame) -> Rows:
    norm = tokens["norm"].cat
    codes, n_words = norm.codes.to_numpy(), len(norm.categories)
    n = len(codes)
    filled = np.where(codes < 0, n_words, codes) if codes.min(initial=0) < 0 else codes
    # Sorted by counting: the matrix of rows by words, turned round.
    bounds = np.arange(n + 1, dtype=np.int32 if n < np.iinfo(np.int32).max else np.int64)
    each = sparse.csr_array((np.ones(n, bool), filled, bounds), shape=(n, n_words + 1)).tocsc()
    transparent = of_words(norm.categories, "transparent", lambda: norm.categories.isin(_TRANSPARENT))
    parts = [each.indices[each.indptr[word] : each.indptr[word + 1]] for word in np.flatnonzero(transparent)]
    marks = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
    first = np.flatnonzero(np.diff(marks, prepend=-2) != 1)  # of each run of marks
    sizes = np.diff(first, append=len(marks))
    before, behind = np.repeat(marks[first] - 1, sizes), np.repeat(marks[first] + sizes, sizes)
    return Rows(codes, each.indices, each.indptr, marks, before, behind)


def document_edges(tokens: pd.DataFrame) -> np.ndarray:
    """Return the rows at which a document begins, and the number of rows."""
    return of_rows(tokens, ("doc_id",), "edges", lambda: _edges(tokens["doc_id"].cat.codes.to_numpy()))


def _edges(codes: np.ndarray) -> np.ndarray:
    if not len(codes):
        return np.zeros(1, np.int64)
    return np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1], [True])))


def word_places(tokens: pd.DataFrame) -> np.ndarray:
    """Return the rows that are words, not marks, ascending."""
    return of_rows(tokens, ("token",), "words", lambda: np.flatnonzero(word_rows(tokens)).astype(np.int32))


def remember_rows(tokens: pd.DataFrame, rows: Rows, *, edges: np.ndarray, places: np.ndarray) -> None:
    """Take as known what ``rows_by_word``, ``document_edges`` and ``word_places`` found in these rows before."""
    of_rows(tokens, ("norm",), "rows by word", lambda: rows)
    of_rows(tokens, ("doc_id",), "edges", lambda: edges)
    of_rows(tokens, ("token",), "words", lambda: places)

"""Sequences of words as numbers: which one begins at each word of TOKENS, the frequent ones of each length."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.lexis.terms import Terms
from discourse.reading.matching.rows import rows_by_word

__all__ = ["LONGEST", "Sequences", "find_sequences", "read_lengths", "written_sequences"]

LONGEST = 10
"""Words of the longest sequence."""


@dataclass(frozen=True)
class Sequences:
    """The frequent sequences of one length.

    Attributes
    ----------
    length : int
        Words of each.
    at : array of int32
        The number of the sequence that begins at each word; -1 for none that is frequent.
    n, n_docs : array of int64
        How often each stands, and in how many documents.
    first : array of int
        The word at which each begins first.
    n_places : int
        Places at which a sequence of this length stands.
    """

    length: int
    at: np.ndarray
    n: np.ndarray
    n_docs: np.ndarray
    first: np.ndarray
    n_places: int


def read_lengths(n: int | Sequence[int]) -> list[int]:
    """Read how many words sequences have: one number or several.

    Raises
    ------
    SchemaError
        One is no whole number from 1 to 10, or there is none.

    Examples
    --------
    >>> read_lengths(2), read_lengths(range(2, 4))
    ([2], [2, 3])
    """
    lengths = [n] if isinstance(n, int | np.integer) else list(n)
    whole = [isinstance(one, int | np.integer) and not isinstance(one, bool) and 1 <= one <= LONGEST for one in lengths]
    if not lengths or not all(whole):
        raise SchemaError(f"`n` is {n!r}; it must be a number of words from 1 to {LONGEST}, or several such numbers.")
    return sorted({int(one) for one in lengths})


def find_sequences(
    tokens: pd.DataFrame, terms: Terms, longest: int, *, least: int, marks: bool = False
) -> list[Sequences]:
    """Number the frequent sequences of 1 to ``longest`` words: Apriori's rule, no sequence outlasts its parts.

    Parameters
    ----------
    tokens, terms
        TOKENS and its words.
    longest : int
        Words of the longest.
    least : int
        How often a sequence stands to be frequent.
    marks : bool
        Sequences run over marks within a sentence; quotation marks are looked through in any case, as patterns do.

    References
    ----------
    Agrawal, R. and Srikant, R. (1994). Fast algorithms for mining association rules. Proceedings of the 20th VLDB
    Conference, 487-499.
    """
    linked = _linked(tokens, terms, marks)
    n = np.bincount(terms.codes[terms.codes >= 0], minlength=len(terms.names))
    number = np.where(n >= least, np.cumsum(n >= least) - 1, -1).astype(np.int32)
    at = np.where(terms.codes >= 0, number[terms.codes], -1).astype(np.int32)
    found = [_count(1, at, int((n >= least).sum()), terms.documents, len(at))]
    singles, runs = at, np.ones(len(at), bool)
    for length in range(2, longest + 1):
        ends = len(at) - length + 1
        runs = runs[:-1] & linked[length - 2 : length - 2 + max(len(runs) - 1, 0)] if len(runs) else runs
        before = found[-1]
        start = np.flatnonzero(runs[: max(ends, 0)])
        n_places = len(start)
        start = start[(before.at[start] >= 0) & (before.at[start + 1] >= 0)]
        key = before.at[start].astype(np.int64) * max(len(found[0].n), 1) + singles[start + length - 1]
        codes, keys = pd.factorize(key)
        often = np.bincount(codes, minlength=len(keys)) >= least
        place = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)
        at = np.full(len(terms.codes), -1, np.int32)
        at[start] = place[codes]
        found.append(_count(length, at, int(often.sum()), terms.documents, n_places))
    return found


def _linked(tokens: pd.DataFrame, terms: Terms, marks: bool) -> np.ndarray:
    """Tell of each word but the last whether the next one follows it in a sequence."""
    rows = terms.rows
    sentence = tokens["sentence"].to_numpy()[rows]
    together = (terms.documents[1:] == terms.documents[:-1]) & (sentence[1:] == sentence[:-1])
    if not marks:
        near = rows[1:] == rows[:-1] + 1
        apart = np.flatnonzero(together & ~near)
        near[apart] = rows_by_word(tokens).step(rows[apart].astype(np.int64), 1) == rows[apart + 1]
        together &= near
    return together


def _count(length: int, at: np.ndarray, n_sequences: int, documents: np.ndarray, n_places: int) -> Sequences:
    places = np.flatnonzero(at >= 0)
    own = at[places]
    n = np.bincount(own, minlength=n_sequences).astype(np.int64)
    first = np.full(n_sequences, -1, np.int64)
    first[own[::-1]] = places[::-1]
    pair = own.astype(np.int64) * (int(documents.max(initial=0)) + 1) + documents[places]
    pair.sort()
    fresh = np.ones(len(pair), bool)
    fresh[1:] = pair[1:] != pair[:-1]
    n_docs = np.bincount(pair[fresh] // (int(documents.max(initial=0)) + 1), minlength=n_sequences)
    return Sequences(length, at, n, n_docs.astype(np.int64), first, n_places)


def written_sequences(tokens: pd.DataFrame, terms: Terms, found: Sequences, wanted: np.ndarray) -> list[str]:
    """Return how some sequences are written most often, the one that comes first among equals."""
    column = tokens["token"].cat
    codes, names = column.codes.to_numpy()[terms.rows], column.categories.to_numpy(dtype=object)
    asked = np.zeros(len(found.n) + 1, bool)
    asked[wanted] = True
    asked[-1] = False  # the place of -1
    places = np.flatnonzero(asked[found.at])
    written = np.zeros(len(places), np.int64)
    for step in range(found.length):  # ways to write so far, one word more each time
        written = pd.factorize(written * len(names) + codes[places + step])[0]
    own = found.at[places].astype(np.int64)
    ways, first, n = np.unique(own * (int(written.max(initial=0)) + 1) + written, return_index=True, return_counts=True)
    sequence = ways // (int(written.max(initial=0)) + 1)
    order = np.lexsort((first, -n, sequence))
    best = order[np.searchsorted(sequence, wanted)]
    begin = places[first[best]]
    return _joined([names[codes[begin + step]] for step in range(found.length)])


def _joined(columns: list[np.ndarray]) -> list[str]:
    return [" ".join(words) for words in zip(*columns, strict=True)] if len(columns[0]) else []

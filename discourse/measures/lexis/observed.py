"""What stands in the windows of a pattern and outside them, term by term and document by document."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.measures.lexis.odds import Odds, estimate_odds
from discourse.measures.lexis.parts import Part
from discourse.measures.lexis.placement import chance_tails, place_by_chance
from discourse.measures.lexis.spreads import Cells
from discourse.measures.lexis.terms import Terms
from discourse.measures.lexis.windows import Nodes, Window, words_around

__all__ = ["Around", "Sums", "look_around", "sum_around"]


@dataclass(frozen=True)
class Sums:
    """Counts of a whole corpus by term, without the words of the pattern itself; of terms in windows alone.

    ``terms`` are places among all terms, ascending. ``n`` in windows, ``outside`` them, ``n_docs`` with the term in a
    window, ``held`` by the documents of the windows; ``n_inside`` and ``n_outside`` are the words in windows and
    elsewhere.
    """

    n_nodes: int
    terms: np.ndarray
    n: np.ndarray
    outside: np.ndarray
    n_docs: np.ndarray
    held: np.ndarray
    n_inside: int
    n_outside: int


@dataclass(frozen=True)
class Around:
    """Counts of one part of a corpus, without the words of the pattern itself.

    ``inside`` and ``outside`` are the words of each document in windows and elsewhere; the cells hold, for each
    document and term that it has, ``n`` words of which ``here`` stand in windows.
    """

    n_nodes: int
    inside: np.ndarray
    outside: np.ndarray
    unit: np.ndarray
    term: np.ndarray
    n: np.ndarray
    here: np.ndarray
    n_terms: int
    story: np.ndarray | None

    def total(self, values: np.ndarray) -> np.ndarray:
        """Add up values of cells by term."""
        return np.bincount(self.term, values, self.n_terms)

    def choose(self, terms: np.ndarray) -> "Around":
        """Return the counts of these terms alone, numbered anew in the order of their places."""
        place = np.full(self.n_terms, -1, np.int32)
        place[terms] = np.arange(len(terms), dtype=np.int32)
        own = place[self.term]
        kept = np.flatnonzero(own >= 0)
        cells = (self.unit[kept], own[kept], self.n[kept], self.here[kept])
        return Around(self.n_nodes, self.inside, self.outside, *cells, len(terms), self.story)

    def tails(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean of what chance puts into the windows within documents, and how seldom it puts so many."""
        kept = np.flatnonzero(self.inside[self.unit] > 0)
        unit, term, n = self.unit[kept], self.term[kept], self.n[kept].astype(np.int64)
        window, size = self.inside[unit], (self.inside + self.outside)[unit]
        story = None if self.story is None else self.story[unit]
        placed = place_by_chance(n, window, size, term, self.n_terms, story)
        observed = self.total(self.here).astype(np.int64)
        return placed.mean, chance_tails(observed, n, window, size, term, placed)

    def odds(self, level: float | np.ndarray) -> Odds:
        """Return the log odds ratios of the terms, over documents or stories."""
        there = self.n - self.here
        here_on, there_on = self.here > 0, there > 0
        if self.story is None:
            n_units = len(self.inside)
            here = Cells(self.unit[here_on], self.term[here_on], self.here[here_on], n_units, self.n_terms)
            rest = Cells(self.unit[there_on], self.term[there_on], there[there_on], n_units, self.n_terms)
            return estimate_odds(here, rest, self.inside, self.outside, level=level)
        n_units = int(self.story.max(initial=0)) + 1
        here = self._by_story(self.story, here_on, self.here, n_units)
        rest = self._by_story(self.story, there_on, there, n_units)
        words = [np.bincount(self.story, part, n_units) for part in (self.inside, self.outside)]
        return estimate_odds(here, rest, *words, documents=(self.inside, self.outside), level=level)

    def _by_story(self, story: np.ndarray, kept: np.ndarray, values: np.ndarray, n_units: int) -> Cells:
        rows = story[self.unit[kept]]
        table = sparse.coo_array((values[kept], (rows, self.term[kept])), shape=(n_units, self.n_terms)).tocsr()
        unit = np.repeat(np.arange(n_units), np.diff(table.indptr))
        return Cells(unit, table.indices, table.data, n_units, self.n_terms)


def look_around(
    tokens: pd.DataFrame, terms: Terms, nodes: Nodes, window: Window, part: Part, story: np.ndarray | None
) -> Around:
    """Count what stands in the windows of a pattern within one part of a corpus, and outside them.

    Parameters
    ----------
    tokens, terms
        TOKENS and its words.
    nodes, window
        The matches, and how far around them is looked.
    part : Part
        The words that are looked at.
    story : ndarray of int, optional
        The story of each document.
    """
    n_docs, n_terms = len(terms.doc_ids), len(terms.names)
    whole = bool(part.documents.all()) and part.words is None
    inside = None if whole else part.documents[terms.documents] & (True if part.words is None else part.words)
    around, own = words_around(tokens, terms, nodes, window, inside)
    counts, sizes = terms.counts, terms.n_tokens
    if inside is not None:
        counts = _counted(terms, np.flatnonzero(inside), n_docs, n_terms)
        sizes = np.bincount(terms.documents[inside], minlength=n_docs)
    in_windows = np.bincount(terms.documents[around], minlength=n_docs)
    elsewhere = sizes - in_windows - np.bincount(terms.documents[own], minlength=n_docs)
    unit = np.repeat(np.arange(n_docs, dtype=np.int32), np.diff(counts.indptr))
    begin = counts.indptr
    n = counts.data.astype(np.float64)
    here = np.zeros(len(n))
    for places, values, sign in ((own, n, -1.0), (around, here, 1.0)):
        table = _counted(terms, places, n_docs, n_terms)
        values[_align(begin, counts.indices, table, n_terms)] += sign * table.data
    n_nodes = len(nodes) if inside is None else int(inside[nodes.first].sum())
    kept = slice(None) if n.all() else np.flatnonzero(n > 0)
    return Around(
        n_nodes, in_windows, elsewhere, unit[kept], counts.indices[kept], n[kept], here[kept], n_terms, story
    )  # fmt: skip


def sum_around(tokens: pd.DataFrame, terms: Terms, nodes: Nodes, window: Window) -> Sums:
    """Count what stands in the windows of a pattern in a whole corpus, and outside them, by term alone."""
    around, own = words_around(tokens, terms, nodes, window)
    codes, documents = terms.codes[around], terms.documents[around]
    rows = np.unique(documents[_begins(documents)])
    if not len(codes) or codes.min() < 0:
        codes, documents = codes[codes >= 0], documents[codes >= 0]
    pairs = np.sort(codes * np.int64(len(terms.doc_ids)) + documents)
    fresh = np.flatnonzero(_begins(pairs))
    codes = pairs[fresh] // len(terms.doc_ids)
    begin = np.flatnonzero(_begins(codes))
    found = codes[begin]
    n, n_docs = np.diff(fresh[begin], append=len(pairs)), np.diff(begin, append=len(codes))
    mine = terms.codes[own]
    names, times = np.unique(mine[mine >= 0], return_counts=True)
    own_here = np.zeros(len(found), np.int64)
    _, at, of = np.intersect1d(found, names, assume_unique=True, return_indices=True)
    own_here[at] = times[of]
    held = terms.counts[rows].sum(axis=0)[found] - own_here
    outside = terms.totals[found] - own_here - n
    return Sums(len(nodes), found, n, outside, n_docs, held, len(around), len(terms.codes) - len(around) - len(own))


def _begins(values: np.ndarray) -> np.ndarray:
    """Tell where a run of equal values begins."""
    return np.concatenate([np.ones(min(len(values), 1), bool), values[1:] != values[:-1]])


def _counted(terms: Terms, places: np.ndarray, n_docs: int, n_terms: int) -> sparse.csr_array:
    """Count the terms at these words by document."""
    codes = terms.codes[places]
    some = codes >= 0
    ones = np.ones(int(some.sum()), np.int64)
    table = sparse.coo_array((ones, (terms.documents[places][some], codes[some])), shape=(n_docs, n_terms)).tocsr()
    table.sum_duplicates()
    table.sort_indices()
    return table


def _align(begin: np.ndarray, indices: np.ndarray, table: sparse.csr_array, n_terms: int) -> np.ndarray:
    """Return where the cells of a table stand among those of a larger one, row by row, both in order of terms."""
    rows = np.flatnonzero(np.diff(table.indptr))
    sizes = begin[rows + 1] - begin[rows]
    first = np.cumsum(sizes) - sizes
    places = np.repeat(begin[rows] - first, sizes) + np.arange(int(sizes.sum()))
    keys = np.repeat(rows.astype(np.int64) * n_terms, sizes) + indices[places]
    wanted = (
        np.repeat(np.arange(len(table.indptr) - 1, dtype=np.int64) * n_terms, np.diff(table.indptr)) + table.indices
    )
    return places[np.searchsorted(keys, wanted)]

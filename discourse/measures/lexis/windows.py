"""The words around the places of a pattern: windows of words or sentences, united so that no word counts twice."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.errors import AbsentError, SchemaError, check_choice
from discourse.lexicons.loader import Lexicon, lexicon_from_patterns
from discourse.lexicons.patterns import list_patterns
from discourse.measures.lexis.terms import Terms, check_words
from discourse.memory import of_rows
from discourse.reading.matching.locating import locate

__all__ = ["SENTENCE", "Nodes", "Window", "find_nodes", "read_window", "words_around"]

SENTENCE = "sentence"
_WITHIN = ("document", "sentence")


@dataclass(frozen=True)
class Window:
    """How far around a match is looked: words before and behind it, or its sentences; and where a window ends."""

    left: int
    right: int
    whole: bool
    within: str


@dataclass(frozen=True)
class Nodes:
    """Matches of a pattern as places among the words of TOKENS: first word, one past the last; ascending by first."""

    first: np.ndarray
    stop: np.ndarray
    name: str

    def __len__(self) -> int:
        return len(self.first)


def read_window(window: int | tuple[int, int] | str, within: str = "document") -> Window:
    """Read a window as a user writes it.

    Parameters
    ----------
    window : int, (int, int), or "sentence"
        Words on each side, words before and words behind, or the whole sentence.
    within : {"document", "sentence"}
        Where a window of words ends at the latest.

    Raises
    ------
    SchemaError
        The window is no such thing, or holds no word.

    Examples
    --------
    >>> read_window((0, 3)).right, read_window("sentence").whole
    (3, True)
    """
    check_choice("within", within, _WITHIN)
    if isinstance(window, str) and window == SENTENCE:
        return Window(0, 0, True, SENTENCE)
    sides = window if isinstance(window, tuple | list) else (window, window)
    if len(sides) != 2 or not all(_is_count(side) for side in sides) or not any(sides):
        raise SchemaError(
            f"`window` is {window!r}; it must be a whole number of words, 1 or more, a pair (before, behind) with one "
            "above 0, or 'sentence'. 5 is the usual choice."
        )
    return Window(int(sides[0]), int(sides[1]), False, within)


def _is_count(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and bool(value >= 0)


def find_nodes(
    tokens: pd.DataFrame,
    terms: Terms,
    pattern: str | Iterable[str] | Lexicon,
    *,
    clitics: str = "both",
    language: str = "arabic",
) -> Nodes:
    """Find the places of a pattern, as ``kwic`` does, as places among the words of TOKENS.

    Raises
    ------
    SchemaError
        Nothing matches, or a pattern is of marks alone.
    LexiconError
        The pattern can never match.
    """
    if isinstance(pattern, Lexicon):
        lexicon, name = pattern, pattern.name
    else:
        patterns = list_patterns(pattern)
        lexicon = lexicon_from_patterns(patterns, name="of `pattern`", clitics=clitics, language=language)
        check_words("pattern", patterns)
        name = " | ".join(patterns)
    located = locate(tokens, lexicon)
    rows = terms.rows
    first = np.searchsorted(rows, located.first.astype(rows.dtype)).astype(np.int64)
    stop = first + _n_words(rows, first, located.stop)
    words = stop > first  # a match of marks alone has no word
    if not words.any():
        raise AbsentError(
            f"`pattern` is {name!r}, which matches no word of `tokens`. Look at its spelling and its clitics, or ask "
            "count_words(tokens) for the words that there are."
        )
    return Nodes(first[words], stop[words], name)


def _n_words(rows: np.ndarray, first: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Count the words from a place among the rows that are words up to a row; matches are short, so step by step."""
    n = np.zeros(len(first), np.int64)
    left = np.arange(len(first))
    while len(left):
        place = first[left] + n[left]
        left = left[(place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] < stop[left])]
        n[left] += 1
    return n


def words_around(
    tokens: pd.DataFrame, terms: Terms, nodes: Nodes, window: Window, inside: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the words in the windows of all matches, and the words of the matches, each once and ascending.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    terms : Terms
        Its words.
    nodes : Nodes
        The matches. A word of any match is in no window.
    window : Window
        How far is looked.
    inside : ndarray of bool, optional
        The words that are looked at: others are in no window, and a match whose first word is another has none.

    Returns
    -------
    around, own : ndarray of int
        Places among the words of TOKENS.
    """
    first, stop = nodes.first, nodes.stop
    own = _ranges(*_united(first, stop))
    if inside is not None:
        kept = inside[first]
        first, stop = first[kept], stop[kept]
    begin, end = _bounds(tokens, terms, window.within, first, stop)
    if not window.whole:
        begin, end = np.maximum(first - window.left, begin), np.minimum(stop + window.right, end)
    around = _ranges(*_united(begin, end))
    mine = np.zeros(len(around), bool)
    if len(around):
        place = np.minimum(np.searchsorted(around, own), len(around) - 1)
        mine[place[around[place] == own]] = True
    around = around[~mine]
    if inside is not None:
        around, own = around[inside[around]], own[inside[own]]
    return around, own


def _bounds(
    tokens: pd.DataFrame, terms: Terms, within: str, first: np.ndarray, stop: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the documents or sentences of matches begin, and where they end."""
    columns = ("doc_id", "token", *(["sentence"] if within == SENTENCE else []))
    sentences = [tokens["sentence"].to_numpy()[terms.rows]] if within == SENTENCE else []
    edges, places = of_rows(tokens, columns, f"words at edges of {within}s", lambda: _edges(terms, *sentences))
    if places is not None:
        return places[0][terms.documents[first]], places[1][terms.documents[stop - 1]]
    begin = edges[np.searchsorted(edges, first, side="right") - 1]
    return begin, edges[np.searchsorted(edges, stop - 1, side="right")]


def _edges(terms: Terms, *columns: np.ndarray) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray] | None]:
    """Return the words at which a document or a sentence begins, and the number of words; of documents by document too.

    Null where a document stands in several places.
    """
    n = len(terms.documents)
    new = np.ones(n + 1, bool)
    if n > 1:
        new[1:n] = np.logical_or.reduce([column[1:] != column[:-1] for column in (terms.documents, *columns)])
    edges = np.flatnonzero(new)
    here = terms.documents[edges[:-1]]
    if columns or len(np.unique(here)) < len(here):
        return edges, None
    begin, end = np.zeros((2, len(terms.doc_ids)), np.int64)
    begin[here], end[here] = edges[:-1], edges[1:]
    return edges, (begin, end)


def _united(begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unite spans that touch; they ascend by their begin."""
    if not len(begin):
        return begin, end
    farthest = np.maximum.accumulate(end)
    fresh = np.flatnonzero(np.concatenate(([True], begin[1:] > farthest[:-1])))
    return begin[fresh], farthest[np.append(fresh[1:], len(begin)) - 1]


def _ranges(begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return all places of spans that do not overlap."""
    sizes = end - begin
    return np.repeat(begin - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))

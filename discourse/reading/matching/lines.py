"""Places of TOKENS as the lines of a concordance: what stands before, the keyword, what stands behind."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.reading.matching.rows import document_edges, word_places
from discourse.tables import conform

__all__ = ["BESIDE", "lay_lines"]

BESIDE = ("date", "source", "title")
"""What stands beside each line, where the documents have it."""


def lay_lines(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    first: np.ndarray,
    stop: np.ndarray,
    patterns: Sequence[str] | np.ndarray,
    window: int,
) -> pd.DataFrame:
    """Lay places of TOKENS out as CONCORDANCE, as ``kwic`` does.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    documents : DataFrame
        DOCUMENTS that the tokens come from.
    first, stop : ndarray of int
        The row of the first token of each keyword, and one past that of its last.
    patterns : sequence of str
        What each is a place of.
    window : int
        Words on each side.

    Raises
    ------
    SchemaError
        ``documents`` lacks documents of the places.
    """
    begins, ends = _context_rows(tokens, first, stop, window)
    rows = _documents_of(tokens, documents, first)
    texts = documents["text"].take(rows)
    start_char, end_char = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    cuts = start_char[begins], start_char[first], end_char[stop - 1], end_char[ends - 1]
    spans = list(zip(texts, *(cut.tolist() for cut in cuts), strict=True))
    table = pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].take(first).array,
            "start": tokens["position"].to_numpy()[first],
            "end": tokens["position"].to_numpy()[stop - 1] + 1,
            "pre": pd.Series([text[a:b] for text, a, b, _, _ in spans], dtype="str"),
            "keyword": pd.Series([text[b:c] for text, _, b, c, _ in spans], dtype="str"),
            "post": pd.Series([text[c:d] for text, _, _, c, d in spans], dtype="str"),
            "pattern": patterns,
            **{name: documents[name].take(rows).array for name in BESIDE if _has(documents, name)},
        }
    )
    return conform(table, "CONCORDANCE")


def _context_rows(
    tokens: pd.DataFrame, first: np.ndarray, stop: np.ndarray, window: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each context and one past its last, ``window`` words away and in the same document."""
    edges, words = document_edges(tokens), word_places(tokens)
    own = np.searchsorted(edges, first, side="right")
    doc_from, doc_to = edges[own - 1], edges[np.minimum(own, len(edges) - 1)]
    if not len(words) or window == 0:
        return first, stop
    earliest = _words_before(words, doc_from)
    before = np.maximum(_words_before(words, first) - window, earliest)
    begins = np.minimum(words[np.minimum(before, len(words) - 1)], first)
    after = _words_before(words, stop) + window - 1
    last_word = _words_before(words, doc_to) - 1
    ends = np.maximum(words[np.minimum(after, last_word)] + 1, stop)
    return begins, ends


def _words_before(words: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.searchsorted(words, rows.astype(words.dtype))  # of one dtype: else numpy would copy all the words


def _has(documents: pd.DataFrame, name: str) -> bool:
    return name in documents and bool(documents[name].notna().any())


def _documents_of(tokens: pd.DataFrame, documents: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Return where in ``documents`` the document of each row stands; of documents of one name the last counts."""
    number, codes = pd.factorize(tokens["doc_id"].array.codes[rows])
    names = tokens["doc_id"].cat.categories[codes].astype("str")
    ids = documents["doc_id"]
    chosen = np.flatnonzero((ids if ids.dtype == "str" else ids.astype("str")).isin(names))  # few of many
    known = pd.Index(ids.take(chosen).astype("str"))
    last = np.flatnonzero(~known.duplicated(keep="last"))
    place = known[last].get_indexer(names)
    missing = names[place < 0].tolist()
    if missing:
        raise SchemaError(
            f"`documents` lacks {len(missing)} of the doc_id values of `tokens`. First: {first_three(missing)}. "
            f"Pass the documents that the tokens were made from."
        )
    return chosen[last[place]][number]

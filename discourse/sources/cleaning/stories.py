"""Words of stories as numbers: what copies are found by, document by document, in one table or in parts."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from discourse.sources.cleaning.alignment import Words
from discourse.sources.cleaning.boilerplate import mask_tokens
from discourse.sources.cleaning.shingles import document_order, equal_texts, word_hashes

__all__ = ["SEED", "Stories", "number_words"]

SEED = 20151223
_SPELLED = re.compile(r"[^\W_]").search  # a letter or a digit


def number_words(
    documents: pd.DataFrame, tokens: pd.DataFrame, spans: pd.DataFrame | None = None, *, seed: int = SEED
) -> pd.DataFrame:
    """Number the words of DOCUMENTS by what they are, from their TOKENS: equal words have equal numbers everywhere.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``.
    tokens : DataFrame
        TOKENS; reads ``doc_id``, ``start_char`` and ``norm``.
    spans : DataFrame, optional
        SPANS; tells which words stand outside them.
    seed : int
        Seeds the numbers.

    Returns
    -------
    DataFrame
        One row a word, in the order of the documents: ``doc_id`` (its categories are the documents), ``word`` (a
        64-bit number), ``is_number`` (a digit stands in it), ``outside`` (of all spans).
    """
    ids = documents["doc_id"].astype(str).to_numpy(dtype=object)
    norm, doc = tokens["norm"].astype("category"), tokens["doc_id"].astype("category")
    codes, texts = norm.cat.codes.to_numpy(), norm.cat.categories.astype(str).tolist()
    spelled = np.fromiter((_SPELLED(word) is not None for word in texts), bool, len(texts))
    numbers = pd.Index(ids).get_indexer(doc.cat.categories.astype(str))
    rows = np.flatnonzero(np.append(spelled, False)[codes] & np.append(numbers >= 0, False)[doc.cat.codes])
    document = numbers[doc.cat.codes.to_numpy()[rows]]
    if np.any(document[1:] < document[:-1]):
        order = document_order(document)
        rows, document = rows[order], document[order]
    digits = np.fromiter((any(map(str.isdigit, word)) for word in texts), bool, len(texts))
    outside = np.ones(len(rows), bool) if spans is None or not len(spans) else ~mask_tokens(tokens, spans)[rows]
    word = codes[rows]
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(document, categories=pd.Index(ids, dtype="str")),
            "word": word_hashes(texts, seed)[word] if len(texts) else np.zeros(0, np.uint64),
            "is_number": digits[word] if len(texts) else np.zeros(0, bool),
            "outside": outside,
        },
        copy=False,
    )


class Stories:
    """The words of all documents, given a part at a time, each part in the order of ``ids``.

    Parameters
    ----------
    ids : ndarray of str
        The documents; they are numbered by their place here.
    words : DataFrame, or iterable of DataFrame that can be gone through several times
        What ``number_words`` returned for all of them or for parts of them.

    Attributes
    ----------
    equal : (ndarray, ndarray)
        The pairs (first, later) of documents whose words are the same; all but the first are left out of ``parts``.
    n_words : int
        Words of all documents.
    """

    def __init__(self, ids: np.ndarray, words: pd.DataFrame | Iterable[pd.DataFrame]) -> None:
        self._given: Iterable[pd.DataFrame] = [words] if isinstance(words, pd.DataFrame) else words
        self._places, self.n_documents = pd.Index(ids), len(ids)
        self.n_words = sum(len(part) for part in self._given)
        self.equal = equal_texts(self._all, len(ids))
        self._alone = np.ones(len(ids), bool)
        self._alone[self.equal[1]] = False

    def parts(self, among: np.ndarray | None = None) -> Iterator[Words]:
        """Give the words outside spans, part by part; those of the documents ``among`` where that is given."""
        wanted = self._alone if among is None else self._alone & among
        for part, document in self._numbered():
            outside = part["outside"].to_numpy()
            some = np.bincount(document[outside], minlength=self.n_documents) > 0
            chosen = wanted[document] & (outside | ~some[document])
            word, is_number = part["word"].to_numpy(), part["is_number"].to_numpy()
            yield Words(document[chosen], word[chosen], is_number[chosen])

    def whole(self, among: np.ndarray) -> Words:
        """Return the words of some documents in one."""
        parts: Sequence[Words] = list(self.parts(among))
        document = np.concatenate([np.zeros(0, np.int64), *(part.document for part in parts)])
        order = document_order(document) if len(document) else np.zeros(0, np.int64)
        word = np.concatenate([np.zeros(0, np.uint64), *(part.value for part in parts)])
        is_number = np.concatenate([np.zeros(0, bool), *(part.is_number for part in parts)])
        return Words(document[order], word[order], is_number[order])

    def pairs(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Give document and word as ``parts`` does."""
        return ((part.document, part.value) for part in self.parts())

    def _all(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return ((document, part["word"].to_numpy()) for part, document in self._numbered())

    def _numbered(self) -> Iterator[tuple[pd.DataFrame, np.ndarray]]:
        for part in self._given:
            at = self._places.get_indexer(part["doc_id"].cat.categories.astype(str))
            document = at[part["doc_id"].cat.codes.to_numpy()]
            if np.any(document[1:] < document[:-1]):
                order = document_order(document)
                part, document = part.take(order), document[order]
            yield part, document

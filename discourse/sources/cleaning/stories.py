"""Words of stories as numbers: what copies are found by, document by document, in one table or in parts."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.sources.cleaning.alignment import Words
from discourse.sources.cleaning.boilerplate import mask_tokens
from discourse.sources.cleaning.shingles import equal_texts, shared_shingles
from discourse.sources.cleaning.word_runs import (
    distinct_shingles,
    document_order,
    placed_sums,
    word_hashes,
    word_sums,
)

__all__ = ["SEED", "Stories", "StoryRuns", "find_runs", "number_words"]

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


class StoryRuns(NamedTuple):
    """What copies are found by, of some documents: made where their words are, joined with that of all others."""

    ids: pd.Index
    shingle: int  # words in a run
    document: np.ndarray  # of each word outside spans, by number here; of all words where none stands outside
    word: np.ndarray
    is_number: np.ndarray
    run_document: np.ndarray  # runs of words, by hash, each once a document
    run: np.ndarray
    sums: np.ndarray  # a row a document: words, their sum, the same with places, distinct runs, their sum


def find_runs(words: pd.DataFrame, shingle: int = 5) -> StoryRuns:
    """Return the runs of ``shingle`` words of each document, from what ``number_words`` returned."""
    n_documents = len(words["doc_id"].cat.categories)
    document = words["doc_id"].cat.codes.to_numpy()
    if np.any(document[1:] < document[:-1]):
        order = document_order(document)
        words, document = words.take(order), document[order]
    word, outside = words["word"].to_numpy(), words["outside"].to_numpy()
    sizes = np.bincount(document, minlength=n_documents)
    sums = [sizes.astype(np.uint64), word_sums(word, sizes), placed_sums(word, sizes)]
    some = np.bincount(document[outside], minlength=n_documents) > 0
    chosen = outside | ~some[document]
    document, word = document[chosen], word[chosen]
    run_document, run, n_runs, digests = distinct_shingles(document, word, n_documents, shingle)
    told = np.column_stack([*sums, n_runs.astype(np.uint64), digests])
    ids = pd.Index(words["doc_id"].cat.categories, dtype="str")
    is_number = words["is_number"].to_numpy()[chosen]
    return StoryRuns(ids, shingle, document.astype(np.int32), word, is_number, run_document, run, told)


class Stories:
    """The words and runs of all documents, in parts.

    Parameters
    ----------
    ids : ndarray of str
        The documents; they are numbered by their place here.
    words : DataFrame, or iterable of DataFrame or StoryRuns
        What ``number_words`` returned for all of them or for parts of them, or what ``find_runs`` made of it.
    shingle : int
        Words in a run.

    Attributes
    ----------
    equal : (ndarray, ndarray)
        The pairs (first, later) of documents whose words are the same; all but the first are left out of the sets.
    sets : ShingleSets
        The runs that documents share.
    """

    def __init__(self, ids: np.ndarray, words: pd.DataFrame | Iterable[pd.DataFrame | StoryRuns], shingle: int) -> None:
        given = [words] if isinstance(words, pd.DataFrame) else words
        if any(isinstance(part, pd.DataFrame) for part in given):
            given = [part if isinstance(part, StoryRuns) else find_runs(part, shingle) for part in given]
        self._given: Iterable[StoryRuns] = given  # type: ignore[assignment]
        self._numbers, places, told = [], pd.Index(ids), np.zeros((len(ids), 5), np.uint64)
        for part in self._given:
            self._numbers.append(places.get_indexer(part.ids).astype(np.int32))
            told[self._numbers[-1]] = part.sums
        self.equal = equal_texts(told[:, 0].astype(np.int64), told[:, 1], told[:, 2])
        alone = np.ones(len(ids), bool)
        alone[self.equal[1]] = False
        self.sets = shared_shingles(self._runs, alone, told[:, 3].astype(np.int64), told[:, 4])

    def whole(self, among: np.ndarray) -> Words:
        """Return the words of some documents in one."""
        found = [Words(np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, bool))]
        for part, numbers in zip(self._given, self._numbers, strict=True):
            rows = np.flatnonzero(among[numbers][part.document])
            found.append(Words(numbers[part.document[rows]], part.word[rows], part.is_number[rows]))
        document, word, is_number = (np.concatenate(column) for column in zip(*found, strict=True))
        order = document_order(document) if len(document) else np.zeros(0, np.int64)
        return Words(document[order], word[order], is_number[order])

    def _runs(self) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        for part, numbers in zip(self._given, self._numbers, strict=True):
            yield numbers, part.run_document, part.run

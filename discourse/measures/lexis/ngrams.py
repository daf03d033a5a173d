"""N-grams: every sequence of words that stands often enough, with its documents."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.lexis.sequences import find_sequences, read_lengths, written_sequences
from discourse.measures.lexis.terms import find_terms

__all__ = ["LEAST", "check_least", "count_ngrams", "names_of"]

LEAST = 5


def count_ngrams(
    tokens: pd.DataFrame,
    n: int | Sequence[int] = (2, 3, 4, 5),
    *,
    unit: str = "norm",
    least: int = LEAST,
    across_marks: bool = False,
) -> pd.DataFrame:
    """Count the sequences of words of a corpus: TOKENS become NGRAMS.

    A sequence lies in one sentence and holds no mark; quotation marks are looked through, as patterns of lexicons do
    (حركة «طالبان» is حركة طالبان).

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    n : int or sequence of int
        Words of a sequence, from 1 to 10.
    unit : {"form", "norm", "lemma"}
        What a word is. A word without a lemma is in no sequence of lemmas.
    least : int
        Sequences that stand less often have no row.
    across_marks : bool
        Let sequences run over commas and other marks within a sentence.

    Returns
    -------
    DataFrame
        NGRAMS, by length, from the most frequent down; the alphabet decides among equals.

    Raises
    ------
    SchemaError
        ``n`` or ``least`` is no such number, or the unit has no column.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> texts = ["وزير الخارجية، وزير الخارجية", "وزير الخارجية"]
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}))
    >>> count_ngrams(tokens, 2, least=2)[["term", "form", "n", "n_places", "n_docs"]].values.tolist()
    [['وزير الخارجية', 'وزير الخارجية', 3, 3, 2]]
    """
    lengths = read_lengths(n)
    check_least(least)
    terms = find_terms(tokens, unit=unit)
    tables = []
    for found in find_sequences(tokens, terms, lengths[-1], least=least, marks=across_marks):
        if found.length not in lengths:
            continue
        names = np.array(names_of(terms.names, terms.codes, found.first, found.length), dtype=object)
        order = np.lexsort((names, -found.n)) if len(names) else np.zeros(0, np.int64)
        table = pd.DataFrame(
            {
                "rank": (-pd.Series(found.n)).rank(method="min").astype(np.int64),
                "term": names,
                "form": written_sequences(tokens, terms, found, np.arange(len(found.n))),
                "n_words": found.length,
                "n": found.n,
                "n_places": found.n_places,
                "per_1000": 1000 * found.n / max(found.n_places, 1),
                "n_docs": found.n_docs,
            }
        )
        tables.append(table.iloc[order])
    return conform_in_order(pd.concat(tables, ignore_index=True), "NGRAMS")


def check_least(least: int) -> None:
    """Raise where the least count is none."""
    if isinstance(least, bool) or not isinstance(least, int | np.integer) or least < 1:
        raise SchemaError(f"`least` is {least!r}; it must be a whole number, 1 or more. {LEAST} is the usual choice.")


def names_of(names: pd.Index, codes: np.ndarray, first: np.ndarray, length: int) -> list[str]:
    """Return sequences in words, from the place at which each begins."""
    words = names.to_numpy(dtype=object)
    columns = [words[codes[first + step]] for step in range(length)]
    return [" ".join(row) for row in zip(*columns, strict=True)]

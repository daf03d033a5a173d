"""Clauses of a corpus, as a table."""

from typing import Any

import numpy as np
import pandas as pd

from discourse import tables
from discourse.reading.grammar.model import Clause, Phrase
from discourse.reading.grammar.parsing import parse

__all__ = ["find_clauses"]


def find_clauses(documents: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Find the clauses of DOCUMENTS: who does what to whom, as CLAUSES.

    One row is one clause: a finite verb with its subject and object, or a sentence without a verb. Auxiliaries (كان،
    لم يعد، لا يزال) are no clause of their own but ``operators`` of the verb behind them. Nothing is looked up outside
    the sentence: the subject of a verb that names none is that of the clause before where it agrees, else null.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``.
    tokens : DataFrame
        TOKENS of the same documents, by ``tokenize``.

    Returns
    -------
    DataFrame
        CLAUSES, sorted by doc_id, sentence, clause; places are positions of tokens.

    Raises
    ------
    SchemaError
        ``documents`` or ``tokens`` lack a column, or a document of ``tokens`` is not in ``documents``.

    Notes
    -----
    Rules over words, no model: docs/method-clauses.md lists them with their measured errors. The work on a sentence is
    linear in its length; what depends on the word alone is worked out once a word.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["أعلن الوزير أن الحكومة ترفض القرار."]})
    >>> found = find_clauses(documents, tokenize(documents))
    >>> found[["lemma", "subject_head", "object_head", "relation"]].to_numpy().tolist()
    [['أعلن', 1, <NA>, 'main'], ['رفض', 3, 5, 'complement']]
    """
    tables.check_tokens_of(tokens, documents)
    rows = [row for sentence in _sentences(tokens) for row in _rows(*sentence)]
    columns = [column.name for column in tables.TABLES["CLAUSES"].columns]
    return tables.conform(pd.DataFrame(rows, columns=columns), "CLAUSES")


def _sentences(tokens: pd.DataFrame) -> list[tuple[Any, int, np.ndarray, list[str], list[str]]]:
    """Return document, number, positions, normal forms and words as written of each sentence."""
    n_rows = len(tokens)
    if not n_rows:
        return []
    document = tokens["doc_id"].cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    new = np.flatnonzero((document[1:] != document[:-1]) | (sentence[1:] != sentence[:-1])) + 1
    begins, ends = [0, *new.tolist()], [*new.tolist(), n_rows]
    norms = tokens["norm"].astype(object).tolist()
    words = tokens["token"].astype(object).tolist()
    positions = tokens["position"].to_numpy()
    names = tokens["doc_id"].cat.categories
    return [
        (names[document[b]], int(sentence[b]), positions[b:e], norms[b:e], words[b:e])
        for b, e in zip(begins, ends, strict=True)
    ]


def _rows(document: Any, sentence: int, positions: np.ndarray, norms: list[str], words: list[str]) -> list[tuple]:
    return [_row(document, sentence, positions, clause) for clause in parse(norms, words)]


def _row(document: Any, sentence: int, positions: np.ndarray, clause: Clause) -> tuple:
    def place(at: int | None) -> int | None:
        return None if at is None or at < 0 else int(positions[at])

    def span(phrase: Phrase | None) -> tuple:
        if phrase is None:
            return (None, None, None, False)
        return place(phrase.start), int(positions[phrase.end - 1]) + 1, place(phrase.head), phrase.pronoun

    return (
        document,
        sentence,
        clause.number,
        place(clause.start),
        int(positions[clause.end - 1]) + 1,
        place(clause.predicate),
        clause.kind,
        clause.lemmas[0] if clause.lemmas else None,
        *span(clause.subject),
        *span(clause.object),
        clause.parent,
        clause.relation,
        place(clause.marker),
        "|".join(clause.operators),
        clause.passive,
    )

"""TOKENS in mapped memory, and what was worked out about their words and rows: how it is laid out and taken up."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from discourse.language.base import load_language
from discourse.language.cuts import Cuts
from discourse.language.tokens import remember_words, words_among
from discourse.reading.matching.rows import Rows, document_edges, remember_rows, rows_by_word, word_places
from discourse.reading.matching.vocabulary import cuts_of, remember_cuts
from discourse.saved.files import MappedFile, array_of, strings_of

__all__ = ["find_fault", "lay_out", "take_up"]

_CODED = {"doc_id": "documents", "token": "tokens", "norm": "norms"}
_PLAIN = ("position", "sentence", "start_char", "end_char")
_NUMBERS = ("hashes", "word", "before", "after")
_ROWS = ("rows", "begin", "marks", "before", "behind")


def lay_out(tokens: pd.DataFrame, language: str) -> dict[str, dict[str, np.ndarray | pa.Array]]:
    """Return the arrays of the files of TOKENS, by file and name.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it.
    language : str
        The language that they were cut by.
    """
    written, norms = tokens["token"].cat.categories, tokens["norm"].cat.categories
    cuts, rows = cuts_of(norms, load_language(language)), rows_by_word(tokens)
    return {
        "tokens.arrow": {
            name: tokens[name].array.codes if name in _CODED else tokens[name].to_numpy() for name in tokens.columns
        },
        "vocabulary.arrow": {
            **{file: _strings(tokens[name].cat.categories.tolist()) for name, file in _CODED.items()},
            "token_is_word": words_among(written).view(np.uint8),
        },
        "words.arrow": {
            "befores": _strings(cuts.befores),
            "afters": _strings(cuts.afters),
            **{name: getattr(cuts, name) for name in _NUMBERS},
        },
        "rows.arrow": {
            **{name: getattr(rows, name) for name in _ROWS},
            "edges": document_edges(tokens),
            "words": word_places(tokens),
        },
    }


def _strings(words: list[str]) -> pa.Array:
    return pa.array(words, pa.large_string())


def take_up(files: dict[str, MappedFile], language: str) -> pd.DataFrame:
    """Return TOKENS in mapped memory; what was worked out about its words and rows is remembered with it."""
    table, vocabulary = files["tokens.arrow"].table(), files["vocabulary.arrow"].table()
    columns: dict[str, Any] = {}
    for name in table.column_names:
        values = array_of(table, name)
        if name in _CODED:
            words = pd.array(strings_of(vocabulary, _CODED[name]), dtype="str")
            categories = pd.Index(words, name="doc_id" if name == "doc_id" else None)
            # the words were distinct when they were saved, and the file is as it was saved
            kind = pd.CategoricalDtype._from_fastpath(categories, ordered=False)  # type: ignore[attr-defined]
            columns[name] = pd.Categorical.from_codes(values, dtype=kind, validate=False)
        else:
            columns[name] = values
    tokens = pd.DataFrame(columns, copy=False)
    remember_words(tokens["token"].cat.categories, array_of(vocabulary, "token_is_word").view(bool))
    norms = tokens["norm"].cat.categories
    remember_cuts(norms, load_language(language), _cuts(files["words.arrow"].table(), vocabulary))
    table = files["rows.arrow"].table()
    rows = Rows(tokens["norm"].array.codes, *(array_of(table, name) for name in _ROWS))
    remember_rows(tokens, rows, edges=array_of(table, "edges"), places=array_of(table, "words"))
    return tokens


def _cuts(table: pa.Table, vocabulary: pa.Table) -> Cuts:
    befores, afters = (strings_of(table, name).to_pylist() for name in ("befores", "afters"))
    numbers = {name: array_of(table, name) for name in _NUMBERS}
    words: Any = MappedWords(strings_of(vocabulary, "norms"))
    return Cuts(words, befores, afters, **numbers)


def find_fault(files: dict[str, MappedFile]) -> str:
    """Say what in these files, whole as they are, leads to no place; empty where nothing does.

    Who saves a corpus writes no such files; who means harm could, and pandas does not look where a place leads.
    """
    table, vocabulary = files["tokens.arrow"].table(), files["vocabulary.arrow"].table()
    words, rows = files["words.arrow"].table(), files["rows.arrow"].table()
    try:
        n_rows, n_norms = table.num_rows, len(strings_of(vocabulary, "norms"))
        begin = array_of(rows, "begin")
        lead = [
            *((array_of(table, name), len(strings_of(vocabulary, file))) for name, file in _CODED.items()),
            (array_of(words, "word"), n_norms),
            *((array_of(words, name), len(strings_of(words, f"{name}s"))) for name in ("before", "after")),
            *((array_of(rows, name), n_rows) for name in ("rows", "marks", "words")),
            *((values, n_rows + 1) for values in (begin, array_of(rows, "edges"))),
        ]
        alike = [array_of(words, name) for name in _NUMBERS], [array_of(rows, name) for name in _ROWS[2:]]
        sizes = [{len(values) for values in arrays} for arrays in alike]
        known = len(array_of(vocabulary, "token_is_word")) == len(strings_of(vocabulary, "tokens"))
    except (KeyError, IndexError, pa.ArrowException) as error:
        return f"the files have other columns than those of a saved corpus ({error})"
    if any(len(values) and (values.min() < 0 or values.max() >= n) for values, n in lead):
        return "a place leads beyond the end of what it is a place in"
    if not known or any(len(size) > 1 for size in sizes) or len(begin) != n_norms + 2 or (np.diff(begin) < 0).any():
        return "arrays that belong together have different lengths"
    return ""


class MappedWords(Sequence[str]):
    """Words in mapped memory as a list is asked: of each, only when it is asked for; of all, once."""

    def __init__(self, words: pa.LargeStringArray) -> None:
        self._words = words
        self._listed: list[str] | None = None

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: Any) -> Any:
        if self._listed is not None or isinstance(place, slice):
            return self._all()[place]
        return self._words[place].as_py()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def _all(self) -> list[str]:
        listed = self._words.to_pylist() if self._listed is None else self._listed
        self._listed = listed
        return listed

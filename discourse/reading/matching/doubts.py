"""Rows at which a word is spelled as a form of a lemma and is none: other hamzas, words around it, a word of `not`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.memory import of_rows
from discourse.reading.matching.compiled import Compiled, Key
from discourse.reading.matching.vocabulary import cuts_of, lemma_readings

__all__ = ["Doubts", "find_doubts"]

_REACH = 2  # words looked at on either side
_NONE: np.ndarray = np.empty(0, np.int64)


@dataclass(frozen=True)
class Doubts:
    """The rows of TOKENS that are no form of a lemma although their word could be, by key, ascending."""

    refused: dict[Key, np.ndarray]

    def of_place(self, place: Iterable[Key], rows_of: Mapping[Key, np.ndarray], norms: np.ndarray) -> np.ndarray:
        """Return the rows that none of these keys takes, although the word of one of them stands there."""
        keys = list(place)
        doubtful = [self.refused[key] for key in keys if key in self.refused]
        if not doubtful:
            return _NONE
        if len(keys) == 1:
            return doubtful[0]
        rows = np.unique(np.concatenate(doubtful))
        taken = np.zeros(len(rows), bool)
        for key in keys:
            words = rows_of.get(key, _NONE)
            taken |= np.isin(norms[rows], words) & ~np.isin(rows, self.refused.get(key, _NONE))
        return rows[~taken]


def find_doubts(tokens: pd.DataFrame, compiled: Compiled) -> Doubts:
    """Return the rows that are refused to the lemmas of a lexicon: once for the rows and the content."""
    judged = compiled.language.readings is not None and compiled.written
    if not judged and not compiled.others:
        return Doubts({})
    name = "doubts", compiled.name
    columns = ("doc_id", "sentence", "token", "norm")
    return of_rows(tokens, columns, name, lambda: Doubts(_refused(tokens, compiled)))


def _refused(tokens: pd.DataFrame, compiled: Compiled) -> dict[Key, np.ndarray]:
    token, norm = tokens["token"].cat, tokens["norm"].cat
    codes, norms = token.codes.to_numpy(), norm.codes.to_numpy()
    norm_of = np.full(len(token.categories), -1, np.int64)
    norm_of[codes] = norms
    tokens_of = _grouped(norm_of)
    words = token.categories.tolist()
    never: dict[Key, list[int]] = defaultdict(list)
    asked: dict[Key, dict[int, frozenset[str]]] = defaultdict(dict)
    for key, listed in _listed_others(norm.categories, compiled).items():
        normal = compiled.language.normalizer
        for word, forms in listed.items():
            never[key] += [code for code in tokens_of(word) if _is_one_of(words[code], forms, normal)]
    language = compiled.language.readings
    if language is not None and compiled.written:
        for key, readings in lemma_readings(norm.categories, compiled).items():
            lemma, pos = compiled.lemma_of[key]
            for word, forms in readings.items():
                for code in tokens_of(word):
                    guards = language.judge(words[code], forms, lemma, pos)
                    if guards is None:
                        never[key].append(code)
                    elif guards:
                        asked[key][code] = guards
    rows = _rows_of_tokens(codes, {code for codes in (*never.values(), *asked.values()) for code in codes})
    around = _Around(tokens, words)
    refused: dict[Key, np.ndarray] = {}
    known: dict[tuple[int, frozenset[str]], np.ndarray] = {}
    for key in {*never, *asked}:
        parts = [rows[code] for code in never.get(key, ())]
        for code, guards in asked.get(key, {}).items():
            if (code, guards) not in known and language is not None:
                fitting = [
                    any(language.stands(guard, words[code], before, behind) for guard in guards)
                    for before, behind in around.of(rows[code])
                ]
                known[code, guards] = rows[code][~np.array(fitting, bool)]
            parts.append(known[code, guards])
        found = np.unique(np.concatenate([_NONE, *parts]))
        if len(found):
            refused[key] = found
    return refused


def _listed_others(vocabulary: pd.Index, compiled: Compiled) -> dict[Key, dict[int, list[tuple[int, int, str]]]]:
    """Return the words that lemmas list under ``not``: by key and word, letters before and behind, and as listed."""
    found: dict[Key, dict[int, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
    hosts = sorted({host for words in compiled.others.values() for host in words})
    if not hosts:
        return found
    cuts, fits = cuts_of(vocabulary, compiled.language), compiled.language.inflection.fits
    for place, cut in zip(*(array.tolist() for array in cuts.find(hosts)), strict=True):
        before, after = cuts.befores[cuts.before[cut]], cuts.afters[cuts.after[cut]]
        for key, words in compiled.others.items():
            for listed, name in words.get(hosts[place], ()):
                if fits(name, before, after):
                    found[key][int(cuts.word[cut])].append((len(before), len(after), listed))
    return found


def _is_one_of(token: str, forms: Iterable[tuple[int, int, str]], normal: Callable[[str], str]) -> bool:
    """Tell whether a token may be one of these words: it has no letter, changed by folding, that is another there."""
    written = [letter for letter in token if normal(letter)]
    for before, after, listed in forms:
        host = written[before : len(written) - after]
        if all(a in (b, normal(a)) or normal(a) != normal(b) for a, b in zip(host[::-1], listed[::-1], strict=False)):
            return True
    return False


def _grouped(norm_of: np.ndarray):
    """Return a function that gives the tokens of a normal form."""
    order = np.argsort(norm_of, kind="stable")
    ordered = norm_of[order]

    def tokens_of(word: int) -> list[int]:
        begin, stop = np.searchsorted(ordered, (word, word + 1))
        return order[begin:stop].tolist()

    return tokens_of


def _rows_of_tokens(codes: np.ndarray, wanted: set[int]) -> dict[int, np.ndarray]:
    """Return the rows of each of these tokens."""
    flag = np.zeros(int(codes.max(initial=0)) + 1, bool)
    flag[list(wanted)] = True
    rows = np.flatnonzero(flag[codes])
    order = np.argsort(codes[rows], kind="stable")
    rows = rows[order]
    here, begin = np.unique(codes[rows], return_index=True)
    parts = np.split(rows, begin[1:])
    found = dict(zip(here.tolist(), parts, strict=True)) if len(here) else {}
    return {code: found.get(code, _NONE) for code in wanted}


class _Around:
    """The words around a row, within its sentence."""

    def __init__(self, tokens: pd.DataFrame, words: list[str]) -> None:
        self._words = words
        self._codes = tokens["token"].cat.codes.to_numpy()
        document, sentence = tokens["doc_id"].cat.codes.to_numpy(), tokens["sentence"].to_numpy()
        new = (document[1:] != document[:-1]) | (sentence[1:] != sentence[:-1])
        self._sentence = np.concatenate([np.zeros(1, np.int64), np.cumsum(new)])

    def of(self, rows: np.ndarray) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the words before each row and those behind it, the nearest first."""
        return list(zip(self._side(rows, -1), self._side(rows, 1), strict=True))

    def _side(self, rows: np.ndarray, step: int) -> list[tuple[str, ...]]:
        places = rows[:, None] + step * np.arange(1, _REACH + 1)
        at = np.clip(places, 0, len(self._codes) - 1)
        inside = (at == places) & (self._sentence[at] == self._sentence[rows][:, None])
        codes = np.where(inside, self._codes[at], -1)
        return [tuple(self._words[code] for code in found if code >= 0) for found in codes.tolist()]

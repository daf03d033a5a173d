"""What each distinct word of a corpus can be in a lexicon: the one place where patterns meet words."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.language.base import Language
from discourse.language.cuts import Cuts
from discourse.memory import of_content, of_words
from discourse.reading.matching.compiled import Compiled, Key

__all__ = ["Entries", "cuts_of", "find_entries", "lemma_readings", "remember_cuts"]

Reading = tuple[str, str, str, tuple[str, ...]]  # what stands before, what behind, class, the host as it is written

_TAGS = {"noun": ("noun", "adj"), "adj": ("adj", "noun"), "verb": ("verb",), "proper": ("noun",), "particle": ("",)}


def _is_kind(tag: str, pos: str) -> bool:
    """Tell whether a tag of camel-tools (noun_prop, adj_comp, verb ...) is of a lexicon's part of speech."""
    return tag.startswith(_TAGS[pos])


def _glob_pattern(key: Key, proclitics: Mapping[str, str]) -> str:
    """Return the regular expression of a glob, with the proclitics it may take."""
    _, text, clitics, proper = key
    body = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in text)
    return body if text[0] == "*" or clitics == "none" else proclitics.get("name" if proper else "word", "") + body


@dataclass(frozen=True)
class Entries:
    """What the words of a vocabulary can be in a lexicon.

    Attributes
    ----------
    word : array of int
        The words that are a pattern of one word, ascending.
    count, offset : array of int
        How many patterns each of them is, and where they stand in ``pattern``.
    pattern : array of int
        The patterns, ascending for each word.
    rival : array of bool
        Whether the word is more than one pattern of a category, so that one of them gives way.
    words : dict
        The words that can stand in each place of the patterns of more than one word.
    by_key : dict
        The words of each alternative.
    """

    word: np.ndarray
    count: np.ndarray
    offset: np.ndarray
    pattern: np.ndarray
    rival: np.ndarray
    words: dict[tuple[Key, ...], np.ndarray]
    by_key: Mapping[Key, np.ndarray]


def find_entries(
    vocabulary: pd.Index, compiled: Compiled, *, longest: bool, lemmas: pd.DataFrame | None = None
) -> Entries:
    """Return what each word of a vocabulary can be in a lexicon: once for each vocabulary and content.

    Parameters
    ----------
    vocabulary : Index
        The categories of TOKENS.norm.
    compiled : Compiled
        The lexicon.
    longest : bool
        Leave out the patterns that give way to an earlier one wherever they stand: those of the same category and
        the same word, where the earlier one has no exceptions.
    lemmas : DataFrame, optional
        ``lemma`` and ``pos`` of each word, to resolve the lemma entries by analysis instead of form.
    """
    by_key = of_words(vocabulary, ("keys", compiled.name), lambda: _resolve(vocabulary, compiled))
    if lemmas is not None:
        return _entries(compiled, {**by_key, **_by_lemma(compiled, lemmas)}, longest=longest)
    name = ("entries", compiled.name, longest)
    return of_words(vocabulary, name, lambda: _entries(compiled, by_key, longest=longest))


def _resolve(vocabulary: pd.Index, compiled: Compiled) -> dict[Key, np.ndarray]:
    """Return the words that each key can be: those with a host of it between clitics that its class takes."""
    language = compiled.language
    cuts = cuts_of(vocabulary, language)
    keys = of_content(("pairs", compiled.name), lambda: _pairs(compiled))[0]
    pair, cut, fit, _ = _fitting_pairs(compiled, cuts)
    chosen = np.sort(pair[fit, 0] * len(vocabulary) + cuts.word[cut[fit]])
    chosen = chosen[np.diff(chosen, prepend=-1) > 0]
    bounds = np.searchsorted(chosen, np.arange(len(keys) + 1) * len(vocabulary))
    by_key = {
        key: chosen[begin:stop] - number * len(vocabulary)
        for number, (key, begin, stop) in enumerate(zip(keys, bounds[:-1], bounds[1:], strict=True))
        if begin < stop
    }
    return by_key | {key: _glob(vocabulary, key, language) for key in compiled.globs}


def _fitting_pairs(compiled: Compiled, cuts: Cuts) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return each pair of a key and a class with each cut of its host, whether they fit, and the place of the host."""
    _, classes, pairs, n_pairs = of_content(("pairs", compiled.name), lambda: _pairs(compiled))
    allowed = np.array([_fitting(compiled.language, name, cuts) for name in classes], bool)
    places, found = cuts.find(list(compiled.hosts))
    first = np.cumsum(n_pairs) - n_pairs
    n = n_pairs[places]
    pair = pairs[np.arange(n.sum()) + np.repeat(first[places] - (np.cumsum(n) - n), n)]
    cut = np.repeat(found, n)
    fit = allowed[pair[:, 1], cuts.before[cut], cuts.after[cut]] if len(cut) else np.empty(0, bool)
    return pair, cut, fit, np.repeat(places, n)


def lemma_readings(vocabulary: pd.Index, compiled: Compiled) -> dict[Key, dict[int, tuple[Reading, ...]]]:
    """Return how each word can be a form of each lemma: by key and word, every cut with the host as it is written."""
    name = ("readings", compiled.name)
    return of_words(vocabulary, name, lambda: _lemma_readings(vocabulary, compiled))


def _lemma_readings(vocabulary: pd.Index, compiled: Compiled) -> dict[Key, dict[int, tuple[Reading, ...]]]:
    cuts = cuts_of(vocabulary, compiled.language)
    keys, classes, _, _ = of_content(("pairs", compiled.name), lambda: _pairs(compiled))
    pair, cut, fit, places = _fitting_pairs(compiled, cuts)
    fit &= np.array([key[0] == "lemma" for key in keys], bool)[pair[:, 0]] if len(keys) else fit
    hosts = list(compiled.hosts)
    found: dict[Key, dict[int, dict[Reading, None]]] = defaultdict(lambda: defaultdict(dict))
    chosen = cut[fit]
    columns = (pair[fit, 0], pair[fit, 1], cuts.word[chosen], cuts.before[chosen], cuts.after[chosen], places[fit])
    for number, kind, word, before, after, place in zip(*(column.tolist() for column in columns), strict=True):
        key, name = keys[number], classes[kind]
        reading = cuts.befores[before], cuts.afters[after], name, compiled.written.get((hosts[place], key, name), ())
        found[key][word][reading] = None
    return {key: {word: tuple(forms) for word, forms in words.items()} for key, words in found.items()}


def cuts_of(vocabulary: pd.Index, language: Language) -> Cuts:
    """Return the cuts of the words of a vocabulary, made once for it."""
    return of_words(vocabulary, ("cuts", language.name), lambda: language.cut_words(vocabulary.tolist()))


def remember_cuts(vocabulary: pd.Index, language: Language, cuts: Cuts) -> None:
    """Take the cuts of a vocabulary as known: what ``cuts_of`` made before."""
    of_words(vocabulary, ("cuts", language.name), lambda: cuts)


def _pairs(compiled: Compiled) -> tuple[list[Key], list[str], np.ndarray, np.ndarray]:
    """Return the keys, the classes, the places of both in each pair of each host, and how many pairs a host has."""
    pairs = [pair for pairs in compiled.hosts.values() for pair in pairs]
    key_at = {key: place for place, key in enumerate(dict.fromkeys(key for key, _ in pairs))}
    class_at = {name: place for place, name in enumerate(dict.fromkeys(name for _, name in pairs))}
    coded = np.array([(key_at[key], class_at[name]) for key, name in pairs], np.int64).reshape(-1, 2)
    return list(key_at), list(class_at), coded, np.array(list(map(len, compiled.hosts.values())), np.int64)


def _fitting(language: Language, name: str, cuts: Cuts) -> np.ndarray:
    """Tell of each pair of what stands before and behind a host whether a class takes it; no class takes nothing."""

    def fits(before: str, after: str) -> bool:
        return language.inflection.fits(name, before, after) if name else not before and not after

    content = ("fitting", language.name, name, *cuts.befores, None, *cuts.afters)
    return of_content(content, lambda: np.array([[fits(b, a) for a in cuts.afters] for b in cuts.befores], bool))


def _by_lemma(compiled: Compiled, lemmas: pd.DataFrame) -> dict[Key, np.ndarray]:
    """Resolve the lemma entries by the analysis of each word instead of its form."""
    keys_of: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for key, pairs in compiled.headwords.items():
        for lemma, pos in pairs:
            keys_of[lemma].append((key, pos))
    found: dict[Key, list[int]] = {key: [] for key in compiled.headwords}
    for code, (lemma, tag) in enumerate(zip(lemmas["lemma"], lemmas["pos"], strict=True)):
        if isinstance(lemma, str):
            for key, pos in keys_of.get(compiled.language.normalizer(lemma), ()):
                if _is_kind(str(tag), pos):
                    found[key].append(code)
    return {key: np.unique(np.array(codes, np.int64)) for key, codes in found.items()}


def _glob(vocabulary: pd.Index, key: Key, language: Language) -> np.ndarray:
    """Return the words that a glob matches; where few hold its longest run of letters, only these are tried."""
    words = cuts_of(vocabulary, language).words
    joined, starts = of_words(vocabulary, "joined", lambda: _joined(words))
    glob = _glob_pattern(key, language.proclitics)
    run = max(re.split(r"[*?]", key[1]), key=len)
    if joined.count(run) * 8 > len(words):
        begins = [match.start() for match in re.finditer(rf"^{glob}$", joined, re.MULTILINE)]
        return np.searchsorted(starts, np.array(begins, np.int64))
    held = [match.start() for match in re.finditer(re.escape(run), joined)]
    holding = np.unique(np.searchsorted(starts, np.array(held, np.int64), side="right") - 1)
    return np.array([word for word in holding.tolist() if re.fullmatch(glob, words[word])], np.int64)


def _joined(words: list[str]) -> tuple[str, np.ndarray]:
    """Return the words joined by line breaks, and where each begins."""
    return "\n".join(words), np.cumsum([0] + [len(word) + 1 for word in words])


def _entries(compiled: Compiled, by_key: Mapping[Key, np.ndarray], *, longest: bool) -> Entries:
    places = {place for pattern in compiled.patterns if len(pattern.places) > 1 for place in pattern.places}
    lists = [
        (_words_of(pattern.places[0], by_key), number)
        for number, pattern in enumerate(compiled.patterns)
        if len(pattern.places) == 1
    ]
    words = np.concatenate([np.empty(0, np.int64), *(codes for codes, _ in lists)])
    numbers = np.repeat(np.array([n for _, n in lists], np.int32), [len(codes) for codes, _ in lists])
    order = np.argsort(words, kind="stable")
    words, numbers = words[order], numbers[order]
    rivals = np.empty(0, np.int64)
    if longest:
        keep, rival = _rivals(words, numbers, compiled)
        rivals = words[rival]
        words, numbers = words[keep], numbers[keep]
    offset = np.flatnonzero(np.diff(words, prepend=-1))
    word, count = words[offset], np.diff(offset, append=len(words))
    rival = np.isin(word, rivals)
    return Entries(word, count, offset, numbers, rival, {p: _words_of(p, by_key) for p in places}, by_key)


def _words_of(place: tuple[Key, ...], by_key: Mapping[Key, np.ndarray]) -> np.ndarray:
    parts = [by_key[key] for key in place if key in by_key]
    if not parts:
        return np.empty(0, np.int64)
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _rivals(words: np.ndarray, numbers: np.ndarray, compiled: Compiled) -> tuple[np.ndarray, np.ndarray]:
    """Tell which (word, pattern) pairs stay, and which of these still have a rival in their category."""
    owner, exception = compiled.owner[numbers], compiled.is_exception[numbers]
    may_fail = np.isin(owner, compiled.owner[compiled.is_exception])
    if compiled.written or compiled.others:  # a form of a lemma may be refused where it stands
        by_lemma = [
            any(key[0] == "lemma" for place in pattern.places for key in place) for pattern in compiled.patterns
        ]
        may_fail |= np.array(by_lemma, bool)[numbers]
    group = words * (compiled.category.max(initial=0) + 1) + compiled.category[owner]
    # Per word and category: the first entry that nothing can take away; entries behind it never win.
    plain = np.flatnonzero(~exception)
    sure = plain[~may_fail[plain]]
    groups, first = np.unique(group[sure], return_index=True)
    best = numbers[sure][first]
    keep = np.ones(len(words), bool)
    if len(groups):
        at = np.minimum(np.searchsorted(groups, group[plain]), len(groups) - 1)
        keep[plain] = (groups[at] != group[plain]) | (numbers[plain] <= best[at])
    left = plain[keep[plain]]
    _, place, n = np.unique(group[left], return_inverse=True, return_counts=True)
    rival = np.zeros(len(words), bool)
    rival[left] = n[place] > 1
    return keep, rival

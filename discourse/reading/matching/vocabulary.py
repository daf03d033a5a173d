"""What each distinct word of a corpus can be in a lexicon: the one place where patterns meet words."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from discourse.language.base import Language, load_language
from discourse.lexicons.loader import Lexicon
from discourse.lexicons.patterns import Element, parse_pattern
from discourse.memory import of_content, of_words

__all__ = ["Compiled", "Entries", "Pattern", "compile_lexicon", "find_entries"]

Key = tuple[str, str, str, bool]  # kind, text, clitics, proper: one alternative with the clitics of its entry


@dataclass(frozen=True)
class Pattern:
    """One pattern ready to match: its places (each the alternatives as keys) and its gap."""

    places: tuple[tuple[Key, ...], ...]
    gap: int


@dataclass
class Compiled:
    """A lexicon ready to match: patterns (entries first, then their exceptions) and the hosts of their words.

    ``name`` stands for the content it was made from; ``category`` is the place of each entry's category.
    """

    name: tuple
    language: Language
    patterns: list[Pattern]
    owner: np.ndarray
    is_exception: np.ndarray
    category: np.ndarray
    hosts: dict[str, list[tuple[Key, str]]]
    globs: list[Key]
    headwords: dict[Key, frozenset[tuple[str, str]]] = field(default_factory=dict)


def _key(element: Element, clitics: str, proper: bool) -> Key:
    return element.kind, element.text, clitics, proper


def compile_lexicon(lexicon: Lexicon) -> Compiled:
    """Turn the entries of a lexicon, and their exceptions, into patterns over hosts: once for each content."""
    read = ("category", "pattern", "clitics", "pos", "gap", "except")
    content = repr(([lexicon.entries[name].tolist() for name in read], lexicon.lemmas))
    name = "compiled", hashlib.sha256(content.encode()).digest(), lexicon.normalizer, lexicon.language
    return of_content(name, lambda: _compile(lexicon, name))


def _compile(lexicon: Lexicon, name: tuple) -> Compiled:
    rows = lexicon.entries.to_dict("records")
    pairs = [(number, row["pattern"], row, False) for number, row in enumerate(rows)]
    pairs += [(number, text, row, True) for number, row in enumerate(rows) for text in row["except"]]
    patterns, hosts, globs, keys = [], defaultdict(list), [], set()
    headwords = {}
    for _, text, row, exception in pairs:
        clitics, proper = ("both", False) if exception else (row["clitics"], row["pos"] == "proper")
        places = []
        for element in parse_pattern(text, lexicon.normalizer, lexicon.language):
            place = []
            for alternative in element:
                key = _key(alternative, clitics, proper)
                place.append(key)
                if key not in keys:
                    keys.add(key)
                    _add_hosts(key, alternative, lexicon, hosts, globs)
                    if alternative.kind == "lemma":
                        headwords[key] = _headwords(alternative.text, lexicon)
            places.append(tuple(place))
        patterns.append(Pattern(tuple(places), int(row["gap"])))
    return Compiled(
        name,
        load_language(lexicon.language),
        patterns,
        np.array([pair[0] for pair in pairs], np.int32),
        np.array([pair[3] for pair in pairs], bool),
        lexicon.entries["category"].astype("category").cat.codes.to_numpy(np.int64),
        dict(hosts),
        globs,
        headwords,
    )


def _headwords(name: str, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """Return the (lemma, part of speech) pairs under which a morphological analysis would list a declared lemma."""
    spec, fold = lexicon.lemmas[name], lexicon.normalizer
    word = name.split("/", maxsplit=1)[0]
    pos = spec.get("pos", "noun")
    pairs = {(fold(word), pos)}
    verb = spec.get("verb") or (spec if pos == "verb" else {})
    past = verb.get("past")
    if verb:
        pairs.add((fold(past if isinstance(past, str) else past[0] if past else word), "verb"))
    for key, kind in (("masdar", "noun"), ("participle", "adj")):
        value = spec.get(key) or []
        pairs |= {(fold(form), kind) for form in ([value] if isinstance(value, str) else value)}
    return frozenset(pairs)


_TAGS = {"noun": ("noun", "adj"), "adj": ("adj", "noun"), "verb": ("verb",), "proper": ("noun",), "particle": ("",)}


def _is_kind(tag: str, pos: str) -> bool:
    """Tell whether a tag of camel-tools (noun_prop, adj_comp, verb ...) is of a lexicon's part of speech."""
    return tag.startswith(_TAGS[pos])


def _add_hosts(key: Key, element: Element, lexicon: Lexicon, hosts: dict, globs: list[Key]) -> None:
    kind, text, clitics, proper = key
    inflection = load_language(lexicon.language).inflection
    if kind == "glob":
        globs.append(key)
        return
    if kind == "lemma":
        pairs = inflection.inflect(text.split("/")[0], lexicon.lemmas[text], lexicon.normalizer)
    elif not any(c.isalpha() for c in text):
        pairs = [(text, "")]
    else:
        pairs = inflection.literal_hosts(text, clitics=clitics, proper=proper)
    for host, name in pairs:
        hosts[host].append((key, name))


def _glob_regex(key: Key, proclitics: Mapping[str, str]) -> re.Pattern:
    """Return the regex of a glob over the words joined by line breaks, with the proclitics it may take."""
    _, text, clitics, proper = key
    body = "".join({"*": "[^\n]*", "?": "[^\n]"}.get(c, re.escape(c)) for c in text)
    front = "" if text[0] == "*" or clitics == "none" else proclitics.get("name" if proper else "word", "")
    return re.compile(rf"^{front}{body}$", re.MULTILINE)


@dataclass(frozen=True)
class Entries:
    """What the words of a vocabulary can be in a lexicon.

    Attributes
    ----------
    count, offset : array of int, shape (n_words + 1,)
        How many patterns of one word each word is, and where they stand in ``pattern``; a last place for no word.
    pattern : array of int
        The patterns, ascending for each word.
    rivals : array of bool, shape (n_words + 1,)
        Words that are more than one pattern of a category, so that one of them gives way.
    words : dict
        The words that can stand in each place of the patterns of more than one word.
    """

    count: np.ndarray
    offset: np.ndarray
    pattern: np.ndarray
    rivals: np.ndarray
    words: dict[tuple[Key, ...], np.ndarray]


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
        return _entries(len(vocabulary), compiled, {**by_key, **_by_lemma(compiled, lemmas)}, longest=longest)
    name = ("entries", compiled.name, longest)
    return of_words(vocabulary, name, lambda: _entries(len(vocabulary), compiled, by_key, longest=longest))


def _resolve(vocabulary: pd.Index, compiled: Compiled) -> dict[Key, np.ndarray]:
    """Return the words that each key can be: those with a host of it between clitics that its class takes."""
    language = compiled.language
    cuts = of_words(vocabulary, ("cuts", language.name), lambda: language.cut_words(vocabulary.tolist()))
    hosts = list(compiled.hosts)
    places, found = cuts.find(hosts)
    keys = list(dict.fromkeys(key for pairs in compiled.hosts.values() for key, _ in pairs))
    classes = list(dict.fromkeys(name for pairs in compiled.hosts.values() for _, name in pairs))
    key_at, class_at = _places(keys), _places(classes)
    allowed = np.array(
        [[[_fits(language, name, b, a) for a in cuts.afters] for b in cuts.befores] for name in classes], bool
    )
    pairs = np.array([(key_at[k], class_at[c]) for pairs in compiled.hosts.values() for k, c in pairs], np.int64)
    pairs = pairs.reshape(-1, 2)
    n_pairs = np.array([len(pairs) for pairs in compiled.hosts.values()], np.int64)
    first = np.cumsum(n_pairs) - n_pairs
    n = n_pairs[places]
    pair = pairs[np.arange(n.sum()) + np.repeat(first[places] - (np.cumsum(n) - n), n)]
    cut = np.repeat(found, n)
    fit = allowed[pair[:, 1], cuts.before[cut], cuts.after[cut]] if len(cut) else np.empty(0, bool)
    chosen = np.unique(pair[fit, 0] * len(vocabulary) + cuts.word[cut[fit]])
    bounds = np.searchsorted(chosen, np.arange(len(keys) + 1) * len(vocabulary))
    by_key = {
        key: chosen[begin:stop] - number * len(vocabulary)
        for number, (key, begin, stop) in enumerate(zip(keys, bounds[:-1], bounds[1:], strict=True))
        if begin < stop
    }
    return by_key | {key: _glob(vocabulary, key, language) for key in compiled.globs}


def _places(values: list) -> dict:
    return {value: place for place, value in enumerate(values)}


def _fits(language: Language, name: str, before: str, after: str) -> bool:
    return language.inflection.fits(name, before, after) if name else not before and not after


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
    joined, starts = of_words(vocabulary, "joined", lambda: _joined(vocabulary.tolist()))
    found = [match.start() for match in _glob_regex(key, language.proclitics).finditer(joined)]
    return np.unique(np.searchsorted(starts, np.array(found, np.int64), side="left"))


def _joined(words: list[str]) -> tuple[str, np.ndarray]:
    """Return the words joined by line breaks, and where each begins."""
    return "\n".join(words), np.cumsum([0] + [len(word) + 1 for word in words])


def _entries(n_words: int, compiled: Compiled, by_key: Mapping[Key, np.ndarray], *, longest: bool) -> Entries:
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
    rivals = np.zeros(n_words + 1, bool)
    if longest:
        keep, rival = _rivals(words, numbers, compiled)
        rivals[words[rival]] = True
        words, numbers = words[keep], numbers[keep]
    count = np.bincount(words, minlength=n_words + 1)
    return Entries(count, np.cumsum(count) - count, numbers, rivals, {p: _words_of(p, by_key) for p in places})


def _words_of(place: tuple[Key, ...], by_key: Mapping[Key, np.ndarray]) -> np.ndarray:
    parts = [by_key[key] for key in place if key in by_key]
    if not parts:
        return np.empty(0, np.int64)
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _rivals(words: np.ndarray, numbers: np.ndarray, compiled: Compiled) -> tuple[np.ndarray, np.ndarray]:
    """Tell which (word, pattern) pairs stay, and which of these still have a rival in their category."""
    owner, exception = compiled.owner[numbers], compiled.is_exception[numbers]
    may_fail = np.isin(owner, compiled.owner[compiled.is_exception])
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

"""What each distinct word of a corpus can be in a lexicon: the one place where patterns meet words."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from discourse.language.arabic.inflection import analyses, fits, inflect, literal_hosts
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.language.base import load_language
from discourse.lexicons.loader import Lexicon
from discourse.lexicons.patterns import Element, parse_pattern

__all__ = ["Compiled", "Pattern", "Vocabulary", "compile_lexicon"]

Key = tuple[str, str, str, bool]  # kind, text, clitics, proper: one alternative with the clitics of its entry


@dataclass(frozen=True)
class Pattern:
    """One pattern ready to match: its places (each the alternatives as keys) and its gap."""

    places: tuple[tuple[Key, ...], ...]
    gap: int


@dataclass
class Compiled:
    """A lexicon ready to match: patterns (entries first, then their exceptions) and the hosts of their words."""

    patterns: list[Pattern]
    owner: np.ndarray
    is_exception: np.ndarray
    hosts: dict[str, list[tuple[Key, str]]]
    globs: list[Key]
    headwords: dict[Key, frozenset[tuple[str, str]]] = field(default_factory=dict)


def _key(element: Element, clitics: str, proper: bool) -> Key:
    return element.kind, element.text, clitics, proper


def compile_lexicon(lexicon: Lexicon) -> Compiled:
    """Turn the entries of a lexicon, and their exceptions, into patterns over hosts."""
    rows = lexicon.entries.to_dict("records")
    pairs = [(number, row["pattern"], row, False) for number, row in enumerate(rows)]
    pairs += [(number, text, row, True) for number, row in enumerate(rows) for text in row["except"]]
    patterns, hosts, globs, keys = [], defaultdict(list), [], set()
    headwords = {}
    for _, text, row, exception in pairs:
        clitics, proper = ("both", False) if exception else (row["clitics"], row["pos"] == "proper")
        places = []
        for element in parse_pattern(text, lexicon.normalizer):
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
        patterns,
        np.array([pair[0] for pair in pairs], np.int32),
        np.array([pair[3] for pair in pairs], bool),
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
    if kind == "glob":
        globs.append(key)
        return
    if kind == "lemma":
        pairs = inflect(text.split("/")[0], lexicon.lemmas[text], lexicon.normalizer)
    elif not any(c.isalpha() for c in text):
        pairs = [(text, "")]
    else:
        pairs = literal_hosts(text, clitics=clitics, proper=proper)
    for host, name in pairs:
        hosts[host].append((key, name))


_WORDS = load_language("arabic").words("matching")
_GLOB_PROCLITICS = {"none": "", "proclitic": _WORDS["before_glob"][0], "proper": _WORDS["before_proper_glob"][0]}


def _glob_regex(key: Key) -> re.Pattern:
    """Return the regex of a glob over the words joined by line breaks, with the proclitics it may take."""
    _, text, clitics, proper = key
    body = "".join({"*": "[^\n]*", "?": "[^\n]"}.get(c, re.escape(c)) for c in text)
    if text[0] == "*":
        front = ""
    else:
        front = _GLOB_PROCLITICS["none" if clitics == "none" else "proper" if proper else "proclitic"]
    return re.compile(rf"^{front}{body}$", re.MULTILINE)


class Vocabulary:
    """The distinct words of a corpus, each with the keys of a compiled lexicon that it can be."""

    def __init__(self, words: list[str], compiled: Compiled, *, lemmas: pd.DataFrame | None = None) -> None:
        self.words = words
        self.compiled = compiled
        self.by_key: dict[Key, np.ndarray] = self._resolve()
        if lemmas is not None:
            self.by_key |= self._by_lemma(lemmas)

    def _resolve(self) -> dict[Key, np.ndarray]:
        found: dict[Key, list[int]] = defaultdict(list)
        hosts = self.compiled.hosts
        for code, word in enumerate(self.words):
            if not word:
                continue
            seen = set()
            for prefix, host, suffix in analyses(word):
                for key, name in hosts.get(host, ()):
                    if key not in seen and (fits(name, prefix, suffix) if name else not prefix and not suffix):
                        seen.add(key)
                        found[key].append(code)
        for key in self.compiled.globs:
            found[key] += self._glob(key)
        return {key: np.array(sorted(set(codes)), np.int64) for key, codes in found.items()}

    def _by_lemma(self, lemmas: pd.DataFrame) -> dict[Key, np.ndarray]:
        """Resolve the lemma entries by the analysis of each word instead of its form."""
        keys_of: dict[str, list[tuple[Key, str]]] = defaultdict(list)
        for key, pairs in self.compiled.headwords.items():
            for lemma, pos in pairs:
                keys_of[lemma].append((key, pos))
        found: dict[Key, list[int]] = {key: [] for key in self.compiled.headwords}
        for code, (lemma, tag) in enumerate(zip(lemmas["lemma"], lemmas["pos"], strict=True)):
            if isinstance(lemma, str):
                for key, pos in keys_of.get(DEFAULT_NORMALIZER(lemma), ()):
                    if _is_kind(str(tag), pos):
                        found[key].append(code)
        return {key: np.unique(np.array(codes, np.int64)) for key, codes in found.items()}

    def _glob(self, key: Key) -> list[int]:
        if not hasattr(self, "_joined"):
            self._joined = "\n".join(self.words)
            self._starts = np.cumsum([0] + [len(word) + 1 for word in self.words])
        starts = [match.start() for match in _glob_regex(key).finditer(self._joined)]
        return np.searchsorted(self._starts, starts, side="left").tolist()

    def _words_of(self, place: tuple[Key, ...]) -> np.ndarray:
        parts = [self.by_key[key] for key in place if key in self.by_key]
        if not parts:
            return np.empty(0, np.int64)
        return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))

    def entries_by_word(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return, for one-word patterns, count per word, offset per word, and the flat pattern numbers."""
        lists: list[tuple[np.ndarray, int]] = []
        for number, pattern in enumerate(self.compiled.patterns):
            if len(pattern.places) == 1:
                lists.append((self._words_of(pattern.places[0]), number))
        words = np.concatenate([codes for codes, _ in lists]) if lists else np.empty(0, np.int64)
        numbers = np.repeat(np.array([n for _, n in lists], np.int32), [len(c) for c, _ in lists])
        order = np.argsort(words, kind="stable")
        counts = np.bincount(words, minlength=len(self.words))
        return counts, np.cumsum(counts) - counts, numbers[order]

    def words_by_place(self) -> dict[tuple[Key, ...], np.ndarray]:
        """Return, for each place of the multiword patterns, the codes of the words that can stand there."""
        places = {place for pattern in self.compiled.patterns if len(pattern.places) > 1 for place in pattern.places}
        return {place: self._words_of(place) for place in places}

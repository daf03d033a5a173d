"""Which forms that an entry matches look like another word's: by other entries, letters cut off, spelling, analysis."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from discourse.language.base import Language, load_language
from discourse.language.morphology import annotate_morphology
from discourse.language.words import read_words
from discourse.lexicons.loader import BUILT_IN, Lexicon, load_lexicon
from discourse.lexicons.patterns import parse_pattern
from discourse.memory import of_content
from discourse.reading.matching.compiled import Compiled, Key

__all__ = ["Form", "doubts_of"]

_SHORT = 2  # letters of a host
_ENDED = 20  # one token in so many with an ending that does not fit

Doubt = tuple[list[str], list[str]]
"""The rules that a form meets, and the words that it looks like."""


@dataclass
class Form:
    """A form of an entry: its words, where others stand between them, its first row, how often it is spelled how."""

    entry: int
    words: list[str]
    apart: tuple[bool, ...]
    row: int
    spellings: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        """How often the form stands in the corpus."""
        return self.spellings.total()

    @property
    def usual(self) -> list[str]:
        """The spelling that is most frequent; among equals the first by its letters."""
        return list(min(self.spellings, key=lambda spelling: (-self.spellings[spelling], spelling)))

    def shown(self, words: list[str]) -> str:
        """Return words of the form in one line."""
        gaps = [" … " if apart else " " for apart in self.apart]
        return "".join(part for pair in zip(words, [*gaps, ""], strict=True) for part in pair)


class _Way(NamedTuple):
    """One way to read a word: what is cut off, the host, its class, the host as its entry spells it."""

    before: str
    host: str
    after: str
    name: str
    spelled: frozenset[str]

    @property
    def n_cut(self) -> int:
        return len(self.before) + len(self.after)


class _Known(NamedTuple):
    """A word that is known otherwise: as it is listed, its normal form, and the class of one of its hosts."""

    listed: str
    normal: str
    name: str


def doubts_of(
    forms: list[Form], compiled: Compiled, lexicon: Lexicon, tokens: pd.DataFrame, *, analyzer: object = None
) -> list[Doubt]:
    """Return for each form the rules by which it looks like another word's, and the words that it looks like."""
    judge = _Judge(compiled, lexicon, tokens)
    analysed = {} if analyzer is None else _analyse(forms, analyzer)
    found = []
    for form in forms:
        rules: dict[str, None] = {}
        others: dict[str, None] = {}
        for number, place in enumerate(compiled.patterns[form.entry].places[: len(form.words)]):
            spellings: Counter[str] = Counter()
            for spelling, n in form.spellings.items():
                spellings[spelling[number]] += n
            own, looks = judge.doubts(place, form.words[number], spellings, analysed)
            rules |= dict.fromkeys(own)
            others |= dict.fromkeys(looks)
        found.append((list(rules), list(others)))
    return found


class _Judge:
    """Holds the words of places against what else is known of them; each place and word is looked at once."""

    def __init__(self, compiled: Compiled, lexicon: Lexicon, tokens: pd.DataFrame) -> None:
        self.language = compiled.language
        self.compiled, self.lexicon = compiled, lexicon
        norm = tokens["norm"].array
        counts = pd.Series(norm.codes[norm.codes >= 0]).value_counts()
        self.counts = dict(zip(norm.categories[counts.index].tolist(), counts.tolist(), strict=True))
        self.known = _known_words(self.language)
        self.spelled: dict[Key, dict[str, set[str]]] = {}
        self.cuts: dict[str, list[tuple[str, str, str]]] = {}

    def doubts(self, place: tuple[Key, ...], word: str, spellings: Counter[str], analysed: Mapping) -> Doubt:
        """Return the rules that a word at a place meets, and the words that it looks like."""
        ways = list(self._ways(place, word))
        if not ways:  # a glob, a mark, a number
            return [], []
        others = self._others(place, word, ways)
        rules = ["other"] if others else []
        least = min(way.n_cut for way in ways)
        if least == 1 and all(self.counts.get(word, 0) > self.counts.get(way.host, 0) for way in ways if way.n_cut == 1):
            rules.append("one letter")
        if least > 0 and all(len(way.host) <= _SHORT for way in ways):
            rules.append("short")
        n = spellings.total()
        if sum(count for token, count in spellings.items() if not self._spelled_so(token, ways)) * 2 > n:
            rules.append("spelling")
        if not any(way.name in self.language.ended for way in ways):
            n_ended = sum(count for token, count in spellings.items() if self._ended(token))
            if n_ended and n_ended * _ENDED >= n:
                rules.append("ending")
        lemmas = analysed.get(word)
        if lemmas and not lemmas & self._headwords(place):
            rules.append("analysis")
            others += sorted(lemmas - set(others))
        return rules, others

    def _analyses(self, word: str) -> list[tuple[str, str, str]]:
        if word not in self.cuts:
            self.cuts[word] = list(self.language.inflection.analyses(word)) if word else []
        return self.cuts[word]

    def _fits(self, name: str, before: str, after: str) -> bool:
        return self.language.inflection.fits(name, before, after) if name else not before and not after

    def _ways(self, place: tuple[Key, ...], word: str) -> Iterator[_Way]:
        for before, host, after in self._analyses(word):
            for key, name in self.compiled.hosts.get(host, ()):
                if key in place and self._fits(name, before, after):
                    yield _Way(before, host, after, name, frozenset(self._spellings(key).get(host, {host})))

    def _spellings(self, key: Key) -> dict[str, set[str]]:
        """Return the hosts of a key as the entry spells them."""
        if key not in self.spelled:
            found: dict[str, set[str]] = defaultdict(set)
            if key[0] == "lemma":
                spec = self.lexicon.lemmas[key[1]]
                for host, _ in self.language.inflection.inflect(key[1].split("/")[0], spec, str):
                    found[self.language.normalizer(host)].add(host)
            self.spelled[key] = dict(found)
        return self.spelled[key]

    def _others(self, place: tuple[Key, ...], word: str, ways: list[_Way]) -> list[str]:
        """Return the known words that a word is with fewer letters cut off, or as listed where it is not this one."""
        own = {self.language.normalizer(text.split("/")[0]) for _, text, _, _ in place} | self._headwords(place)
        least = min(way.n_cut for way in ways)
        listed = any(way.host in own for way in ways if way.n_cut == least)
        found = {}
        for before, host, after in self._analyses(word):
            n_cut = len(before) + len(after)
            if n_cut > least:
                continue
            for known in self.known.get(host, ()):
                nearer = n_cut < least or (host == known.normal and not listed)
                if nearer and known.normal not in own and self._fits(known.name, before, after):
                    found[known.listed] = None
        return list(found)

    def _headwords(self, place: tuple[Key, ...]) -> set[str]:
        return {lemma for key in place for lemma, _ in self.compiled.headwords.get(key, ())}

    def _spelled_so(self, token: str, ways: list[_Way]) -> bool:
        """Tell whether a token may be one of these hosts: no letter that folding changes stands where it has another."""
        normal = self.language.normalizer
        bare = [letter for letter in token if normal(letter)]
        for way in ways:
            begin, stop = len(way.before), len(bare) - len(way.after)
            if stop - begin != len(way.host):  # written otherwise than letter for letter
                return True
            for spelled in way.spelled:
                pairs = zip(bare[begin:stop], spelled, strict=True) if len(spelled) == stop - begin else ()
                if all(a == b or normal(a) == a for a, b in pairs):
                    return True
        return False

    def _ended(self, token: str) -> bool:
        return bool(self.language.endings and re.search(f"[{self.language.endings}]", token[-2:]))


def _known_words(language: Language) -> dict[str, list[_Known]]:
    """Return the hosts of the lemmas and words of the shipped lexicons, and of the words of the pack's lists."""
    name = ("known words", language.name)
    return of_content(name, lambda: _read_known(language))


def _read_known(language: Language) -> dict[str, list[_Known]]:
    found: dict[str, dict[_Known, None]] = defaultdict(dict)
    normal, inflection = language.normalizer, language.inflection

    def add(listed: str, hosts: Iterable[tuple[str, str]]) -> None:
        for host, name in hosts:
            found[host][_Known(listed, normal(listed), name)] = None

    for lexicon in (load_lexicon(built_in) for built_in in BUILT_IN):
        if lexicon.language != language.name:
            continue
        for lemma, spec in lexicon.lemmas.items():
            word = lemma.split("/")[0]
            add(word, inflection.inflect(word, spec, normal))
        for pattern, pos in zip(lexicon.entries["pattern"], lexicon.entries["pos"], strict=True):
            for word in _literals(pattern, language):
                add(word, inflection.literal_hosts(word, proper=pos == "proper"))
    for place in language.folder.iterdir():
        if place.name.endswith(".yml"):
            for word in _words_in(read_words(place)):
                add(word, inflection.literal_hosts(normal(word)))
    return {host: list(words) for host, words in found.items()}


def _literals(pattern: str, language: Language) -> Iterator[str]:
    for place in parse_pattern(pattern, language.normalizer, language.name):
        yield from (element.text for element in place if element.kind == "literal" and element.text.isalpha())


def _words_in(value: Any) -> Iterator[str]:
    """Yield the words of nested lists and mappings."""
    if isinstance(value, str):
        if value.isalpha() and len(value) > 1:
            yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _words_in(part)


def _analyse(forms: list[Form], analyzer: object) -> dict[str, set[str]]:
    """Return the lemmas that the analyzer gives the spellings of each word, in normal form."""
    normal = load_language("arabic").normalizer
    words = sorted({token for form in forms for spelling in form.spellings for token in spelling})
    frame = pd.DataFrame({"token": pd.Categorical(words, categories=words)})
    lemmas = annotate_morphology(frame, analyzer=analyzer)["lemma"]
    found: dict[str, set[str]] = defaultdict(set)
    for word, lemma in zip(words, lemmas.astype(object), strict=True):
        if isinstance(lemma, str):
            found[normal(word)].add(normal(lemma))
    return dict(found)

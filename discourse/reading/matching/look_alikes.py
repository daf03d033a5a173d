"""Which forms that an entry matches look like another word's: by other entries, letters cut off, spelling, analysis."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from discourse.language.base import Language
from discourse.language.morphology import list_lemmas
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.compiled import Compiled, Key
from discourse.reading.matching.known_words import known_words, literals

__all__ = ["Form", "doubts_of"]

_SHORT = 2  # letters of a host
_ENDED = 20  # one token in so many with an ending that does not fit
_RARER = 10  # times that all other words with the same host are rarer

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
    """One way to read a word: what is cut off, the host, its class, how the entry spells it, whether by inflection."""

    before: str
    host: str
    after: str
    name: str
    spelled: frozenset[str]
    inflected: bool

    @property
    def n_cut(self) -> int:
        return len(self.before) + len(self.after)


def doubts_of(
    forms: list[Form], compiled: Compiled, lexicon: Lexicon, tokens: pd.DataFrame, *, analyzer: object = None
) -> list[Doubt]:
    """Return for each form the rules by which it looks like another word's, and the words that it looks like."""
    judge = _Judge(compiled, lexicon, tokens)
    analysed = {} if analyzer is None else _analyse(forms, analyzer, compiled.language)
    for form in forms:
        for place, word in zip(compiled.patterns[form.entry].places, form.words, strict=False):
            judge.learn(place, word)
    found = []
    for form in forms:
        rules: dict[str, None] = {}
        others: dict[str, None] = {}
        for number, (place, word) in enumerate(zip(compiled.patterns[form.entry].places, form.words, strict=False)):
            spellings: Counter[str] = Counter()
            for spelling, n in form.spellings.items():
                spellings[spelling[number]] += n
            own, looks = judge.doubts(place, word, spellings, analysed)
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
        self.known = known_words(self.language)
        self.spelled: dict[Key, dict[str, set[str]]] = {}
        self.ways: dict[tuple[tuple[Key, ...], str], list[_Way]] = {}
        self.n_of_host: Counter[tuple[tuple[Key, ...], str]] = Counter()
        self.cuts: dict[str, list[tuple[str, str, str]]] = {}
        self.literals: dict[str, set[str]] = defaultdict(set)
        for pattern in lexicon.entries["pattern"]:
            for listed in literals(pattern, self.language):
                self.literals[self.language.normalizer(listed)].add(listed)

    def doubts(self, place: tuple[Key, ...], word: str, spellings: Counter[str], analysed: Mapping) -> Doubt:
        """Return the rules that a word at a place meets, and the words that it looks like."""
        ways = self._ways(place, word)
        if not ways:  # a glob, a mark, a number
            return [], []
        others = self._others(place, word, ways)
        rules = ["other"] if others else []
        least = min(way.n_cut for way in ways)
        if least == 1 and all(self._rests_on(place, word, way) for way in ways):
            rules.append("one letter")
        if least > 0 and all(way.inflected and len(way.host) <= _SHORT for way in ways):
            rules.append("short")
        n = spellings.total()
        if sum(count for token, count in spellings.items() if not self._spelled_so(token, ways)) * 2 > n:
            rules.append("spelling")
        if not any(way.name in self.language.ended for way in ways):
            n_ended = sum(count for token, count in spellings.items() if self._ended(token))
            if n_ended and n_ended * _ENDED >= n:
                rules.append("ending")
        lemmas, headwords = analysed.get(word), self._headwords(place)
        if lemmas and headwords and all(way.inflected for way in ways) and not lemmas & headwords:
            rules.append("analysis")
            others += sorted(lemmas - set(others))
        return rules, others

    def _analyses(self, word: str) -> list[tuple[str, str, str]]:
        if word not in self.cuts:
            self.cuts[word] = list(self.language.inflection.analyses(word)) if word else []
        return self.cuts[word]

    def _fits(self, name: str, before: str, after: str) -> bool:
        return self.language.inflection.fits(name, before, after) if name else not before and not after

    def learn(self, place: tuple[Key, ...], word: str) -> None:
        """Count a word for the hosts by which a place reads it."""
        if (place, word) not in self.ways:
            for host in {way.host for way in self._ways(place, word)}:
                self.n_of_host[place, host] += self.counts.get(word, 0)

    def _ways(self, place: tuple[Key, ...], word: str) -> list[_Way]:
        """Return the ways in which the keys of a place read a word."""
        if (place, word) not in self.ways:
            self.ways[place, word] = [
                _Way(before, host, after, name, frozenset(self._spellings(key).get(host, {host})), key[0] == "lemma")
                for before, host, after in self._analyses(word)
                for key, name in self.compiled.hosts.get(host, ())
                if key in place and self._fits(name, before, after)
            ]
        return self.ways[place, word]

    def _rests_on(self, place: tuple[Key, ...], word: str, way: _Way) -> bool:
        """Tell whether a word is ten times as frequent as all others with its host at this place."""
        n = self.counts.get(word, 0)
        return n >= max(self.n_of_host[place, way.host] - n, 1) * _RARER

    def _spellings(self, key: Key) -> dict[str, set[str]]:
        """Return the hosts of a key as its entries spell them."""
        if key not in self.spelled:
            found: dict[str, set[str]] = defaultdict(set)
            inflection, (kind, text, clitics, proper) = self.language.inflection, key
            if kind == "lemma":
                pairs = inflection.inflect(text.split("/")[0], self.lexicon.lemmas[text], str)
            else:
                words = self.literals.get(text, ())
                pairs = [
                    pair for word in words for pair in inflection.literal_hosts(word, clitics=clitics, proper=proper)
                ]
            for host, _ in pairs:
                found[self.language.normalizer(host)].add(host)
            self.spelled[key] = dict(found)
        return self.spelled[key]

    def _others(self, place: tuple[Key, ...], word: str, ways: list[_Way]) -> list[str]:
        """Return the known words that a word is with fewer letters cut off, or as listed where it is not this one."""
        normals = {text.split("/")[0] if kind == "lemma" else text for kind, text, _, _ in place}
        normals = {self.language.normalizer(text) for text in normals} | self._headwords(place)
        least = min(way.n_cut for way in ways)
        spelled = {form for way in ways if way.n_cut == least for form in way.spelled}
        listed = any(way.host in normals for way in ways if way.n_cut == least)
        found = {}
        for before, host, after in self._analyses(word):
            n_cut = len(before) + len(after)
            for known in self.known.get(host, ()) if n_cut <= least else ():
                if not self._fits(known.name, before, after):
                    continue
                if known.normal in normals:  # the same letters but for hamza and the like
                    another = n_cut == least and host == known.normal and not self._may_be(known.listed, spelled)
                else:
                    nearer = n_cut < least or (host == known.normal and not listed)
                    another = nearer and (known.lemma or self._stands_alone(place, known.normal))
                if another:
                    found[known.listed] = None
        return list(found)

    def _stands_alone(self, place: tuple[Key, ...], word: str) -> bool:
        """Tell whether a listed word stands in the corpus and is none that this place reads."""
        return word in self.counts and not self._ways(place, word)

    def _headwords(self, place: tuple[Key, ...]) -> set[str]:
        return {lemma for key in place for lemma, _ in self.compiled.headwords.get(key, ())}

    def _spelled_so(self, token: str, ways: list[_Way]) -> bool:
        """Tell whether a token may be one of these hosts as its entry spells it."""
        written = "".join(letter for letter in token if self.language.normalizer(letter))
        for way in ways:
            begin, stop = len(way.before), len(written) - len(way.after)
            if stop - begin != len(way.host) or self._may_be(written[begin:stop], way.spelled):
                return True
        return False

    def _may_be(self, written: str, spelled: Iterable[str]) -> bool:
        """Tell whether a word may be one of these: no letter that folding changes is another than theirs."""
        normal = self.language.normalizer
        return any(
            len(word) == len(written) and all(a in (b, normal(a)) for a, b in zip(written, word, strict=True))
            for word in spelled
        )

    def _ended(self, token: str) -> bool:
        return bool(self.language.endings and re.search(f"[{self.language.endings}]", token[-2:]))


def _analyse(forms: list[Form], analyzer: object, language: Language) -> dict[str, set[str]]:
    """Return the lemmas of all analyses of the spellings of each word, in normal form."""
    normal = language.normalizer
    words = sorted({token for form in forms for spelling in form.spellings for token in spelling})
    found: dict[str, set[str]] = defaultdict(set)
    for word, lemmas in list_lemmas(words, analyzer=analyzer).items():
        found[normal(word)].update(map(normal, lemmas))
    return dict(found)

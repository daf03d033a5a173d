"""A lexicon ready to match: its patterns over places, and the hosts of their words."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from discourse.language.base import Language, load_language
from discourse.lexicons.checks import texts_of
from discourse.lexicons.loader import Lexicon
from discourse.lexicons.patterns import Element, parse_pattern
from discourse.memory import of_content

__all__ = ["Compiled", "Key", "Pattern", "compile_lexicon"]

Key = tuple[str, str, str, bool]  # kind, text, clitics, proper: one alternative with the clitics of its entry


@dataclass(frozen=True)
class Pattern:
    """One pattern ready to match: its places (each the alternatives as keys) and its gap."""

    places: tuple[tuple[Key, ...], ...]
    gap: int


@dataclass
class Compiled:
    """A lexicon ready to match: patterns (entries first, then their exceptions) and the hosts of their words.

    ``name`` stands for the content it was made from; ``category`` is the place of each entry's category; ``written`` is
    how a lemma's host of a class is written, where its language tells (``Language.readings``). ``others`` are the words
    that a lemma lists under ``not``: by host, as written and the class of the host.
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
    written: dict[tuple[str, Key, str], tuple[str, ...]] = field(default_factory=dict)
    lemma_of: dict[Key, tuple[str, str]] = field(default_factory=dict)
    others: dict[Key, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)


def _key(element: Element, clitics: str, proper: bool) -> Key:
    return element.kind, element.text, clitics, proper


def compile_lexicon(lexicon: Lexicon) -> Compiled:
    """Turn the entries of a lexicon, and their exceptions, into patterns over hosts: once for each content."""
    read = ("category", "pattern", "clitics", "pos", "gap", "except")
    content = repr(([lexicon.entries[name].tolist() for name in read], lexicon.lemmas))
    name = "compiled", hashlib.sha256(content.encode()).digest(), lexicon.normalizer, lexicon.language
    return of_content(name, lambda: _compile(lexicon, name))


def _compile(lexicon: Lexicon, name: tuple) -> Compiled:
    normalizer = lexicon.normalizer
    lexicon = replace(lexicon, normalizer=cache(normalizer))  # many lemmas share a form
    rows = lexicon.entries.to_dict("records")
    pairs = [(number, row["pattern"], row, False) for number, row in enumerate(rows)]
    pairs += [(number, text, row, True) for number, row in enumerate(rows) for text in row["except"]]
    patterns, hosts, globs, keys = [], defaultdict(list), [], set()
    headwords, written, lemma_of, others = {}, {}, {}, {}
    for _, text, row, exception in pairs:
        clitics, proper = ("both", False) if exception else (row["clitics"], row["pos"] == "proper")
        places = []
        for element in parse_pattern(text, normalizer, lexicon.language):
            place = []
            for alternative in element:
                key = _key(alternative, clitics, proper)
                place.append(key)
                if key not in keys:
                    keys.add(key)
                    _add_hosts(key, alternative, lexicon, hosts, globs)
                    if alternative.kind == "lemma":
                        headwords[key] = _headwords(alternative.text, lexicon)
                        spec = lexicon.lemmas[alternative.text]
                        lemma_of[key] = alternative.text.split("/")[0], spec.get("pos", "noun")
                        _add_written(key, lexicon, written)
                        if spec.get("not"):
                            others[key] = _others(spec["not"], lexicon)
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
        written,
        lemma_of,
        others,
    )


def _headwords(name: str, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """Return the (lemma, part of speech) pairs under which a morphological analysis would list a declared lemma."""
    spec, fold = lexicon.lemmas[name], lexicon.normalizer
    word = name.split("/", maxsplit=1)[0]
    pos = spec.get("pos", "noun")
    pairs = {(fold(word), pos)}
    verb = spec.get("verb") or (spec if pos == "verb" else {})
    if verb:
        pairs.add((fold([*texts_of(verb.get("past")), word][0]), "verb"))
    for key, kind in (("masdar", "noun"), ("participle", "adj")):
        pairs |= {(fold(form), kind) for form in texts_of(spec.get(key))}
    return frozenset(pairs)


def _add_written(key: Key, lexicon: Lexicon, written: dict[tuple[str, Key, str], tuple[str, ...]]) -> None:
    readings = load_language(lexicon.language).readings
    if readings is not None:
        for form, name in dict.fromkeys(readings.written_hosts(key[1].split("/")[0], lexicon.lemmas[key[1]])):
            host = lexicon.normalizer(form), key, name
            written[host] = (*written.get(host, ()), form)


def _others(words: list[str], lexicon: Lexicon) -> dict[str, list[tuple[str, str]]]:
    """Return the hosts of words with clitics but without an ending of their own: as written, with the class."""
    found = defaultdict(list)
    for word in words:
        form = lexicon.normalizer(word)
        for host, name in load_language(lexicon.language).inflection.literal_hosts(form):
            if len(host) <= len(form):
                found[host].append((word, name))
    return dict(found)


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
        if clitics != "none" and "number" in getattr(inflection, "CLASSES", ()) and any(c.isdigit() for c in text):
            pairs = [(text, "number")]
    else:
        pairs = inflection.literal_hosts(text, clitics=clitics, proper=proper)
    for host, name in pairs:
        hosts[host].append((key, name))

"""Words that are known otherwise than by the lexicon at hand: the shipped lexicons, the lists of a language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from discourse.language.base import Language
from discourse.language.words import read_words
from discourse.lexicons.loader import BUILT_IN, load_lexicon
from discourse.lexicons.patterns import parse_pattern
from discourse.memory import of_content

__all__ = ["Known", "known_words", "literals"]

_NORMALIZED = ("inseparable.yml",)  # written in normal form: it tells no spelling


class Known(NamedTuple):
    """A known word: as it is listed, its normal form, the class of one of its hosts, whether it is a lemma."""

    listed: str
    normal: str
    name: str
    lemma: bool


def known_words(language: Language) -> dict[str, list[Known]]:
    """Return the lemmas and words of the shipped lexicons, and the words of the pack's lists, by their hosts.

    Examples
    --------
    >>> from discourse.language.arabic import LANGUAGE
    >>> sorted({known.listed for known in known_words(LANGUAGE)["توقع"]})
    ['أوقع', 'توقع', 'توقيع', 'وقع']
    """
    name = ("known words", language.name)
    return of_content(name, lambda: _read_known(language))


def _read_known(language: Language) -> dict[str, list[Known]]:
    found: dict[str, dict[Known, None]] = defaultdict(dict)
    normal, inflection = language.normalizer, language.inflection

    def add(listed: str, hosts: Iterable[tuple[str, str]], *, lemma: bool = False) -> None:
        for host, name in hosts:
            found[host][Known(listed, normal(listed), name, lemma)] = None

    for lexicon in (load_lexicon(built_in) for built_in in BUILT_IN):
        if lexicon.language != language.name:
            continue
        for lemma, spec in lexicon.lemmas.items():
            word = lemma.split("/")[0]
            add(word, inflection.inflect(word, spec, normal), lemma=True)
        for pattern, pos in zip(lexicon.entries["pattern"], lexicon.entries["pos"], strict=True):
            for word in literals(pattern, language):
                add(word, inflection.literal_hosts(normal(word), clitics="proclitic", proper=pos == "proper"))
    for place in language.folder.iterdir():
        if place.name.endswith(".yml") and place.name not in _NORMALIZED:
            for word in _words_in(read_words(place)):
                add(word, inflection.literal_hosts(normal(word), clitics="proclitic"))
    return {host: list(words) for host, words in found.items()}


def literals(pattern: str, language: Language) -> Iterator[str]:
    """Yield the literal words of a pattern as they are written.

    Examples
    --------
    >>> from discourse.language.arabic import LANGUAGE
    >>> list(literals("[رفع]|إزالة الحظر", LANGUAGE))
    ['إزالة', 'الحظر']
    """
    for place in parse_pattern(pattern, str, language.name):
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

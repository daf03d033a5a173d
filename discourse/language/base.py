"""What a language gives to the rest of the library: one object for each, its words in data files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from discourse.errors import ResourceError, SchemaError
from discourse.language.boundaries import Boundaries
from discourse.language.cuts import Cuts, cuts_by_analyses
from discourse.language.words import Words, read_words

__all__ = ["Inflection", "Language", "Readings", "load_language", "register_language"]


_LETTERS = 0xF0000  # of a plane for private use, behind all characters of a text


class Inflection(Protocol):
    """How the written forms of a word relate: discourse/language/arabic/inflection.py is the one for Arabic."""

    def analyses(self, word: str) -> Iterator[tuple[str, str, str]]:
        """Yield every way to cut a normal form into (what stands before, host, what stands behind), uncut first."""
        ...

    def fits(self, name: str, prefix: str, suffix: str) -> bool:
        """Tell whether a host of class ``name`` takes what stands before and behind it."""
        ...

    def literal_hosts(self, word: str, *, clitics: str = "both", proper: bool = False) -> list[tuple[str, str]]:
        """Return the (host, class) pairs of a literal word."""
        ...

    def inflect(self, lemma: str, spec: Mapping, normalize: Callable[[str], str]) -> list[tuple[str, str]]:
        """Return the (host, class) pairs of a declared lemma."""
        ...

    def conjugate(
        self, past_stems: Iterable[str], present_stems: Iterable[str], normalize: Callable[[str], str], *, dual: bool
    ) -> dict[str, tuple[str, str, bool]]:
        """Return the forms of a verb in the first and third person: {form: (tense, person, has a pronoun)}."""
        ...

    def accusatives(self, participle: str, normalize: Callable[[str], str]) -> dict[str, str]:
        """Return the forms, with their persons, in which a participle tells what else the subject does."""
        ...

    def possessed(self, word: str, normalize: Callable[[str], str]) -> dict[str, bool]:
        """Return a noun, and the noun with each pronoun of its holder: {form: has a pronoun}."""
        ...


class Readings(Protocol):
    """What tells a form of a lemma from a word that looks like it: discourse/language/arabic/readings.py."""

    def written_hosts(self, lemma: str, spec: Mapping) -> Sequence[tuple[str, str]]:
        """Return the (host, class) pairs of a declared lemma as they are written, before they are folded."""
        ...

    def judge(
        self, token: str, forms: Iterable[tuple[str, str, str, tuple[str, ...]]], lemma: str, pos: str
    ) -> frozenset[str] | None:
        """Return the conditions under one of which a token is a form of a lemma: none at all, or None if it is none.

        Each form is what stands before the host, what stands behind it, its class, and how it is written.
        """
        ...

    def stands(self, condition: str, token: str, before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
        """Tell whether a condition holds of a token between the words of its sentence, the nearest first."""
        ...


@dataclass(frozen=True, eq=False)
class Language:
    """A language pack: what code that reads a text asks of the language of the text.

    Attributes
    ----------
    name : str
        English, lower case: what `language=` and the key `language:` of a lexicon name.
    direction : {"ltr", "rtl"}
        The direction of its writing.
    normalizer : callable
        Gives the normal form of a word: TOKENS.norm. If it has a method ``fold_words``, that gives those of a list.
    boundaries : Boundaries
        Where its words and sentences end.
    inflection : Inflection
        The written forms of a word; a module will do.
    folder : Traversable
        Holds the data files of the pack, ``words.yml`` and the like.
    readings : Readings, optional
        Tells a form of a lemma from another word of the same normal form; a module will do.
    cuts : callable, optional
        Cuts many words side by side as ``inflection.analyses`` cuts one; made of that when left out.
    proclitics : mapping
        Regular expressions of what may be written onto the front of a "word" and of a "name".
    fold : callable
        Folds the letters that are interchanged in print one for one, so that offsets stay: for patterns on running
        text.
    spelling : callable
        Gives the regular expression of a word as the data files write it.
    letters : str
        Its letters, every form that a text may hold, as the inside of a regular expression's brackets; any letter
        when left out.
    marks : str
        Marks that are written above or below letters and may be left out, as the inside of a regular expression's
        brackets.
    endings : str
        Those of the marks that stand at the end of a word, likewise.
    ended : frozenset of str
        The classes of hosts that such an ending may stand on.
    alphabet : str
        Its letters as a dictionary orders them; other characters stand before them, by their code points.
    """

    name: str
    direction: str
    normalizer: Callable[[str], str]
    boundaries: Boundaries
    inflection: Inflection
    folder: Traversable
    readings: Readings | None = None
    cuts: Callable[[list[str]], Cuts] | None = None
    proclitics: Mapping[str, str] = field(default_factory=dict)
    fold: Callable[[str], str] = str
    spelling: Callable[[str], str] = re.escape
    letters: str = r"^\W\d_"
    marks: str = ""
    endings: str = ""
    ended: frozenset[str] = frozenset()
    alphabet: str = ""
    _files: dict[str, Words] = field(init=False, repr=False, default_factory=dict)

    def __reduce__(self) -> tuple[Callable[[str], "Language"], tuple[str]]:
        """Travel by name: a pack is found where it is loaded."""
        return load_language, (self.name,)

    def words(self, name: str) -> Words:
        """Return the data file ``name`` of the pack: its named lists and mappings of words.

        Raises
        ------
        ResourceError
            The pack has no such file, or the file is no YAML mapping of lists and mappings of words.
        """
        if name not in self._files:
            self._files[name] = Words(self, name, _read(self, name))
        return self._files[name]

    def cut_words(self, words: list[str]) -> Cuts:
        """Return every way to cut each of these normal forms into what stands before, host, what stands behind."""
        return self.cuts(words) if self.cuts else cuts_by_analyses(words, self.inflection.analyses)

    def sort_key(self, word: str) -> str:
        """Return what puts normal forms in the order of the alphabet."""
        return word.translate({ord(letter): _LETTERS + place for place, letter in enumerate(self.alphabet)})

    def bare(self, word: str) -> str:
        """Return a folded word without the marks that may be left out."""
        folded = self.fold(word)
        return re.sub(f"[{self.marks}]", "", folded) if self.marks else folded


def _read(language: Language, name: str) -> Mapping[str, Any]:
    place = language.folder / f"{name}.yml"
    if not place.is_file():
        known = ", ".join(sorted(repr(p.name) for p in language.folder.iterdir() if p.name.endswith(".yml")))
        raise ResourceError(
            f"the language {language.name!r} has no data file '{name}.yml'; it has {known or 'none'}. "
            "Add the file to its folder."
        )
    return read_words(place)


_BUILT_IN = {"arabic": "discourse.language.arabic"}
_registered: dict[str, Language] = {}


def register_language(language: Language) -> Language:
    """Make a pack known by its name, and return it; a name that is taken is not given anew.

    Raises
    ------
    SchemaError
        The name is taken by another pack.
    """
    if language.name in _BUILT_IN or _registered.get(language.name, language) is not language:
        taken = ", ".join(repr(name) for name in sorted({*_BUILT_IN, *_registered}))
        raise SchemaError(f"`language` is named {language.name!r}; taken are {taken}. Give it another name.")
    _registered[language.name] = language
    return language


def load_language(source: str | Language) -> Language:
    """Return the pack of a language by its name; a pack comes back as it is.

    Parameters
    ----------
    source : str or Language
        "arabic", or the name of a pack that was registered.

    Raises
    ------
    SchemaError
        No pack has this name.

    Examples
    --------
    >>> load_language("arabic").direction
    'rtl'
    """
    if isinstance(source, Language):
        return source
    known = {*_BUILT_IN, *_registered}
    if not isinstance(source, str) or source not in known:
        choices = ", ".join(repr(name) for name in sorted(known))
        raise SchemaError(
            f"`language` is {source!r}; it must be one of {choices}. Correct the name, or register a pack under it."
        )
    return _registered[source] if source in _registered else _built_in(source)


@cache
def _built_in(name: str) -> Language:
    return import_module(_BUILT_IN[name]).LANGUAGE

"""What a language gives to the rest of the library: one object for each, its words in data files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import yaml

from discourse.errors import ResourceError, SchemaError
from discourse.language.boundaries import Boundaries
from discourse.language.cuts import Cuts, cuts_by_analyses

__all__ = ["Inflection", "Language", "Words", "load_language", "read_words", "register_language"]


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
        Gives the normal form of a word: TOKENS.norm.
    boundaries : Boundaries
        Where its words and sentences end.
    inflection : Inflection
        The written forms of a word; a module will do.
    folder : Traversable
        Holds the data files of the pack, ``words.yml`` and the like.
    cuts : callable, optional
        Cuts many words side by side as ``inflection.analyses`` cuts one; made of that when left out.
    proclitics : mapping
        Regular expressions of what may be written onto the front of a "word" and of a "name".
    fold : callable
        Folds the letters that are interchanged in print one for one, so that offsets stay: for patterns on running
        text.
    spelling : callable
        Gives the regular expression of a word as the data files write it.
    marks : str
        Marks that are written above or below letters and may be left out, as the inside of a regular expression's
        brackets.
    endings : str
        Those of the marks that stand at the end of a word, likewise.
    """

    name: str
    direction: str
    normalizer: Callable[[str], str]
    boundaries: Boundaries
    inflection: Inflection
    folder: Traversable
    cuts: Callable[[list[str]], Cuts] | None = None
    proclitics: Mapping[str, str] = field(default_factory=dict)
    fold: Callable[[str], str] = str
    spelling: Callable[[str], str] = re.escape
    marks: str = ""
    endings: str = ""
    _files: dict[str, "Words"] = field(init=False, repr=False, default_factory=dict)

    def __reduce__(self) -> tuple[Callable[[str], "Language"], tuple[str]]:
        """Travel by name: a pack is found where it is loaded."""
        return load_language, (self.name,)

    def words(self, name: str) -> "Words":
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

    def bare(self, word: str) -> str:
        """Return a folded word without the marks that may be left out."""
        folded = self.fold(word)
        return re.sub(f"[{self.marks}]", "", folded) if self.marks else folded


class Words(Mapping[str, Any]):
    """A data file of a language. As a mapping it holds what is written; the methods fold it as the language folds."""

    def __init__(self, language: Language, name: str, content: Mapping[str, Any]) -> None:
        self._language, self._name, self._content = language, name, content

    def __getitem__(self, key: str) -> Any:
        if key not in self._content:
            known = ", ".join(repr(known) for known in sorted(self._content))
            raise ResourceError(
                f"the file {self._name}.yml of the language {self._language.name!r} has no key {key!r}; "
                f"it has {known}. Add the key to the file."
            )
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def listed(self, *keys: str) -> list[str]:
        """Return the words of one or more lists (of a mapping: its keys) in their order, folded."""
        return [self._language.fold(word) for key in keys for word in self[key]]

    def only(self, key: str) -> str:
        """Return the one word of a list, folded."""
        words = self.listed(key)
        if len(words) != 1:
            raise ResourceError(
                f"{key!r} in {self._name}.yml of {self._language.name!r} has {len(words)} words; it must have one."
            )
        return words[0]

    def mapped(self, key: str) -> dict[str, Any]:
        """Return a mapping with its words folded and without marks: what ``Language.bare`` makes of the text's word."""
        return {self._language.bare(word): value for word, value in self[key].items()}

    def any_of(self, *keys: str, blank: str = r"\s+") -> str:
        """Return a regular expression for any word of the lists, the longer ones first; ``blank`` stands for a blank.

        Examples
        --------
        >>> load_language("arabic").words("dates").any_of("not_century")
        'الهجري|قبل'
        """
        return self.either(self.listed(*keys), blank=blank)

    def either(self, words: Iterable[str], *, blank: str = r"\s+") -> str:
        """Return what ``any_of`` does for words at hand."""
        folded = sorted(dict.fromkeys(map(self._language.fold, words)), key=len, reverse=True)
        return "|".join(self._language.spelling(word).replace(r"\ ", blank) for word in folded)

    def forms(self, *keys: str) -> str:
        """Return a regular expression for any entry of lists that hold regular expressions, as written, in order."""
        return "|".join(form for key in keys for form in self[key])

    def letter(self, *keys: str) -> str:
        """Return a regular expression for one of the letters of the lists."""
        return f"[{''.join(self.listed(*keys))}]"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the compiled one where it is there
    """A safe loader that takes no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        """Build a mapping; two equal keys are an error."""
        found: dict = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in found:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=deep)
        return found


def _read(language: Language, name: str) -> Mapping[str, Any]:
    place = language.folder / f"{name}.yml"
    if not place.is_file():
        known = ", ".join(sorted(repr(p.name) for p in language.folder.iterdir() if p.name.endswith(".yml")))
        raise ResourceError(
            f"the language {language.name!r} has no data file '{name}.yml'; it has {known or 'none'}. "
            "Add the file to its folder."
        )
    return read_words(place)


def read_words(place: Traversable) -> Mapping[str, Any]:
    """Read a data file of words: a YAML mapping of lists and mappings; a string is the list of its words.

    Raises
    ------
    ResourceError
        The file is no YAML, a key stands twice in it, or a word is no string.
    """
    try:
        content = _Loader(place.read_text(encoding="utf-8")).get_single_data()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ResourceError(f"the data file {place.name!r} cannot be read: {error}. Mend or restore it.") from error
    if not isinstance(content, Mapping):
        raise ResourceError(f"the data file {place.name!r} must be a mapping of lists and mappings of words.")
    return {key: _checked(value, key, place.name) for key, value in content.items()}


def _checked(value: object, key: object, file: str) -> Any:
    """Return a list or mapping as it is, a string as the list of its words; a word must be a string."""
    if isinstance(value, str):
        return value.split()
    odd = [word for word in value if not isinstance(word, str | list | Mapping)] if isinstance(value, Iterable) else []
    if not isinstance(value, list | Mapping) or odd:
        wrong = f"holds {odd[0]!r}" if odd else f"is {value!r}"
        raise ResourceError(
            f"{key!r} in the data file {file!r} {wrong}; it must be a list or mapping of words. "
            "Put the word in quotes: no, on and 1 are no strings in YAML."
        )
    return value


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

"""Data files of words: YAML mappings of lists and mappings, read once and checked, and the patterns made of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import yaml

from discourse.errors import ResourceError

__all__ = ["Words", "read_words"]


class _Spelled(Protocol):
    """What a data file asks of its language: discourse/language/base.py describes the parts."""

    @property
    def name(self) -> str: ...
    @property
    def normalizer(self) -> Callable[[str], str]: ...
    @property
    def fold(self) -> Callable[[str], str]: ...
    @property
    def spelling(self) -> Callable[[str], str]: ...
    def bare(self, word: str) -> str: ...


class Words(Mapping[str, Any]):
    """A data file of a language. As a mapping it holds what is written; the methods fold it as the language folds."""

    def __init__(self, language: _Spelled, name: str, content: Mapping[str, Any]) -> None:
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

    def normal(self, *keys: str) -> tuple[str, ...]:
        """Return the words of one or more lists (of a mapping: its keys) in normal form, as in TOKENS.norm."""
        return tuple(self._language.normalizer(word) for key in keys for word in self[key])

    def one(self, key: str) -> str:
        """Return the one word of a list in normal form."""
        (word,) = self.normal(key)
        return word

    def mapped(self, key: str) -> dict[str, Any]:
        """Return a mapping with its words folded and without marks: what ``Language.bare`` makes of the text's word."""
        return {self._language.bare(word): value for word, value in self[key].items()}

    def any_of(self, *keys: str, blank: str = r"\s+") -> str:
        """Return a regular expression for any word of the lists, the longer ones first; ``blank`` stands for a blank.

        Examples
        --------
        >>> from discourse.language.arabic import LANGUAGE
        >>> LANGUAGE.words("dates").any_of("not_century")
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


_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one where it is there


class _Loader(_Fast):  # type: ignore[misc,valid-type]
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

"""What the keys of a study may hold: each check returns the value as the study keeps it, or says what is allowed."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.lexicons.actors import aliases_of
from discourse.lexicons.loader import Lexicon
from discourse.provenance import digest

__all__ = [
    "choose",
    "groups_of",
    "is_place",
    "listed",
    "names_of",
    "number",
    "own_names",
    "plain_value",
    "stance_of",
    "text_or_none",
    "title_of",
]

_STANCE = ("polarity", "strength", "role")


def choose(name: str, value: Any, allowed: Sequence[Any]) -> Any:
    """Return a value that is one of the allowed; None is one where it is among them."""
    if value is None and None in allowed:
        return None
    known = [one for one in allowed if one is not None]
    if not isinstance(value, str):
        choices = ", ".join(sorted(map(repr, known)))
        raise SchemaError(f"`{name}` is {str(value)[:60]}; it must be one of {choices}.")
    check_choice(name, value, known)
    return value


def number(name: str, value: Any, least: int) -> int:
    """Return a whole number that is not too small."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise SchemaError(f"`{name}` is {value!r}; it must be a whole number from {least} up.")
    return value


def text_or_none(name: str, value: Any) -> str | None:
    """Return a text, or None."""
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise SchemaError(f"`{name}` is {value!r}; it must be a text, or null. Put it in quotes, or leave it out.")
    return value


def listed(name: str, value: Any, kinds: tuple[type, ...] = (str,)) -> tuple[Any, ...]:
    """Return one or more values of the kinds allowed; a single one is a list of itself."""
    found = (value,) if isinstance(value, kinds) else value
    if not isinstance(found, list | tuple) or not found or not all(isinstance(one, kinds) for one in found):
        raise SchemaError(f"`{name}` is {value!r}; it must be a name or a list of names, at least one.")
    if len(set(map(str, found))) < len(found):
        raise SchemaError(f"`{name}` is {value!r}; it names one of them twice. Drop one.")
    return tuple(found)


def names_of(value: Any) -> list[str]:
    """Return what a key names, to tell whether two of them name the same."""
    return [str(one) for one in (value if isinstance(value, list | tuple) else [value])]


def own_names(value: Any, actors: Lexicon) -> Any:
    """Return a value of a study with the lexicon's own names of actors in place of their aliases."""
    if isinstance(value, str):
        return aliases_of(actors).get(value, value)
    if isinstance(value, list | tuple):
        return [own_names(one, actors) for one in value]
    if isinstance(value, Mapping):
        return {name: own_names(one, actors) for name, one in value.items()}
    return value


def groups_of(groups: Any, actors: Lexicon) -> dict[str, tuple[str, ...]]:
    """Return the groups by name, each of actors of the lexicon."""
    if not isinstance(groups, Mapping):
        raise SchemaError(
            f"`groups` is {groups!r}; it must be a mapping from a name to actors, such as {{west: [us, uk]}}."
        )
    checked: dict[str, tuple[str, ...]] = {}
    for name, members in groups.items():
        if not isinstance(name, str) or name in actors.categories:
            raise SchemaError(f"`groups` has {name!r}; a group needs a name of its own, a text that is no actor.")
        checked[str(name)] = tuple(map(str, listed(f"groups: {name}", members)))
        for actor in checked[str(name)]:
            check_choice(f"groups: {name}", actor, list(actors.categories))
    return checked


def title_of(title: Any, languages: Sequence[str]) -> dict[str, str]:
    """Return the title by language of the output."""
    if not isinstance(title, Mapping) or not all(isinstance(text, str) for text in title.values()):
        raise SchemaError(
            f"`title` is {title!r}; it must be a mapping from language to title, such as {{en: ..., ar: ...}}."
        )
    for language in title:
        check_choice("title", language, languages)
    return {str(language): str(text) for language, text in title.items()}


def stance_of(lexicon: Lexicon) -> Lexicon:
    """Return a lexicon that says which side its words take."""
    missing = [name for name in _STANCE if name not in lexicon.entries]
    if missing:
        raise SchemaError(
            f"`stance` is the lexicon {lexicon.name!r}, whose entries lack {', '.join(map(repr, missing))}; name one "
            "that says which side each entry takes, such as 'stance'."
        )
    return lexicon


def is_place(value: Any) -> bool:
    """Tell whether a value can name a file."""
    return isinstance(value, str | os.PathLike) and 0 < len(os.fspath(value)) < 1000


def plain_value(value: Any) -> Any:
    """Return a value of a study as JSON has it: lexicons and tables by their digests."""
    if isinstance(value, Lexicon):
        return value.sha256
    if isinstance(value, pd.DataFrame):
        return digest(value)
    if isinstance(value, Mapping):
        return {name: plain_value(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [plain_value(inner) for inner in value]
    return value

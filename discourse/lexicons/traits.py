"""Traits of actors: what a category of the lexicon of actors says of its actor beside its names, checked on loading."""

from collections.abc import Mapping
from typing import Any

from discourse.lexicons.checks import Problems, check_keys, line_of

__all__ = ["TRAITS", "check_groups", "read_traits"]

_WORDS = "words separated by spaces"
# each trait with the values that it takes; docs/lexicons.md tells what they mean
TRAITS: dict[str, tuple[object, ...] | str] = {
    "place": (True, False),
    "state": (True, False),
    "movement": (True, False),
    "armed": (True, False),
    "militant": ("ally", "rival"),
    "no_side": ("fights", "always"),
    "group": "an actor of the lexicon",
    "hosts": _WORDS,
    "international": _WORDS,
    "soldiers": _WORDS,
}


def read_traits(body: Mapping, category: str, problems: Problems) -> dict[str, Any]:
    """Return the traits of one category as plain values; what they cannot be is noted."""
    traits = body.get("traits") or {}
    if not isinstance(traits, Mapping):
        problems.append((0, category, "`traits` must be a mapping such as {place: true}"))
        return {}
    check_keys(traits, set(TRAITS), f"the traits of {category}", problems)
    found: dict[str, Any] = {}
    for name, value in traits.items():
        allowed = TRAITS.get(str(name))
        plain = str(value) if isinstance(value, str) else value
        if isinstance(allowed, tuple) and plain not in allowed:
            choices = ", ".join(sorted(str(one).lower() if isinstance(one, bool) else str(one) for one in allowed))
            problems.append((line_of(name), category, f"trait {name} is {value!r}, not one of {choices}"))
        elif isinstance(allowed, str) and not (isinstance(value, str) and value.strip()):
            problems.append((line_of(name), category, f"trait {name} is {value!r}; it takes {allowed}"))
        else:
            found[str(name)] = plain
    return found


def check_groups(traits: Mapping[str, Mapping[str, Any]], categories: Mapping, problems: Problems) -> None:
    """Note the groups that are no other actor of the lexicon."""
    for category, own in traits.items():
        group = own.get("group")
        if group is not None and (group == category or group not in categories):
            allowed = ", ".join(sorted(str(name) for name in categories if name != category))
            problems.append((0, category, f"trait group is {group!r}, not one of {allowed}"))

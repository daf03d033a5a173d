"""Traits of actors: what a category of the lexicon of actors says of its actor beside its names, checked on loading."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from discourse.lexicons.checks import Problems, check_keys, line_of

__all__ = ["TRAITS", "check_groups", "check_terms", "read_span", "read_traits"]

_WORDS = "words separated by spaces"
_SPANS = "names of actors, or a mapping from actor to a period such as {taliban: 1996-09-27/2001-12-22}"
_DAY = r"\d{4}-\d{2}-\d{2}"
_SPAN = re.compile(rf"({_DAY})?/({_DAY})?")
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
    "land": _WORDS,
    "alias": _WORDS,
    "enemy_of": _SPANS,
    "counts_as": ("other", "nobody"),
}


def read_span(span: object) -> tuple[np.datetime64 | None, np.datetime64 | None]:
    """Return the bounds of a period as written, ``from/to``: the first day in it and the first day after it.

    A bound that is left out is open. A period that is none has no bounds; loading a lexicon refuses it.

    Examples
    --------
    >>> [str(bound) for bound in read_span("1996-09-27/2001-11-13")], read_span("/")
    (['1996-09-27', '2001-11-13'], (None, None))
    """
    found = _SPAN.fullmatch(str(span))
    since, until = found.groups() if found else (None, None)
    return (np.datetime64(since) if since else None, np.datetime64(until) if until else None)


def _is_span(span: object) -> bool:
    """Tell whether a text is a period whose days exist and whose end comes after its start."""
    if not isinstance(span, str) or not _SPAN.fullmatch(span):
        return False
    try:
        since, until = read_span(span)
    except ValueError:
        return False
    return since is None or until is None or bool(since < until)


def _are_spans(value: object) -> bool:
    """Tell whether a value maps names of actors to periods."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(actor, str) and _is_span(span) for actor, span in value.items())
    )


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
        elif allowed is _SPANS and isinstance(value, Mapping) and _are_spans(value):
            found[str(name)] = {str(actor): str(span) for actor, span in value.items()}
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


def check_terms(rows: list[dict], problems: Problems) -> None:
    """Note the entries whose key ``during`` maps no actor to a period."""
    for row in rows:
        spans = row.get("during")
        if spans is not None and not _are_spans(spans):
            shown = "a mapping from actor to a period such as {taliban: 1996-09-27/2001-11-13}"
            problems.append((row["line"], row["pattern"], f"`during` is {spans!r}; it must be {shown}"))

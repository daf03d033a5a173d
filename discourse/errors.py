"""Errors of the library, and the builders that word them.

Every message names the argument, says what is wrong with the value or the count, lists what is
allowed, shows the first three offenders, and ends with the next action.
"""

from collections.abc import Iterable, Sequence

__all__ = [
    "AbsentError",
    "DiscourseError",
    "LexiconError",
    "ResourceError",
    "SchemaError",
    "SourceError",
    "check_choice",
    "first_three",
    "some_of",
]


class DiscourseError(Exception):
    """Base of all errors raised on purpose by this library."""


class SchemaError(DiscourseError, ValueError):
    """A table or an argument does not have the form that the function asks for."""


class AbsentError(SchemaError):
    """The tables do not hold what an argument asks for, though it could be asked of others: a word, a value, dates."""


class LexiconError(DiscourseError, ValueError):
    """A lexicon file holds entries that cannot work; the message lists entry and line."""


class SourceError(DiscourseError, ValueError):
    """A file cannot be read as a corpus at all (single bad records become rejects instead)."""


class ResourceError(DiscourseError, RuntimeError):
    """A resource is not installed; the message names the one command that installs it."""


def first_three(values: Iterable[object]) -> str:
    """Quote the first three of ``values`` for a message.

    Examples
    --------
    >>> first_three(["a", "b", "c", "d"])
    "'a', 'b', 'c'"
    """
    shown: list[str] = []
    for value in values:
        shown.append(repr(value))
        if len(shown) == 3:
            break
    return ", ".join(shown)


def some_of(values: Sequence[object]) -> str:
    """Quote the first three of ``values`` for a message that says what there is, with the number of the others.

    Examples
    --------
    >>> some_of(["a", "b", "c"]), some_of(["a", "b", "c", "d", "e"])
    ("'a', 'b', 'c'", "'a', 'b', 'c' and 2 more")
    """
    more = len(values) - 3
    return first_three(values) + (f" and {more:,} more" if more > 0 else "")


def check_choice(argument: str, value: object, allowed: Sequence[object]) -> None:
    """Raise unless ``value`` is one of ``allowed``.

    Raises
    ------
    SchemaError
        Names the argument, the value and the sorted choices.

    Examples
    --------
    >>> check_choice("period", "month", ["year", "month"])
    >>> check_choice("period", "week", ["year", "month"])
    Traceback (most recent call last):
    discourse.errors.SchemaError: `period` is 'week'; it must be one of 'month', 'year'.
    """
    if value not in allowed:
        choices = ", ".join(sorted(repr(choice) for choice in allowed))
        raise SchemaError(f"`{argument}` is {value!r}; it must be one of {choices}.")

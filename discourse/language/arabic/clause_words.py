"""Lists of syntax.yml that the rules of clauses ask for by name."""

from functools import cache

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as normal
from discourse.language.arabic.word_classes import lists

__all__ = [
    "agents", "always_with_object", "auxiliaries", "behind_word", "considering", "controllers", "copulas", "done",
    "durations",
    "full_plural", "impersonal", "passive_nouns", "raising", "sequences", "verbal_noun_relations",
]  # fmt: skip


@cache
def auxiliaries() -> dict[str, str]:
    """Return the verbs that say something of the verb behind them, and what."""
    return dict(lists()["auxiliaries"])


@cache
def raising() -> dict[str, str]:
    """Return the verbs of ability and duty, and those of going on, and what they say of their complement."""
    return dict(lists()["raising"])


@cache
def behind_word() -> dict[str, str]:
    """Return how a clause with أن belongs to the one above it, by the word before أن."""
    return {normal(word): relation for word, relation in lists()["before_that"].items()}


@cache
def agents() -> frozenset[str]:
    """Return the prepositions that name who acts, behind a passive or a verbal noun."""
    return frozenset(normal(words) for words in lists()["agents"])


@cache
def always_with_object() -> frozenset[str]:
    """Return the verbs that always take an object."""
    return frozenset(lists()["always_with_object"])


@cache
def verbal_noun_relations() -> dict[str, str]:
    """Return how a verbal noun belongs to its clause, by the preposition before it."""
    return {normal(word): relation for word, relation in lists()["verbal_noun_relations"].items()}


@cache
def passive_nouns() -> frozenset[str]:
    """Return the verbal nouns behind which stands who is acted on: مقتل."""
    return frozenset(normal(word) for word in lists()["passive_nouns"])


@cache
def full_plural() -> tuple[str, ...]:
    """Return how a plural ends that no genitive can follow: it has kept its last letter."""
    return tuple(normal(ending) for ending in lists()["full_plural"])


@cache
def sequences(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the entries of a list of several words in normal form, by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in lists()[name]:
        words = tuple(normal(word) for word in entry.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(entries, key=len, reverse=True)) for first, entries in found.items()}


@cache
def done() -> frozenset[str]:
    """Return the verbs that make a passive with the verbal noun behind them: تم اعتقال."""
    return frozenset(lists()["done"])


@cache
def controllers() -> frozenset[str]:
    """Return the prepositions that name who is to act, behind a verb of ability or duty."""
    return frozenset(normal(word) for word in lists()["controllers"])


@cache
def impersonal() -> frozenset[str]:
    """Return the verbs that have no subject before them: يجب."""
    return frozenset(lists()["impersonal"])


@cache
def considering() -> frozenset[str]:
    """Return the verbs of holding for something, passive with two nouns behind them."""
    return frozenset(lists()["considering"])


@cache
def durations() -> frozenset[str]:
    """Return the verbs whose object is an amount of time."""
    return frozenset(lists()["durations"])


@cache
def copulas() -> frozenset[str]:
    """Return the verbs that join a subject with what is said of it."""
    return frozenset(lists()["copulas"])

"""What the lexicon of actors says of its actors: whom an entry names on a day, and what stands for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon
from discourse.lexicons.traits import read_span

__all__ = [
    "NOBODY",
    "OTHER",
    "Enmity",
    "Office",
    "Roles",
    "Term",
    "actor_on",
    "aliases_of",
    "group_of",
    "read_offices",
    "read_roles",
    "read_sides",
]

OTHER = "other"  # the side of whoever is none of the sides of the codebook
NOBODY = "nobody"  # the value of `counts_as` of whoever speaks for no holder, such as former officials


class Term(NamedTuple):
    """A period in which an entry names another actor: from its first day up to, and without, its last."""

    actor: str
    since: np.datetime64 | None = None
    until: np.datetime64 | None = None

    def holds(self, day: np.datetime64) -> bool:
        """Tell whether a day lies in the period; an absent bound is open.

        Examples
        --------
        >>> term = Term("taliban", np.datetime64("1996-09-27"), np.datetime64("2001-11-13"))
        >>> [term.holds(np.datetime64(day)) for day in ("1996-09-26", "1996-09-27", "2001-11-12", "2001-11-13")]
        [False, True, True, False]
        """
        return bool((self.since is None or day >= self.since) and (self.until is None or day < self.until))


class Office(NamedTuple):
    """What an entry stands for: an actor, from the day it ends (``until``) its successor, in ``terms`` others."""

    actor: str
    until: np.datetime64 | None = None
    successor: str | None = None
    terms: tuple[Term, ...] = ()


class Enmity(NamedTuple):
    """An actor at war with a target in a period: whoever supports it takes sides against the target."""

    enemy: str
    target: str
    span: Term


def actor_on(entry: Office, day: np.datetime64 | None) -> str:
    """Return the actor that an entry names on a day: from the day that it ends, its successor.

    The day itself belongs to the successor: on 2021-08-15 the government in Kabul is the Taliban. In a period of its
    ``terms`` an entry names the actor of that period. Without a day, or without an end and a successor, an entry names
    its own actor.

    Examples
    --------
    >>> kabul = Office("afghan_gov", np.datetime64("2021-08-15"), "taliban")
    >>> [actor_on(kabul, np.datetime64(day)) for day in ("2021-08-14", "2021-08-15")]
    ['afghan_gov', 'taliban']
    >>> rulers = kabul._replace(terms=(Term("taliban", np.datetime64("1996-09-27"), np.datetime64("2001-11-13")),))
    >>> [actor_on(rulers, np.datetime64(day)) for day in ("1995-01-01", "1998-01-01", "2009-01-01")]
    ['afghan_gov', 'taliban', 'afghan_gov']
    """
    if day is None or np.isnat(day):
        return entry.actor
    for term in entry.terms:
        if term.holds(day):
            return term.actor
    if entry.successor is None or entry.until is None:
        return entry.actor
    return entry.successor if day >= entry.until else entry.actor


def read_offices(actors: Lexicon) -> list[Office]:
    """Return what each entry of the lexicon stands for, in the order of its entries."""
    entries = actors.entries
    absent = [None] * len(entries)
    ends, successors, during = (entries[key] if key in entries else absent for key in ("to", "successor", "during"))
    return [
        Office(
            str(actor),
            None if pd.isna(end) else np.datetime64(str(end)[:10]),
            None if pd.isna(successor) else str(successor),
            tuple(_terms(spans)),
        )
        for actor, end, successor, spans in zip(entries["category"], ends, successors, during, strict=True)
    ]


def _terms(spans: Any) -> list[Term]:
    """Return the periods of a mapping from actor to spans, in the order of the file."""
    if not isinstance(spans, Mapping):
        return []
    return [Term(str(actor), *read_span(span)) for actor, span in spans.items()]


@dataclass(frozen=True)
class Roles:
    """Which actors the rules read in a way of their own, by the traits of the lexicon; docs/lexicons.md explains them.

    Words are in normal form, each with the actor that it stands for.
    """

    places: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    movements: frozenset[str] = frozenset()
    armed: frozenset[str] = frozenset()
    allies: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    no_fighters: frozenset[str] = frozenset()
    no_sides: frozenset[str] = frozenset()
    hosts: Mapping[str, str] = field(default_factory=dict)
    international: Mapping[str, str] = field(default_factory=dict)
    soldiers: Mapping[str, str] = field(default_factory=dict)
    lands: Mapping[str, str] = field(default_factory=dict)
    wars: tuple[Enmity, ...] = ()
    counts_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def nobody(self) -> frozenset[str]:
        """Actors that speak for no holder: former officials."""
        return frozenset(name for name, holder in self.counts_as.items() if holder == NOBODY)

    @property
    def enemies(self) -> Mapping[str, frozenset[str]]:
        """Each target with the actors that are at war with it, whatever the day."""
        return {war.target: self.enemies_of(war.target) for war in self.wars}

    def enemies_of(self, target: str, day: np.datetime64 | None = None) -> frozenset[str]:
        """Return the actors at war with a target on a day; without a day, those at war with it on any.

        Support for them counts against the target.

        Examples
        --------
        >>> wars = (Enmity("r", "t", Term("r", None, np.datetime64("2001-12-22"))), Enmity("m", "t", Term("m")))
        >>> roles = Roles(wars=wars)
        >>> sorted(roles.enemies_of("t")), sorted(roles.enemies_of("t", np.datetime64("2009-01-01")))
        (['m', 'r'], ['m'])
        """
        wars = [war for war in self.wars if war.target == target]
        if day is not None and not np.isnat(day):
            wars = [war for war in wars if war.span.holds(day)]
        return frozenset(war.enemy for war in wars)

    def holder_of(self, actor: str) -> str | None:
        """Return as which holder an actor counts where holders are not chosen; None where it speaks for nobody.

        Examples
        --------
        >>> roles = Roles(counts_as={"northern_alliance": "other", "former": "nobody"})
        >>> [roles.holder_of(actor) for actor in ("russia", "northern_alliance", "former")]
        ['russia', 'other', None]
        """
        holder = self.counts_as.get(actor, actor)
        return None if holder == NOBODY else holder

    @property
    def militants(self) -> frozenset[str]:
        """Armed groups that reports name beside a target."""
        return self.allies | self.rivals

    def may_hold(self, actor: str | None, category: str) -> bool:
        """Tell whether an actor takes sides by cues of a category: an ally by alliance alone, a rival by force alone.

        Examples
        --------
        >>> roles = Roles(allies=frozenset({"a"}), rivals=frozenset({"r"}))
        >>> [roles.may_hold(actor, "force") for actor in ("a", "r", "x")]
        [False, True, True]
        """
        if actor in self.allies:
            return category == "alliance"
        return category == "force" or actor not in self.rivals


def read_roles(actors: Lexicon) -> Roles:
    """Return the roles that the traits of a lexicon of actors give."""

    def those(trait: str, *values: object) -> frozenset[str]:
        return frozenset(name for name, traits in actors.traits.items() if traits.get(trait) in values)

    def words(trait: str) -> dict[str, str]:
        return {
            actors.normalizer(word): name
            for name, traits in actors.traits.items()
            for word in str(traits.get(trait, "")).split()
        }

    return Roles(
        places=those("place", True),
        states=those("state", True),
        movements=those("movement", True),
        armed=those("armed", True),
        allies=those("militant", "ally"),
        rivals=those("militant", "rival"),
        no_fighters=those("militant", "ally", "rival") | those("no_side", "fights", "always"),
        no_sides=those("militant", "ally", "rival") | those("no_side", "always"),
        hosts=words("hosts"),
        international=words("international"),
        soldiers=words("soldiers"),
        lands=words("land"),
        wars=tuple(
            Enmity(name, target, Term(name, *read_span(span)))
            for name, traits in actors.traits.items()
            for target, span in _spans_of(traits.get("enemy_of")).items()
        ),
        counts_as={name: str(traits["counts_as"]) for name, traits in actors.traits.items() if "counts_as" in traits},
    )


def _spans_of(enemy_of: Any) -> dict[str, str]:
    """Return target to period of the trait ``enemy_of``: a mapping, or names of targets at all times."""
    if isinstance(enemy_of, Mapping):
        return {str(target): str(span) for target, span in enemy_of.items()}
    return dict.fromkeys(str(enemy_of or "").split(), "/")


def aliases_of(actors: Lexicon) -> dict[str, str]:
    """Return other names under which files of users may carry an actor, each with the actor: trait ``alias``.

    Examples
    --------
    >>> from discourse.lexicons.loader import load_lexicon
    >>> aliases_of(load_lexicon("actors"))["saudi"]
    'saudi_arabia'
    """
    return {
        alias: name
        for name, traits in actors.traits.items()
        for alias in str(traits.get("alias", "")).split()
        if alias not in actors.categories
    }


def group_of(target: str, actors: Lexicon) -> tuple[str, ...]:
    """Return the actors that a target stands for: itself and those whose trait ``group`` names it.

    Examples
    --------
    >>> from discourse.lexicons.loader import load_lexicon
    >>> group_of("taliban", load_lexicon("actors"))
    ('taliban', 'taliban_pakistan')
    """
    return (target, *(name for name, traits in actors.traits.items() if traits.get("group") == target))


def read_sides(actors: Lexicon) -> dict[str, str]:
    """Return the side of each actor: that of its first entry, ``other`` where the lexicon gives none."""
    if "side" not in actors.entries:
        return dict.fromkeys(actors.categories, OTHER)
    first = actors.entries.drop_duplicates("category").set_index("category")["side"].fillna(OTHER)
    return {str(name): str(side) for name, side in first.items()}

"""What the lexicon of actors says of its actors: whom an entry names on a day, and what stands for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon

__all__ = ["OTHER", "Office", "Roles", "actor_on", "group_of", "read_offices", "read_roles", "read_sides"]

OTHER = "other"  # the side of whoever is none of the sides of the codebook


class Office(NamedTuple):
    """What an entry stands for: an actor, and from the day it ends (``until``) its successor."""

    actor: str
    until: np.datetime64 | None = None
    successor: str | None = None


def actor_on(entry: Office, day: np.datetime64 | None) -> str:
    """Return the actor that an entry names on a day: from the day that it ends, its successor.

    The day itself belongs to the successor: on 2021-08-15 the government in Kabul is the Taliban. Without a day, or
    without an end and a successor, an entry names its own actor.

    Examples
    --------
    >>> kabul = Office("afghan_gov", np.datetime64("2021-08-15"), "taliban")
    >>> [actor_on(kabul, np.datetime64(day)) for day in ("2021-08-14", "2021-08-15")]
    ['afghan_gov', 'taliban']
    """
    if entry.successor is None or entry.until is None or day is None or np.isnat(day):
        return entry.actor
    return entry.successor if day >= entry.until else entry.actor


def read_offices(actors: Lexicon) -> list[Office]:
    """Return what each entry of the lexicon stands for, in the order of its entries."""
    entries = actors.entries
    absent = [None] * len(entries)
    ends = entries["to"] if "to" in entries else absent
    successors = entries["successor"] if "successor" in entries else absent
    return [
        Office(
            str(actor),
            None if pd.isna(end) else np.datetime64(str(end)[:10]),
            None if pd.isna(successor) else str(successor),
        )
        for actor, end, successor in zip(entries["category"], ends, successors, strict=True)
    ]


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
    )


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

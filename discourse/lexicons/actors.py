"""Who the entries of the lexicon of actors speak for, day by day."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon

__all__ = ["Office", "actor_on", "read_offices"]


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

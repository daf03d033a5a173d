"""Whose position toward whom is asked where nobody says otherwise: the pair of the study that ships."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

__all__ = ["DEFAULT_STUDY", "Pair", "default_pair"]

DEFAULT_STUDY = "russia-taliban"


class Pair(NamedTuple):
    """Whose position toward whom."""

    holders: tuple[str, ...]
    target: str


@cache
def default_pair() -> Pair:
    """Return the holders and the target of the study that ships.

    Examples
    --------
    >>> default_pair().target
    'taliban'
    """
    place = files("discourse.studies") / f"{DEFAULT_STUDY}.yml"
    keys = yaml.safe_load(place.read_text(encoding="utf-8"))
    return Pair(tuple(keys["holders"]), keys["target"])

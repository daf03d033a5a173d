"""Whose position toward whom is asked where nobody says otherwise: the pair of the study that ships."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from discourse.lexicons.actors import read_roles
from discourse.lexicons.loader import Lexicon, load_lexicon

__all__ = ["DEFAULT_STUDY", "Pair", "default_pair", "holders_of_a_target"]

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


def holders_of_a_target(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the holders where a study is asked for by its target alone, and the holder that ships is that target.

    They are all other actors of the lexicon that count as themselves; nothing where the options name holders.

    Examples
    --------
    >>> holders = holders_of_a_target({"target": "russia"})["holders"]
    >>> "taliban" in holders, "russia" in holders, holders_of_a_target({"target": "isis"})
    (True, False, {})
    """
    target = options.get("target")
    if target not in default_pair().holders or "holders" in options or "holder" in options:
        return {}
    own = options.get("actors")
    actors = own if isinstance(own, Lexicon) else load_lexicon("actors")
    known = read_roles(actors).counts_as
    return {"holders": [name for name in actors.categories if name != target and name not in known]}

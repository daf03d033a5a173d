"""What tables depend on beside corpus and study: versions and code, held against those of processes elsewhere."""

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from discourse.cache import digest_package
from discourse.writing import own_version

__all__ = ["own_versions", "tell_others"]

_PACKAGES = ("numpy", "pandas", "pyarrow", "scipy")


@cache
def own_versions() -> dict[str, str]:
    """Return the versions that tables made by this process depend on, and a digest of all code and word lists."""
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "discourse": own_version(),
        **{name: version(name) for name in _PACKAGES},
        "the code of discourse": digest_package()[:12],
    }


def tell_others(scheduler: str, own: Mapping[str, str], found: Mapping[str, Any]) -> str:
    """Say which processes have other versions, by address, and what differs there first; empty where none has.

    Parameters
    ----------
    scheduler : str
        Address of their scheduler.
    own : mapping
        The versions of this process.
    found : mapping of str to mapping or Exception
        Those of each process, or why it could not tell them; one that could not be reached is passed over.

    Examples
    --------
    >>> found = {"tcp://b:2": {"Python": "3.12"}, "tcp://c:3": {"Python": "3.11"}}
    >>> tell_others("tcp://a:1", {"Python": "3.11"}, found)  # doctest: +ELLIPSIS
    "1 of the processes of 'tcp://a:1' could make other tables: tcp://b:2 has Python 3.12, here is 3.11. Install ..."
    """
    told = {address: _told(own, there) for address, there in found.items() if not isinstance(there, OSError)}
    others = {address: said for address, said in told.items() if said}
    if not others:
        return ""
    said = "; ".join(f"{address} has {what}" for address, what in list(others.items())[:3])
    return (
        f"{len(others)} of the processes of {scheduler!r} could make other tables: {said}. "
        "Install the same versions on every machine, and start the processes again."
    )


def _told(own: Mapping[str, str], there: Any) -> str:
    if isinstance(there, Exception):
        return f"no discourse like this one ({there})"
    for name, value in own.items():
        if there.get(name) != value:
            return f"{name} {there.get(name, 'unknown')}, here is {value}"
    return ""

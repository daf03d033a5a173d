"""Versions: the library, its code and the packages that an archive was made with."""

import hashlib
import platform
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["PACKAGE", "find_versions", "requirements"]

PACKAGE = "arabic-discourse"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def find_versions() -> dict[str, Any]:
    """Return the version of Python, the versions of the library and of all that it needs, and the digest of its code.

    Returns
    -------
    dict
        ``python``, ``packages`` (name to version, by name) and ``code``, a SHA-256 over the modules and word lists of
        the library: two checkouts of one version may differ in it.
    """
    return {"code": _code(), "packages": _needed(), "python": ".".join(platform.python_version_tuple()[:3])}


def requirements(versions: Mapping[str, Any]) -> str:
    r"""Return versions as a requirements file, which pip installs.

    Examples
    --------
    >>> requirements({"packages": {"numpy": "2.5.5", "pandas": "3.1.1"}})
    'numpy==2.5.5\npandas==3.1.1\n'
    """
    return "".join(f"{name}=={number}\n" for name, number in versions["packages"].items())


def _code() -> str:
    whole, root = hashlib.sha256(), Path(str(files("discourse")))
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yml")):
        whole.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def _needed() -> dict[str, str]:
    """Return the library and, from package to package, what they require without their extras."""
    found: dict[str, str] = {}
    waiting = [PACKAGE]
    while waiting:
        name = waiting.pop()
        try:
            known = distribution(name)
        except PackageNotFoundError:
            continue  # required on another system or Python alone
        shown = str(known.metadata["Name"]).lower().replace("_", "-")
        if shown in found:
            continue
        found[shown] = known.version
        for line in known.requires or ():
            need = _NAME.match(line)
            if need and "extra ==" not in line:
                waiting.append(need[0])
    return dict(sorted(found.items()))

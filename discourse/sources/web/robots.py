"""robots.txt by RFC 9309: which paths of a host a named robot may ask for, and how slowly."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

__all__ = ["ALLOW_ALL", "Rules", "is_allowed", "read_robots"]


class Rules(NamedTuple):
    """The rules for one robot: pairs of (pattern, allowed), and the delay in seconds that the host asks for."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None


ALLOW_ALL = Rules()


def read_robots(text: str, agent: str) -> Rules:
    r"""Return the rules of a robots.txt for the robot ``agent``.

    The groups that name the robot count; where none does, those for ``*``. Several groups of one name are joined.

    References
    ----------
    Koster, M., Illyes, G., Zeller, H., Sassman, L. (2022). Robots Exclusion Protocol. RFC 9309.
    https://doi.org/10.17487/RFC9309

    Examples
    --------
    >>> rules = read_robots("User-agent: *\nDisallow: /search\nAllow: /search/about$", "arabic-discourse")
    >>> [is_allowed(rules, f"https://example.org{path}") for path in ("/news/1", "/search?q=a", "/search/about")]
    [True, False, True]
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[str] = []
    open_names = False
    for line in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")):
        key, found, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not found:
            continue
        if key == "user-agent":
            named = [*named, value.lower()] if open_names else [value.lower()]
            open_names = True
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow", "crawl-delay"):
            open_names = False
            for name in named:
                groups[name].append((key, value))
    token = agent.lower().split("/")[0].split(" ")[0]
    lines = groups.get(token, groups.get("*", []))
    paths = tuple((_normal(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
    return Rules(paths, max(delays, default=None))


def is_allowed(rules: Rules, address: str) -> bool:
    """Say whether the rules let a robot ask for an address: the longest pattern decides, allow before disallow."""
    parts = urlsplit(address)
    path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    best = max(((len(pattern), allowed) for pattern, allowed in rules.paths if _fits(pattern, path)), default=(0, True))
    return best[1]


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/?=&;:@!$'()*+,~%#[]-._")


def _fits(pattern: str, path: str) -> bool:
    """Match by pieces between stars, from left to right: linear, whatever the pattern."""
    anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, piece in enumerate(rest, start=1):
        if anchored and number == len(rest):
            return len(path) - len(piece) >= place and path.endswith(piece)
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not anchored or place == len(path)

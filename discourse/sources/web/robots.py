"""robots.txt by RFC 9309: which paths of a host a named robot may ask for, and how slowly."""

import re
import string
from typing import NamedTuple
from urllib.parse import quote, urlsplit

__all__ = ["ALLOW_ALL", "Rules", "is_allowed", "read_robots"]


class Rules(NamedTuple):
    """The rules for one robot: pairs of (pattern, allowed), and the delay in seconds that the host asks for."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None


ALLOW_ALL = Rules()
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


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
    token = agent.lower().split("/")[0].split(" ")[0]
    groups: dict[str, list[tuple[str, str]]] = {}
    named: set[str] = set()  # of the two names that can count: a group may name a hundred thousand
    open_names = False
    for line in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")):
        key, found, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not found:
            continue
        if key == "user-agent":
            named = named if open_names else set()
            open_names = True
            if value.lower() in (token, "*"):
                named.add(value.lower())
                groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow", "crawl-delay"):
            open_names = False
            for name in named:
                groups[name].append((key, value))
    lines = groups.get(token, groups.get("*", []))
    paths = tuple((_pattern(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d+(\.\d+)?", value)]
    return Rules(paths, max(delays, default=None))


def is_allowed(rules: Rules, address: str) -> bool:
    """Say whether the rules let a robot ask for an address: the longest pattern decides, allow before disallow."""
    parts = urlsplit(address)
    path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    path = path.replace("*", "%2A").replace("$", "%24")
    best = max(((len(pattern), allowed) for pattern, allowed in rules.paths if _fits(pattern, path)), default=(0, True))
    return best[1]


def _pattern(value: str) -> str:
    """Write a rule as it is compared: a star is anything, a dollar at its end the end, elsewhere itself."""
    body, end = (value[:-1], "$") if value.endswith("$") else (value, "")
    return _normal(body).replace("$", "%24") + end


def _normal(path: str) -> str:
    """Write a path as RFC 9309 (2.2.2) compares it: only what needs no percent sign is decoded, so that %2F is no /."""
    return quote(_ESCAPED.sub(_decoded, path), safe="/?=&;:@!$'()*+,~%#[]-._")


def _decoded(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in _UNRESERVED else f"%{escape[1].upper()}"


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

"""robots.txt by RFC 9309: which paths of a host a named robot may ask for, and how slowly.

Which lines count is decided here, in one pass over the file; what these say of a path is decided by protego.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from discourse.errors import ResourceError

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["ALLOW_ALL", "ROBOTS_BYTES", "Rules", "is_allowed", "read_robots"]

ROBOTS_BYTES = 512_000
"""Bytes of a robots.txt that are read: RFC 9309 (2.5) asks for 500 KiB at least."""

_AGENT = re.compile(r"user[- ]?agent(?:\s*:|\s|$)\s*(.*)", re.I | re.S)
_RULE = re.compile(
    r"(?:allow|diss?allow|diss?alow|diasllow|disallaw|crawl[- ]delay|request[- ]rate|visit[- ]time)(?:\s*:|\s|$)", re.I
)
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BREAKS = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # what str.splitlines takes for ends of lines too


class Rules(NamedTuple):
    """The lines that hold for one robot, read by protego (None: all is allowed), and the delay in seconds they name."""

    lines: "Protego | None" = None
    delay: float | None = None


ALLOW_ALL = Rules()


def read_robots(text: str | bytes, agent: str) -> Rules:
    r"""Return the rules of a robots.txt for the robot ``agent``.

    The groups that name the robot count; where none does, those for ``*``. Several groups of one name are joined. Only
    these lines are kept, so that the cost is linear, however many robots a group names. Of more than 512,000 bytes the
    first whole lines are read.

    Raises
    ------
    ResourceError
        protego is not installed.

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
    try:
        from protego import Protego
    except ImportError as error:
        raise ResourceError(
            "Fetching pages needs protego, not installed here. Run: pip install 'arabic-discourse[web]'"
        ) from error
    lines = Protego.parse("\n".join(["User-agent: *", *_lines_for(_token(agent), _whole(text))]))
    return Rules(lines, lines.crawl_delay("*"))


def is_allowed(rules: Rules, address: str) -> bool:
    """Say whether the rules let a robot ask for an address: the longest pattern decides, allow before disallow."""
    return rules.lines is None or rules.lines.can_fetch(_shielded(address, anchored=False), "*")


def _whole(text: str | bytes) -> str:
    """Decode the lines that stand whole within the limit: a rule that is cut off might forbid everything."""
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(raw) > ROBOTS_BYTES:
        raw = raw[: max(raw.rfind(b"\n", 0, ROBOTS_BYTES), raw.rfind(b"\r", 0, ROBOTS_BYTES), 0)]
    return raw.decode("utf-8", "replace").lstrip("\ufeff")


def _token(name: str) -> str:
    """Return the product token of a name: what stands before its version."""
    return re.split(r"[/\s]", name.strip().lower(), maxsplit=1)[0]


def _lines_for(token: str, text: str) -> list[str]:
    """Return the rules of the groups that name the token, or else of those for all robots."""
    groups: dict[str, list[str]] = {}
    named: set[str] = set()  # of the two names that can count: a group may name a hundred thousand
    open_names = False
    for line in re.split(r"\r\n|\r|\n", text):
        line = line.split("#", 1)[0].strip()
        if agent := _AGENT.match(line):
            named = named if open_names else set()
            open_names = True
            name = _token(agent[1])
            if name in (token, "*"):
                named.add(name)
                groups.setdefault(name, [])
        elif _RULE.match(line):  # other lines end no group (2.2.4)
            open_names = False
            shielded = _shielded(line, anchored=True) if named else line
            for name in named:
                groups[name].append(shielded)
    return groups.get(token, groups.get("*", []))


def _shielded(text: str, *, anchored: bool) -> str:
    """Write a percent sign twice where protego would read an escape otherwise than RFC 9309 does (2.2.2, 2.2.3).

    Bytes that are no UTF-8 (Windows-1256 in an old address) would all become one character. A dollar at the end of a
    rule is the end of the path; any other is itself, and protego takes the one for the other too.
    """
    body, end = (text[:-1], "$") if anchored and text.endswith("$") else (text, "")
    body = _ESCAPES.sub(_escapes, body).replace("$", "%2524")
    return _BREAKS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), body) + end


def _escapes(found: re.Match[str]) -> str:
    raw = bytes.fromhex(found[0].replace("%", ""))
    letters = raw.decode("utf-8", "surrogateescape")
    if letters.isprintable() and "$" not in letters:
        return found[0]
    return "".join(
        f"%25{ord(letter) - 0xDC00:02X}"
        if "\udc80" <= letter <= "\udcff"
        else ("%2524" if letter == "$" else "".join(f"%{byte:02X}" for byte in letter.encode()))
        for letter in letters
    )

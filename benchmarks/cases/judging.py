"""A row of a table of cases: what was asked, what is right, what was got; and how the two are compared.

What is right is written in YAML. A value is right where it is equal; a mapping names what must hold of each part that
it names; a mapping of one rule (`one of`, `none of`, `says`, `at most`, `at least`) says it in other words.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

WIDTH = 100


class Row(NamedTuple):
    """One case: its number or file, what was done with it, what is right, what was got, and whether it is right."""

    name: str
    asked: str
    right: Any
    got: Any
    holds: bool


RULES = {
    "one of": lambda allowed, got: any(holds(one, got) for one in allowed),
    "none of": lambda banned, got: not set(map(str, banned)) & set(map(str, got)),
    "each one of": lambda allowed, got: bool(got) and all(any(holds(one, each) for one in allowed) for each in got),
    "has": lambda wanted, got: not set(map(str, wanted)) - set(map(str, got)),
    "says": lambda pattern, got: re.search(pattern, str(got)) is not None,
    "at most": lambda bound, got: got <= bound,
    "at least": lambda bound, got: got >= bound,
}


def holds(right: Any, got: Any) -> bool:
    """Say whether what was got is what is right."""
    if isinstance(right, Mapping):
        if right and right.keys() <= RULES.keys():
            return all(RULES[rule](value, got) for rule, value in right.items())
        return isinstance(got, Mapping) and all(key in got and holds(value, got[key]) for key, value in right.items())
    if isinstance(right, list):
        return (
            isinstance(got, list)
            and len(right) == len(got)
            and all(holds(one, other) for one, other in zip(right, got, strict=True))
        )
    return type(right) is type(got) and right == got


def row(name: str, asked: str, right: Any, got: Any) -> Row:
    """Compare, and keep of what was got the parts that were asked."""
    return Row(name, asked, right, got, holds(right, got))


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read a list of cases."""
    return yaml.safe_load(path.read_text("utf-8"))


def say(value: Any, width: int = WIDTH) -> str:
    """Write a value on one line of a table."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split()).replace("|", "/")
    return text if len(text) <= width else text[: width - 1] + "…"


def as_table(title: str, rows: list[Row]) -> str:
    """Return the rows as a table in Markdown, with how many are right."""
    lines = [f"## {title}: {sum(r.holds for r in rows)} of {len(rows)} right", ""]
    lines += ["| case | input | right | got | right? |", "|---|---|---|---|---|"]
    lines += [
        f"| {r.name} | {say(r.asked, 60)} | {say(r.right)} | {say(r.got)} | {'yes' if r.holds else 'NO'} |"
        for r in rows
    ]
    return "\n".join([*lines, ""])

"""The rules of reported speech as data: name, condition, and the pair of texts at its edge."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

__all__ = ["Rule", "describe_rules", "read_rules"]


class Rule(NamedTuple):
    """One rule: a text that it finds, the nearest one that it does not, and the rule that finds that, if any."""

    name: str
    when: str
    found: str
    not_found: str
    gives: str | None


@cache
def read_rules() -> tuple[Rule, ...]:
    """Return the rules that the column ``rule`` of QUOTATIONS names, in their order.

    Returns
    -------
    tuple of Rule

    Examples
    --------
    >>> [rule.name for rule in read_rules()][:3]
    ['after', 'before', 'relative']
    """
    listed = yaml.safe_load((files("discourse.reading.speech") / "rules.yml").read_text(encoding="utf-8"))
    return tuple(Rule(row["rule"], row["when"], row["found"], row["not_found"], row["gives"]) for row in listed)


def describe_rules() -> str:
    """Return the rules as a Markdown table: a section of docs/method-speech.md.

    Returns
    -------
    str
        One line a rule: name, condition, a text it finds, the nearest text it does not, and what finds that.

    Examples
    --------
    >>> describe_rules().splitlines()[0]
    '| rule | condition | finds | does not find (found by) |'
    """
    lines = ["| rule | condition | finds | does not find (found by) |", "|---|---|---|---|"]
    for rule in read_rules():
        found, not_found = (text.replace("\n", " ¶ ") for text in (rule.found, rule.not_found))
        lines.append(f"| {rule.name} | {rule.when} | {found} | {not_found} ({rule.gives or 'nothing'}) |")
    return "\n".join(lines)

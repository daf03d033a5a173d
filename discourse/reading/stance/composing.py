"""How operators and attitudes change the position that a cue conveys: the table of composition.yml, applied."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

__all__ = ["Composition", "compose", "load_composition"]


class Composition(NamedTuple):
    """The table: the code of each class, and what each operator makes of a code or of a class."""

    codes: dict[str, int | None]
    operators: dict[str, dict[int, int | None]]
    classes: dict[str, dict[str, int | None]]


@cache
def load_composition() -> Composition:
    """Load the table that ships with the package."""
    text = files("discourse.reading.stance").joinpath("composition.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return Composition(table["codes"], table["operators"], table["classes"])


def compose(category: str, operators: Iterable[str]) -> int | None:
    """Return the code that a class conveys under operators, innermost first; None where it conveys none.

    Examples
    --------
    >>> compose("recognition", []), compose("recognition", ["considers"]), compose("recognition", ["opposes"])
    (2, 0, -1)
    >>> compose("sanctions", ["stop"]), compose("fate_bad", []), compose("fate_bad", ["welcomes"])
    (2, None, -2)
    """
    table = load_composition()
    row = table.classes.get(category, {})
    code, first = table.codes.get(category), True
    for operator in operators:
        if first and operator in row:
            code = row[operator]
        elif code is not None and operator in table.operators:
            code = table.operators[operator][code]
        else:
            continue
        first = False
    return code

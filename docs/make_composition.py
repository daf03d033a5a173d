"""Write the section on composition in docs/method-positions.md anew from composition.yml."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from discourse.reading.stance.composing import load_composition

BEGIN, END = "<!-- composition.yml -->", "<!-- end -->"
CODES = (2, 1, 0, -1, -2)


def _shown(code: int | None) -> str:
    return "none" if code is None else f"{code:+d}" if code else "0"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def section() -> str:
    """Return the section: codes of classes, what operators make of a code, and the classes with rows of their own."""
    table = load_composition()
    by_code: dict[int | None, list[str]] = {}
    for name, code in table.codes.items():
        by_code.setdefault(code, []).append(f"`{name}`")
    lines = _table(
        ["code", "classes"], [[_shown(code), ", ".join(by_code[code])] for code in (*CODES, None) if code in by_code]
    )
    lines += ["", "What an operator makes of the code below it:", ""]
    head = ["operator", *(_shown(code) for code in CODES)]
    lines += _table(
        head, [[f"`{name}`", *(_shown(row[code]) for code in CODES)] for name, row in table.operators.items()]
    )
    lines += ["", "Classes that an operator right above them changes in a way of their own:", ""]
    own = (
        [f"`{name}`", ", ".join(f"{operator} {_shown(code)}" for operator, code in row.items())]
        for name, row in table.classes.items()
    )
    return "\n".join([*lines, "", *_table(["class", "under"], own)])


def text(page: str) -> str:
    """Return the page with its section written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{section()}\n\n{END}{after}"


if __name__ == "__main__":
    target = Path(__file__).with_name("method-positions.md")
    whole = text(target.read_text(encoding="utf-8"))
    part = target.with_suffix(".part")
    part.write_text(whole, encoding="utf-8", newline="\n")
    os.replace(part, target)
    sys.stdout.write(f"wrote the composition into docs/{target.name}\n")

"""Run the simulations and write their tables into docs/method-uncertainty.md.

    make simulations                                     or
    python benchmarks/simulations/run.py [--only NAME ...] [--runs N] [--seed N] [--out FILE]

Each module beside this one that has a function `simulate(*, runs, seed)`, which returns tables by title, is a page of
simulations; its tables go between `<!-- simulation: NAME -->` and `<!-- end -->`, and a page without such marks is put
at the end. RUNS of the module is the size of a full run; with --runs (a short look) nothing is written unless --out
says where.
"""

import argparse
import re
import sys
import time
from importlib import import_module
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs" / "method-uncertainty.md"
SEED = 20151223


def pages() -> list[str]:
    """Return the names of the pages of simulations."""
    found = sorted(path.stem for path in HERE.glob("*.py") if path.stem != Path(__file__).stem)
    return [name for name in found if not name.startswith("_")]


def as_markdown(tables: dict[str, pd.DataFrame]) -> str:
    """Return tables as Markdown, each under its title."""
    parts = []
    for title, table in tables.items():
        rows = [[_cell(value) for value in row] for row in table.itertuples(index=False, name=None)]
        head = [str(name) for name in table.columns]
        lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]
        parts.append(f"**{title}**\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.3f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def put(text: str, name: str, tables: str) -> str:
    """Return the text of the page with the tables of one simulation in their place."""
    block = f"<!-- simulation: {name} -->\n\n{tables}\n\n<!-- end -->"
    place = re.compile(rf"<!-- simulation: {re.escape(name)} -->.*?<!-- end -->", re.DOTALL)
    if place.search(text):
        return place.sub(lambda _: block, text, count=1)
    return f"{text.rstrip()}\n\n## Simulations: {name}\n\n{block}\n"


def main(arguments: list[str]) -> int:
    """Run what is asked for and write it."""
    parser = argparse.ArgumentParser(prog="make simulations", description=__doc__)
    parser.add_argument("--only", action="append", choices=pages(), metavar="NAME", help=", ".join(pages()))
    parser.add_argument("--runs", type=int, help="runs of each cell, for a short look")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help=f"the file to write; of a full run {DOCS.name}")
    options = parser.parse_args(arguments)
    if options.runs is not None and options.runs < 1:
        parser.error("--runs must be 1 or more")
    out = options.out or (DOCS if options.runs is None else None)
    for name in options.only or pages():
        page = import_module(name)
        begun = time.perf_counter()
        tables = as_markdown(page.simulate(runs=options.runs or page.RUNS, seed=options.seed))
        print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
        if out is None:
            print(tables)
        else:
            out.write_text(put(out.read_text(encoding="utf-8") if out.exists() else "", name, tables), "utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))

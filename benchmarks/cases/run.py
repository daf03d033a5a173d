"""Run the small inputs that go wrong, each with what is right, and print a table a folder.

    make cases                                           or
    python benchmarks/cases/run.py [--only corpora|hostile|language|exports ...] [--out build]

The inputs stand beside the project (DISCOURSE_SHARED, else ../shared): data/cases/{corpora,hostile,language} and, for
`exports`, data/exports. Where a folder is not at hand it is said, with 0 rows. What is right stands in corpora.yml,
hostile.yml and language.yml. Exit 1 if a row is wrong. Written: OUT/cases.md.
"""

import argparse
import os
import sys
import warnings
from pathlib import Path

import corpora
import exports
import hostile
import language
from judging import as_table

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "corpora": (corpora.rows, "data/cases/corpora"),
    "hostile": (hostile.rows, "data/cases/hostile"),
    "language": (language.rows, "data/cases/language"),
    "exports": (exports.rows, "data/exports"),
}


def shared() -> Path:
    """Return the folder that stands beside the project."""
    return Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))


def main(arguments: list[str] | None = None) -> int:
    """Print the tables, and return how many rows are wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], choices=[*FOLDERS], help="one folder; may be repeated")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    told, n_rows, n_wrong = [], 0, 0
    for name in options.only or FOLDERS:
        find, place = FOLDERS[name]
        folder = shared() / place
        if not folder.is_dir():
            print(f"{name}: no {place} beside the project (DISCOURSE_SHARED names the folder): 0 rows\n")
            continue
        rows = list(find(folder))
        told.append(as_table(name, rows))
        print(told[-1])
        n_rows, n_wrong = n_rows + len(rows), n_wrong + sum(not r.holds for r in rows)
    print(f"{n_rows - n_wrong} of {n_rows} rows right")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "cases.md").write_text("\n".join(told), "utf-8")
    return n_wrong


if __name__ == "__main__":
    sys.exit(min(main(), 1))

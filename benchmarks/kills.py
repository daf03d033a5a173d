"""Kill `write_folder` at random moments and count folders that hold neither the old report nor the new one.

python benchmarks/kills.py --kills 1000
"""

import argparse
import json
import os
import random
import signal
import tempfile
import time
from pathlib import Path

import pandas as pd

from discourse.display.folder import write_folder
from discourse.provenance import provenance


def write(out: Path, number: int) -> None:
    """Write a report whose every file says the number."""
    tables = {f"t{place}": pd.DataFrame({"n": [number]}) for place in range(4)}
    figures = {f"f{place}": {"png": str(number).encode()} for place in range(4)}
    write_folder(out, str(number), figures, tables, provenance(seed=number), overwrite=True)


def start(out: Path, number: int) -> int:
    """Start a process that writes report after report, and return its number once it has written one."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        while True:
            number += 1
            write(out, number)
            os.write(writing, b".")
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    return child


def state(out: Path) -> set[int]:
    """Return the numbers that the files of a folder were written with: one number is a whole report."""
    found = {int((out / "index.html").read_text()), json.loads((out / "provenance.json").read_text())["seed"]}
    found |= {int(path.read_text().split()[1]) for path in (out / "tables").glob("t*.csv")}
    found |= {int(path.read_text()) for path in (out / "figures").glob("*.png")}
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    wanted = {f"tables/t{n}.csv" for n in range(4)} | {
        f"figures/f{n}.{kind}" for n in range(4) for kind in ("png", "json")
    }
    return found if names >= wanted | {"index.html", "provenance.json", "mine.txt", "tables/mine.csv"} else found | {-1}


def kill(n_kills: int, *, seed: int = 20151223) -> tuple[int, int, int]:
    """Kill a writer so many times; return mixed states, reports written in all, and hidden folders left at the end."""
    moments, mixed, number = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report")
        (out / "tables").mkdir(parents=True)
        (out / "mine.txt").write_text("mine")
        (out / "tables" / "mine.csv").write_text("mine")
        for _ in range(n_kills):
            writer = start(out, number)
            time.sleep(moments.random() * 0.05)
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
            found = state(out)
            mixed += len(found) != 1
            number = max(found)
        left = [path for path in Path(folder).iterdir() if path.name.endswith(".part")]
    return mixed, number, len(left)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    asked = parser.parse_args()
    n_mixed, n_written, n_left = kill(asked.kills)
    print(f"{asked.kills:,} kills among {n_written:,} reports: {n_mixed} mixtures, {n_left} hidden folders left")

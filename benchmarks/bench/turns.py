"""Run each piece of work in its own process, the parties in turn, and keep what they print."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.tasks import OURS, Party, Task

BENCHMARKS = Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent


class WorkError(Exception):
    """A piece of work ended with an error."""


def python_of(name: str, environments: Path) -> Path:
    """Return the interpreter of a party: this one for us, that of its environment for a peer."""
    if name == OURS:
        return Path(sys.executable)
    path = environments / name / "bin" / "python"
    if not path.exists():
        raise WorkError(f"there is no environment of {name!r} in {environments}; make it with: make bench")
    return path


def run_module(python: Path, module: str, *arguments: str) -> str:
    """Run a module of this package in a process of its own and return what it printed.

    Parameters
    ----------
    python : Path
        The interpreter.
    module : str
        The module, such as ``bench.prepare``.
    arguments : str
        Its arguments.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    settings = {"PYTHONPATH": f"{ROOT}{os.pathsep}{BENCHMARKS}", "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    done = subprocess.run(
        [str(python), "-m", module, *arguments],
        env=inherited | settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-12:])
        raise WorkError(f"{module} {' '.join(arguments)} ended with {done.returncode}:\n{tail}")
    return done.stdout


def run_party(party: Party, folder: Path, environments: Path) -> dict:
    """Run a party's piece of work once and return what it measured."""
    printed = run_module(
        python_of(party.name, environments), f"bench.work.{party.module}", str(folder), *party.arguments
    )
    return json.loads(printed.strip().splitlines()[-1])


def run_task(
    task: Task, folder: Path, environments: Path, repeat: int, say: Callable[[str], None]
) -> dict[str, list[dict]]:
    """Run the parties of a task in turn, ``repeat`` rounds; return the measurements of each.

    Parameters
    ----------
    task : Task
        What is done.
    folder : Path
        The prepared corpus.
    environments : Path
        Where the environments of the peers are.
    repeat : int
        Rounds.
    say : callable
        Told about each piece of work when it is done.
    """
    found: dict[str, list[dict]] = {party.name: [] for party in task.parties}
    for number in range(repeat):
        for party in task.parties:
            measured = run_party(party, folder, environments)
            found[party.name].append(measured)
            took = ", ".join(f"{name} {time['wall']:.2f} s" for name, time in measured["times"].items())
            say(f"{task.name} {number + 1}/{repeat} {party.name}: {took}")
    return found


def environments_needed(tasks: Iterable[Task]) -> list[str]:
    """Return the peers of some tasks, sorted."""
    return sorted({party.name for task in tasks for party in task.parties} - {OURS})

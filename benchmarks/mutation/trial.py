"""Run the tests against one mutant, in a child of a parent that has the heavy packages imported already.

The mutant stands in a copy of the project; the checkout itself is never touched. A child is stopped by the CPU time it
uses, not by the clock, so that a loaded machine makes no difference.
"""

import os
import resource
import shutil
import signal
import sys
import traceback
from pathlib import Path
from typing import NamedTuple

SURVIVED, KILLED, STOPPED = "survived", "killed", "stopped"
LEAST_SECONDS, _TIMES = 15, 5  # a mutant may take five times what the tests take, and 15 seconds in any case
_GIGABYTES = 8
_LEFT_OUT = {".git", ".venv", "build", "dist", "notebooks", ".hypothesis", ".ruff_cache", ".pytest_cache"}


class Run(NamedTuple):
    """What came of a run of tests: pytest's exit code (None where it was stopped), and CPU seconds."""

    code: int | None
    seconds: float


def copy_project(root: Path, tree: Path) -> None:
    """Copy what the tests need of the project, without what was built."""
    if tree.exists():
        shutil.rmtree(tree)

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name == "__pycache__" or (Path(folder) == root and name in _LEFT_OUT)}

    shutil.copytree(root, tree, ignore=left_out)


def import_heavy() -> None:
    """Import the packages of others that every child needs: nothing of discourse, a child reads that anew."""
    import hypothesis.strategies  # noqa: F401
    import networkx  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import pytest  # noqa: F401
    import scipy.sparse  # noqa: F401
    import scipy.stats  # noqa: F401
    import yaml  # noqa: F401


def run_tests(tree: Path, tests: list[str], log: Path, *, limit: float | None = None) -> Run:
    """Run pytest over ``tests`` in a child of its own."""
    child = os.fork()
    if child == 0:
        _be_child(tree, tests, log, limit)
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return Run(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None, seconds)


def _be_child(tree: Path, tests: list[str], log: Path, limit: float | None) -> None:
    code = 70
    try:
        os.chdir(tree)
        sys.path.insert(0, str(tree))
        os.environ["PYTHONPATH"] = str(tree)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # nbval takes two seconds to load
        with log.open("wb") as told:
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
        if limit is not None:  # a first run writes the compiled files, a mutant none
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 3))
            if sys.platform == "linux":
                resource.setrlimit(resource.RLIMIT_AS, (_GIGABYTES << 30, _GIGABYTES << 30))
        import pytest

        imported = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # the parent has imported hypothesis
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *imported, *tests]))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def try_mutant(tree: Path, mutant: dict, steps: list[list[str]], seconds: list[float], log: Path) -> tuple[str, float]:
    """Put a mutant in the place of its module and run the tests, step by step, until one fails."""
    place = tree / mutant["path"]
    sound = place.read_bytes()
    used = 0.0
    try:
        place.write_text(mutant["source"], encoding="utf-8")
        for compiled in (place.parent / "__pycache__").glob(f"{place.stem}.*.pyc"):
            compiled.unlink()
        for tests, took in zip(steps, seconds, strict=True):
            run = run_tests(tree, tests, log, limit=max(LEAST_SECONDS, _TIMES * took))
            used += run.seconds
            if run.code != 0:
                return (STOPPED if run.code is None else KILLED), used
    finally:
        place.write_bytes(sound)
    return SURVIVED, used

"""Change the library in small ways, one at a time, and see whether a test notices: docs/tests.md."""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from mutation.report import render
from mutation.rooms import ROOMS, modules_of, tests_of
from mutation.trial import SURVIVED, copy_project, import_heavy, run_tests, try_mutant

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"


def options_of(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="modules or folders; the rooms of rooms.py where none is named")
    parser.add_argument("--sample", type=int, default=10, help="mutants drawn of each module, 0 for all (10)")
    parser.add_argument("--seed", type=int, default=8, help="of the draw (8)")
    parser.add_argument("--seconds", type=float, help="begin no mutant after so many CPU seconds; a next run goes on")
    parser.add_argument(
        "--survivors", action="store_true", help="after new tests: what was noticed once is not tried again"
    )
    parser.add_argument("--own", action="store_true", help="only a module's own tests, not the folder of its room")
    parser.add_argument("--python", type=Path, default=WORK / "env" / "bin" / "python", help="of the mutation tester")
    parser.add_argument("--work", type=Path, default=WORK, help="where copy, outcomes and report stand")
    options = parser.parse_args(arguments)
    if options.sample < 0:
        parser.error("--sample must be 0 (all) or more")
    if not options.python.is_file():
        parser.error(f"--python {options.python}: there is no such file; `make mutation` makes the environment")
    return options


def say(text: str) -> None:
    """Tell what goes on."""
    print(text, file=sys.stderr, flush=True)


def digest_of_tests(steps: list[list[str]], tree: Path) -> str:
    """Return the digest of the tests of a module: the same mutant and tests again need no second run."""
    held = hashlib.sha256()
    for name in sorted({name for tests in steps for name in tests if name.startswith("tests")}):
        place = tree / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            held.update(path.read_bytes())
    return held.hexdigest()


def made(options: argparse.Namespace, modules: list[str]) -> list[dict]:
    """Return the mutants of the modules."""
    command = [options.python, Path(__file__).with_name("mutants.py"), "--seed", options.seed]
    done = subprocess.run(
        [*map(str, command), "--sample", str(options.sample), *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ValueError(f"the mutants could not be made:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


class Session:
    """The outcomes so far, kept in a file line by line, and what the tests take without a mutant."""

    def __init__(self, work: Path, *, trust_noticed: bool, own: bool) -> None:
        self.tree, self.log, self.kept = work / "tree", work / "log.txt", work / "outcomes.jsonl"
        self.trust_noticed, self.n_steps, self.spent = trust_noticed, 1 if own else None, 0.0
        self.took: dict[str, float] = {}
        lines = self.kept.read_text(encoding="utf-8").splitlines() if self.kept.is_file() else []
        self.known = {outcome["mutant"]: outcome for outcome in map(json.loads, lines)}

    def earlier(self, mutant: str, tests: str) -> dict | None:
        """Return the outcome of an earlier run, where it still holds."""
        outcome = self.known.get(mutant)
        if outcome and (outcome["tests"] == tests or (self.trust_noticed and outcome["outcome"] != SURVIVED)):
            return outcome
        return None

    def seconds_of(self, steps: list[list[str]]) -> list[float]:
        """Return the CPU seconds of each step without a mutant.

        Raises
        ------
        ValueError
            The tests fail without a mutant.
        """
        for key, tests in ((" ".join(tests), tests) for tests in steps):
            if key not in self.took:
                sound = run_tests(self.tree, tests, self.log)
                self.spent += sound.seconds
                if sound.code != 0:
                    raise ValueError(f"{key}: the tests fail without a mutant; see {self.log}")
                self.took[key] = sound.seconds
        return [self.took[" ".join(tests)] for tests in steps]

    def outcome_of(self, mutant: dict, *, begin: bool) -> dict | None:
        """Return what came of a mutant, from an earlier run or from one made now; None where none is to begin."""
        steps = tests_of(mutant["path"], self.tree)[: self.n_steps]
        digest, tests = hashlib.sha256(mutant["source"].encode()).hexdigest(), digest_of_tests(steps, self.tree)
        if found := self.earlier(digest, tests):
            return found
        if not begin:
            return None
        outcome, used = try_mutant(self.tree, mutant, steps, self.seconds_of(steps), self.log)
        self.spent += used
        shown = {name: mutant[name] for name in ("path", "line", "operator", "old", "new")}
        self.known[digest] = {"mutant": digest, "tests": tests, "outcome": outcome, **shown}
        with self.kept.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(self.known[digest], ensure_ascii=False) + "\n")
        say(f"{outcome} after {used:.1f} s: {mutant['path']}:{mutant['line']}")
        return self.known[digest]


def main(arguments: list[str]) -> int:
    """Make the mutants, try each, write the report."""
    options = options_of(arguments)
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    try:
        mutants = made(options, modules_of(options.modules or list(ROOMS), ROOT))
    except ValueError as error:
        say(f"error: {error}")
        return 2
    copy_project(ROOT, work / "tree")
    import_heavy()
    session, outcomes, failed = Session(work, trust_noticed=options.survivors, own=options.own), [], set()
    for mutant in mutants:
        if mutant["path"] in failed:
            continue
        try:
            outcome = session.outcome_of(mutant, begin=options.seconds is None or session.spent < options.seconds)
        except ValueError as error:
            say(f"error: {error}")
            failed.add(mutant["path"])
            continue
        outcomes += [outcome] if outcome else []
    waiting = work / "report.new"
    waiting.write_text(render(outcomes), encoding="utf-8")
    waiting.replace(work / "report")
    left = len(mutants) - len(outcomes)
    say(f"{len(outcomes)} mutants tried, {left} not yet, {session.spent:.0f} CPU seconds: {work / 'report'}")
    return 1 if failed else 0


if __name__ == "__main__":
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    sys.exit(main(sys.argv[1:]))

"""Change the library in small ways, one at a time, and see whether a test notices: docs/tests.md."""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"


def options_of(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="modules or folders; the rooms of rooms.py where none is named")
    parser.add_argument("--sample", type=int, default=10, help="mutants drawn of each module, 0 for all (10)")
    parser.add_argument("--seed", type=int, default=8, help="of the draw (8)")
    parser.add_argument("--seconds", type=float, help="begin no mutant after so many CPU seconds; a next run goes on")
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


def digest_of(mutant: dict, steps: list[list[str]], tree: Path) -> str:
    """Return the digest of a mutant and the tests it is tried with: the same again needs no second run."""
    held = hashlib.sha256(mutant["source"].encode())
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


def main(arguments: list[str]) -> int:
    """Make the mutants, try each, write the report."""
    from mutation.report import render
    from mutation.rooms import ROOMS, modules_of, tests_of
    from mutation.trial import copy_project, import_heavy, run_tests, try_mutant

    options = options_of(arguments)
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    tree, log, kept = work / "tree", work / "log.txt", work / "outcomes.jsonl"
    try:
        modules = modules_of(options.modules or list(ROOMS), ROOT)
        mutants = made(options, modules)
    except ValueError as error:
        say(f"error: {error}")
        return 2
    copy_project(ROOT, tree)
    import_heavy()
    known = {}
    if kept.is_file():
        known = {x["digest"]: x for x in map(json.loads, kept.read_text(encoding="utf-8").splitlines())}
    took: dict[str, float] = {}
    outcomes, spent, failed = [], 0.0, set()
    for number, mutant in enumerate(mutants, 1):
        if mutant["path"] in failed:
            continue
        steps = tests_of(mutant["path"], tree)
        digest = digest_of(mutant, steps, tree)
        if digest not in known:
            if options.seconds is not None and spent >= options.seconds:
                continue
            for tests in steps:
                key = " ".join(tests)
                if key not in took:
                    sound = run_tests(tree, tests, log)
                    spent, took[key] = spent + sound.seconds, sound.seconds
                    if sound.code != 0:
                        say(f"error: {key}: the tests fail without a mutant; see {log}")
                        failed.add(mutant["path"])
            if mutant["path"] in failed:
                continue
            seconds = [took[" ".join(tests)] for tests in steps]
            outcome, used = try_mutant(tree, mutant, steps, seconds, log)
            spent += used
            shown = {name: mutant[name] for name in ("path", "line", "operator", "old", "new")}
            known[digest] = {"digest": digest, "outcome": outcome, **shown}
            with kept.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(known[digest], ensure_ascii=False) + "\n")
            say(f"{number}/{len(mutants)} {outcome} {used:.1f} s {mutant['path']}:{mutant['line']}")
        outcomes.append(known[digest])
    report = work / "report"
    waiting = work / "report.new"
    waiting.write_text(render(outcomes), encoding="utf-8")
    waiting.replace(report)
    left = len(mutants) - len(outcomes)
    say(f"{len(outcomes)} mutants tried, {left} not yet, {spent:.0f} CPU seconds: {report}")
    return 1 if failed else 0


if __name__ == "__main__":
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    sys.exit(main(sys.argv[1:]))

"""Hostile inputs over all commands, by seed; a table of what went wrong by format.

PYTHONPATH=benchmarks python -m fuzz --inputs 2500 --seed 20151223
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from multiprocessing.connection import Connection, wait
from pathlib import Path

from fuzz.lines import FORMATS, sound_corpus
from fuzz.trial import PROBLEMS, Outcome, format_of, try_one

_BATCH = 200  # trials of one process: what it remembers of vocabularies is let go with it
_MEMORY = 8_000_000_000  # bytes that a process may ask for
_HANGS = 600.0  # seconds after which a trial that does not even hear its clock is ended


def archive_of(folder: Path) -> tuple[bytes, float]:
    """Make the sound archive that those of the trials are spoilt from; also return its CPU seconds once all is loaded.

    All steps have run then: what that costs is no input's.
    """
    from click.testing import CliRunner

    from discourse.cli import main

    place, line = folder / "whole.zip", ["archive", str(sound_corpus(folder)), "--period", "year", "--draws", "2"]
    for _ in range(2):
        begun = time.process_time()
        result = CliRunner().invoke(main, [*line, "--out", str(place), "--overwrite"])
        if result.exit_code:
            raise SystemExit(result.output)
    return place.read_bytes(), time.process_time() - begun


def work(numbers: list[int], asked: argparse.Namespace, archive: bytes, sender: Connection) -> None:
    """Run the trials of some numbers, and send what came of each."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)  # what C libraries print; a sample of the trials runs in processes of its own
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        place = Path(asked.keep or folder)
        os.chdir(folder)
        for number in numbers:
            try:
                process = bool(asked.processes) and random.Random(number).random() < 1 / asked.processes
                outcome = try_one(
                    number, asked.seed, place, archive, heavy=asked.heavy, process=process, fixed=asked.fixed
                )
            except BaseException:
                problems = {"traceback": "in the fuzzer itself: " + traceback.format_exc()[-1500:]}
                outcome = Outcome(number, format_of(number), [], None, 0.0, 0.0, problems)
            sender.send(outcome)
    sender.close()


class Lane:
    """Numbers that one process after another tries, each process a batch of them."""

    def __init__(self, numbers: list[int], asked: argparse.Namespace, archive: bytes) -> None:
        self.numbers, self.asked, self.archive = numbers, asked, archive
        self.start()

    def start(self) -> None:
        """Start the process of the next batch."""
        self.batch = self.numbers[:_BATCH]
        self.receiver, sender = multiprocessing.Pipe(duplex=False)
        options = (self.batch, self.asked, self.archive, sender)
        self.worker = multiprocessing.get_context("fork").Process(target=work, args=options)
        self.worker.start()
        sender.close()
        self.heard = time.monotonic()

    def next(self, *, ready: bool) -> Outcome | None:
        """Return what came of the next number; null while it runs. One that hangs or ends its process is told so."""
        outcome = None
        if ready:
            with contextlib.suppress(EOFError):
                outcome = self.receiver.recv()
        elif time.monotonic() - self.heard < _HANGS:
            return None
        number = self.numbers.pop(0)
        if outcome is None:
            self.worker.kill()
            what = "hangs, or ended its process"
            outcome = Outcome(number, format_of(number), [], None, _HANGS, 0.0, {"slow": what})
        self.heard = time.monotonic()
        if self.numbers and (number == self.batch[-1] or outcome.seconds == _HANGS):
            self.worker.join(10)
            self.start()
        return outcome


def run(asked: argparse.Namespace) -> list[Outcome]:
    """Run all trials in processes that are renewed, and return what came of each."""
    with tempfile.TemporaryDirectory() as folder:
        archive, asked.fixed = archive_of(Path(folder)) if "archive" in asked.formats or asked.heavy else (b"", 0.0)
    numbers = asked.only or [n for n in range(asked.first, asked.first + asked.inputs) if format_of(n) in asked.formats]
    lanes = [Lane(numbers[n :: asked.workers], asked, archive) for n in range(min(asked.workers, len(numbers)))]
    found: list[Outcome] = []
    while lanes:
        ready = wait([lane.receiver for lane in lanes], timeout=5)
        for lane in list(lanes):
            outcome = lane.next(ready=lane.receiver in ready)
            if outcome is not None:
                found.append(outcome)
                show(outcome, asked)
                if not lane.numbers:
                    lanes.remove(lane)
    return sorted(found, key=lambda outcome: outcome.number)


def show(outcome: Outcome, asked: argparse.Namespace) -> None:
    """Print a trial that went wrong, or each where all are asked for."""
    if outcome.problems or asked.verbose:
        print(
            json.dumps(outcome._asdict(), ensure_ascii=False)[:6000].encode("utf-8", "replace").decode(),
            file=sys.stderr,
            flush=True,
        )


def table(found: list[Outcome]) -> str:
    """Return the table by format: inputs, each kind of problem, the slowest in CPU seconds and in seconds per MB."""
    rows: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in found:
        rows[outcome.format].append(outcome)
    lines = ["| format | inputs | exit 0 | 1 | 2 | " + " | ".join(PROBLEMS) + " | slowest, s | s per MB |"]
    lines.append("|---|" + "---|" * (len(PROBLEMS) + 6))
    for name, own in [*((name, rows[name]) for name in FORMATS if name in rows), ("all", found)]:
        codes = [sum(one.exit_code == code for one in own) for code in (0, 1, 2)]
        counts = [sum(kind in one.problems for one in own) for kind in PROBLEMS]
        rates = max((one.seconds / max(1.0, one.megabytes) for one in own), default=0.0)
        cells = [
            name,
            len(own),
            *codes,
            *counts,
            f"{max((one.seconds for one in own), default=0.0):.1f}",
            f"{rates:.1f}",
        ]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Run what the options ask for; exit 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=2500)
    parser.add_argument("--seed", type=int, default=20151223)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, nargs="*", help="these numbers alone")
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=FORMATS, metavar="FORMAT")
    parser.add_argument("--heavy", type=float, default=0.03, help="share of commands that draw figures")
    parser.add_argument("--processes", type=int, default=50, help="one in so many runs alone in a process; 0: none")
    parser.add_argument("--workers", type=int, default=2, help="processes at once")
    parser.add_argument("--keep", help="folder in which the files of the last trial stay")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    found = run(asked)
    print(table(found))
    print(f"\nSeed {asked.seed}. Commands that draw may take {asked.fixed:.1f} s more: what five sound texts take.")
    sys.exit(any(outcome.problems for outcome in found))


if __name__ == "__main__":
    main()

"""One input, one command: run, and everything that must not happen looked for."""

import gzip
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import warnings
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import zstandard
from click.testing import CliRunner

import discourse
from discourse.cli import main
from fuzz import exports
from fuzz.lines import FORMATS, HEAVY, draw_case, draw_line

__all__ = ["PROBLEMS", "SECONDS_PER_MB", "Outcome", "format_of", "try_kind", "try_one"]

SECONDS_PER_MB = 10.0
PROBLEMS = ("traceback", "fault", "inputs changed", "loss", "slow", "exit code", "warning", "stray file", "flood")
_READ = re.compile(r"Read ([\d,]+) records?: ([\d,]+) kept, ([\d,]+) rejected")
_LEFT = re.compile(r"no document is left of ([\d,]+) records?")
_CODES = re.compile(r"Read ([\d,]+) codes? of documents, ([\d,]+) codes? of spans, ([\d,]+) rejects?\. Wrote")
_WARNED = re.compile(
    r"\.py:\d+: \w*Warning|\w+Warning: |^Warning: (?!the font of|only \d+%)|Exception ignored|^WARNING|findfont",
    re.MULTILINE,
)
_LONGEST_MESSAGE = 8_000


class Outcome(NamedTuple):
    """What came of one trial: command line, exit code, CPU seconds, size in MB, and the problems with what was said."""

    number: int
    format: str
    line: list[str]
    exit_code: int | None
    seconds: float
    megabytes: float
    problems: dict[str, str]


class _TooLong(BaseException):
    """The time of a trial is up."""


def format_of(number: int) -> str:
    """Return the format of a trial: all take turns."""
    return FORMATS[number % len(FORMATS)]


def try_one(
    number: int, seed: int, folder: Path, archive: bytes, *, heavy: float, process: bool = False, fixed: float = 0.0
) -> Outcome:
    """Make the input of a number, run its command, and check what it did."""
    draw = random.Random(f"{seed}-{number}")
    return try_kind(format_of(number), draw, folder, archive, heavy=heavy, process=process, fixed=fixed)._replace(
        number=number
    )


def try_kind(
    kind: str,
    draw: random.Random,
    folder: Path,
    archive: bytes,
    *,
    heavy: float,
    process: bool = False,
    fixed: float = 0.0,
) -> Outcome:
    """Make an input of a format as a source of randomness says, run a command on it, and check what it did."""
    inside, out = folder / "in", folder / "out"
    for place in (inside, out):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    case = draw_case(kind, inside, draw, archive)
    line = draw_line(case, inside, out, draw, heavy=heavy)
    before, megabytes = _digests(folder, out), _megabytes(case.path)
    limit = SECONDS_PER_MB * max(1.0, megabytes) + (fixed if line[0] in HEAVY or line[0] == "verify" else 0.0)
    begun, problems = time.process_time(), {}
    code, said, shown, raised = (_in_a_process if process else _inside)(line, folder, limit * 10 + 60)
    seconds = time.process_time() - begun
    if code is None:
        problems["slow"] = f"stopped after {limit * 10 + 60:.0f} s of the clock"
    if seconds > limit:
        problems["slow"] = f"{seconds:.1f} s of {limit:.0f}"
    if raised or "Traceback (most recent call last)" in said:
        problems["traceback"] = raised or said[-2000:]
    if "fault of discourse" in said:
        where = _inside(["--debug", *line, "--overwrite"], folder, limit)[3]
        problems["fault"] = said[said.index("this is a fault") :][:500] + where[-1500:]
    if code not in (0, 1, 2, None):
        problems["exit code"] = str(code)
    if code in (1, 2) and "Error" not in said and not (line[0] in ("check", "verify") and code == 1):
        problems["exit code"] = f"{code} without a word: {said[:200]!r}"
    if (found := _WARNED.search(said)) is not None:
        problems["warning"] = said[max(0, found.start() - 200) : found.end() + 300]
    after = _digests(folder, out)
    if changed := [name for name in before if after.get(name) != before[name]]:
        problems["inputs changed"] = repr(changed[:3])
    if stray := [name for name in after if name not in before]:
        problems["stray file"] = repr(stray[:3])
    if len(said) > _LONGEST_MESSAGE:
        problems["flood"] = f"{len(said):,} characters of messages: {said[:300]!r}"
    known = None if "--format" in line or kind == "options" and "--encoding" in line else case.n_records
    if kind in exports.FORMATS and line[0] != "read":  # a vendor's file is one text to the others
        known = None
    if loss := _lost(known, line, code, shown + said, out):
        problems["loss"] = loss
    return Outcome(0, kind, line, code, seconds, megabytes, problems)


def _inside(line: list[str], folder: Path, limit: float) -> tuple[int | None, str, str, str]:
    """Run a command in this process; return its exit code, standard error, standard output, and what it raised."""

    def stop(*_: Any) -> None:
        raise _TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            for ignored in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
                warnings.simplefilter("ignore", ignored)  # as Python does by default
            result = CliRunner().invoke(main, line)
    except _TooLong:
        return None, "", "", ""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    raised = ""
    if result.exc_info is not None and not isinstance(result.exception, SystemExit | None):
        import traceback

        frames = traceback.format_tb(result.exc_info[2])
        own = [frame for frame in frames if "/discourse/" in frame or "/fuzz/" in frame][-4:]
        raised = "".join([*own, *traceback.format_exception_only(result.exception)])[-3000:]
        if isinstance(result.exception, _TooLong):
            return None, "", "", ""
    return result.exit_code, result.stderr, result.stdout, raised


def _in_a_process(line: list[str], folder: Path, limit: float) -> tuple[int | None, str, str, str]:
    """Run a command as a shell does."""
    command = [sys.executable, "-m", "discourse.cli", *line]
    settings = {**os.environ, "PYTHONPATH": str(Path(discourse.__file__).parents[1])}
    try:
        ended = subprocess.run(command, cwd=folder, env=settings, capture_output=True, timeout=limit + 30, check=False)
    except subprocess.TimeoutExpired:
        return None, "", "", ""
    return ended.returncode, ended.stderr.decode("utf-8", "replace"), ended.stdout.decode("utf-8", "replace"), ""


def _digests(folder: Path, out: Path) -> dict[str, str]:
    """Return the digests of all files of a trial but those that it may write."""
    found = {}
    for place in sorted(folder.rglob("*")):
        if out in place.parents or place == out:
            continue
        if place.is_symlink() or not place.is_file():
            found[str(place)] = "link" if place.is_symlink() else "folder"
        else:
            found[str(place)] = hashlib.sha256(place.read_bytes()).hexdigest()
    return found


def _megabytes(path: Path) -> float:
    """Return the size of an input in MB, unpacked where it is packed (up to 100 MB)."""
    if path.is_dir():
        return sum(one.stat().st_size for one in path.rglob("*") if one.is_file()) / 1e6
    n_bytes = path.stat().st_size
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as stream:
                n_bytes = max(n_bytes, len(stream.read(100_000_000)))
        elif path.suffix == ".zst":
            with zstandard.open(path) as stream:
                n_bytes = max(n_bytes, len(stream.read(100_000_000)))
    except (OSError, EOFError, zlib.error, zstandard.ZstdError):
        pass
    return n_bytes / 1e6


def _lost(n_records: int | None, line: list[str], code: int | None, said: str, out: Path) -> str:
    """Return what does not add up: records written and read, rows said and rows there; empty where all does."""
    if (read := _READ.search(said)) is not None:
        n_read, n_kept, n_rejected = (int(one.replace(",", "")) for one in read.groups())
        if n_read != n_kept + n_rejected or (n_records is not None and n_read != n_records):
            return f"{n_records} records written, {n_read} read, {n_kept} kept, {n_rejected} rejected"
        tables = {
            name: next((one for one in out.glob(f"{name}.*") if one.suffix in (".csv", ".parquet")), None)
            for name in "or"
        }
        if line[0] == "read" and tables["o"] is not None and (n := _n_rows(tables["o"])) != n_kept:
            return f"{n_kept} kept, {n} rows in the table"
        if tables["r"] is not None and line[0] != "corrections" and (n := _n_rows(tables["r"])) != n_rejected:
            return f"{n_rejected} rejected, {n} rows in the rejects"
    elif (left := _LEFT.search(said)) is not None and n_records is not None:
        if (n := int(left[1].replace(",", ""))) != n_records:
            return f"{n_records} records written, {n} rejected and none kept"
    elif (codes := _CODES.search(said)) is not None and code == 0:
        for name, told in zip("osr", codes.groups(), strict=True):
            table = next((one for one in out.glob(f"{name}.*") if one.suffix in (".csv", ".parquet")), None)
            if table is not None and (n := _n_rows(table)) != int(told.replace(",", "")):
                return f"{told} said, {n} rows in {table.name}"
    elif code == 0 and line[0] == "read":
        return "nothing is said of what was read"
    return ""


def _n_rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return len(pd.read_parquet(path))
    return len(pd.read_csv(path, dtype="str", keep_default_na=False, skip_blank_lines=False))

"""The comparison with the peers: see `python -m bench --help`."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from bench.results import render
from bench.tasks import TASKS
from bench.turns import BENCHMARKS, ROOT, WorkError, environments_needed, python_of, run_module, run_task

FULL_TOKENS, FULL_REPEAT = 10_000_000, 5
NEWS = ROOT.parent / "shared" / "data" / "news"
WORK = ROOT / "build" / "bench"


def options_of(arguments: list[str]) -> argparse.Namespace:
    """Read the options of the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--tokens", type=int, default=FULL_TOKENS, help="size of the corpus (10 million)")
    parser.add_argument("--repeat", type=int, default=FULL_REPEAT, help="rounds of each piece of work (5)")
    names = [task.name for task in TASKS]
    parser.add_argument(
        "--only",
        action="append",
        choices=names,
        metavar="TASK",
        help=f"run this one anew, the others stand as they were: {', '.join(names)}",
    )
    parser.add_argument("--news", type=Path, help="a Parquet file of articles; ../shared/data/news where it is there")
    parser.add_argument("--generated", action="store_true", help="take the generated corpus even so")
    parser.add_argument("--environments", type=Path, default=WORK, help="where the environments of the peers are")
    parser.add_argument("--out", type=Path, help="the results; of a full run benchmarks/RESULTS.md")
    options = parser.parse_args(arguments)
    if options.tokens < 1 or options.repeat < 1:
        parser.error("--tokens and --repeat must be 1 or more")
    if options.news is not None and not options.news.exists():
        parser.error(f"--news {options.news}: there is no such file")
    return options


def news_file(options: argparse.Namespace) -> Path | None:
    """Return the corpus of news, where there is one and it is wanted."""
    if options.generated:
        return None
    place = options.news or NEWS
    return next(iter(sorted(place.glob("*.parquet"))), None) if place.is_dir() else place if place.is_file() else None


def machine() -> dict:
    """Describe the machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cores,
        "memory_gb": memory / 1e9,
        "python": platform.python_version(),
    }


def say(text: str) -> None:
    """Tell what goes on."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Prepare the corpus, run the tasks in turn, write the results."""
    options = options_of(arguments)
    tasks = [task for task in TASKS if not options.only or task.name in options.only]
    full = options.tokens == FULL_TOKENS and options.repeat >= FULL_REPEAT
    try:
        for name in environments_needed(tasks):
            python_of(name, options.environments)
        news = news_file(options)
        folder = WORK / "corpora" / f"{'news' if news else 'generated'}-{options.tokens}"
        say(f"preparing {options.tokens:,} tokens of {'news' if news else 'generated texts'}")
        chosen = [str(folder), "--tokens", str(options.tokens), *(["--news", str(news)] if news else [])]
        run_module(Path(sys.executable), "bench.prepare", *chosen, *(["--whole"] if full else []))
    except WorkError as error:
        say(f"error: {error}")
        return 1
    kept = folder / "run.json"
    run = {"tasks": {}, "failed": {}, "repeat": options.repeat, "machine": machine()}
    if options.only and kept.is_file():  # some tasks anew: the others stay as they were
        earlier = json.loads(kept.read_text(encoding="utf-8"))
        run = earlier if earlier["repeat"] == options.repeat else run
    run["facts"] = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    for task in tasks:
        run["failed"].pop(task.name, None)
        try:
            run["tasks"][task.name] = run_task(task, folder, options.environments, options.repeat, say)
        except WorkError as error:
            say(f"error: {error}")
            run["failed"][task.name] = str(error)
            run["tasks"].pop(task.name, None)
        write(kept, json.dumps(run, ensure_ascii=False, indent=1))
    out = options.out or (BENCHMARKS if full else WORK) / "RESULTS.md"
    write(out, render(run))
    say(f"results: {out}")
    return 1 if run["failed"] else 0


def write(path: Path, text: str) -> None:
    """Write a file under another name and move it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(path.name + ".new")
    waiting.write_text(text, encoding="utf-8")
    waiting.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

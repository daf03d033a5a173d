"""Lose a process of a cluster at a random moment, again and again, and compare every table with that of one piece.

    python -m scale.lost [--times 10] [--tokens 60000] [--part-size 40000] [--seed 20151223]

Needs the extra `dask`. A scheduler and two processes make the tables once undisturbed, then again and again; each time
one of the two, drawn, is killed at a moment that is drawn too: so many parts done, and a share of the time that a part
takes. The scheduler begins another in its place.
"""

import argparse
import os
import random
import signal
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from distributed import Client, LocalCluster

import discourse as dc
from discourse.steps.making import CHARTED
from scale.corpus import write_corpus

OPTIONS = {"period": "month", "n_draws": 50}


def main() -> None:
    """Make the tables in one piece, then on the cluster with a process lost each time; exit 1 where any differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=60_000)
    parser.add_argument("--part-size", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=20151223)
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        corpus = Path(folder) / "corpus.parquet"
        write_corpus(corpus, options.tokens)
        whole = dc.make_tables(dc.read_documents(corpus)[0], CHARTED, **OPTIONS)
        _, seconds, n_done, _ = run(cluster, corpus, options.part_size, None)
        print(f"undisturbed: {n_done} parts in two passes, {seconds:.1f} s\n")
        print("| run | killed after | process | s | tables equal |\n|--:|---|--:|--:|--:|", flush=True)
        n_equal = 0
        for number in range(1, options.times + 1):
            victim = None
            while victim is None:  # the tables were there before that moment: draw again
                moment = Moment(drawn.randrange(n_done), drawn.uniform(0, seconds / n_done), drawn.randrange(2))
                made, took, _, victim = run(cluster, corpus, options.part_size, moment)
            equal = [name for name in whole if same(whole[name], made.get(name))]
            n_equal += len(equal) == len(whole) == len(made)
            when = f"{moment.n_done} of {n_done} parts and {moment.seconds:.1f} s"
            print(f"| {number} | {when} | {victim} | {took:.1f} | {len(equal)} of {len(whole)} |", flush=True)
    print(f"\n{n_equal} of {options.times} equal")
    raise SystemExit(n_equal < options.times)


class Moment(NamedTuple):
    """When a process is killed, and which of the two."""

    n_done: int
    seconds: float
    which: int


def run(cluster: LocalCluster, corpus: Path, part_size: int, moment: Moment | None) -> tuple[dict, float, int, Any]:
    """Return the tables made on a cluster, the seconds, the parts done in both passes, and the process killed."""
    n_done, killed, done, timers = 0, [], threading.Event(), []

    def kill() -> None:
        if not done.is_set():
            workers = list(cluster.workers.values())
            victim = workers[moment.which % len(workers)].process.pid
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    def count(label: str) -> None:
        nonlocal n_done
        if label.startswith("part "):
            if moment is not None and n_done == moment.n_done and not timers:
                timers.append(threading.Timer(moment.seconds, kill))
                timers[0].start()
            n_done += not label.startswith("part 0 ")

    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2)
    began = time.perf_counter()
    options = {**OPTIONS, "scheduler": cluster.scheduler_address, "part_size": part_size, "on_step": count}
    made = dc.make_tables(corpus, CHARTED, **options)
    done.set()
    for timer in timers:
        timer.join()
    return made, time.perf_counter() - began, n_done, killed[0] if killed else None


def same(first: object, second: object) -> bool:
    """Tell whether two tables are the same to the last digit."""
    if not isinstance(first, pd.DataFrame) or not isinstance(second, pd.DataFrame):
        return bool(first == second)
    try:
        pd.testing.assert_frame_equal(first, second, check_exact=True)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()

"""Lose a process of a cluster at a random moment, again and again, and compare every table with that of one piece.

    python -m scale.lost [--times 10] [--tokens 300000] [--seed 20151223]

Needs the extra `dask`. Each run has a scheduler and two processes; one of these is killed at a moment drawn between the
beginning of the run and the time that an undisturbed run takes.
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

import pandas as pd
from distributed import LocalCluster

import discourse as dc
from discourse.steps.making import CHARTED
from scale.corpus import write_corpus

OPTIONS = {"period": "month", "n_draws": 50}


def main() -> None:
    """Make the tables in one piece, then on the cluster with a process lost each time; exit 1 where any differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=300_000)
    parser.add_argument("--part-size", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=20151223)
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.parquet"
        write_corpus(corpus, options.tokens)
        whole = dc.make_tables(dc.read_documents(corpus)[0], CHARTED, **OPTIONS)
        _, took, _ = run(corpus, options.part_size, None)
        n_equal = n_lost = 0
        for number in range(1, options.times + 1):
            moment = drawn.uniform(0, took)
            made, seconds, killed = run(corpus, options.part_size, moment)
            differ = [name for name in whole if not same(whole[name], made.get(name))]
            n_equal += not differ and set(made) == set(whole)
            n_lost += killed
            print(
                f"{number}: a process killed after {moment:.1f} of {seconds:.1f} s; tables that differ: {differ}",
                flush=True,
            )
    print(
        f"{n_equal} of {options.times} equal, {len(whole)} tables each; "
        f"{n_lost} processes killed while tables were made"
    )
    raise SystemExit(n_equal < options.times)


def run(corpus: Path, part_size: int, moment: float | None) -> tuple[dict, float, bool]:
    """Return the tables made on a cluster, the seconds, and whether a process was killed before they were there."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.pid
        killed, done = threading.Event(), threading.Event()

        def kill() -> None:
            if not done.wait(moment):
                os.kill(victim, signal.SIGKILL)
                killed.set()

        if moment is not None:
            threading.Thread(target=kill, daemon=True).start()
        began = time.perf_counter()
        made = dc.make_tables(corpus, CHARTED, scheduler=cluster.scheduler_address, part_size=part_size, **OPTIONS)
        done.set()
        return made, time.perf_counter() - began, killed.is_set()


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

"""What draws cost: seconds and memory of 1,000 draws over 40,000 documents, 24 categories and 200 months."""

import resource
import sys
import time

import numpy as np
import pandas as pd

from discourse.measures.bands import band_by_group
from discourse.measures.draws import hash_names, ratio_draws
from discourse.measures.intervals import ratio_by_group

RUNS = 5
_DOCUMENTS, _CATEGORIES, _MONTHS, _DRAWS = 40_000, 24, 200, 1000


def simulate(*, runs: int = RUNS, seed: int = 20151223) -> dict[str, pd.DataFrame]:
    """Return the table of this page: the median of so many runs."""
    rng = np.random.default_rng(seed)
    matches = rng.poisson(1, (_DOCUMENTS, _CATEGORIES)).astype(float)
    words = rng.integers(100, 900, _DOCUMENTS).astype(float)
    months = rng.integers(0, _MONTHS, _DOCUMENTS)
    names = [f"document-{number:06}" for number in range(_DOCUMENTS)]
    keys, one_line = [str(month) for month in range(_MONTHS)], np.zeros(_MONTHS, int)
    work = {
        "hashes of names": lambda: hash_names(names),
        "ratios of all draws": lambda: ratio_draws(matches, words, months, _MONTHS, hash_names(names), n_draws=_DRAWS),
        "intervals (no draws)": lambda: ratio_by_group(matches, words, months, keys),
        "bands": lambda: band_by_group(matches, words, months, keys, hash_names(names), one_line, n_draws=_DRAWS),
    }
    rows = []
    for name, action in work.items():
        took = []
        for _ in range(runs):
            begun, used = time.perf_counter(), time.process_time()
            action()
            took.append((time.perf_counter() - begun, time.process_time() - used))
        wall, cpu = np.median(took, axis=0)
        rows.append({"work": name, "seconds": f"{wall:.2f}", "CPU seconds": f"{cpu:.2f}"})
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    title = f"{_DRAWS:,} draws, {_DOCUMENTS:,} documents, {_CATEGORIES} categories, {_MONTHS} months (medians)"
    return {title: pd.DataFrame(rows), "Memory": pd.DataFrame({"peak of the process, megabytes": [int(peak)]})}

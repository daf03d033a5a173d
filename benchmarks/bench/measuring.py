"""What every piece of work measures: wall and CPU seconds of a call, the peak memory of its process."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

WARM_RUNS = 3


class Measurement:
    """The times and results of one process, printed as one line of JSON."""

    def __init__(self) -> None:
        self.times: dict[str, dict[str, float]] = {}
        self.results: dict[str, Any] = {}

    def first(self, name: str, action: Callable[[], Any]) -> Any:
        """Run an action once, keep its time under a name, and return its result."""
        wall, cpu = time.perf_counter(), cpu_seconds()
        result = action()
        self.times[name] = {"wall": time.perf_counter() - wall, "cpu": cpu_seconds() - cpu}
        return result

    def warm(self, name: str, action: Callable[[], Any]) -> Any:
        """Run an action some times more and keep the median time."""
        took, result = [], None
        for _ in range(WARM_RUNS):
            result = None  # the old result goes first: its memory is not asked for twice
            result = self.first(name, action)
            took.append(self.times[name])
        self.times[name] = {kind: statistics.median(one[kind] for one in took) for kind in ("wall", "cpu")}
        return result

    def show(self, *packages: str) -> None:
        """Print times, results, peak memory and the versions of the packages that did the work."""
        found = {
            "times": self.times,
            "results": self.results,
            "peak_mb": peak_megabytes(),
            "versions": {name: version(name) for name in packages},
            "python": sys.version.split()[0],
        }
        print(json.dumps(found, ensure_ascii=False))


def cpu_seconds() -> float:
    """Return the CPU seconds that this process and the children it has waited for have used."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def peak_megabytes() -> float:
    """Return the peak of resident memory of this process or of its largest child."""
    unit = 1 if sys.platform == "darwin" else 1024
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(peaks) * unit / 1e6


def folder() -> Path:
    """Return the folder of the prepared corpus: the first argument of every piece of work."""
    return Path(sys.argv[1])


def load(name: str) -> Any:
    """Read a JSON file of the prepared corpus."""
    return json.loads((folder() / name).read_text(encoding="utf-8"))

"""One chart in a fresh process: its seconds, and the peak memory of this process and of the largest of its own."""

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> None:
    """Chart a corpus and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--part-size", type=int, default=24_000_000)
    options = parser.parse_args()
    began, passes = time.perf_counter(), []

    def step(name: str) -> None:
        passes.append((name, round(time.perf_counter() - began, 2)))

    import discourse as dc

    with TemporaryDirectory() as out:
        asked = {"period": "month", "texts": "off", "on_step": step}
        parts = {} if options.workers is None else {"workers": options.workers, "part_size": options.part_size}
        flow = dc.chart(options.corpus, out, **asked, **parts)
        written = sum(path.stat().st_size for path in Path(out).rglob("*") if path.is_file())
    took = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024
    used = {
        name: resource.getrusage(who)
        for name, who in (("self", resource.RUSAGE_SELF), ("children", resource.RUSAGE_CHILDREN))
    }
    print(
        json.dumps(
            {
                "seconds": round(took, 2),
                "cpu": round(sum(one.ru_utime + one.ru_stime for one in used.values()), 2),
                "peak_mb": round(used["self"].ru_maxrss * unit / 1e6),
                "worker_peak_mb": round(used["children"].ru_maxrss * unit / 1e6),
                "documents": int(flow["n"].iloc[0]),
                "written_bytes": written,
                "steps": passes,
            }
        )
    )


if __name__ == "__main__":
    main()

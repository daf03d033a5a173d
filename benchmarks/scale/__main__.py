"""Measure how a chart grows with its corpus, and write build/scale/results.json and benchmarks/scale/RESULTS.md.

    python -m scale [--millions 1,3,10,30] [--workers 0,1,2] [--part-size N]

Each chart runs in a process of its own (work.py). 0 workers is the corpus in one piece. The load of the machine before
each is written down beside it: on a machine that does other work, CPU seconds tell more than those of the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from scale.corpus import write_corpus

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--millions", default="1,3,10,30", help="of tokens  [1,3,10,30]")
    parser.add_argument("--workers", default="0,1,2", help="processes; 0: in one piece  [0,1,2]")
    parser.add_argument("--part-size", type=int, default=24_000_000)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "scale")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    place = options.folder / "results.json"
    rows = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
    for millions in map(int, options.millions.split(",")):
        corpus = options.folder / f"{millions}.parquet"
        if not corpus.exists():
            write_corpus(corpus, millions * 1_000_000)
        for workers in map(int, options.workers.split(",")):
            row = measured(corpus, millions, workers, options.part_size)
            rows = [one for one in rows if (one["millions"], one["workers"]) != (millions, workers)] + [row]
            place.write_text(json.dumps(rows, indent=1), encoding="utf-8")
            print({name: value for name, value in row.items() if name != "steps"}, flush=True)
    rows.sort(key=lambda row: (row["workers"], row["millions"]))
    told = "\n".join([*table(rows), "", *limits(options.folder / f"{rows[-1]['millions']}.parquet")])
    (ROOT / "benchmarks" / "scale" / "RESULTS.md").write_text(told + "\n", encoding="utf-8")
    print(told)


def measured(corpus: Path, millions: int, workers: int, part_size: int) -> dict:
    """Chart a corpus in a process of its own and return what it took."""
    command = [sys.executable, "-m", "scale.work", str(corpus), "--part-size", str(part_size)]
    command += ["--workers", str(workers)] if workers else []
    load = round(os.getloadavg()[0], 1)
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT / "benchmarks")
    told = json.loads(ran.stdout.splitlines()[-1])
    column = pq.ParquetFile(corpus).metadata
    told["text_bytes"] = sum(
        column.row_group(number).column(at).total_uncompressed_size
        for number in range(column.num_row_groups)
        for at in range(column.num_columns)
        if column.row_group(number).column(at).path_in_schema == "text"
    )
    return {"millions": millions, "workers": workers, "load": load, "bytes": corpus.stat().st_size, **told}


def table(rows: list[dict]) -> list[str]:
    """Return the rows as Markdown, with the slope from one size to the next: 1 is linear."""
    lines = [
        "# Results",
        "",
        "Written by `make scale`. A slope is the exponent of CPU seconds from the size above to this one: 1 is linear.",
        "",
        "| millions | workers | documents | text MB | s | CPU s | slope | main, peak MB | worker, peak MB | load |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    before: dict = {}
    for row in rows:
        same = before.get("workers") == row["workers"]
        slope = (
            np.log(row["cpu"] / before["cpu"]) / np.log(row["millions"] / before["millions"]) if same else float("nan")
        )
        lines.append(
            f"| {row['millions']} | {row['workers'] or 'one piece'} | {row['documents']:,} "
            f"| {row['text_bytes'] / 1e6:,.0f} | {row['seconds']:,.0f} | {row['cpu']:,.0f} "
            f"| {'' if np.isnan(slope) else f'{slope:.2f}'} "
            f"| {row['peak_mb']:,} | {row['worker_peak_mb'] if row['workers'] else ''} | {row['load']} |"
        )
        before = row
    return lines


def limits(corpus: Path) -> list[str]:
    """Return what the machine could do at most: texts read from Parquet and thrown away, memory copied."""
    began, n_bytes = time.process_time(), 0
    for batch in pq.ParquetFile(corpus).iter_batches(1_000, columns=["text"]):
        n_bytes += batch.nbytes
    read = n_bytes / (time.process_time() - began) / 1e6
    block = np.ones(25_000_000)
    began = time.process_time()
    for _ in range(5):
        block = block.copy()
    copied = 5 * 2 * block.nbytes / (time.process_time() - began) / 1e6
    return [
        f"Texts read from Parquet and thrown away: {read:,.0f} MB in a CPU second. Memory copied: {copied:,.0f} MB "
        "in a CPU second (read and written)."
    ]


if __name__ == "__main__":
    main()

"""How fast the evidence page is in a real browser: opening, filtering, lists, and tasks that freeze it.

    python benchmarks/evidence_page.py page CORPUS.parquet page.html --texts sentences
    python benchmarks/evidence_page.py generate 10000 corpus.parquet
    python benchmarks/evidence_page.py measure page.html

The first writes a page (as `discourse evidence` does) and says how long that took; the second makes a corpus of dated
reports from the sentences of the seed reports; the third opens a page in Chromium with an empty cache and prints, in
milliseconds (the median of some runs): until the figure stands, each filter until the figure is drawn anew, a list, a
document, the lines of the most frequent entry, the longest task that held the page, and the longest in time of the
processor. docs/evidence.md quotes it.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

import discourse as dc

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WATCH = """
  window.held = [];
  new PerformanceObserver((list) => window.held.push(...list.getEntries().map((one) => Math.round(one.duration))))
    .observe({ type: "longtask", buffered: true });
"""
# The page says in `data-ready` which state it shows; two frames later it is painted.
CHANGED = """
  async () => {
    const before = performance.now(), ev = document.getElementById("ev"), was = ev.dataset.ready;
    window.now();
    while (ev.dataset.ready === was) {
      if (performance.now() - before > 20000) throw new Error("the page does not change");
      await new Promise((go) => setTimeout(go, 1));
    }
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    return performance.now() - before;
  }
"""
FILTERS = [
    ("filter_figure", "figure", 1), ("filter_outlet", "source", 2), ("filter_outlet_off", "source", 0),
    ("filter_category", "category", 4), ("filter_category_off", "category", 0), ("filter_from", "from", 3),
    ("filter_rate", "figure", 2), ("filter_from_off", "from", 0), ("filter_positions", "figure", 0),
    ("filter_period_positions", "from", 4), ("filter_all_off", "from", 0),
]  # fmt: skip


def generate(n_documents: int, path: Path, seed: int = 20151223) -> None:
    """Make a corpus: each report takes the sentences of several seed reports, its date and outlet of others."""
    seeds, draw = dc.load_seed("reports"), random.Random(seed)
    sentences = [one.strip() for text in seeds["text"] for one in text.split(".") if len(one.strip()) > 20]
    days = pd.date_range("2010-01-01", "2024-12-31")
    rows = {
        "doc_id": [f"g{n:06d}" for n in range(n_documents)],
        "text": [". ".join(draw.sample(sentences, 12)) + "." for _ in range(n_documents)],
        "title": draw.choices(seeds["title"].tolist(), k=n_documents),
        "date": [f"{draw.choice(days):%Y-%m-%d}" for _ in range(n_documents)],
        "source": draw.choices(seeds["source"].astype(str).tolist(), k=n_documents),
        "country": draw.choices(seeds["country"].astype(str).tolist(), k=n_documents),
    }
    pd.DataFrame(rows).to_parquet(path, index=False)


def measure(path: Path, runs: int = 5) -> dict[str, object]:
    """Open a page several times and return the medians, and the longest task of all runs, in milliseconds."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("DISCOURSE_BROWSER") or shutil.which("chromium")
    told: dict[str, list[float]] = {}
    held: list[int] = []
    with sync_playwright() as playwright:
        for _ in range(runs):
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(WATCH)
            begun = time.perf_counter()
            page.goto(path.resolve().as_uri(), wait_until="commit")
            page.wait_for_selector("#ev[data-ready]")
            told.setdefault("opened", []).append((time.perf_counter() - begun) * 1000)
            for name, took in _walk(page).items():
                told.setdefault(name, []).append(took)
            held += page.evaluate("window.held")
            browser.close()
        longest = _longest_on_cpu(playwright.chromium, program, path)
    result: dict[str, object] = {name: round(statistics.median(took)) for name, took in told.items()}
    return {**result, "tasks_over_50": len(held), "longest_task": max(held, default=0), "longest_on_cpu": longest}


def _longest_on_cpu(chromium: "BrowserType", program: str | None, path: Path) -> float:
    """Return the longest task of the page in milliseconds of the processor: other work of the machine is not in it."""
    browser = chromium.launch(executable_path=program, args=FLAGS)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    browser.start_tracing(
        page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    )
    page.goto(path.resolve().as_uri(), wait_until="commit")
    page.wait_for_selector("#ev[data-ready]")
    _walk(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    browser.close()
    main = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    tasks = [one.get("tdur", 0) for one in events if (one["pid"], one["tid"]) in main and "RunTask" in one["name"]]
    return max(tasks, default=0) / 1000


def _walk(page: "Page") -> dict[str, float]:
    """Filter and open what a reader opens; return how long each took."""
    took = {}
    for name, control, place in FILTERS:
        chosen = json.dumps(f"ev-by-{control}")
        if page.locator(f"#ev-by-{control}").count():
            page.evaluate(
                f"void (window.now = () => {{ const one = document.getElementById({chosen});"
                f" one.selectedIndex = {place};"
                " one.dispatchEvent(new Event('change')); })"
            )
            took[name] = page.evaluate(CHANGED)

    def opened(name: str, layer: str) -> None:
        page.evaluate(
            f"void (window.now = () => {{ location.hash = '#ev:/' + encodeURIComponent({json.dumps(layer)}); }})"
        )
        took[name] = page.evaluate(CHANGED)

    opened("list_all", "a:")
    opened("entries", "x:entry")
    opened("lines", str(page.locator("#ev-panel td a, #ev-panel th a").first.get_attribute("data-layer")))
    opened("document", str(page.locator(".ev-lines a").first.get_attribute("data-layer")))
    return took


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("page")
    one.add_argument("corpus")
    one.add_argument("out", type=Path)
    one.add_argument("--texts", default="all")
    one.add_argument("--cache")
    two = verbs.add_parser("generate")
    two.add_argument("n", type=int)
    two.add_argument("out", type=Path)
    three = verbs.add_parser("measure")
    three.add_argument("page", type=Path)
    three.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    if asked.verb == "generate":
        generate(asked.n, asked.out)
    elif asked.verb == "page":
        begun = time.perf_counter()
        dc.evidence(asked.corpus, asked.out, texts=asked.texts, cache=asked.cache, overwrite=True)
        print(f"{time.perf_counter() - begun:.0f} s, {asked.out.stat().st_size / 1e6:.1f} MB")
    else:
        print(json.dumps(measure(asked.page, asked.runs), indent=2))


if __name__ == "__main__":
    main()

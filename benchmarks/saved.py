"""How large a saved corpus is, and how fast it is opened and asked.

    PYTHONPATH=benchmarks python benchmarks/saved.py build/saved --tokens 10000000

Makes a corpus of words by Zipf's law (benchmarks/bench/generated.py), saves it, holds every table of the saved corpus
and the concordance of two words against those of the corpus as it is read and cut, and prints: the size of each file,
the seconds of each step of saving, and, as the median and the least of some runs in a process of their own each, the
seconds until the corpus is opened, until DOCUMENTS and TOKENS are there, until the first line of a concordance, and
those of the whole command, on the saved corpus and on the file it was read from. docs/saved.md quotes it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
from bench.prepare import choose_words, made

import discourse as dc

ASK = """
import json, sys, time
now = lambda: (time.perf_counter(), time.process_time())
times = {}
def took(name, before):
    times[name] = [round(after - then, 5) for after, then in zip(now(), before, strict=True)]
at = now()
import discourse as dc
dc.kwic, dc.open_corpus
dc.kwic(dc.tokenize(dc.load_seed("article")), "قال", dc.load_seed("article"))  # loads code and word lists
took("importing", at)
folder, word = sys.argv[1:]
at = now()
saved = dc.open_corpus(folder)
took("opening", at)
at = begun = now()
documents = saved.documents
took("documents", at)
at = now()
tokens = dc.tokenize(documents)
took("tokens", at)
at = now()
line = dc.kwic(tokens, word, documents, limit=1)
took("a line", at)
took("opened to first line", begun)
at = now()
dc.kwic(tokens, word, documents, limit=1)
took("a line again", at)
at = now()
every = dc.kwic(tokens, word, documents)
took("all lines", at)
assert len(line) == 1 and line.equals(every.head(1))
print(json.dumps(times))
"""


def main() -> None:
    """Make, save, check and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tokens", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--again", action="store_true", help="measure what an earlier run made and checked")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    corpus, saved = options.folder / "corpus.parquet", options.folder / "saved"
    if not options.again:
        made(options.tokens).to_parquet(corpus, index=False)
        print(f"{'step of saving':<24}seconds")
        save(corpus, saved)
        (options.folder / "words.json").write_text(json.dumps(check(corpus, saved)), encoding="utf-8")
    words = json.loads((options.folder / "words.json").read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in sorted(saved.iterdir())}
    print(f"\n{'file':<24}MB   (the source: {corpus.stat().st_size / 1e6:.0f})")
    for name, size in {**sizes, "all": sum(sizes.values())}.items():
        print(f"{name:<24}{size / 1e6:.1f}")
    print(f"\n{options.runs} processes each")
    for kind, word in words.items():
        runs = [ask(saved, word) for _ in range(options.runs)]
        print(
            f"\n{kind + ' word':<24}seconds: median, least; of the processor: median, least ({options.runs} processes)"
        )
        for name in runs[0]:
            print(f"{name:<24}{figures([run[name] for run in runs])}")
    print(f"\n{'discourse kwic, rare':<24}seconds: median, least; of the processor: median, least")
    for shown in (saved, corpus):
        print(f"{shown.name:<24}{figures([command(shown, words['rare']) for _ in range(options.runs)])}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def save(corpus: Path, folder: Path) -> None:
    """Save a corpus, and print the seconds of each step."""
    steps: list[tuple[str, float]] = []
    begun = time.perf_counter()
    dc.save_corpus(corpus, folder, on_step=lambda name: steps.append((name, time.perf_counter())))
    ended = [at for _, at in steps[1:]] + [time.perf_counter()]
    for (name, at), end in zip(steps, ended, strict=True):
        print(f"{name:<24}{end - at:.1f}")
    print(f"{'all':<24}{time.perf_counter() - begun:.1f}")


def check(corpus: Path, folder: Path) -> dict[str, str]:
    """Hold the saved corpus against the corpus, and return the words that are asked for."""
    documents, _ = dc.read_documents(corpus)
    tokens = dc.tokenize(documents)
    opened = dc.open_corpus(folder, verify=True)
    words = {kind: word for kind, word in choose_words(tokens).items() if isinstance(word, str)}
    same(opened.documents, documents)
    same(opened.tokens, tokens)
    same(opened.spans, dc.find_boilerplate(documents))
    for word in words.values():
        same(dc.kwic(opened.tokens, word, opened.documents), dc.kwic(tokens, word, documents))
    lexicon = dc.load_lexicon("actors")
    same(dc.find_matches(opened.tokens, lexicon), dc.find_matches(tokens, lexicon))
    return words


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Raise unless two tables are the same to the last digit."""
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def ask(folder: Path, word: str) -> dict[str, list[float]]:
    """Open the corpus and ask for a word in a process of its own."""
    done = subprocess.run([sys.executable, "-c", ASK, str(folder), word], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def command(corpus: Path, word: str) -> list[float]:
    """Return the seconds of the whole command, and those of the processor."""
    begun, before = time.perf_counter(), os.times()
    arguments = [sys.executable, "-m", "discourse", "kwic", str(corpus), word, "--plain", "--any-language"]
    subprocess.run(arguments, capture_output=True, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return [time.perf_counter() - begun, used]


def figures(runs: list[list[float]]) -> str:
    """Return median and least of both times."""
    return "   ".join(f"{statistics.median(times):.3f} {min(times):.3f}" for times in zip(*runs, strict=True))


if __name__ == "__main__":
    main()

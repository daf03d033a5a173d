"""The tables that are frozen, part by part: made through the public names of the library and its command alone."""

import ast
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the library that stands beside this file, whichever is installed

import discourse as dc  # noqa: E402

LEXICONS = ("actors", "frames", "cues", "predicates", "appraisal", "speech")
TARGET = "taliban"
# the target as a word: articles that hold it come first
NAME = "\u0637\u0627\u0644\u0628\u0627\u0646"
N_ARTICLES = 2000
# the command by its entry point, wherever its module stands
COMMAND = "from importlib.metadata import entry_points as e; e(group='console_scripts')['discourse'].load()()"
Tables = Iterator[tuple[str, pd.DataFrame]]


def reports(folder: Path) -> Tables:
    """`discourse chart seed:reports`: every table, and the provenance."""
    return _charted("seed:reports")


def news(folder: Path) -> Tables:
    """`discourse chart` of the news corpus by month: every table, and the provenance."""
    return _charted(str(corpus_file(folder)), "--period", "month")


def digests(folder: Path) -> Tables:
    """What each reading finds in the coded digests, by function and by command."""
    yield from _readings(dc.load_seed("reports"))
    doors = {
        "frames": ["frames"],
        "speech": ["speech"],
        "positions": ["positions", "--target", TARGET],
        "statements": ["statements", "--target", TARGET],
    }
    with tempfile.TemporaryDirectory() as place:
        for name, words in doors.items():
            out = Path(place) / f"{name}.csv"
            _run([words[0], "seed:reports", *words[1:], "--out", str(out)])
            yield f"command_{name}", _csv(out)


def articles(folder: Path) -> Tables:
    """What each reading finds in 2,000 news articles: all that hold the target's name, and others evenly spaced."""
    documents, rejects = dc.read_documents(chosen_articles(pd.read_parquet(corpus_file(folder)), N_ARTICLES))
    yield "rejects", rejects
    yield from _readings(documents)


def notebooks(folder: Path) -> Tables:
    """Outputs of each notebook as committed, its outputs as its cells are run now, and the tables it shows in full."""
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        yield f"{path.stem}/committed", _committed(cells)
        yield from ((f"{path.stem}/{name}", table) for name, table in _as_run(cells, path))


PARTS: dict[str, Callable[[Path], Tables]] = {
    "reports": reports,
    "digests": digests,
    "notebooks": notebooks,
    "news": news,
    "articles": articles,
}
NEED_NEWS = ("news", "articles")


def corpus_file(folder: Path) -> Path:
    """Return the corpus in the folder of news."""
    return folder / "arabic_news.parquet"


def chosen_articles(corpus: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return ``n`` articles by doc_id: those that hold the target's name first, the rest evenly spaced."""
    corpus = corpus.sort_values("doc_id", kind="stable", ignore_index=True)
    named = corpus["text"].str.contains(NAME, regex=False).fillna(False).to_numpy(bool)
    holding, others = corpus.index[named][:n], corpus.index[~named]
    missing = min(n - len(holding), len(others))
    spaced = [others[i * len(others) // missing] for i in range(missing)]
    return corpus.loc[sorted([*holding, *spaced])].reset_index(drop=True)


def _readings(documents: pd.DataFrame) -> Tables:
    tokens = dc.tokenize(documents)
    spans = dc.find_boilerplate(documents)
    body = dc.drop_spans(tokens, spans)
    yield "tokens", tokens
    yield "spans", spans
    yield "dates", dc.resolve_dates(documents)
    yield "agencies", dc.find_agencies(documents, spans)
    yield "duplicates", dc.find_duplicates(documents, tokens, spans=spans)
    mentions = None
    for name in LEXICONS:
        lexicon = dc.load_lexicon(name)
        matches = dc.find_matches(body, lexicon)
        mentions = matches if name == "actors" else mentions
        yield f"matches_{name}", matches
        yield f"counts_{name}", dc.count_matches(matches, body)
    yield "company", dc.count_company(mentions, body)
    yield "kwic", dc.kwic(body, NAME, documents)
    yield "frames", dc.find_frames(body, documents)
    for door, read in (("", body), ("_with_boilerplate", tokens)):
        quotations = dc.find_quotations(documents, read)
        sentences = dc.find_positions(documents, read, quotations=quotations, target=TARGET)
        yield f"quotations{door}", quotations
        yield f"voices{door}", dc.count_voices(quotations, read)
        yield f"position_sentences{door}", sentences
        yield f"positions{door}", dc.score_positions(sentences)
        yield f"statements{door}", dc.find_statements(documents, read, quotations=quotations, target=TARGET)


def _charted(corpus: str, *options: str) -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        _run(["chart", corpus, *options, "--out", str(out)])
        for path in sorted((out / "tables").glob("*.csv")):
            yield path.stem, _csv(path)
        yield "provenance", _flat(json.loads((out / "provenance.json").read_text("utf-8")))


def _run(words: list[str]) -> None:
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "agg",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", COMMAND, *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"`discourse {' '.join(words)}` ended with {done.returncode}: {done.stderr.strip()}")


def _csv(path: Path) -> pd.DataFrame:
    """Read a CSV as it is written: every field as its text, an empty one as empty."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _flat(record: dict[str, Any], above: str = "") -> pd.DataFrame:
    """Return nested JSON as a table of keys joined by dots and values written as JSON."""
    rows: list[tuple[str, str]] = []
    for key, value in record.items():
        if isinstance(value, dict) and value:
            rows += _flat(value, f"{above}{key}.").itertuples(index=False, name=None)
        else:
            rows.append((above + key, json.dumps(value, ensure_ascii=False)))
    return pd.DataFrame(rows, columns=["key", "value"], dtype="str")


def _committed(cells: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [
        (number, kind, "".join(output["data"][kind]))
        for number, cell in enumerate(cells, start=1)
        for output in cell["outputs"]
        for kind in ("text/plain", "text/html")
        if kind in output["data"]
    ]
    return pd.DataFrame(rows, columns=["cell", "kind", "text"])


def _as_run(cells: list[dict[str, Any]], path: Path) -> Tables:
    names: dict[str, Any] = {"__name__": "__main__"}
    shown: list[tuple[int, str, str]] = []
    seen: dict[str, int] = {}
    with _away_in(path.parent):
        for number, cell in enumerate(cells, start=1):
            value = _value_of("".join(cell["source"]), names, f"{path.name}, cell {number}")
            if value is None:
                continue
            shown.append((number, "text/plain", repr(value)))
            if isinstance(value, dc.Table):
                shown.append((number, "text/html", value.to_html()))
                name = re.sub(r"\W+", "-", value.caption.lower()).strip("-") or f"cell-{number}"
                seen[name] = seen.get(name, 0) + 1
                yield name if seen[name] == 1 else f"{name}-{seen[name]}", value.frame
    yield "as_run", pd.DataFrame(shown, columns=["cell", "kind", "text"])


def _value_of(source: str, names: dict[str, Any], where: str) -> Any:
    """Run a cell and return the value of the expression that ends it, None where it ends in none."""
    tree = ast.parse(source, filename=where)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, where, "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), where, "eval"), names)


@contextlib.contextmanager
def _away_in(folder: Path) -> Iterator[None]:
    """Stand in a folder, with temporary files in one that is removed at the end."""
    earlier = tempfile.tempdir
    with tempfile.TemporaryDirectory() as temporary, contextlib.chdir(folder):
        tempfile.tempdir = temporary
        try:
            yield
        finally:
            tempfile.tempdir = earlier

"""The command to run next: what `discourse check` found needed, as one line that can be pasted."""

import shlex
from pathlib import Path
from typing import Any, NamedTuple

from discourse.commands.telling import Asked, default_of, needed_columns

__all__ = ["Looked", "look_at_table", "next_command"]

_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
_PACKED = (".gz", ".zst")


class Looked(NamedTuple):
    """A table as it came: what its columns are taken for, and the text of its records."""

    judged: Any
    frame: Any


def look_at_table(file: str, asked: Asked) -> Looked | None:
    """Judge the columns of a file that is a table; null for any other, and for one that cannot be read."""
    from discourse.errors import DiscourseError
    from discourse.sources.encoding import named_encoding
    from discourse.sources.records import read_records
    from discourse.sources.roles import judge_columns

    place = Path(file)
    endings = [ending.lower() for ending in place.suffixes if ending.lower() not in _PACKED]
    if not place.is_file() or not endings or endings[-1] not in _TABLES:
        return None
    try:
        frame = read_records(place, encoding=named_encoding(asked.encoding)).frame
    except DiscourseError:
        return None
    judged = judge_columns(frame, asked=asked.names(), day_first=asked.day_first, date_format=asked.date_format)
    return Looked(judged, frame)


def next_command(file: str, kind: str, n_findings: int, *, asked: Asked, looked: Looked | None, alone: bool) -> str:
    """Return the line that proposes what to run next.

    Parameters
    ----------
    file : str
        The file that was checked.
    kind : str
        What it was checked as.
    n_findings : int
        What is wrong with it.
    asked : Asked
        How the user said that it is to be read.
    looked : Looked, optional
        A corpus in a table, as ``look_at_table`` judged it.
    alone : bool
        Hand codes of one coder, of which no agreement can be measured.
    """
    if kind == "corpus":
        return _next_of_corpus(file, n_findings, asked, looked)
    if n_findings:
        return f"Next: mend these places in the file, then: {shlex.join(['discourse', 'check', file])}"
    stem = _stem(file)
    words = {
        "lexicon": ["check", file, "--corpus", "seed:reports"],
        "events": ["chart", "seed:reports", "--events", file, "--out", f"{stem}-report"],
        "codes": ["agreement", file],
    }[kind]
    if kind == "codes" and alone:
        return "Next: have a second coder code some of the units, then: " + shlex.join(["discourse", *words])
    return "Next: " + shlex.join(["discourse", *words])


def _next_of_corpus(file: str, n_findings: int, asked: Asked, looked: Looked | None) -> str:
    import pandas as pd

    from discourse.commands.corpus import ENOUGH, share_of_arabic
    from discourse.saved.manifest import holds_corpus

    if n_findings and holds_corpus(file):
        return f"Next: save it anew: discourse save CORPUS --out {shlex.quote(file)}"
    stem, next_is = _stem(file), "Next: "
    if looked is None and Path(file).is_file():  # pages, exports, texts: one file may hold many articles
        written = ["--out", f"{stem}.parquet", "--rejects", f"{stem}-rejects.csv"]
        return "Next: " + shlex.join(["discourse", "read", file, *asked.options(), *written])
    if looked is None:
        return "Next: " + shlex.join(
            ["discourse", "chart", file, *asked._replace(columns={}).options(), "--out", f"{stem}-report"]
        )
    judged = looked.judged
    columns, defaults = dict(judged.columns), {one.role: default_of(one) for one in judged.unclear if not one.safe}
    if "text" not in columns and not defaults.get("text"):
        return "Next: no command can be proposed: no column holds texts. Which does? --text-column NAME says it."
    for role in ("text", "date"):
        if role not in columns and defaults.get(role):
            columns[role] = str(defaults[role])
    order = next((default_of(one) for one in judged.unclear if one.kind == "order"), None)
    if order is not None:
        asked, next_is = asked._replace(day_first=order == "--day-first"), "Next (or with --month-first): "
    texts = looked.frame.rename(columns=str)[columns["text"]]
    asked = asked._replace(columns=needed_columns(looked.frame.columns, columns))
    if asked.options() or n_findings:
        out = f"{stem}.parquet" if not file.endswith(".parquet") else f"{stem}-read.parquet"
        written = ["--out", out, *(["--rejects", f"{stem}-rejects.csv"] if n_findings else [])]
        return next_is + shlex.join(["discourse", "read", file, *asked.options(), *written])
    if share_of_arabic(pd.DataFrame({"text": texts.dropna().astype("str")})) < ENOUGH:
        return "Next: no command can be proposed: most letters of the texts are not Arabic."
    copies = ["--copies", "cluster"] if texts.dropna().duplicated().any() else []
    return "Next: " + shlex.join(["discourse", "chart", file, *copies, "--out", f"{stem}-report"])


def _stem(file: str) -> str:
    return Path(file.removeprefix("seed:")).name.split(".")[0] or "corpus"

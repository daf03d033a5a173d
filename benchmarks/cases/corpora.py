"""The cases `corpora`: `discourse read FILE --out x.csv --rejects r.csv`, and what is right of the two tables."""

import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner
from judging import Row, read_cases, row

from discourse.cli import main
from discourse.sources.cleaning.agencies import find_agencies
from discourse.sources.dates.text import resolve_dates

HERE = Path(__file__).parent


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value


def _column(table: pd.DataFrame, column: str) -> list[Any]:
    return [_plain(value) for value in table[column]] if column in table else [None] * len(table)


def _days(documents: pd.DataFrame, by: str) -> dict[str, Any]:
    return dict(zip(_column(documents, by), _column(documents, "date"), strict=True))


# What can be asked of the documents and rejects of a case; the third argument is what is right.
VIEWS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Any], Any]] = {
    "documents": lambda documents, _rejects, _right: len(documents),
    "rejects": lambda _documents, rejects, _right: len(rejects),
    "records": lambda _documents, rejects, _right: _column(rejects, "record"),
    "reasons": lambda _documents, rejects, _right: _column(rejects, "reason"),
    "passed over": lambda _documents, rejects, _right: sorted(
        Path(path).name for path in rejects["path"][rejects["reason"].str.contains("passed over")]
    ),
    "days": lambda documents, _rejects, _right: sorted(_column(documents, "date"), key=str),
    "days by date_text": lambda documents, _rejects, _right: _days(documents, "date_text"),
    "days by url": lambda documents, _rejects, _right: _days(documents, "url"),
    "precisions": lambda documents, _rejects, _right: sorted(set(documents["date_precision"].dropna())),
    "sources": lambda documents, _rejects, _right: sorted(_column(documents, "source"), key=str),
    "titles": lambda documents, _rejects, _right: sorted(_column(documents, "title"), key=str),
    "doc_ids": lambda documents, _rejects, _right: sorted(_column(documents, "doc_id")),
    "paragraphs": lambda documents, _rejects, _right: sorted(documents["text"].str.count("\n") + 1),
    "phrases": lambda documents, _rejects, right: {
        phrase: int(documents["text"].str.count(phrase).sum()) for phrase in right
    },
}


def _read(paths: list[str], options: str, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Run the command, and return what it wrote and said."""
    out, rejects = folder / "x.csv", folder / "r.csv"
    done = CliRunner().invoke(
        main, ["read", *paths, *shlex.split(options), "--out", str(out), "--rejects", str(rejects)]
    )
    tables = [
        pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""]) if path.exists() else pd.DataFrame()
        for path in (out, rejects)
    ]
    documents, refused = tables
    return (
        documents.reindex(columns=[*documents.columns, *{"text", "date", "date_precision"} - {*documents}]),
        (refused.reindex(columns=[*refused.columns, *{"path", "record", "reason"} - {*refused}])),
        done.output,
    )


def _check(path: Path) -> list[str]:
    """Return what `discourse check` says of a corpus."""
    said = CliRunner().invoke(main, ["check", str(path)]).output
    return [line for line in said.splitlines() if "date" in line and ("outside" in line or "wrong" in line)]


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row a case."""
    for case in read_cases(HERE / "corpora.yml"):
        name, options, right = case["file"], case.get("options", ""), case["right"]
        with tempfile.TemporaryDirectory() as made:
            if "holds" in case:
                Path(made, name).write_text(case["holds"], "utf-8")
            path = Path(made, name) if "holds" in case else folder / name
            if path.is_dir():
                path = Path(shutil.copytree(path, Path(made, "copy", path.name)))
            if case.get("call") == "resolve_dates":
                table = pd.read_csv(path, dtype=str)
                found = resolve_dates(table.assign(date=pd.to_datetime(table["date"])))
                got = {key: [*found["value"][found["doc_id"].astype(str) == key]] for key in table["doc_id"]}
            elif case.get("call") == "find_agencies":
                table = pd.read_csv(path, dtype=str)
                found = find_agencies(table)["agency"].astype(str)
                wrong = [
                    f"{code} for {wanted}"
                    for code, wanted in zip(found, table["expected"], strict=True)
                    if code not in wanted.split(" or ")
                ]
                got = {"found": len(table) - len(wrong), "wrong": wrong}
            else:
                documents, rejects, _said = _read([str(path)], options, Path(made))
                got = {view: VIEWS[view](documents, rejects, value) for view, value in right.items() if view in VIEWS}
                if "check" in right:
                    got["check"] = _check(Path(made) / "x.csv")
        yield row(name, case.get("call") or f"read {options}".strip(), right, got)

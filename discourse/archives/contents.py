"""What an archive holds: every file by its path, made from the tables of a run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pandas as pd

from discourse.archives.crate import crate_metadata
from discourse.archives.packing import METADATA, csv_bytes
from discourse.archives.readme import DESCRIBED, readme
from discourse.archives.study_files import study_files
from discourse.archives.texts import digest_texts, is_text
from discourse.archives.versions import PACKAGE, find_versions, requirements
from discourse.provenance import Provenance
from discourse.study import Study
from discourse.tables import TABLES

__all__ = ["Run", "archive_files", "hide_texts"]

_TEXT_COLUMNS = ("text", "title")
# what stands in `tables/` is a table of the codebook under another name
_SCHEMAS = {
    "by_series": "SERIES", "events": "EVENTS", "findings": "FINDINGS", "frames": "FRAMES", "naming": "SERIES",
    "overall": "SERIES", "period_positions": "PERIOD_POSITIONS", "position_by_series": "SERIES", "position_sentences":
    "POSITIONS", "position_series": "SERIES", "positions": "DOCUMENT_POSITIONS", "rejects": "REJECTS", "series":
    "SERIES", "subject_series": "SERIES",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A run of the study, as an archive keeps it.

    Attributes
    ----------
    documents, rejects : DataFrame
        DOCUMENTS and REJECTS.
    tables : mapping of str to DataFrame
        The tables of the run by name.
    study : Study
        What was asked.
    page : str
        The report.
    figures : mapping of str to mapping of str to bytes
        Each figure by name and format.
    record : Provenance
        What all was made from.
    codes : mapping of str to DataFrame
        Hand codes and plans by the name of their file.
    """

    documents: pd.DataFrame
    rejects: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    study: Study
    page: str
    figures: Mapping[str, Mapping[str, bytes]]
    record: Provenance
    codes: Mapping[str, pd.DataFrame]


def archive_files(
    run: Run, *, texts: str, name: str, description: str, published: str, licence: str, authors: Sequence[str]
) -> dict[str, bytes]:
    """Return the files of an archive by their paths, all but the manifest of their digests.

    Parameters
    ----------
    run : Run
        What was made.
    texts : {"none", "sentences", "all"}
        What of the texts the archive holds.
    name, description, published, licence, authors
        For the metadata, as ``crate_metadata`` takes them.
    """
    versions = find_versions()
    made = study_files(run.study)
    inputs = [*made, "documents.csv"]
    documents = digest_texts(run.documents, titles=texts != "none")
    made["documents.csv"] = csv_bytes(documents)
    left_out = sorted(
        str(one) for one in run.documents.columns if one not in documents.columns and one not in _TEXT_COLUMNS
    )
    for title, table in run.codes.items():
        shown = table if texts == "all" else hide_texts(table)
        made[f"codes/{title}.csv"] = csv_bytes(shown)
        inputs.append(f"codes/{title}.csv")
    tables = {one: _without_places(table) if one == "rejects" else table for one, table in run.tables.items()}
    made |= {f"tables/{one}.csv": csv_bytes(table) for one, table in tables.items()}
    made["tables/CODEBOOK.md"] = _codebook(tables).encode("utf-8")
    made |= _texts(run, texts)
    record = run.record.to_json().encode("utf-8")
    for title, images in run.figures.items():
        made |= {f"figures/{title}.{kind}": image for kind, image in images.items()}
        made[f"figures/{title}.json"] = record
    made["index.html"], made["provenance.json"] = run.page.encode("utf-8"), record
    made["versions.json"] = (json.dumps(versions, indent=2, sort_keys=True) + "\n").encode("utf-8")
    made["requirements.txt"] = requirements(versions).encode("utf-8")
    days = run.documents["date"].dropna()
    number = versions["packages"].get(PACKAGE, "unknown")
    numbers = {
        "n_documents": len(run.documents), "n_rejected": len(run.rejects),
        "first": days.min().strftime("%Y-%m-%d") if len(days) else "",
        "last": days.max().strftime("%Y-%m-%d") if len(days) else "",
        "period": run.record.settings["period"], "version": number, "python": versions["python"],
    }  # fmt: skip
    paths = ["README.md", *made]
    told = readme(name, description, numbers=numbers, texts=texts, left_out=left_out, licence=licence, paths=paths)
    made["README.md"] = told.encode("utf-8")
    made[METADATA] = crate_metadata(
        made, name=name, description=description, published=published, licence=licence, authors=authors,
        version=number, described=DESCRIBED, inputs=inputs,
    )  # fmt: skip
    return made


def hide_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without its texts: headlines, texts, and columns of which a value has more than eight words."""
    kept = [
        name
        for name in table.columns
        if not str(name).startswith(_TEXT_COLUMNS) and (name == "reason" or not is_text(table[name]))
    ]
    return table[kept]


def _texts(run: Run, texts: str) -> dict[str, bytes]:
    """Return the texts that an archive may hold."""
    made = {}
    if texts != "none" and "position_sentences" in run.tables:
        spans = run.tables["position_sentences"][["doc_id", "sentence", "start_char", "end_char"]]
        spans = spans.assign(doc_id=spans["doc_id"].astype(str)).drop_duplicates().sort_values(["doc_id", "start_char"])
        bodies = dict(zip(run.documents["doc_id"].astype(str), run.documents["text"].astype(str), strict=True))
        words = [
            bodies[doc][start:end]
            for doc, start, end in zip(spans["doc_id"], spans["start_char"], spans["end_char"], strict=True)
        ]
        made["texts/sentences.csv"] = csv_bytes(spans.assign(text=words).query("text != ''"))
    if texts == "all":
        columns = [name for name in ("doc_id", "title", "text") if name in run.documents]
        made["texts/documents.csv"] = csv_bytes(run.documents.sort_values("doc_id")[columns])
    return made


def _without_places(rejects: pd.DataFrame) -> pd.DataFrame:
    """Return REJECTS without the folders of the machine on which they were read."""
    return rejects.assign(path=[PurePath(str(path)).name for path in rejects["path"]])


def _codebook(tables: Mapping[str, pd.DataFrame]) -> str:
    """Say of each table what a row and a column is, as far as the codebook of the library knows it."""
    lines = ["# Codebook of the tables of this archive", ""]
    for name, table in sorted(tables.items()):
        schema = TABLES.get(_SCHEMAS.get(name, ""))
        lines += [f"## {name}.csv", "", f"{len(table):,} rows." + (f" A row is {schema.row}." if schema else ""), ""]
        lines += ["| column | meaning |", "|---|---|"]
        for column in map(str, table.columns):
            known: Any = schema.by_name.get(column) if schema else None
            lines.append(f"| `{column}` | {known.meaning if known else _MEANINGS.get(column, '')} |")
        lines.append("")
    return "\n".join(lines)


_MEANINGS = {
    "basis": "hand (hand codes) or lexicon (the lexicon measure)",
    "holder": "whose position: an actor",
    "lexicon": "the lexicon whose categories are counted",
    "grade": "what the position rests on: strong, fair or weak evidence",
    "stage": "stage of the flow of records",
    "n": "number of records",
    "actor": "the actor whose sentences are looked at",
    "other": "the other actor",
    "n_sentences": "sentences that name the actor",
    "n_together": "of these, those that name the other one too",
    "n_docs_together": "documents with such a sentence",
    "estimate": "the measure",
    "lower": "lower bound of the 95% interval",
    "upper": "upper bound of the 95% interval",
    "method": "how the interval was made",
    "doc_id": "the document",
    "period": "first day of the period",
    "country": "country of the outlet",
    "source": "the outlet",
    "n_docs": "documents",
    "position": "position code, -2 hostile to 2 cooperative",
    "voice": "whose word the position is",
    "categories": "category of the lexicon of each cue, joined by '|'",
    "person": "the person who speaks",
    "per_1000": "matches per 1,000 word tokens",
    "per_1000_lower": "lower bound of the interval of the rate",
    "per_1000_upper": "upper bound of the interval of the rate",
    "score": "weight of the matches of the frame",
    "needed": "weight that the frame needs",
    "both": "the document names holder and target",
}

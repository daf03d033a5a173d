"""The README of an archive: what it holds, what it leaves out, and how to run it again."""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["DESCRIBED", "readme"]

DESCRIBED = {
    "README.md": "what this archive holds, and how to run it again",
    "codes/": "hand codes and the plan of their sample",
    "documents.csv": "the documents: name, date, outlet, digests of their texts, and variables",
    "figures/": "the figures of the report, each with its provenance",
    "index.html": "the report",
    "lexicons/": "the lexicons in use, with their cards",
    "provenance.json": "digests of inputs and lexicons, settings, versions",
    "requirements.txt": "the versions of all packages, for pip",
    "study/": "what was asked: the study and its ledger of events",
    "tables/": "the tables behind the figures; tables/CODEBOOK.md says what each column is",
    "texts/": "texts or sentences of the documents",
    "versions.json": "versions of Python, the library, its code and all packages",
}
"""What each file, and each folder, of an archive is."""
_TEXTS = {
    "none": (
        "No text, headline or sentence of a document is in it: each text stands as its SHA-256 in documents.csv. The "
        "words that entries of a lexicon matched stand in tables/position_sentences.csv (`cues`)."
    ),
    "sentences": (
        "Of the texts it holds headlines (documents.csv) and the sentences that convey a position "
        "(texts/sentences.csv)."
    ),
    "all": "It holds the texts themselves (texts/documents.csv).",
}


def readme(
    name: str,
    description: str,
    *,
    numbers: Mapping[str, Any],
    texts: str,
    left_out: Sequence[str],
    licence: str,
    paths: Sequence[str],
) -> str:
    """Return the README of an archive as Markdown.

    Parameters
    ----------
    name, description : str
        What it is called, and what it is.
    numbers : mapping
        ``n_documents``, ``n_rejected``, ``first``, ``last``, ``period``, ``version`` and ``python``.
    texts : {"none", "sentences", "all"}
        What of the texts it holds.
    left_out : sequence of str
        Document variables that are text and are left out.
    licence : str
        The terms.
    paths : sequence of str
        The files of the archive.
    """
    tops = sorted({path.partition("/")[0] + ("/" if "/" in path else "") for path in paths})
    listed = [f"| `{top}` | {DESCRIBED[top]} |" for top in tops if top in DESCRIBED]
    dated = f", from {numbers['first']} to {numbers['last']}" if numbers["first"] else ""
    dropped = f" Left out as text, too: the document variables {', '.join(left_out)}." if left_out else ""
    lines = [
        f"# {name}",
        "",
        description,
        "",
        f"{numbers['n_documents']:,} documents{dated}; {numbers['n_rejected']:,} records rejected. Series are by "
        f"{numbers['period']}. {_TEXTS[texts]}{dropped}",
        "",
        "## What it holds",
        "",
        "| path | what it is |",
        "|---|---|",
        *listed,
        "| `manifest-sha256.txt` | the digest of every file: `sha256sum -c manifest-sha256.txt` |",
        "| `ro-crate-metadata.json` | the same for machines (RO-Crate 1.2) |",
        "",
        "## How to run it again",
        "",
        f"Made with arabic-discourse {numbers['version']} and Python {numbers['python']}. In its own environment:",
        "",
        "```sh",
        "pip install -r requirements.txt",
        "discourse verify . # the digests of this archive",
        "discourse verify . CORPUS # the texts, and every number, against texts that were fetched again",
        "discourse chart CORPUS --study study/study.yml --out report # the report anew",
        "```",
        "",
        "CORPUS is a table (CSV, JSON lines, Parquet) with the columns `doc_id`, `text` and, where there are headlines,"
        " `title`; a document is known by its `doc_id`, else by the digest of its text, else by its `url`. Date, "
        "outlet and other variables are taken from documents.csv where the table lacks them. `discourse verify` says "
        "which texts are equal, changed, missing or new, and which points of the series move, by how much, and why.",
        "",
        "`sha256` in documents.csv is the SHA-256 of the text as UTF-8; `sha256_normal` that of its normal form (words "
        "folded as the lexicons fold them, one space between words), by which a text that differs in spaces or "
        "diacritics alone is known again; `sha256_title` that of the headline.",
        "",
        "## Terms",
        "",
        licence,
        "",
    ]
    return "\n".join(lines)

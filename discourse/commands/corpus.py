"""The argument CORPUS: its options, how it is read, what is said about it."""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from discourse.commands.running import Either, number, table_path

__all__ = [
    "ENOUGH",
    "Corpus",
    "corpus_arguments",
    "hold_against_arabic",
    "load_corpus",
    "reading_options",
    "settle_rejects",
    "share_of_arabic",
]

_SAMPLE = 400
_LETTERS = re.compile(r"[^\W\d_]")
ENOUGH = 0.5
"""Share of the letters of a corpus that are Arabic, from which on it is read."""


class Corpus(NamedTuple):
    """A corpus as read: DOCUMENTS, REJECTS, and the sentence that says so.

    One that is read in parts stands besides; its documents have no texts.
    """

    documents: Any
    rejects: Any
    said: str
    parted: Any = None


_OPTIONS = (
    click.option("--text-column", default="text", metavar="NAME", help="Column that holds the text.  [text]"),
    click.option("--id-column", default="doc_id", metavar="NAME", help="Column that names the document.  [doc_id]"),
    click.option("--date-column", default="date", metavar="NAME", help="Column of the publication date.  [date]"),
    click.option("--source-column", default="source", metavar="NAME", help="Column of the outlet.  [source]"),
    click.option("--title-column", default="title", metavar="NAME", help="Column of the headline.  [title]"),
    click.option("--encoding", metavar="NAME", help="Encoding of text files; detected when left out."),
    click.option(
        "--day-first/--month-first", cls=Either, default=None, help="How to read 03/04/2015; by the column if left out."
    ),
    click.option("--date-format", metavar="FORM", help="Form of all dates, for instance %d/%m/%Y."),
    click.option("--rejects", metavar="FILE", callback=table_path, help="Write the rejected records and reasons here."),
    click.option("--any-language", is_flag=True, help="Go on though most letters of the corpus are not Arabic."),
)


_READ_AS = {
    "text": "text_column",
    "doc_id": "id_column",
    "date": "date_column",
    "outlet": "source_column",
    "title": "title_column",
    "encoding": "encoding",
    "day_first": "day_first",
    "date_format": "date_format",
}
_DEFAULTS = {
    "text_column": "text",
    "id_column": "doc_id",
    "date_column": "date",
    "source_column": "source",
    "title_column": "title",
}


def corpus_arguments(command: Callable[..., Any], *, required: bool = True) -> Callable[..., Any]:
    """Give a command the argument CORPUS and the options on its columns; they arrive as `corpus` and `columns`."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        names = ("text", "id", "date", "source", "title")
        columns = {f"{name}_column": options.pop(f"{name}_column") for name in names}
        further = ("encoding", "day_first", "date_format", "rejects", "any_language")
        columns |= {name: options.pop(name) for name in further}
        return command(*args, columns=columns, **options)

    for option in reversed(_OPTIONS):
        run = option(run)
    return click.argument("corpus", required=required)(run)


def load_corpus(corpus: str, columns: dict[str, Any], *, arabic: bool = True) -> Corpus:
    """Read CORPUS as the options say; write the rejects where they ask for it.

    A corpus of which no document is left ends the command, and so does one whose letters are for the most part not
    Arabic when ``arabic`` is true (with a warning otherwise), unless `--any-language` is given.
    """
    from discourse.saved.manifest import holds_corpus
    from discourse.sources.documents import read_documents
    from discourse.sources.parted import open_parted

    reading = reading_options(columns)
    in_parts, parted = bool(columns.get("parts")), None
    if in_parts and not holds_corpus(corpus):
        parted = open_parted(corpus, salvage=columns["rejects"] is not None, **reading)
        documents, rejects = parted.documents, parted.rejects
    else:
        documents, rejects = _open_saved(corpus, reading) if holds_corpus(corpus) else read_documents(corpus, **reading)
        parted = open_parted(documents, rejects=rejects) if in_parts else None
    said = settle_rejects(documents, rejects, columns["rejects"])
    if not columns["any_language"]:
        some = documents.iloc[:: max(1, len(documents) // _SAMPLE)]
        hold_against_arabic(some if "text" in some or parted is None else parted.with_texts(some), arabic)
    return Corpus(documents, rejects, said, parted)


def reading_options(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the options of ``read_documents`` among those of a command."""
    return {name: columns[option] for name, option in _READ_AS.items()}


def _open_saved(folder: str, reading: dict[str, Any]) -> tuple[Any, Any]:
    """Return DOCUMENTS and REJECTS of a saved corpus; one that is damaged or out of date is made anew if it can be.

    Raises
    ------
    click.UsageError
        An option says how to read the corpus, and it was read otherwise when it was saved.
    """
    from discourse.saved.renewing import open_corpus

    saved = open_corpus(folder, renew=True)
    for name, value in reading.items():
        option = _READ_AS[name]
        then = saved.reading.get(name, _DEFAULTS.get(option))
        if value not in (_DEFAULTS.get(option), then):
            shown = f"--{option.replace('_', '-')}"
            raise click.UsageError(
                f"{shown} is {value!r}, and {folder!r} was saved with {then!r}. Leave it out, or save the corpus anew."
            )
    if saved.renewed:
        click.echo(saved.renewed, err=True)
    return saved.documents, saved.rejects


def settle_rejects(documents: Any, rejects: Any, path: Path | None, *, written: bool = False) -> str:
    """Write the rejects where asked, stop where nothing was kept, and return the sentence on what was read.

    ``written`` says that the rejects are written already.
    """
    from discourse.writing import write_table

    if path is not None and not written:
        write_table(rejects, path)
    if not len(documents):
        reasons = [f"{row.path}, {row.record}: {row.reason}" for row in rejects.head(3).itertuples()]
        shown = "; ".join(reasons) or "the source holds no record"
        raise click.ClickException(f"no document is left of {number(len(rejects), 'record')}. First: {shown}.")
    said = f"Read {number(len(documents) + len(rejects), 'record')}: {len(documents):,} kept, {len(rejects):,} rejected"
    if len(rejects) and path is not None:
        said += f" (listed in {path})"
    elif len(rejects):
        first = rejects.iloc[0]
        said += f" (first: {first['record']}, {first['reason']}; --rejects FILE lists them)"
    if "encoding" in documents and isinstance(documents["encoding"].dtype, _category()):
        names = sorted(documents["encoding"].dropna().unique())
        said += f"; encoding {', '.join(names)}"
    return said + "."


def _category() -> type:
    import pandas as pd

    return pd.CategoricalDtype


def share_of_arabic(documents: Any) -> float:
    """Return the share of Arabic among the letters of up to 400 documents, evenly spaced; 1 where there is no letter.

    Examples
    --------
    >>> import pandas as pd
    >>> share_of_arabic(pd.DataFrame({"text": ["كابل", "Kabul"]}))  # 4 letters of 9
    0.4444444444444444
    """
    from discourse.language.base import load_language

    arabic = re.compile(f"[{load_language('arabic').letters}]")
    step = max(1, len(documents) // _SAMPLE)
    n_letters = n_arabic = 0
    for text in documents["text"].iloc[::step]:
        head = text[:5000]
        n_letters += len(_LETTERS.findall(head))
        n_arabic += len(arabic.findall(head))
    return n_arabic / n_letters if n_letters else 1.0


def hold_against_arabic(documents: Any, needed: bool) -> None:
    """Warn of a corpus whose letters are for the most part not Arabic, or end the command where it is ``needed``."""
    share = share_of_arabic(documents)
    if share >= ENOUGH:
        return
    said = f"only {share:.0%} of the letters of this corpus are Arabic, and discourse reads Arabic"
    if needed:
        raise click.ClickException(f"{said}. Is it the right file and column? --any-language goes on all the same.")
    click.echo(f"Warning: {said}.", err=True)

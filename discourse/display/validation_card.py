"""The card of a validation: figures, confusion and errors as a page to read or as JSON."""

import json
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.display.labels import column_label, label
from discourse.display.report import Block, render_report
from discourse.display.tables import Table
from discourse.display.wording import LANGUAGES, has_words, words
from discourse.errors import SchemaError, SourceError, check_choice
from discourse.provenance import Provenance
from discourse.tables import need
from discourse.writing import write_text

__all__ = ["write_validation_card"]

_PARTS = ("figures", "confusion", "errors")
_COLUMNS = {
    "figures": ("by", "value", "figure", "n", "estimate"),
    "confusion": ("hand", "found", "n"),
    "errors": ("error",),
}
_WORDED = ("figure", "error", "hand", "found", "method")
_LABELLED = ("holder", "target", "category")
_HEADS = {"title": "headline"}  # the title of a document, not of the card
_SIGNED = re.compile(r"[+\u2212-]\d+([.,]\d+)?")


def write_validation_card(
    made: dict[str, pd.DataFrame],
    path: str | PathLike[str],
    *,
    title: str | None = None,
    language: str = "en",
    record: Provenance | None = None,
) -> Path:
    """Write the card of a validation: the tables of ``validate`` become a page, or JSON, by the ending of ``path``.

    Parameters
    ----------
    made : dict of DataFrame
        figures, confusion and errors, as ``validate`` returns them.
    path : path
        Where to; ends in ``.html`` or ``.json``. The JSON holds all rows, nulls as null, days as YYYY-MM-DD.
    title : str, optional
        Title instead of the standard one.
    language : {"en", "ar"}
        Language of the page; an Arabic one runs from right to left.
    record : Provenance, optional
        What the figures were made from, told at the end.

    Returns
    -------
    Path
        The file written. All text in it is escaped.

    Raises
    ------
    SchemaError
        ``made`` is not what ``validate`` returns, or the language is unknown.
    SourceError
        The ending is another one, or the place cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.validity.validation import validate
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "text": ["x", "<i>"]})
    >>> positions = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "position": [1, -1]})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "holder": ["russia"] * 2, "position": ["1", "none"]})
    >>> made = validate(positions, codes, documents)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_validation_card(made, f"{folder}/card.html").read_text("utf-8")
    >>> "&lt;i&gt;" in page, "<i>" in page
    (True, False)
    """
    place = Path(path)
    check_choice("language", language, LANGUAGES)
    if not isinstance(made, Mapping):
        raise SchemaError(f"`made` is a {type(made).__name__}; it must be what validate() returns.")
    missing = [name for name in _PARTS if name not in made]
    if missing:
        raise SchemaError(f"`made` lacks {', '.join(map(repr, missing))}; it must come from validate().")
    for name in _PARTS:
        need(made[name], name, _COLUMNS[name])
    heading = title or words("validation", "title", language)
    if place.suffix.lower() == ".json":
        told: dict[str, object] = {"title": heading}
        told |= {name: _rows(made[name]) for name in _PARTS}
        if record is not None:
            told["provenance"] = json.loads(record.to_json())
        return write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", place)
    if place.suffix.lower() not in (".html", ".htm"):
        raise SourceError(f"`path` is {str(path)!r}; a card ends in '.html' or '.json'. Change the ending.")
    page = render_report(heading, _sections(made, language), language=language, record=record)
    return write_text(page, place)


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a table as JSON has them."""
    text = frame.to_json(orient="records", date_format="iso", date_unit="s", force_ascii=False, double_precision=10)
    rows = json.loads(text)
    for row in rows:
        if isinstance(row.get("date"), str):
            row["date"] = row["date"][:10]
    return rows


def _sections(made: dict[str, pd.DataFrame], language: str) -> list[tuple[str, list[Block]]]:
    notes = [words("validation", name, language) for name in ("presence", "units")]
    figures = made["figures"]
    parts: list[tuple[str, list[Block]]] = []
    for name in figures["by"].drop_duplicates():
        own = figures[figures["by"] == name]
        if name == "all":
            table = _table(own.drop(columns=["by", "value"]), language, notes=notes)
            parts.append((words("validation", "figures", language), [table]))
            continue
        named = words("validation", "figures_by", language).format(_head(str(name), language))
        values = _as_periods(own["value"]) if name == "period" else own["value"]
        value = [label(one, language) for one in values]
        parts.append((named, [_table(own.drop(columns="by").assign(value=value), language)]))
    parts.append((words("validation", "confusion", language), [_table(made["confusion"], language)]))
    errors: Block = _table(made["errors"], language)
    if not len(made["errors"]):
        errors = words("validation", "no_errors", language)
    parts.append((words("validation", "errors", language), [errors]))
    return parts


def _table(frame: pd.DataFrame, language: str, *, notes: list[str] | None = None) -> Table:
    """Return a table to look at, its headings and fixed words in the language."""
    shown = frame.reset_index(drop=True)
    for name in _WORDED:
        if name in shown:
            own = {"none": "no_interval"} if name == "method" else {}
            shown[name] = [_word(own.get(value, value), language) for value in shown[name]]
    for name in _LABELLED:
        if name in shown:
            shown[name] = [label(value, language) for value in shown[name]]
    heads = {name: _head(name, language) for name in map(str, shown.columns)}
    return Table(shown, language=language, columns=heads, notes=notes or [], most=500)


def _head(name: str, language: str) -> str:
    own = _HEADS.get(name, name)
    return words("validation", own, language) if has_words("validation", own) else column_label(name, language)


def _as_periods(values: pd.Series) -> pd.Series:
    """Write first days of periods as the years or months that they begin.

    Examples
    --------
    >>> _as_periods(pd.Series(["2015-01-01", "2016-01-01"])).tolist(), _as_periods(pd.Series(["2015-04-01"])).tolist()
    (['2015', '2016'], ['2015-04-01'])
    """
    if values.nunique() < 2:  # one alone does not tell how long it is
        return values
    for ending in ("-01-01", "-01"):
        if values.astype("str").str.endswith(ending).all():
            return values.astype("str").str.removesuffix(ending)
    return values


def _word(value: object, language: str) -> str:
    """Return a fixed word in the language; a signed number keeps its sign before it in Arabic."""
    text = str(value)
    if language == "ar" and _SIGNED.fullmatch(text):
        return f"\u2066{text}\u2069"
    return words("validation", text, language) if has_words("validation", text) else text

"""The evidence page as a part of a report: figures whose points open into documents, sentences, words and rules."""

import hashlib
import html
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from discourse.display.answer import tell_findings
from discourse.display.book import Book
from discourse.display.evidence.core import ordered_documents, the_core, the_series
from discourse.display.evidence.packing import column, pack, plain
from discourse.display.evidence.texts import TEXTS, Readings, read_places
from discourse.display.labels import LANGUAGES, label, label_in_text
from discourse.display.report import Live
from discourse.errors import check_choice
from discourse.study import Study

__all__ = ["EVIDENCE_TABLES", "evidence_block", "evidence_words", "fill", "is_evidence_page"]

# the tables that the page is made of, by the name of their step
EVIDENCE_TABLES = (
    "summary", "units", "subject", "subject_tokens", "freq", "named", "counts", "naming", "series", "position_series",
    "findings", "document_positions", "position_sentences", "hand_codes", "quotations", "lexicon_matches", "events",
)  # fmt: skip
_SCRIPTS = ("stats", "words", "data", "figure", "lists", "reading", "corrections", "page")
OPENING = '<div class="ev" id="ev">'
_WITHIN = '<div class="ev ev-screen" id="ev">'  # beside figures that are printed in its place
_PER_HEADS = 500  # documents whose ids and titles are one part
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PRECISIONS = {"day": 0, "month": 1, "year": 2}
_MARK = re.compile(r"\{(\w+)\}")


def evidence_block(tables: Mapping[str, Any], study: Study, *, texts: str = "all", within: bool = False) -> Live:
    """Turn the tables of a study into the part of a page in which every number leads to sentences and back.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of ``EVIDENCE_TABLES``, as ``make_tables`` gives them; ``hand_codes`` may be absent.
    study : Study
        What was asked.
    texts : {"all", "sentences", "none"}
        What the page holds of the texts that were read: all, the sentences with a match, a quotation or a position, or
        nothing but titles, cues and places.
    within : bool
        A part of a report with figures of its own, which are printed in its place; otherwise the page itself.

    Returns
    -------
    Live
        For ``render_report``: the data in parts, the style and the script.

    Raises
    ------
    SchemaError
        ``texts`` is none of the three.
    """
    check_choice("texts", texts, TEXTS)
    documents = ordered_documents(tables)
    core = the_core(tables, study, documents)
    readings = Readings(documents, tables, texts)
    parts, chunks = [], []
    for number, (places, told) in enumerate(readings.parts()):
        parts.append(pack(f"texts{number}", told))
        chunks.append(np.diff(places, prepend=0).tolist())
    head = _head(tables, study, documents, core, texts, len(readings.read)) | {"chunks": chunks}
    if not core["periods"]:
        core |= {"undated": True, "periods": ["0000-01-01"]}
        core["documents"]["period"] = [0] * len(documents)
    heads = [
        pack(f"heads{number}", {name: column(documents[name].iloc[first : first + _PER_HEADS]) if name in documents else
             [None] * len(documents.iloc[first : first + _PER_HEADS]) for name in ("title", "url")} |
             {"id": documents["doc_id"].iloc[first : first + _PER_HEADS].tolist()})
        for number, first in enumerate(range(0, len(documents), _PER_HEADS))
    ]  # fmt: skip
    parts = [plain("head", head), pack("core", core), pack("entries", readings.entries),
             pack("places", read_places(readings)), *heads, *parts]  # fmt: skip
    said = evidence_words(study.language)
    opening = f"{_WITHIN if within else OPENING}<p>{html.escape(said['wait'])}</p></div>"
    nothing = f"<noscript><p>{html.escape(said['no_script'])}</p></noscript>"
    return Live("\n".join([opening, nothing, *parts]), *_code())


def evidence_words(language: str) -> dict[str, str]:
    """Return the words of the page in a language.

    Examples
    --------
    >>> evidence_words("en")["ledger"]
    'Ledger of events'
    """
    check_choice("language", language, LANGUAGES)
    return {name: told[language].strip() if name != "comma" else told[language] for name, told in _words().items()}


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("discourse.display.evidence").joinpath("words.yml").read_text(encoding="utf-8")
    return _LOADER(text).get_single_data()


@cache
def _code() -> tuple[str, str]:
    """Return the style and the script of the page."""
    home = files("discourse.display.evidence")
    style, *scripts = (
        home.joinpath(name).read_text(encoding="utf-8") for name in ("evidence.css", *(f"{one}.js" for one in _SCRIPTS))
    )
    return style, "\n".join(['(() => {\n"use strict";', *scripts, "})();"])


def fill(said: str, **values: object) -> str:
    """Return a sentence of the page with its {names} filled in.

    Examples
    --------
    >>> fill("{n} of {all}", n=2, all="3")
    '2 of 3'
    """
    return _MARK.sub(lambda found: str(values.get(found[1], found[0])), said)


def _head(
    tables: Mapping[str, Any], study: Study, documents: pd.DataFrame, core: Mapping[str, Any], texts: str, n_read: int
) -> dict[str, Any]:
    """Return what the page opens with: words, labels, figures, series, events."""
    language, said, book = study.language, evidence_words(study.language), Book(tables, study)
    n_docs = len(documents)
    in_text = label_in_text(study.target, language, study.actors.categories)
    left = [fill(said[f"left_{texts}"], n=f"{n_read:,}", all=f"{n_docs:,}")]
    if n_read < n_docs:
        left.append(fill(said["left_unread"], target=in_text))
    known = core["positions"]["holders"]
    others = [name for name in known if name not in study.holders]
    periods = core["periods"]
    end = pd.Timestamp(periods[-1]) + pd.tseries.frequencies.to_offset(tables["freq"]) if periods else None
    return {
        "language": language,
        "rtl": language == "ar",
        "words": said,
        "key": f"discourse-evidence-{_key(documents)}",
        "target": study.target,
        "holders": list(study.holders),
        "all_holders": [*study.holders, *others],
        "period": tables["summary"]["period"],
        "end": None if end is None else f"{end:%Y-%m-%d}",
        "n_docs": n_docs,
        "n_undated": sum(period < 0 for period in core["documents"]["period"]),
        "per_heads": _PER_HEADS,
        "texts": texts,
        "left_out": " ".join(left),
        "codes": {str(code): label(code, language) for code in range(-2, 3)},
        "labels": _labels(tables, study, core, book) | {"outlet": said["outlet"]},
        "lexicons": [{"name": one.name, "categories": sorted(one.categories)} for one in study.lexicons],
        "actors": sorted(study.actors.categories, key=lambda name: label(name, language, book.actors).casefold()),
        "figures": _figures(study, book, said, in_text),
        "findings": tell_findings(tables["findings"], language=language, labels=book.actors),
        "series": the_series(tables, periods),
        "events": _events(tables["events"], language),
    }


def _key(documents: pd.DataFrame) -> str:
    """Return under what the browser keeps the corrections: the documents, by their ids and texts."""
    digest = hashlib.sha256()
    for doc_id, text in zip(documents["doc_id"], documents["text"].astype(str), strict=True):
        digest.update(f"{doc_id}\0{text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()[:16]


def _labels(tables: Mapping[str, Any], study: Study, core: Mapping[str, Any], book: Book) -> dict[str, str]:
    """Return the label of every holder, voice, basis, country, category and actor that the page may show."""
    names = {*core["positions"]["holders"], *core["positions"]["voices"], *core["countries"], study.target}
    names |= {"hand", "lexicon", "outlet", "third_party", *study.holders, *study.actors.categories}
    labels = {name: label(name, study.language, book.actors) for name in sorted(names)}
    for lexicon in study.lexicons:
        labels |= {name: label(name, study.language, lexicon.categories) for name in lexicon.categories}
    return labels | {name: label(name, study.language, book.actors) for name in map(str, tables["named"].columns)}


def _figures(study: Study, book: Book, said: Mapping[str, str], target: str) -> list[dict[str, str]]:
    figures = [{"id": "positions", "kind": "positions", "title": fill(said["positions_figure"], target=target)}]
    for lexicon in study.lexicons:
        for measure, words in (("share", "share_figure"), ("per_1000", "rate_figure")):
            title = fill(said[words], title=book.title(lexicon))
            own = {"id": f"{lexicon.name}-{measure}", "lexicon": lexicon.name, "measure": measure}
            figures.append({"kind": "counts", "title": title, **own})
    naming = {"id": "naming", "kind": "counts", "lexicon": "naming", "measure": "share"}
    return [*figures, {**naming, "title": said["naming_figure"]}]


def _events(events: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    told = "event_ar" if language == "ar" and "event_ar" in events else "event"
    rows = []
    for number, row in enumerate(events.to_dict("records")):
        day = (pd.Timestamp(row["date"]) - pd.Timestamp("1970-01-01")).days
        named = {name: row.get(name) if isinstance(row.get(name), str) else None for name in ("actor", "source_url")}
        rows.append(
            {
                "number": number,
                "day": day,
                "precision": _PRECISIONS.get(str(row.get("date_precision")), 0),
                "event": str(row[told]),
                "actor": named["actor"],
                "url": named["source_url"],
                "position": column(pd.Series([row.get("position")]))[0],
            }
        )
    return rows


def is_evidence_page(path: Path) -> bool:
    """Tell whether a file is a page with this part."""
    try:
        return OPENING.encode() in path.read_bytes()
    except OSError:
        return False

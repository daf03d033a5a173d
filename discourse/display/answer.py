"""The finding in words: one sentence a holder, what it rests on, and the changes beside it."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from discourse.display.book import Book, Chapter
from discourse.display.finding_plots import plot_finding
from discourse.display.labels import LANGUAGES, code_label, label
from discourse.display.report import Block, Folded, Paragraph
from discourse.display.tables import Table
from discourse.display.wording import counted, fill_in, has_words, words
from discourse.errors import check_choice
from discourse.measures.intervals import FEW
from discourse.tables import need

__all__ = ["finding_chapter", "support_blocks", "tell_findings"]

Labels = Mapping[str, Mapping[str, str]]
_ENDS = re.compile(r"(\d{4}(?:-\d{2}){0,2})/(\d{4}(?:-\d{2}){0,2})")
_SHOWN = [
    *("basis", "voice", "before", "after", "hold", "n_units_before", "n_units_after"),
    *("estimate", "lower", "upper", "change"),
]


def tell_findings(findings: pd.DataFrame, *, language: str = "en", labels: Labels | None = None) -> list[str]:
    """Say in one sentence each what FINDINGS answer: how the position of a holder changed, with interval and n.

    Parameters
    ----------
    findings : DataFrame
        FINDINGS; the rows that are ``main`` are told.
    language : {"en", "ar"}
        Language of the sentences.
    labels : mapping, optional
        Labels of actors by name and language that come before the built-in ones.

    Returns
    -------
    list of str
        One sentence a holder, in the order of the table.

    Raises
    ------
    SchemaError
        ``language`` is unknown, or a column is missing.

    Examples
    --------
    >>> finding = {"holder": "iran", "target": "taliban", "change": "no_position", "n_docs_before": 0, "main": True}
    >>> print(tell_findings(pd.DataFrame([finding]))[0])
    Whether the position of Iran toward Taliban changed cannot be told: no report conveys a position that the measures
    find.
    """
    check_choice("language", language, LANGUAGES)
    need(findings, "findings", ["holder", "target", "change", "main"], table="FINDINGS")
    return [_sentence(row, language, labels) for row in findings.loc[findings["main"].astype(bool)].to_dict("records")]


def _sentence(row: Mapping[Any, Any], language: str, labels: Labels | None) -> str:
    values: dict[str, Any] = {name: label(row[name], language, labels) for name in ("holder", "target")}
    noun = _noun(row)
    values["least"] = counted(noun, FEW, language)
    for side in ("before", "after"):
        if isinstance(row.get(side), str):
            values[side] = _period(row, side, language)
            compared = isinstance(row.get("after"), str)
            values[f"n_{side}"] = counted(noun, int(row[f"n_units_{side}" if compared else "n_docs_before"]), language)
        if pd.notna(row.get(f"mean_{side}")):
            mean = float(row[f"mean_{side}"])
            values |= {f"mean_{side}": _signed(mean), f"code_{side}": label(_nearest(mean), language, labels)}
    if row["change"] == "undated":
        values["n_before"] = counted(noun, int(row["n_docs_before"]), language)
    values |= {name: _signed(row[name]) for name in ("estimate", "lower", "upper") if pd.notna(row.get(name))}
    return fill_in("findings", str(row["change"]), language, **values)


def _noun(row: Mapping[Any, Any]) -> str:
    """Return what n counts: stories where copies were grouped, else reports."""
    grouped = any(row.get(f"n_units_{side}", 0) < row.get(f"n_docs_{side}", 0) for side in ("before", "after"))
    return "story" if grouped and isinstance(row.get("after"), str) else "report"


def _nearest(mean: float) -> int:
    """Return the code nearest to a mean; of two equally near, the one nearer to 0."""
    return int(mean + 0.5 - 1e-9) if mean > 0 else -int(0.5 - 1e-9 - mean)


def _signed(number: float) -> str:
    text = f"{number:+.2f}"
    return text[1:] if text in ("+0.00", "-0.00") else text.replace("-", "\N{MINUS SIGN}")


def _period(row: Mapping[Any, Any], side: str, language: str) -> str:
    """Return what a sentence calls a period: its name, its ends, or the third of the reports that it is."""
    name = row[side]
    ends = _ENDS.fullmatch(name)
    told = fill_in("findings", "ends", language, first=ends[1], last=ends[2]) if ends else name
    if row["change"] == "one_period":
        return told
    place = "period" if row.get("stated", True) else "first_third" if side == "before" else "last_third"
    return fill_in("findings", place, language, period=told)


def finding_chapter(book: Book) -> Chapter:
    """Return the opening of the report: the finding of each holder, the figure of the first, what it rests on."""
    blocks: list[Block] = []
    for sentence in tell_findings(_in_order(book), language=book.language, labels=book.actors):
        blocks.append(Paragraph(sentence, "finding"))
    main = _main(book, book.study.holders[0])
    blocks += [Paragraph(text, "note") for text in _rests_on(book, main)] + _figure(book, book.study.holders[0])
    return "", blocks


def _in_order(book: Book) -> pd.DataFrame:
    found = book.tables["findings"]
    places = found["holder"].astype("str").map({name: place for place, name in enumerate(book.study.holders)})
    return found.loc[places.sort_values(kind="stable").index]


def _main(book: Book, holder: str) -> dict[str, Any]:
    found = book.tables["findings"]
    return found.loc[found["holder"].eq(holder) & found["main"]].iloc[0].to_dict()


def _rests_on(book: Book, main: Mapping[str, Any]) -> list[str]:
    """Say what the finding rests on, where something can be compared."""
    if not isinstance(main["voice"], str):
        return []
    voice = main["voice"]
    name = f"voice_{voice}" if has_words("findings", f"voice_{voice}") else "voice_own"
    told = fill_in("findings", name, book.language, voice=label(voice, book.language, book.actors))
    ends = {"low": code_label(-2, book.language), "high": code_label(2, book.language)}
    said = [fill_in("findings", f"based_on_{main['basis']}", book.language, voice=told, **ends)]
    if main["change"] != "few":
        said.append(words("findings", f"interval_of_{main['basis']}", book.language))
    if _noun(main) == "story":
        said.append(words("findings", "stories", book.language))
    if book.study.compare and not main["stated"]:
        said.append(words("findings", "no_thirds", book.language))
    return [" ".join(said)]


def _figure(book: Book, holder: str) -> list[Block]:
    """Draw the periods compared of one holder, where two hold a position."""
    main = _main(book, holder)
    if not isinstance(main["after"], str):
        return []
    means, series = book.tables["period_positions"], book.tables["position_series"]
    own = {"holder": holder, "basis": main["basis"]}
    means = _rows(means, {**own, "voice": main["voice"]})
    series = _rows(series, {**own, "category": main["voice"]})
    name = f"finding_{holder}" if book.study.holders[1:] else "finding"
    names = {"holder": label(holder, book.language, book.actors), "target": book.names(book.language)["target"]}
    title = fill_in("findings", "figure", book.language, **names)
    return [book.draw(name, "period_positions", title, plot_finding, means, series=series)]


def _rows(table: pd.DataFrame, wanted: Mapping[str, Any]) -> pd.DataFrame:
    for name, value in wanted.items():
        table = table.loc[table[name].eq(value)]
    return table


def support_blocks(book: Book) -> list[Block]:
    """Return the changes beside the finding, the others folded, and the figures of the other holders."""
    blocks = [block for holder in book.study.holders[1:] for block in _figure(book, holder)]
    found = _in_order(book)
    found = found.loc[found["after"].notna()]
    if not len(found):
        return blocks
    near = pd.Series(False, index=found.index)
    for main in found.loc[found["main"]].to_dict("records"):
        own = found["holder"].eq(main["holder"])
        same = own & found["basis"].eq(main["basis"]) & found["voice"].eq(main["voice"])
        near |= same | (own & found["before"].eq(main["before"]) & found["after"].eq(main["after"]))
    note = words("findings", "changes_note", book.language)
    heading = words("findings", "changes", book.language)
    blocks.append(_table(book, found.loc[near].sort_values("main", ascending=False, kind="stable"), heading, [note]))
    if not near.all():
        line = fill_in("findings", "changes_folded", book.language, n=int((~near).sum()))
        blocks.append(Folded(line, [_table(book, found.loc[~near], heading, [])]))
    return blocks


def _table(book: Book, found: pd.DataFrame, heading: str, notes: list[str]) -> Table:
    shown = found.assign(
        holder=[label(name, book.language, book.actors) for name in found["holder"]],
        basis=[label(name, book.language) for name in found["basis"]],
        voice=[label(name, book.language, book.actors) for name in found["voice"]],
        hold=pd.Series([book.variable(name) if isinstance(name, str) else None for name in found["hold"]], found.index),
        change=[words("findings", f"told_{name}", book.language) for name in found["change"]],
    )
    columns = (["holder"] if book.study.holders[1:] else []) + _SHOWN
    return book.table(shown[columns], heading, notes=notes, most=60)

"""The finding in words: one sentence a holder, what it rests on, and the changes beside it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.display.book import Book, Chapter
from discourse.display.finding_plots import plot_finding
from discourse.display.labels import LANGUAGES, code_label, label, label_in_text
from discourse.display.numbers import isolate, round_away, write_number
from discourse.display.report import Block, Exhibit, Folded, Paragraph
from discourse.display.wording import counted, fill_in, has_words, words
from discourse.errors import SchemaError, check_choice
from discourse.measures.intervals import FEW
from discourse.tables import need

__all__ = ["finding_chapter", "support_blocks", "tell_findings"]

Labels = Mapping[str, Mapping[str, str]]
CHANGES = ("up", "down", "unclear", "few", "one_period", "undated", "no_position")
_EN_DASH = "\N{EN DASH}"
_YEARS = re.compile(r"\d{4}(?:-\d{4})?")
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
        ``language`` or a change is unknown, a column is missing, or ``main`` is neither true nor false somewhere.

    Examples
    --------
    >>> finding = {"holder": "iran", "target": "taliban", "change": "no_position", "n_docs_before": 0, "main": True}
    >>> print(tell_findings(pd.DataFrame([finding]))[0])
    Whether the position of Iran toward the Taliban changed cannot be told: no report conveys a position that the
    measures find.
    """
    check_choice("language", language, LANGUAGES)
    need(findings, "findings", ["holder", "target", "change", "main"], table="FINDINGS")
    for change in findings["change"].astype(object).where(findings["change"].notna(), "").unique():
        check_choice("findings, change", change, CHANGES)
    return [_sentence(row, language, labels) for row in findings.loc[_answers(findings)].to_dict("records")]


def _answers(findings: pd.DataFrame) -> pd.Series:
    """Return which rows answer, also where a file wrote them as words."""
    main = findings["main"]
    if not pd.api.types.is_bool_dtype(main.dtype):
        said = main.astype("str").str.lower()
        strange = ~said.isin(["true", "false", "1", "0"])
        if strange.any():
            raise SchemaError(
                f"`findings` column 'main' has {int(strange.sum())} values that are neither true nor false. First: "
                f"{main[strange].iloc[0]!r}. Pass FINDINGS as make_tables() returns them."
            )
        return said.isin(["true", "1"])
    return main.astype(bool)


def _sentence(row: Mapping[Any, Any], language: str, labels: Labels | None) -> str:
    values: dict[str, Any] = {name: label_in_text(row[name], language, labels) for name in ("holder", "target")}
    noun = _noun(row)
    values["least"] = counted(noun, FEW, language)
    for side in ("before", "after"):
        if isinstance(row.get(side), str):
            values[side] = _period(row, side, language)
            compared = isinstance(row.get("after"), str)
            values[f"n_{side}"] = counted(noun, int(row[f"n_units_{side}" if compared else "n_docs_before"]), language)
    if row["change"] == "undated":
        values["n_before"] = counted(noun, int(row["n_docs_before"]), language)
    values |= _means(row, language, labels)
    values |= {
        name: write_number(row[name], "+.2f") for name in ("estimate", "lower", "upper") if pd.notna(row.get(name))
    }
    if pd.notna(row.get("estimate")):
        values["size"] = write_number(abs(row["estimate"]))
    return fill_in("findings", str(row["change"]), language, **values)


def _means(row: Mapping[Any, Any], language: str, labels: Labels | None) -> dict[str, str]:
    """Return the means of both periods; the nearest codes beside them where they are not the same."""
    means = {side: float(row[f"mean_{side}"]) for side in ("before", "after") if pd.notna(row.get(f"mean_{side}"))}
    told = {side: isolate(write_number(mean, "+.2f"), language) for side, mean in means.items()}
    codes = {side: _nearest(round_away(mean, 2)) for side, mean in means.items()}
    if len(set(codes.values())) > 1:
        told = {
            side: fill_in("findings", "coded", language, mean=mean, code=label(codes[side], language, labels))
            for side, mean in told.items()
        }
    return {f"mean_{side}": text for side, text in told.items()}


def _noun(row: Mapping[Any, Any]) -> str:
    """Return what n counts: stories where copies were grouped, else reports."""
    grouped = any(row.get(f"n_units_{side}", 0) < row.get(f"n_docs_{side}", 0) for side in ("before", "after"))
    return "story" if grouped and isinstance(row.get("after"), str) else "report"


def _nearest(mean: float) -> int:
    """Return the code nearest to a mean; of two equally near, the one nearer to 0."""
    return int(mean + 0.5 - 1e-9) if mean > 0 else -int(0.5 - 1e-9 - mean)


def _period(row: Mapping[Any, Any], side: str, language: str) -> str:
    """Return what a sentence calls a period: its ends, beside its name where it has one, or the third that it is.

    Where the reports of a period do not run through all of its years, the years that they hold stand beside it.
    """
    name, days = str(row[side]), _days(row, side)
    dated = not any(pd.isna(day) for day in days)
    named = dated and not name[:4].isdigit()
    told = _span(days, language) if dated and (named or _YEARS.fullmatch(name)) else _ends(name, language)
    held: list[Any] = [row.get(f"{side}_{end}") for end in ("from", "until")]
    if dated and not any(pd.isna(day) for day in held):
        years = [pd.Timestamp(day).year for day in held]
        if years != [pd.Timestamp(day).year for day in days]:
            words_of_years = isolate(_EN_DASH.join(map(str, dict.fromkeys(years))), language)
            told = fill_in("findings", "also_held" if named else "held_by", language, period=told, held=words_of_years)
    if named:
        told = fill_in("findings", "named_period", language, known=name, period=told)
    if row["change"] == "one_period":
        return told
    place = "period" if row.get("stated", True) else "first_third" if side == "before" else "last_third"
    return fill_in("findings", place, language, period=told)


def _days(row: Mapping[Any, Any], side: str) -> list[Any]:
    return [row.get(f"{side}_{end}") for end in ("first", "last")]


def _ends(name: str, language: str) -> str:
    """Return a name made of two days as these; any other as it is."""
    first, slash, last = name.partition("/")
    if slash and first[:4].isdigit() and last[:4].isdigit():
        return fill_in("findings", "ends", language, first=first, last=last)
    if _YEARS.fullmatch(name):
        name = name.replace("-", _EN_DASH)
    return isolate(name, language) if name[:4].isdigit() else name


def _span(days: Sequence[Any], language: str) -> str:
    """Return the first and the last day of a period as years, months or days, as short as they can be said.

    >>> _span(["2015-01-01", "2020-12-31"], "en"), _span(["2021-01-01", "2021-12-31"], "en")
    ('2015–2020', '2021')
    >>> _span(["2015-02-01", "2021-08-31"], "en"), _span(["2021-08-15", "2026-12-31"], "en")
    ('2015-02 to 2021-08', '2021-08-15 to 2026-12-31')
    """
    first, last = (pd.Timestamp(day) for day in days)
    if first.is_year_start and last.is_year_end:
        return isolate(_EN_DASH.join(dict.fromkeys([f"{first:%Y}", f"{last:%Y}"])), language)
    form = "%Y-%m" if first.is_month_start and last.is_month_end else "%Y-%m-%d"
    told = first.strftime(form), last.strftime(form)
    if told[0] == told[1]:
        return isolate(told[0], language)
    return fill_in("findings", "ends", language, first=told[0], last=told[1])


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
    if main["basis"] == "hand" and main["change"] != "few" and main.get("coders") != "same":
        known = main.get("coders")
        said.append(words("findings", f"coders_{known if isinstance(known, str) else 'unknown'}", book.language))
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


def _table(book: Book, found: pd.DataFrame, heading: str, notes: list[str]) -> Exhibit:
    periods = {
        side: found[side].astype("str").str.replace(r"^(\d{4})-(\d{4})$", rf"\1{_EN_DASH}\2", regex=True)
        for side in ("before", "after")
    }
    shown = found.assign(
        **{side: [isolate(text, book.language) for text in told] for side, told in periods.items()},
        holder=[label(name, book.language, book.actors) for name in found["holder"]],
        basis=[label(name, book.language) for name in found["basis"]],
        voice=[label(name, book.language, book.actors) for name in found["voice"]],
        hold=pd.Series([book.variable(name) if isinstance(name, str) else None for name in found["hold"]], found.index),
        change=[words("findings", f"told_{name}", book.language) for name in found["change"]],
    )
    columns = (["holder"] if book.study.holders[1:] else []) + _SHOWN
    return book.table(shown[columns], heading, "findings", notes=notes, most=60, rows=found)

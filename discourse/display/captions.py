"""Captions: what a table or a figure shows, its n, and how its intervals were made, in words."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from discourse.display.caption_parts import (
    Asked,
    say_by,
    say_n,
    several,
    size_of_periods,
    tell_few,
    tell_held,
    tell_intervals,
    tell_measures,
    tell_sides,
    tell_sizes,
    whose,
)
from discourse.display.drawing import Drawing
from discourse.display.labels import LANGUAGES
from discourse.display.numbers import write_number
from discourse.display.sizes import captioned, count_stories, size_of_series, span_of, told_range
from discourse.display.tables import Table
from discourse.display.wording import counted, wording
from discourse.errors import SchemaError, check_choice
from discourse.measures.intervals import check_level
from discourse.tables import TABLES

__all__ = ["caption", "describe"]

_OWN = {"basis", "holder", "lexicon", "per_1000_lower", "per_1000_upper", "per_1000"}  # no document variables


def caption(
    shown: Figure | Table | pd.DataFrame, *, language: str | None = None, title: str | None = None, level: float = 0.95
) -> str:
    """Return the caption of a figure, a table or a series: what is shown, n, and how its intervals were made.

    Parameters
    ----------
    shown : Figure, Table or DataFrame
        What a ``plot_`` function returned, a ``Table``, or one of the tables that ``describe`` knows. Of a figure the
        first table that it was drawn from counts, with the title, the language and the labels that it was given.
    language : {"en", "ar"}, optional
        Language of the words; that of the figure or the table, or English, by default.
    title : str, optional
        The first sentence.
    level : float
        Probability that the intervals aim to cover.

    Returns
    -------
    str
        Sentences.

    Raises
    ------
    SchemaError
        ``shown`` is none of these, a figure that no ``plot_`` function drew, or its table is none that ``describe``
        knows.

    Examples
    --------
    >>> counts = pd.DataFrame({"period": pd.to_datetime(["2015", "2016"]), "n_docs": [4, 3]})
    >>> caption(Table(counts, caption="Reports that were collected"))
    'Reports that were collected. n = 7 documents, 2015–2016. Counts of what was collected: they carry no interval.'
    """
    if isinstance(shown, Drawing) and shown.tables:
        options: dict[str, Any] = {"labels": shown.options.get("labels")}
        title = title or shown.options.get("title")
        return describe(shown.tables[0], language=language or shown.language, title=title, level=level, **options)
    if isinstance(shown, Table):
        title = title or shown.caption or None
        return describe(shown.frame, language=language or shown.language, title=title, drawn=False, level=level)
    if isinstance(shown, pd.DataFrame):
        return describe(shown, language=language or "en", title=title, level=level)
    raise SchemaError(
        f"`shown` is a {type(shown).__name__} that holds no table; it must be a figure of a plot_ function, a Table or "
        "a DataFrame. Pass the table that it shows."
    )


def describe(
    table: pd.DataFrame,
    *,
    language: str = "en",
    title: str | None = None,
    drawn: bool = True,
    level: float = 0.95,
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Say in one paragraph what a table shows: measure and what it is split by, n, the method of its intervals.

    Documents of periods are added up; the stories behind them are those of each period, so that a story told in two
    periods counts in both. What the table cannot tell, such as the target of a position, belongs into ``title``.

    Parameters
    ----------
    table : DataFrame
        SERIES, PERIOD_POSITIONS, FINDINGS, CONTRASTS, TRENDS, CORRECTED, EVENTS, what ``measure_agreement`` or
        ``count_company`` returns, counts of documents (``n_docs`` by ``period``), or the flow of records.
    language : {"en", "ar"}
        Language of the words.
    title : str, optional
        The first sentence, in place of the one that names measure and columns.
    drawn : bool
        Words for a figure (hollow points, gaps); for a table its columns are explained instead.
    level : float
        Probability that the intervals aim to cover; tables do not hold it.
    labels : mapping, optional
        Labels of actors by name and language; they come before the built-in ones.

    Returns
    -------
    str
        Sentences, each with a full stop. Counts carry no interval, and the words say so.

    Raises
    ------
    SchemaError
        The table is none of these, or an option is unknown.

    Examples
    --------
    >>> series = pd.DataFrame({
    ...     "period": pd.to_datetime(["2015-01-01", "2016-01-01"]), "category": "arming", "n_docs": [5, 6],
    ...     "n_docs_with": [1, 2], "n_tokens": [90, 120], "estimate": [0.2, 0.33], "lower": [0.0, 0.1],
    ...     "upper": [0.6, 0.7], "measure": "share", "method": "beta", "few": False})
    >>> print(describe(series))
    Share of documents by year. n = 11 documents, 2015–2016. Intervals: 95%, beta at the effective number of documents
    (Korn and Graubard 1998).
    """
    check_choice("language", language, LANGUAGES)
    check_level(level)
    if not isinstance(table, pd.DataFrame):
        raise SchemaError(f"`table` is a {type(table).__name__}; it must be a pandas DataFrame.")
    told = _teller(table)
    asked = Asked(language, drawn, write_number(100 * level, ".4g"), labels)
    head, *rest = told(table, asked)
    if not len(table):
        rest = [say_n(counted("document", 0, language), "", language)]
    return " ".join([f"{(title or head).strip().rstrip('.')}.", *filter(None, rest)])


def _teller(table: pd.DataFrame) -> Callable[[pd.DataFrame, Asked], list[str]]:
    """Return what tells a table: the first whose columns it has."""
    for columns, told in _KINDS.items():
        if set(columns) <= set(table.columns):
            return told
    known = "; ".join(", ".join(columns) for columns in _KINDS)
    have = ", ".join(map(str, table.columns))
    raise SchemaError(
        f"`table` has the columns {have}; a caption is made from one of these sets of columns: {known}. "
        "Give such a table, or write the caption by hand."
    )


def _series(table: pd.DataFrame, asked: Asked) -> list[str]:
    language, dated = asked.language, "period" in table
    split = [name for name in table.columns if name not in TABLES["SERIES"].by_name and name not in _OWN]
    columns = [*several(table, ["basis", "lexicon"]), *([] if whose(table) else several(table, ["holder"]))]
    voices = "mean_position" in set(table["measure"].astype(str)) and "category" in several(table, ["category"])
    columns += ["voice"] if voices else several(table, ["category"])
    head = say_by(tell_measures(table, asked), [*columns, *several(table, split)], table if dated else None, language)
    size = tell_sizes(table, asked, lambda rows: size_of_series(rows, split, language))
    span = span_of(table.loc[table["n_docs"].gt(0)], language) if dated else ""
    told = [say_n(size, span, language), tell_intervals(table, asked), tell_few(table, asked, "few_drawn")]
    if asked.drawn and dated and (table["estimate"].isna() & table["n_docs"].eq(0)).any():
        told.append(captioned("gaps", language))
    if "band_lower" in table and table["band_lower"].notna().any():
        told.append(captioned("bands" if asked.drawn else "bands_told", language, level=asked.level))
    return [head, *told]


def _period_positions(table: pd.DataFrame, asked: Asked) -> list[str]:
    language = asked.language
    head = captioned("period_positions", language, what=tell_measures(table.assign(measure="mean_position"), asked))
    columns = [*several(table, ["basis"]), *([] if whose(table) else several(table, ["holder"]))]
    head = say_by(head, [*columns, *several(table, ["voice"])], None, language)
    size = tell_sizes(table, asked, lambda rows: size_of_periods(rows, language))
    told = say_n(size, span_of(table, language, ends=("first", "last")), language)
    return [head, told, tell_intervals(table, asked), tell_few(table, asked, "few_pale")]


def _findings(table: pd.DataFrame, asked: Asked) -> list[str]:
    language = asked.language
    head = captioned("findings", language, what=tell_measures(table.assign(measure="mean_position"), asked))
    columns = [*several(table, ["basis"]), *([] if whose(table) else several(table, ["holder"]))]
    head = say_by(head, [*columns, *several(table, ["voice"])], None, language)
    return [head, tell_sides(table, ("before", "after"), asked), tell_intervals(table, asked), tell_held(table, asked)]


def _contrasts(table: pd.DataFrame, asked: Asked) -> list[str]:
    head = captioned("contrasts", asked.language, what=tell_measures(table, asked))
    head = say_by(head, several(table, ["category", "code"]), None, asked.language)
    sides, few = tell_sides(table, ("first", "second"), asked), tell_few(table, asked, "few_drawn")
    return [head, sides, tell_intervals(table, asked, estimate="difference"), few, tell_held(table, asked)]


def _trends(table: pd.DataFrame, asked: Asked) -> list[str]:
    head = captioned("trends", asked.language, what=tell_measures(table, asked))
    head = say_by(head, several(table, ["category", "code"]), None, asked.language)
    size = told_range(table["n_docs"], table["n_units"], asked.language)
    told = say_n(size, span_of(table, asked.language, ends=("first", "last")), asked.language)
    return [head, told, tell_intervals(table, asked, estimate="per_year"), tell_few(table, asked, "few_told")]


def _corrected(table: pd.DataFrame, asked: Asked) -> list[str]:
    language = asked.language
    head = captioned("corrected", language, what=tell_measures(table, asked))
    split = [name for name in table.columns if name not in TABLES["CORRECTED"].by_name]
    head = say_by(head, several(table, split), table, language)
    size = count_stories(int(table["n_docs"].sum()), int(table["n_units"].sum()), language, periods=len(table) > 1)
    coded = counted("hand_code", int(table["n_coded"].sum()), language)
    told = say_n(captioned("both", language, first=size, second=coded), span_of(table, language), language)
    return [head, told, tell_intervals(table, asked)]


def _agreement(table: pd.DataFrame, asked: Asked) -> list[str]:
    language = asked.language
    head = say_by(captioned("agreement", language), ["variable"], None, language)
    units = told_range(None, table["n_units"], language, noun="unit")
    coders = counted("coder", int(table["n_coders"].max()) if len(table) else 0, language)
    size = captioned("coded_twice", language, units=units, coders=coders)
    known = table.assign(method="bootstrap")
    return [head, say_n(size, "", language), tell_intervals(known, asked, estimate="alpha")]


def _company(table: pd.DataFrame, asked: Asked) -> list[str]:
    named = table.loc[table["n_sentences"].gt(0), "n_sentences"]
    low, high = (int(named.min()), int(named.max())) if len(named) else (0, 0)
    size = captioned("range_sentences", asked.language, low=low, high=high)
    return [captioned("company", asked.language), say_n(size, "", asked.language), tell_intervals(table, asked)]


def _events(table: pd.DataFrame, asked: Asked) -> list[str]:
    size = counted("fact", len(table), asked.language)
    span = span_of(table, asked.language, ends=("date", "date"))
    return [wording("events", asked.language), say_n(size, span, asked.language)]


def _flow(table: pd.DataFrame, asked: Asked) -> list[str]:
    size = counted("record", int(table["n"].iloc[0]) if len(table) else 0, asked.language)
    return [wording("flow", asked.language), say_n(size, "", asked.language)]


def _counts(table: pd.DataFrame, asked: Asked) -> list[str]:
    language = asked.language
    split = [name for name in table.columns if name not in ("period", "n_docs")]
    head = say_by(captioned("documents", language), several(table, split), table, language)
    size, span = (
        counted("document", int(table["n_docs"].sum()), language),
        span_of(table[table["n_docs"] > 0], language),
    )
    return [head, say_n(size, span, language), captioned("no_interval", language)]


_KINDS: dict[tuple[str, ...], Callable[[pd.DataFrame, Asked], list[str]]] = {
    ("alpha", "lower", "upper", "n_units", "n_coders"): _agreement,
    ("mean_before", "mean_after", "n_units_before", "n_units_after", "method"): _findings,
    ("estimate_first", "estimate_second", "n_units_first", "n_units_second", "method"): _contrasts,
    ("uncorrected", "period", "n_docs", "n_units", "n_coded", "measure", "method"): _corrected,
    ("per_year", "first", "last", "n_docs", "n_units", "measure", "method"): _trends,
    ("n_together", "n_sentences", "estimate", "method"): _company,
    ("event", "date"): _events,
    ("stage", "n"): _flow,
    ("first", "last", "n_units", "estimate", "few"): _period_positions,
    ("estimate", "measure", "n_docs", "n_docs_with"): _series,
    ("period", "n_docs"): _counts,
}

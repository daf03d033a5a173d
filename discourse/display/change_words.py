"""Change in words: each row of CONTRASTS, TRENDS, BREAKS and EVENT_STUDY as a sentence for a caption or a text."""

from collections.abc import Mapping
from typing import Any
from unicodedata import bidirectional

import numpy as np
import pandas as pd

from discourse.display.labels import LANGUAGES, code_label, label, value_label
from discourse.display.numbers import write_number
from discourse.display.wording import has_words, words
from discourse.errors import SchemaError, check_choice

__all__ = [
    "describe_change",
    "held_words",
    "marks_in_words",
    "number_in_words",
    "row_name",
    "side_label",
    "told",
    "units_in_words",
]

_ISOLATE, _POP = "\u2066", "\u2069"
_PERCENT = ("share", "code_share")


def describe_change(
    table: pd.DataFrame, *, language: str = "en", labels: Mapping[str, Mapping[str, str]] | None = None
) -> list[str]:
    """Tell each row of CONTRASTS, TRENDS, BREAKS or EVENT_STUDY in a sentence.

    Parameters
    ----------
    table : DataFrame
        What ``contrast``, ``trend``, ``breaks`` or ``event_study`` returns.
    language : {"en", "ar"}
        The language.
    labels : mapping, optional
        Labels by name and language.

    Returns
    -------
    list of str
        One sentence a row, shares in percent. Units are reports, and stories where the table has a ``cluster``.

    Raises
    ------
    SchemaError
        The table is none of the four.

    Examples
    --------
    >>> row = {"category": "russia", "measure": "mean_position", "first": "2015–2020", "second": "2022–2026",
    ...        "difference": 0.613, "lower": 0.27, "upper": 0.931, "n_units_first": 55, "n_units_second": 58}
    >>> describe_change(pd.DataFrame([row]))
    ['Russia: 2022–2026 against 2015–2020: +0.61 [+0.27, +0.93], 58 against 55 reports']
    """
    check_choice("language", language, LANGUAGES)
    tell = next((tell for mark, tell in _TELLERS.items() if mark in table), None)
    if tell is None:
        raise SchemaError(
            "`table` is none that tells a change; pass what contrast(), trend(), breaks() or event_study() returns."
        )
    return [
        _with_name(row, tell(row, language, labels), language, labels)
        for row in table.to_dict("records")  # one mapping a row
    ]


def told(name: str, language: str, **values: object) -> str:
    """Return a phrase of the section ``change`` with its values; in Arabic numbers keep their direction."""
    shown = {key: str(value) for key, value in values.items()}
    if language == "ar":
        shown = {key: _isolated(text) for key, text in shown.items()}
    return words("change", name, language).format(**shown)


def _isolated(text: str) -> str:
    """Keep a text with digits from being turned around; one that is kept already, or is Arabic, stays as it is."""
    kept = _ISOLATE in text or not any(sign.isdigit() for sign in text)
    return text if kept or any(bidirectional(sign) == "AL" for sign in text) else f"{_ISOLATE}{text}{_POP}"


def number_in_words(value: float, measure: str, *, signed: bool = True) -> str:
    """Write a value of a measure: two decimals, shares in percent with one.

    Examples
    --------
    >>> number_in_words(-0.125, "share"), number_in_words(1.5, "mean_position", signed=False)
    ('−12.5%', '1.50')
    """
    if value is None or not np.isfinite(value):
        return "–"
    text = write_number(float(value), "+.1%" if measure in _PERCENT else "+.2f")
    return text if signed else text.removeprefix("+")


def side_label(side: str, language: str, labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return a side in words, its names by their labels.

    Examples
    --------
    >>> side_label("2015–2020, russia", "en")
    '2015–2020, Russia'
    """
    parts = (value_label(part, language, labels) for part in side.split(", "))
    return words("report", "comma", language).join(_isolated(part) if language == "ar" else part for part in parts)


def held_words(hold: str, language: str, labels: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the variables held constant in words.

    Examples
    --------
    >>> held_words("country, source", "en")
    'country of the outlet, outlet'
    """
    names = (
        words("report", name, language) if has_words("report", name) else label(name, language, labels)
        for name in hold.split(", ")
    )
    return words("report", "comma", language).join(names)


def row_name(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    """Return category and code of a row in words; nothing where the sides name them, or where all voices are one."""
    names = []
    if not pd.isna(row["category"]) and row["category"] != "all":
        names.append(label(row["category"], language, labels))
    if "code" in row:
        names.append(code_label(int(row["code"]), language))
    return words("report", "comma", language).join(names)


def _with_name(
    row: Mapping[Any, Any], sentence: str, language: str, labels: Mapping[str, Mapping[str, str]] | None
) -> str:
    name = row_name(row, language, labels)
    return words("change", "named", language).format(whose=name, rest=sentence) if name else sentence


def _bounds(row: Mapping[Any, Any], language: str) -> dict[str, str]:
    measure = str(row["measure"])
    bounds = {name: number_in_words(row[name], measure).removesuffix("%") for name in ("lower", "upper")}
    return bounds | {name: _gap(row[name], measure, language) for name in ("difference", "per_year") if name in row}


def _gap(value: float, measure: str, language: str, *, signed: bool = True) -> str:
    """Write a difference: one of shares in points, for 20% of 10% would be 2%."""
    text = number_in_words(value, measure, signed=signed)
    return told("points", language, n=text.removesuffix("%")) if text.endswith("%") else text


def units_in_words(row: Mapping[Any, Any], language: str) -> str:
    """Return what is counted: stories where a document variable gathers their copies (``cluster``), else reports.

    Examples
    --------
    >>> units_in_words({"cluster": None}, "en"), units_in_words({"cluster": "copy_cluster"}, "en")
    ('reports', 'stories')
    """
    return words("change", "units_documents" if pd.isna(row.get("cluster")) else "units_stories", language)


def _contrast(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    sides = {name: side_label(str(row[name]), language, labels) for name in ("first", "second")}
    n = {f"n_{name}": row[f"n_units_{name}"] for name in ("first", "second")}
    sentence = told(
        "told_contrast", language, **sides, **_bounds(row, language), **n, units=units_in_words(row, language)
    )
    if pd.isna(row.get("hold")):
        return sentence
    return sentence + told("told_held", language, hold=held_words(str(row["hold"]), language, labels))


def _trend(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    sentence = told(
        "told_trend", language, **_bounds(row, language), n=row["n_units"], units=units_in_words(row, language)
    )
    if pd.isna(row["bend"]):
        return sentence
    return sentence + told("told_bend", language, bend=_day(row["bend"]))


def _break(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    measure = str(row["measure"])
    n = {"n": row["n_units"], "units": units_in_words(row, language)}
    if row["found"] == "change":
        days = {name: _day(row[name]) for name in ("start", "end", "cut")}
        levels = {name: number_in_words(row[name], measure, signed=False) for name in ("before", "after")}
        return told("told_change", language, **days, **levels, p=_p(row["p"]), **n)
    effect = _gap(row["effect"], measure, language, signed=False)
    if pd.isna(row["n_needed"]):
        return told("told_equal", language, **n)
    if row["found"] == "none":
        return told("told_none", language, **n, effect=effect, p=_p(row["p"]))
    return told("told_few", language, **n, effect=effect, needed=int(row["n_needed"]))


def _event(row: Mapping[Any, Any], language: str, labels: Mapping[str, Mapping[str, str]] | None) -> str:
    written = row.get("event_ar") if language == "ar" else None
    event = str(row["event"] if pd.isna(written) else written).rstrip(" .")
    known = {
        "date": _day(row["date"]),
        "event": event,
        "n_before": row["n_units_before"],
        "n_after": row["n_units_after"],
        "units": units_in_words(row, language),
    }
    if row["few"] or pd.isna(row["p"]):
        return told("told_event_few", language, **known)
    ps = {"p": _p(row["p"]), "p_adjusted": _p(row["p_adjusted"]), "placebos": row["n_placebos"]}
    return told("told_event", language, **known, **_bounds(row, language), **ps)


def _day(value: Any) -> str:
    return pd.Timestamp(value).strftime("%Y-%m-%d")


def _p(value: float) -> str:
    """Write a p: three decimals, no zero before the point.

    >>> _p(0.0389), _p(1.0)
    ('.039', '1.000')
    """
    return f"{value:.3f}".removeprefix("0") if np.isfinite(value) else "–"


def marks_in_words(marks: pd.DataFrame, language: str) -> str:
    """Return the dates and the events of a table in one line."""
    written = "event_ar" if language == "ar" and "event_ar" in marks else "event"
    ordered = marks.sort_values("date", kind="stable").drop_duplicates(["date", written])
    return words("report", "semicolon", language).join(
        told("mark", language, date=_day(day), event=str(event).rstrip(" ."))
        for day, event in zip(ordered["date"], ordered[written], strict=True)
    )


_TELLERS = {"n_units_first": _contrast, "per_year": _trend, "found": _break, "n_placebos": _event}

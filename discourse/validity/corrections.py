"""Corrections that readers make on the spot: what they said of which reading, read back from their files."""

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from discourse import tables
from discourse.errors import SchemaError, SourceError, first_three
from discourse.exchange.workbook import unguard_formula
from discourse.measures.checked import check_documents_once
from discourse.sources.records import read_records
from discourse.validity.coding import MISSING, NO_ANSWER, plain_ids

__all__ = ["COLUMNS", "OF_THING", "WHATS", "check_corrections", "latest_of", "name_things", "read_corrections"]

COLUMNS = (
    "doc_id", "what", "start_char", "end_char", "holder", "target", "category", "entry", "measured", "corrected",
    "coder", "why", "date",
)  # fmt: skip
WHATS = ("match", "position", "quotation", "sentence")
OF_THING = {  # what tells one thing from another, beside the document
    "match": ("start_char", "end_char", "category", "entry", "holder"),
    "position": ("holder", "target"),
    "quotation": ("start_char", "end_char"),
    "sentence": ("start_char", "end_char", "holder", "target", "entry"),
}
_NEEDED = ("doc_id", "what", "corrected", "coder")
_SCALES = {"position": ("-2", "-1", "0", "1", "2"), "sentence": ("-1", "0", "1")}
_NUMBER = re.compile(r"[+-]?\d+([.,]0+)?")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LARGEST = 2**31 - 1
_ENDINGS = (".csv", ".tsv", ".gz", ".zst")


def read_corrections(
    path: str | PathLike[str] | Sequence[str | PathLike[str]], documents: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    r"""Read what readers said of readings of the measure: CSV files become CORRECTIONS, and a table of what is none.

    One thing (a match, the position in a sentence, that of a document, a quotation) has one row for each coder. Where a
    coder said several things of it the latest counts, and ``history`` holds the others; where two coders say different
    things both rows stay and are ``disputed``. A row that stands in the files twice is one.

    Parameters
    ----------
    path : path, or sequence of paths
        Files of one person or of several: CSV with commas, semicolons or tabs, with or without byte order mark. They
        hold ``doc_id``, ``what``, ``corrected`` and ``coder``, and what tells the thing from others. Of a match
        ``corrected`` is present, absent or another category; of a sentence -1, 0, 1 or none; of the position of a
        document -2 to 2 or none; of a quotation the actor who speaks, or none.
    documents : DataFrame, optional
        DOCUMENTS: with them ids and places are held against the texts.

    Returns
    -------
    corrections : DataFrame
        CORRECTIONS, sorted by its key.
    rejects : DataFrame
        REJECTS, with ``doc_id``: path, line and reason of each row that is no correction; a reason holds no value, so
        that reasons can be counted.

    Raises
    ------
    SchemaError
        A file lacks a column, a document stands twice, or ``path`` names no file.
    SourceError
        A file cannot be read at all.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "mine.csv")
    ...     _ = file.write_text("doc_id;what;holder;target;corrected;coder;date\n"
    ...         "a;position;russia;taliban;1;ann;2026-01-01\na;position;russia;taliban;-1;ann;2026-01-02\n"
    ...         "b;position;russia;taliban;5;ann;2026-01-02\n")
    ...     corrections, rejects = read_corrections(file)
    >>> corrections[["doc_id", "corrected", "history"]].values.tolist()
    [['a', '-1', '1 (2026-01-01T00:00:00)']]
    >>> rejects["reason"].tolist()
    ['corrected is no position: -2 to 2, or none']
    """
    paths = [path] if isinstance(path, str | PathLike) else list(path)
    if not paths:
        raise SchemaError("`path` names no file. Give the CSV of a reader, or a list of such files.")
    if documents is not None:
        tables.need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
        check_documents_once(documents)
    rows, rejects = [], []
    for one in paths:
        records = read_records(_checked(Path(one)))
        rejects += [(*reject, None) for reject in records.rejects]
        frame = records.frame.rename(columns=lambda name: _MARKS.sub("", str(name)).strip().casefold())
        lost = [name for name in _NEEDED if name not in frame]
        if lost:
            raise SchemaError(
                f"`{Path(one).name}` lacks the columns {', '.join(map(repr, lost))} of a file of corrections; it has "
                f"{first_three(frame.columns) or 'none'}. Pass the CSV that the evidence page or the coding form wrote."
            )
        filled = frame.reindex(columns=list(COLUMNS)).map(_cell)
        place = [records.place(row) for row in range(len(filled))]
        filled["path"] = pd.Series([where for where, _ in place], index=filled.index, dtype="str")
        filled["record"] = pd.Series([line for _, line in place], index=filled.index, dtype="str")
        rows.append(filled[filled[list(COLUMNS)].notna().any(axis=1)])
    long = _typed(pd.concat(rows, ignore_index=True))
    reasons = [_reason(row) for row in long.to_dict("records")]
    if documents is not None:
        texts = dict(zip(plain_ids(documents["doc_id"]), documents["text"].fillna(""), strict=True))
        reasons = [why or _misplaced(row, texts) for why, row in zip(reasons, long.to_dict("records"), strict=True)]
    bad = np.array([bool(why) for why in reasons], bool)
    told = zip(
        long["path"][bad], long["record"][bad], [why for why in reasons if why], long["doc_id"][bad], strict=True
    )
    order = {str(Path(one)): place for place, one in enumerate(paths)}
    whole = sorted([*rejects, *told], key=lambda one: (order.get(one[0], 0), _line(one[1])))
    table = pd.DataFrame(whole, columns=["path", "record", "reason", "doc_id"]).astype("str")
    return latest_of(long[~bad][list(COLUMNS)]), table


def _checked(place: Path) -> Path:
    said = "Give the CSV that the evidence page or the coding form wrote."
    if place.suffix.lower() not in _ENDINGS:
        raise SourceError(f"{str(place)!r} is no file of corrections, which ends in '.csv'. {said}")
    if not place.is_file():
        raise SourceError(f"{str(place)!r} does not exist, or is no file. {said}")
    return place


def _line(record: str) -> int:
    return int("".join(filter(str.isdecimal, record.partition(",")[0])) or 0)


def _cell(value: object) -> str | None:
    """Return a cell as text without what spreadsheets add; null where there is nothing."""
    text = "" if value is None or pd.isna(value) else _MARKS.sub("", str(value)).strip()  # type: ignore[arg-type]
    text = unguard_formula(text)
    return None if text.casefold() in MISSING else text


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with numbers, answers and times as they are held, and what cannot be read as ``bad_*``."""
    out = rows.copy()
    out["what"] = [None if one is None else one.casefold() for one in _texts(rows["what"])]
    for name in ("start_char", "end_char"):
        numbers = [None if one is None else _whole(one) for one in _texts(rows[name])]
        out[f"bad_{name}"] = [one is not None and not 0 <= one <= _LARGEST for one in numbers]
        out[name] = pd.array(
            [None if bad else one for one, bad in zip(numbers, out[f"bad_{name}"], strict=True)], "Int32"
        )
    for name in ("measured", "corrected"):
        out[name] = [_answer(one) for one in _texts(rows[name])]
    match = out["what"] == "match"
    out["corrected"] = out["corrected"].mask(match & (out["corrected"] == "none"), "absent")
    times = [_time(one) for one in _texts(rows["date"])]
    out["bad_date"] = [one is not None and pd.isna(time) for one, time in zip(_texts(rows["date"]), times, strict=True)]
    out["date"] = pd.Series(times, index=out.index, dtype="datetime64[us]")
    return out


def _texts(column: pd.Series) -> list[str | None]:
    return [one if isinstance(one, str) else None for one in column]


def _whole(text: str) -> int:
    """Return a whole number, of any digits; -1 where it is none.

    >>> _whole("12"), _whole("١٢.0"), _whole("1.5")
    (12, 12, -1)
    """
    return int(re.split("[.,]", text)[0]) if _NUMBER.fullmatch(text) and len(text) < 12 else -1


def _answer(text: str | None) -> str | None:
    """Return an answer in one spelling: numbers without sign and point, ``none``, ``present`` and ``absent``."""
    if text is None:
        return None
    plain, low = text.replace("\u2212", "-"), text.casefold()
    if _NUMBER.fullmatch(plain):
        return str(int(re.split("[.,]", plain)[0]))
    return "none" if low in NO_ANSWER else low if low in ("present", "absent") else text


def _time(text: str | None) -> Any:
    """Return a day or a time in UTC; NaT where there is none, or it cannot be read.

    >>> str(_time("2026-01-02T10:00:00+03:00")), str(_time("soon"))
    ('2026-01-02 07:00:00', 'NaT')
    """
    if text is None:
        return pd.NaT
    plain = "".join(str(int(one)) if one.isdecimal() else one for one in text)
    told = pd.to_datetime(plain, utc=True, errors="coerce", format="ISO8601")
    return told.tz_localize(None).as_unit("us") if not pd.isna(told) else pd.NaT


def _reason(row: dict[Any, Any]) -> str:
    """Return why a row is no correction; empty where it is one. No reason holds a value."""
    what, answer = row["what"], row["corrected"]
    numbered = not pd.isna(row["start_char"]) and not pd.isna(row["end_char"])
    holds = {name: isinstance(row[name], str) for name in COLUMNS if name not in ("start_char", "end_char", "date")}
    at_head = what in ("match", "sentence") and numbered and row["start_char"] == row["end_char"] == 0
    faults = {
        "no doc_id": not holds["doc_id"],
        f"what is none of {', '.join(WHATS)}": what not in WHATS,
        "no coder: who says it?": not holds["coder"],
        "no corrected value": not holds["corrected"],
        "the date cannot be read: a day or time is written as 2026-01-31 or 2026-01-31T12:00:00": row["bad_date"],
        "start_char or end_char is no whole number of at least 0": row["bad_start_char"] or row["bad_end_char"],
        "no place: start_char and end_char are empty": what != "position" and not numbered,
        "end_char does not lie behind start_char": what != "position"
        and numbered
        and not at_head
        and row["end_char"] <= row["start_char"],
        "no holder": what in ("position", "sentence") and not holds["holder"],
        "no category": what == "match" and not holds["category"],
        "corrected is no position: -2 to 2, or none": what == "position"
        and answer not in (*_SCALES["position"], "none"),
        "corrected is no polarity: -1, 0, 1, or none": what == "sentence"
        and answer not in (*_SCALES["sentence"], "none"),
    }
    return next((why for why, wrong in faults.items() if wrong), "")


def _misplaced(row: dict[Any, Any], texts: dict[str, str]) -> str:
    """Return why a correction has no place in the texts; empty where it has one."""
    text = texts.get(row["doc_id"])
    if text is None:
        return "the documents have no such doc_id"
    if row["what"] == "position" or row["end_char"] == 0:
        return ""
    if row["end_char"] > len(text):
        return "the place lies behind the end of the text"
    return "" if text[row["start_char"] : row["end_char"]].strip() else "the place holds no word of the text"


def name_things(corrections: pd.DataFrame) -> pd.Series:
    """Return a name for the thing that each correction is of: rows of one thing have one name."""
    names = []
    for row in corrections[list(COLUMNS)].to_dict("records"):
        own = [row[name] for name in OF_THING[str(row["what"])]]
        names.append(
            "\t".join([str(row["doc_id"]), str(row["what"]), *("" if pd.isna(one) else str(one) for one in own)])
        )
    return pd.Series(names, index=corrections.index, dtype="str")


def latest_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return CORRECTIONS: of each thing the latest word of each coder, the earlier ones in ``history``."""
    out = rows.assign(thing=name_things(rows)) if len(rows) else rows.assign(thing=pd.Series(dtype="str"))
    out = out.sort_values(["thing", "coder", "date"], kind="stable", na_position="first")
    key = ["thing", "coder"]
    out = out.drop_duplicates([*key, "corrected", "date"], keep="last")
    said = [
        answer if pd.isna(time) else f"{answer} ({time.isoformat()})"
        for answer, time in zip(out["corrected"], out["date"], strict=True)
    ]
    earlier = (
        pd.Series(said, index=out.index, dtype="object")
        .groupby([out[one] for one in key])
        .agg(lambda own: "|".join(own[:-1]))
    )
    out = out.drop_duplicates(key, keep="last").set_index(key)
    out["history"] = (
        earlier.reindex(out.index).mask(lambda one: one == "").astype("str") if len(out) else pd.Series(dtype="str")
    )
    out = out.reset_index()
    out["disputed"] = (
        out.groupby("thing")["corrected"].transform("nunique").gt(1) if len(out) else pd.Series(dtype=bool)
    )
    texts = {name: "str" for name in COLUMNS if name not in ("start_char", "end_char", "date")}
    return tables.conform(out.drop(columns="thing").astype(texts), "CORRECTIONS")


def check_corrections(corrections: pd.DataFrame) -> pd.DataFrame:
    """Return CORRECTIONS checked, disputes found anew: a table that was filtered or put together is as good as read.

    Raises
    ------
    SchemaError
        A column is missing, or a row is no correction.
    """
    tables.need(corrections, "corrections", list(COLUMNS), table="CORRECTIONS")
    rows = _typed(corrections[list(COLUMNS)].astype(object).map(_cell).reset_index(drop=True))
    reasons = [why for why in (_reason(row) for row in rows.to_dict("records")) if why]
    if reasons:
        raise SchemaError(
            f"`corrections` has {len(reasons)} rows that are no corrections. First: {first_three(reasons)}. Read the "
            "files of readers with read_corrections(), which lists such rows."
        )
    return latest_of(rows[list(COLUMNS)])

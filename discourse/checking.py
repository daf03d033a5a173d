"""What is wrong with a file, by line: a corpus, a lexicon, hand codes or a ledger of events."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd

from discourse.errors import DiscourseError, LexiconError, SourceError, check_choice
from discourse.language.base import load_language
from discourse.lexicons.loader import BUILT_IN, load_lexicon
from discourse.saved.manifest import holds_corpus
from discourse.saved.opening import find_damage
from discourse.sources.dates.column import read_dates
from discourse.sources.documents import read_documents, rejects_table
from discourse.sources.records import Records, read_records
from discourse.sources.seeds import seed_path

__all__ = ["KINDS", "check_file", "detect_kind", "note_documents"]

KINDS = ("codes", "corpus", "events", "lexicon")
_CODES = ("unit_id", "coder", "variable", "value")
_NAMES = ("event", "event_en", "event_ar")
_POSITIONS = {"-2", "-1", "0", "1", "2"}
_ARABIC = f"[{load_language('arabic').letters}]"
_LEXICON_LINE = re.compile(r"^  (line \d+|no line), (.*)$")


def check_file(
    path: str | os.PathLike[str], *, kind: str | None = None, **columns: str | bool | None
) -> tuple[str, pd.DataFrame, list[str]]:
    """Check one file and say what is wrong with it, by line.

    A finding is something that this library would reject or misread; a note is something that a scholar should know
    and may well intend.

    Parameters
    ----------
    path : path or "seed:NAME"
        A corpus (any that ``read_documents`` takes), a lexicon (.yml, .yaml, or the name of one that ships), hand codes
        or events (.csv).
    kind : {"codes", "corpus", "events", "lexicon"}, optional
        What it is; told from the ending and the header when left out.
    **columns
        Options of ``read_documents`` for a corpus.

    Returns
    -------
    kind : str
        What it was checked as.
    findings : DataFrame
        REJECTS columns (path, record, reason), in the order of the file; empty when nothing is wrong.
    notes : list of str
        Whole sentences with counts.

    Raises
    ------
    SourceError
        There is no such file.

    Examples
    --------
    >>> kind, findings, notes = check_file("seed:article")
    >>> kind, len(findings), notes[0]
    ('corpus', 0, '1 document from 2015-12-23 to 2015-12-23.')
    """
    shown = str(path)
    ships = shown in BUILT_IN and not Path(path).exists()
    if not shown.startswith("seed:") and not ships and not Path(path).exists():
        raise SourceError(f"{shown!r} does not exist. Check the path.")
    if shown == "seed:events":
        path = seed_path("events")
    kind = kind or ("lexicon" if ships else detect_kind(path))
    check_choice("kind", kind, KINDS)
    if kind == "corpus" and holds_corpus(path):
        return _check_saved(shown)
    if kind == "corpus":
        return _check_corpus(shown, columns)
    check = {"lexicon": _check_lexicon, "codes": _check_codes, "events": _check_events}[kind]
    return (kind, *check(Path(path)))


def detect_kind(path: str | os.PathLike[str]) -> str:
    """Tell from its ending and its header whether a file is a corpus, a lexicon, codes or events."""
    place = Path(path)
    if place.suffix.lower() in (".yml", ".yaml"):
        return "lexicon"
    if place.suffix.lower() != ".csv" or not place.is_file():
        return "corpus"
    try:
        header = set(read_records(place).frame.columns)
    except DiscourseError:
        return "corpus"
    if set(_CODES) <= header:
        return "codes"
    named = {*_NAMES} & header
    return "events" if "date" in header and named and "text" not in header else "corpus"


def _failed(path: str, error: DiscourseError) -> pd.DataFrame:
    return rejects_table([(path, "whole file", str(error))])


# A corpus --------------------------------------------------------------------------------------------------------


def _check_corpus(path: str, columns: dict) -> tuple[str, pd.DataFrame, list[str]]:
    try:
        documents, rejects = read_documents(path, **columns)
    except DiscourseError as error:
        return "corpus", _failed(path, error), []
    if not len(documents) and not len(rejects):
        rejects = rejects_table([(path, "whole file", "it holds no record")])
    return "corpus", rejects, note_documents(documents)


def _check_saved(path: str) -> tuple[str, pd.DataFrame, list[str]]:
    wrong, corpus = find_damage(path)
    if wrong or corpus is None:
        return "corpus", rejects_table([(path, "whole file", reason) for reason in wrong]), []
    said = f"Saved: {_n(corpus.counts['tokens'], 'token')}, {_n(corpus.counts['words'], 'distinct one')}."
    return "corpus", rejects_table([]), [*note_documents(corpus.documents), said]


def note_documents(documents: pd.DataFrame) -> list[str]:
    """Say what a scholar should know about DOCUMENTS before measuring, each with its count.

    Examples
    --------
    >>> texts = pd.DataFrame({"text": ["Kabul", "كابل"], "date": pd.to_datetime(["2015-12-23", None])})
    >>> note_documents(texts)
    ['2 documents from 2015-12-23 to 2015-12-23.', '1 document without a date: it falls in no period.',
     '1 document in which most letters are not Arabic.']
    """
    if not len(documents):
        return []
    text, dated = documents["text"], documents["date"].dropna()
    span = f" from {dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}" if len(dated) else ""
    notes = [f"{_n(len(documents), 'document')}{span}."]
    foreign = text.str.count(_ARABIC) * 2 < text.str.count(r"[^\W\d_]")
    repeated = text.duplicated(keep="first")
    for count, what in (
        (int(documents["date"].isna().sum()), "without a date: {it} in no period."),
        (int(foreign.sum()), "in which most letters are not Arabic."),
        (int(repeated.sum()), "with exactly the text of an earlier one; `discourse duplicates` finds near copies too."),
        (int(text.str.contains("\ufffd", regex=False).sum()), "with the mark of a character lost in conversion."),
        (
            int(text.str.contains("(?:[ØÙ][\u0080-\u00bf\u2013-\u2122]){2}").sum()),
            "in which Arabic looks wrongly decoded (Ø§Ù„).",
        ),
        (int(text.str.contains(r"</?(?:p|div|span|br|script|a)\b[^>]*>").sum()), "with HTML tags in the text."),
        (
            int(text.str.contains("[\u200e\u200f\u202a-\u202e\u2066-\u2069]").sum()),
            "with bidi control characters (kept).",
        ),
        (int(text.str.contains("[\x00-\x08\x0e-\x1f\x7f]").sum()), "with other control characters (kept)."),
        (int((text.str.len() > 100_000).sum()), "longer than 100,000 characters: whole books or joined articles?"),
    ):
        if count:
            notes.append(f"{_n(count, 'document')} {what}".replace("{it}", "it falls" if count == 1 else "they fall"))
    return notes


def _n(count: int, noun: str, plural: str | None = None) -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


# A lexicon -------------------------------------------------------------------------------------------------------


def _check_lexicon(path: Path) -> tuple[pd.DataFrame, list[str]]:
    try:
        lexicon = load_lexicon(path if path.exists() else str(path))
    except LexiconError as error:
        found = [match.groups() for line in str(error).splitlines() if (match := _LEXICON_LINE.match(line))]
        if not found:
            return _failed(str(path), error), []
        return rejects_table((str(path), line, problem) for line, problem in found), []
    counts = _n(len(lexicon.entries), "entry", "entries"), _n(len(lexicon.categories), "category", "categories")
    note = f"{counts[0]} in {counts[1]}."
    return rejects_table([]), [note]


# Codes and events ------------------------------------------------------------------------------------------------


def _check_codes(path: Path) -> tuple[pd.DataFrame, list[str]]:
    records = read_records(path)
    if (lacking := _lacking(path, records, _CODES)) is not None:
        return lacking, []
    frame, found = records.frame, list(records.rejects)
    for name in _CODES[:3]:
        found += _mark(
            records, frame[name].isna() | (frame[name].str.strip() == ""), lambda row, n=name: f"{n} is empty"
        )
    key = list(_CODES[:3])
    found += _mark_repeated(records, key)
    for variables, allowed in (
        ({"position", "position_code"}, _POSITIONS | {"+1", "+2"}),
        ({"position_voice"}, {*load_lexicon("actors").categories, "third_party"}),
        ({"main_frame"}, _frame_names()),
    ):
        wrong = frame["variable"].isin(variables) & (frame["value"] != "") & ~frame["value"].isin(allowed)
        shown = ", ".join(sorted(allowed - {"+1", "+2"}))
        found += _mark(records, wrong, lambda row, s=shown: f"{row['variable']} is {row['value']!r}; allowed are {s}")
    sets = frame["variable"] == "frames"
    found += _mark_labels(records, frame["value"].where(sets, ""))
    coders, variables = frame["coder"].nunique(), frame["variable"].nunique()
    note = f"{_n(len(frame), 'code')} by {_n(coders, 'coder')} of {_n(frame['unit_id'].nunique(), 'unit')} on "
    notes = [note + f"{_n(variables, 'variable')}."]
    if coders == 1:
        notes.append("One coder alone: no agreement can be measured.")
    return _in_order(found), notes


def _check_events(path: Path) -> tuple[pd.DataFrame, list[str]]:
    records = read_records(path)
    named = next((name for name in _NAMES if name in records.frame), "event")
    if (lacking := _lacking(path, records, ("date", named))) is not None:
        return lacking, []
    frame, found = records.frame, list(records.rejects)
    dates, _, problems = read_dates(frame["date"])
    bad = problems.dropna()
    for row, problem in zip(bad.index, bad, strict=True):
        path_of, record = records.place(row)
        found.append((path_of, f"{record}, date {str(frame['date'][row])[:60]!r}", str(problem)))
    found += _mark(records, dates.isna() & problems.isna(), lambda row: "the date is empty")
    names = [name for name in _NAMES if name in frame]
    for name in names:
        found += _mark(records, frame[name].str.strip() == "", lambda row, n=name: f"{n} is empty")
    found += _mark_repeated(records, ["date", names[0]])
    for name in {"position", "position_code"} & set(frame.columns):
        wrong = ~frame[name].isin(_POSITIONS | {"+1", "+2", ""})
        found += _mark(records, wrong, lambda row, n=name: f"{n} is {row[n]!r}; allowed are -2, -1, 0, 1, 2 or empty")
    if "date_precision" in frame:
        wrong = ~frame["date_precision"].isin({"day", "month", "year"})
        found += _mark(
            records, wrong, lambda row: f"date_precision is {row['date_precision']!r}, not day, month or year"
        )
    if "source_url" in frame:
        wrong = ~frame["source_url"].str.match(r"https?://\S+$")
        found += _mark(records, wrong, lambda row: f"source_url is {row['source_url']!r}, not an http(s) address")
    if "frames" in frame:
        found += _mark_labels(records, frame["frames"])
    return _in_order(found), [f"{_n(len(frame), 'event')}."]


def _lacking(path: Path, records: Records, wanted: Sequence[str]) -> pd.DataFrame | None:
    """Return the finding that a table lacks columns, null where it has them all."""
    missing = [repr(name) for name in wanted if name not in records.frame]
    if not missing:
        return None
    held = ", ".join(repr(str(name)) for name in list(records.frame)[:20]) or "none"
    problem = f"the table lacks the columns {', '.join(missing)}; it has {held}"
    return rejects_table([(str(path), "whole file", problem)])


def _mark(records: Records, wrong: pd.Series, say: Callable[[pd.Series], str]) -> list[tuple[str, str, str]]:
    rows = records.frame[wrong.fillna(False)]
    return [
        (*records.place(position), say(row)) for position, (_, row) in zip(rows.index, rows.iterrows(), strict=True)
    ]


def _mark_repeated(records: Records, key: Sequence[str]) -> list[tuple[str, str, str]]:
    first: dict[tuple, int] = {}
    found = []
    for position, values in enumerate(records.frame[list(key)].itertuples(index=False, name=None)):
        if values in first:
            at = records.place(first[values])[1]
            found.append((*records.place(position), f"{' + '.join(key)} {' + '.join(values)!r} was given at {at}"))
        first.setdefault(values, position)
    return found


def _mark_labels(records: Records, joined: pd.Series) -> list[tuple[str, str, str]]:
    """Find names that are no frame of the codebook in values joined by ``;``."""
    known = _frame_names()
    found = []
    for position, value in enumerate(joined):
        strange = [label.strip() for label in str(value).split(";") if label.strip() and label.strip() not in known]
        if strange:
            found.append(
                (*records.place(position), f"frames holds {strange[0]!r}; allowed are {', '.join(sorted(known))}")
            )
    return found


def _frame_names() -> set[str]:
    return set(load_lexicon("frames").categories)


def _in_order(found: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    def place(finding: tuple[str, str, str]) -> int:
        number = re.search(r"\d+", finding[1])
        return int(number.group()) if number else 0

    return rejects_table(sorted(found, key=place))

"""Dates in the text: which day, month or year a phrase names, and on which day the text was published."""

import re
from datetime import date

import pandas as pd

from discourse.errors import check_choice
from discourse.language.arabic.normalization import fold
from discourse.language.arabic.plain import Plain, plain_text
from discourse.sources.cleaning.boilerplate_forms import (
    Segment,
    credit_kind,
    dateline_end,
    is_header,
    names_site,
    segments,
)
from discourse.sources.cleaning.wires import PLACE, normal_place
from discourse.sources.dates.grammar import expressions, references
from discourse.sources.dates.patterns import Expression
from discourse.sources.dates.stamps import CLOSE
from discourse.tables import conform, need

__all__ = ["publication_date", "resolve_dates"]

_PLACE = re.compile(rf"(?<!\w)(?:{PLACE})(?!\w)")
_HEAD = 1200  # characters in which a header or dateline is looked for
_COLUMNS = ["doc_id", "start_char", "end_char", "kind", "basis", "value", "precision", "alternative"]


def resolve_dates(documents: pd.DataFrame, *, reference: str = "column", vague: bool = False) -> pd.DataFrame:
    """Find the date expressions in DOCUMENTS and say which day, week, month or year each of them names.

    Explicit dates are read in every regional calendar (يناير, كانون الثاني, جانفي; two names at once; Hijri by the Umm
    al-Qura calendar; Western and Eastern digits). Weekdays and relative words (اليوم, أمس, الأسبوع الماضي, قبل ثلاثة
    أيام) are resolved against the publication day: a weekday without an adjective is the last one up to that day,
    unless its clause speaks of the future; a day and month without a year is the one from eight months back to four
    months ahead. Numbers such as 03/04/2015 are read day first, as the Arabic press writes them, and the other reading
    is kept in ``alternative``.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``, ``text`` and, for ``reference="column"``, ``date`` and ``date_precision``.
    reference : str
        What relative words are counted from: "column" (the column ``date`` where its precision is the day, else what
        the text says), "text" (header or dateline only) or "none" (relative expressions keep a null value).
    vague : bool
        Also mark words that name no date (الآن, مؤخرا, قريبا) as kind reference, value PRESENT_REF, PAST_REF,
        FUTURE_REF.

    Returns
    -------
    DataFrame
        SPANS, sorted by doc_id and start_char, with three columns more: ``value`` (TIMEX3: 2015-12-23, 2015-12,
        2015-W51, 2015-Q3, 2015-SU, 199 for the 1990s, 19 for the 20th century, an interval first/last for Hijri months
        and years; null where it cannot be told), ``precision`` (day, week, month, quarter, half, season, year, decade,
        century, vague) and ``alternative`` (null unless the digits are ambiguous). ``kind`` is date, time (a part of a
        day) or reference. ``basis`` is explicit, numeric, hijri, weekday, relative, nearest (year guessed), anaphoric
        (counted from the day named before), vague, or conflict: the phrase names a weekday that its relative word does
        not fall on; the relative word is followed.

    Raises
    ------
    SchemaError
        A column is missing, or ``reference`` is none of the three.

    Notes
    -----
    A Saudi weekend paper that is dated a day ahead, or a ``date`` that is the day of a crawl, shows as ``conflict``:
    count them per outlet before relying on relative dates.

    References
    ----------
    Strötgen and Gertz (2013), Multilingual and cross-domain temporal tagging, Language Resources and Evaluation 47,
    https://doi.org/10.1007/s10579-012-9179-y.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["أعلن ذلك اليوم الأربعاء."], "date": ["2015-12-23"]})
    >>> resolve_dates(documents)[["value", "precision", "basis"]].to_numpy().tolist()
    [['2015-12-23', 'day', 'relative']]
    """
    check_choice("reference", reference, ["column", "text", "none"])
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    texts = documents["text"].fillna("").astype(str).tolist()
    days = _references(documents, texts, reference)
    rows = []
    for doc_id, text, day in zip(documents["doc_id"].tolist(), texts, days, strict=True):
        plain = plain_text(text)
        found = expressions(plain.text, day)
        if vague:
            taken = [(e.start, e.end) for e in found]
            found += [e for e in references(plain.text) if not any(a < e.end and e.start < b for a, b in taken)]
        found = [_placed(e, plain) for e in found]
        rows += [(doc_id, e.start, e.end, e.kind, e.basis, e.value, e.precision, e.alternative) for e in found]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    text_columns = ["doc_id", "kind", "basis", "value", "precision", "alternative"]
    frame = frame.astype(dict.fromkeys(text_columns, "str")).astype({"precision": "category"})
    return conform(frame, "SPANS")


def _references(documents: pd.DataFrame, texts: list[str], reference: str) -> list[date | None]:
    """Return the publication day of each document, None where it is unknown or only a month or year is."""
    if reference == "none":
        return [None] * len(texts)
    known: list[date | None] = [None] * len(texts)
    if reference == "column" and "date" in documents.columns:
        stamps = pd.to_datetime(documents["date"], errors="coerce")
        exact = stamps.notna()
        if "date_precision" in documents.columns:
            exact &= documents["date_precision"].astype("object").fillna("day").astype(str) == "day"
        known = [stamp.date() if good else None for stamp, good in zip(stamps, exact, strict=True)]
    return [day or (_published(text)[0] if text else None) for day, text in zip(known, texts, strict=True)]


def publication_date(documents: pd.DataFrame) -> pd.DataFrame:
    r"""Read from each text on which day and from which place it was published.

    The day is the first full date (day, month and year) in a line of date and hour before the body, or in the dateline;
    the place is the one that the dateline names.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` and ``text``.

    Returns
    -------
    DataFrame
        One row a document, in its order: ``doc_id``; ``date`` (null where the text does not say); ``basis`` (header,
        dateline or null); ``start_char``, ``end_char`` of the date (Int32); ``alternative`` (the other reading of an
        ambiguous dd/mm/yy as text, else null); ``place`` (one spelling for each place, null without a dateline).

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> text = "موسكو 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\nوصل الوفد اليوم إلى العاصمة الروسية وبدأ محادثاته."
    >>> found = publication_date(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    >>> found[["date", "basis", "place"]].to_numpy().tolist()
    [[Timestamp('2015-08-10 00:00:00'), 'dateline', 'موسكو']]
    """
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    rows = []
    for doc_id, text in zip(documents["doc_id"].tolist(), documents["text"].fillna("").astype(str), strict=True):
        day, basis, found, place = _published(text)
        span = (found.start, found.end, found.alternative) if found else (None, None, None)
        rows.append((doc_id, day, basis, *span, place))
    frame = pd.DataFrame(rows, columns=["doc_id", "date", "basis", "start_char", "end_char", "alternative", "place"])
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    types = {"start_char": "Int32", "end_char": "Int32", "doc_id": "str"}
    return frame.astype(types | dict.fromkeys(("basis", "alternative", "place"), "str"))


def _published(text: str) -> tuple[date | None, str | None, Expression | None, str | None]:
    """Return publication day, basis, the expression that names it, and place of one text."""
    day, basis, found, place = None, None, None, None
    for number, part in enumerate(segments(text[:_HEAD])):
        piece = text[part.start : part.end]
        kind, end = _line_kind(text, part, number)
        if kind == "dateline" and place is None:
            place = _place(text[part.start : end])
        if kind and day is None:
            line = plain_text(text[part.start : end])
            named = [_placed(e, line) for e in expressions(line.text, None) if _is_full(e)]
            chosen = _agreed(named)
            if chosen is not None:
                found = chosen._replace(start=chosen.start + part.start, end=chosen.end + part.start)
                day, basis = date.fromisoformat(str(chosen.value)), kind
        page = number == 0 and names_site(piece)
        if part.is_body and not page and not is_header(piece[:60]) and not piece.startswith(("content=", "alt=")):
            break
    return day, basis, found, place


def _placed(found: Expression, plain: Plain) -> Expression:
    """Return an expression with its places in the original text."""
    start, end = plain.span(found.start, found.end)
    return found._replace(start=start, end=end)


def _agreed(named: list[Expression]) -> Expression | None:
    """Return the day of a line that may print both calendars: the common one; null where they lie days apart."""
    hijri = [e for e in named if e.basis == "hijri"]
    common = [e for e in named if e.basis != "hijri"]
    if not hijri or not common:
        return next(iter(common or hijri), None)
    days = [date.fromisoformat(str(e.value)) for e in hijri]
    near = [e for e in common if any(abs(date.fromisoformat(str(e.value)) - day) <= CLOSE for day in days)]
    return near[0] if near else None


def _is_full(expression: Expression) -> bool:
    return expression.precision == "day" and expression.value is not None and expression.kind == "date"


def _line_kind(text: str, part: Segment, number: int) -> tuple[str, int]:
    """Say whether a segment is a header line or holds a dateline, and where that ends."""
    piece = text[part.start : part.end]
    if is_header(piece) and part.n_words <= 30 or (part.n_words <= 8 and _only_date(piece)):
        return "header", part.end
    if number < 8 and credit_kind(piece, part.n_words) == "dateline":
        return "dateline", part.end
    if part.is_body:
        end = dateline_end(fold(text[: part.start + 200]), part.start)
        return ("dateline", end) if end > part.start else ("", part.start)
    return "", part.start


def _only_date(piece: str) -> bool:
    named = [e for e in expressions(plain_text(piece).text, None) if _is_full(e)]
    return bool(named) and sum(e.end - e.start for e in named) >= 0.6 * len(piece.strip())


def _place(line: str) -> str | None:
    match = _PLACE.search(fold(line))
    return normal_place(line[match.start() : match.end()]) if match else None

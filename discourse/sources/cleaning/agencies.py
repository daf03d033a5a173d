"""News agencies: whose wire an article prints or cites."""

import re

import numpy as np
import pandas as pd

from discourse.language.arabic import LANGUAGE
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.cleaning.wires import AGENCIES, TRACES, WORDS
from discourse.tables import check, need

__all__ = ["find_agencies"]

_NAMED = {code: re.compile(pattern) for code, pattern in AGENCIES.items()}


def _any(*keys: str, blank: str = " ") -> str:
    return f"(?:{WORDS.any_of(*keys, blank=blank)})"


# An agency outside the list, in words that hand over a source: ونقلت وكالة «يونهاب» للأنباء, لوكالة خاما برس.
_AND, _FOR, _ARTICLE = _any("and"), _any("for"), _any("article")
_HANDED = rf"(?<!\w){_AND}?{_any('handed')}\s+(?:{_any('about')}\s+)?"
_NOT_NEWS = f"{_ARTICLE}?{_any('not_news')}"
_FOR_AGENCY = _any("for_agency")
_OTHER = re.compile(
    rf"{_HANDED}{_AND}?{_FOR}?{_any('agencies_at_once')}\s+{_ARTICLE}?{_any('news')}"
    rf"|{_HANDED}{_any('agency', 'for_agency')}\s+{_ARTICLE}?{_any('news')}(?!\s+{_NOT_NEWS})"
    rf"|(?:{_HANDED}{_any('agency')}|(?<!\w){_FOR}?{_FOR_AGENCY})\s+[«\"“(]?(?!{_NOT_NEWS}|{_ARTICLE})"
    rf"[^\W\d]+(?:\s[^\W\d]+)?[»\"”)]?(?=\s+(?:[^\W\d]+\s+){{0,2}}{_any('behind_name')}|\s*{_any('press')})"
    rf"|(?:{_HANDED}{_any('agency')}|(?<!\w){_FOR_AGENCY})\s+[«\"“(]\s?(?!{_NOT_NEWS})[^\W\d]+\s?[»\"”)]"
    rf"|{_any('service')}\s*:?\s*[«\"“{{]\s?[^\W\d][^»\"”}}\n]{{2,30}}[»\"”}}]"
)
_OTHER_TRACES = tuple(WORDS.listed("other_traces"))
_AGENCY = WORDS.only("agency")
_AFTER = 12  # characters behind the words that hand over a source in which its name may stand
_SAME_BREATH = 12  # characters between two agencies that are credited together
_DESK = re.compile(rf"(?<!\w){_ARTICLE}?{_any('agencies_word')}(?!\w)")  # in a dateline: several agencies at once


def find_agencies(documents: pd.DataFrame, spans: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the news agency of each document of DOCUMENTS: the one it credits, else the one it cites first.

    A *credit* is an agency named in the dateline, in a line of its own or behind the last words, where a paper says
    whose wire it prints. Where there is none, an agency named as a source in running text counts (*attribution*), the
    first one named. An agency outside the list and the service of a newspaper («خدمة واشنطن بوست») are ``other``.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id`` and ``text``.
    spans : DataFrame, optional
        SPANS of ``find_boilerplate``, whose datelines and credits are used; found anew when left out.

    Returns
    -------
    DataFrame
        One row a document, in its order: ``doc_id``; ``agency`` (category: afp, reuters, ap, dpa, upi, efe, ansa, ria,
        tass, interfax, sputnik, anadolu, xinhua, irna, spa, mena, kuna, wam, petra, sana, qna, bna, map, other, none);
        ``agencies`` (all that are named, in order of first mention, joined by ';'; empty for none); ``basis`` (credit
        or attribution, null for none); ``start_char``, ``end_char`` of the mention that decides (Int32).

    Raises
    ------
    SchemaError
        A column is missing.

    Notes
    -----
    Where Novosti is named together with Interfax or TASS, Novosti is taken, as the project's coders do.
    Novosti (ريا نوفوستي, وكالة الإعلام الروسية) is ``ria`` at all times, also after it became part of Rossiya Segodnya,
    whose foreign service is ``sputnik``. A news agency that is itself the outlet has to be told by ``source``.

    Examples
    --------
    >>> texts = ["كابل - رويترز: وصل الوفد اليوم.", "ونقلت وكالة إنترفاكس عن الوزير قوله ذلك.", "وصل الوفد."]
    >>> documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts})
    >>> find_agencies(documents)[["agency", "basis"]].to_numpy().tolist()
    [['reuters', 'credit'], ['interfax', 'attribution'], ['none', nan]]
    """
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    if spans is None:
        spans = find_boilerplate(documents)
    else:
        check(spans, "SPANS")
    credits = _credit_spans(spans)
    rows = []
    for doc_id, text in zip(documents["doc_id"].tolist(), documents["text"].fillna("").astype(str), strict=True):
        folded = LANGUAGE.fold(text)
        rows.append((doc_id, *_decide(_mentions(folded, credits.get(str(doc_id), [])))))
    frame = pd.DataFrame(rows, columns=["doc_id", "agency", "agencies", "basis", "start_char", "end_char"])
    types = {"doc_id": "str", "agencies": "str", "basis": "str", "start_char": "Int32", "end_char": "Int32"}
    frame = frame.astype(types)
    frame["agency"] = pd.Categorical(frame["agency"], categories=[*AGENCIES, "other", "none"])
    return frame


def _credit_spans(spans: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    chosen = spans[np.isin(spans["kind"].astype(str), ["dateline", "credit", "caption"])]
    found: dict[str, list[tuple[int, int]]] = {}
    for doc_id, start, end in chosen[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None):
        found.setdefault(str(doc_id), []).append((start, end))
    return found


_Mention = tuple[int, int, str, bool]  # start, end, code, credit


def _mentions(folded: str, lines: list[tuple[int, int]]) -> list[_Mention]:
    """Return the agencies named in a folded text in order; each with whether its place is a credit."""
    found: list[_Mention] = []
    for code, pattern in _NAMED.items():
        if any(trace in folded for trace in TRACES[code]):
            for match in pattern.finditer(folded):
                found.append((match.start(), match.end(), code, _is_credit(folded, match, lines)))
    taken = bytearray(len(folded) + _AFTER)
    for start, end, *_rest in found:
        taken[start:end] = b"\x01" * (end - start)
    for match in _OTHER.finditer(folded) if any(trace in folded for trace in _OTHER_TRACES) else ():
        if not any(taken[match.start() : match.end() + _AFTER]):
            found.append((match.start(), match.end(), "other", _is_credit(folded, match, lines)))
    for start, end in lines:
        desk = _DESK.search(folded, start, end)
        if desk:
            found.append((desk.start(), desk.end(), "other", True))
    return sorted(found)


def _is_credit(folded: str, match: re.Match[str], lines: list[tuple[int, int]]) -> bool:
    if any(start <= match.start() < end for start, end in lines):
        return True
    rest = folded[match.end() : match.end() + 20]
    if _AGENCY in folded[max(0, match.start() - 12) : match.end()]:
        return False
    return len(folded) - match.end() <= 12 and not any(c.isalpha() for c in rest) and _opens(folded, match.start())


def _opens(folded: str, start: int) -> bool:
    """Tell whether a mention at the end of a text stands in brackets, in quotes, behind a dash or on its own line."""
    before = folded[max(0, start - 3) : start].rstrip(" ")
    return (bool(before) and before[-1] in '([{-–—\n.«"“') or folded[start] in '([{«"“'


def _decide(mentions: list[_Mention]) -> tuple[str, str, str | None, int | None, int | None]:
    if not mentions:
        return "none", "", None, None, None
    named = list(dict.fromkeys(code for _, _, code, _ in mentions))
    start, end, code, credit = next((m for m in mentions if m[3]), mentions[0])
    if not credit and code in ("interfax", "tass"):  # وكالتا إنترفاكس وريا نوفوستي
        novosti = next((m for m in mentions if m[2] == "ria" and m[0] - end <= _SAME_BREATH), None)
        if novosti:
            start, end, code, credit = novosti
    return code, ";".join(named), "credit" if credit else "attribution", start, end

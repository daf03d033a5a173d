"""News agencies: whose wire an article prints or cites."""

import re

import numpy as np
import pandas as pd

from discourse.language.arabic import LANGUAGE
from discourse.language.arabic.normalization import DIACRITICS
from discourse.language.arabic.plain import HIDING, Plain, plain_text
from discourse.sources.cleaning.boilerplate import find_boilerplate
from discourse.sources.cleaning.wires import AGENCIES, COMMON, LONE, MARKED, PLACE, SPELLED, TRACES, WORDS
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
_BRACKETED = re.compile(
    rf"\W*(?:{PLACE})[^()\n.:]{{0,40}}\(\s*((?:[^\W\d_]{{2,12}}|[^\W\d_](?:[\s.]{{1,2}}[^\W\d_]){{1,3}}\.?))\s*\)(?=\s*(?:[-–—:]|$|\n))"
)
_VOWELS = re.compile(f"[{DIACRITICS}]")
_HEAD, _OPENING = 300, 90  # characters in which a dateline stands, and in which it begins a text
_SHORT_NAME = 5  # letters of a name that is also a word
_NO_CREDIT = re.compile(rf"(?:{WORDS.any_of('no_credit')})(?!\w)")
_IS_PLACE = re.compile(PLACE)
_DESK = re.compile(rf"(?<!\w){_ARTICLE}?{_any('agencies_word')}(?!\w)")  # in a dateline: several agencies at once


def find_agencies(documents: pd.DataFrame, spans: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the news agency of each document of DOCUMENTS: the one it credits, else the one it cites first.

    A *credit* is an agency named in the dateline, in a line of its own or behind the last words, where a paper says
    whose wire it prints. Where there is none, an agency named as a source in running text counts (*attribution*), the
    first one named. An agency outside the list, the service of a newspaper («خدمة واشنطن بوست») and a name in the
    brackets of a dateline that is neither an agency of the list nor the outlet (``source``) are ``other``. Tatweel,
    vowels, Persian letters and presentation forms hide no name.

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
        tass, interfax, sputnik, anadolu, xinhua, irna, spa, mena, kuna, wam, petra, sana, qna, bna, map, wafa, aps,
        tap, ona, suna, ina, saba, nna, lana, ami, other, none);
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
    texts = documents["text"].fillna("").astype(str)
    named = documents["source"].astype("object") if "source" in documents else pd.Series(None, index=documents.index)
    outlets = named.where(named.notna(), "").astype(str)
    for doc_id, text, outlet in zip(documents["doc_id"].tolist(), texts, outlets, strict=True):
        lines = credits.get(str(doc_id), [])
        mentions = _mentions(LANGUAGE.fold(text), lines)
        hiding = HIDING.search(text) is not None
        if hiding or _VOWELS.search(text, 0, _HEAD):
            part = text if hiding else text[:_HEAD]
            mentions = _with_other_spellings(mentions, plain_text(part), lines, whole=len(part) == len(text))
        mentions += _unknown(text, lines, mentions, outlet)
        rows.append((doc_id, *_decide(sorted(mentions))))
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


def _mentions(folded: str, lines: list[tuple[int, int]], *, whole: bool = True) -> list[_Mention]:
    """Return the agencies named in a folded text in order; each with whether its place is a credit.

    ``whole`` says that the text ends where its article does: an agency behind the last words is a credit.
    """
    found: list[_Mention] = []
    fed = f"\n{folded}"
    hinted = {COMMON[match["behind"] or match["before"]] for match in MARKED.finditer(fed)}
    hinted.update(*(SPELLED[letter] for letter in set(LONE.findall(fed))))
    for code, pattern in _NAMED.items():
        if code in hinted or any(trace in folded for trace in TRACES[code]):
            for match in pattern.finditer(folded):
                found.append((match.start(), match.end(), code, _is_credit(folded, match, lines, whole)))
    taken = bytearray(len(folded) + _AFTER)
    for start, end, *_rest in found:
        taken[start:end] = b"\x01" * (end - start)
    for match in _OTHER.finditer(folded) if any(trace in folded for trace in _OTHER_TRACES) else ():
        if not any(taken[match.start() : match.end() + _AFTER]):
            found.append((match.start(), match.end(), "other", _is_credit(folded, match, lines, whole)))
    for start, end in lines:
        desk = _DESK.search(folded, start, end)
        if desk:
            found.append((desk.start(), desk.end(), "other", True))
    return sorted(found)


def _with_other_spellings(
    found: list[_Mention], plain: Plain, lines: list[tuple[int, int]], *, whole: bool
) -> list[_Mention]:
    """Return the mentions with those that a font, a tatweel, vowels or a Persian keyboard hide from the patterns."""
    in_plain = [(_plain_place(plain, start), _plain_place(plain, end)) for start, end in lines]
    more = []
    for start, end, code, credit in _mentions(plain.text, in_plain, whole=whole):
        place = plain.span(start, end)
        if end - start <= _SHORT_NAME and _VOWELS.search(plain.original, *place):
            continue  # a short name is never written with vowels: a word is
        if not any(left < place[1] and place[0] < right for left, right, _, _ in found):
            more.append((*place, code, credit))
    return found + more


def _plain_place(plain: Plain, at: int) -> int:
    """Return the place in the plain text that shows a place of the original."""
    low, high = 0, len(plain.text)
    while low < high:
        middle = (low + high) // 2
        if plain.place(middle) < at:
            low = middle + 1
        else:
            high = middle
    return low


def _unknown(text: str, lines: list[tuple[int, int]], found: list[_Mention], outlet: str) -> list[_Mention]:
    """Return what stands in brackets in a dateline as an agency does, and is none of the list: ``other``."""
    unknown: list[_Mention] = []
    opening = (0, min(len(text), _OPENING))  # a dateline in what is taken for the headline
    for start, end in [*lines, opening]:
        if "(" not in text[start:end] or start > _HEAD:
            continue
        piece, own = plain_text(text[start:end]).text, plain_text(outlet).text
        if match := _BRACKETED.match(piece):
            name = match[1].strip()
            if _NO_CREDIT.match(name) or name in own or (own and own in name) or _IS_PLACE.fullmatch(name):
                continue
            if not any(left < end and start < right for left, right, _, _ in found):
                unknown.append((start, end, "other", True))
    return unknown[:1]


def _is_credit(folded: str, match: re.Match[str], lines: list[tuple[int, int]], whole: bool) -> bool:
    if any(start <= match.start() < end for start, end in lines):
        return True
    if not whole:
        return False
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

"""Boilerplate: what a page prints around and between the words of an article, marked by span and never cut."""

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable
from itertools import accumulate

import pandas as pd

from discourse.carried import carried
from discourse.errors import SchemaError
from discourse.language.arabic.normalization import fold
from discourse.sources.cleaning.boilerplate_forms import (
    REACH,
    Segment,
    credit_kind,
    dateline_end,
    fixed_spans,
    is_header,
    is_tail_start,
    names_site,
    plain_form,
    segments,
    tail_kind,
)
from discourse.sources.cleaning.repetition import REPEAT, known_lines, outlets_of, short_lines
from discourse.sources.cleaning.spans import drop_spans, mask_tokens
from discourse.tables import conform, need

__all__ = ["drop_spans", "find_boilerplate", "mask_tokens"]

KINDS = (
    "header", "menu", "meta", "headline", "dateline", "credit", "caption", "subhead", "related", "tags", "ticker",
    "contact", "footer", "repeated",
)  # fmt: skip
_HEAD = 24  # segments looked at before the body
_CAPTION = 17  # words of the longest caption or headline
_SUBHEAD = 7  # words of the longest subhead
_FEW = 3  # segments of a document so short that any sentence of three words is its body

_Span = tuple[int, int, str, str]


def find_boilerplate(
    documents: pd.DataFrame, *, repeat: int = REPEAT, repeated: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Mark the boilerplate of DOCUMENTS as SPANS; the texts stay as they are.

    Two kinds of evidence count. *Repetition*: a short segment (a stretch between line breaks or three blanks; at
    most 12 words) that stands in ``repeat`` or more different texts of one outlet. *Form*: markup left by the crawl,
    lines of date and hour before the body, the headline printed again, a dateline or credit before the first words,
    captions (unpunctuated segments between headline and body), subheads (unpunctuated segments of at most seven words
    between paragraphs), links to other articles, tags, a news ticker, contact lines, closing marks.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``, ``text`` and, where they are there, ``source`` and ``title``.
    repeat : int
        In how many different texts of one outlet a segment has to stand to be boilerplate; at least 2.
    repeated : DataFrame, optional
        The repeated lines of a larger corpus, from ``find_repeated``, where ``documents`` are a part of it; they stand
        in place of ``repeat``.

    Returns
    -------
    DataFrame
        SPANS, sorted by doc_id and start_char; spans of one document do not overlap. ``kind`` is one of header, menu,
        meta, headline, dateline, credit, caption, subhead, related, tags, ticker, contact, footer, repeated;
        ``basis`` is form, position, repetition or markup.

    Raises
    ------
    SchemaError
        A column is missing, or ``repeat`` is below 2.

    Notes
    -----
    A document of which nothing looks like running text (fewer than eight words with a closing mark, fewer than 18
    without) keeps everything but markup and repeated segments. docs/method-boilerplate.md gives the measures.

    References
    ----------
    Kohlschütter, Fankhauser and Nejdl (2010), Boilerplate detection using shallow text features, WSDM,
    https://doi.org/10.1145/1718487.1718542.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "كابل - رويترز: وصل الوفد إلى العاصمة صباح اليوم الأربعاء وبدأ المحادثات."
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> find_boilerplate(documents).to_numpy().tolist()
    [['a', 0, 15, 'dateline', 'form']]
    """
    need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    if repeat < 2:
        raise SchemaError(f"`repeat` is {repeat}; it must be 2 or more.")
    asked = ("doc_id", "text", "source", "title")
    kept = carried(documents, asked, ("spans", repeat)) if repeated is None else None
    if kept is not None:  # from an opened corpus
        return kept
    texts = documents["text"].fillna("").astype(str).tolist()
    outlets, titles = outlets_of(documents), outlets_of(documents, "title")
    cut = [segments(text) for text in texts]
    known_of = _repeated(texts, cut, outlets, repeat) if repeated is None else known_lines(outlets, cut, repeated)
    doc_ids = documents["doc_id"].tolist()
    rows: list[tuple[Hashable, int, int, str, str]] = []
    for doc_id, text, parts, outlet, title in zip(doc_ids, texts, cut, outlets, titles, strict=True):
        known = known_of.get(outlet, frozenset())
        rows += [(doc_id, *span) for span in _disjoint(_spans(text, parts, title, known))]
    spans = pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "kind", "basis"])
    return conform(spans.astype({"doc_id": "str", "kind": "str", "basis": "str"}), "SPANS")


def _repeated(texts: list[str], cut: list[list[Segment]], outlets: list[str], repeat: int) -> dict[str, frozenset[str]]:
    """Return outlet -> plain forms of the short segments that stand in ``repeat`` or more of its different texts."""
    counts: dict[str, Counter[str]] = {}
    seen: dict[str, set[int]] = {}
    for text, parts, outlet in zip(texts, cut, outlets, strict=True):
        mark = hash(text)
        if mark in seen.setdefault(outlet, set()):
            continue
        seen[outlet].add(mark)
        counts.setdefault(outlet, Counter()).update(short_lines(parts))
    return {
        outlet: frozenset(plain for plain, n in counter.items() if n >= repeat) for outlet, counter in counts.items()
    }


def _spans(text: str, parts: list[Segment], title: str, repeated: frozenset[str]) -> list[_Span]:
    """Return the boilerplate of one text, unsorted, overlaps possible."""
    found = fixed_spans(text)
    covered = sorted((start, end) for start, end, *_ in found if end - start > 3)
    if covered:
        reach = list(accumulate((end for _, end in covered), max))
        parts = [p for p in parts if not _inside(p, covered, reach)]
    openings = [is_tail_start(text[p.start : p.end], p.plain) for p in parts]
    tail = next((i for i, kind in enumerate(openings) if kind == "ticker" and i), None)
    if tail is not None:
        found.append((parts[tail].start, parts[-1].end, "ticker", "form"))
        parts = parts[:tail]
    lead = _lead(text, parts)
    if lead is None:
        again = [p for p in parts if p.plain in repeated and len(parts) > 1]
        return found + [(p.start, p.end, "repeated", "repetition") for p in again]
    found += _head(text, parts[:lead], title, repeated)
    first = parts[lead]
    begin = max([end for start, end in covered if start <= first.start < end], default=first.start)
    end = begin + dateline_end(fold(text[begin : first.start + 200]), 0)
    if end > begin:
        found.append((begin, end, "dateline", "form"))
    pictures = sorted(end for start, end in covered if end - start > 6)
    return found + _after(text, parts[lead + 1 :], openings[lead + 1 :], repeated, pictures, first)


def _lead(text: str, parts: list[Segment]) -> int | None:
    """Return the number of the first segment of running text."""
    first = None
    for i, part in enumerate(parts[:_HEAD]):
        piece = text[part.start : part.end]
        if not part.is_body or (part.n_words <= _CAPTION * 2 and is_header(piece) and not part.ends):
            continue
        if i == 0 and names_site(piece) and len(parts) > 1:
            continue
        if dateline_end(fold(text[part.start : part.start + REACH]), 0):
            return i
        if first is None:
            first = i
        elif i > first + 2:
            break
    if first is None and len(parts) <= _FEW:
        return next((i for i, part in enumerate(parts) if part.ends and part.n_words >= _FEW), None)
    return first


def _head(text: str, parts: list[Segment], title: str, repeated: frozenset[str]) -> list[_Span]:
    """Mark the segments before the body."""
    found: list[_Span] = []
    headline = plain_form(title)
    page = ""
    named = bool(headline)
    for i, part in enumerate(parts):
        piece = text[part.start : part.end]
        credit = credit_kind(piece, part.n_words)
        if i == 0 and names_site(piece):
            page = part.plain
            found.append((part.start, part.end, "header", "form"))
        elif is_header(piece):
            found.append((part.start, part.end, "header", "form"))
        elif part.plain and (part.plain == headline or (len(part.plain) > 8 and page.endswith(part.plain))):
            named = True
            found.append((part.start, part.end, "headline", "position"))
        elif part.plain in repeated:
            found.append((part.start, part.end, credit or "menu", "repetition"))
        elif credit:
            found.append((part.start, part.end, credit, "form"))
        elif part.n_words <= _CAPTION and not part.ends and any(c.isalpha() for c in part.plain):
            kind = "caption" if named else "headline"
            named = True
            found.append((part.start, part.end, kind, "position"))
    return found


def _after(
    text: str,
    parts: list[Segment],
    openings: list[str],
    repeated: frozenset[str],
    pictures: list[int],
    before: Segment,
) -> list[_Span]:
    """Mark what stands between and behind the paragraphs."""
    found: list[_Span] = []
    subheads: list[_Span] = []
    linked = 0
    last = max((i for i, p in enumerate(parts) if p.is_body), default=-1)
    n_body = sum(p.is_body for p in parts)
    starred = sum(text[p.start] == "*" for p in parts) <= 2  # more of them are a list
    for i, part in enumerate(parts):
        piece = text[part.start : part.end]
        short = not part.is_body or (part.n_words <= 14 and linked and part.ends and piece[-1] in "؟!?")
        kind = openings[i]
        if kind == "related":
            linked = 12
        elif linked and short and part.n_words <= _CAPTION:
            linked -= 1
            kind = "related"
        else:
            linked = 0
        if kind:
            found.append((part.start, part.end, "related", "form"))
        elif kind := tail_kind(piece, part.n_words) if i > last or part.n_words <= 8 else "":
            found.append((part.start, part.end, kind, "form"))
        elif i > last and starred and piece[0] == "*" and 0 < part.n_words <= 10 and part.plain:
            found.append((part.start, part.end, "credit", "form"))
        elif part.plain in repeated and not part.is_body:
            found.append((part.start, part.end, "repeated", "repetition"))
        elif short and not part.ends and _near(part, pictures) and part.n_words <= 2 * _CAPTION:
            found.append((part.start, part.end, "caption", "position"))
        elif part.n_words <= _SUBHEAD and not part.ends and i < last and parts[i + 1].is_body and before.ends:
            if piece[0].isalpha() and any(c.isalpha() for c in part.plain):
                subheads.append((part.start, part.end, "subhead", "position"))
        elif i > last and part.n_words <= 4 and not part.ends and before.ends and piece[0].isalpha():
            found.append((part.start, part.end, "credit", "position"))
        before = part
    return found + (subheads if len(subheads) <= max(1, n_body) else [])


def _inside(part: Segment, covered: list[tuple[int, int]], reach: list[int]) -> bool:
    """Tell whether a segment lies in a span; ``covered`` is sorted, ``reach`` the furthest end so far."""
    place = bisect_right(covered, (part.start, sys.maxsize))
    return place > 0 and part.end <= reach[place - 1] + 1


def _near(part: Segment, pictures: list[int]) -> bool:
    """Tell whether a segment stands right behind the residue of a picture."""
    place = bisect_right(pictures, part.start)
    return place > 0 and part.start - pictures[place - 1] <= 40


def _disjoint(spans: list[_Span]) -> list[_Span]:
    """Sort the spans of one document; where two overlap the earlier keeps its place and the later what is left."""
    kept: list[_Span] = []
    last = 0
    for start, end, kind, basis in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > max(start, last):
            kept.append((max(start, last), end, kind, basis))
            last = end
    return kept

"""What a file holds, held against the documents: CODES, CODED_SPANS, and what is neither and why."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from discourse import tables
from discourse.exchange.codes.documents import Documents
from discourse.exchange.codes.found import COMMENTS, Coded, Found, Reject
from discourse.exchange.codes.placing import Place, Placed, place_spans

__all__ = ["gather"]

_KEY = ["unit_id", "coder", "variable"]
_DIFFERENT = "coded twice by one coder with different codes"
_SAME = "coded twice by one coder with the same code; the first is kept"


def gather(
    found: Found, documents: Documents, coder: str, coders: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return CODES, CODED_SPANS and rejects of what a file holds: each code in one of them."""
    rejects: list[Reject] = list(found.rejects)
    places: list[Place | None] = []
    lost: dict[int, str] = {}
    for number, source in enumerate(found.sources):
        place, reason = documents.place(source)
        places.append(place)
        if reason is not None:
            lost[number] = reason
    kept: list[Coded] = []
    for one in found.coded:
        reason, place = lost.get(one.source), places[one.source]
        if reason is None and not one.span and place is not None:
            reason = documents.differ(found.sources[one.source], place)
        if reason is not None:
            rejects.append(_reject(found, one, reason))
        else:
            kept.append(one)
    named = [coders.get(one.coder or coder, one.coder or coder) for one in kept]
    whole = [(one, who) for one, who in zip(kept, named, strict=True) if not one.span]
    parts = [(one, who) for one, who in zip(kept, named, strict=True) if one.span]
    placed = place_spans([one for one, _ in parts], found.sources, places)
    codes = _codes(whole, places, found, rejects)
    spans = _spans(parts, placed, places, found, rejects)
    columns = ["path", "record", "reason", "variable", "value"]
    rows = [(one.path, one.record, one.reason, one.variable, one.value) for one in rejects]
    return codes, spans, pd.DataFrame(rows, columns=columns, dtype="str")


def _reject(found: Found, one: Coded, reason: str) -> Reject:
    return Reject(found.path, one.record, reason, one.variable, one.value[:200])


def _codes(whole: list[tuple[Coded, str]], places: list, found: Found, rejects: list[Reject]) -> pd.DataFrame:
    rows: dict[tuple[str, str, str], list[Coded]] = {}
    for one, who in whole:
        unit = places[one.source].doc_id
        rows.setdefault((unit, who, one.variable), []).append(one)
        if one.comment:
            said = replace(one, variable=COMMENTS[0], value=one.comment, comment=None)
            rows.setdefault((unit, who, COMMENTS[0]), []).append(said)
    out = []
    for key, given in rows.items():
        values = list(dict.fromkeys(one.value for one in given))
        if key[2] in COMMENTS:
            out.append((*key, "\n".join(values)))
        elif len(values) > 1:
            rejects += [_reject(found, one, _DIFFERENT) for one in given]
        else:
            rejects += [_reject(found, one, _SAME) for one in given[1:]]
            out.append((*key, values[0]))
    frame = pd.DataFrame(out, columns=[*_KEY, "value"], dtype="str")
    return frame.sort_values(_KEY, ignore_index=True)


def _spans(
    parts: list[tuple[Coded, str]], placed: list[Placed], places: list, found: Found, rejects: list[Reject]
) -> pd.DataFrame:
    rows: dict[tuple, tuple] = {}
    for (one, who), at in zip(parts, placed, strict=True):
        place = places[one.source]
        if at.reason is not None:
            rejects.append(_reject(found, one, at.reason))
            continue
        key = (place.doc_id, at.start, at.end, who, one.variable, one.value)
        if key in rows:
            rejects.append(_reject(found, one, _SAME))
        else:
            rows[key] = (*key, one.comment, place.text[at.start : at.end], at.note)
    columns = [column.name for column in tables.TABLES["CODED_SPANS"].columns]
    frame = pd.DataFrame(list(rows.values()), columns=columns)
    text = [name for name in columns if name not in ("start_char", "end_char")]
    frame = frame.astype({name: "str" for name in text} | {"start_char": "int32", "end_char": "int32"})
    return tables.conform(frame, "CODED_SPANS")

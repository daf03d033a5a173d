"""Codes as tasks of Label Studio: its JSON, which it imports with the annotations, written."""

import json
import uuid
from os import PathLike
from pathlib import Path

import pandas as pd

from discourse.errors import SchemaError
from discourse.exchange.codes.found import COMMENTS, JOIN, rows_by
from discourse.exchange.codes.label_studio import CODER
from discourse.writing import write_text

__all__ = ["write"]

_TEXT = "text"
_SHOWN = ("title", "date", "source")


def write(
    codes: pd.DataFrame, spans: pd.DataFrame, documents: pd.DataFrame, path: str | PathLike[str], *, version: str
) -> Path:
    """Write codes and coded spans as tasks, one a document with one annotation a coder."""
    if CODER in set(codes["variable"]) | set(spans["variable"]):
        raise SchemaError(f"`codes` has a variable {CODER!r}, where the tasks name the coder. Rename the variable.")
    by_unit, by_span = rows_by(codes, "unit_id", "coder"), rows_by(spans, "doc_id", "coder")
    coders: dict[str, list[str]] = {}
    for doc_id, coder in sorted(by_unit.keys() | by_span.keys()):
        coders.setdefault(doc_id, []).append(coder)
    tasks = []
    for number, row in enumerate(documents.to_dict("records"), start=1):
        doc_id, text = str(row["doc_id"]), str(row["text"])
        annotations = []
        for coder in coders.get(doc_id, []):
            results = [_result(doc_id, coder, CODER, "textarea", {"text": [coder]})]
            results += [_code(doc_id, coder, one) for one in by_unit.get((doc_id, coder), [])]
            results += [_span(doc_id, coder, one, text) for one in by_span.get((doc_id, coder), [])]
            user = {"completed_by": {"email": coder}} if "@" in coder else {}
            annotations.append({**user, "result": results, "was_cancelled": False, "ground_truth": False})
        data = {"doc_id": doc_id, _TEXT: text} | {name: _shown(row[name]) for name in _SHOWN if name in row}
        meta = {"written_by": f"discourse {version}"}
        tasks.append({"id": number, "data": data, "meta": meta, "annotations": annotations, "predictions": []})
    return write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", path)


def _shown(value: object) -> str | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else str(value)


def _result(doc_id: str, coder: str, variable: str, kind: str, value: dict) -> dict:
    shown = json.dumps([doc_id, coder, variable, value], ensure_ascii=False, sort_keys=True)
    number = uuid.uuid5(uuid.NAMESPACE_URL, shown).hex[:10]
    return {"id": number, "from_name": variable, "to_name": _TEXT, "type": kind, "value": value}


def _code(doc_id: str, coder: str, one: dict) -> dict:
    if one["variable"] in COMMENTS:
        return _result(doc_id, coder, one["variable"], "textarea", {"text": [one["value"]]})
    parts = one["value"].split(JOIN)
    if len(parts) > 1 and not all(parts):
        raise SchemaError(
            f"`codes` has the value {one['value']!r} of {one['variable']!r}, a set with an empty code. Write each code "
            f"once, joined by {JOIN!r}."
        )
    return _result(doc_id, coder, one["variable"], "choices", {"choices": parts})


def _span(doc_id: str, coder: str, one: dict, text: str) -> dict:
    start, end = int(one["start_char"]), int(one["end_char"])
    value = {"start": start, "end": end, "text": text[start:end], "labels": [one["value"]]}
    made = _result(doc_id, coder, one["variable"], "labels", value)
    comment = one.get("comment")
    return made if comment is None or pd.isna(comment) else {**made, "meta": {"text": [comment]}}

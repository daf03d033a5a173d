"""Label Studio: the export JSON (tasks with annotations) and JSON-MIN, read.

A result with offsets is a code of a span, one without a code of the document; its variable is the name of the control
tag (``from_name``). Predictions of a model, drafts and cancelled annotations are no codes of a coder.
"""

import json

from discourse.errors import SourceError
from discourse.exchange.codes.found import Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File, Json

__all__ = ["CODER", "read", "recognise"]

CODER = "coder"
"""A text area of this name holds the coder, where the users of the tool are others than the coders."""
UNITS = ("characters", "utf16", "characters/lf", "utf16/lf")
_IDS = ("doc_id", "unit_id")
_MINIMAL = {"annotator", "annotation_id", "lead_time", "created_at", "updated_at", "agreement"}
_SIMPLE = ("rating", "number", "datetime", "selected")
_LISTS = ("choices", "labels", "hypertextlabels", "paragraphlabels")


def recognise(file: File) -> bool:
    """Tell an export of Label Studio by its first records."""
    records = [item for _, item in file.json.items[:20]] if file.json else []
    objects = [item for item in records if isinstance(item, dict)]
    return any(isinstance(one.get("data"), dict) or _is_minimal(one) for one in objects)


def _is_minimal(item: dict) -> bool:
    return "annotation_id" in item or {"annotator", "lead_time"} <= item.keys()


def read(file: File, found: Found) -> None:
    """Read the tasks of a file."""
    if file.json is None:
        raise SourceError(f"{file.shown} is not JSON; export as JSON or JSON-MIN from Label Studio.")
    for record, reason in file.json.broken:
        found.reject(record, reason)
    for record, item in file.json.items:
        problem = Json.problem(item)
        if problem is not None:
            found.reject(record, problem)
        elif isinstance(item, dict) and isinstance(item.get("data"), dict):
            _read_task(item, _named(record, item), found)
        elif isinstance(item, dict) and _is_minimal(item):
            _read_minimal(item, _named(record, item), found)
        else:
            found.reject(record, "the record is no task of Label Studio")


def _named(record: str, item: dict) -> str:
    number = item.get("id")
    return f"{record}, task {number}" if isinstance(number, int | str) and not isinstance(number, bool) else record


def _source(data: dict, item: dict, record: str, text: str | None, found: Found) -> int:
    own = names_of(item.get("id"), data.get("id"), item.get("inner_id"))
    return found.add_source(Source(record, names_of(*map(data.get, _IDS)), text, UNITS, certain=False, own=own))


def _text_of(data: dict, results: list[dict]) -> str | None:
    """Return the text that results stand on: the field of their object tag's name, else ``text``, else the longest."""
    texts = {name: value for name, value in data.items() if isinstance(value, str) and name not in _IDS}
    for name in (*{str(one.get("to_name")) for one in results}, "text"):
        if name in texts:
            return texts[name]
    return max(texts.values(), key=len, default=None)


def _read_task(task: dict, record: str, found: Found) -> None:
    annotations = task.get("annotations", task.get("completions", []))
    if not isinstance(annotations, list):
        found.reject(record, "the annotations are no list")
        return
    all_results = [
        one
        for annotation in annotations
        if isinstance(annotation, dict) and isinstance(annotation.get("result"), list)
        for one in annotation["result"]
        if isinstance(one, dict)
    ]
    source = _source(task["data"], task, record, _text_of(task["data"], all_results), found)
    if isinstance(task.get("predictions"), list) and task["predictions"]:
        found.reject(record, "a prediction of a model is no code of a coder")
    if isinstance(task.get("drafts"), list) and task["drafts"]:
        found.reject(record, "a draft is no code that was handed in")
    for number, annotation in enumerate(annotations, start=1):
        place = f"{record}, annotation {number}"
        if not isinstance(annotation, dict) or not isinstance(annotation.get("result"), list):
            found.reject(place, "the annotation has no list of results")
        elif annotation.get("was_cancelled") or annotation.get("skipped"):
            found.reject(place, "the annotation was cancelled")
        else:
            results = annotation["result"]
            coder = _coder_in(results) or _user(annotation.get("completed_by"))
            for at, result in enumerate(results, start=1):
                _read_result(result, source, coder, f"{place}, result {at}", found)


def _coder_in(results: list) -> str | None:
    for one in results:
        if isinstance(one, dict) and one.get("from_name") == CODER and isinstance(one.get("value"), dict):
            texts = one["value"].get("text")
            if isinstance(texts, list) and len(texts) == 1 and isinstance(texts[0], str) and texts[0]:
                return texts[0]
    return None


def _user(who: object) -> str | None:
    if isinstance(who, dict):
        names = " ".join(str(who[key]) for key in ("first_name", "last_name") if who.get(key))
        shown = [who.get("email"), who.get("username"), names, who.get("id")]
        return next((str(one) for one in shown if one), None)
    return str(who) if isinstance(who, int | str) and not isinstance(who, bool) and str(who) else None


def _read_result(result: object, source: int, coder: str | None, record: str, found: Found) -> None:
    if not isinstance(result, dict) or not isinstance(result.get("value"), dict):
        kind = result.get("type") if isinstance(result, dict) else None
        found.reject(record, "a relation is no code" if kind == "relation" else "the result has no value")
        return
    variable, value = result.get("from_name"), result["value"]
    if variable == CODER and "start" not in value:
        return
    variable = variable if isinstance(variable, str) else ""
    values = _values(value, str(result.get("type")))
    if values is None:
        found.reject(record, "a result of this type is no code", variable, json.dumps(value, ensure_ascii=False))
        return
    comment = _comment(result)
    of = Coded(source, record, coder, variable, "", comment)
    if "start" not in value and "end" not in value:
        if result.get("type") == "textarea" or list(value) == ["text"]:
            found.add(Coded(source, record, coder, variable, "\n".join(values), comment))
        else:
            found.add_set(values, of)
        return
    if isinstance(value.get("start"), str) or "startOffset" in value:
        found.reject(record, "the span stands on pages or paragraphs, not on plain text", variable, values[0])
        return
    quote = value["text"] if isinstance(value.get("text"), str) else None
    if not values:
        found.reject(record, "the span has no label", variable)
    for one in values:
        found.add(
            Coded(source, record, coder, variable, one, comment, value.get("start"), value.get("end"), quote, span=True)
        )


def _values(value: dict, kind: str) -> list[str] | None:
    """Return what was chosen, marked or written; null where it is nothing that a code can be."""
    for name in (kind, *_LISTS):
        given = value.get(name)
        if name in _LISTS and isinstance(given, list) and all(isinstance(one, str) for one in given):
            return given
    if isinstance(value.get("taxonomy"), list):
        paths = value["taxonomy"]
        if all(isinstance(path, list) and path and all(isinstance(one, str) for one in path) for path in paths):
            return [" > ".join(path) for path in paths]
        return None
    for name in _SIMPLE:
        given = value.get(name)
        if isinstance(given, str) or isinstance(given, int | float) and not isinstance(given, bool):
            return [given if isinstance(given, str) else f"{given:.15g}"]
    texts = value.get("text")
    if isinstance(texts, list) and all(isinstance(one, str) for one in texts):
        return texts
    return [texts] if isinstance(texts, str) and kind in ("textarea", "None") else None


def _comment(result: dict) -> str | None:
    meta = result.get("meta")
    texts = meta.get("text") if isinstance(meta, dict) else None
    texts = [texts] if isinstance(texts, str) else texts if isinstance(texts, list) else []
    return "\n".join(one for one in texts if isinstance(one, str) and one) or None


def _read_minimal(item: dict, record: str, found: Found) -> None:
    """Read a record of JSON-MIN: fields of the task beside those of the annotation, with nothing to part them.

    A plain field that is a document variable of the corpus is of the task; every other one is a code.
    """
    data = {name: value for name, value in item.items() if name not in _MINIMAL}
    texts = {name: value for name, value in data.items() if isinstance(value, str) and name not in _IDS}
    text = texts.get("text", max(texts.values(), key=len, default=None))
    source = _source(data, item, record, text, found)
    coder = _user(item.get("annotator"))
    if isinstance(data.get(CODER), str):
        coder = data.pop(CODER) or coder
    for name, value in data.items():
        place = f"{record}, field {name}"
        if name in ("id", "inner_id", "text", *_IDS) or value is text:
            continue
        if name in found.columns and not isinstance(value, dict | list):
            continue
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found.add(Coded(source, place, coder, name, value if isinstance(value, str) else f"{value:.15g}"))
        elif isinstance(value, dict | list):
            for one in value if isinstance(value, list) else [value]:
                _read_result(
                    {"from_name": name, "value": one} if isinstance(one, dict) else one, source, coder, place, found
                )

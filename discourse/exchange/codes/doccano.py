"""doccano: JSON lines of text classification, sequence labelling, both at once, and sequence to sequence, read.

doccano names no variable: what was coded is called ``label``. An export with one file for each user names the coder by
the file; one with all users in one file names nobody.
"""

from pathlib import PurePosixPath

from discourse.errors import SourceError
from discourse.exchange.codes.found import Coded, Found, Source, names_of
from discourse.exchange.codes.packed import File, Json, read_json, to_text

__all__ = ["read", "recognise"]

VARIABLE = "label"
UNITS = ("utf16", "characters", "utf16/lf", "characters/lf")
_LABELS = ("label", "labels", "cats", "entities")


def recognise(file: File) -> bool:
    """Tell an export of doccano by its first records."""
    if file.members:
        return bool(_members(file)) and not any(name.lower().endswith((".qde", ".tsv")) for name in file.members)
    records = [item for _, item in file.json.items[:20]] if file.json else []
    objects = [item for item in records if isinstance(item, dict)]
    return any(isinstance(one.get("text", one.get("data")), str) and _labelled(one) for one in objects)


def _labelled(item: dict) -> bool:
    return any(isinstance(item.get(name), list | str) for name in _LABELS)


def _members(file: File) -> list[str]:
    return [name for name in file.members if name.lower().endswith(".jsonl")]


def read(file: File, found: Found) -> None:
    """Read the records of a file, or of each file of an export."""
    if file.members:
        for member in _members(file):
            stem = PurePosixPath(member).stem
            place = f"{member!r} in {file.shown}"
            raw = file.read(member)
            if raw.strip():  # a user who labelled nothing has an empty file
                records = read_json(to_text(raw, place), place)
                _read(records, None if stem == "all" else stem, f"{member}, ", found)
    elif file.json is not None:
        _read(file.json, None, "", found)
    else:
        raise SourceError(f"{file.shown} is not JSON lines; export as JSONL from doccano.")


def _read(records: Json, coder: str | None, prefix: str, found: Found) -> None:
    for record, reason in records.broken:
        found.reject(prefix + record, reason)
    for record, item in records.items:
        problem = Json.problem(item)
        if problem is None and isinstance(item, dict) and not isinstance(item.get("text", item.get("data")), str):
            problem = "the record has no text"
        if problem is not None or not isinstance(item, dict):
            found.reject(prefix + record, str(problem))
        else:
            _read_record(item, coder, prefix + record, found)


def _read_record(item: dict, coder: str | None, record: str, found: Found) -> None:
    names = names_of(item.get("doc_id"), item.get("unit_id"))
    text = item.get("text", item.get("data"))
    source = found.add_source(Source(record, names, text, UNITS, certain=False, own=names_of(item.get("id"))))
    own = item.get("username", item.get("annotator"))
    coder = str(own) if isinstance(own, str | int) and str(own) else coder
    for name in _LABELS:
        given = item.get(name)
        if given is None:
            continue
        given = [given] if isinstance(given, str) else given
        if not isinstance(given, list):
            found.reject(record, "the labels are no list", VARIABLE)
            continue
        spans = [one for one in given if isinstance(one, list | dict)]
        labels = [one for one in given if isinstance(one, str)]
        for one in given:
            if not isinstance(one, list | dict | str):
                found.reject(record, "a label is no text", VARIABLE, str(one))
        if labels:
            found.add_set(labels, Coded(source, record, coder, VARIABLE, ""))
        for number, one in enumerate(spans, start=1):
            _read_span(one, source, coder, f"{record}, span {number}", found)
    _read_comments(item.get("Comments", item.get("comments")), source, coder, record, found)
    if isinstance(item.get("relations"), list) and item["relations"]:
        found.reject(record, "a relation is no code")


def _read_span(one: list | dict, source: int, coder: str | None, record: str, found: Found) -> None:
    if isinstance(one, dict):
        start, end, label = one.get("start_offset"), one.get("end_offset"), one.get("label")
    elif len(one) == 3:
        start, end, label = one
    else:
        found.reject(record, "the span is no start, end and label", VARIABLE)
        return
    if not isinstance(label, str):
        found.reject(record, "a label is no text", VARIABLE, str(label))
        return
    found.add(Coded(source, record, coder, VARIABLE, label, start=start, end=end, span=True))


def _read_comments(comments: object, source: int, coder: str | None, record: str, found: Found) -> None:
    given = comments if isinstance(comments, list) else [comments] if isinstance(comments, str) else []
    texts = [one.get("comment") if isinstance(one, dict) else one for one in given]
    said = "\n".join(one for one in texts if isinstance(one, str) and one)
    if said:
        found.add(Coded(source, record, coder, "comment", said))

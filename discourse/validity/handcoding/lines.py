"""The lines of a coding file: what is coded (the head), and an item as one coder saved it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Head", "Item", "head_line", "item_line", "read_line"]

_HEAD, _ITEM, _FORMAT = "discourse-coding", "item", 1
_CUT = "no whole line: cut by a crash, or damaged"
_CHANGED = "changed after it was saved: its check does not fit; code the item again instead"
_STRANGE = "no line of a coding file"


class Head(NamedTuple):
    """What a file is of: the plan, its drawn units in their order, and what is asked about each."""

    plan: str
    units: tuple[str, ...]
    variables: dict[str, tuple[str, ...]]
    sets: tuple[str, ...] = ()
    whose: tuple[str, str] = ("", "")

    @property
    def asked(self) -> str:
        """Digest of what is asked: variables, codes, which are sets, whose position toward whom.

        >>> Head("p", (), {"position": ("0", "1")}).asked != Head("p", (), {"position": ("1", "0")}).asked
        True
        """
        return _digest([list(self.variables.items()), sorted(self.sets), self.whose])


class Item(NamedTuple):
    """One unit as one coder saved it, once."""

    unit_id: str
    coder: str
    values: dict[str, str]
    comment: str
    unsure: bool
    blind: bool
    saw: tuple[str, ...]
    plan: str
    asked: str
    time: str
    line: int = 0


def head_line(head: Head) -> bytes:
    """Return the line that opens a coding file."""
    told = {name: list(codes) for name, codes in head.variables.items()}
    return _line(
        {
            "kind": _HEAD,
            "format": _FORMAT,
            "plan": head.plan,
            "asked": head.asked,
            "variables": told,
            "sets": list(head.sets),
            "holder": head.whose[0],
            "target": head.whose[1],
            "units": list(head.units),
        }
    )


def item_line(item: Item) -> bytes:
    """Return the line of an item saved.

    Examples
    --------
    >>> item = Item("d1", "A", {"position": "1"}, "", False, True, (), "p", "v", "2026-11-24T09:30:00Z")
    >>> read_line(item_line(item).rstrip(), 2) == item._replace(line=2)
    True
    """
    record = {"kind": _ITEM, **item._asdict(), "saw": list(item.saw)}
    del record["line"]
    return _line(record)


def read_line(raw: bytes, line: int) -> Head | Item:
    """Return what a line says; ``line`` is its number in the file.

    Raises
    ------
    ValueError
        The line is damaged, was changed by hand, or is no line of a coding file; the message is the reason.

    Examples
    --------
    >>> read_line(b'{"kind": "item", "unit_', 7)
    Traceback (most recent call last):
    ValueError: no whole line: cut by a crash, or damaged
    """
    try:
        record = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(_CUT) from error
    if not isinstance(record, dict) or record.get("kind") not in (_HEAD, _ITEM):
        raise ValueError(_STRANGE)
    if record.get("kind") == _HEAD and record.get("format") != _FORMAT:
        raise ValueError(f"written in format {record.get('format')!r}, and this version reads {_FORMAT}")
    told = record.pop("check", None)
    if told != _digest(record):
        raise ValueError(_CHANGED)
    try:
        return _head(record) if record["kind"] == _HEAD else _item(record, line)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(_STRANGE) from error


def _head(record: Mapping[str, Any]) -> Head:
    variables = {str(name): tuple(map(str, codes)) for name, codes in record["variables"].items()}
    whose = (str(record["holder"]), str(record["target"]))
    return Head(
        str(record["plan"]), tuple(map(str, record["units"])), variables, tuple(map(str, record["sets"])), whose
    )


def _item(record: Mapping[str, Any], line: int) -> Item:
    values = {str(name): str(value) for name, value in record["values"].items()}
    texts = {name: str(record[name]) for name in ("unit_id", "coder", "comment", "plan", "asked", "time")}
    saw = tuple(map(str, record["saw"]))
    return Item(
        **texts, values=values, unsure=record["unsure"] is True, blind=record["blind"] is True, saw=saw, line=line
    )


def _line(record: dict[str, Any]) -> bytes:
    """Return a record as one line with its check; Arabic stays readable, a broken half of a character becomes ?."""
    whole = json.loads(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"))
    whole["check"] = _digest(whole)
    return json.dumps(whole, ensure_ascii=False).encode("utf-8") + b"\n"


def _digest(told: object) -> str:
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]

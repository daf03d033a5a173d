"""The form without its looks: what it shows of a unit, and what it answers to each thing that a coder does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import DiscourseError, SchemaError
from discourse.validity.handcoding.marks import Mark, in_pieces
from discourse.validity.handcoding.others import agreed_values
from discourse.validity.handcoding.session import Session, now
from discourse.validity.handcoding.wrong import add_correction, corrected_marks

__all__ = ["Desk"]


@dataclass
class Desk:
    """A session with the texts of its units and, unless it is blind, what the tool found in them.

    Attributes
    ----------
    session : Session
        Who codes what.
    shown : DataFrame
        What a coder sees, a row a unit in the order of the session.
    marks : mapping of str to sequence of Mark
        What the tool found, by unit; empty where the coder is blind.
    """

    session: Session
    shown: pd.DataFrame
    marks: Mapping[str, Sequence[Mark]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wrong = {} if self.session.blind else corrected_marks(self.corrections, self.session.coder)

    @property
    def corrections(self) -> Path:
        """Where corrections are written: beside the codes."""
        return self.session.path.with_suffix(".corrections.csv")

    def answer(self, message: object) -> dict[str, Any]:
        """Return what the form shows after a coder did something.

        ``message`` names by ``do`` what is done: ``open``; ``go`` (to); ``save`` (unit, values, comment, unsure, whole,
        to); ``wrong_mark`` (unit, mark, corrected, why). The answer holds ``view`` (a unit as it is shown), ``said``
        (pairs of a name of the words file and its values) and ``error`` (a sentence), as far as there is something to
        say; an answer with an error and no view changed nothing.
        """
        if not isinstance(message, dict):
            return {"error": f"the form sent {type(message).__name__}, and no message. Run the cell again."}
        try:
            done = getattr(self, f"_{message.get('do')}", None) if message.get("do") in _DOES else None
            if done is None:
                raise SchemaError(f"`do` is {message.get('do')!r}; it must be one of {', '.join(_DOES)}.")
            return done(message)
        except DiscourseError as error:
            return {"error": str(error)}

    def _open(self, _message: dict[str, Any]) -> dict[str, Any]:
        return {"view": self.view(), "said": self._ended()}

    def _go(self, message: dict[str, Any]) -> dict[str, Any]:
        where = message.get("to", "next")
        there = self.session.go(where)
        return {"view": self.view(), "said": [] if there else [self._nowhere(where)]}

    def _save(self, message: dict[str, Any]) -> dict[str, Any]:
        session = self.session
        unit, values = str(message.get("unit")), message.get("values") or {}
        if not isinstance(values, dict):
            raise SchemaError(f"`values` is {values!r}; it must name each variable with its code.")
        missing = session.missing(values)
        whole = message.get("whole", True)
        if whole and missing:
            return {"said": [["missing", {"variables": missing}]], "missing": missing}
        added = session.save(unit, values, message.get("comment"), message.get("unsure"), whole=bool(whole))
        said: list[list[Any]] = [["saved" if not missing else "kept", {}]] if added else []
        trouble = {}
        try:
            if added and not session.holds():
                said.append(["taken_over", {"coder": session.coder}])
            if added and not session.adjudicates:  # what others did meanwhile is shown now
                session.look_at_others()
        except DiscourseError as error:  # the item is saved all the same
            trouble = {"error": str(error)}
        where = message.get("to")
        there = session.go(where) if where is not None else True
        if not there and where == "next":
            said += self._ended()
        elif not there:
            said.append(self._nowhere(where))
        return {"view": self.view(), "said": said, **trouble}

    def _wrong_mark(self, message: dict[str, Any]) -> dict[str, Any]:
        unit, number = str(message.get("unit")), message.get("mark")
        own = self.marks.get(unit, ())
        if not isinstance(number, int) or not 0 <= number < len(own):
            raise SchemaError(f"`mark` is {number!r}; {unit!r} shows {len(own)} marks. Run the cell again.")
        corrected, why = str(message.get("corrected") or ""), str(message.get("why") or "")
        add_correction(
            self.corrections, unit, own[number], corrected, coder=self.session.coder, why=why, date=now()
        )  # fmt: skip
        self._wrong = corrected_marks(self.corrections, self.session.coder)
        return {"view": self.view(), "said": [["corrected", {"file": self.corrections.name}]]}

    def _ended(self) -> list[list[Any]]:
        n = len(self.session.units)
        return [["all_coded", {"n": n}]] if self.session.n_coded == n else []

    def _nowhere(self, where: object) -> list[Any]:
        return [f"no_{where}", {}]

    def view(self) -> dict[str, Any]:
        """Return the unit that is shown, as plain lists and dicts."""
        session = self.session
        unit, row = session.unit, self.shown.iloc[session.place].astype("str").to_dict()
        marks = list(self.marks.get(unit, ()))
        item = session.saved.get(unit)
        others = session.seen_others(unit)
        agreed = agreed_values(others, list(session.head.variables), session.head.sets) if session.adjudicates else {}
        return {
            "unit": unit,
            "place": session.place,
            "n": len(session.units),
            "n_coded": session.n_coded,
            "coded": session.is_coded(unit),
            "title": str(row.get("title", "")),
            "pieces": [list(piece) for piece in in_pieces(str(row.get("text", "")), marks)],
            "shown": [[str(name), told] for name, told in row.items() if name not in ("title", "text")],
            "marks": [mark._asdict() | {"corrected": self._wrong.get((unit, mark))} for mark in marks],
            "values": dict(item.values) if item else agreed,
            "comment": item.comment if item else "",
            "unsure": bool(item and item.unsure),
            "others": [other._asdict() for other in others],
            "differs": session.differs_on(unit),
        }


_DOES = ("open", "go", "save", "wrong_mark")

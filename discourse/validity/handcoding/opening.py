"""A desk made ready: plan, texts, codebook and file held against each other before the first unit is shown."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.tables import need
from discourse.validity.handcoding.desk import Desk
from discourse.validity.handcoding.lines import Head
from discourse.validity.handcoding.log import read_log
from discourse.validity.handcoding.marks import marks_of
from discourse.validity.handcoding.others import Other, agreed_values, codes_by_unit, differing
from discourse.validity.handcoding.session import Session
from discourse.validity.sampling_plan import check_plan
from discourse.validity.sheets import checked_codebook
from discourse.validity.units import SHOWN, check_names, checked_whose, shown_of, units_in_order

__all__ = ["SETS", "Asked", "open_adjudication", "open_coding"]

SETS = ("frames",)


class Asked(NamedTuple):
    """What is asked of a coder, and what they see: the parameters of ``code`` of these names."""

    variables: Mapping[str, Sequence[str]] | None = None
    sets: Sequence[str] = SETS
    shown: Sequence[str] = SHOWN
    holder: str | None = None
    target: str | None = None
    marks: object = None


def open_coding(
    plan: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    path: str | PathLike[str],
    coder: str,
    against: object = None,
    take_over: bool = False,
    **options: Any,
) -> Desk:
    """Return the desk of a coder of a plan; see ``code``. The rest of its parameters are those of Asked."""
    asked = Asked(**options)
    codebook = checked_codebook(asked.variables)
    plan = check_plan(plan)
    whose = checked_whose(coder, asked.holder, asked.target)
    check_names(codebook, whose)
    units = units_in_order(plan, _named(coder))
    if not units:
        raise SchemaError("`plan` has no drawn document, so that there is nothing to code. Draw some.")
    head = _head(str(plan["plan"].iloc[0]), units, codebook, asked.sets, whose)
    if against is not None:
        codes_by_unit(against, argument="against")  # what is wrong with it is said before a file is made
    return _desk(head, units, documents, path, coder, asked, _beside(against, coder), take_over=take_over)


def open_adjudication(
    codes: object,
    documents: pd.DataFrame,
    *,
    path: str | PathLike[str] | None = None,
    coder: str,
    coders: Sequence[str] | None = None,
    plan: pd.DataFrame | None = None,
    agreed: bool = True,
    take_over: bool = False,
    **options: Any,
) -> Desk:
    """Return the desk of whoever settles the codes of others; see ``adjudicate``. The rest are those of Asked."""
    asked = Asked(**options)
    whose = checked_whose(coder, asked.holder, asked.target)
    _named(coder)
    if isinstance(coders, str):
        raise SchemaError(f"`coders` is {coders!r}; it must be a list of names. Write [{coders!r}].")
    given = codes_by_unit(codes, argument="codes", coders=coders)
    given = {unit: [one for one in own if one.coder != coder] for unit, own in given.items()}
    given = {unit: own for unit, own in given.items() if own}
    if not given:
        raise SchemaError(f"`codes` has no code of anybody but {coder!r}, so that there is nothing to settle.")
    if isinstance(codes, pd.DataFrame):
        if path is None:
            raise SchemaError("`path` is not given: name the coding file that takes what you settle, 'settled.jsonl'.")
        digest = "codes-" + hashlib.sha256("\n".join(sorted(given)).encode("utf-8")).hexdigest()[:10]
        head = _head(digest, given, checked_codebook(asked.variables), asked.sets, whose)
    else:
        first = codes if isinstance(codes, str | PathLike) else list(codes)[0]  # type: ignore[arg-type]
        path = first if path is None else path
        found = read_log(first).head
        if found is None:
            raise SchemaError(f"{str(first)!r} has lost its first line; run code() on it once, which writes it anew.")
        head = found
    if plan is not None:
        plan = check_plan(plan)
        head = head._replace(plan=str(plan["plan"].iloc[0]), units=tuple(plan.loc[plan["drawn"], "doc_id"]))
    strange = sorted(set(given) - set(head.units))
    if strange:
        raise SchemaError(
            f"`codes` has {len(strange)} units that the plan did not draw. First: {first_three(strange)}."
        )
    check_names(head.variables, whose)

    def apart(unit: str) -> int:
        """Order units: coders differ, one of them has no code, all agree."""
        own = [one.values for one in given[unit]]
        return 0 if len(own) > 1 and differing(own, list(head.variables), head.sets) else 1 if len(own) < 2 else 2

    units = sorted(given, key=lambda unit: (apart(unit), unit))
    others = _beside(codes, coder, coders)
    desk = _desk(head, units, documents, path, coder, asked, others, adjudicates=True, take_over=take_over)
    if agreed:
        for unit in units:
            values = agreed_values(given[unit], list(head.variables), head.sets)
            if unit not in desk.session.saved and not desk.session.missing(values):
                desk.session.save(unit, values)
        desk.session.go_on()
    return desk


def _head(
    plan: str, units: Iterable[str], codebook: dict[str, tuple[str, ...]], sets: Sequence[str], whose: Mapping[str, str]
) -> Head:
    told = (whose.get("holder", ""), whose.get("target", ""))
    return Head(plan, tuple(sorted(units)), codebook, _checked_sets(sets, codebook), told)


def _desk(
    head: Head,
    units: Sequence[str],
    documents: pd.DataFrame,
    path: str | PathLike[str],
    coder: str,
    asked: Asked,
    others: object,
    **options: bool,
) -> Desk:
    marks = asked.marks
    texts = shown_of(documents, units, asked.shown, set(head.variables) | {"holder", "target"})
    if "text" not in texts:
        need(documents, "documents", ["text"], table="DOCUMENTS")
        texts["text"] = shown_of(documents, units, ["text"], ())["text"]
    drawn = documents[documents["doc_id"].astype("str").isin(units)]
    found = {} if marks is None else marks_of(marks, drawn)
    session = Session(Path(path), head, coder, units=units, blind=marks is None, others=others, **options)  # type: ignore[arg-type]
    return Desk(session, texts, found)


def _beside(codes: object, coder: str, coders: Sequence[str] | None = None) -> object:
    """Return a function that reads the codes of others as they are now."""
    if codes is None:
        return None

    def read() -> dict[str, list[Other]]:
        told = codes_by_unit(codes, argument="against", coders=coders)
        return {unit: [one for one in own if one.coder != coder] for unit, own in told.items()}

    return read


def _named(coder: str) -> str:
    if not coder.strip():
        raise SchemaError("`coder` is empty; say who codes, such as 'A', so that two coders can be told apart.")
    return coder


def _checked_sets(sets: Sequence[str], codebook: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if isinstance(sets, str):
        raise SchemaError(f"`sets` is {sets!r}; it must be a list of variables. Write [{sets!r}].")
    strange = sorted(set(sets) - set(codebook) - set(SETS))
    if strange:
        raise SchemaError(f"`sets` names {first_three(strange)}, which `variables` does not have. Correct the name.")
    return tuple(name for name in codebook if name in sets and codebook[name])

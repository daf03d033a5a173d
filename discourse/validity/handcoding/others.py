"""Codes of other coders beside one's own: read from a table or from coding files, and where they differ."""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import NamedTuple

import pandas as pd

from discourse.errors import SchemaError
from discourse.validity.coding import tidy_codes
from discourse.validity.handcoding.log import read_log
from discourse.validity.handcoding.reading import last_items

__all__ = ["Other", "agreed_values", "codes_by_unit", "differing", "same"]


class Other(NamedTuple):
    """What another coder gave one unit."""

    coder: str
    values: dict[str, str]
    comment: str = ""
    unsure: bool = False


def codes_by_unit(codes: object, *, argument: str, coders: Sequence[str] | None = None) -> dict[str, list[Other]]:
    """Return the codes of each unit, by coder, from CODES or from one or several coding files.

    Raises
    ------
    SchemaError
        ``codes`` is neither, or a coder that is named has no code there.
    SourceError
        A file is no coding file.
    """
    told = _of_table(codes) if isinstance(codes, pd.DataFrame) else _of_files(codes, argument)
    have = sorted({one.coder for own in told.values() for one in own})
    lost = sorted(set(coders or ()) - set(have))
    if lost:
        raise SchemaError(
            f"`{argument}` has no code of {', '.join(map(repr, lost))}; it has codes of "
            f"{', '.join(map(repr, have)) or 'nobody'}. Name these coders."
        )
    named = {unit: [one for one in own if not coders or one.coder in coders] for unit, own in told.items()}
    return {unit: sorted(own, key=lambda one: one.coder) for unit, own in named.items() if own}


def _of_files(codes: object, argument: str) -> dict[str, list[Other]]:
    paths = [codes] if isinstance(codes, str | PathLike) else codes
    if not isinstance(paths, Sequence) or not paths or not all(isinstance(one, str | PathLike) for one in paths):
        raise SchemaError(
            f"`{argument}` is a {type(codes).__name__}; it must be CODES, or the path of a coding file or a list of "
            "such paths."
        )
    out: dict[str, list[Other]] = {}
    for content in map(read_log, paths):
        asked = content.head.asked if content.head else content.items[0].asked
        for item in last_items([one for one in content.items if one.asked == asked]):
            out.setdefault(item.unit_id, []).append(Other(item.coder, item.values, item.comment, item.unsure))
    return out


def _of_table(codes: pd.DataFrame) -> dict[str, list[Other]]:
    tidy, _ = tidy_codes(codes)
    tidy["comment"] = tidy["comment"].fillna("").astype("str") if "comment" in tidy else ""
    tidy["unsure"] = tidy["unsure"].fillna(False).astype(bool) if "unsure" in tidy else False
    given = tidy[tidy[["unit_id", "coder", "variable", "value"]].notna().all(axis=1)]
    names = ["unit_id", "coder", "variable", "value", "comment", "unsure"]
    by_both: dict[tuple[str, str], Other] = {}
    for unit, coder, variable, value, comment, unsure in given[names].itertuples(index=False, name=None):
        other = by_both.setdefault((unit, coder), Other(coder, {}, comment, bool(unsure)))
        other.values[variable] = value
    out: dict[str, list[Other]] = {}
    for (unit, _), other in by_both.items():
        out.setdefault(unit, []).append(other)
    return out


def same(one: str | None, other: str | None, *, is_set: bool) -> bool:
    """Tell whether two values are one; labels of a set in any order.

    >>> same("drugs;arming", "arming;drugs", is_set=True), same("1", None, is_set=False)
    (True, False)
    """
    if one is None or other is None:
        return one is other
    if is_set:
        return {part.strip().casefold() for part in one.split(";")} == {p.strip().casefold() for p in other.split(";")}
    return one.casefold() == other.casefold()


def differing(answers: Sequence[Mapping[str, str]], variables: Sequence[str], sets: Sequence[str]) -> list[str]:
    """Return the variables on which not all answers are the same."""
    return [
        name
        for name in variables
        if any(not same(answers[0].get(name), one.get(name), is_set=name in sets) for one in answers[1:])
    ]


def agreed_values(others: Sequence[Other], variables: Sequence[str], sets: Sequence[str]) -> dict[str, str]:
    """Return the values that two or more coders gave alike."""
    if len(others) < 2:
        return {}
    apart = differing([one.values for one in others], variables, sets)
    return {name: others[0].values[name] for name in variables if name not in apart and name in others[0].values}

"""Codes of other coders beside one's own: read from a table or from coding files, and where they differ."""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import NamedTuple

import pandas as pd

from discourse.errors import SchemaError
from discourse.validity.coding import tidy_codes
from discourse.validity.handcoding.reading import read_coding

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
    if not isinstance(codes, pd.DataFrame):
        if not isinstance(codes, str | PathLike) and not (
            isinstance(codes, Sequence) and all(isinstance(one, str | PathLike) for one in codes) and codes
        ):
            raise SchemaError(
                f"`{argument}` is a {type(codes).__name__}; it must be CODES, or the path of a coding file or a list "
                "of such paths."
            )
        codes = read_coding(codes)[0]
    tidy, _ = tidy_codes(codes)
    have = sorted(tidy["coder"].dropna().unique())
    lost = sorted(set(coders or ()) - set(have))
    if lost:
        raise SchemaError(
            f"`{argument}` has no code of {', '.join(map(repr, lost))}; it has codes of "
            f"{', '.join(map(repr, have)) or 'nobody'}. Name these coders."
        )
    told = tidy.assign(
        comment=tidy["comment"].fillna("").astype("str") if "comment" in tidy else "",
        unsure=tidy["unsure"].fillna(False).astype(bool) if "unsure" in tidy else False,
    )
    told = told[told["value"].notna() & told["unit_id"].notna() & (told["coder"].isin(coders) if coders else True)]
    out: dict[str, list[Other]] = {}
    for (unit, coder), own in told.groupby(["unit_id", "coder"], sort=True):
        values = dict(zip(own["variable"].astype("str"), own["value"].astype("str"), strict=True))
        other = Other(str(coder), values, str(own["comment"].iloc[0]), bool(own["unsure"].any()))
        out.setdefault(str(unit), []).append(other)
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

"""Choices: what a specification decides, the usual decision first, and which other decisions there are."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice
from discourse.language.arabic.normalization import Normalizer
from discourse.measures.claims.sides import Side
from discourse.measures.claims.stances import SCORING

if TYPE_CHECKING:
    from discourse.measures.claims.claim import Claim

__all__ = ["CHOICES", "HELD", "KINDS", "NORMALIZERS", "base_choices", "check_choices", "other_choices", "sides_of"]

NORMALIZERS: dict[str, Callable[[str], str] | None] = {
    "usual": None,
    "ta as ha": Normalizer(ta=True),
    "hamza folded": Normalizer(hamza=True),
    "alef and ya apart": Normalizer(alef=False, ya=False),
}
# what each measure and basis decides: choice -> its values, the usual one first; empty: found in the documents
_COPIES = ("cluster", "keep", "weight")
_TEXT = {"boilerplate": ("drop", "keep")}
_CORPUS: dict[str, tuple[str, ...]] = {"periods": (), "outlets": (), "copies": _COPIES}
CHOICES: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("share", "matches"): {
        "denominator": ("documents", "naming", "words"), "normalisation": tuple(NORMALIZERS), **_TEXT, **_CORPUS,
    },
    ("share", "frames"): {
        "denominator": ("documents", "naming"), "threshold": ("2", "1.5", "2.5", "3"), **_TEXT, **_CORPUS,
    },
    ("per_1000", "matches"): {
        "denominator": ("words", "documents", "naming"), "normalisation": tuple(NORMALIZERS), **_TEXT, **_CORPUS,
    },
    ("mean_position", "lexicon"): {
        "voice": ("own", "all"), "evidence": ("all", "fair", "strong"), "scoring": tuple(SCORING),
        "scale": ("codes", "signs"), **_TEXT, **_CORPUS,
    },
    ("mean_position", "hand"): {"voice": ("own", "all"), "scale": ("codes", "signs"), **_CORPUS},
}  # fmt: skip
KINDS = {
    ("share", "matches"): ("entry",),
    ("share", "frames"): ("entry",),
    ("per_1000", "matches"): ("entry",),
    ("mean_position", "lexicon"): ("rule", "class", "operator", "cue"),
    ("mean_position", "hand"): (),
}
STATED, ALL, HELD = "stated", "all", "held constant"
_FEWEST = 0.02  # of the documents of both sides, below which an outlet is too small to be left out by itself
_OUTLETS = 5
_LEAST_UNITS = 4  # years, months or weeks of the shorter side, of which the border may move by one


def base_choices(claim: "Claim") -> dict[str, str]:
    """Return the choices of the base specification: the usual ones, and those that the claim states.

    Raises
    ------
    SchemaError
        The claim states a choice or a value that there is not.
    """
    known = CHOICES[claim.measure, claim.basis]
    base = {name: values[0] if values else STATED if name == "periods" else ALL for name, values in known.items()}
    for name, value in claim.choices:
        check_choice("choices", name, [name for name, values in known.items() if values])
        check_choice(f"choices, {name}", value, known[name])
        base[name] = value
    if base.get("denominator") == "naming" and not claim.target:
        raise SchemaError("The claim counts documents that name the target, and has no `target`. Give it one.")
    return base


def other_choices(claim: "Claim", documents: pd.DataFrame, *, copies: bool, boilerplate: bool) -> dict[str, list[str]]:
    """Return every choice with the values that are not those of the base and can be made with these documents.

    Copies and boilerplate can be treated in other ways only where there are some.
    """
    found: dict[str, list[str]] = {}
    base = base_choices(claim)
    for name, values in CHOICES[claim.measure, claim.basis].items():
        others = [value for value in values if value != base[name]]
        if name == "periods":
            others = _borders(claim, documents)
        elif name == "outlets":
            others = _outlets(claim, documents)
        elif (name == "copies" and not copies) or (name == "boilerplate" and not boilerplate):
            others = []
        elif name == "denominator" and not claim.target:
            others = [value for value in others if value != "naming"]
        elif name == "voice" and (claim.voice == ALL or claim.first.measured or claim.second.measured):
            others = []
        found[name] = others
    return found


def check_choices(
    claim: "Claim", asked: Mapping[str, Sequence[str]], others: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """Return the other values of each choice that are asked for.

    Raises
    ------
    SchemaError
        A choice or a value is none of those that can be made.
    """
    if not isinstance(asked, Mapping):
        raise SchemaError(
            f"`choices` is {asked!r}; it must name choices with their values: {', '.join(sorted(others))}."
        )
    base = base_choices(claim)
    found: dict[str, list[str]] = {}
    for name, values in asked.items():
        check_choice("choices", name, list(others))
        listed = [values] if isinstance(values, str) else list(values)
        for value in listed:
            check_choice(f"choices, {name}", value, [base[name], *others[name]])
        found[name] = [value for value in dict.fromkeys(listed) if value != base[name]]
    return found


def sides_of(claim: "Claim", periods: str) -> tuple[Side, Side]:
    """Return the sides under a choice of periods."""
    return _periods(claim)[periods]


def _periods(claim: "Claim") -> dict[str, tuple[Side, Side]]:
    """Return the choices of periods, with the sides of each: the borders between the sides, a step off."""
    sides = {STATED: (claim.first, claim.second)}
    early, late = claim.first, claim.second
    turned = late.is_before(early)
    if turned:
        early, late = late, early
    if not early.is_before(late):
        return sides
    step, form = _step(early, late)
    for last, first in ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1)):
        moved = early.moved(step, form, last=last), late.moved(step, form, first=first)
        if _days(moved[0]) <= 0 or _days(moved[1]) <= 0 or not moved[0].is_before(moved[1]):
            continue
        said = [f"earlier side to {moved[0].period[1]}"] if last else []
        said += [f"later side from {moved[1].period[0]}"] if first else []
        sides[", ".join(said)] = (moved[1], moved[0]) if turned else moved
    return sides


def _step(early: Side, late: Side) -> tuple[pd.DateOffset, str]:
    """Return by how much borders are moved, and how they are written.

    It is the unit in which they are stated, or the next finer one where the shorter side has fewer than four units: a
    quarter for years, a week for months, a day for days. A larger step would compare other periods, not other borders.
    """
    shorter = min(_days(early), _days(late))
    unit = max(len(border) for side in (early, late) for border in side.period)
    if unit == len("2015"):
        return (pd.DateOffset(years=1), "%Y") if shorter >= _LEAST_UNITS * 365 else (pd.DateOffset(months=3), "%Y-%m")
    if unit == len("2015-01") and shorter >= _LEAST_UNITS * 28:
        return pd.DateOffset(months=1), "%Y-%m"
    return pd.DateOffset(days=7 if shorter >= _LEAST_UNITS * 7 else 1), "%Y-%m-%d"


def _days(side: Side) -> int:
    start, end = side.held.start, side.held.end
    return 0 if start is None or end is None else (end - start).days + 1


def _borders(claim: "Claim", documents: pd.DataFrame) -> list[str]:
    sides = _periods(claim)
    return [
        name for name, pair in sides.items() if name != STATED and all(side.holds(documents).any() for side in pair)
    ]


def _outlets(claim: "Claim", documents: pd.DataFrame) -> list[str]:
    """Return the largest outlets, each to be left out, where both sides have documents of others."""
    named = {name for side in (claim.first, claim.second) for name, _ in side.values}
    if "source" not in documents or "source" in named:
        return []
    inside = [side.holds(documents) for side in (claim.first, claim.second)]
    sources = documents["source"].astype("str").to_numpy()
    known = documents["source"].notna().to_numpy() & (inside[0] | inside[1])
    names, counts = np.unique(sources[known], return_counts=True)
    large = [
        name
        for count, name in sorted(zip(-counts, names, strict=True))
        if -count >= max(2, _FEWEST * known.sum()) and all((held & (sources != name)).any() for held in inside)
    ]
    common = set(sources[known & inside[0]]) & set(sources[known & inside[1]])
    return ([HELD] if common and len(names) > 1 else []) + [f"without {name}" for name in large[:_OUTLETS]]

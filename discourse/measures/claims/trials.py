"""Trials: the difference that a claim is about, under any choices and with anything left out."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.change.contrasts import estimate_difference
from discourse.measures.change.rows import Observed, span_of
from discourse.measures.claims.choices import HELD, KINDS, base_choices, sides_of
from discourse.measures.claims.claim import Claim
from discourse.measures.claims.readings import Framed, Matched, Reading
from discourse.measures.claims.sides import check_sides
from discourse.measures.claims.stances import Coded, Stanced
from discourse.measures.claims.texts import Texts
from discourse.measures.intervals import FEW
from discourse.tables import check

__all__ = ["Outcome", "Trials", "measure_of", "relative_difference"]

_OF_A_TEXT = ("boilerplate", "normalisation", "scoring", "threshold")  # choices by which a text is read otherwise
_INTERVALS = {"share": "share", "per_1000": "rate", "mean_position": "mean", "mean_sign": "mean"}
_WIDTHS = {"mean_position": 4.0, "mean_sign": 2.0}  # of the scales of means


def measure_of(claim: Claim, settings: Mapping[str, str]) -> str:
    """Return what is measured under some choices: share, per_1000, mean_position or mean_sign."""
    if claim.measure == "mean_position":
        return "mean_sign" if settings["scale"] == "signs" else "mean_position"
    return "per_1000" if settings["denominator"] == "words" else "share"


def relative_difference(first: float, second: float, measure: str) -> float:
    """Return the difference over the mean of both sides; of means, over the width of their scale.

    Examples
    --------
    >>> relative_difference(0.25, 0.75, "share"), relative_difference(-1.0, 1.0, "mean_position")
    (1.0, 0.5)
    """
    if measure in _WIDTHS:
        return (second - first) / _WIDTHS[measure]
    return 2 * (second - first) / (first + second) if first + second else 0.0


class Outcome(NamedTuple):
    """What a specification finds: both sides, their difference with its interval, and what it stands on."""

    first: float
    second: float
    estimate: float
    lower: float
    upper: float
    n_first: int
    n_second: int
    n_units: int
    measure: str


class Trials:
    """The tables behind a claim, each made once, and the difference under any specification.

    Parameters
    ----------
    claim : Claim
        What is claimed.
    documents : DataFrame
        DOCUMENTS.
    lexicon : Lexicon, optional
        Of shares and rates; the built-in lexicon that the claim names by default.
    positions : DataFrame or mapping, optional
        POSITIONS, or one for each treatment of boilerplate.
    actors : Lexicon, optional
        Of documents that name the target.
    """

    def __init__(
        self,
        claim: Claim,
        documents: pd.DataFrame,
        *,
        lexicon: Lexicon | None = None,
        positions: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
        actors: Lexicon | None = None,
    ) -> None:
        if not isinstance(claim, Claim):
            raise SchemaError(f"`claim` is a {type(claim).__name__}; state one with state_claim() and pass it.")
        check(documents, "DOCUMENTS")
        ordered = documents.assign(doc_id=documents["doc_id"].astype("str"))
        self.claim = claim
        self.documents = ordered.sort_values("doc_id", kind="stable", ignore_index=True)
        check_sides(claim.first, claim.second, self.documents)
        self._span = span_of(self.documents)
        self.base = base_choices(claim)
        self.kinds = KINDS[claim.measure, claim.basis]
        self._made: dict[Any, Any] = {}
        self.texts = Texts(self.documents, target=claim.target, positions=positions, actors=actors)
        self.reading = self._read(lexicon)

    def _read(self, lexicon: Lexicon | None) -> Reading:
        claim, ids = self.claim, pd.Index(self.documents["doc_id"])
        if claim.basis == "hand":
            return Coded(ids, self.documents, str(claim.holder), str(claim.target))
        if claim.basis == "lexicon":
            return Stanced(ids, self.texts.positions_of, str(claim.holder), str(claim.target))
        lexicon = lexicon or load_lexicon(str(claim.lexicon))
        if lexicon.name != claim.lexicon:
            raise SchemaError(
                f"`lexicon` is {lexicon.name!r}, and the claim is about the lexicon {claim.lexicon!r}. Pass that one, "
                "or state another claim."
            )
        for category in self.measured():
            check_choice("category", category, sorted(lexicon.categories))
        if claim.basis == "frames":
            return Framed(ids, lexicon, self.texts.tokens_of, self.documents)
        return Matched(ids, lexicon, self.texts.tokens_of)

    def measured(self) -> tuple[str, str]:
        """Return the category or voice that is measured on each side."""
        usual = self.claim.voice if self.claim.measure == "mean_position" else self.claim.category
        first, second = (side.measured or str(usual) for side in (self.claim.first, self.claim.second))
        return first, second

    def elements(self) -> list[str]:
        """Return what can be left out, named as ``kind: name``, as far as it changes something on the sides."""
        if "elements" not in self._made:
            names = list(dict.fromkeys(name for one in self.measured() for name in self.reading.elements(one)))
            counting = {"denominator": "words"} if self.claim.basis == "matches" else {}
            settings = self.base | counting  # a match fewer is a change, whether or not another is left
            self.prepare((settings, frozenset([name])) for name in names)
            whole = self._read_sides(settings, frozenset())
            self._made["elements"] = [
                name
                for name in names
                if any(
                    (before != after).any()
                    for before, after in zip(whole, self._read_sides(settings, frozenset([name])), strict=True)
                )
            ]
        return self._made["elements"]

    def check_entries(self) -> None:
        """Raise where a category has no more than one entry, so that nothing stands without it."""
        entries = self.reading.lexicon.entries  # type: ignore[attr-defined]
        for category in set(self.measured()):
            own = entries.loc[entries["category"].eq(category), "pattern"]
            if len(own) < 2:
                raise SchemaError(
                    f"The category {category!r} has {len(own)} entry ({first_three(own)}): without it nothing is "
                    "counted, and the claim rests on it by design. Add entries to the category, or leave nothing out "
                    "(`leave_out=[]`)."
                )

    def prepare(self, asked: Iterable[tuple[Mapping[str, str], frozenset[str]]]) -> None:
        """Work out in one go what sets that are left out leave behind, for all choices that read a text alike."""
        alike: dict[tuple[str | None, ...], tuple[Mapping[str, str], list[frozenset[str]]]] = {}
        for settings, left_out in asked:
            version = tuple(settings.get(name) for name in _OF_A_TEXT)
            alike.setdefault(version, (settings, []))[1].append(left_out)
        for settings, sets in alike.values():
            for one in sorted(set(self.measured())):
                self.reading.prepare(one, settings, sets)

    def _read_sides(self, settings: Mapping[str, str], left_out: frozenset[str]) -> list[np.ndarray]:
        """Return numerators and denominators of both sides."""
        sides = zip(self.measured(), self.inside(settings), strict=True)
        return [column[inside] for one, inside in sides for column in self.reading.read(one, settings, left_out)]

    def outcome(self, settings: Mapping[str, str], left_out: frozenset[str] = frozenset()) -> Outcome:
        """Return the difference under some choices, without some entries, rules or cues: one contrast."""
        rows, side, unit, n_units = self._laid_out(settings, left_out)
        n_first, n_second = (int((rows["x"][side == place] > 0).sum()) for place in (0, 1))
        measure = measure_of(self.claim, settings)
        if not n_first or not n_second:
            nothing = np.nan
            units = len(np.unique(unit))
            return Outcome(nothing, nothing, nothing, nothing, nothing, n_first, n_second, units, measure)
        held = ["source"] if settings["outlets"] == HELD else []
        if held:  # a document without a number of its own stands on no side
            kept = rows["x"] * rows["weight"] > 0
            rows, side, unit = {name: values[kept] for name, values in rows.items()}, side[kept], unit[kept]
            if not set(rows["source"][side == 0]) & set(rows["source"][side == 1]):
                nothing = np.nan
                return Outcome(nothing, nothing, nothing, nothing, nothing, 0, 0, 0, measure)
        table = pd.DataFrame(rows)
        observed = Observed(table, measure, _INTERVALS[measure], 1000.0 if measure == "per_1000" else 1.0)
        found = estimate_difference(table, side, unit, n_units, observed, held, "both", self.claim.level)
        first, second = float(found["estimate_first"]), float(found["estimate_second"])
        lower, upper = float(found["lower"]), float(found["upper"])
        units = found["n_units_first"] + found["n_units_second"] - found["n_units_both"]
        if held:
            n_first, n_second = found["n_docs_first"], found["n_docs_second"]
        return Outcome(first, second, second - first, lower, upper, n_first, n_second, units, measure)

    def ratios(self, settings: Mapping[str, str], left_out: frozenset[str] = frozenset()) -> tuple[float, float]:
        """Return the estimates of both sides alone, outlets as they are; null where a side is empty."""
        rows, side, _, _ = self._laid_out(settings, left_out)
        y, x, weight = rows["y"], rows["x"], rows["weight"]
        below = np.bincount(side, x * weight, 2)
        if not (below > 0).all():
            return np.nan, np.nan
        scale = 1000.0 if settings.get("denominator") == "words" else 1.0
        first, second = (np.bincount(side, y * weight, 2) / below * scale).tolist()
        return first, second

    def too_few(self, settings: Mapping[str, str]) -> int | None:
        """Return how many documents a side keeps, where it had what an interval needs and keeps fewer; else null."""
        if "least" not in self._made:
            base = self.outcome(self.base)
            self._made["least"] = min(base.n_first, FEW), min(base.n_second, FEW)
        found = self.outcome(settings)
        kept = found.n_first, found.n_second
        short = [n for n, least in zip(kept, self._made["least"], strict=True) if n < least]
        return min(short) if short else None

    def differs(self, settings: Mapping[str, str]) -> bool:
        """Tell whether a number, a side or a story of any document is another than in the base."""
        base, other = self._laid_out(self.base, frozenset()), self._laid_out(settings, frozenset())
        if base[0].keys() != other[0].keys():
            return True
        pairs = [*zip(base[0].values(), other[0].values(), strict=True), *zip(base[1:3], other[1:3], strict=True)]
        return not all(np.array_equal(one, two) for one, two in pairs)

    def _laid_out(
        self, settings: Mapping[str, str], left_out: frozenset[str]
    ) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray, int]:
        """Return the documents of both sides as a contrast measures them; the side and the story of each."""
        unit, weight = self._stories(settings["copies"])
        rows = [np.flatnonzero(held) for held in self.inside(settings)]
        read = [self.reading.read(one, settings, left_out) for one in self.measured()]
        chosen = np.concatenate(rows)
        columns = {
            "y": np.concatenate([y[held] for (y, _), held in zip(read, rows, strict=True)]),
            "x": np.concatenate([x[held] for (_, x), held in zip(read, rows, strict=True)]),
            "weight": weight[chosen],
        }
        if settings["outlets"] == HELD:
            columns["source"] = self._outlets()[chosen]
        side = np.repeat([0, 1], [len(held) for held in rows])
        return columns, side, unit[chosen], int(unit.max()) + 1

    def _outlets(self) -> np.ndarray:
        """Return the outlet of each document."""
        sources = self.documents["source"]
        return sources.astype(object).where(sources.notna(), "unknown").astype("str").to_numpy()

    def weights(self, settings: Mapping[str, str]) -> np.ndarray:
        """Return what each document weighs."""
        return self._stories(settings["copies"])[1]

    def inside(self, settings: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
        """Tell which documents lie on each side, of those that are counted."""
        naming = settings.get("denominator") == "naming"
        key = "inside", settings["periods"], settings["outlets"], naming
        if key not in self._made:
            first, second = (
                side.holds(self.documents, self._span) for side in sides_of(self.claim, settings["periods"])
            )
            if settings["outlets"].startswith("without "):
                name = settings["outlets"].removeprefix("without ")
                others = self._outlets() != name
                first, second = first & others, second & others
            if naming:
                first, second = first & self.texts.naming(), second & self.texts.naming()
            self._made[key] = first, second
        return self._made[key]

    def _stories(self, copies: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the story of each document, and what the document weighs."""
        if ("stories", copies) not in self._made:
            n = len(self.documents)
            unit, weight = np.arange(n), np.ones(n)
            if copies != "keep":
                unit = self.texts.clusters()["story"].to_numpy()
            if copies == "weight":
                weight = 1 / self.texts.clusters()["n_in_cluster"].to_numpy(float)
            self._made["stories", copies] = unit, weight
        return self._made["stories", copies]

    def can_vary(self) -> dict[str, bool]:
        """Tell whether there are copies and boilerplate to treat in another way."""
        if self.claim.basis == "hand":
            return {"copies": bool((self.texts.clusters()["n_in_cluster"] > 1).any()), "boilerplate": False}
        return {
            "copies": bool((self.texts.clusters()["n_in_cluster"] > 1).any()),
            "boilerplate": bool(len(self.texts.spans())) and not self.texts.one_version,
        }

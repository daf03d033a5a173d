"""Stances: the position that a claim measures in each document, with and without some rules and cues; hand codes."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.measures.claims.readings import Settings, Values
from discourse.measures.codes import select_codes
from discourse.measures.evidence import grade_evidence
from discourse.measures.omissions import CELL, Cues

__all__ = ["SCORING", "Coded", "Stanced"]

SCORING: dict[str, dict[str, float]] = {
    "usual": {},
    "balance 0.6": {"balance": 0.6},
    "balance 1": {"balance": 1.0},
    "headline 1": {"headline_weight": 1.0},
    "headline 5": {"headline_weight": 5.0},
}
_GRADES = {"all": ("weak", "fair", "strong"), "fair": ("fair", "strong"), "strong": ("strong",)}


class Stanced:
    """The position of a holder toward a target in each document, from POSITIONS by version of the text."""

    def __init__(self, doc_ids: pd.Index, positions: Any, holder: str, target: str) -> None:
        self._ids, self._positions, self._pair = doc_ids, positions, (holder, target)
        self._cues: dict[str, tuple[Cues, np.ndarray, np.ndarray]] = {}
        self._named: dict[str, dict[str, np.ndarray]] = {}
        self._last: tuple[tuple, tuple[np.ndarray, np.ndarray]] | None = None

    def _of(self, boilerplate: str) -> tuple[Cues, np.ndarray, np.ndarray]:
        """Return cues, row of the document of each cell, and grade of each cell."""
        if boilerplate not in self._cues:
            table = self._positions(boilerplate)
            own = table["holder"].astype("str").eq(self._pair[0]) & table["target"].astype("str").eq(self._pair[1])
            if not own.any():
                there = first_three(sorted(table["holder"].dropna().astype("str").unique()))
                raise SchemaError(
                    f"No position of {self._pair[0]!r} toward {self._pair[1]!r} is found; there are positions of "
                    f"{there or 'no one'}. Claim one of these, or pass other documents."
                )
            cues = Cues(table[own])
            grades = grade_evidence(table[own]).set_index(CELL)["grade"]
            keyed = pd.MultiIndex.from_frame(cues.cells)
            self._cues[boilerplate] = (
                cues,
                self._ids.get_indexer(pd.Index(cues.cells["doc_id"])),
                grades.reindex(keyed).to_numpy(object),
            )
            named: dict[bytes, tuple[str, np.ndarray]] = {}  # of those that take the same cues out, the first
            for kind in ("rule", "class", "operator", "cue"):
                for name, rows in cues.names(kind).items():
                    named.setdefault(rows.tobytes(), (f"{kind}: {name}", rows))
            self._named[boilerplate] = dict(named.values())
        return self._cues[boilerplate]

    def elements(self, measured: str) -> list[str]:
        """Return rules, classes, operators and cues of the holder's positions."""
        self._of("drop")
        return list(self._named["drop"])

    def prepare(self, measured: str, settings: Settings, sets: Iterable[frozenset[str]]) -> None:
        """Score all cells without each set of cues in one go."""
        cues, _, _ = self._of(settings["boilerplate"])
        named = self._named[settings["boilerplate"]]
        rows = [[named[name] for name in out if name in named] for out in sets]
        cues.score([np.unique(np.concatenate(one)) for one in rows if one], SCORING[settings["scoring"]])

    def read(self, measured: str, settings: Settings, left_out: frozenset[str]) -> Values:
        """Return the position of each document that has one in the voice, with evidence of the grade asked for."""
        _, rows, grades = self._of(settings["boilerplate"])
        positions, voices = self._scored(settings["boilerplate"], settings["scoring"], left_out)
        use = ~np.isnan(positions) & np.isin(grades, _GRADES[settings["evidence"]]) & (rows >= 0)
        if settings["voice"] != "all" and measured != "all":
            use &= voices == measured
        return _spread(positions, rows, use, len(self._ids), settings)

    def _scored(self, boilerplate: str, scoring: str, left_out: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return position and voice of each cell; the last answer is kept, since both sides ask for it."""
        key = boilerplate, scoring, left_out
        if self._last is None or self._last[0] != key:
            cues, _, _ = self._of(boilerplate)
            positions, voices = (one.copy() for one in cues.whole(SCORING[scoring]))
            named = self._named[boilerplate]
            gone = [named[name] for name in left_out if name in named]
            if gone:
                found = cues.score([np.unique(np.concatenate(gone))], SCORING[scoring])[0]
                for cell, (position, voice) in found.items():
                    positions[cell], voices[cell] = position, voice
            self._last = key, (positions, voices)
        return self._last[1]


class Coded:
    """The hand code of a holder toward a target in each document that has one."""

    def __init__(self, doc_ids: pd.Index, documents: pd.DataFrame, holder: str, target: str) -> None:
        self._ids = doc_ids
        codes = select_codes(documents, holder=holder, target=target)
        codes = codes[codes["position"].notna()]
        if not len(codes):
            raise SchemaError(
                f"`documents` hold no hand code of {holder!r} toward {target!r}; it needs `position`, "
                "`position_holder` and `position_target`. Claim by the basis 'lexicon', or pass coded documents."
            )
        self._rows = doc_ids.get_indexer(pd.Index(codes["doc_id"].astype("str")))
        self._codes = codes["position"].to_numpy(float)
        given = codes["voice"].astype(object) if "voice" in codes else pd.Series("all", codes.index)
        self._voices = given.to_numpy(object)

    def elements(self, measured: str) -> list[str]:
        """Return nothing: a code stands for a whole document."""
        return []

    def prepare(self, measured: str, settings: Settings, sets: Iterable[frozenset[str]]) -> None:
        """Do nothing: nothing is left out of a code."""

    def read(self, measured: str, settings: Settings, left_out: frozenset[str]) -> Values:
        """Return the code of each document that has one in the voice."""
        use = self._rows >= 0
        if settings["voice"] != "all" and measured != "all":
            use = use & (self._voices == measured)
        return _spread(self._codes, self._rows, use, len(self._ids), settings)


def _spread(positions: np.ndarray, rows: np.ndarray, use: np.ndarray, n: int, settings: Settings) -> Values:
    y, x = np.zeros(n), np.zeros(n)
    y[rows[use]] = np.sign(positions[use]) if settings["scale"] == "signs" else positions[use]
    x[rows[use]] = 1.0
    return y, x

"""Omissions: what entries of a lexicon and cues of positions leave behind when some of them are taken out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, first_three
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.matches import locate
from discourse.reading.stance.scores import score_positions
from discourse.tables import need

__all__ = ["CELL", "Cues", "Places", "parts_of"]

CELL = ["doc_id", "holder", "target"]
_FAR = 1 << 40  # wider than any corpus has tokens: keeps categories apart on one line
_PER_CUE = ["cues", "categories", "codes", "rules"]
_TWO_WORDS = ("other party", "second reading")
_CODES = {"-2", "-1", "0", "1", "2"}


class Places:
    """All places where an entry could match, cut into stretches that overlap within a category.

    Attributes
    ----------
    first, stop, entry, category, document : ndarray
        Of each candidate: its rows of TOKENS, row of ``lexicon.entries``, code of its category and of its document.
    kept : ndarray of bool
        Whether it is a match of the whole lexicon: longest, then leftmost, then first in the lexicon.
    """

    def __init__(self, tokens: pd.DataFrame, lexicon: Lexicon) -> None:
        of_entry = lexicon.entries["category"].map({name: code for code, name in enumerate(lexicon.categories)})
        self.of_entry = of_entry.to_numpy(np.int64)
        located = locate(tokens, lexicon, overlaps="all")
        order = np.lexsort((located.entry, -located.stop, located.first, self.of_entry[located.entry]))
        self.first, self.stop = located.first[order], located.stop[order]
        self.entry = located.entry[order].astype(np.int64)
        self.category = self.of_entry[self.entry]
        self.document = tokens["doc_id"].cat.codes.to_numpy()[self.first].astype(np.int64)
        line = self.category * _FAR
        opens = np.ones(len(order), bool)
        if len(order) > 1:
            opens[1:] = (self.first + line)[1:] >= np.maximum.accumulate(self.stop + line)[:-1]
        self.bounds = np.append(np.flatnonzero(opens), len(order))
        self.kept = opens.copy()
        for begin, end in self.crowded():
            self.kept[begin:end] = False
            self.kept[self._resolve(range(begin, end))] = True
        self._known: dict[tuple[int, frozenset[int]], int] = {}

    def crowded(self) -> list[tuple[int, int]]:
        """Return the stretches with more than one candidate."""
        sizes = np.diff(self.bounds)
        several = np.flatnonzero(sizes > 1)
        return list(zip(self.bounds[several].tolist(), self.bounds[several + 1].tolist(), strict=True))

    def alone(self) -> np.ndarray:
        """Return the candidates that overlap no other."""
        return self.bounds[:-1][np.diff(self.bounds) == 1]

    def _resolve(self, candidates: Iterable[int]) -> list[int]:
        """Return the candidates that win: longest, then leftmost, then first in the lexicon."""
        ranked = sorted(candidates, key=lambda i: (self.first[i] - self.stop[i], self.first[i], self.entry[i]))
        taken: list[int] = []
        for i in ranked:
            if all(self.stop[i] <= self.first[j] or self.first[i] >= self.stop[j] for j in taken):
                taken.append(i)
        return taken

    def left_in(self, begin: int, end: int, left_out: Iterable[int]) -> int:
        """Return how many matches a stretch has without some entries."""
        gone = frozenset(left_out).intersection(self.entry[begin:end].tolist())
        if (begin, gone) not in self._known:
            rest = [i for i in range(begin, end) if self.entry[i] not in gone]
            self._known[begin, gone] = len(self._resolve(rest))
        return self._known[begin, gone]

    def changes(self) -> dict[int, dict[int, int]]:
        """Return entry -> document -> change of the number of matches when the entry is taken out."""
        changed: dict[int, dict[int, int]] = {}

        def note(entry: int, document: int, change: int) -> None:
            documents = changed.setdefault(entry, {})
            documents[document] = documents.get(document, 0) + change

        alone = self.alone()
        pairs, counts = np.unique(np.stack((self.entry[alone], self.document[alone])), axis=1, return_counts=True)
        for entry, document, n in zip(*pairs.tolist(), counts.tolist(), strict=True):
            note(entry, document, -n)
        for begin, end in self.crowded():
            before = int(self.kept[begin:end].sum())
            document = int(self.document[begin])
            for entry in set(self.entry[begin:end][self.kept[begin:end]].tolist()):
                note(entry, document, self.left_in(begin, end, [entry]) - before)
        return changed


class Cues:
    """The cues of POSITIONS one by one, and the position of each document, holder and target without some of them.

    Attributes
    ----------
    table : DataFrame
        One row per cue, with the columns of its row of POSITIONS.
    cells : DataFrame
        doc_id, holder and target, one row for each; ``cell`` gives the cell of each cue.
    """

    def __init__(self, positions: pd.DataFrame) -> None:
        need(positions, "positions", [*CELL, "sentence", "polarity", "voice", *_PER_CUE])
        every = positions[positions["categories"].fillna("") != ""].dropna(subset=CELL)
        _check_cues(every)
        every = every.astype(dict.fromkeys([*CELL, "voice"], "str"))
        cues = every.assign(**{name: every[name].astype("str").str.split("|") for name in _PER_CUE})
        self.table = cues.explode(_PER_CUE, ignore_index=True)
        self.cell = self.table.groupby(CELL, sort=True).ngroup().to_numpy(np.int64)
        self.cells = self.table[CELL].drop_duplicates().sort_values(CELL, ignore_index=True)
        self._of_cell = np.split(np.argsort(self.cell, kind="stable"), np.cumsum(np.bincount(self.cell))[:-1])
        self._known: dict[tuple, tuple[float, str]] = {}
        self._wholes: dict[tuple, tuple[np.ndarray, np.ndarray]] = {}

    def names(self, kind: str) -> dict[str, np.ndarray]:
        """Return the cues (rows of ``table``) of each rule, class or operator, or of each cue by its words."""
        rules, signed, shown = (self.table[name] for name in ("rules", "categories", "cues"))
        parted = [parts_of(rule) for rule in rules]
        every: Sequence[Iterable[str]] = {
            "rule": [{name} for name, _ in parted],
            "class": [{one.rstrip("!~?*^")} for one in signed],
            "operator": [set(operators) for _, operators in parted],
            "cue": [{one} for one in shown],
        }[kind]
        found: dict[str, list[int]] = {}
        for row, own in enumerate(every):
            for name in own:
                found.setdefault(name, []).append(row)
        return {name: np.array(rows) for name, rows in sorted(found.items())}

    def score(
        self, left_out: Sequence[np.ndarray], options: Mapping[str, Any] | None = None
    ) -> list[dict[int, tuple[float, str]]]:
        """Return, for each set of cues left out, cell -> position and voice of the cells that lose a cue.

        The position is null where none is left. All cells that are not known yet are scored in one go.
        """
        options = dict(options or {})
        chosen = tuple(sorted(options.items()))
        asked: list[dict[int, tuple]] = []
        unknown: dict[tuple, np.ndarray] = {}
        for rows in left_out:
            keys: dict[int, tuple] = {}
            for cell in np.unique(self.cell[rows]).tolist():
                rest = np.setdiff1d(self._of_cell[cell], rows)
                keys[cell] = (cell, rest.tobytes(), chosen)
                if keys[cell] not in self._known:
                    unknown[keys[cell]] = rest
            asked.append(keys)
        self._learn(unknown, options)
        return [{cell: self._known[key] for cell, key in keys.items()} for keys in asked]

    def whole(self, options: Mapping[str, Any] | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return the position of each cell, null where it has none, and its voice."""
        options = dict(options or {})
        chosen = tuple(sorted(options.items()))
        if chosen in self._wholes:
            return self._wholes[chosen]
        keys = [(cell, rows.tobytes(), chosen) for cell, rows in enumerate(self._of_cell)]
        self._learn(dict(zip(keys, self._of_cell, strict=True)) if len(self.table) else {}, options)
        found = [self._known[key] for key in keys] if len(self.table) else []
        self._wholes[chosen] = np.array([one[0] for one in found], float), np.array([one[1] for one in found], object)
        return self._wholes[chosen]

    def _learn(self, unknown: Mapping[tuple, np.ndarray], options: Mapping[str, Any]) -> None:
        """Score cells from the cues that are left in them, each as a document of its own."""
        for key in unknown:
            self._known[key] = (np.nan, "")
        filled = {str(number): (key, rows) for number, (key, rows) in enumerate(unknown.items()) if len(rows)}
        if not filled:
            return
        rows = np.concatenate([rows for _, rows in filled.values()])
        names = np.repeat(list(filled), [len(rows) for _, rows in filled.values()])
        scored = score_positions(self.table.take(rows).assign(doc_id=names), **options)
        for name, position, voice in zip(
            scored["doc_id"].astype("str"), scored["position"], scored["voice"], strict=True
        ):
            self._known[filled[name][0]] = (float(position), str(voice))


def _check_cues(rows: pd.DataFrame) -> None:
    """Raise where a row has not as many codes and rules as it has cues, or a code off the scale."""
    parts = [rows[name].astype(object).map(_split) for name in _PER_CUE]
    sizes = np.array([part.map(len) for part in parts]).reshape(len(_PER_CUE), -1)
    uneven = (sizes != sizes[1]).any(axis=0)
    where = rows["doc_id"].astype("str").to_numpy()
    if uneven.any():
        first = int(np.flatnonzero(uneven)[0])
        said = ", ".join(f"{n} in `{name}`" for name, n in zip(_PER_CUE, sizes[:, first], strict=True))
        raise SchemaError(
            f"`positions` has {int(uneven.sum())} rows whose cues do not go together: {said} (first: a row of "
            f"{where[first]!r}). Each row names, joined by '|', one class, one code and one rule for each of its cues; "
            "take the table as find_positions() made it."
        )
    strange = np.array([not _CODES.issuperset(codes) for codes in parts[2]], bool)
    if strange.any():
        shown = first_three(rows["codes"].to_numpy()[strange])
        raise SchemaError(
            f"`positions` has {int(strange.sum())} rows with `codes` off the scale; a code is one of -2, -1, 0, 1, 2. "
            f"First: {shown}, of {first_three(where[strange][:1])}. Correct the codes, or make the table anew."
        )


def _split(text: object) -> list[str]:
    return str(text).split("|") if isinstance(text, str) or not pd.isna(text) else []  # type: ignore[arg-type]


def parts_of(rule: str) -> tuple[str, list[str]]:
    """Return a rule and its operators.

    >>> parts_of("second reading negation"), parts_of("recognition considers")
    (('second reading', ['negation']), ('recognition', ['considers']))
    """
    name = next((name for name in _TWO_WORDS if rule.startswith(name)), rule.split(maxsplit=1)[0] if rule else rule)
    return name, rule.removeprefix(name).split()

"""Readings: what a claim measures in each document, with and without some entries of a lexicon."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import pandas as pd

from discourse.language.tokens import word_rows
from discourse.lexicons.loader import Lexicon
from discourse.measures.omissions import Places
from discourse.reading.frames import find_frames
from discourse.reading.frames.evidence import read_titles

__all__ = ["Framed", "Matched", "Reading"]

Settings = Mapping[str, str]
Values = tuple[np.ndarray, np.ndarray]


class Reading(Protocol):
    """What is measured in each document of an order of doc_id values."""

    def elements(self, measured: str) -> list[str]:
        """Return the names of what can be left out, as ``kind: name``."""
        ...

    def prepare(self, measured: str, settings: Settings, sets: Iterable[frozenset[str]]) -> None:
        """Work out in one go what many sets that are left out leave behind."""
        ...

    def read(self, measured: str, settings: Settings, left_out: frozenset[str]) -> Values:
        """Return numerator and denominator of each document; a denominator of 0 leaves it out."""
        ...


class Matched:
    """Matches of a lexicon, or whether there is one; tokens are asked for by normalisation and boilerplate."""

    def __init__(self, doc_ids: pd.Index, lexicon: Lexicon, tokens: Any) -> None:
        self._ids, self.lexicon, self._tokens = doc_ids, lexicon, tokens
        self._counted: dict[tuple[str, str], _Counted] = {}
        self._rows = _rows_by_pattern(lexicon)

    def _rows_of(self, category: str, left_out: Iterable[str]) -> list[int]:
        """Return the rows of the entries of a category that are named."""
        return [row for name in left_out for row in self._rows.get((category, name), [])]

    def counted(self, settings: Settings) -> "_Counted":
        """Return the matches under these choices, found once."""
        key = settings["normalisation"], settings["boilerplate"]
        if key not in self._counted:
            tokens, normalizer = self._tokens(*key)
            lexicon = self.lexicon if normalizer is None else replace(self.lexicon, normalizer=normalizer)
            self._counted[key] = _Counted(self._ids, lexicon, tokens)
        return self._counted[key]

    def elements(self, measured: str) -> list[str]:
        """Return the entries of the category that match somewhere."""
        counted = self.counted({"normalisation": "usual", "boilerplate": "drop"})
        return [f"entry: {self.lexicon.entries['pattern'].iloc[row]}" for row in counted.matching(measured)]

    def prepare(self, measured: str, settings: Settings, sets: Iterable[frozenset[str]]) -> None:
        """Do nothing: matches without entries are counted as they are asked for."""

    def read(self, measured: str, settings: Settings, left_out: frozenset[str]) -> Values:
        """Return matches over words, or documents with a match over documents."""
        counted = self.counted(settings)
        rows = self._rows_of(measured, left_out)
        matches = counted.count(measured, rows)
        if settings["denominator"] == "words":
            return matches, counted.words
        return (matches > 0).astype(float), np.ones(len(matches))

    def most_changed(self, measured: str, settings: Settings, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return how many matches of each document may go at most with an entry, and how many may come."""
        counted = self.counted(settings)
        changes = [counted.most_changed(row) for row in self._rows_of(measured, [name])]
        lost, come = (np.sum(columns, axis=0) for columns in zip(*changes, strict=True))
        return lost, come


class _Counted:
    """Matches of all entries in one version of the tokens."""

    def __init__(self, doc_ids: pd.Index, lexicon: Lexicon, tokens: pd.DataFrame) -> None:
        self.places = Places(tokens, lexicon)
        self._row = doc_ids.get_indexer(tokens["doc_id"].cat.categories.astype("str"))
        self._n = len(doc_ids)
        self._categories = {name: code for code, name in enumerate(lexicon.categories)}
        codes = tokens["doc_id"].cat.codes.to_numpy()[word_rows(tokens)]
        self.words = self._sum(codes)
        found = self.places
        self._stretches: dict[int, list[tuple[int, int, int]]] = {}
        for begin, end in found.crowded():
            kept = found.entry[begin:end][found.kept[begin:end]]
            for entry in set(kept.tolist()):
                self._stretches.setdefault(entry, []).append((begin, end, len(kept)))
        alone = found.alone()
        order = alone[np.argsort(found.entry[alone], kind="stable")]
        entries, starts = np.unique(found.entry[order], return_index=True)
        self._alone = dict(zip(entries.tolist(), np.split(found.document[order], starts[1:]), strict=True))
        self._whole: dict[str, np.ndarray] = {}

    def _sum(self, documents: np.ndarray) -> np.ndarray:
        rows = self._row[documents]
        return np.bincount(rows[rows >= 0], minlength=self._n).astype(float)

    def matching(self, category: str) -> list[int]:
        """Return the rows of the entries of a category that have a match."""
        kept = self.places.kept & (self.places.category == self._categories[category])
        return np.unique(self.places.entry[kept]).tolist()

    def count(self, category: str, left_out: Iterable[int]) -> np.ndarray:
        """Return the matches of each document without some entries; only stretches that these held are resolved."""
        if category not in self._whole:
            kept = self.places.kept & (self.places.category == self._categories[category])
            self._whole[category] = self._sum(self.places.document[kept])
        matches = self._whole[category].copy()
        gone = set(left_out)
        for entry in gone & self._alone.keys():
            matches -= self._sum(self._alone[entry])
        for begin, end, before in {one for entry in gone for one in self._stretches.get(entry, [])}:
            row = self._row[self.places.document[begin]]
            if row >= 0:
                matches[row] += self.places.left_in(begin, end, gone) - before
        return matches

    def most_changed(self, entry: int) -> tuple[np.ndarray, np.ndarray]:
        """Return how many matches of each document may go at most with an entry, and how many may come."""
        lost = self._sum(self._alone[entry]) if entry in self._alone else np.zeros(self._n)
        come = np.zeros(self._n)
        for begin, end, before in self._stretches.get(entry, []):
            row = self._row[self.places.document[begin]]
            if row >= 0:
                lost[row] += before
                come[row] += end - begin - before
        return lost, come


class Framed:
    """Whether a document uses a frame, by the rule of ``find_frames``."""

    def __init__(self, doc_ids: pd.Index, lexicon: Lexicon, tokens: Any, documents: pd.DataFrame) -> None:
        self._ids, self.lexicon, self._tokens, self._documents = doc_ids, lexicon, tokens, documents
        self._judged: dict[tuple, dict[str, float]] = {}
        self._whole: dict[tuple[str, str], pd.DataFrame] = {}
        self._naming: dict[str, dict[int, np.ndarray]] = {}
        self._rows = _rows_by_pattern(lexicon)

    def _rows_of(self, category: str, left_out: Iterable[str]) -> list[int]:
        """Return the rows of the entries of a category that are named."""
        return [row for name in left_out for row in self._rows.get((category, name), [])]

    def elements(self, measured: str) -> list[str]:
        """Return the entries of the frame that stand in some text or title."""
        naming = self._documents_of("drop")
        entries = self.lexicon.entries
        own = entries["category"].eq(measured).to_numpy()
        return [f"entry: {entries['pattern'].iloc[row]}" for row in sorted(naming) if own[row]]

    def prepare(self, measured: str, settings: Settings, sets: Iterable[frozenset[str]]) -> None:
        """Judge all documents without each set of entries in one go."""
        version = settings["boilerplate"], settings["threshold"]
        asked = {(version, row, gone) for out in sets for row, gone in self._touched(measured, settings, out).items()}
        unknown = sorted(asked - self._judged.keys(), key=lambda key: (key[1], sorted(key[2])))
        if unknown:
            self._judge(version, [(row, gone) for _, row, gone in unknown])

    def read(self, measured: str, settings: Settings, left_out: frozenset[str]) -> Values:
        """Return whether each document uses the frame; only documents that an entry stands in are judged anew."""
        version = settings["boilerplate"], settings["threshold"]
        if version not in self._whole:
            tokens, _ = self._tokens("usual", version[0])
            frames = find_frames(tokens, self._documents, lexicon=self.lexicon, threshold=float(version[1]))
            self._whole[version] = self._wide(frames)
        present = self._whole[version].reindex(self._ids)[measured].fillna(0).to_numpy(float, copy=True)
        self.prepare(measured, settings, [left_out])
        for row, gone in self._touched(measured, settings, left_out).items():
            present[row] = self._judged[version, row, gone][measured]
        return present, np.ones(len(present))

    def _touched(self, measured: str, settings: Settings, left_out: frozenset[str]) -> dict[int, frozenset[int]]:
        """Return document -> the entries left out that stand in it."""
        naming = self._documents_of(settings["boilerplate"])
        touched: dict[int, set[int]] = {}
        for entry in self._rows_of(measured, left_out):
            for row in naming.get(entry, np.empty(0, int)).tolist():
                touched.setdefault(row, set()).add(entry)
        return {row: frozenset(entries) for row, entries in touched.items()}

    def _documents_of(self, boilerplate: str) -> dict[int, np.ndarray]:
        """Return entry -> documents in whose text or title it could match."""
        if boilerplate not in self._naming:
            tokens, _ = self._tokens("usual", boilerplate)
            found: dict[int, list[np.ndarray]] = {}
            for table in (tokens, read_titles(tokens, self._documents)):
                if table is None:
                    continue
                places = Places(table, self.lexicon)
                row = self._ids.get_indexer(table["doc_id"].cat.categories.astype("str"))
                for entry in np.unique(places.entry).tolist():
                    found.setdefault(entry, []).append(row[places.document[places.entry == entry]])
            self._naming[boilerplate] = {entry: np.unique(np.concatenate(rows)) for entry, rows in found.items()}
        return self._naming[boilerplate]

    def _judge(self, version: tuple[str, str], asked: list[tuple[int, frozenset[int]]]) -> None:
        """Judge documents without entries, each as a document of its own."""
        tokens, _ = self._tokens("usual", version[0])
        rows_of = tokens.groupby(tokens["doc_id"].astype("str"), sort=False).indices
        names = [str(number) for number in range(len(asked))]
        taken = [rows_of.get(self._ids[row], np.empty(0, int)) for row, _ in asked]
        codes = np.repeat(np.arange(len(asked)), [len(rows) for rows in taken])
        copies = tokens.take(np.concatenate(taken)).reset_index(drop=True)
        copies["doc_id"] = pd.Categorical.from_codes(codes, categories=pd.Index(names))
        documents = self._documents.iloc[[row for row, _ in asked]].assign(doc_id=names)
        pattern = self.lexicon.entries["pattern"]
        left_out = {name: [pattern.iloc[e] for e in gone] for name, (_, gone) in zip(names, asked, strict=True)}
        frames = find_frames(copies, documents, lexicon=self.lexicon, threshold=float(version[1]), left_out=left_out)
        wide = self._wide(frames).reindex(names)
        for (row, gone), present in zip(asked, wide.to_numpy(), strict=True):
            self._judged[version, row, gone] = dict(zip(wide.columns, present, strict=True))

    @staticmethod
    def _wide(frames: pd.DataFrame) -> pd.DataFrame:
        wide = frames.pivot(index="doc_id", columns="category", values="present").astype(float)
        return wide.set_axis(wide.index.astype("str")).set_axis(wide.columns.astype("str"), axis=1)


def _rows_by_pattern(lexicon: Lexicon) -> dict[tuple[str, str], list[int]]:
    """Return category and name of each entry -> its rows."""
    entries = lexicon.entries
    named = enumerate(zip(entries["category"].astype("str"), entries["pattern"].astype("str"), strict=True))
    rows: dict[tuple[str, str], list[int]] = {}
    for row, (category, pattern) in named:
        rows.setdefault((category, f"entry: {pattern}"), []).append(row)
    return rows

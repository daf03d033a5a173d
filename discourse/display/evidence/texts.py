"""The texts of the page, some documents a part: whole, cut to the sentences that tell something, or left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.evidence.packing import column

__all__ = ["TEXTS", "Readings", "read_places"]

TEXTS = ("none", "sentences", "all")
_MOST_DOCUMENTS, _MOST_LETTERS = 50, 250_000  # of one part
_LISTS = ("cues", "codes", "rules", "categories")  # one value for each cue of a sentence
_CUE = re.compile(r"\s+")

Span = tuple[int, int]


class Readings:
    """What was found in each document that was read, by its place among the documents of the page."""

    def __init__(self, documents: pd.DataFrame, tables: Mapping[str, Any], texts: str) -> None:
        self.documents, self.texts = documents, texts
        ids = pd.Index(documents["doc_id"])
        self.read = sorted(ids.get_indexer(pd.Index(tables["subject"]["doc_id"].astype(str))).tolist())
        self.entries, self.matches = _matches(tables["lexicon_matches"], ids)
        self.quotations = _rows_by_place(_quotations(tables["quotations"], texts), ids)
        self.sentences = _rows_by_place(_sentences(tables["position_sentences"]), ids)
        self.borders = _borders(tables["subject_tokens"], ids) if texts == "sentences" else {}

    def parts(self) -> Iterator[tuple[list[int], list[dict[str, Any]]]]:
        """Give the documents part by part: their places, and for each its text, matches, quotations and sentences."""
        places: list[int] = []
        told: list[dict[str, Any]] = []
        letters = 0
        for place in self.read:
            one = self.document(place)
            places.append(place)
            told.append(one)
            letters += sum(len(text) for _, text in one["p"])
            if len(places) == _MOST_DOCUMENTS or letters > _MOST_LETTERS:
                yield places, told
                places, told, letters = [], [], 0
        if places:
            yield places, told

    def document(self, place: int) -> dict[str, Any]:
        """Return one document: pieces of its text with the place of their first letter, and what was found in it."""
        text = str(self.documents["text"].iloc[place])
        title = self.documents["title"].iloc[place]
        matches, quotations = self.matches.get(place, []), self.quotations.get(place, [])
        sentences = [
            [*row, _cue_spans(row[8], title if row[0] < 0 else text, row[1], row[2])]
            for row in self.sentences.get(place, [])
        ]
        told: dict[str, Any] = {"n": len(text), "m": matches, "q": quotations, "s": sentences, "p": []}
        if self.texts == "all":
            told["p"] = [[0, text]]
        elif self.texts == "sentences":
            spans = [(row[1], row[2]) for row in matches if not row[0]]
            spans += [(row[1], row[2]) for row in sentences if row[0] >= 0]
            spans += [
                pair for row in quotations for pair in ((row[0], row[1]), (row[2], row[3])) if pair[1] is not None
            ]
            told["p"] = [[first, text[first:last]] for first, last in self._pieces(place, spans)]
        return told

    def _pieces(self, place: int, spans: list[Span]) -> list[Span]:
        """Return the sentences that hold one of the spans, those that follow each other as one."""
        pieces: list[Span] = []
        starts, ends = self.borders.get(place, (np.zeros(0, int), np.zeros(0, int)))
        for first, last in sorted((first, last) for first, last in spans if last > first):
            before = int(np.searchsorted(starts, first, side="right")) - 1
            after = int(np.searchsorted(starts, last, side="left")) - 1
            whole = (min(first, int(starts[before])) if before >= 0 else first, last)
            whole = (whole[0], max(last, int(ends[after])) if after >= 0 else last)
            if pieces and whole[0] <= pieces[-1][1] + 1:
                pieces[-1] = (pieces[-1][0], max(pieces[-1][1], whole[1]))
            else:
                pieces.append(whole)
        return pieces


def read_places(readings: Readings) -> dict[str, Any]:
    """Return which documents hold each entry, rule and cue: the way from these to all their lines."""
    entries: list[list[int]] = [[] for _ in readings.entries]
    rules: dict[str, dict[int, None]] = defaultdict(dict)
    cues: dict[str, dict[int, None]] = defaultdict(dict)
    verbs: dict[str, dict[int, None]] = defaultdict(dict)
    for place in readings.read:
        for code in dict.fromkeys(row[3] for row in readings.matches.get(place, [])):
            entries[code].append(place)
        for row in readings.sentences.get(place, []):
            for rule, cue in zip(row[10], row[8], strict=False):
                rules[rule][place] = None
                cues[cue][place] = None
        for row in readings.quotations.get(place, []):
            verbs[row[5]][place] = None
    told = {name: {key: list(found) for key, found in sorted(table.items())} for name, table in
            (("rule", rules), ("cue", cues), ("quotation", verbs))}  # fmt: skip
    return {"entry": entries, **told}


def _matches(table: pd.DataFrame, ids: pd.Index) -> tuple[list[list[Any]], dict[int, list[list[Any]]]]:
    """Return the entries that match (lexicon, category, pattern, weight), and the matches of each document.

    A match is [in the title, start_char, end_char, entry, role, negated, hedged].
    """
    key = ["lexicon", "category", "pattern", "weight"]
    told = table.astype(dict.fromkeys(key[:3], "str"))
    code, known = pd.factorize(pd.MultiIndex.from_frame(told[key]), sort=True)
    entries = [[*names[:3], float(names[3])] for names in known]
    rows = pd.DataFrame(
        {
            "doc_id": told["doc_id"].astype(str),
            "title": told["place"].astype(str).eq("title").astype(int),
            "start": told["start_char"],
            "end": told["end_char"],
            "entry": code,
            "role": told["role"].astype(str).map({"match": 0, "aside": 1, "scene": 2}),
            "negated": told["negated"].astype(int),
            "hedged": told["hedged"].astype(int),
        }
    )
    return entries, _rows_by_place(rows, ids)


def _quotations(table: pd.DataFrame, texts: str) -> pd.DataFrame:
    """Return a quotation as [cue from, to, content from, to, kind, rule, actor, speaker from, to, speaker, chain]."""
    names = ["cue_start_char", "cue_end_char", "content_start_char", "content_end_char", "kind", "rule", "actor"]
    names += ["speaker_start_char", "speaker_end_char", "speaker", "chain"]
    told = table[["doc_id", *names]].copy()
    if texts == "none":
        told["speaker"] = None
    return told


def _sentences(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row as [sentence, from, to, holder, voice, polarity, negated, strength, cues, codes, rules, classes]."""
    told = table[["doc_id", "sentence", "start_char", "end_char", "holder", "voice", "polarity"]].copy()
    told["negated"] = table["negated"].astype(int)
    told["strength"] = table["strength"]
    for name in _LISTS:
        told[name] = [text.split("|") if isinstance(text, str) and text else [] for text in table[name].astype(object)]
    return told


def _rows_by_place(table: pd.DataFrame, ids: pd.Index) -> dict[int, list[list[Any]]]:
    """Return the rows of each document as lists, in the order of the table, without the document."""
    places = ids.get_indexer(pd.Index(table["doc_id"].astype(str)))
    columns = [
        list(table[name]) if name in _LISTS else column(table[name].reset_index(drop=True))
        for name in table.columns[1:]
    ]
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for place, *row in zip(places.tolist(), *columns, strict=True):
        found[place].append(row)
    return dict(found)


def _cue_spans(cues: list[str], text: Any, first: int, last: int) -> list[Span | None]:
    """Find where the cues of a sentence stand: [from, to] in the text, or in the title where the sentence is it."""
    if not isinstance(text, str):
        return [None] * len(cues)
    last = last if last > first else len(text)
    found: list[Span | None] = []
    for cue in cues:
        at = next(filter(None, (form.search(text, first, last) for form in _cue_forms(cue.strip()))), None)
        found.append(None if at is None else (at.start(), at.end()))
    return found


@cache
def _cue_forms(cue: str) -> tuple[re.Pattern[str], ...]:
    """Return how a cue may stand in a text: as whole words, else as a part of words; a few words may lie within."""
    if not cue:
        return ()
    words = r"\W{1,3}(?:\w+\W{1,3}){0,3}?".join(map(re.escape, _CUE.split(cue)))
    return re.compile(rf"(?<!\w){words}(?!\w)"), re.compile(words)


def _borders(tokens: pd.DataFrame, ids: pd.Index) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Return where the sentences of each document begin and end."""
    doc = tokens["doc_id"].cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    if not len(doc):
        return {}
    opens = np.flatnonzero(np.r_[True, (doc[1:] != doc[:-1]) | (sentence[1:] != sentence[:-1])])
    closes = np.r_[opens[1:], len(doc)] - 1
    starts, ends = tokens["start_char"].to_numpy()[opens], tokens["end_char"].to_numpy()[closes]
    places = ids.get_indexer(pd.Index(tokens["doc_id"].cat.categories.astype(str)))[doc[opens]]
    borders = np.flatnonzero(np.r_[True, places[1:] != places[:-1]])
    pairs = zip(borders, np.r_[borders[1:], len(places)], strict=True)
    return {int(places[first]): (starts[first:last], ends[first:last]) for first, last in pairs}

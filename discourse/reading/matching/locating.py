"""Where the entries of a lexicon stand, as rows of TOKENS: words, chains of words, exceptions, overlaps."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.language.morphology import find_lemmas
from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.vocabulary import Compiled, Pattern, Vocabulary, compile_lexicon

__all__ = ["Located", "locate"]

_TRANSPARENT = frozenset("«»\"“”„'‘’‹›")  # quotation marks: حركة «طالبان» is حركة طالبان


@dataclass(frozen=True)
class Located:
    """Matches as rows of TOKENS: first row, one past the last row, row of ``lexicon.entries``."""

    first: np.ndarray
    stop: np.ndarray
    entry: np.ndarray

    def __len__(self) -> int:
        return len(self.first)

    def take(self, keep: np.ndarray) -> "Located":
        """Return the matches at these places."""
        return Located(self.first[keep], self.stop[keep], self.entry[keep])


def locate(tokens: pd.DataFrame, lexicon: Lexicon, *, overlaps: str = "longest", words: str = "forms") -> Located:
    """Find the entries as rows of TOKENS, before they become MATCHES; for modules that go on from the rows.

    Returns
    -------
    Located
        Sorted by first row; rows count from 0 in the order of ``tokens``.
    """
    stream = _Stream(tokens)
    compiled = compile_lexicon(lexicon)
    lemmas = find_lemmas(tokens) if words == "lemmas" else None
    vocabulary = Vocabulary(tokens["norm"].cat.categories.tolist(), compiled, lemmas=lemmas)
    rows, entries = _single(stream, vocabulary)
    first, stop, owner = [rows], [rows + 1], [entries]
    places = _places(stream, vocabulary)
    for number, pattern in enumerate(compiled.patterns):
        if len(pattern.places) > 1:
            begins, ends = _multiword(stream, pattern, places)
            first.append(begins)
            stop.append(ends)
            owner.append(np.full(len(begins), number, np.int32))
    found = Located(*(np.concatenate(part) for part in (first, stop, owner)))
    found = _drop_excepted(found, compiled)
    categories = lexicon.entries["category"].astype("category").cat.codes.to_numpy()
    if overlaps == "longest":
        found = found.take(_longest(found, categories))
    order = np.lexsort((found.entry, found.stop, found.first))
    return found.take(order)


class _Stream:
    """TOKENS without the marks that are looked through, as word codes."""

    def __init__(self, tokens: pd.DataFrame) -> None:
        norm = tokens["norm"].cat
        opaque = ~norm.categories.isin(_TRANSPARENT)
        codes = norm.codes.to_numpy()
        self.rows = np.flatnonzero(opaque[codes])
        self.codes = codes[self.rows]
        document = tokens["doc_id"].cat.codes.to_numpy()[self.rows].astype(np.int64)
        self.sentence = (document << 32) | tokens["sentence"].to_numpy()[self.rows]


def _single(stream: _Stream, vocabulary: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and entries of one-word patterns."""
    counts, offsets, flat = vocabulary.entries_by_word()
    hits = np.flatnonzero((counts > 0)[stream.codes])
    codes = stream.codes[hits]
    n = counts[codes]
    rows = np.repeat(stream.rows[hits], n)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)
    return rows, flat[np.repeat(offsets[codes], n) + within]


def _places(stream: _Stream, vocabulary: Vocabulary) -> dict[tuple, np.ndarray]:
    """Return, for each place of the multiword patterns, where in the stream it stands, ascending."""
    wanted = vocabulary.words_by_place()
    used = np.zeros(len(vocabulary.words), bool)
    for words in wanted.values():
        used[words] = True
    hits = np.flatnonzero(used[stream.codes])
    order = np.argsort(stream.codes[hits], kind="stable")
    hits = hits[order]
    bounds = np.searchsorted(stream.codes[hits], np.arange(len(vocabulary.words) + 1))
    found: dict[tuple, np.ndarray] = {}
    for place, words in wanted.items():
        parts = [hits[bounds[word] : bounds[word + 1]] for word in words]
        parts = [part for part in parts if len(part)]
        joined = np.concatenate(parts) if parts else np.empty(0, np.int64)
        if len(parts) > 1:
            joined.sort()
        found[place] = joined
    return found


def _multiword(stream: _Stream, pattern: Pattern, places: dict[tuple, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Chain the places of one pattern from its rarer end; nearest place within the gap."""
    nothing = np.empty(0, np.int64), np.empty(0, np.int64)
    chain = [places[place] for place in pattern.places]
    if any(not len(rows) for rows in chain):
        return nothing
    reach = pattern.gap + 1
    backward = len(chain[-1]) < len(chain[0])
    if backward:
        chain = chain[::-1]
    begin = current = chain[0]
    for rows in chain[1:]:
        if backward:
            place = np.searchsorted(rows, current, side="left") - 1
            ok = place >= 0
        else:
            place = np.searchsorted(rows, current, side="right")
            ok = place < len(rows)
        following = rows[np.where(ok, place, 0)]
        ok &= np.abs(following - current) <= reach
        begin, current = begin[ok], following[ok]
        if not len(begin):
            return nothing
    ends = (current, begin) if backward else (begin, current)
    together = stream.sentence[ends[0]] == stream.sentence[ends[1]]
    return stream.rows[ends[0][together]], stream.rows[ends[1][together]] + 1


def _drop_excepted(found: Located, compiled: Compiled) -> Located:
    """Drop the matches that an exception of their entry overlaps, and the exceptions themselves."""
    owner = compiled.owner[found.entry]
    exception = compiled.is_exception[found.entry]
    plain = np.flatnonzero(~exception)
    keep = np.ones(len(plain), bool)
    if exception.any():
        veto = np.flatnonzero(exception)
        for entry in np.unique(owner[veto]):
            mine = np.flatnonzero(owner[plain] == entry)
            if not len(mine):
                continue
            against = veto[owner[veto] == entry]
            against = against[np.argsort(found.first[against], kind="stable")]
            starts, stops = found.first[against], np.maximum.accumulate(found.stop[against])
            place = np.searchsorted(starts, found.stop[plain[mine]], side="left") - 1
            keep[mine] = (place < 0) | (stops[np.maximum(place, 0)] <= found.first[plain[mine]])
    plain = plain[keep]
    return Located(found.first[plain], found.stop[plain], owner[plain].astype(np.int32))


def _longest(found: Located, categories: np.ndarray) -> np.ndarray:
    """Return the places of matches kept when the longest wins within its category."""
    group = categories[found.entry]
    order = np.lexsort((found.entry, -found.stop, found.first, group))
    first, stop, kind = found.first[order], found.stop[order], group[order]
    reach = stop.astype(np.int64)
    chain_start = np.ones(len(order), bool)
    if len(order) > 1:
        shifted = reach + kind.astype(np.int64) * (1 << 40)  # groups never overlap
        farthest = np.maximum.accumulate(shifted)
        chain_start[1:] = (first[1:] + kind[1:].astype(np.int64) * (1 << 40)) >= farthest[:-1]
    bounds = np.append(np.flatnonzero(chain_start), len(order))
    sizes = np.diff(bounds)
    keep = np.zeros(len(order), bool)
    keep[bounds[:-1][sizes == 1]] = True
    entry = found.entry[order]
    for begin, end in zip(bounds[:-1][sizes > 1].tolist(), bounds[1:][sizes > 1].tolist(), strict=True):
        _resolve(first, stop, entry, begin, end, keep)
    return order[keep]


def _resolve(first: np.ndarray, stop: np.ndarray, entry: np.ndarray, begin: int, end: int, keep: np.ndarray) -> None:
    """Keep, among matches begin..end that overlap in a chain, the longest first."""
    spans = zip(first[begin:end].tolist(), stop[begin:end].tolist(), entry[begin:end].tolist(), strict=True)
    ranked = sorted((a - b, a, number, i) for i, (a, b, number) in enumerate(spans, begin))
    taken: list[tuple[int, int]] = []
    for length, a, _, i in ranked:
        b = a - length
        if all(b <= x or a >= y for x, y in taken):
            taken.append((a, b))
            keep[i] = True

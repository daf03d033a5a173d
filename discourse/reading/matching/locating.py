"""Where the entries of a lexicon stand, as rows of TOKENS: words, chains of words, exceptions, overlaps."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.language.morphology import find_lemmas
from discourse.lexicons.loader import Lexicon
from discourse.memory import of_content
from discourse.reading.matching.compiled import Compiled, Key, Pattern, compile_lexicon
from discourse.reading.matching.doubts import Doubts, find_doubts
from discourse.reading.matching.rows import Rows, rows_by_word
from discourse.reading.matching.vocabulary import Entries, find_entries

__all__ = ["Located", "locate", "locate_rest"]

_APART = 1 << 40  # more than any table has rows: keeps the rows of one entry or category apart from the next's


@dataclass(frozen=True)
class Located:
    """Matches as rows of TOKENS: first row, one past the last row, row of ``lexicon.entries``."""

    first: np.ndarray
    stop: np.ndarray
    entry: np.ndarray

    def __len__(self) -> int:
        return len(self.first)

    def take(self, keep: np.ndarray | slice) -> "Located":
        """Return the matches at these places."""
        return Located(self.first[keep], self.stop[keep], self.entry[keep])


def locate(tokens: pd.DataFrame, lexicon: Lexicon, *, overlaps: str = "longest", words: str = "forms") -> Located:
    """Find the entries as rows of TOKENS, before they become MATCHES; for modules that go on from the rows.

    Returns
    -------
    Located
        Sorted by first row; rows count from 0 in the order of ``tokens``.
    """
    compiled = compile_lexicon(lexicon)
    lemmas = find_lemmas(tokens) if words == "lemmas" else None
    longest = overlaps == "longest"
    entries = find_entries(tokens["norm"].cat.categories, compiled, longest=longest, lemmas=lemmas)
    rows = rows_by_word(tokens)
    doubts = find_doubts(tokens, compiled) if lemmas is None else Doubts({})
    single = _certain(_single(rows, entries), rows, compiled, entries, doubts)
    numbers = _possible(rows, compiled, entries).tolist()
    chains = [_chain(rows, number, compiled.patterns[number], entries, doubts) for number in numbers]
    several = _together(tokens, _joined([chain for chain in chains if chain is not None]))
    found = _joined([single, several]) if len(several) else single
    if compiled.is_exception.any():
        found = _drop_excepted(found, compiled)
    if longest:
        found = _longest(found, compiled.category, rows.among(found.first, entries.word[entries.rival]))
    return _ordered(found)


def locate_rest(tokens: pd.DataFrame, lexicon: Lexicon, left_out: np.ndarray) -> Located:
    """Find the entries as ``locate`` does, without some of them in some documents: no word is matched anew.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    lexicon : Lexicon
        The whole lexicon.
    left_out : ndarray of int of shape (n_left_out, 2)
        Code of a document, and row of ``lexicon.entries`` that it goes without.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> from discourse.lexicons.loader import lexicon_from_patterns
    >>> tokens = tokenize(pd.DataFrame({"doc_id": ["a"], "text": ["مكافحة الإرهاب"]}))
    >>> lexicon = lexicon_from_patterns(["مكافحة الإرهاب", "إرهاب"])
    >>> locate(tokens, lexicon).entry.tolist(), locate_rest(tokens, lexicon, np.array([[0, 0]])).entry.tolist()
    ([0], [1])
    """
    every = locate(tokens, lexicon, overlaps="all")
    width = len(lexicon.entries)
    document = tokens["doc_id"].cat.codes.to_numpy(np.int64)[every.first]
    rest = every.take(~np.isin(document * width + every.entry, left_out[:, 0] * width + left_out[:, 1]))
    return _ordered(_longest(rest, compile_lexicon(lexicon).category, np.ones(len(rest), bool)))


def _joined(parts: list[Located]) -> Located:
    first, stop = (np.concatenate([np.empty(0, np.int64), *(getattr(p, n) for p in parts)]) for n in ("first", "stop"))
    return Located(first, stop, np.concatenate([np.empty(0, np.int32), *(part.entry for part in parts)]))


def _ordered(found: Located) -> Located:
    """Sort matches by first row, then by their end, then by entry."""
    first, stop, entry = found.first, found.stop, found.entry
    equal = first[1:] == first[:-1]
    later = (stop[1:] > stop[:-1]) | ((stop[1:] == stop[:-1]) & (entry[1:] >= entry[:-1]))
    if ((first[1:] > first[:-1]) | (equal & later)).all():
        return found
    return found.take(np.lexsort((entry, stop, first)))


def _single(rows: Rows, entries: Entries) -> Located:
    """Return the matches of one-word patterns, by row, those of one row by pattern."""
    found = rows.find(entries.word)
    at = np.zeros(len(rows.begin), np.int32)  # of each word of the vocabulary, its place among those of the entries
    at[entries.word] = np.arange(len(entries.word))
    word = at[rows.codes[found]]
    n, place = entries.count[word], entries.offset[word]
    if len(found) and n.max() > 1:
        found = np.repeat(found, n)
        place = np.arange(len(found)) + np.repeat(place - (np.cumsum(n) - n), n)
    return Located(found, found + 1, entries.pattern[place])


def _certain(found: Located, rows: Rows, compiled: Compiled, entries: Entries, doubts: Doubts) -> Located:
    """Drop the matches of one word at rows that are refused to their pattern."""
    if not doubts.refused or not len(found):
        return found
    keep = np.ones(len(found), bool)
    order = np.argsort(found.entry, kind="stable")
    numbers, begin = np.unique(found.entry[order], return_index=True)
    for number, mine in zip(numbers.tolist(), np.split(order, begin[1:]), strict=True):
        place = compiled.patterns[number].places[0]
        if any(key in doubts.refused for key in place):
            keep[mine] = ~np.isin(found.first[mine], doubts.of_place(place, entries.by_key, rows.codes))
    return found.take(keep)


def _possible(rows: Rows, compiled: Compiled, entries: Entries) -> np.ndarray:
    """Return the patterns of several words that have a word at every place in these rows: few of all."""
    numbers, places, place_of, begin = of_content(("several", compiled.name), lambda: _several(compiled))
    if not len(numbers):
        return numbers
    words = [entries.words[place] for place in places]
    ends = np.cumsum([0, *map(len, words)])
    n_rows = np.append(0, np.cumsum(rows.count(np.concatenate(words))))[ends]
    return numbers[np.logical_and.reduceat((np.diff(n_rows) > 0)[place_of], begin)]


def _several(compiled: Compiled) -> tuple[np.ndarray, list[tuple[Key, ...]], np.ndarray, np.ndarray]:
    """Return the patterns of several words: their numbers, all their places, and of each pattern the places in turn."""
    numbers = [number for number, pattern in enumerate(compiled.patterns) if len(pattern.places) > 1]
    place_of: dict[tuple[Key, ...], int] = {}
    each = [
        [place_of.setdefault(place, len(place_of)) for place in compiled.patterns[number].places] for number in numbers
    ]
    begin = np.cumsum([0, *map(len, each)])[:-1]
    return np.array(numbers, np.int64), list(place_of), np.array([one for own in each for one in own], np.int64), begin


def _chain(rows: Rows, number: int, pattern: Pattern, entries: Entries, doubts: Doubts) -> Located | None:
    """Chain the places of one pattern from its first word on; nearest place within the gap.

    Which end is rarer depends on the corpus and must not decide what is found: a rare last word only tells which first
    words can reach one at all.
    """
    chain, reach = [entries.words[place] for place in pattern.places], pattern.gap + 1
    begin = rows.find(chain[0])
    if rows.count(chain[-1]).sum() < rows.count(chain[0]).sum():
        begin = _within_reach(rows, begin, rows.find(chain[-1]), reach * (len(chain) - 1))
    refused = doubts.of_place(pattern.places[0], entries.by_key, rows.codes)
    begin = current = begin[~np.isin(begin, refused)] if len(refused) else begin
    for words, keys in zip(chain[1:], pattern.places[1:], strict=True):
        refused = doubts.of_place(keys, entries.by_key, rows.codes)
        place, current = _nearest(rows, words, current, reach, refused)
        begin = begin[place]
        if not len(begin):
            return None
    return Located(begin, current + 1, np.full(len(begin), number, np.int32))


def _within_reach(rows: Rows, begin: np.ndarray, last: np.ndarray, reach: int) -> np.ndarray:
    """Return those of the ascending rows ``begin`` behind which one of ``last`` stands within so many rows."""
    if len(rows.marks):  # rows that are looked through do not count
        at, ends = (found - np.searchsorted(rows.marks, found) for found in (begin, last))
    else:
        at, ends = begin, last
    following = np.searchsorted(ends, at)
    return begin[np.append(ends, np.iinfo(np.int64).max)[following] - at <= reach + 1]


def _together(tokens: pd.DataFrame, found: Located) -> Located:
    """Return the matches that stand in one sentence."""
    if not len(found):
        return found
    document, sentence = tokens["doc_id"].cat.codes.to_numpy(), tokens["sentence"].to_numpy()
    last = found.stop - 1
    return found.take((document[found.first] == document[last]) & (sentence[found.first] == sentence[last]))


def _nearest(
    rows: Rows, words: np.ndarray, current: np.ndarray, reach: int, refused: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Go from each row at most ``reach`` rows on to one of these words: which rows reach one, and where."""
    waiting, at = np.arange(len(current)), current
    places, reached = [], []
    for _ in range(reach):
        at = rows.step(at, 1)
        inside = (at >= 0) & (at < len(rows.codes))
        waiting, at = waiting[inside], at[inside]
        codes = rows.codes[at]
        here = words[np.minimum(np.searchsorted(words, codes), len(words) - 1)] == codes
        if len(refused):
            here &= ~np.isin(at, refused)
        places.append(waiting[here])
        reached.append(at[here])
        waiting, at = waiting[~here], at[~here]
    place, row = np.concatenate(places), np.concatenate(reached)
    order = np.argsort(place) if reach > 1 else slice(None)
    return place[order], row[order]


def _drop_excepted(found: Located, compiled: Compiled) -> Located:
    """Drop the matches that an exception of their entry overlaps, and the exceptions themselves."""
    exception = compiled.is_exception[found.entry]
    plain = found.take(np.flatnonzero(~exception))
    veto = found.take(np.flatnonzero(exception))
    if not len(veto):
        return plain
    apart = compiled.owner[veto.entry].astype(np.int64) * _APART  # the rows of each entry in a stretch of their own
    order = np.argsort(apart + veto.first, kind="stable")
    first = (apart + veto.first)[order]
    farthest = np.maximum.accumulate((apart + veto.stop)[order])
    asked = np.flatnonzero(np.isin(plain.entry, compiled.owner[veto.entry]))
    own = plain.entry[asked].astype(np.int64) * _APART
    place = np.searchsorted(first, own + plain.stop[asked], side="left") - 1
    dropped = (place >= 0) & (farthest[np.maximum(place, 0)] > own + plain.first[asked])
    keep = np.ones(len(plain), bool)
    keep[asked[dropped]] = False
    return plain.take(keep)


def _longest(found: Located, categories: np.ndarray, rival: np.ndarray) -> Located:
    """Keep the longest match of each category where matches overlap."""
    alone = ~_may_overlap(found, rival)
    asked = np.flatnonzero(~alone)
    if len(asked):
        alone[asked[_winners(found.take(asked), categories)]] = True
        return found.take(alone)
    return found


def _may_overlap(found: Located, rival: np.ndarray) -> np.ndarray:
    """Tell which matches may overlap another: rivals, those of several rows, and those within one of these."""
    several = found.stop - found.first > 1
    if not several.any():
        return rival
    first, stop = found.first[several], found.stop[several]
    order = np.argsort(first, kind="stable")
    first, farthest = first[order], np.maximum.accumulate(stop[order])
    place = np.searchsorted(first, found.first, side="right") - 1
    return several | rival | ((place >= 0) & (farthest[np.maximum(place, 0)] > found.first))


def _winners(found: Located, categories: np.ndarray) -> np.ndarray:
    """Return the places of matches kept when the longest wins within its category."""
    group = categories[found.entry]
    order = np.lexsort((found.entry, -found.stop, found.first, group))
    apart = group[order] * _APART
    entry = found.entry[order]
    first, stop = found.first[order] + apart, found.stop[order] + apart  # groups never overlap
    farthest = np.maximum.accumulate(stop)
    chain_start = np.ones(len(order), bool)
    chain_start[1:] = first[1:] >= farthest[:-1]
    bounds = np.append(np.flatnonzero(chain_start), len(order))
    begins, ends = bounds[:-1], bounds[1:]
    keep = np.zeros(len(order), bool)
    covers = stop[begins] == farthest[ends - 1]  # the first of the chain covers all others
    keep[begins[covers]] = True
    for begin, end in zip(begins[~covers].tolist(), ends[~covers].tolist(), strict=True):
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

"""What ``analyses`` does for one word, done for all words of a vocabulary side by side."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from discourse.language.arabic.inflection import ENCLITICS, PROCLITICS, inseparable_forms
from discourse.language.cuts import Cuts, hash_words, letter_tables, part_hashes, running_hashes, sorted_cuts

__all__ = ["cut_words"]

_BEFORE = ["", *sorted(frozenset().union(*PROCLITICS.values()) - {""})]
_AFTER = ["", *sorted(frozenset().union(*ENCLITICS.values()))]


def cut_words(words: list[str]) -> Cuts:
    """Return every way to cut each of these normal forms: what ``analyses`` yields for them, one by one.

    Examples
    --------
    >>> cuts = cut_words(["وبروسيا", "روسيا"])
    >>> host, cut = cuts.find(["روسيا"])
    >>> sorted((cuts.words[cuts.word[c]], cuts.befores[cuts.before[c]]) for c in cut)
    [('روسيا', ''), ('وبروسيا', 'وب')]
    """
    parts = []
    for places, letters, lengths in letter_tables(words):
        if lengths[-1]:
            running = running_hashes(letters)
            fronts = _fronts(letters, lengths, running)
            parts += [(hashes, places[rows], *cut) for hashes, rows, *cut in _backs(letters, lengths, running, *fronts)]
    return sorted_cuts(words, _BEFORE, _AFTER, parts)


@cache
def _known() -> np.ndarray:
    """Return the hashes of the words that begin as if with a clitic, sorted."""
    return np.sort(hash_words(sorted(inseparable_forms())))


def _fronts(letters: np.ndarray, lengths: np.ndarray, running: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every way to cut off proclitics: row of the word, where the rest begins, place of the proclitics."""
    rows = np.flatnonzero(lengths)
    found = [(rows, np.zeros_like(rows), np.zeros_like(rows))]
    rows = rows[np.isin(letters[rows, 0], _code_points({before[0] for before in _BEFORE[1:]}))]
    rows = rows[~_inseparable(running, lengths, rows, np.zeros_like(rows))]
    longest = _longest_proclitic(letters, lengths, running, rows)
    for place, before in enumerate(_BEFORE[1:], 1):
        n = len(before)
        here = (lengths[rows] > n + 1) & (longest >= n)
        for letter, point in enumerate(_code_points(before)):
            here &= letters[rows, letter] == point
        cut = rows[here]
        for begin in (n, n - 1) if before.endswith("لل") else (n,):  # ل + ال + ل is written with two lams
            found.append((cut, np.full_like(cut, begin), np.full_like(cut, place)))
    rows, begin, before = (np.concatenate(column) for column in zip(*found, strict=True))
    return rows, begin, before


def _longest_proclitic(letters: np.ndarray, lengths: np.ndarray, running: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return how many letters may come off each word at most."""
    begin = np.isin(letters[rows, 0], _code_points("وف")).astype(np.int64)
    behind_preposition = np.isin(letters[rows, begin], _code_points("بلك"))
    behind_preposition &= _inseparable(running, lengths, rows, begin + 1)
    longest = np.where(behind_preposition, begin + 1, lengths[rows])
    return np.where((begin == 1) & _inseparable(running, lengths, rows, begin), 1, longest)


def _backs(
    letters: np.ndarray,
    lengths: np.ndarray,
    running: np.ndarray,
    rows: np.ndarray,
    begin: np.ndarray,
    before: np.ndarray,
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    """Return, of every cut at the front, every cut at the back: hash of the host, row, proclitics, enclitic."""
    found = []
    for place, after in enumerate(_AFTER):
        stop = lengths[rows] - len(after)
        here = np.flatnonzero(stop - begin > 1) if after else np.arange(len(rows))
        for letter, point in enumerate(_code_points(after)):
            here = here[letters[rows[here], stop[here] + letter] == point]
        hashes = part_hashes(running, rows[here], begin[here], stop[here])
        found.append((hashes, rows[here], before[here], np.full_like(here, place)))
    return found


def _inseparable(running: np.ndarray, lengths: np.ndarray, rows: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """Tell of each row whether the word from ``begin`` on is one whose first letters belong to it."""
    stop, known = lengths[rows], _known()
    wanted = part_hashes(running, rows, np.minimum(begin, stop), stop)
    return known[np.minimum(np.searchsorted(known, wanted), len(known) - 1)] == wanted


def _code_points(letters: Iterable[str]) -> np.ndarray:
    return np.array([ord(letter) for letter in letters], np.uint32)

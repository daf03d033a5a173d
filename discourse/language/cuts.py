"""Every way to cut the words of a vocabulary, to be asked by host: which words have this host, and what around it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

__all__ = ["Cuts", "cuts_by_analyses", "hash_words", "sorted_cuts"]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MANY, _FEW, _LONG = 1 << 15, 1 << 6, 32  # words worked on side by side; fewer of those of many letters
_LEAST = 8  # letters of a row, also of shorter words


@dataclass(frozen=True)
class Cuts:
    """The cuts of a vocabulary, sorted by the hash of their host.

    Attributes
    ----------
    words : list of str
        The vocabulary; any sequence that is asked for single words and in a loop will do.
    befores, afters : list of str
        What can stand before and behind a host; the first of each is the empty string.
    hashes : array of uint64
        The hash of each host.
    word, before, after : array of int
        The places of each cut's word, and of what stands before and behind its host.
    """

    words: list[str]
    befores: list[str]
    afters: list[str]
    hashes: np.ndarray
    word: np.ndarray
    before: np.ndarray
    after: np.ndarray

    def find(self, hosts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return the cuts that leave one of these hosts: place of the host in the list, place of the cut."""
        wanted = hash_words(hosts)
        begin = np.searchsorted(self.hashes, wanted, side="left")
        n = np.searchsorted(self.hashes, wanted, side="right") - begin
        host = np.repeat(np.arange(len(hosts)), n)
        cut = np.arange(len(host)) + np.repeat(begin - (np.cumsum(n) - n), n)
        same = [
            self.words[word][: -after or None].endswith(hosts[number])
            for number, word, after in zip(host.tolist(), self.word[cut].tolist(), self._n_after(cut), strict=True)
        ]
        kept = np.array(same, bool)  # two words may share a hash
        return host[kept], cut[kept]

    def _n_after(self, cut: np.ndarray) -> list[int]:
        return np.array([len(after) for after in self.afters])[self.after[cut]].tolist()


def hash_words(words: list[str]) -> np.ndarray:
    """Return a number for each word, the same for the same word.

    Examples
    --------
    >>> one, two, three = hash_words(["موسكو", "روسيا", "موسكو"])
    >>> bool(one == three), bool(one == two)
    (True, False)
    """
    found = np.zeros(len(words), np.uint64)
    for places, letters, lengths in letter_tables(words):
        found[places] = running_hashes(letters)[np.arange(len(places)), lengths]
    return found


def letter_tables(words: list[str]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield the words some thousands at a time: their places, letters (words by letters, 0 behind the end), lengths."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    order = np.argsort(lengths, kind="stable")
    n_short = int(np.searchsorted(lengths[order], _LONG, side="right"))
    bounds = [*range(0, n_short, _MANY), *range(n_short, len(words), _FEW), len(words)]
    for begin, stop in pairwise(bounds):
        places = order[begin:stop]
        width = max(int(lengths[places[-1]]), _LEAST)
        letters = "".join([words[place] for place in places.tolist()]).encode("utf-32-le", "surrogatepass")
        table = np.zeros((len(places), width), np.uint32)
        table[np.arange(width) < lengths[places, None]] = np.frombuffer(letters, "<u4")
        yield places, table, lengths[places]


def running_hashes(letters: np.ndarray) -> np.ndarray:
    """Return the hash of the first 0, 1, 2 ... letters of each word; ``part_hashes`` cuts from them."""
    found = np.zeros((letters.shape[0], letters.shape[1] + 1), np.uint64)
    for place in range(letters.shape[1]):
        np.multiply(found[:, place], _BASE, out=found[:, place + 1])
        found[:, place + 1] += letters[:, place] + np.uint64(1)
    return found


def part_hashes(running: np.ndarray, rows: np.ndarray, begin: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Return the hash of the letters from ``begin`` to ``stop`` of each of these rows."""
    powers = np.cumprod(np.full(running.shape[1], _BASE, np.uint64))
    powers = np.concatenate((np.ones(1, np.uint64), powers))
    return running[rows, stop] - running[rows, begin] * powers[stop - begin]


def sorted_cuts(
    words: list[str], befores: list[str], afters: list[str], parts: Iterable[tuple[np.ndarray, ...]]
) -> Cuts:
    """Join parts of (hashes, word, before, after) into the cuts of a vocabulary."""
    joined = list(zip(*parts, strict=True)) or [[np.empty(0, np.uint64)], *[[np.empty(0, np.int64)]] * 3]
    hashes, word, before, after = (np.concatenate(column) for column in joined)
    order = np.argsort(hashes)
    cuts = word[order].astype(np.int32), before[order].astype(np.int16), after[order].astype(np.int16)
    return Cuts(words, befores, afters, hashes[order], *cuts)


def cuts_by_analyses(words: list[str], analyses: Callable[[str], Iterable[tuple[str, str, str]]]) -> Cuts:
    """Cut a vocabulary by a function that cuts one word; the empty word has no cuts.

    Examples
    --------
    >>> cuts = cuts_by_analyses(["undone", "done"], lambda word: [("", word, ""), (word[:2], word[2:], "")])
    >>> host, cut = cuts.find(["done"])
    >>> sorted((cuts.words[cuts.word[c]], cuts.befores[cuts.before[c]]) for c in cut)
    [('done', ''), ('undone', 'un')]
    """
    befores, afters = {"": 0}, {"": 0}
    hosts, rows = [], []
    for place, word in enumerate(words):
        for before, host, after in analyses(word) if word else ():
            hosts.append(host)
            rows.append((place, befores.setdefault(before, len(befores)), afters.setdefault(after, len(afters))))
    table = np.array(rows, np.int64).reshape(-1, 3)
    return sorted_cuts(words, list(befores), list(afters), [(hash_words(hosts), *table.T)])

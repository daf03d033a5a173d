"""A made corpus: words drawn by Zipf's law, some with clitics, with marks; the same for the same seed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

__all__ = ["make_corpus", "make_draws"]

SEED = 20151223
RARE_WORDS = 120_000
LETTERS = np.array(list("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))
PROCLITICS = ("", "و", "ال", "ب", "ل", "وال", "بال", "ف")
PROCLITIC_SHARES = (0.72, 0.09, 0.09, 0.03, 0.03, 0.02, 0.01, 0.01)
ENCLITICS = ("", "ه", "ها", "هم", "نا")
ENCLITIC_SHARES = (0.92, 0.03, 0.03, 0.01, 0.01)
MARKS = ("{}", "{}،", "{}.", "{}.\n", "{}:", "«{}»", "{} 2015")
MARK_SHARES = (0.87, 0.05, 0.04, 0.012, 0.008, 0.01, 0.01)
MARK_TOKENS = (1, 2, 2, 2, 2, 3, 2)  # how many tokens a word with its mark is
FIRST_DAY, DAYS = np.datetime64("2010-01-01"), 3652


def make_corpus(n_tokens: int, words: Sequence[str] = (), *, seed: int = SEED) -> pd.DataFrame:
    """Return about ``n_tokens`` tokens as a table of doc_id, source, date, title and text.

    Parameters
    ----------
    n_tokens : int
        Tokens, words and marks together; the last document goes beyond.
    words : sequence of str
        The most frequent words, in order; words of random letters follow them.
    seed : int
        Seeds all that is drawn.
    """
    random = np.random.default_rng(seed)
    vocabulary = [*words, *_rare_words(random)]
    lengths = _lengths(n_tokens, random)
    texts = _texts(vocabulary, lengths, random)
    n_documents = len(texts)
    return pd.DataFrame(
        {
            "doc_id": [f"made-{number:07d}" for number in range(n_documents)],
            "source": [f"outlet {letter}" for letter in random.choice(list("abcdef"), n_documents)],
            "date": (FIRST_DAY + random.integers(0, DAYS, n_documents)).astype("datetime64[D]").astype(str),
            "title": [" ".join(text.split()[:6]) for text in texts],
            "text": texts,
        }
    )


def _rare_words(random: np.random.Generator) -> list[str]:
    letters = random.choice(LETTERS, (RARE_WORDS, 7))
    sizes = random.integers(3, 8, RARE_WORDS)
    return ["".join(row[:size]) for row, size in zip(letters.tolist(), sizes.tolist(), strict=True)]


def _lengths(n_tokens: int, random: np.random.Generator) -> np.ndarray:
    """Return the words of each document: log-normal, about 320 in the middle, as news."""
    per_word = float(np.dot(MARK_SHARES, MARK_TOKENS))
    found: list[int] = []
    left = n_tokens / per_word
    while left > 0:
        size = int(np.clip(random.lognormal(5.6, 0.5), 40, 3000))
        found.append(size)
        left -= size
    return np.array(found)


def _texts(vocabulary: list[str], lengths: np.ndarray, random: np.random.Generator) -> list[str]:
    """Draw all words at once; a distinct word with its clitics and mark is written once."""
    total = int(lengths.sum())
    weights = 1 / (np.arange(len(vocabulary)) + 2.7)
    word = np.searchsorted(np.cumsum(weights / weights.sum()), random.random(total)).clip(max=len(vocabulary) - 1)
    shape = (len(vocabulary), len(PROCLITICS), len(ENCLITICS), len(MARKS))
    parts = [_drawn(shares, total, random) for shares in (PROCLITIC_SHARES, ENCLITIC_SHARES, MARK_SHARES)]
    keys, code = np.unique(np.ravel_multi_index((word, *parts), shape), return_inverse=True)
    written = [
        MARKS[mark].format(PROCLITICS[before] + vocabulary[stem] + ENCLITICS[after])
        for stem, before, after, mark in zip(*(part.tolist() for part in np.unravel_index(keys, shape)), strict=True)
    ]
    pieces = np.array(written, dtype=object)[code].tolist()
    stops = np.cumsum(lengths).tolist()
    return [" ".join(pieces[begin:stop]) for begin, stop in zip([0, *stops[:-1]], stops, strict=True)]


def _drawn(shares: Sequence[float], size: int, random: np.random.Generator) -> np.ndarray:
    return random.choice(len(shares), size, p=np.array(shares) / np.sum(shares)).astype(np.int8)


def make_draws(n_documents: int, *, seed: int = SEED, categories: int = 12, months: int = 36) -> pd.DataFrame:
    """Return documents with dates in so many months, their tokens, and hits of each category."""
    random = np.random.default_rng(seed)
    n_tokens = np.clip(random.lognormal(5.6, 0.5, n_documents), 40, 3000).astype(int)
    month = np.arange(n_documents) % months
    dates = np.datetime64("2012-01") + month
    table = pd.DataFrame(
        {
            "doc_id": [f"made-{number:07d}" for number in range(n_documents)],
            "date": [f"{date}-15" for date in dates.astype(str)],
            "n_tokens": n_tokens,
        }
    )
    for number in range(categories):
        rate = 0.001 * (number + 1) * (1 + 0.3 * np.sin(month / 6 + number))
        table[f"category{number + 1:02d}"] = random.poisson(rate * n_tokens)
    return table

"""Articles with planted copies: some words exchanged, some ends cut off, how alike they are known exactly."""

import numpy as np
import pandas as pd

__all__ = ["plant_copies"]

SEED, SHARE, LEAST = 20151223, 0.1, 0.7
EXCHANGED = (0.0, 0.005, 0.01, 0.02, 0.03)  # shares of words
CUT = (0.0, 0.0, 0.1)  # shares of the text, from its end
SHINGLE = 5


def plant_copies(
    documents: pd.DataFrame, n_documents: int, *, seed: int = SEED
) -> tuple[pd.DataFrame, list[tuple[int, int]]]:
    """Draw articles, plant copies of some among them, and list the pairs that are alike at 0.7 or more.

    Parameters
    ----------
    documents : DataFrame
        A corpus with ``doc_id`` and ``text``.
    n_documents : int
        Articles and copies together; fewer where the corpus is smaller.
    seed : int
        Seeds what is drawn.

    Returns
    -------
    DataFrame
        The articles, then the copies (doc_id begins with ``z-copy``), sorted by doc_id.
    list of (int, int)
        Rows of original and copy.
    """
    random = np.random.default_rng(seed)
    n_copies = int(min(n_documents, len(documents) / (1 - SHARE)) * SHARE)
    n_articles = min(n_documents - n_copies, len(documents))
    articles = documents.iloc[np.sort(random.choice(len(documents), n_articles, replace=False))]
    articles = articles.sort_values("doc_id", ignore_index=True)
    originals = np.sort(random.choice(n_articles, n_copies, replace=False)).tolist()
    copies = articles.iloc[originals].reset_index(drop=True)
    copies["text"] = [_edited(text, random) for text in copies["text"]]
    copies["doc_id"] = [f"z-copy-{number:06d}" for number in range(n_copies)]
    both = pd.concat([articles, copies], ignore_index=True)
    if not both["doc_id"].is_monotonic_increasing:
        raise ValueError("a doc_id of the corpus sorts behind 'z-copy'; planted rows would not be the last ones")
    texts = both["text"].tolist()
    pairs = [(row, n_articles + number) for number, row in enumerate(originals)]
    return both, [pair for pair in pairs if jaccard(texts[pair[0]], texts[pair[1]]) >= LEAST]


def _edited(text: str, random: np.random.Generator) -> str:
    """Exchange some words of a text for others of it, and cut off some of its end."""
    words = text.split(" ")
    words = words[: max(int(len(words) * (1 - random.choice(CUT))), 1)]
    places = np.flatnonzero(random.random(len(words)) < random.choice(EXCHANGED))
    for place, other in zip(places.tolist(), random.integers(0, len(words), len(places)).tolist(), strict=True):
        words[place] = words[other]
    return " ".join(words)


def jaccard(one: str, other: str) -> float:
    """Return how many runs of five words two texts share, of all that they have.

    Examples
    --------
    >>> jaccard("a b c d e f", "a b c d e g")
    0.3333333333333333
    """
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE + 1, 1))}

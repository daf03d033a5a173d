"""Generated corpora with an axis: topics, words of two ends, documents that lean to one of them."""

import numpy as np
import pandas as pd

__all__ = ["axis_corpus", "invented_words"]

_LETTERS = [
    chr(code) for code in (0x062F, 0x0631, 0x0633, 0x0634, 0x0635, 0x0636, 0x0637, 0x063A, 0x062C, 0x062D, 0x062E)
]
"""Letters that are no prefix, no ending and no vowel: an invented word is no form of another."""


def invented_words(n: int) -> list[str]:
    """Return so many words of five letters that mean nothing."""
    size = len(_LETTERS)
    return [
        "".join(_LETTERS[(number // size**place) % size] for place in range(4)) + _LETTERS[0] for number in range(n)
    ]


def axis_corpus(
    rng: np.random.Generator,
    *,
    n_documents: int,
    means: tuple[float, ...] = (0.0,),
    n_sentences: int = 12,
    n_words: int = 15,
    n_neutral: int = 1500,
    n_polar: int = 60,
    n_topics: int = 20,
    polar: float = 0.2,
    cohesion: float = 2.0,
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, list[str], list[str]]:
    """Generate TOKENS whose documents lie on an axis.

    A document has a place on the axis, normal around the mean of its period. Each of its sentences has a tone, positive
    with the logistic of the place; a fifth of its words are of the end of its tone, the others of a topic and of the
    common words. Topics hang on periods, and have nothing to do with the axis.

    Returns
    -------
    tokens : DataFrame
        TOKENS.
    place : array, shape (n_documents,)
        Place of each document.
    period : array of int, shape (n_documents,)
        Its period.
    positive, negative : list of str
        Words of the two ends.
    """
    words = np.array(invented_words(n_neutral + 2 * n_polar))
    rank = 1 / np.arange(1, n_neutral + 1)
    topics = np.stack([rank * rng.gamma(0.3, 1, n_neutral) for _ in range(n_topics)])
    topics /= topics.sum(axis=1, keepdims=True)
    ends = np.stack([rng.gamma(1.0, 1, n_polar) for _ in range(2)])
    ends /= ends.sum(axis=1, keepdims=True)
    period = np.repeat(np.arange(len(means)), -(-n_documents // len(means)))[:n_documents]
    place = np.asarray(means)[period] + rng.standard_normal(n_documents)
    leaning = rng.dirichlet(np.full(n_topics, 0.5), len(means))
    topic = np.array([rng.choice(n_topics, p=leaning[one]) for one in period])
    tone = rng.random((n_documents, n_sentences)) < 1 / (1 + np.exp(-cohesion * place[:, None]))
    is_polar = rng.random((n_documents, n_sentences, n_words)) < polar
    codes = np.empty((n_documents, n_sentences, n_words), np.int64)
    for one in range(n_topics):
        rows = topic == one
        codes[rows] = rng.choice(n_neutral, size=codes[rows].shape, p=topics[one])
    for end in (True, False):
        inside = is_polar & (tone == end)[:, :, None]
        base = n_neutral + (0 if end else n_polar)
        codes[inside] = base + rng.choice(n_polar, size=int(inside.sum()), p=ends[0 if end else 1])
    flat = codes.ravel()
    each = n_sentences * n_words
    position = np.tile(np.arange(each, dtype=np.int32), n_documents)
    category = pd.Categorical.from_codes(flat, categories=pd.Index(words))
    ids = pd.Index([f"d{number:05}" for number in range(n_documents)])
    tokens = pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(np.repeat(np.arange(n_documents), each), categories=ids),
            "position": position,
            "sentence": (position // n_words).astype(np.int32),
            "start_char": (position * 6).astype(np.int32),
            "end_char": (position * 6 + 5).astype(np.int32),
            "token": category,
            "norm": category,
        }
    )
    end_words = words[n_neutral:].tolist()
    return tokens, place, period, end_words[:n_polar], end_words[n_polar:]

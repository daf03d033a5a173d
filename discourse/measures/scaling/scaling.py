"""Words and documents on a scale between two lists of seed words, with intervals."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from discourse.lexicons.loader import Lexicon
from discourse.measures.intervals import check_level
from discourse.measures.scaling.scores import Doubt, Scores, read_scores, seed_variance, t_bounds
from discourse.measures.scaling.seeds import similarities
from discourse.tables import conform

__all__ = ["scale_documents", "scale_words"]


def scale_words(
    tokens: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    unit: str = "norm",
    k: int = 300,
    min_count: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Place the words of TOKENS between two lists of seed words: SCALED_WORDS.

    The polarity of a word is its mean cosine to the seeds of the positive end less that to the seeds of the negative
    end, in the space of the ``k`` leading right singular vectors of the sentences by words (latent semantic scaling).
    Read the first and the last fifty words before any score of a document: if they do not say what the scale should
    mean, it does not mean it.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    seeds : mapping or Lexicon
        ``{"positive": [...], "negative": [...]}``: single words in the syntax of lexicon entries, at least three of
        each end in the corpus, five to ten as a rule. Or a lexicon whose entries have a polarity: those of one word.
    unit : {"form", "norm", "lemma"}
        What a word is.
    k : int
        Dimensions.
    min_count : int
        A word stands so many times at least to be in the model.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        SCALED_WORDS, by polarity, the most positive first. The interval carries the choice of seeds and of ``k``.

    Raises
    ------
    SchemaError
        The corpus is too small, with the number of sentences that are needed; seeds are missing or at both ends.

    References
    ----------
    Watanabe, K. (2021). Latent Semantic Scaling: A Semisupervised Text Analysis Technique for New Domains and
    Languages. Communication Methods and Measures 15, 81-102. doi:10.1080/19312458.2020.1832976
    """
    check_level(level)
    scores = read_scores(tokens, seeds, unit=unit, k=k, min_count=min_count, near=None)
    embedding, found = scores.embedding, scores.seeds
    polarity = scores.similarity @ found.weights
    # in the scale of each number of dimensions: cosines shrink as these grow
    spread = polarity.std(ddof=1)
    others = []
    for dimensions in scores.dimensions[1:]:
        other = similarities(embedding, found, dimensions) @ found.weights
        others.append(other * (spread / other.std(ddof=1)))
    variance, freedom = seed_variance(scores.similarity, found.poles)
    slices = np.mean([(other - polarity) ** 2 for other in others], axis=0)
    doubt = Doubt(np.stack([variance, slices]), np.stack([freedom, np.full(len(polarity), np.inf)]))
    lower, upper = t_bounds(polarity, doubt, level)
    seed_forms = {place: name for name, forms in zip(found.names, found.forms, strict=True) for place in forms.tolist()}
    table = pd.DataFrame(
        {
            "term": embedding.names.astype("str"),
            "polarity": polarity,
            "lower": lower,
            "upper": upper,
            "n": np.asarray(embedding.terms.counts.sum(axis=0)).ravel()[embedding.kept],
            "n_docs": np.diff(embedding.terms.counts.tocsc().indptr)[embedding.kept],
            "seed": pd.Series([seed_forms.get(place) for place in range(len(polarity))], dtype="str"),
        }
    )
    placed = conform(table, "SCALED_WORDS")
    return placed.sort_values(["polarity", "term"], ascending=[False, True], kind="stable", ignore_index=True)


def scale_documents(
    tokens: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    unit: str = "norm",
    k: int = 300,
    min_count: int = 10,
    near: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Place the documents of TOKENS between two lists of seed words: SCALED_DOCUMENTS.

    The score of a document is the mean polarity of its words of the model, from the mean of all documents, in standard
    deviations. It is relative to the corpus: 0 is the middle of this corpus, no neutral point.

    Parameters
    ----------
    tokens, seeds, unit, k, min_count, level
        As in ``scale_words``.
    near : str, optional
        A pattern, as in ``kwic``: only the sentences that hold it are scored, so that the score is of what is said
        beside it. All sentences make the model.

    Returns
    -------
    DataFrame
        SCALED_DOCUMENTS, by doc_id. The interval carries seeds, ``k`` and the words of the document. A document without
        a word of the model has no score.

    Raises
    ------
    SchemaError
        As for ``scale_words``; ``near`` matches nothing.

    References
    ----------
    Watanabe (2021), as for ``scale_words``.
    """
    check_level(level)
    scores = read_scores(tokens, seeds, unit=unit, k=k, min_count=min_count, near=near)
    return conform(_documents(scores, level), "SCALED_DOCUMENTS")


def _documents(scores: Scores, level: float) -> pd.DataFrame:
    score = scores.score
    seeds, freedom = seed_variance(scores.by_seed[0], scores.seeds.poles)
    slices = np.mean([(other @ scores.seeds.weights - score) ** 2 for other in scores.by_seed[1:]], axis=0)
    words = np.where(scores.n_words > 1, scores.noise, np.nan)
    freedoms = np.stack([freedom, np.full(len(score), np.inf), np.maximum(scores.n_words - 1.0, 1.0)])
    lower, upper = t_bounds(score, Doubt(np.stack([seeds, slices, words]), freedoms), level)
    terms = scores.embedding.terms
    return pd.DataFrame(
        {
            "doc_id": terms.doc_ids.astype("str"),
            "score": score,
            "lower": lower,
            "upper": upper,
            "n_words": scores.n_words,
            "n_tokens": terms.n_tokens,
        }
    )

"""Mean scores of two sides of a corpus, and what they owe to each seed."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.change.rows import observe
from discourse.measures.change.sides import check_sides, read_side, rows_of_side, variables_of
from discourse.measures.intervals import check_level
from discourse.measures.scaling.scores import (
    Doubt,
    Scores,
    doubt_of_means,
    nowhere,
    read_scores,
    seed_variance,
    share_of,
    t_bounds,
)
from discourse.tables import conform

__all__ = ["contrast_scaled", "leave_seeds_out", "split_seeds"]

_MOST_SPLITS = 10_000
_SIDES = ("first", "second")


def contrast_scaled(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    cluster: str | None = None,
    weight: str | None = None,
    unit: str = "norm",
    k: int = 300,
    min_count: int = 10,
    near: str | None = None,
    level: float = 0.95,
    seed: int = 20151223,
) -> pd.DataFrame:
    """Compare the mean scores of two sides of a corpus: SCALED_CONTRAST, second minus first.

    Parameters
    ----------
    tokens, documents, seeds, cluster, weight, unit, k, min_count, near, level
        As in ``scale_by_period``.
    first, second : mapping
        What lies on each side, as in ``contrast``: ``{"period": ("2015", "2020")}``, ``{"source": "ahram"}``.
    seed : int
        Of the random splits of the seeds, where there are more than 10,000.

    Returns
    -------
    DataFrame
        SCALED_CONTRAST, one row. ``p_seeds`` is the share of all ways to split the seeds into two ends that move the
        difference as far as the ends that were named: whether it matters which seed stands at which end.

    Raises
    ------
    SchemaError
        As for ``scale_documents``; sides overlap or hold no document.

    References
    ----------
    Watanabe (2021), as for ``scale_words``.
    """
    check_level(level)
    scores = read_scores(tokens, seeds, unit=unit, k=k, min_count=min_count, near=near)
    groups, units, weights, words = _sides(scores, documents, first, second, cluster, weight)
    means, by_seed, doubt, by_slice = doubt_of_means(scores, groups, 2, units, weights)
    lower, upper = t_bounds(means, doubt, level)
    moved = by_seed[1] - by_seed[0]
    between = _difference(moved, by_slice[1] - by_slice[0], doubt, scores.seeds.poles)
    difference = np.array([means[1] - means[0]])
    low, high = t_bounds(difference, between, level)
    there = (groups >= 0) & (scores.n_words > 0)
    row = {
        "first": words[0],
        "second": words[1],
        "estimate_first": means[0],
        "lower_first": lower[0],
        "upper_first": upper[0],
        "estimate_second": means[1],
        "lower_second": lower[1],
        "upper_second": upper[1],
        "difference": difference[0],
        "lower": low[0],
        "upper": high[0],
        "n_docs_first": int((there & (groups == 0)).sum()),
        "n_docs_second": int((there & (groups == 1)).sum()),
        "n_units_first": len(np.unique(units[there & (groups == 0)])),
        "n_units_second": len(np.unique(units[there & (groups == 1)])),
        "n_seeds_positive": int((scores.seeds.poles > 0).sum()),
        "n_seeds_negative": int((scores.seeds.poles < 0).sum()),
        "p_seeds": split_seeds(moved, scores.seeds.poles, seed),
        "share_seeds": share_of(between, "seeds")[0],
        "share_dimensions": share_of(between, "dimensions")[0],
    }
    return conform(pd.DataFrame([row]), "SCALED_CONTRAST")


def leave_seeds_out(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    first: Mapping[str, Any] | None = None,
    second: Mapping[str, Any] | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    unit: str = "norm",
    k: int = 300,
    min_count: int = 10,
    near: str | None = None,
) -> pd.DataFrame:
    """Tell what each seed does to the scale: SEEDS_LEFT_OUT, one seed left out at a time.

    Parameters
    ----------
    tokens, documents, seeds, first, second, cluster, weight, unit, k, min_count, near
        As in ``contrast_scaled``; without sides there is no ``difference``.

    Returns
    -------
    DataFrame
        SEEDS_LEFT_OUT, in the order of the seeds: how the scores without it correlate with those of all, what the other
        seeds say of it (``polarity``: positive where its own company is that of the positive end), and the difference
        of the two sides without it. Seeds that the corpus has not are there with ``n`` 0.

    Raises
    ------
    SchemaError
        As for ``contrast_scaled``; only one of two sides is given.
    """
    if (first is None) != (second is None):
        raise SchemaError("`first` and `second` are two sides of one contrast; give both or none.")
    scores = read_scores(tokens, seeds, unit=unit, k=k, min_count=min_count, near=near)
    found, terms = scores.seeds, scores.embedding.terms
    moved = None
    if first is not None and second is not None:
        groups, units, weights, _ = _sides(scores, documents, first, second, cluster, weight)
        by_seed = doubt_of_means(scores, groups, 2, units, weights)[1]
        moved = by_seed[1] - by_seed[0]
    counted, having = np.asarray(terms.counts.sum(axis=0)).ravel(), np.diff(terms.counts.tocsc().indptr)
    there, rows = scores.n_words > 0, []
    for number, (name, pole, forms) in enumerate(zip(found.names, found.poles, found.forms, strict=True)):
        others = np.arange(len(found.names)) != number
        left = np.where(others, found.poles, 0) / np.where(
            found.poles > 0, (found.poles[others] > 0).sum(), (found.poles[others] < 0).sum()
        )
        places = scores.embedding.kept[forms]
        rows.append(
            {
                "seed": name,
                "pole": "positive" if pole > 0 else "negative",
                "n_forms": len(forms),
                "n": int(counted[places].sum()),
                "n_docs": int(np.unique(terms.counts.tocsc()[:, places].nonzero()[0]).size)
                if len(places) > 1
                else int(having[places[0]]),
                "polarity": float((scores.similarity[forms] @ left).mean()),
                "correlation": float(np.corrcoef(scores.score[there], (scores.by_seed[0] @ left)[there])[0, 1]),
                "difference": np.nan if moved is None else float(moved @ left),
            }
        )
    ends = {"n_forms": 0, "n": 0, "n_docs": 0, "polarity": np.nan, "correlation": np.nan, "difference": np.nan}
    rows += [{"seed": name, "pole": None} | ends for name in found.missing]
    return conform(pd.DataFrame(rows), "SEEDS_LEFT_OUT")


def _sides(
    scores: Scores,
    documents: pd.DataFrame,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    cluster: str | None,
    weight: str | None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[str, str]]:
    """Return the side of each document, its story and weight, and the two sides in words."""
    sides = [read_side(side, name) for side, name in zip((first, second), _SIDES, strict=True)]
    doc_ids = scores.embedding.terms.doc_ids.astype("str")
    scored = pd.DataFrame({"doc_id": doc_ids[scores.n_words > 0], "position": 0})
    rows = observe(scored, documents, variables=variables_of(sides), cluster=cluster, weight=weight).rows
    chosen = [rows_of_side(rows, side, name) for side, name in zip(sides, _SIDES, strict=True)]
    check_sides(sides[0], sides[1], rows, (chosen[0], chosen[1]))
    places = doc_ids.get_indexer(pd.Index(rows["doc_id"]))
    groups, units, weights = nowhere(len(doc_ids))
    for number, inside in enumerate(chosen):
        groups[places[inside]] = number
    units[places] = pd.factorize(rows["unit"], sort=True)[0]
    weights[places] = rows["weight"]
    return groups, units, weights, (sides[0].words, sides[1].words)


def _difference(moved: np.ndarray, by_slice: np.ndarray, doubt: Doubt, poles: np.ndarray) -> Doubt:
    """Return the doubt about a difference of two means: stories apart, seeds and dimensions as they move both."""
    stories = doubt.variances[0]
    below = float((stories**2 / doubt.freedoms[0]).sum())
    seeds, freedom = seed_variance(moved[None, :], poles)
    slices = float(((by_slice[1:] - by_slice[0]) ** 2).mean())
    variances = np.array([[stories.sum()], [seeds[0]], [slices]])
    return Doubt(variances, np.array([[stories.sum() ** 2 / below if below > 0 else np.inf], [freedom[0]], [np.inf]]))


def split_seeds(moved: np.ndarray, poles: np.ndarray, seed: int) -> float:
    """Return the share of all ways to split the seeds into ends of these sizes that move as far as the given one."""
    m, positive = len(poles), int((poles > 0).sum())
    n_ways = comb(m, positive)
    if n_ways <= _MOST_SPLITS:
        chosen = np.zeros((n_ways, m), bool)
        places = np.array(list(combinations(range(m), positive)))
        chosen[np.arange(n_ways)[:, None], places] = True
    else:
        order = np.random.default_rng(seed).random((_MOST_SPLITS - 1, m)).argsort(axis=1)
        chosen = np.concatenate([order < positive, (poles > 0)[None, :]])
    weights = np.where(chosen, 1 / positive, -1 / (m - positive))
    observed = moved[poles > 0].mean() - moved[poles < 0].mean()
    return float((np.abs(weights @ moved) >= abs(observed) * (1 - 1e-9)).mean())

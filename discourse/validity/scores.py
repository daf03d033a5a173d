"""Figures of answers held against codes: shares of right answers, of positions that both have, and alpha."""

import numpy as np
import pandas as pd

from discourse.measures.intervals import ratio_by_group
from discourse.validity.alpha import alpha_interval, krippendorff_alpha

__all__ = ["FIGURES", "alpha_of_pairs", "score_answers", "score_codes", "share_of_rows"]

FIGURES = ("figure", "n", "estimate", "lower", "upper", "method")


def score_answers(
    answers: pd.DataFrame,
    labels: pd.Series,
    *,
    weights: np.ndarray | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the figures of answers (hand, found), one of -2 to 2 and none each: one row per figure.

    Parameters
    ----------
    answers : DataFrame
        hand, found, as ``match_answers`` returns them.
    labels : Series
        The document or story of each answer: what an interval takes for one piece of evidence.
    weights : ndarray, optional
        What each answer stands for, such as 1 / probability; their scale does nothing.
    n_draws, seed, level
        As in ``score_against_codes``.

    Returns
    -------
    DataFrame
        As of ``score_against_codes``.
    """
    units = pd.factorize(labels, sort=True)[0]
    hand, found = answers["hand"].to_numpy(), answers["found"].to_numpy()
    coded, given = hand != "none", found != "none"
    both, right = coded & given, hand == found
    size = np.where(both, pd.to_numeric(answers["hand"], errors="coerce").to_numpy(np.float64), 0)
    other = np.where(both, pd.to_numeric(answers["found"], errors="coerce").to_numpy(np.float64), 0)
    every = np.ones(len(answers), bool)
    shares = {
        "six_way": (right, every),
        "holder_precision": (both, given),
        "holder_recall": (both, coded),
        "holder_f1": (2 * both, coded.astype(int) + given),
        "exact": (right & both, both),
        "within_one": (both & (np.abs(size - other) <= 1), both),
        "sign": (both & (np.sign(size) == np.sign(other)), both),
    }
    rows = [
        (name, *share_of_rows(top, bottom, units, weights=weights, level=level))
        for name, (top, bottom) in shares.items()
    ]
    pairs = np.column_stack([size, other])[both]
    own = None if weights is None else weights[both]
    told = alpha_of_pairs(pairs, "ordinal", labels[both], own, n_draws=n_draws, seed=seed, level=level)
    rows.append(("alpha_ordinal", *told))
    return pd.DataFrame(rows, columns=list(FIGURES))


def alpha_of_pairs(
    pairs: np.ndarray,
    scale: str,
    labels: pd.Series,
    weights: np.ndarray | None = None,
    *,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> tuple[int, float, float, float, str]:
    """Return n, alpha, lower, upper and method of pairs of numbers, one of the coder and one of the measure."""
    if not len(pairs):
        return 0, np.nan, np.nan, np.nan, "none"
    values = np.unique(pairs)
    counts = (pairs[:, :, None] == values).sum(axis=1)
    estimate = krippendorff_alpha(counts, values, level=scale, weights=weights)
    if np.isnan(estimate):
        return len(counts), np.nan, np.nan, np.nan, "none"
    bounds = alpha_interval(
        counts, values, scale, units=labels, weights=weights, n_draws=n_draws, seed=seed, level=level
    )
    return len(counts), estimate, *bounds, "bootstrap"


def share_of_rows(
    top: np.ndarray,
    bottom: np.ndarray,
    units: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    level: float = 0.95,
) -> tuple[int, float, float, float, str]:
    """Return n, estimate, lower, upper and method of a share: the sum of ``top`` by the sum of ``bottom``.

    Rows without a denominator are no part of n. ``units`` are the documents or stories that rows belong to, ``weights``
    what a row stands for, such as 1 / probability.

    Examples
    --------
    >>> n, estimate, lower, upper, method = share_of_rows(np.array([1, 0, 0]), np.array([1, 1, 0]), np.arange(3))
    >>> n, estimate, method
    (2, 0.5, 'beta')
    """
    rows = bottom > 0
    n = int(rows.sum())
    if not n:
        return 0, np.nan, np.nan, np.nan, "none"
    made = ratio_by_group(
        top[rows, None].astype(float), bottom[rows].astype(float), np.zeros(n, int), ["all"], kind="share",
        units=pd.factorize(np.asarray(units)[rows])[0], weights=None if weights is None else weights[rows], level=level,
    )  # fmt: skip
    estimate, lower, upper = (float(made[name][0, 0]) for name in ("estimate", "lower", "upper"))
    return n, estimate, lower, upper, str(made["method"][0, 0])


def score_codes(codes: np.ndarray, predicted: np.ndarray) -> pd.DataFrame:
    """Return exact, within-one and sign agreement and Krippendorff's ordinal alpha of two rows of codes."""
    distance = np.abs(codes - predicted)
    levels = np.unique(np.r_[codes, predicted])
    counts = (np.column_stack([codes, predicted])[:, :, None] == levels).sum(axis=1)
    figures = {
        "n": float(len(codes)),
        "exact": float((distance == 0).mean()),
        "within_one": float((distance <= 1).mean()),
        "sign": float((np.sign(codes) == np.sign(predicted)).mean()),
        "alpha_ordinal": float(krippendorff_alpha(counts, levels, level="ordinal")),
    }
    return pd.DataFrame({"name": list(figures), "value": list(figures.values())})

"""Word shift: which entries of a lexicon, cues or rules the change of a mean score between two sets comes from."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import ndtri, stdtrit

from discourse.errors import SchemaError
from discourse.measures.change.contrasts import conform_in_order
from discourse.measures.draws import check_draws, hashed_weights
from discourse.measures.intervals import FEW, check_level
from discourse.measures.lexis.shift_rows import REST, scored_rows, sided_rows

__all__ = ["word_shift"]

_AT_ONCE = 4_000_000


class _Sums(NamedTuple):
    """Weights and weighted scores: of each story and entry, in each set, shape (n_entries, n_units)."""

    weight: tuple[sparse.csr_array, sparse.csr_array]
    score: tuple[sparse.csr_array, sparse.csr_array]
    whole: np.ndarray  # entries that stand for all of a document, and are no part of the mean of the others


class _Shift(NamedTuple):
    share: tuple[np.ndarray, np.ndarray]
    score: tuple[np.ndarray, np.ndarray]
    from_share: np.ndarray
    from_score: np.ndarray


def word_shift(
    table: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    between: Sequence[Any],
    by: str | None = None,
    of: str | None = None,
    positions: pd.DataFrame | None = None,
    holder: str | None = None,
    target: str | None = None,
    reference: float | None = None,
    cluster: str | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Part the change of a mean score between two sets among its entries: MATCHES or POSITIONS become WORD_SHIFT.

    Of MATCHES the mean is that of the weights of all matches. Of POSITIONS it is the mean over documents of the mean
    code of their cues; with ``positions`` it is the mean position itself, and what the rules for documents make beyond
    the mean of the cues is one entry more, ``(rest)``.

    Parameters
    ----------
    table : DataFrame
        MATCHES of a lexicon with weights, or POSITIONS.
    documents : DataFrame
        DOCUMENTS.
    between, by
        The two sets, as in ``keyness``; of POSITIONS a voice is the value of its column ``voice``.
    of : {"pattern", "category", "cue", "rule"}, optional
        What an entry is: of MATCHES ``pattern`` (default) or ``category``, of POSITIONS ``cue`` (default) or ``rule``.
    positions : DataFrame, optional
        DOCUMENT_POSITIONS of the same holder and target.
    holder, target : str, optional
        Keep the positions of this holder, toward this target; needed where there are several.
    reference : float, optional
        The score that an entry is above or below; the mean of the first set by default.
    cluster : str, optional
        Document variable whose values are the stories, which are resampled; documents by default.
    n_draws, seed : int
        Bootstrap draws, and the seed.
    level : float
        Probability that an interval aims to cover.

    Returns
    -------
    DataFrame
        WORD_SHIFT, the largest contribution of either sign first. ``contribution`` sums to ``change``, second set
        minus first.

    Raises
    ------
    SchemaError
        The sets overlap, or one holds nothing that is scored; no document has a date where a period is asked for;
        there are several holders or targets and none is chosen; an option is out of range.

    Notes
    -----
    With p the share of an entry among all and s its mean score in a set, the contribution is (p_b - p_a) ((s_a +
    s_b) / 2 - reference), what comes from its share, plus (p_a + p_b) / 2 (s_b - s_a), what comes from its score. In a
    set that lacks the entry its score is that of the other set. Intervals are percentiles of draws in which stories
    have weights of the exponential law (the Bayesian bootstrap), so that no entry ever falls out altogether; their
    distances from the estimate are widened by Student's t and n / (n - 1), n the stories of the smaller set or, where
    these are fewer, those with the entry (Hesterberg 2015): percentiles alone are too narrow for few stories.

    References
    ----------
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap: resampling in the undergraduate statistics
    curriculum. The American Statistician 69, 371-386. doi:10.1080/00031305.2015.1089789

    Gallagher, R. J., Frank, M. R., Mitchell, L., Schwartz, A. J., Reagan, A. J., Danforth, C. M. and Dodds, P. S.
    (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise comparisons between texts.
    EPJ Data Science 10, 4. doi:10.1140/epjds/s13688-021-00260-3

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "source": ["x", "y"]})
    >>> matches = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "pattern": ["good", "bad", "good", "good"],
    ...                         "weight": [2.0, -1.0, 2.0, 2.0]})
    >>> found = word_shift(matches, documents, between=("x", "y"), by="source")
    >>> found[["entry", "mean_a", "mean_b", "contribution"]].values.tolist()
    [['bad', 0.5, 2.0, 0.75], ['good', 0.5, 2.0, 0.75]]
    """
    check_draws(n_draws, seed)
    check_level(level)
    if reference is not None and (isinstance(reference, bool) or not np.isfinite(reference)):
        raise SchemaError(f"`reference` is {reference!r}; it must be a number, such as 0, or be left out.")
    rows, sides = sided_rows(scored_rows(table, of, positions, holder, target), documents, between, by, cluster)
    entry, entries = pd.factorize(rows["entry"], sort=True)
    unit, units = pd.factorize(rows["unit"], sort=True)
    sums = _sums(rows, entry, unit, (len(entries), len(units)), np.asarray(entries == REST))
    ones = np.ones((len(units), 1))
    means = _means(sums, ones)
    found = _shift(*_added(sums, slice(None), ones), sums.whole, means, reference)
    alone = [rows.loc[rows["side"].eq(side), "unit"].nunique() for side in (0, 1)]
    contribution = (found.from_share + found.from_score)[:, 0]
    out: dict[str, Any] = {"entry": np.asarray(entries, dtype=object), "contribution": contribution}
    of_entry = rows.loc[rows["entry"].ne(REST)]
    for side, name in enumerate("ab"):
        own = rows["side"].eq(side).to_numpy()
        out |= {
            name: sides[side].words,
            f"n_{name}": np.bincount(entry[own], minlength=len(entries)),
            f"n_scored_{name}": int(of_entry["side"].eq(side).sum()),
            f"n_docs_{name}": rows.loc[own, "doc_id"].nunique(),
            f"share_{name}": found.share[side][:, 0],
            f"score_{name}": found.score[side][:, 0],
            f"mean_{name}": means[side][0],
        }
    out |= {"from_share": found.from_share[:, 0], "from_score": found.from_score[:, 0]}
    out |= {"change": means[1][0] - means[0][0], "n_units": len(units), "cluster": cluster}
    bounds = _drawn(sums, units, reference, n_draws, seed, level, known=min(alone) > 1)
    out |= {"few": min(alone) < FEW} | _widened(bounds, contribution, out["change"], _stories(sums), min(alone), level)
    made = pd.DataFrame(out)
    made = made.assign(size=-made["contribution"].abs().round(12)).sort_values(["size", "entry"], kind="stable")
    return conform_in_order(made.drop(columns="size").reset_index(drop=True), "WORD_SHIFT")


def _sums(rows: pd.DataFrame, entry: np.ndarray, unit: np.ndarray, shape: tuple[int, int], whole: np.ndarray) -> _Sums:
    weight, score = rows["weight"].to_numpy(), (rows["weight"] * rows["score"]).to_numpy()
    side = rows["side"].to_numpy()
    pairs = [
        tuple(
            sparse.csr_array(
                sparse.coo_array((values[side == place], (entry[side == place], unit[side == place])), shape)
            )
            for place in (0, 1)
        )
        for values in (weight, score)
    ]
    return _Sums((pairs[0][0], pairs[0][1]), (pairs[1][0], pairs[1][1]), whole)


def _means(sums: _Sums, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean score of each set in each draw."""
    found = []
    for side in (0, 1):
        part, whole = ~sums.whole, sums.whole
        weight, score = sums.weight[side], sums.score[side]
        mean = (score[part].sum(axis=0) @ weights) / (weight[part].sum(axis=0) @ weights)
        if whole.any():
            mean = mean + (score[whole].sum(axis=0) @ weights) / (weight[whole].sum(axis=0) @ weights)
        found.append(mean)
    return found[0], found[1]


def _added(
    sums: _Sums, chosen: slice, weights: np.ndarray
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the shares and scores of some entries in both sets and each draw, and which of both sets have them."""
    shares, scores, known = [], [], []
    for side in (0, 1):
        all_of = sums.weight[side][~sums.whole].sum(axis=0) @ weights
        weight, score = (values[side][chosen] @ weights for values in (sums.weight, sums.score))
        there = weight > 0
        shares.append(np.where(sums.whole[chosen, None], 1.0 * there, weight / all_of))
        scores.append(np.divide(score, weight, out=np.zeros_like(weight), where=there))
        known.append(there)
    return (shares[0], shares[1]), (scores[0], scores[1]), (known[0], known[1])


def _shift(
    share: tuple[np.ndarray, np.ndarray],
    score: tuple[np.ndarray, np.ndarray],
    known: tuple[np.ndarray, np.ndarray],
    whole: np.ndarray,
    means: tuple[np.ndarray, np.ndarray],
    reference: float | None,
) -> _Shift:
    first, second = np.where(known[0], score[0], score[1]), np.where(known[1], score[1], score[0])
    apart = np.broadcast_to(means[0] if reference is None else reference, first.shape)
    from_share = np.where(whole[:, None], 0.0, (share[1] - share[0]) * ((first + second) / 2 - apart))
    return _Shift(share, (first, second), from_share, (share[0] + share[1]) / 2 * (second - first))


def _stories(sums: _Sums) -> np.ndarray:
    """Return how many stories have each entry, in either set."""
    held = sparse.csr_array(sums.weight[0] + sums.weight[1])
    held.eliminate_zeros()
    return np.diff(held.indptr)


def _widened(
    bounds: dict[str, Any], contribution: np.ndarray, change: float, n_stories: np.ndarray, fewest: int, level: float
) -> dict[str, Any]:
    """Widen percentiles about the estimate, as few stories ask."""

    def factor(n: np.ndarray) -> np.ndarray:
        n = np.maximum(n, 2).astype(float)
        return stdtrit(n - 1, (1 + level) / 2) / ndtri((1 + level) / 2) * np.sqrt(n / (n - 1))

    of_entry, of_change = factor(np.minimum(n_stories, fewest)), float(factor(np.array([fewest]))[0])
    return {
        "lower": contribution - (contribution - bounds["lower"]) * of_entry,
        "upper": contribution + (bounds["upper"] - contribution) * of_entry,
        "change_lower": change - (change - bounds["change_lower"]) * of_change,
        "change_upper": change + (bounds["change_upper"] - change) * of_change,
    }


def _drawn(
    sums: _Sums, units: pd.Index, reference: float | None, n_draws: int, seed: int, level: float, *, known: bool
) -> dict[str, Any]:
    n_entries = len(sums.whole)
    names = ("lower", "upper", "change_lower", "change_upper")
    if not known:
        return dict.fromkeys(names, np.nan)
    tails = [(1 - level) / 2, (1 + level) / 2]
    weights = hashed_weights(units, n_draws=n_draws, seed=seed).astype(float)
    means = _means(sums, weights)
    low, high = np.empty(n_entries), np.empty(n_entries)
    step = max(1, _AT_ONCE // n_draws)
    for start in range(0, n_entries, step):
        chosen = slice(start, start + step)
        drawn = _shift(*_added(sums, chosen, weights), sums.whole[chosen], means, reference)
        low[chosen], high[chosen] = np.quantile(drawn.from_share + drawn.from_score, tails, axis=1)
    ends = np.quantile(means[1] - means[0], tails)
    return dict(zip(names, (low, high, float(ends[0]), float(ends[1])), strict=True))

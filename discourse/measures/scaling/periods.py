"""Mean scores of periods, with intervals for stories, seeds and dimensions."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.lexicons.loader import Lexicon
from discourse.measures.intervals import FEW, check_level
from discourse.measures.periods import cluster_units, grid, place, read_weights
from discourse.measures.scaling.scores import doubt_of_means, nowhere, read_scores, share_of, t_bounds
from discourse.tables import conform

__all__ = ["scale_by_period"]


def scale_by_period(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    seeds: Mapping[str, Iterable[str]] | Lexicon,
    *,
    freq: str = "YS",
    by: str | Sequence[str] | None = None,
    cluster: str | None = None,
    weight: str | None = None,
    unit: str = "norm",
    k: int = 300,
    min_count: int = 10,
    near: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Turn the scores of documents into SCALED_PERIODS: their means, with intervals for stories, seeds and dimensions.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    documents : DataFrame
        DOCUMENTS.
    seeds, unit, k, min_count, near, level
        As in ``scale_documents``.
    freq, by, cluster, weight
        As in ``count_by_period``.

    Returns
    -------
    DataFrame
        SCALED_PERIODS, dense: ``estimate`` is the mean score of the documents with one, in standard deviations of the
        scores of all documents. ``share_seeds`` says what part of its variance the choice of seeds gives.

    Raises
    ------
    SchemaError
        As for ``scale_documents``; no document has a date.

    Notes
    -----
    Three variances are added: between stories (CR2, as in ``position_by_period``); between seeds, s^2 / m at each end,
    since the seeds are some of the words that could stand for it; and between numbers of dimensions (k and a third,
    half, two thirds and five sixths of it). The interval is by t with Welch and Satterthwaite's degrees of freedom.
    The space itself is taken as given. See docs/method-scaling.md.

    References
    ----------
    Watanabe (2021), as for ``scale_words``.

    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components. Biometrics Bulletin 2,
    110-114. doi:10.2307/3002019
    """
    check_level(level)
    names = [by] if isinstance(by, str) else list(by or [])
    placed = place(documents, freq, [*names, *filter(None, (cluster, weight))])
    if not len(placed):
        raise SchemaError("`documents` has no date as fine as the periods. Give dates, or longer periods.")
    scores = read_scores(tokens, seeds, unit=unit, k=k, min_count=min_count, near=near)
    cells, cell = grid(placed, freq, names)
    doc_ids = scores.embedding.terms.doc_ids.astype("str")
    places = doc_ids.get_indexer(pd.Index(placed["doc_id"]))
    cut = places >= 0  # documents that TOKENS has no row of are counted, and have no score
    groups, units, weights = nowhere(len(doc_ids))
    groups[places[cut]] = cell[cut]
    units[places[cut]] = (np.arange(len(placed)) if cluster is None else cluster_units(placed[cluster]))[cut]
    weights[places[cut]] = read_weights(placed, weight)[cut]
    estimates, _, doubt, _ = doubt_of_means(scores, groups, len(cells), units, weights)
    lower, upper = t_bounds(estimates, doubt, level)
    there = (groups >= 0) & (scores.n_words > 0)
    n_units = pd.DataFrame({"cell": groups[there], "unit": units[there]}).drop_duplicates()["cell"]
    table = cells.assign(
        n_docs=np.bincount(cell, minlength=len(cells)),
        n_docs_with=np.bincount(groups[there], minlength=len(cells)),
        n_units=np.bincount(n_units, minlength=len(cells)),
        estimate=estimates,
        lower=lower,
        upper=upper,
        share_seeds=share_of(doubt, "seeds"),
        share_dimensions=share_of(doubt, "dimensions"),
        few=np.bincount(n_units, minlength=len(cells)) < FEW,
    )
    return conform(table, "SCALED_PERIODS")

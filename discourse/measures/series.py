"""Series: what a corpus holds in each period, with an interval around every estimate."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.intervals import ratio_by_group
from discourse.measures.layout import codes_of, lay_out, spread, sum_by_cell
from discourse.measures.periods import cluster_units, grid, grid_keys, place
from discourse.tables import need

__all__ = ["count_by_period", "position_by_period"]

_UNKNOWN = "unknown"


def count_by_period(
    counts: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    freq: str = "MS",
    by: str | Sequence[str] | None = None,
    measure: str = "per_1000",
    n_draws: int = 1000,
    seed: int = 20151223,
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Turn COUNTS and DOCUMENTS into SERIES: one row per period, category and value of ``by``.

    ``per_1000`` is all matches of the period over all its word tokens, times 1,000 (long documents weigh more);
    ``share`` is the share of its documents with at least one match, or, where ``counts`` has a column ``present``
    (as FRAMES has), the share of documents where it is 1. Every period between the first and the last has its rows:
    a period without documents has ``n_docs`` 0 and a null estimate, never 0.

    Parameters
    ----------
    counts : DataFrame
        COUNTS, or FRAMES for shares; dense over the documents.
    documents : DataFrame
        DOCUMENTS. Those that ``find_periods`` cannot place are left out.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    by : str or list of str, optional
        Document variables; a null value becomes ``unknown``.
    measure : {"per_1000", "share"}
        What is estimated.
    n_draws, seed : int
        Bootstrap samples, and the seed. The draws of a period depend on the seed, the period and the values of
        ``by`` alone; the order of documents and further categories change nothing.
    cluster : str, optional
        Document variable: resample its values (for instance clusters of wire copy) instead of documents.
    weight : str, optional
        Document variable that weights each document in estimate and interval (``n_`` columns stay plain counts).
    level : float
        Probability that the interval aims to cover.

    Returns
    -------
    DataFrame
        SERIES, sorted by period, category and ``by``; to the right ``n_units`` (what was resampled), ``method``
        (bootstrap; wilson or poisson where the bootstrap collapses; none without an estimate) and ``few`` (true below
        5 units: read such a point with care).

    Raises
    ------
    SchemaError
        Columns are missing, ids do not fit together, or an option is unknown.

    Notes
    -----
    Percentile bootstrap over the documents of a period. Where no document, every document, or a single document holds
    the category, resampling gives a point; the Wilson interval (shares) or the exact Poisson interval (rates) stands
    in. See docs/method-series.md.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22, 209-212. doi:10.1080/01621459.1927.10502953

    Examples
    --------
    «أعلنت موسكو دعم الحوار» has four words and one match of diplomacy.

    >>> documents = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2015-12-23"])})
    >>> counts = pd.DataFrame({"doc_id": ["a"], "category": ["diplomacy"], "n_matches": [1], "n_tokens": [4],
    ...                        "n_sentences": [1]})
    >>> series = count_by_period(counts, documents)
    >>> series[["n_docs", "n_matches", "n_tokens", "estimate"]].values.tolist()
    [[1.0, 1.0, 4.0, 250.0]]
    """
    check_choice("measure", measure, ["per_1000", "share"])
    names = [by] if isinstance(by, str) else list(by or [])
    wanted = ["doc_id", "category", "n_matches"] + (["n_tokens"] if measure == "per_1000" else [])
    need(counts, "counts", wanted)
    placed = place(documents, freq, names + [name for name in (cluster, weight) if name])
    _check_ids(counts, documents)
    categories, doc_codes, category_codes = codes_of(counts, placed)
    matches = spread(counts["n_matches"], doc_codes, category_codes, placed, categories)
    present = counts["present"] if "present" in counts else counts["n_matches"].gt(0)
    having = spread(present, doc_codes, category_codes, placed, categories)
    tokens = np.zeros(len(placed))
    if "n_tokens" in counts:
        kept = doc_codes >= 0
        tokens[doc_codes[kept]] = counts["n_tokens"].to_numpy()[kept]
    weights = placed[weight].to_numpy(dtype=float) if weight else np.ones(len(placed))
    cells, groups = grid(placed, freq, names)
    rate = measure == "per_1000"
    estimates = ratio_by_group(
        (matches if rate else having) * weights[:, None],
        (tokens if rate else np.ones(len(placed))) * weights,
        groups,
        grid_keys(cells),
        kind="rate" if rate else "share",
        units=None if cluster is None else cluster_units(placed[cluster]),
        n_draws=n_draws,
        seed=seed,
        level=level,
    )
    sums = {
        "n_docs": np.bincount(groups, minlength=len(cells)),
        "n_docs_with": sum_by_cell(having, groups, len(cells)),
        "n_matches": sum_by_cell(matches, groups, len(cells)),
        "n_tokens": np.bincount(groups, tokens, minlength=len(cells)),
    }
    return lay_out(cells, categories, sums, estimates, measure, names, scale=1000.0 if rate else 1.0)


def position_by_period(
    positions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    freq: str = "YS",
    holder: str | None = None,
    target: str | None = None,
    by: str | Sequence[str] | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    cluster: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Turn positions of documents into SERIES of mean positions, one category per voice.

    The mean is over the documents of a period that convey a position in that voice; documents without a position are
    in ``n_docs`` but not in the mean. Codes are ordinal: read the mean as a direction, not as a distance.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS, or hand codes: ``doc_id``, ``position`` (-2 to 2, null without one) and ``voice`` (``all``
        where absent); ``holder`` and ``target`` where these are to be chosen.
    documents : DataFrame
        DOCUMENTS.
    freq : {"MS", "QS", "YS"}
        Months, quarters or years.
    holder, target : str, optional
        Keep the positions of this holder, toward this target.
    by, n_draws, seed, cluster, level
        As in ``count_by_period``.

    Returns
    -------
    DataFrame
        SERIES with ``measure`` = ``mean_position`` and the voice as category. ``n_docs_with`` and ``n_matches`` count
        the documents behind the mean, ``n_tokens`` is 0 (no token enters a mean of positions).

    Raises
    ------
    SchemaError
        Columns are missing, a document repeats within a voice, a position lies off the scale, or ids do not fit.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-23", "2015-12-30"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "position": [1, 2], "voice": ["russia", "russia"]})
    >>> position_by_period(codes, documents)[["n_docs_with", "estimate"]].values.tolist()
    [[2.0, 1.5]]
    """
    need(positions, "positions", ["doc_id", "position"])
    chosen = positions
    for name, value in (("holder", holder), ("target", target)):
        if value is not None:
            need(positions, "positions", [name])
            chosen = chosen.loc[chosen[name].eq(value)]
    chosen = chosen.loc[chosen["position"].notna()]
    voices = chosen["voice"].astype(object).fillna(_UNKNOWN) if "voice" in chosen else pd.Series("all", chosen.index)
    chosen = pd.DataFrame({"doc_id": chosen["doc_id"].astype(str), "category": voices, "position": chosen["position"]})
    _check_positions(chosen)
    names = [by] if isinstance(by, str) else list(by or [])
    placed = place(documents, freq, names + ([cluster] if cluster else []))
    _check_ids(chosen, documents, dense=False)
    categories, doc_codes, category_codes = codes_of(chosen, placed)
    values = spread(chosen["position"], doc_codes, category_codes, placed, categories)
    having = spread(pd.Series(1, chosen.index), doc_codes, category_codes, placed, categories)
    cells, groups = grid(placed, freq, names)
    shape = (len(cells), len(categories))
    estimates: dict[str, np.ndarray] = {name: np.full(shape, np.nan) for name in ("estimate", "lower", "upper")}
    estimates |= {"method": np.full(shape, "none", dtype=object), "n_units": np.zeros(shape, dtype=np.int64)}
    for column in range(len(categories)):
        rows = having[:, column] > 0
        found = ratio_by_group(
            values[rows][:, [column]],
            np.ones(int(rows.sum())),
            groups[rows],
            [f"{key}|{categories[column]}" for key in grid_keys(cells)],
            kind="mean",
            units=None if cluster is None else cluster_units(placed[cluster])[rows],
            n_draws=n_draws,
            seed=seed,
            level=level,
        )
        for name in ("estimate", "lower", "upper", "method"):
            estimates[name][:, column] = found[name][:, 0]
        estimates["n_units"][:, column] = found["n_units"]
    with_position = sum_by_cell(having, groups, len(cells))
    sums = {
        "n_docs": np.bincount(groups, minlength=len(cells)),
        "n_docs_with": with_position,
        "n_matches": with_position,
        "n_tokens": np.zeros(len(cells)),
    }
    return lay_out(cells, categories, sums, estimates, "mean_position", names, scale=1.0)


def _check_ids(counts: pd.DataFrame, documents: pd.DataFrame, *, dense: bool = True) -> None:
    counted = set(counts["doc_id"].drop_duplicates().astype("str").tolist())
    known = set(documents["doc_id"].astype("str").tolist())
    strange, absent = sorted(counted - known), sorted(known - counted)
    if strange:
        raise SchemaError(
            f"`documents` lacks {len(strange)} of the doc_id values that were counted. First: {first_three(strange)}. "
            "Pass the documents that were counted."
        )
    if dense and absent:
        raise SchemaError(
            f"`counts` lacks {len(absent)} of the doc_id values of `documents`. First: {first_three(absent)}. "
            "Count all documents, or pass only those that were counted."
        )


def _check_positions(chosen: pd.DataFrame) -> None:
    repeated = chosen.duplicated(["doc_id", "category"])
    if repeated.any():
        raise SchemaError(
            f"`positions` has {int(repeated.sum())} documents with several positions in one voice. First: "
            f"{first_three(chosen.loc[repeated, 'doc_id'])}. Choose one holder and one target by `holder` and `target`."
        )
    off = ~chosen["position"].between(-2, 2)
    if off.any():
        raise SchemaError(
            f"`positions` has {int(off.sum())} positions off the scale; they must lie between -2 and 2. First: "
            f"{first_three(chosen.loc[off, 'position'])}. See the codebook for the codes."
        )

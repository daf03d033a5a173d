"""Series: what a corpus holds in each period, with an interval around every estimate."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.measures.bands import band_by_group
from discourse.measures.checked import check_counts, check_pairs, choose_rows, read_positions
from discourse.measures.draws import check_draws, hash_names, name_units
from discourse.measures.intervals import ratio_by_group
from discourse.measures.layout import codes_of, lay_out, spread, sum_by_cell
from discourse.measures.periods import cluster_units, grid, grid_keys, line_of_cells, place, read_weights
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
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
    bands: bool = False,
    n_draws: int = 1000,
    seed: int = 20151223,
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
    cluster : str, optional
        Document variable whose values are the units (clusters of wire copy, outlets, weeks) in place of documents. A
        document with none, or an empty one, is a unit of its own.
    weight : str, optional
        Document variable that weights each document in estimate and interval (``n_`` columns stay plain counts). The
        scale of the weights changes nothing; a document of weight 0 is no unit.
    level : float
        Probability that an interval, or a band, aims to cover.
    bands : bool
        Add ``band_lower`` and ``band_upper``: bounds that aim to cover all periods of a line at once.
    n_draws, seed : int
        Draws behind the bands, and their seed; intervals have none. A draw hangs on the name of a unit alone.

    Returns
    -------
    DataFrame
        SERIES, sorted by period, category and ``by``; to the right ``n_units`` (units with a denominator), ``method``
        (of the interval: beta for shares, negbin for rates, none without an estimate), ``few`` (below 5 units:
        intervals are there, but their coverage is not what ``level`` says) and the bands.

    Raises
    ------
    SchemaError
        Columns are missing, ids do not fit together, a document lacks a category or has it twice, a count is no number
        of 0 or more, weights are null, negative or all 0, or an option is unknown.

    Notes
    -----
    One method for any number of units; which, and how often it covers: docs/method-uncertainty.md. Intervals of a
    period hang on its documents alone: their order, other periods and other categories change nothing.

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data. Survey Methodology 24, 193-201.

    Montiel Olea, J. L. and Plagborg-Moller, M. (2019). Simultaneous confidence bands: theory, implementation, and an
    application to SVARs. Journal of Applied Econometrics 34, 1-17. doi:10.1002/jae.2656

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
    check_counts(counts, "counts")
    placed = place(documents, freq, names + [name for name in (cluster, weight) if name])
    _check_ids(counts, documents)
    check_pairs(counts, documents["doc_id"], "counts", once=True)
    categories, doc_codes, category_codes = codes_of(counts, placed)
    matches = spread(counts["n_matches"], doc_codes, category_codes, placed, categories)
    present = counts["present"] if "present" in counts else counts["n_matches"].gt(0)
    having = spread(present, doc_codes, category_codes, placed, categories)
    tokens = np.zeros(len(placed))
    if "n_tokens" in counts:
        kept = doc_codes >= 0
        tokens[doc_codes[kept]] = counts["n_tokens"].to_numpy()[kept]
    weights = read_weights(placed, weight)
    cells, groups = grid(placed, freq, names)
    rate = measure == "per_1000"
    estimates = _estimate(
        matches if rate else having,
        tokens if rate else np.ones(len(placed)),
        groups,
        cells,
        names,
        placed,
        cluster,
        kind="rate" if rate else "share",
        weights=weights,
        level=level,
        bands=(n_draws, seed) if bands else None,
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
    cluster: str | None = None,
    weight: str | None = None,
    level: float = 0.95,
    bands: bool = False,
    n_draws: int = 1000,
    seed: int = 20151223,
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
    by, cluster, weight, level, bands, n_draws, seed
        As in ``count_by_period``.

    Returns
    -------
    DataFrame
        SERIES with ``measure`` = ``mean_position`` and the voice as category. ``n_docs_with`` and ``n_matches`` count
        the documents behind the mean, ``n_tokens`` is 0 (no token enters a mean of positions).

    Raises
    ------
    SchemaError
        Columns are missing, no row has the holder or target, a document repeats within a voice, a position is no number
        or lies off the scale, or ids do not fit.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-23", "2015-12-30"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "position": [1, 2], "voice": ["russia", "russia"]})
    >>> position_by_period(codes, documents)[["n_docs_with", "estimate"]].values.tolist()
    [[2.0, 1.5]]
    """
    need(positions, "positions", ["doc_id", "position"])
    chosen = choose_rows(positions, {"holder": holder, "target": target}, "positions")
    chosen = chosen.loc[chosen["position"].notna()]
    voices = chosen["voice"].astype(object).fillna(_UNKNOWN) if "voice" in chosen else pd.Series("all", chosen.index)
    chosen = pd.DataFrame({"doc_id": chosen["doc_id"].astype(str), "category": voices, "position": chosen["position"]})
    _check_once(chosen)
    chosen["position"] = read_positions(chosen["position"], "positions")
    names = [by] if isinstance(by, str) else list(by or [])
    placed = place(documents, freq, [*names, *filter(None, (cluster, weight))])
    weights = None if weight is None else read_weights(placed, weight)
    _check_ids(chosen, documents)
    categories, doc_codes, category_codes = codes_of(chosen, placed)
    values = spread(chosen["position"], doc_codes, category_codes, placed, categories)
    having = spread(pd.Series(1, chosen.index), doc_codes, category_codes, placed, categories)
    cells, groups = grid(placed, freq, names)
    shape = (len(cells), len(categories))
    columns = ("estimate", "lower", "upper", *(("band_lower", "band_upper") if bands else ()))
    estimates: dict[str, np.ndarray] = {name: np.full(shape, np.nan) for name in columns}
    estimates |= {"method": np.full(shape, "none", dtype=object), "n_units": np.zeros(shape, dtype=np.int64)}
    for column in range(len(categories)):
        rows = having[:, column] > 0
        found = _estimate(
            values[rows][:, [column]],
            np.ones(int(rows.sum())),
            groups[rows],
            cells,
            names,
            placed.loc[rows],
            cluster,
            kind="mean",
            weights=None if weights is None else weights[rows],
            level=level,
            bands=(n_draws, seed) if bands else None,
        )
        for name in (*columns, "method"):
            estimates[name][:, column] = found[name][:, 0]
        estimates["n_units"][:, column] = found["n_units"]
    sums = {
        "n_docs": np.bincount(groups, minlength=len(cells)),
        "n_docs_with": sum_by_cell(having, groups, len(cells)),
        "n_matches": sum_by_cell(having, groups, len(cells)),
        "n_tokens": np.zeros(len(cells)),
    }
    return lay_out(cells, categories, sums, estimates, "mean_position", names, scale=1.0)


def _estimate(
    numerators: np.ndarray,
    denominators: np.ndarray,
    groups: np.ndarray,
    cells: pd.DataFrame,
    names: list[str],
    placed: pd.DataFrame,
    cluster: str | None,
    *,
    kind: str,
    weights: np.ndarray | None,
    level: float,
    bands: tuple[int, int] | None,
) -> dict[str, np.ndarray]:
    """Return estimates with intervals, and with bands where their draws and seed are given."""
    keys = grid_keys(cells)
    units = None if cluster is None else cluster_units(placed[cluster])
    found = ratio_by_group(numerators, denominators, groups, keys, kind=kind, units=units, weights=weights, level=level)
    if bands is not None:
        n_draws, seed = bands
        check_draws(n_draws, seed)
        unit_names = hash_names(name_units(placed["doc_id"], None if cluster is None else placed[cluster]))
        found["band_lower"], found["band_upper"] = band_by_group(
            numerators, denominators, groups, keys, unit_names, line_of_cells(cells, names), kind=kind,
            weights=weights, level=level, n_draws=n_draws, seed=seed,
        )  # fmt: skip
    return found


def _check_ids(counts: pd.DataFrame, documents: pd.DataFrame) -> None:
    counted = set(counts["doc_id"].drop_duplicates().astype("str").tolist())
    known = set(documents["doc_id"].astype("str").tolist())
    strange = sorted(counted - known)
    if strange:
        raise SchemaError(
            f"`documents` lacks {len(strange)} of the doc_id values that were counted. First: {first_three(strange)}. "
            "Pass the documents that were counted."
        )


def _check_once(chosen: pd.DataFrame) -> None:
    repeated = chosen.duplicated(["doc_id", "category"])
    if repeated.any():
        raise SchemaError(
            f"`positions` has {int(repeated.sum())} documents with several positions in one voice. First: "
            f"{first_three(chosen.loc[repeated, 'doc_id'])}. Choose one holder and one target by `holder` and `target`."
        )

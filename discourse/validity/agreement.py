"""Agreement of coders: Krippendorff's alpha with an interval, per variable."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.errors import SchemaError, check_choice, first_three

__all__ = ["LEVELS", "krippendorff_alpha", "measure_agreement"]

LEVELS = ("nominal", "ordinal", "interval")
_FIRM, _TENTATIVE = 0.80, 0.667
_COLUMNS = ("unit_id", "coder", "variable", "value")
_RESULT = ("variable", "level", "alpha", "lower", "upper", "n_units", "n_coders", "n_pairable", "verdict")
_DRAWS_AT_ONCE = 50


def measure_agreement(
    codes: pd.DataFrame,
    *,
    levels: str | Mapping[str, str] | None = None,
    sets: Sequence[str] = ("frames",),
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how far coders agree: CODES becomes one row per variable, with Krippendorff's alpha and its interval.

    A unit counts for a variable when at least two coders gave it a value there; a missing value is not a disagreement.
    The interval draws units with replacement, so it speaks of other units coded by these coders. The verdict is read
    from the estimate: firm from 0.80, tentative from 0.667, else not reliable; undefined where the values do not vary
    or no unit has two codes. The agreement of a coder with themselves is an upper bound, not reliability.

    Parameters
    ----------
    codes : DataFrame
        CODES: unit_id, coder, variable, value; one row per unit, coder and variable.
    levels : str or mapping of str to str, optional
        Level of measurement of all variables, or of each: nominal, ordinal or interval. By default ``position`` and
        ``position_code`` are ordinal and all others nominal.
    sets : sequence of str
        Variables whose value is a set of labels joined by ``;``. Each label becomes a variable of its own, named
        ``frames:drugs``, with values 0 and 1; an empty value is the empty set.
    n_draws : int
        Draws of the bootstrap.
    seed : int
        Seed of the draws.
    level : float
        Width of the interval, between 0 and 1.

    Returns
    -------
    DataFrame
        variable, level, alpha, lower, upper, n_units (with at least two codes), n_coders, n_pairable (values in those
        units), verdict; sorted by variable.

    Raises
    ------
    SchemaError
        A column is missing, a coder codes one variable of a unit twice, a level is none of the three, or a value of an
        ordinal or interval variable is no number.

    References
    ----------
    Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding data.
    Communication Methods and Measures, 1(1), 77-89. doi:10.1080/19312450709336664

    Krippendorff, K. (2004). Content analysis: An introduction to its methodology (2nd ed.). Sage.

    Examples
    --------
    >>> codes = pd.DataFrame(
    ...     [("u1", "A", "voice", "روسيا"), ("u1", "B", "voice", "روسيا"), ("u2", "A", "voice", "طالبان"),
    ...      ("u2", "B", "voice", "طالبان"), ("u3", "A", "voice", "روسيا"), ("u3", "B", "voice", "طالبان")],
    ...     columns=["unit_id", "coder", "variable", "value"],
    ... )
    >>> table = measure_agreement(codes)
    >>> table[["variable", "n_units", "n_pairable", "verdict"]].values.tolist()
    [['voice', 3, 6, 'not reliable']]
    >>> round(float(table.loc[0, "alpha"]), 3)
    0.444
    """
    if not 0 < level < 1:
        raise SchemaError(f"`level` is {level!r}; it must lie between 0 and 1, for instance 0.95.")
    if n_draws < 1:
        raise SchemaError(f"`n_draws` is {n_draws!r}; it must be at least 1, for instance 1000.")
    long = _split_sets(_checked(codes), sets)
    rows = []
    for variable, own in long.groupby("variable", sort=True):
        scale = _level_of(str(variable), levels)
        rows.append(_row(str(variable), scale, own, n_draws, seed, level))
    return pd.DataFrame(rows, columns=list(_RESULT))


def krippendorff_alpha(counts: np.ndarray, values: np.ndarray, *, level: str = "nominal") -> float:
    r"""Return Krippendorff's alpha of how often each unit got each value.

    Parameters
    ----------
    counts : ndarray of shape (units, values)
        How many coders gave the unit the value.
    values : ndarray of shape (values,)
        The values in ascending order; numbers where the level is interval, else only their order counts.
    level : {"nominal", "ordinal", "interval"}
        Level of measurement.

    Returns
    -------
    float
        Alpha; null where fewer than two values occur in units with two codes.

    Notes
    -----
    With :math:`n_{uc}` codes of value c in unit u, :math:`m_u = \sum_c n_{uc}` and units of :math:`m_u \ge 2` alone,

    .. math:: o_{ck} = \sum_u \frac{n_{uc} (n_{uk} - [c = k])}{m_u - 1}, \quad n_c = \sum_k o_{ck}, \quad n = \sum_c n_c

    .. math:: \alpha = 1 - (n - 1) \frac{\sum_{ck} o_{ck} \delta^2_{ck}}{\sum_{ck} n_c n_k \delta^2_{ck}}

    where :math:`\delta^2_{ck}` is 1 for different nominal values, :math:`(c - k)^2` for interval values, and
    :math:`(\sum_{g=c}^{k} n_g - (n_c + n_k) / 2)^2` for ordinal ones.

    References
    ----------
    Hayes, A. F., & Krippendorff, K. (2007). doi:10.1080/19312450709336664

    Examples
    --------
    >>> round(krippendorff_alpha(np.array([[2, 0], [0, 2], [1, 1]]), np.array([0, 1])), 3)
    0.444
    """
    check_choice("level", level, LEVELS)
    pairable = counts[counts.sum(axis=1) >= 2]
    coincidences = _coincidences(pairable).sum(axis=0)
    return float(_alpha(np.asarray(coincidences).reshape(1, -1), np.asarray(values), level)[0])


def _checked(codes: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in _COLUMNS if name not in codes.columns]
    if missing:
        raise SchemaError(
            f"`codes` lacks the columns {first_three(missing)}; see docs/codebook.md for the table CODES."
        )
    key = ["unit_id", "coder", "variable"]
    repeated = codes.duplicated(key, keep="first")
    if repeated.any():
        offenders = codes.loc[repeated, key].astype("str").agg(" + ".join, axis=1)
        raise SchemaError(
            f"`codes` has {int(repeated.sum())} repeated unit_id + coder + variable; each must be unique. "
            f"First: {first_three(offenders)}. Drop the repeated rows."
        )
    return codes[list(_COLUMNS)].reset_index(drop=True)


def _split_sets(codes: pd.DataFrame, sets: Sequence[str]) -> pd.DataFrame:
    """Turn every set-valued variable into one variable of 0 and 1 per label that any coder gave."""
    parts = [codes[~codes["variable"].isin(list(sets))]]
    for name in sets:
        own = codes[codes["variable"] == name]
        given = (
            own["value"].astype("object").where(own["value"].notna(), "").map(lambda v: set(filter(None, _labels(v))))
        )
        for label in sorted(set().union(*given)):
            values = given.map(lambda labels, label=label: str(int(label in labels)))
            parts.append(own.assign(variable=f"{name}:{label}", value=values))
    return pd.concat(parts, ignore_index=True)


def _labels(value: object) -> list[str]:
    return [label.strip() for label in str(value).split(";")]


def _level_of(variable: str, levels: str | Mapping[str, str] | None) -> str:
    if levels is None:
        return "ordinal" if variable in {"position", "position_code"} else "nominal"
    whole = variable.partition(":")[0]
    scale = levels if isinstance(levels, str) else levels.get(variable, levels.get(whole, "nominal"))
    check_choice("levels", scale, LEVELS)
    return scale


def _row(variable: str, scale: str, own: pd.DataFrame, n_draws: int, seed: int, level: float) -> tuple:
    own = own[own["value"].notna() & (own["value"].astype("str").str.strip() != "")]
    counts, values = _count_values(variable, scale, own)
    pairable = counts[counts.sum(axis=1) >= 2]
    estimate = krippendorff_alpha(pairable, values, level=scale) if len(pairable) else np.nan
    lower, upper = (
        _interval(pairable, values, scale, n_draws, seed, level) if not np.isnan(estimate) else (np.nan, np.nan)
    )
    n_coders = own["coder"].nunique()
    return variable, scale, estimate, lower, upper, len(pairable), n_coders, int(pairable.sum()), _verdict(estimate)


def _count_values(variable: str, scale: str, own: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each unit got each value, and the values in ascending order."""
    given = own["value"]
    if scale != "nominal":
        numbers = pd.to_numeric(given, errors="coerce")
        if numbers.isna().any():
            raise SchemaError(
                f"`codes` has {int(numbers.isna().sum())} values of {variable!r} that are no numbers; an {scale} "
                f"variable needs numbers. First: {first_three(given[numbers.isna()])}. Recode them or declare the "
                f"variable nominal."
            )
        given = numbers
    units, unit_names = pd.factorize(own["unit_id"])
    places, values = pd.factorize(given, sort=True)
    counts = np.zeros((len(unit_names), len(values)), dtype=np.int64)
    np.add.at(counts, (units, places), 1)
    return counts, np.asarray(values)


def _coincidences(counts: np.ndarray) -> sparse.csr_array:
    """Return the coincidences of each unit as one row of values x values, flattened."""
    n_units, n_values = counts.shape
    units, values = np.nonzero(counts)
    left = pd.DataFrame({"unit": units, "value": values, "n": counts[units, values]})
    pairs = left.merge(left, on="unit", suffixes=("", "_other"))
    same = (pairs["value"] == pairs["value_other"]).to_numpy(dtype=np.int64)
    per_unit = counts.sum(axis=1)[pairs["unit"]] - 1
    weights = pairs["n"].to_numpy() * (pairs["n_other"].to_numpy() - same) / per_unit
    places = pairs["value"].to_numpy() * n_values + pairs["value_other"].to_numpy()
    return sparse.csr_array((weights, (pairs["unit"].to_numpy(), places)), shape=(n_units, n_values * n_values))


def _alpha(coincidences: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return alpha of each row of flattened coincidences; null where the values do not vary."""
    n_values = len(values)
    observed = coincidences.reshape(-1, n_values, n_values)
    margins = observed.sum(axis=2)
    n = margins.sum(axis=1)
    distance = _distances(margins, values, level)
    disagreement = (observed * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * disagreement / expected, np.nan)


def _distances(margins: np.ndarray, values: np.ndarray, level: str) -> np.ndarray:
    """Return the squared distance of each pair of values, per row of margins."""
    if level == "nominal":
        return (1.0 - np.eye(len(values)))[None]
    if level == "interval":
        return (np.subtract.outer(values, values).astype(float) ** 2)[None]
    middle = np.cumsum(margins, axis=1) - margins / 2  # mid-rank: between two of them lie the ranks c to k, ends halved
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def _interval(
    counts: np.ndarray, values: np.ndarray, scale: str, n_draws: int, seed: int, level: float
) -> tuple[float, float]:
    """Return the percentile interval of alpha over draws of units; draws without variation are left out."""
    generator = np.random.default_rng(seed)
    kinds, n_of_kind = np.unique(counts, axis=0, return_counts=True)
    by_kind = _coincidences(kinds)
    n_units = len(counts)
    draws = []
    for first in range(0, n_draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, n_draws - first)
        drawn = generator.multinomial(n_units, n_of_kind / n_units, size=size)
        draws.append(_alpha((by_kind.T @ drawn.T).T, values, scale))
    alphas = np.concatenate(draws)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return np.nan, np.nan
    tail = (1 - level) / 2
    lower, upper = np.quantile(alphas, [tail, 1 - tail])
    return float(lower), float(upper)


def _verdict(alpha: float) -> str:
    if np.isnan(alpha):
        return "undefined"
    if alpha >= _FIRM:
        return "firm"
    return "tentative" if alpha >= _TENTATIVE else "not reliable"

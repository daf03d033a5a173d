"""Agreement of coders: Krippendorff's alpha with an interval, per variable."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.validity.alpha import LEVELS, alpha_interval, krippendorff_alpha

__all__ = ["LEVELS", "krippendorff_alpha", "measure_agreement"]

_FIRM, _TENTATIVE = 0.80, 0.667
_COLUMNS = ("unit_id", "coder", "variable", "value")
_RESULT = ("variable", "level", "alpha", "lower", "upper", "n_units", "n_coders", "n_pairable", "verdict")


def measure_agreement(
    codes: pd.DataFrame,
    *,
    levels: str | Mapping[str, str] | None = None,
    sets: Sequence[str] = ("frames",),
    presence: Sequence[str] = (),
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how far coders agree: CODES becomes one row per variable, with Krippendorff's alpha and its interval.

    A unit counts for a variable when at least two coders gave it a value there; a missing value is not a disagreement,
    unless the variable is named in ``presence``.
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
    presence : sequence of str
        Variables for which "no value" is an answer, such as position. Each gets two more rows: ``position:given``
        (whether a coder gave one: 0 or 1) and ``position:answer`` (the value or ``none``, nominal). A coder gave none
        where the value is missing or empty, or where the unit has other codes of this coder and none here.
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
    long = pd.concat([_split_sets(_checked(codes), sets), *_answers(codes, presence)], ignore_index=True)
    rows = []
    for variable, own in long.groupby("variable", sort=True):
        scale = _level_of(str(variable), levels)
        rows.append(_row(str(variable), scale, own, n_draws, seed, level))
    return pd.DataFrame(rows, columns=list(_RESULT))


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


def _answers(codes: pd.DataFrame, presence: Sequence[str]) -> list[pd.DataFrame]:
    """Return, for each variable, whether every reader of a unit gave a value, and which one, ``none`` included."""
    read = codes[["unit_id", "coder"]].drop_duplicates()
    parts = []
    for name in presence:
        given = codes.loc[codes["variable"] == name, ["unit_id", "coder", "value"]]
        if given.empty:
            known = sorted(codes["variable"].astype("str").unique())
            raise SchemaError(
                f"`presence` names {name!r}, which nobody codes; it must be among {', '.join(map(repr, known))}."
            )
        answers = read.merge(given, on=["unit_id", "coder"], how="left")
        said = answers["value"].astype("object").where(answers["value"].notna(), "").astype("str").str.strip()
        own = answers[["unit_id", "coder"]]
        parts.append(own.assign(variable=f"{name}:given", value=(said != "").astype(int).astype("str")))
        parts.append(own.assign(variable=f"{name}:answer", value=said.where(said != "", "none")))
    return parts


def _labels(value: object) -> list[str]:
    return [label.strip() for label in str(value).split(";")]


def _level_of(variable: str, levels: str | Mapping[str, str] | None) -> str:
    if levels is None:
        return "ordinal" if variable in {"position", "position_code"} else "nominal"
    whole, _, part = variable.partition(":")
    if part in ("given", "answer"):  # of `presence`; a label of a set has a variable that is nominal too
        return "nominal"
    scale = levels if isinstance(levels, str) else levels.get(variable, levels.get(whole, "nominal"))
    check_choice("levels", scale, LEVELS)
    return scale


def _row(variable: str, scale: str, own: pd.DataFrame, n_draws: int, seed: int, level: float) -> tuple:
    own = own[own["value"].notna() & (own["value"].astype("str").str.strip() != "")]
    counts, values = _count_values(variable, scale, own)
    pairable = counts[counts.sum(axis=1) >= 2]
    estimate = krippendorff_alpha(pairable, values, level=scale) if len(pairable) else np.nan
    lower, upper = (
        alpha_interval(pairable, values, scale, n_draws=n_draws, seed=seed, level=level)
        if not np.isnan(estimate)
        else (np.nan, np.nan)
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


def _verdict(alpha: float) -> str:
    if np.isnan(alpha):
        return "undefined"
    if alpha >= _FIRM:
        return "firm"
    return "tentative" if alpha >= _TENTATIVE else "not reliable"

"""Agreement of coders: Krippendorff's alpha with an interval, per variable."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.validity.alpha import LEVELS, MOST_VALUES, alpha_interval, check_draws, krippendorff_alpha
from discourse.validity.coding import answers_of, checked_codes, split_sets

__all__ = ["LEVELS", "krippendorff_alpha", "measure_agreement"]

_FIRM, _TENTATIVE = 0.80, 0.667
_VERDICTS = ("undefined", "not reliable", "not shown", "tentative", "firm")
_RESULT = ("variable", "level", "alpha", "lower", "upper", "n_units", "n_coders", "n_pairable", "verdict", "notes")


def measure_agreement(
    codes: pd.DataFrame,
    *,
    levels: str | Mapping[str, str] | None = None,
    sets: Sequence[str] = ("frames",),
    presence: Sequence[str] | None = None,
    n_draws: int = 1000,
    seed: int = 20151223,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how far coders agree: CODES becomes one row per variable, with Krippendorff's alpha and its interval.

    A unit counts for a variable when at least two coders gave it a value there. Whether there is a value at all is
    measured beside it (``presence``): alpha of the values alone says nothing of a position that one coder sees and the
    other does not. The interval draws units, so it speaks of other units coded by these coders. The verdict is read
    from the lower bound: firm from 0.80, tentative from 0.667; below, "not shown" where the estimate is at least
    0.667 and more units might show it, else "not reliable". A verdict is never better than that on presence. It is
    undefined where the values do not vary or no unit has two codes. The agreement of a coder with themselves is an
    upper bound, not reliability.

    Parameters
    ----------
    codes : DataFrame
        CODES: unit_id, coder, variable, value; one row per unit, coder and variable. They go through ``tidy_codes``,
        and what it mends is said in ``notes``.
    levels : str or mapping of str to str, optional
        Level of measurement of all variables, or of each: nominal, ordinal or interval. By default, and for those that
        a mapping does not name, ``position`` and ``position_code`` are ordinal and all others nominal.
    sets : sequence of str
        Variables whose value is a set of labels joined by ``;``. Each label becomes a variable of its own, named
        ``frames:drugs``, with values 0 and 1; an empty value is the empty set.
    presence : sequence of str, optional
        Variables for which "no value" is an answer, such as position. Each gets two more rows: ``position:given``
        (whether a coder gave one: 0 or 1) and ``position:answer`` (the value or ``none``, nominal). A coder gave none
        where the value is missing or ``none``, or where the unit has other codes of this coder and none here. By
        default every variable, outside ``sets``, to which some reader of a unit gave no value and another did; an
        empty list for none.
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
        units), verdict, notes (what was mended, and why a verdict is lower than alpha lets expect); sorted by variable.

    Raises
    ------
    SchemaError
        A column is missing, unit, coder or variable is null, a coder codes one variable of a unit twice, a level is
        none of the three or of a variable that nobody codes, a value of an ordinal or interval variable is no number,
        or a variable has more than 200 values.

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
    check_draws(n_draws, level)
    tidy, notes = checked_codes(codes)
    looked_at = _with_absences(tidy, sets) if presence is None else presence
    long = pd.concat([split_sets(tidy, sets), *answers_of(tidy, looked_at)], ignore_index=True)
    _check_levels(levels, [*map(str, long["variable"].unique()), *map(str, tidy["variable"].unique())])
    rows = []
    for variable, own in long.groupby("variable", sort=True):
        scale = _level_of(str(variable), levels)
        rows.append(_row(str(variable), scale, own, n_draws, seed, level))
    return _with_notes(pd.DataFrame(rows, columns=list(_RESULT[:-1])), notes)


def _with_absences(codes: pd.DataFrame, sets: Sequence[str]) -> list[str]:
    """Return the variables to which a reader of a unit gave no value where another gave one."""
    names = [str(name) for name in codes["variable"].unique() if name not in sets]
    given = codes[codes["value"].notna()]
    found = []
    for name in sorted(names):
        own = codes["coder"].isin(codes.loc[codes["variable"] == name, "coder"])
        readers = codes[own].groupby("unit_id")["coder"].nunique()
        told = given[given["variable"] == name].groupby("unit_id")["coder"].nunique()
        if (told < readers.reindex(told.index)).any():
            found.append(name)
    return found


def _with_notes(table: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """Say beside each variable what was mended in its codes, and let no verdict be better than that on presence."""
    said = []
    verdicts = dict(zip(table["variable"], table["verdict"], strict=True))
    own = {str(name): part for name, part in notes.groupby("variable")}
    for place, row in enumerate(table.itertuples(index=False)):
        mended = own.get(str(row.variable).partition(":")[0])
        told = [] if mended is None else [f"{what} ({n})" for what, n in mended[["what", "n"]].itertuples(index=False)]
        presence = verdicts.get(f"{row.variable}:given")
        if presence is not None and _VERDICTS.index(presence) < _VERDICTS.index(str(row.verdict)):
            if presence != "undefined":
                table.loc[place, "verdict"] = presence
                told.append(f"the verdict is that of {row.variable}:given, whether there is a value at all")
        said.append("; ".join(told))
    table["notes"] = pd.Series(said, index=table.index, dtype="str")
    return table


def _level_of(variable: str, levels: str | Mapping[str, str] | None) -> str:
    whole, _, part = variable.partition(":")
    usual = "ordinal" if variable in {"position", "position_code"} else "nominal"
    if levels is None:
        return usual
    if part in ("given", "answer"):  # of `presence`; a label of a set has a variable that is nominal too
        return "nominal"
    return levels if isinstance(levels, str) else levels.get(variable, levels.get(whole, usual))


def _check_levels(levels: str | Mapping[str, str] | None, variables: Sequence[str]) -> None:
    """Raise where a level is none of the three, or of a variable that nobody codes."""
    if levels is None:
        return
    for scale in [levels] if isinstance(levels, str) else levels.values():
        check_choice("levels", scale, LEVELS)
    if not isinstance(levels, str):
        known = set(variables) | {name.partition(":")[0] for name in variables}
        strange = sorted(set(map(str, levels)) - known)
        if strange:
            raise SchemaError(
                f"`levels` names {first_three(strange)}, which nobody codes; coded are {first_three(sorted(known))}. "
                "Correct the name."
            )


def _row(variable: str, scale: str, own: pd.DataFrame, n_draws: int, seed: int, level: float) -> tuple:
    own = own[own["value"].notna() & (own["value"].astype("str").str.strip() != "")]
    counts, values, names = _count_values(variable, scale, own)
    two = counts.sum(axis=1) >= 2
    pairable = counts[two]
    estimate = krippendorff_alpha(pairable, values, level=scale) if len(pairable) else np.nan
    lower, upper = (
        alpha_interval(pairable, values, scale, units=names[two], n_draws=n_draws, seed=seed, level=level)
        if not np.isnan(estimate)
        else (np.nan, np.nan)
    )
    n_coders = own["coder"].nunique()
    return (
        variable,
        scale,
        estimate,
        lower,
        upper,
        len(pairable),
        n_coders,
        int(pairable.sum()),
        _verdict(estimate, lower),
    )


def _count_values(variable: str, scale: str, own: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how often each unit got each value, the values in ascending order, and the names of the units."""
    given = own["value"]
    if scale != "nominal":
        numbers = pd.to_numeric(given, errors="coerce")
        wrong = ~np.isfinite(numbers)
        if wrong.any():
            raise SchemaError(
                f"`codes` has {int(wrong.sum())} values of {variable!r} that are no numbers; an {scale} "
                f"variable needs numbers. First: {first_three(given[wrong])}. Recode them or declare the "
                f"variable nominal."
            )
        given = numbers
    units, unit_names = pd.factorize(own["unit_id"])
    places, values = pd.factorize(given, sort=True)
    if len(values) > MOST_VALUES:
        raise SchemaError(
            f"`codes` has {len(values):,} different values of {variable!r}, and alpha takes {MOST_VALUES} at most. "
            f"First: {first_three(values[:3].tolist())}. Group them into fewer codes, or leave out a variable that is "
            "free text, such as a remark."
        )
    counts = np.zeros((len(unit_names), len(values)), dtype=np.int64)
    np.add.at(counts, (units, places), 1)
    return counts, np.asarray(values), np.asarray(unit_names, dtype=object)


def _verdict(alpha: float, lower: float) -> str:
    if np.isnan(alpha):
        return "undefined"
    if lower >= _TENTATIVE:
        return "firm" if lower >= _FIRM else "tentative"
    return "not shown" if alpha >= _TENTATIVE else "not reliable"

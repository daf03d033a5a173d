"""Where coders disagree: which units, which variables, and which codes meet which."""

from collections.abc import Sequence

import pandas as pd

from discourse.validity.coding import answers_of, checked_codes, split_sets

__all__ = ["count_code_pairs", "find_disagreements"]


def find_disagreements(codes: pd.DataFrame, *, sets: Sequence[str] = ("frames",)) -> pd.DataFrame:
    """List where coders disagree: CODES become one row per unit, variable and pair of coders with different codes.

    Parameters
    ----------
    codes : DataFrame
        CODES; they go through ``tidy_codes``.
    sets : sequence of str
        As in ``measure_agreement``: each label of a set is a variable of its own.

    Returns
    -------
    DataFrame
        variable, unit_id, coder, value, other_coder, other_value, distance: how far two numbers are apart, null where
        one is no number. A coder who read the unit and gave no value has the value ``none``. Sorted by variable, then
        the largest distance first, then unit.

    Raises
    ------
    SchemaError
        As in ``measure_agreement``.

    Examples
    --------
    >>> codes = pd.DataFrame([("u1", "A", "position", "1"), ("u1", "B", "position", "-1"), ("u2", "A", "position", "0"),
    ...                       ("u2", "B", "position", "0")], columns=["unit_id", "coder", "variable", "value"])
    >>> find_disagreements(codes).values.tolist()
    [['position', 'u1', 'A', '1', 'B', '-1', 2.0]]
    """
    pairs = _pairs(codes, sets)
    found = pairs[pairs["value"] != pairs["other_value"]].copy()
    numbers = [pd.to_numeric(found[name], errors="coerce") for name in ("value", "other_value")]
    found["distance"] = (numbers[0] - numbers[1]).abs().astype("float64")
    order = ["variable", "distance", "unit_id", "coder", "other_coder"]
    return found.sort_values(order, ascending=[True, False, True, True, True], ignore_index=True)


def count_code_pairs(codes: pd.DataFrame, *, sets: Sequence[str] = ("frames",)) -> pd.DataFrame:
    """Count which codes meet which: CODES become one row per variable and pair of values that two coders gave a unit.

    Parameters
    ----------
    codes, sets
        As in ``find_disagreements``.

    Returns
    -------
    DataFrame
        variable, value, other_value (the pair without order; the lower number or the first by name stands first,
        ``none`` last), n (pairs of codes), n_units; sorted by these names. ``plot_disagreement`` draws it.

    Raises
    ------
    SchemaError
        As in ``measure_agreement``.

    Examples
    --------
    >>> codes = pd.DataFrame([("u1", "A", "position", "1"), ("u1", "B", "position", "-1"), ("u2", "A", "position", "0"),
    ...                       ("u2", "B", "position", "0")], columns=["unit_id", "coder", "variable", "value"])
    >>> count_code_pairs(codes).values.tolist()
    [['position', '-1', '1', 1, 1], ['position', '0', '0', 1, 1]]
    """
    pairs = _pairs(codes, sets)
    ends = [
        sorted(both, key=_place_of) for both in zip(pairs["value"], pairs["other_value"], strict=True)
    ]  # fmt: skip
    pairs["value"] = pd.Series([low for low, _ in ends], index=pairs.index, dtype="str")
    pairs["other_value"] = pd.Series([high for _, high in ends], index=pairs.index, dtype="str")
    counted = pairs.groupby(["variable", "value", "other_value"])["unit_id"].agg(["size", "nunique"])
    counted = counted.reset_index().rename(columns={"size": "n", "nunique": "n_units"})
    place = counted[["value", "other_value"]].map(_place_of)
    order = sorted(counted.index, key=lambda row: (counted.loc[row, "variable"], *place.loc[row]))
    return counted.loc[order].reset_index(drop=True)


def _place_of(value: str) -> tuple[int, float, str]:
    """Order values: numbers, then names, then none."""
    number = pd.to_numeric(value, errors="coerce")
    return (0, float(number), "") if pd.notna(number) else (2 if value == "none" else 1, 0.0, value)


def _pairs(codes: pd.DataFrame, sets: Sequence[str]) -> pd.DataFrame:
    """Return every pair of codes that two coders gave one variable of a unit, ``none`` included."""
    tidy, _ = checked_codes(codes)
    whole = [name for name in sorted(tidy["variable"].unique()) if name not in sets]
    answers = [
        part.assign(variable=name)
        for name, part in zip(whole, answers_of(tidy, whole)[1::2], strict=True)
    ]  # fmt: skip
    labels = [split_sets(tidy[tidy["variable"].isin(list(sets))], sets)]
    long = pd.concat([*labels, *answers], ignore_index=True).astype("str")
    names = ["variable", "unit_id", "coder", "value"]
    both = long[names].merge(long[names], on=["variable", "unit_id"], suffixes=("", "_of_other"))
    both = both[both["coder"] < both["coder_of_other"]]
    both = both.rename(columns={"coder_of_other": "other_coder", "value_of_other": "other_value"})
    answered = ~((both["value"] == "none") & (both["other_value"] == "none") & both["variable"].isin(_optional(tidy)))
    return both.loc[answered, [*names, "other_coder", "other_value"]].reset_index(drop=True)


def _optional(tidy: pd.DataFrame) -> list[str]:
    """Return variables that have no row at all for some units: of those two who say nothing do not meet."""
    units = tidy["unit_id"].nunique()
    return [str(name) for name, own in tidy.groupby("variable")["unit_id"] if own.nunique() < units]

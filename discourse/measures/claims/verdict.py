"""Verdicts: whether a claim is shown, what it rests on, and how much it takes to turn it."""

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.measures.claims.flips import TURNS, share_left
from discourse.tables import check, conform

__all__ = ["fill_empty", "judge_claim", "weigh_specifications"]

_HALF = 0.5  # of the difference: what carries as much carries the claim


def weigh_specifications(specifications: pd.DataFrame) -> pd.Series:
    """Return, for each row of SPECIFICATIONS, the part of the base difference that is gone in it.

    Where a decision is another one, a difference is gone as far as it is gone both in itself and in proportion to the
    level of both sides: a stricter threshold that halves both sides alike takes nothing of what was claimed.

    Raises
    ------
    SchemaError
        The table has no base (specification 0).

    Examples
    --------
    >>> weigh_specifications(pd.DataFrame({"specification": [0, 1, 2], "measure": ["share", "share", "per_1000"],
    ...     "n_differs": [0, 1, 1], "left_out": ["", "entry: x", ""], "estimate_first": [0.25, 0.25, 1.0],
    ...     "estimate_second": [0.75, 0.25, 3.0]})).tolist()
    [0.0, 1.0, 0.0]
    """
    specifications = fill_empty(specifications)
    base = specifications.loc[specifications["specification"].eq(0)]
    if len(base) != 1:
        raise SchemaError(
            f"`specifications` has {len(base)} rows of specification 0, the base; it must have one. Pass the table "
            "that try_specifications() made, with its first row."
        )
    pairs = list(zip(specifications["estimate_first"], specifications["estimate_second"], strict=True))
    before = float(base["estimate_first"].iloc[0]), float(base["estimate_second"].iloc[0])
    measure = str(base["measure"].iloc[0])
    columns = specifications["measure"].astype("str"), specifications["left_out"], specifications["n_differs"]
    gone = [
        1 - share_left(before, pair, (measure, name), decided=n > (left_out != ""))
        for pair, name, left_out, n in zip(pairs, *columns, strict=True)
    ]
    return pd.Series(gone, specifications.index)


def fill_empty(table: pd.DataFrame) -> pd.DataFrame:
    """Return SPECIFICATIONS or FLIPS with their empty words, which a CSV file gives back as nulls.

    Examples
    --------
    >>> fill_empty(pd.DataFrame({"differs": [None, "copies: keep"]}))["differs"].tolist()
    ['', 'copies: keep']
    """
    if not isinstance(table, pd.DataFrame):
        return table  # what it should be is said by the check
    empty = {
        name: table[name].astype(object).where(table[name].notna(), "").astype("str")
        for name in ("differs", "left_out", "changes")
        if name in table
    }
    return table.assign(**empty)


def judge_claim(specifications: pd.DataFrame, flips: pd.DataFrame | None = None) -> pd.DataFrame:
    """Judge a claim by its SPECIFICATIONS and FLIPS: VERDICTS, one row.

    * ``not shown``: in the base specification the direction is another, or the interval holds 0.
    * ``fragile``: one thing, left out or decided otherwise, takes half of the difference away (by a decision: also in
      proportion to the level of both sides) or turns its sign; the claim rests on it, and ``rests_on`` names it.
    * ``unsure``: no single thing carries half of the difference, but after one of them the interval holds 0: the sample
      is only just large enough.
    * ``robust``: the claim holds after any single change.

    Parameters
    ----------
    specifications : DataFrame
        SPECIFICATIONS, with the base and those that differ from it in one thing.
    flips : DataFrame, optional
        FLIPS of the same claim; without it the sizes are null.

    Returns
    -------
    DataFrame
        VERDICTS.

    Raises
    ------
    SchemaError
        A table has not its columns, the base is missing, or the tables are of two claims.

    Notes
    -----
    That an interval comes to hold 0 when one entry goes is no sign that the claim rests on that entry: of claims that
    are only just shown, many would be called fragile. The half of the difference is asked for instead;
    benchmarks/simulations/claims.py shows what this rule names and what it calls fragile.
    """
    specifications = fill_empty(specifications)
    check(specifications, "SPECIFICATIONS")
    gone = weigh_specifications(specifications).to_numpy(float)
    base = specifications.loc[specifications["specification"].eq(0)].iloc[0]
    single = specifications["n_differs"].eq(1).to_numpy()
    among = np.flatnonzero(single & ~np.isnan(gone))
    heaviest = int(among[gone[among].argmax()]) if len(among) else None
    carried = np.nan if heaviest is None else float(gone[heaviest])
    fragile = heaviest is not None and carried >= _HALF
    if not base["holds"]:
        verdict = "not shown"
    elif fragile:
        verdict = "fragile"
    else:
        verdict = "robust" if specifications.loc[single, "holds"].all() else "unsure"
    known = specifications["difference"].notna()
    row = {
        "claim": str(base["claim"]),
        "verdict": verdict,
        "rests_on": specifications["differs"].iloc[heaviest or 0] if verdict == "fragile" else None,
        "carried": carried,
        "difference": base["difference"],
        "lower": base["lower"],
        "upper": base["upper"],
        "n_specifications": int(known.sum()),
        "n_holds": int(specifications.loc[known, "holds"].sum()),
        "n_sign": int(specifications.loc[known, "sign"].sum()),
        "not_tried": base.get("not_tried"),
    }
    return conform(pd.DataFrame([row | _sizes(flips, str(base["claim"]))]), "VERDICTS")


def _sizes(flips: pd.DataFrame | None, claim: str) -> dict[str, object]:
    """Return the size of the smallest set for each way to turn the claim."""
    if flips is None:
        return {f"size_{name}": pd.NA for name in TURNS}
    flips = fill_empty(flips)
    check(flips, "FLIPS")
    if set(flips["claim"].astype("str")) != {claim}:
        raise SchemaError(
            "`flips` and `specifications` are of two claims: their digests differ. Make both from the same claim."
        )
    sizes = flips.set_index(flips["turns"].astype("str"))["size"]
    return {f"size_{name}": sizes.get(name, pd.NA) for name in TURNS}

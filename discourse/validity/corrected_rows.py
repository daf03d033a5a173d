"""Which rows of a table a correction is of, and which answer counts where several meet in one row."""

from collections.abc import Iterable, Mapping

import pandas as pd

__all__ = ["CONFIRMED", "DISPUTED", "MOVED", "NOT_APPLIED", "NO_ROW", "OTHER_TABLE", "Told", "narrowed", "settle_rows"]

MOVED, CONFIRMED, NO_ROW, DISPUTED = "changed", "confirmed", "no row", "disputed"
OTHER_TABLE, NOT_APPLIED = "other table", "not applied"
Told = dict[str, tuple[str, int, str]]
"""What became of a correction, by the name of its thing: outcome, rows, why."""


def settle_rows(hits: Mapping[str, Iterable[int]], answers: pd.DataFrame, told: Told) -> dict[int, str]:
    """Return the thing whose answer counts for each row: the latest of one coder; none where coders differ.

    Parameters
    ----------
    hits : mapping of str to iterable of int
        The rows that each thing is found in.
    answers : DataFrame
        corrected, coder, date, by thing.
    told : Told
        Gets what is disputed, or overruled by a later answer.

    Examples
    --------
    >>> answers = pd.DataFrame({"corrected": ["1", "0"], "coder": ["ann", "ann"],
    ...                         "date": pd.to_datetime(["2026-01-01", "2026-01-02"])}, index=["s", "t"])
    >>> told = {}
    >>> settle_rows({"s": [4], "t": [4, 5]}, answers, told), told
    ({4: 't', 5: 't'}, {'s': ('not applied', 0, 'the same coder says something else of this row later')})
    """
    of_row: dict[int, list[str]] = {}
    for thing, rows in sorted(hits.items()):
        for row in rows:
            of_row.setdefault(row, []).append(thing)
    out = {}
    for row, things in of_row.items():
        own = answers.loc[things].sort_values("date", kind="stable", na_position="first")
        if own["corrected"].nunique() > 1 and own["coder"].nunique() > 1:
            for thing in things:
                told[thing] = DISPUTED, 0, "coders say different things of this row"
            continue
        out[row] = str(own.index[-1])
        for thing in own.index[own["corrected"] != own["corrected"].iloc[-1]]:
            told[str(thing)] = NOT_APPLIED, 0, "the same coder says something else of this row later"
    return out


def narrowed(rows: pd.DataFrame, *conditions: pd.Series) -> pd.DataFrame:
    """Return the rows that meet each condition in turn; a condition that none meets is passed over."""
    for condition in conditions:
        own = rows[condition.reindex(rows.index)]
        rows = own if len(own) else rows
    return rows

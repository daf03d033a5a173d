"""What the values of a column look like: how many, how long, how many of them dates or addresses."""

from typing import NamedTuple

import pandas as pd

from discourse.sources.dates.column import date_problem, read_dates

__all__ = ["EXAMPLE", "Content", "content_of"]

EXAMPLE = 40
"""Characters of a value that are shown."""
_LOOKED_AT = 300  # distinct values of a column that tell what it holds


# numbers, and question marks, stand in columns that hold no dates
_NO_SIGN = [date_problem(kind) for kind in ("none", "serial", "lost")]


class Content(NamedTuple):
    """What a column holds: values that are not empty, different ones, words of the median one, shares, the first."""

    n: int
    n_distinct: int
    n_words: float
    dates: float
    addresses: float
    example: str | None


def content_of(column: pd.Series, *, dates: bool = True) -> Content:
    """Look at a column; shares and lengths are those of up to about 300 different values, evenly spaced.

    A date is what ``read_dates`` reads to the month or day, or could read if it were told how; without ``dates`` values
    are not tried, and their share is 0.

    Examples
    --------
    >>> content_of(pd.Series(["2015-12-23", "23/12/2015", None, "خبر"])).dates
    0.6666666666666666
    """
    filled = column.dropna()
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return Content(len(filled), filled.nunique(), 1, float(len(filled) > 0), 0, _cut(filled.astype("str")))
    strings = filled.map(str).astype("str")
    strings = strings[strings.str.strip() != ""]
    distinct = pd.Series(strings.unique(), dtype="str")
    some = distinct.iloc[:: max(1, len(distinct) // _LOOKED_AT)]
    if not len(some):
        return Content(0, 0, 0, 0, 0, None)
    dated = pd.Series([0.0])
    if dates:
        _, precisions, problems = read_dates(some)
        told = problems.notna() & ~problems.isin(_NO_SIGN)
        dated = (precisions.notna() & (precisions != "year")) | told
    return Content(
        n=len(strings),
        n_distinct=len(distinct),
        n_words=float(some.map(lambda value: len(str(value).split())).median()),
        dates=float(dated.mean()),
        addresses=float(some.str.match(r"\s*https?://\S+\s*$").mean()),
        example=_cut(strings),
    )


def _cut(strings: pd.Series) -> str:
    first = " ".join(str(strings.iloc[0]).split())
    return first if len(first) <= EXAMPLE else first[: EXAMPLE - 1] + "…"

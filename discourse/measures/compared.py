"""Periods that are compared: which reports stand in them, and the mean position in each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.measures.intervals import FEW
from discourse.measures.periods import find_periods
from discourse.measures.series import position_by_period
from discourse.tables import need, period_of

__all__ = [
    "NamedPeriod",
    "measure_periods",
    "find_span",
    "find_thirds",
    "place_between",
    "position_by_named_period",
    "rank_voices",
]

NamedPeriod = tuple[str, str, str]  # name, first and last day
_SPANS = {"month": "M", "year": "Y"}
_MEASURED = ["n_docs", "n_units", "estimate", "lower", "upper", "method", "few"]
_STAND_IN = 2000  # named periods go through the series as years from here on


def place_between(documents: pd.DataFrame, periods: Sequence[NamedPeriod]) -> pd.Series:
    """Tell which named period holds all of a document's date.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS.
    periods : sequence of (str, str, str)
        Name, first and last day of each, as a study has them in ``compare``.

    Returns
    -------
    Series of str
        The name of the period, null where no period holds the date as far as it is known: a document of a month or a
        year belongs where the whole month or year does.

    Raises
    ------
    SchemaError
        A column is missing.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2021-08-15", "2021-01-01"]),
    ...                           "date_precision": ["day", "year"]})
    >>> place_between(documents, [("then", "2020-01-01", "2021-08-14"), ("now", "2021-08-15", "2021-12-31")]).tolist()
    ['now', nan]
    """
    need(documents, "documents", ["doc_id", "date"])
    first = pd.to_datetime(documents["date"]).dt.normalize()
    last = first.copy()
    if "date_precision" in documents:
        for precision, span in _SPANS.items():
            coarse = documents["date_precision"].astype("str").eq(precision) & first.notna()
            spans = first[coarse].dt.to_period(span)
            first[coarse] = spans.dt.start_time.astype(first.dtype)
            last[coarse] = spans.dt.end_time.dt.normalize().astype(first.dtype)
    found = pd.Series(np.nan, index=documents.index, dtype=object)
    for name, begin, end in periods:
        found = found.mask(first.ge(pd.Timestamp(begin)) & last.le(pd.Timestamp(end)), name)
    return found


def find_thirds(documents: pd.DataFrame, *, freq: str = "YS") -> tuple[NamedPeriod, ...]:
    """Part documents by time: the first third and the last, at borders of months, or of periods of a series.

    A month stands in one part as a whole, so a part holds at least a third of the documents, unless one month holds
    both borders: this one is then left out, or, at an end, is a part by itself. Where months place fewer documents than
    the periods of the series, since some dates are known to the year only, it is these that are kept whole.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; those without a fitting date are left out.
    freq : {"MS", "QS", "YS"}
        The periods of the series.

    Returns
    -------
    tuple of (str, str, str)
        Name, first and last day of both, named by these; empty where all documents lie in one month (period), or none
        has a fitting date.

    Examples
    --------
    >>> dates = pd.to_datetime(["2001-05-01", "2002-05-01", "2003-05-01", "2004-05-01", "2005-05-01"])
    >>> find_thirds(pd.DataFrame({"doc_id": list("abcde"), "date": dates}))
    (('2001-05/2002-05', '2001-05-01', '2002-05-31'), ('2004-05/2005-05', '2004-05-01', '2005-05-31'))
    """
    placed = {length: find_periods(documents, freq=length)["period"].dropna() for length in dict.fromkeys([freq, "MS"])}
    freq = "MS" if len(placed["MS"]) == len(placed[freq]) else freq
    sizes = placed[freq].value_counts().sort_index()
    if len(sizes) < 2:
        return ()
    n, starts = sizes.sum(), sizes.index
    early = int(np.argmax(sizes.cumsum().to_numpy() * 3 >= n))
    late = len(sizes) - 1 - int(np.argmax(sizes[::-1].cumsum().to_numpy() * 3 >= n))
    if early >= late:
        border = early
        early, late = max(border - 1, 0), min(border + 1, len(sizes) - 1)
    return tuple(_named(starts[a], starts[b], freq) for a, b in ((0, early), (late, len(sizes) - 1)))


def find_span(documents: pd.DataFrame, *, freq: str = "YS") -> NamedPeriod | None:
    """Return the span of all documents that a series can place, as one named period; None where there are none.

    Examples
    --------
    >>> find_span(pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2001-05-01"])}), freq="MS")
    ('2001-05', '2001-05-01', '2001-05-31')
    """
    known = find_periods(documents, freq=freq)["period"].dropna()
    return _named(known.min(), known.max(), freq) if len(known) else None


def _named(start: pd.Timestamp, final: pd.Timestamp, freq: str) -> NamedPeriod:
    end = final.to_period(period_of(freq).span).end_time
    shape, between = ("%Y", "-") if freq == "YS" else ("%Y-%m", "/")
    ends = dict.fromkeys((start.strftime(shape), end.strftime(shape)))
    return between.join(ends), start.strftime("%Y-%m-%d"), end.strftime("%Y-%m-%d")


def position_by_named_period(
    positions: pd.DataFrame, documents: pd.DataFrame, periods: Sequence[NamedPeriod], **options: Any
) -> pd.DataFrame:
    """Measure the mean position in each of some named periods, by voice.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS or hand codes, as ``position_by_period`` reads them.
    documents : DataFrame
        DOCUMENTS.
    periods : sequence of (str, str, str)
        Name, first and last day of each.
    **options
        Options of ``position_by_period``, but for ``freq``.

    Returns
    -------
    DataFrame
        PERIOD_POSITIONS without the columns that say of what: ``voice``, ``period``, ``first``, ``last``, ``n_docs``
        (documents with a position), ``n_units`` (stories), ``estimate``, ``lower``, ``upper``, ``method``, ``few``; by
        voice, then in the order of the periods. A voice has its row in every period.

    Raises
    ------
    SchemaError
        As ``position_by_period`` does.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-23", "2021-12-30"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "position": [-1, 2], "voice": ["russia", "russia"]})
    >>> periods = [("before", "2015-01-01", "2015-12-31"), ("after", "2021-01-01", "2021-12-31")]
    >>> position_by_named_period(codes, documents, periods)[["period", "n_docs", "estimate"]].values.tolist()
    [['before', 1, -1.0], ['after', 1, 2.0]]
    """
    named = place_between(documents, periods)
    years = {name: pd.Timestamp(_STAND_IN + place, 1, 1) for place, (name, _, _) in enumerate(periods)}
    stood = documents.drop(columns="date_precision", errors="ignore").assign(date=pd.to_datetime(named.map(years)))
    series = position_by_period(positions, stood, freq="YS", **options)
    series = series.assign(voice=series["category"].astype("str"), n_docs=series["n_docs_with"])
    keys = pd.MultiIndex.from_product([sorted(series["voice"].unique()), years.values()], names=["voice", "period"])
    dense = series.set_index(["voice", "period"])[_MEASURED].reindex(keys).reset_index()
    empty = {"n_docs": 0, "n_units": 0, "few": False, "method": "none"}
    dense = dense.assign(
        **{name: dense[name].astype(object).where(dense[name].notna(), value) for name, value in empty.items()}
    )
    dense = dense.astype(
        {"n_docs": "int64", "n_units": "int64", "few": bool, "method": "category", "voice": "category"}
    )
    stated = [periods[day.year - _STAND_IN] for day in dense["period"]]
    days = {end: pd.to_datetime([one[place] for one in stated]) for place, end in ((1, "first"), (2, "last"))}
    dense = dense.assign(period=pd.Categorical([one[0] for one in stated], list(years)), **days)
    return dense[["voice", "period", "first", "last", *_MEASURED]]


def measure_periods(
    positions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    holder: str,
    periods: Sequence[NamedPeriod] = (),
    freq: str = "YS",
    **options: Any,
) -> pd.DataFrame:
    """Measure the mean positions of a holder in the periods stated or, where these hold too few, in thirds.

    A period holds enough where one voice has 5 stories (documents without ``cluster``) in it; a change needs two such
    periods. Where fewer of the stated hold enough, or none are stated, ``find_thirds`` parts the documents that convey
    a position; where the thirds hold too few as well, the periods stated stay.

    Parameters
    ----------
    positions : DataFrame
        DOCUMENT_POSITIONS or hand codes of this holder.
    documents : DataFrame
        DOCUMENTS.
    holder : str
        Whose positions: its own voice comes first.
    periods : sequence of (str, str, str)
        Name, first and last day of each period that is stated, in the order of time.
    freq : {"MS", "QS", "YS"}
        The periods of the series; see ``find_thirds``.
    **options
        Further options of ``position_by_period``, such as ``cluster``.

    Returns
    -------
    DataFrame
        As ``position_by_named_period``, and ``stated``: whether the periods are those stated; without a row where no
        document has a position, or none has a fitting date.

    Raises
    ------
    SchemaError
        As ``position_by_period`` does.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "date": pd.to_datetime(["2015-12-23", "2021-12-30"])})
    >>> codes = pd.DataFrame({"doc_id": ["a", "b"], "position": [-1, 2], "voice": ["russia", "russia"]})
    >>> measure_periods(codes, documents, holder="russia")[["period", "estimate", "stated"]].values.tolist()
    [['2015-12', -1.0, False], ['2021-12', 2.0, False]]
    """
    need(positions, "positions", ["doc_id", "position"])
    found = positions.loc[positions["position"].notna()].reset_index(drop=True)
    placed = documents.loc[documents["doc_id"].astype("str").isin(found["doc_id"].astype("str"))]
    ways = [(periods, True), (find_thirds(placed, freq=freq), False)] if len(found) else []
    means = [
        position_by_named_period(found, documents, named, **options).assign(stated=stated)
        for named, stated in ways
        if len(named)
    ]
    for least in (FEW, 1):
        for one in means:
            if any(
                one.loc[one["voice"].eq(voice), "n_units"].ge(least).sum() > 1 for voice in rank_voices(one, holder)
            ):
                return one
    return means[0] if means else pd.DataFrame()


def rank_voices(means: pd.DataFrame, holder: str) -> list[str]:
    """Return the voices: the holder's own, then by how many documents they have.

    Examples
    --------
    >>> rank_voices(pd.DataFrame({"voice": ["iran", "third_party", "un"], "n_docs": [1, 5, 9]}), "iran")
    ['iran', 'un', 'third_party']
    """
    sizes = means.groupby(means["voice"].astype("str"))["n_docs"].sum()
    return sorted(sizes.index, key=lambda voice: (voice != holder, -int(sizes[voice]), voice))

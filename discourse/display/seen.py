"""What is seen: the course of a figure's lines in words, for those who cannot see it."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from discourse.display.cells import period_form
from discourse.display.labels import label
from discourse.display.numbers import isolate, write_number
from discourse.display.wording import fill_in, words

__all__ = ["tell_seen"]

MOST_TOLD = 4  # lines told one by one; a text alternative is heard from beginning to end
_FORMS = {"share": ".0%", "per_1000": ".1f", "mean_position": "+.2f"}
_LINES = ("holder", "basis", "lexicon", "category")

Labels = Mapping[str, Mapping[str, str]] | None


def tell_seen(table: pd.DataFrame, *, language: str = "en", labels: Labels = None) -> str:
    """Say what a figure of a table shows: where its lines begin and end, and where they are highest and lowest.

    Parameters
    ----------
    table : DataFrame
        SERIES, PERIOD_POSITIONS, counts of ``count_documents``, COMPANY or EVENTS: what the figure draws.
    language : {"en", "ar"}
        The language.
    labels : mapping, optional
        Labels by name and language.

    Returns
    -------
    str
        Sentences; nothing for a table of another kind or without a row. Points that rest on few reports are left out,
        as the figures do not join them.

    Examples
    --------
    >>> series = pd.DataFrame({"period": pd.to_datetime(["2015-01-01", "2016-01-01"]), "category": "arming",
    ...                        "estimate": [0.25, 0.5], "n_docs_with": [5, 10], "n_docs": 20, "few": False,
    ...                        "measure": "share"})
    >>> tell_seen(series)
    'Arming: 25% in 2015, 50% in 2016; highest 50% in 2016, lowest 25% in 2015.'
    """
    told = next((tell for known, tell in _KINDS.items() if set(known) <= set(table.columns)), None)
    return told(table, language, labels) if told and len(table) else ""


def _course(table: pd.DataFrame, language: str, labels: Labels) -> str:
    """Tell the lines of SERIES, those with the most reports first."""
    names = [name for name in _LINES if name in table and table[name].nunique() > 1] or ["category"]
    told, form = [], period_form(table["period"])
    for key, line in table.groupby(names, observed=True, sort=False):
        solid = line.loc[line["estimate"].notna() & ~line["few"].astype(bool)].sort_values("period", kind="stable")
        if len(solid):
            named = words("report", "comma", language).join(label(part, language, labels) for part in key)
            told.append((-int(line["n_docs_with"].sum()), len(told), _line(named, solid, form, language)))
    if not told:
        return words("seen", "no_line", language)
    said = [sentence for _, _, sentence in sorted(told)[:MOST_TOLD]]
    if told[MOST_TOLD:]:
        said.append(fill_in("seen", "more", language, n=len(told) - MOST_TOLD))
    return " ".join(said)


def _line(name: str, solid: pd.DataFrame, period: str, language: str) -> str:
    form = _FORMS[str(solid["measure"].iloc[0])]
    periods = solid["period"].dt.strftime(period).tolist()
    values = solid["estimate"].to_numpy(float)
    places = {"first": 0, "last": len(solid) - 1, "highest": int(values.argmax()), "lowest": int(values.argmin())}
    told = {key: isolate(write_number(float(values[at]), form), language) for key, at in places.items()}
    told |= {f"when_{key}": isolate(periods[at], language) for key, at in places.items()}
    kind = "point" if len(solid) == 1 else "level" if told["highest"] == told["lowest"] else "line"
    return fill_in("seen", kind, language, line=name, **told)


def _means(table: pd.DataFrame, language: str, labels: Labels) -> str:
    """Tell the means of the periods that are compared."""
    known = table.loc[table["estimate"].notna()]
    parts = [
        fill_in(
            "seen", "mean", language,
            period=isolate(label(row["period"], language, labels).replace("-", "\N{EN DASH}"), language),
            mean=isolate(write_number(float(row["estimate"]), "+.2f"), language),
        )
        for row in known.sort_values("first", kind="stable").to_dict("records")
    ]  # fmt: skip
    return words("report", "comma", language).join(parts) + "." if parts else ""


def _counts(table: pd.DataFrame, language: str, labels: Labels) -> str:
    """Tell in which period most reports stand."""
    sums = table.groupby("period")["n_docs"].sum()
    form = period_form(sums.index.to_series())
    days = {"when": sums.idxmax(), "first": sums.index[0], "last": sums.index[-1]}
    shown: dict[str, Any] = {name: isolate(pd.Timestamp(day).strftime(form), language) for name, day in days.items()}
    return fill_in("seen", "counts", language, n=int(sums.sum()), most=int(sums.max()), **shown)


def _pairs(table: pd.DataFrame, language: str, labels: Labels) -> str:
    """Tell which two actors share the most sentences."""
    row = table.iloc[int(table["n_together"].to_numpy().argmax())]
    told = {side: label(row[side], language, labels) for side in ("actor", "other")}
    return fill_in("seen", "pair", language, n=int(row["n_together"]), **told)


def _facts(table: pd.DataFrame, language: str, labels: Labels) -> str:
    """Tell how many facts the ledger has, from when to when, and in which year most."""
    years = pd.to_datetime(table["date"]).dt.year
    counts = years.value_counts().sort_index()
    told = {"first": years.min(), "last": years.max(), "when": counts.idxmax()}
    shown: dict[str, Any] = {key: isolate(str(year), language) for key, year in told.items()}
    return fill_in("seen", "facts", language, n=len(table), most=int(counts.max()), **shown)


_KINDS: dict[tuple[str, ...], Callable[[pd.DataFrame, str, Labels], str]] = {
    ("period", "category", "estimate", "measure", "few"): _course,
    ("period", "first", "estimate", "stated"): _means,
    ("actor", "other", "n_together"): _pairs,
    ("date", "event"): _facts,
    ("period", "n_docs"): _counts,
}
